"""Reading what can be read of a damaged library, row by row, past pages that cannot be read.

The damaged file is only ever read. SQLite itself reads the rows, which it does page by page: a broken page takes its
own rows along, and the search for what lies behind it goes by row ids. Where a header is broken, a copy with a new one
is read.
"""

import logging
import shutil
import sqlite3
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from landmark_desktop.store.database import HEADER_BYTES, READ_ERRORS, uri_of
from landmark_desktop.store.rules import RULES, is_sound, key_of

log = logging.getLogger(__name__)

MAX_PROBES: Final = 20_000
MAX_MISSES: Final = 5_000
"""How often a table is asked for what lies behind broken pages, in all and in vain one after the other: a few seconds
at most."""
MAX_ROW_ID: Final = 1 << 48
_WITHOUT_ROW_ID: Final = frozenset({"guesses", "served", "organise_folder"})
Row = dict[str, Any]


Take = Callable[[str, Row], None]
"""Is given a table and one of its rows, which is sound. Tables that others refer to come first; a row may come twice,
the newer one first."""


def salvage(path: Path, header: bytes, take: Take) -> set[str]:
    """Read what can be read of the library at ``path``; returns the tables of which something could not be read.

    ``header`` is that of a sound library, for one whose own is broken.
    """
    missing: set[str] = set(RULES)
    seen = False
    for view in _views(path):
        found = _read_view(view, missing, take)
        if found is not None:
            seen, missing = True, found
        if not missing:
            break
    if seen:
        return missing
    repaired = path.with_name(path.name + ".reading")
    try:
        _copy_with_header(path, repaired, header)
        found = _read_view(uri_of(repaired, "mode=ro&immutable=1"), missing, take)
        return missing if found is None else found
    except OSError as error:
        log.warning("the damaged library cannot be copied: %s", error.strerror)
        return missing
    finally:
        repaired.unlink(missing_ok=True)


def is_intact(uri: str) -> bool:
    """True if the file can be read and its structure is sound."""
    connection = sqlite3.connect(uri, uri=True)
    try:
        return bool(connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok")
    except READ_ERRORS:
        return False
    finally:
        connection.close()


def _views(path: Path) -> list[str]:
    """The ways to read the file: with its write-ahead log and without. If it is the log that is broken, or another
    library's, the file alone comes first."""
    alone = uri_of(path, "mode=ro&immutable=1")
    log_file = path.with_name(path.name + "-wal")
    if not log_file.exists() or not log_file.stat().st_size:
        return [alone]
    both = uri_of(path, "mode=ro")
    return [both, alone] if is_intact(both) or not is_intact(alone) else [alone, both]


def _copy_with_header(path: Path, target: Path, header: bytes) -> None:
    shutil.copyfile(path, target)
    pages = path.stat().st_size // int.from_bytes(header[16:18], "big")
    unused = bytes(8)  # no list of free pages
    with target.open("r+b") as file:
        file.write(header[:28] + pages.to_bytes(4, "big") + unused + header[40:HEADER_BYTES])


def _read_view(uri: str, tables: Collection[str], take: Take) -> set[str] | None:
    """Read these tables; returns those of which something could not be read, None if no table can be seen at all."""
    missing: set[str] = set()
    connection = sqlite3.connect(uri, uri=True)
    connection.row_factory = sqlite3.Row
    connection.text_factory = lambda data: data.decode("utf-8", "surrogateescape")
    try:
        # A file that is shorter than its header says, and tables that make no sense, are no reason to read nothing.
        connection.execute("PRAGMA writable_schema = ON")
        seen = {str(row[0]) for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
        if "photo" not in seen:
            return None
        for table in RULES:
            if table in tables:
                try:
                    _read_table(connection, table, missing, take)
                except READ_ERRORS as error:
                    log.info("%s cannot be read: %s", table, error)
                    missing.add(table)
    except READ_ERRORS as error:
        log.info("the damaged library cannot be read this way: %s", error)
        return None
    finally:
        connection.close()
    return missing


def _read_table(connection: sqlite3.Connection, table: str, missing: set[str], take: Take) -> None:
    there = {row["name"] for row in connection.execute(f"PRAGMA table_info({table})")}
    columns = [column for column in RULES[table] if column in there]
    if not there or not set(key_of(table)) <= there:
        missing.add(table)  # an older library has fewer tables; then there is nothing to miss either
        return
    read = _ends if table in _WITHOUT_ROW_ID else _all
    for row in read(connection, table, ", ".join(columns), missing):
        if is_sound(table, row) and _is_text(row):
            take(table, row)
        else:
            missing.add(table)


def _all(connection: sqlite3.Connection, table: str, columns: str, missing: set[str]) -> Iterator[Row]:
    """The rows of a table with row ids. What cannot be read is closed in from both sides and halved, the lower half
    first."""
    query = f"SELECT rowid AS row_id, {columns} FROM {table} NOT INDEXED WHERE rowid BETWEEN ? AND ? ORDER BY rowid"
    ranges = [(0, MAX_ROW_ID)]
    probes = misses = 0
    while ranges and probes < MAX_PROBES and misses < MAX_MISSES:
        low, high = ranges.pop()
        for order in ("", " DESC"):
            probes += 1
            misses += 1
            try:
                for row in connection.execute(query + order, (low, high)):
                    values = dict(row)
                    last = values.pop("row_id")
                    if not low <= last <= high:  # a page that belongs elsewhere: it would lead round in circles
                        raise sqlite3.DatabaseError("rows out of order")
                    yield values
                    misses = 0
                    low, high = (low, last - 1) if order else (last + 1, high)
                break
            except READ_ERRORS:
                missing.add(table)
        else:
            if low < high:
                middle = (low + high) // 2
                ranges += [(middle + 1, high), (low, middle)]


def _ends(connection: sqlite3.Connection, table: str, columns: str, missing: set[str]) -> Iterator[Row]:
    """The rows of a table without row ids, from both ends up to what cannot be read."""
    for order in ("", " DESC"):
        keys = ", ".join(column + order for column in key_of(table))
        try:
            for row in connection.execute(f"SELECT {columns} FROM {table} ORDER BY {keys}"):
                yield dict(row)
            return
        except READ_ERRORS:
            missing.add(table)


def _is_text(row: Mapping[str, Any]) -> bool:
    try:
        for value in row.values():
            if isinstance(value, str):
                value.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
