"""Follows the open folders: what appears, changes or vanishes is looked at soon after, on a thread of its own.

Changes come from the system; network drives and folders that it cannot watch are looked at from time to time. Files
that are still being written wait until they rest.
"""

import errno
import logging
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, Protocol

from landmark_desktop.core.errors import ErrorCode, KnownError, PhotoError
from landmark_desktop.core.photo import display_name
from landmark_desktop.core.record import FileEntry
from landmark_desktop.core.volume import Volume, volume_of
from landmark_desktop.services.folder_events import FolderEvents
from landmark_desktop.services.lanes import BugHandler
from landmark_desktop.services.scanner import Contents, FolderOrder, below

log = logging.getLogger(__name__)

DEBOUNCE_S = 0.3
"""How long a folder must rest before it is looked at: a card reader writes many files in a row …"""
MAX_DELAY_S = 2.0
"""… but it is not put off for longer than this."""
SETTLE_S = 1.0
"""A new or changed file is taken in when size and time are the same at two looks so far apart."""
POLL_S = 10.0
"""Time between two looks at a folder that tells nothing by itself …"""
POLL_SHARE = 20
"""… but the time between is at least so many times what a look takes."""
RETURN_S = 3.0
"""Time between two looks for a drive that is away."""

_AWAY_ERRORS: Final = frozenset(
    getattr(errno, name)
    for name in (
        "EIO",
        "ENXIO",
        "ENODEV",
        "ESTALE",
        "ENOTCONN",
        "EHOSTDOWN",
        "EHOSTUNREACH",
        "ETIMEDOUT",
        "ENETUNREACH",
    )
    if hasattr(errno, name)
)
"""What the system says of folders on drives that were unplugged and shares that do not answer."""

Key = tuple[FolderOrder, Path]
_Stat = tuple[int, int]


class Follower(Protocol):
    """Told what the watcher found, on the watcher's thread. Photos are compared with the library there."""

    def read(self, folder: Path) -> Contents:
        """Read a folder. Raises :class:`OSError`."""

    def known(self, folder: Path, entries: Sequence[FileEntry]) -> dict[str, _Stat | None]:
        """Size and time that the library has of those files that are new (None) or changed; others are left out."""

    def found(self, folder: Path, order: FolderOrder, entries: Sequence[FileEntry], volume: Volume | None) -> None:
        """These are all photos of the folder now; none where the folder is gone."""

    def scan(self, folder: Path, order: FolderOrder) -> None:
        """A folder has appeared; it is to be scanned with all that is below it."""

    def away(self, folders: Sequence[Key]) -> None:
        """The drive of these folders was unplugged."""

    def problem(self, error: KnownError) -> None:
        """Something that the user should be told."""


@dataclass(slots=True)
class _Folder:
    """A folder that is followed."""

    path: Path
    order: FolderOrder
    volume: Volume | None
    away: bool = False
    polled: bool = False
    due: float | None = None
    first_change: float | None = None
    looked_like: int = 0
    unsettled: dict[str, _Stat] = field(default_factory=dict)
    subfolders: frozenset[str] = frozenset()
    told: KnownError | None = None


