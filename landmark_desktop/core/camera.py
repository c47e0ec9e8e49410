"""How a photo was taken."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class CameraFacts:
    """What is not known is empty or None. ``exposure`` is in seconds as a fraction (numerator, denominator), ``focal``
    and ``focal_35mm`` (as wide as that on 35 mm film) in millimetres, ``zone`` the offset to UTC as ``+02:00``."""

    camera: str = ""
    lens: str = ""
    exposure: tuple[int, int] | None = None
    aperture: float | None = None
    iso: int | None = None
    focal: float | None = None
    focal_35mm: int | None = None
    zone: str = ""

    def pack(self) -> dict[str, Any]:
        """What crosses from one process to another."""
        return asdict(self)

    @classmethod
    def unpack(cls, packed: dict[str, Any]) -> "CameraFacts":
        """The other way round. Raises TypeError: it was never packed."""
        facts = cls(**packed)
        return facts if facts.exposure is None else cls(**{**packed, "exposure": tuple(facts.exposure)})
