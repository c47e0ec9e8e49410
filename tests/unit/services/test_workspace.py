"""The workspace: what the window sees of opening, classifying, reviewing and tagging."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import SignalInstance
from pytestqt.qtbot import QtBot

from landmark_desktop.core.bundle import Bundle
from landmark_desktop.core.errors import BundleError, ErrorCode, KnownError
from landmark_desktop.core.guess import Verdict
from landmark_desktop.core.record import PhotoRecord
from landmark_desktop.core.review import Review, ReviewState
from landmark_desktop.core.tag import RunState
from landmark_desktop.imaging import decode as decoding
from landmark_desktop.imaging.stills import Decoded
from landmark_desktop.inference.classifier import Classifier
from landmark_desktop.services import settings as table
from landmark_desktop.services.finder import ScanResult
from landmark_desktop.services.settings import Settings
from landmark_desktop.services.tagging import Plan
from landmark_desktop.services.work import WorkState
from landmark_desktop.services.workspace import Workspace
from tests.bundles import COLOURS, GREY, colour_picture, write_bundle
from tests.pictures import save, text_file
from tests.scripted import ScriptedClassifier

TIMEOUT_MS = 15_000


class Desk:
    """A workspace with a scripted classifier, and everything it said."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "photos"
        self.bundle = write_bundle(folder / "bundle", b"no model is needed here")
        self.library = folder / "library.sqlite"
        self.settings = Settings(folder / "settings.json")
        self.classifier = ScriptedClassifier(self.bundle)
        self.workspace = self.start()

    def start(self, make: Callable[[Bundle, Settings], Classifier] | None = None) -> Workspace:
        self.added: list[PhotoRecord] = []
        self.problems: list[KnownError] = []
        self.workspace = Workspace(self.library, self.bundle, self.settings, make or (lambda _, __: self.classifier))
        self.workspace.photos_added.connect(lambda ids: self.added.extend(map(self.workspace.record, ids)))
        self.workspace.problem.connect(self.problems.append)
        return self.workspace

    def fill(self, count: int, name: str = "eiffel_tower") -> None:
        for number in range(count):
            save(self.folder / f"{number:03}.png", colour_picture(COLOURS[name], seed=number))

    def open(self, qtbot: QtBot, *paths: Path) -> None:
        self.workspace.open(list(paths) or [self.folder])
        self.wait_idle(qtbot)

    def wait_idle(self, qtbot: QtBot) -> None:
        def idle() -> bool:
            return self.workspace.state is WorkState.IDLE and self.workspace.unclassified == 0

        qtbot.waitUntil(idle, timeout=TIMEOUT_MS)

    def record(self, name: str) -> PhotoRecord:
        return next(record for record in self.workspace.records() if record.photo.path.name == name)


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    made.classifier.gate.set()
    made.workspace.close()


def waited(qtbot: QtBot, signal: SignalInstance, act: Callable[[], object]) -> list[object]:
    """Act, wait for the signal, and return its arguments."""
    with qtbot.waitSignal(signal, timeout=TIMEOUT_MS) as blocker:
        act()
    assert blocker.args is not None
    return list(blocker.args)


def test_a_folder_is_announced_in_order_and_classified(desk: Desk, qtbot: QtBot) -> None:
    desk.fill(5)
    save(desk.folder / "sub" / "grey.png", colour_picture(GREY))
    with qtbot.waitSignal(desk.workspace.scan_finished, timeout=TIMEOUT_MS) as finished:
        desk.workspace.open([desk.folder])
    assert finished.args == [ScanResult(6, ())]
    desk.wait_idle(qtbot)
    names = [record.photo.path.name for record in desk.added]
    assert names == ["000.png", "001.png", "002.png", "003.png", "004.png", "grey.png"]
    verdicts = [desk.workspace.verdict(record) for record in desk.workspace.records()]
    assert verdicts == [Verdict.LANDMARK] * 5 + [Verdict.NONE]
    progress = desk.workspace.progress
    assert (progress.done, progress.total) == (6, 6)
    assert desk.workspace.provider is not None