class Watcher:
    """Follows folders until :meth:`clear`. All methods may be called from any thread.

    ``hold`` and :meth:`release` let the first scan end before its changes are looked at.
    """

    def __init__(
        self, make_events: Callable[[Callable[[Path], None]], FolderEvents], follower: Follower, on_bug: BugHandler
    ) -> None:
        self._follower = follower
        self._on_bug = on_bug
        self._changed = threading.Condition()
        self._folders: dict[Path, _Folder] = {}
        self._mounted: dict[Volume, tuple[float, bool]] = {}
        self._held = True
        self._closing = False
        self._events = make_events(self.changed)
        # A thread of its own: a network drive may take minutes to answer, and neither the next folder that is opened
        # nor the library must wait for it.
        self._thread = threading.Thread(target=self._run, name="watch")
        self._thread.start()

    def add(
        self,
        folder: Path,
        order: FolderOrder,
        volume: Volume | None,
        *,
        remote: bool = False,
        away: bool = False,
    ) -> None:
        """Follow a folder from now on; call it before the folder is read, so that no change is missed."""
        with self._changed:
            if folder in self._folders:
                self._folders[folder].order = order
                return
            entry = self._folders[folder] = _Folder(folder, order, volume, away=away)
            if away:
                entry.due = time.monotonic() + RETURN_S
                self._changed.notify_all()
        if remote:
            self._poll(folder)
        elif not away:
            self._events.watch(folder, self._poll)

    def note_subfolders(self, folder: Path, names: Iterable[str]) -> None:
        """The folders that are known to lie in ``folder``: others will be news."""
        with self._changed:
            if folder in self._folders:
                self._folders[folder].subfolders = frozenset(names)

    def hold(self) -> None:
        """Forget all folders, and look at none until :meth:`release`."""
        with self._changed:
            self._held = True
            self._folders.clear()
        self._events.clear()

    def release(self) -> None:
        """Begin to look at what has changed."""
        with self._changed:
            self._held = False
            self._changed.notify_all()

    def close(self) -> None:
        """Follow nothing any more and end; a folder that is being read is waited for."""
        with self._changed:
            self._closing = True
            self._changed.notify_all()
        self._events.close()
        self._thread.join()

    def changed(self, folder: Path) -> None:
        """Something has changed in a folder: look at it when it rests."""
        now = time.monotonic()
        with self._changed:
            entry = self._folders.get(folder)
            if entry is None:
                return
            entry.first_change = entry.first_change or now
            entry.due = min(now + DEBOUNCE_S, entry.first_change + MAX_DELAY_S)
            self._changed.notify_all()

    def _poll(self, folder: Path) -> None:
        """Look at this folder from time to time."""
        with self._changed:
            entry = self._folders.get(folder)
            if entry is not None:
                entry.polled = True
                entry.due = time.monotonic() + POLL_S
                self._changed.notify_all()

    # the thread

    def _run(self) -> None:
        while (folder := self._next()) is not None:
            started = time.monotonic()
            try:
                self._look(folder)
            except KnownError as error:
                self._follower.problem(error)
            except Exception as error:
                log.exception("the watcher met a bug")
                self._on_bug(error)
            self._plan(folder, time.monotonic() - started)

    def _next(self) -> _Folder | None:
        """Wait for the folder that is due; None at the end."""
        with self._changed:
            while not self._closing:
                waiting = [] if self._held else [entry for entry in self._folders.values() if entry.due is not None]
                entry = min(waiting, key=lambda entry: entry.due or 0.0, default=None)
                left = None if entry is None else (entry.due or 0.0) - time.monotonic()
                if entry is not None and left is not None and left <= 0:
                    entry.due = entry.first_change = None
                    return entry
                self._changed.wait(left)
            return None

    def _plan(self, folder: _Folder, spent_s: float) -> None:
        """When to look at a folder again, if nothing happens before."""
        wait: float | None = None
        if folder.unsettled:
            wait = SETTLE_S
        elif folder.away:
            wait = max(RETURN_S, POLL_SHARE * spent_s)
        elif folder.polled:
            wait = max(POLL_S, POLL_SHARE * spent_s)
        if wait is not None:
            with self._changed:
                due = time.monotonic() + wait
                folder.due = due if folder.due is None else min(due, folder.due)

    def _look(self, folder: _Folder) -> None:
        if folder.away and folder.volume is not None and not self._is_mounted(folder.volume):
            return
        try:
            contents = self._follower.read(folder.path)
        except OSError as error:
            self._unreadable(folder, error)
            return
        folder.told = None
        if folder.away and not self._is_back(folder, contents):
            return
        self._came_back(folder)
        self._compare(folder, contents)
        self._compare_subfolders(folder, contents.folders)

    def _is_mounted(self, volume: Volume) -> bool:
        """Whether there may be a volume again; asked for once for all of its folders."""
        asked, answer = self._mounted.get(volume, (-RETURN_S, False))
        if time.monotonic() - asked >= RETURN_S / 2:
            answer = volume.is_mounted()
            self._mounted[volume] = (time.monotonic(), answer)
        return answer

    def _is_back(self, folder: _Folder, contents: Contents) -> bool:
        """Whether a folder of a drive that was away is what it was, and not one of another drive in its place."""
        if folder.volume is None or not folder.volume.is_away():
            return True
        # A volume of another name may be the same drive: its photos or folders tell.
        with self._changed:
            below_it = {entry.path.name for entry in self._folders.values() if entry.path.parent == folder.path}
        unknown = self._follower.known(folder.path, contents.photos)
        if len(unknown) == len(contents.photos) and below_it.isdisjoint(contents.folders):
            return False
        try:
            folder.volume = volume_of(folder.path)
        except OSError:
            return False
        return True

    def _compare(self, folder: _Folder, contents: Contents) -> None:
        """Tell of the photos of a folder, if they are others than at the last look."""
        looks_like = hash(tuple(contents.photos))
        if looks_like == folder.looked_like and not folder.unsettled:
            return
        entries, folder.unsettled = settled(
            contents.photos, self._follower.known(folder.path, contents.photos), folder.unsettled
        )
        # With files that wait the folder has not been seen as it is.
        folder.looked_like = 0 if folder.unsettled else looks_like
        self._follower.found(folder.path, folder.order, entries, folder.volume)

    def _compare_subfolders(self, folder: _Folder, names: Sequence[str]) -> None:
        before, folder.subfolders = folder.subfolders, frozenset(names)
        for name in names:
            if name not in before:
                self._follower.scan(folder.path / name, below(folder.order, name))
        for name in before - folder.subfolders:
            self._vanished(folder.path / name)

    def _unreadable(self, folder: _Folder, error: OSError) -> None:
        """A folder that was there cannot be read: unplugged, deleted, or something to be said."""
        is_away = error.errno in _AWAY_ERRORS or (folder.volume is not None and folder.volume.is_away())
        if is_away:
            self._went_away(folder, error)
        elif isinstance(error, FileNotFoundError | NotADirectoryError):
            self._vanished(folder.path)
        elif folder.told is None:
            reason = error.strerror or type(error).__name__
            folder.told = PhotoError(ErrorCode.FOLDER_UNREADABLE, name=display_name(folder.path), reason=reason)
            self._follower.problem(folder.told)

    def _vanished(self, path: Path) -> None:
        """A folder was deleted or moved away, with all that is below it."""
        with self._changed:
            gone = [entry for entry in self._folders.values() if entry.path == path or path in entry.path.parents]
            for entry in gone:
                del self._folders[entry.path]
        for entry in gone:
            self._follower.found(entry.path, entry.order, (), entry.volume)

    def _went_away(self, folder: _Folder, error: OSError) -> None:
        with self._changed:
            same = [
                entry
                for entry in self._folders.values()
                if not entry.away and (entry is folder or (entry.volume is not None and entry.volume == folder.volume))
            ]
            for entry in same:
                entry.away, entry.looked_like = True, 0
                entry.due = time.monotonic() + RETURN_S
        if same:
            log.info("a drive is away: %s", error.strerror)
            self._follower.away([(entry.order, entry.path) for entry in same])
            self._follower.problem(PhotoError(ErrorCode.DRIVE_AWAY, name=display_name(folder.path)))

    def _came_back(self, folder: _Folder) -> None:
        if folder.away:
            folder.away, folder.looked_like = False, 0
            if not folder.polled:
                self._events.watch(folder.path, self._poll)


def settled(
    entries: Sequence[FileEntry], unknown: dict[str, _Stat | None], before: dict[str, _Stat]
) -> tuple[list[FileEntry], dict[str, _Stat]]:
    """Part the photos of a folder into those to take in and the files that have to rest first.

    ``unknown`` has the files that are new (None) or changed (with the size and time that are known); ``before`` the
    files that had to wait at the last look. Returns the entries to take in, changed ones that wait with their known
    size and time, and the files that wait.
    """
    ready: list[FileEntry] = []
    waiting: dict[str, _Stat] = {}
    for entry in entries:
        stat = (entry.size, entry.mtime_ns)
        if entry.name not in unknown or before.get(entry.name) == stat:
            ready.append(entry)
            continue
        waiting[entry.name] = stat
        old = unknown[entry.name]
        if old is not None:
            ready.append(replace(entry, size=old[0], mtime_ns=old[1]))
    return ready, waiting
