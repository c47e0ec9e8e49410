"""What is pinned on the map: places with counts, and the pins that close ones share. Qt-free."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from landmark_desktop.core.clusters import centres, cluster
from landmark_desktop.core.location import Landmark
from landmark_desktop.core.positions import positions_of
from landmark_desktop.core.projection import project
from landmark_desktop.ui.world_map.viewport import TILE, Viewport

APART_PX: Final = 46.0
"""Pins that would lie closer become one."""
SEAM: Final = 0.5 - 169.0 / 360
"""Where the world is cut for clustering: at 169° W nearly nobody lives, and Fiji, whose photos lie on both sides of the
date line, stays whole."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many photos: suggested and not reviewed, accepted, and without landmark but with a position of their own."""

    suggested: int = 0
    accepted: int = 0
    own: int = 0

    @property
    def total(self) -> int:
        """All of them; no photo is counted twice."""
        return self.suggested + self.accepted + self.own


@dataclass(frozen=True, eq=False)
class Places:
    """Places with photos: first those of ``landmarks``, then those of ``positions`` (see ``core.positions``)."""

    landmarks: tuple[Landmark, ...] = ()
    positions: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))
    counts: NDArray[np.int64] = field(default_factory=lambda: np.zeros((0, 3), np.int64))  # suggested, accepted, own

    def __len__(self) -> int:
        return len(self.counts)

    @cached_property
    def at(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Where the places are on the map, ``x`` on one turn from the seam on."""
        known = [place.location for place in self.landmarks if place.location is not None]
        own_latitude, own_longitude = positions_of(self.positions)
        latitude = np.concatenate([[place.latitude for place in known], own_latitude])
        longitude = np.concatenate([[place.longitude for place in known], own_longitude])
        x, y = project(latitude, longitude)
        return SEAM + (x - SEAM) % 1.0, y


def gather(
    landmarks: Iterable[tuple[Landmark, Sequence[int]]],
    positions: tuple[NDArray[np.int64], NDArray[np.int64]] | None = None,
) -> Places:
    """Places from landmarks with their counts (suggested, accepted) and positions with theirs; without a place or
    without photos a landmark is not on the map."""
    shown = [(place, counts) for place, counts in landmarks if place.location is not None and any(counts)]
    keys, own = positions if positions is not None else (np.zeros(0, np.int64), np.zeros(0, np.int64))
    counts = np.zeros((len(shown) + len(keys), 3), np.int64)
    for row, (_, both) in enumerate(shown):
        counts[row, :2] = both
    counts[len(shown) :, 2] = own
    return Places(tuple(place for place, _ in shown), keys, counts)


@dataclass(frozen=True, slots=True, eq=False)
class Pin:
    """What is drawn at one spot. ``landmarks`` and ``positions`` are what it stands for; ``x`` and ``y`` are where."""

    number: int
    x: float
    y: float
    counts: Counts
    landmarks: tuple[Landmark, ...]
    positions: tuple[int, ...]

    @property
    def is_one_place(self) -> bool:
        """True if it stands for a single place."""
        return len(self.landmarks) + len(self.positions) == 1


class Pins:
    """The pins of all places at one step of zoom."""

    def __init__(self, places: Places, step: int) -> None:
        self.places = places
        self.step = step
        x, y = places.at
        weight = places.counts.sum(axis=1).astype(np.float64)
        self._labels = cluster(x, y, weight, APART_PX / (TILE * 2.0**step))
        self.x, self.y, self.weight = centres(self._labels, x, y, weight)
        self._counts = np.column_stack(
            [np.bincount(self._labels, places.counts[:, kind], len(self.x)) for kind in range(3)]
        ).astype(np.int64)
        self._order = np.argsort(self._labels, kind="stable")
        self._ends = np.cumsum(np.bincount(self._labels, minlength=len(self.x)))

    def __len__(self) -> int:
        return len(self.x)

    def pin(self, number: int) -> Pin:
        """One pin. Raises IndexError."""
        start, end = int(self._ends[number - 1]) if number else 0, int(self._ends[number])
        members = self._order[start:end]
        own = len(self.places.landmarks)
        landmarks = tuple(self.places.landmarks[member] for member in members[members < own].tolist())
        positions = tuple(self.places.positions[members[members >= own] - own].tolist())
        suggested, accepted, alone = self._counts[number].tolist()
        counts = Counts(suggested, accepted, alone)
        return Pin(number, float(self.x[number]) % 1.0, float(self.y[number]), counts, landmarks, positions)

    def extent(self, number: int) -> tuple[list[float], list[float]]:
        """Where the places of a pin are on the map."""
        members = self._labels == number
        x, y = self.places.at
        return x[members].tolist(), y[members].tolist()

    def in_view(self, view: Viewport, margin: float) -> list[int]:
        """The numbers of the pins that a view shows, or that are no further than ``margin`` pixels outside of it."""
        away = self.x - view.x
        away -= np.floor(away + 0.5)
        near = np.abs(away) * view.scale <= view.width / 2 + margin
        near &= np.abs(self.y - view.y) * view.scale <= view.height / 2 + margin
        numbers: list[int] = np.flatnonzero(near).tolist()
        return numbers

    def with_places(self, landmark_ids: Iterable[str], positions: Iterable[int]) -> set[int]:
        """The numbers of the pins that stand for any of these."""
        wanted = set(landmark_ids)
        rows = [row for row, landmark in enumerate(self.places.landmarks) if landmark.id in wanted]
        keys = np.fromiter(positions, np.int64)
        own = len(self.places.landmarks) + np.flatnonzero(np.isin(self.places.positions, keys))
        found: set[int] = set(self._labels[np.concatenate([np.array(rows, np.int64), own])].tolist())
        return found


def common_name(landmarks: Sequence[Landmark]) -> str:
    """What several landmarks have in common: their name, city, region or country; empty where there is nothing."""
    parts: list[Mapping[str, None]] = [dict.fromkeys(landmark.name for landmark in landmarks)]
    for name in ("city", "region", "country"):
        parts.append(
            dict.fromkeys(
                getattr(landmark.location, name) if landmark.location is not None else "" for landmark in landmarks
            )
        )
    return next((text for values in parts if len(values) == 1 for text in values if text), "")
