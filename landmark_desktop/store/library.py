"""The library's photos, guesses and reviews. All calls come from one thread."""

import json
import os
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from landmark_desktop.core.errors import ErrorCode, KnownError, LibraryError, PhotoError
from landmark_desktop.core.guess import Guess, Guesses
from landmark_desktop.core.photo import FileIdentity, Photo, PhotoFacts, content_key
from landmark_desktop.core.record import FileEntry, Outcome, PhotoRecord
from landmark_desktop.core.review import Review, ReviewState
from landmark_desktop.core.tag import ReviewedBy
from landmark_desktop.store.database import Database
from landmark_desktop.store.journal import Journal

_TRANSIENT = frozenset(
    {ErrorCode.FILE_MISSING, ErrorCode.FILE_NO_PERMISSION, ErrorCode.FILE_READ_FAILED, ErrorCode.INFERENCE_FAILED}
)
"""Errors that may be gone the next time a folder is opened, so they are tried again."""

_SELECT = """
SELECT photo.*, directory.path AS directory,
       guesses.novelty, guesses.top,
       review.state, review.landmark_id, review.reviewed_by, review.taken_here
FROM photo
JOIN directory ON directory.id = photo.directory_id
LEFT JOIN guesses ON guesses.content_key = photo.content_key AND guesses.bundle_key = :bundle
LEFT JOIN review ON review.photo_id = photo.id
"""
_VARIABLES_PER_QUERY = 500


