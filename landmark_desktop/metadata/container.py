"""Where a photo file keeps its picture, so that writing metadata can be proven to leave the picture alone.

Only the outer structure is walked (segments, chunks, strips), never metadata itself. What belongs to the picture is
compared byte for byte before and after a write, which is stricter than comparing decoded pixels, and a
thousand times faster. The rest is small enough to be stored whole, so that undo gives back the very same file.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from landmark_desktop.metadata import tiff
from landmark_desktop.metadata.tiff import DamagedContainerError, Range

__all__ = ["EMBEDDABLE", "Container", "DamagedContainerError", "Range", "parse", "without_packet"]


@dataclass(frozen=True, slots=True)
class Container:
    """``picture``: the pieces that make the picture, in the order in which the format reads them.

    ``extras``: other pieces that must survive, wherever the writer puts them (comments, foreign text chunks).
    ``tags``: of a file with directories below its directories, all TIFF tags that a write must leave as they are.
    """

    picture: tuple[Range, ...]
    extras: tuple[Range, ...] = ()
    tags: Mapping[tuple[str, int], tiff.Entry] = field(default_factory=dict)

    def same_content(self, data: bytes, other: "Container", other_data: bytes) -> bool:
        """True if the picture is equal byte for byte and no extra piece was lost or changed."""
        if len(self.picture) != len(other.picture):
            return False
        # Copies, because two views are compared byte by byte: ten times slower.
        if any(data[a:b] != other_data[c:d] for (a, b), (c, d) in zip(self.picture, other.picture, strict=True)):
            return False
        # Exiv2 drops the closing NUL that some cameras put behind a comment; the text is the same.
        extras = sorted(data[a:b].rstrip(b"\0") for a, b in self.extras)
        if (
            extras != sorted(other_data[c:d].rstrip(b"\0") for c, d in other.extras)
            or self.tags.keys() != other.tags.keys()
        ):
            return False
        pairs = ((entry, other.tags[key]) for key, entry in self.tags.items())
        return all(a.kind == b.kind and data[a.start : a.end] == other_data[b.start : b.end] for a, b in pairs)


def parse(data: bytes, kind: str) -> Container:
    """Find the picture in a file of the ``kind`` jpeg, png, webp or tiff.

    Raises:
        DamagedContainerError: the structure is broken, or the picture's pieces overlap.
        KeyError: another kind.
    """
    container = _PARSERS[kind](data)
    end = 0
    for start, stop in sorted(container.picture):
        if start < end or stop < start or stop > len(data):
            raise DamagedContainerError("its picture data overlaps or is cut off")
        end = stop
    return container


_JPEG_METADATA: Final = (
    (0xE1, b"Exif\0"),
    (0xE1, b"http://ns.adobe.com/xap/1.0/\0"),
    (0xED, b"Photoshop 3.0\0"),
    # The colour profile: Exiv2 may move it; the writer compares the whole profile, which may be cut differently.
    (0xE2, b"ICC_PROFILE\0"),
)
_JPEG_SOS, _JPEG_EOI, _JPEG_COMMENT = 0xDA, 0xD9, 0xFE


def _jpeg_segments(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Marker, start and end of each segment, the last with all that follows (ISO/IEC 10918-1, annex B)."""
    position = 2
    while True:
        start = data.find(b"\xff", position, position + 1)
        while start >= 0 and data[start + 1 : start + 2] == b"\xff":  # fill bytes before a marker
            start += 1
        if start < 0 or start + 4 > len(data):
            raise DamagedContainerError("a JPEG segment is missing")
        marker = data[start + 1]
        if marker == _JPEG_SOS:
            yield marker, start, len(data)
            return
        if marker == _JPEG_EOI:
            raise DamagedContainerError("the JPEG has no picture")
        end = start + 2 + int.from_bytes(data[start + 2 : start + 4], "big")
        if end > len(data):
            raise DamagedContainerError("a JPEG segment is cut off")
        yield marker, start, end
        position = end


def _parse_jpeg(data: bytes) -> Container:
    """Segments up to the first scan, then the rest of the file as one piece."""
    picture: list[Range] = []
    extras: list[Range] = []
    for marker, start, end in _jpeg_segments(data):
        if marker == _JPEG_COMMENT:
            extras.append((start + 4, end))
        elif not any(marker == code and data.startswith(head, start + 4) for code, head in _JPEG_METADATA):
            picture.append((start, end))
    return Container(tuple(picture), tuple(extras))


