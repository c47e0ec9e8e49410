"""Counts of photos by group and kind that are kept up to date by what changed, not by counting all photos again."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from landmark_desktop.services.photo_table import Slots

NOWHERE: Final = -1
"""The group of photos that are not counted."""


class Tally:
    """How many photos there are in each group (a folder, a landmark) of each kind (classified or not, for example).

    Groups and kinds are small numbers from 0 on; a photo is in one group at most. What a photo counted as is kept by
    slot, so that a change costs as much as the photos that changed.
    """

    def __init__(self, kinds: int) -> None:
        self._kinds = kinds
        self.clear()

    def clear(self) -> None:
        """Count nothing."""
        self._place: NDArray[np.int32] = np.zeros(0, np.int32)  # by slot: group · kinds + kind
        self._counts: NDArray[np.int64] = np.zeros((0, self._kinds), np.int64)

    @property
    def counts(self) -> NDArray[np.int64]:
        """The counts, of shape (groups so far, kinds); not to be written to."""
        return self._counts

    def of(self, group: int) -> tuple[int, ...]:
        """The counts of a group by kind."""
        return tuple(self._counts[group].tolist()) if 0 <= group < len(self._counts) else (0,) * self._kinds

    def put(self, slots: Slots, groups: NDArray[np.int32], kinds: NDArray[np.int8]) -> NDArray[np.int64]:
        """The photos in these slots (each named once) are of these groups and kinds now; ``NOWHERE`` takes a photo out.

        Returns the groups whose counts are others than before, in order.
        """
        if not len(slots):
            return np.zeros(0, np.int64)
        self._grow(int(slots.max()) + 1, int(groups.max()) + 1)
        place = np.where(groups == NOWHERE, NOWHERE, groups * self._kinds + kinds).astype(np.int32)
        before = self._place[slots]
        moved = before != place
        left, entered = before[moved], place[moved]
        left, entered = left[left != NOWHERE], entered[entered != NOWHERE]
        self._place[slots] = place
        flat = self._counts.reshape(-1)
        was = self._counts.copy() if len(left) + len(entered) > len(flat) else None
        np.subtract.at(flat, left, 1)
        np.add.at(flat, entered, 1)
        if was is not None:
            return np.flatnonzero(np.any(was != self._counts, axis=1))
        return np.unique(np.concatenate([left, entered]) // self._kinds).astype(np.int64)

    def _grow(self, slots: int, groups: int) -> None:
        more = slots - len(self._place)
        if more > 0:
            room = max(more, len(self._place) // 2)  # not each time some photos are added
            self._place = np.concatenate([self._place, np.full(room, NOWHERE, np.int32)])
        if groups > len(self._counts):
            grown = np.zeros((max(groups, len(self._counts) * 3 // 2), self._kinds), np.int64)
            grown[: len(self._counts)] = self._counts
            self._counts = grown
