"""The XMP packets of a PNG, WebP, TIFF (raw files built like one, too), HEIC, AVIF, CR3 or JPEG 2000 as they lie in
the file, before Exiv2 parses them.

Exiv2 parses what it finds as soon as it reads a file, and its time grows with the square of the names in it. A JPEG's
packet has 64 KB at most; in these formats nothing bounds it. Only the outer structure is walked (PNG specification,
third edition, 5.3 and 11.3.3; WebP container specification; TIFF 6.0, section 2), as tolerantly as Exiv2 does it: what
is cut off or makes no sense ends the search, for Exiv2 finds nothing behind it either.
"""

import io
import os
import re
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

from landmark_desktop.metadata import box_xmp
from landmark_desktop.metadata.xmp_text import TooMuchMetadataError

_PNG: Final = b"\x89PNG\r\n\x1a\n"
_PNG_TEXT: Final = (b"tEXt", b"zTXt", b"iTXt")
_PNG_XMP, _PNG_RAW_XMP, _PNG_RAW = b"XML:com.adobe.xmp", b"Raw profile type xmp", b"Raw profile type "
_NO_DIGITS: Final = bytes(set(range(256)) - set(b"0123456789abcdefABCDEF"))
_LONGEST_KEYWORD: Final = 80
_TIFF_HEAD: Final = re.compile(rb"II\*\0|MM\0\*")
_BYTE_ORDERS: Final = {b"II": "<", b"MM": ">"}
_XMP_TAG: Final = 700
_SIZES: Final = {3: 2, 4: 4, 5: 8, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}
"""Bytes of one value by type, where it is not one."""


def packets_in(source: Path | bytes, most: int) -> list[bytes]:
    """Every XMP packet of a file that Exiv2 may parse, given by path or as its bytes; none for other formats.

    Nothing is unpacked any further once all packets together have more than ``most`` bytes.

    Raises:
        OSError: the file cannot be read.
        TooMuchMetadataError: it is made of more parts than any program writes.
    """
    with io.BytesIO(source) if isinstance(source, bytes) else source.open("rb") as file:
        head = file.read(12)
        if head.startswith(_PNG):
            found = _in_png(file, most)
        elif head.startswith(b"RIFF") and head.endswith(b"WEBP"):
            found = _in_webp(file)
        elif head[:2] in _BYTE_ORDERS:
            found = _in_tiff(file)
        elif any(head[at:].startswith(name) for at, name in box_xmp.SIGNATURES):
            found = _in_boxes(file, most)
        else:
            return []
        packets: list[bytes] = []
        room = most
        for packet in found:
            packets.append(packet)
            room -= len(packet)
            if room < 0:
                break
        return packets


def _in_png(file: BinaryIO, most: int) -> Iterator[bytes]:
    size = file.seek(0, os.SEEK_END)
    position = len(_PNG)
    while position + 8 <= size:
        file.seek(position)
        length, name = struct.unpack(">L4s", file.read(8))
        if name == b"IEND":
            return
        if name in _PNG_TEXT:
            start = file.read(min(length, _LONGEST_KEYWORD))
            if start.startswith((_PNG_XMP, _PNG_RAW)):
                yield from _in_png_text(name, start + file.read(length - len(start)), most)
        elif name == b"eXIf":
            yield from _in_exif(file.read(length))
        position += 12 + length


def _in_png_text(kind: bytes, data: bytes, most: int) -> Iterator[bytes]:
    keyword, _, text = data.partition(b"\0")
    if kind == b"zTXt":
        text = _inflated(text[1:], most)
    elif kind == b"iTXt":
        packed, text = text[:1] != b"\0", text[2:].partition(b"\0")[2].partition(b"\0")[2]
        text = _inflated(text, most) if packed else text
    if keyword.startswith(_PNG_XMP):
        yield text
        return
    profile = _from_hex(text)
    if keyword.startswith(_PNG_RAW_XMP):
        yield profile
    else:
        yield from _in_exif(profile)


def _inflated(data: bytes, most: int) -> bytes:
    """What of ``data`` can be unpacked, one byte more than ``most`` at most."""
    try:
        return zlib.decompressobj().decompress(data, most + 1)
    except zlib.error:
        return b""


def _from_hex(text: bytes) -> bytes:
    """The bytes of a "raw profile": a name and a length, a line each, and hexadecimal digits (ImageMagick's way), with
    anything between them."""
    digits = b"".join(text[1:].split(b"\n", 2)[2:]).translate(None, delete=_NO_DIGITS)
    return bytes.fromhex(digits[: len(digits) // 2 * 2].decode("ascii"))


def _in_webp(file: BinaryIO) -> Iterator[bytes]:
    size = file.seek(0, os.SEEK_END)
    position = 12
    while position + 8 <= size:
        file.seek(position)
        name, length = struct.unpack("<4sL", file.read(8))
        if name == b"XMP ":
            yield file.read(length)
        elif name == b"EXIF":
            yield from _in_exif(file.read(length))
        position += 8 + length + length % 2


def _in_boxes(file: BinaryIO, most: int) -> Iterator[bytes]:
    size = file.seek(0, os.SEEK_END)
    room = most
    for is_xmp, data in box_xmp.blocks_in(file, size, most):
        if is_xmp:
            yield data
            continue
        room -= len(data)
        if room < 0:
            raise TooMuchMetadataError(f"its EXIF is larger than {most >> 20} MB")
        yield from _in_exif(data)


def _in_exif(data: bytes) -> Iterator[bytes]:
    """A block of EXIF is a TIFF, and Exiv2 parses XMP in it before it leaves it out."""
    start = _TIFF_HEAD.search(data)
    if start is not None:
        yield from _in_tiff(io.BytesIO(data[start.start() :]))


def _in_tiff(file: BinaryIO) -> Iterator[bytes]:
    """The values of all tags 700 of the first directory; Exiv2 reads XMP from no other."""
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    order = _BYTE_ORDERS[file.read(2)]
    file.seek(4)
    try:
        (position,) = struct.unpack(f"{order}L", file.read(4))
        file.seek(position)
        (count,) = struct.unpack(f"{order}H", file.read(2))
    except struct.error:
        return
    table = file.read(12 * count)
    for at in range(0, len(table) // 12 * 12, 12):
        tag, kind, number = struct.unpack_from(f"{order}HHL", table, at)
        if tag != _XMP_TAG:
            continue
        length = number * _SIZES.get(kind, 1)
        (start,) = struct.unpack_from(f"{order}L", table, at + 8)
        if length > 4 and start + length <= size:
            file.seek(start)
            yield file.read(length)
