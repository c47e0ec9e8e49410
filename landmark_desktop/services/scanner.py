"""Finds photos in folders: streams listings, folder by folder, and opens no file.

A folder costs one listing and one ``stat`` per photo. What cannot be read is said, and the scan goes on.
"""

import os
import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from landmark_desktop.core.errors import ErrorCode, KnownError, PhotoError, photo_error_from_os
from landmark_desktop.core.pairs import is_companion_name, is_listed_name, join_pairs
from landmark_desktop.core.photo import display_name, require_ordinary
from landmark_desktop.core.record import FileEntry
from landmark_desktop.core.volume import Volume, volume_of
from landmark_desktop.services.lanes import CancelToken

LISTING_SIZE = 1000
"""Photos in one listing: large enough to be cheap, small enough that the window takes one in within milliseconds."""
FIRST_SIZE = 100
"""Photos in the very first listing: a screen full, as soon as possible."""
EARLY_S = 0.03
"""A folder that takes longer than this to read is shown in part: the first tiles must not wait for the last file."""
EARLY_SIZE = 500
"""Photos shown in part at most; several screens full."""
_LOOK_EVERY = 64
"""Files between two looks at clock and token while a folder is read."""

_DIGITS = re.compile(r"[0-9]+")

FolderOrder = tuple[int, tuple[str, ...]]
"""Sorts folders as the scan meets them: number of the opened path, then the natural keys of the folders below it."""


@dataclass(frozen=True, slots=True)
class Listing:
    """Some photos of one folder, in natural order, or the reason why the folder (or file) cannot be read.

    ``first`` is the place of the first entry among the folder's photos. ``is_last`` tells that the folder's listing
    is complete with this part: photos that were in none of the parts are not there. An ``is_early`` part comes while
    the folder is still being read: its photos come again, perhaps with companions, at their right places. A file that
    was opened by its name is a folder's only part for its ``order``, and ``is_file``. ``folders`` are the names of the
    folders in it, told with the last part.
    """

    folder: Path
    entries: tuple[FileEntry, ...] = ()
    error: KnownError | None = None
    order: FolderOrder = (0, ())
    first: int = 0
    is_last: bool = False
    is_early: bool = False
    is_file: bool = False
    folders: tuple[str, ...] = ()
    volume: Volume | None = None


@dataclass(slots=True)
class Contents:
    """What a folder holds: photos in natural order, names of subfolders in natural order, and what went wrong."""

    photos: list[FileEntry] = field(default_factory=list)
    folders: list[str] = field(default_factory=list)
    errors: list[KnownError] = field(default_factory=list)


def natural_key(name: str) -> str:
    """Sort key that puts IMG_9 before IMG_10, ignoring case; names that differ have keys that differ."""
    return f"{_DIGITS.sub(_padded, name.casefold())}\0{name}"


def _padded(match: re.Match[str]) -> str:
    digits = match[0].lstrip("0")
    return f"{len(digits):03}{digits}"  # longer numbers are greater, and a number sorts where digits do


def scan(
    paths: Sequence[Path], *, recursive: bool = True, token: CancelToken | None = None, early: bool = False
) -> Iterator[Listing]:
    """Yield the photos under ``paths`` in order: files as given, then folders depth first, names in natural order.

    Hidden files and folders are left out, links to folders are followed once, so loops end. A file that is named
    explicitly is taken whatever its ending: its content decides. Problems are listings with an ``error``. With
    ``early`` the first photos of a folder that takes its time come before their order is known (see :class:`Listing`).
    """
    yield from Scanner(token or CancelToken(), early=early).scan(paths, recursive=recursive)


