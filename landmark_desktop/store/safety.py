"""The safety copy: reviews and journals once more, beside the library, in a form that hardly anything can take along.

A text file that only grows: one line for each row that a transaction changed, with a checksum. It is appended right
after the commit and never waited for; what a library lost to a damaged page, a torn file or a missing write-ahead log
is read from here (see :mod:`.recovery`). Reviews come with the path, times and content of their photo, so that they are
found again where nothing else is left. When it has grown beyond a limit, it is begun anew from the library; the one
before is kept, once.
"""

import base64
import contextlib
import json
import logging
import os
import sqlite3
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from landmark_desktop.store.rules import key_of

log = logging.getLogger(__name__)

WATCHED: Final = ("run", "write", "served", "organise_run", "organise_folder", "transfer", "review")
"""The tables whose rows are copied, those that others refer to first."""
TIMED: Final = ("review", "write", "transfer")
"""Those whose rows say when they became what they are."""
COUNTED: Final = ("review", "write", "photo", "directory")
"""Those that must not have shrunk since the library was closed."""
FOR_GOOD: Final = {"write": frozenset({"fields", "snapshot"})}
"""Columns that never change once a row is there: most of its bytes, so they are copied once."""
MAX_BYTES: Final = 32_000_000
"""A copy that is larger is begun anew when the library is opened."""
BYTES_PER_REVIEW: Final = 400
"""Each review of the library adds so much to that limit: a copy must not be too large as soon as it begins."""
MAX_JOURNAL_BYTES: Final = 16_000_000
"""How much of the journal, from its newest entry on, goes into a copy that is begun."""
MAX_TRANSFERS: Final = 20_000
TAIL_BYTES: Final = 65_536
"""The end of a copy that is compared with the library at each start."""
SMALL: Final = 200
"""Bytes from which on a value is compressed."""

PHOTO: Final = (
    "SELECT directory.path AS folder, photo.name, photo.size, photo.mtime_ns, photo.content_key, photo.companions"
    " FROM photo JOIN directory ON directory.id = photo.directory_id WHERE photo.id = ?"
)
Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """What became of a row: its columns (or those that may have changed), or None where it is gone (since ``time``).
    A review comes with its photo. ``whole`` are tables of which all rows follow; what was said before no longer counts
    for them. ``counts`` says how many rows tables had when a program closed the library."""

    table: str = ""
    key: Key = ()
    row: Mapping[str, Any] | None = None
    photo: Mapping[str, Any] | None = None
    time: str = ""
    whole: tuple[str, ...] = ()
    counts: Mapping[str, int] | None = None

    @property
    def when(self) -> str:
        """When the row came to be as it is (ISO 8601); empty where nothing says so."""
        return self.time if self.row is None else str(self.row.get("time", ""))


