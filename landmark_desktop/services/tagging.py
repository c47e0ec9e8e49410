"""Tagging: plan, write, undo, redo and reconcile. Runs on the write lane, the only thread that writes users' files.

The order of every write is: snapshot → journal *pending* (on disk) → write and read back → journal *done*. Groups of
files go through each step together, because each commit of the journal waits for the disk. Killed anywhere in between,
:meth:`TaggingService.reconcile` finds out at the next start what really happened.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

from landmark_desktop.core.bundle import Bundle
from landmark_desktop.core.record import PhotoRecord
from landmark_desktop.core.tag import Run
from landmark_desktop.services import tag_reconcile, tag_undo
from landmark_desktop.services.lanes import CancelToken, Lane
from landmark_desktop.services.tag_plan import Plan, PlannedTag, TagOptions, new_run_id, plan_run
from landmark_desktop.services.tag_results import Report, TagResult, count_photos
from landmark_desktop.services.tag_write import write_plan
from landmark_desktop.store.library import Library

__all__ = [
    "Plan",
    "PlannedTag",
    "Report",
    "TagOptions",
    "TagResult",
    "TaggingService",
    "count_photos",
    "new_run_id",
]


class TaggingService:
    """Writes accepted places into photos, and takes them back.

    ``db`` is the lane that owns ``library``; all methods run on the write lane (or on the main thread of the
    command line), never on the db lane itself. ``bundle`` may be None where only runs are listed or undone.
    """

    def __init__(self, db: Lane, library: Library, bundle: Bundle | None) -> None:
        self._db = db
        self._library = library
        self._bundle = bundle

    def plan(self, records: Sequence[PhotoRecord], options: TagOptions, token: CancelToken | None = None) -> Plan:
        """Find out what tagging these photos with their accepted landmarks would change. Writes no file; photos whose
        shared sidecar says it already are noted as tagged."""
        if self._bundle is None:
            raise ValueError("planning needs a bundle")
        plan = plan_run(records, options, self._bundle, token)
        return replace(plan, noted=tuple(self._note_served(plan)))

    def _note_served(self, plan: Plan) -> list[int]:
        served = plan.served
        return self._db.call(self._library.journal.note_served, served) if served else []

    def apply(self, plan: Plan, report: Report, token: CancelToken | None = None) -> list[TagResult]:
        """Write a plan. A photo that fails keeps its file as it was; the others go on."""
        results = write_plan(self._db, self._library, plan, report, token)
        self._note_served(plan)
        return results

    def sharing(self, photos: Collection[int]) -> set[int]:
        """The other photos (ids) that share a sidecar which was written for one of ``photos``: what becomes of its
        write concerns them, too."""
        return self._db.call(self._library.journal.sharing, photos)

    def runs(self) -> list[Run]:
        """All runs, the newest first."""
        return self._db.call(self._library.journal.runs)

    def written(self, run_id: str) -> list[TagResult]:
        """The files of a run in the order they were written, and where each stands now."""
        entries = self._db.call(self._library.journal.entries, run_id)
        return [TagResult(e.photo_id, e.photo, e.target, e.state, can_redo=e.can_redo) for e in entries]

    def undo(
        self,
        run_id: str | None,
        report: Report,
        token: CancelToken | None = None,
        photos: Collection[int] | None = None,
        *,
        only_ours: bool = False,
    ) -> list[TagResult]:
        """Take back a run, or the newest one that still stands when ``run_id`` is None; of ``photos`` (ids) only, where
        given.

        Files that were changed since are left alone; with ``only_ours`` the values that we wrote are taken out of them.

        Raises:
            MetadataError: there is no such run, or nothing of it stands.
        """
        entries = tag_undo.standing(self._db, self._library, run_id, photos)
        return tag_undo.undo(self._db, self._library, entries, report, token, only_ours=only_ours)

    def undo_folder(
        self, folder: Path, report: Report, token: CancelToken | None = None, *, only_ours: bool = False
    ) -> list[TagResult]:
        """Take back everything that any run wrote for photos in ``folder`` and below it, the newest first."""
        entries = self._db.call(self._library.journal.standing_under, folder.absolute())
        return tag_undo.undo(self._db, self._library, entries, report, token, only_ours=only_ours)

    def redo(
        self,
        run_id: str | None,
        report: Report,
        token: CancelToken | None = None,
        photos: Collection[int] | None = None,
    ) -> list[TagResult]:
        """Write again what was undone of a run, byte for byte; of the newest such run when ``run_id`` is None, of
        ``photos`` (ids) only where given. Files that were changed since the undo are left alone.

        Raises:
            MetadataError: there is no such run, or nothing of it can be redone.
        """
        entries = tag_undo.undone(self._db, self._library, run_id, photos)
        return tag_undo.redo(self._db, self._library, entries, report, token)

    def photo_ids(self, run_id: str, files: Sequence[Path]) -> set[int]:
        """The ids of the photos of a run that these files (photos or sidecars) belong to.

        Raises:
            MetadataError: a file belongs to none of them.
        """
        entries = self._db.call(self._library.journal.entries, run_id)
        return tag_undo.photo_ids(entries, run_id, files)

    def reconcile(self) -> list[TagResult]:
        """Settle writes and undos that a killed process left open; returns what became of them.

        Those of another program that lives and uses the same library are left to it.
        """
        return tag_reconcile.reconcile(self._db, self._library)
