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
from landmark_desktop.services.photo_rows import NO_GUESSES, NO_ID, ROW, Ids, PhotoRows
from landmark_desktop.services.scanner import FolderOrder
from landmark_desktop.store.rows import error_from_json, unpack_companions

Slots = NDArray[np.int32]
"""Places of photos in the table; a photo keeps its slot until the table is cleared."""
_GROW: Final = 1.5
_FIRST_SIZE: Final = 1024


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
        self._rows: NDArray[Any] = np.zeros(_FIRST_SIZE, ROW)
        self._size = 0
        self._present = 0
        self._slot_of: dict[int, int] = {}
        self._names: list[str] = []
        self._errors: dict[int, str] = {}
        self._companions: dict[int, bytes] = {}
        self._folders: list[_Folder] = []
        self._folder_of: dict[tuple[FolderOrder, Path], int] = {}
        self._ranks: NDArray[np.int64] = np.zeros(0, np.int64)
        self._positions: NDArray[np.int64] | None = None

    # what is

    def __len__(self) -> int:
        return self._present

    def __contains__(self, photo_id: int) -> bool:
        slot = self._slot_of.get(photo_id)
        return slot is not None and not self._rows["gone"][slot]

    @property
    def size(self) -> int:
        """Number of slots in use, those of vanished photos included."""
        return self._size

    def column(self, name: str) -> NDArray[Any]:
        """One column for all slots, not to be written to (see :data:`.photo_rows.ROW`)."""
        view = self._rows[name][: self._size]
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
        get = self._slot_of.get
        return np.array([slot for slot in map(get, photo_ids) if slot is not None], np.int32)

    def ids_at(self, slots: Slots) -> list[int]:
        """The photos in these slots."""
        found: list[int] = self._rows["id"][slots].tolist()
        return found

    def present(self) -> NDArray[np.bool_]:
        """For each slot, whether its photo is there."""
        there: NDArray[np.bool_] = ~self.column("gone")
        return there

    def positions(self) -> NDArray[np.int64]:
        """For each slot, a number that sorts by folder and name, as the scan met them."""
        if self._positions is None:
            rows = self._rows[: self._size]
            self._positions = (self._ranks[rows["folder"]] << 32) + rows["rank"]
        return self._positions

    def waiting(self) -> Slots:
        """The slots of photos that need classification, by folder and name."""
        slots = np.flatnonzero(_waits(self._rows[: self._size]))
        return slots[np.argsort(self.positions()[slots], kind="stable")].astype(np.int32)

    def waiting_count(self) -> int:
        """How many photos need classification."""
        return int(np.count_nonzero(_waits(self._rows[: self._size])))

    def is_waiting(self, photo_id: int) -> bool:
        """True if a photo is there and needs classification."""
        slot = self._slot_of.get(photo_id)
        return slot is not None and bool(_waits(self._rows[slot : slot + 1])[0])

    def pending_tags(self) -> list[int]:
        """Photos with an accepted place that is not written, by folder and name."""
        slots = np.flatnonzero(self.pending() & self.present())
        return self.ids_at(slots[np.argsort(self.positions()[slots], kind="stable")].astype(np.int32))

    def pending(self) -> NDArray[np.bool_]:
        """For each slot, whether an accepted place still has to be written."""
        rows = self._rows[: self._size]
        waits: NDArray[np.bool_] = (rows["review_landmark"] != NO_ID) & (rows["review_landmark"] != rows["tagged"])
        return waits

    def all_ids(self) -> list[int]:
        """All photos by folder and name."""
        slots = np.flatnonzero(self.present())
        return self.ids_at(slots[np.argsort(self.positions()[slots], kind="stable")].astype(np.int32))

    # records

    def record(self, photo_id: int) -> PhotoRecord:
        """The record of a photo, vanished ones included. Raises KeyError."""
        slot = self._slot_of[photo_id]
        row = self._rows[slot]
        error = self._errors.get(photo_id)
        return PhotoRecord(
            photo=self._photo(slot, row),
            guesses=self._guesses(row),
            review=self._review(row),
            tagged=self.ids.text(int(row["tagged"])),
            error=error_from_json(error) if error is not None else None,
            offline=bool(row["offline"]),
        )

    def photo(self, photo_id: int) -> Photo:
        """The photo alone. Raises KeyError."""
        slot = self._slot_of[photo_id]
        return self._photo(slot, self._rows[slot])

    def _photo(self, slot: int, row: Any) -> Photo:
        photo_id = int(row["id"])
        key = row["key"].tobytes().hex() if row["has_key"] else None
        taken = row["taken"].item()
        facts = PhotoFacts(
            int(row["width"]) or None,
            int(row["height"]) or None,
            taken,
            _or_none(float(row["latitude"])),
            _or_none(float(row["longitude"])),
        )
        return Photo(
            photo_id,
            self._folders[row["folder"]].path / self._names[slot],
            FileIdentity(int(row["size"]), int(row["mtime_ns"]), key),
            facts,
            unpack_companions(self._companions.get(photo_id)),
        )

    def _guesses(self, row: Any) -> Guesses | None:
        count = int(row["guessed"])
        if count == NO_GUESSES:
            return None
        ids, confidences = row["landmarks"][:count].tolist(), row["confidences"][:count].tolist()
        guesses = (Guess(self.ids.known(i), c) for i, c in zip(ids, confidences, strict=True))
        return Guesses(tuple(guesses), float(row["novelty"]))

    def _review(self, row: Any) -> Review | None:
        if not row["reviewed"]:
            return None
        landmark = self.ids.text(int(row["review_landmark"]))
        state = ReviewState.ACCEPTED if landmark is not None else ReviewState.REJECTED
        taken_here = None if row["taken_here"] < 0 else bool(row["taken_here"])
        return Review(state, landmark, ReviewedBy(self.ids.known(int(row["reviewed_by"]))), taken_here)

    # changes

    def put(
        self, found: PhotoRows, folder: Path | None = None, order: FolderOrder = (0, ()), first: int = 0
    ) -> tuple[list[int], list[int]]:
        """Take in rows of the library; returns the photos that are new in the table, and those that were there before.

        With ``folder`` they are what a scan found there, ``first`` being the place of the first one; new photos
        come only so. Without it they are news of photos of the table, and others are left out. Reviews are made
        here, so those of photos that are there already stay.
        """
        place = self._folder(folder, order) if folder is not None else -1
        old = np.array([self._slot_of.get(photo_id, -1) for photo_id in found.rows["id"].tolist()], np.int64)
        known = np.flatnonzero(old >= 0)
        back = known[self._rows["gone"][old[known]]]
        self._replace(found, known, old[known], place, first)
        fresh = np.flatnonzero(old < 0) if place >= 0 else np.zeros(0, np.int64)
        self._append(found, fresh, place, first)
        if place >= 0:
            self._positions = None
            self._present += len(fresh) + len(back)
            self._rows["gone"][old[back]] = False
            added = np.concatenate([fresh, back])
            return found.rows["id"][added].tolist(), found.rows["id"][np.setdiff1d(known, back)].tolist()
        return [], found.rows["id"][known].tolist()

    def _replace(self, found: PhotoRows, which: NDArray[np.int64], slots: NDArray[Any], place: int, first: int) -> None:
        if not len(which):
            return
        new, old = found.rows[which], self._rows[slots]
        for kept in ("gone", "reviewed", "review_landmark", "reviewed_by", "taken_here"):
            new[kept] = old[kept]
        if place >= 0:
            new["folder"], new["rank"] = place, first + which
            if np.any(new["rank"] != old["rank"]) or np.any(new["folder"] != old["folder"]):
                self.arrangement += 1
        else:
            for kept in ("folder", "rank", "offline"):
                new[kept] = old[kept]
        self._rows[slots] = new
        for index, slot in zip(which.tolist(), slots.tolist(), strict=True):
            if place >= 0:
                self._names[slot] = found.names[index]
            self._note(int(found.rows["id"][index]), found, index)

    def _append(self, found: PhotoRows, which: NDArray[np.int64], place: int, first: int) -> None:
        start, end = self._size, self._size + len(which)
        if end > len(self._rows):
            larger = np.zeros(max(end, int(len(self._rows) * _GROW)), ROW)
            larger[:start] = self._rows[:start]
            self._rows = larger
        self._rows[start:end] = found.rows[which]
        self._rows["folder"][start:end] = place
        self._rows["rank"][start:end] = first + which
        self._size = end
        self._names += [found.names[index] for index in which.tolist()]
        ids = found.rows["id"][which].tolist()
        self._slot_of.update(zip(ids, range(start, end), strict=True))
        for photo_id, index in zip(ids, which.tolist(), strict=True):
            self._note(photo_id, found, index)

    def _note(self, photo_id: int, found: PhotoRows, index: int) -> None:
        """Keep what few photos have: an error, companions."""
        for kept, value in ((self._errors, found.errors.get(index)), (self._companions, found.companions.get(index))):
            if value is not None:
                kept[photo_id] = value  # type: ignore[assignment]  # each dict with its own kind of value
            else:
                kept.pop(photo_id, None)

    def set_review(self, photo_id: int, review: Review | None) -> None:
        """Keep the answer for a photo. Raises KeyError."""
        slot, rows = self._slot_of[photo_id], self._rows
        rows["reviewed"][slot] = review is not None
        rows["review_landmark"][slot] = self.ids.number(review.landmark_id if review is not None else None)
        rows["reviewed_by"][slot] = self.ids.number(review.reviewed_by if review is not None else None)
        rows["taken_here"][slot] = -1 if review is None or review.taken_here is None else int(review.taken_here)

    def in_folder(self, folder: Path, order: FolderOrder) -> Slots:
        """The slots of the photos that are there in a folder."""
        place = self._folder_of.get((order, folder))
        if place is None:
            return np.zeros(0, np.int32)
        rows = self._rows[: self._size]
        return np.flatnonzero((rows["folder"] == place) & ~rows["gone"]).astype(np.int32)

    def remove(self, slots: Slots) -> list[int]:
        """Take photos out; returns those that were there."""
        slots = slots[~self._rows["gone"][slots]]
        self._rows["gone"][slots] = True
        self._present -= len(slots)
        return self.ids_at(slots)

    def set_offline(self, slots: Slots, offline: bool) -> list[int]:
        """Note that the drive of these photos is away, or is back; returns those for which this is news."""
        slots = slots[self._rows["offline"][slots] != offline]
        self._rows["offline"][slots] = offline
        return self.ids_at(slots)

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


def _waits(rows: NDArray[Any]) -> NDArray[np.bool_]:
    """For each row, whether its photo needs classification: ``PhotoRecord.needs_classification``, and it is there."""
    waits: NDArray[np.bool_] = (rows["guessed"] == NO_GUESSES) & ~rows["failed"] & ~rows["offline"] & ~rows["gone"]
    return waits
