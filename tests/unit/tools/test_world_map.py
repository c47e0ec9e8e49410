"""Making the map: generalised, cut into cells, and read back."""

import sqlite3
from pathlib import Path

import numpy as np
import pytest
import shapely

from landmark_desktop.core.basemap import LEVELS, PAD, BaseMap, Layer, Level, pack_points
from tools.world_map import areas, cut, find, lines, read_disputed

LEVEL = LEVELS[1]
PIXEL = 1 / (256 * 2**LEVEL.made_for)


def test_a_source_is_found_below_the_folder(tmp_path: Path) -> None:
    path = tmp_path / "a" / "ne.shp"
    path.parent.mkdir()
    path.write_bytes(b"")
    assert find(tmp_path, "ne.shp") == path
    with pytest.raises(FileNotFoundError, match=r"other\.shp"):
        find(tmp_path, "other.shp")


def test_islands_that_nobody_could_see_are_left_out() -> None:
    large, tiny = shapely.box(0.1, 0.1, 0.2, 0.2), shapely.box(0.5, 0.5, 0.5 + PIXEL, 0.5 + PIXEL)
    assert areas([large, tiny], LEVEL, "land").bounds == pytest.approx(large.bounds)


def test_a_large_lake_on_an_island_stays_a_hole() -> None:
    island = shapely.box(0.1, 0.1, 0.3, 0.3).difference(shapely.box(0.15, 0.15, 0.2, 0.2))
    assert areas([island], LEVEL, "land").area == pytest.approx(island.area)


def test_lines_end_to_end_become_one_of_few_points() -> None:
    first = shapely.LineString([(0.1, 0.1), (0.2, 0.1 + PIXEL / 10), (0.3, 0.1)])
    second = shapely.LineString([(0.3, 0.1), (0.4, 0.1)])
    found = lines([first, second], LEVEL, "borders")
    assert shapely.get_num_geometries(found) == 1
    assert len(shapely.get_coordinates(found)) == 2


def test_what_is_cut_covers_the_same_ground(tmp_path: Path) -> None:
    """A square over several cells: the parts in all cells together, without their overlaps, are the square again."""
    square = shapely.box(0.2, 0.2, 0.6, 0.7)
    level = Level(0.0, 2.0, LEVEL.cells)
    path = tmp_path / "map.npz"
    np.savez(path, allow_pickle=False, **pack_points(Layer.LAND, 1, list(cut(square, level))))
    base = BaseMap(path)
    pieces = []
    for row in range(LEVEL.cells):
        for column in range(LEVEL.cells):
            parts = base.parts(Layer.LAND, 1, row, column)
            if parts is not None:
                pieces += [shapely.Polygon(ring) for ring in np.split(parts.points, parts.ends[:-1])]
    together = shapely.union_all(pieces)
    assert together.symmetric_difference(square).area < 1e-5
    assert sum(piece.area for piece in pieces) > square.area * (1 + PAD)  # they do overlap


def test_disputed_borders_are_read_from_a_geopackage(tmp_path: Path) -> None:
    path = tmp_path / "world_map.gpkg"
    line = shapely.LineString([(70.0, 35.0), (71.0, 35.5)])
    database = sqlite3.connect(path)
    database.execute("CREATE TABLE disputed_borders (geom BLOB)")
    header = b"GP\x00" + bytes([0b0000_0011]) + bytes(4) + bytes(32)  # with an envelope of four numbers
    database.execute("INSERT INTO disputed_borders VALUES (?)", (header + shapely.to_wkb(line),))
    database.commit()
    database.close()
    assert read_disputed(path) == [line]
