"""The XMP packets and blocks of EXIF in files that are made of boxes: HEIC, AVIF, CR3 (ISO/IEC 14496-12, 4.2, and
23008-12) and JPEG 2000 (ISO/IEC 15444-1, annex I), as tolerantly as Exiv2 looks for them.

What Exiv2 would read somewhere is found here, and a little more: all items that may be XMP instead of the last one, and
boxes wherever they may be nested.
"""

import struct
from collections.abc import Iterator
from typing import BinaryIO, Final, NamedTuple

from landmark_desktop.metadata.xmp_text import TooMuchMetadataError

SIGNATURES: Final = ((4, b"ftyp"), (4, b"jP  "))
"""Where such files say what they are."""
MAX_BOXES: Final = 20_000
"""A photo of 100 megapixels in tiles has some thousand."""
_XMP_UUID: Final = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
_EXIF_UUID: Final = b"JpgTiffExif->JP2"
_CANON_UUID: Final = bytes.fromhex("85c0b687820f11e08111f4ce462b6a48")
_NESTED: Final = {b"moov": 0, b"iprp": 0, b"ipco": 0, b"meta": 4, b"iinf": 6}
"""Boxes with boxes in them, and how many bytes come before those."""
_EXIF: Final = (b"Exif", b"CMT1", b"CMT2", b"CMT3", b"CMT4")
_ENTRY_BYTES: Final = 1_000
"""So much of an item's description is looked at."""
_ITEM_BYTES: Final = 18
"""The most that one item takes in the list of places."""
_TOO_MUCH: Final = "it has more parts than any program writes"


class Found(NamedTuple):
    """Bytes that Exiv2 takes for XMP, or for a block of EXIF."""

    is_xmp: bool
    data: bytes


class _Item(NamedTuple):
    id: int
    start: int
    length: int


def blocks_in(file: BinaryIO, size: int, most: int) -> Iterator[Found]:
    """What Exiv2 may parse in a file of this size; of each at most one byte more than ``most``.

    Raises:
        OSError: the file cannot be read.
        TooMuchMetadataError: it has more boxes or items than any program writes.
    """
    items: list[_Item] = []
    ids: dict[bytes, set[int]] = {b"mime": set(), b"Exif": set()}
    for kind, body, after in _boxes(file, size):
        file.seek(body)
        if kind == b"uuid":
            name = file.read(len(_XMP_UUID))
            if name in (_XMP_UUID, _EXIF_UUID):
                yield Found(name == _XMP_UUID, _upto(file, after - body - len(name), most))
        elif kind == b"xml " or kind in _EXIF:
            yield Found(kind == b"xml ", _upto(file, after - body, most))
        elif kind == b"infe":
            entry = _upto(file, after - body, _ENTRY_BYTES)
            for word, numbers in ids.items():
                if word in entry:
                    numbers.add(int.from_bytes(entry[4:6], "big"))
        elif kind == b"iloc":
            items += _items(_upto(file, after - body, MAX_BOXES * _ITEM_BYTES))
            if len(items) > MAX_BOXES:
                raise TooMuchMetadataError(_TOO_MUCH)
    for item in items:
        for word, numbers in ids.items():
            if item.id in numbers:
                file.seek(item.start)
                yield Found(word == b"mime", _upto(file, item.length, most))


def _boxes(file: BinaryIO, size: int) -> Iterator[tuple[bytes, int, int]]:
    """Kind, where the content begins and where it ends, of all boxes, nested ones too."""
    seen = 0
    stack = [(0, size)]
    while stack:
        start, end = stack.pop()
        header = _header(file, start, end)
        if header is None:
            continue
        kind, body, after = header
        seen += 1
        if seen > MAX_BOXES:
            raise TooMuchMetadataError(_TOO_MUCH)
        stack.append((after, end))
        file.seek(body)
        if kind in _NESTED:
            stack.append((body + _NESTED[kind], after))
        elif kind == b"uuid" and file.read(len(_CANON_UUID)) == _CANON_UUID:
            stack.append((body + len(_CANON_UUID), after))
        else:
            yield header


def _header(file: BinaryIO, start: int, end: int) -> tuple[bytes, int, int] | None:
    """Kind, where the content begins and where the box ends; None where there is no box."""
    if start + 8 > end:
        return None
    file.seek(start)
    head = file.read(16)
    if len(head) < 8:
        return None
    length, kind = struct.unpack_from(">L4s", head)
    body = start + 8
    if length == 1 and len(head) == 16:
        length = struct.unpack_from(">Q", head, 8)[0]
        body = start + 16
    elif length == 0:  # up to the end
        length = end - start
    if length < body - start or start + length > end:
        return None
    return kind, body, start + length


def _upto(file: BinaryIO, length: int, most: int) -> bytes:
    return file.read(max(0, min(length, most + 1)))


def _items(data: bytes) -> Iterator[_Item]:
    """Where items lie, in the only form that Exiv2 follows: offsets and lengths of four bytes, as many for each."""
    if len(data) < 8 or data[4] != 0x44:
        return
    version = data[0]
    head = 8 if version < 2 else 10
    count = int.from_bytes(data[6:head], "big")
    wide = 4 if version > 2 else 2
    # Exiv2 takes the length of the box's own head for eight bytes, also where it has sixteen.
    for room in {len(data), len(data) - 8}:
        step, rest = divmod(room, count) if count else (0, 1)
        if rest or step not in (14, 16, 18):
            continue
        for at in range(head, len(data) - step + 1, step):
            entry = data[at : at + step]
            offset = entry[4:8] if step == 18 else entry[step - 8 : step - 4]
            numbers = (int.from_bytes(part, "big") for part in (entry[:wide], offset, entry[-4:]))
            yield _Item(*numbers)
