"""A ring around the widget that has the focus, for kinds whose own sign of it cannot be seen in both themes."""

from typing import Final

from PySide6.QtCore import QObject, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractSlider, QApplication, QComboBox, QFocusFrame, QRadioButton, QScrollArea, QWidget

from landmark_desktop.ui.theme import RADIUS, colours

RINGED: Final = (QComboBox, QAbstractSlider, QRadioButton, QScrollArea)
"""Others show it themselves: buttons, fields, lists and tabs by the style sheet, check boxes as they are painted."""
WIDTH: Final = 2


class _Ring(QFocusFrame):
    """Follows its widget; Qt sees to that."""

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint a rounded line in the accent colour."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colours(self.palette()).accent), WIDTH))
        half = WIDTH / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), RADIUS, RADIUS)


class FocusRing(QObject):
    """Shows the ring around whatever gets the focus, in all windows of the application."""

    def __init__(self, application: QApplication, parent: QObject) -> None:
        super().__init__(parent)
        self._ring: _Ring | None = None
        application.focusChanged.connect(self._focus_changed)

    def _focus_changed(self, _: QWidget | None, now: QWidget | None) -> None:
        if self._ring is not None:
            # Not kept: it is a child of the window that it was shown in, and ends with that.
            self._ring.destroyed.disconnect(self._gone)
            self._ring.setWidget(None)  # type: ignore[arg-type]  # the stubs do not know that None is allowed
            self._ring.deleteLater()
            self._ring = None
        if isinstance(now, RINGED) and now.parentWidget() is not None:
            ring = _Ring(now)
            ring.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            ring.destroyed.connect(self._gone)
            ring.setWidget(now)
            self._ring = ring

    def _gone(self) -> None:
        self._ring = None
