"""Make the map of the world that ships with the program from Natural Earth: ``python -m tools.world_map FOLDER``.

``FOLDER`` holds, anywhere below it, the layers of Natural Earth (public domain) that :data:`SOURCES` names. Packages
that carry them are named in ``resources/map/README.md``. Needs ``shapely`` and ``pyshp``.

Everything is projected to Web Mercator, generalised to half a pixel of the zoom levels that a level of detail is made
for, cut into the cells of a square grid (so that a view draws what is in it and no more), and kept as differences of
16-bit numbers. ``landmark_desktop.core.basemap`` reads it.
"""

import argparse
import sqlite3
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapefile
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from landmark_desktop.core.basemap import LANGUAGES, LEVELS, PAD, Layer, Level, pack_points, pack_texts
from landmark_desktop.core.projection import MAX_LATITUDE, project

TARGET = Path(__file__).resolve().parent.parent / "resources" / "map" / "world.npz"
SOURCES = {
    "land": "ne_10m_land.shp",
    "lakes": "ne_10m_lakes.shp",
    "rivers": "ne_10m_rivers_lake_centerlines.shp",
    "borders": "ne_10m_admin_0_boundary_lines_land.shp",
    "disputed": "world_map.gpkg",
    "countries": "ne_110m_admin_0_countries.shp",
    "cities": "ne_10m_populated_places_simple.shp",
}
TOLERANCE_PX = {"land": 0.8, "lakes": 1.0, "rivers": 1.3, "borders": 0.8}
"""How far a line may be from where Natural Earth has it, at the largest zoom that a level of detail is made for."""
SMALLEST_PX = {"land": 1.4, "lakes": 4.5, "rivers": 4.0, "borders": 1.0}
"""Islands and lakes whose square root of area is less, and lines that are shorter, at that zoom, are left out."""
NEAR_DISPUTED = 2e-5
"""Borders closer than this to a disputed one (in widths of the world) are that one, drawn from another release."""
LEASED = shapely.box(61.5, 44.5, 65.5, 47.5)
"""Around Baikonur: the limit of what is leased there is a line of Natural Earth, but no border."""
MAX_RIVER_RANK = (-1, 1, 3, 5)
"""The largest rank of a river, by level of detail."""
ZOOM_OF_RANK = (2.4, 2.9, 3.4, 4.0, 4.6, 5.2, 5.8, 6.4, 7.0, 7.6, 8.2)
"""From which zoom on a town is named, by its rank in Natural Earth; capitals one rank earlier."""
RENAMED = {"Kiev": "Kyiv", "Bangalore": "Bengaluru", "Rangoon": "Yangon", "Calcutta": "Kolkata", "Ürümqi": "Urumqi"}
"""Towns whose names Natural Earth has changed since the release that Debian packages."""


@dataclass(frozen=True, slots=True)
class Named:
    """A text on the map: where it stands in widths of the world, from which zoom on, and its names by language."""

    x: float
    y: float
    zoom: float
    names: tuple[str, ...]
    capital: bool = False


def find(folder: Path, name: str) -> Path:
    """The file of this name below a folder.

    Raises:
        FileNotFoundError: there is none.
    """
    for path in sorted(folder.rglob(name)):
        return path
    raise FileNotFoundError(f"{name} is not below {folder}")


def read_shapes(path: Path) -> list[BaseGeometry]:
    """The geometries of a shapefile, which may be without attributes."""
    with path.open("rb") as file, shapefile.Reader(shp=file) as reader:
        return [shapely.geometry.shape(shape.__geo_interface__) for shape in reader.iterShapes() if shape.points]


def read_records(path: Path) -> Iterator[tuple[BaseGeometry, Mapping[str, Any]]]:
    """The geometries of a shapefile with their attributes; names of attributes in lower case."""
    encoding = "utf-8" if path.with_suffix(".cpg").exists() else "latin-1"
    with shapefile.Reader(str(path), encoding=encoding) as reader:
        for found in reader.iterShapeRecords():
            if found.shape.points:
                values = {name.lower(): value for name, value in found.record.as_dict().items()}
                yield shapely.geometry.shape(found.shape.__geo_interface__), values


