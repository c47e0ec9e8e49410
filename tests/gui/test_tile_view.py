"""The view of equal tiles: where tiles lie, and where keys and mouse lead."""

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, QStringListModel, Qt
from PySide6.QtWidgets import QAbstractItemView
from pytestqt.qtbot import QtBot

from landmark_desktop.ui.photo_grid.tile_view import TileView

COUNT, COLUMNS = 23, 5
Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def view(qtbot: QtBot) -> TileView:
    """23 tiles, 5 in a row, about 3 rows in sight."""
    view = TileView()
    qtbot.addWidget(view)
    view.setModel(QStringListModel([str(number) for number in range(COUNT)], view))
    view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    view.resize(560, 330)
    with qtbot.waitExposed(view):
        view.show()
    view.set_tile(view.viewport().width() // COLUMNS, 100)
    view.setFocus()
    choose(view, 0)
    return view


def choose(view: TileView, row: int) -> None:
    flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
    view.selectionModel().setCurrentIndex(view.model().index(row, 0), flags)


def selected(view: TileView) -> list[int]:
    return sorted(index.row() for index in view.selectedIndexes())


def centre(view: TileView, row: int) -> QPoint:
    return view.visualRect(view.model().index(row, 0)).center()


def test_every_tile_is_found_where_it_lies(view: TileView) -> None:
    assert view.columns == COLUMNS
    for row in range(COUNT):
        assert view.indexAt(centre(view, row)).row() == row
    assert not view.indexAt(centre(view, COUNT - 1) + QPoint(100, 0)).isValid()
    assert not view.indexAt(QPoint(view.viewport().width() + 5, 10)).isValid()


@pytest.mark.parametrize(
    ("start", "key", "end"),
    [
        (0, Key.Key_Right, 1),
        (4, Key.Key_Right, 5),  # on to the next line
        (5, Key.Key_Left, 4),
        (0, Key.Key_Left, 0),
        (22, Key.Key_Right, 22),
        (7, Key.Key_Down, 12),
        (7, Key.Key_Up, 2),
        (2, Key.Key_Up, 2),
        (19, Key.Key_Down, 22),  # the last line is shorter
        (21, Key.Key_Down, 21),
        (7, Key.Key_Home, 0),
        (7, Key.Key_End, 22),
        (1, Key.Key_PageDown, 16),
        (18, Key.Key_PageUp, 3),
        (9, Key.Key_PageUp, 4),
    ],
)
def test_keys_lead_where_the_eye_expects(view: TileView, qtbot: QtBot, start: int, key: Qt.Key, end: int) -> None:
    choose(view, start)
    qtbot.keyClick(view, key)
    assert view.currentIndex().row() == end
    assert selected(view) == [end]
    assert view.viewport().rect().contains(centre(view, end))


def test_shift_extends_the_selection_as_one_reads(view: TileView, qtbot: QtBot) -> None:
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=centre(view, 3))
    qtbot.keyClick(view, Key.Key_Down, SHIFT)
    assert selected(view) == [3, 4, 5, 6, 7, 8]
    qtbot.keyClick(view, Key.Key_Left, SHIFT)
    assert selected(view) == [3, 4, 5, 6, 7]


def test_shift_and_a_click_select_backwards_too(view: TileView, qtbot: QtBot) -> None:
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=centre(view, 11))
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, SHIFT, pos=centre(view, 8))
    assert selected(view) == [8, 9, 10, 11]


def test_ctrl_and_a_click_add_one(view: TileView, qtbot: QtBot) -> None:
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=centre(view, 1))
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, control, pos=centre(view, 7))
    assert selected(view) == [1, 7]


def test_everything_can_be_selected(view: TileView) -> None:
    view.selectAll()
    assert selected(view) == list(range(COUNT))


def test_the_rows_in_sight_follow_the_scroll_bar(view: TileView) -> None:
    assert view.rows_in_sight() == range(4 * COLUMNS)
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    assert view.rows_in_sight().stop == COUNT
    assert view.rows_in_sight().start >= COLUMNS


def test_scrolling_to_a_tile_brings_all_of_it_into_sight(view: TileView) -> None:
    for row in (22, 0, 12):
        index = view.model().index(row, 0)
        view.scrollTo(index)
        assert view.viewport().rect().contains(view.visualRect(index).adjusted(0, 1, 0, -1))


def test_the_scroll_bar_follows_rows_that_come_and_go(view: TileView, qtbot: QtBot) -> None:
    before = view.verticalScrollBar().maximum()
    model = view.model()
    model.insertRows(COUNT, 50)
    qtbot.waitUntil(lambda: view.verticalScrollBar().maximum() == before + 10 * 100)
    model.removeRows(3, 70)
    qtbot.waitUntil(lambda: view.verticalScrollBar().maximum() == 0)
    assert view.rows_in_sight() == range(3)


def test_an_empty_grid_is_no_problem(view: TileView, qtbot: QtBot) -> None:
    view.setModel(QStringListModel(view))
    qtbot.keyClick(view, Key.Key_Down)
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    assert not view.grab().isNull()
    assert view.rows_in_sight() == range(0)
