"""Where each photo goes when photos are organised: looked up on the disk, and nothing is touched."""

import contextlib
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Final

from landmark_desktop.core.errors import (
    ErrorCode,
    KnownError,
    PhotoError,
    TransferError,
    photo_error_from_os,
    transfer_error_from_os,
)
from landmark_desktop.core.family import FolderIndex, Member, claimed_stems, name_key, stem_of
from landmark_desktop.core.photo import content_key, display_name
from landmark_desktop.core.record import PhotoRecord
from landmark_desktop.core.template import Destination, Template, Values, cut_bytes
from landmark_desktop.core.transfer import Transfer
from landmark_desktop.services.lanes import CancelToken
from landmark_desktop.services.transfer_files import free_bytes

MAX_NAME_BYTES: Final = 255
MAX_NUMBER: Final = 10_000
"""Photos of one name in one folder that are told apart by a number."""


@dataclass(frozen=True, slots=True)
class OrganiseOptions:
    """What to do with photos. ``root`` is the chosen folder; nothing is written outside it."""

    root: Path
    template: Template
    template_text: str
    moves: bool


class Step(Enum):
    """What the plan says of a photo."""

    TRANSFER = "transfer"
    THERE = "there"  # it is where it should be
    SAME = "same"  # the same photo is there already
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class PlannedPhoto:
    """What will happen to one photo and all files that go with it. ``target`` is where the file that is shown goes (or
    is), None with an ``error``; ``numbered`` tells that another photo has its name there."""

    record: PhotoRecord
    step: Step
    target: Path | None = None
    files: tuple[Transfer, ...] = ()
    numbered: bool = False
    error: KnownError | None = None


@dataclass(frozen=True, slots=True)
class OrganisePlan:
    """A previewed run. ``needed`` are the bytes of what will be copied, ``free`` the room there is."""

    run_id: str
    options: OrganiseOptions
    items: tuple[PlannedPhoto, ...]
    needed: int = 0
    free: int | None = None

    @property
    def transfers(self) -> tuple[PlannedPhoto, ...]:
        """The photos that will be copied or moved."""
        return tuple(item for item in self.items if item.step is Step.TRANSFER)

    @property
    def too_large(self) -> bool:
        """True if there is no room for all of it."""
        return self.free is not None and self.needed > self.free


@dataclass(slots=True)
class _Folder:
    """A folder of photos that will be: what is there, and what the plan has put there."""

    path: Path
    exists: bool
    names: set[str] = field(default_factory=set)
    claimed: set[str] = field(default_factory=set)