class Scanner:
    """Scans folders, each of them once: a second scan with the same scanner leaves out what the first one met.

    ``on_folder`` is told of each folder before it is read.
    """

    def __init__(
        self,
        token: CancelToken,
        *,
        early: bool = False,
        on_folder: Callable[[Path, FolderOrder, Volume | None], None] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._token = token
        self._early = early
        self._on_folder = on_folder
        self._clock = clock
        self._shown = False
        self._seen: set[tuple[int, int]] = set()
        self._volumes: dict[int, Volume] = {}

    def scan(self, paths: Sequence[Path], *, recursive: bool = True) -> Iterator[Listing]:
        """Yield the listings of all paths; see :func:`scan`."""
        for number, path in enumerate(paths):
            if self._token.is_cancelled():
                return
            path = Path(os.path.abspath(path))  # noqa: PTH100, PLW2901  # Path.absolute keeps '..'
            order: FolderOrder = (number, ())
            try:
                if path.is_dir():
                    yield from self.scan_folder(path, order, recursive=recursive)
                else:
                    status = path.stat()
                    require_ordinary(status)
                    entry = FileEntry(path.name, status.st_size, status.st_mtime_ns)
                    volume = self._volume(path.parent, status.st_dev)
                    yield Listing(path.parent, (entry,), None, order, is_last=True, is_file=True, volume=volume)
            except FileNotFoundError:
                yield Listing(path, error=PhotoError(ErrorCode.FOLDER_MISSING, name=path), order=order)
            except OSError as error:
                yield Listing(path, error=photo_error_from_os(error, path), order=order)

    def scan_folder(self, root: Path, order: FolderOrder, *, recursive: bool = True) -> Iterator[Listing]:
        """Yield the listings of a folder and, if wanted, of all folders below it."""
        pending = [(root, order)]
        while pending and not self._token.is_cancelled():
            folder, order = pending.pop()
            started = self._clock()
            try:
                status = folder.stat()
                if (status.st_dev, status.st_ino) in self._seen:
                    if _leads_back(folder):
                        yield Listing(folder, error=PhotoError(ErrorCode.FOLDER_LOOP, name=display_name(folder)))
                    continue
                self._seen.add((status.st_dev, status.st_ino))
                volume = self._volume(folder, status.st_dev)
                if self._on_folder is not None:
                    self._on_folder(folder, order, volume)
                contents = Contents()
                for photos in self._read(folder, contents, started):
                    self._shown = True
                    yield Listing(folder, tuple(photos), order=order, is_early=True, volume=volume)
            except OSError as error:
                yield Listing(folder, error=_unreadable(folder, error), order=order)
                continue
            for problem in contents.errors:
                yield Listing(folder, error=problem, order=order)
            yield from self._parts(folder, contents, order, volume)
            if recursive:
                pending += [(folder / name, below(order, name)) for name in reversed(contents.folders)]

    def read(self, folder: Path) -> Contents:
        """Read one folder at once. Raises :class:`OSError`."""
        contents = Contents()
        for _ in self._read(folder, contents, float("inf")):
            raise AssertionError("without a start there is no early part")
        return contents

    def _parts(self, folder: Path, contents: Contents, order: FolderOrder, volume: Volume | None) -> Iterator[Listing]:
        """The photos of a folder in parts. One part is there even without photos: it tells that there are none."""
        photos = contents.photos
        start, is_last = 0, False
        while not is_last and not self._token.is_cancelled():
            end = start + (LISTING_SIZE if self._shown else FIRST_SIZE)
            part = tuple(photos[start:end])
            is_last = end >= len(photos)
            self._shown = self._shown or bool(part)
            names = tuple(contents.folders) if is_last else ()
            yield Listing(folder, part, None, order, start, is_last, folders=names, volume=volume)
            start = end

    def _read(self, folder: Path, contents: Contents, started: float) -> Iterator[list[FileEntry]]:
        """Fill ``contents``; yields photos early where the folder takes its time. A cancelled scan ends in between."""
        files: list[FileEntry] = []
        deadline = started + EARLY_S if self._early else float("inf")
        shown = 0
        with os.scandir(folder) as entries:
            for number, entry in enumerate(entries, 1):
                _look_at(entry, files, contents)
                if number % _LOOK_EVERY:
                    continue
                if self._token.is_cancelled():
                    return
                if files and shown < EARLY_SIZE and self._clock() >= deadline:
                    # A raw file may belong to a JPEG that is yet to come.
                    fresh = [file for file in files[shown:] if not is_companion_name(file.name)]
                    shown = len(files)
                    deadline = self._clock() + EARLY_S
                    yield _in_order(fresh)[:EARLY_SIZE]
        contents.photos = join_pairs(_in_order(files))
        contents.folders.sort(key=natural_key)

    def _volume(self, folder: Path, device: int) -> Volume | None:
        """The volume of a folder; asked for once per device, because it takes many system calls."""
        if device not in self._volumes:
            try:
                self._volumes[device] = volume_of(folder)
            except OSError:
                return None
        return self._volumes[device]


def below(order: FolderOrder, name: str) -> FolderOrder:
    """The order of the folder ``name`` in a folder of this order."""
    return order[0], (*order[1], natural_key(name))


def _look_at(entry: os.DirEntry[str], files: list[FileEntry], contents: Contents) -> None:
    """Take in one entry of a folder."""
    name = entry.name
    listed = is_listed_name(name)
    try:
        if entry.is_dir():
            if not name.startswith("."):
                contents.folders.append(name)
        elif listed:
            status = entry.stat()
            require_ordinary(status)
            files.append(FileEntry(name, status.st_size, status.st_mtime_ns))
    except FileNotFoundError as error:
        # A file that vanished while we looked is nothing to tell; a link that leads nowhere is there, and broken.
        if listed and Path(entry.path).is_symlink():
            contents.errors.append(photo_error_from_os(error, Path(entry.path)))
    except OSError as error:
        if listed or not name.startswith("."):
            contents.errors.append(photo_error_from_os(error, Path(entry.path)))


def _in_order(files: list[FileEntry]) -> list[FileEntry]:
    return sorted(files, key=lambda file: natural_key(file.name))


def _leads_back(folder: Path) -> bool:
    """True if a folder that was met before is a link to one of the folders it lies in."""
    if not folder.is_symlink():
        return False
    parent = folder.parent.resolve()
    return folder.resolve() in (parent, *parent.parents)


def _unreadable(folder: Path, error: OSError) -> PhotoError:
    reason = error.strerror or type(error).__name__
    return PhotoError(ErrorCode.FOLDER_UNREADABLE, name=display_name(folder), reason=reason)
