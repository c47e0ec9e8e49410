"""What the rows of a library must look like.

SQLite finds damage to the structure of its file, but holds no checksums of what stands in it: a flipped byte may turn
a review's state into a word that there is none of. Rows of a damaged library are held against these rules before they
are taken over, and all rows of one that is suspected.
"""

import json
import math
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from landmark_desktop.core.errors import ErrorCode
from landmark_desktop.core.imported import FoundPlace
from landmark_desktop.core.review import ReviewState
from landmark_desktop.core.tag import ReviewedBy, RunState, WriteMode
from landmark_desktop.core.transfer import TransferState
from landmark_desktop.store.packed import ENTRY
from landmark_desktop.store.rows import error_from_json, unpack_companions

Rule = Callable[[Any], bool]
"""True if the value may stand there."""


def _is(*kinds: type) -> Rule:
    return lambda value: type(value) in kinds


def _optional(rule: Rule) -> Rule:
    return lambda value: value is None or rule(value)


def _one_of(words: Sequence[object]) -> Rule:
    return lambda value: value in words


def _reads(read: Callable[[Any], object]) -> Rule:
    def rule(value: Any) -> bool:
        try:
            read(value)
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            return False
        return True

    return rule


def _number(value: Any) -> bool:
    return type(value) in (int, float) and math.isfinite(value)


def _id(value: Any) -> bool:
    # What is far beyond is a flipped bit, and would be the last id that SQLite can give out.
    return type(value) is int and 0 < value < 1 << 48


def _size(value: Any) -> bool:
    return type(value) is int and 0 <= value < 1 << 56


def _path(value: Any) -> bool:
    return type(value) is bytes and bool(value) and b"\0" not in value


def _fields(text: str) -> None:
    if not all(len(field) == 3 for field in json.loads(text)):
        raise ValueError


def _top(value: Any) -> bool:
    return type(value) is bytes and len(value) % ENTRY.size == 0


_INT, _TEXT, _BYTES = _is(int), _is(str), _is(bytes)
_FLAG, _STAMP = _one_of((0, 1)), _reads(datetime.fromisoformat)
_ERROR = _reads(lambda text: ErrorCode(error_from_json(text).code) and error_from_json(text).message)

RULES: Final[Mapping[str, Mapping[str, Rule]]] = {
    "directory": {"id": _id, "path": _path, "mount": _optional(_path), "volume": _optional(_TEXT)},
    "photo": {
        "id": _id,
        "directory_id": _id,
        "name": _path,
        "size": _size,
        "mtime_ns": _INT,
        "content_key": _optional(_TEXT),
        "width": _optional(_size),
        "height": _optional(_size),
        "taken_at": _optional(_STAMP),
        "latitude": _optional(_number),
        "longitude": _optional(_number),
        "error": _optional(_ERROR),
        "tagged": _optional(_TEXT),
        "companions": _optional(_reads(unpack_companions)),
        "imported": _FLAG,
        "facts_read": _FLAG,
    },
    "review": {
        "photo_id": _id,
        "state": _one_of(tuple(ReviewState)),
        "landmark_id": _optional(_TEXT),
        "reviewed_by": _one_of(tuple(ReviewedBy)),
        "taken_here": _one_of((None, 0, 1)),
        "time": _STAMP,
    },
    "run": {"id": _TEXT, "started": _STAMP},
    "write": {
        "id": _id,
        "run_id": _TEXT,
        "photo_id": _id,
        "photo": _path,
        "target": _path,
        "mode": _one_of(tuple(WriteMode)),
        "landmark_id": _TEXT,
        "state": _one_of(tuple(RunState)),
        "fields": _reads(_fields),
        "snapshot": _BYTES,
        "written_size": _optional(_size),
        "written_mtime_ns": _optional(_INT),
        "written_key": _optional(_TEXT),
        "error": _optional(_TEXT),
        "time": _STAMP,
        "redo": _optional(_BYTES),
        "owner": _optional(_TEXT),
    },
    "served": {"write_id": _id, "photo_id": _id},
    "organise_run": {"id": _TEXT, "started": _STAMP, "moves": _FLAG, "root": _path, "template": _TEXT},
    "organise_folder": {"run_id": _TEXT, "path": _path},
    "transfer": {
        "id": _id,
        "run_id": _TEXT,
        "photo_id": _id,
        "moves": _FLAG,
        "source": _path,
        "target": _path,
        "state": _one_of(tuple(TransferState)),
        "size": _size,
        "mtime_ns": _INT,
        "digest": _TEXT,
        "error": _TEXT,
        "owner": _optional(_TEXT),
        "time": _STAMP,
    },
    "found_place": {"photo_id": _id, "place": _reads(lambda text: FoundPlace(**json.loads(text)).text)},
    "landmark": {"number": _INT, "id": _TEXT},
    "guesses": {"content_key": _TEXT, "bundle_key": _TEXT, "novelty": _number, "top": _top},
}
"""For each table its columns and what may stand in them; tables that others refer to come first."""

KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    "review": ("photo_id",),
    "served": ("write_id", "photo_id"),
    "organise_folder": ("run_id", "path"),
    "found_place": ("photo_id",),
    "landmark": ("number",),
    "guesses": ("content_key", "bundle_key"),
}
"""What a row is known by, where that is not ``id``."""


def key_of(table: str) -> tuple[str, ...]:
    """The columns a row of the table is known by."""
    return KEYS.get(table, ("id",))


def is_sound(table: str, row: Mapping[str, Any]) -> bool:
    """True if a row (columns that it has not are not asked for) may stand in the table."""
    if not all(rule(row[column]) for column, rule in RULES[table].items() if column in row):
        return False
    if table == "review":
        return bool((row["state"] == ReviewState.ACCEPTED) == (row["landmark_id"] is not None))
    if table == "write":
        written = (row["written_size"], row["written_mtime_ns"], row["written_key"])
        return (None in written) == (written == (None, None, None))
    return True


def missing_columns(connection: sqlite3.Connection) -> Iterator[str]:
    """What the schema of an open library lacks. Reads no rows."""
    for table, columns in RULES.items():
        there = {row[1] for row in connection.execute(f"PRAGMA table_info({table})")}
        yield from (f"{table} has no column {column}" for column in columns if column not in there)


def problems(connection: sqlite3.Connection) -> Iterator[str]:
    """What is wrong with an open library, in a developer's words: its structure and every row. Nothing where it is
    sound. Takes as long as reading all of it.

    Raises:
        sqlite3.DatabaseError: it is so damaged that it cannot be asked.
    """
    lacking = list(missing_columns(connection))
    if lacking:
        yield from lacking
        return
    for row in connection.execute("PRAGMA integrity_check(10)"):
        if row[0] != "ok":
            yield str(row[0])
    for row in connection.execute("PRAGMA foreign_key_check"):
        yield f"a row of {row[0]} refers to nothing"
    numbers = [row[0] for row in connection.execute("SELECT number FROM landmark ORDER BY number")]
    if numbers != list(range(len(numbers))):
        yield "landmarks are not numbered in order"
    for table in RULES:
        for row in connection.execute(f"SELECT * FROM {table}"):
            values = dict(row)
            if not is_sound(table, values):
                yield f"a row of {table}"
            elif table == "guesses" and any(n >= len(numbers) for n, _ in ENTRY.iter_unpack(values["top"])):
                yield "guesses name a landmark that has no number"
