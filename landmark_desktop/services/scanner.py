"""Finds photos in folders: streams listings, folder by folder, and opens no file."""

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from landmark_desktop.core.errors import ErrorCode, KnownError, PhotoError, photo_error_from_os
from landmark_desktop.core.photo import display_name, is_photo_name
from landmark_desktop.core.record import FileEntry
from landmark_desktop.services.lanes import CancelToken

LISTING_SIZE = 250
"""Photos in one listing: small enough that the first tiles appear at once, large enough to be cheap."""

_DIGITS = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True)
class Listing:
    """Some photos of one folder, in natural order, or the reason why the folder (or file) cannot be read."""

    folder: Path
    entries: tuple[FileEntry, ...] = ()
    error: KnownError | None = None


def natural_key(name: str) -> tuple[tuple[int, int, str], ...]:
    """Sort key that puts IMG_9 before IMG_10, ignoring case."""
    parts = _DIGITS.split(name.casefold())
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts if part)


def scan(paths: Sequence[Path], *, recursive: bool = True, token: CancelToken | None = None) -> Iterator[Listing]:
    """Yield the photos under ``paths`` in order: files as given, then folders depth first, names in natural order.

    Hidden files and folders are left out, links to folders are followed once, so loops end. A file that is named
    explicitly is taken whatever its ending: its content decides. Problems are listings with an ``error``.
    """
    token = token or CancelToken()
    seen: set[tuple[int, int]] = set()
    for path in paths:
        if token.is_cancelled():
            return
        path = Path(os.path.abspath(path))  # noqa: PTH100, PLW2901  # Path.absolute keeps '..'
        try:
            if path.is_dir():
                yield from _scan_folder(path, recursive, seen, token)
            else:
                status = path.stat()
                yield Listing(path.parent, (FileEntry(path.name, status.st_size, status.st_mtime_ns),))
        except FileNotFoundError:
            yield Listing(path, error=PhotoError(ErrorCode.FOLDER_MISSING, name=path))
        except OSError as error:
            yield Listing(path, error=photo_error_from_os(error, path))


def _scan_folder(root: Path, recursive: bool, seen: set[tuple[int, int]], token: CancelToken) -> Iterator[Listing]:
    pending = [root]
    while pending and not token.is_cancelled():
        folder = pending.pop()
        try:
            status = folder.stat()
            if (status.st_dev, status.st_ino) in seen:
                continue
            seen.add((status.st_dev, status.st_ino))
            files, folders = _list(folder)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            failure = PhotoError(ErrorCode.FOLDER_UNREADABLE, name=display_name(folder), reason=reason)
            yield Listing(folder, error=failure)
            continue
        for start in range(0, len(files), LISTING_SIZE):
            if token.is_cancelled():
                return
            yield Listing(folder, tuple(files[start : start + LISTING_SIZE]))
        if recursive:
            pending.extend(reversed(folders))


def _list(folder: Path) -> tuple[list[FileEntry], list[Path]]:
    files: list[FileEntry] = []
    folders: list[str] = []
    with os.scandir(folder) as entries:
        for entry in entries:
            try:
                if entry.is_dir():
                    if not entry.name.startswith("."):
                        folders.append(entry.name)
                elif is_photo_name(entry.name):
                    status = entry.stat()
                    files.append(FileEntry(entry.name, status.st_size, status.st_mtime_ns))
            except OSError:
                # A broken link, or a file that vanished while we looked: nothing the user could open.
                continue
    files.sort(key=lambda entry: natural_key(entry.name))
    return files, [folder / name for name in sorted(folders, key=natural_key)]
