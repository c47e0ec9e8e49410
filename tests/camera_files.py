"""Files as cameras write them, made for tests: JPEGs with large previews, raw files with and without previews.

The structures follow CIPA DC-007 (Multi-Picture Format), the TIFF 6.0 and DNG 1.4 specifications. The raw files are
uncompressed, which LibRaw reads like any other.
"""

import io
import struct
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

FULL_HD, VGA, UNDEFINED, PANORAMA = 0x010002, 0x010001, 0x000000, 0x020001


def jpeg(image: Image.Image, **options: Any) -> bytes:
    """``image`` as a JPEG."""
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", **{"quality": 90} | options)
    return buffer.getvalue()


def scene(width: int, height: int, seed: int = 0) -> Image.Image:
    """A picture with structure everywhere, even in its first rows; another ``seed`` is another picture."""
    rng = np.random.default_rng(seed)
    coarse = rng.integers(20, 236, (12, 18, 3), dtype=np.uint8)
    return Image.fromarray(coarse).resize((width, height), Image.Resampling.BICUBIC)


# -- JPEGs with previews ----------------------------------------------------------------------------------------------


def with_previews(path: Path, photo: bytes, previews: Sequence[tuple[int, bytes]], *, padding: int = 0) -> Path:
    """Write the JPEG ``photo`` with previews, each of an MPF type, behind it. Returns ``path``."""
    table_at = 4 + 4 + 2 + 3 * 12 + 4  # "II*\0", its pointer, the count, the entries, no next directory
    index_length = table_at + 16 * (1 + len(previews))
    segment = 4 + 4 + index_length  # marker and length, "MPF\0", index
    base = 2 + 8  # SOI, and the segment up to the byte that offsets count from
    photo_length = len(photo) + segment
    rows, position = [struct.pack("<LLLHH", 0x030000, photo_length, 0, 0, 0)], photo_length + padding
    for kind, preview in previews:
        rows.append(struct.pack("<LLLHH", kind, len(preview), position - base, 0, 0))
        position += len(preview) + padding
    index = b"II*\0" + struct.pack("<LH", 8, 3)
    index += struct.pack("<HHL4s", 0xB000, 7, 4, b"0100")
    index += struct.pack("<HHLL", 0xB001, 4, 1, 1 + len(previews))
    index += struct.pack("<HHLL", 0xB002, 7, 16 * (1 + len(previews)), table_at)
    index += struct.pack("<L", 0)
    assert len(index) == table_at
    data = photo[:2] + b"\xff\xe2" + struct.pack(">H", 2 + 4 + index_length) + b"MPF\0" + index + b"".join(rows)
    data += photo[2:]
    for _, preview in previews:
        data += bytes(padding) + preview
    path.write_bytes(data)
    return path


# -- raw files --------------------------------------------------------------------------------------------------------

BYTE, ASCII, SHORT, LONG, RATIONAL, UNDEFINED_BYTES, SRATIONAL = 1, 2, 3, 4, 5, 7, 10
_SIZES = {BYTE: 1, ASCII: 1, SHORT: 2, LONG: 4, RATIONAL: 8, UNDEFINED_BYTES: 1, SRATIONAL: 8}
_CODES = {SHORT: "H", LONG: "L"}


@dataclass
class Directory:
    """One directory of a TIFF: tags as (type, values), picture data, and directories below it."""

    tags: dict[int, tuple[int, Any]]
    data: bytes = b""
    below: list["Directory"] = field(default_factory=list)


def tiff(directories: Sequence[Directory], magic: bytes = b"II*\0") -> bytes:
    """A little-endian TIFF of these directories, each after the other."""
    blob = bytearray(magic + bytes(4))
    link = 4
    for directory in directories:
        at = _write(blob, directory)
        blob[link : link + 4] = struct.pack("<L", at)
        link = at + 2 + 12 * struct.unpack_from("<H", blob, at)[0]
    return bytes(blob)


