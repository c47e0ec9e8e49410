"""A library that is damaged, as the window's user meets it."""

import random
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog, QFileDialog
from pytestqt.qtbot import QtBot

from landmark_desktop import app
from landmark_desktop.core.errors import ErrorCode, LibraryError
from landmark_desktop.services import workspace
from landmark_desktop.store.library import Library
from landmark_desktop.ui.help_dialogs import StartProblemDialog
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


def unwritable(path: Path) -> LibraryError:
    return LibraryError(ErrorCode.LIBRARY_UNWRITABLE, name=path, reason="Read-only file system")


def test_where_the_library_cannot_be_written_another_folder_can_be_chosen(qtbot: QtBot, tmp_path: Path) -> None:
    dialog = StartProblemDialog(unwritable(tmp_path), tmp_path)
    qtbot.addWidget(dialog)
    dialog.open()
    assert dialog.choose_other.isVisible()
    dialog.choose_other.click()
    (chooser,) = dialog.findChildren(QFileDialog)
    chooser.fileSelected.emit(str(tmp_path / "stick"))
    chooser.close()
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert dialog.elsewhere == tmp_path / "stick"
    other = StartProblemDialog(LibraryError(ErrorCode.LIBRARY_NEWER, name="l", found=9, known=6), tmp_path)
    qtbot.addWidget(other)
    other.open()
    assert not other.choose_other.isVisible()  # it is in good order where it is


def test_the_program_starts_with_a_library_in_the_folder_that_was_chosen(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    tried: list[Path] = []

    def refuse(library: Path, *_: object) -> None:
        tried.append(library)
        raise unwritable(library)

    def answer(dialog: StartProblemDialog) -> int:
        dialog.elsewhere = tmp_path / "stick" if len(tried) == 1 else None
        return 0

    for name in ("_application", "install_texts", "apply_theme"):  # the looks of all other tests
        monkeypatch.setattr(app, name, lambda *_: None)
    monkeypatch.setattr(app, "Workspace", refuse)
    monkeypatch.setattr(StartProblemDialog, "exec", answer)
    assert app.run([], tmp_path / "home" / "library.sqlite") == 1
    assert tried == [tmp_path / "home" / "library.sqlite", tmp_path / "stick" / "library.sqlite"]
