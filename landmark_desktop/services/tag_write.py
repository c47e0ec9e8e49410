"""Writing a planned run, in groups of files whose journal entries are committed together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from landmark_desktop.core.errors import KnownError
from landmark_desktop.core.photo import FileIdentity
from landmark_desktop.core.record import PhotoRecord
from landmark_desktop.core.tag import RunState, TagChange
from landmark_desktop.metadata import writer
from landmark_desktop.services.groups import in_groups
from landmark_desktop.services.lanes import CancelToken, Lane
from landmark_desktop.services.tag_plan import Plan, PlannedTag, TagOptions
from landmark_desktop.services.tag_results import Report, Rewritten, TagResult, cancelled, note_rewritten
from landmark_desktop.store.journal import Settled
from landmark_desktop.store.library import Library


@dataclass(frozen=True, slots=True)
class _Opened:
    """A change that is about to be written, with what its undo needs."""

    record: PhotoRecord
    change: TagChange
    snapshot: bytes

    def result(self, state: RunState, error: KnownError | None = None) -> TagResult:
        return TagResult(self.record.id, self.change.request.photo_path, self.change.target, state, error)

    def rewritten(self, identity: FileIdentity) -> Rewritten | None:
        """What the library has to know, where the photo itself was written."""
        if self.change.target != self.change.request.photo_path:
            return None
        return Rewritten(self.record.id, self.change.photo_identity, identity)


def write_plan(db: Lane, library: Library, plan: Plan, report: Report, token: CancelToken | None) -> list[TagResult]:
    """Write a plan. A photo that fails keeps its file as it was; the others go on.

    Raises:
        LibraryError: the run cannot be journalled; nothing was written.
    """
    results: list[TagResult] = []

    def tell(result: TagResult) -> None:
        results.append(result)
        report(result)

    if plan.writes:
        db.call(library.journal.begin_run, plan.run_id, datetime.now(UTC).replace(microsecond=0))
    items = [item for item in plan.items if item.is_due]
    try:
        for group in in_groups(items, lambda item: item.target, _old_size):
            _write_group(db, library, group, plan.options, tell, token=token)
    finally:
        writer.forget_snapshots()
    return results


def _old_size(item: PlannedTag) -> int:
    identity = item.change.target_identity if item.change is not None else None
    return identity.size if identity is not None else 0


def _write_group(
    db: Lane,
    library: Library,
    group: Sequence[PlannedTag],
    options: TagOptions,
    tell: Report,
    *,
    token: CancelToken | None,
) -> None:
    """Write changes of different files: all are in the journal before the first, and settled after the last."""
    journal = library.journal
    opened = [_open(item, token) for item in group]
    writes = [found for found in opened if isinstance(found, _Opened)]
    try:
        ids = db.call(journal.add_all_pending, [(w.record.id, w.change, w.snapshot) for w in writes])
    except KnownError as error:
        opened = [w.result(RunState.FAILED, error) if isinstance(w, _Opened) else w for w in opened]
        ids = []
    left = iter(ids)
    settled: list[Settled] = []
    written: list[_Opened] = []
    rewritten: list[Rewritten] = []
    try:
        for found in opened:
            if not isinstance(found, _Opened):
                tell(found)
                continue
            entry = next(left)
            if token is not None and token.is_cancelled():
                settled.append(Settled(entry, RunState.PENDING))
                tell(found.result(RunState.FAILED, cancelled(found.change.request.photo_path)))
                continue
            try:
                identity = writer.write_tag(found.change, keep_mtime=options.keep_mtime)
            except KnownError as error:
                settled.append(Settled(entry, RunState.FAILED, error=str(error)))
                tell(found.result(RunState.FAILED, error))
                continue
            settled.append(Settled(entry, RunState.DONE, identity))
            written.append(found)
            noted = found.rewritten(identity)
            if noted is not None:
                rewritten.append(noted)
            tell(found.result(RunState.DONE))
    except Exception:
        # A bug: what is known of the group is kept; the next start finds out about the rest.
        db.call(journal.settle, settled)
        raise
    writer.make_lasting(found.change.target for found in written)
    db.call(journal.settle, settled)
    note_rewritten(db, library, rewritten)


def _open(item: PlannedTag, token: CancelToken | None) -> _Opened | TagResult:
    """Take the snapshot of one change, or tell why there is nothing to write."""
    path, change = item.path, item.change
    if change is None:
        return TagResult(item.record.id, path, path, RunState.FAILED, item.error)
    if token is not None and token.is_cancelled():
        return TagResult(item.record.id, path, change.target, RunState.FAILED, cancelled(path))
    try:
        return _Opened(item.record, change, writer.take_snapshot(change))
    except KnownError as error:
        return TagResult(item.record.id, change.request.photo_path, change.target, RunState.FAILED, error)
