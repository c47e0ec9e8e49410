"""The SQLite file under the library: opening, migrating, transactions, and what to do when it is damaged.

One connection, used by one thread (the db lane). WAL, so that a crash loses nothing that was committed. Beside it lies
its safety copy (see :mod:`.safety`).
"""

import logging
import os
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from importlib import resources
from pathlib import Path
from types import FunctionType
from typing import Any, TypeVar
from urllib.parse import quote

from landmark_desktop.core.errors import ErrorCode, KnownError, LibraryError
from landmark_desktop.store.migrations.steps import STEPS
from landmark_desktop.store.rules import missing_columns, problems
from landmark_desktop.store.safety import SafetyCopy

log = logging.getLogger(__name__)

APPLICATION_ID = 0x4C4D4442  # "LMDB" in the file header, so that `file` and we recognise a library
BUSY_TIMEOUT_S = 5.0
HEADER_BYTES = 100
READ_ERRORS = (sqlite3.Error, UnicodeDecodeError)
"""What reading a damaged file raises: SQLite's messages quote names from it, which may be no text."""
ENCODINGS = (b"\0\0\0\0", b"\0\0\0\1")
"""Of a database without tables, and UTF-8."""
MAX_VERSION = 10_000
"""A schema beyond that is no newer one, but a damaged number."""


def migrations() -> list[tuple[int, str]]:
    """Return ``(version, SQL)`` of every migration, in order."""
    folder = resources.files("landmark_desktop.store") / "migrations"
    found = [(int(item.name.split("_", 1)[0]), item) for item in folder.iterdir() if item.name.endswith(".sql")]
    return [(version, item.read_text("utf-8")) for version, item in sorted(found, key=lambda pair: pair[0])]


