"""Everybody can use it: names for screen readers, the keyboard alone, large fonts, shapes as well as colours."""

import re
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAccessible, QColor, QFont, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QMainWindow,
    QMenuBar,
    QScrollArea,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from landmark_desktop.services import settings as table
from landmark_desktop.services.settings import Settings
from landmark_desktop.ui.icons import SIGN_OF_VERDICT, Sign, sign_icon
from landmark_desktop.ui.main_window import MainWindow
from landmark_desktop.ui.theme import DARK, LIGHT, Colours, contrast, style_sheet
from tests.gui.conftest import OpenWindow
from tests.gui.dialogs import ALL, opened
from tests.gui.helpers import GREY, ORANGE, RED, choose, paint_photo

AA = 4.5
SMALL_SCREEN = QSize(960, 540)
"""1920 × 1080 at 200 %, in device-independent pixels."""
PANEL = 44
"""What a desktop's panel and a title bar take of it."""


@pytest.fixture
def busy_window(open_window: OpenWindow, tmp_path: Path, settings: Settings, qtbot: QtBot) -> MainWindow:
    """A window in which every dialog can be opened."""
    settings.set(table.ORGANISE, True)
    for number, colour in enumerate((RED, ORANGE, GREY)):
        paint_photo(tmp_path / "trip" / f"{number}.png", colour, gps=(10.0, 10.0) if colour == ORANGE else None)
    window = open_window([tmp_path / "trip"])
    qtbot.waitUntil(lambda: window.workspace.provider is not None)
    choose(window, "0.png")
    window.reviewer.accept()
    choose(window, "1.png")
    return window


def can_be_reached(widget: QWidget) -> bool:
    """True if Tab leads to a widget."""
    return (
        widget.isVisible()
        and widget.isEnabled()
        and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        and widget.focusProxy() is None
        and not isinstance(widget, QMainWindow | QMenuBar | QDialogButtonBox)
    )


def reachable(root: QWidget) -> list[QWidget]:
    return [widget for widget in root.findChildren(QWidget) if widget.window() is root and can_be_reached(widget)]


