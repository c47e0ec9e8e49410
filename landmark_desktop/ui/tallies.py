"""How many photos there are in each folder, at each landmark and at each position, kept up to date by what changes."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from landmark_desktop.core.positions import NO_POSITION
from landmark_desktop.services.photo_rows import NO_GUESSES, NO_ID
from landmark_desktop.services.photo_table import PhotoTable, Slots
from landmark_desktop.services.tally import NOWHERE, Tally
from landmark_desktop.ui.photo_grid.model import PhotoModel

SUGGESTED, ACCEPTED = 0, 1
"""Kinds of photos at a landmark."""
WAITING, DONE = 0, 1
"""Kinds of photos in a folder: to be classified, or classified or not readable."""


class Tallies(QObject):
    """Counts over the photos of the grid's table, shown or not."""

    places_changed = Signal(object)  # numbers of landmarks (of the table's texts) with other counts
    folders_changed = Signal(object)  # numbers of folders with other counts
    positions_changed = Signal()
    emptied = Signal()

    def __init__(self, photos: PhotoModel, table: PhotoTable, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._photos = photos
        self.table = table
        self.places = Tally(2)
        self.folders = Tally(2)
        self._positions = Tally(1)
        self._number_of: dict[int, int] = {}  # of positions
        self._keys = np.zeros(0, np.int64)  # positions by slot, and their numbers, as they were last
        self._numbers = np.zeros(0, np.int32)
        photos.judged.connect(self._judged)
        photos.emptied.connect(self._emptied)

    def positions(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The positions that photos have of their own, where they are at no landmark, and how many photos each has."""
        keys = np.fromiter(self._number_of, np.int64, len(self._number_of))
        counts = self._positions.counts[: len(keys), 0]
        there = np.flatnonzero(counts)
        return keys[there], counts[there]

    def where(self, slots: Slots) -> tuple[set[int], set[int]]:
        """At which landmarks (numbers) and which positions these photos are."""
        landmarks = np.unique(self._photos.columns.placed(slots))
        positions = np.unique(self._photos.columns.own_positions(slots))
        return set(landmarks.tolist()) - {NO_ID}, set(positions.tolist()) - {NO_POSITION}

    def _emptied(self) -> None:
        for tally in (self.places, self.folders, self._positions):
            tally.clear()
        self._number_of.clear()
        self._keys, self._numbers = np.zeros(0, np.int64), np.zeros(0, np.int32)
        self.emptied.emit()

    def _judged(self, slots: Slots) -> None:
        if not len(slots):
            return
        column, columns = self.table.column, self._photos.columns
        gone = column("gone")[slots]
        landmark = columns.placed(slots)
        accepted = column("review_landmark")[slots] != NO_ID
        places = self.places.put(slots, np.where(gone, NOWHERE, landmark), accepted.astype(np.int8))
        done = (column("guessed")[slots] != NO_GUESSES) | column("failed")[slots]
        folders = self.folders.put(slots, np.where(gone, NOWHERE, column("folder")[slots]), done.astype(np.int8))
        keys = np.where(gone, NO_POSITION, columns.own_positions(slots))
        positions = self._positions.put(slots, self._number(slots, keys), np.zeros(len(slots), np.int8))
        if len(places):
            self.places_changed.emit(places.tolist())
        if len(folders):
            self.folders_changed.emit(folders.tolist())
        if len(positions):
            self.positions_changed.emit()

    def _number(self, slots: Slots, keys: NDArray[np.int64]) -> NDArray[np.int32]:
        """The numbers of the positions of these slots. New ones are given out; most photos are where they were."""
        more = int(slots.max()) + 1 - len(self._keys)
        if more > 0:
            more = max(more, len(self._keys) // 2)
            self._keys = np.concatenate([self._keys, np.full(more, NO_POSITION, np.int64)])
            self._numbers = np.concatenate([self._numbers, np.full(more, NOWHERE, np.int32)])
        moved = keys != self._keys[slots]
        unique, inverse = np.unique(keys[moved], return_inverse=True)
        number_of = self._number_of
        numbers = [NOWHERE if k == NO_POSITION else number_of.setdefault(k, len(number_of)) for k in unique.tolist()]
        self._keys[slots[moved]] = keys[moved]
        self._numbers[slots[moved]] = np.array(numbers, np.int32)[inverse]
        return self._numbers[slots]
