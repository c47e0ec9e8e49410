"""The one place for colours, spacing and the style sheet.

Text colours keep a contrast of at least 4.5 : 1 (WCAG 2.2, level AA) on every ground they are used on; a test computes
it. The greys are neutral, so that they do not tint how a photo looks.
"""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from landmark_desktop.services import settings as table
from landmark_desktop.services.settings import Settings

# Lengths in device-independent pixels: everything is a multiple of four.
GAP: Final = 8
PADDING: Final = 16
RADIUS: Final = 6

_Group = QPalette.ColorGroup
_Role = QPalette.ColorRole


@dataclass(frozen=True, slots=True)
class Colours:
    """The colours of one theme as ``#RRGGBB``. ``window``, ``surface``, ``raised`` and ``selected`` are grounds."""

    window: str
    surface: str
    raised: str
    selected: str
    border: str
    text: str
    muted: str
    accent: str
    on_accent: str
    landmark: str
    unsure: str
    none: str
    error: str
    notice: str
    track: str

    @property
    def grounds(self) -> tuple[str, ...]:
        """What text stands on."""
        return self.window, self.surface, self.raised, self.selected, self.notice

    @property
    def faded(self) -> str:
        """What cannot be used now: readable, but clearly weaker than :attr:`muted`."""
        strong, ground = QColor(self.muted), QColor(self.raised)
        return QColor.fromRgbF(
            0.55 * strong.redF() + 0.45 * ground.redF(),
            0.55 * strong.greenF() + 0.45 * ground.greenF(),
            0.55 * strong.blueF() + 0.45 * ground.blueF(),
        ).name()

    @property
    def texts(self) -> tuple[str, ...]:
        """What is written or drawn on any of the grounds."""
        return self.text, self.muted, self.landmark, self.unsure, self.none, self.error


LIGHT: Final = Colours(
    window="#f1f1f2",
    surface="#ffffff",
    raised="#f7f7f8",
    selected="#d9e7fb",
    border="#d2d3d6",
    text="#1b1c1f",
    muted="#55585f",
    accent="#1d5fc4",
    on_accent="#ffffff",
    landmark="#126a34",
    unsure="#8a4b00",
    none="#55585f",
    error="#b3202a",
    notice="#fbf1d9",
    track="#dcdde0",
)
DARK: Final = Colours(
    window="#1c1c1e",
    surface="#262628",
    raised="#303033",
    selected="#2c4268",
    border="#414145",
    text="#ececee",
    muted="#b4b5ba",
    accent="#7fb0ff",
    on_accent="#0c1526",
    landmark="#6fd698",
    unsure="#f2bd62",
    none="#b4b5ba",
    error="#ff9c97",
    notice="#3a3322",
    track="#3d3d41",
)


def colours(palette: QPalette) -> Colours:
    """The colours that belong to a widget's palette."""
    return DARK if palette.color(_Role.Window).lightness() < 128 else LIGHT


def contrast(first: str, second: str) -> float:
    """Contrast ratio of two colours, from 1 to 21. Source: WCAG 2.2, relative luminance."""

    def luminance(name: str) -> float:
        colour = QColor(name)
        parts = (colour.redF(), colour.greenF(), colour.blueF())
        red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def palette_of(scheme: Colours) -> QPalette:
    """The Qt palette of a theme."""
    palette = QPalette()
    roles = {
        _Role.Window: scheme.window,
        _Role.WindowText: scheme.text,
        _Role.Base: scheme.surface,
        _Role.AlternateBase: scheme.raised,
        _Role.Text: scheme.text,
        _Role.Button: scheme.raised,
        _Role.ButtonText: scheme.text,
        _Role.BrightText: scheme.error,
        _Role.ToolTipBase: scheme.raised,
        _Role.ToolTipText: scheme.text,
        _Role.PlaceholderText: scheme.muted,
        _Role.Highlight: scheme.accent,
        _Role.HighlightedText: scheme.on_accent,
        _Role.Accent: scheme.accent,
        _Role.Link: scheme.accent,
        _Role.LinkVisited: scheme.accent,
        _Role.Light: scheme.surface,
        _Role.Midlight: scheme.raised,
        _Role.Mid: scheme.border,
        _Role.Dark: scheme.border,
    }
    for role, name in roles.items():
        palette.setColor(role, QColor(name))
    faded = QColor(scheme.muted)
    faded.setAlphaF(0.6)
    for role in (_Role.WindowText, _Role.Text, _Role.ButtonText):
        palette.setColor(_Group.Disabled, role, faded)
    return palette


