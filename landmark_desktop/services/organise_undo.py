"""The way back of organise runs: their undo, and settling what a killed process left open."""

import logging
import os
from collections.abc import Sequence
from pathlib import Path

from landmark_desktop.core.errors import (
    ErrorCode,
    KnownError,
    PhotoError,
    TransferError,
    photo_error_from_os,
    transfer_error_from_os,
)
from landmark_desktop.core.family import FolderIndex, stem_of
from landmark_desktop.core.photo import display_name
from landmark_desktop.core.transfer import Transfer, TransferEntry, TransferState
from landmark_desktop.metadata.atomic import clean_temp_files
from landmark_desktop.services import transfer_files as disk
from landmark_desktop.services.lanes import CancelToken, Lane
from landmark_desktop.services.organise_jobs import Job, Mover, drop, drop_copy, is_cancelled, way_back, way_there
from landmark_desktop.store.library import Library

log = logging.getLogger(__name__)


class WayBack:
    """Brings photos back to where they were, and removes copies."""

    def __init__(self, db: Lane, library: Library) -> None:
        self._db = db
        self._journal = library.transfers
        self._mover = Mover(db, library)

    def undo_photo(self, entries: Sequence[TransferEntry], token: CancelToken | None) -> KnownError | None:
        """Undo what stands of a photo's transfers of one run; returns why it is not, or not wholly, undone."""
        try:
            return self._move_back(entries, token) if entries[0].moves else self._remove_copy(entries, token)
        except OSError as error:
            return transfer_error_from_os(error, entries[0].target)
        except KnownError as error:
            return error

    def _move_back(self, entries: Sequence[TransferEntry], token: CancelToken | None) -> KnownError | None:
        """Move a photo back, as it is now, with the sidecars it got since."""
        moves = [entry for entry in entries if entry.moves]
        there = [entry for entry in moves if os.path.lexists(entry.target)]
        if moves[0] not in there:
            raise PhotoError(ErrorCode.FILE_MISSING, name=display_name(moves[0].target))
        job = Job(moves[0].photo_id, [way_back(entry.source, entry.target) for entry in there])
        job.entries = [entry.id for entry in there]
        new = self._sidecars_since(entries)
        noted = [(job.photo_id, Transfer(t.target, t.source, t.size, t.mtime_ns, True)) for t in new]
        added = self._db.call(self._journal.add, moves[0].run_id, noted, (), TransferState.UNDOING)
        self._db.call(self._journal.settle, job.states(TransferState.UNDOING))
        job.entries += added
        job.transfers += new
        self._mover.place(job, None, token)
        if job.relocation is None:
            self._db.call(self._journal.settle, [(entry.id, TransferState.DONE, str(job.error)) for entry in there])
            self._db.call(self._journal.forget, added)
            return job.error
        self._mover.make_lasting()
        self._db.call(self._journal.settle, job.states(TransferState.UNPLACED), moved=[job.relocation])
        left: set[Path] = set()
        problem = next(filter(None, [drop(transfer, left) for transfer in job.transfers]), None)
        disk.make_names_lasting(left)
        # A sidecar that serves other photos too was copied; the one it was copied from is still there.
        for entry in entries:
            if not entry.moves:
                drop_copy(entry)
        settled = dict.fromkeys([*job.entries, *(entry.id for entry in entries)])
        self._db.call(self._journal.settle, [(entry, TransferState.UNDONE, str(problem or "")) for entry in settled])
        return problem

    @staticmethod
    def _sidecars_since(entries: Sequence[TransferEntry]) -> list[Transfer]:
        """How the sidecars go back that a photo got at its new place."""
        target, source = entries[0].target, entries[0].source
        try:
            index = FolderIndex(os.listdir(target.parent))  # noqa: PTH208  # names only
        except OSError as error:
            raise photo_error_from_os(error, target) from error
        known = {entry.target.name for entry in entries}
        members = index.family([entry.target.name for entry in entries if os.path.lexists(entry.target)])
        return [
            way_back(source.with_name(member.renamed(stem_of(source.name))), target.with_name(member.name))
            for member in members
            if member.name not in known and not member.shared
        ]

    def _remove_copy(self, entries: Sequence[TransferEntry], token: CancelToken | None) -> KnownError | None:
        """Remove a copy if nobody has worked on it since."""
        there = [entry for entry in entries if os.path.lexists(entry.target)]
        for entry in there:
            if disk.digest_of(entry.target, lambda: is_cancelled(token)) != entry.digest:
                return TransferError(ErrorCode.COPY_CHANGED, name=display_name(entry.target))
        if there and self._sidecars_since(entries):
            return TransferError(ErrorCode.COPY_CHANGED, name=display_name(entries[0].target))
        self._db.call(self._journal.settle, [(entry.id, TransferState.UNDOING, "") for entry in there])
        problem: KnownError | None = None
        states = {entry.id: TransferState.UNDONE for entry in entries}
        for entry in there:
            try:
                disk.drop(entry.target)
            except OSError as error:
                problem = transfer_error_from_os(error, entry.target)
                states[entry.id] = TransferState.DONE
        self._db.call(self._journal.settle, [(entry, state, str(problem or "")) for entry, state in states.items()])
        return problem

    # after a crash

    def reconcile_photo(self, entries: Sequence[TransferEntry], root: Path) -> TransferState:
        """Settle what a killed process left open of one photo; returns what became of it.

        Raises:
            OSError: a drive is away or a file unreadable; look again later.
        """
        if not root.is_dir():
            raise FileNotFoundError(2, "the folder is not there", str(root))
        settled = [self._reconcile_file(entry) for entry in entries]
        for folder in {path.parent for entry in entries for path in (entry.source, entry.target)}:
            clean_temp_files(folder)
        self._db.call(self._journal.settle, settled)
        return settled[0][1]

    @staticmethod
    def _reconcile_file(entry: TransferEntry) -> tuple[int, TransferState, str]:
        """Finish what was placed, take back what was not; there and back alike."""
        back = entry.state in (TransferState.UNDOING, TransferState.UNPLACED)
        if back and not entry.moves:
            return entry.id, TransferState.UNDONE if drop_copy(entry) else TransferState.DONE, ""
        transfer = way_back(entry.source, entry.target) if back else way_there(entry)
        if not (os.path.lexists(transfer.source) or os.path.lexists(transfer.target)):
            raise FileNotFoundError(2, "the file is at neither place", str(transfer.source))
        if entry.state in (TransferState.PLACED, TransferState.UNPLACED):
            problem = drop(transfer)
            return entry.id, TransferState.UNDONE if back else TransferState.DONE, str(problem or "")
        disk.take_back(transfer)
        if back:
            return entry.id, TransferState.DONE, ""
        return entry.id, TransferState.FAILED, "the program ended before the file was in its place"
