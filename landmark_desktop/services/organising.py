"""Organising: photos are copied or moved into folders by a template, with everything that belongs to them.

Runs on the write lane. The order is: journal *pending* (on disk) → place every file of the photo → journal *placed*,
with the library's rows at their new place → remove the originals → journal *done*. Groups of photos go through each
step together. A photo whose files do not all get through is where it was. Killed anywhere in between,
:meth:`OrganisingService.reconcile` puts it right at the next start. Undo goes the same way backwards.
"""

import logging
import os
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from landmark_desktop.core.bundle import Bundle
from landmark_desktop.core.errors import ErrorCode, KnownError, MetadataError, TransferError, transfer_error_from_os
from landmark_desktop.core.family import stem_of
from landmark_desktop.core.imported import FoundPlace
from landmark_desktop.core.photo import PhotoFacts, display_name
from landmark_desktop.core.record import PhotoRecord
from landmark_desktop.core.template import Values
from landmark_desktop.core.transfer import OrganiseRun, TransferEntry, TransferState
from landmark_desktop.metadata.reader import read_photo_facts
from landmark_desktop.services import transfer_files as disk
from landmark_desktop.services.lanes import CancelToken, Lane
from landmark_desktop.services.organise_jobs import Job, Mover, groups, is_cancelled, new_folders
from landmark_desktop.services.organise_plan import OrganiseOptions, OrganisePlan, PlannedPhoto, Planner
from landmark_desktop.services.organise_undo import WayBack
from landmark_desktop.services.tagging import new_run_id
from landmark_desktop.store.library import Library

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class OrganiseResult:
    """What became of one photo. ``photo`` is where it was, ``target`` where it is now or was to be. DONE with an error:
    it is in its new place, and something is left to do by hand."""

    photo_id: int
    photo: Path
    target: Path
    state: TransferState
    error: KnownError | None = None


Report = Callable[[OrganiseResult], None]


