"""The SQLite file under the library: opening, migrating, transactions.

One connection, used by one thread (the db lane). WAL, so that a crash loses nothing that was committed.
"""

import logging
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path

from landmark_desktop.core.errors import ErrorCode, LibraryError
from landmark_desktop.store.migrations.steps import STEPS

log = logging.getLogger(__name__)

APPLICATION_ID = 0x4C4D4442  # "LMDB" in the file header, so that `file` and we recognise a library
BUSY_TIMEOUT_S = 5.0


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
        self._depth = 0

    @classmethod
    def open(cls, path: Path) -> "Database":
        """Open or create the library at ``path``; older schemas are migrated after a backup, damaged files set aside.

        Raises:
            LibraryError: newer schema, locked by another program, or the folder cannot be written.
        """
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            return cls._open_checked(path)
        except sqlite3.OperationalError as error:
            raise _operational(path, error) from error
        except sqlite3.DatabaseError as error:
            log.warning("the library is damaged: %s", error)
            aside = _set_aside(path)
            database = cls._open_checked(path)
            database.notice = LibraryError(ErrorCode.LIBRARY_CORRUPT, name=path.name, aside=aside.name)
            return database
        except OSError as error:
            raise LibraryError(ErrorCode.LIBRARY_UNWRITABLE, name=path, reason=error.strerror or error) from error

    @classmethod
    def _open_checked(cls, path: Path) -> "Database":
        crashed = path.with_name(path.name + "-wal").exists()
        connection = sqlite3.connect(path, timeout=BUSY_TIMEOUT_S, isolation_level=None)
        try:
            connection.row_factory = sqlite3.Row
            connection.execute("PRAGMA journal_mode = WAL")
            # A committed transaction survives a killed process either way; FULL also survives a power cut,
            # which the journal of writes needs ("pending" must be on disk before a file is touched).
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA foreign_keys = ON")
            if crashed and connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
                raise sqlite3.DatabaseError("quick_check failed")
            database = cls(path, connection)
            database._migrate()
        except BaseException:
            connection.close()
            raise
        return database

    def _migrate(self) -> None:
        known = migrations()
        newest = known[-1][0]
        found = int(self.connection.execute("PRAGMA user_version").fetchone()[0])
        if found > newest:
            raise LibraryError(ErrorCode.LIBRARY_NEWER, name=self.path.name, found=found, known=newest)
        if found == newest:
            return
        if found > 0:
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
            except BaseException:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise
            self.connection.execute("COMMIT")
        except sqlite3.OperationalError as error:
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK")
            raise _operational(self.path, error) from error
        finally:
            if not durable:
                self.connection.execute("PRAGMA synchronous = FULL")
            self._depth = 0


def _operational(path: Path, error: sqlite3.OperationalError) -> Exception:
    """Sort SQLite's operational errors: those of the environment are known, the rest are bugs."""
    text = str(error)
    if "locked" in text:
        return LibraryError(ErrorCode.LIBRARY_LOCKED, name=path)
    if any(part in text for part in ("unable to open", "readonly", "disk", "I/O", "full")):
        return LibraryError(ErrorCode.LIBRARY_UNWRITABLE, name=path, reason=text)
    return error


def _set_aside(path: Path) -> Path:
    """Rename a damaged library and its WAL files, so that nothing of it is lost."""
    number = 1
    while (aside := path.with_name(f"{path.name}.damaged-{number}")).exists():
        number += 1
    path.replace(aside)
    for suffix in ("-wal", "-shm"):
        extra = path.with_name(path.name + suffix)
        if extra.exists():
            extra.replace(aside.with_name(aside.name + suffix))
    return aside
