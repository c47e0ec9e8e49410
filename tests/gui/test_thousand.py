"""A thousand photos reviewed by keys alone, as fast as they can be pressed: no key is lost, and all answers last."""

import random
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from landmark_desktop.core.review import Review
from landmark_desktop.ui.main_window import MainWindow
from tests.gui.conftest import OpenWindow
from tests.gui.helpers import BLUE, GREEN, GREY, ORANGE, RED, SCRIPT, paint_photo, wait_idle

PHOTOS = 1_000
COLOURS = (RED, GREEN, BLUE, ORANGE, GREY)
UNDO, REDO = "undo", "redo"
KEYS: dict[str | int, tuple[Qt.Key, Qt.KeyboardModifier]] = {
    "accept": (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier),
    "none": (Qt.Key.Key_Backspace, Qt.KeyboardModifier.NoModifier),
    "next": (Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier),
    1: (Qt.Key.Key_1, Qt.KeyboardModifier.NoModifier),
    2: (Qt.Key.Key_2, Qt.KeyboardModifier.NoModifier),
    3: (Qt.Key.Key_3, Qt.KeyboardModifier.NoModifier),
    UNDO: (Qt.Key.Key_U, Qt.KeyboardModifier.NoModifier),
    REDO: (Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Photos of five colours in turn, each with content of its own."""
    folder = tmp_path / "trip"
    pictures = [paint_photo(tmp_path / f"{number}.jpg", colour).read_bytes() for number, colour in enumerate(COLOURS)]
    folder.mkdir()
    for number in range(PHOTOS):
        (folder / f"IMG_{number:04}.jpg").write_bytes(pictures[number % len(COLOURS)] + b"%06d" % number)
    return folder


def expected(number: int, key: str | int) -> str:
    """The answer that a key gives the photo of this number."""
    guesses = [guess.landmark_id for guess in SCRIPT[COLOURS[number % len(COLOURS)]].top]
    if key == "none":
        return "none"
    if key == "accept":
        return "" if number % len(COLOURS) == COLOURS.index(GREY) else guesses[0]
    return "" if key == "next" else guesses[int(key) - 1]


def keys() -> list[str | int]:
    """One answer for each photo; after some of them the step is taken back and done again."""
    rng = random.Random(7)
    return rng.choices(["accept", "none", "next", 1, 2, 3], (60, 12, 8, 7, 7, 6), k=PHOTOS)


def answers(window: MainWindow) -> list[str]:
    def text(review: Review | None) -> str:
        return "" if review is None else review.landmark_id or "none"

    records = sorted(window.workspace.records(), key=lambda record: record.photo.name)
    return [text(record.review) for record in records]


def test_a_thousand_photos_are_reviewed_without_losing_a_key(
    open_window: OpenWindow, folder: Path, qtbot: QtBot
) -> None:
    window = open_window([folder], wait=False)
    wait_idle(qtbot, window, timeout_ms=60_000)
    assert window.photos.rowCount() == PHOTOS
    qtbot.waitUntil(window.view.hasFocus)

    def press(key: str | int) -> None:
        widget = QApplication.focusWidget()
        assert widget is not None
        qtbot.keyClick(widget, *KEYS[key])

    wanted = []
    for number, key in enumerate(keys()):
        assert window.view.currentIndex().row() == number
        press(key)
        wanted.append(expected(number, key))
        if number % 50 == 49 and wanted[-1]:
            press(UNDO)
            assert window.view.currentIndex().row() == number
            press(REDO)
            if window.view.currentIndex().row() == number:
                press("next")
    assert answers(window) == wanted
    assert 500 < sum(bool(answer) for answer in wanted) < PHOTOS
    window.close()
    again = open_window([folder], wait=False)
    qtbot.waitUntil(lambda: again.photos.rowCount() == PHOTOS, timeout=60_000)
    assert answers(again) == wanted