class OrganisingService:
    """Copies and moves photos, and brings them back.

    ``db`` is the lane that owns ``library``; all methods run on the write lane (or on the main thread of the command
    line). ``bundle`` may be None where runs are only listed or undone.
    """

    def __init__(self, db: Lane, library: Library, bundle: Bundle | None) -> None:
        self._db = db
        self._library = library
        self._bundle = bundle
        self._mover = Mover(db, library)
        self._way_back = WayBack(db, library)

    def plan(
        self, records: Sequence[PhotoRecord], options: OrganiseOptions, token: CancelToken | None = None
    ) -> OrganisePlan:
        """Find out where these photos go. Touches nothing.

        Raises:
            TransferError: the chosen folder cannot be used.
        """
        options = replace(options, root=Path(os.path.abspath(options.root)))  # noqa: PTH100  # Path.absolute keeps '..'
        return Planner(options, self._values).plan(new_run_id(datetime.now(UTC)), records, token)

    def _values(self, record: PhotoRecord) -> Values:
        if self._bundle is None:
            raise ValueError("planning needs a bundle")
        photo, review = record.photo, record.review
        landmark = self._bundle.landmark_by_id.get(review.landmark_id) if review and review.landmark_id else None
        stem, taken_at = stem_of(photo.path.name), _facts(record).taken_at
        if landmark is not None:
            return Values.of(stem, landmark.location, landmark.name, taken_at)
        place = self._db.call(self._library.found_places, [record.id]).get(record.id, FoundPlace())
        return Values(
            file=stem,
            country=place.country,
            country_code=place.country_code,
            region=place.region,
            city=place.city or place.region,
            sublocation=place.sublocation,
            landmark=place.name,
            taken_at=taken_at,
        )

    def apply(self, plan: OrganisePlan, report: Report, token: CancelToken | None = None) -> list[OrganiseResult]:
        """Carry out a plan. A photo that fails is where it was; the others go on.

        Raises:
            TransferError: the chosen folder cannot be made.
        """
        results: list[OrganiseResult] = []

        def tell(result: OrganiseResult) -> None:
            results.append(result)
            report(result)

        for item in plan.items:
            if item.error is not None:
                path = item.record.photo.path
                tell(OrganiseResult(item.record.id, path, path, TransferState.FAILED, item.error))
        if not plan.transfers:
            return results
        options = plan.options
        started = datetime.now(UTC).replace(microsecond=0)
        run = OrganiseRun(plan.run_id, started, options.moves, options.root, options.template_text, 0, 0, 0)
        made = [options.root] if not os.path.lexists(options.root) else []
        try:
            disk.make_folder(options.root)
        except OSError as error:
            raise transfer_error_from_os(error, options.root) from error
        self._db.call(self._library.transfers.begin_run, run)
        self._db.call(self._library.transfers.add, plan.run_id, [], made)
        for group in groups(plan.transfers):
            self._apply_group(plan, group, tell, token)
        return results

    def _apply_group(
        self, plan: OrganisePlan, group: Sequence[PlannedPhoto], tell: Report, token: CancelToken | None
    ) -> None:
        journal = self._library.transfers
        jobs = [Job(item.record.id, list(item.files)) for item in group]
        folders = {folder for job in jobs for folder in new_folders(job.transfers[0].target.parent)}
        noted = [(job.photo_id, transfer) for job in jobs for transfer in job.transfers]
        try:
            ids = iter(self._db.call(journal.add, plan.run_id, noted, folders))
        except KnownError as error:
            for job in jobs:
                job.error = error
                tell(_result(job))
            return
        begun = []
        for job in jobs:
            job.entries = [next(ids) for _ in job.transfers]
            if is_cancelled(token):
                self._db.call(journal.forget, job.entries)
                job.error = TransferError(ErrorCode.CANCELLED, name=display_name(job.transfers[0].source))
                tell(_result(job))
                continue
            begun.append(job)
            self._mover.place(job, plan.options.root, token)
        if begun:
            self._mover.settle_placed(begun)
            self._mover.drop_originals(begun)
        for job in begun:
            tell(_result(job))

    def runs(self) -> list[OrganiseRun]:
        """All runs, the newest first."""
        return self._db.call(self._library.transfers.runs)

    def undo(
        self,
        run_id: str | None,
        report: Report,
        token: CancelToken | None = None,
        photos: Collection[int] | None = None,
    ) -> list[OrganiseResult]:
        """Bring the photos of a run back (of the newest that stands where ``run_id`` is None), or remove its copies; of
        ``photos`` (ids) only, where given. Sidecars that photos got since go back with them; a copy that was changed
        since stays.

        Raises:
            MetadataError: there is no such run, or nothing of it stands.
            TransferError: the folder of the run is not there.
        """
        run = next((run for run in self.runs() if run.can_undo and (run_id is None or run.id == run_id)), None)
        found = [] if run is None else self._db.call(self._library.transfers.entries, run.id)
        standing: dict[int, list[TransferEntry]] = {}
        for entry in found:
            if entry.state is TransferState.DONE and (photos is None or entry.photo_id in photos):
                standing.setdefault(entry.photo_id, []).append(entry)
        if run is None or not standing:
            raise MetadataError(ErrorCode.RUN_UNKNOWN, run=run_id or "(newest)")
        if not run.root.is_dir():  # a drive that is away must not look like copies that were removed
            raise TransferError(ErrorCode.FOLDER_MISSING, name=str(run.root))
        results: list[OrganiseResult] = []
        for entries in reversed(standing.values()):
            if is_cancelled(token):
                break
            error = self._way_back.undo_photo(entries, token)
            state = TransferState.UNDONE if error is None else TransferState.DONE
            first = entries[0]
            results.append(OrganiseResult(first.photo_id, first.target, first.source, state, error))
            report(results[-1])
        for folder in self._db.call(self._library.transfers.folders, run.id):
            disk.remove_empty(folder)
        return results

    def reconcile(self) -> list[OrganiseResult]:
        """Settle transfers and undos that a killed process left open; returns what became of the photos."""
        cut_off: dict[tuple[str, int], list[TransferEntry]] = {}
        for entry in self._db.call(self._library.transfers.claim_unfinished):
            cut_off.setdefault((entry.run_id, entry.photo_id), []).append(entry)
        roots = {run.id: run.root for run in self.runs()} if cut_off else {}
        results = []
        for (run_id, photo_id), entries in cut_off.items():
            first = entries[0]
            result = OrganiseResult(photo_id, first.source, first.target, first.state)
            try:
                result = replace(result, state=self._way_back.reconcile_photo(entries, roots[run_id]))
            except OSError as error:
                # The drive is away or a file unreadable: it stays open, and the next start looks again.
                result = replace(result, error=transfer_error_from_os(error, first.target))
            results.append(result)
            log.info("reconciled the transfer of %s: %s", os.fsencode(result.photo.name), result.state)
        return results


def _facts(record: PhotoRecord) -> PhotoFacts:
    """What is known of a photo; read now where the file was never opened."""
    if record.photo.identity.content_key is not None:
        return record.photo.facts
    try:
        return read_photo_facts(record.photo)
    except MetadataError:  # a photo without a date then
        return record.photo.facts


def _result(job: Job) -> OrganiseResult:
    first = job.transfers[0]
    state = TransferState.DONE if job.relocation is not None else TransferState.FAILED
    return OrganiseResult(job.photo_id, first.source, first.target, state, job.error)
