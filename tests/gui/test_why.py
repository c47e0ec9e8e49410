"""Why? What in a photo speaks for its landmark, by one key, for one photo after the other."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from landmark_desktop.ui.main_window import MainWindow
from landmark_desktop.ui.picture import Picture
from tests.gui.conftest import OpenWindow
from tests.gui.helpers import GREEN, GREY, RED, Script, choose, paint_photo, tile

Key = Qt.Key


@pytest.fixture
def window(open_window: OpenWindow, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    folder = tmp_path / "trip"
    paint_photo(folder / "1_red.jpg", RED)
    paint_photo(folder / "2_green.jpg", GREEN)
    paint_photo(folder / "3_grey.jpg", GREY)
    (folder / "4_text.jpg").write_text("no photo", "utf-8")
    window = open_window([folder])
    choose(window, "1_red.jpg")
    window.view.setFocus()
    return window


def explain(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window.view, Key.Key_H)
    qtbot.waitUntil(lambda: window.panel.picture.overlay is not None)


def rendered(picture: Picture) -> QImage:
    return picture.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def test_one_key_shows_and_hides_where_the_model_looked(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.panel.picture.image is not None)
    plain = rendered(window.panel.picture)
    explain(window, qtbot)
    assert rendered(window.panel.picture) != plain
    assert window.panel.legend.isVisible()
    assert window.panel.legend.label.text() == "The lighter the colour, the more speaks for Eiffel Tower."
    assert window.actions_by_id["why"].isChecked()
    qtbot.keyClick(window.view, Key.Key_H)
    assert window.panel.picture.overlay is None
    assert not window.panel.legend.isVisible()


def test_each_photo_is_explained_in_its_turn(window: MainWindow, qtbot: QtBot, script: Script) -> None:
    explain(window, qtbot)
    qtbot.keyClick(window.view, Key.Key_Right)
    assert window.panel.picture.overlay is None  # not the map of another photo
    qtbot.waitUntil(
        lambda: "Taj Mahal" in window.panel.legend.label.text() and window.panel.picture.overlay is not None
    )
    assert script.explained == ["eiffel_tower", "taj_mahal"]


def test_a_photo_that_was_current_for_a_moment_only_is_explained_once(
    window: MainWindow, qtbot: QtBot, script: Script
) -> None:
    told: list[str] = []
    window.workspace.heat_maps.ready.connect(lambda _, landmark_id, __: told.append(landmark_id))
    with qtbot.waitSignal(window.workspace.preview_ready):  # asked for when the photo has rested, as its map would be
        qtbot.keyClick(window.view, Key.Key_Right)
        qtbot.keyClick(window.view, Key.Key_H)
    qtbot.waitUntil(lambda: bool(told))
    window.workspace.heat_maps.request(tile(window, "1_red.jpg").record.photo, "petra")  # after all others
    qtbot.waitUntil(lambda: told[-1] == "petra")
    assert script.explained == ["taj_mahal", "petra"]


def test_the_answer_is_explained_where_it_is_another_than_the_first_guess(
    window: MainWindow, qtbot: QtBot, script: Script
) -> None:
    explain(window, qtbot)
    window.panel.picked.emit(1)
    qtbot.waitUntil(lambda: script.explained == ["eiffel_tower", "petra"])
    # There is no blue in a red photo.
    qtbot.waitUntil(lambda: window.panel.legend.label.text() == "Nothing in this photo speaks for Petra.")
    assert window.panel.picture.overlay is None


def test_a_map_that_cannot_be_made_says_why(window: MainWindow, qtbot: QtBot, script: Script) -> None:
    script.fail_maps = True
    qtbot.keyClick(window.view, Key.Key_H)
    qtbot.waitUntil(lambda: "out of memory" in window.panel.legend.label.text())
    assert window.panel.picture.overlay is None


def test_a_photo_without_guesses_has_nothing_to_explain(window: MainWindow, qtbot: QtBot) -> None:
    choose(window, "4_text.jpg")
    assert not window.actions_by_id["why"].isEnabled()
    choose(window, "1_red.jpg")
    explain(window, qtbot)
    choose(window, "4_text.jpg")
    assert window.panel.picture.overlay is None
    assert window.panel.legend.label.text() == "There is no guess to explain."
    assert window.actions_by_id["why"].isEnabled()  # it can still be ended


def test_the_large_preview_explains_too(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window.view, Key.Key_Space)
    qtbot.waitUntil(window.large.isVisible)
    qtbot.keyClick(window.large, Key.Key_H)
    qtbot.waitUntil(lambda: window.large.picture.overlay is not None)
    assert window.large.legend.isVisible()
