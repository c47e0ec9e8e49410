"""Places as they stand in files: IPTC's location structure, and coordinates in the notations of EXIF and XMP."""

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

import exiv2

from landmark_desktop.core.location import Location
from landmark_desktop.metadata.exiv2_io import BrokenMetadataError, Document, subtree

_EXT: Final = "Iptc4xmpExt:"


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of ``LocationShown`` or ``LocationCreated`` (IPTC Photo Metadata Standard, Location structure).

    Texts are empty when unknown; coordinates are WGS-84 degrees, or None.
    """

    name: str = ""
    sublocation: str = ""
    city: str = ""
    region: str = ""
    country: str = ""
    country_code: str = ""
    latitude: float | None = None
    longitude: float | None = None
    ids: tuple[str, ...] = ()

    @classmethod
    def of(cls, location: Location) -> "Place":
        """The place of a landmark."""
        return cls(
            name=location.name,
            sublocation=location.sublocation,
            city=location.city,
            region=location.region,
            country=location.country,
            country_code=location.country_code,
            latitude=location.latitude,
            longitude=location.longitude,
        )

    @property
    def text(self) -> str:
        """One line for people, for example ``Eiffel Tower, Paris, France (FR), 48.858370, 2.294480``."""
        country = f"{self.country} ({self.country_code})" if self.country and self.country_code else self.country
        parts = [self.name, self.sublocation, self.city, self.region, country or self.country_code]
        if self.latitude is not None and self.longitude is not None:
            parts += [f"{self.latitude:.6f}", f"{self.longitude:.6f}"]
        return ", ".join(part for part in [*parts, *self.ids] if part)

    def is_same_as(self, other: "Place") -> bool:
        """True if both mean one place: they share an identifier, or the name (in whatever case)."""
        if set(self.ids) & set(other.ids):
            return True
        return bool(self.name) and self.name.casefold() == other.name.casefold()


PLACE_FIELDS: Final = (
    ("Iptc4xmpExt:LocationName", "name", "name of the landmark (language x-default)"),
    ("Iptc4xmpExt:Sublocation", "sublocation", "part of the city"),
    ("Iptc4xmpExt:City", "city", "city"),
    ("Iptc4xmpExt:ProvinceState", "region", "region or state"),
    ("Iptc4xmpExt:CountryName", "country", "country"),
    ("Iptc4xmpExt:CountryCode", "country_code", "ISO 3166-1 alpha-2"),
    ("exif:GPSLatitude", "latitude", "degrees and decimal minutes, `48,51.502200N`"),
    ("exif:GPSLongitude", "longitude", "degrees and decimal minutes, `2,17.668800E`"),
)
"""Members of the location structure: their names in XMP, the attribute of :class:`Place`, what they hold."""


def read_places(xmp: Any, key: str) -> list[Place]:
    """Read all entries of a bag of locations, for example of ``Xmp.iptcExt.LocationShown``.

    Raises:
        BrokenMetadataError: the property is there but no list of structures.
    """
    values: dict[int, dict[str, Any]] = {}
    for datum in subtree(xmp, key):
        match = re.fullmatch(re.escape(key) + r"\[(\d+)\](?:/(.*))?", datum.key())
        if match:
            values.setdefault(int(match[1]), {})[match[2] or ""] = datum
        elif datum.key() != key or datum.toString() not in ("", 'type="Bag"', 'type="Seq"'):
            raise BrokenMetadataError(f"its {key.rpartition('.')[2]} is no list of places")
    return [_place(values[index]) for index in sorted(values)]


def _place(members: dict[str, Any]) -> Place:
    def text(name: str) -> str:
        datum = members.get(name)
        if datum is None:
            return ""
        return default_text(datum)

    ids = [members[name].toString() for name in sorted(members) if name.startswith(_EXT + "LocationId[")]
    bag = members.get(_EXT + "LocationId")
    if bag is not None and not ids:
        ids = array_items(bag)
    latitude = parse_xmp_coordinate(text("exif:GPSLatitude"), "NS", 90.0)
    longitude = parse_xmp_coordinate(text("exif:GPSLongitude"), "EW", 180.0)
    return Place(
        name=text(_EXT + "LocationName"),
        sublocation=text(_EXT + "Sublocation"),
        city=text(_EXT + "City"),
        region=text(_EXT + "ProvinceState"),
        country=text(_EXT + "CountryName"),
        country_code=text(_EXT + "CountryCode"),
        latitude=latitude,
        longitude=longitude,
        ids=tuple(ids),
    )


def put_place(xmp: Any, key: str, index: int, place: Place) -> None:
    """Write ``place`` as entry ``index`` (from 1) of the bag ``key``; an entry that is there is replaced.

    ``index`` is at most one more than the number of entries.
    """
    entry = f"{key}[{index}]"
    for name in [datum.key() for datum in subtree(xmp, entry) if datum.key() != entry]:
        xmp.erase(xmp.findKey(exiv2.XmpKey(name)))
    if index == 1 and xmp.findKey(exiv2.XmpKey(entry)) == xmp.end():
        position = xmp.findKey(exiv2.XmpKey(key))
        if position != xmp.end():  # an empty bag, which Exiv2 holds as another type of value
            xmp.erase(position)
        bag = exiv2.XmpTextValue()
        bag.setXmpArrayType(exiv2.XmpValue.XmpArrayType.xaBag)
        xmp.add(exiv2.XmpKey(key), bag)
    if xmp.findKey(exiv2.XmpKey(entry)) == xmp.end():
        struct = exiv2.XmpTextValue()
        struct.setXmpStruct(exiv2.XmpValue.XmpStruct.xsStruct)
        xmp.add(exiv2.XmpKey(entry), struct)
    for member, attribute, _ in PLACE_FIELDS:
        value = getattr(place, attribute)
        if value is None or value == "":
            continue
        name = exiv2.XmpKey(f"{entry}/{member}")
        if attribute == "name":
            xmp.add(name, exiv2.LangAltValue({"x-default": value}))
        elif attribute == "latitude":
            xmp.add(name, exiv2.XmpTextValue(xmp_coordinate(value, "NS")))
        elif attribute == "longitude":
            xmp.add(name, exiv2.XmpTextValue(xmp_coordinate(value, "EW")))
        else:
            xmp.add(name, exiv2.XmpTextValue(value))


def default_text(datum: Any) -> str:
    """Text of a property; of one in several languages the default."""
    value = datum.value()
    if isinstance(value, exiv2.LangAltValue):
        texts = dict(value.items())
        return str(texts.get("x-default") or next(iter(texts.values()), ""))
    return str(datum.toString())


def array_items(datum: Any) -> list[str]:
    """Items of a bag or sequence; a plain text counts as one item."""
    value = datum.value()
    if isinstance(value, exiv2.XmpArrayValue):
        return [value.toString(index) for index in range(value.count())]
    text = datum.toString()
    return [text] if text else []


# --- coordinates ---------------------------------------------------------------------------------------------


def xmp_coordinate(degrees: float, hemispheres: str) -> str:
    """Degrees as XMP's GPSCoordinate ``D,M.mmmmmmH`` (CIPA DC-010, 5.2): 1e-6 minutes are 2 mm.

    ``hemispheres`` is ``NS`` or ``EW``.
    """
    whole, minutes = divmod(round(abs(degrees) * 60_000_000), 60_000_000)
    return f"{whole},{minutes / 1e6:.6f}{hemispheres[degrees < 0]}"


def exif_coordinate(degrees: float) -> str:
    """Degrees as EXIF's three rationals degrees, minutes, seconds; 1e-4 seconds are 3 mm."""
    minutes, ticks = divmod(round(abs(degrees) * 36_000_000), 600_000)
    return f"{minutes // 60}/1 {minutes % 60}/1 {ticks}/10000"


