"""Finds the photos of the open folders: scans them, follows their changes, and knows which drives are away.

What it finds has gone through the library already, and is told on the lane or thread that found it, in order for each
folder. Nothing here belongs to the window's thread but the methods that say what to open.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from pathlib import Path

from landmark_desktop.core.errors import ErrorCode, KnownError, PhotoError
from landmark_desktop.core.pairs import is_listed_name
from landmark_desktop.core.photo import display_name
from landmark_desktop.core.record import FileEntry
from landmark_desktop.core.volume import Volume
from landmark_desktop.services.folder_events import FolderEvents, is_remote
from landmark_desktop.services.lanes import BugHandler, CancelToken, Lane
from landmark_desktop.services.photo_rows import Ids, PhotoRows, photo_rows
from landmark_desktop.services.scanner import LISTING_SIZE, Contents, FolderOrder, Listing, Scanner, natural_key
from landmark_desktop.services.watcher import Key, Watcher
from landmark_desktop.store.library import Library

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class FoundPhotos:
    """Photos of one folder. ``first`` is the place of the first one among the folder's photos. ``complete``, where it
    is not None, has the ids of all photos of the folder: others that were there are gone."""

    folder: Path
    order: FolderOrder
    rows: PhotoRows
    first: int = 0
    complete: frozenset[int] | None = None


@dataclass(frozen=True, slots=True)
class FoundAway:
    """The drive of these folders was unplugged."""

    folders: tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class ScanResult:
    """The end of a scan: how many photos were found, and which folders and files could not be read."""

    photos: int
    errors: tuple[KnownError, ...]


Find = FoundPhotos | FoundAway | ScanResult
Tell = Callable[[int, Find], None]
"""Told the id of the job, and what was found."""


class Finder:
    """Scans and follows folders, one job at a time. ``tell`` and ``problem`` may be called on any of its threads."""

    def __init__(
        self,
        db: Lane,
        library: Library,
        ids: Ids,
        *,
        tell: Tell,
        problem: Callable[[KnownError], None],
        make_events: Callable[[Callable[[Path], None]], FolderEvents],
        on_bug: BugHandler,
    ) -> None:
        self._db = db
        self._library = library
        self._ids = ids
        self._tell = tell
        self._problem = problem
        self._search: _Search | None = None
        self._lane = Lane("scan", on_bug=on_bug, background=True)
        self._watcher = Watcher(make_events, self, on_bug)

    def open(self, job: int, paths: Sequence[Path], bundle_key: str) -> None:
        """Scan these folders and files instead of those before, then follow them."""
        self.cancel()
        self._search = _Search(job, tuple(paths), bundle_key)
        self._watcher.hold()
        self._lane.submit(self._scan, self._search)

    def rescan(self, folder: Path) -> None:
        """Look at a folder that is followed, and at those below it, without waiting for news of them."""
        search = self._search
        for _, followed in list(search.followed) if search is not None else []:
            if followed == folder or folder in followed.parents:
                self._watcher.changed(followed)

    def cancel(self) -> None:
        """End the scan; what was found is followed."""
        if self._search is not None:
            self._search.token.cancel()

    def close(self) -> None:
        """End everything and join the threads."""
        self.cancel()
        self._search = None
        self._watcher.close()
        self._lane.close()

    # the scan lane

    def _scan(self, search: "_Search") -> None:
        errors: list[KnownError] = []
        photos = 0
        scanner = Scanner(search.token, early=True, on_folder=partial(self._follow, search))
        try:
            for listing in scanner.scan(search.paths):
                if listing.error is None:
                    photos += self._take_in(search, listing)
                elif listing.error.code is ErrorCode.FOLDER_MISSING and (away := self._find_away(search, listing)):
                    photos += away
                    errors.append(PhotoError(ErrorCode.DRIVE_AWAY, name=display_name(listing.folder)))
                else:
                    errors.append(listing.error)
        except KnownError as error:
            errors.append(error)
        finally:
            for problem in errors:
                log.info("%s", problem.message)
            self._tell(search.job, ScanResult(photos, tuple(errors)))
            if search is self._search:
                self._watcher.release()

    def _follow(self, search: "_Search", folder: Path, order: FolderOrder, volume: Volume | None) -> None:
        if search is not self._search:
            return
        search.files.pop(folder, None)  # all of them are followed from now on
        search.followed.add((order, folder))
        self._watcher.add(folder, order, volume, remote=volume is not None and _is_remote(volume.mount))

    def _follow_file(self, search: "_Search", listing: Listing) -> None:
        """Follow a file that was opened by its name: its folder is watched, and only it is looked at there."""
        folder, name = listing.folder, listing.entries[0].name
        is_followed = any(path == folder for _, path in search.followed)
        if search is not self._search or (is_followed and folder not in search.files):
            return
        search.files.setdefault(folder, {})[name] = listing.order
        search.followed.add((listing.order, folder))
        # The system's news are those of files with the endings of photos.
        unheard = (listing.volume is not None and _is_remote(listing.volume.mount)) or not is_listed_name(name)
        self._watcher.add(folder, listing.order, listing.volume, remote=unheard)
        self._watcher.changed(folder)  # it was looked at before it was watched

    def _take_in(self, search: "_Search", listing: Listing) -> int:
        """Compare a listing with the library and tell of it; returns how many photos it has for good."""
        rows = self._rows(search, listing)
        if search.folder != listing.folder:
            search.folder = listing.folder
            search.in_folder.clear()
        search.in_folder.update(rows.rows["id"].tolist())
        complete = None
        if listing.is_last and not listing.is_file:
            complete = frozenset(search.in_folder)
            search.in_folder.clear()
            self._watcher.note_subfolders(listing.folder, listing.folders)
        elif listing.is_file:
            self._follow_file(search, listing)
        self._tell(search.job, FoundPhotos(listing.folder, listing.order, rows, listing.first, complete))
        return 0 if listing.is_early else len(rows)

    def _rows(self, search: "_Search", listing: Listing) -> PhotoRows:
        key = search.bundle_key
        found = self._db.call(self._library.sync_rows, listing.folder, listing.entries, key, listing.volume)
        return photo_rows(found, self._ids)

    def _find_away(self, search: "_Search", listing: Listing) -> int:
        """Tell of the photos that the library knows below a folder whose drive is away; returns how many there are."""
        photos = 0
        for folder, volume in self._db.call(self._library.folders_under, listing.folder):
            if volume is None or not volume.is_away():
                continue
            order = (listing.order[0], tuple(map(natural_key, folder.relative_to(listing.folder).parts)))
            rows = photo_rows(self._db.call(self._library.rows_in, folder, search.bundle_key), self._ids, offline=True)
            photos += len(rows)
            search.followed.add((order, folder))
            self._watcher.add(folder, order, volume, away=True)
            self._tell(search.job, FoundPhotos(folder, order, rows))
        return photos

    # the watcher's thread

    def read(self, folder: Path) -> Contents:
        """Read a folder, or the files of it that were opened by name. Raises :class:`OSError`."""
        search = self._search
        files = search.files.get(folder) if search is not None else None
        if files is None:
            return Scanner(CancelToken()).read(folder)
        folder.stat()
        contents = Contents()
        for name in list(files):
            try:
                status = (folder / name).stat()
            except (FileNotFoundError, NotADirectoryError):
                continue
            contents.photos.append(FileEntry(name, status.st_size, status.st_mtime_ns))
        return contents

    def known(self, folder: Path, entries: Sequence[FileEntry]) -> dict[str, tuple[int, int] | None]:
        """Which of these files the library does not know, or otherwise."""
        return self._db.call(self._library.unknown, folder, entries)

    def found(self, folder: Path, order: FolderOrder, entries: Sequence[FileEntry], volume: Volume | None) -> None:
        """These are the photos of the folder now."""
        search = self._search
        if search is None or (order, folder) not in search.followed:
            return  # of a job before
        files = search.files.get(folder)
        if files is not None:
            self._found_files(search, folder, entries, volume)
            return
        complete: set[int] = set()
        for start in range(0, max(1, len(entries)), LISTING_SIZE):
            part = tuple(entries[start : start + LISTING_SIZE])
            rows = self._rows(search, Listing(folder, part, order=order, volume=volume))
            complete.update(rows.rows["id"].tolist())
            is_last = start + LISTING_SIZE >= len(entries)
            ids = frozenset(complete) if is_last else None
            self._tell(search.job, FoundPhotos(folder, order, rows, start, ids))

    def _found_files(
        self, search: "_Search", folder: Path, entries: Sequence[FileEntry], volume: Volume | None
    ) -> None:
        """These are the opened files of the folder now; each of them was opened for itself."""
        there = {entry.name: entry for entry in entries}
        for name, order in list(search.files[folder].items()):
            part = (there[name],) if name in there else ()
            rows = self._rows(search, Listing(folder, part, order=order, volume=volume))
            self._tell(search.job, FoundPhotos(folder, order, rows, 0, frozenset(rows.rows["id"].tolist())))

    def scan(self, folder: Path, order: FolderOrder) -> None:
        """Scan a folder that has appeared."""
        search = self._search
        if search is None or not any(path == folder.parent for _, path in search.followed):
            return
        for listing in Scanner(CancelToken(), on_folder=partial(self._follow, search)).scan_folder(folder, order):
            if search is not self._search:
                return
            if listing.error is not None:
                self._problem(listing.error)
            else:
                self._take_in(search, listing)

    def away(self, folders: Sequence[Key]) -> None:
        """The drive of these folders was unplugged."""
        if self._search is not None:
            gone = {folder for order, folder in folders if (order, folder) in self._search.followed}
            followed = tuple(key for key in self._search.followed if key[1] in gone)
            self._tell(self._search.job, FoundAway(followed))

    def problem(self, error: KnownError) -> None:
        """Tell the user."""
        self._problem(error)


@dataclass(slots=True, eq=False)
class _Search:
    """One job. ``in_folder`` has the photos of ``folder`` so far, which is being scanned; what the watcher tells of
    folders that are not among those ``followed`` is of a job before. ``files`` are those that were opened by name, with
    their orders, in folders of which nothing else is followed."""

    job: int
    paths: tuple[Path, ...]
    bundle_key: str
    token: CancelToken = field(default_factory=CancelToken)
    folder: Path | None = None
    in_folder: set[int] = field(default_factory=set)
    followed: set[Key] = field(default_factory=set)
    files: dict[Path, dict[str, FolderOrder]] = field(default_factory=dict)


@lru_cache(maxsize=64)
def _is_remote(mount: Path) -> bool:
    return is_remote(mount)
