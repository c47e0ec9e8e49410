"""Copying and moving single files so that no moment damages one: nothing is ever overwritten, an original goes last.

A file is first *placed*: it gets its new name, and keeps the old one. Only then is the old one *dropped*. On one file
system placing is a hard link, which takes no time and no room; from one to another it is a copy that is read back.
All calls that touch the disk go through this module, so that tests can let each of them fail.
"""

import contextlib
import errno
import hashlib
import os
import shutil
import stat
import sys
from collections.abc import Callable, Collection
from enum import Enum
from pathlib import Path
from typing import BinaryIO, Final

from landmark_desktop.core.errors import ErrorCode, TransferError, transfer_error_from_os
from landmark_desktop.core.photo import display_name
from landmark_desktop.core.transfer import Transfer
from landmark_desktop.metadata.atomic import exclusive, sync, sync_folder, temp_path

CHUNK: Final = 1 << 20
_NO_LINKS: Final = frozenset(
    {errno.EPERM, errno.EACCES, errno.ENOSYS, errno.EMLINK, errno.EOPNOTSUPP, errno.ENOTSUP, errno.EINVAL}
)
"""What systems say that have no hard links, or do not allow this one."""


class Placed(Enum):
    """How a file got its new name."""

    LINKED = "linked"
    COPIED = "copied"
    RENAMED = "renamed"
    """At once, and its old name is gone: on file systems without hard links (FAT, exFAT)."""


Cancelled = Callable[[], bool]


def make_names_lasting(folders: Collection[Path]) -> None:
    """Wait until what was named and removed in these folders is on the disk, once for each."""
    for folder in folders:
        sync_folder(folder)


def _note_name(folder: Path, later: set[Path] | None) -> None:
    if later is None:
        sync_folder(folder)
    else:
        later.add(folder)


def place(transfer: Transfer, cancelled: Cancelled, later: set[Path] | None = None) -> tuple[Placed, str]:
    """Give a file its new name beside the old one; returns how, and the BLAKE2b of a copy (else an empty text).

    The content of a copy is on the disk then. So is the name, unless the caller collects the folders ``later``, to call
    :func:`make_names_lasting` once for many files, and before anything that relies on their names.

    Raises:
        TransferError: nothing was changed; what stands at the new place, if anything, was there before.
    """
    source, target = transfer.source, transfer.target
    try:
        _check_source(transfer)
        if transfer.moves:
            how = _move_in(source, target)
            if how is not None:
                for folder in {target.parent, source.parent} if how is Placed.RENAMED else {target.parent}:
                    _note_name(folder, later)
                return how, ""
        digest = _copy(transfer, cancelled)
        _note_name(target.parent, later)
        return Placed.COPIED, digest
    except FileExistsError as error:
        raise TransferError(ErrorCode.TRANSFER_OCCUPIED, name=display_name(target)) from error
    except OSError as error:
        raise transfer_error_from_os(error, source) from error


def _check_source(transfer: Transfer) -> None:
    """Raises :class:`TransferError` where the file is another one than was planned, or a link that would be moved."""
    status = os.lstat(transfer.source)
    if stat.S_ISLNK(status.st_mode):
        if transfer.moves:
            raise TransferError(ErrorCode.TRANSFER_LINK, name=display_name(transfer.source))
        status = transfer.source.stat()
    if not stat.S_ISREG(status.st_mode) or (status.st_size, status.st_mtime_ns) != (transfer.size, transfer.mtime_ns):
        raise TransferError(ErrorCode.TRANSFER_CHANGED, name=display_name(transfer.source))


def _move_in(source: Path, target: Path) -> Placed | None:
    """Link or rename; None where the target is on another file system."""
    try:
        link(source, target)
    except FileExistsError:
        raise
    except OSError as error:
        if source.stat().st_dev != target.parent.stat().st_dev or error.errno == errno.EXDEV:
            return None
        if error.errno not in _NO_LINKS:
            raise
        return rename_free(source, target)
    return Placed.LINKED


def link(source: Path, target: Path) -> None:
    """A second name for a file; never over another file. Raises :class:`OSError`."""
    os.link(source, target, follow_symlinks=False)


def rename_free(source: Path, target: Path) -> Placed:
    """Rename where there are no hard links; never over another file. Raises :class:`OSError`."""
    if sys.platform != "win32" and os.path.lexists(target):  # Windows refuses by itself
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
    source.rename(target)
    return Placed.RENAMED


