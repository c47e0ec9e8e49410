"""The next start goes on where the last one ended: folders, filters, the photo, and how far the grid was scrolled."""

import os
import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from landmark_desktop.services import settings as table
from landmark_desktop.services.settings import Settings
from landmark_desktop.ui.photo_grid.tile import Bucket
from landmark_desktop.ui.session import Session
from tests.gui.conftest import OpenWindow
from tests.gui.helpers import GREEN, RED, choose, current_name, paint_photo, shown_names, wait_idle


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for number in range(60):
        paint_photo(tmp_path / "Rome" / f"IMG_{number:02}.png", RED, seed=number)
    return tmp_path / "Rome"


def test_folders_photo_and_scroll_position_come_back(open_window: OpenWindow, folder: Path, qtbot: QtBot) -> None:
    window = open_window([folder])
    choose(window, "IMG_40.png")
    window.view.verticalScrollBar().setValue(window.view.verticalScrollBar().value() - 30)
    offset = window.view.visualRect(window.view.currentIndex()).top()
    assert window.view.verticalScrollBar().value() > 0
    window.close()
    again = open_window()
    again.begin([])
    wait_idle(qtbot, again)
    assert current_name(again) == "IMG_40.png"
    assert again.view.visualRect(again.view.currentIndex()).top() == offset
    assert again.windowTitle() == "Rome"


def test_filters_come_back(open_window: OpenWindow, folder: Path, tmp_path: Path, qtbot: QtBot) -> None:
    paint_photo(folder / "Trevi" / "IMG_99.png", GREEN)
    window = open_window([folder])
    window.filters.set_bucket(Bucket.LANDMARK)
    window.filters.narrowed.set_folder(folder / "Trevi")
    window.filters.search.setText("img_9")
    qtbot.waitUntil(lambda: shown_names(window) == ["IMG_99.png"])
    window.close()
    again = open_window()
    again.begin([])
    wait_idle(qtbot, again)
    assert shown_names(again) == ["IMG_99.png"]
    assert again.filters.query.bucket is Bucket.LANDMARK


def test_paths_of_the_command_line_come_before_the_session(
    open_window: OpenWindow, folder: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    open_window([folder]).close()
    again = open_window()
    again.begin([paint_photo(tmp_path / "Agra" / "a.png", GREEN).parent])
    wait_idle(qtbot, again)
    assert shown_names(again) == ["a.png"]


def test_whoever_does_not_want_it_starts_empty(open_window: OpenWindow, folder: Path, settings: Settings) -> None:
    open_window([folder]).close()
    settings.set(table.RESTORE_SESSION, False)
    again = open_window()
    again.begin([])
    assert again.workspace.roots == ()
    assert again.welcome.isVisible()


def test_a_choice_made_before_the_photo_is_found_stays(open_window: OpenWindow, folder: Path, qtbot: QtBot) -> None:
    window = open_window([folder])
    choose(window, "IMG_40.png")
    window.close()
    (folder / "IMG_40.png").unlink()
    again = open_window()
    again.begin([])
    wait_idle(qtbot, again)
    choose(again, "IMG_05.png")
    paint_photo(folder / "IMG_40.png", RED, seed=40)  # it comes back
    qtbot.waitUntil(lambda: "IMG_40.png" in shown_names(again))
    assert current_name(again) == "IMG_05.png"


def test_a_folder_that_is_gone_is_told_as_ever(open_window: OpenWindow, folder: Path, qtbot: QtBot) -> None:
    open_window([folder]).close()
    folder.rename(folder.with_name("elsewhere"))
    again = open_window()
    again.begin([])
    qtbot.waitUntil(lambda: "is not there" in again.message.title.text())


def test_any_name_survives_being_kept() -> None:
    hostile = Path(os.fsdecode(b"/photos/caf\xe9\n")) if sys.platform == "linux" else Path("/photos/café")
    session = Session((hostile, Path("/b")), Bucket.UNSURE, "tour  eiffel", hostile, hostile / "a.jpg", -12)
    assert Session.from_text(session.to_text()) == session


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"roots": 5}', '{"roots": ["zz"], "bucket": "all"}'])
def test_a_session_that_makes_no_sense_is_none(text: str) -> None:
    assert Session.from_text(text) == Session()
