"""Tells which folders change: the system's own news, and which folders it has none of.

Linux: inotify. Qt's watcher would not notice a file that is rewritten in place, and takes no names that are no UTF-8.
Elsewhere: ``QFileSystemWatcher``, which notices both there.
"""

import ctypes
import errno
import logging
import os
import platform
import select
import struct
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Final, Protocol

from PySide6.QtCore import QFileSystemWatcher, QObject, QStorageInfo

from landmark_desktop.core.pairs import is_listed_name
from landmark_desktop.services.relay import Relay

log = logging.getLogger(__name__)

_REMOTE_TYPES: Final = frozenset(
    {"nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "ncpfs", "afpfs", "webdav", "davfs", "9p", "ceph", "afs"}
    | {"fuse.sshfs", "fuse.rclone", "fuse.gvfsd-fuse", "fuse.davfs2", "fuse.curlftpfs", "fuse.glusterfs", "macfuse"}
)
"""File systems whose changes come from other computers, of which ours tells nothing."""

OnChange = Callable[[Path], None]
"""Told of a folder whose files have changed, on any thread."""


class FolderEvents(Protocol):
    """The news of folders. All methods may be called from any thread."""

    def watch(self, folder: Path, on_failure: OnChange) -> None:
        """Tell of changes in ``folder`` itself, not below. ``on_failure`` is called where that is not possible."""

    def clear(self) -> None:
        """Watch nothing any more."""

    def close(self) -> None:
        """Watch nothing any more, and end."""


def is_remote(folder: Path) -> bool:
    """True for folders on network drives. May wait for the drive."""
    if os.fspath(folder).startswith("\\\\"):
        return True
    kind = bytes(QStorageInfo(os.fspath(folder)).fileSystemType().data()).decode("ascii", "replace")
    return kind.lower() in _REMOTE_TYPES


def system_events(on_change: OnChange, parent: QObject) -> FolderEvents:
    """The best that this system has. ``parent`` lives on the window's thread and outlives the events."""
    if platform.system() == "Linux":
        try:
            return InotifyEvents(on_change)
        except OSError as error:  # too many programs watch already
            log.info("folders cannot be watched: %s", error)
            return NoEvents()
    return QtEvents(on_change, parent)


class NoEvents:
    """The system tells nothing."""

    def watch(self, folder: Path, on_failure: OnChange) -> None:
        """Not possible."""
        on_failure(folder)

    def clear(self) -> None:
        """Nothing is watched."""

    def close(self) -> None:
        """Nothing is watched."""


class QtEvents(QObject):
    """Watches by Qt; the watcher lives on the window's thread."""

    def __init__(self, on_change: OnChange, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._relay = Relay(self)
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(lambda name: on_change(Path(name)))

    def watch(self, folder: Path, on_failure: OnChange) -> None:
        """See :class:`FolderEvents`."""

        def add() -> None:
            if not self._watcher.addPath(os.fspath(folder)) and os.fspath(folder) not in self._watcher.directories():
                on_failure(folder)

        self._relay.post(add)

    def clear(self) -> None:
        """See :class:`FolderEvents`."""

        def remove() -> None:
            if names := self._watcher.directories():
                self._watcher.removePaths(names)

        self._relay.post(remove)

    def close(self) -> None:
        """See :class:`FolderEvents`."""
        self.clear()


# from <sys/inotify.h>
_CLOSE_WRITE, _ATTRIB, _MOVED_FROM, _MOVED_TO, _CREATE, _DELETE = 0x8, 0x4, 0x40, 0x80, 0x100, 0x200
_DELETE_SELF, _MOVE_SELF, _UNMOUNT, _OVERFLOW, _IGNORED = 0x400, 0x800, 0x2000, 0x4000, 0x8000
_ONLY_FOLDERS, _IS_FOLDER = 0x1000000, 0x40000000
_OF_ITSELF: Final = _DELETE_SELF | _MOVE_SELF | _UNMOUNT
_MASK: Final = (
    _CLOSE_WRITE | _ATTRIB | _MOVED_FROM | _MOVED_TO | _CREATE | _DELETE | _DELETE_SELF | _MOVE_SELF | _ONLY_FOLDERS
)
_EVENT: Final = struct.Struct("iIII")  # watch, mask, cookie, length of the name


class InotifyEvents:
    """Watches by inotify, with a thread that reads the news. Raises :class:`OSError` where there is no room for it."""

    def __init__(self, on_change: OnChange) -> None:
        self._on_change = on_change
        self._lock = threading.Lock()
        self._folders: dict[int, Path] = {}
        self._libc = ctypes.CDLL(None, use_errno=True)
        self._file = self._libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
        if self._file < 0:
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
        self._woken, self._wake = os.pipe()
        # A thread of its own: it must take the news in while folders are being read, or the kernel drops them.
        self._thread = threading.Thread(target=self._read, name="inotify")
        self._thread.start()

    def watch(self, folder: Path, on_failure: OnChange) -> None:
        """See :class:`FolderEvents`."""
        with self._lock:
            number = self._libc.inotify_add_watch(self._file, os.fsencode(folder), _MASK)
            if number >= 0:
                self._folders[number] = folder
        if number < 0:
            log.info("folder not watched: %s", errno.errorcode.get(ctypes.get_errno(), "unknown"))
            on_failure(folder)

    def clear(self) -> None:
        """See :class:`FolderEvents`."""
        with self._lock:
            for number in self._folders:
                self._libc.inotify_rm_watch(self._file, number)
            self._folders.clear()

    def close(self) -> None:
        """See :class:`FolderEvents`."""
        os.write(self._wake, b"x")
        self._thread.join()
        for file in (self._file, self._woken, self._wake):
            os.close(file)

    def _read(self) -> None:
        while True:
            ready, _, _ = select.select([self._file, self._woken], [], [])
            if self._woken in ready:
                return
            data = os.read(self._file, 1 << 16)
            for folder in self._changed(data):
                self._on_change(folder)

    def _changed(self, data: bytes) -> set[Path]:
        """The folders that some events speak of."""
        changed: set[Path] = set()
        position = 0
        while position < len(data):
            number, mask, _, length = _EVENT.unpack_from(data, position)
            position += _EVENT.size
            name = os.fsdecode(data[position : position + length].rstrip(b"\0"))
            position += length
            with self._lock:
                if mask & _OVERFLOW:
                    changed.update(self._folders.values())  # some news were lost: look at all
                folder = self._folders.pop(number, None) if mask & _IGNORED else self._folders.get(number)
            if folder is not None and (mask & (_OF_ITSELF | _IS_FOLDER | _IGNORED) or is_listed_name(name)):
                changed.add(folder)
        return changed
