"""Organising: preview, copy, move, collisions, and the way back, with everything that belongs to a photo."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from landmark_desktop.core.errors import ErrorCode, KnownError
from landmark_desktop.core.imported import FoundPlace, Imported
from landmark_desktop.core.review import Review, ReviewState
from landmark_desktop.core.transfer import TransferState
from landmark_desktop.services import transfer_files
from landmark_desktop.services.lanes import CancelToken
from landmark_desktop.services.organise_plan import Step
from landmark_desktop.services.organising import OrganisingService
from landmark_desktop.services.tagging import TaggingService, TagOptions
from landmark_desktop.store.library import Library
from landmark_desktop.store.transfers import TransferJournal
from tests.pictures import photo
from tests.unit.services.organise_desk import PARIS, Desk, Killed, ignore, no_links, other_disk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    made.close()


@pytest.fixture(params=["one disk", "two disks", "no hard links"])
def disks(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Ways in which a file can get to its new place."""
    ways: dict[str, Callable[[Path, Path], None]] = {"two disks": other_disk, "no hard links": no_links}
    if request.param in ways:
        monkeypatch.setattr(transfer_files, "link", ways[request.param])
    return str(request.param)


def test_a_plan_tells_everything_and_touches_nothing(desk: Desk) -> None:
    desk.write("IMG_1.jpg")
    desk.write("IMG_1.CR2")
    desk.write("IMG_1.jpg.xmp")
    before = desk.files()
    plan = desk.plan(desk.accepted())
    assert desk.files() == before
    assert list(desk.root.iterdir()) == []
    (item,) = plan.items
    assert item.step is Step.TRANSFER
    assert item.target == desk.root / PARIS / "IMG_1.jpg"
    assert [transfer.target.name for transfer in item.files] == ["IMG_1.jpg", "IMG_1.CR2", "IMG_1.jpg.xmp"]
    assert plan.needed == 0  # moved on one disk
    copy = desk.plan(desk.accepted(), moves=False)
    assert copy.needed == sum(len(content) for content in before.values())
    assert not copy.too_large


@pytest.mark.usefixtures("disks")
def test_a_photo_moves_with_all_its_files_its_row_and_its_review(desk: Desk) -> None:
    for name in ("IMG_1.jpg", "IMG_1.CR2", "IMG_1.jpg.xmp", "IMG_1.CR2.xmp", "IMG_1_01.jpg.xmp", "IMG_1.MOV"):
        desk.write(name)
    stranger = desk.write("notes.txt")
    before = desk.files(desk.folder)
    (record,) = desk.accepted()
    times = record.photo.path.stat().st_mtime_ns
    (result,) = desk.organise([record])
    assert (result.state, result.error) == (TransferState.DONE, None)
    assert list(desk.files(desk.folder)) == [stranger.name]
    moved = desk.files(desk.root / PARIS)
    assert moved == {name: content for name, content in before.items() if name != stranger.name}
    row = desk.row(record.id)
    assert row.photo.path == desk.root / PARIS / "IMG_1.jpg"
    assert row.photo.path.stat().st_mtime_ns == times
    assert (row.review, row.guesses) == (record.review, record.guesses)
    # A scan of the new place finds nothing new.
    (found,) = desk.records(desk.root)
    assert found == row
    assert [file.name for file in found.photo.companions] == ["IMG_1.CR2", "IMG_1.MOV"]


@pytest.mark.usefixtures("disks")
def test_a_run_is_taken_back_after_a_restart(desk: Desk) -> None:
    for name in ("IMG_1.jpg", "IMG_1.CR2", "IMG_1.xmp", "IMG_2.jpg"):
        desk.write(name)
    before = desk.files()
    records = desk.accepted()
    desk.organise(records)
    assert desk.reopen() == []
    (run,) = desk.service.runs()
    assert (run.done, run.failed, run.undone, run.moves, run.root) == (2, 0, 0, True, desk.root)
    results = desk.undo()
    assert [result.state for result in results] == [TransferState.UNDONE] * 2
    assert desk.files() == before
    assert list(desk.root.iterdir()) == []
    assert [desk.row(record.id) for record in records] == records
    (run,) = desk.service.runs()
    assert (run.done, run.undone, run.can_undo) == (0, 2, False)
    with pytest.raises(KnownError, match="no run"):
        desk.undo()