def name_of(widget: QWidget) -> str:
    """What a screen reader says."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name).strip()


def nameless(root: QWidget) -> list[str]:
    return [
        f"{type(w).__name__} {w.objectName()} in {type(w.parent()).__name__}" for w in reachable(root) if not name_of(w)
    ]


def test_all_that_can_be_reached_in_the_window_has_a_name(busy_window: MainWindow, qtbot: QtBot) -> None:
    busy_window.actions_by_id["map"].trigger()
    assert len(reachable(busy_window)) > 15
    assert nameless(busy_window) == []
    busy_window.actions_by_id["preview"].trigger()
    assert nameless(busy_window) == []


def test_all_that_can_be_reached_at_the_first_start_has_a_name(window: MainWindow) -> None:
    assert nameless(window) == []


def test_all_that_can_be_reached_in_dialogs_has_a_name(busy_window: MainWindow, qtbot: QtBot) -> None:
    for name in ALL:
        with opened(busy_window, name, qtbot) as dialog:
            assert reachable(dialog), name
            assert nameless(dialog) == [], name
            assert dialog.windowTitle(), name


def test_tab_leads_to_everything_in_a_dialog(busy_window: MainWindow, qtbot: QtBot) -> None:
    for name in ALL:
        with opened(busy_window, name, qtbot) as dialog:
            wanted = [widget for widget in reachable(dialog) if not is_other_radio(widget)]
            wanted[0].setFocus(Qt.FocusReason.TabFocusReason)
            seen = set()
            for _ in range(len(wanted) + 5):
                focused = dialog.focusWidget()
                assert focused is not None
                seen.add(focused)
                qtbot.keyClick(focused, Qt.Key.Key_Tab)
            missed = [f"{type(w).__name__} {name_of(w)}" for w in wanted if w not in seen]
            assert missed == [], name


def is_other_radio(widget: QWidget) -> bool:
    """Arrow keys, not Tab, lead to the other buttons of a group."""
    return isinstance(widget, QAbstractButton) and widget.autoExclusive() and not widget.isChecked()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_focus_can_be_seen(busy_window: MainWindow, settings: Settings, qtbot: QtBot, theme: str) -> None:
    settings.set(table.THEME, theme)
    assert hidden_focus(busy_window) == []
    for name in ("settings", "bundles", "keys", "organise", "about", "find"):
        with opened(busy_window, name, qtbot) as dialog:
            assert hidden_focus(dialog) == [], name


def hidden_focus(root: QWidget) -> list[str]:
    """Widgets that look the same with and without the focus."""
    found = []
    widgets = reachable(root)
    if len(widgets) < 2:
        return []  # one alone always has the focus
    for widget, other in zip(widgets, [*widgets[1:], widgets[0]], strict=True):
        show(widget)
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        focused = picture_of(widget)
        other.setFocus(Qt.FocusReason.TabFocusReason)
        show(widget)
        if other.hasFocus() and picture_of(widget) == focused:
            found.append(f"{type(widget).__name__} {name_of(widget)}")
    return found


def show(widget: QWidget) -> None:
    """Scroll to a widget, as Tab does."""
    parent = widget.parentWidget()
    while parent is not None and not parent.isWindow():
        if isinstance(parent, QScrollArea):
            parent.ensureWidgetVisible(widget)
        parent = parent.parentWidget()


def picture_of(widget: QWidget) -> QImage:
    """What a widget and its surroundings of a few pixels look like."""
    root = widget.window()
    place = QRect(widget.mapTo(root, QPoint(0, 0)), widget.size()).adjusted(-4, -4, 4, 4)
    return root.grab(place).toImage()


@pytest.fixture
def large_font(qapp: QApplication) -> Iterator[None]:
    """Letters twice as large as usual."""
    font = qapp.font()
    large = QFont(font)
    large.setPointSizeF(2 * font.pointSizeF())
    qapp.setFont(large)
    yield
    qapp.setFont(font)


def test_letters_twice_as_large_are_not_cut_off(large_font: None, busy_window: MainWindow, qtbot: QtBot) -> None:
    for name in ALL:
        with opened(busy_window, name, qtbot) as dialog:

            def is_whole(shown: QDialog = dialog, shown_by: str = name) -> None:
                assert cut_off(shown) == [], shown_by

            qtbot.waitUntil(is_whole)  # a text that is there a little later is laid out anew


def cut_off(dialog: QDialog) -> list[str]:
    """Labels and buttons that have less room than their texts."""
    return [
        f"{type(widget).__name__} {widget.text()[:40]!r}: {widget.width()} of {least_width(widget)}"
        for widget in dialog.findChildren(QWidget)
        if isinstance(widget, QAbstractButton | QLabel)
        and widget.isVisible()
        and widget.width() < least_width(widget) - 1
    ]


def least_width(widget: QWidget) -> int:
    return widget.minimumSizeHint().width()


def test_every_dialog_fits_on_a_full_hd_screen_at_200_percent(busy_window: MainWindow, qtbot: QtBot) -> None:
    for name in ALL:
        with opened(busy_window, name, qtbot) as dialog:
            least = dialog.minimumSizeHint().expandedTo(dialog.minimumSize())
            assert least.width() <= SMALL_SCREEN.width(), name
            assert least.height() <= SMALL_SCREEN.height() - PANEL, name


def test_the_window_fits_on_a_full_hd_screen_at_200_percent(busy_window: MainWindow) -> None:
    least = busy_window.minimumSizeHint()
    assert least.width() <= SMALL_SCREEN.width()
    assert least.height() <= SMALL_SCREEN.height()


def test_verdicts_differ_in_shape(qapp: QApplication) -> None:
    black = QColor("black")
    signs = (*SIGN_OF_VERDICT.values(), Sign.WARNING, Sign.WAITING, Sign.INFORMATION)
    images = {sign: sign_icon(sign, black).pixmap(16, 16).toImage() for sign in signs}
    for first, second in combinations(signs, 2):
        different = sum(
            images[first].pixelColor(x, y).alpha() // 128 != images[second].pixelColor(x, y).alpha() // 128
            for x in range(16)
            for y in range(16)
        )
        assert different >= 12, (first, second)  # of 256: not a matter of one pixel


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
def test_every_rule_of_the_style_sheet_that_names_both_colours_can_be_read(scheme: Colours) -> None:
    poor = {}
    rules = re.findall(r"([^{}]+)\{([^{}]+)\}", style_sheet(scheme))
    checked = 0
    for selector, body in rules:
        colour = re.search(r"(?<![-\w])color: (#[0-9a-f]{6})", body)
        ground = re.search(r"background: (#[0-9a-f]{6})", body)
        if colour and ground and ":disabled" not in selector:
            checked += 1
            ratio = contrast(colour[1], ground[1])
            if ratio < AA:
                poor[selector.strip()] = round(ratio, 2)
    assert checked > 10
    assert poor == {}


def test_tabs_can_be_told_apart(busy_window: MainWindow, qtbot: QtBot) -> None:
    with opened(busy_window, "bundles", qtbot) as dialog:
        bar = dialog.findChild(QTabBar)
        assert isinstance(bar, QTabBar)
        assert [bar.tabText(number) for number in range(bar.count())] == ["Overview", "Landmarks", "Model card"]
        bar.setFocus()
        qtbot.keyClick(bar, Qt.Key.Key_Right)
        assert bar.currentIndex() == 1
