"""What goes wrong: broken photos, refused bundles, bugs. Each is told, and the rest goes on."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from landmark_desktop.core.bundle import MODEL_NAME
from landmark_desktop.core.errors import BundleError, ErrorCode, LibraryError, PhotoError
from landmark_desktop.services import settings as table
from landmark_desktop.services.finder import ScanResult
from landmark_desktop.services.settings import Settings
from landmark_desktop.services.work import WorkState
from landmark_desktop.ui.crash_dialog import CrashDialog, show_crash
from landmark_desktop.ui.emptiness import MAX_NOTICES
from landmark_desktop.ui.help_dialogs import StartProblemDialog
from landmark_desktop.ui.main_window import MainWindow
from landmark_desktop.ui.photo_grid.tile import Bucket
from tests.bundles import EIFFEL, PETRA, model_bytes, write_bundle, zip_bundle
from tests.gui.conftest import OpenWindow
from tests.gui.helpers import GREEN, RED, Script, choose, paint_photo, tile, wait_idle
from tests.pictures import cut_off


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "trip"
    paint_photo(folder / "good.jpg", RED)
    (folder / "text.jpg").write_text("no photo", "utf-8")
    (folder / "empty.png").touch()
    cut_off(paint_photo(folder / "cut.jpg", GREEN))
    return folder


def crash_dialogs() -> list[CrashDialog]:
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, CrashDialog) and w.isVisible()]


@pytest.mark.parametrize(
    ("name", "message", "remedy"),
    [
        ("text.jpg", "text.jpg is not a photo, although its name says so.", "Rename or remove the file"),
        ("empty.png", "empty.png is empty (0 bytes).", "Copy the file again"),
        ("cut.jpg", "cut.jpg is cut off: the end of the file is missing.", "Copy the file again"),
    ],
)
def test_a_broken_file_has_its_reason_on_the_tile_and_a_remedy_in_the_panel(
    open_window: OpenWindow, folder: Path, qtbot: QtBot, name: str, message: str, remedy: str
) -> None:
    window = open_window([folder])
    assert tile(window, name).bucket is Bucket.ERRORS
    assert tile(window, "good.jpg").bucket is Bucket.LANDMARK
    choose(window, name)
    row = window.photos.index(window.view.currentIndex().row())
    assert message in row.data(Qt.ItemDataRole.AccessibleTextRole)
    assert remedy in row.data(Qt.ItemDataRole.ToolTipRole)
    assert window.panel._error.text() == message
    assert remedy in window.panel._remedy.text()
    assert not window.panel.accept.isVisible()
    assert not any(bar.isVisible() for bar in window.panel.bars)
    assert not window.view.grab().isNull()  # the tile can be painted


def test_a_broken_file_cannot_be_answered(open_window: OpenWindow, folder: Path, qtbot: QtBot) -> None:
    window = open_window([folder])
    choose(window, "text.jpg")
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Backspace):
        choose(window, "text.jpg")
        qtbot.keyClick(window.view, key)
    assert tile(window, "text.jpg").record.review is None
    assert not window.actions_by_id["find"].isEnabled()


def test_notices_wait_for_each_other_and_equal_ones_are_told_once(window: MainWindow, qtbot: QtBot) -> None:
    first = LibraryError(ErrorCode.LIBRARY_UNWRITABLE, name="library.sqlite", reason="the disk is full")
    second = BundleError(ErrorCode.BUNDLE_MISSING, name="somewhere")
    for error in (first, second, first):
        window.workspace.problem.emit(error)
    bar = window.notices
    assert bar.isVisible()
    assert bar.message.text() == first.message
    assert bar.remedy.text() == first.remedy
    assert bar.count.text() == "1 more"
    qtbot.mouseClick(bar.dismiss, Qt.MouseButton.LeftButton)
    assert bar.message.text() == second.message
    qtbot.mouseClick(bar.dismiss, Qt.MouseButton.LeftButton)
    assert not bar.isVisible()


def test_all_notices_can_be_dismissed_at_once(window: MainWindow, qtbot: QtBot) -> None:
    for name in ("a", "b", "c"):
        window.workspace.problem.emit(BundleError(ErrorCode.BUNDLE_MISSING, name=name))
    qtbot.mouseClick(window.notices.dismiss_all, Qt.MouseButton.LeftButton)
    assert not window.notices.isVisible()


def test_a_model_that_does_not_load_is_told_and_photos_are_still_shown(
    open_window: OpenWindow, folder: Path, script: Script, qtbot: QtBot
) -> None:
    script.refusal = BundleError(ErrorCode.BUNDLE_SHAPE, name="colours", reason="it has no output 'novelty'")
    window = open_window([folder], wait=False)
    qtbot.waitUntil(lambda: window.workspace.state is WorkState.FAILED)
    assert "has no output" in window.notices.message.text()
    assert "nothing is classified" in window.strip.text.text()
    qtbot.waitUntil(lambda: window.photos.rowCount() == 4)
    assert not window.strip.pause.isVisible()


# bundles


def test_a_bundle_with_a_wrong_hash_is_refused_and_the_old_one_stays(
    window: MainWindow, tmp_path: Path, settings: Settings, qtbot: QtBot
) -> None:
    changed = write_bundle(tmp_path / "changed")
    model = changed.source / MODEL_NAME
    model.write_bytes(model.read_bytes() + b"\0")
    old = window.workspace.bundle
    with qtbot.waitSignal(window.models.refused):
        window.models.choose_bundle(changed.source)
    assert "does not have the hash" in window.notices.message.text()
    assert "Copy or download the bundle again" in window.notices.remedy.text()
    assert window.workspace.bundle is old
    assert settings.text(table.BUNDLE) == ""
    assert not window.models.busy


def test_a_bundle_whose_model_does_not_run_is_refused_before_it_replaces_the_old_one(
    window: MainWindow, tmp_path: Path, script: Script, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: window.workspace.provider is not None)
    script.refusal = BundleError(ErrorCode.BUNDLE_SHAPE, name="wrong", reason="it has no output 'novelty'")
    old = window.workspace.bundle
    with qtbot.waitSignal(window.workspace.bundle_refused):
        window.models.choose_bundle(write_bundle(tmp_path / "wrong").source)
    assert window.workspace.bundle is old
    assert window.workspace.state is WorkState.IDLE


def test_another_bundle_is_taken_from_a_zip_kept_and_classifies_anew(
    open_window: OpenWindow, folder: Path, tmp_path: Path, settings: Settings, script: Script, qtbot: QtBot
) -> None:
    window = open_window([folder])
    done = script.classified
    other = write_bundle(tmp_path / "other", model=model_bytes(classes=2), id="other", landmarks=(EIFFEL, PETRA))
    archive = zip_bundle(other, tmp_path / "other.zip")
    with qtbot.waitSignal(window.workspace.bundle_changed):
        window.models.choose_bundle(archive)
    wait_idle(qtbot, window)
    assert window.workspace.bundle.manifest.id == "other"
    assert settings.text(table.BUNDLE) == str(archive)
    assert script.classified > done
    assert tile(window, "good.jpg").bucket is Bucket.LANDMARK


# bugs


def test_a_bug_shows_the_log_and_a_report_that_can_be_copied(window: MainWindow, qtbot: QtBot) -> None:
    try:
        raise ZeroDivisionError("deep inside")
    except ZeroDivisionError as error:
        window.workspace.bug_found.emit(error)
    (dialog,) = crash_dialogs()
    qtbot.addWidget(dialog)
    assert "deep inside" in dialog.report.toPlainText()
    assert "test_problems.py" in dialog.report.toPlainText()
    qtbot.mouseClick(dialog.copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == dialog.report.toPlainText()
    dialog.close()


def test_bugs_gather_in_one_dialog_and_are_not_repeated(qtbot: QtBot, tmp_path: Path) -> None:
    log = tmp_path / "landmark-desktop.log"
    dialog = show_crash(ValueError("first"), log)
    qtbot.addWidget(dialog)
    assert show_crash(ValueError("second"), log) is dialog
    show_crash(ValueError("second"), log)
    assert crash_dialogs() == [dialog]
    report = dialog.report.toPlainText()
    assert (report.count("ValueError: first"), report.count("ValueError: second")) == (1, 1)
    assert any(str(log) in label.text() for label in dialog.findChildren(QLabel))
    dialog.close()


def test_a_thousand_problems_of_one_scan_are_no_thousand_notices(window: MainWindow) -> None:
    errors = tuple(PhotoError(ErrorCode.FILE_NO_PERMISSION, name=f"{number}.jpg") for number in range(1000))
    window.workspace.scan_finished.emit(ScanResult(0, errors))
    assert len(window.notices.notices) == MAX_NOTICES + 1
    assert window.notices.notices[0].message == errors[0].message
    assert "980 more" in window.notices.notices[-1].message


def test_a_library_of_a_newer_program_is_told_with_the_way_to_its_folder(qtbot: QtBot, tmp_path: Path) -> None:
    error = LibraryError(ErrorCode.LIBRARY_NEWER, name="library.sqlite", found=9, known=6)
    dialog = StartProblemDialog(error, tmp_path)
    qtbot.addWidget(dialog)
    dialog.open()
    assert "made by a newer version" in dialog.said.text()
    assert dialog.remedy.text() == "Install the newer version; your library was left untouched."
    assert dialog.open_folder.isVisible()
    other = StartProblemDialog(BundleError(ErrorCode.BUNDLE_MISSING, name="models"), tmp_path)
    qtbot.addWidget(other)
    other.open()
    assert not other.open_folder.isVisible()


def test_a_folder_that_may_not_be_read_says_so_in_place_of_its_photos(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "private").mkdir()
    with qtbot.waitSignal(window.workspace.scan_finished):
        window.open_paths([tmp_path / "private"])
    error = PhotoError(ErrorCode.FOLDER_UNREADABLE, name="private", reason="Permission denied")
    window.workspace.scan_finished.emit(ScanResult(0, (error,)))
    assert window.message.title.text() == "The folder private cannot be read: Permission denied."
    assert "Give yourself permission" in window.message.text.text()
    assert window.message.button.text() == "Try again"
    assert not window.notices.isVisible()
