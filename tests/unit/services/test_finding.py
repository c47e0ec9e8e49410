"""The workspace on folders that change, pairs of files, and drives that go away and come back."""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from landmark_desktop.core.errors import ErrorCode
from landmark_desktop.core.photo import PHOTO_SUFFIXES
from landmark_desktop.core.record import FileEntry
from landmark_desktop.core.review import Review, ReviewState
from landmark_desktop.core.volume import Volume
from landmark_desktop.services import watcher
from tests.bundles import COLOURS, colour_picture
from tests.pictures import save
from tests.unit.services.test_workspace import TIMEOUT_MS, Desk

ACCEPTED = Review(ReviewState.ACCEPTED, "petra")


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    # A look that a busy machine slows down would otherwise put off the next one by twenty times as long.
    monkeypatch.setattr(watcher, "POLL_SHARE", 0)
    for name, seconds in (("DEBOUNCE_S", 0.02), ("SETTLE_S", 0.05), ("POLL_S", 0.05), ("RETURN_S", 0.05)):
        monkeypatch.setattr(watcher, name, seconds)
    made = Desk(tmp_path)
    yield made
    made.classifier.gate.set()
    made.workspace.close()


def names(desk: Desk) -> list[str]:
    return [record.photo.path.relative_to(desk.folder).as_posix() for record in desk.workspace.records()]


def wait_names(desk: Desk, qtbot: QtBot, *expected: str) -> None:
    qtbot.waitUntil(lambda: names(desk) == list(expected), timeout=TIMEOUT_MS)


def photo(path: Path, landmark: str = "eiffel_tower", seed: int = 0) -> Path:
    return save(path, colour_picture(COLOURS[landmark], seed=seed))


def test_a_photo_that_appears_is_shown_at_its_place_and_classified(desk: Desk, qtbot: QtBot) -> None:
    photo(desk.folder / "a.png", seed=1)
    photo(desk.folder / "c.png", seed=2)
    desk.open(qtbot)
    photo(desk.folder / "b.png", "petra")
    wait_names(desk, qtbot, "a.png", "b.png", "c.png")
    qtbot.waitUntil(lambda: desk.record("b.png").guesses is not None, timeout=TIMEOUT_MS)
    assert desk.workspace.progress.done == desk.workspace.progress.total


def test_a_photo_that_is_rewritten_in_place_is_read_again(desk: Desk, qtbot: QtBot) -> None:
    path = photo(desk.folder / "a.png")
    desk.open(qtbot)
    before = desk.record("a.png")
    desk.workspace.reviews.accept([before.id], "petra")
    path.write_bytes(photo(desk.folder.parent / "other.png", "taj_mahal").read_bytes())

    def is_read_again() -> bool:
        guesses = desk.record("a.png").guesses
        return guesses is not None and guesses.top[0].landmark_id == "taj_mahal"

    qtbot.waitUntil(is_read_again, timeout=TIMEOUT_MS)
    assert (desk.record("a.png").id, desk.record("a.png").review) == (before.id, ACCEPTED)


def test_a_photo_that_is_deleted_goes_and_its_answers_can_still_be_undone(desk: Desk, qtbot: QtBot) -> None:
    desk.fill(3)
    desk.open(qtbot)
    gone = desk.record("001.png")
    desk.workspace.reviews.accept([gone.id], "petra")
    removed: list[int] = []
    desk.workspace.photos_removed.connect(removed.extend)
    gone.photo.path.unlink()
    wait_names(desk, qtbot, "000.png", "002.png")
    assert removed == [gone.id]
    assert desk.workspace.reviews.undo() == [gone.id]
    assert desk.workspace.pending_tags() == []


