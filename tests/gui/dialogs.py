"""Opens every dialog of the window, one after the other, for tests that look at all of them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox
from pytestqt.qtbot import QtBot

from landmark_desktop.core.errors import ErrorCode, LibraryError
from landmark_desktop.services import paths
from landmark_desktop.ui.crash_dialog import CrashDialog
from landmark_desktop.ui.help_dialogs import StartProblemDialog
from landmark_desktop.ui.main_window import MainWindow
from landmark_desktop.ui.reviewing import ConfirmMany, ConfirmReplacing

BY_ACTION = "find", "write", "runs", "bundles", "settings", "keys", "about", "organise"
"""Actions that open one of our dialogs."""


def _question(make: Callable[[MainWindow], QMessageBox], window: MainWindow) -> QMessageBox:
    box = make(window)
    box.open()
    return box


def _start_problem(window: MainWindow) -> QDialog:
    error = LibraryError(ErrorCode.LIBRARY_NEWER, name="library.sqlite", found=9, known=6)
    dialog = StartProblemDialog(error, paths.library_path().parent, window)
    dialog.open()
    return dialog


def _crash(window: MainWindow) -> QDialog:
    dialog = CrashDialog(paths.log_path(), window)
    dialog.add(ValueError("a bug"))
    dialog.open()
    return dialog


def _replacing(window: MainWindow) -> QMessageBox:
    tile = window.photos.tile(window.view.current_id)
    assert tile is not None
    return ConfirmReplacing(tile, window)


OTHERS: dict[str, Callable[[MainWindow], QDialog]] = {
    "confirm many": lambda window: _question(lambda parent: ConfirmMany(1200, parent), window),
    "confirm replacing": lambda window: _question(_replacing, window),
    "start problem": _start_problem,
    "crash": _crash,
}
"""Dialogs that open by themselves."""
ALL = (*BY_ACTION, "provider", *OTHERS)


@contextmanager
def opened(window: MainWindow, name: str, qtbot: QtBot) -> Iterator[QDialog]:
    """One of ``ALL``, open as long as the context lasts."""
    before = set(visible_dialogs())
    if name in OTHERS:
        OTHERS[name](window)
    elif name == "provider":
        window.strip.provider.click()
    else:
        window.actions_by_id[name].trigger()
    qtbot.waitUntil(lambda: bool(set(visible_dialogs()) - before))
    (dialog,) = set(visible_dialogs()) - before
    with qtbot.waitExposed(dialog):
        dialog.activateWindow()
    try:
        yield dialog
    finally:
        close(dialog)


def close(dialog: QDialog) -> None:
    """Close a dialog for good."""
    dialog.close()
    dialog.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def visible_dialogs() -> list[QDialog]:
    """All dialogs that are to be seen."""
    return [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, QDialog) and widget.isVisible()]
