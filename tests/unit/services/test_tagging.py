"""Runs: plan, apply, undo, and what a killed process leaves behind."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from landmark_desktop.core.errors import ErrorCode
from landmark_desktop.core.guess import Guess, Guesses
from landmark_desktop.core.photo import FileIdentity
from landmark_desktop.core.record import FileEntry, Outcome, PhotoRecord
from landmark_desktop.core.review import Review, ReviewState
from landmark_desktop.core.tag import RunState, SidecarName, TagChange
from landmark_desktop.metadata import writer
from landmark_desktop.metadata.reader import read_location
from landmark_desktop.services.lanes import CancelToken, Lane
from landmark_desktop.services.tagging import Plan, TaggingService, TagOptions, TagResult
from landmark_desktop.store.library import Library
from tests.bundles import EIFFEL, LANDMARKS, colour_picture, write_bundle
from tests.pictures import save


class Killed(BaseException):
    """Stands for the end of the process: nothing after it runs, not even error handling."""


class Desk:
    """A tagging service on a library of its own, with photos accepted as the Eiffel Tower."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "photos"
        self.bundle = write_bundle(
            folder / "bundle", b"no model", landmarks=(*LANDMARKS, replace(EIFFEL, id="lost", location=None))
        )
        self.library_path = folder / "library.sqlite"
        self.open()

    def open(self) -> None:
        self.db = Lane("db")
        self.library = self.db.call(Library.open, self.library_path)
        self.service = TaggingService(self.db, self.library, self.bundle)

    def close(self) -> None:
        self.db.call(self.library.close)
        self.db.close()

    def reopen(self) -> list[TagResult]:
        """A new start of the program; returns what was reconciled."""
        self.close()
        self.open()
        return self.service.reconcile()

    def accepted(self, *names: str, landmark: str = "eiffel_tower") -> list[PhotoRecord]:
        entries = []
        for seed, name in enumerate(names):
            path = self.folder / name
            if not path.exists():
                save(path, colour_picture((200, 40, 40), seed=seed))
            status = path.stat()
            entries.append(FileEntry(name, status.st_size, status.st_mtime_ns))
        records = self.db.call(self.library.sync_folder, self.folder, entries, self.bundle.key)
        guesses = Guesses((Guess("eiffel_tower", 0.97),), 0.1)
        outcomes = [
            Outcome(r.photo, FileIdentity.of(r.photo.path, with_content=True), r.photo.facts, guesses, None)
            for r in records
        ]
        records = self.db.call(self.library.save_outcomes, outcomes, self.bundle.key)
        return [record.with_review(Review(ReviewState.ACCEPTED, landmark)) for record in records]

    def tagged(self, record: PhotoRecord) -> str | None:
        return self.db.call(self.library.records, [record.id], self.bundle.key)[0].tagged

    def apply(self, plan: Plan, token: CancelToken | None = None) -> list[TagResult]:
        reported: list[TagResult] = []
        results = self.service.apply(plan, reported.append, token)
        assert reported == results
        return results

    def tag(self, *names: str, options: TagOptions | None = None) -> Plan:
        plan = self.service.plan(self.accepted(*names), options or TagOptions())
        assert all(result.state is RunState.DONE for result in self.apply(plan))
        return plan

    def files(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in self.folder.iterdir()}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    made.close()


def ignore(_: TagResult) -> None:
    """For calls whose reports are of no interest."""


def test_planning_writes_nothing_and_says_everything(desk: Desk) -> None:
    records = desk.accepted("a.jpg")
    before = desk.files()
    plan = desk.service.plan(records, TagOptions())
    assert desk.files() == before
    (item,) = plan.writes
    assert item.change is not None
    assert item.change.target == desk.folder / "a.jpg.xmp"
    assert any(field.after == "Paris" for field in item.change.fields)


