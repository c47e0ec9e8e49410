"""Class activation maps over photos."""

from pathlib import Path

import numpy as np
import pytest

from trainer.inspection.maps import heat_map, map_file


def test_a_heat_map_is_bright_where_the_activation_is() -> None:
    picture = np.full((64, 96, 3), 100, dtype=np.uint8)
    activation = np.zeros((2, 3), dtype=np.float32)
    activation[0, 2] = 4.0
    activation[1, 0] = -4.0
    overlay = np.asarray(heat_map(picture, activation)).astype(int)
    assert overlay.shape == (64, 96, 3)
    assert overlay[5, 90, 0] > 150
    assert np.abs(overlay[60, 5] - 100).max() <= 2


@pytest.mark.parametrize("value", [0.0, -1.0])
def test_without_activation_the_picture_stays_as_it_is(value: float) -> None:
    picture = np.full((8, 8, 3), 100, dtype=np.uint8)
    assert np.array_equal(np.asarray(heat_map(picture, np.full((2, 2), value, dtype=np.float32))), picture)


def test_maps_of_photos_with_one_name_do_not_replace_each_other(tmp_path: Path) -> None:
    first = map_file(tmp_path, Path("a/x.jpg"), "tower")
    first.touch()
    second = map_file(tmp_path, Path("b/x.jpg"), "tower")
    assert [first.name, second.name] == ["x.tower.png", "x.tower.2.png"]