def style_sheet(scheme: Colours) -> str:
    """The style sheet of a theme: what the palette alone cannot say."""
    return f"""
QToolTip {{ color: {scheme.text}; background: {scheme.raised}; border: 1px solid {scheme.border}; padding: 4px; }}
QPushButton, QToolButton[button="true"] {{
    color: {scheme.text}; background: {scheme.raised}; border: 1px solid {scheme.border};
    border-radius: {RADIUS}px; padding: 6px 14px;
}}
QPushButton:hover, QToolButton[button="true"]:hover {{ background: {scheme.track}; }}
QPushButton:pressed {{ background: {scheme.border}; }}
QPushButton:disabled {{ color: {scheme.faded}; }}
QPushButton:focus, QToolButton:focus {{ border: 2px solid {scheme.accent}; padding: 5px 13px; }}
QPushButton[primary="true"] {{
    color: {scheme.on_accent}; background: {scheme.accent}; border-color: {scheme.accent}; font-weight: 600;
}}
QPushButton[primary="true"]:hover {{ background: {QColor(scheme.accent).lighter(108).name()}; }}
QPushButton[primary="true"]:focus {{ border-color: {scheme.text}; }}
QPushButton[primary="true"]:disabled {{
    color: {scheme.muted}; background: {scheme.track}; border-color: {scheme.track};
}}
QPushButton[large="true"] {{ font-size: 16px; padding: 12px 28px; border-radius: 8px; }}
QPushButton[large="true"]:focus {{ padding: 11px 27px; }}
QToolButton[chip="true"] {{
    color: {scheme.muted}; background: transparent; border: 1px solid transparent;
    border-radius: {RADIUS}px; padding: 5px 9px;
}}
QToolButton[chip="true"]:hover {{ color: {scheme.text}; background: {scheme.track}; }}
QToolButton[chip="true"]:checked {{
    color: {scheme.text}; background: {scheme.surface}; border-color: {scheme.border}; font-weight: 600;
}}
QToolButton[chip="true"]:focus {{ border: 2px solid {scheme.accent}; padding: 4px 8px; }}
QToolButton[filter="true"] {{
    color: {scheme.text}; background: {scheme.selected}; border: 1px solid {scheme.accent};
    border-radius: {RADIUS}px; padding: 4px 8px;
}}
QToolButton[filter="true"]:hover {{ background: {scheme.track}; }}
QToolButton[filter="true"]:focus {{ border: 2px solid {scheme.accent}; padding: 3px 7px; }}
QToolButton[overlay="true"] {{
    color: {scheme.text}; background: {scheme.surface}; border: 1px solid {scheme.border}; border-radius: {RADIUS}px;
}}
QToolButton[overlay="true"]:hover {{ background: {scheme.track}; }}
QToolButton[overlay="true"]:checked {{ background: {scheme.selected}; border-color: {scheme.accent}; }}
QToolButton[overlay="true"]:focus {{ border: 2px solid {scheme.accent}; }}
QToolButton[overlay="true"]:disabled {{ background: {scheme.raised}; }}
QToolButton[section="true"] {{
    color: {scheme.muted}; background: transparent; border: 1px solid transparent; border-radius: 4px;
    padding: 3px 4px; font-weight: 600; text-align: left;
}}
QToolButton[section="true"]:hover {{ color: {scheme.text}; }}
QToolButton[section="true"]:focus {{ border: 2px solid {scheme.accent}; padding: 2px 3px; }}
QToolButton[link="true"] {{
    color: {scheme.text}; background: transparent; border: 1px solid transparent; border-radius: 4px; padding: 3px 8px;
}}
QToolButton[link="true"]:hover {{ background: {scheme.track}; }}
QToolButton[link="true"]:focus {{ border: 2px solid {scheme.accent}; padding: 2px 7px; }}
QRadioButton::indicator {{
    width: 12px; height: 12px; border: 2px solid {scheme.muted}; border-radius: 8px; background: {scheme.surface};
}}
QRadioButton::indicator:checked {{ width: 6px; height: 6px; border: 5px solid {scheme.accent}; }}
QRadioButton::indicator:disabled {{ border-color: {scheme.faded}; }}
QLineEdit {{
    color: {scheme.text}; background: {scheme.surface}; border: 1px solid {scheme.border};
    border-radius: {RADIUS}px; padding: 5px 8px; selection-background-color: {scheme.accent};
    selection-color: {scheme.on_accent};
}}
QLineEdit:focus {{ border: 2px solid {scheme.accent}; padding: 4px 7px; }}
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; }}
QScrollBar::handle {{
    background: {scheme.border}; border-radius: 4px; margin: 2px; min-height: 32px; min-width: 32px;
}}
QScrollBar::handle:hover {{ background: {scheme.muted}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QProgressBar {{ background: {scheme.track}; border: none; border-radius: 3px; }}
QProgressBar::chunk {{ background: {scheme.accent}; border-radius: 3px; }}
QMenuBar {{ background: {scheme.window}; }}
QMenuBar::item {{ padding: 5px 10px; background: transparent; border-radius: 4px; }}
QMenuBar::item:selected {{ background: {scheme.track}; }}
QStatusBar {{ background: {scheme.window}; border-top: 1px solid {scheme.border}; }}
QStatusBar::item {{ border: none; }}
QSplitter::handle {{ background: {scheme.border}; }}
QLabel[muted="true"] {{ color: {scheme.muted}; }}
QLabel[heading="true"] {{ font-size: 26px; font-weight: 600; }}
QLabel[title="true"] {{ font-size: 15px; font-weight: 600; }}
QLabel[strong="true"] {{ font-weight: 600; }}
QLabel[error="true"] {{ color: {scheme.error}; }}
QLabel[good="true"] {{ color: {scheme.landmark}; font-weight: 600; }}
QLabel[pending="true"] {{ color: {scheme.unsure}; font-weight: 600; }}
QWidget#review-panel, QWidget#review-body, QWidget#photo-view, QListView#grid {{ background: {scheme.surface}; }}
QListView#grid {{ background: {scheme.window}; border: none; }}
QWidget#sidebar QTreeView {{ border: none; background: transparent; }}
QWidget#sidebar QTreeView::item {{ padding: 0; }}
QWidget#review-panel {{ border-left: 1px solid {scheme.border}; }}
QWidget#notification {{ background: {scheme.notice}; border-bottom: 1px solid {scheme.border}; }}
QWidget#filter-bar {{ border-bottom: 1px solid {scheme.border}; }}
QWidget#card {{ background: {scheme.surface}; border: 1px solid {scheme.border}; border-radius: 8px; }}
QTreeView, QTableView, QListView#choices, QPlainTextEdit {{
    border: 1px solid {scheme.border}; border-radius: {RADIUS}px; background: {scheme.surface};
    selection-background-color: {scheme.selected}; selection-color: {scheme.text};
}}
QTextBrowser {{ border: 1px solid {scheme.border}; border-radius: {RADIUS}px; background: {scheme.surface}; }}
QTreeView:focus, QTableView:focus, QListView#choices:focus, QPlainTextEdit:focus, QTextBrowser:focus {{
    border: 2px solid {scheme.accent};
}}
QTreeView::item, QTableView::item {{ padding: 4px 6px; }}
QTabWidget::pane {{ border: none; }}
QTabBar::tab {{
    color: {scheme.muted}; background: transparent; border: 2px solid transparent; border-radius: 4px;
    padding: 5px 12px;
}}
QTabBar::tab:hover {{ color: {scheme.text}; background: {scheme.track}; }}
QTabBar::tab:selected {{ color: {scheme.text}; background: {scheme.track}; font-weight: 600; }}
QTabBar::tab:selected:focus {{ border-color: {scheme.accent}; }}
QListView#choices::item {{ padding: 6px 8px; }}
QHeaderView::section {{
    background: {scheme.raised}; color: {scheme.muted}; border: none; border-bottom: 1px solid {scheme.border};
    padding: 6px 8px; font-weight: 600;
}}
"""


