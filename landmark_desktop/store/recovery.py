"""Making a new library from a damaged one and its safety copy.

The damaged file is read where it lies, and a new library is made beside it. Only when that is complete is the damaged
one renamed, and the new one takes its place: whoever is killed on the way begins again.
"""

import contextlib
import logging
import os
import sqlite3
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from landmark_desktop.core.errors import ErrorCode, LibraryError
from landmark_desktop.core.tag import RunState
from landmark_desktop.store.database import HEADER_BYTES, Database, uri_of
from landmark_desktop.store.packed import ENTRY
from landmark_desktop.store.rules import is_sound, key_of
from landmark_desktop.store.safety import Line, SafetyCopy
from landmark_desktop.store.salvage import is_intact, salvage
from landmark_desktop.store.sync import folder_id

if sys.platform != "win32":
    import fcntl

log = logging.getLogger(__name__)

PRECIOUS: Final = frozenset({"review", "run", "write", "served", "organise_run", "organise_folder", "transfer"})
"""The tables that nothing else tells. All others are filled again when folders are opened."""
NEW: Final = ".new"
_Mark = tuple[str, tuple[Any, ...]]
"""A table, and the key of a row in it."""
_SHARED_BYTES: Final = (510, 0x40000002)
"""Where an open SQLite connection holds its lock: length and start (see "File Locking" in SQLite's documentation)."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What a library holds."""

    reviews: int
    writes: int
    photos: int

    @classmethod
    def of(cls, connection: sqlite3.Connection) -> "Counts":
        """Count."""
        counted = (connection.execute(f"SELECT count(*) FROM {table}") for table in ("review", "write", "photo"))
        return cls(*(int(found.fetchone()[0]) for found in counted))


def recover(path: Path, make: Callable[[Path], Database]) -> LibraryError:
    """Replace the damaged library at ``path`` by what can be saved of it; returns what to tell the user. ``make``
    makes a new library at a path.

    Raises:
        LibraryError: another program has the library open, or there is no room for a new one.
        OSError: the same, as the system says it.
    """
    with _alone(path):
        new = path.with_name(path.name + NEW)
        _remove(new)
        try:
            fresh = make(new)
            try:
                partly, counts = _fill(fresh, path)
            finally:
                fresh.close()
        except BaseException:
            _remove(new)
            raise
        aside = set_aside(path)
        new.replace(path)
    log.warning("recovered %d reviews, %d writes, %d photos", counts.reviews, counts.writes, counts.photos)
    return LibraryError(
        ErrorCode.LIBRARY_CORRUPT_PARTLY if partly else ErrorCode.LIBRARY_CORRUPT,
        name=path.name,
        aside=aside.name,
        reviews=counts.reviews,
        writes=counts.writes,
        photos=counts.photos,
    )


def _fill(fresh: Database, path: Path) -> tuple[bool, Counts]:
    """Put into a new library what the damaged one and its copy hold; True if something is missing for good."""
    copy = SafetyCopy(path)
    connection = fresh.connection
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    header = fresh.path.read_bytes()[:HEADER_BYTES]
    connection.execute("PRAGMA foreign_keys = OFF")
    with fresh.transaction():
        missing = salvage(path, header, lambda table, row: _insert(connection, table, row))
        merge(connection, copy, damaged=True)
        _mend(connection)
        counts = Counts.of(connection)
    return bool(missing & PRECIOUS - copy.whole()), counts


def _insert(connection: sqlite3.Connection, table: str, row: Mapping[str, Any]) -> None:
    if table == "photo" and "facts_read" not in row:  # as the migrations do with older libraries
        opened = int(row["content_key"] is not None)
        row = {"imported": opened, **row, "facts_read": opened}
    marks = ", ".join("?" * len(row))
    connection.execute(f"INSERT OR IGNORE INTO {table} ({', '.join(row)}) VALUES ({marks})", tuple(row.values()))


def complete(database: Database) -> LibraryError | None:
    """Take from the safety copy what a sound library has lost: its write-ahead log is gone, it is empty, or an older
    file was put in its place. Returns what to tell the user, None where nothing was lost.

    Raises:
        LibraryError: the library cannot be written.
    """
    copy = SafetyCopy(database.path)
    before = Counts.of(database.connection)
    with database.transaction() as connection:
        connection.execute("PRAGMA defer_foreign_keys = ON")  # until all is mended
        changed = merge(connection, copy, damaged=False)
        _mend(connection)
    after = Counts.of(database.connection)
    log.warning("%d entries were taken from the safety copy", changed)
    if not changed:
        return None
    return LibraryError(
        ErrorCode.LIBRARY_COMPLETED,
        name=database.path.name,
        reviews=after.reviews - before.reviews,
        writes=after.writes - before.writes,
    )