def test_a_run_is_written_listed_and_taken_back(desk: Desk) -> None:
    records = desk.accepted("a.jpg", "b.png")
    before = desk.files()
    plan = desk.tag("a.jpg", "b.png")
    assert sorted(desk.files()) == ["a.jpg", "a.jpg.xmp", "b.png", "b.png.xmp"]
    assert [desk.tagged(record) for record in records] == ["eiffel_tower"] * 2
    (run,) = desk.service.runs()
    assert (run.id, run.done) == (plan.run_id, 2)
    results = desk.service.undo(None, ignore)
    assert [result.state for result in results] == [RunState.UNDONE] * 2
    assert desk.files() == before
    assert [desk.tagged(record) for record in records] == [None, None]
    assert not desk.service.runs()[0].can_undo


def test_undo_works_after_a_restart(desk: Desk) -> None:
    desk.accepted("a.jpg")
    before = desk.files()
    plan = desk.tag("a.jpg")
    assert desk.reopen() == []
    desk.service.undo(plan.run_id, ignore)
    assert desk.files() == before


def test_an_estimate_that_was_written_is_no_position_of_the_photo_itself(desk: Desk) -> None:
    (record,) = desk.accepted("a.jpg")
    desk.tag("a.jpg")
    assert read_location(record.photo.path).position == pytest.approx((48.85837, 2.29448), abs=1e-5)
    assert not desk.db.call(desk.library.records, [record.id], desk.bundle.key)[0].photo.facts.has_gps


def test_an_embedded_tag_costs_no_new_classification(desk: Desk) -> None:
    from landmark_desktop.core.tag import WriteMode

    (record,) = desk.accepted("a.jpg")
    desk.tag("a.jpg", options=TagOptions(mode=WriteMode.EMBEDDED))
    status = record.photo.path.stat()
    entry = FileEntry("a.jpg", status.st_size, status.st_mtime_ns)
    (found,) = desk.db.call(desk.library.sync_folder, desk.folder, [entry], desk.bundle.key)
    assert found.guesses == record.guesses
    assert not found.needs_classification


def test_two_photos_that_share_a_sidecar_are_both_written_and_undone(desk: Desk) -> None:
    desk.accepted("a.jpg", "a.png")
    before = desk.files()
    desk.tag("a.jpg", "a.png", options=TagOptions(sidecar_name=SidecarName.STEM))
    assert sorted(set(desk.files()) - set(before)) == ["a.xmp"]
    desk.service.undo(None, ignore)
    assert desk.files() == before


def test_a_photo_that_cannot_be_written_fails_alone(desk: Desk) -> None:
    records = desk.accepted("a.jpg", "b.jpg")
    (desk.folder / "a.jpg.xmp").write_text("<broken", "utf-8")
    results = desk.apply(desk.service.plan(records, TagOptions()))
    assert [result.state for result in results] == [RunState.FAILED, RunState.DONE]
    assert results[0].error is not None
    assert results[0].error.code is ErrorCode.SIDECAR_DAMAGED
    assert (desk.folder / "a.jpg.xmp").read_text("utf-8") == "<broken"


