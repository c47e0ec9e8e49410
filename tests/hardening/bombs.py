"""Files that are small and ask for much: decompression bombs, absurd dimensions, rings, endless lists, entity bombs."""

import io
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

from tests.camera_files import BYTE, LONG, SHORT, Directory, tiff
from tests.hardening.corpus import picture, seed_bytes, sound_photo

XMP_HEAD = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">'
)
XMP_TAIL = "</rdf:Description></rdf:RDF></x:xmpmeta>"


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _png(*chunks: bytes, width: int = 8, height: int = 8) -> bytes:
    head = _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    rows = _chunk(b"IDAT", zlib.compress(bytes(9 * 8)))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(chunks) + rows + _chunk(b"IEND", b"")


def _deflated(size: int, start: bytes = b"", fill: bytes = b" ") -> bytes:
    packer = zlib.compressobj(9)
    piece = fill * 1_000_000
    return packer.compress(start) + b"".join(packer.compress(piece) for _ in range(size // 1_000_000)) + packer.flush()


def _text_bomb(keyword: bytes) -> bytes:
    return _png(_chunk(b"iTXt", keyword + b"\0\1\0\0\0" + _deflated(300_000_000, XMP_HEAD.encode())))


def _old_text_bomb() -> bytes:
    return _png(_chunk(b"zTXt", b"Raw profile type exif\0\0" + _deflated(300_000_000, b"\nexif\n  500000000\n", b"0")))


def _profile_bomb() -> bytes:
    return _png(_chunk(b"iCCP", b"icc\0\0" + _deflated(300_000_000, fill=b"\0")))


def _tiff_of(width: int, height: int, **tags: int) -> bytes:
    entries = {
        256: (LONG, [width]),
        257: (LONG, [height]),
        258: (SHORT, [8]),
        259: (SHORT, [tags.get("compression", 1)]),
        262: (SHORT, [1]),
        277: (SHORT, [1]),
        278: (LONG, [height]),
    }
    return tiff([Directory(entries, data=zlib.compress(bytes(1000)))])


def _ring() -> bytes:
    """A TIFF whose directory names itself as the next one."""
    data = bytearray(_tiff_of(8, 8))
    start = struct.unpack_from("<L", data, 4)[0]
    count = struct.unpack_from("<H", data, start)[0]
    struct.pack_into("<L", data, start + 2 + 12 * count, start)
    return bytes(data)


def _ring_below() -> bytes:
    """A TIFF whose directory holds itself, in the places where EXIF, GPS and further pictures belong."""
    entries = {tag: (LONG, [8]) for tag in (330, 34665, 34853, 40965)}
    entries |= {256: (LONG, [8]), 257: (LONG, [8]), 262: (SHORT, [1])}
    count = len(entries)
    rows = [struct.pack("<HHLL", tag, kind, 1, values[0]) for tag, (kind, values) in sorted(entries.items())]
    return b"II*\0" + struct.pack("<LH", 8, count) + b"".join(rows) + struct.pack("<L", 8)


def _many_pages() -> bytes:
    """A TIFF of a hundred thousand directories."""
    blob = bytearray(b"II*\0" + struct.pack("<L", 8))
    for _ in range(100_000):
        blob += struct.pack("<HHHLL", 1, 256, SHORT, 1, 8) + struct.pack("<L", len(blob) + 18)
    return bytes(blob)


def _endless_count() -> bytes:
    """EXIF whose entries say that they have billions of values."""
    rows = [struct.pack("<HHLL", 256 + number, 12, 0xFFFFFFFF, 8) for number in range(200)]
    block = b"II*\0" + struct.pack("<LH", 8, len(rows)) + b"".join(rows) + bytes(4)
    return _jpeg_with(b"\xe1", b"Exif\0\0" + block)


def _jpeg_with(marker: bytes, payload: bytes) -> bytes:
    data = seed_bytes(".progressive.jpg")
    return data[:2] + b"\xff" + marker + struct.pack(">H", len(payload) + 2) + payload + data[2:]


def _jpeg_of(width: int, height: int) -> bytes:
    data = bytearray(seed_bytes(".progressive.jpg"))
    at = data.index(b"\xff\xc2") + 5
    data[at : at + 4] = struct.pack(">HH", height, width)
    return bytes(data)


def _scan_bomb() -> bytes:
    """A progressive JPEG of many scans: each costs a pass over the whole picture."""
    buffer = io.BytesIO()
    picture().resize((4000, 4000)).save(buffer, "JPEG", progressive=True, quality=5)
    data = buffer.getvalue()
    start = data.rindex(b"\xff\xda")
    return data[:start] + data[start:-2] * 150 + b"\xff\xd9"


def _gif_bomb() -> bytes:
    """A GIF of 60,000 × 60,000 pixels and many frames."""
    data = bytearray(seed_bytes(".gif"))
    data[6:10] = struct.pack("<HH", 60_000, 60_000)
    return bytes(data)


def _gif_frames() -> bytes:
    data = seed_bytes(".gif")
    start = data.index(b"\x2c")
    return data[:start] + data[start:-1] * 5_000 + b";"


def _webp_of(width: int, height: int) -> bytes:
    data = bytearray(seed_bytes(".webp"))
    at = data.index(b"VP8X") + 12
    data[at : at + 6] = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return bytes(data)


def _bmp_of(width: int, height: int) -> bytes:
    data = bytearray(seed_bytes(".bmp"))
    data[18:26] = struct.pack("<ll", width, height)
    return bytes(data)


def _bmp_rle() -> bytes:
    """A BMP of run lengths that is a quarter of a gigapixel and a few bytes."""
    head = struct.pack("<LllHHLLllLL", 40, 16_000, 15_000, 1, 8, 1, 2, 0, 0, 256, 0)
    body = head + bytes(1024) + b"\0\1"
    return b"BM" + struct.pack("<LHHL", 14 + len(body), 0, 0, 14 + 40 + 1024) + body


def _patched(name: str, mark: bytes, offset: int, value: bytes) -> bytes:
    data = bytearray(seed_bytes(name))
    at = data.index(mark) + offset
    data[at : at + len(value)] = value
    return bytes(data)


def _deep_boxes() -> bytes:
    """HEIF boxes inside of each other, thousands of levels down."""
    inner = b""
    for _ in range(20_000):
        inner = struct.pack(">L", len(inner) + 12) + b"meta" + bytes(4) + inner
    return seed_bytes(".heic")[:32] + inner


def _xmp(body: str, before: str = "") -> bytes:
    return (before + XMP_HEAD + body + XMP_TAIL).encode()


def _laughs() -> bytes:
    entities = '<!ENTITY l0 "lol">' + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return _xmp("<dc:a>&l9;</dc:a>", f"<!DOCTYPE x [{entities}]>")


def _quadratic() -> bytes:
    return _xmp("<dc:a>" + "&a;" * 50_000 + "</dc:a>", f'<!DOCTYPE x [<!ENTITY a "{"a" * 50_000}">]>')


def _outside() -> bytes:
    return _xmp("<dc:a>&x;</dc:a>", '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>')


def _namespaces(count: int) -> bytes:
    return _xmp("".join(f'<n{n}:a xmlns:n{n}="http://example.org/{n}/">x</n{n}:a>' for n in range(count)))


def _properties(count: int) -> bytes:
    return _xmp("".join(f"<dc:a{n}>x</dc:a{n}>" for n in range(count)))


def _nested(count: int) -> bytes:
    return _xmp("<dc:subject>" + "<rdf:Bag><rdf:li>" * count + "</rdf:li></rdf:Bag>" * count + "</dc:subject>")


def _items(count: int) -> bytes:
    return _xmp("<dc:subject><rdf:Bag>" + "<rdf:li>x</rdf:li>" * count + "</rdf:Bag></dc:subject>")


def _in_png(packet: bytes) -> bytes:
    return _png(_chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + packet))


def _latin(packet: bytes) -> bytes:
    """In an encoding that XMP may not have, and that Exiv2 reads all the same."""
    return b'<?xml version="1.0" encoding="ISO-8859-1"?>' + packet.replace(b">x<", b">\xe9<", 1)


def _in_raw_profile(packet: bytes) -> bytes:
    """As ImageMagick once kept XMP in a PNG, in hexadecimal digits."""
    text = f"\nxmp\n{len(packet):8}\n".encode() + packet.hex().encode() + b"\n"
    return _png(_chunk(b"tEXt", b"Raw profile type xmp\0" + text))


def _in_tiff(packet: bytes) -> bytes:
    entries = {
        256: (LONG, [8]),
        257: (LONG, [8]),
        258: (SHORT, [8]),
        259: (SHORT, [1]),
        262: (SHORT, [1]),
        277: (SHORT, [1]),
        278: (LONG, [8]),
        700: (BYTE, packet),
    }
    return tiff([Directory(entries, data=bytes(64))])


def _in_webp(packet: bytes) -> bytes:
    buffer = io.BytesIO()
    picture().save(buffer, "WEBP", xmp=packet)
    return buffer.getvalue()


def _in_exif(packet: bytes) -> bytes:
    """XMP in the EXIF of a PNG, where it does not belong; Exiv2 parses it there, too."""
    return _png(_chunk(b"eXIf", tiff([Directory({700: (BYTE, packet)})])))


REFUSED: dict[str, Callable[[], bytes]] = {
    "xmp-more-namespaces.png": lambda: _in_png(_namespaces(40_000)),
    "xmp-more-namespaces.tif": lambda: _in_tiff(_namespaces(40_000)),
    "xmp-more-namespaces.webp": lambda: _in_webp(_namespaces(40_000)),
    "xmp-more-properties.png": lambda: _in_png(_properties(80_000)),
    "xmp-in-profile.png": lambda: _in_raw_profile(_namespaces(40_000)),
    "xmp-in-exif.png": lambda: _in_exif(_namespaces(40_000)),
    "xmp-in-latin-1.tif": lambda: _in_tiff(_latin(_namespaces(40_000))),
}
"""Photos whose XMP has more parts than any program writes."""

PHOTOS: dict[str, Callable[[], bytes]] = {
    "tiff-of-terapixels.tif": lambda: _tiff_of(1_000_000, 1_000_000),
    "tiff-that-overflows.tif": lambda: _tiff_of(0xFFFFFFFF, 0xFFFFFFFF),
    "tiff-deflated.tif": lambda: _tiff_of(15_000, 15_000, compression=8),
    "tiff-ring.tif": _ring,
    "tiff-ring-below.tif": _ring_below,
    "tiff-ring.dng": _ring_below,
    "tiff-pages.tif": _many_pages,
    "tiff-pages.nef": _many_pages,
    "exif-counts.jpg": _endless_count,
    "exif-ring.jpg": lambda: _jpeg_with(b"\xe1", b"Exif\0\0" + _ring_below()),
    "jpeg-of-gigapixels.jpg": lambda: _jpeg_of(65_500, 65_500),
    "jpeg-of-nothing.jpg": lambda: _jpeg_of(0, 0),
    "jpeg-scans.jpg": _scan_bomb,
    "png-text.png": lambda: _text_bomb(b"Comment"),
    "png-xmp.png": lambda: _text_bomb(b"XML:com.adobe.xmp"),
    "png-exif.png": _old_text_bomb,
    "png-profile.png": _profile_bomb,
    "png-of-terapixels.png": lambda: _png(width=0x7FFFFFFF, height=0x7FFFFFFF),
    "gif-of-gigapixels.gif": _gif_bomb,
    "gif-frames.gif": _gif_frames,
    "webp-of-gigapixels.webp": lambda: _webp_of(16_383, 16_383),
    "webp-that-overflows.webp": lambda: _webp_of(1 << 24, 1 << 24),
    "bmp-of-gigapixels.bmp": lambda: _bmp_of(60_000, 60_000),
    "bmp-upside-down.bmp": lambda: _bmp_of(60_000, -0x80000000),
    "bmp-runs.bmp": _bmp_rle,
    "heic-of-gigapixels.heic": lambda: _patched(".heic", b"ispe", 8, struct.pack(">LL", 60_000, 60_000)),
    "heic-boxes.heic": _deep_boxes,
    "avif-of-gigapixels.avif": lambda: _patched(".avif", b"ispe", 8, struct.pack(">LL", 60_000, 60_000)),
    "jp2-of-gigapixels.jp2": lambda: _patched(".jp2", b"\xff\x51", 6, struct.pack(">LL", 60_000, 60_000)),
    "xmp-laughs.png": lambda: _in_png(_laughs()),
    "xmp-namespaces.png": lambda: _in_png(_namespaces(1_500)),
    "xmp-properties.png": lambda: _in_png(_properties(3_000)),
    "xmp-nested.png": lambda: _in_png(_nested(50_000)),
    "xmp-items.png": lambda: _in_png(_items(60_000)),
    **REFUSED,
}
"""Photos by name."""

SIDECARS: dict[str, Callable[[], bytes]] = {
    "laughs": _laughs,
    "quadratic": _quadratic,
    "outside": _outside,
    "namespaces": lambda: _namespaces(30_000),
    "properties": lambda: _properties(80_000),
    "nested": lambda: _nested(200_000),
    "items": lambda: _items(100_000),
    "huge": lambda: _xmp("<dc:a>" + "a" * 40_000_000 + "</dc:a>"),
    "zeros": lambda: bytes(40_000_000),
}
"""Sidecars by what is in them."""


def write_photo(folder: Path, name: str) -> Path:
    """Put one of :data:`PHOTOS` into a folder."""
    path = folder / name
    path.write_bytes(PHOTOS[name]())
    return path


def write_sidecar(folder: Path, name: str) -> Path:
    """Put one of :data:`SIDECARS` beside a sound photo."""
    photo = sound_photo(folder / "IMG_1.jpg")
    sidecar = photo.with_name("IMG_1.jpg.xmp")
    sidecar.write_bytes(SIDECARS[name]())
    return sidecar
