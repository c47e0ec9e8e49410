"""The colours of the map, light and dark: quiet, so that the pins are what is seen, and neutral like the window."""

from dataclasses import dataclass
from typing import Final

from landmark_desktop.ui.theme import DARK, LIGHT, Colours


@dataclass(frozen=True, slots=True)
class MapColours:
    """Colours of one theme as ``#RRGGBB``; texts stand on land and sea, each with a halo of the land."""

    sea: str
    land: str
    river: str
    border: str
    disputed: str
    country: str
    town: str


LIGHT_MAP: Final = MapColours(
    sea="#cbd6de",
    land="#f5f4f0",
    river="#b9c9d5",
    border="#a9a6ad",
    disputed="#a9a6ad",
    country="#55535c",
    town="#3f4147",
)
DARK_MAP: Final = MapColours(
    sea="#15191d",
    land="#2b2c2f",
    river="#202d38",
    border="#5f6067",
    disputed="#6a6b72",
    country="#b0b1b8",
    town="#cfd0d4",
)


def map_colours(scheme: Colours) -> MapColours:
    """The map's colours that go with a theme."""
    return {LIGHT: LIGHT_MAP, DARK: DARK_MAP}[scheme]
