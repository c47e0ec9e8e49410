"""The one table of every metadata field we write. Writer, preview and the documentation are driven by it.

A field says where it is stored, what it holds, and to which *group* it belongs; the group says when it is written
(:data:`GROUP_RULES`). Keys are in Exiv2's notation: ``Xmp.iptcExt`` is ``Iptc4xmpExt``, ``Xmp.iptc`` is
``Iptc4xmpCore``.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC
from enum import Enum, StrEnum
from typing import Final

from landmark_desktop.core.location import Location
from landmark_desktop.core.tag import TagRequest
from landmark_desktop.metadata.countries import ALPHA_3
from landmark_desktop.metadata.places import Place, exif_coordinate, xmp_coordinate


class Store(Enum):
    """The part of a file a field lives in; the value says when, for the documentation."""

    XMP = "XMP"
    XMP_SIDECAR = "XMP, sidecars only"
    EXIF = "EXIF, embedded only"
    IIM = "IPTC-IIM, embedded, only where the file has IIM"


class Kind(Enum):
    """How a value is stored."""

    TEXT = "text"
    BAG = "bag"
    SEQ = "sequence"
    PLACES = "bag of locations"
    EXIF = "EXIF value"
    IIM = "IIM text"


class Group(StrEnum):
    """Fields that are written, or left alone, together."""

    SHOWN = "What the photo shows"
    DESTINATION = "Position of what it shows"
    TAKEN = "Where it was taken (estimate)"
    LEGACY = "Legacy location fields"
    KEYWORDS = "Keywords"
    SIDECAR = "Shared sidecar"
    MARK = "Mark of the estimate"


GROUP_RULES: Final[Mapping[Group, str]] = {
    Group.SHOWN: "Always. Entries of others stay; ours is added unless one with the same name or identifier is there.",
    Group.DESTINATION: "Always, unless the file holds another position there already.",
    Group.TAKEN: (
        "Only with “taken here”, and only if neither the photo nor its sidecar has a camera position or a "
        "`LocationCreated`. A position is replaced only where the user confirms it for that photo; its altitude and "
        "time stay. One that an embedded photo has in XMP, too, is replaced together with the one in EXIF."
    ),
    Group.LEGACY: (
        "As one set, and only where empty: if any of them already says something else, in the photo or in its sidecar, "
        "none is filled, so that two places are never mixed."
    ),
    Group.KEYWORDS: "Always. Added to those that are there; keywords of others are never removed or reordered.",
    Group.SIDECAR: "Only in a sidecar `IMG_1.xmp` that serves several files, and only where empty.",
    Group.MARK: "Always, with every write. A newer run or time alone is no reason to write.",
}


@dataclass(frozen=True, slots=True)
class Context:
    """What values are made from. ``shared_extension``: the value of SidecarForExtension, empty where none is due.
    ``replaced``: the photo's own position that gave way to the estimate, empty where none did."""

    request: TagRequest
    location: Location
    shared_extension: str = ""
    wrote: tuple[str, ...] = ()
    replaced: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One field. ``values`` gives its items (one at most unless it is a list), none where nothing is known.

    ``fill_only``: never replaced where it is there, and no obstacle to the rest of its group. ``volatile``: a new
    value alone is no reason to write. ``max_bytes``: longer texts are cut there (UTF-8, at a character).
    """

    key: str
    store: Store
    kind: Kind
    group: Group
    holds: str
    values: Callable[[Context], tuple[str, ...]]
    fill_only: bool = False
    volatile: bool = False
    max_bytes: int | None = None

    def wanted(self, context: Context) -> tuple[str, ...]:
        """The items that should stand in the field, cut to its length."""
        # The marker of UTF-8 in IIM is an escape sequence; IIM's texts come from a location that is clean already.
        items = (value if self.kind is Kind.IIM else clean_text(value) for value in self.values(context))
        return tuple(cut_utf8(value, self.max_bytes) if self.max_bytes else value for value in items if value)


def clean_text(text: str) -> str:
    """Text without the control characters that XML cannot hold, and without space around it (readers strip it)."""
    if text.isprintable():  # nearly every text; looking at each character was most of what a plan cost
        return text.strip(" ")
    return "".join(c for c in text if c in "\t\n" or (c >= " " and c not in "\ufffe\uffff")).strip(" \t\n")


def cut_utf8(text: str, limit: int) -> str:
    """The longest head of ``text`` with at most ``limit`` bytes of UTF-8."""
    return text.encode("utf-8")[:limit].decode("utf-8", "ignore").rstrip()


def shown_place(context: Context) -> Place:
    """The place the photo shows."""
    return Place.of(replace(context.location, name=context.location.name or context.request.landmark.name))


def created_place(context: Context) -> Place:
    """The estimated place of the camera: near the landmark, so without its name and its part of the city."""
    return replace(Place.of(context.location), name="", sublocation="")


def hierarchy(context: Context) -> tuple[str, ...]:
    """The landmark's keyword path: Places, country, city (else region), landmark."""
    location = context.location
    return tuple(
        part for part in ("Places", location.country, location.city or location.region, _name(context)) if part
    )


