"""Taking runs back, and writing them again, in groups of files whose journal entries are committed together."""

import contextlib
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from landmark_desktop.core.errors import ErrorCode, KnownError, MetadataError
from landmark_desktop.core.photo import FileIdentity, display_name
from landmark_desktop.core.tag import RunState
from landmark_desktop.metadata import writer
from landmark_desktop.services.groups import in_groups
from landmark_desktop.services.lanes import CancelToken, Lane
from landmark_desktop.services.tag_results import Report, Rewritten, TagResult, note_rewritten
from landmark_desktop.store.journal import JournalEntry, Settled
from landmark_desktop.store.library import Library


def standing(db: Lane, library: Library, run_id: str | None, photos: Collection[int] | None) -> list[JournalEntry]:
    """The writes of a run that stand, of the newest such run where ``run_id`` is None; of ``photos`` (ids) only, where
    given.

    Raises:
        MetadataError: there is no such run, or nothing of it stands.
    """
    runs = db.call(library.journal.runs)
    run = next((run for run in runs if run.can_undo and (run_id is None or run.id == run_id)), None)
    entries = [] if run is None else db.call(library.journal.entries, run.id)
    entries = [e for e in entries if e.state is RunState.DONE and (photos is None or e.photo_id in photos)]
    if not entries:
        raise MetadataError(ErrorCode.RUN_UNKNOWN, run=run_id or "(newest)")
    return entries


def undone(db: Lane, library: Library, run_id: str | None, photos: Collection[int] | None) -> list[JournalEntry]:
    """The writes of a run that were undone and can be made again, as :func:`standing`."""
    runs = db.call(library.journal.runs)
    run = next((run for run in runs if run.can_redo and (run_id is None or run.id == run_id)), None)
    entries = [] if run is None else db.call(library.journal.entries, run.id)
    entries = [e for e in entries if e.can_redo and (photos is None or e.photo_id in photos)]
    if not entries:
        raise MetadataError(ErrorCode.RUN_WITHOUT_UNDONE, run=run_id or "(newest)")
    return entries


def photo_ids(entries: Sequence[JournalEntry], run_id: str, files: Sequence[Path]) -> set[int]:
    """The ids of the photos of a run that these files, photos or sidecars, belong to.

    Raises:
        MetadataError: a file belongs to none of them.
    """
    found: set[int] = set()
    for file in files:
        path = file.absolute()
        ids = {entry.photo_id for entry in entries if path in (entry.photo, entry.target)}
        if not ids:
            raise MetadataError(ErrorCode.PHOTO_NOT_IN_RUN, name=display_name(file), run=run_id)
        found |= ids
    return found


def undo(
    db: Lane,
    library: Library,
    entries: Sequence[JournalEntry],
    report: Report,
    token: CancelToken | None,
    *,
    only_ours: bool = False,
) -> list[TagResult]:
    """Take back writes that stand, the newest first, because two may have gone into one file.

    A file that was changed since is left alone; with ``only_ours`` what we wrote is taken out of it.
    """
    results: list[TagResult] = []

    def tell(result: TagResult) -> None:
        results.append(result)
        report(result)

    for group in in_groups(entries[::-1], lambda entry: entry.target, lambda entry: len(entry.snapshot)):
        if token is not None and token.is_cancelled():
            break
        _undo_group(db, library, group, tell, token, only_ours=only_ours)
    return results


def redo(
    db: Lane, library: Library, entries: Sequence[JournalEntry], report: Report, token: CancelToken | None
) -> list[TagResult]:
    """Make writes again that were undone, in their first order. A file that was changed since is left alone."""
    results: list[TagResult] = []

    def tell(result: TagResult) -> None:
        results.append(result)
        report(result)

    for group in in_groups(entries, lambda entry: entry.target, lambda entry: len(entry.redo or b"")):
        if token is not None and token.is_cancelled():
            break
        steps = [_redo_step(entry) for entry in group]
        db.call(library.journal.mark_all_redoing, [entry.id for entry in group])
        _run_steps(db, library, steps, tell, token)
    return results


_Outcome = tuple[TagResult, Settled, Rewritten | None]


