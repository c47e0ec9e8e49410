"""How pins look. What a pin counts is told by shape as well as colour:

accepted photos are filled, suggested ones hollow, photos with a position of their own square; a drop stands at a single
landmark, a disc for several; where kinds meet, a ring has a thick arc for accepted, a thin one for suggested and a
dotted one for own positions.
"""

from dataclasses import dataclass
from math import log10
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPixmap

from landmark_desktop.ui.texts import number
from landmark_desktop.ui.theme import Colours
from landmark_desktop.ui.world_map.places import Counts, Pin

SMALLEST: Final = 11.0
"""Radius of the head of a pin in device-independent pixels."""
MARGIN: Final = 7.0
"""Room around the shape in a pin's picture, for rings and the shadow."""
TAIL: Final = 0.75
"""Length of the tail of a drop, in radii."""
MAX_PICTURES: Final = 600


@dataclass(frozen=True, slots=True)
class PinState:
    """What else is to be seen of a pin."""

    selected: bool = False
    focused: bool = False
    hovered: bool = False
    faded: bool = False


def short_number(value: int) -> str:
    """A count in at most four characters: 950, 1.2k, 12k."""
    if value < 1_000:
        return number(value)
    if value < 9_950:
        return f"{value / 1_000:.1f}k"
    return f"{value / 1_000:.0f}k" if value < 999_500 else f"{value / 1_000_000:.1f}M"


def radius_of(pin: Pin) -> float:
    """The radius of a pin's head: larger for more photos, by the logarithm."""
    return SMALLEST + 2.6 * log10(max(1, pin.counts.total))


def is_drop(pin: Pin) -> bool:
    """True if a pin is a drop whose tip is at the place; others lie around it."""
    return pin.is_one_place and bool(pin.landmarks)


def head_offset(pin: Pin) -> float:
    """How far the middle of the head is above the place."""
    return radius_of(pin) * (1 + TAIL) if is_drop(pin) else 0.0


class PinPainter:
    """Paints pins from pictures that are drawn once."""

    def __init__(self) -> None:
        self._pictures: dict[object, QPixmap] = {}
        self._drawn_for: object = None

    def paint(self, painter: QPainter, pin: Pin, at: QPointF, state: PinState, *, scheme: Colours, font: QFont) -> None:
        """Paint a pin whose place is at this pixel."""
        ratio = painter.device().devicePixelRatioF()
        if self._drawn_for != (scheme, font, ratio) or len(self._pictures) > MAX_PICTURES:
            self._pictures.clear()
            self._drawn_for = (scheme, QFont(font), ratio)
        key = (pin.counts, is_drop(pin), state)
        picture = self._pictures.get(key)
        reach = radius_of(pin) + MARGIN
        if picture is None:
            side = int(2 * reach * ratio + 0.5)
            picture = QPixmap(side, int(side + head_offset(pin) * ratio))
            picture.setDevicePixelRatio(ratio)
            picture.fill(Qt.GlobalColor.transparent)
            inner = QPainter(picture)
            inner.setRenderHint(QPainter.RenderHint.Antialiasing)
            inner.translate(reach, reach)
            _draw(inner, pin, state, scheme, font)
            inner.end()
            self._pictures[key] = picture
        painter.drawPixmap(at - QPointF(reach, reach + head_offset(pin)), picture)


def _draw(painter: QPainter, pin: Pin, state: PinState, scheme: Colours, font: QFont) -> None:
    radius, counts = radius_of(pin), pin.counts
    shape = _shape(pin, radius)
    if state.faded:
        painter.setOpacity(0.4)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(0, 0, 0, 45))
    painter.drawPath(shape.translated(0, 1.5))
    kinds = [kind for kind in ("accepted", "suggested", "own") if getattr(counts, kind)]
    surface = QColor(scheme.surface)
    if kinds == ["accepted"]:
        fill, line, text = QColor(scheme.landmark), surface, surface
    elif kinds == ["own"]:
        fill, line, text = QColor(scheme.muted), surface, surface
    else:
        line = QColor(scheme.unsure if kinds == ["suggested"] else scheme.muted)
        fill, text = surface, QColor(scheme.unsure if kinds == ["suggested"] else scheme.text)
    if state.hovered:
        fill = fill.lighter(112) if fill.lightness() < 200 else fill.darker(106)
    painter.setBrush(fill)
    painter.setPen(QPen(line, 2.0 if kinds == ["suggested"] else 1.2))
    painter.drawPath(shape)
    if len(kinds) > 1:
        _draw_shares(painter, counts, radius - 2.6, scheme)
    _draw_count(painter, short_number(counts.total), radius, text, font)
    for wanted, colour, distance in ((state.selected, scheme.accent, 2.4), (state.focused, scheme.text, 4.8)):
        if wanted:
            painter.setOpacity(1.0)
            painter.setPen(QPen(QColor(colour), 2.2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QPointF(0, 0), radius + distance, radius + distance)


def _shape(pin: Pin, radius: float) -> QPainterPath:
    """The outline around the middle of the head."""
    path = QPainterPath()
    if pin.counts.own == pin.counts.total:
        path.addRoundedRect(QRectF(-radius, -radius, 2 * radius, 2 * radius).adjusted(1.5, 1.5, -1.5, -1.5), 4, 4)
    elif is_drop(pin):
        tip = radius * (1 + TAIL)
        path.arcMoveTo(QRectF(-radius, -radius, 2 * radius, 2 * radius), -35)
        path.arcTo(QRectF(-radius, -radius, 2 * radius, 2 * radius), -35, 250)
        path.quadTo(-radius * 0.25, radius * 1.25, 0, tip)
        path.quadTo(radius * 0.25, radius * 1.25, path.elementAt(0).x, path.elementAt(0).y)
        path.closeSubpath()
    else:
        path.addEllipse(QPointF(0, 0), radius, radius)
    return path


def _draw_shares(painter: QPainter, counts: Counts, radius: float, scheme: Colours) -> None:
    """Arcs, clockwise from the top, as long as the share of each kind."""
    box = QRectF(-radius, -radius, 2 * radius, 2 * radius)
    start = 90.0
    looks = (
        (counts.accepted, scheme.landmark, 4.2, Qt.PenStyle.SolidLine),
        (counts.suggested, scheme.unsure, 1.8, Qt.PenStyle.SolidLine),
        (counts.own, scheme.muted, 2.4, Qt.PenStyle.DotLine),
    )
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for count, colour, width, style in looks:
        if count:
            sweep = 360.0 * count / counts.total
            painter.setPen(QPen(QColor(colour), width, style, Qt.PenCapStyle.FlatCap))
            painter.drawArc(box, int(16 * start), int(-16 * sweep))
            start -= sweep


def _draw_count(painter: QPainter, text: str, radius: float, colour: QColor, base: QFont) -> None:
    font = QFont(base)
    font.setWeight(QFont.Weight.DemiBold)
    font.setPixelSize(11)
    room = 2 * radius - 7
    width = QFontMetricsF(font).horizontalAdvance(text)
    if width > room:
        font.setPixelSize(max(8, int(11 * room / width)))
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawText(QRectF(-radius, -radius, 2 * radius, 2 * radius), Qt.AlignmentFlag.AlignCenter, text)