def read_disputed(path: Path) -> list[BaseGeometry]:
    """The disputed borders of QGIS's world map, a GeoPackage: SQLite with a header before each geometry."""
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as database:
        blobs = [bytes(row[0]) for row in database.execute("SELECT geom FROM disputed_borders")]
    database.close()
    # GeoPackage 1.2, 2.1.3: eight bytes, then an envelope whose size is in bits 1 to 3 of the flags.
    return [shapely.from_wkb(blob[8 + (0, 32, 48, 48, 64)[blob[3] >> 1 & 7] :]) for blob in blobs]


def to_map(geometry: BaseGeometry) -> BaseGeometry:
    """From degrees to Web Mercator in widths of the world."""

    def points(degrees: NDArray[np.float64]) -> NDArray[np.float64]:
        x, y = project(np.clip(degrees[:, 1], -MAX_LATITUDE, MAX_LATITUDE), degrees[:, 0])
        return np.column_stack([x, y])

    return shapely.transform(shapely.force_2d(geometry), points)


def areas(geometries: Iterable[BaseGeometry], level: Level, kind: str) -> BaseGeometry:
    """Generalise areas, leave tiny ones out, and join them."""
    pixel = 1 / (256 * 2**level.made_for)
    least = (SMALLEST_PX[kind] * pixel) ** 2
    parts = shapely.get_parts([shapely.make_valid(geometry) for geometry in geometries])
    parts = parts[shapely.area(parts) > least]
    joined = shapely.union_all(shapely.make_valid(parts))
    simple = shapely.get_parts(shapely.make_valid(shapely.simplify(joined, TOLERANCE_PX[kind] * pixel)))
    return shapely.union_all([_without_tiny_holes(part, least) for part in simple])


def _without_tiny_holes(geometry: BaseGeometry, least: float) -> BaseGeometry:
    if geometry.geom_type != "Polygon":
        return geometry
    holes = [hole for hole in geometry.interiors if shapely.Polygon(hole).area > least]
    return shapely.Polygon(geometry.exterior, holes)


def lines(geometries: Iterable[BaseGeometry], level: Level, kind: str) -> BaseGeometry:
    """Join lines end to end, and generalise them."""
    pixel = 1 / (256 * 2**level.made_for)
    merged = shapely.line_merge(shapely.union_all(list(geometries)))
    parts = shapely.get_parts(shapely.simplify(merged, TOLERANCE_PX[kind] * pixel))
    return shapely.multilinestrings(parts[shapely.length(parts) > SMALLEST_PX[kind] * pixel])


def cut(geometry: BaseGeometry, level: Level) -> Iterator[tuple[int, NDArray[np.uint16]]]:
    """Cut a geometry into the cells of a level: the number of a cell, and points within it (see ``core.basemap``)."""
    side = 1 / level.cells
    parts = shapely.get_parts(geometry)
    tree = shapely.STRtree(parts)
    for row in range(level.cells):
        for column in range(level.cells):
            left, top = (column - PAD) * side, (row - PAD) * side
            box = (left, top, left + (1 + 2 * PAD) * side, top + (1 + 2 * PAD) * side)
            for index in sorted(tree.query(shapely.box(*box))):
                for points in _rings(shapely.clip_by_rect(parts[index], *box)):
                    scaled = (points - (left, top)) * (65535 / ((1 + 2 * PAD) * side))
                    whole = np.clip(np.rint(scaled), 0, 65535).astype(np.uint16)
                    kept = whole[np.concatenate([[True], np.any(np.diff(whole.astype(np.int32), axis=0), axis=1)])]
                    if len(kept) > 1:
                        yield row * level.cells + column, kept