def _copy(transfer: Transfer, cancelled: Cancelled) -> str:
    """Copy content, times, permissions and attributes; returns the digest of what was read back from the disk."""
    source, target = transfer.source, transfer.target
    if os.path.lexists(target):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
    temp = temp_path(target)
    with source.open("rb") as reader, exclusive(temp) as writer:
        digest = _pump(reader, writer, cancelled, display_name(source))
        _take_looks(source, temp)
        sync(writer.fileno())
        if hasattr(os, "posix_fadvise"):  # what is in memory proves nothing
            os.posix_fadvise(writer.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        if digest_of(temp, cancelled) != digest:
            raise TransferError(ErrorCode.TRANSFER_MISMATCH, name=display_name(source))
        _check_source(transfer)
        if sys.platform == "win32":  # an open file cannot be renamed there
            writer.close()
        _publish(temp, target)
    return digest


def _publish(temp: Path, target: Path) -> None:
    """Give a finished copy its name; never over another file."""
    try:
        link(temp, target)
    except FileExistsError:
        raise
    except OSError:
        rename_free(temp, target)
    else:
        temp.unlink()


def _pump(reader: BinaryIO, writer: BinaryIO, cancelled: Cancelled, name: str) -> str:
    found = hashlib.blake2b(digest_size=32)
    while chunk := reader.read(CHUNK):
        if cancelled():
            raise TransferError(ErrorCode.CANCELLED, name=name)
        found.update(chunk)
        view = memoryview(chunk)
        while view:
            view = view[writer.write(view) :]
    return found.hexdigest()


def _take_looks(source: Path, temp: Path) -> None:
    """Give a copy the attributes, permissions and times of its original, as far as its file system knows them."""
    status = source.stat()
    if hasattr(os, "listxattr"):
        with contextlib.suppress(OSError):
            for name in os.listxattr(source):
                with contextlib.suppress(OSError):
                    os.setxattr(temp, name, os.getxattr(source, name))
    with contextlib.suppress(OSError):
        temp.chmod(stat.S_IMODE(status.st_mode))
    os.utime(temp, ns=(status.st_atime_ns, status.st_mtime_ns))


def digest_of(path: Path, cancelled: Cancelled = lambda: False) -> str:
    """BLAKE2b of a whole file, 32 bytes, hexadecimal.

    Raises:
        OSError: the file cannot be read.
        TransferError: cancelled.
    """
    found = hashlib.blake2b(digest_size=32)
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            if cancelled():
                raise TransferError(ErrorCode.CANCELLED, name=display_name(path))
            found.update(chunk)
    return found.hexdigest()


def same_file(first: Path, second: Path) -> bool:
    """True if one of these could go without loss: two names of one file, or two files with the same content.

    One name that answers to both (where case does not count) is not that. Raises :class:`OSError`.
    """
    one, other = os.lstat(first), os.lstat(second)
    if os.path.samestat(one, other):
        return one.st_nlink > 1
    regular = stat.S_ISREG(one.st_mode) and stat.S_ISREG(other.st_mode)
    return regular and one.st_size == other.st_size and digest_of(first) == digest_of(second)


def drop(path: Path, later: set[Path] | None = None) -> None:
    """Take one name of a file away and make that lasting (``later`` as for :func:`place`). Raises :class:`OSError`."""
    path.unlink()
    _note_name(path.parent, later)


def drop_original(transfer: Transfer, later: set[Path] | None = None) -> None:
    """Remove the original of a file that was placed, if it is still the same; ``later`` as for :func:`place`.

    Raises:
        OSError: it cannot be removed.
        TransferError: it was changed meanwhile.
    """
    if not os.path.lexists(transfer.source):
        return
    if not same_file(transfer.source, transfer.target):
        raise TransferError(ErrorCode.TRANSFER_CHANGED, name=display_name(transfer.source))
    drop(transfer.source, later)


def take_back(transfer: Transfer) -> None:
    """Undo a placing that was cut off or whose photo failed: the file has its old name only.

    What stands at the new place and is not ours is left alone. Raises :class:`OSError`.
    """
    source, target = transfer.source, transfer.target
    if not os.path.lexists(target):
        return
    if not os.path.lexists(source):
        if transfer.moves and target.stat().st_size == transfer.size:
            rename_free(target, source)
            sync_folder(source.parent)
    elif same_file(source, target):
        drop(target)


def make_folder(folder: Path) -> None:
    """Make a folder and those above it, lastingly. Raises :class:`OSError`."""
    if folder.is_dir():
        return
    made = [folder, *(above for above in folder.parents if not above.is_dir())]
    folder.mkdir(parents=True, exist_ok=True)
    make_names_lasting([each.parent for each in made])


def remove_empty(folder: Path) -> bool:
    """Remove a folder if it is empty; True if it is gone."""
    with contextlib.suppress(OSError):
        folder.rmdir()
        return True
    return False


def free_bytes(folder: Path) -> int:
    """Room for the user on the disk of ``folder`` in bytes. Raises :class:`OSError`."""
    return shutil.disk_usage(folder).free