_STILL: Final = "* { widget-animation-duration: 0; }"
"""Styles ask for the length of all animations, ours included (``world_map.flight``)."""
_EFFECTS: Final = (
    Qt.UIEffect.UI_AnimateMenu,
    Qt.UIEffect.UI_FadeMenu,
    Qt.UIEffect.UI_AnimateCombo,
    Qt.UIEffect.UI_AnimateTooltip,
    Qt.UIEffect.UI_FadeTooltip,
)


def apply_theme(application: QApplication, choice: str, *, less_motion: bool = False) -> None:
    """Give the application the theme ``choice``: ``system``, ``light`` or ``dark``. With ``less_motion`` nothing is
    animated; else the system decides."""
    system_is_dark = application.styleHints().colorScheme() is Qt.ColorScheme.Dark
    dark = choice == "dark" or (choice == "system" and system_is_dark)
    scheme = DARK if dark else LIGHT
    application.setStyle("Fusion")
    application.setPalette(palette_of(scheme))
    application.setStyleSheet(style_sheet(scheme) + (_STILL if less_motion else ""))
    if less_motion:
        for effect in _EFFECTS:
            application.setEffectEnabled(effect, False)


class ThemeSwitch(QObject):
    """Keeps the application's theme as the settings say, and follows the system where that is the choice."""

    def __init__(self, application: QApplication, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._application = application
        self._settings = settings
        application.styleHints().colorSchemeChanged.connect(self.apply)
        settings.watch(self._setting_changed)
        self.apply()

    def _setting_changed(self, key: str) -> None:
        if key in (table.THEME.key, table.MOTION.key):
            self.apply()

    def apply(self) -> None:
        """Set palette and style sheet anew."""
        less_motion = self._settings.text(table.MOTION) == "less"
        apply_theme(self._application, self._settings.text(table.THEME), less_motion=less_motion)