def test_a_write_that_fails_on_the_disk_is_journalled_as_failed(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = desk.service.plan(desk.accepted("a.jpg"), TagOptions())
    before = desk.files()

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("landmark_desktop.metadata.atomic.replace_file", full)
    (result,) = desk.apply(plan)
    assert result.error is not None
    assert result.error.code is ErrorCode.WRITE_NO_SPACE
    assert desk.files() == before
    (run,) = desk.service.runs()
    assert (run.failed, run.can_undo) == (1, False)


def test_a_photo_that_changed_after_the_plan_is_refused(desk: Desk) -> None:
    plan = desk.service.plan(desk.accepted("a.jpg"), TagOptions())
    save(desk.folder / "a.jpg", colour_picture((10, 10, 200)))
    (result,) = desk.apply(plan)
    assert result.error is not None
    assert result.error.code is ErrorCode.FILE_CHANGED
    assert sorted(desk.files()) == ["a.jpg"]


def test_a_landmark_without_a_place_or_of_another_bundle_is_an_error(desk: Desk) -> None:
    for landmark in ("lost", "never_heard_of"):
        plan = desk.service.plan(desk.accepted("a.jpg", landmark=landmark), TagOptions())
        (result,) = desk.apply(plan)
        assert result.error is not None
        assert result.error.code is ErrorCode.LANDMARK_WITHOUT_LOCATION
    assert desk.service.runs() == []


def test_a_cancelled_run_keeps_what_was_written(desk: Desk) -> None:
    token = CancelToken()
    plan = desk.service.plan(desk.accepted("a.jpg", "b.jpg", "c.jpg"), TagOptions())
    results = desk.service.apply(plan, lambda _: token.cancel(), token)
    assert [result.state for result in results] == [RunState.DONE, RunState.FAILED, RunState.FAILED]
    assert results[1].error is not None
    assert results[1].error.code is ErrorCode.CANCELLED
    assert [name for name in desk.files() if name.endswith(".xmp")] == ["a.jpg.xmp"]


def test_the_check_box_of_a_photo_beats_the_setting(desk: Desk) -> None:
    (record,) = desk.accepted("a.jpg")
    record = record.with_review(Review(ReviewState.ACCEPTED, "eiffel_tower", taken_here=False))
    desk.apply(desk.service.plan([record], TagOptions(taken_here=True)))
    assert read_location(record.photo.path).position is None


class TestKilled:
    """The process dies at each step of a write or an undo; the next start settles it."""

    @pytest.mark.parametrize(
        ("step", "written"), [("write_tag", False), ("mark_done", True)], ids=["before the write", "after the write"]
    )
    def test_while_tagging(self, desk: Desk, monkeypatch: pytest.MonkeyPatch, step: str, written: bool) -> None:
        (record,) = desk.accepted("a.jpg")
        before = desk.files()
        plan = desk.service.plan([record], TagOptions())

        def die(*_: object, **__: object) -> None:
            raise Killed

        with monkeypatch.context() as patch:
            patch.setattr(writer if step == "write_tag" else desk.library.journal, step, die)
            with pytest.raises(Killed):
                desk.service.apply(plan, ignore)
        (result,) = desk.reopen()
        assert result.state is (RunState.DONE if written else RunState.FAILED)
        assert (desk.files() == before) is not written
        assert desk.tagged(record) == ("eiffel_tower" if written else None)
        assert desk.service.reconcile() == []
        if written:
            assert [r.state for r in desk.service.undo(plan.run_id, ignore)] == [RunState.UNDONE]
        assert desk.files() == before

    @pytest.mark.parametrize(
        ("step", "undone"), [("undo_tag", False), ("mark_undone", True)], ids=["before the undo", "after the undo"]
    )
    def test_while_undoing(self, desk: Desk, monkeypatch: pytest.MonkeyPatch, step: str, undone: bool) -> None:
        (record,) = desk.accepted("a.jpg")
        before = desk.files()
        plan = desk.tag("a.jpg")

        def die(*_: object, **__: object) -> None:
            raise Killed

        with monkeypatch.context() as patch:
            patch.setattr(writer if step == "undo_tag" else desk.library.journal, step, die)
            with pytest.raises(Killed):
                desk.service.undo(plan.run_id, ignore)
        (result,) = desk.reopen()
        assert result.state is (RunState.UNDONE if undone else RunState.DONE)
        assert desk.tagged(record) == (None if undone else "eiffel_tower")
        if not undone:
            desk.service.undo(plan.run_id, ignore)
        assert desk.files() == before

    def test_with_the_drive_away_it_stays_open(self, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        plan = desk.service.plan(desk.accepted("a.jpg"), TagOptions())

        def die(_: TagChange, **__: object) -> None:
            raise Killed

        with monkeypatch.context() as patch:
            patch.setattr(writer, "write_tag", die)
            with pytest.raises(Killed):
                desk.service.apply(plan, ignore)
        away = desk.folder.rename(desk.folder.with_name("away"))
        (result,) = desk.reopen()
        assert result.error is not None
        away.rename(desk.folder)
        (result,) = desk.reopen()
        assert (result.state, result.error) == (RunState.FAILED, None)