_XMP_COORDINATE: Final = re.compile(r"\s*(\d+),\s*(\d+(?:\.\d+)?)(?:,\s*(\d+(?:\.\d+)?))?\s*([NSEWnsew])\s*")


def parse_xmp_coordinate(text: str, hemispheres: str, limit: float) -> float | None:
    """Signed degrees of ``48,51.5N`` or ``48,51,30N``; None for anything else or beyond ``limit``."""
    match = _XMP_COORDINATE.fullmatch(text)
    if not match or match[4].upper() not in hemispheres:
        return None
    degrees = int(match[1]) + float(match[2]) / 60 + float(match[3] or 0) / 3600
    return _signed(degrees, match[4].upper(), hemispheres, limit)


def parse_exif_coordinate(text: str, reference: str, hemispheres: str, limit: float) -> float | None:
    """Signed degrees of EXIF's ``48/1 51/1 3013/100`` and its reference; None where they make no sense."""
    reference = reference.strip("\0 ").upper()[:1]
    if not reference or reference not in hemispheres:
        return None
    parts = text.split()
    if len(parts) != 3:
        return None
    try:
        (d, d1), (m, m1), (s, s1) = map(_ratio, parts)
        # Whole numbers up to the one division, so that the result is exact; Fraction would take ten times as long.
        degrees = (3600 * d * m1 * s1 + 60 * m * d1 * s1 + s * d1 * m1) / (3600 * d1 * m1 * s1)
    except (ValueError, ArithmeticError):
        return None
    if min(d * d1, m * m1, s * s1) < 0:
        return None
    return _signed(degrees, reference, hemispheres, limit)