@pytest.mark.usefixtures("disks")
def test_copies_keep_times_permissions_and_the_review_and_go_away_again(desk: Desk) -> None:
    original = desk.write("IMG_1.jpg")
    desk.write("IMG_1.jpg.xmp")
    original.chmod(0o640)
    os.utime(original, ns=(1_600_000_000_000_000_000, 1_600_000_000_123_456_700))
    before = desk.files()
    (record,) = desk.accepted()
    (result,) = desk.organise([record], moves=False)
    assert result.state is TransferState.DONE
    copy = desk.root / PARIS / "IMG_1.jpg"
    assert {name: content for name, content in desk.files().items() if name.startswith("photos")} == before
    assert copy.read_bytes() == original.read_bytes()
    assert not copy.samefile(original)
    assert copy.stat().st_mtime_ns == original.stat().st_mtime_ns
    if sys.platform != "win32":
        assert copy.stat().st_mode == original.stat().st_mode
    (found,) = desk.records(desk.root)
    assert found.id != record.id
    assert (found.review, found.guesses) == (record.review, record.guesses)
    assert desk.row(record.id) == record
    assert [result.state for result in desk.undo()] == [TransferState.UNDONE]
    assert desk.files() == before
    assert list(desk.root.iterdir()) == []


@pytest.mark.skipif(not hasattr(os, "setxattr"), reason="no extended attributes here")
def test_copies_keep_extended_attributes(desk: Desk, tmp_path: Path) -> None:
    original = desk.write("IMG_1.jpg")
    try:
        os.setxattr(original, "user.rating", b"5")
    except OSError:
        pytest.skip("this file system has no extended attributes")
    desk.organise(moves=False)
    assert os.getxattr(desk.root / PARIS / "IMG_1.jpg", "user.rating") == b"5"


def test_the_same_photo_is_copied_once(desk: Desk) -> None:
    desk.write("IMG_1.jpg")
    desk.write("IMG_1.jpg.xmp")
    records = desk.accepted()
    desk.organise(records, moves=False)
    before = desk.files()
    desk.write("IMG_1.jpg.xmp", "changed since")  # the photo itself is the same
    (item,) = desk.plan(records, moves=False).items
    assert (item.step, item.target) == (Step.SAME, desk.root / PARIS / "IMG_1.jpg")
    assert desk.organise(records, moves=False) == []
    assert list(desk.files()) == list(before)


def test_another_photo_of_that_name_gets_a_number_and_all_its_files_alike(desk: Desk) -> None:
    desk.write("day1/IMG_1.jpg")
    desk.write("day2/IMG_1.jpg")
    desk.write("day2/IMG_1.NEF")
    desk.write("day2/IMG_1.jpg.xmp")
    plan = desk.plan(desk.accepted())
    assert [item.numbered for item in plan.items] == [False, True]
    desk.service.apply(plan, ignore)
    names = ["IMG_1 (2).NEF", "IMG_1 (2).jpg", "IMG_1 (2).jpg.xmp", "IMG_1.jpg"]
    assert sorted(desk.files(desk.root / PARIS)) == names
    first, second = desk.records(desk.root)
    assert [file.name for file in first.photo.companions] == ["IMG_1 (2).NEF"]
    assert second.photo.companions == ()
    desk.undo()
    assert sorted(desk.files()) == [
        f"photos/{name}" for name in ("day1/IMG_1.jpg", "day2/IMG_1.NEF", "day2/IMG_1.jpg", "day2/IMG_1.jpg.xmp")
    ]


