"""Which of the programs that have a library open works on what.

One that starts must not settle the open writes of another one that lives. Each program that writes holds a lock on a
file of its own beside the library. The system frees the lock when the program ends, however it ends.
"""

import contextlib
import os
import secrets
import sys
from pathlib import Path

if sys.platform != "win32":
    import fcntl


class Owner:
    """This program, among those that use one library. The lock is taken when its name is first asked for."""

    def __init__(self, library: Path) -> None:
        self._library = library
        self._name: str | None = None
        self._descriptor: int | None = None

    @property
    def name(self) -> str:
        """The name of this program in the journal. Raises :class:`OSError` where no file can be made."""
        if self._name is None:
            name = secrets.token_hex(8)
            path = self._path(name)
            # The file gets its name when it is locked already: without a lock it would be taken for a dead program's.
            temp = path if sys.platform == "win32" else path.with_name(path.name + ".new")
            self._descriptor = os.open(temp, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
            if sys.platform != "win32":
                with contextlib.suppress(OSError):  # a file system without locks
                    fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                temp.rename(path)
            self._name = name
        return self._name

    def is_alive(self, name: str) -> bool:
        """True if the program of that name runs and is another one than this. What a dead one left is removed."""
        if name == self._name:
            return False
        path = self._path(name)
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

    def _path(self, name: str) -> Path:
        return self._library.with_name(f"{self._library.name}.{name}.owner")
