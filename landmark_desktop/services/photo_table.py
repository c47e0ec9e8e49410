"""All open photos in memory: one compact row each instead of a dozen objects.

A photo as objects (record, path, facts, guesses …) takes some 4 KB, and sorting or filtering 100,000 of them in Python
takes seconds. Here it takes some 400 bytes, and NumPy works on whole columns. Records are made when they are asked for.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import isnan
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from landmark_desktop.core.guess import Guess, Guesses
from landmark_desktop.core.photo import FileIdentity, Photo, PhotoFacts
from landmark_desktop.core.record import PhotoRecord
from landmark_desktop.core.review import Review, ReviewState
from landmark_desktop.core.tag import ReviewedBy
from landmark_desktop.services.photo_rows import NO_GUESSES, NO_ID, ROW, FactRows, Ids, PhotoRows
from landmark_desktop.services.scanner import FolderOrder
from landmark_desktop.services.slot_map import NOWHERE, SlotMap
from landmark_desktop.store.rows import error_from_json, is_note, unpack_companions

Slots = NDArray[np.int32]
"""Places of photos in the table; a photo keeps its slot until the table is cleared."""
_GROW: Final = 1.25
_FIRST_SIZE: Final = 1024
_FACTS: Final = ("taken", "latitude", "longitude", "facts_read")
"""Columns that the metadata fills."""


@dataclass(slots=True)
class _Folder:
    """A folder with photos of the table. ``rank`` is its place among all folders."""

    path: Path
    order: FolderOrder
    rank: int = 0


class PhotoTable:
    """The photos of the open folders. Belongs to one thread (the window's).

    A photo that vanished is out of the table, but its row stays readable: it may come back, and reviews can be undone.
    """

    def __init__(self, ids: Ids | None = None) -> None:
        self.ids = ids or Ids()
        self.arrangement = 0
        """Changes whenever photos that are in the table change their places by folder and name."""
        self.clear()

    def clear(self) -> None:
        """Forget all photos."""
        self._columns = _columns(_FIRST_SIZE)
        self._size = 0
        self._present = 0
        self._slot_of = SlotMap()
        self._names: list[str] = []
        self._errors: dict[int, str] = {}
        self._companions: dict[int, bytes] = {}
        self._folders: list[_Folder] = []
        self._folder_of: dict[tuple[FolderOrder, Path], int] = {}
        self._ranks: NDArray[np.int64] = np.zeros(0, np.int64)
        self._positions: NDArray[np.int64] | None = None
        self._order: Slots | None = None  # all slots by folder and name

    # what is

    def __len__(self) -> int:
        return self._present

    def __contains__(self, photo_id: int) -> bool:
        slot = self._slot_of.get(photo_id)
        return slot is not None and not self._columns["gone"][slot]

    @property
    def size(self) -> int:
        """Number of slots in use, those of vanished photos included."""
        return self._size

    def column(self, name: str) -> NDArray[Any]:
        """One column for all slots, not to be written to (see :data:`.photo_rows.ROW`)."""
        view = self._columns[name][: self._size]
        view.flags.writeable = False
        return view

    @property
    def names(self) -> Sequence[str]:
        """The file names, by slot."""
        return self._names

    def slot(self, photo_id: int) -> int | None:
        """The slot of a photo, vanished ones included; None where it never was in the table."""
        return self._slot_of.get(photo_id)

    def slots(self, photo_ids: Iterable[int]) -> Slots:
        """The slots of these photos; unknown ids are left out."""
        found = self._slot_of.find(photo_ids)
        known: Slots = found[found != NOWHERE].astype(np.int32)
        return known

    def ids_at(self, slots: Slots) -> list[int]:
        """The photos in these slots."""
        found: list[int] = self._columns["id"][slots].tolist()
        return found

    def present(self) -> NDArray[np.bool_]:
        """For each slot, whether its photo is there."""
        there: NDArray[np.bool_] = ~self.column("gone")
        return there

    def positions(self) -> NDArray[np.int64]:
        """For each slot, a number that sorts by folder and name, as the scan met them."""
        if self._positions is None:
            self._order = None
            self._positions = (self._ranks[self.column("folder")] << 32) + self.column("rank")
        return self._positions

    def waiting(self, count: int, first: Iterable[int] = (), without: Iterable[int] = ()) -> list[int]:
        """Up to ``count`` photos that need classification: those of ``first`` that do, in their order, then others by
        folder and name. Those of ``without`` are left out."""
        waits = self._waits(slice(self._size))
        waits[self.slots(without)] = False
        leading = self.slots(first)
        leading = leading[waits[leading]][:count]
        waits[leading] = False
        others = np.flatnonzero(waits)
        if len(others) > (rest := count - len(leading)):
            # Sorting all of 100,000 for the sake of a few hundred would hold the window up.
            others = others[np.argpartition(self.positions()[others], rest)[:rest]] if rest else others[:0]
        others = others[np.argsort(self.positions()[others], kind="stable")]
        return self.ids_at(np.concatenate([leading, others]))

    def waiting_count(self) -> int:
        """How many photos need classification."""
        return int(np.count_nonzero(self._waits(slice(self._size))))

    def is_waiting(self, photo_id: int) -> bool:
        """True if a photo is there and needs classification."""
        slot = self._slot_of.get(photo_id)
        return slot is not None and bool(self._waits(slice(slot, slot + 1))[0])

    def _waits(self, part: slice) -> NDArray[np.bool_]:
        """For each slot, whether its photo is there and ``PhotoRecord.needs_classification``."""
        columns = self._columns
        answered = (columns["guessed"][part] != NO_GUESSES) | columns["failed"][part]
        waits: NDArray[np.bool_] = ~(answered | columns["offline"][part] | columns["gone"][part])
        return waits

    def in_order(self, slots: NDArray[Any]) -> Slots:
        """These slots by folder and name."""
        if len(slots) < self._size // 8:
            few: Slots = slots[np.argsort(self.positions()[slots], kind="stable")].astype(np.int32)
            return few
        positions = self.positions()  # drops an order that is out of date
        if self._order is None:
            self._order = np.argsort(positions, kind="stable").astype(np.int32)
        wanted = np.zeros(self._size, np.bool_)
        wanted[slots] = True
        return self._order[wanted[self._order]]

    def pending_tags(self) -> list[int]:
        """Photos with an accepted place that is not written, by folder and name."""
        return self.ids_at(self.in_order(np.flatnonzero(self.pending() & self.present())))

    def pending(self) -> NDArray[np.bool_]:
        """For each slot, whether an accepted place still has to be written."""
        accepted = self.column("review_landmark")
        waits: NDArray[np.bool_] = (accepted != NO_ID) & (accepted != self.column("tagged"))
        return waits

    def all_ids(self) -> list[int]:
        """All photos by folder and name."""
        return self.ids_at(self.in_order(np.flatnonzero(self.present())))

    # records

    def record(self, photo_id: int) -> PhotoRecord:
        """The record of a photo, vanished ones included. Raises KeyError."""
        slot = self._slot_of[photo_id]
        error = self._errors.get(photo_id)
        return PhotoRecord(
            photo=self._photo(photo_id, slot),
            guesses=self._guesses(slot),
            review=self._review(slot),
            tagged=self.ids.text(int(self._columns["tagged"][slot])),
            error=None if error is None or is_note(error) else error_from_json(error),
            note=error_from_json(error) if error is not None and is_note(error) else None,
            offline=bool(self._columns["offline"][slot]),
        )

    def photo(self, photo_id: int) -> Photo:
        """The photo alone. Raises KeyError."""
        return self._photo(photo_id, self._slot_of[photo_id])

    def _photo(self, photo_id: int, slot: int) -> Photo:
        columns = self._columns
        facts = PhotoFacts(
            int(columns["width"][slot]) or None,
            int(columns["height"][slot]) or None,
            columns["taken"][slot].item(),
            _or_none(float(columns["latitude"][slot])),
            _or_none(float(columns["longitude"][slot])),
        )
        key = columns["key"][slot].tobytes().hex() if columns["has_key"][slot] else None
        return Photo(
            photo_id,
            self._folders[columns["folder"][slot]].path / self._names[slot],
            FileIdentity(int(columns["size"][slot]), int(columns["mtime_ns"][slot]), key),
            facts,
            unpack_companions(self._companions.get(photo_id)),
            bool(columns["facts_read"][slot]),
        )

    def _guesses(self, slot: int) -> Guesses | None:
        columns = self._columns
        count = int(columns["guessed"][slot])
        if count == NO_GUESSES:
            return None
        landmarks, confidences = columns["landmarks"][slot, :count].tolist(), columns["confidences"][slot, :count]
        guesses = (Guess(self.ids.known(i), c) for i, c in zip(landmarks, confidences.tolist(), strict=True))
        return Guesses(tuple(guesses), float(columns["novelty"][slot]))

    def _review(self, slot: int) -> Review | None:
        columns = self._columns
        if not columns["reviewed"][slot]:
            return None
        landmark = self.ids.text(int(columns["review_landmark"][slot]))
        state = ReviewState.ACCEPTED if landmark is not None else ReviewState.REJECTED
        taken_here = None if columns["taken_here"][slot] < 0 else bool(columns["taken_here"][slot])
        return Review(state, landmark, ReviewedBy(self.ids.known(int(columns["reviewed_by"][slot]))), taken_here)

    # changes

    def put(
        self, found: PhotoRows, folder: Path | None = None, order: FolderOrder = (0, ()), first: int = 0
    ) -> tuple[list[int], list[int]]:
        """Take in rows of the library; returns the photos that are new in the table, and those that were there before.

        With ``folder`` they are what a scan found there, ``first`` being the place of the first one; new photos
        come only so. Without it they are news of photos of the table, and others are left out. Reviews are made
        here, so those of photos that are there already stay; only what stood in files (``imported``) comes from there.
        """
        place = self._folder(folder, order) if folder is not None else -1
        old = self._slot_of.find(found.rows["id"])
        known = np.flatnonzero(old != NOWHERE)
        back = known[self._columns["gone"][old[known]]]
        self._replace(found, known, old[known], place, first)
        fresh = np.flatnonzero(old == NOWHERE) if place >= 0 else np.zeros(0, np.int64)
        self._append(found, fresh, place, first)
        if place >= 0:
            self._positions = None
            self._present += len(fresh) + len(back)
            self._columns["gone"][old[back]] = False
            added = np.concatenate([fresh, back])
            return found.rows["id"][added].tolist(), found.rows["id"][np.setdiff1d(known, back)].tolist()
        return [], found.rows["id"][known].tolist()

    def _replace(self, found: PhotoRows, which: NDArray[np.int64], slots: NDArray[Any], place: int, first: int) -> None:
        if not len(which):
            return
        kept = {"gone", "reviewed", "review_landmark", "reviewed_by", "taken_here"}
        if place >= 0:
            ranks = (first + which).astype(np.int32)
            if np.any(self._columns["rank"][slots] != ranks) or np.any(self._columns["folder"][slots] != place):
                self.arrangement += 1
            self._columns["folder"][slots], self._columns["rank"][slots] = place, ranks
            for index, slot in zip(which.tolist(), slots.tolist(), strict=True):
                self._names[slot] = found.names[index]
        else:
            kept.add("offline")
        stale = self._knows_more(found, which, slots)
        facts = {name: self._columns[name][slots[stale]] for name in _FACTS}
        for name, column in self._columns.items():
            if name not in kept and name not in ("folder", "rank"):
                column[slots] = found.rows[name][which]
        for name, values in facts.items():
            self._columns[name][slots[stale]] = values
        if found.imported:
            self._adopt(found, which, slots)
        for photo_id in found.rows["id"][which].tolist():
            self._errors.pop(photo_id, None)
            self._companions.pop(photo_id, None)
        self._note(found, which)

    def _knows_more(self, found: PhotoRows, which: NDArray[np.int64], slots: NDArray[Any]) -> NDArray[np.bool_]:
        """Which rows were loaded before the metadata of the same file was read, and came later than what it says."""
        old, new = self._columns, found.rows[which]
        same = (old["size"][slots] == new["size"]) & (old["mtime_ns"][slots] == new["mtime_ns"])
        stale: NDArray[np.bool_] = old["facts_read"][slots] & ~new["facts_read"] & same
        return stale

    def set_facts(self, found: FactRows) -> list[int]:
        """Keep what the metadata of photos says; returns those of them that are in the table."""
        at = self._slot_of.find(found.ids)
        here = at != NOWHERE
        slots: Slots = at[here].astype(np.int32)
        for name, values in (("taken", found.taken), ("latitude", found.latitude), ("longitude", found.longitude)):
            self._columns[name][slots] = values[here]
        self._columns["facts_read"][slots] = True
        return self.ids_at(slots)

    def facts_read(self, photo_id: int) -> bool:
        """True if the metadata of a photo was read. Raises KeyError."""
        return bool(self._columns["facts_read"][self._slot_of[photo_id]])

    def _adopt(self, found: PhotoRows, which: NDArray[np.int64], slots: NDArray[Any]) -> None:
        """Take reviews over that stood in the files of photos that nobody has answered here meanwhile."""
        ids = found.rows["id"][which].tolist()
        wanted = np.array([photo_id in found.imported for photo_id in ids]) & ~self._columns["reviewed"][slots]
        for name in ("reviewed", "review_landmark", "reviewed_by", "taken_here"):
            self._columns[name][slots[wanted]] = found.rows[name][which[wanted]]

    def _append(self, found: PhotoRows, which: NDArray[np.int64], place: int, first: int) -> None:
        start, end = self._size, self._size + len(which)
        if end > len(self._columns["id"]):
            larger = _columns(max(end, int(len(self._columns["id"]) * _GROW)))
            for name, column in self._columns.items():
                larger[name][:start] = column[:start]
            self._columns = larger
        for name, column in self._columns.items():
            column[start:end] = found.rows[name][which]
        self._columns["folder"][start:end] = place
        self._columns["rank"][start:end] = first + which
        self._size = end
        self._names += [found.names[index] for index in which.tolist()]
        self._slot_of.put(found.rows["id"][which], start)
        self._note(found, which)

    def _note(self, found: PhotoRows, which: NDArray[np.int64]) -> None:
        """Keep what few photos have: an error, companions."""
        if not (found.errors or found.companions):
            return
        taken = set(which.tolist())
        ids = found.rows["id"]
        self._errors.update((int(ids[index]), text) for index, text in found.errors.items() if index in taken)
        self._companions.update((int(ids[index]), data) for index, data in found.companions.items() if index in taken)

    def set_review(self, photo_id: int, review: Review | None) -> None:
        """Keep the answer for a photo. Raises KeyError."""
        slot, rows = self._slot_of[photo_id], self._columns
        rows["reviewed"][slot] = review is not None
        rows["review_landmark"][slot] = self.ids.number(review.landmark_id if review is not None else None)
        rows["reviewed_by"][slot] = self.ids.number(review.reviewed_by if review is not None else None)
        rows["taken_here"][slot] = -1 if review is None or review.taken_here is None else int(review.taken_here)

    def in_folder(self, folder: Path, order: FolderOrder) -> Slots:
        """The slots of the photos that are there in a folder."""
        place = self._folder_of.get((order, folder))
        if place is None:
            return np.zeros(0, np.int32)
        return np.flatnonzero((self.column("folder") == place) & self.present()).astype(np.int32)

    def remove(self, slots: Slots) -> list[int]:
        """Take photos out; returns those that were there."""
        slots = slots[~self._columns["gone"][slots]]
        self._columns["gone"][slots] = True
        self._present -= len(slots)
        return self.ids_at(slots)

    def set_offline(self, slots: Slots, offline: bool) -> list[int]:
        """Note that the drive of these photos is away, or is back; returns those for which this is news."""
        slots = slots[self._columns["offline"][slots] != offline]
        self._columns["offline"][slots] = offline
        return self.ids_at(slots)

    def folder_paths(self) -> list[Path]:
        """The folders by their numbers in the column ``folder``; a folder that was opened twice has two."""
        return [folder.path for folder in self._folders]

    def folders(self) -> list[tuple[Path, FolderOrder]]:
        """All folders that photos were found in, in order."""
        return [(folder.path, folder.order) for folder in sorted(self._folders, key=lambda folder: folder.order)]

    def _folder(self, path: Path, order: FolderOrder) -> int:
        """The number of a folder, which is added where it is new; folders mostly come in their order."""
        key = (order, path)
        place = self._folder_of.get(key)
        if place is not None:
            return place
        place = self._folder_of[key] = len(self._folders)
        last = self._last_folder() if self._folders else None
        self._folders.append(_Folder(path, order))
        if last is None or last.order <= order:
            rank = 0 if last is None else last.rank + 1
            self._folders[-1].rank = rank
            self._ranks = np.append(self._ranks, np.int64(rank))
        else:
            for rank, folder in enumerate(sorted(self._folders, key=lambda folder: folder.order)):
                folder.rank = rank
            self._ranks = np.array([folder.rank for folder in self._folders], np.int64)
            self._positions = None
            self.arrangement += 1
        return place

    def _last_folder(self) -> _Folder:
        return self._folders[int(np.argmax(self._ranks))]


def _or_none(value: float) -> float | None:
    return None if isnan(value) else value


def _columns(size: int) -> dict[str, NDArray[Any]]:
    """Columns apart: what is asked of all photos reads one of them, and not 400 bytes for each photo."""
    return {name: np.zeros((size, *ROW[name].shape), ROW[name].base) for name in ROW.names or ()}
