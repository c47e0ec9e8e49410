"""Looking closely at a photo: zoom by wheel, keys and clicks, pan, and its own pixels."""

from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from landmark_desktop.ui.main_window import MainWindow
from landmark_desktop.ui.zoom_picture import LARGEST, STEP, ZoomPicture
from tests.gui.conftest import OpenWindow
from tests.gui.helpers import RED, choose, current_name, paint_photo

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
SIZE = (3200, 2400)
SPOT = (3, 5)
"""Where one blue pixel is: it can be seen in the photo itself alone."""


@pytest.fixture
def window(open_window: OpenWindow, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    folder = tmp_path / "trip"
    folder.mkdir()
    picture = Image.new("RGB", SIZE, RED)
    picture.putpixel(SPOT, (0, 0, 255))
    picture.save(folder / "1_large.png")
    paint_photo(folder / "2_small.jpg", RED)
    window = open_window([folder])
    window.resize(900, 700)
    choose(window, "1_large.png")
    window.view.setFocus()
    qtbot.keyClick(window.view, Key.Key_Space)
    qtbot.waitUntil(lambda: window.large.isVisible() and window.large.picture.image is not None)
    # The preview, not the thumbnail.
    qtbot.waitUntil(lambda: window.large.picture.image is not None and window.large.picture.image.height() >= 1000)
    return window


def turn_wheel(picture: ZoomPicture, notches: int, where: QPointF) -> None:
    event = QWheelEvent(
        where,
        picture.mapToGlobal(where),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(picture, event)


def share_at(picture: ZoomPicture, where: QPointF) -> tuple[float, float]:
    """The point of the photo at a point of the widget, in shares of its sides."""
    target = picture.target()
    return (where.x() - target.left()) / target.width(), (where.y() - target.top()) / target.height()


def test_the_wheel_zooms_around_the_mouse_and_back_to_the_whole_photo(window: MainWindow) -> None:
    picture = window.large.picture
    fitting, where = picture.zoom, QPointF(picture.rect().center()) + QPointF(60, -40)
    point = share_at(picture, where)
    turn_wheel(picture, 3, where)
    assert picture.zoom == pytest.approx(fitting * STEP**3)
    assert share_at(picture, where) == pytest.approx(point, abs=1e-6)
    turn_wheel(picture, 60, where)
    assert picture.zoom == LARGEST
    turn_wheel(picture, -60, where)
    assert not picture.is_zoomed
    assert picture.zoom == pytest.approx(fitting)


def test_keys_zoom_and_the_button_tells_how_much(window: MainWindow, qtbot: QtBot) -> None:
    large = window.large
    fitting = large.picture.zoom
    assert large.zoom_button.text() == f"{round(100 * fitting)} %"
    qtbot.keyClick(large, Key.Key_Plus)
    assert large.picture.zoom == pytest.approx(fitting * STEP)
    qtbot.keyClick(large, Key.Key_Minus)
    assert not large.picture.is_zoomed
    qtbot.keyClick(large, Key.Key_Z)
    assert large.zoom_button.text() == "100 %"
    qtbot.keyClick(large, Key.Key_0)
    assert not large.picture.is_zoomed
    qtbot.mouseClick(large.zoom_button, Qt.MouseButton.LeftButton)
    assert large.picture.zoom == 1.0


def test_a_click_shows_the_photos_own_pixels_at_that_place(window: MainWindow, qtbot: QtBot) -> None:
    picture = window.large.picture
    corner = picture.target().topLeft().toPoint() + QPoint(1, 1)
    qtbot.mouseClick(picture, Qt.MouseButton.LeftButton, pos=corner)
    assert picture.zoom == 1.0
    qtbot.waitUntil(lambda: picture.full is not None)
    assert picture.full is not None
    assert (picture.full.width(), picture.full.height()) == SIZE
    picture.pan(-500, -500)
    assert share_at(picture, QPointF(0, 0)) == pytest.approx((0.0, 0.0), abs=1e-6)  # no empty room at the corner
    shown = picture.grab().toImage()
    assert shown.devicePixelRatio() == 1.0
    assert shown.pixelColor(*SPOT) == QColor(0, 0, 255)
    qtbot.mouseClick(picture, Qt.MouseButton.LeftButton, pos=corner)
    assert not picture.is_zoomed


def test_dragging_and_shift_with_arrows_move_over_the_photo(window: MainWindow, qtbot: QtBot) -> None:
    large, picture = window.large, window.large.picture
    qtbot.keyClick(large, Key.Key_Z)
    before = picture.target().topLeft()
    middle = picture.rect().center()
    qtbot.mousePress(picture, Qt.MouseButton.LeftButton, pos=middle)
    qtbot.mouseMove(picture, middle + QPoint(30, 0))
    qtbot.mouseMove(picture, middle + QPoint(80, 40))
    qtbot.mouseRelease(picture, Qt.MouseButton.LeftButton, pos=middle + QPoint(80, 40))
    assert picture.is_zoomed  # that was no click
    moved = picture.target().topLeft() - before
    assert (moved.x(), moved.y()) == pytest.approx((80, 40), abs=1)
    before = picture.target().topLeft()
    qtbot.keyClick(large, Key.Key_Right, SHIFT)
    assert picture.target().left() == pytest.approx(before.x() - 0.2 * picture.width())
    for _ in range(40):
        qtbot.keyClick(large, Key.Key_Right, SHIFT)
    assert picture.target().right() == pytest.approx(picture.width())
    assert current_name(window) == "1_large.png"


def test_zoom_stays_for_the_next_photo_and_ends_with_the_preview(window: MainWindow, qtbot: QtBot) -> None:
    large = window.large
    qtbot.keyClick(large, Key.Key_Z)
    qtbot.waitUntil(lambda: large.picture.full is not None)
    qtbot.keyClick(large, Key.Key_Right)
    assert current_name(window) == "2_small.jpg"
    assert large.picture.full is None
    qtbot.keyClick(large, Key.Key_Left)
    qtbot.waitUntil(lambda: large.picture.full is not None)  # looked at as closely as before
    qtbot.keyClick(large, Key.Key_Escape)
    assert large.picture.full is None
    assert not large.picture.is_zoomed


def test_reviewing_goes_on_while_zoomed(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window.large, Key.Key_Z)
    qtbot.keyClick(window.large, Key.Key_Return)
    review = window.photos.tile(window.photos.photo_id(0))
    assert review is not None
    assert review.accepted
    assert current_name(window) == "2_small.jpg"