class Database:
    """An open library file. ``notice`` is a known error to show, where the file had to be replaced."""

    def __init__(self, path: Path, connection: sqlite3.Connection, notice: LibraryError | None = None) -> None:
        self.path = path
        self.connection = connection
        self.notice = notice
        self.on_close: list[Callable[[], None]] = []
        self._safety: SafetyCopy | None = None
        self._depth = 0

    @classmethod
    def open(cls, path: Path) -> "Database":
        """Open or create the library at ``path``; older schemas are migrated after a backup. A damaged one is set
        aside, and a new one made with what can be saved of it (see :mod:`.recovery`).

        Raises:
            LibraryError: newer schema, a database of another program, locked by another program, or the folder cannot
                be written.
        """
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            return cls._open_or_recover(path)
        except sqlite3.OperationalError as error:
            raise _operational(path, error) from error
        except OSError as error:
            raise LibraryError(ErrorCode.LIBRARY_UNWRITABLE, name=path, reason=error.strerror or error) from error

    @classmethod
    def _open_or_recover(cls, path: Path) -> "Database":
        suspect = _suspicion(path)
        if not path.exists() and path.with_name(path.name + ".new").exists():
            from landmark_desktop.store.recovery import adopt

            adopt(path)
        try:
            database = cls._open_checked(path, thoroughly=suspect.exists())
            database._begin_safety(None)
        except READ_ERRORS as error:
            if not is_damage(error):
                raise
            log.warning("the library is damaged: %s", error)
            from landmark_desktop.store.recovery import recover  # which few will ever need

            notice = recover(path, cls._open_checked)
            database = cls._open_checked(path)
            database._begin_safety(notice)
        suspect.unlink(missing_ok=True)
        return database

    @classmethod
    def _open_checked(cls, path: Path, *, thoroughly: bool = False) -> "Database":
        """Open; raises what :func:`is_damage` knows where the file is damaged."""
        crashed = path.with_name(path.name + "-wal").exists()
        _check_file(path, crashed)
        connection = sqlite3.connect(path, timeout=BUSY_TIMEOUT_S, isolation_level=None)
        try:
            connection.row_factory = sqlite3.Row
            connection.execute("PRAGMA journal_mode = WAL")
            # A committed transaction survives a killed process either way; FULL also survives a power cut,
            # which the journal of writes needs ("pending" must be on disk before a file is touched).
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA foreign_keys = ON")
            database = cls(path, connection)
            database._migrate()
            found = next(problems(connection) if thoroughly else missing_columns(connection), None)
            if found is not None:
                raise Damage(found)
        except BaseException:
            connection.close()
            raise
        return database

    def _begin_safety(self, notice: LibraryError | None) -> None:
        """Follow the library with its safety copy, once both hold the same. ``notice``: the library was recovered."""
        safety = SafetyCopy(self.path)
        try:
            if notice is None and (safety.knows_more_than(self.connection) or safety.lost_rows(self.connection)):
                from landmark_desktop.store.recovery import complete

                if found := next(problems(self.connection), None):
                    raise Damage(found)
                notice = complete(self)
                safety.begin_anew(self.connection)
            elif notice is not None:
                safety.begin_anew(self.connection)
            else:
                safety.begin_if_needed(self.connection)
            safety.follow(self.connection)
        except BaseException as error:
            self.connection.close()
            if isinstance(error, sqlite3.IntegrityError):
                raise Damage(str(error)) from error
            raise
        self.notice = notice
        self._safety = safety

    def examine(self) -> LibraryError | None:
        """Look whether the structure of the file is sound, on a connection of its own: may be called on any thread, and
        takes as long as reading all of it. Returns what to tell, None where all is well; the next start recovers."""
        try:
            connection = sqlite3.connect(uri_of(self.path, "mode=ro"), uri=True, timeout=BUSY_TIMEOUT_S)
            try:
                sound = connection.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok"
                sound = sound and connection.execute("PRAGMA foreign_key_check").fetchone() is None
            finally:
                connection.close()
        except READ_ERRORS as error:
            sound = not is_damage(error)
        return None if sound else self._suspect()

    def explain(self, error: Exception) -> LibraryError | None:
        """What an error means that came up while the library was used: a known error where the library is damaged (the
        next start looks closely then), None where it is a bug."""
        if self._depth or isinstance(error, sqlite3.ProgrammingError):
            return None
        try:
            if not is_damage(error) and next(problems(self.connection), None) is None:
                return None
        except READ_ERRORS as other:
            if not is_damage(other):
                return None
        return self._suspect()

    def _suspect(self) -> LibraryError:
        log.warning("the library is damaged")
        try:
            _suspicion(self.path).touch()
        except OSError as other:
            log.warning("nothing can be written beside the library: %s", other.strerror)
        return LibraryError(ErrorCode.LIBRARY_DAMAGED, name=self.path.name)

    def _migrate(self) -> None:
        known = migrations()
        newest = known[-1][0]
        found = int(self.connection.execute("PRAGMA user_version").fetchone()[0])
        if found > newest:
            if found > MAX_VERSION:
                raise Damage("no schema has such a number")
            raise LibraryError(ErrorCode.LIBRARY_NEWER, name=self.path.name, found=found, known=newest)
        if found == newest:
            return
        if found == 0:
            tables = {row[0] for row in self.connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
            if {"directory", "photo"} <= tables:
                raise Damage("the number of the schema is gone")
            if tables:
                raise LibraryError(ErrorCode.LIBRARY_FOREIGN, name=self.path)
        else:
            self._backup(self.path.with_name(f"{self.path.name}.v{found}.bak"))
        for version, script in known:
            if version > found:
                # executescript commits first; the BEGIN inside makes migration and version one transaction, which
                # is taken back when the program ends in the middle.
                self.connection.executescript(f"BEGIN IMMEDIATE;\n{script}")
                if version in STEPS:
                    STEPS[version](self.connection)
                self.connection.execute(f"PRAGMA user_version = {version}")
                self.connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                self.connection.execute("COMMIT")

    def _backup(self, target: Path) -> None:
        copy = sqlite3.connect(target)
        try:
            self.connection.backup(copy)
        finally:
            copy.close()

    def close(self) -> None:
        """Close the file; further use raises. What waits in ``on_close`` is called afterwards."""
        if self._safety is not None:
            self._safety.close(self.connection)
        self.connection.close()
        for action in self.on_close:
            action()

    @contextmanager
    def transaction(self, *, durable: bool = True) -> Iterator[sqlite3.Connection]:
        """All or nothing. Nested use joins the outer transaction.

        What is not ``durable`` survives a killed process, but a power cut may take it: for what another scan finds.
        Waiting for the disk at each listing would be most of what a scan costs.

        Raises:
            LibraryError: the disk is full, the file locked or not writable.
        """
        if self._depth:
            yield self.connection
            return
        self._depth = 1
        try:
            if not durable:
                self.connection.execute("PRAGMA synchronous = NORMAL")
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield self.connection
                self.connection.execute("COMMIT")
            except BaseException:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                if self._safety is not None:
                    self._safety.forget()
                raise
        except sqlite3.OperationalError as error:
            raise _operational(self.path, error) from error
        finally:
            if not durable:
                self.connection.execute("PRAGMA synchronous = FULL")
            self._depth = 0
        if self._safety is not None:
            self._safety.append(self.connection)


class Damage(sqlite3.DatabaseError):
    """A library that SQLite can read and that is damaged nevertheless."""


def is_damage(error: Exception) -> bool:
    """True for an error that only a damaged library raises."""
    if isinstance(error, Damage | UnicodeDecodeError):
        return True
    if not isinstance(error, sqlite3.DatabaseError):
        return False
    if getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return True
    return "Could not decode" in str(error)


def uri_of(path: Path, options: str) -> str:
    """A file as SQLite's URI with options. Not ``Path.as_uri``: SQLite takes no name of a server (``file://nas/…``),
    and wants the path of a network drive with all its slashes."""
    name = path.absolute()
    if sys.platform == "win32":
        text = quote(name.as_posix(), safe="/:")
        return f"file://{text}?{options}" if text.startswith("/") else f"file:///{text}?{options}"
    return f"file://{quote(os.fsencode(name))}?{options}"


def _suspicion(path: Path) -> Path:
    """A file whose being there asks the next start to look closely at the library."""
    return path.with_name(path.name + ".suspect")


def _check_file(path: Path, crashed: bool) -> None:
    """Look at a library before it is opened for writing: closing it could move a damaged write-ahead log into it.

    Raises:
        Damage: the header, or after a crash the structure, is damaged.
    """
    try:
        with path.open("rb") as file:
            header = file.read(HEADER_BYTES)
    except FileNotFoundError:
        return
    if not header:
        return
    # What SQLite does not look at, or takes for something else: versions of the format, and the encoding of texts.
    if len(header) < HEADER_BYTES or not {header[18], header[19]} <= {1, 2} or header[56:60] not in ENCODINGS:
        raise Damage("the header makes no sense")
    if crashed:
        connection = sqlite3.connect(uri_of(path, "mode=ro"), uri=True, timeout=BUSY_TIMEOUT_S)
        try:
            found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        finally:
            connection.close()
        if found != "ok":
            raise Damage(found)


def _operational(path: Path, error: sqlite3.OperationalError) -> Exception:
    """Sort SQLite's operational errors: those of the environment are known, the rest are bugs."""
    text = str(error)
    if "locked" in text:
        return LibraryError(ErrorCode.LIBRARY_LOCKED, name=path)
    if any(part in text for part in ("unable to open", "readonly", "disk", "I/O", "full")):
        return LibraryError(ErrorCode.LIBRARY_UNWRITABLE, name=path, reason=text)
    return error


T = TypeVar("T", bound=type)


def tells_damage(kind: T) -> T:
    """A class decorator for what uses a ``_database``: whatever a public method meets because the library is damaged
    becomes a known error (see :meth:`Database.explain`)."""
    for name, function in vars(kind).copy().items():
        if isinstance(function, FunctionType) and not name.startswith("_"):
            setattr(kind, name, _telling(function))
    return kind


def _telling(function: FunctionType) -> Callable[..., Any]:
    @wraps(function)
    def call(self: Any, *args: Any, **kwargs: Any) -> Any:
        try:
            return function(self, *args, **kwargs)
        except KnownError:
            raise
        except Exception as error:
            known = self._database.explain(error)
            if known is None:
                raise
            raise known from error

    return call