def _name(context: Context) -> str:
    return context.request.landmark.name or context.location.name


def _path(separator: str, substitute: str) -> Callable[[Context], tuple[str, ...]]:
    """The hierarchy as one text; a separator inside a name would open a further level and is replaced."""
    return lambda context: (separator.join(part.replace(separator, substitute) for part in hierarchy(context)),)


def _of_location(get: Callable[[Location], str]) -> Callable[[Context], tuple[str, ...]]:
    return lambda context: (get(context.location),)


def _of_request(get: Callable[[TagRequest], str]) -> Callable[[Context], tuple[str, ...]]:
    return lambda context: (get(context.request),)


def _constant(value: str) -> Callable[[Context], tuple[str, ...]]:
    return lambda _: (value,)


def _time(request: TagRequest) -> str:
    time = request.time.astimezone(UTC) if request.time.tzinfo else request.time
    return time.isoformat(timespec="seconds").replace("+00:00", "Z")


def _radius(location: Location) -> str:
    return f"{max(1, round(location.radius_m))}/1"


def _positions(prefix: str, group: Group) -> Iterator[Field]:
    """The six fields of a position: ``prefix`` is ``GPS`` (camera) or ``GPSDest`` (subject)."""
    what = "camera, estimated" if prefix == "GPS" else "landmark"
    lat, lon = f"{prefix}Latitude", f"{prefix}Longitude"
    yield Field(
        f"Xmp.exif.{lat}", Store.XMP_SIDECAR, Kind.TEXT, group, f"latitude of the {what}: degrees, decimal minutes",
        _of_location(lambda place: xmp_coordinate(place.latitude, "NS")),
    )  # fmt: skip
    yield Field(
        f"Xmp.exif.{lon}", Store.XMP_SIDECAR, Kind.TEXT, group, f"longitude of the {what}: degrees, decimal minutes",
        _of_location(lambda place: xmp_coordinate(place.longitude, "EW")),
    )  # fmt: skip
    yield Field(
        f"Exif.GPSInfo.{lat}Ref", Store.EXIF, Kind.EXIF, group, "N or S",
        _of_location(lambda place: "NS"[place.latitude < 0]),
    )  # fmt: skip
    yield Field(
        f"Exif.GPSInfo.{lat}", Store.EXIF, Kind.EXIF, group, f"latitude of the {what}: degrees, minutes, seconds",
        _of_location(lambda place: exif_coordinate(place.latitude)),
    )  # fmt: skip
    yield Field(
        f"Exif.GPSInfo.{lon}Ref", Store.EXIF, Kind.EXIF, group, "E or W",
        _of_location(lambda place: "EW"[place.longitude < 0]),
    )  # fmt: skip
    yield Field(
        f"Exif.GPSInfo.{lon}", Store.EXIF, Kind.EXIF, group, f"longitude of the {what}: degrees, minutes, seconds",
        _of_location(lambda place: exif_coordinate(place.longitude)),
    )  # fmt: skip


