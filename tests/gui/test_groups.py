"""Photos in groups: headers, one key for a whole group, collapsing."""

from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from landmark_desktop.ui.main_window import MainWindow
from landmark_desktop.ui.photo_grid.group_header import header_title
from landmark_desktop.ui.photo_grid.grouping import GroupBy
from tests.gui.conftest import OpenWindow
from tests.gui.helpers import (
    BLUE,
    GREEN,
    GREY,
    ORANGE,
    RED,
    choose,
    current_name,
    paint_photo,
    shown_names,
    tile,
    wait_idle,
)

Key = Qt.Key


@pytest.fixture
def window(open_window: OpenWindow, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    """Two photos of the Eiffel Tower and one that may be, one of Petra, one of the Taj Mahal, two of nothing."""
    shots = {"a": RED, "b": GREY, "c": BLUE, "d": RED, "e": GREEN, "f": ORANGE, "g": GREY}
    for day, (name, colour) in enumerate(shots.items(), 1):
        paint_photo(tmp_path / "trip" / f"{name}.jpg", colour, taken_at=datetime(2024, 5, 1 + day % 3, 12))
    return open_window([tmp_path / "trip"])


def titles(window: MainWindow) -> list[tuple[str, int]]:
    groups = window.photos.groups
    return [(header_title(groups.by, key), len(groups.rows(i))) for i, key in enumerate(groups.keys)]


def test_groups_by_landmark_have_headers_and_counts(window: MainWindow) -> None:
    window.actions_by_id["group_landmark"].trigger()
    assert titles(window) == [("Eiffel Tower", 3), ("Petra", 1), ("Taj Mahal", 1), ("No landmark", 2)]
    assert shown_names(window)[:3] == ["a.jpg", "d.jpg", "f.jpg"]
    headers = [window.view.header_rect(group).top() for group in range(4)]
    assert headers == sorted(headers)
    assert len(set(headers)) == 4
    window.actions_by_id["group_nothing"].trigger()
    assert shown_names(window) == [f"{name}.jpg" for name in "abcdefg"]


def test_groups_by_place_and_by_day_say_what_they_are(window: MainWindow) -> None:
    window.filters.set_group(GroupBy.PLACE)
    assert [count for _, count in titles(window)] == [3, 1, 1, 2]
    assert ("Paris, France", 3) in [(title.replace(" and ", ", "), count) for title, count in titles(window)]
    window.filters.set_group(GroupBy.DAY)
    assert [count for _, count in titles(window)] == [2, 3, 2]
    assert "2024" in titles(window)[0][0]


def test_one_key_accepts_a_group_and_one_takes_it_back(window: MainWindow, qtbot: QtBot) -> None:
    window.filters.set_group(GroupBy.LANDMARK)
    window.view.setFocus()
    choose(window, "d.jpg")
    qtbot.keyClick(window.view, Key.Key_G)
    assert [tile(window, f"{name}.jpg").accepted for name in "adfc"] == [True, True, True, False]
    assert current_name(window) == "c.jpg"
    qtbot.keyClick(window.view, Key.Key_U)
    assert not any(tile(window, f"{name}.jpg").accepted for name in "adfc")
    qtbot.keyClick(window.view, Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert all(tile(window, f"{name}.jpg").accepted for name in "adf")


def test_what_the_model_is_unsure_of_is_not_accepted_with_a_whole_day(window: MainWindow, qtbot: QtBot) -> None:
    window.filters.set_group(GroupBy.DAY)
    window.view.setFocus()
    choose(window, "f.jpg")
    qtbot.keyClick(window.view, Key.Key_G)
    assert not tile(window, "f.jpg").accepted
    assert tile(window, "c.jpg").accepted


def test_the_button_of_a_header_accepts_the_group(window: MainWindow, qtbot: QtBot) -> None:
    window.filters.set_group(GroupBy.LANDMARK)
    header = window.view.header_rect(1)
    window.view.verticalScrollBar().setValue(header.top())
    header = window.view.header_rect(1)
    qtbot.mouseClick(
        window.view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(header.right() - 30, header.center().y() + 2)
    )
    assert tile(window, "c.jpg").accepted
    assert not tile(window, "a.jpg").accepted


def test_a_collapsed_group_is_passed_by_keys_and_opens_by_a_click(window: MainWindow, qtbot: QtBot) -> None:
    window.filters.set_group(GroupBy.LANDMARK)
    window.view.setFocus()
    choose(window, "c.jpg")
    height = window.view.lines.height
    qtbot.keyClick(window.view, Key.Key_C)
    assert window.view.lines.height < height
    assert window.view.isIndexHidden(window.photos.index(3))
    choose(window, "f.jpg")
    qtbot.keyClick(window.view, Key.Key_Right)
    assert current_name(window) == "e.jpg"
    header = window.view.header_rect(1)
    qtbot.mouseClick(
        window.view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(header.left() + 40, header.center().y())
    )
    assert window.view.lines.height == height


def test_photos_that_come_later_find_their_group(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    window.filters.set_group(GroupBy.LANDMARK)
    paint_photo(tmp_path / "trip" / "z.jpg", BLUE, seed=9)
    window.workspace.rescan(tmp_path / "trip")
    qtbot.waitUntil(lambda: "z.jpg" in shown_names(window))
    wait_idle(qtbot, window)
    qtbot.waitUntil(lambda: ("Petra", 2) in titles(window))
    assert len(titles(window)) == 4


def test_another_answer_moves_a_photo_to_its_group(window: MainWindow, qtbot: QtBot) -> None:
    window.filters.set_group(GroupBy.LANDMARK)
    window.view.setFocus()
    choose(window, "f.jpg")
    qtbot.keyClick(window.view, Key.Key_2)
    qtbot.waitUntil(lambda: titles(window)[:2] == [("Eiffel Tower", 2), ("Petra", 2)])


def test_groups_are_chosen_again_after_a_restart(window: MainWindow, open_window: OpenWindow) -> None:
    window.filters.set_group(GroupBy.DAY)
    window.close()
    assert open_window().photos.query.group is GroupBy.DAY


def test_a_header_tells_how_many_photos_wait_for_an_answer(window: MainWindow, qtbot: QtBot) -> None:
    window.filters.set_group(GroupBy.LANDMARK)
    window.view.setFocus()
    choose(window, "d.jpg")
    spoken = window.view.accessibleDescription
    assert spoken() == "Eiffel Tower, 3 photos, 3 without an answer"
    qtbot.keyClick(window.view, Key.Key_Return)
    assert window.photos.groups.unanswered(0) == 2
    choose(window, "c.jpg")
    assert spoken() == "Petra, 1 photo, 1 without an answer"
    qtbot.keyClick(window.view, Key.Key_G)
    choose(window, "c.jpg")
    qtbot.keyClick(window.view, Key.Key_C)
    assert spoken() == "Petra, 1 photo, all answered, collapsed"
    window.filters.set_group(GroupBy.NOTHING)
    assert not spoken()


def test_all_groups_are_collapsed_and_opened_by_one_key(window: MainWindow, qtbot: QtBot) -> None:
    window.filters.set_group(GroupBy.LANDMARK)
    window.view.setFocus()
    choose(window, "c.jpg")
    height = window.view.lines.height
    for wanted in (True, False):
        qtbot.keyClick(window.view, Key.Key_C, Qt.KeyboardModifier.ShiftModifier)
        assert all(window.view.isIndexHidden(window.photos.index(row)) is wanted for row in range(7))
    assert window.view.lines.height == height
    assert current_name(window) == "c.jpg"


def test_the_mouse_on_a_header_is_told_what_a_click_does(window: MainWindow, qtbot: QtBot) -> None:
    window.filters.set_group(GroupBy.LANDMARK)
    header = window.view.header_rect(0)
    for point, said in (
        (QPoint(header.left() + 40, header.center().y()), "collapse"),
        (QPoint(header.right() - 30, header.center().y() + 2), "first guesses of 3 photos"),
    ):
        event = QHelpEvent(QEvent.Type.ToolTip, point, window.view.viewport().mapToGlobal(point))
        QApplication.sendEvent(window.view.viewport(), event)
        assert said in QToolTip.text()
    QToolTip.hideText()


def test_selecting_with_shift_reaches_across_headers(window: MainWindow, qtbot: QtBot) -> None:
    window.filters.set_group(GroupBy.LANDMARK)
    window.view.setFocus()
    choose(window, "f.jpg")
    for _ in range(2):
        qtbot.keyClick(window.view, Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert [window.photos.tile(i).record.photo.name for i in window.view.selected_ids()] == ["f.jpg", "c.jpg", "e.jpg"]
