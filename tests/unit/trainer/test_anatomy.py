"""The layer table against textbook values, and the maps."""

from pathlib import Path

import numpy as np
import pytest
from torch import nn

from landmark_desktop.core.preprocess import InputSpec
from trainer.anatomy import heat_map, layers, map_file, net_layers, table
from trainer.models import build_model


def test_a_5x5_convolution_of_3_to_16_channels_has_1216_parameters() -> None:
    (row,) = layers(nn.Sequential(nn.Conv2d(3, 16, 5)), 32, 32)
    assert (row.parameters, row.shape, row.receptive_field) == (1216, (16, 28, 28), 5)


def test_32_pixels_through_kernel_8_padding_3_stride_2_are_16() -> None:
    (row,) = layers(nn.Sequential(nn.Conv2d(3, 4, 8, 2, 3)), 32, 32)
    assert row.shape == (4, 16, 16)


def test_two_convolutions_and_pools_turn_224_into_55() -> None:
    net = nn.Sequential(
        nn.Conv2d(3, 16, 3, padding=1), nn.MaxPool2d(2), nn.Conv2d(16, 32, 3, padding=0), nn.MaxPool2d(2)
    )
    rows = layers(net, 224, 224)
    assert rows[-1].shape == (32, 55, 55)
    # 3 → pool 4 → 3 more cells 2 pixels apart: 8 → pool over cells 2 apart: 10.
    assert [row.receptive_field for row in rows] == [3, 4, 8, 10]


def test_dilation_widens_the_receptive_field() -> None:
    (row,) = layers(nn.Sequential(nn.Conv2d(3, 4, 3, dilation=4)), 32, 32)
    assert row.receptive_field == 9


class Residual(nn.Module):
    """Two convolutions beside a shortcut."""

    def __init__(self) -> None:
        super().__init__()
        self.first = nn.Conv2d(3, 3, 3, padding=1)
        self.second = nn.Conv2d(3, 3, 3, padding=1)
        self.last = nn.Conv2d(3, 3, 1)

    def forward(self, x):  # type: ignore[no-untyped-def]
        return self.last(x + self.second(self.first(x)))


def test_behind_a_shortcut_the_longer_branch_counts() -> None:
    assert layers(Residual(), 16, 16)[-1].receptive_field == 5


def test_a_linear_layer_sees_everything() -> None:
    rows = layers(nn.Sequential(nn.Conv2d(3, 4, 3), nn.Flatten(), nn.Linear(4 * 36, 2)), 8, 8)
    assert rows[-1].receptive_field is None


def test_the_table_of_lite0_adds_up() -> None:
    spec = InputSpec(64, 64, 64)
    net = build_model("transfer", {"pretrained": False}, 5, spec)
    rows = net_layers(net, spec)
    assert sum(row.parameters for row in rows) == sum(p.numel() for p in net.parameters())
    assert rows[-3].shape == (1280, 2, 2)
    assert rows[0].shape == (32, 32, 32)
    text = table(rows)
    assert "1280×2×2" in text
    assert f"{1280 * 5 + 5:,}" in text


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
