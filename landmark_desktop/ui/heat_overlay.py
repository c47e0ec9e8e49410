"""The colours of a heat map: what lies over the photo, and the legend that tells how to read it."""

from typing import Final

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from landmark_desktop.services.heat_maps import HeatMap

_STOPS: Final = (0.0, 0.2, 0.45, 0.7, 1.0)
_COLOURS: Final = ((60, 20, 120), (90, 24, 154), (205, 56, 90), (250, 150, 40), (255, 240, 160))
"""Violet, red, orange, pale yellow: lightness grows evenly, so that the order is seen without seeing colours, too."""
_CLEAR_BELOW, _FULL_FROM, _STRONGEST = 0.15, 0.65, 0.72
"""Where little speaks for the landmark the photo shows through unchanged; it stays legible where much does."""


def _table() -> npt.NDArray[np.uint8]:
    """Colours and opacity (RGBA, not premultiplied) of 256 values."""
    value = np.linspace(0.0, 1.0, 256)
    channels = [np.interp(value, _STOPS, [colour[channel] for colour in _COLOURS]) for channel in range(3)]
    step = np.clip((value - _CLEAR_BELOW) / (_FULL_FROM - _CLEAR_BELOW), 0.0, 1.0)
    opacity = 255 * _STRONGEST * step * step * (3 - 2 * step)
    return np.stack([*channels, opacity], axis=1).round().astype(np.uint8)


_TABLE: Final = _table()


def overlay(heat: HeatMap) -> QImage:
    """A picture of a heat map with transparency, of as many pixels as it has values."""
    pixels = np.ascontiguousarray(_TABLE[(heat.values * 255).astype(np.uint8)])
    height, width = heat.values.shape
    return QImage(pixels.tobytes(), width, height, 4 * width, QImage.Format.Format_RGBA8888).copy()


class _Ramp(QWidget):
    """The colours from little to much."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As long as a word."""
        return QSize(56, 10)

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint the colours."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        gradient = QLinearGradient(0, 0, self.width(), 0)
        for stop, colour in zip(_STOPS[1:], _COLOURS[1:], strict=True):
            gradient.setColorAt((stop - _STOPS[1]) / (1 - _STOPS[1]), QColor(*colour))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(gradient)
        painter.drawRoundedRect(QRectF(self.rect()), 4, 4)


class HeatLegend(QWidget):
    """Tells what the colours over a photo mean, or why there are none."""

    def __init__(self, parent: QWidget | None = None, *, wraps: bool) -> None:
        super().__init__(parent)
        self._ramp = _Ramp(self)
        self.label = QLabel(self)
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setProperty("muted", True)
        self.label.setWordWrap(wraps)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._ramp, 0)
        layout.addWidget(self.label, 1)
        self.hide()

    def show_text(self, text: str, *, colours: bool) -> None:
        """Show ``text``, behind the scale of ``colours`` where there are any; empty hides the legend."""
        self.label.setText(text)
        self.setAccessibleName(text)
        self._ramp.setVisible(colours)
        self.setVisible(bool(text))
