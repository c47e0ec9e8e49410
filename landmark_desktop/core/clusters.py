"""Joins positions that lie close to each other on the map into clusters, tens of thousands within milliseconds."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

ROUNDS: Final = 6
"""Merging ends after so many rounds, or earlier when nothing is left to merge."""
_COLUMNS: Final = np.int64(1) << 32


def cluster(
    x: NDArray[np.float64], y: NDArray[np.float64], weight: NDArray[np.float64], distance: float
) -> NDArray[np.int32]:
    """For each position the number of its cluster, from 0 on.

    Positions are first joined within the cells of a grid, ``distance`` wide. Then a cluster that is closer than
    ``distance`` to a heavier one becomes a part of it, the heaviest of those nearby. The result depends on the
    positions alone and not on what is in view, so clusters stand still while a map is moved.
    """
    if not len(x):
        return np.zeros(0, np.int32)
    cells = _cell(x, y, distance)
    labels = _numbered(cells)
    for _ in range(ROUNDS):
        at_x, at_y, heavy = centres(labels, x, y, weight)
        target = _heaviest_near(at_x, at_y, heavy, distance)
        # Only clusters that stay themselves take others in, so that no chain of mergers crosses the map.
        stays = target == np.arange(len(target))
        merged = np.where(stays[target], target, np.arange(len(target)))
        if np.array_equal(merged, np.arange(len(target))):
            break
        labels = _numbered(merged[labels])
    return labels


def centres(
    labels: NDArray[np.int32], x: NDArray[np.float64], y: NDArray[np.float64], weight: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """The centre of each cluster, weighted, and its whole weight. Weights are positive."""
    total = np.bincount(labels, weight).astype(np.float64)
    return np.bincount(labels, x * weight) / total, np.bincount(labels, y * weight) / total, total


def _cell(x: NDArray[np.float64], y: NDArray[np.float64], side: float) -> NDArray[np.int64]:
    return np.floor(y / side).astype(np.int64) * _COLUMNS + np.floor(x / side).astype(np.int64)


def _numbered(keys: NDArray[np.int64]) -> NDArray[np.int32]:
    return np.unique(keys, return_inverse=True)[1].astype(np.int32)


def _heaviest_near(
    x: NDArray[np.float64], y: NDArray[np.float64], weight: NDArray[np.float64], distance: float
) -> NDArray[np.int64]:
    """For each cluster the heaviest one closer than ``distance``, which may be itself; the first of equals."""
    cells = _cell(x, y, distance)
    order = np.lexsort((np.arange(len(x)), -weight, cells))  # the heaviest of a cell comes first
    cells = cells[order]
    best = np.arange(len(x))
    for rows in (-1, 0, 1):
        for columns in (-1, 0, 1):
            sought = _cell(x, y, distance) + rows * _COLUMNS + columns
            place = np.searchsorted(cells, sought)
            # A cell may hold several clusters after a round; the two heaviest are looked at.
            for offset in (0, 1):
                at = np.minimum(place + offset, len(cells) - 1)
                found = order[at]
                near = (cells[at] == sought) & (np.hypot(x[found] - x, y[found] - y) < distance)
                heavier = (weight[found] > weight[best]) | ((weight[found] == weight[best]) & (found < best))
                best = np.where(near & heavier, found, best)
    return best
