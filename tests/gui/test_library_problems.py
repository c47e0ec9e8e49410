"""A library that is damaged, as the window's user meets it."""

import random
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from landmark_desktop.core.errors import ErrorCode
from landmark_desktop.services import workspace
from landmark_desktop.store.library import Library
from tests.gui.conftest import OpenWindow
from tests.hardening import damage


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """A library whose safety copy knows everything; the window opens it."""
    opened = Library.open(tmp_path / "library.sqlite")
    damage.fill(opened)
    for entry in opened.journal.unfinished():  # or the window would settle it
        opened.journal.mark_undone(entry.id)
    opened.close()
    return tmp_path / "library.sqlite"


def spoil(library: Path) -> None:
    """Break the page in the middle, which no start looks at."""
    data = bytearray(library.read_bytes())
    page = len(data) // 8192 * 4096
    data[page : page + 4096] = random.Random(1).randbytes(4096)
    library.write_bytes(data)


def test_damage_that_nobody_has_met_yet_is_found_and_told_and_the_next_start_recovers(
    open_window: OpenWindow,
    library: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(workspace, "EXAMINE_AFTER_MS", 0)
    spoil(library)
    window = open_window()
    qtbot.waitUntil(lambda: bool(window.notices.notices))
    assert window.notices.message.text() == "The library library.sqlite is damaged."
    assert "start it again" in window.notices.remedy.text()
    window.close()
    again = open_window()
    notice = again.workspace.library_notice
    assert notice is not None
    assert notice.code is ErrorCode.LIBRARY_CORRUPT
    assert notice.params["reviews"] == str(damage.REVIEWS)
    assert (library.parent / notice.params["aside"]).exists()


def test_a_sound_library_is_nothing_to_tell_of(
    open_window: OpenWindow, library: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workspace, "EXAMINE_AFTER_MS", 0)
    examined: list[object] = []
    examine = Library.examine

    def seen(self: Library) -> object:
        examined.append(examine(self))
        return examined[-1]

    monkeypatch.setattr(Library, "examine", seen)
    window = open_window()
    qtbot.waitUntil(lambda: examined == [None])
    assert window.notices.notices == ()
