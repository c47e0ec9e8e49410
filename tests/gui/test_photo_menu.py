"""The menu of the grid's photos, and copying them."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from landmark_desktop.ui.main_window import MainWindow
from landmark_desktop.ui.photo_grid.grouping import GroupBy
from tests.gui.conftest import OpenWindow
from tests.gui.helpers import GREEN, RED, choose, paint_photo, tile

Key = Qt.Key
Reason = QContextMenuEvent.Reason


@pytest.fixture
def window(open_window: OpenWindow, tmp_path: Path) -> MainWindow:
    folder = tmp_path / "trip"
    paint_photo(folder / "1_red.jpg", RED)
    paint_photo(folder / "2_red.jpg", RED, seed=1)
    paint_photo(folder / "3_green.jpg", GREEN)
    (folder / "4_text.jpg").write_text("no photo", "utf-8")
    return open_window([folder])


def ask(window: MainWindow, reason: Reason, point: QPoint) -> QMenu | None:
    """Ask for a menu as mouse or key do."""
    event = QContextMenuEvent(reason, point, window.view.viewport().mapToGlobal(point))
    QApplication.sendEvent(window.view.viewport(), event)
    menu = QApplication.activePopupWidget()
    assert menu is None or isinstance(menu, QMenu)
    return menu


def entry(menu: QMenu, text: str) -> None:
    """Choose an entry, also of a submenu, by the beginning of its text."""
    entries = [*menu.actions(), *(a for action in menu.actions() if action.menu() for a in action.menu().actions())]
    next(action for action in entries if action.text().startswith(text)).trigger()
    menu.close()


def test_the_menu_of_a_photo_answers_it(window: MainWindow) -> None:
    choose(window, "1_red.jpg")
    where = window.view.visualRect(window.photos.index(0)).center()
    menu = ask(window, Reason.Mouse, where)
    assert menu is not None
    texts = [action.text().partition("\t")[0] for action in menu.actions() if action.text()]
    assert texts[:2] == ["Accept and go on", "Accept another guess"]
    assert {"No landmark", "Why?", "Show in file manager", "Copy"} <= set(texts)
    assert "Accept group and go on" not in texts
    entry(menu, "Petra, 2 %")
    review = tile(window, "1_red.jpg").record.review
    assert review is not None
    assert review.landmark_id == "petra"


def test_the_menu_key_opens_it_at_the_current_photo(window: MainWindow) -> None:
    choose(window, "3_green.jpg")
    menu = ask(window, Reason.Keyboard, QPoint(1, 1))
    assert menu is not None
    rect = window.view.visualRect(window.view.currentIndex())
    assert menu.pos() == window.view.viewport().mapToGlobal(rect.center())
    menu.close()


def test_beside_the_photos_there_is_no_menu(window: MainWindow) -> None:
    corner = window.view.viewport().rect().bottomRight() - QPoint(2, 2)
    assert ask(window, Reason.Mouse, corner) is None


def test_a_photo_that_cannot_be_read_has_no_guesses_to_accept(window: MainWindow) -> None:
    choose(window, "4_text.jpg")
    menu = ask(window, Reason.Keyboard, QPoint())
    assert menu is not None
    assert not any(action.menu() for action in menu.actions())
    menu.close()


def test_a_header_has_the_menu_of_its_group(window: MainWindow) -> None:
    window.filters.set_group(GroupBy.LANDMARK)
    header = window.view.header_rect(0).center()
    menu = ask(window, Reason.Mouse, header)
    assert menu is not None
    entry(menu, "Collapse this group")
    assert window.photos.groups.closed[0]
    menu = ask(window, Reason.Mouse, header)
    assert menu is not None
    entry(menu, "Open this group")
    assert not window.photos.groups.closed[0]
    menu = ask(window, Reason.Mouse, header)
    assert menu is not None
    entry(menu, "Accept 2 photos of this group")
    assert tile(window, "1_red.jpg").accepted
    assert tile(window, "2_red.jpg").accepted


def test_photos_are_copied_as_files_and_as_text(window: MainWindow, qtbot: QtBot) -> None:
    choose(window, "1_red.jpg")
    window.view.setFocus()
    qtbot.keyClick(window.view, Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(window.view, Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    data = QApplication.clipboard().mimeData()
    assert [Path(url.toLocalFile()).name for url in data.urls()] == ["1_red.jpg", "2_red.jpg"]
    assert [Path(line).name for line in data.text().splitlines()] == ["1_red.jpg", "2_red.jpg"]


@pytest.mark.parametrize("width", [900, 1100, 1400])
def test_the_boxes_of_groups_and_orders_show_what_is_chosen(window: MainWindow, width: int, qtbot: QtBot) -> None:
    window.resize(width, 700)
    qtbot.waitUntil(lambda: window.width() == max(width, window.minimumSizeHint().width()))
    for box in (window.filters.group, window.filters.order):
        assert box.width() >= box.minimumSizeHint().width()
        if width == 1400:
            assert box.width() >= box.sizeHint().width()
