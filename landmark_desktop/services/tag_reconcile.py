"""Settling what a killed process left open: writes, undos and redos whose end the journal does not know."""

import logging
import os
from dataclasses import replace

from landmark_desktop.core.errors import KnownError, photo_error_from_os
from landmark_desktop.core.tag import RunState
from landmark_desktop.metadata import writer
from landmark_desktop.metadata.reader import read_facts, read_photo_facts
from landmark_desktop.metadata.writer import PendingState
from landmark_desktop.services.lanes import Lane
from landmark_desktop.services.tag_results import TagResult
from landmark_desktop.store.journal import JournalEntry, Settled
from landmark_desktop.store.library import Library

log = logging.getLogger(__name__)


def reconcile(db: Lane, library: Library) -> list[TagResult]:
    """Settle writes, undos and redos whose program ended before it could tell; returns what became of them.

    Those of another program that lives and uses the same library are left to it.
    """
    results = []
    for entry in db.call(library.journal.claim_unfinished):
        results.append(_reconcile_entry(db, library, entry))
        log.info("reconciled %s: %s", os.fsencode(entry.target.name), results[-1].state)
    return results


def _reconcile_entry(db: Lane, library: Library, entry: JournalEntry) -> TagResult:
    try:
        writer.clean_temp_files(entry.target.parent)
        found = writer.inspect_pending(entry.target, entry.snapshot, entry.run_id)
    except KnownError as problem:
        # The drive is away or the file unreadable: it stays open, and the next start looks again.
        return TagResult(entry.photo_id, entry.photo, entry.target, entry.state, problem)
    error = photo_error_from_os(FileNotFoundError(), entry.target) if found is PendingState.MISSING else None
    settled = _settle(entry, found, error)
    db.call(library.journal.settle, [settled])
    if entry.target == entry.photo and found in (PendingState.WRITTEN, PendingState.NOT_WRITTEN):
        _reread(db, library, entry)
    return TagResult(entry.photo_id, entry.photo, entry.target, settled.state, error)


def _settle(entry: JournalEntry, found: PendingState, error: KnownError | None) -> Settled:
    """What the journal has to say of an entry, by what its file looks like."""
    undoing, redoing = entry.state is RunState.UNDOING, entry.redo is not None
    if found is PendingState.WRITTEN:
        # The planned identity, not the present one: if another program changed the file since, undo must refuse.
        return Settled(entry.id, RunState.DONE, writer.planned_identity(entry.snapshot))
    if undoing and (found is PendingState.NOT_WRITTEN or (found is PendingState.SOMETHING_ELSE and not redoing)):
        # Without a redo, what we wrote was being taken out of a changed file; its mark is gone, and so is the rest.
        return Settled(entry.id, RunState.UNDONE)
    if undoing:
        # Changed or removed by somebody since the kill: the undo did not happen, and another one will say so.
        return Settled(entry.id, RunState.DONE, error=str(error or "changed since"))
    if redoing:
        return Settled(entry.id, RunState.UNDONE, error=str(error or "the program ended before the file was written"))
    return Settled(entry.id, RunState.FAILED, error=str(error or "the program ended before the file was written"))


def _reread(db: Lane, library: Library, entry: JournalEntry) -> None:
    """Tell the library what the photo is like that we wrote into, so that it is not classified again."""
    try:
        known = db.call(library.records, [entry.photo_id], "")
        photo = known[0].photo if known else None
        facts = read_photo_facts(replace(photo, path=entry.photo)) if photo else read_facts(entry.photo)
        db.call(library.rekey_all, [(entry.photo_id, writer.identity_of(entry.photo), facts)])
    except KnownError as error:
        log.warning("a photo was not noted after the write: %s", error.message)
