"""Finding any landmark by its name: with the keys, with the mouse, and for those who hear the window."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from landmark_desktop.ui.landmark_picker import LandmarkPicker
from landmark_desktop.ui.main_window import MainWindow
from tests.gui.conftest import OpenWindow
from tests.gui.helpers import GREEN, GREY, RED, choose, current_name, paint_photo, tile

Key = Qt.Key


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "trip"
    for number, colour in enumerate((RED, GREEN, GREY), 1):
        paint_photo(folder / f"{number}.jpg", colour)
    return folder


@pytest.fixture
def window(open_window: OpenWindow, folder: Path, qtbot: QtBot) -> MainWindow:
    window = open_window([folder])
    qtbot.waitUntil(window.view.hasFocus)
    return window


def open_picker(window: MainWindow, qtbot: QtBot) -> LandmarkPicker:
    """Press F in the grid."""
    qtbot.waitUntil(window.view.hasFocus)
    keys(qtbot, Key.Key_F)
    picker = window.findChild(LandmarkPicker)
    assert isinstance(picker, LandmarkPicker)
    qtbot.waitUntil(picker.field.hasFocus)
    return picker


def keys(qtbot: QtBot, *pressed: Qt.Key) -> None:
    """Press keys wherever the keyboard is."""
    for key in pressed:
        widget = QApplication.focusWidget()
        assert isinstance(widget, QWidget)
        qtbot.keyClick(widget, key)


def closed(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.findChild(LandmarkPicker) is None)
    window.activateWindow()  # what window managers do, and Qt's platform without a screen does not


def names(picker: LandmarkPicker) -> list[str]:
    return [picker.found.landmark(row).name for row in range(picker.found.rowCount())]


def answer(window: MainWindow, name: str) -> str:
    review = tile(window, name).record.review
    return "" if review is None else review.landmark_id or "none"


@pytest.mark.parametrize("typed", ["agra", "taj maahl", "mahal india"])
def test_a_few_letters_and_enter_answer_the_photo_and_go_on(window: MainWindow, qtbot: QtBot, typed: str) -> None:
    choose(window, "2.jpg")
    picker = open_picker(window, qtbot)
    qtbot.keyClicks(picker.field, typed)
    keys(qtbot, Key.Key_Return)
    assert answer(window, "2.jpg") == "taj_mahal"
    assert current_name(window) == "3.jpg"


def test_escape_changes_nothing(window: MainWindow, qtbot: QtBot) -> None:
    open_picker(window, qtbot)
    keys(qtbot, Key.Key_Down, Key.Key_Escape)
    closed(window, qtbot)
    assert answer(window, "1.jpg") == ""


def test_arrows_and_pages_choose_and_stop_at_the_ends(window: MainWindow, qtbot: QtBot) -> None:
    picker = open_picker(window, qtbot)
    last = picker.found.rowCount() - 1
    steps = [(Key.Key_Up, 0), (Key.Key_Down, 1), (Key.Key_PageDown, last), (Key.Key_Down, last), (Key.Key_PageUp, 0)]
    for key, row in steps:
        keys(qtbot, key)
        assert picker.choices.currentIndex().row() == row
    keys(qtbot, Key.Key_Down, Key.Key_Enter)
    assert answer(window, "1.jpg") == "petra"


def test_the_landmark_used_last_comes_first_the_next_time_and_after_a_restart(
    open_window: OpenWindow, folder: Path, qtbot: QtBot
) -> None:
    window = open_window([folder])
    picker = open_picker(window, qtbot)
    assert names(picker) == ["Eiffel Tower", "Petra", "Taj Mahal"]
    qtbot.keyClicks(picker.field, "agra")
    keys(qtbot, Key.Key_Return)
    closed(window, qtbot)
    picker = open_picker(window, qtbot)
    assert names(picker) == ["Taj Mahal", "Eiffel Tower", "Petra"]
    keys(qtbot, Key.Key_Return)  # the same once more, without a letter
    assert answer(window, "2.jpg") == "taj_mahal"
    window.close()
    again = open_window([folder])
    assert names(open_picker(again, qtbot)) == ["Taj Mahal", "Eiffel Tower", "Petra"]


def test_a_click_picks(window: MainWindow, qtbot: QtBot) -> None:
    picker = open_picker(window, qtbot)
    row = picker.choices.visualRect(picker.found.index(1, 0)).center()
    qtbot.mouseClick(picker.choices.viewport(), Qt.MouseButton.LeftButton, pos=row)
    assert answer(window, "1.jpg") == "petra"


def test_where_nothing_fits_the_list_says_so_and_enter_does_nothing(window: MainWindow, qtbot: QtBot) -> None:
    picker = open_picker(window, qtbot)
    assert not picker.nothing.isVisible()
    qtbot.keyClicks(picker.field, "xyzzy")
    assert picker.nothing.isVisible()
    assert picker.field.accessibleDescription() == picker.nothing.text()
    keys(qtbot, Key.Key_Return)
    assert picker.isVisible()
    assert answer(window, "1.jpg") == ""
    picker.field.clear()
    assert not picker.nothing.isVisible()


def test_the_chosen_landmark_is_told_at_the_field_where_the_keyboard_is(window: MainWindow, qtbot: QtBot) -> None:
    picker = open_picker(window, qtbot)
    assert picker.field.accessibleName()
    assert picker.field.accessibleDescription().startswith("Eiffel Tower — ")
    keys(qtbot, Key.Key_Down)
    assert picker.field.accessibleDescription().startswith("Petra — ")
    assert "Jordan" in picker.field.accessibleDescription()