def merge(connection: sqlite3.Connection, copy: SafetyCopy, *, damaged: bool) -> int:
    """Take over rows of which the safety copy knows something newer; returns how many.

    Times are in seconds. Of a row with one time in both the copy's counts if the library is ``damaged``, because the
    copy has checksums; else the library's, whose program may have been killed before it told the copy. A write that is
    left open by that is settled by the next reconciling.
    """
    replay = _Replay(connection, {(line.table, line.key): line.when for line in copy.lines()}, damaged)
    for line in copy.lines():
        replay.take(line)
    return len(replay.changed)


class _Replay:
    """Plays the lines of a copy back into a library, within a transaction. ``latest``: when each row became what the
    copy says last."""

    def __init__(self, connection: sqlite3.Connection, latest: Mapping[_Mark, str], damaged: bool) -> None:
        self._connection = connection
        self._latest = latest
        self._damaged = damaged
        self._decided: dict[_Mark, bool] = {}
        self._placed: dict[int, int] = {}
        self.changed: set[_Mark] = set()

    def take(self, line: Line) -> None:
        """Take one line in."""
        if line.row is not None and not is_sound(line.table, line.row):
            return
        where = " AND ".join(f"{column} = ?" for column in key_of(line.table))
        mark, key = (line.table, line.key), line.key
        if line.table == "review":  # photos may have got other numbers
            key = (self._placed.get(key[0], key[0]),)
        known = self._connection.execute(f"SELECT * FROM {line.table} WHERE {where}", key).fetchone()
        if line.table == "review" and line.key[0] not in self._placed and key[0] in self._placed.values():
            known = None  # that one was just put there
        if mark not in self._decided:
            self._decided[mark] = known is None or self._is_later(mark, known, line)
        if not self._decided[mark]:
            return
        if line.row is not None:
            if self._put(line, known is not None):
                self.changed.add(mark)
        elif known is not None:
            if line.table == "write":
                self._connection.execute("DELETE FROM served WHERE write_id = ?", line.key)
            self._connection.execute(f"DELETE FROM {line.table} WHERE {where}", key)
            self.changed.add(mark)

    def _is_later(self, mark: _Mark, known: sqlite3.Row, line: Line) -> bool:
        """True if the copy's counts of a row that is in both."""
        if not self._latest[mark]:
            return self._damaged and line.table in ("run", "organise_run")
        run_id = None if line.row is None else line.row.get("run_id")
        if run_id is not None and run_id != known["run_id"] and not self._damaged:
            return False  # another library's, under the same number
        time = str(known["time"])
        return time < self._latest[mark] or (time == self._latest[mark] and self._damaged)

    def _put(self, line: Line, is_known: bool) -> bool:
        assert line.row is not None
        row = dict(line.row)
        if line.table == "review":
            if line.photo is None:
                return False
            row["photo_id"] = self._photo(row["photo_id"], line.photo)
            if row["photo_id"] != line.key[0] and line.key[0] not in self._placed:
                later = self._connection.execute(
                    "SELECT 1 FROM review WHERE photo_id = ? AND time >= ?", (row["photo_id"], row["time"])
                )
                if later.fetchone() is not None:
                    return False
            self._placed[line.key[0]] = row["photo_id"]
        elif is_known:
            assignments = ", ".join(f"{column} = ?" for column in row)
            self._connection.execute(
                f"UPDATE {line.table} SET {assignments} WHERE id = ?", (*row.values(), line.key[0])
            )
            return True
        elif line.table == "write" and "snapshot" not in row:
            return False  # only what changed later is there
        marks = ", ".join("?" * len(row))
        verb = "INSERT OR REPLACE" if line.table == "review" else "INSERT OR IGNORE"
        self._connection.execute(f"{verb} INTO {line.table} ({', '.join(row)}) VALUES ({marks})", tuple(row.values()))
        return True

    def _photo(self, photo_id: int, photo: Mapping[str, Any]) -> int:
        """The photo of that path, else the one of that number if it has the same content, else a new one."""
        directory = folder_id(self._connection, Path(os.fsdecode(photo["folder"])))
        found = self._connection.execute(
            "SELECT id FROM photo WHERE directory_id = ? AND name = ?", (directory, photo["name"])
        ).fetchone()
        if found is not None:
            return int(found["id"])
        known = self._connection.execute("SELECT content_key FROM photo WHERE id = ?", (photo_id,)).fetchone()
        if known is not None and known["content_key"] == photo["content_key"] is not None:
            if self._damaged:  # the copy has checksums
                self._connection.execute(
                    "UPDATE photo SET directory_id = ?, name = ? WHERE id = ?", (directory, photo["name"], photo_id)
                )
            return photo_id
        columns = {column: photo[column] for column in ("name", "size", "mtime_ns", "content_key", "companions")}
        return _add_photo(self._connection, None if known is not None else photo_id, directory, columns)


