"""Manners towards the desktop: a second start, word of long work, files for other programs, diagnostics."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from landmark_desktop.core.errors import BundleError, ErrorCode
from landmark_desktop.services import settings as table
from landmark_desktop.services.settings import Settings
from landmark_desktop.ui import desktop, session_bus
from landmark_desktop.ui.bundles_dialog import BundlesDialog
from landmark_desktop.ui.main_window import MainWindow
from landmark_desktop.ui.photo_grid.dragging import drag_of
from tests.gui.conftest import OpenWindow
from tests.gui.helpers import GREEN, GREY, RED, Script, choose, paint_photo, shown_names, wait_idle


class Opened(QObject):
    """Takes the place of the system's programs for files."""

    def __init__(self) -> None:
        super().__init__()
        self.paths: list[Path] = []

    @Slot(QUrl)
    def take(self, url: QUrl) -> None:
        self.paths.append(Path(url.toLocalFile()))


@pytest.fixture
def opened(qapp: object) -> Iterator[Opened]:
    handler = Opened()
    QDesktopServices.setUrlHandler("file", handler, "take")
    yield handler
    QDesktopServices.unsetUrlHandler("file")


@pytest.fixture
def no_bus(monkeypatch: pytest.MonkeyPatch) -> None:
    """A desktop without D-Bus."""
    monkeypatch.setattr(session_bus, "has_bus", lambda: False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for number in range(3):
        paint_photo(tmp_path / "trip" / f"{number}.png", RED, seed=number)
    return tmp_path / "trip"


def test_a_second_start_opens_its_paths_in_the_window(
    open_window: OpenWindow, folder: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    window = open_window([folder])
    window.showMinimized()
    window.called([])
    assert not window.isMinimized()
    assert len(shown_names(window)) == 3  # nothing was asked for
    window.called([paint_photo(tmp_path / "Agra" / "a.png", GREEN).parent])
    wait_idle(qtbot, window)
    assert shown_names(window) == ["a.png"]


def test_a_second_start_does_not_pull_photos_away_under_a_dialog(
    open_window: OpenWindow, folder: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    window = open_window([folder])
    window.actions_by_id["settings"].trigger()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, QDialog)
    window.called([paint_photo(tmp_path / "Agra" / "a.png", GREEN).parent])
    assert window.workspace.roots == (folder,)
    dialog.close()
    qtbot.waitUntil(lambda: window.workspace.roots == (tmp_path / "Agra",))


def test_photos_are_shown_in_their_folder_and_opened_elsewhere(
    open_window: OpenWindow, folder: Path, opened: Opened, no_bus: None
) -> None:
    window = open_window([folder])
    choose(window, "1.png")
    window.actions_by_id["open_with"].trigger()
    assert opened.paths == [folder / "1.png"]
    window.actions_by_id["reveal"].trigger()
    assert opened.paths[1:] == [folder]


def test_dragged_photos_are_all_files_of_the_selected_ones(open_window: OpenWindow, folder: Path) -> None:
    paint_photo(folder / "pair.jpg", GREEN)
    (folder / "pair.cr2").write_bytes(b"raw")
    window = open_window([folder])
    window.view.selectAll()
    drag = drag_of(window.photos, window.view.selected_ids(), window.view.current_id, window.view)
    assert drag is not None
    names = [Path(url.toLocalFile()).name for url in drag.mimeData().urls()]
    assert names == ["0.png", "1.png", "2.png", "pair.jpg", "pair.cr2"]
    drag.deleteLater()
    assert drag_of(window.photos, [], -1, window.view) is None


def test_tiles_can_be_dragged_out_and_not_back_in(open_window: OpenWindow, folder: Path) -> None:
    window = open_window([folder])
    assert window.photos.index(0).flags() & Qt.ItemFlag.ItemIsDragEnabled
    assert window.view.dragEnabled()
    assert not window.view.acceptDrops()


class Told:
    """What was told of ended work."""

    def __init__(self, window: MainWindow) -> None:
        self.texts: list[str] = []
        window.herald.ended.connect(self.texts.append)


def test_the_end_of_long_work_is_told_and_that_of_short_work_is_not(
    open_window: OpenWindow, folder: Path, script: Script, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desktop, "LONG_S", 3600.0)
    window = open_window()
    told = Told(window)
    window.open_paths([folder])
    wait_idle(qtbot, window)
    assert told.texts == []
    monkeypatch.setattr(desktop, "LONG_S", 0.0)
    paint_photo(folder / "new.png", GREEN)
    window.open_paths([folder])
    qtbot.waitUntil(lambda: told.texts == ["4 photos are classified."])


def test_work_that_was_cancelled_has_not_ended_well(
    open_window: OpenWindow, folder: Path, script: Script, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desktop, "LONG_S", 0.0)
    script.hold()
    window = open_window([folder], wait=False)
    told = Told(window)
    qtbot.waitUntil(lambda: window.workspace.progress.total == 3)
    window.actions_by_id["cancel"].trigger()
    script.release()
    assert told.texts == []


@pytest.mark.parametrize(("active", "wanted", "calls"), [(False, True, 1), (True, True, 0), (False, False, 0)])
def test_only_whoever_looks_elsewhere_and_wants_it_is_told_by_the_desktop(
    window: MainWindow, settings: Settings, monkeypatch: pytest.MonkeyPatch, active: bool, wanted: bool, calls: int
) -> None:
    made: list[Sequence[object]] = []
    monkeypatch.setattr(session_bus, "has_bus", lambda: True)
    monkeypatch.setattr(session_bus, "call", lambda address, arguments, *_: made.append((address[3], *arguments)))
    monkeypatch.setattr(window, "isActiveWindow", lambda: active)
    settings.set(table.NOTIFY, wanted)
    window.herald.ended.emit("3 photos are classified.")
    assert len(made) == calls
    if made:
        title = QGuiApplication.applicationDisplayName()
        assert made == [("AddNotification", "work-ended", {"title": title, "body": "3 photos are classified."})]


def test_progress_reaches_the_dock_and_is_taken_away(
    open_window: OpenWindow, folder: Path, script: Script, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[dict[str, object]] = []
    monkeypatch.setattr(session_bus, "has_bus", lambda: True)
    monkeypatch.setattr(session_bus, "send", lambda *arguments: sent.append(arguments[3][1]))
    monkeypatch.setattr(desktop.sys, "platform", "linux")
    script.hold()
    window = open_window([folder], wait=False)
    qtbot.waitUntil(lambda: {"progress": 0.0, "progress-visible": True} in sent)
    script.release()
    wait_idle(qtbot, window)
    qtbot.waitUntil(lambda: sent[-1]["progress-visible"] is False)


def test_diagnostics_name_versions_and_settings_but_no_photo_and_no_folder(
    open_window: OpenWindow, folder: Path, settings: Settings, tmp_path: Path, qtbot: QtBot
) -> None:
    settings.set(table.BUNDLE, str(tmp_path / "my-bundle"))
    settings.set(table.THREADS, 3)
    window = open_window([folder])
    qtbot.waitUntil(lambda: window.workspace.provider is not None)
    window.actions_by_id["diagnostics"].trigger()
    text = QGuiApplication.clipboard().text()
    for part in ("Landmark Desktop", "PySide6", "colours 1.0", "no NVIDIA driver", "threads=3", "Open photos: 3"):
        assert part in text
    for secret in (str(tmp_path), "trip", "0.png", "my-bundle", str(Path.home())):
        assert secret not in text
    assert "no names of photos" in window.strip.hint.text()


# states


def test_where_no_photo_shows_a_landmark_that_is_said_and_the_landmarks_are_one_click_away(
    open_window: OpenWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    for number in range(2):
        paint_photo(tmp_path / "garden" / f"{number}.png", GREY, seed=number)
    window = open_window([tmp_path / "garden"])
    assert window.notices.message.text() == "None of the 2 photos shows a landmark that the model knows."
    assert window.notices.remedy.text().startswith("It knows 3 landmarks.")
    window.actions_by_id["show_landmark"].trigger()
    assert window.message.title.text() == "None of the 2 photos shows a landmark that the model knows"
    window.notices.action.click()
    assert not window.notices.isVisible()
    assert window.findChild(BundlesDialog) is not None


def test_a_filter_without_match_is_no_failure_of_the_model(open_window: OpenWindow, folder: Path) -> None:
    window = open_window([folder])
    window.actions_by_id["show_none"].trigger()
    assert window.message.title.text() == "No photo matches"
    assert not window.notices.isVisible()


def test_where_a_bundle_is_missing_the_bundles_are_one_click_away(window: MainWindow) -> None:
    window.workspace.problem.emit(BundleError(ErrorCode.BUNDLE_MISSING, name="mine.zip"))
    assert "No model bundle was found" in window.notices.message.text()
    assert window.notices.action.isVisible()
    window.notices.action.click()
    assert window.findChild(BundlesDialog) is not None
