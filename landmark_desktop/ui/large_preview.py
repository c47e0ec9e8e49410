"""The large preview: one photo over the whole window, with the same keys as the grid, and as close as one likes."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from landmark_desktop.ui import texts
from landmark_desktop.ui.heat_overlay import HeatLegend
from landmark_desktop.ui.icons import Sign
from landmark_desktop.ui.photo_grid.tile import Tile
from landmark_desktop.ui.theme import PADDING
from landmark_desktop.ui.zoom_picture import ZoomPicture

_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageUp: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_PageDown: 1,
}
_PANS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_PAN_SHARE = 0.2
"""How much of what is seen one key moves on."""


class LargePreview(QWidget):
    """Shows one photo large. Arrow keys step through the photos of the grid; with Shift they move over an enlarged
    one."""

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
        self.picture = ZoomPicture(self)
        self.picture.sign = Sign.WAITING
        self.picture.zoom_changed.connect(self._tell_zoom)
        layout.addWidget(self.picture, 1)
        self.legend = HeatLegend(self, wraps=False)
        layout.addWidget(self.legend, 0, Qt.AlignmentFlag.AlignHCenter)
        self.caption = QLabel(self)
        self.caption.setTextFormat(Qt.TextFormat.PlainText)
        self.caption.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter)
        self.caption.setProperty("strong", True)
        self.back_button = QPushButton(self.tr("Back  Esc"), self)
        self.back_button.setAccessibleName(self.tr("Back to all photos"))
        self.back_button.clicked.connect(self.closed)
        self.zoom_button = QPushButton(self)
        self.zoom_button.setToolTip(self.tr("The photo's own pixels, or the whole photo (Z)"))
        self.zoom_button.clicked.connect(lambda _=False: self.picture.toggle())
        line = QHBoxLayout()
        line.addWidget(self.back_button)
        line.addWidget(self.caption, 1)
        line.addWidget(self.zoom_button)
        for button in (self.back_button, self.zoom_button):  # a click must not take the keyboard away
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.keys = QLabel(
            self.tr("← → other photo     Enter accept     1–5 guess     Backspace no landmark     + − Z 0 zoom"), self
        )
        self.keys.setProperty("muted", True)
        self.keys.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        layout.addLayout(line)
        layout.addWidget(self.keys)
        self._tell_zoom()

    def clear(self) -> None:
        """There is no current photo."""
        self.caption.clear()
        self.picture.begin_photo()
        self.picture.set_image(None)

    def show_photo(self, tile: Tile, row: int, rows: int) -> None:
        """Show whose photo it is; ``row`` counts from 0."""
        position = self.tr("{0} of {1}").format(texts.number(row + 1), texts.number(rows))
        self.caption.setText(f"{texts.tile_text(tile)}  ·  {position}")

    def show_picture(self, image: QImage | None) -> None:
        """Show the picture."""
        self.picture.set_image(image)

    def _tell_zoom(self) -> None:
        zoom = self.picture.zoom
        self.zoom_button.setVisible(zoom > 0)
        self.zoom_button.setText(texts.whole_percent(zoom))
        self.zoom_button.setAccessibleName(self.tr("Zoom: {0}").format(texts.whole_percent(zoom)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step with the arrow keys, pan with Shift."""
        key, shift = Qt.Key(event.key()), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        picture = self.picture
        if shift and key in _PANS and picture.is_zoomed:
            across, down = _PANS[key]
            picture.pan(across * _PAN_SHARE * picture.width(), down * _PAN_SHARE * picture.height())
        elif key in _STEPS and not shift:
            self.stepped.emit(_STEPS[key])
        else:
            super().keyPressEvent(event)
