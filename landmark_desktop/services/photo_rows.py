"""Rows of the library as NumPy rows, made on the lane that read them, so that the window only has to copy them."""

import os
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from landmark_desktop.store.rows import COLUMNS, Rows, is_note

MAX_GUESSES: Final = 10
"""Guesses of a photo that are kept; the classifier stores as many."""
NO_ID: Final = -1
NO_GUESSES: Final = -1

ROW: Final = np.dtype(
    [
        ("id", np.int64),
        ("folder", np.int32),  # number of the folder in the table
        ("rank", np.int32),  # place among the folder's photos
        ("size", np.int64),
        ("mtime_ns", np.int64),
        ("key", np.uint8, 16),
        ("has_key", np.bool_),
        ("width", np.int32),  # 0: not known
        ("height", np.int32),
        ("taken", "datetime64[us]"),  # NaT: not known
        ("latitude", np.float64),  # NaN: not known
        ("longitude", np.float64),
        ("novelty", np.float64),
        ("guessed", np.int8),  # number of guesses, NO_GUESSES where there is no answer yet
        ("landmarks", np.int32, MAX_GUESSES),  # of Ids, as all numbers of texts
        ("confidences", np.float64, MAX_GUESSES),
        ("reviewed", np.bool_),
        ("review_landmark", np.int32),  # NO_ID where it is rejected or not reviewed
        ("reviewed_by", np.int32),
        ("taken_here", np.int8),  # -1: the setting decides
        ("tagged", np.int32),
        ("facts_read", np.bool_),
        ("failed", np.bool_),
        ("offline", np.bool_),
        ("gone", np.bool_),
    ]
)
"""A photo without its texts: name, error and companions are kept beside the rows."""

_GUESS: Final = np.dtype([("landmark", "<u4"), ("confidence", "<f8")])
"""A guess as it is stored (see :data:`landmark_desktop.store.packed.ENTRY`)."""

_AT: Final = {name: index for index, name in enumerate(COLUMNS)}


class Ids:
    """Numbers for texts that many photos share (ids of landmarks, who reviewed). May be used from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._texts: list[str] = []
        self._numbers: dict[str, int] = {}

    def number(self, text: str | None) -> int:
        """The number of a text, which is added where it is new; ``NO_ID`` for None."""
        if text is None:
            return NO_ID
        found = self._numbers.get(text)
        if found is None:
            with self._lock:
                found = self._numbers.setdefault(text, len(self._texts))
                if found == len(self._texts):
                    self._texts.append(text)
        return found

    def known(self, number: int) -> str:
        """The text of a number that was given out."""
        return self._texts[number]

    def text(self, number: int) -> str | None:
        """The text of a number; None for ``NO_ID``."""
        return None if number == NO_ID else self._texts[number]

    @property
    def texts(self) -> Sequence[str]:
        """All texts, by number."""
        return self._texts


@dataclass(frozen=True, slots=True)
class PhotoRows:
    """Photos on their way into the table. ``names`` has one for each row; ``errors`` and ``companions`` are by row.
    ``imported`` are the ids of those whose files hold a review."""

    rows: NDArray[Any]
    names: Sequence[str]
    errors: dict[int, str]
    companions: dict[int, bytes]
    imported: frozenset[int] = frozenset()

    def __len__(self) -> int:
        return len(self.rows)


@dataclass(frozen=True, slots=True)
class FactRows:
    """What the metadata of photos says: ids, times (``datetime64[us]``), latitudes and longitudes in degrees; NaT and
    NaN where it says nothing."""

    ids: Sequence[int]
    taken: NDArray[Any]
    latitude: NDArray[np.float64]
    longitude: NDArray[np.float64]


def photo_rows(found: Rows, ids: Ids, *, offline: bool = False) -> PhotoRows:
    """Convert rows of the library (see :mod:`landmark_desktop.store.rows`)."""
    rows = np.zeros(len(found), ROW)
    if not len(found):
        return PhotoRows(rows, (), {}, {})
    columns = list(zip(*found.found, strict=True))

    def values(name: str) -> tuple[Any, ...]:
        return columns[_AT[name]]

    for name in ("id", "size", "mtime_ns"):
        rows[name] = values(name)
    for name in ("width", "height"):
        rows[name] = [value or 0 for value in values(name)]
    for name in ("latitude", "longitude"):
        rows[name] = np.array(values(name), np.float64)  # None becomes NaN
    rows["taken"] = np.array([value or "NaT" for value in values("taken_at")], "datetime64[us]")
    keys = values("content_key")
    rows["has_key"] = [key is not None for key in keys]
    joined = bytes.fromhex("".join([key if key is not None else "0" * 32 for key in keys]))
    rows["key"] = np.frombuffer(joined, np.uint8).reshape(-1, 16)
    _put_guesses(rows, values("top"), values("novelty"), found.landmarks, ids)
    for column, name in (("review_landmark", "landmark_id"), ("reviewed_by", "reviewed_by"), ("tagged", "tagged")):
        rows[column] = [NO_ID if text is None else ids.number(text) for text in values(name)]
    rows["reviewed"] = [state is not None for state in values("state")]
    rows["taken_here"] = [-1 if value is None else value for value in values("taken_here")]
    errors = {index: error for index, error in enumerate(values("error")) if error is not None}
    rows["failed"][[index for index, error in errors.items() if not is_note(error)]] = True
    rows["facts_read"] = values("facts_read")
    rows["offline"] = offline
    companions = {index: data for index, data in enumerate(values("companions")) if data is not None}
    return PhotoRows(rows, [os.fsdecode(name) for name in values("name")], errors, companions)


def _put_guesses(
    rows: NDArray[Any],
    tops: Sequence[bytes | None],
    novelties: Sequence[float | None],
    landmarks: Sequence[str],
    ids: Ids,
) -> None:
    rows["guessed"] = NO_GUESSES
    answered = [index for index, top in enumerate(tops) if top is not None]
    if not answered:
        return
    kept = [top[: MAX_GUESSES * _GUESS.itemsize] for top in tops if top is not None]
    guesses = np.frombuffer(b"".join(kept), _GUESS)
    counts = np.array([len(top) for top in kept]) // _GUESS.itemsize
    rows["guessed"][answered] = counts
    rows["novelty"][answered] = [novelty for novelty in novelties if novelty is not None]
    row = np.repeat(np.array(answered), counts)
    column = np.arange(len(row)) - np.repeat(np.cumsum(counts) - counts, counts)
    named, which = np.unique(guesses["landmark"], return_inverse=True)
    numbers = np.array([ids.number(landmarks[number]) for number in named.tolist()], np.int32)
    rows["landmarks"][row, column] = numbers[which]
    rows["confidences"][row, column] = guesses["confidence"]