@dataclass(frozen=True, slots=True)
class _Step:
    """One file of a group that the journal knows of. ``untouched``: what the journal says if its turn does not come."""

    entry: JournalEntry
    act: Callable[[], _Outcome]
    untouched: Settled


def _undo_group(
    db: Lane,
    library: Library,
    group: Sequence[JournalEntry],
    tell: Report,
    token: CancelToken | None,
    *,
    only_ours: bool,
) -> None:
    opened = [_open_undo(entry, only_ours) for entry in group]
    steps = [found[0] for found in opened if not isinstance(found, TagResult)]
    if steps:
        marks = [(step.entry.id, redo) for step, redo in (f for f in opened if not isinstance(f, TagResult))]
        db.call(library.journal.mark_all_undoing, marks)
    for found in opened:
        if isinstance(found, TagResult):
            tell(found)
    _run_steps(db, library, steps, tell, token)


def _open_undo(entry: JournalEntry, only_ours: bool) -> tuple[_Step, bytes | None] | TagResult:
    """One undo, and what a redo will need: None where what we wrote is taken out of a changed file, or the file is back
    already."""
    written = entry.written
    assert written is not None
    try:
        redo_blob = writer.take_redo(entry.target, entry.snapshot, written)
    except KnownError as error:
        if not only_ours or error.code is not ErrorCode.UNDO_CHANGED:
            return TagResult(entry.photo_id, entry.photo, entry.target, RunState.DONE, error)
        return _step(entry, RunState.UNDONE, partial(_remove_ours, entry), None), None
    action = partial(writer.undo_tag, entry.target, entry.snapshot, written)
    return _step(entry, RunState.UNDONE, action, written, can_redo=redo_blob is not None), redo_blob


def _remove_ours(entry: JournalEntry) -> None:
    writer.remove_ours(entry.target, entry.snapshot, entry.run_id)


def _redo_step(entry: JournalEntry) -> _Step:
    assert entry.redo is not None
    before = None
    if entry.target == entry.photo:
        with contextlib.suppress(KnownError):  # redoing will say it
            before = writer.identity_of(entry.target)
    return _step(entry, RunState.DONE, partial(writer.redo_tag, entry.target, entry.snapshot, entry.redo), before)


def _step(
    entry: JournalEntry,
    becomes: RunState,
    action: Callable[[], FileIdentity | None],
    before: FileIdentity | None,
    *,
    can_redo: bool = False,
) -> _Step:
    """The step that leads from DONE to UNDONE or back. ``before`` is the photo's identity, where it is known."""
    was = RunState.DONE if becomes is RunState.UNDONE else RunState.UNDONE

    def act() -> _Outcome:
        try:
            after = action()
        except KnownError as error:
            kept = TagResult(entry.photo_id, entry.photo, entry.target, was, error, was is RunState.UNDONE)
            return kept, Settled(entry.id, was, error=str(error)), None
        result = TagResult(entry.photo_id, entry.photo, entry.target, becomes, can_redo=can_redo)
        written = after if becomes is RunState.DONE else None
        rewritten = None
        if entry.target == entry.photo and before is not None and after is not None:
            rewritten = Rewritten(entry.photo_id, before, after)
        return result, Settled(entry.id, becomes, written), rewritten

    return _Step(entry, act, Settled(entry.id, was, error=entry.error))


def _run_steps(db: Lane, library: Library, steps: Sequence[_Step], tell: Report, token: CancelToken | None) -> None:
    """Do one thing to each file of a group, and tell the journal what became of all of them."""
    settled: list[Settled] = []
    rewritten: list[Rewritten] = []
    touched: list[Path] = []
    try:
        for step in steps:
            if token is not None and token.is_cancelled():
                settled.append(step.untouched)
                continue
            result, known, noted = step.act()
            settled.append(known)
            if result.error is None:
                touched.append(step.entry.target)
            if noted is not None:
                rewritten.append(noted)
            tell(result)
    except Exception:
        # A bug: what is known of the group is kept; the next start finds out about the rest.
        db.call(library.journal.settle, settled)
        raise
    writer.make_lasting(touched)
    db.call(library.journal.settle, settled)
    note_rewritten(db, library, rewritten)