@pytest.fixture
def decoded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the photos that were decoded, by whomever."""
    names: list[str] = []

    def decode(path: Path, **sizes: int) -> Decoded:
        names.append(path.name)
        return real(path, **sizes)

    real = decoding.decode
    monkeypatch.setattr(decoding, "decode", decode)
    return names


def have_thumbnails(desk: Desk) -> bool:
    return all(desk.workspace.thumbnails.get(record.id) is not None for record in desk.workspace.records())


def look_at_all(desk: Desk) -> None:
    desk.workspace.photos_added.connect(lambda _: desk.workspace.prioritise(desk.workspace.photos.all_ids()))


def test_one_decoding_makes_thumbnail_and_guesses(desk: Desk, qtbot: QtBot, decoded: list[str]) -> None:
    desk.fill(5)
    look_at_all(desk)
    desk.open(qtbot)
    qtbot.waitUntil(lambda: have_thumbnails(desk), timeout=TIMEOUT_MS)
    assert sorted(decoded) == [f"{number:03}.png" for number in range(5)]
    assert sum(desk.classifier.batches) == 5


def test_photos_out_of_sight_take_no_memory_and_need_no_second_decoding(
    desk: Desk, qtbot: QtBot, decoded: list[str]
) -> None:
    desk.fill(5)
    desk.open(qtbot)
    assert desk.workspace.thumbnails.bytes == 0
    desk.workspace.prioritise(desk.workspace.photos.all_ids())
    qtbot.waitUntil(lambda: have_thumbnails(desk), timeout=TIMEOUT_MS)
    assert len(decoded) == 5


def test_reopening_classifies_and_decodes_nothing_and_still_shows_thumbnails(
    desk: Desk, qtbot: QtBot, decoded: list[str]
) -> None:
    desk.fill(4)
    desk.open(qtbot)
    assert sum(desk.classifier.batches) == 4
    desk.workspace.close()
    decoded.clear()
    desk.start()
    desk.open(qtbot)
    assert sum(desk.classifier.batches) == 4
    assert all(record.guesses is not None for record in desk.workspace.records())
    desk.workspace.prioritise(desk.workspace.photos.all_ids())
    qtbot.waitUntil(lambda: have_thumbnails(desk), timeout=TIMEOUT_MS)
    assert decoded == []


def test_moved_and_copied_photos_show_the_thumbnail_they_have(desk: Desk, qtbot: QtBot, decoded: list[str]) -> None:
    desk.fill(3)
    desk.open(qtbot)
    decoded.clear()
    elsewhere = desk.folder.with_name("elsewhere")
    desk.folder.rename(elsewhere)
    (elsewhere / "copy.png").write_bytes((elsewhere / "000.png").read_bytes())
    look_at_all(desk)
    desk.open(qtbot, elsewhere)
    qtbot.waitUntil(lambda: len(desk.workspace.records()) == 4 and have_thumbnails(desk), timeout=TIMEOUT_MS)
    assert decoded in ([], ["copy.png"])  # its size in pixels was not known yet
    assert sum(desk.classifier.batches) == 3


@pytest.mark.parametrize("stop", ["pause", "cancel"])
def test_what_was_stopped_goes_on_after_a_restart_and_nothing_is_done_twice(
    desk: Desk, qtbot: QtBot, stop: str
) -> None:
    desk.classifier.gate.clear()
    desk.fill(60)
    desk.workspace.open([desk.folder])
    qtbot.waitUntil(lambda: desk.workspace.progress.total == 60, timeout=TIMEOUT_MS)
    assert desk.classifier.entered.wait(TIMEOUT_MS / 1000)
    getattr(desk.workspace, stop)()
    desk.classifier.gate.set()
    qtbot.waitUntil(lambda: 0 < desk.workspace.unclassified < 60, timeout=TIMEOUT_MS)
    desk.workspace.close()
    before = sum(desk.classifier.batches)
    assert 0 < before < 60
    desk.start()
    desk.open(qtbot)
    assert len(desk.added) == 60
    assert sum(desk.classifier.batches) == 60


def test_thumbnails_on_disk_can_be_measured_and_cleared(desk: Desk, qtbot: QtBot) -> None:
    desk.fill(8)
    desk.open(qtbot)
    (before,) = waited(qtbot, desk.workspace.pictures.space_used, desk.workspace.pictures.measure)
    (after,) = waited(qtbot, desk.workspace.pictures.space_used, desk.workspace.pictures.clear_kept)
    assert isinstance(before, int)
    assert isinstance(after, int)
    assert after < before


def test_another_bundle_classifies_what_was_viewed_last_first(desk: Desk, qtbot: QtBot) -> None:
    desk.fill(12)
    desk.open(qtbot)
    ids = desk.workspace.photos.all_ids()
    desk.workspace.prioritise(ids[4:6])
    desk.workspace.prioritise(ids[9:11])
    seen: dict[int, None] = {}
    desk.settings.set(table.DECODE_WORKERS, 1)
    desk.classifier = ScriptedClassifier(desk.bundle)
    desk.workspace.photos_changed.connect(
        lambda changed: seen.update((i, None) for i in changed if desk.workspace.record(i).guesses is not None)
    )
    desk.workspace.use_bundle(write_bundle(desk.folder.parent / "other", b"another model"))
    desk.workspace.pause()  # until all are found, so that the order is the wished one from the first photo on
    qtbot.waitUntil(lambda: desk.workspace.unclassified == 12, timeout=TIMEOUT_MS)
    desk.workspace.resume()
    desk.wait_idle(qtbot)
    assert list(seen)[:4] == [*ids[9:11], *ids[4:6]]
    assert sorted(seen) == sorted(ids)
    assert sum(desk.classifier.batches) == 12
    desk.workspace.use_bundle(desk.bundle)  # and back: everything is known
    desk.wait_idle(qtbot)
    assert sum(desk.classifier.batches) == 12


def test_pause_holds_the_batch_and_resume_finishes_it(desk: Desk, qtbot: QtBot) -> None:
    desk.classifier.gate.clear()
    desk.fill(40)
    desk.workspace.open([desk.folder])
    qtbot.waitUntil(lambda: desk.workspace.state is WorkState.CLASSIFYING, timeout=TIMEOUT_MS)
    desk.workspace.pause()
    assert desk.workspace.state is WorkState.PAUSED
    desk.classifier.gate.set()
    qtbot.waitUntil(lambda: desk.workspace.progress.done > 0, timeout=TIMEOUT_MS)
    assert desk.workspace.state is WorkState.PAUSED
    assert desk.workspace.unclassified > 0
    desk.workspace.resume()
    desk.wait_idle(qtbot)


def test_cancel_keeps_what_is_done_and_resume_does_the_rest(desk: Desk, qtbot: QtBot) -> None:
    desk.classifier.gate.clear()
    desk.fill(60)
    desk.workspace.open([desk.folder])
    qtbot.waitUntil(lambda: desk.workspace.progress.total == 60, timeout=TIMEOUT_MS)
    assert desk.classifier.entered.wait(TIMEOUT_MS / 1000)
    desk.workspace.cancel()
    assert desk.workspace.state is WorkState.IDLE
    desk.classifier.gate.set()
    qtbot.waitUntil(lambda: desk.workspace.unclassified < 60, timeout=TIMEOUT_MS)
    assert desk.workspace.unclassified > 0
    desk.workspace.resume()
    desk.wait_idle(qtbot)
    assert sum(desk.classifier.batches) == 60


def test_opening_another_folder_drops_the_first(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    desk.classifier.gate.clear()
    desk.fill(50)
    save(tmp_path / "other" / "one.png", colour_picture(COLOURS["petra"]))
    desk.workspace.open([desk.folder])
    qtbot.waitUntil(lambda: len(desk.workspace.records()) == 50, timeout=TIMEOUT_MS)
    desk.workspace.open([tmp_path / "other"])
    desk.classifier.gate.set()
    desk.wait_idle(qtbot)
    qtbot.waitUntil(lambda: len(desk.workspace.records()) == 1, timeout=TIMEOUT_MS)
    assert desk.workspace.records()[0].photo.path.name == "one.png"
    assert sum(desk.classifier.batches) < 51


def test_errors_stay_with_their_photos_and_folders(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    desk.fill(1)
    text_file(desk.folder / "text.jpg")
    with qtbot.waitSignal(desk.workspace.scan_finished, timeout=TIMEOUT_MS) as finished:
        desk.workspace.open([desk.folder, tmp_path / "gone"])
    desk.wait_idle(qtbot)
    assert finished.args is not None
    (error,) = finished.args[0].errors
    assert error.code is ErrorCode.FOLDER_MISSING
    broken = desk.record("text.jpg").error
    assert broken is not None
    assert broken.code is ErrorCode.NOT_A_PHOTO
    assert desk.record("000.png").guesses is not None


def test_a_model_that_does_not_load_is_a_problem_and_the_photos_are_still_shown(desk: Desk, qtbot: QtBot) -> None:
    def refuse(_: Bundle, __: Settings) -> Classifier:
        raise BundleError(ErrorCode.BUNDLE_SHAPE, name="bundle", reason="it is odd")

    desk.workspace.close()
    desk.fill(3)
    desk.start(refuse)
    desk.workspace.open([desk.folder])
    qtbot.waitUntil(lambda: desk.workspace.state is WorkState.FAILED and len(desk.added) == 3, timeout=TIMEOUT_MS)
    assert [problem.code for problem in desk.problems] == [ErrorCode.BUNDLE_SHAPE]
    ids = [record.id for record in desk.workspace.records()]
    desk.workspace.prioritise(ids)
    qtbot.waitUntil(lambda: all(desk.workspace.thumbnails.get(i) is not None for i in ids), timeout=TIMEOUT_MS)


def test_another_bundle_opens_the_folder_anew(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    desk.fill(3)
    desk.open(qtbot)
    other = write_bundle(tmp_path / "other-bundle", b"another model", id="other")
    desk.classifier = ScriptedClassifier(other)
    desk.workspace.use_bundle(other)
    desk.wait_idle(qtbot)
    qtbot.waitUntil(lambda: sum(desk.classifier.batches) == 3, timeout=TIMEOUT_MS)
    assert desk.workspace.bundle.manifest.id == "other"


def test_a_preview_is_delivered_for_the_photo_asked_for_last(desk: Desk, qtbot: QtBot) -> None:
    desk.fill(3)
    desk.open(qtbot)
    ids = [record.id for record in desk.workspace.records()]
    shown: list[int] = []
    desk.workspace.preview_ready.connect(lambda photo_id, *_: shown.append(photo_id))
    for photo_id in ids:
        desk.workspace.request_preview(photo_id)
    qtbot.waitUntil(lambda: shown[-1:] == [ids[-1]], timeout=TIMEOUT_MS)


class TestReviews:
    def test_answers_survive_a_restart(self, desk: Desk, qtbot: QtBot) -> None:
        desk.fill(3)
        desk.open(qtbot)
        first, second, third = [record.id for record in desk.workspace.records()]
        desk.workspace.reviews.accept([first])
        desk.workspace.reviews.accept([second], "petra")
        desk.workspace.reviews.reject([third])
        desk.workspace.close()
        desk.start()
        desk.open(qtbot)
        reviews = [record.review for record in desk.workspace.records()]
        assert reviews == [
            Review(ReviewState.ACCEPTED, "eiffel_tower"),
            Review(ReviewState.ACCEPTED, "petra"),
            Review(ReviewState.REJECTED, None),
        ]
        assert desk.workspace.pending_tags() == [first, second]

    def test_undo_and_redo(self, desk: Desk, qtbot: QtBot) -> None:
        desk.fill(2)
        desk.open(qtbot)
        ids = [record.id for record in desk.workspace.records()]
        waited(qtbot, desk.workspace.reviews.history_changed, lambda: desk.workspace.reviews.accept(ids))
        assert desk.workspace.reviews.can_undo
        assert desk.workspace.reviews.undo() == ids
        assert [record.review for record in desk.workspace.records()] == [None, None]
        assert desk.workspace.reviews.redo() == ids
        assert all(record.review is not None for record in desk.workspace.records())

    def test_a_review_made_during_classification_is_not_lost(self, desk: Desk, qtbot: QtBot) -> None:
        desk.classifier.gate.clear()
        desk.fill(4)
        desk.workspace.open([desk.folder])
        qtbot.waitUntil(lambda: len(desk.workspace.records()) == 4, timeout=TIMEOUT_MS)
        ids = [record.id for record in desk.workspace.records()]
        desk.workspace.reviews.accept(ids, "petra")
        desk.classifier.gate.set()
        desk.wait_idle(qtbot)
        assert all(
            record.review == Review(ReviewState.ACCEPTED, "petra") and record.guesses is not None
            for record in desk.workspace.records()
        )

    def test_taken_here_follows_the_photo_then_the_setting(self, desk: Desk, qtbot: QtBot) -> None:
        desk.fill(1)
        desk.open(qtbot)
        (record,) = desk.workspace.records()
        assert desk.workspace.reviews.taken_here(record)
        desk.settings.set(table.TAKEN_HERE, False)
        assert not desk.workspace.reviews.taken_here(record)
        desk.workspace.reviews.accept([record.id])
        desk.workspace.reviews.set_taken_here([record.id], True)
        assert desk.workspace.reviews.taken_here(desk.workspace.record(record.id))

    def test_the_slider_changes_verdicts_at_once(self, desk: Desk, qtbot: QtBot) -> None:
        save(desk.folder / "weak.png", colour_picture((170, 90, 85)))
        desk.open(qtbot)
        (record,) = desk.workspace.records()
        assert desk.workspace.verdict(record) is Verdict.UNSURE
        waited(qtbot, desk.workspace.verdicts_changed, lambda: desk.settings.set(table.BOLDNESS, 1.0))
        assert desk.workspace.verdict(record) is Verdict.LANDMARK


class TestTagging:
    def test_from_acceptance_to_sidecar_and_back(self, desk: Desk, qtbot: QtBot) -> None:
        desk.fill(3)
        desk.open(qtbot)
        before = {path.name: path.read_bytes() for path in desk.folder.iterdir()}
        ids = [record.id for record in desk.workspace.records()]
        desk.workspace.reviews.accept(ids[:2])
        desk.workspace.reviews.reject(ids[2:])
        workspace = desk.workspace
        (plan,) = waited(qtbot, workspace.writing.plan_ready, lambda: workspace.plan_tags(workspace.pending_tags()))
        assert isinstance(plan, Plan)
        assert len(plan.writes) == 2
        counted: list[tuple[int, int]] = []
        workspace.writing.progress.connect(lambda done, total: counted.append((done, total)))
        (results,) = waited(qtbot, workspace.writing.run_finished, lambda: workspace.writing.apply(plan))
        assert [result.state for result in results] == [RunState.DONE] * 2  # type: ignore[attr-defined]
        assert counted == [(1, 2), (2, 2)]
        qtbot.waitUntil(lambda: workspace.record(ids[0]).tagged == "eiffel_tower", timeout=TIMEOUT_MS)
        assert workspace.pending_tags() == []
        assert sorted(path.name for path in desk.folder.glob("*.xmp")) == ["000.png.xmp", "001.png.xmp"]
        (runs,) = waited(qtbot, workspace.writing.runs_listed, workspace.writing.list_runs)
        assert [run.id for run in runs] == [plan.run_id]  # type: ignore[attr-defined]
        waited(qtbot, workspace.writing.undo_finished, lambda: workspace.writing.undo(plan.run_id))
        assert {path.name: path.read_bytes() for path in desk.folder.iterdir()} == before
        qtbot.waitUntil(lambda: workspace.record(ids[0]).tagged is None, timeout=TIMEOUT_MS)
        assert workspace.pending_tags() == ids[:2]

    def test_undo_without_a_run_is_a_problem(self, desk: Desk, qtbot: QtBot) -> None:
        (results,) = waited(qtbot, desk.workspace.writing.undo_finished, desk.workspace.writing.undo)
        assert results == []
        qtbot.waitUntil(lambda: bool(desk.problems), timeout=TIMEOUT_MS)
        assert desk.problems[0].code is ErrorCode.RUN_UNKNOWN


def test_closing_in_the_middle_of_everything_joins_all_threads(desk: Desk, qtbot: QtBot) -> None:
    desk.classifier.gate.clear()
    desk.fill(30)
    desk.workspace.open([desk.folder])
    qtbot.waitUntil(lambda: desk.workspace.state is WorkState.CLASSIFYING, timeout=TIMEOUT_MS)
    desk.classifier.gate.set()
    desk.workspace.close()
    desk.workspace.close()
