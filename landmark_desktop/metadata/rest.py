"""What must survive a write: all metadata of a file but what the write is to change."""

from collections import Counter
from collections.abc import Iterable
from typing import Any, Final

from landmark_desktop.metadata.edits import Edit
from landmark_desktop.metadata.view import Rest, View

_POSITIONS: Final = frozenset(
    (
        "ExifTag",
        "GPSTag",
        "InteroperabilityTag",
        "JPEGInterchangeFormat",
        "StripOffsets",
        "TileOffsets",
        "SubIFDs",
        "Offset",
        "MakerNote",
        "XMLPacket",
        "IPTCNAA",
    )
)
"""EXIF tags that say where something else lies, or hold it; what they point to is compared itself."""
_STRUCTURE: Final = frozenset(
    "Exif.Image." + name
    for name in (
        "ImageWidth",
        "ImageLength",
        "BitsPerSample",
        "Compression",
        "PhotometricInterpretation",
        "SamplesPerPixel",
        "PlanarConfiguration",
        "RowsPerStrip",
        "StripByteCounts",
        "TileWidth",
        "TileLength",
        "TileByteCounts",
    )
)
"""TIFF's description of its own picture. EXIF (CIPA DC-008, 4.6.8) forbids it in JPEG; Exiv2 removes it."""


def rest_of(view: View, edits: Iterable[Edit]) -> Rest:
    """All metadata but what the edits touch, to compare before and after."""
    edits = tuple(edits)
    touched = {edit.field.key for edit in edits}
    entries = {edit.field.key: f"{edit.field.key}[{edit.index}]" for edit in edits if edit.place is not None}
    rest: Rest = Counter()
    for root, data in view.xmp.items():
        ours, entry, items = root in touched, entries.get(root), root + "["
        for key, datum in data:
            if ours and (key == root or (_entry(key) == entry if entry else key.startswith(items))):
                continue
            rest[key, datum.typeName(), datum.toString()] += 1
    document = view.document
    if not document.exif.empty():
        decoded_notes = "Exif.MakerNote.Offset" in view.exif
        is_tiff = document.format == "tiff"
        for datum in document.exif:
            key = datum.key()
            name = key.rpartition(".")[2]
            if key in touched or (name in _POSITIONS and (name != "MakerNote" or decoded_notes)):
                continue
            if is_tiff or key not in _STRUCTURE:
                rest[key, datum.typeName(), datum.toString()] += 1
    for key, text in view.iptc:
        if key not in touched:
            rest[key, "", text] += 1
    if document.image is not None and not view.is_sidecar:
        rest["comment", "", document.image.comment().rstrip("\0")] += 1
        rest["colour profile", "", _icc(document.image)] += 1
    return rest


def _entry(key: str) -> str:
    return key[: key.index("]") + 1] if "]" in key else key


def _icc(image: Any) -> str:
    if not image.iccProfileDefined():
        return ""
    with image.iccProfile().data() as view:
        return bytes(view).hex()
