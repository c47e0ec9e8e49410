"""Opening folders and files: menu, drag and drop, recent folders; and what is shown where there is nothing."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from landmark_desktop.services.settings import Settings
from landmark_desktop.ui.main_window import MainWindow
from landmark_desktop.ui.photo_grid.model import THUMBNAIL_ROLE
from tests.gui.conftest import OpenWindow
from tests.gui.helpers import GREEN, RED, Script, paint_photo, shown_names, tile, wait_idle


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for number in (1, 2, 10):
        paint_photo(tmp_path / "Rome" / f"IMG_{number}.jpg", RED, seed=number)
    return tmp_path / "Rome"


def dialog_of(window: MainWindow) -> QFileDialog:
    found = window.findChild(QFileDialog)
    assert isinstance(found, QFileDialog)
    return found


def drop(window: MainWindow, paths: list[Path]) -> None:
    """Drag files over the window and drop them, as a file manager does."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(window.rect().center(), Qt.DropAction.CopyAction, data, buttons, keys)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    assert window.drop_hint.isVisible()
    where = QPointF(window.rect().center())
    QApplication.sendEvent(window, QDropEvent(where, Qt.DropAction.CopyAction, data, buttons, keys))
    assert not window.drop_hint.isVisible()


def test_first_start_offers_to_open_a_folder(window: MainWindow, qtbot: QtBot) -> None:
    assert window.welcome.open.isVisible()
    qtbot.mouseClick(window.welcome.open, Qt.MouseButton.LeftButton)
    assert dialog_of(window).isVisible()


def test_a_folder_chosen_from_the_menu_is_opened_in_natural_order(
    window: MainWindow, folder: Path, qtbot: QtBot
) -> None:
    window.actions_by_id["open_folder"].trigger()
    dialog_of(window).filesSelected.emit([str(folder)])
    wait_idle(qtbot, window)
    assert shown_names(window) == ["IMG_1.jpg", "IMG_2.jpg", "IMG_10.jpg"]
    assert window.windowTitle() == "Rome"
    assert window.view.isVisible()


def test_files_chosen_from_the_menu_are_opened_alone(window: MainWindow, folder: Path, qtbot: QtBot) -> None:
    window.actions_by_id["open_files"].trigger()
    dialog_of(window).filesSelected.emit([str(folder / "IMG_2.jpg")])
    wait_idle(qtbot, window)
    assert shown_names(window) == ["IMG_2.jpg"]


def test_dropped_folders_and_files_are_opened(window: MainWindow, folder: Path, tmp_path: Path, qtbot: QtBot) -> None:
    single = paint_photo(tmp_path / "single.jpg", GREEN)
    drop(window, [single, folder])
    wait_idle(qtbot, window)
    assert sorted(shown_names(window)) == ["IMG_1.jpg", "IMG_10.jpg", "IMG_2.jpg", "single.jpg"]


def test_text_dragged_over_the_window_is_not_taken(window: MainWindow) -> None:
    data = QMimeData()
    data.setText("Rome")
    enter = QDragEnterEvent(
        window.rect().center(),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    enter.ignore()
    QApplication.sendEvent(window, enter)
    assert not enter.isAccepted()
    assert not window.drop_hint.isVisible()


def test_tiles_appear_before_anything_is_classified(
    open_window: OpenWindow, folder: Path, script: Script, qtbot: QtBot
) -> None:
    script.hold()
    window = open_window([folder], wait=False)
    qtbot.waitUntil(lambda: window.photos.rowCount() == 3)
    assert window.photos.unclassified == 3
    assert tile(window, "IMG_1.jpg").verdict is None
    script.release()
    wait_idle(qtbot, window)


def test_tiles_get_thumbnails(open_window: OpenWindow, folder: Path, qtbot: QtBot) -> None:
    window = open_window([folder])
    index = window.photos.index(0)
    qtbot.waitUntil(lambda: index.data(THUMBNAIL_ROLE) is not None)
    assert index.data(THUMBNAIL_ROLE).pixelColor(60, 60).red() > 150


def test_a_folder_that_is_opened_again_needs_no_classification_but_has_thumbnails(
    open_window: OpenWindow, folder: Path, script: Script, qtbot: QtBot
) -> None:
    open_window([folder]).close()
    done = script.classified
    window = open_window([folder])
    assert script.classified == done
    assert tile(window, "IMG_1.jpg").landmark is not None
    qtbot.waitUntil(lambda: window.photos.index(2).data(THUMBNAIL_ROLE) is not None)


def test_recent_folders_are_offered_and_open_again(
    window: MainWindow, folder: Path, tmp_path: Path, settings: Settings, qtbot: QtBot
) -> None:
    other = paint_photo(tmp_path / "Agra" / "a.jpg", GREEN).parent
    window.open_paths([folder])
    wait_idle(qtbot, window)
    window.open_paths([other])
    qtbot.waitUntil(lambda: shown_names(window) == ["a.jpg"])
    assert settings.recent_folders == (str(other), str(folder))
    menu = window.actions_by_id["open_files"].associatedObjects()[0]
    recent = next(action for action in menu.actions() if action.menu() is not None)
    recent.menu().actions()[1].trigger()
    qtbot.waitUntil(lambda: len(shown_names(window)) == 3)


def test_an_empty_folder_says_so(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "empty").mkdir()
    with qtbot.waitSignal(window.workspace.scan_finished):
        window.open_paths([tmp_path / "empty"])
    qtbot.waitUntil(lambda: window.message.title.text() == "No photos here")
    assert window.message.isVisible()
    assert window.message.button.text() == "Open another folder"
    assert window.panel.picture.sign is None  # nothing is being waited for


def test_a_missing_folder_is_told_with_a_remedy(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.workspace.scan_finished):
        window.open_paths([tmp_path / "gone"])
    assert "is not there" in window.message.title.text()
    assert "Reconnect the drive" in window.message.text.text()
    assert not window.notices.isVisible()  # it is said once
    (tmp_path / "gone").mkdir()
    paint_photo(tmp_path / "gone" / "back.jpg", RED)
    qtbot.mouseClick(window.message.button, Qt.MouseButton.LeftButton)  # "Try again"
    wait_idle(qtbot, window)
    assert shown_names(window) == ["back.jpg"]


def test_another_folder_replaces_the_first(open_window: OpenWindow, folder: Path, tmp_path: Path, qtbot: QtBot) -> None:
    window = open_window([folder])
    window.open_paths([paint_photo(tmp_path / "Agra" / "a.jpg", GREEN).parent])
    qtbot.waitUntil(lambda: shown_names(window) == ["a.jpg"])
    wait_idle(qtbot, window)
    assert window.panel.bars[0].text() == "Taj Mahal"
