"""The map of the world that ships with the program: land, lakes, rivers, borders and names, as NumPy arrays.

``resources/map/world.npz`` is written by ``tools.world_map`` with the functions below. All positions are those of
:mod:`landmark_desktop.core.projection`. Every layer is there in four levels of detail; each level is cut into the cells
of a square grid, whose parts overlap by ``PAD`` of a cell, so that no seam shows between filled areas.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from landmark_desktop.core.resources import resource_path

LANGUAGES: Final = ("en", "de", "fr", "es")
"""Languages that countries are named in."""
PAD: Final = 1 / 64
"""How far the parts of a cell reach beyond it, in cells."""


class Layer(StrEnum):
    """What is drawn, from the bottom up."""

    LAND = "land"
    LAKES = "lakes"
    RIVERS = "rivers"
    BORDERS = "borders"
    DISPUTED = "disputed"


@dataclass(frozen=True, slots=True)
class Level:
    """A level of detail, for zooms from ``first`` on; exact to half a pixel at zoom ``made_for``.

    The world is 256 · 2^zoom pixels wide. ``cells`` is the number of cells along a side.
    """

    first: float
    made_for: float
    cells: int


LEVELS: Final = (Level(0.0, 1.7, 2), Level(1.9, 2.8, 4), Level(3.0, 4.6, 16), Level(4.8, 6.6, 64))


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a layer in one cell: points in cells, float64 of shape (n, 2), and where each part ends."""

    points: NDArray[np.float64]
    ends: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Names:
    """Texts of the map with their positions, the zoom from which on each is shown, and which are capitals."""

    texts: Sequence[str]
    at: NDArray[np.float32]
    zoom: NDArray[np.float16]
    capital: NDArray[np.bool_]


class BaseMap:
    """The shipped map. Levels are read when they are first asked for, each within some milliseconds.

    Raises:
        OSError, ValueError: the file is missing or damaged; the installation is not complete.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._file = np.load(path or resource_path("map", "world.npz"), allow_pickle=False)
        self._layers: dict[tuple[Layer, int], _Pieces] = {}
        self._read: dict[tuple[str, int], Names] = {}

    def parts(self, layer: Layer, level: int, row: int, column: int) -> Parts | None:
        """What a cell has of a layer; None where it has nothing. Positions are in widths of the world."""
        key = (layer, level)
        pieces = self._layers.get(key)
        if pieces is None:
            pieces = self._layers[key] = _Pieces(*(self._file[name] for name in _array_names(layer, level)))
        cells = LEVELS[level].cells
        found = pieces.in_cell(row * cells + column)
        if found is None:
            return None
        points, ends = found
        within = points * ((1 + 2 * PAD) / 65535) - PAD
        return Parts((within + np.array([column, row])) / cells, ends)

    def countries(self, language: str) -> Names:
        """The countries, named in a language (``de``); in English where it is none of :data:`LANGUAGES`."""
        return self._names("countries", LANGUAGES.index(language) if language in LANGUAGES else 0)

    def towns(self) -> Names:
        """Towns, large ones first, under the names that Natural Earth has for them."""
        return self._names("towns", 0)

    def _names(self, kind: str, column: int) -> Names:
        names = self._read.get((kind, column))
        if names is None:
            file = self._file
            texts = file[f"{kind}_names_{column}"].tobytes().decode("utf-8").split("\n")
            names = Names(texts, file[f"{kind}_at"], file[f"{kind}_zoom"], file[f"{kind}_capital"])
            self._read[kind, column] = names
        return names


@cache
def shipped_map() -> BaseMap:
    """The map of the program, opened once."""
    return BaseMap()


class _Pieces:
    """All parts of a layer at one level, ordered by cell."""

    def __init__(self, cells: NDArray[np.uint16], sizes: NDArray[np.uint16], packed: NDArray[np.uint8]) -> None:
        self._cells = cells.astype(np.int64)
        self._ends = np.cumsum(sizes, dtype=np.int64)
        self._points = _unpack(packed)

    def in_cell(self, cell: int) -> tuple[NDArray[np.float64], NDArray[np.int64]] | None:
        first, last = np.searchsorted(self._cells, (cell, cell + 1))
        if first == last:
            return None
        start = int(self._ends[first - 1]) if first else 0
        ends = self._ends[first:last]
        return self._points[start : int(ends[-1])].astype(np.float64), ends - start


def _array_names(layer: Layer, level: int) -> tuple[str, str, str]:
    return f"{layer}_{level}_cells", f"{layer}_{level}_sizes", f"{layer}_{level}_points"


def pack_points(layer: Layer, level: int, pieces: Sequence[tuple[int, NDArray[np.uint16]]]) -> dict[str, NDArray[Any]]:
    """The arrays of a layer from its parts, ordered by cell: numbers of cells, and points of shape (n, 2) in 65535ths
    of a cell with its overlap."""
    points = np.concatenate([points for _, points in pieces]) if pieces else np.zeros((0, 2), np.uint16)
    # Differences are small; with the sign in the lowest bit, their upper bytes are nearly all zero and compress well.
    steps = np.diff(points, axis=0, prepend=np.zeros((1, 2), np.uint16)).astype(np.int16)
    folded = ((steps << 1) ^ (steps >> 15)).astype(np.uint16)
    packed = np.stack([folded & 0xFF, folded >> 8]).astype(np.uint8)
    return dict(
        zip(
            _array_names(layer, level),
            (
                np.array([cell for cell, _ in pieces], np.uint16),
                np.array([len(points) for _, points in pieces], np.uint16),
                np.ascontiguousarray(packed.transpose(0, 2, 1)),
            ),
            strict=True,
        )
    )


def _unpack(packed: NDArray[np.uint8]) -> NDArray[np.uint16]:
    """The inverse of the packing: uint16 of shape (n, 2)."""
    folded = packed[0].astype(np.uint16) | (packed[1].astype(np.uint16) << 8)
    steps = (folded >> 1) ^ (np.uint16(0) - (folded & 1))
    return np.cumsum(steps, axis=1, dtype=np.uint16).T


def pack_texts(texts: Iterable[str]) -> NDArray[np.uint8]:
    """Texts as UTF-8, one a line."""
    return np.frombuffer("\n".join(texts).encode("utf-8"), np.uint8)
