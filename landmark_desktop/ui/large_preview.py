"""The large preview: one photo over the whole window, with the same keys as the grid."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from landmark_desktop.ui import texts
from landmark_desktop.ui.heat_overlay import HeatLegend
from landmark_desktop.ui.icons import Sign
from landmark_desktop.ui.photo_grid.tile import Tile
from landmark_desktop.ui.picture import Picture
from landmark_desktop.ui.theme import PADDING

_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageUp: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_PageDown: 1,
}


class LargePreview(QWidget):
    """Shows one photo large. Arrow keys step through the photos of the grid, a click goes back."""

    stepped = Signal(int)  # -1 or +1
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("photo-view")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Large preview"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(PADDING, PADDING, PADDING, 10)
        self.picture = Picture(self)
        self.picture.sign = Sign.WAITING
        layout.addWidget(self.picture, 1)
        self.legend = HeatLegend(self)
        layout.addWidget(self.legend, 0, Qt.AlignmentFlag.AlignHCenter)
        self.caption = QLabel(self)
        self.caption.setTextFormat(Qt.TextFormat.PlainText)
        self.caption.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.caption.setProperty("strong", True)
        self.keys = QLabel(
            self.tr("← → other photo     Enter accept     1–5 guess     Backspace no landmark     Space back"), self
        )
        self.keys.setProperty("muted", True)
        self.keys.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(self.caption)
        layout.addWidget(self.keys)

    def clear(self) -> None:
        """There is no current photo."""
        self.caption.clear()
        self.picture.set_image(None)

    def show_photo(self, tile: Tile, row: int, rows: int) -> None:
        """Show whose photo it is; ``row`` counts from 0."""
        position = self.tr("{0} of {1}").format(texts.number(row + 1), texts.number(rows))
        self.caption.setText(f"{texts.tile_text(tile)}  ·  {position}")

    def show_picture(self, image: QImage | None) -> None:
        """Show the picture."""
        self.picture.set_image(image)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step with the arrow keys."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.stepped.emit(step)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go back to the grid."""
        self.closed.emit()
        event.accept()
