"""An independent look at the text of XMP packets: what is in them, and whether Exiv2 may see them.

Exiv2 knows prefixes only, this knows namespaces.
"""

import xml.parsers.expat
from collections.abc import Sequence
from typing import Final

_SYNTAX_NAMESPACES: Final = (
    "adobe:ns:meta/",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "http://www.w3.org/XML/1998/namespace",
)
_BYTE_ORDER_MARKS: Final = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
MAX_PACKET_BYTES: Final = 32 * 1024 * 1024
"""The largest sidecars, of photos with thousands of brush strokes, have a few megabytes."""
MAX_ELEMENTS: Final = 300_000
MAX_NAMES: Final = 4_000
"""Elements and attributes of a packet, and how many different ones. Exiv2's time grows with the square of the latter:
darktable's own sidecars have a hundred, 40,000 take it half a minute."""
HARMLESS_BYTES: Final = 64 * 1024
"""Embedded packets up to this size, which is all that a JPEG holds, take Exiv2 two seconds at worst."""


class BrokenMetadataError(Exception):
    """Metadata is there but cannot be read (or written back) without loss. The text says why."""


class TooMuchMetadataError(BrokenMetadataError):
    """No program writes so much XMP, or such; Exiv2 must not see it."""


def packet_text(data: bytes) -> str:
    """Text of an XMP packet in UTF-8, UTF-16 or UTF-32 with or without a byte-order mark (XMP part 1, 7.3.2).

    Raises:
        BrokenMetadataError: it is none of these.
    """
    encoding = next((name for mark, name in _BYTE_ORDER_MARKS if data.startswith(mark)), "utf-8")
    try:
        return data.decode(encoding).rstrip("\0")
    except UnicodeDecodeError as error:
        raise BrokenMetadataError("its text encoding is damaged") from error


def xmp_names(text: str) -> frozenset[str]:
    """Names (namespace + local name) of all elements and attributes of a packet, the syntax of XMP itself left out.

    Raises:
        TooMuchMetadataError: more parts than Exiv2 reads in time, or a document type (which XMP never has, and which
            could expand without bounds).
        BrokenMetadataError: not well-formed, or no XMP at all.
    """
    names: set[str] = set()
    count = 0
    parser = xml.parsers.expat.ParserCreate(namespace_separator=" ")

    def on_start(name: str, attributes: dict[str, str]) -> None:
        nonlocal count
        names.add(name)
        names.update(attributes)
        count += 1 + len(attributes)
        if count > MAX_ELEMENTS or len(names) > MAX_NAMES:
            raise TooMuchMetadataError("it has more parts than any program writes")

    def on_doctype(*_: object) -> None:
        raise TooMuchMetadataError("it has a document type")

    parser.StartElementHandler = on_start
    parser.StartDoctypeDeclHandler = on_doctype
    try:
        # The text is decoded already; an encoding the XML declaration may state no longer holds.
        parser.Parse(without_declaration(text).rstrip("\0 \r\n\t").encode("utf-8"), True)
    except (xml.parsers.expat.ExpatError, UnicodeEncodeError) as error:
        raise BrokenMetadataError(f"it is not well-formed ({error})") from error
    if not any(name.startswith(_SYNTAX_NAMESPACES[1]) for name in names):
        raise BrokenMetadataError("it is no XMP")
    return frozenset(name for name in names if " " in name and not name.startswith(_SYNTAX_NAMESPACES))


def without_declaration(text: str) -> str:
    """The text of a packet behind its XML declaration."""
    body = text.lstrip()
    return body.partition("?>")[2].lstrip() if body.startswith("<?xml ") else body


def check_embedded(packets: Sequence[bytes]) -> None:
    """Look at all packets of one photo before Exiv2 does. Damaged ones pass: Exiv2 leaves them out by itself.

    Raises:
        TooMuchMetadataError: together they have more than Exiv2 reads in time.
    """
    size = sum(map(len, packets))
    if size <= HARMLESS_BYTES:
        return
    if size > MAX_PACKET_BYTES:
        raise TooMuchMetadataError(f"its XMP is larger than {MAX_PACKET_BYTES >> 20} MB")
    parts = 0
    for packet in packets:
        try:
            parts += len(xmp_names(packet_text(packet)))
        except TooMuchMetadataError as error:
            raise TooMuchMetadataError(f"its XMP is refused: {error}") from error
        except BrokenMetadataError:
            # Exiv2's toolkit repairs some, and sees others up to the damage. Each name needs one of these characters.
            parts += packet.count(b"<") + packet.count(b"=")
        if parts > MAX_NAMES:
            raise TooMuchMetadataError("its XMP is refused: it has more parts than any program writes")
