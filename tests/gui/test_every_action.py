"""Every entry of every menu is used once, in every language the program speaks: nothing breaks, nothing is untitled."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QLocale, QObject, QTranslator, QUrl, Slot
from PySide6.QtGui import QAction, QDesktopServices
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QMenu, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from landmark_desktop.core.languages import ENGLISH, languages
from landmark_desktop.services import settings as table
from landmark_desktop.services.settings import Settings
from landmark_desktop.ui import session_bus
from landmark_desktop.ui.crash_dialog import CrashDialog
from landmark_desktop.ui.languages import chosen_language, install_texts
from landmark_desktop.ui.main_window import MainWindow
from landmark_desktop.ui.photo_grid.grouping import GroupBy
from tests.gui.conftest import OpenWindow
from tests.gui.dialogs import visible_dialogs
from tests.gui.helpers import BLUE, GREEN, GREY, ORANGE, RED, choose, paint_photo, wait_idle

LAST = "quit"
UNUSABLE = {"pause", "resume", "cancel", "pick_4", "pick_5"}
"""Nothing is being classified, and the photos have three guesses."""


class Nobody(QObject):
    """Opens nothing where the system's programs would."""

    @Slot(QUrl)
    def take(self, url: QUrl) -> None:
        assert url.isLocalFile()


@pytest.fixture(params=languages())
def language(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[str]:
    """The program in one of its languages, with numbers as they are written there."""
    before = QLocale()
    forget_texts(qapp)
    QLocale.setDefault(QLocale(request.param))
    install_texts(qapp, request.param)
    yield request.param
    QLocale.setDefault(before)
    forget_texts(qapp)
    install_texts(qapp, ENGLISH)


def forget_texts(application: QApplication) -> None:
    """Take all translations out."""
    for translator in application.findChildren(QTranslator):
        application.removeTranslator(translator)
        translator.setParent(None)
        translator.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def walked(
    language: str, open_window: OpenWindow, tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> Iterator[MainWindow]:
    """A window in which nearly everything can be done."""
    monkeypatch.setattr(session_bus, "has_bus", lambda: False)
    handler = Nobody()
    QDesktopServices.setUrlHandler("file", handler, "take")
    settings.set(table.ORGANISE, True)
    for number, colour in enumerate((RED, GREEN, BLUE, ORANGE, GREY)):
        paint_photo(tmp_path / "trip" / f"{number}.png", colour)
    (tmp_path / "trip" / "broken.png").write_text("no photo", "utf-8")
    settings.remember_folder(str(tmp_path / "trip"))
    yield open_window([tmp_path / "trip"])
    QDesktopServices.unsetUrlHandler("file")


def entries(menu: QMenu) -> Iterator[QAction]:
    for action in menu.actions():
        submenu = action.menu()
        if isinstance(submenu, QMenu):
            yield from entries(submenu)
        elif not action.isSeparator():
            yield action


def all_entries(window: MainWindow) -> list[QAction]:
    menus = [action.menu() for action in window.menuBar().actions()]
    return [entry for menu in menus if isinstance(menu, QMenu) for entry in entries(menu)]


def test_every_entry_of_every_menu_can_be_used(walked: MainWindow, qtbot: QtBot) -> None:
    used = set()
    for entry in all_entries(walked):
        assert entry.text().strip("&… ")
        name = entry.objectName()
        if name == LAST:
            continue
        make_usable(walked, name, qtbot)
        if not entry.isEnabled():
            continue
        entry.trigger()
        used.add(name)
        look_at_dialogs(name)
        if walked.tour.tour is not None:
            walked.tour.tour.end()
        wait_idle(qtbot, walked)
    assert used >= set(walked.actions_by_id) - {LAST} - UNUSABLE
    walked.actions_by_id[LAST].trigger()
    assert not walked.isVisible()


def make_usable(window: MainWindow, name: str, qtbot: QtBot) -> None:
    """What has to be so that an action can be used."""
    window.filters.clear()
    if window.view.currentIndex().row() < 0 or window.photos.tile(window.view.current_id) is None:
        window.view.choose_row(0)
    choose(window, "0.png")
    if name in ("write", "undo_review", "clear_answer"):
        window.reviewer.accept()
        choose(window, "0.png")
    elif name in ("accept_group", "toggle_group", "toggle_all_groups"):
        window.filters.set_group(GroupBy.LANDMARK)
        choose(window, "0.png")
    elif name == "redo_review":
        window.reviewer.accept()
        window.reviewer.undo()
    qtbot.waitUntil(lambda: name not in window.actions_by_id or window.view.currentIndex().isValid())


def look_at_dialogs(name: str) -> None:
    """Every dialog that is there now has a title and says something; it is closed."""
    for dialog in visible_dialogs():
        assert not isinstance(dialog, CrashDialog), dialog.report.toPlainText()
        assert dialog.windowTitle(), name
        if not isinstance(dialog, QMessageBox):
            assert spoken(dialog), name
        dialog.close()
        dialog.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def spoken(dialog: QDialog) -> list[str]:
    """The texts of a dialog; none has a placeholder that was not filled in."""
    texts = [label.text() for label in dialog.findChildren(QLabel) if label.isVisible() and label.text()]
    texts += [child.accessibleName() for child in dialog.findChildren(QWidget) if child.accessibleName()]
    assert not [text for text in texts if "%n" in text or "%Ln" in text or "{0}" in text]
    return texts


@pytest.mark.parametrize(
    ("choice", "wanted", "found"),
    [
        ("system", ["de-AT", "en"], "de"),
        ("system", ["it-IT", "fr_FR", "de"], "fr"),
        ("system", ["it"], "en"),
        ("system", [], "en"),
        ("fr", ["de-DE"], "fr"),
        ("xx", ["de-DE"], "de"),
    ],
)
def test_the_language_is_the_chosen_one_else_the_first_that_the_system_wants(
    choice: str, wanted: list[str], found: str
) -> None:
    assert chosen_language(choice, wanted, ("de", "en", "fr")) == found
