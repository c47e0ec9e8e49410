"""Making a file's new content in memory, and proving that it holds what was planned and nothing else changed."""

from collections import Counter
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
    UnknownFormatError,
    decode_packet,
    encode_packet,
    read_photo,
    write_photo,
)
from landmark_desktop.metadata.merge import Edit, apply, merge
from landmark_desktop.metadata.plan import is_embedded, load, open_photo
from landmark_desktop.metadata.view import Rest, View


@dataclass(frozen=True, slots=True)
class Prepared:
    """The new content of the target, and what reading it back must show. ``container``: where the photo that is written
    into keeps its picture, None for a sidecar."""

    old: bytes | None
    new: bytes
    kind: str
    edits: tuple[Edit, ...]
    rest: Rest
    names: frozenset[str]
    container: container.Container | None


def prepare(change: TagChange) -> Prepared:
    """Make the new content of the change's target in memory.

    Raises:
        MetadataError: the files no longer say what the change was planned on, or Exiv2 cannot write them.
        PhotoError: a file cannot be read.
    """
    name = display_name(change.target)
    with LOCK:
        opened = None
        if is_embedded(change):
            try:
                opened = open_photo(change.target)
            except UnknownFormatError as error:
                raise MetadataError(ErrorCode.FILE_CHANGED, name=name) from error
            if opened.identity != change.target_identity:
                raise MetadataError(ErrorCode.FILE_CHANGED, name=name)
        state = load(
            change.request,
            change.target,
            opened,
            existed=change.target_existed,
            shared_extension=change.shared_extension,
        )
        document = state.view.document
        try:
            merged = merge(state.context, state.view, state.companions)
            if tuple(edit.change for edit in merged.edits) != change.fields:
                raise MetadataError(ErrorCode.FILE_CHANGED, name=name)
            rest = rest_of(state.view, merged.edits)
            names = document.names
            apply(state.view, merged.edits)
            kind = document.format
            new = write_photo(document) if opened is not None else encode_packet(document.xmp)
            where = container.parse(opened.data, kind) if opened is not None else None
        except (BrokenMetadataError, container.DamagedContainerError) as error:
            raise MetadataError(ErrorCode.EMBED_UNSUPPORTED, name=name, reason=error) from error
    return Prepared(state.data, new, kind, merged.edits, rest, names, where)


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
            document = decode_packet(data) if prepared.container is None else read_photo(data)
            view = View(document)
            for edit in prepared.edits:
                if view.items(edit.field) != edit.after:
                    return f"{edit.field.key} is different"
            found = rest_of(view, prepared.edits)
            lost = [item for item, count in prepared.rest.items() if found.get(item, 0) < count]
            if lost:
                return f"{min(lost)[0]} was lost or changed"
            names = document.names
        except (BrokenMetadataError, UnknownFormatError) as error:
            return str(error)
    if any(not name.startswith(_OUR_NAMESPACES) for name in prepared.names - names):
        return "a namespace was lost"
    if prepared.container is not None:
        assert prepared.old is not None
        try:
            after = container.parse(data, prepared.kind)
        except container.DamagedContainerError as error:
            return str(error)
        if not prepared.container.same_content(prepared.old, after, data):
            return "the picture data changed"
    return ""


_OUR_NAMESPACES: Final = tuple(uri for _, uri in NAMESPACES.values())
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
