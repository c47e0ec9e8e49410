"""The names on the map: countries and towns, placed so that none covers another or a pin."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPixmap

from landmark_desktop.core.basemap import BaseMap, Names
from landmark_desktop.ui.world_map.look import MapColours
from landmark_desktop.ui.world_map.viewport import Viewport

MAX_LABELS: Final = 90
MAX_CANDIDATES: Final = 700
COUNTRY_ZOOMS: Final = 4.2
"""A country is named over so many zooms; beyond, its name would stand alone somewhere in its middle."""
REUSED_ZOOM: Final = 0.12
"""Labels are placed anew when the zoom has changed by more."""
AROUND: Final = 0.35
"""Labels are placed for so much more than the view on each side, in views."""
_DOT: Final = 2.2
_HALO: Final = 1.6
_AIR: Final = 3.0


@dataclass(frozen=True, slots=True)
class _Style:
    """How a kind of text looks; ``size`` in device-independent pixels."""

    size: int
    weight: QFont.Weight
    spacing: float = 0.0

    def font(self, base: QFont) -> QFont:
        font = QFont(base)
        font.setPixelSize(self.size)
        font.setWeight(self.weight)
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, self.spacing)
        return font


_COUNTRY: Final = _Style(11, QFont.Weight.DemiBold, 0.6)
_CAPITAL: Final = _Style(11, QFont.Weight.DemiBold)
_TOWN: Final = _Style(11, QFont.Weight.Normal)


@dataclass(frozen=True, slots=True)
class _Label:
    """A text at its place: the middle of a country, or the dot of a town, with the text's offset in pixels from it."""

    text: str
    style: _Style
    x: float
    y: float
    left: float
    top: float
    is_town: bool


class Labels:
    """Chooses and paints names; what was chosen stays while the map is moved a little."""

    def __init__(self, base: BaseMap, language: str) -> None:
        self._countries = base.countries(language)
        self._towns = base.towns()
        self._chosen: list[_Label] = []
        self._chosen_for: tuple[Viewport, MapColours] | None = None
        self._pictures: dict[tuple[str, _Style], tuple[QPixmap, float, float]] = {}
        self._drawn_for: object = None

    def forget(self) -> None:
        """Choose anew with the next frame: there are other pins to keep clear of."""
        self._chosen_for = None

    def paint(
        self,
        painter: QPainter,
        view: Viewport,
        look: MapColours,
        font: QFont,
        taken: Sequence[tuple[float, float, float]],
    ) -> None:
        """Paint the names of a view. ``taken`` are pins to keep clear of: place on the map, and radius in pixels."""
        ratio = painter.device().devicePixelRatioF()
        if self._drawn_for != (look, font, ratio):
            self._pictures.clear()
            self._drawn_for = (look, QFont(font), ratio)
        if not self._fits(view, look):
            self._chosen = self._choose(view, font, taken)
            self._chosen_for = (view, look)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for label in self._chosen:
            x, y = view.to_screen(label.x, label.y)
            picture, width, height = self._picture(label, look, font, ratio)
            if -width < x + label.left < view.width and -height < y + label.top < view.height:
                if label.is_town:
                    painter.setPen(QColor(look.land))
                    painter.setBrush(QColor(look.town))
                    painter.drawEllipse(QPointF(x, y), _DOT, _DOT)
                # On whole pixels, else the text blurs.
                left, top = (round(value * ratio) / ratio for value in (x + label.left - _HALO, y + label.top - _HALO))
                painter.drawPixmap(QPointF(left, top), picture)

    def _fits(self, view: Viewport, look: MapColours) -> bool:
        if self._chosen_for is None or self._chosen_for[1] is not look:
            return False
        before = self._chosen_for[0]
        x, y = before.to_screen(view.x, view.y)
        return (
            abs(view.zoom - before.zoom) <= REUSED_ZOOM
            and (view.width, view.height) == (before.width, before.height)
            and abs(x - view.width / 2) < AROUND * view.width
            and abs(y - view.height / 2) < AROUND * view.height
        )

    def _choose(self, view: Viewport, font: QFont, taken: Sequence[tuple[float, float, float]]) -> list[_Label]:
        room = _Room(view)
        for x, y, radius in taken:
            room.take(*view.to_screen(x, y), radius)
        chosen: list[_Label] = []
        metrics = QFontMetricsF(_COUNTRY.font(font))
        for index in _candidates(self._countries, view, COUNTRY_ZOOMS):
            text, (x, y) = self._countries.texts[index], self._countries.at[index].tolist()
            width, height = metrics.horizontalAdvance(text), metrics.height()
            left, top = view.to_screen(x, y)
            if room.claim(QRectF(left - width / 2, top - height / 2, width, height)):
                chosen.append(_Label(text, _COUNTRY, x, y, -width / 2, -height / 2, False))
        sizes = {style: QFontMetricsF(style.font(font)) for style in (_TOWN, _CAPITAL)}
        for index in _candidates(self._towns, view):
            if len(chosen) >= MAX_LABELS:
                break
            style = _CAPITAL if self._towns.capital[index] else _TOWN
            text, (x, y) = self._towns.texts[index], self._towns.at[index].tolist()
            width, height = sizes[style].horizontalAdvance(text), sizes[style].height()
            left, top = view.to_screen(x, y)
            if not room.is_free(QRectF(left - _DOT, top - _DOT, 2 * _DOT, 2 * _DOT)):
                continue
            for offset in (_DOT + 3, -_DOT - 3 - width):
                if room.claim(QRectF(left + offset, top - height / 2, width, height)):
                    room.claim(QRectF(left - _DOT, top - _DOT, 2 * _DOT, 2 * _DOT))
                    chosen.append(_Label(text, style, x, y, offset, -height / 2, True))
                    break
        return chosen

    def _picture(self, label: _Label, look: MapColours, base: QFont, ratio: float) -> tuple[QPixmap, float, float]:
        """The text with its halo, drawn once."""
        key = (label.text, label.style)
        if key not in self._pictures:
            font = label.style.font(base)
            metrics = QFontMetricsF(font)
            width, height = metrics.horizontalAdvance(label.text) + 2 * _HALO, metrics.height() + 2 * _HALO
            picture = QPixmap(int(np.ceil(width * ratio)), int(np.ceil(height * ratio)))
            picture.setDevicePixelRatio(ratio)
            picture.fill(Qt.GlobalColor.transparent)
            painter = QPainter(picture)
            painter.setFont(font)
            halo = QColor(look.land)
            halo.setAlphaF(0.55)
            painter.setPen(halo)
            at = QPointF(_HALO, _HALO + metrics.ascent())
            for right, down in ((-1, 0), (1, 0), (0, -1), (0, 1), (-0.7, -0.7), (0.7, -0.7), (-0.7, 0.7), (0.7, 0.7)):
                painter.drawText(at + QPointF(right, down) * (_HALO - 0.4), label.text)
            painter.setPen(QColor(look.town if label.is_town else look.country))
            painter.drawText(at, label.text)
            painter.end()
            self._pictures[key] = (picture, width, height)
        return self._pictures[key]


