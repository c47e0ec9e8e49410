"""Which part of the map is seen: a frozen value with the arithmetic of panning and zooming. Qt-free."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import floor, log2

MAX_ZOOM = 14.0
"""Six metres a pixel in Paris: landmarks of one city lie apart."""
FIT_ZOOM = 11.0
"""Fitting to photos goes no nearer: a single place is shown with its surroundings."""
TILE = 256
"""The world is so many pixels wide at zoom 0, as in every Web Mercator map."""
LEAST_SHARE = 0.6
"""The world fills at least this share of the view's width."""


@dataclass(frozen=True, slots=True)
class Viewport:
    """A view of ``width`` × ``height`` device-independent pixels whose middle is at ``x``, ``y`` of the map.

    ``x`` may be of any turn around the world; ``y`` and ``zoom`` are kept within what the map has.
    """

    x: float = 0.5
    y: float = 0.42
    zoom: float = 1.5
    width: float = 800.0
    height: float = 400.0

    @property
    def scale(self) -> float:
        """Pixels that the whole world is wide."""
        return float(TILE * 2.0**self.zoom)

    @property
    def min_zoom(self) -> float:
        """The farthest that the view may be away."""
        return max(0.0, log2(max(self.width, 1.0) * LEAST_SHARE / TILE))

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom on the map."""
        half_width, half_height = self.width / 2 / self.scale, self.height / 2 / self.scale
        return self.x - half_width, self.y - half_height, self.x + half_width, self.y + half_height

    def kept(self) -> "Viewport":
        """The same view, within the limits of the map; ``x`` is of the first turn."""
        zoom = min(MAX_ZOOM, max(self.min_zoom, self.zoom))
        half = self.height / 2 / (TILE * 2.0**zoom)
        y = 0.5 if half >= 0.5 else min(1 - half, max(half, self.y))
        return replace(self, x=self.x - floor(self.x), y=y, zoom=zoom)

    def resized(self, width: float, height: float) -> "Viewport":
        """The same middle and zoom in another size."""
        return replace(self, width=max(1.0, width), height=max(1.0, height)).kept()

    def moved(self, right: float, down: float) -> "Viewport":
        """The view so many pixels further to the right and down."""
        return replace(self, x=self.x + right / self.scale, y=self.y + down / self.scale).kept()

    def zoomed(self, zoom: float, left: float | None = None, top: float | None = None) -> "Viewport":
        """Another zoom; what is at this pixel (the middle, if it is not given) stays there."""
        zoom = min(MAX_ZOOM, max(self.min_zoom, zoom))
        from_middle = ((self.width / 2 if left is None else left) - self.width / 2) / TILE
        below_middle = ((self.height / 2 if top is None else top) - self.height / 2) / TILE
        more = 2.0**-self.zoom - 2.0**-zoom
        return replace(self, x=self.x + from_middle * more, y=self.y + below_middle * more, zoom=zoom).kept()

    def to_screen(self, x: float, y: float) -> tuple[float, float]:
        """The pixel of a position, on the turn around the world that is nearest to the middle."""
        away = x - self.x
        away -= floor(away + 0.5)
        return self.width / 2 + away * self.scale, self.height / 2 + (y - self.y) * self.scale

    def to_map(self, left: float, top: float) -> tuple[float, float]:
        """The position at a pixel."""
        return self.x + (left - self.width / 2) / self.scale, self.y + (top - self.height / 2) / self.scale

    def fitted(self, xs: Sequence[float], ys: Sequence[float], margin: float = 48.0) -> "Viewport":
        """The nearest view that shows all of these positions, across the date line where that is shorter."""
        if not xs:
            return self.kept()
        start, wide = _shortest_arc(xs)
        top, bottom = min(ys), max(ys)
        room = (max(1.0, self.width - 2 * margin), max(1.0, self.height - 2 * margin))
        zooms = [log2(pixels / (span * TILE)) for pixels, span in zip(room, (wide, bottom - top), strict=True) if span]
        zoom = min([FIT_ZOOM, *zooms])
        return replace(self, x=start + wide / 2, y=(top + bottom) / 2, zoom=zoom).kept()


def _shortest_arc(xs: Sequence[float]) -> tuple[float, float]:
    """Where the shortest stretch of the globe that holds all positions begins, and how wide it is."""
    ordered = sorted({x - floor(x) for x in xs})
    gaps = [after - before for before, after in zip(ordered, [*ordered[1:], ordered[0] + 1], strict=True)]
    widest = max(range(len(gaps)), key=gaps.__getitem__)
    return ordered[(widest + 1) % len(ordered)], 1 - gaps[widest]
