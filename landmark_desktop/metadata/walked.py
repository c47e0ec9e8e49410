"""What one file says, walked once and looked up by key: time and position, and the fields that others ask for."""

import re
from datetime import datetime
from typing import Any, Final

from landmark_desktop.metadata.exiv2_io import Document
from landmark_desktop.metadata.places import Place, default_text, exif_degrees, read_places, xmp_degrees

_DATES: Final = (
    "Exif.Photo.DateTimeOriginal",
    "Exif.Photo.DateTimeDigitized",
    "Xmp.exif.DateTimeOriginal",
    "Xmp.photoshop.DateCreated",
    "Xmp.exif.DateTimeDigitized",
    "Xmp.xmp.CreateDate",
)
_OF_EXIF: Final = frozenset(
    {key for key in _DATES if key.startswith("Exif")}
    | {f"Exif.GPSInfo.{prefix}{name}" for prefix in ("GPS", "GPSDest") for name in ("Latitude", "Longitude")}
    | {f"Exif.GPSInfo.{prefix}{name}Ref" for prefix in ("GPS", "GPSDest") for name in ("Latitude", "Longitude")}
)
"""What is looked for in EXIF."""


class Walked:
    """What a file says, by key. Walked once: Exiv2 finds a key by comparing it with one after the other, which takes as
    long as the walk where there are a hundred, and most keys that are asked for are missing. The caller holds
    Exiv2's lock as long as it asks."""

    __slots__ = ("document", "exif", "iptc", "xmp")

    def __init__(self, document: Document) -> None:
        self.document = document
        self.exif: dict[str, Any] = {}
        for datum in document.exif:
            key = datum.key()
            if key in _OF_EXIF and key not in self.exif:
                self.exif[key] = datum
        self.xmp = {} if document.xmp.empty() else {datum.key(): datum for datum in document.xmp}
        self.iptc: dict[str, Any] = {}
        for datum in () if document.iptc.empty() else document.iptc:
            self.iptc.setdefault(datum.key(), datum)

    def text(self, key: str) -> str:
        """The text of a key, of several languages the default; empty where it is missing."""
        found = self.xmp if key.startswith("Xmp") else self.exif if key.startswith("Exif") else self.iptc
        datum = found.get(key)
        return "" if datum is None else default_text(datum)

    def places(self, key: str) -> tuple[Place, ...]:
        """A list of places. Raises :class:`BrokenMetadataError` where it is there but no such list."""
        if key not in self.xmp:
            return ()
        return tuple(read_places([datum for name, datum in self.xmp.items() if name.startswith(key)], key))


def position_of(fields: Walked, prefix: str = "GPS") -> tuple[float, float] | None:
    """A position in a file, (latitude, longitude) in degrees: that of EXIF, else of XMP; ``prefix`` is ``GPS`` for the
    camera, ``GPSDest`` for what the photo shows. The caller holds Exiv2's lock."""
    exif, xmp = fields.exif, fields.xmp
    name = f"Exif.GPSInfo.{prefix}"
    if name + "Latitude" in exif:

        def part(key: str) -> str:
            return str(exif[name + key].toString()) if name + key in exif else ""

        found = exif_degrees(part("Latitude"), part("LatitudeRef"), part("Longitude"), part("LongitudeRef"))
        if found is not None:
            return found
    name = f"Xmp.exif.{prefix}"
    if name + "Latitude" in xmp and name + "Longitude" in xmp:
        return xmp_degrees(xmp[name + "Latitude"].toString(), xmp[name + "Longitude"].toString())
    return None


def taken_at_of(fields: Walked) -> datetime | None:
    """When the photo was taken, by the camera's clock, or None. The caller holds Exiv2's lock."""
    for key in _DATES:
        text = fields.text(key)
        if text and (time := parse_time(text)) is not None:
            return time
    return None


_TIME: Final = re.compile(
    r"(\d{4})[:-](\d\d)[:-](\d\d)[ T](\d\d):(\d\d)(?::(\d\d)(?:\.\d*)?)?(?:Z|[+-]\d\d:?\d\d)?[\s\0]*"
)


def parse_time(text: str) -> datetime | None:
    """The local time in ``2024:05:01 10:11:12`` (EXIF) or ``2024-05-01T10:11:12.5+02:00`` (XMP), without its zone.

    None for anything else: dates alone, blanks, zeros, impossible ones.
    """
    match = _TIME.fullmatch(text)
    if match is None:
        return None
    numbers = [int(number or 0) for number in match.groups()]
    try:
        return datetime(*numbers)  # type: ignore[arg-type]  # noqa: DTZ001  # the camera's clock, which knows no zone
    except ValueError:
        return None
