"""Replacing a file as a whole: at any moment, also when the power fails, it is either the old one or the new one.

All calls that touch the disk go through this module, so that tests can let each of them fail.
"""

import contextlib
import errno
import io
import os
import re
import secrets
import stat
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

if sys.platform != "win32":
    import fcntl

_TEMP_NAME: Final = re.compile(r"\..*\.lmd-[0-9a-f]{16}\.tmp", re.DOTALL)
_MAX_NAME_BYTES: Final = 255
"""Longest file name of the usual file systems."""


def write_all(descriptor: int, data: bytes) -> None:
    """Write all of ``data``. Raises :class:`OSError`."""
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


def reserve(descriptor: int, size: int) -> None:
    """Make room for ``size`` bytes, where the file system can: a full disk is known before anything is written, and
    ext4 need not look for room while the file is renamed. Raises :class:`OSError` where there is no room."""
    if size and hasattr(os, "posix_fallocate"):
        try:
            os.posix_fallocate(descriptor, 0, size)
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
                raise


def sync(descriptor: int) -> None:
    """Wait until what was written is on the disk. Raises :class:`OSError`."""
    os.fsync(descriptor)


def rename(source: Path, target: Path) -> None:
    """Put ``source`` in the place of ``target`` in one step. Raises :class:`OSError`."""
    source.replace(target)


def remove(path: Path) -> None:
    """Remove a file; :func:`sync_folder` makes that lasting. Raises :class:`OSError`."""
    path.unlink()


def sync_folder(folder: Path) -> None:
    """Make changes of names in ``folder`` lasting, where the system can (Windows and some network drives cannot)."""
    if sys.platform == "win32":
        return
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def replace_file(
    target: Path,
    data: bytes,
    *,
    verify: Callable[[bytes], None],
    guard: Callable[[], None],
    mode: int | None = None,
    mtime_ns: int | None = None,
) -> os.stat_result:
    """Write ``data`` to ``target`` through a temporary file beside it; returns the new file's status.

    Lasting is the new name only after :func:`sync_folder`, once for all files of a folder; until then a power cut may
    bring the old file back, whole.

    ``verify`` gets what reads back from the disk and raises if that is wrong; ``guard`` is called last before the
    replacement and raises if ``target`` is no longer what it was. A file that is replaced hands on its permissions
    (``mode`` overrides them), owner and extended attributes. ``mtime_ns`` sets the modification time.

    Raises:
        OSError: nothing was changed, and the temporary file is gone.
    """
    temp = temp_path(target)
    with exclusive(temp) as file:
        descriptor = file.fileno()
        reserve(descriptor, len(data))
        write_all(descriptor, data)
        _take_over(target, temp, descriptor, mode)
        if mtime_ns is not None:
            os.utime(temp, ns=(mtime_ns, mtime_ns))
        sync(descriptor)
        verify(temp.read_bytes())
        status = os.fstat(descriptor)
        if sys.platform == "win32":  # an open file cannot be renamed there
            file.close()
        guard()
        rename(temp, target)
    return status


@contextlib.contextmanager
def exclusive(temp: Path) -> Iterator[io.FileIO]:
    """Create ``temp``, locked so that :func:`clean_temp_files` of another process leaves it; remove it on failure."""
    descriptor = os.open(temp, os.O_CREAT | os.O_EXCL | os.O_RDWR | getattr(os, "O_BINARY", 0), 0o666)
    with io.FileIO(descriptor, "r+") as file:
        try:
            _try_lock(descriptor)
            yield file
        except BaseException:
            file.close()  # Windows removes no open file
            with contextlib.suppress(OSError):
                temp.unlink()
            raise


def _try_lock(descriptor: int) -> bool:
    """Lock the file for this process; False if another one holds it. True where there are no locks."""
    if sys.platform != "win32":
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            return True
    return True


def _take_over(target: Path, temp: Path, descriptor: int, mode: int | None) -> None:
    """Give the new file the permissions, the owner and the extended attributes of the one it replaces."""
    try:
        old = target.stat()
    except FileNotFoundError:
        if mode is not None:
            temp.chmod(mode)
        return
    if sys.platform != "win32":
        new = os.fstat(descriptor)
        if (old.st_uid, old.st_gid) != (new.st_uid, new.st_gid):
            # Only root may give files away; in a shared folder the writer becomes the owner, as in every editor.
            with contextlib.suppress(PermissionError):
                os.fchown(descriptor, old.st_uid, old.st_gid)
    temp.chmod(stat.S_IMODE(old.st_mode) if mode is None else mode)
    if hasattr(os, "listxattr"):
        # Not every attribute may be set by everybody, and not every file system has them.
        with contextlib.suppress(OSError):
            for name in os.listxattr(target):
                with contextlib.suppress(OSError):
                    os.setxattr(temp, name, os.getxattr(target, name))


def temp_path(target: Path) -> Path:
    """A hidden, unused name beside ``target``: ``.<name>.lmd-<random>.tmp``, the name cut where too long."""
    ending = f".lmd-{secrets.token_hex(8)}.tmp"
    room = _MAX_NAME_BYTES - 1 - len(ending)
    name = os.fsencode(target.name)[:room].decode("utf-8", "ignore")
    return target.with_name(f".{name}{ending}")


def clean_temp_files(folder: Path) -> int:
    """Remove temporary files that a killed process left in ``folder``; returns how many.

    Files that a running process still writes are left to it. A missing or unreadable folder has none to remove.
    """
    removed = 0
    try:
        with os.scandir(folder) as entries:
            found = [Path(entry.path) for entry in entries if _TEMP_NAME.fullmatch(entry.name)]
    except OSError:
        return 0
    for path in found:
        with contextlib.suppress(OSError):
            descriptor = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
            try:
                free = _try_lock(descriptor)
            finally:
                os.close(descriptor)
            if free:
                path.unlink()
                removed += 1
    return removed
