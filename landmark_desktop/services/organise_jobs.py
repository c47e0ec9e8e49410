"""The steps of organise runs for single photos and groups of them, there and back alike."""

import logging
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from landmark_desktop.core.errors import ErrorCode, KnownError, TransferError, transfer_error_from_os
from landmark_desktop.core.photo import PhotoFile, display_name
from landmark_desktop.core.transfer import Relocation, Transfer, TransferEntry, TransferState
from landmark_desktop.services import transfer_files as disk
from landmark_desktop.services.lanes import CancelToken, Lane
from landmark_desktop.services.organise_plan import PlannedPhoto, check_inside
from landmark_desktop.store.library import Library

log = logging.getLogger(__name__)

MAX_PHOTOS: Final = 32
"""Photos of one commit of the journal, as in tagging."""
MAX_COPIED: Final = 256 * 1024 * 1024
"""Bytes that a group may copy: what a crash may cost."""


@dataclass(slots=True)
class Job:
    """A photo on its way: its transfers with their entries in the journal, what was placed (with the digests of
    copies), and where the photo is then. ``error`` is what stopped it, or what is left to do by hand."""

    photo_id: int
    transfers: list[Transfer]
    entries: list[int] = field(default_factory=list)
    placed: list[tuple[Transfer, str]] = field(default_factory=list)
    relocation: Relocation | None = None
    error: KnownError | None = None

    def states(self, state: TransferState, error: str = "") -> list[tuple[int, TransferState, str]]:
        """All entries with this state."""
        return [(entry, state, error) for entry in self.entries]


class Mover:
    """Places the files of photos and journals what became of them."""

    def __init__(self, db: Lane, library: Library) -> None:
        self._db = db
        self._library = library
        self._later: set[Path] = set()  # folders whose new names, or whose removed ones, are not on the disk yet

    def place(self, job: Job, root: Path | None, token: CancelToken | None) -> None:
        """Give all files of a photo their new names, or none: then the job has an error.

        With ``root`` the folder must lie below it; a link on the way that leads out is refused before and after the
        folder is made.
        """
        folder = job.transfers[0].target.parent
        try:
            if root is not None:
                check_inside(folder, root)
            disk.make_folder(folder)
            if root is not None:
                check_inside(folder, root)
            for transfer in job.transfers:
                job.placed.append((transfer, disk.place(transfer, lambda: is_cancelled(token), self._later)[1]))
            job.relocation = self._relocation(job)
        except OSError as error:
            job.error = transfer_error_from_os(error, folder)
        except KnownError as error:
            job.error = error
        if job.error is not None:
            for transfer, _ in reversed(job.placed):
                try:
                    disk.take_back(transfer)
                except OSError as error:
                    log.warning("%s could not be taken back: %s", os.fsencode(transfer.target), error)
            job.placed.clear()

    def _relocation(self, job: Job) -> Relocation:
        """Where a photo is now. Its companions are those it had, under their new names. Raises :class:`OSError`."""
        found = self._db.call(self._library.records, [job.photo_id], "")
        names = {file.name for record in found for file in record.photo.companions}
        companions = []
        for transfer in job.transfers[1:]:
            if transfer.source.name in names:
                status = transfer.target.stat()
                companions.append(PhotoFile(transfer.target.name, status.st_size, status.st_mtime_ns))
        first = job.transfers[0]
        status = first.target.stat()
        files = tuple((t.source, t.target) for t in job.transfers if t.moves or t is first)
        return Relocation(job.photo_id, files, status.st_size, status.st_mtime_ns, tuple(companions))

    def settle_placed(self, jobs: Sequence[Job]) -> None:
        """Journal what was placed, once all names of the group are on the disk; the library's rows move along."""
        self.make_lasting()
        states: list[tuple[int, TransferState, str]] = []
        digests: list[tuple[int, str]] = []
        moved: list[Relocation] = []
        copied: list[Relocation] = []
        for job in jobs:
            if job.relocation is None:
                states += job.states(TransferState.FAILED, str(job.error))
                continue
            for entry, (transfer, digest) in zip(job.entries, job.placed, strict=True):
                states.append((entry, TransferState.PLACED if transfer.moves else TransferState.DONE, ""))
                if digest:
                    digests.append((entry, digest))
            (moved if job.transfers[0].moves else copied).append(job.relocation)
        self._db.call(self._library.transfers.settle, states, digests=digests, moved=moved, copied=copied)

    def drop_originals(self, jobs: Sequence[Job]) -> None:
        """Remove the originals of moved files, and journal that."""
        states: list[tuple[int, TransferState, str]] = []
        for job in jobs:
            for entry, (transfer, _) in zip(job.entries, job.placed, strict=False):
                if transfer.moves:
                    problem = drop(transfer, self._later)
                    job.error = problem or job.error
                    states.append((entry, TransferState.DONE, str(problem or "")))
        self.make_lasting()
        if states:
            self._db.call(self._library.transfers.settle, states)

    def make_lasting(self) -> None:
        """Wait until the names that were given and taken are on the disk; before the journal relies on them."""
        disk.make_names_lasting(self._later)
        self._later.clear()


def groups(items: Sequence[PlannedPhoto]) -> Iterator[list[PlannedPhoto]]:
    """Cut the photos of a run into groups that are committed together."""
    group: list[PlannedPhoto] = []
    size = 0
    for item in items:
        more = sum(transfer.size for transfer in item.files)
        if group and (len(group) == MAX_PHOTOS or size + more > MAX_COPIED):
            yield group
            group, size = [], 0
        group.append(item)
        size += more
    if group:
        yield group


def new_folders(folder: Path) -> list[Path]:
    """Those of this folder and the ones above it that are not there yet."""
    new = []
    while not os.path.lexists(folder) and folder != folder.parent:
        new.append(folder)
        folder = folder.parent
    return new


def is_cancelled(token: CancelToken | None) -> bool:
    """True if the run was cancelled."""
    return token is not None and token.is_cancelled()


def way_there(entry: TransferEntry) -> Transfer:
    """The transfer of an entry, as it was planned."""
    return Transfer(entry.source, entry.target, entry.size, entry.mtime_ns, entry.moves)


def way_back(source: Path, target: Path) -> Transfer:
    """The way back of a moved file, as it is now. Raises :class:`OSError` where it is at neither place."""
    status = target.stat() if os.path.lexists(target) else source.stat()
    return Transfer(target, source, status.st_size, status.st_mtime_ns, True)


def drop(transfer: Transfer, later: set[Path] | None = None) -> KnownError | None:
    """Remove the original of a file that was placed; returns why it is still there. ``later`` as for
    :func:`.transfer_files.place`."""
    try:
        disk.drop_original(transfer, later)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return TransferError(ErrorCode.ORIGINAL_LEFT, name=display_name(transfer.source), reason=reason)
    except KnownError as error:
        return error
    return None


def drop_copy(entry: TransferEntry) -> bool:
    """Remove a copy if it is as it was made; True if it is gone."""
    if not os.path.lexists(entry.target):
        return True
    if disk.digest_of(entry.target) != entry.digest:
        return False
    disk.drop(entry.target)
    return True
