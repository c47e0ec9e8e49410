"""The shipped map: complete, and cut and packed so that it comes out as it went in."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from landmark_desktop.core.basemap import LANGUAGES, LEVELS, PAD, BaseMap, Layer, _unpack, pack_points, shipped_map
from landmark_desktop.core.projection import project
from landmark_desktop.core.resources import resource_path

MAX_SIZE = 1_500_000
"""Bytes that the map may add to the download."""


@given(st.lists(st.tuples(st.integers(0, 65535), st.integers(0, 65535)), max_size=40))
def test_points_come_out_as_they_went_in(points: list[tuple[int, int]]) -> None:
    array = np.array(points, np.uint16).reshape(-1, 2)
    packed = pack_points(Layer.LAND, 0, [(0, array)])
    assert np.array_equal(_unpack(packed["land_0_points"]), array)


def test_the_parts_of_a_cell_lie_in_and_around_it(tmp_path: Path) -> None:
    corners = np.array([(0, 0), (65535, 0), (65535, 65535)], np.uint16)
    path = tmp_path / "map.npz"
    np.savez(path, allow_pickle=False, **pack_points(Layer.LAND, 1, [(6, corners), (6, corners), (9, corners)]))
    base = BaseMap(path)
    parts = base.parts(Layer.LAND, 1, row=1, column=2)
    assert parts is not None
    assert parts.ends.tolist() == [3, 6]
    low, high = (2 - PAD) / 4, (3 + PAD) / 4
    assert parts.points[:, 0] == pytest.approx([low, high, high] * 2)
    assert base.parts(Layer.LAND, 1, row=3, column=3) is None


def is_land(latitude: float, longitude: float, level: int) -> bool:
    """Whether the shipped map has land there, by counting how often a ray to the east meets its outline."""
    x, y = (float(value) for value in project(latitude, longitude))
    cells = LEVELS[level].cells
    parts = shipped_map().parts(Layer.LAND, level, int(y * cells), int(x * cells))
    inside = False
    if parts is not None:
        for start, end in zip([0, *parts.ends[:-1]], parts.ends, strict=True):
            ring = parts.points[start:end]
            after = np.roll(ring, -1, axis=0)
            crosses = (ring[:, 1] > y) != (after[:, 1] > y)
            with np.errstate(divide="ignore", invalid="ignore"):
                at = ring[:, 0] + (y - ring[:, 1]) * (after[:, 0] - ring[:, 0]) / (after[:, 1] - ring[:, 1])
            inside ^= bool(np.count_nonzero(crosses & (at > x)) % 2)
    return inside


@pytest.mark.parametrize("level", range(len(LEVELS)))
@pytest.mark.parametrize(
    ("latitude", "longitude", "land"),
    [
        (48.0, 2.0, True),  # France
        (-25.0, 134.0, True),  # Australia
        (65.0, 178.0, True),  # Chukotka, near the date line
        (-80.0, 0.0, True),  # Antarctica
        (0.0, -30.0, False),  # the Atlantic
        (40.0, 6.0, False),  # the Mediterranean
        (41.9, 50.5, False),  # the Caspian Sea
    ],
)
def test_land_is_land_and_sea_is_sea_at_every_level(level: int, latitude: float, longitude: float, land: bool) -> None:
    assert is_land(latitude, longitude, level) is land


@pytest.mark.parametrize("level", range(1, len(LEVELS)))
def test_every_layer_is_there_at_every_level_that_is_seen_from_near(level: int) -> None:
    cells = LEVELS[level].cells
    for layer in Layer:
        assert any(
            shipped_map().parts(layer, level, row, column) is not None
            for row in range(cells // 4, cells // 2)
            for column in range(cells // 2, 3 * cells // 4)
        ), layer


def test_countries_are_named_in_the_languages_of_the_program() -> None:
    for language, name in zip(LANGUAGES, ("Germany", "Deutschland", "Allemagne", "Alemania"), strict=True):
        assert name in shipped_map().countries(language).texts
    assert shipped_map().countries("ja").texts == shipped_map().countries("en").texts


def test_towns_are_where_they_are() -> None:
    towns = shipped_map().towns()
    index = towns.texts.index("Paris")
    x, y = project(48.8566, 2.3522)
    assert towns.at[index] == pytest.approx([float(x), float(y)], abs=1e-4)
    assert towns.capital[index]
    assert len(towns.texts) == len(towns.at) == len(towns.zoom) > 5_000


def test_large_towns_come_before_small_ones_and_are_named_earlier() -> None:
    towns = shipped_map().towns()
    assert towns.texts.index("Tokyo") < towns.texts.index("Colonia del Sacramento")
    assert np.all(np.diff(towns.zoom.astype(np.float64)) >= 0)


def test_the_map_is_small() -> None:
    assert resource_path("map", "world.npz").stat().st_size < MAX_SIZE
