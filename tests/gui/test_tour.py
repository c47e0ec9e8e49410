"""The guided tour: offered once, by the keyboard, can be skipped, and comes back from Help."""

from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from landmark_desktop.services.settings import Settings
from landmark_desktop.ui.main_window import MainWindow
from landmark_desktop.ui.tour import Tour
from tests.gui.conftest import OpenWindow
from tests.gui.helpers import RED, paint_photo, tile, wait_idle


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return paint_photo(tmp_path / "trip" / "a.png", RED).parent


def begin(window: MainWindow) -> Tour:
    window.actions_by_id["tour"].trigger()
    found = window.tour.tour
    assert found is not None
    assert found.isVisible()
    return found


def test_it_is_offered_when_the_first_photos_are_there_and_never_again(
    open_window: OpenWindow, folder: Path, settings: Settings, qtbot: QtBot
) -> None:
    window = open_window()
    window.begin([])
    assert window.tour.tour is None  # there is nothing yet that it could point at
    window.open_paths([folder])
    qtbot.waitUntil(lambda: window.tour.tour is not None and window.tour.tour.isVisible())
    assert window.tour.tour is not None
    qtbot.keyClick(window.tour.tour, Qt.Key.Key_Escape)
    assert not window.tour.tour.isVisible()
    assert settings.explained("tour")
    wait_idle(qtbot, window)
    window.close()
    again = open_window()
    again.begin([folder])
    wait_idle(qtbot, again)
    assert again.tour.tour is None


def test_three_steps_go_forth_and_back_by_the_keyboard(open_window: OpenWindow, folder: Path, qtbot: QtBot) -> None:
    window = open_window([folder])
    tour = begin(window)
    titles = [tour.title.text()]
    for _ in range(2):
        qtbot.keyClick(tour, Qt.Key.Key_Right)
        titles.append(tour.title.text())
    assert len(set(titles)) == 3
    assert tour.forth.text() == "Done"
    assert tour.position.text() == "Step 3 of 3"
    qtbot.keyClick(tour, Qt.Key.Key_Left)
    assert tour.title.text() == titles[1]
    assert tour.accessibleName() == titles[1]
    qtbot.keyClick(tour, Qt.Key.Key_Return)
    qtbot.keyClick(tour, Qt.Key.Key_Return)
    assert not tour.isVisible()
    assert tile(window, "a.png").record.review is None  # Enter was for the tour
    assert window.view.hasFocus()


def test_its_buttons_work_and_tab_stays_among_them(open_window: OpenWindow, folder: Path, qtbot: QtBot) -> None:
    window = open_window([folder])
    tour = begin(window)
    qtbot.mouseClick(tour.forth, Qt.MouseButton.LeftButton)
    assert tour.step == 1
    seen = set()
    for _ in range(3):
        seen.add(window.focusWidget())
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
    assert seen == {tour.skip, tour.back, tour.forth}
    qtbot.mouseClick(tour.back, Qt.MouseButton.LeftButton)
    assert tour.step == 0
    qtbot.mouseClick(tour.skip, Qt.MouseButton.LeftButton)
    assert not tour.isVisible()


def test_without_photos_it_can_be_taken_too_and_its_card_stays_in_the_window(window: MainWindow) -> None:
    tour = begin(window)
    for size in (QSize(1400, 900), QSize(700, 500)):
        window.resize(size)
        for step in range(3):
            tour.go(step)
            assert tour.size() == window.size()
            assert tour.rect().contains(tour.card.geometry())


def test_keys_of_the_window_rest_while_the_tour_runs(open_window: OpenWindow, folder: Path, qtbot: QtBot) -> None:
    window = open_window([folder])
    tour = begin(window)
    for key in (Qt.Key.Key_F, Qt.Key.Key_T, Qt.Key.Key_1, Qt.Key.Key_F1):
        qtbot.keyClick(window.focusWidget(), key)
    assert window.findChild(QDialog) is None
    assert tile(window, "a.png").record.review is None
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Return)  # to the button that has the focus
    assert tour.step == 1
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Escape)
    assert not tour.isVisible()
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_F1)
    assert window.findChild(QDialog) is not None