def _ratio(text: str) -> tuple[int, int]:
    """Numerator and denominator of ``3013/100``, or of a number that is written otherwise."""
    top, slash, bottom = text.partition("/")
    return (int(top), int(bottom)) if slash else Fraction(text).as_integer_ratio()


def _signed(degrees: float, reference: str, hemispheres: str, limit: float) -> float | None:
    if degrees > limit:
        return None
    return -degrees if reference == hemispheres[1] else degrees


def exif_position(document: Document, prefix: str = "GPS") -> tuple[float, float] | None:
    """The position in the EXIF part, (latitude, longitude) in degrees, or None.

    ``prefix`` is ``GPS`` for the camera, ``GPSDest`` for what the photo shows.
    """

    def text(name: str) -> str:
        key = f"Exif.GPSInfo.{prefix}{name}"
        return document.exif[key].toString() if key in document.exif else ""

    return exif_degrees(text("Latitude"), text("LatitudeRef"), text("Longitude"), text("LongitudeRef"))


def xmp_position(document: Document, prefix: str = "GPS") -> tuple[float, float] | None:
    """The position in the XMP part; as :func:`exif_position`."""

    def text(name: str) -> str:
        key = f"Xmp.exif.{prefix}{name}"
        return document.xmp[key].toString() if key in document.xmp else ""

    return xmp_degrees(text("Latitude"), text("Longitude"))


def exif_degrees(latitude: str, latitude_ref: str, longitude: str, longitude_ref: str) -> tuple[float, float] | None:
    """The position in EXIF's four texts, in degrees, or None."""
    north = parse_exif_coordinate(latitude, latitude_ref, "NS", 90.0)
    east = parse_exif_coordinate(longitude, longitude_ref, "EW", 180.0)
    return None if north is None or east is None else (north, east)


def xmp_degrees(latitude: str, longitude: str) -> tuple[float, float] | None:
    """The position in XMP's two texts, in degrees, or None."""
    north, east = parse_xmp_coordinate(latitude, "NS", 90.0), parse_xmp_coordinate(longitude, "EW", 180.0)
    return None if north is None or east is None else (north, east)
