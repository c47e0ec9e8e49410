"""Places that stand in a photo's files already, as they are taken over into the library."""

from dataclasses import dataclass

from landmark_desktop.core.review import Review


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """A place that the files speak of. Texts are empty and coordinates (WGS-84 degrees) None where nothing is said."""

    name: str = ""
    sublocation: str = ""
    city: str = ""
    region: str = ""
    country: str = ""
    country_code: str = ""
    latitude: float | None = None
    longitude: float | None = None

    @property
    def text(self) -> str:
        """One line for people."""
        parts = (self.name, self.sublocation, self.city, self.region, self.country or self.country_code)
        return ", ".join(dict.fromkeys(part for part in parts if part))


@dataclass(frozen=True, slots=True)
class Imported:
    """What a photo's files mean for the library. ``review`` is the answer they hold; ``tagged`` the landmark whose
    place we once wrote into them; ``place`` a place that is no landmark of the bundle, and only shown."""

    review: Review | None = None
    tagged: str | None = None
    place: FoundPlace | None = None