def _destination() -> Iterator[Field]:
    yield Field(
        "Exif.GPSInfo.GPSVersionID", Store.EXIF, Kind.EXIF, Group.DESTINATION,
        "2.3.0.0, which EXIF demands with any GPS field",
        _constant("2 3 0 0"), fill_only=True,
    )  # fmt: skip
    yield from _positions("GPSDest", Group.DESTINATION)


def _taken() -> Iterator[Field]:
    yield from _positions("GPS", Group.TAKEN)
    for store, kind, prefix, method in (
        (Store.XMP_SIDECAR, Kind.TEXT, "Xmp.exif", "MANUAL"),
        (Store.EXIF, Kind.EXIF, "Exif.GPSInfo", "charset=Ascii MANUAL"),
    ):
        yield Field(f"{prefix}.GPSMapDatum", store, kind, Group.TAKEN, "WGS-84", _constant("WGS-84"))
        yield Field(
            f"{prefix}.GPSProcessingMethod", store, kind, Group.TAKEN, "MANUAL: no receiver measured this position",
            _constant(method),
        )  # fmt: skip
        yield Field(
            f"{prefix}.GPSHPositioningError",
            store,
            kind,
            Group.TAKEN,
            "the landmark's radius in metres",
            _of_location(_radius),
        )
    yield Field(
        "Xmp.iptcExt.LocationCreated", Store.XMP, Kind.PLACES, Group.TAKEN,
        "city, region, country, country code and position of the estimate (not the landmark's name)",
        lambda context: (created_place(context).text,),
    )  # fmt: skip


def _legacy() -> Iterator[Field]:
    def sublocation(place: Location) -> str:
        return place.sublocation or place.name

    def get_city(place: Location) -> str:
        return place.city

    def get_region(place: Location) -> str:
        return place.region

    def get_country(place: Location) -> str:
        return place.country

    def get_code(place: Location) -> str:
        return place.country_code

    def get_alpha_3(place: Location) -> str:
        return ALPHA_3.get(place.country_code, "")

    for key, holds, get in (
        ("Xmp.iptc.Location", "part of the city, else the landmark's name", sublocation),
        ("Xmp.photoshop.City", "city", get_city),
        ("Xmp.photoshop.State", "region or state", get_region),
        ("Xmp.photoshop.Country", "country", get_country),
        ("Xmp.iptc.CountryCode", "ISO 3166-1 alpha-2", get_code),
    ):
        yield Field(key, Store.XMP, Kind.TEXT, Group.LEGACY, holds, _of_location(get))
    yield Field(
        CHARACTER_SET_KEY,
        Store.IIM,
        Kind.IIM,
        Group.LEGACY,
        "the marker of UTF-8",
        _constant(IIM_UTF8),
        fill_only=True,
    )
    for key, holds, get, limit in (
        ("SubLocation", "as Xmp.iptc.Location", sublocation, 32),
        ("City", "city", get_city, 32),
        ("ProvinceState", "region or state", get_region, 32),
        ("CountryName", "country", get_country, 64),
        ("CountryCode", "ISO 3166-1 alpha-3", get_alpha_3, 3),
    ):
        yield Field(
            f"Iptc.Application2.{key}", Store.IIM, Kind.IIM, Group.LEGACY, holds, _of_location(get), max_bytes=limit
        )


def _keywords() -> Iterator[Field]:
    yield Field(
        "Xmp.dc.subject", Store.XMP, Kind.BAG, Group.KEYWORDS, "country, city (else region), landmark",
        lambda context: hierarchy(context)[1:],
    )  # fmt: skip
    yield Field(
        "Xmp.digiKam.TagsList",
        Store.XMP,
        Kind.SEQ,
        Group.KEYWORDS,
        "`Places/France/Paris/Eiffel Tower`",
        _path("/", "-"),
    )
    yield Field(
        "Xmp.lr.hierarchicalSubject",
        Store.XMP,
        Kind.BAG,
        Group.KEYWORDS,
        "`Places|France|Paris|Eiffel Tower`",
        _path("|", "-"),
    )


