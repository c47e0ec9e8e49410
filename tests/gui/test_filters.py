"""What the grid shows: filters with live counts, search, order, tile size."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from landmark_desktop.services import settings as table
from landmark_desktop.services.settings import Settings
from landmark_desktop.ui.main_window import MainWindow
from landmark_desktop.ui.photo_grid.filter import SortOrder
from landmark_desktop.ui.photo_grid.tile import Bucket
from landmark_desktop.ui.photo_grid.view import SIGHT_MS
from tests.gui.conftest import OpenWindow
from tests.gui.helpers import BLUE, GREEN, GREY, ORANGE, RED, choose, current_name, paint_photo, shown_names, wait_idle


@pytest.fixture
def window(open_window: OpenWindow, tmp_path: Path) -> MainWindow:
    folder = tmp_path / "trip"
    paint_photo(folder / "a_orange.jpg", ORANGE)
    paint_photo(folder / "b_blue.jpg", BLUE)
    paint_photo(folder / "c_grey.jpg", GREY)
    paint_photo(folder / "d_red.jpg", RED)
    paint_photo(folder / "e_green.jpg", GREEN)
    (folder / "f_text.jpg").write_text("no photo", "utf-8")
    return open_window([folder])


def click(qtbot: QtBot, window: MainWindow, bucket: Bucket) -> None:
    qtbot.mouseClick(window.filters._chips[bucket], Qt.MouseButton.LeftButton)


def test_the_filters_show_their_counts(window: MainWindow) -> None:
    texts = [chip.text() for chip in window.filters._chips.values()]
    assert texts == ["All 6", "Landmark 3", "Unsure 1", "None 1", "Errors 1"]


@pytest.mark.parametrize(
    ("bucket", "names"),
    [
        (Bucket.LANDMARK, ["b_blue.jpg", "d_red.jpg", "e_green.jpg"]),
        (Bucket.UNSURE, ["a_orange.jpg"]),
        (Bucket.NONE, ["c_grey.jpg"]),
        (Bucket.ERRORS, ["f_text.jpg"]),
    ],
)
def test_a_filter_shows_its_photos_only(window: MainWindow, qtbot: QtBot, bucket: Bucket, names: list[str]) -> None:
    click(qtbot, window, bucket)
    assert shown_names(window) == names
    assert window.actions_by_id[f"show_{bucket.value}"].isChecked()
    window.actions_by_id["show_all"].trigger()
    assert len(shown_names(window)) == 6


def test_the_current_photo_stays_current_where_the_filter_shows_it(window: MainWindow, qtbot: QtBot) -> None:
    choose(window, "d_red.jpg")
    click(qtbot, window, Bucket.LANDMARK)
    assert current_name(window) == "d_red.jpg"
    click(qtbot, window, Bucket.NONE)
    assert current_name(window) == "c_grey.jpg"
    assert window.panel._name.toolTip() == "c_grey.jpg"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("GREEN", ["e_green.jpg"]),
        ("eiffel", ["a_orange.jpg", "d_red.jpg"]),
        ("wadi", ["b_blue.jpg"]),
        ("france d_", ["d_red.jpg"]),
        ("ile-de", ["a_orange.jpg", "d_red.jpg"]),
        ("jordan", ["b_blue.jpg"]),  # not the grey one, whose guess is not believed
    ],
)
def test_search_looks_through_file_landmark_city_and_country(
    window: MainWindow, qtbot: QtBot, text: str, names: list[str]
) -> None:
    qtbot.keyClicks(window.filters.search, text)
    qtbot.waitUntil(lambda: shown_names(window) == names)


def test_no_match_offers_to_show_all_again(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClicks(window.filters.search, "zzz")
    qtbot.waitUntil(window.message.isVisible)
    assert window.message.title.text() == "No photo matches"
    assert current_name(window) == ""
    qtbot.mouseClick(window.message.button, Qt.MouseButton.LeftButton)
    assert len(shown_names(window)) == 6
    assert window.view.isVisible()


def test_escape_in_the_search_field_clears_it(window: MainWindow, qtbot: QtBot) -> None:
    window.filters.search.setFocus()
    qtbot.keyClicks(window.filters.search, "red")
    qtbot.waitUntil(lambda: shown_names(window) == ["d_red.jpg"])
    qtbot.keyClick(window.filters.search, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: len(shown_names(window)) == 6)
    assert window.view.hasFocus()


def test_escape_in_the_grid_shows_all_photos_again(window: MainWindow, qtbot: QtBot) -> None:
    click(qtbot, window, Bucket.UNSURE)
    window.view.setFocus()
    qtbot.keyClick(window.view, Qt.Key.Key_Escape)
    assert len(shown_names(window)) == 6


@pytest.mark.parametrize(
    ("order", "first", "last"),
    [
        (SortOrder.CONFIDENCE, "d_red.jpg", "f_text.jpg"),
        (SortOrder.LEAST_CERTAIN, "a_orange.jpg", "f_text.jpg"),
        (SortOrder.LANDMARK, "d_red.jpg", "f_text.jpg"),
        (SortOrder.NAME, "a_orange.jpg", "f_text.jpg"),
    ],
)
def test_the_order_can_be_chosen(window: MainWindow, order: SortOrder, first: str, last: str) -> None:
    choose(window, "b_blue.jpg")
    window.actions_by_id[f"order_{order.value.replace('-', '_')}"].trigger()
    names = shown_names(window)
    assert (names[0], names[-1]) == (first, last)
    assert current_name(window) == "b_blue.jpg"
    assert window.filters.order.currentData() == order


def test_the_slider_cautious_bold_changes_the_verdicts_at_once(
    window: MainWindow, settings: Settings, qtbot: QtBot
) -> None:
    settings.set(table.BOLDNESS, -1.0)
    assert window.filters._chips[Bucket.LANDMARK].text() == "Landmark 0"
    settings.set(table.BOLDNESS, 0.0)
    assert window.filters._chips[Bucket.LANDMARK].text() == "Landmark 3"


def test_tiles_grow_by_slider_key_and_wheel(window: MainWindow, qtbot: QtBot) -> None:
    width = window.view.tile_width
    window.actions_by_id["larger"].trigger()
    assert window.view.tile_width > width
    assert window.filters.tile_size.value() == window.view.tile_width
    window.filters.tile_size.setValue(window.filters.tile_size.maximum())
    largest = window.view.tile_width
    wheel = QWheelEvent(
        QPointF(50, 50),
        QPointF(50, 50),
        QPoint(0, 0),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(window.view.viewport(), wheel)
    assert window.view.tile_width < largest
    assert window.view.visualRect(window.photos.index(0)).width() >= window.view.tile_width


def test_photos_in_sight_are_announced_when_the_grid_rests(
    open_window: OpenWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    for number in range(60):
        paint_photo(tmp_path / "many" / f"{number:02}.jpg", RED, seed=number)
    window = open_window([tmp_path / "many"])
    wait_idle(qtbot, window)
    bar = window.view.verticalScrollBar()
    with qtbot.waitSignal(window.view.in_sight) as told:
        bar.setValue(bar.maximum())
    assert told.args is not None
    assert set(told.args[0]) >= set(window.photos.shown_ids[-3:])
    assert window.photos.photo_id(0) not in told.args[0]


def test_photos_in_sight_are_announced_while_changes_never_cease(
    open_window: OpenWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    paint_photo(tmp_path / "one" / "1.jpg", RED)
    window = open_window([tmp_path / "one"])
    wait_idle(qtbot, window)
    changes = QTimer(window, interval=SIGHT_MS // 4)
    changes.timeout.connect(window.view.look)
    with qtbot.waitSignals([window.view.in_sight] * 2):
        changes.start()
    changes.stop()