class Library:
    """The app's own database of folders, photos, guesses, reviews and the journal."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.journal = Journal(database)

    @classmethod
    def open(cls, path: Path) -> "Library":
        """Open or create the library at ``path``. Raises :class:`LibraryError` (see :meth:`Database.open`)."""
        return cls(Database.open(path))

    @property
    def path(self) -> Path:
        """Where the library lies."""
        return self._database.path

    @property
    def notice(self) -> LibraryError | None:
        """What the user should be told about opening (a damaged library was set aside), or None."""
        return self._database.notice

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    # folders and photos

    def sync_folder(self, folder: Path, entries: Sequence[FileEntry], bundle_key: str) -> list[PhotoRecord]:
        """Take in what the scanner found in ``folder`` and return the records, in the order of ``entries``.

        A file with known size and mtime is not opened. A changed file loses what was read from it, and keeps
        its review. A new file that was moved here (same stat, same content, gone from its old place) is the
        same photo as before, with its review.
        """
        with self._database.transaction() as connection:
            folder_id = self._folder_id(folder)
            known = {row["name"]: row for row in self._rows_named(connection, folder_id, [e.name for e in entries])}
            ids = [self._sync_file(connection, folder, folder_id, entry, known) for entry in entries]
        records = {record.id: record for record in self.records(ids, bundle_key)}
        return [records[photo_id] for photo_id in ids]

    def _folder_id(self, folder: Path) -> int:
        connection = self._database.connection
        key = os.fsencode(folder)
        connection.execute("INSERT INTO directory (path) VALUES (?) ON CONFLICT DO NOTHING", (key,))
        row = connection.execute("SELECT id FROM directory WHERE path = ?", (key,)).fetchone()
        return int(row["id"])

    @staticmethod
    def _rows_named(connection: sqlite3.Connection, folder_id: int, names: list[str]) -> Iterable[sqlite3.Row]:
        for start in range(0, len(names), _VARIABLES_PER_QUERY):
            part = [os.fsencode(name) for name in names[start : start + _VARIABLES_PER_QUERY]]
            marks = ",".join("?" * len(part))
            yield from connection.execute(
                f"SELECT id, name, size, mtime_ns, error FROM photo WHERE directory_id = ? AND name IN ({marks})",
                (folder_id, *part),
            )

    def _sync_file(
        self,
        connection: sqlite3.Connection,
        folder: Path,
        folder_id: int,
        entry: FileEntry,
        known: dict[bytes, sqlite3.Row],
    ) -> int:
        name = os.fsencode(entry.name)
        row = known.get(name)
        if row is not None:
            photo_id = int(row["id"])
            if (row["size"], row["mtime_ns"]) != (entry.size, entry.mtime_ns):
                self._forget_content(connection, photo_id, entry)
            elif row["error"] is not None and _error_from_json(row["error"]).code in _TRANSIENT:
                connection.execute("UPDATE photo SET error = NULL WHERE id = ?", (photo_id,))
            return photo_id
        moved = self._find_moved(connection, folder / entry.name, entry)
        if moved is not None:
            connection.execute(
                "UPDATE photo SET directory_id = ?, name = ?, error = NULL WHERE id = ?", (folder_id, name, moved)
            )
            return moved
        cursor = connection.execute(
            "INSERT INTO photo (directory_id, name, size, mtime_ns) VALUES (?, ?, ?, ?)",
            (folder_id, name, entry.size, entry.mtime_ns),
        )
        assert cursor.lastrowid is not None
        return cursor.lastrowid

    @staticmethod
    def _forget_content(connection: sqlite3.Connection, photo_id: int, entry: FileEntry) -> None:
        connection.execute(
            "UPDATE photo SET size = ?, mtime_ns = ?, content_key = NULL, width = NULL, height = NULL,"
            " taken_at = NULL, latitude = NULL, longitude = NULL, error = NULL WHERE id = ?",
            (entry.size, entry.mtime_ns, photo_id),
        )

    @staticmethod
    def _find_moved(connection: sqlite3.Connection, path: Path, entry: FileEntry) -> int | None:
        """Return the id of the photo that was moved to ``path``, or None. The file is opened only if one may be."""
        rows = connection.execute(
            "SELECT photo.id, photo.name, photo.content_key, directory.path AS directory FROM photo"
            " JOIN directory ON directory.id = photo.directory_id"
            " WHERE photo.size = ? AND photo.mtime_ns = ? AND photo.content_key IS NOT NULL",
            (entry.size, entry.mtime_ns),
        ).fetchall()
        gone = [row for row in rows if not os.path.lexists(os.path.join(row["directory"], row["name"]))]  # noqa: PTH118
        if not gone:
            return None
        try:
            key = content_key(path)
        except OSError:
            return None  # decoding will meet the same error and say so on the photo
        # Two identical files with one time stamp: the one with the same name is the better match.
        gone.sort(key=lambda row: row["name"] != os.fsencode(path.name))
        return next((int(row["id"]) for row in gone if row["content_key"] == key), None)

    def records(self, ids: Sequence[int], bundle_key: str) -> list[PhotoRecord]:
        """Return the records of these photos, in the order of ``ids``; unknown ids are left out."""
        found: dict[int, PhotoRecord] = {}
        for start in range(0, len(ids), _VARIABLES_PER_QUERY):
            part = ids[start : start + _VARIABLES_PER_QUERY]
            marks = ",".join(str(int(photo_id)) for photo_id in part)
            query = f"{_SELECT} WHERE photo.id IN ({marks})"
            for row in self._database.connection.execute(query, {"bundle": bundle_key}):
                found[int(row["id"])] = _record(row)
        return [found[photo_id] for photo_id in ids if photo_id in found]

    # guesses

    def guesses(self, content: str, bundle_key: str) -> Guesses | None:
        """Return what the bundle said of this content, or None if it was never asked."""
        row = self._database.connection.execute(
            "SELECT novelty, top FROM guesses WHERE content_key = ? AND bundle_key = ?", (content, bundle_key)
        ).fetchone()
        return _guesses(row)

    def save_outcomes(self, outcomes: Sequence[Outcome], bundle_key: str) -> list[PhotoRecord]:
        """Store what classification found, and return the new records.

        The identity that was read with the content is stored too: if the file changes again, the next scan sees it.
        """
        with self._database.transaction() as connection:
            for outcome in outcomes:
                identity, facts = outcome.identity, outcome.facts
                connection.execute(
                    "UPDATE photo SET size = ?, mtime_ns = ?, content_key = ?, width = ?, height = ?, taken_at = ?,"
                    " latitude = ?, longitude = ?, error = ? WHERE id = ?",
                    (
                        identity.size,
                        identity.mtime_ns,
                        identity.content_key,
                        facts.width,
                        facts.height,
                        facts.taken_at.isoformat() if facts.taken_at else None,
                        facts.latitude,
                        facts.longitude,
                        _error_to_json(outcome.error),
                        outcome.photo.id,
                    ),
                )
                if outcome.guesses is not None and identity.content_key is not None:
                    top = [[guess.landmark_id, guess.confidence] for guess in outcome.guesses.top]
                    connection.execute(
                        "INSERT OR REPLACE INTO guesses (content_key, bundle_key, novelty, top) VALUES (?, ?, ?, ?)",
                        (identity.content_key, bundle_key, outcome.guesses.novelty, json.dumps(top)),
                    )
        return self.records([outcome.photo.id for outcome in outcomes], bundle_key)

    def rekey(self, photo_id: int, identity: FileIdentity, facts: PhotoFacts | None = None) -> None:
        """Tell the library that *we* changed a photo's file: the same picture under a new identity.

        Its guesses are copied to the new content key, so that an embedded tag costs no new classification.
        ``facts``, where given, replace what was read from the file before.
        """
        with self._database.transaction() as connection:
            connection.execute(
                "INSERT OR IGNORE INTO guesses (content_key, bundle_key, novelty, top)"
                " SELECT ?, bundle_key, novelty, top FROM guesses"
                " WHERE content_key = (SELECT content_key FROM photo WHERE id = ?)",
                (identity.content_key, photo_id),
            )
            connection.execute(
                "UPDATE photo SET size = ?, mtime_ns = ?, content_key = ? WHERE id = ?",
                (identity.size, identity.mtime_ns, identity.content_key, photo_id),
            )
            if facts is not None:
                self.set_position(photo_id, facts)

    def set_position(self, photo_id: int, facts: PhotoFacts) -> None:
        """Store the camera position that the photo (or its sidecar) has now."""
        with self._database.transaction() as connection:
            connection.execute(
                "UPDATE photo SET latitude = ?, longitude = ? WHERE id = ?", (facts.latitude, facts.longitude, photo_id)
            )

    # reviews

    def save_reviews(self, reviews: Sequence[tuple[int, Review | None]]) -> None:
        """Store the review of each ``(photo id, review)``; None takes a review back."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        with self._database.transaction() as connection:
            for photo_id, review in reviews:
                if review is None:
                    connection.execute("DELETE FROM review WHERE photo_id = ?", (photo_id,))
                    continue
                connection.execute(
                    "INSERT OR REPLACE INTO review (photo_id, state, landmark_id, reviewed_by, taken_here, time)"
                    " VALUES (?, ?, ?, ?, ?, ?)",
                    (photo_id, review.state, review.landmark_id, review.reviewed_by, review.taken_here, now),
                )


def _record(row: sqlite3.Row) -> PhotoRecord:
    path = Path(os.fsdecode(os.path.join(row["directory"], row["name"])))  # noqa: PTH118  # bytes
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
        photo=Photo(row["id"], path, FileIdentity(row["size"], row["mtime_ns"], row["content_key"]), facts),
        guesses=_guesses(row),
        review=review,
        tagged=row["tagged"],
        error=_error_from_json(row["error"]) if row["error"] is not None else None,
    )


def _guesses(row: sqlite3.Row | None) -> Guesses | None:
    if row is None or row["top"] is None:
        return None
    return Guesses(
        tuple(Guess(landmark, confidence) for landmark, confidence in json.loads(row["top"])), row["novelty"]
    )


def _error_to_json(error: KnownError | None) -> str | None:
    return None if error is None else json.dumps({"code": error.code, "params": error.params}, ensure_ascii=True)


def _error_from_json(text: str) -> KnownError:
    data = json.loads(text)
    return PhotoError(ErrorCode(data["code"]), **data["params"])
