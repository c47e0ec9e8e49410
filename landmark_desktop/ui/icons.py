"""The program's own signs, drawn as paths, so that they are sharp at every size and need no files.

A verdict is told by shape as well as colour: a filled disc, a half disc, a ring, a triangle with an exclamation mark.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPainterPathStroker, QPixmap, QPolygonF

from landmark_desktop.core.guess import Verdict
from landmark_desktop.core.resources import resource_path
from landmark_desktop.ui.theme import Colours

_ICON_SIZES = (16, 20, 24, 32, 48, 64)
_LINE = 1.7
"""Width of lines in the unit square of 16 × 16."""


class Sign(StrEnum):
    """What can be drawn."""

    LANDMARK = "landmark"
    UNSURE = "unsure"
    NONE = "none"
    WARNING = "warning"
    ALL = "all"
    WAITING = "waiting"
    PENCIL = "pencil"
    CHECK = "check"
    PIN = "pin"
    CROSS = "cross"
    OFFLINE = "offline"
    PLUS = "plus"
    MINUS = "minus"
    FRAME = "frame"
    INFORMATION = "information"


SIGN_OF_VERDICT: Mapping[Verdict, Sign] = {
    Verdict.LANDMARK: Sign.LANDMARK,
    Verdict.UNSURE: Sign.UNSURE,
    Verdict.NONE: Sign.NONE,
}


def sign_colour(sign: Sign, scheme: Colours) -> QColor:
    """The colour that goes with a sign."""
    named = {
        Sign.LANDMARK: scheme.landmark,
        Sign.CHECK: scheme.landmark,
        Sign.UNSURE: scheme.unsure,
        Sign.PENCIL: scheme.unsure,
        Sign.WARNING: scheme.error,
        Sign.PIN: scheme.muted,
        Sign.OFFLINE: scheme.muted,
    }
    return QColor(named.get(sign, scheme.none))


def _ring(inner: float, outer: float) -> QPainterPath:
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.OddEvenFill)
    path.addEllipse(QPointF(8, 8), outer, outer)
    path.addEllipse(QPointF(8, 8), inner, inner)
    return path


def _stroked(path: QPainterPath, width: float = _LINE) -> QPainterPath:
    stroker = QPainterPathStroker()
    stroker.setWidth(width)
    stroker.setCapStyle(Qt.PenCapStyle.RoundCap)
    stroker.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return stroker.createStroke(path)


def _lines(*points: tuple[float, float], width: float = _LINE) -> QPainterPath:
    path = QPainterPath(QPointF(*points[0]))
    for point in points[1:]:
        path.lineTo(QPointF(*point))
    return _stroked(path, width)


def _disc() -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(QPointF(8, 8), 6, 6)
    return path


def _half() -> QPainterPath:
    half = QPainterPath(QPointF(8, 3.4))
    half.arcTo(QRectF(3.4, 3.4, 9.2, 9.2), 90, 180)
    half.closeSubpath()
    return _ring(4.6, 6).united(half)


def _warning() -> QPainterPath:
    triangle = QPainterPath()
    triangle.addPolygon(QPolygonF([QPointF(8, 2.2), QPointF(14.6, 13.4), QPointF(1.4, 13.4)]))
    triangle.closeSubpath()
    mark = _lines((8, 6.4), (8, 9.4), width=1.6)
    dot = QPainterPath()
    dot.addEllipse(QPointF(8, 11.5), 0.95, 0.95)
    return triangle.united(_stroked(triangle, 1.4)).subtracted(mark.united(dot))


def _information() -> QPainterPath:
    """An i in a ring."""
    dot = QPainterPath()
    dot.addEllipse(QPointF(8, 4.9), 1.05, 1.05)
    return _ring(5.6, 7).united(_lines((8, 7.6), (8, 11.4), width=1.6)).united(dot)


def _all() -> QPainterPath:
    path = QPainterPath()
    for x in (2.4, 8.8):
        for y in (2.4, 8.8):
            path.addRoundedRect(QRectF(x, y, 4.8, 4.8), 1, 1)
    return path


def _pencil() -> QPainterPath:
    body = QPainterPath()
    body.addPolygon(
        QPolygonF([QPointF(2.6, 13.4), QPointF(3.4, 9.9), QPointF(10.6, 2.7), QPointF(13.3, 5.4), QPointF(6.1, 12.6)])
    )
    body.closeSubpath()
    return body.united(_stroked(body, 0.8)).subtracted(_lines((9.0, 4.6), (11.4, 7.0), width=0.9))


def _pin() -> QPainterPath:
    path = QPainterPath(QPointF(8, 14.6))
    path.cubicTo(QPointF(5.4, 11.2), QPointF(3.2, 8.8), QPointF(3.2, 6.1))
    path.arcTo(QRectF(3.2, 1.3, 9.6, 9.6), 180, -180)
    path.cubicTo(QPointF(12.8, 8.8), QPointF(10.6, 11.2), QPointF(8, 14.6))
    hole = QPainterPath()
    hole.addEllipse(QPointF(8, 6.1), 1.9, 1.9)
    return path.subtracted(hole)


def _cross() -> QPainterPath:
    return _lines((4, 4), (12, 12)).united(_lines((12, 4), (4, 12)))


def _offline() -> QPainterPath:
    """A plug that is pulled out."""
    plug = QPainterPath()
    plug.addRoundedRect(QRectF(4.2, 5.6, 7.6, 5.0), 1.6, 1.6)
    prongs = _lines((6.4, 2.2), (6.4, 5.4)).united(_lines((9.6, 2.2), (9.6, 5.4)))
    return plug.united(prongs).united(_lines((8, 10.6), (8, 12.0))).united(_lines((8, 14.4), (8, 14.6)))


def _frame() -> QPainterPath:
    """Four corners: as large as fits."""
    path = QPainterPath()
    for x, dx in ((2.4, 3.2), (13.6, -3.2)):
        for y, dy in ((2.4, 3.2), (13.6, -3.2)):
            path = path.united(_lines((x + dx, y), (x, y), (x, y + dy)))
    return path


def _waiting() -> QPainterPath:
    path = QPainterPath()
    for x in (3.5, 8.0, 12.5):
        path.addEllipse(QPointF(x, 8), 1.3, 1.3)
    return path


_PATHS: Mapping[Sign, Callable[[], QPainterPath]] = {
    Sign.LANDMARK: _disc,
    Sign.UNSURE: _half,
    Sign.NONE: lambda: _ring(4.5, 6),
    Sign.WARNING: _warning,
    Sign.ALL: _all,
    Sign.WAITING: _waiting,
    Sign.PENCIL: _pencil,
    Sign.CHECK: lambda: _lines((2.8, 8.6), (6.4, 12.2), (13.2, 4.4), width=2.1),
    Sign.PIN: _pin,
    Sign.CROSS: _cross,
    Sign.OFFLINE: _offline,
    Sign.PLUS: lambda: _lines((3, 8), (13, 8)).united(_lines((8, 3), (8, 13))),
    Sign.INFORMATION: _information,
    Sign.MINUS: lambda: _lines((3, 8), (13, 8)),
    Sign.FRAME: _frame,
}
_SHAPES = {sign: make() for sign, make in _PATHS.items()}


def paint_sign(painter: QPainter, sign: Sign, box: QRectF, colour: QColor) -> None:
    """Draw a sign so that it fills ``box``."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(box.topLeft())
    painter.scale(box.width() / 16, box.height() / 16)
    painter.fillPath(_SHAPES[sign], colour)
    painter.restore()


def sign_icon(sign: Sign, colour: QColor) -> QIcon:
    """A sign as icon, at all sizes that screens ask for."""
    icon = QIcon()
    for size in _ICON_SIZES:
        pixmap = QPixmap(size, size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        paint_sign(painter, sign, QRectF(0, 0, size, size), colour)
        painter.end()
        icon.addPixmap(pixmap)
    return icon


def emblem_icon() -> QIcon:
    """The program's own icon."""
    return QIcon(str(resource_path("icons", "landmark-desktop.svg")))
