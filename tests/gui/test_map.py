"""The map: pins of suggested and accepted places, and what mouse and keys do with them."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from landmark_desktop.core.projection import project
from landmark_desktop.ui.main_window import MainWindow
from landmark_desktop.ui.world_map.pinning import AT_ONCE, Pinning
from landmark_desktop.ui.world_map.places import Pin, Places
from landmark_desktop.ui.world_map.view import MapView
from landmark_desktop.ui.world_map.words import pin_name
from tests.gui.conftest import OpenWindow
from tests.gui.helpers import BLUE, GREEN, GREY, ORANGE, RED, choose, paint_photo, shown_names

Key = Qt.Key
PATIENCE_MS = 20_000
"""The machine may be busy."""


@pytest.fixture
def window(open_window: OpenWindow, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    folder = tmp_path / "trip"
    paint_photo(folder / "a_red.jpg", RED)  # Eiffel Tower
    paint_photo(folder / "b_orange.jpg", ORANGE)  # unsure, Eiffel Tower
    paint_photo(folder / "c_green.jpg", GREEN)  # Taj Mahal
    paint_photo(folder / "d_blue.jpg", BLUE)  # Petra
    paint_photo(folder / "e_grey.jpg", GREY, gps=(-33.86, 151.21))  # no landmark, taken in Sydney
    window = open_window([folder])
    qtbot.keyClick(window, Key.Key_M, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: len(map_of(window).pins) == 4, timeout=PATIENCE_MS)
    settle(qtbot, window)
    return window


def map_of(window: MainWindow) -> MapView:
    return window.surroundings.map_panel.map


def settle(qtbot: QtBot, window: MainWindow) -> None:
    """Wait for the end of a flight."""
    qtbot.waitUntil(lambda: map_of(window)._flight.goal is None, timeout=PATIENCE_MS)


def pin(window: MainWindow, name: str) -> Pin:
    return next(found for found in map_of(window).visible_pins() if pin_name(found) == name)


def place(window: MainWindow, name: str) -> QPoint:
    return map_of(window)._head(pin(window, name)).toPoint()


def click(qtbot: QtBot, window: MainWindow, name: str, modifier: Qt.KeyboardModifier | None = None) -> None:
    kept = modifier or Qt.KeyboardModifier.NoModifier
    qtbot.mouseClick(map_of(window), Qt.MouseButton.LeftButton, kept, place(window, name))


def test_pins_count_suggested_and_accepted_photos_and_own_positions(window: MainWindow, qtbot: QtBot) -> None:
    assert pin(window, "Eiffel Tower").counts.suggested == 2
    assert pin(window, "near Sydney").counts.own == 1
    choose(window, "a_red.jpg")
    window.reviewer.accept()
    qtbot.waitUntil(lambda: pin(window, "Eiffel Tower").counts.accepted == 1, timeout=PATIENCE_MS)
    assert pin(window, "Eiffel Tower").counts.suggested == 1
    window.reviewer.undo()
    qtbot.waitUntil(lambda: pin(window, "Eiffel Tower").counts.suggested == 2, timeout=PATIENCE_MS)


def test_a_rejected_suggestion_leaves_the_map(window: MainWindow, qtbot: QtBot) -> None:
    choose(window, "d_blue.jpg")
    window.reviewer.reject()
    qtbot.waitUntil(lambda: len(map_of(window).pins) == 3, timeout=PATIENCE_MS)


def test_a_click_on_a_pin_narrows_the_grid_and_the_chip_widens_it(window: MainWindow, qtbot: QtBot) -> None:
    click(qtbot, window, "Eiffel Tower")
    assert shown_names(window) == ["a_red.jpg", "b_orange.jpg"]
    chip = window.filters.narrowed.place_chip
    assert chip.isVisible()
    assert chip.text() == "at: Eiffel Tower"
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert len(shown_names(window)) == 5
    assert not chip.isVisible()


def test_a_second_click_on_the_same_pin_shows_all_photos_again(window: MainWindow, qtbot: QtBot) -> None:
    click(qtbot, window, "near Sydney")
    assert shown_names(window) == ["e_grey.jpg"]
    click(qtbot, window, "near Sydney")
    assert len(shown_names(window)) == 5


def test_the_place_goes_together_with_the_verdict_filter_and_all_are_cleared_at_once(
    window: MainWindow, qtbot: QtBot
) -> None:
    click(qtbot, window, "Eiffel Tower")
    window.actions_by_id["show_unsure"].trigger()
    assert shown_names(window) == ["b_orange.jpg"]
    window.view.setFocus()
    qtbot.keyClick(window.view, Key.Key_Escape)
    assert len(shown_names(window)) == 5


def test_the_pins_of_the_selected_photos_are_ringed(window: MainWindow, qtbot: QtBot) -> None:
    choose(window, "c_green.jpg")
    shown = map_of(window)
    qtbot.waitUntil(lambda: shown._selected == (frozenset({"taj_mahal"}), frozenset()), timeout=PATIENCE_MS)
    before = shown.grab().toImage()
    choose(window, "d_blue.jpg")
    qtbot.waitUntil(lambda: shown._selected == (frozenset({"petra"}), frozenset()), timeout=PATIENCE_MS)
    assert shown.grab().toImage() != before


def test_photos_with_their_own_gps_can_be_left_out(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.mouseClick(window.surroundings.map_panel.own, Qt.MouseButton.LeftButton)
    assert len(map_of(window).pins) == 3
    assert window.workspace.settings.state("map_own_positions") == "no"


def test_tab_goes_from_pin_to_pin_and_enter_chooses(window: MainWindow, qtbot: QtBot) -> None:
    shown = map_of(window)
    shown.setFocus()
    names = []
    for _ in shown.visible_pins():
        qtbot.keyClick(shown, Key.Key_Tab)
        focused = shown.focused_pin()
        assert focused is not None
        names.append(pin_name(focused))
        assert names[-1] in shown.accessibleDescription()
    assert sorted(names) == ["Eiffel Tower", "Petra", "Taj Mahal", "near Sydney"]
    qtbot.keyClick(shown, Key.Key_Backtab)
    qtbot.keyClick(shown, Key.Key_Return)
    assert window.filters.narrowed.place is not None
    assert window.filters.narrowed.place.name == names[-2]
    qtbot.keyClick(shown, Key.Key_Tab)
    qtbot.keyClick(shown, Key.Key_Tab)
    assert shown.focused_pin() is None
    assert not shown.hasFocus()


def test_keys_move_and_zoom(window: MainWindow, qtbot: QtBot) -> None:
    shown = map_of(window)
    shown.setFocus()
    before = shown.viewport
    qtbot.keyClick(shown, Key.Key_Plus)
    settle(qtbot, window)
    assert shown.viewport.zoom == pytest.approx(before.zoom + 1)
    nearer = shown.viewport
    qtbot.keyClick(shown, Key.Key_Right)
    assert shown.viewport.x > nearer.x
    qtbot.keyClick(shown, Key.Key_Minus)
    settle(qtbot, window)
    assert shown.viewport.zoom == pytest.approx(before.zoom)
    qtbot.keyClick(shown, Key.Key_Home)
    settle(qtbot, window)
    assert (shown.viewport.x, shown.viewport.zoom) == pytest.approx((before.x, before.zoom))


def test_the_wheel_zooms_at_the_pointer(window: MainWindow, qtbot: QtBot) -> None:
    shown = map_of(window)
    at = QPointF(place(window, "Eiffel Tower"))
    before = shown.viewport.to_map(at.x(), at.y())
    wheel = QWheelEvent(
        at, QPointF(shown.mapToGlobal(at.toPoint())), QPoint(), QPoint(0, 240), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    zoom = shown.viewport.zoom
    QApplication.sendEvent(shown, wheel)
    assert shown.viewport.zoom == pytest.approx(zoom + 1)
    assert shown.viewport.to_screen(*before) == pytest.approx((at.x(), at.y()), abs=0.01)


def test_the_map_is_dragged_and_a_drag_is_no_click(window: MainWindow, qtbot: QtBot) -> None:
    shown = map_of(window)
    start = place(window, "Petra")
    before = shown.viewport
    qtbot.mousePress(shown, Qt.MouseButton.LeftButton, pos=start)
    for step in range(1, 6):
        qtbot.mouseMove(shown, start + QPoint(12 * step, 0))
    qtbot.mouseRelease(shown, Qt.MouseButton.LeftButton, pos=start + QPoint(60, 0))
    away = before.x - shown.viewport.x
    assert away - np.round(away) == pytest.approx(60 / before.scale, rel=0.01)
    assert window.filters.narrowed.place is None


def test_shift_and_click_zooms_to_a_pin_without_narrowing_the_grid(window: MainWindow, qtbot: QtBot) -> None:
    before = map_of(window).viewport.zoom
    click(qtbot, window, "Taj Mahal", Qt.KeyboardModifier.ShiftModifier)
    settle(qtbot, window)
    shown = map_of(window)
    assert shown.viewport.zoom > before + 1
    x, y = (float(value) for value in project(27.17, 78.04))
    assert (shown.viewport.x, shown.viewport.y) == pytest.approx((x, y), abs=0.01)
    assert window.filters.narrowed.place is None


def test_a_double_click_on_the_ground_zooms_in(window: MainWindow, qtbot: QtBot) -> None:
    shown = map_of(window)
    before = shown.viewport.zoom
    qtbot.mouseDClick(shown, Qt.MouseButton.LeftButton, pos=QPoint(30, 30))
    settle(qtbot, window)
    assert shown.viewport.zoom == pytest.approx(before + 1)


def test_the_buttons_zoom_and_fit(window: MainWindow, qtbot: QtBot) -> None:
    panel, shown = window.surroundings.map_panel, map_of(window)
    fitted = shown.viewport
    qtbot.mouseClick(panel.zoom_in, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert shown.viewport.zoom == pytest.approx(fitted.zoom + 1)
    qtbot.mouseClick(panel.fit, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert shown.viewport.zoom == pytest.approx(fitted.zoom)
    for button in (panel.zoom_in, panel.zoom_out, panel.fit, panel.own):
        assert button.accessibleName()


def test_map_and_sidebar_are_as_they_were_after_a_restart(
    window: MainWindow, open_window: OpenWindow, qtbot: QtBot
) -> None:
    window.actions_by_id["sidebar"].trigger()
    window.close()
    again = open_window()
    assert again.actions_by_id["map"].isChecked()
    assert not again.actions_by_id["sidebar"].isChecked()
    assert again.surroundings.sidebar.isHidden()
    assert not again.surroundings.map_panel.isHidden()


def test_another_folder_forgets_the_places(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    click(qtbot, window, "Eiffel Tower")
    other = tmp_path / "other"
    paint_photo(other / "x_blue.jpg", BLUE, seed=4)
    window.open_paths([other])
    qtbot.waitUntil(
        lambda: [pin_name(found) for found in map_of(window).visible_pins()] == ["Petra"], timeout=PATIENCE_MS
    )
    assert window.filters.narrowed.place is None
    assert shown_names(window) == ["x_blue.jpg"]


def test_many_places_are_pinned_on_a_thread_of_their_own(qtbot: QtBot) -> None:
    bugs: list[BaseException] = []
    pinning = Pinning(bugs.append)
    count = AT_ONCE + 500
    keys = np.random.default_rng(3).integers(1, 1 << 49, count)
    try:
        pinning.set_places(Places((), keys, np.tile(np.array([[0, 0, 1]]), (count, 1))))
        with qtbot.waitSignal(pinning.ready, timeout=PATIENCE_MS):
            assert len(pinning.pins(3)) == 0  # what was there before
        found = pinning.pins(3)
        assert 0 < len(found) < count
        assert found.weight.sum() == count
    finally:
        pinning.close()
    assert bugs == []
