"""What a file is, told by its content; names lie."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

from PIL import TiffImagePlugin

from landmark_desktop.core.photo import RAW_SUFFIXES, suffix_of

HEAD_BYTES: Final = 32
MAX_IFDS: Final = 12
"""Directories of a TIFF that are looked at; cameras write fewer, scanners hundreds of pages, hostile files rings."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file. ``formats`` are Pillow's names of the decoders that may try it, none for raw files.

    ``risky`` kinds are decoded in a worker process: their decoders are large and have crashed on hostile files.
    """

    name: str
    formats: tuple[str, ...]
    risky: bool = False


JPEG: Final = Kind("JPEG", ("JPEG",))
TIFF: Final = Kind("TIFF", ("TIFF",))
HEIF: Final = Kind("HEIF", ("HEIF", "AVIF"), risky=True)
JPEG_2000: Final = Kind("JPEG 2000", ("JPEG2000",), risky=True)
RAW: Final = Kind("raw", (), risky=True)
UNKNOWN: Final = Kind("unknown", ())

_BY_MAGIC: Final = (
    (0, b"\xff\xd8\xff", JPEG),
    (0, b"\x89PNG", Kind("PNG", ("PNG",))),
    (0, b"GIF8", Kind("GIF", ("GIF",))),
    (8, b"WEBP", Kind("WebP", ("WEBP",))),
    (0, b"BM", Kind("BMP", ("BMP",))),
    (4, b"jP  ", JPEG_2000),
    (0, b"\xff\x4f\xff\x51", JPEG_2000),
    (4, b"ftypcrx ", RAW),  # Canon CR3
    (4, b"ftyp", HEIF),
    (0, b"FUJIFILMCCD-RAW", RAW),
    (0, b"IIU\0", RAW),  # Panasonic, Leica
    (0, b"IIRO", RAW),  # Olympus
    (0, b"IIRS", RAW),
    (0, b"MMOR", RAW),
    (0, b"\0MRM", RAW),  # Minolta
    (0, b"FOVb", RAW),  # Sigma
    (6, b"HEAPCCDR", RAW),  # Canon CRW
    (0, b"II*\0", TIFF),
    (0, b"MM\0*", TIFF),
    (0, b"II+\0", TIFF),  # BigTIFF
    (0, b"MM\0+", TIFF),
)
FORMATS: Final = frozenset(name for _, _, kind in _BY_MAGIC for name in kind.formats)
"""Pillow's names of all decoders that are ever tried."""
_CFA, _LINEAR_RAW = 32803, 34892
"""Values of PhotometricInterpretation (TIFF/EP, DNG specification) that only raw pictures have."""
_WIDTH, _HEIGHT, _PHOTOMETRIC, _SUB_IFDS, _DNG_VERSION = 256, 257, 262, 330, 50706


def kind_of(file: BinaryIO, name: str) -> Kind:
    """Return what the file is, by its first bytes and, for TIFF, by its directories; the position is changed.

    ``name`` decides only for content without any known mark: the oldest raw files have none.

    Raises:
        OSError: the file cannot be read.
    """
    file.seek(0)
    head = file.read(HEAD_BYTES)
    for offset, magic, kind in _BY_MAGIC:
        if head[offset:].startswith(magic):
            return RAW if kind is TIFF and _is_raw_tiff(file, head) else kind
    return RAW if suffix_of(name) in RAW_SUFFIXES else UNKNOWN


def describes_picture(file: BinaryIO) -> bool:
    """True if the first directory of a TIFF is sound, so that a decoder which refuses it does not know its pixels."""
    file.seek(0)
    directory = next(_directories(file, file.read(HEAD_BYTES)), None)
    return directory is not None and all(tag in directory for tag in (_WIDTH, _HEIGHT, _PHOTOMETRIC))


def _is_raw_tiff(file: BinaryIO, head: bytes) -> bool:
    """True if one of the directories describes sensor data (nearly all raw formats are TIFF files inside)."""
    if head[8:12] in (b"CR\2\0", b"IIII"):  # Canon CR2, Phase One
        return True
    for directory in _directories(file, head):
        photometric = directory.get(_PHOTOMETRIC)
        if photometric in (_CFA, _LINEAR_RAW) or _DNG_VERSION in directory:
            return True
    return False


def _directories(file: BinaryIO, head: bytes) -> Iterator[TiffImagePlugin.ImageFileDirectory_v2]:
    """The main directories and those they point to, each once and not more than ``MAX_IFDS``."""
    header = head[:16] if b"+" in head[:4] else head[:8]
    try:
        first = TiffImagePlugin.ImageFileDirectory_v2(header).next
    except (SyntaxError, struct.error):
        return
    waiting, seen = [first], set[int]()
    while waiting and len(seen) < MAX_IFDS:
        offset = waiting.pop(0)
        if not isinstance(offset, int) or offset <= 0 or offset in seen:
            continue
        seen.add(offset)
        directory = TiffImagePlugin.ImageFileDirectory_v2(header)
        try:
            file.seek(offset)
            directory.load(file)
            below = directory.get(_SUB_IFDS, ())
        except (OSError, SyntaxError, struct.error, ValueError, TypeError, KeyError, OverflowError):
            continue  # a damaged directory: whoever decodes the file says what is wrong with it
        yield directory
        waiting += [*(below if isinstance(below, tuple) else (below,)), directory.next]
