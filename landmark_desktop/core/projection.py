"""From degrees to the map and back: Web Mercator in widths of the world.

``x`` grows to the east from 0 (180° W) to 1 (180° E), ``y`` to the south from 0 (85.05° N) to 1 (85.05° S).

Source of the formulas: J. P. Snyder, "Map Projections – A Working Manual", USGS Professional Paper 1395 (1987), 7-1 to
7-4, on the sphere.
"""

from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

MAX_LATITUDE: Final = 85.0511287798066
"""Where the map ends so that it is square: degrees(atan(sinh(π)))."""
EARTH_CIRCUMFERENCE_M: Final = 40_075_016.686
"""Circumference of the WGS-84 ellipsoid at the equator, in metres."""


def project(latitude: ArrayLike, longitude: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Positions in degrees to ``x`` and ``y``. Latitudes beyond the map's edge are put on it."""
    phi = np.radians(np.clip(np.asarray(latitude, np.float64), -MAX_LATITUDE, MAX_LATITUDE))
    x = np.asarray(longitude, np.float64) / 360 + 0.5
    y = 0.5 - np.arcsinh(np.tan(phi)) / (2 * np.pi)
    return x, y


def unproject(x: float, y: float) -> tuple[float, float]:
    """``x`` and ``y`` to latitude and longitude in degrees; ``x`` may be of any turn around the world."""
    latitude = float(np.degrees(np.arctan(np.sinh((0.5 - y) * 2 * np.pi))))
    return latitude, (x % 1.0 - 0.5) * 360


def metres_per_width(y: float) -> float:
    """How many metres on the ground the whole width of the map would be at the scale that holds at ``y``."""
    return float(EARTH_CIRCUMFERENCE_M / np.cosh((0.5 - y) * 2 * np.pi))
