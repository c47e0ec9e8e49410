"""What a photo's own XMP asks of Exiv2 is known before Exiv2 sees it."""

import io
import struct
import zlib
from pathlib import Path

import pillow_heif
import pytest
from PIL import Image

from landmark_desktop.core.errors import ErrorCode, MetadataError
from landmark_desktop.core.photo import FileIdentity, Photo
from landmark_desktop.core.tag import WriteMode
from landmark_desktop.metadata import writer, xmp_text
from landmark_desktop.metadata.box_xmp import MAX_BOXES
from landmark_desktop.metadata.embedded_xmp import packets_in
from landmark_desktop.metadata.exiv2_io import LOCK, read_photo
from landmark_desktop.metadata.reader import read_metadata
from landmark_desktop.metadata.xmp_text import TooMuchMetadataError, check_embedded
from tests.camera_files import ASCII, BYTE, Directory, tiff
from tests.unit.metadata.helpers import MakeRequest, no_temp_files, read_exiv2

XMP = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">{0}</rdf:Description></rdf:RDF></x:xmpmeta>'
)
SMALL = XMP.format("<dc:format>small</dc:format>").encode()
MANY = XMP.format("".join(f'<n{n}:a xmlns:n{n}="http://e.org/{n}/">x</n{n}:a>' for n in range(xmp_text.MAX_NAMES + 1)))
KEYWORDS = XMP.format(f"<dc:subject><rdf:Bag>{'<rdf:li>keyword</rdf:li>' * 5_000}</rdf:Bag></dc:subject>").encode()
"""Larger than what is left unlooked at, and harmless."""


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">L", len(data)) + kind + data + struct.pack(">L", zlib.crc32(kind + data))


def saved(kind: str, **options: bytes) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (8, 8), "teal").save(buffer, kind, **options)
    return buffer.getvalue()


def png(kind: bytes, data: bytes) -> bytes:
    plain = saved("PNG")
    return plain[:33] + chunk(kind, data) + plain[33:]  # behind the signature and IHDR


def tif(packet: bytes) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (8, 8), "teal").save(buffer, "TIFF", tiffinfo={700: packet})
    return buffer.getvalue()


def raw_profile(packet: bytes) -> bytes:
    return f"\nxmp\n{len(packet):8}\n".encode() + packet.hex().encode() + b"\n"


def box(kind: bytes, *parts: bytes, wide: bool = False) -> bytes:
    data = b"".join(parts)
    if wide:
        return struct.pack(">L4sQ", 1, kind, len(data) + 16) + data
    return struct.pack(">L4s", len(data) + 8, kind) + data


def heic(**options: bytes) -> bytes:
    buffer = io.BytesIO()
    pillow_heif.from_pillow(Image.new("RGB", (64, 64), "teal")).save(buffer, **options)
    return buffer.getvalue()


XMP_UUID = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
CANON_UUID = bytes.fromhex("85c0b687820f11e08111f4ce462b6a48")


def cr3(*boxes: bytes, canon: bytes = b"") -> bytes:
    """The boxes of a raw file of Canon's, without its picture."""
    settings = canon or box(b"CMT1", tiff([Directory({271: (ASCII, b"Canon\0")})]))
    head = box(b"ftyp", b"crx \0\0\0\1crx isom")
    canon_s = box(b"uuid", CANON_UUID, box(b"CNCV", b"CanonCR3_001"), settings)
    return head + box(b"moov", canon_s) + b"".join(boxes) + box(b"mdat", bytes(64))


