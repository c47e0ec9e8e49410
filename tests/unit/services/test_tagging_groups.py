"""Groups of writes, undo of parts, and real kills."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from landmark_desktop.core.errors import ErrorCode, MetadataError
from landmark_desktop.core.photo import FileIdentity
from landmark_desktop.core.tag import RunState, TagChange
from landmark_desktop.metadata import writer
from landmark_desktop.services import groups
from landmark_desktop.services.groups import in_groups
from landmark_desktop.services.lanes import CancelToken
from landmark_desktop.services.tagging import TagOptions, new_run_id
from tests.unit.services.test_tagging import Desk, Killed, ignore

ROOT = Path(__file__).parents[3]
NAMES = tuple(f"{number}.jpg" for number in range(5))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    made.close()


def cut(items: list[tuple[str, int]]) -> list[str]:
    found = in_groups(items, lambda item: Path(item[0]), lambda item: item[1])
    return ["".join(name for name, _ in group) for group in found]


def test_groups_are_bounded_and_have_no_file_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(groups, "MAX_FILES", 3)
    monkeypatch.setattr(groups, "MAX_BYTES", 100)
    assert cut([]) == []
    assert cut([(name, 1) for name in "abcdefg"]) == ["abc", "def", "g"]
    assert cut([("a", 60), ("b", 60), ("c", 40), ("d", 500)]) == ["a", "bc", "d"]
    assert cut([("a", 1), ("b", 1), ("a", 1), ("b", 1)]) == ["ab", "ab"]


def test_runs_of_one_second_have_names_of_their_own() -> None:
    now = datetime(2024, 5, 1, tzinfo=UTC)
    # Of 2,000 names with 16 random bits some 30 would be there twice.
    assert len({new_run_id(now) for _ in range(2000)}) >= 1999


def test_a_whole_group_is_in_the_journal_before_its_first_write(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []
    write = writer.write_tag

    def watched(change: TagChange, *, keep_mtime: bool = False) -> FileIdentity:
        seen.append(len(desk.db.call(desk.library.journal.unfinished)))
        return write(change, keep_mtime=keep_mtime)

    monkeypatch.setattr(writer, "write_tag", watched)
    desk.tag(*NAMES)
    assert seen == [5] * 5
    assert desk.db.call(desk.library.journal.unfinished) == []


def test_a_group_killed_in_its_middle_is_settled_file_by_file(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = desk.service.plan(desk.accepted(*NAMES), TagOptions())
    before = desk.files()
    write = writer.write_tag

    def dying(change: TagChange, *, keep_mtime: bool = False) -> FileIdentity:
        if change.target.name == "2.jpg.xmp":
            raise Killed
        return write(change, keep_mtime=keep_mtime)

    with monkeypatch.context() as patch:
        patch.setattr(writer, "write_tag", dying)
        with pytest.raises(Killed):
            desk.service.apply(plan, ignore)
    assert [result.state for result in desk.reopen()] == [RunState.DONE] * 2 + [RunState.FAILED] * 3
    desk.service.undo(plan.run_id, ignore)
    assert desk.files() == before


def test_a_bug_in_the_middle_of_a_group_keeps_what_is_known(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = desk.service.plan(desk.accepted(*NAMES), TagOptions())
    write = writer.write_tag

    def failing(change: TagChange, *, keep_mtime: bool = False) -> FileIdentity:
        if change.target.name == "2.jpg.xmp":
            raise ZeroDivisionError
        return write(change, keep_mtime=keep_mtime)

    monkeypatch.setattr(writer, "write_tag", failing)
    with pytest.raises(ZeroDivisionError):
        desk.service.apply(plan, ignore)
    assert desk.service.runs()[0].done == 2
    assert len(desk.db.call(desk.library.journal.unfinished)) == 3


def test_the_journal_forgets_writes_that_were_cancelled(desk: Desk) -> None:
    token = CancelToken()
    plan = desk.service.plan(desk.accepted(*NAMES), TagOptions())
    desk.service.apply(plan, lambda _: token.cancel(), token)
    (run,) = desk.service.runs()
    assert (run.photos, run.done, run.failed) == (1, 1, 0)
    assert desk.db.call(desk.library.journal.unfinished) == []


def test_an_undo_that_is_cancelled_can_go_on_later(desk: Desk) -> None:
    desk.accepted(*NAMES)
    before = desk.files()
    desk.tag(*NAMES)
    token = CancelToken()
    assert len(desk.service.undo(None, lambda _: token.cancel(), token)) == 1
    assert desk.service.runs()[0].done == 4
    assert len(desk.service.undo(None, ignore)) == 4
    assert desk.files() == before


def test_one_photo_of_a_run_is_undone_after_a_restart(desk: Desk) -> None:
    records = desk.accepted(*NAMES)
    plan = desk.tag(*NAMES)
    desk.reopen()
    (result,) = desk.service.undo(plan.run_id, ignore, photos={records[1].id})
    assert (result.photo_id, result.state) == (records[1].id, RunState.UNDONE)
    assert [desk.tagged(record) is None for record in records] == [False, True, False, False, False]
    assert not (desk.folder / "1.jpg.xmp").exists()
    assert (desk.folder / "0.jpg.xmp").exists()
    with pytest.raises(MetadataError) as caught:
        desk.service.undo(plan.run_id, ignore, photos={records[1].id})
    assert caught.value.code is ErrorCode.RUN_UNKNOWN


def test_everything_that_was_written_to_a_folder_is_taken_back(desk: Desk) -> None:
    desk.accepted("a.jpg", "b.jpg")
    before = desk.files()
    desk.tag("a.jpg")
    desk.tag("b.jpg")
    desk.reopen()
    # A name that only begins the same is another folder.
    assert desk.service.undo_folder(desk.folder.with_name("photo"), ignore) == []
    results = desk.service.undo_folder(desk.folder.parent, ignore)
    assert [result.photo.name for result in results] == ["b.jpg", "a.jpg"]
    assert desk.files() == before
    assert desk.service.undo_folder(desk.folder, ignore) == []


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills forked processes")
def test_killed_at_random_moments_no_file_is_ever_damaged(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.torture", str(tmp_path / "t"), os.environ.get("TORTURE_COUNT", "200")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    match = re.search(r"(\d+) writes and undos cut off", done.stdout)
    assert match is not None
    assert int(match[1]) > 0, "no process was killed while it wrote"