class SafetyCopy:
    """The safety copy of one library. The file is opened for each transaction: another program may begin it anew."""

    def __init__(self, library: Path) -> None:
        self.path = library.with_name(library.name + ".safety")
        self.before = library.with_name(library.name + ".safety.old")
        self._temp = library.with_name(library.name + ".safety.new")
        self._changed: dict[tuple[str, Key], bool] = {}
        self._behind = False
        self._grew = False

    # following

    def follow(self, connection: sqlite3.Connection) -> None:
        """Note every change of the tables from now on. The triggers are this connection's own, not the library's."""
        connection.create_function("safety_note", 4, self._note)
        for table in WATCHED:
            for event, row in (("INSERT", "NEW"), ("UPDATE", "OLD"), ("UPDATE", "NEW"), ("DELETE", "OLD")):
                keys = [f"{row}.{column}" for column in key_of(table)] + ["NULL"]
                arguments = f"'{table}', {keys[0]}, {keys[1]}, {event == 'INSERT':d}"
                _trigger(connection, f"{table}_{event}_{row}", f"{event} ON main.{table}", arguments)
        where = "main.photo WHEN EXISTS (SELECT 1 FROM main.review WHERE photo_id = NEW.id)"
        columns = "directory_id, name, size, mtime_ns, content_key, companions"
        _trigger(connection, "photo", f"UPDATE OF {columns} ON {where}", "'review', NEW.id, NULL, 1")

    def _note(self, table: str, first: Any, second: Any, is_new: int) -> None:
        key = (first,) if second is None else (first, second)
        self._changed[table, key] = bool(is_new) or self._changed.get((table, key), False)

    def forget(self) -> None:
        """The transaction was taken back."""
        self._changed.clear()

    def append(self, connection: sqlite3.Connection) -> None:
        """Copy what the transaction that was just committed has changed. Never fails: a second copy that cannot be
        written must not keep anybody from working."""
        if not self._changed:
            return
        changed, self._changed = self._changed, {}
        try:
            lines = [_encode(_current(connection, table, key, full)) for (table, key), full in changed.items()]
            with self.path.open("ab") as file:
                # The line before may have been cut off by a full disk.
                file.write(b"\n" + b"".join(lines))
            self._grew = True
        except (OSError, sqlite3.Error) as error:
            self._miss(error)

    # beginning

    def begin_if_needed(self, connection: sqlite3.Connection) -> None:
        """Begin the copy where there is none, or anew where it has grown too large."""
        try:
            size = self.path.stat().st_size if self.path.exists() else 0
            if size > MAX_BYTES:
                reviews = int(connection.execute("SELECT count(*) FROM review").fetchone()[0])
                if size > MAX_BYTES + BYTES_PER_REVIEW * reviews:
                    size = 0
        except (OSError, sqlite3.Error):
            size = 0
        with contextlib.suppress(OSError):
            self._temp.unlink(missing_ok=True)  # of a program that was killed
        if not size:
            self.begin_anew(connection)

    def begin_anew(self, connection: sqlite3.Connection) -> None:
        """Begin the copy with all that is in the library now. The one before is kept. Never fails, like
        :meth:`append`."""
        temp = self._temp
        try:
            with temp.open("wb") as file:
                for line in _everything(connection):
                    file.write(_encode(line))
                file.flush()
                os.fsync(file.fileno())
            if self.path.exists():
                self.path.replace(self.before)
            temp.replace(self.path)
            self._behind, self._grew = False, True
        except (OSError, sqlite3.Error) as error:
            self._miss(error)
            with contextlib.suppress(OSError):
                temp.unlink(missing_ok=True)

    def _miss(self, error: Exception) -> None:
        if not self._behind:
            reason = error.strerror if isinstance(error, OSError) else str(error)
            log.warning("the safety copy of the library cannot be written: %s", reason)
        self._behind = True

    def close(self, connection: sqlite3.Connection) -> None:
        """Make up for what could not be written, and note how many rows there are. Called before the library is
        closed."""
        if self._behind:
            self.begin_anew(connection)
        if self._grew and not self._behind:
            with contextlib.suppress(OSError, sqlite3.Error), self.path.open("ab") as file:
                file.write(b"\n" + _encode(Line(counts=_counts(connection))))

    # reading

    def whole(self) -> frozenset[str]:
        """The tables of which the copy holds all rows that there were when it was begun, and all that came since."""
        first = next(_read(self.path), None)
        return frozenset() if first is None else frozenset(first.whole)

    def lines(self) -> Iterator[Line]:
        """All that can be read of the copy and the one before, in order; a line that is damaged is left out."""
        whole = self.whole()
        yield from (line for line in _read(self.before) if line.table and line.table not in whole)
        yield from (line for line in _read(self.path) if line.table)

    def _tail(self) -> list[Line]:
        """The last lines of the copy."""
        try:
            with self.path.open("rb") as file:
                end = file.seek(0, os.SEEK_END)
                file.seek(max(0, end - TAIL_BYTES))
                return [line for line in map(_decode, file.read().split(b"\n")) if line is not None]
        except OSError:
            return []

    def lost_rows(self, connection: sqlite3.Connection) -> str:
        """What is missing in a library that was closed well, in a developer's words; empty where nothing is. A page
        that was not written, or stands in another's place, need not hurt the structure."""
        last = next(reversed(self._tail()), None)
        if last is None or last.counts is None:
            return ""
        there = _counts(connection)
        return ", ".join(
            f"{table} has {there[table]} rows of {count}"
            for table, count in last.counts.items()
            if there.get(table, count) < count
        )

    def knows_more_than(self, connection: sqlite3.Connection) -> bool:
        """True if the library does not hold what the end of the copy says: its own end was lost."""
        last = {(line.table, line.key): line for line in self._tail() if line.table in TIMED}
        return any(_is_news(connection, line) for line in last.values())


def _is_news(connection: sqlite3.Connection, line: Line) -> bool:
    where = f"{key_of(line.table)[0]} = ?"
    known = connection.execute(f"SELECT time FROM {line.table} WHERE {where}", line.key).fetchone()
    if known is None:
        return line.row is not None and (line.table != "write" or "snapshot" in line.row)
    return str(known["time"]) < line.when


def _read(path: Path) -> Iterator[Line]:
    try:
        file = path.open("rb")
    except OSError:
        return
    with file:
        yield from (line for line in map(_decode, file) if line is not None)


def _trigger(connection: sqlite3.Connection, name: str, event: str, arguments: str) -> None:
    connection.execute(f"CREATE TEMP TRIGGER safety_{name} AFTER {event} BEGIN SELECT safety_note({arguments}); END")


