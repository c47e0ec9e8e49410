"""Tagging: plan, write, undo and reconcile. Runs on the write lane, the only thread that writes users' files.

The order of every write is: snapshot → journal *pending* (on disk) → write and read back → journal *done*. Groups of
files go through each step together, because each commit of the journal waits for the disk. Killed anywhere in between,
:meth:`TaggingService.reconcile` finds out at the next start what really happened.
"""

import logging
import os
import secrets
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from landmark_desktop.core.bundle import Bundle
from landmark_desktop.core.errors import ErrorCode, KnownError, MetadataError
from landmark_desktop.core.photo import display_name
from landmark_desktop.core.record import PhotoRecord
from landmark_desktop.core.tag import Run, RunState, SidecarName, TagChange, TagRequest, WriteMode
from landmark_desktop.metadata import writer
from landmark_desktop.metadata.reader import read_facts, read_photo_facts
from landmark_desktop.services.groups import in_groups
from landmark_desktop.services.lanes import CancelToken, Lane
from landmark_desktop.store.journal import JournalEntry, Settled
from landmark_desktop.store.library import Library

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class TagOptions:
    """How places are written. ``taken_here`` is the default for photos without a choice of their own;
    ``replace_position`` are the ids of photos whose own position the user has confirmed to be replaced."""

    mode: WriteMode = WriteMode.SIDECAR
    sidecar_name: SidecarName = SidecarName.FULL
    taken_here: bool = True
    keep_mtime: bool = False
    replace_position: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class PlannedTag:
    """What will be written for one file of a photo, or the reason why nothing can be. A change may be empty: all is
    there already.

    ``file`` is None for the file that stands for the photo; a photo of several files is planned once for each.
    """

    record: PhotoRecord
    change: TagChange | None
    error: KnownError | None = None
    file: Path | None = None

    @property
    def path(self) -> Path:
        """The photo's file that is tagged."""
        return self.file or self.record.photo.path


@dataclass(frozen=True, slots=True)
class Plan:
    """A previewed run: nothing is written yet."""

    run_id: str
    options: TagOptions
    items: tuple[PlannedTag, ...]

    @property
    def writes(self) -> tuple[PlannedTag, ...]:
        """The items that change a file."""
        return tuple(item for item in self.items if item.change is not None and not item.change.is_empty)

    @property
    def photos(self) -> int:
        """How many photos are written; one may have several files."""
        return len({item.record.id for item in self.writes})


@dataclass(frozen=True, slots=True)
class TagResult:
    """What became of one photo of a run or of its undo."""

    photo_id: int
    photo: Path
    target: Path
    state: RunState
    error: KnownError | None = None


def count_photos(results: Sequence[TagResult]) -> tuple[int, int]:
    """How many photos are as they should be, and how many have a file that failed."""
    failed = {result.photo_id for result in results if result.error is not None}
    return len({result.photo_id for result in results} - failed), len(failed)


Report = Callable[[TagResult], None]


@dataclass(frozen=True, slots=True)
class _Opened:
    """A change that is about to be written, with what its undo needs."""

    record: PhotoRecord
    change: TagChange
    snapshot: bytes

    def result(self, state: RunState, error: KnownError | None = None) -> TagResult:
        return TagResult(self.record.id, self.change.request.photo_path, self.change.target, state, error)


def _target(item: PlannedTag) -> Path:
    return item.path if item.change is None else item.change.target


def _old_size(item: PlannedTag) -> int:
    identity = item.change.target_identity if item.change is not None else None
    return identity.size if identity is not None else 0


def _cancelled(path: Path) -> MetadataError:
    return MetadataError(ErrorCode.CANCELLED, name=display_name(path))