KINDS = {
    "plain.png": lambda xmp: png(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + xmp),
    "packed.png": lambda xmp: png(b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0" + zlib.compress(xmp)),
    "profile.png": lambda xmp: png(b"tEXt", b"Raw profile type xmp\0" + raw_profile(xmp)),
    "packed-profile.png": lambda xmp: png(b"zTXt", b"Raw profile type xmp\0\0" + zlib.compress(raw_profile(xmp))),
    "photo.webp": lambda xmp: saved("WEBP", xmp=xmp),
    "photo.tif": tif,
    "photo.heic": lambda xmp: heic(xmp=xmp),
    "photo.avif": lambda xmp: saved("AVIF", xmp=xmp),
    "photo.jp2": lambda xmp: saved("JPEG2000") + box(b"uuid", XMP_UUID, xmp),
    "photo.cr3": lambda xmp: cr3(box(b"uuid", XMP_UUID, xmp)),
    "wide.cr3": lambda xmp: cr3(box(b"free"), box(b"uuid", XMP_UUID, xmp, wide=True)),
}
IN_EXIF = {
    "exif.png": lambda xmp: png(b"eXIf", tiff([Directory({700: (BYTE, xmp)})])),
    "exif.heic": lambda xmp: heic(exif=b"Exif\0\0" + tiff([Directory({700: (BYTE, xmp)})])),
    "exif.cr3": lambda xmp: cr3(canon=box(b"CMT1", tiff([Directory({700: (BYTE, xmp)})]))),
    "exif.webp": lambda xmp: saved("WEBP", exif=b"Exif\0\0" + tiff([Directory({700: (BYTE, xmp)})])),
}


@pytest.mark.parametrize("name", KINDS)
def test_the_packet_that_exiv2_reads_is_found(name: str, tmp_path: Path) -> None:
    data = KINDS[name](SMALL)
    path = tmp_path / name
    path.write_bytes(data)
    assert packets_in(data, 10_000) == packets_in(path, 10_000) == [SMALL]
    assert read_exiv2(path)["Xmp.dc.format"] == "small"


@pytest.mark.parametrize("name", IN_EXIF)
def test_a_packet_in_exif_is_found(name: str) -> None:
    assert packets_in(IN_EXIF[name](SMALL), 10_000) == [SMALL]


def test_big_endian_tiffs_are_followed() -> None:
    entry = struct.pack(">HHLL", 700, 1, len(SMALL), 26)
    data = b"MM\0*" + struct.pack(">LH", 8, 1) + entry + bytes(4) + SMALL
    assert packets_in(data, 10_000) == [SMALL]


@pytest.mark.parametrize("name", KINDS | IN_EXIF)
def test_a_file_that_is_cut_off_anywhere_raises_nothing(name: str) -> None:
    data = (KINDS | IN_EXIF)[name](SMALL)
    for length in range(len(data)):
        packets_in(data[:length], 10_000)


def test_a_file_of_countless_boxes_is_refused_in_time() -> None:
    with pytest.raises(TooMuchMetadataError, match="more parts"):
        packets_in(cr3(box(b"free") * (MAX_BOXES + 1)), 10_000)


def test_boxes_that_are_nested_without_end_are_refused() -> None:
    nested = b""
    for _ in range(MAX_BOXES + 1):
        nested = struct.pack(">L4s", len(nested) + 8, b"moov") + nested
    with pytest.raises(TooMuchMetadataError, match="more parts"):
        packets_in(box(b"ftyp", b"crx ") + nested, 10_000)


def items(count: int, start: int, length: int) -> bytes:
    """A HEIC whose items are all EXIF, and lie in the same place."""
    entries = b"".join(struct.pack(">HHHLL", number % 65536, 0, 1, start, length) for number in range(count))
    places = box(b"iloc", bytes(4), b"\x44\0", struct.pack(">H", count % 65536), entries)
    infos = [box(b"infe", b"\2\0\0\0" + struct.pack(">HH", number, 0) + b"Exif\0\0") for number in range(100)]
    return box(b"ftyp", b"heic") + box(b"meta", bytes(4), box(b"iinf", bytes(6), *infos), places) + bytes(100_000)


def test_items_that_are_read_again_and_again_are_refused() -> None:
    with pytest.raises(TooMuchMetadataError, match="EXIF is larger"):
        packets_in(items(100, 10, 90_000), 1 << 20)
    with pytest.raises(TooMuchMetadataError, match="more parts"):
        packets_in(items(MAX_BOXES + 1, 10, 10), 1 << 20)


def test_no_more_is_unpacked_than_was_asked_for() -> None:
    data = KINDS["packed.png"](bytes(50_000_000))
    assert [len(packet) for packet in packets_in(data, 1_000)] == [1_001]


@pytest.mark.parametrize("name", KINDS | IN_EXIF)
@pytest.mark.parametrize("mode", WriteMode)
def test_a_photo_whose_xmp_would_take_forever_is_refused(
    name: str, mode: WriteMode, tmp_path: Path, make_request: MakeRequest
) -> None:
    path = tmp_path / name
    path.write_bytes((KINDS | IN_EXIF)[name](MANY.encode()))
    before = path.read_bytes()
    for refused in (
        lambda: read_metadata(Photo(1, path, FileIdentity.of(path, with_content=True))),
        lambda: writer.plan_tag(make_request(path, mode=mode)),
    ):
        with pytest.raises(MetadataError, match="more parts than any program writes") as caught:
            refused()
        assert caught.value.code is ErrorCode.METADATA_UNREADABLE
    assert path.read_bytes() == before
    no_temp_files(tmp_path)


@pytest.mark.parametrize("name", ["plain.png", "photo.webp", "photo.tif"])
@pytest.mark.parametrize("mode", WriteMode)
def test_a_photo_with_thousands_of_keywords_is_tagged(
    name: str, mode: WriteMode, tmp_path: Path, make_request: MakeRequest
) -> None:
    assert len(KEYWORDS) > xmp_text.HARMLESS_BYTES
    path = tmp_path / name
    path.write_bytes(KINDS[name](KEYWORDS))
    change = writer.plan_tag(make_request(path, mode=mode))
    writer.write_tag(change)
    assert read_exiv2(change.target)["Xmp.dc.subject"].count("keyword") == 5_000


@pytest.mark.parametrize(
    ("packets", "reason"),
    [
        ([b" " * (xmp_text.MAX_PACKET_BYTES + 1)], "larger than 32 MB"),
        ([MANY.encode()[: len(MANY) // 2]] * 2, "more parts"),
        ([XMP.format("<dc:a/>" * (xmp_text.MAX_ELEMENTS + 1)).encode()], "more parts"),
        (
            [b'<?xml version="1.0" encoding="ISO-8859-1"?>' + MANY.replace("x<", "\xe9<").encode("latin-1")],
            "more parts",
        ),
        ([b"<!DOCTYPE x [<!ENTITY a 'b'>]>" + KEYWORDS], "document type"),
    ],
    ids=["bytes", "names of two", "elements", "another encoding", "document type"],
)
def test_what_exiv2_must_not_see_is_refused(packets: list[bytes], reason: str) -> None:
    with pytest.raises(TooMuchMetadataError, match=reason):
        check_embedded(packets)


def test_damaged_xmp_of_ordinary_size_is_left_to_exiv2() -> None:
    damaged = XMP.format(f"<dc:format>{'a' * xmp_text.HARMLESS_BYTES}</dc:format>").encode()[:-10]
    with LOCK:
        assert read_photo(tif(damaged)).xmp.empty()
