"""Chips that say to which place and folder the grid is narrowed; a click takes the limit away."""

from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from landmark_desktop.core.photo import display_name
from landmark_desktop.ui.icons import Sign, sign_icon
from landmark_desktop.ui.photo_grid.filter import PlaceFilter
from landmark_desktop.ui.theme import colours

MAX_TEXT = 190
"""Width of a chip's text in device-independent pixels; the rest is in the tooltip."""


class FilterChips(QWidget):
    """Two chips, each there only while it has something to say."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._place: PlaceFilter | None = None
        self._folder: Path | None = None
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        self.place_chip, self.folder_chip = self._make_chip(layout), self._make_chip(layout)
        self.place_chip.clicked.connect(lambda: self.set_place(None))
        self.folder_chip.clicked.connect(lambda: self.set_folder(None))
        self._draw_signs()

    def _make_chip(self, layout: QHBoxLayout) -> QToolButton:
        chip = QToolButton(self)
        chip.setProperty("filter", True)
        chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        chip.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the cross comes last
        chip.setIconSize(QSize(11, 11))
        chip.hide()
        layout.addWidget(chip)
        return chip

    @property
    def place(self) -> PlaceFilter | None:
        """The place the grid is narrowed to."""
        return self._place

    @property
    def folder(self) -> Path | None:
        """The folder the grid is narrowed to."""
        return self._folder

    def set_place(self, place: PlaceFilter | None) -> None:
        """Narrow the grid to a place; None takes the limit away."""
        if place != self._place:
            self._place = place
            self._show(self.place_chip, "" if place is None else self.tr("at: {0}").format(place.name))
            self.changed.emit()

    def set_folder(self, folder: Path | None) -> None:
        """Narrow the grid to a folder and those below it; None takes the limit away."""
        if folder != self._folder:
            self._folder = folder
            name = "" if folder is None else display_name(folder)
            self._show(self.folder_chip, self.tr("in: {0}").format(name) if name else "")
            self.changed.emit()

    def reset(self) -> None:
        """Take both limits away without telling."""
        self._place = self._folder = None
        for chip in (self.place_chip, self.folder_chip):
            self._show(chip, "")

    def _show(self, chip: QToolButton, text: str) -> None:
        # An ampersand of a name is no mnemonic.
        elided = chip.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, MAX_TEXT)
        chip.setText(elided.replace("&", "&&"))
        chip.setToolTip(self.tr("Only photos {0}. Click to show the others, too.").format(text))
        chip.setAccessibleName(self.tr("Only photos {0}; remove").format(text))
        chip.setVisible(bool(text))

    def _draw_signs(self) -> None:
        icon = sign_icon(Sign.CROSS, QColor(colours(self.palette()).text))
        for chip in (self.place_chip, self.folder_chip):
            chip.setIcon(icon)

    def changeEvent(self, event: QEvent) -> None:
        """Draw the crosses in the colours of a new theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "place_chip"):
            self._draw_signs()