def _add_photo(connection: sqlite3.Connection, photo_id: int | None, directory: int, columns: Mapping[str, Any]) -> int:
    # What stands in its files is not taken over by itself: whatever the user answered is known.
    row = {"id": photo_id, "directory_id": directory, **columns, "imported": 1}
    marks = ", ".join("?" * len(row))
    cursor = connection.execute(f"INSERT INTO photo ({', '.join(row)}) VALUES ({marks})", tuple(row.values()))
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def _mend(connection: sqlite3.Connection) -> None:
    """Make whole what was put together from parts: no row refers to one that is not there."""
    connection.execute("DELETE FROM photo WHERE directory_id NOT IN (SELECT id FROM directory)")
    for table, run, path in (
        (
            "write",
            "INSERT OR IGNORE INTO run (id, started) SELECT run_id, min(time) FROM write GROUP BY run_id",
            "photo",
        ),
        (
            "transfer",
            "INSERT OR IGNORE INTO organise_run (id, started, moves, root, template)"
            " SELECT run_id, min(time), max(moves), min(target), '' FROM transfer GROUP BY run_id",
            "source",
        ),
    ):
        connection.execute(run)
        # A number that no photo has would be given to the next new one, with all that is noted for it.
        lost = connection.execute(
            f"SELECT photo_id, max({path}) AS path FROM {table} WHERE photo_id NOT IN (SELECT id FROM photo)"
            " GROUP BY photo_id"
        ).fetchall()
        for row in lost:
            where = Path(os.fsdecode(row["path"]))
            directory = folder_id(connection, where.parent)
            same = connection.execute(
                "SELECT id FROM photo WHERE directory_id = ? AND name = ?", (directory, os.fsencode(where.name))
            ).fetchone()
            if same is not None:
                connection.execute(f"UPDATE {table} SET photo_id = ? WHERE photo_id = ?", (same["id"], row["photo_id"]))
            else:
                columns = {"name": os.fsencode(where.name), "size": 0, "mtime_ns": 0}
                _add_photo(connection, row["photo_id"], directory, columns)
    for table, column, other in (
        ("review", "photo_id", "photo"),
        ("found_place", "photo_id", "photo"),
        ("served", "write_id", "write"),
        ("served", "photo_id", "photo"),
        ("organise_folder", "run_id", "organise_run"),
    ):
        connection.execute(f"DELETE FROM {table} WHERE {column} NOT IN (SELECT id FROM {other})")
    _mend_guesses(connection)
    connection.execute(
        "UPDATE photo SET tagged = (SELECT landmark_id FROM write WHERE state = ? AND id IN (SELECT id FROM write"
        " WHERE photo_id = photo.id UNION SELECT write_id FROM served WHERE photo_id = photo.id)"
        " ORDER BY id DESC LIMIT 1)"
        " WHERE id IN (SELECT photo_id FROM write UNION SELECT photo_id FROM served)",
        (RunState.DONE,),
    )


def _mend_guesses(connection: sqlite3.Connection) -> None:
    """Guesses name landmarks by numbers from 0 on; where a number is missing, photos are classified again."""
    numbers = [row[0] for row in connection.execute("SELECT number FROM landmark ORDER BY number")]
    if numbers != list(range(len(numbers))):
        connection.execute("DELETE FROM guesses")
        connection.execute("DELETE FROM landmark")
        return
    unknown = [
        (row["content_key"], row["bundle_key"])
        for row in connection.execute("SELECT content_key, bundle_key, top FROM guesses")
        if any(number >= len(numbers) for number, _ in ENTRY.iter_unpack(row["top"]))
    ]
    connection.executemany("DELETE FROM guesses WHERE content_key = ? AND bundle_key = ?", unknown)


@contextlib.contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Nobody else has the library open, and nobody else recovers it. On Windows an open file cannot be renamed, which
    is all it needs there."""
    if sys.platform == "win32":
        yield
        return
    marker = path.with_name(path.name + ".recovering")
    locked = LibraryError(ErrorCode.LIBRARY_LOCKED, name=path)
    descriptor = os.open(marker, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise locked from None
        except OSError as error:  # a file system without locks
            log.info("no lock: %s", error.strerror)
        if path.exists():
            file = os.open(path, os.O_RDWR)
            try:
                fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, *_SHARED_BYTES)
            except BlockingIOError:
                raise locked from None
            except OSError as error:
                log.info("no lock: %s", error.strerror)
            finally:
                os.close(file)
        yield
    finally:
        marker.unlink(missing_ok=True)
        os.close(descriptor)


def set_aside(path: Path) -> Path:
    """Rename a damaged library and its WAL files, so that nothing of it is lost."""
    number = 1
    while (aside := path.with_name(f"{path.name}.damaged-{number}")).exists():
        number += 1
    # The log goes first: beside another library it would be that one's.
    for suffix in ("-wal", "-shm"):
        extra = path.with_name(path.name + suffix)
        if extra.exists():
            extra.replace(aside.with_name(aside.name + suffix))
    if path.exists():
        path.replace(aside)
    return aside


def adopt(path: Path) -> None:
    """Finish a recovery that was killed between its two renames."""
    new = path.with_name(path.name + NEW)
    if not path.exists() and new.exists() and is_intact(uri_of(new, "mode=ro")):
        new.replace(path)


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
