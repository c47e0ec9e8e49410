"""What stands around the map: the scale bar, the legend of the pins, and the word where there are no places yet."""

from math import floor, log10
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from landmark_desktop.core.projection import metres_per_width
from landmark_desktop.ui.texts import distance, length_unit, translate
from landmark_desktop.ui.theme import GAP, PADDING, RADIUS, Colours
from landmark_desktop.ui.world_map.viewport import Viewport

BAR_PX: Final = 110.0
"""The scale bar is no longer than this."""
LEGEND_WIDTH: Final = 620
"""Narrower maps have no legend; tooltips say the same."""


def round_length(most: float) -> float:
    """The largest of 1, 2 and 5 times a power of ten that is not more than this, in any unit. Positive."""
    power = 10.0 ** floor(log10(most))
    return next(factor * power for factor in (5, 2, 1) if factor * power <= most or factor == 1)


def paint_scale(painter: QPainter, view: Viewport, scheme: Colours, font: QFont) -> None:
    """The scale bar at the lower left: what it says holds in the middle of the view."""
    metres = metres_per_width(view.y) / view.scale
    most = BAR_PX * metres / 1000
    unit = length_unit(most)
    length = round_length(most / unit) * unit
    width = 1000 * length / metres
    text = distance(length)
    metrics = QFontMetricsF(font)
    box = QRectF(0, 0, max(width, metrics.horizontalAdvance(text)) + 2 * GAP, metrics.height() + 10)
    box.moveBottomLeft(QPointF(GAP, view.height - GAP))
    _plate(painter, box, scheme)
    painter.setFont(font)
    painter.setPen(QColor(scheme.text))
    painter.drawText(box.adjusted(GAP, 1, 0, 0), int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop), text)
    line = box.bottom() - 5
    painter.setPen(QPen(QColor(scheme.text), 1.5))
    painter.drawPolyline(
        [QPointF(box.left() + GAP + x, line + y) for x, y in ((0, -4), (0, 0), (width, 0), (width, -4))]
    )


def paint_legend(painter: QPainter, view: Viewport, scheme: Colours, font: QFont, *, own: bool) -> None:
    """What the shapes of pins mean, at the lower right."""
    if view.width < LEGEND_WIDTH:
        return
    entries = [(translate("Map", "accepted"), "filled"), (translate("Map", "suggested"), "hollow")]
    if own:
        entries.append((translate("Map", "own GPS"), "square"))
    metrics = QFontMetricsF(font)
    widths = [metrics.horizontalAdvance(text) + 32 for text, _ in entries]
    box = QRectF(0, 0, sum(widths) + 4, metrics.height() + 8)
    box.moveBottomRight(QPointF(view.width - GAP, view.height - GAP))
    _plate(painter, box, scheme)
    painter.setFont(font)
    left = box.left() + GAP
    for (text, shape), width in zip(entries, widths, strict=True):
        sign = QRectF(left, box.center().y() - 5, 10, 10)
        painter.setPen(QPen(QColor(scheme.unsure), 2.0) if shape == "hollow" else Qt.PenStyle.NoPen)
        painter.setBrush(QColor({"filled": scheme.landmark, "hollow": scheme.surface, "square": scheme.muted}[shape]))
        if shape == "square":
            painter.drawRoundedRect(sign.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)
        else:
            painter.drawEllipse(sign.adjusted(1, 1, -1, -1) if shape == "hollow" else sign)
        painter.setPen(QColor(scheme.text))
        painter.drawText(
            QRectF(left + 15, box.top(), width, box.height()),
            int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft),
            text,
        )
        left += width


def paint_notice(painter: QPainter, view: Viewport, text: str, scheme: Colours, font: QFont) -> None:
    """A sentence in the middle of the map."""
    flags = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
    metrics = QFontMetricsF(font)
    wide = QRectF(0, 0, min(420.0, view.width - 4 * PADDING), view.height)
    box = metrics.boundingRect(wide, flags, text).adjusted(-PADDING, -GAP, PADDING, GAP)
    box.moveCenter(QPointF(view.width / 2, view.height / 2))
    _plate(painter, box, scheme)
    painter.setFont(font)
    painter.setPen(QColor(scheme.text))
    painter.drawText(box, flags, text)


def _plate(painter: QPainter, box: QRectF, scheme: Colours) -> None:
    ground = QColor(scheme.surface)
    ground.setAlphaF(0.93)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(box, RADIUS - 2, RADIUS - 2)