class Planner:
    """Plans one run. ``values_of`` tells what the template is filled with for a photo."""

    def __init__(self, options: OrganiseOptions, values_of: Callable[[PhotoRecord], Values]) -> None:
        self._options = options
        self._values_of = values_of
        self._root = options.root
        self._sources: dict[Path, FolderIndex] = {}
        self._children: dict[Path, dict[str, str]] = {}
        self._targets: dict[Path, _Folder] = {}

    def plan(self, run_id: str, records: Sequence[PhotoRecord], token: CancelToken | None = None) -> OrganisePlan:
        """Plan these photos, in their order.

        Raises:
            TransferError: the chosen folder is a file, or neither it nor the folder above it is there.
        """
        self._check_root()
        items = []
        for record in records:
            if token is not None and token.is_cancelled():
                break
            items.append(self._photo(record))
        needed = sum(self._bytes(item) for item in items)
        free: int | None = None
        with contextlib.suppress(OSError):
            free = free_bytes(self._root if self._root.exists() else self._root.parent)
        return OrganisePlan(run_id, self._options, tuple(items), needed, free)

    def _check_root(self) -> None:
        if not (self._root.is_dir() or (self._root.parent.is_dir() and not os.path.lexists(self._root))):
            raise TransferError(ErrorCode.FOLDER_MISSING, name=str(self._root))

    def _bytes(self, item: PlannedPhoto) -> int:
        """Bytes that a photo will take on the disk of the chosen folder."""
        if not item.files:
            return 0
        near = self._root if self._root.exists() else self._root.parent
        with contextlib.suppress(OSError):
            if self._options.moves and item.record.photo.path.stat().st_dev == near.stat().st_dev:
                return 0
        return sum(transfer.size for transfer in item.files)

    def _photo(self, record: PhotoRecord) -> PlannedPhoto:
        try:
            return self._planned(record, self._options.template.fill(self._values_of(record)))
        except KnownError as error:
            return PlannedPhoto(record, Step.ERROR, error=error)
        except OSError as error:
            return PlannedPhoto(record, Step.ERROR, error=transfer_error_from_os(error, record.photo.path))

    def _planned(self, record: PhotoRecord, destination: Destination) -> PlannedPhoto:
        photo = record.photo
        if record.offline:
            raise PhotoError(ErrorCode.DRIVE_AWAY, name=photo.name)
        members = self._source(photo.path.parent).family([path.name for path in photo.files])
        transfers = [self._transfer(photo.path.parent, member) for member in members]
        folder = self._folder(destination.folders)
        stem = destination.stem if destination.stem is not None else stem_of(photo.path.name)
        keeps = destination.stem is None or stem == stem_of(photo.path.name)
        if keeps and folder.exists and _same_folder(folder.path, photo.path.parent):
            return PlannedPhoto(record, Step.THERE, photo.path)
        for number in range(1, MAX_NUMBER):
            wanted = None if keeps and number == 1 else _numbered(stem, number, members)
            names = [member.name if wanted is None else member.renamed(wanted) for member in members]
            keys = {name_key(stem_of(name)) for name in names[: len(photo.files)]}
            if not (keys & folder.claimed or {name_key(name) for name in names} & folder.names):
                break
            if folder.exists and self._is_same(record, folder.path, names):
                return PlannedPhoto(record, Step.SAME, folder.path / names[0])
        else:
            raise TransferError(ErrorCode.TRANSFER_OCCUPIED, name=photo.name)
        folder.names.update(map(name_key, names))
        folder.claimed |= claimed_stems(names)
        files = tuple(
            Transfer(
                transfer.source,
                folder.path / name,
                transfer.size,
                transfer.mtime_ns,
                self._options.moves and not member.shared,
            )
            for transfer, name, member in zip(transfers, names, members, strict=True)
        )
        return PlannedPhoto(record, Step.TRANSFER, files[0].target, files, numbered=number > 1)

    def _source(self, folder: Path) -> FolderIndex:
        if folder not in self._sources:
            try:
                self._sources[folder] = FolderIndex(os.listdir(folder))  # noqa: PTH208  # names only
            except OSError as error:
                raise photo_error_from_os(error, folder) from error
        return self._sources[folder]

    def _transfer(self, folder: Path, member: Member) -> Transfer:
        path = folder / member.name
        try:
            if self._options.moves and path.is_symlink():
                raise TransferError(ErrorCode.TRANSFER_LINK, name=display_name(path))
            status = path.stat()
        except OSError as error:
            raise photo_error_from_os(error, path) from error
        return Transfer(path, path, status.st_size, status.st_mtime_ns, self._options.moves)

    def _is_same(self, record: PhotoRecord, folder: Path, names: Sequence[str]) -> bool:
        """True if the photo itself (whatever its sidecars) is there already. Sampled hashes will do: nothing is removed
        because of this."""
        for path, name in zip(record.photo.files, names, strict=False):
            target = folder / name
            try:
                if target.stat().st_size != path.stat().st_size or content_key(target) != content_key(path):
                    return False
            except OSError:
                return False
        return True

    # folders below the chosen one

    def _folder(self, parts: Sequence[str]) -> _Folder:
        """The folder of these levels. One that is there under the same name in other letters is taken."""
        path = self._root
        for part in parts:
            children = self._list(path)
            path /= children.setdefault(name_key(part), part)  # the next photo's folder is spelt alike
        if path not in self._targets:
            check_inside(path, self._root)
            exists = path.is_dir()
            if not exists and os.path.lexists(path):
                raise _no_folder(path)
            names = os.listdir(path) if exists else []  # noqa: PTH208  # names only
            self._targets[path] = _Folder(path, exists, set(map(name_key, names)), claimed_stems(names))
        return self._targets[path]

    def _list(self, folder: Path) -> dict[str, str]:
        """The names of the folders in a folder by their keys; none where it is not there yet."""
        if folder not in self._children:
            try:
                with os.scandir(folder) as entries:
                    names = sorted(entry.name for entry in entries if entry.is_dir())
                self._children[folder] = {name_key(name): name for name in names}
            except FileNotFoundError:
                self._children[folder] = {}
            except NotADirectoryError as error:
                raise _no_folder(folder) from error
        return self._children[folder]


def _no_folder(path: Path) -> TransferError:
    return TransferError(ErrorCode.TRANSFER_FAILED, name=display_name(path), reason="it is a file and no folder")


def check_inside(path: Path, root: Path) -> None:
    """Make sure that no link on the way leads out of ``root``.

    Raises:
        TransferError: one does.
    """
    if not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(root)):
        raise TransferError(ErrorCode.TRANSFER_OUTSIDE, name=display_name(path), folder=str(path))


def _same_folder(first: Path, second: Path) -> bool:
    try:
        return first.samefile(second)
    except OSError:
        return False


def _numbered(stem: str, number: int, members: Sequence[Member]) -> str:
    """``IMG_1 (2)``, cut where a file's name would be too long for the file system."""
    ending = f" ({number})" if number > 1 else ""
    room = MAX_NAME_BYTES - max(len(os.fsencode(member.rest)) for member in members) - len(ending)
    return cut_bytes(stem, room).rstrip(" .") + ending