def test_a_photo_that_is_renamed_keeps_its_review(desk: Desk, qtbot: QtBot) -> None:
    desk.fill(2)
    desk.open(qtbot)
    before = desk.record("000.png")
    desk.workspace.reviews.accept([before.id], "petra")
    before.photo.path.rename(desk.folder / "z.png")
    wait_names(desk, qtbot, "001.png", "z.png")
    assert (desk.record("z.png").id, desk.record("z.png").review) == (before.id, ACCEPTED)
    assert sum(desk.classifier.batches) == 2


def test_folders_that_appear_move_and_vanish_are_followed(desk: Desk, qtbot: QtBot) -> None:
    desk.fill(1)
    desk.open(qtbot)
    photo(desk.folder / "day 1" / "morning" / "a.png")
    wait_names(desk, qtbot, "000.png", "day 1/morning/a.png")
    desk.wait_idle(qtbot)
    before = desk.workspace.records()[1]
    desk.workspace.reviews.accept([before.id], "petra")
    (desk.folder / "day 1").rename(desk.folder / "day 2")
    wait_names(desk, qtbot, "000.png", "day 2/morning/a.png")
    assert desk.workspace.records()[1].review == ACCEPTED
    photo(desk.folder / "day 2" / "morning" / "b.png", seed=5)
    wait_names(desk, qtbot, "000.png", "day 2/morning/a.png", "day 2/morning/b.png")
    shutil.rmtree(desk.folder / "day 2")
    wait_names(desk, qtbot, "000.png")


