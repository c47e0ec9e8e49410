"""Which of the programs that have a library open works on what.

One that starts must not settle the open writes of another one that lives. Each program that writes holds a lock on a
file of its own beside the library. The system frees the lock when the program ends, however it ends.
"""

import contextlib
import glob
import os
import secrets
import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path

from landmark_desktop.core.errors import ErrorCode, LibraryError
from landmark_desktop.store.database import Database

if sys.platform != "win32":
    import fcntl


_NEW = ".new"
_ATTEMPTS = 3


class Owner:
    """This program, among those that use one library. The lock is taken when its name is first asked for."""

    def __init__(self, library: Path) -> None:
        self._library = library
        self._name: str | None = None
        self._descriptor: int | None = None

    @property
    def name(self) -> str:
        """The name of this program in the journal. Raises :class:`OSError` where no file can be made."""
        for attempt in range(_ATTEMPTS):
            if self._name is not None:
                break
            name = secrets.token_hex(8)
            path = self._path(name)
            # The file gets its name when it is locked already: without a lock it would be taken for a dead program's.
            temp = path if sys.platform == "win32" else path.with_name(path.name + _NEW)
            self._descriptor = os.open(temp, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
            try:
                if sys.platform != "win32":
                    with contextlib.suppress(OSError):  # a file system without locks
                        fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    temp.rename(path)
                self._name = name
            except OSError as error:
                os.close(self._descriptor)
                self._descriptor = None
                # Another start took it for a dead program's before it was locked.
                if not isinstance(error, FileNotFoundError) or attempt == _ATTEMPTS - 1:
                    raise
        assert self._name is not None
        return self._name

    def is_alive(self, name: str) -> bool:
        """True if the program of that name runs and is another one than this. What a dead one left is removed."""
        if name == self._name:
            return False
        return self._is_held(self._path(name))

    @staticmethod
    def _is_held(path: Path) -> bool:
        if sys.platform == "win32":  # an open file cannot be removed there
            try:
                path.unlink(missing_ok=True)
            except OSError:
                return True
            return False
        try:
            descriptor = os.open(path, os.O_RDWR)
        except OSError:
            return False
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        except OSError:
            return False
        else:
            path.unlink(missing_ok=True)
            return False
        finally:
            os.close(descriptor)

    def close(self) -> None:
        """Give the lock up; what is still open may be settled by others from now on."""
        if self._descriptor is not None and self._name is not None:
            os.close(self._descriptor)
            self._path(self._name).unlink(missing_ok=True)
        self._descriptor = self._name = None

    def clean(self) -> None:
        """Remove the files that programs left which were killed."""
        for path in self._library.parent.glob(f"{glob.escape(self._library.name)}.*.owner*"):
            name = path.name.removeprefix(f"{self._library.name}.").removesuffix(_NEW).removesuffix(".owner")
            if name != self._name:
                self._is_held(path)

    def _path(self, name: str) -> Path:
        return self._library.with_name(f"{self._library.name}.{name}.owner")


class OpenRows:
    """The rows of a journal that are being worked on: those of ``table`` in one of the unfinished ``states``. Its
    column ``owner`` says which program works on them."""

    def __init__(self, database: Database, table: str, states: Sequence[StrEnum]) -> None:
        self._database = database
        self._table = table
        self._states = tuple(states)
        self._is_open = f"state IN ({', '.join('?' * len(self._states))})"
        self._owner = Owner(database.path)
        self._owner.clean()
        database.on_close.append(self._owner.close)

    @property
    def owner(self) -> str:
        """This program's name among those that use the library.

        Raises:
            LibraryError: no file can be made beside the library.
        """
        try:
            return self._owner.name
        except OSError as error:
            path = self._database.path
            raise LibraryError(ErrorCode.LIBRARY_UNWRITABLE, name=path, reason=error.strerror or error) from error

    def claim(self) -> tuple[str, tuple[str, ...]] | None:
        """Take over the open rows of programs that ended; those of another one that lives stay with it. Returns the
        condition for the open rows of this program, with its parameters; None where no row is open.

        Raises:
            LibraryError: the library is locked or not writable.
        """
        owners = f"SELECT DISTINCT owner FROM {self._table} WHERE {self._is_open}"
        if self._database.connection.execute(owners, self._states).fetchone() is None:
            return None
        mine = self.owner
        with self._database.transaction() as connection:
            found = [row["owner"] for row in connection.execute(owners, self._states)]
            dead = [other for other in found if other is None or not self._owner.is_alive(other)]
            connection.executemany(
                f"UPDATE {self._table} SET owner = ? WHERE {self._is_open} AND owner IS ?",
                [(mine, *self._states, other) for other in dead],
            )
        return f"{self._is_open} AND owner = ?", (*self._states, mine)
