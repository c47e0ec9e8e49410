"""Rows of the library as they are read, and the records they stand for."""

import json
import os
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from landmark_desktop.core.errors import ErrorCode, KnownError, PhotoError
from landmark_desktop.core.photo import FileIdentity, Photo, PhotoFacts, PhotoFile
from landmark_desktop.core.record import PhotoRecord
from landmark_desktop.core.review import Review, ReviewState
from landmark_desktop.core.tag import ReviewedBy
from landmark_desktop.store.packed import unpack

IDS_PER_QUERY = 1000
NOTE = f'{{"code": "{ErrorCode.SHOWN_FROM_OTHER.value}"'
"""How a note begins as it is stored, in the place of an error."""
COLUMNS = (
    *("id", "directory", "name", "size", "mtime_ns", "content_key", "width", "height", "taken_at", "latitude"),
    *("longitude", "error", "tagged", "companions", "novelty", "top", "state", "landmark_id", "reviewed_by"),
    *("taken_here", "facts_read"),
)
"""The columns of a row, in order."""
SELECT = """
SELECT photo.id, directory.path AS directory, photo.name, photo.size, photo.mtime_ns, photo.content_key,
       photo.width, photo.height, photo.taken_at, photo.latitude, photo.longitude, photo.error, photo.tagged,
       photo.companions, guesses.novelty, guesses.top,
       review.state, review.landmark_id, review.reviewed_by, review.taken_here, photo.facts_read
FROM photo
JOIN directory ON directory.id = photo.directory_id
LEFT JOIN guesses ON guesses.content_key = photo.content_key AND guesses.bundle_key = ?
LEFT JOIN review ON review.photo_id = photo.id
"""


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of photos, with :data:`COLUMNS`. ``landmarks`` are the ids of those that guesses name by number (see
    :mod:`.packed`)."""

    found: Sequence[sqlite3.Row]
    landmarks: Sequence[str]

    def __len__(self) -> int:
        return len(self.found)

    def __iter__(self) -> Iterator[sqlite3.Row]:
        return iter(self.found)

    def records(self) -> list[PhotoRecord]:
        """The records that they stand for."""
        return [_record_of(row, self.landmarks) for row in self.found]


def rows_of(connection: sqlite3.Connection, ids: Sequence[int], bundle_key: str) -> Iterator[sqlite3.Row]:
    """Read the rows of these photos, in no particular order; unknown ids are left out."""
    for start in range(0, len(ids), IDS_PER_QUERY):
        marks = ",".join(str(int(photo_id)) for photo_id in ids[start : start + IDS_PER_QUERY])
        yield from connection.execute(f"{SELECT} WHERE photo.id IN ({marks})", (bundle_key,))


def _record_of(row: sqlite3.Row, landmarks: Sequence[str]) -> PhotoRecord:
    facts = PhotoFacts(
        row["width"],
        row["height"],
        datetime.fromisoformat(row["taken_at"]) if row["taken_at"] else None,
        row["latitude"],
        row["longitude"],
    )
    review = None
    if row["state"] is not None:
        taken_here = None if row["taken_here"] is None else bool(row["taken_here"])
        review = Review(ReviewState(row["state"]), row["landmark_id"], ReviewedBy(row["reviewed_by"]), taken_here)
    return PhotoRecord(
        photo=Photo(
            row["id"],
            _folder(row["directory"]) / os.fsdecode(row["name"]),
            FileIdentity(row["size"], row["mtime_ns"], row["content_key"]),
            facts,
            unpack_companions(row["companions"]),
            bool(row["facts_read"]),
        ),
        guesses=unpack(row["top"], row["novelty"], landmarks),
        review=review,
        tagged=row["tagged"],
        error=None if row["error"] is None or is_note(row["error"]) else error_from_json(row["error"]),
        note=error_from_json(row["error"]) if row["error"] is not None and is_note(row["error"]) else None,
    )


@lru_cache(maxsize=64)
def _folder(directory: bytes) -> Path:
    return Path(os.fsdecode(directory))


def error_to_json(error: KnownError | None) -> str | None:
    """A known error as it is stored."""
    return None if error is None else json.dumps({"code": error.code, "params": error.params}, ensure_ascii=True)


def is_note(text: str) -> bool:
    """True for what is stored as an error and is none, but something to know of a photo that can be used."""
    return text.startswith(NOTE)


def error_from_json(text: str) -> KnownError:
    """The known error that was stored."""
    data = json.loads(text)
    return PhotoError(ErrorCode(data["code"]), **data["params"])


def pack_companions(companions: Sequence[PhotoFile]) -> bytes | None:
    """The further files of a photo as they are stored (names cannot hold a zero byte); None where there are none."""
    if not companions:
        return None
    return b"".join(b"%b\0%d\0%d\0" % (os.fsencode(file.name), file.size, file.mtime_ns) for file in companions)


def unpack_companions(data: bytes | None) -> tuple[PhotoFile, ...]:
    """The further files of a photo from what is stored."""
    if not data:
        return ()
    parts = data.split(b"\0")[:-1]
    return tuple(
        PhotoFile(os.fsdecode(name), int(size), int(mtime_ns))
        for name, size, mtime_ns in zip(parts[::3], parts[1::3], parts[2::3], strict=True)
    )
