"""Making a file's new content in memory, and proving that it holds what was planned and nothing else changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from landmark_desktop.core.errors import ErrorCode, MetadataError
from landmark_desktop.core.photo import display_name
from landmark_desktop.core.tag import TagChange
from landmark_desktop.metadata import container
from landmark_desktop.metadata.exiv2_io import (
    LOCK,
    NAMESPACES,
    BrokenMetadataError,
    Document,
    UnknownFormatError,
    decode_packet,
    encode_packet,
    read_photo,
    write_photo,
    xmp_names,
)
from landmark_desktop.metadata.fields import Kind
from landmark_desktop.metadata.merge import Edit, apply, merge, read_field
from landmark_desktop.metadata.plan import is_embedded, load


@dataclass(frozen=True, slots=True)
class Prepared:
    """The new content of the target, and what reading it back must show."""

    old: bytes | None
    new: bytes
    kind: str
    edits: tuple[Edit, ...]
    rest: frozenset[tuple[str, str, str, int]]
    names: frozenset[str]


def prepare(change: TagChange) -> Prepared:
    """Make the new content of the change's target in memory.

    Raises:
        MetadataError: the files no longer say what the change was planned on, or Exiv2 cannot write them.
        PhotoError: a file cannot be read.
    """
    embedded = is_embedded(change)
    with LOCK:
        state = load(
            change.request,
            change.target,
            embedded=embedded,
            existed=change.target_existed,
            shared_extension=change.shared_extension,
        )
        document = state.document
        try:
            merged = merge(state.context, document, state.companions)
            if tuple(edit.change for edit in merged.edits) != change.fields:
                raise MetadataError(ErrorCode.FILE_CHANGED, name=display_name(change.target))
            rest = _rest(document, merged.edits)
            names = xmp_names(document.packet) if document.packet.strip("\0 \r\n\t") else frozenset()
            apply(document, merged.edits)
            kind = document.format
            new = write_photo(document) if embedded else encode_packet(document.xmp)
        except BrokenMetadataError as error:
            raise MetadataError(ErrorCode.EMBED_UNSUPPORTED, name=display_name(change.target), reason=error) from error
    return Prepared(state.data, new, kind, merged.edits, rest, names)


def verify(prepared: Prepared, data: bytes, target: Path) -> None:
    """Check that ``data``, read back from the disk, is what was prepared, and that nothing else changed.

    Raises:
        MetadataError: it is not.
    """
    reason = _difference(prepared, data)
    if reason:
        raise MetadataError(ErrorCode.READBACK_MISMATCH, name=display_name(target), reason=reason)


def _difference(prepared: Prepared, data: bytes) -> str:
    if data != prepared.new:
        return "the disk gave back other bytes"
    with LOCK:
        try:
            document = decode_packet(data) if prepared.kind == "xmp" else read_photo(data)
            for edit in prepared.edits:
                if read_field(document, edit.field) != edit.after:
                    return f"{edit.field.key} is different"
            lost = prepared.rest - _rest(document, prepared.edits)
            if lost:
                return f"{min(lost)[0]} was lost or changed"
            names = xmp_names(document.packet)
        except (BrokenMetadataError, UnknownFormatError) as error:
            return str(error)
    ours = tuple(uri for _, uri in NAMESPACES.values())
    if any(not name.startswith(ours) for name in prepared.names - names):
        return "a namespace was lost"
    if prepared.kind != "xmp":
        assert prepared.old is not None
        before, after = container.parse(prepared.old, prepared.kind), container.parse(data, prepared.kind)
        if not before.same_content(prepared.old, after, data):
            return "the picture data changed"
    return ""


_POSITIONS: Final = frozenset(
    (
        "ExifTag",
        "GPSTag",
        "InteroperabilityTag",
        "JPEGInterchangeFormat",
        "StripOffsets",
        "TileOffsets",
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


def _rest(document: Document, edits: Iterable[Edit]) -> frozenset[tuple[str, str, str, int]]:
    """All metadata but what the edits touch, as (key, type, value, how many-th), to compare before and after."""
    counts: dict[tuple[str, str, str], int] = {}
    touched = {edit.field.key for edit in edits}
    entries = {f"{edit.field.key}[{edit.index}]" for edit in edits if edit.place is not None}
    arrays = tuple(f"{edit.field.key}[" for edit in edits if edit.place is None and edit.field.kind is not Kind.EXIF)
    items: list[tuple[str, str, str]] = []
    for datum in document.xmp:
        key = datum.key()
        if key in touched or key.startswith(arrays) or _entry(key) in entries:
            continue
        items.append((key, datum.typeName(), datum.toString()))
    decoded_notes = any(datum.key() == "Exif.MakerNote.Offset" for datum in document.exif)
    for datum in document.exif:
        key = datum.key()
        name = key.rpartition(".")[2]
        if key in touched or (name in _POSITIONS and (name != "MakerNote" or decoded_notes)):
            continue
        if not (key in _STRUCTURE and document.format != "tiff"):
            items.append((key, datum.typeName(), datum.toString()))
    items += [(d.key(), "", d.toString()) for d in document.iptc if d.key() not in touched]
    if document.image is not None and document.format != "xmp":
        items.append(("comment", "", document.image.comment().rstrip("\0")))
        items.append(("colour profile", "", _icc(document.image)))
    for item in items:
        counts[item] = counts.get(item, 0) + 1
    return frozenset((*item, number) for item, count in counts.items() for number in range(count))


def _entry(key: str) -> str:
    return key[: key.index("]") + 1] if "]" in key else key


def _icc(image: Any) -> str:
    if not image.iccProfileDefined():
        return ""
    with image.iccProfile().data() as view:
        return bytes(view).hex()
