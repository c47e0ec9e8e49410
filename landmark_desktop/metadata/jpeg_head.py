"""The part of a JPEG that Exiv2 has to see for what is read of many photos: the metadata without the picture, and of
XMP and IIM only what may answer a question.

Nearly all of the time that Exiv2 takes for a photo with develop settings goes into hundreds of XMP properties that
nobody here asks for. Names stand in XMP as they are, so a packet in whose text none of ours is found need not be
parsed. Nothing is read out of the segments here (ISO/IEC 10918-1, annex B): what matters is left to Exiv2, and
whatever is unusual is left to it whole.
"""

import re
from dataclasses import dataclass
from typing import Final

FIRST_BYTES: Final = 64 * 1024
"""What is read at first; it holds the heads of most photos."""
MOST_BYTES: Final = 2 * 1024 * 1024
"""Heads that are longer (large colour profiles and comments) are left to Exiv2 whole."""
_PREFIX, _APP1, _APP13, _SOS = 0xFF, 0xE1, 0xED, 0xDA
_SEGMENTS: Final = frozenset(range(0xC0, 0xFF)) - frozenset(range(0xD0, 0xDA))
"""Markers that a length follows: all but those of restarts, of the picture's beginning and end, and the rare ones."""
_EXIF: Final = b"Exif\0\0"
_XMP: Final = b"http://ns.adobe.com/xap/1.0/\0"
_ASKED: Final = re.compile(
    rb"Location|CountryCode|City|State|Country|GPS|subject|TagsList|hierarchicalSubject|landmark-desktop"
)
"""The names of what the reader asks XMP for, dates aside: see :mod:`.reader`, and the test that holds them together."""
_DATES: Final = re.compile(rb"DateTimeOriginal|DateTimeDigitized|DateCreated|CreateDate")
_ASKED_IIM: Final = re.compile(rb"\x1c\x02[\x19\x5a\x5c\x5f\x64\x65]")
"""Data sets 2:25, 2:90, 2:92, 2:95, 2:100 and 2:101 of IPTC-IIM: keywords, and where the photo was taken."""
_RDF: Final = b"RDF"
"""In every packet that is text of one byte a character; in others nothing can be searched."""


@dataclass(frozen=True, slots=True)
class JpegHead:
    """``data`` is a JPEG without a picture. ``hides_dates``: its XMP was left out, and has a date that counts where
    EXIF has none."""

    data: bytes
    hides_dates: bool


def read_head(name: str) -> JpegHead | None:
    """The head of a JPEG, or None for other files and unusual ones. Raises :class:`OSError`."""
    with open(name, "rb", buffering=0) as file:  # noqa: PTH123  # by name: a Path costs as much as the reading
        data = file.read(FIRST_BYTES)
        if data[:2] != b"\xff\xd8":
            return None
        head = head_of(data)
        if head is None and len(data) == FIRST_BYTES:
            head = head_of(data + (file.read(MOST_BYTES - FIRST_BYTES) or b""))
        return head


def head_of(data: bytes) -> JpegHead | None:
    """The head of a JPEG that begins with ``data``; None where it does not end in it."""
    exif: list[bytes] = []
    xmp: list[bytes] = []
    iim: list[bytes] = []
    position, end = 2, len(data) - 4
    while True:
        if position > end or data[position] != _PREFIX or (marker := data[position + 1]) not in _SEGMENTS:
            return None
        if marker == _SOS:
            break
        following = position + 2 + (data[position + 2] << 8 | data[position + 3])
        if following <= position + 3 or following > len(data):
            return None
        if marker == _APP1:
            if data.startswith(_EXIF, position + 4):
                exif.append(data[position:following])
            elif data.startswith(_XMP, position + 4):
                xmp.append(data[position:following])
        elif marker == _APP13:
            iim.append(data[position:following])
        position = following
    hides_dates = False
    if len(xmp) == 1 and _RDF in xmp[0] and not _ASKED.search(xmp[0]):
        hides_dates = _DATES.search(xmp[0]) is not None
        xmp.clear()
    if len(iim) == 1 and not _ASKED_IIM.search(iim[0]):  # of several, one may end within a data set
        iim.clear()
    return JpegHead(b"".join((b"\xff\xd8", *exif, *xmp, *iim, b"\xff\xd9")), hides_dates)