@pytest.mark.parametrize("there", ["img_1.JPG", "IMG_1.CR2", "IMG_1.xmp", "IMG_1.jpg.xmp", "IMG_1_01.jpg.xmp"])
def test_a_photo_never_joins_files_that_are_not_its_own(desk: Desk, there: str) -> None:
    desk.write("IMG_1.jpg")
    stranger = desk.write(there, "a stranger", desk.root / PARIS)
    (result,) = desk.organise()
    assert result.target == desk.root / PARIS / "IMG_1 (2).jpg"
    assert stranger.read_text("utf-8") == "a stranger"


def test_folders_that_differ_in_case_or_accents_only_are_one(desk: Desk) -> None:
    desk.write("a.jpg")
    (desk.root / "FRANCE" / "I\u0302le-de-France").mkdir(parents=True)
    (result,) = desk.organise(template="{country}/{region}")
    assert result.target.parent == desk.root / "FRANCE" / "I\u0302le-de-France"


def test_a_photo_that_is_where_it_should_be_stays(desk: Desk) -> None:
    desk.write("a.jpg")
    (record,) = desk.accepted()
    desk.organise([record])
    (item,) = desk.plan([desk.row(record.id)]).items
    assert item.step is Step.THERE


def test_files_can_be_renamed_by_the_template(desk: Desk) -> None:
    desk.write("IMG_1.jpg")
    desk.write("IMG_1.CR2")
    desk.write("IMG_1_01.jpg.xmp")
    desk.organise(template="{country}/{year}-{month}-{day} {file}")
    names = ["2024-05-01 IMG_1.CR2", "2024-05-01 IMG_1.jpg", "2024-05-01 IMG_1_01.jpg.xmp"]
    assert sorted(desk.files(desk.root / "France")) == names
    desk.undo()
    assert sorted(desk.files(desk.folder)) == ["IMG_1.CR2", "IMG_1.jpg", "IMG_1_01.jpg.xmp"]


def test_photos_without_a_place_go_where_the_template_says(desk: Desk) -> None:
    photo(desk.folder / "never_opened.jpg", size=(60, 40), taken_at=None)
    (result,) = desk.organise(desk.records())
    assert result.target == desk.root / "Unknown place" / "Unknown date" / "never_opened.jpg"


def test_a_place_that_stands_in_the_files_names_folders_too(desk: Desk) -> None:
    desk.write("a.jpg")
    (record,) = desk.accepted(None)
    place = FoundPlace("Palace of the Popes", city="Avignon", country="France")
    desk.db.call(desk.library.take_over, [(record.id, Imported(place=place))])
    (item,) = desk.plan([record], template="{country}/{city}/{landmark}").items
    assert item.target == desk.root / "France" / "Avignon" / "Palace of the Popes" / "a.jpg"


