"""Paints the ground of the map: sea, land, lakes, rivers and borders, at the level of detail that fits the zoom.

Each cell of the shipped map becomes a ``QPainterPath`` when it first comes into view; from then on a frame only fills
the paths of the cells in view.
"""

from collections import OrderedDict
from math import floor

import numpy as np
from PySide6.QtCore import QByteArray, QDataStream, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from landmark_desktop.core.basemap import LEVELS, PAD, BaseMap, Layer, Parts
from landmark_desktop.ui.world_map.look import MapColours
from landmark_desktop.ui.world_map.viewport import Viewport

MAX_PATHS = 2_000
"""Paths of cells that are kept, some 20 MB where all of them are large."""

RIVERS_UNTIL = 9.0
"""From nearer, rivers would be seen to run beside their beds."""
_AREAS = (Layer.LAND, Layer.LAKES)
_Key = tuple[Layer, int, int, int]


class Ground:
    """The painter of the ground, over one map."""

    def __init__(self, base: BaseMap) -> None:
        self._base = base
        self._paths: OrderedDict[_Key, QPainterPath] = OrderedDict()

    def paint(self, painter: QPainter, view: Viewport, look: MapColours) -> None:
        """Paint what a view shows. The painter's units are device-independent pixels of the view."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(QRectF(0, 0, view.width, view.height), QColor(look.sea))
        painter.translate(view.width / 2, view.height / 2)
        painter.scale(view.scale, view.scale)
        painter.translate(-view.x, -view.y)
        level = level_of(view.zoom)
        for layer in Layer:
            if layer is Layer.RIVERS and view.zoom > RIVERS_UNTIL:
                continue
            _prepare(painter, layer, look)
            for row, column, turn in cells_in(view, level):
                path = self._path(layer, level, row, column)
                if not path.isEmpty():
                    painter.translate(turn, 0)
                    painter.drawPath(path)
                    painter.translate(-turn, 0)
        painter.restore()

    def _path(self, layer: Layer, level: int, row: int, column: int) -> QPainterPath:
        key = (layer, level, row, column)
        path = self._paths.get(key)
        if path is None:
            parts = self._base.parts(*key)
            path = self._paths[key] = QPainterPath() if parts is None else make_path(parts, closed=layer in _AREAS)
            if len(self._paths) > MAX_PATHS:
                self._paths.popitem(last=False)
        else:
            self._paths.move_to_end(key)
        return path


def level_of(zoom: float) -> int:
    """The level of detail for a zoom."""
    return max(number for number, level in enumerate(LEVELS) if level.first <= zoom or number == 0)


def cells_in(view: Viewport, level: int) -> list[tuple[int, int, int]]:
    """The cells that a view shows: row, column, and the turn around the world."""
    cells = LEVELS[level].cells
    left, top, right, bottom = view.bounds
    rows = range(max(0, floor(top * cells - PAD)), min(cells - 1, floor(bottom * cells + PAD)) + 1)
    columns = range(floor(left * cells - PAD), floor(right * cells + PAD) + 1)
    return [(row, column % cells, column // cells) for row in rows for column in columns]


def make_path(parts: Parts, *, closed: bool) -> QPainterPath:
    """A path of all parts; areas are closed. Made through Qt's own serialisation, point by point would take seconds.

    Source of the format: QDataStream, operator>>(QDataStream &, QPainterPath &).
    """
    points = parts.points
    starts = np.concatenate([[0], parts.ends[:-1]])
    kinds = np.ones(len(points), np.int32)  # QPainterPath.ElementType: 0 moves, 1 draws a line
    kinds[starts] = 0
    if closed:
        points = np.insert(points, parts.ends, points[starts], axis=0)
        kinds = np.insert(kinds, parts.ends, 1)
    elements = np.empty(len(points), [("kind", ">i4"), ("x", ">f8"), ("y", ">f8")])
    elements["kind"], elements["x"], elements["y"] = kinds, points[:, 0], points[:, 1]
    ends = np.array([0, Qt.FillRule.OddEvenFill.value], ">i4")  # the start of the last part, which nothing is added to
    data = np.array([len(elements)], ">i4").tobytes() + elements.tobytes() + ends.tobytes()
    path = QPainterPath()
    QDataStream(QByteArray(data)) >> path
    return path


def _prepare(painter: QPainter, layer: Layer, look: MapColours) -> None:
    if layer in _AREAS:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(look.land if layer is Layer.LAND else look.sea))
        return
    names = {Layer.RIVERS: look.river, Layer.BORDERS: look.border, Layer.DISPUTED: look.disputed}
    pen = QPen(QColor(names[layer]), 1.0)
    pen.setCosmetic(True)
    if layer is Layer.DISPUTED:
        pen.setDashPattern([3.0, 3.0])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
