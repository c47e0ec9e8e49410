"""The journal of writes into users' files."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from landmark_desktop.core.photo import FileIdentity
from landmark_desktop.core.record import FileEntry, PhotoRecord
from landmark_desktop.core.tag import FieldChange, ReviewedBy, RunState, TagChange, TagRequest, WriteMode
from landmark_desktop.store.library import Library
from tests.bundles import EIFFEL, PETRA

START = datetime(2024, 5, 1, 10, tzinfo=UTC)
WRITTEN = FileIdentity(10, 20, "abc")


@pytest.fixture
def record(library: Library, tmp_path: Path) -> PhotoRecord:
    return library.sync_folder(tmp_path, [FileEntry("a.jpg", 1, 1)], "bundle")[0]


def change(record: PhotoRecord, run_id: str, landmark: str = "eiffel_tower") -> TagChange:
    request = TagRequest(
        photo_path=record.photo.path,
        landmark=EIFFEL if landmark == "eiffel_tower" else PETRA,
        bundle_id="colours",
        bundle_version="1.0",
        confidence=0.9,
        reviewed_by=ReviewedBy.USER,
        taken_here=True,
        run_id=run_id,
        time=START,
    )
    sidecar = record.photo.path.with_name("a.jpg.xmp")
    fields = (FieldChange("Xmp.photoshop.City", "", "Paris"),)
    return TagChange(request, sidecar, False, fields, FileIdentity(1, 1, "k"), None)


def tagged(library: Library, record: PhotoRecord) -> str | None:
    return library.records([record.id], "bundle")[0].tagged


def test_a_pending_write_is_unfinished_until_it_is_done(library: Library, record: PhotoRecord) -> None:
    library.journal.begin_run("r1", START)
    entry_id = library.journal.add_pending(record.id, change(record, "r1"), b"before")
    (entry,) = library.journal.unfinished()
    assert (entry.id, entry.state, entry.snapshot, entry.mode) == (
        entry_id,
        RunState.PENDING,
        b"before",
        WriteMode.SIDECAR,
    )
    assert entry.fields == (FieldChange("Xmp.photoshop.City", "", "Paris"),)
    assert tagged(library, record) is None
    library.journal.mark_done(entry_id, WRITTEN)
    assert library.journal.unfinished() == []
    (entry,) = library.journal.entries("r1")
    assert (entry.state, entry.written) == (RunState.DONE, WRITTEN)
    assert tagged(library, record) == "eiffel_tower"


def test_a_failed_write_leaves_the_photo_untagged(library: Library, record: PhotoRecord) -> None:
    library.journal.begin_run("r1", START)
    entry_id = library.journal.add_pending(record.id, change(record, "r1"), b"")
    library.journal.mark_failed(entry_id, "the disk is full")
    (entry,) = library.journal.entries("r1")
    assert (entry.state, entry.error) == (RunState.FAILED, "the disk is full")
    assert tagged(library, record) is None
    assert not library.journal.runs()[0].can_undo


def test_undo_brings_back_the_landmark_of_the_run_before(library: Library, record: PhotoRecord) -> None:
    for run_id, landmark in (("r1", "eiffel_tower"), ("r2", "petra")):
        library.journal.begin_run(run_id, START)
        library.journal.mark_done(
            library.journal.add_pending(record.id, change(record, run_id, landmark), b""), WRITTEN
        )
    assert tagged(library, record) == "petra"
    (entry,) = library.journal.entries("r2")
    library.journal.mark_all_undoing([(entry.id, b"redo")])
    assert [open_.id for open_ in library.journal.unfinished()] == [entry.id]
    library.journal.mark_undone(entry.id)
    assert tagged(library, record) == "eiffel_tower"


def test_an_undo_that_is_refused_leaves_the_write_standing(library: Library, record: PhotoRecord) -> None:
    library.journal.begin_run("r1", START)
    entry_id = library.journal.add_pending(record.id, change(record, "r1"), b"")
    library.journal.mark_done(entry_id, WRITTEN)
    library.journal.mark_all_undoing([(entry_id, b"redo")])
    library.journal.mark_still_done(entry_id, "changed since")
    (entry,) = library.journal.entries("r1")
    assert (entry.state, entry.error, entry.written) == (RunState.DONE, "changed since", WRITTEN)
    assert tagged(library, record) == "eiffel_tower"


def test_runs_are_listed_newest_first_with_their_counts(library: Library, record: PhotoRecord, tmp_path: Path) -> None:
    journal = library.journal
    for number in range(2):
        journal.begin_run(f"r{number}", START + timedelta(hours=number))
    done = journal.add_pending(record.id, change(record, "r0"), b"")
    journal.mark_done(done, WRITTEN)
    failed = journal.add_pending(record.id, change(record, "r0"), b"")
    journal.mark_failed(failed, "no")
    newest, oldest = journal.runs()
    assert (newest.id, newest.photos, newest.can_undo) == ("r1", 0, False)
    assert (oldest.photos, oldest.done, oldest.failed, oldest.undone) == (2, 1, 1, 0)
    assert oldest.folders == (str(tmp_path),)
    assert oldest.can_undo


def test_the_journal_survives_a_restart(library: Library, record: PhotoRecord) -> None:
    library.journal.begin_run("r1", START)
    library.journal.add_pending(record.id, change(record, "r1"), b"\x00before\xff")
    path = library.path
    library.close()
    reopened = Library.open(path)
    (entry,) = reopened.journal.unfinished()
    reopened.close()
    assert (entry.run_id, entry.photo, entry.snapshot) == ("r1", record.photo.path, b"\x00before\xff")
