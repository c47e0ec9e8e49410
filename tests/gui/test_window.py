"""The window itself: actions and menus, keys, what it remembers, what it says to screen readers."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QMenu, QWidget
from pytestqt.qtbot import QtBot

import landmark_desktop.ui
from landmark_desktop.services import settings as table
from landmark_desktop.services.settings import Settings
from landmark_desktop.ui.actions import ACTIONS
from landmark_desktop.ui.help_dialogs import AboutDialog, KeysDialog
from landmark_desktop.ui.main_window import MainWindow
from landmark_desktop.ui.photo_grid.filter import SortOrder
from landmark_desktop.ui.theme import DARK, LIGHT
from tests.gui.conftest import OpenWindow
from tests.gui.helpers import RED, choose, paint_photo, tile

PLURAL = re.compile(r'"([^"]*%Ln[^"]*)"')


def walk(menu: QMenu) -> Iterator[QAction]:
    for action in menu.actions():
        submenu = action.menu()
        if isinstance(submenu, QMenu):
            yield from walk(submenu)
        elif not action.isSeparator():
            yield action


def menu_actions(window: MainWindow) -> list[QAction]:
    menus = [action.menu() for action in window.menuBar().actions()]
    return [action for menu in menus if isinstance(menu, QMenu) for action in walk(menu)]


def test_every_action_is_in_a_menu_once_with_its_keys(window: MainWindow) -> None:
    found = menu_actions(window)
    assert sorted(action.objectName() for action in found) == sorted(window.actions_by_id)
    for spec in ACTIONS:
        shortcuts = [keys.toString() for keys in window.actions_by_id[spec.id].shortcuts()]
        assert len(shortcuts) == len(spec.keys)


def test_no_key_has_two_meanings() -> None:
    keys = [key for spec in ACTIONS for key in spec.keys]
    assert len(keys) == len(set(keys))


def test_without_photos_nothing_can_be_reviewed(window: MainWindow) -> None:
    enabled = {name for name, action in window.actions_by_id.items() if action.isEnabled()}
    assert {"open_folder", "open_files", "quit", "runs", "settings", "keys", "about"} <= enabled
    assert not enabled & {"accept", "reject", "pick_1", "find", "write", "accept_all", "pause", "preview"}


def test_the_cheat_sheet_lists_every_key(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F1)
    sheet = window.findChild(KeysDialog)
    assert isinstance(sheet, KeysDialog)
    texts = {label.text() for label in sheet.findChildren(QLabel)}
    for spec in ACTIONS:
        if spec.keys:
            assert spec.text in texts
    assert any("Backspace" in text for text in texts)


def test_about_says_versions_bundle_provider_and_licence(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.workspace.provider is not None)
    window.actions_by_id["about"].trigger()
    about = window.findChild(AboutDialog)
    assert isinstance(about, AboutDialog)
    text = about.facts.text()
    for part in (
        "PySide6",
        "Python",
        "ONNX Runtime 1.",
        "colours 1.0",
        "no NVIDIA driver",
        "GNU General Public License",
        "library.sqlite",
    ):
        assert part in text


def test_the_window_looks_as_it_did_when_it_was_closed(open_window: OpenWindow, settings: Settings) -> None:
    window = open_window()
    window.resize(1000, 640)
    window.filters.tile_size.setValue(280)
    window.filters.set_order(SortOrder.LEAST_CERTAIN)
    window.splitter.setSizes([600, 400])
    sizes = window.splitter.sizes()
    window.close()
    again = open_window()
    assert again.view.tile_width == 280
    assert again.filters.query.order is SortOrder.LEAST_CERTAIN
    assert again.photos.query.order is SortOrder.LEAST_CERTAIN
    again.resize(1000, 640)
    assert abs(again.splitter.sizes()[1] - sizes[1]) < 120


def test_senseless_window_state_is_ignored(open_window: OpenWindow, settings: Settings) -> None:
    for key, value in {"geometry": "%%%", "splitter": "x", "tile_width": "-3", "order": "sideways"}.items():
        settings.set_state(key, value)
    window = open_window()
    assert window.filters.query.order is SortOrder.NAME


def test_tiles_have_texts_for_screen_readers(open_window: OpenWindow, tmp_path: Path) -> None:
    paint_photo(tmp_path / "trip" / "IMG_1.jpg", RED, gps=(48.86, 2.29))
    window = open_window([tmp_path / "trip"])
    index = window.photos.index(0)
    role = Qt.ItemDataRole.AccessibleTextRole
    assert index.data(role) == "IMG_1.jpg, Eiffel Tower, 97 %, its GPS agrees"
    choose(window, "IMG_1.jpg")
    window.reviewer.accept()
    assert index.data(role) == "IMG_1.jpg, Eiffel Tower, 97 %, accepted, its GPS agrees"
    assert tile(window, "IMG_1.jpg").accepted


def test_another_theme_colours_the_sign_of_the_current_photo(
    open_window: OpenWindow, tmp_path: Path, settings: Settings, qtbot: QtBot
) -> None:
    settings.set(table.THEME, "light")
    window = open_window([paint_photo(tmp_path / "trip" / "IMG_1.jpg", RED).parent])

    def colour() -> str:
        return window.panel._sign.pixmap().toImage().pixelColor(8, 8).name()

    assert colour() == LIGHT.landmark
    settings.set(table.THEME, "dark")
    qtbot.waitUntil(lambda: colour() == DARK.landmark)


def test_what_can_be_focused_has_a_name(window: MainWindow) -> None:
    nameless = [
        widget
        for widget in window.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not (widget.accessibleName() or getattr(widget, "text", str)())
        and type(widget).__name__ not in ("MainWindow", "QMenuBar")
        and widget.isVisible()
    ]
    assert nameless == []


@pytest.mark.parametrize("count", [1, 2])
def test_every_counted_text_has_english_plural_forms(window: MainWindow, count: int) -> None:
    sources = Path(landmark_desktop.ui.__file__).parent.rglob("*.py")
    known = {(path, text) for path in sources for text in PLURAL.findall(path.read_text("utf-8"))}
    assert len(known) > 15
    for path, text in known:
        contexts = re.findall(r"^class (\w+)", path.read_text("utf-8"), re.MULTILINE)
        translated = [QCoreApplication.translate(context, text, "", count) for context in contexts]
        assert any("(s)" not in line and str(count) in line for line in translated), (path.name, text)
