"""Pins in words: names, tooltips, and the filter that a pin stands for."""

import numpy as np
from PySide6.QtCore import QLocale, QObject

from landmark_desktop.core.basemap import shipped_map
from landmark_desktop.core.positions import positions_of
from landmark_desktop.core.projection import metres_per_width, project
from landmark_desktop.ui import texts
from landmark_desktop.ui.photo_grid.filter import PlaceFilter
from landmark_desktop.ui.texts import coordinates, number, translate
from landmark_desktop.ui.world_map.places import Pin, common_name

NEAR_KM = 40.0
"""A position of a photo is named after a town that is no further away."""


class _Counted(QObject):
    """Texts with plural forms: Qt's tools find these only where a class asks for them."""

    def landmarks(self, count: int) -> str:
        """How many landmarks a pin stands for."""
        return self.tr("%Ln landmark(s)", "", count)

    def more(self, count: int) -> str:
        """How many are not named."""
        return self.tr("%Ln more", "", count)


def pin_name(pin: Pin) -> str:
    """What people call the place of a pin."""
    if pin.landmarks:
        return common_name(pin.landmarks) or _Counted().landmarks(len(pin.landmarks))
    return near_name(pin.positions)


def near_name(positions: tuple[int, ...]) -> str:
    """The town near the middle of positions (see ``core.positions``), or the coordinates."""
    latitudes, longitudes = positions_of(np.array(positions, np.int64))
    latitude, longitude = float(latitudes.mean()), float(longitudes[0])
    x, y = (float(value) for value in project(latitude, longitude))
    towns = shipped_map().towns()
    away = np.hypot(towns.at[:, 0] - x, towns.at[:, 1] - y) * metres_per_width(y) / 1000
    nearest = int(np.argmin(away))
    if away[nearest] > NEAR_KM:
        return coordinates(latitude, longitude)
    return translate("Map", "near {0}").format(towns.texts[nearest])


def pin_text(pin: Pin) -> str:
    """Name, place and counts of a pin, in lines."""
    lines = [pin_name(pin)]
    if len(pin.landmarks) == 1:
        place = texts.place(pin.landmarks[0])
        if place:
            lines.append(place)
    elif len(pin.landmarks) > 1:
        named = [landmark.name for landmark in pin.landmarks[:4]]
        more = len(pin.landmarks) - len(named)
        if more:
            named.append(_Counted().more(more))
        lines.append(QLocale().createSeparatedList(named))
    counts = pin.counts
    parts = [
        text.format(number(count))
        for text, count in (
            (translate("Map", "{0} accepted"), counts.accepted),
            (translate("Map", "{0} suggested"), counts.suggested),
            (translate("Map", "{0} with a position of their own"), counts.own),
        )
        if count
    ]
    lines.append(" · ".join(parts))
    return "\n".join(lines)


def pin_filter(pin: Pin) -> PlaceFilter:
    """The filter that shows the photos of a pin, and no others."""
    return PlaceFilter(pin_name(pin), frozenset(landmark.id for landmark in pin.landmarks), frozenset(pin.positions))