def _candidates(names: Names, view: Viewport, zooms: float | None = None) -> list[int]:
    """The names in and around a view that its zoom shows, the important ones first."""
    away = names.at[:, 0] - view.x
    away = np.abs(away - np.floor(away + 0.5))
    near = away * view.scale < view.width * (0.5 + AROUND)
    near &= np.abs(names.at[:, 1] - view.y) * view.scale < view.height * (0.5 + AROUND)
    near &= names.zoom <= view.zoom
    if zooms is not None:
        near &= names.zoom + zooms > view.zoom
    found = np.flatnonzero(near)
    return found[np.argsort(names.zoom[found], kind="stable")][:MAX_CANDIDATES].tolist()  # type: ignore[no-any-return]


class _Room:
    """What is taken of a view, in a grid of squares, so that asking costs the same however much there is."""

    _SIDE: Final = 64.0

    def __init__(self, view: Viewport) -> None:
        self._taken: dict[tuple[int, int], list[QRectF]] = {}

    def take(self, x: float, y: float, radius: float) -> None:
        """Keep clear of this."""
        self._put(QRectF(x - radius, y - radius, 2 * radius, 2 * radius))

    def is_free(self, box: QRectF) -> bool:
        """True if nothing is there."""
        return not any(box.intersects(other) for square in self._squares(box) for other in self._taken.get(square, ()))

    def claim(self, box: QRectF) -> bool:
        """Take a box with some air around it, if it is free."""
        if not self.is_free(box):
            return False
        self._put(box.adjusted(-_AIR, -_AIR / 2, _AIR, _AIR / 2))
        return True

    def _put(self, box: QRectF) -> None:
        for square in self._squares(box):
            self._taken.setdefault(square, []).append(box)

    def _squares(self, box: QRectF) -> list[tuple[int, int]]:
        columns = range(int(box.left() // self._SIDE), int(box.right() // self._SIDE) + 1)
        rows = range(int(box.top() // self._SIDE), int(box.bottom() // self._SIDE) + 1)
        return [(row, column) for row in rows for column in columns]
