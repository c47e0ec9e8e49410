"""How other programs choose among what a photo and its sidecar say, in the order that their sources or manuals give.

ExifTool reads the files (digiKam and darktable use Exiv2, so another library than theirs and ours is the witness);
only the choice is each program's. Tags are ExifTool's, with the family 1 group.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

Tags = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Seen:
    """What a program shows: position in degrees, keywords as it lists them, city."""

    position: tuple[float, float] | None
    keywords: tuple[str, ...]
    city: str


def _items(tags: Tags, *names: str) -> tuple[str, ...]:
    """The first of these tags that is there, as a list."""
    for name in names:
        if tags.get(name):
            value = tags[name]
            return tuple(str(item) for item in (value if isinstance(value, list) else [value]))
    return ()


def _text(tags: Tags, *names: str) -> str:
    return next((str(tags[name]) for name in names if tags.get(name)), "")


def _exif_position(tags: Tags) -> tuple[float, float] | None:
    if "GPS:GPSLatitude" not in tags or "GPS:GPSLongitude" not in tags:
        return None
    latitude, longitude = float(tags["GPS:GPSLatitude"]), float(tags["GPS:GPSLongitude"])
    south, west = tags.get("GPS:GPSLatitudeRef") == "S", tags.get("GPS:GPSLongitudeRef") == "W"
    return (-latitude if south else latitude, -longitude if west else longitude)


def _xmp_position(tags: Tags) -> tuple[float, float] | None:
    if "XMP-exif:GPSLatitude" not in tags or "XMP-exif:GPSLongitude" not in tags:
        return None
    return (float(tags["XMP-exif:GPSLatitude"]), float(tags["XMP-exif:GPSLongitude"]))


def digikam(photo: Tags, sidecar: Tags) -> Seen:
    """``MetaEngine::getGPSLatitudeNumber``: XMP before EXIF; each XMP property of the sidecar replaces the photo's.
    ``DMetadataSettingsContainer``: TagsList, then Lightroom's, then flat ones, then IPTC."""
    both = photo | sidecar
    keywords = _items(both, "XMP-digiKam:TagsList", "XMP-lr:HierarchicalSubject", "XMP-dc:Subject", "IPTC:Keywords")
    return Seen(_xmp_position(both) or _exif_position(photo), keywords, _text(both, "XMP-photoshop:City", "IPTC:City"))


def darktable(photo: Tags, sidecar: Tags) -> Seen:
    """``dt_exif_read`` and ``_exif_decode_xmp_data``: EXIF, IPTC and XMP of the photo, then the sidecar; each
    overrides what came before; Lightroom's keywords before flat ones. It has no city."""
    position, keywords = _exif_position(photo), _items(photo, "IPTC:Keywords")
    for tags in (photo, sidecar):
        position = _xmp_position(tags) or position
        keywords = _items(tags, "XMP-lr:HierarchicalSubject", "XMP-dc:Subject") or keywords
    return Seen(position, keywords, "")


def immich(photo: Tags, sidecar: Tags) -> Seen:
    """``MetadataService.getExifTags``: the sidecar's tags over the photo's; ``getTagList``: TagsList, else
    HierarchicalSubject with its levels cut at ``|``, else keywords by the rules of the MWG. The city is its own."""
    position = _xmp_position(sidecar) or _exif_position(photo) or _xmp_position(photo)
    both = photo | sidecar
    levels = tuple(text.replace("|", "/") for text in _items(both, "XMP-lr:HierarchicalSubject"))
    keywords = _items(both, "XMP-digiKam:TagsList") or levels or _items(both, "XMP-dc:Subject", "IPTC:Keywords")
    return Seen(position, keywords, "")


def lightroom(photo: Tags, sidecar: Tags) -> Seen:
    """Of raw files the sidecar, of others the photo alone. XMP before EXIF; IPTC before XMP only where a digest of
    Photoshop says that IPTC was changed since (MWG Guidelines 2.0, 5.3)."""
    raw = Path(photo["SourceFile"]).suffix.lower() in (".cr2", ".nef", ".dng")
    tags = photo | sidecar if raw else photo
    old, new = photo.get("Photoshop:IPTCDigest"), photo.get("File:CurrentIPTCDigest")
    order = ("IPTC:Keywords", "XMP-dc:Subject") if old and old != new else ("XMP-dc:Subject", "IPTC:Keywords")
    keywords = _items(tags, "XMP-lr:HierarchicalSubject") + _items(tags, *order)
    city = _text(tags, "XMP-photoshop:City", "IPTC:City")
    return Seen(_xmp_position(tags) or _exif_position(tags), keywords, city)


PROGRAMS = {"digiKam": digikam, "darktable": darktable, "Immich": immich, "Lightroom": lightroom}