def _write(blob: bytearray, directory: Directory) -> int:
    tags = dict(directory.tags)
    if directory.data:
        tags[273] = (LONG, [len(blob)])
        tags[279] = (LONG, [len(directory.data)])
        blob += directory.data
    if directory.below:
        tags[330] = (LONG, [_write(blob, lower) for lower in directory.below])
    entries = []
    for tag, (kind, values) in sorted(tags.items()):
        raw = values if isinstance(values, bytes) else _pack(kind, values)
        if len(raw) > 4:
            blob += bytes(len(blob) % 2)
            where = len(blob)
            blob += raw
            stored = struct.pack("<L", where)
        else:
            stored = raw.ljust(4, b"\0")
        entries.append(struct.pack("<HHL", tag, kind, len(raw) // _SIZES[kind]) + stored)
    blob += bytes(len(blob) % 2)
    at = len(blob)
    blob += struct.pack("<H", len(entries)) + b"".join(entries) + bytes(4)
    return at


def _pack(kind: int, values: Sequence[Any]) -> bytes:
    if kind in (RATIONAL, SRATIONAL):
        code = "<ll" if kind == SRATIONAL else "<LL"
        return b"".join(struct.pack(code, round(value * 10_000), 10_000) for value in values)
    return struct.pack(f"<{len(values)}{_CODES[kind]}", *values)


def mosaic(image: Image.Image) -> np.ndarray:
    """What a sensor with the pattern RGGB sees of ``image``, 16 bit, linear as sensors are."""
    rgb = (np.asarray(image, dtype=np.float64) / 255.0) ** 2.2
    out = rgb[:, :, 1].copy()
    out[0::2, 0::2] = rgb[0::2, 0::2, 0]
    out[1::2, 1::2] = rgb[1::2, 1::2, 2]
    return (out * 65535).astype("<u2")


def sensor(image: Image.Image) -> Directory:
    """The directory of the sensor's data of ``image`` (as the sensor lies)."""
    width, height = image.size
    return Directory(
        {
            254: (LONG, [0]),
            256: (LONG, [width]),
            257: (LONG, [height]),
            258: (SHORT, [16]),
            259: (SHORT, [1]),
            262: (SHORT, [32803]),
            277: (SHORT, [1]),
            278: (LONG, [height]),
            284: (SHORT, [1]),
            33421: (SHORT, [2, 2]),
            33422: (BYTE, bytes([0, 1, 1, 2])),
        },
        mosaic(image).tobytes(),
    )


def preview_directory(preview: bytes) -> Directory:
    """The directory of a JPEG preview, as DNG and NEF files hold it."""
    with Image.open(io.BytesIO(preview)) as image:
        width, height = image.size
    return Directory(
        {
            254: (LONG, [1]),
            256: (LONG, [width]),
            257: (LONG, [height]),
            258: (SHORT, [8, 8, 8]),
            259: (SHORT, [7]),
            262: (SHORT, [6]),
            277: (SHORT, [3]),
            278: (LONG, [height]),
            284: (SHORT, [1]),
            530: (SHORT, [2, 2]),
        },
        preview,
    )


def dng(
    path: Path,
    image: Image.Image,
    *,
    orientation: int = 1,
    previews: Sequence[bytes] = (),
    model: str = "Box",
    crop: tuple[int, int, int, int] | None = None,
) -> Path:
    """Write a DNG whose sensor saw ``image`` (as the sensor lies), with JPEG previews. Returns ``path``.

    ``crop`` is (left, top, width, height) of what the camera was set to.
    """
    main = sensor(image)
    if crop is not None:
        main.tags |= {50719: (LONG, crop[:2]), 50720: (LONG, crop[2:])}
    main.tags |= {
        271: (ASCII, b"Maker\0"),
        272: (ASCII, model.encode() + b"\0"),
        274: (SHORT, [orientation]),
        50706: (BYTE, bytes([1, 4, 0, 0])),
        50707: (BYTE, bytes([1, 1, 0, 0])),
        50708: (ASCII, model.encode() + b"\0"),
        50714: (SHORT, [0]),
        50717: (LONG, [65535]),
        # XYZ (D65) to linear sRGB: the sensor's colours are those of sRGB.
        50721: (SRATIONAL, [3.2406, -1.5372, -0.4986, -0.9689, 1.8758, 0.0415, 0.0557, -0.2040, 1.0570]),
        50728: (RATIONAL, [1.0, 1.0, 1.0]),
        50778: (SHORT, [21]),
    }
    main.below = [preview_directory(preview) for preview in previews]
    path.write_bytes(tiff([main]))
    return path


def nef(path: Path, image: Image.Image, *, orientation: int = 1, previews: Sequence[bytes] = ()) -> Path:
    """Write a raw file arranged like Nikon's: a small uncompressed picture first, previews and sensor data below."""
    small = image.resize((160, 120))
    first = Directory(
        {
            254: (LONG, [1]),
            256: (LONG, [160]),
            257: (LONG, [120]),
            258: (SHORT, [8, 8, 8]),
            259: (SHORT, [1]),
            262: (SHORT, [2]),
            271: (ASCII, b"NIKON CORPORATION\0"),
            272: (ASCII, b"NIKON D9999\0"),
            274: (SHORT, [orientation]),
            277: (SHORT, [3]),
            278: (LONG, [120]),
            284: (SHORT, [1]),
        },
        small.tobytes(),
        [*(preview_directory(preview) for preview in previews), sensor(image)],
    )
    path.write_bytes(tiff([first]))
    return path


def raf(path: Path, preview: bytes) -> Path:
    """Write the head of a Fujifilm raw file with a preview and no sensor data that anybody knows. Returns ``path``."""
    head = b"FUJIFILMCCD-RAW 0201FF389501".ljust(28, b"\0") + b"X-T99".ljust(32, b"\0") + b"0100" + bytes(20)
    start = len(head) + 24
    offsets = struct.pack(">LLLLLL", start, len(preview), start + len(preview), 0, start + len(preview), 0)
    path.write_bytes(head + offsets + preview + bytes(512))
    return path