def _mark() -> Iterator[Field]:
    def confidence(request: TagRequest) -> str:
        return "" if request.confidence is None else f"{request.confidence:.4f}"

    for name, holds, get, volatile in (
        ("BundleId", "id of the bundle whose model guessed", lambda request: request.bundle_id, False),
        ("BundleVersion", "its version", lambda request: request.bundle_version, False),
        ("LandmarkId", "id of the landmark", lambda request: request.landmark.id, False),
        ("Confidence", "calibrated confidence, 0 to 1; missing where the user picked the landmark", confidence, False),
        ("ReviewedBy", "`user` or `auto`", lambda request: request.reviewed_by.value, False),
        ("RunId", "the run that wrote it", lambda request: request.run_id, True),
        ("Time", "when, in UTC", _time, True),
    ):
        yield Field(f"Xmp.lmd.{name}", Store.XMP, Kind.TEXT, Group.MARK, holds, _of_request(get), volatile=volatile)
    yield Field(
        REPLACED_KEY, Store.XMP, Kind.TEXT, Group.MARK,
        "the photo's own position that gave way to the estimate, because the user confirmed it",
        lambda context: (context.replaced,),
    )  # fmt: skip
    yield Field(
        WROTE_KEY, Store.XMP, Kind.BAG, Group.MARK,
        "what we wrote, as `field=value`, so that a later write or removal touches nothing else",
        lambda context: context.wrote, volatile=True,
    )  # fmt: skip


CHARACTER_SET_KEY: Final = "Iptc.Envelope.CharacterSet"
IIM_UTF8: Final = "\x1b%G"
"""What ``Iptc.Envelope.CharacterSet`` says of UTF-8 (ISO 2022)."""
WROTE_KEY: Final = "Xmp.lmd.Wrote"
REPLACED_KEY: Final = "Xmp.lmd.Replaced"
RUN_KEY: Final = "Xmp.lmd.RunId"
CONFIDENCE_KEY: Final = "Xmp.lmd.Confidence"
SHOWN_KEY: Final = "Xmp.iptcExt.LocationShown"
CREATED_KEY: Final = "Xmp.iptcExt.LocationCreated"
SHARED_KEY: Final = "Xmp.photoshop.SidecarForExtension"

FIELDS: Final = (
    Field(
        SHOWN_KEY, Store.XMP, Kind.PLACES, Group.SHOWN, "the landmark's place, see the structure below",
        lambda context: (shown_place(context).text,),
    ),
    *_destination(),
    *_taken(),
    *_legacy(),
    *_keywords(),
    Field(
        SHARED_KEY, Store.XMP_SIDECAR, Kind.TEXT, Group.SIDECAR, "extension of the raw file, else of the photo",
        lambda context: (context.shared_extension,), fill_only=True,
    ),
    *_mark(),
)  # fmt: skip
"""Every field we ever write, in the order of the preview."""


@dataclass(frozen=True, slots=True)
class SideEffect:
    """Tags (in ExifTool's names) that an embedded write changes without being asked to, and why that is harmless."""

    tags: tuple[str, ...]
    why: str


SIDE_EFFECTS: Final = (
    SideEffect(
        ("ThumbnailOffset", "PreviewImageStart", "JpgFromRawStart", "OtherImageStart", "StripOffsets", "TileOffsets"),
        "where something lies in the file, which moves",
    ),
    SideEffect(("XMPToolkit",), "the program that wrote the XMP part last"),
    SideEffect(
        ("IPTCDigest",),
        "Photoshop's checksum of the IPTC fields, which is kept true when they change: other programs would else take"
        " our keywords for outdated",
    ),
    SideEffect(
        ("PhotometricInterpretation",),
        "a description of the picture in TIFF's terms (with `BitsPerSample` and others), which EXIF forbids in JPEG,"
        " PNG and WebP; the picture itself says it",
    ),
)
"""The only changes beside those of :data:`FIELDS`."""
_GROUP_OF: Final[Mapping[str, Group]] = {field.key: field.group for field in FIELDS}


def field_label(key: str) -> tuple[str, str]:
    """What people call a field: its group, and its name within the standard (``Keywords``, ``hierarchicalSubject``).

    The group is empty for a key that is not ours.
    """
    group = _GROUP_OF.get(key)
    return (group.value if group is not None else "", key.rpartition(".")[2])
