"""Places in the world: where a landmark stands, and how far two points are apart."""

from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

EARTH_RADIUS_KM = 6371.0088
"""Mean Earth radius R1 (IUGG), km."""


@dataclass(frozen=True, slots=True)
class Location:
    """A place. Latitude and longitude are WGS-84 decimal degrees, north and east positive.

    ``radius_m`` is how far from the point the camera usually stands, in metres. Texts are empty when
    unknown; ``country_code`` is ISO 3166-1 alpha-2 in upper case.

    Raises:
        ValueError: coordinates outside [-90, 90] × [-180, 180], or a radius that is not positive.
    """

    name: str
    latitude: float
    longitude: float
    radius_m: float
    sublocation: str = ""
    city: str = ""
    region: str = ""
    country: str = ""
    country_code: str = ""

    def __post_init__(self) -> None:
        if not (-90.0 <= self.latitude <= 90.0 and -180.0 <= self.longitude <= 180.0):
            raise ValueError(f"coordinates outside the globe: {self.latitude}, {self.longitude}")
        if not self.radius_m > 0.0:
            raise ValueError(f"radius must be positive, not {self.radius_m}")

    @property
    def place(self) -> str:
        """City and country for people, for example ``Paris, France``."""
        return ", ".join(part for part in (self.city or self.region, self.country) if part)


@dataclass(frozen=True, slots=True)
class Landmark:
    """One class of the model. ``location`` is None where the landmark table knows none."""

    id: str
    name: str
    local_name: str = ""
    kind: str = ""
    location: Location | None = None


def great_circle_km(latitude_1: float, longitude_1: float, latitude_2: float, longitude_2: float) -> float:
    """Great-circle distance in km between two points in degrees, by the haversine formula.

    Source: R. W. Sinnott, "Virtues of the Haversine", Sky and Telescope 68 (1984) 159.
    """
    phi_1, phi_2 = radians(latitude_1), radians(latitude_2)
    half_d_phi = (phi_2 - phi_1) / 2
    half_d_lambda = radians(longitude_2 - longitude_1) / 2
    h = sin(half_d_phi) ** 2 + cos(phi_1) * cos(phi_2) * sin(half_d_lambda) ** 2
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(h)))