_JPEG_XMP: Final = (b"http://ns.adobe.com/xap/1.0/\0", b"http://ns.adobe.com/xmp/extension/\0")
_JPEG_APP: Final = range(0xE0, 0xF0)


def without_packet(data: bytes, kind: str, packet: bytes) -> bytes | None:
    """A JPEG of all the metadata of ``data`` but its XMP, and of no picture, if that XMP is just ``packet``; else None.

    What Exiv2 reads in the one it reads in the other, in a fraction of the time.

    Raises:
        DamagedContainerError: the structure is broken.
    """
    if kind != "jpeg":
        return None
    pieces = [data[:2]]
    found = 0
    for marker, start, end in _jpeg_segments(data):
        if marker == 0xE1 and data.startswith(_JPEG_XMP, start + 4):
            if data[start + 4 : end] != _JPEG_XMP[0] + packet:
                return None
            found += 1
        elif marker in _JPEG_APP or marker == _JPEG_COMMENT:
            pieces.append(data[start:end])
    return b"".join((*pieces, b"\xff\xd9")) if found == 1 else None


_PNG_METADATA_KEYWORDS: Final = (b"XML:com.adobe.xmp\0", b"Raw profile type ")
_PNG_TEXT: Final = (b"tEXt", b"zTXt", b"iTXt")


def _parse_png(data: bytes) -> Container:
    """All chunks but those with metadata (PNG specification, third edition, 5.3)."""
    picture: list[Range] = []
    extras: list[Range] = []
    position = 8
    while position < len(data):
        length, name = int.from_bytes(data[position : position + 4], "big"), data[position + 4 : position + 8]
        end = position + 12 + length
        if end > len(data):
            raise DamagedContainerError("a PNG chunk is cut off")
        if name in _PNG_TEXT or name == b"tIME":
            if not data.startswith(_PNG_METADATA_KEYWORDS, position + 8):
                extras.append((position, end))
        elif name not in (b"eXIf", b"iCCP"):
            picture.append((position, end))
        position = end
        if name == b"IEND":
            if position < len(data):
                picture.append((position, len(data)))
            return Container(tuple(picture), tuple(extras))
    raise DamagedContainerError("the PNG has no end")


def _parse_webp(data: bytes) -> Container:
    """All RIFF chunks but EXIF, XMP and the header that lists them (WebP container specification)."""
    picture: list[Range] = []
    extras: list[Range] = []
    position = 12
    stop = min(len(data), 8 + int.from_bytes(data[4:8], "little"))
    while position + 8 <= stop:
        name, length = data[position : position + 4], int.from_bytes(data[position + 4 : position + 8], "little")
        end = position + 8 + length
        if end > len(data):
            raise DamagedContainerError("a WebP chunk is cut off")
        if name not in (b"VP8X", b"EXIF", b"XMP ", b"ICCP"):
            picture.append((position, end))
        position = end + length % 2
    if not picture:
        raise DamagedContainerError("the WebP has no picture")
    return Container(tuple(picture), tuple(extras))


def _parse_tiff(data: bytes) -> Container:
    """The pictures of all directories; of a file with directories below them, everything else in it, too.

    Such files (DNG, pyramids) hold more than a page has: opcodes, profiles, private blocks of programs and cameras.
    """
    found = tiff.walk(data)
    if found.is_raw and not found.is_dng:
        raise DamagedContainerError("it is a raw file")
    if not found.is_dng and not found.has_directories_below:
        return Container(tuple(found.pictures))
    if found.unclear:
        raise DamagedContainerError(found.unclear)
    if any(True for _ in found.orphans(data)):
        raise DamagedContainerError("it holds data that none of its directories knows")
    return Container(tuple(found.pictures), tags=found.foreign())


_PARSERS: Final[Mapping[str, Callable[[bytes], Container]]] = {
    "jpeg": _parse_jpeg,
    "png": _parse_png,
    "webp": _parse_webp,
    "tiff": _parse_tiff,
}
EMBEDDABLE: Final = tuple(_PARSERS)
"""Kinds of files that metadata can be embedded into, in Exiv2's words."""