def test_what_another_program_works_on_is_left_to_it(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.write("a.jpg")
    plan = desk.plan(desk.accepted())
    second = Library.open(desk.library_path)
    results: list[object] = []

    def meanwhile(jobs: object) -> None:
        service = OrganisingService(_Inline(), second, None)  # type: ignore[arg-type]
        results.extend(service.reconcile())
        raise Killed

    monkeypatch.setattr(desk.service._mover, "settle_placed", meanwhile)
    with pytest.raises(Killed):
        desk.service.apply(plan, ignore)
    assert results == []
    second.close()
    monkeypatch.undo()
    assert [result.state for result in desk.reopen()] == [TransferState.FAILED]  # it has ended by now
    assert sorted(desk.files(desk.folder)) == ["a.jpg"]


class _Inline:
    """A lane that runs everything on the spot."""

    def call(self, function: Callable[..., object], *arguments: object) -> object:
        return function(*arguments)


def test_the_date_of_a_photo_that_was_never_opened_is_read(desk: Desk) -> None:
    from tests.unit.services.organise_desk import TAKEN

    photo(desk.folder / "a.jpg", size=(60, 40), taken_at=TAKEN)
    (result,) = desk.organise(desk.records(), template="{year}/{month}")
    assert result.target == desk.root / "2024" / "05" / "a.jpg"


def test_a_sidecar_that_serves_another_photo_too_is_copied(desk: Desk) -> None:
    desk.write("a.jpg")
    desk.write("a.tif")
    desk.write("a.xmp")
    records = [record for record in desk.accepted() if record.photo.path.suffix == ".jpg"]
    before = desk.files()
    desk.organise(records)
    assert sorted(desk.files(desk.root / PARIS)) == ["a.jpg", "a.xmp"]
    assert sorted(desk.files(desk.folder)) == ["a.tif", "a.xmp"]
    desk.undo()
    assert desk.files() == before


def test_places_written_into_a_moved_photo_can_still_be_taken_back(desk: Desk) -> None:
    photo(desk.folder / "a.jpg", size=(60, 40))
    (record,) = desk.accepted()
    before = desk.files()
    tagging = TaggingService(desk.db, desk.library, desk.bundle)
    tagging.apply(tagging.plan([record], TagOptions()), lambda _: None)
    assert sorted(desk.files(desk.folder)) == ["a.jpg", "a.jpg.xmp"]
    desk.organise([desk.row(record.id)])
    results = tagging.undo(None, lambda _: None)
    assert [result.error for result in results] == [None]
    assert sorted(desk.files(desk.root / PARIS)) == ["a.jpg"]
    desk.undo()
    assert desk.files() == before


def test_sidecars_that_came_since_go_back_with_the_photo(desk: Desk) -> None:
    desk.write("a.jpg")
    (record,) = desk.accepted()
    desk.organise([record], template="x/{file} 1")
    desk.write("a 1.jpg.xmp", "written since", desk.root / "x")
    desk.undo()
    assert desk.files() == {"photos/a.jpg": b"the content of a.jpg", "photos/a.jpg.xmp": b"written since"}
    assert desk.row(record.id).photo.path == record.photo.path


def test_a_moved_photo_goes_back_as_it_is_now(desk: Desk) -> None:
    desk.write("a.jpg")
    desk.organise()
    (desk.root / PARIS / "a.jpg").write_text("edited", "utf-8")
    assert [result.error for result in desk.undo()] == [None]
    assert desk.files() == {"photos/a.jpg": b"edited"}


@pytest.mark.parametrize("change", ["the copy", "a sidecar beside it"])
def test_a_copy_that_was_worked_on_stays(desk: Desk, change: str) -> None:
    desk.write("a.jpg")
    desk.organise(moves=False)
    copy = desk.root / PARIS / "a.jpg"
    desk.write("a.jpg" if change == "the copy" else "a.jpg.xmp", "work", copy.parent)
    (result,) = desk.undo()
    assert result.error is not None
    assert result.error.code is ErrorCode.COPY_CHANGED
    assert copy.exists()
    assert desk.service.runs()[0].can_undo


def test_undo_never_overwrites_what_took_the_old_place(desk: Desk) -> None:
    desk.write("a.jpg")
    desk.write("a.jpg.xmp")
    (record,) = desk.accepted()
    desk.organise([record])
    desk.write("a.jpg.xmp", "another one")
    (result,) = desk.undo()
    assert result.error is not None
    assert result.error.code is ErrorCode.TRANSFER_OCCUPIED
    assert sorted(desk.files(desk.root / PARIS)) == ["a.jpg", "a.jpg.xmp"]
    assert desk.files(desk.folder) == {"a.jpg.xmp": b"another one"}
    assert desk.row(record.id).photo.path == desk.root / PARIS / "a.jpg"


def test_the_old_folder_is_made_again_for_the_way_back(desk: Desk) -> None:
    desk.write("day1/a.jpg")
    before = desk.files()
    desk.organise()
    (desk.folder / "day1").rmdir()
    desk.undo()
    assert desk.files() == before


def test_a_run_whose_drive_is_away_is_not_taken_for_undone(desk: Desk) -> None:
    desk.write("a.jpg")
    desk.organise(moves=False)
    desk.root.rename(desk.root.with_name("away"))
    with pytest.raises(KnownError, match="not there"):
        desk.undo()
    desk.root.with_name("away").rename(desk.root)
    assert [result.state for result in desk.undo()] == [TransferState.UNDONE]


def test_some_photos_of_a_run_can_be_taken_back(desk: Desk) -> None:
    desk.write("a.jpg")
    desk.write("b.jpg")
    first, second = desk.accepted()
    desk.organise([first, second])
    desk.service.undo(None, ignore, photos={second.id})
    assert sorted(desk.files(desk.folder)) == ["b.jpg"]
    assert sorted(desk.files(desk.root / PARIS)) == ["a.jpg"]


# what goes wrong


def test_links_that_lead_out_of_the_chosen_folder_are_not_followed(desk: Desk, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (desk.root / "France").symlink_to(outside)
    (desk.root / "Inside").mkdir()
    desk.write("a.jpg")
    records = desk.accepted()
    (item,) = desk.plan(records).items
    assert item.error is not None
    assert item.error.code is ErrorCode.TRANSFER_OUTSIDE
    # Also where the link comes after the preview, and where it leads nowhere yet.
    (desk.root / "France").unlink()
    plan = desk.plan(records)
    (desk.root / "France").symlink_to(outside / "new")
    (result,) = desk.service.apply(plan, ignore)
    assert result.error is not None
    assert result.error.code is ErrorCode.TRANSFER_OUTSIDE
    assert list(outside.iterdir()) == []
    assert sorted(desk.files(desk.folder)) == ["a.jpg"]
    (desk.root / "France").unlink()
    (desk.root / "France").symlink_to(desk.root / "Inside")
    assert [result.error for result in desk.organise(records)] == [None]


@pytest.mark.usefixtures("disks")
@pytest.mark.parametrize("moves", [True, False])
def test_a_photo_whose_second_file_fails_is_where_it_was(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, moves: bool
) -> None:
    for name in ("a.jpg", "a.CR2", "b.jpg"):
        desk.write(name)
    records = desk.accepted()
    before = desk.files(desk.folder)
    plan = desk.plan(records, moves=moves)
    real = transfer_files._check_source

    def fail(transfer: transfer_files.Transfer) -> None:
        if transfer.source.name == "a.CR2":
            raise PermissionError(13, "no")
        real(transfer)

    monkeypatch.setattr(transfer_files, "_check_source", fail)
    failed, done = desk.service.apply(plan, ignore)
    assert (failed.state, done.state) == (TransferState.FAILED, TransferState.DONE)
    assert failed.error is not None
    assert failed.error.code is ErrorCode.TRANSFER_NO_PERMISSION
    assert sorted(desk.files(desk.root / PARIS)) == ["b.jpg"]
    assert {name: desk.files(desk.folder)[name] for name in ("a.jpg", "a.CR2")} == {
        name: before[name] for name in ("a.jpg", "a.CR2")
    }
    assert desk.row(records[0].id) == records[0]
    assert (desk.service.runs()[0].done, desk.service.runs()[0].failed) == (1, 1)


def test_a_copy_that_reads_back_differently_is_removed(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.write("a.jpg")
    records = desk.accepted()
    monkeypatch.setattr(transfer_files, "digest_of", lambda path, cancelled: "other")
    (result,) = desk.organise(records, moves=False)
    assert result.error is not None
    assert result.error.code is ErrorCode.TRANSFER_MISMATCH
    assert desk.files(desk.root) == {}


def test_a_file_that_changes_after_the_preview_stays(desk: Desk) -> None:
    path = desk.write("a.jpg")
    plan = desk.plan(desk.accepted())
    path.write_text("changed", "utf-8")
    (result,) = desk.service.apply(plan, ignore)
    assert result.error is not None
    assert result.error.code is ErrorCode.TRANSFER_CHANGED
    assert desk.files() == {"photos/a.jpg": b"changed"}


def test_a_file_that_takes_the_place_after_the_preview_is_not_overwritten(desk: Desk) -> None:
    desk.write("a.jpg")
    plan = desk.plan(desk.accepted())
    desk.write("a.jpg", "first", desk.root / PARIS)
    (result,) = desk.service.apply(plan, ignore)
    assert result.error is not None
    assert result.error.code is ErrorCode.TRANSFER_OCCUPIED
    assert desk.files() == {"photos/a.jpg": b"the content of a.jpg", f"sorted/{PARIS.as_posix()}/a.jpg": b"first"}


def test_links_are_copied_but_not_moved(desk: Desk, tmp_path: Path) -> None:
    real = desk.write("real.jpg", folder=tmp_path / "elsewhere")
    (desk.folder / "a.jpg").symlink_to(real)
    records = desk.accepted()
    (item,) = desk.plan(records).items
    assert item.error is not None
    assert item.error.code is ErrorCode.TRANSFER_LINK
    desk.organise(records, moves=False)
    copy = desk.root / PARIS / "a.jpg"
    assert not copy.is_symlink()
    assert copy.read_bytes() == real.read_bytes()


@pytest.mark.parametrize("moves", [True, False])
def test_names_are_on_the_disk_before_the_journal_relies_on_them_once_for_a_group(
    moves: bool, disks: str, *, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.jpg", "b.jpg", "c.jpg", "d.jpg"):
        desk.write(name)
    records = desk.accepted()
    (desk.root / PARIS).mkdir(parents=True)
    steps: list[str] = []
    settle = TransferJournal.settle

    def settled(journal: TransferJournal, states: list[tuple[int, TransferState, str]], **more: Any) -> None:
        steps.append(states[0][1].value)
        settle(journal, states, **more)

    monkeypatch.setattr(TransferJournal, "settle", settled)
    monkeypatch.setattr(transfer_files, "sync_folder", lambda folder: steps.append(folder.name))
    desk.organise(records, moves=moves)
    there, here = Path(PARIS).name, desk.folder.name
    if moves and disks == "no hard links":  # renamed: the old names go at once
        assert (sorted(steps[:2]), steps[2:]) == (sorted([there, here]), ["placed", "done"])
    else:
        assert steps == ([there, "placed", here, "done"] if moves else [there, "done"])


def test_an_original_that_cannot_be_removed_is_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    path = desk.write("a.jpg")
    (record,) = desk.accepted()

    def refuse(*_: object) -> None:
        raise PermissionError(13, "no")

    monkeypatch.setattr(transfer_files, "drop", refuse)
    (result,) = desk.organise([record])
    assert result.state is TransferState.DONE
    assert result.error is not None
    assert result.error.code is ErrorCode.ORIGINAL_LEFT
    assert path.exists()
    assert desk.row(record.id).photo.path == desk.root / PARIS / "a.jpg"


def test_cancelling_stops_before_the_next_photo(desk: Desk) -> None:
    for name in ("a.jpg", "b.jpg", "c.jpg"):
        desk.write(name)
    records = desk.accepted()
    plan = desk.plan(records)
    token = CancelToken()
    token.cancel()
    results = desk.service.apply(plan, ignore, token)
    assert [result.error.code for result in results if result.error] == [ErrorCode.CANCELLED] * 3
    assert sorted(desk.files(desk.folder)) == ["a.jpg", "b.jpg", "c.jpg"]
    assert desk.reopen() == []
    assert not desk.service.runs()[0].can_undo


def test_a_copy_under_way_can_be_cancelled(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.write("a.jpg", "x" * 5000)
    records = desk.accepted()
    token = CancelToken()
    monkeypatch.setattr(transfer_files, "CHUNK", 1000)
    monkeypatch.setattr(transfer_files, "exclusive", _cancelling(token, transfer_files.exclusive))
    (result,) = desk.organise(records, moves=False, token=token)
    assert result.error is not None
    assert result.error.code is ErrorCode.CANCELLED
    assert desk.files(desk.root) == {}


def _cancelling(token: CancelToken, real: Callable[[Path], object]) -> Callable[[Path], object]:
    def wrapped(path: Path) -> object:
        token.cancel()
        return real(path)

    return wrapped


def test_a_chosen_folder_on_a_drive_that_is_away_is_not_made_elsewhere(desk: Desk, tmp_path: Path) -> None:
    desk.write("a.jpg")
    records = desk.accepted()
    desk.root = tmp_path / "missing" / "drive"
    with pytest.raises(KnownError, match="not there"):
        desk.plan(records)
    desk.root = tmp_path / "new"
    assert [result.error for result in desk.organise(records)] == [None]
    desk.undo()
    assert not desk.root.exists()


def test_a_file_where_a_folder_should_be_is_told_on_the_photo(desk: Desk) -> None:
    desk.write("a.jpg")
    desk.write("France", folder=desk.root)
    (item,) = desk.plan(desk.accepted()).items
    assert item.error is not None
    assert "no folder" in item.error.message


def test_a_photo_that_is_gone_or_offline_is_told_and_the_others_go_on(desk: Desk) -> None:
    gone = desk.write("a.jpg")
    desk.write("b.jpg")
    desk.write("c.jpg")
    first, second, third = desk.accepted()
    gone.unlink()
    results = desk.organise([first, replace(second, offline=True), third])
    codes = [result.error.code if result.error else None for result in results]
    assert codes == [ErrorCode.FILE_MISSING, ErrorCode.DRIVE_AWAY, None]


def test_the_review_of_a_photo_follows_even_if_the_watcher_saw_it_first(desk: Desk) -> None:
    desk.write("a.jpg")
    (record,) = desk.accepted()
    plan = desk.plan([record])
    real = desk.service._mover.settle_placed

    def settle(jobs: list[object]) -> None:
        desk.records(desk.root)  # a scan between placing and journalling takes it for a copy
        real(jobs)  # type: ignore[arg-type]

    desk.service._mover.settle_placed = settle  # type: ignore[method-assign,assignment]
    desk.service.apply(plan, ignore)
    (found,) = desk.records(desk.root)
    assert (found.id, found.review) == (record.id, Review(ReviewState.ACCEPTED, "eiffel_tower"))


@pytest.mark.skipif(sys.platform != "linux", reason="names that are no UTF-8 exist on Linux only")
def test_names_that_are_no_utf_8_keep_their_bytes(desk: Desk) -> None:
    name = os.fsdecode(b"caf\xe9 \xff.jpg")
    desk.write(name)
    desk.organise()
    assert os.listdir(desk.root / PARIS) == [name]  # noqa: PTH208


@pytest.mark.skipif(sys.platform != "linux", reason="the limit of 255 bytes is Linux's")
def test_long_names_stay_below_the_limit_when_they_are_numbered(desk: Desk) -> None:
    name = "é" * 120 + "abcdefg.jpg"  # 251 bytes
    desk.write(f"a/{name}")
    desk.write(f"b/{name}", "another")
    results = desk.organise()
    assert [result.error for result in results] == [None, None]
    assert all(len(os.fsencode(result.target.name)) <= 255 for result in results)
    assert results[1].target.name.endswith(" (2).jpg")


def test_two_disks_for_real(tmp_path: Path) -> None:
    """Where the machine has a second file system at hand, without any pretence."""
    memory = Path("/dev/shm")
    if not memory.is_dir() or memory.stat().st_dev == tmp_path.stat().st_dev or not os.access(memory, os.W_OK):
        pytest.skip("there is no second file system at hand")
    desk = Desk(tmp_path)
    root = memory / f"landmark-desktop-test-{os.getpid()}"
    try:
        desk.root = root
        desk.write("a.jpg")
        desk.write("a.jpg.xmp")
        before = desk.files()
        plan = desk.plan(desk.accepted())
        assert plan.needed == sum(map(len, before.values()))
        assert [result.error for result in desk.service.apply(plan, ignore)] == [None]
        assert desk.files() == {}
        assert sorted(desk.files(root / PARIS)) == ["a.jpg", "a.jpg.xmp"]
        desk.undo()
        assert desk.files() == before
    finally:
        desk.close()
        shutil.rmtree(root, ignore_errors=True)