def _counts(connection: sqlite3.Connection) -> dict[str, int]:
    return {table: int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]) for table in COUNTED}


def _current(connection: sqlite3.Connection, table: str, key: Key, full: bool) -> Line:
    """A row as it is now."""
    where = " AND ".join(f"{column} = ?" for column in key_of(table))
    found = connection.execute(f"SELECT * FROM {table} WHERE {where}", key).fetchone()
    if found is None:
        return Line(table, key, time=datetime.now(UTC).isoformat(timespec="seconds"))
    row = dict(found)
    if not full:
        row = {column: value for column, value in row.items() if column not in FOR_GOOD.get(table, ())}
    photo = connection.execute(PHOTO, key).fetchone() if table == "review" else None
    return Line(table, key, row, None if photo is None else dict(photo))


def _everything(connection: sqlite3.Connection) -> Iterator[Line]:
    """What a new copy begins with: all reviews, and of the journals as much as there is room for, the newest first."""
    room = MAX_JOURNAL_BYTES
    writes: list[int] = []
    for row in connection.execute(
        "SELECT id, coalesce(length(snapshot), 0) + coalesce(length(fields), 0) + coalesce(length(redo), 0)"
        " AS size FROM write ORDER BY id DESC"
    ):
        room -= row["size"]
        if room < 0:
            break
        writes.append(row["id"])
    oldest = writes[-1] if writes else 0
    where = {
        "write": f"WHERE id >= {oldest}",
        "served": f"WHERE write_id >= {oldest}",
        "transfer": f"ORDER BY id DESC LIMIT {MAX_TRANSFERS}",
    }
    part = {"write", "served"} if room < 0 else set()
    if int(connection.execute("SELECT count(*) FROM transfer").fetchone()[0]) > MAX_TRANSFERS:
        part.add("transfer")
    yield Line(whole=tuple(table for table in WATCHED if table not in part))
    for table in WATCHED:
        if table != "review":
            for row in connection.execute(f"SELECT * FROM {table} {where.get(table, '')}"):
                yield Line(table, tuple(row[column] for column in key_of(table)), dict(row))
    columns = ("folder", "name", "size", "mtime_ns", "content_key", "companions")
    for row in connection.execute(
        PHOTO.replace("SELECT ", "SELECT review.*, ").replace(
            "WHERE photo.id = ?", "JOIN review ON review.photo_id = photo.id"
        )
    ):
        values = dict(row)
        photo = {column: values.pop(column) for column in columns}
        yield Line("review", (values["photo_id"],), values, photo)


def _encode(line: Line) -> bytes:
    if line.whole:
        data: dict[str, Any] = {"whole": line.whole}
    elif line.counts is not None:
        data = {"counts": line.counts}
    else:
        data = {"t": line.table, "key": [_pack(value) for value in line.key]}
        if line.time:
            data["time"] = line.time
        for name, columns in (("row", line.row), ("photo", line.photo)):
            if columns is not None:
                data[name] = {column: _pack(value) for column, value in columns.items()}
    text = json.dumps(data, separators=(",", ":")).encode("ascii")
    return b"%08x %b\n" % (zlib.crc32(text), text)


def _decode(data: bytes) -> Line | None:
    """The line, or None where it is none or damaged."""
    checksum, _, text = data.rstrip(b"\n").partition(b" ")
    if checksum != b"%08x" % zlib.crc32(text):
        return None
    found = json.loads(text)
    if "whole" in found:
        return Line(whole=tuple(found["whole"]))
    if "counts" in found:
        return Line(counts=found["counts"])
    if found["t"] not in WATCHED:  # a later version's
        return None
    row, photo = (
        None if name not in found else {column: _unpack(value) for column, value in found[name].items()}
        for name in ("row", "photo")
    )
    return Line(found["t"], tuple(map(_unpack, found["key"])), row, photo, found.get("time", ""))


def _pack(value: Any) -> Any:
    """A value for JSON. Bytes, mostly paths, stay readable where they can."""
    if isinstance(value, str) and len(value) > SMALL:
        return {"text": base64.b64encode(zlib.compress(value.encode("utf-8"), 1)).decode("ascii")}
    if isinstance(value, bytes):
        if len(value) > SMALL:
            return {"zip": base64.b64encode(zlib.compress(value, 1)).decode("ascii")}
        try:
            return {"path": value.decode("utf-8")}
        except UnicodeDecodeError:
            return {"hex": value.hex()}
    return value


def _unpack(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    ((kind, text),) = value.items()
    if kind == "path":
        return text.encode("utf-8")
    if kind == "hex":
        return bytes.fromhex(text)
    data = zlib.decompress(base64.b64decode(text))
    return data.decode("utf-8") if kind == "text" else data