def new_run_id(now: datetime) -> str:
    """A run id that sorts by time and reads like one: ``20240501-101112-3fa9c07d``.

    Random enough that no two runs of one second ever meet.
    """
    return f"{now.astimezone(UTC):%Y%m%d-%H%M%S}-{secrets.token_hex(4)}"


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
        """Find out what tagging these photos with their accepted landmarks would change. Writes nothing."""
        now = datetime.now(UTC).replace(microsecond=0)
        run_id = new_run_id(now)
        items = []
        for record in records:
            if token is not None and token.is_cancelled():
                break
            items += self._plan_photo(record, partial(self._request, record, options=options, run_id=run_id, now=now))
        return Plan(run_id, options, tuple(items))

    @staticmethod
    def _plan_photo(record: PhotoRecord, request: Callable[[Path], TagRequest]) -> list[PlannedTag]:
        """Plan each picture file of a photo: programs that read the raw file do not look at the JPEG beside it."""
        items: list[PlannedTag] = []
        targets: set[Path] = set()
        for file in record.photo.pictures:
            other = None if file == record.photo.path else file
            try:
                change = writer.plan_tag(request(file))
            except KnownError as error:
                items.append(PlannedTag(record, None, error, other))
                continue
            if change.target not in targets:  # one sidecar may serve both
                items.append(PlannedTag(record, change, None, other))
                targets.add(change.target)
        return items

    def _request(self, record: PhotoRecord, file: Path, options: TagOptions, run_id: str, now: datetime) -> TagRequest:
        review = record.review
        if review is None or review.landmark_id is None:
            raise ValueError(f"photo {record.id} has no accepted landmark")
        if self._bundle is None:
            raise ValueError("planning needs a bundle")
        landmark = self._bundle.landmark_by_id.get(review.landmark_id)
        if landmark is None:
            # Accepted under another bundle that knew more landmarks.
            raise MetadataError(ErrorCode.LANDMARK_WITHOUT_LOCATION, landmark=review.landmark_id)
        guess = record.accepted_guess
        here = options.taken_here if review.taken_here is None else review.taken_here
        replaces = record.id in options.replace_position
        return TagRequest(
            photo_path=file,
            landmark=landmark,
            bundle_id=self._bundle.manifest.id,
            bundle_version=self._bundle.manifest.version,
            confidence=guess.confidence if guess is not None else None,
            reviewed_by=review.reviewed_by,
            # The position may be in another file of the photo.
            taken_here=replaces or (not record.photo.facts.has_gps and here),
            run_id=run_id,
            time=now,
            mode=options.mode,
            sidecar_name=options.sidecar_name,
            replace_position=replaces,
            siblings=tuple(path for path in record.photo.pictures if path != file),
        )

    def apply(self, plan: Plan, report: Report, token: CancelToken | None = None) -> list[TagResult]:
        """Write a plan. A photo that fails keeps its file as it was; the others go on."""
        results: list[TagResult] = []

        def tell(result: TagResult) -> None:
            results.append(result)
            report(result)

        written: set[Path] = set()
        if plan.writes:
            self._db.call(self._library.journal.begin_run, plan.run_id, datetime.now(UTC).replace(microsecond=0))
        items = [item for item in plan.items if item.change is None or not item.change.is_empty]
        try:
            for group in in_groups(items, _target, _old_size):
                self._write_group(group, plan.options, written, tell, token)
                written.update(map(_target, group))
        finally:
            writer.forget_snapshots()
        return results

    def _write_group(
        self,
        group: Sequence[PlannedTag],
        options: TagOptions,
        written: set[Path],
        tell: Report,
        token: CancelToken | None,
    ) -> None:
        """Write changes of different files: all are in the journal before the first, and settled after the last.

        ``written`` are the targets that this run wrote before: two photos can share a sidecar.
        """
        journal = self._library.journal
        opened = [self._open(item, written, token) for item in group]
        writes = [found for found in opened if isinstance(found, _Opened)]
        try:
            ids = self._db.call(journal.add_all_pending, [(w.record.id, w.change, w.snapshot) for w in writes])
        except KnownError as error:
            opened = [w.result(RunState.FAILED, error) if isinstance(w, _Opened) else w for w in opened]
            ids = []
        left = iter(ids)
        settled: list[Settled] = []
        touched: list[_Opened] = []
        try:
            for found in opened:
                if not isinstance(found, _Opened):
                    tell(found)
                    continue
                entry = next(left)
                if token is not None and token.is_cancelled():
                    settled.append(Settled(entry, RunState.PENDING))
                    tell(found.result(RunState.FAILED, _cancelled(found.change.request.photo_path)))
                    continue
                try:
                    identity = writer.write_tag(found.change, keep_mtime=options.keep_mtime)
                except KnownError as error:
                    settled.append(Settled(entry, RunState.FAILED, error=str(error)))
                    tell(found.result(RunState.FAILED, error))
                else:
                    settled.append(Settled(entry, RunState.DONE, identity))
                    touched.append(found)
                    tell(found.result(RunState.DONE))
        except Exception:
            # A bug: what is known of the group is kept; the next start finds out about the rest.
            self._db.call(journal.settle, settled)
            raise
        if settled:
            self._db.call(journal.settle, settled)
        self._refresh_photos([(w.record.id, w.change.request.photo_path, w.change.target) for w in touched])

    def _open(self, item: PlannedTag, written: set[Path], token: CancelToken | None) -> "_Opened | TagResult":
        """Take the snapshot of one change, or tell why there is nothing to write."""
        path, change = item.path, item.change
        if change is None:
            return TagResult(item.record.id, path, path, RunState.FAILED, item.error)
        if token is not None and token.is_cancelled():
            return TagResult(item.record.id, path, change.target, RunState.FAILED, _cancelled(path))
        try:
            if change.target in written:
                change = writer.plan_tag(change.request)
                if change.is_empty:
                    return TagResult(item.record.id, path, change.target, RunState.DONE)
            return _Opened(item.record, change, writer.take_snapshot(change))
        except KnownError as error:
            return TagResult(item.record.id, change.request.photo_path, change.target, RunState.FAILED, error)

    def _refresh_photos(self, photos: Sequence[tuple[int, Path, Path]]) -> None:
        """Tell the library what photos (id, file, written file) are like after we wrote into them; a sidecar changes
        nothing the library keeps, because an estimate of ours is no position of the photo's own."""
        embedded = [(photo_id, path) for photo_id, path, target in photos if target == path]
        if not embedded:
            return
        try:
            found = self._db.call(self._library.records, [photo_id for photo_id, _ in embedded], "")
        except KnownError as error:
            log.warning("photos not read after the write: %s", error.message)
            return
        known = {record.id: record.photo for record in found}
        changes = []
        for photo_id, path in embedded:
            try:
                photo = known.get(photo_id)
                facts = read_photo_facts(replace(photo, path=path)) if photo else read_facts(path)
                changes.append((photo_id, writer.identity_of(path), facts))
            except KnownError as error:
                log.warning("photo not read after the write: %s", error.message)
        try:
            self._db.call(self._library.rekey_all, changes)
        except KnownError as error:
            log.warning("photos not noted after the write: %s", error.message)

    def runs(self) -> list[Run]:
        """All runs, the newest first."""
        return self._db.call(self._library.journal.runs)

    def undo(
        self,
        run_id: str | None,
        report: Report,
        token: CancelToken | None = None,
        photos: Collection[int] | None = None,
    ) -> list[TagResult]:
        """Take back a run, or the newest one that still stands when ``run_id`` is None; of ``photos`` (ids) only, where
        given.

        Raises:
            MetadataError: there is no such run, or nothing of it stands.
        """
        runs = self.runs()
        run = next((run for run in runs if run.can_undo and (run_id is None or run.id == run_id)), None)
        entries = [] if run is None else self._db.call(self._library.journal.entries, run.id)
        entries = [e for e in entries if e.state is RunState.DONE and (photos is None or e.photo_id in photos)]
        if not entries:
            raise MetadataError(ErrorCode.RUN_UNKNOWN, run=run_id or "(newest)")
        return self._undo_entries(entries, report, token)

    def undo_folder(self, folder: Path, report: Report, token: CancelToken | None = None) -> list[TagResult]:
        """Take back everything that any run wrote for photos in ``folder`` and below it, the newest first."""
        entries = self._db.call(self._library.journal.standing_under, folder.absolute())
        return self._undo_entries(entries, report, token)

    def _undo_entries(
        self, entries: Sequence[JournalEntry], report: Report, token: CancelToken | None
    ) -> list[TagResult]:
        results: list[TagResult] = []
        # Backwards, because two writes may have gone into one file.
        for group in in_groups(entries[::-1], lambda entry: entry.target, lambda entry: len(entry.snapshot)):
            if token is not None and token.is_cancelled():
                break
            self._undo_group(group, report, token, results)
        return results

    def _undo_group(
        self, group: Sequence[JournalEntry], report: Report, token: CancelToken | None, results: list[TagResult]
    ) -> None:
        journal = self._library.journal
        self._db.call(journal.mark_all_undoing, [entry.id for entry in group])
        settled: list[Settled] = []
        undone: list[JournalEntry] = []
        try:
            for entry in group:
                if token is not None and token.is_cancelled():
                    settled.append(Settled(entry.id, RunState.DONE, error=entry.error))
                    continue
                result = self._undo_file(entry)
                settled.append(Settled(entry.id, result.state, error=str(result.error or "")))
                if result.error is None:
                    undone.append(entry)
                results.append(result)
                report(result)
        except Exception:
            self._db.call(journal.settle, settled)
            raise
        self._db.call(journal.settle, settled)
        self._refresh_photos([(entry.photo_id, entry.photo, entry.target) for entry in undone])

    @staticmethod
    def _undo_file(entry: JournalEntry) -> TagResult:
        assert entry.written is not None
        try:
            writer.undo_tag(entry.target, entry.snapshot, entry.written)
        except KnownError as error:
            return TagResult(entry.photo_id, entry.photo, entry.target, RunState.DONE, error)
        return TagResult(entry.photo_id, entry.photo, entry.target, RunState.UNDONE)

    def reconcile(self) -> list[TagResult]:
        """Settle writes and undos that a killed process left open; returns what became of them."""
        results = []
        for entry in self._db.call(self._library.journal.unfinished):
            results.append(self._reconcile_entry(entry))
            log.info("reconciled %s: %s", os.fsencode(entry.target.name), results[-1].state)
        return results

    def _reconcile_entry(self, entry: JournalEntry) -> TagResult:
        journal = self._library.journal
        try:
            writer.clean_temp_files(entry.target.parent)
            found = writer.inspect_pending(entry.target, entry.snapshot, entry.run_id)
        except KnownError as error:
            # The drive is away or the file unreadable: it stays open, and the next start looks again.
            return TagResult(entry.photo_id, entry.photo, entry.target, entry.state, error)
        if found is writer.PendingState.WRITTEN:
            # The planned identity, not the present one: if another program changed the file since, undo must refuse.
            self._db.call(journal.mark_done, entry.id, writer.planned_identity(entry.snapshot))
            state = RunState.DONE
        elif entry.state is RunState.UNDOING and found is writer.PendingState.NOT_WRITTEN:
            self._db.call(journal.mark_undone, entry.id)
            state = RunState.UNDONE
        elif entry.state is RunState.UNDOING:
            # Changed by somebody since the kill: undo will refuse and say so.
            self._db.call(journal.mark_still_done, entry.id, "changed since")
            state = RunState.DONE
        else:
            self._db.call(journal.mark_failed, entry.id, "the program ended before the file was written")
            state = RunState.FAILED
        if state is not RunState.FAILED:
            self._refresh_photos([(entry.photo_id, entry.photo, entry.target)])
        return TagResult(entry.photo_id, entry.photo, entry.target, state)