def _rings(geometry: BaseGeometry) -> Iterator[NDArray[np.float64]]:
    for part in shapely.get_parts(geometry):
        if part.geom_type == "Polygon":
            for ring in (part.exterior, *part.interiors):
                yield shapely.get_coordinates(ring)[:-1]  # a ring is closed when it is drawn
        elif part.geom_type == "LineString":
            yield shapely.get_coordinates(part)
        elif part.geom_type not in ("Point", "MultiPoint"):
            yield from _rings(part)


def country_names(path: Path) -> list[Named]:
    """The countries with the points, zooms and names that Natural Earth has for them."""
    found = []
    for _, record in read_records(path):
        x, y = project(record["label_y"], record["label_x"])
        names = tuple(record[f"name_{language}"] for language in LANGUAGES)
        found.append(Named(float(x), float(y), float(record["min_label"]), names))
    return found


def town_names(path: Path) -> list[Named]:
    """The towns, large ones first."""
    found = []
    for point, record in read_records(path):
        capital = bool(record["adm0cap"])
        rank = max(0, int(record["scalerank"]) - capital)
        x, y = project(point.y, point.x)
        name = RENAMED.get(record["name"], record["name"])
        key = (rank, -int(record["pop_max"] or 0))
        found.append((key, Named(float(x), float(y), ZOOM_OF_RANK[rank], (name,), capital)))
    return [named for _, named in sorted(found, key=lambda pair: pair[0])]


def build(folder: Path) -> dict[str, NDArray[Any]]:
    """All arrays of the map."""
    paths = {layer: find(folder, name) for layer, name in SOURCES.items()}
    land = [to_map(shape) for shape in read_shapes(paths["land"])]
    lakes = [to_map(shape) for shape in read_shapes(paths["lakes"])]
    rivers = [(to_map(shape), record) for shape, record in read_records(paths["rivers"])]
    disputed = [to_map(shape) for shape in read_disputed(paths["disputed"])]
    near = shapely.union_all(disputed).buffer(NEAR_DISPUTED)
    borders = [to_map(shape).difference(near) for shape in read_shapes(paths["borders"]) if not LEASED.contains(shape)]
    arrays: dict[str, NDArray[Any]] = {}
    for number, level in enumerate(LEVELS):
        wanted = [
            shape
            for shape, record in rivers
            if int(record["scalerank"]) <= MAX_RIVER_RANK[number] and "Lake" not in record["featurecla"]
        ]
        layers = {
            Layer.LAND: areas(land, level, "land"),
            Layer.LAKES: areas(lakes, level, "lakes"),
            Layer.RIVERS: lines(wanted, level, "rivers"),
            Layer.BORDERS: lines(borders, level, "borders"),
            Layer.DISPUTED: lines(disputed, level, "borders"),
        }
        for layer, geometry in layers.items():
            pieces = list(cut(geometry, level))
            arrays |= pack_points(layer, number, pieces)
            print(f"level {number} {layer}: {len(pieces):,} pieces, {sum(len(p) for _, p in pieces):,} points")
    arrays |= _texts("countries", country_names(paths["countries"]))
    arrays |= _texts("towns", town_names(paths["cities"]))
    return arrays


def _texts(kind: str, texts: Sequence[Named]) -> dict[str, NDArray[Any]]:
    names = zip(*(text.names for text in texts), strict=True)
    return {
        f"{kind}_at": np.array([(text.x, text.y) for text in texts], np.float32),
        f"{kind}_zoom": np.array([text.zoom for text in texts], np.float16),
        f"{kind}_capital": np.array([text.capital for text in texts], np.bool_),
        **{f"{kind}_names_{number}": pack_texts(column) for number, column in enumerate(names)},
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the map; returns the exit code."""
    parser = argparse.ArgumentParser(description="Make resources/map/world.npz from Natural Earth.")
    parser.add_argument("folder", type=Path, help=f"folder with {', '.join(SOURCES.values())}")
    parser.add_argument("--out", type=Path, default=TARGET, help="the file to write")
    chosen = parser.parse_args(arguments)
    arrays = build(chosen.folder)
    chosen.out.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(chosen.out, allow_pickle=False, **arrays)
    print(f"{chosen.out.name}: {chosen.out.stat().st_size / 1e6:.2f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
