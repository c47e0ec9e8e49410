"""Writing a planned run, in groups of files whose journal entries are committed together.

While a group is written, which is mostly waiting for the file system, the files of the next one are hashed: it is begun
before, unless it has to do with files of this one.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

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
    finish_snapshot: Callable[[], bytes]

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
        with writer.beside():
            groups = list(in_groups(items, lambda item: item.target, _old_size))
            ahead: list[_Opened | TagResult] = []

            def begin_next(index: int) -> None:
                nonlocal ahead
                apart = index < len(groups) and _are_apart(groups[index - 1], groups[index])
                ahead = [_open(item, token) for item in groups[index]] if apart else []

            for index, group in enumerate(groups):
                begun = ahead or [_open(item, token) for item in group]
                follow = partial(begin_next, index + 1)
                _write_group(db, library, begun, plan.options, tell, token=token, meanwhile=follow)
    finally:
        writer.forget_snapshots()
    return results


def _are_apart(group: Sequence[PlannedTag], other: Sequence[PlannedTag]) -> bool:
    """True if no file of a group can belong to a photo of another: none is called the same but for its endings."""

    def names(items: Sequence[PlannedTag]) -> set[tuple[Path, str]]:
        paths = [path for item in items for path in (item.path, item.target)]
        return {(path.parent, path.name.casefold().partition(".")[0]) for path in paths}

    return names(group).isdisjoint(names(other))


def _old_size(item: PlannedTag) -> int:
    identity = item.change.target_identity if item.change is not None else None
    return identity.size if identity is not None else 0


def _write_group(
    db: Lane,
    library: Library,
    begun: Sequence[_Opened | TagResult],
    options: TagOptions,
    tell: Report,
    *,
    token: CancelToken | None,
    meanwhile: Callable[[], None],
) -> None:
    """Write changes of different files: all are in the journal before the first, and settled after the last.
    ``meanwhile`` is called between."""
    journal = library.journal
    opened, snapshots = _with_snapshots(begun)
    try:
        ids = db.call(journal.add_all_pending, snapshots)
    except KnownError as error:
        opened = [w.result(RunState.FAILED, error) if isinstance(w, _Opened) else w for w in opened]
        ids = []
    left = iter(ids)
    settled: list[Settled] = []
    written: list[_Opened] = []
    rewritten: list[Rewritten] = []
    try:
        meanwhile()
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


def _with_snapshots(
    begun: Sequence[_Opened | TagResult],
) -> tuple[list[_Opened | TagResult], list[tuple[int, TagChange, bytes]]]:
    """Finish the snapshots of a group, for the journal; a photo whose snapshot fails has that as its result."""
    opened: list[_Opened | TagResult] = []
    snapshots = []
    for found in begun:
        if isinstance(found, _Opened):
            try:
                snapshots.append((found.record.id, found.change, found.finish_snapshot()))
            except KnownError as error:
                opened.append(found.result(RunState.FAILED, error))
                continue
        opened.append(found)
    return opened, snapshots


def _open(item: PlannedTag, token: CancelToken | None) -> _Opened | TagResult:
    """Begin the snapshot of one change, or tell why there is nothing to write."""
    path, change = item.path, item.change
    if change is None:
        return TagResult(item.record.id, path, path, RunState.FAILED, item.error)
    if token is not None and token.is_cancelled():
        return TagResult(item.record.id, path, change.target, RunState.FAILED, cancelled(path))
    try:
        return _Opened(item.record, change, writer.begin_snapshot(change))
    except KnownError as error:
        return TagResult(item.record.id, change.request.photo_path, change.target, RunState.FAILED, error)