def test_changes_of_a_folder_that_is_no_longer_open_are_not_told(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    desk.fill(1)
    photo(tmp_path / "other" / "b.png", "petra")
    desk.open(qtbot)
    finder = desk.workspace._finder
    order = desk.workspace.photos.folders()[0][1]
    desk.open(qtbot, tmp_path / "other")
    finder.found(desk.folder, order, (), None)
    late = photo(desk.folder / "late.png", seed=3)
    finder.found(desk.folder, order, (FileEntry(late.name, late.stat().st_size, late.stat().st_mtime_ns),), None)
    finder.scan(desk.folder / "sub", order)
    photo(tmp_path / "other" / "c.png", "petra", seed=4)
    qtbot.waitUntil(lambda: len(desk.workspace.photos) >= 2, timeout=TIMEOUT_MS)
    assert [record.photo.path.name for record in desk.workspace.records()] == ["b.png", "c.png"]


def test_a_file_that_is_still_growing_is_not_shown_as_broken(desk: Desk, qtbot: QtBot) -> None:
    desk.fill(1)
    desk.open(qtbot)
    data = photo(desk.folder.parent / "whole.png", "petra").read_bytes()
    broken: list[str] = []

    def look(ids: list[int]) -> None:
        broken.extend(record.photo.name for record in map(desk.workspace.record, ids) if record.error is not None)

    desk.workspace.photos_changed.connect(look)
    with (desk.folder / "slow.png").open("wb") as file:
        for start in range(0, len(data), 200):
            file.write(data[start : start + 200])
            file.flush()
            qtbot.wait(10)
    wait_names(desk, qtbot, "000.png", "slow.png")
    qtbot.waitUntil(lambda: desk.record("slow.png").guesses is not None, timeout=TIMEOUT_MS)
    assert broken == []


@pytest.mark.skipif(".cr2" not in PHOTO_SUFFIXES, reason="raw files are not read in this version")
def test_a_raw_file_and_its_jpeg_are_one_tile_whichever_comes_first(desk: Desk, qtbot: QtBot) -> None:
    raw = desk.folder / "IMG_1.CR2"
    photo(desk.folder / "other.png")
    raw.write_bytes(b"II*\0 no picture that any decoder knows")
    desk.open(qtbot)
    alone = desk.record("IMG_1.CR2")
    desk.workspace.reviews.accept([alone.id], "petra")
    save(desk.folder / "img_1.jpg", colour_picture(COLOURS["petra"]))
    wait_names(desk, qtbot, "img_1.jpg", "other.png")
    qtbot.waitUntil(lambda: desk.record("img_1.jpg").guesses is not None, timeout=TIMEOUT_MS)
    pair = desk.record("img_1.jpg")
    assert (pair.id, pair.review, pair.error) == (alone.id, ACCEPTED, None)
    assert pair.photo.files == (desk.folder / "img_1.jpg", raw)
    (desk.folder / "img_1.jpg").unlink()
    wait_names(desk, qtbot, "IMG_1.CR2", "other.png")
    assert (desk.record("IMG_1.CR2").id, desk.record("IMG_1.CR2").review) == (alone.id, ACCEPTED)


def test_a_live_photo_is_one_tile(desk: Desk, qtbot: QtBot) -> None:
    save(desk.folder / "IMG_1.jpg", colour_picture(COLOURS["petra"]))
    (desk.folder / "IMG_1.MOV").write_bytes(b"film")
    (desk.folder / "MVI_2.MOV").write_bytes(b"film")
    desk.open(qtbot)
    (record,) = desk.workspace.records()
    assert [path.name for path in record.photo.files] == ["IMG_1.jpg", "IMG_1.MOV"]


class Drive:
    """A folder that can be unplugged: its volume is away, its files cannot be reached."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._folder = folder
        self._elsewhere = folder.with_name("unplugged")
        self._away = False
        monkeypatch.setattr(Volume, "is_away", lambda _: self._away)

    def unplug(self) -> None:
        self._away = True
        self._folder.rename(self._elsewhere)

    def plug_in(self) -> None:
        self._elsewhere.rename(self._folder)
        self._away = False


def test_photos_of_a_drive_that_is_unplugged_are_offline_and_come_back(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    drive = Drive(desk.folder, monkeypatch)
    desk.fill(2)
    photo(desk.folder / "sub" / "a.png", seed=9)
    desk.open(qtbot)
    before = desk.workspace.records()
    drive.unplug()
    qtbot.waitUntil(lambda: all(r.offline for r in desk.workspace.records()), timeout=TIMEOUT_MS)
    assert [record.id for record in desk.workspace.records()] == [record.id for record in before]
    assert all(record.guesses is not None for record in desk.workspace.records())
    assert [problem.code for problem in desk.problems] == [ErrorCode.DRIVE_AWAY]
    desk.workspace.reviews.accept([before[0].id], "petra")
    drive.plug_in()
    qtbot.waitUntil(lambda: not any(r.offline for r in desk.workspace.records()), timeout=TIMEOUT_MS)
    assert [record.id for record in desk.workspace.records()] == [record.id for record in before]
    assert desk.workspace.records()[0].review == ACCEPTED


def test_a_folder_on_a_drive_that_is_away_opens_from_the_library(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    drive = Drive(desk.folder, monkeypatch)
    desk.fill(2)
    photo(desk.folder / "sub" / "a.png", seed=9)
    desk.open(qtbot)
    desk.workspace.close()
    drive.unplug()
    desk.start()
    with qtbot.waitSignal(desk.workspace.scan_finished, timeout=TIMEOUT_MS) as finished:
        desk.workspace.open([desk.folder])
    assert finished.args is not None
    assert [error.code for error in finished.args[0].errors] == [ErrorCode.DRIVE_AWAY]
    assert names(desk) == ["000.png", "001.png", "sub/a.png"]
    assert all(record.offline and record.guesses is not None for record in desk.workspace.records())
    assert desk.workspace.unclassified == 0
    drive.plug_in()
    photo(desk.folder / "002.png", seed=20)
    wait_names(desk, qtbot, "000.png", "001.png", "002.png", "sub/a.png")
    qtbot.waitUntil(lambda: not any(r.offline for r in desk.workspace.records()), timeout=TIMEOUT_MS)


def test_a_folder_that_was_deleted_is_missing_and_not_offline(desk: Desk, qtbot: QtBot) -> None:
    desk.fill(2)
    desk.open(qtbot)
    shutil.rmtree(desk.folder)
    qtbot.waitUntil(lambda: desk.workspace.records() == [], timeout=TIMEOUT_MS)
    with qtbot.waitSignal(desk.workspace.scan_finished, timeout=TIMEOUT_MS) as finished:
        desk.workspace.open([desk.folder])
    assert finished.args is not None
    assert [error.code for error in finished.args[0].errors] == [ErrorCode.FOLDER_MISSING]


@pytest.mark.skipif(sys.platform != "linux", reason="names are bytes only there")
def test_strange_names_are_shown_and_followed(desk: Desk, qtbot: QtBot) -> None:
    long = "x" * 251 + ".png"
    strange = os.fsdecode(b"caf\xe9\xff.png")
    for number, name in enumerate((long, strange)):
        photo(desk.folder / name, seed=number)
    desk.open(qtbot)
    assert {record.photo.path.name for record in desk.workspace.records()} == {long, strange}
    photo(desk.folder / os.fsdecode(b"sub\xff") / strange, seed=7)
    qtbot.waitUntil(lambda: len(desk.workspace.photos) == 3, timeout=TIMEOUT_MS)
    desk.wait_idle(qtbot)
    assert all(record.guesses is not None for record in desk.workspace.records())


def opened(desk: Desk) -> list[str]:
    return [record.photo.name for record in desk.workspace.records()]


def test_files_that_were_opened_alone_are_followed(desk: Desk, qtbot: QtBot) -> None:
    desk.fill(3)
    first, second = desk.folder / "000.png", desk.folder / "002.png"
    desk.open(qtbot, second, first)
    assert opened(desk) == ["002.png", "000.png"]
    review = desk.workspace.records()[0]
    desk.workspace.reviews.accept([review.id], "petra")
    photo(desk.folder / "new.png", "petra")  # nobody opened that one
    data = photo(desk.folder.parent / "other.png", "taj_mahal").read_bytes()
    first.write_bytes(data)

    def is_read_again() -> bool:
        guesses = desk.workspace.records()[1].guesses
        return guesses is not None and guesses.top[0].landmark_id == "taj_mahal"

    qtbot.waitUntil(is_read_again, timeout=TIMEOUT_MS)
    assert opened(desk) == ["002.png", "000.png"]
    second.unlink()
    qtbot.waitUntil(lambda: opened(desk) == ["000.png"], timeout=TIMEOUT_MS)
    second.write_bytes(data + b"another one")  # replaced, as editors do
    qtbot.waitUntil(lambda: opened(desk) == ["002.png", "000.png"], timeout=TIMEOUT_MS)
    assert desk.workspace.records()[0].id == review.id
    shutil.rmtree(desk.folder)
    qtbot.waitUntil(lambda: opened(desk) == [], timeout=TIMEOUT_MS)


def test_a_file_of_another_ending_is_followed_too(desk: Desk, qtbot: QtBot) -> None:
    path = photo(desk.folder / "a.png").rename(desk.folder / "scan.from-scanner")
    desk.open(qtbot, path)
    assert opened(desk) == ["scan.from-scanner"]
    path.unlink()
    qtbot.waitUntil(lambda: opened(desk) == [], timeout=TIMEOUT_MS)


@pytest.mark.parametrize("folder_first", [True, False])
def test_a_folder_that_is_opened_with_one_of_its_files_is_followed_whole(
    desk: Desk, qtbot: QtBot, folder_first: bool
) -> None:
    desk.fill(2)
    paths = [desk.folder, desk.folder / "001.png"]
    desk.open(qtbot, *(paths if folder_first else paths[::-1]))
    photo(desk.folder / "new.png", "petra")
    qtbot.waitUntil(lambda: sorted(opened(desk)) == ["000.png", "001.png", "new.png"], timeout=TIMEOUT_MS)
    paths[1].unlink()
    qtbot.waitUntil(lambda: sorted(opened(desk)) == ["000.png", "new.png"], timeout=TIMEOUT_MS)
