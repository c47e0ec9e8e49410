"""What a file is, told by its content."""

import io
import struct
from pathlib import Path

import pytest

from landmark_desktop.core.photo import PHOTO_SUFFIXES, RAW_SUFFIXES
from landmark_desktop.imaging.kinds import HEIF, JPEG, JPEG_2000, RAW, TIFF, UNKNOWN, Kind, kind_of
from tests import camera_files, pictures
from tests.camera_files import LONG, SHORT, Directory


def kind(data: bytes, name: str = "a.jpg") -> Kind:
    return kind_of(io.BytesIO(data), name)


@pytest.mark.parametrize(
    ("suffix", "expected"),
    [
        (".jpg", "JPEG"),
        (".png", "PNG"),
        (".tif", "TIFF"),
        (".webp", "WebP"),
        (".gif", "GIF"),
        (".bmp", "BMP"),
        (".heic", "HEIF"),
        (".avif", "HEIF"),
        (".jp2", "JPEG 2000"),
    ],
)
def test_pictures_are_known_by_their_first_bytes(tmp_path: Path, suffix: str, expected: str) -> None:
    path = pictures.save(tmp_path / f"a{suffix}", pictures.corners())
    assert kind(path.read_bytes(), "a.nef").name == expected


@pytest.mark.parametrize(
    "head",
    [
        b"\0\0\0\x18ftypcrx \0\0\0\1",
        b"FUJIFILMCCD-RAW 0201",
        b"IIU\0\x08\0\0\0",
        b"IIRO\x08\0\0\0",
        b"IIRS\x08\0\0\0",
        b"MMOR\0\0\0\x08",
        b"\0MRM\0\0\0\0",
        b"FOVb\0\0\0\0",
        b"II\x1a\0\0\0HEAPCCDR",
        b"II*\0\x10\0\0\0CR\2\0",
        b"II*\0\x08\0\0\0IIII",
    ],
)
def test_raw_files_are_known_by_their_first_bytes(head: bytes) -> None:
    assert kind(head.ljust(64, b"\0")) is RAW


def plain(photometric: int, **tags: tuple[int, list[int]]) -> Directory:
    return Directory({256: (LONG, [8]), 257: (LONG, [8]), 262: (SHORT, [photometric])})


def test_a_tiff_is_raw_if_one_of_its_directories_is() -> None:
    assert kind(camera_files.tiff([plain(2)]), "a.nef") is TIFF
    assert kind(camera_files.tiff([plain(32803)])) is RAW
    assert kind(camera_files.tiff([plain(34892)])) is RAW
    assert kind(camera_files.tiff([plain(2), plain(32803)])) is RAW
    below = plain(2)
    below.below = [plain(2), plain(32803)]
    assert kind(camera_files.tiff([below])) is RAW
    marked = plain(2)
    marked.tags[50706] = (camera_files.BYTE, bytes([1, 4, 0, 0]))
    assert kind(camera_files.tiff([marked])) is RAW


def test_big_tiffs_are_tiffs() -> None:
    entry = struct.pack("<HHQQ", 262, SHORT, 1, 32803)
    raw = b"II+\0" + struct.pack("<HHQ", 8, 0, 16) + struct.pack("<Q", 1) + entry + bytes(8)
    assert kind(raw) is RAW
    assert kind(raw.replace(struct.pack("<Q", 32803), struct.pack("<Q", 2))) is TIFF


@pytest.mark.parametrize("order", ["<", ">"])
def test_directories_in_rings_and_without_end_are_given_up(order: str) -> None:
    mark = b"II*\0" if order == "<" else b"MM\0*"
    # 5,000 directories, each pointing to the next and, as its sub-directory, to the one before; the last to the first.
    size = 2 + 12 + 4
    count = 5_000
    parts = [mark + struct.pack(order + "L", 8)]
    for number in range(count):
        following = 8 + (number + 1) % count * size
        before = 8 + max(0, number - 1) * size
        parts.append(struct.pack(order + "HHHLLL", 1, 330, LONG, 1, before, following))
    data = io.BytesIO(b"".join(parts))
    reads = []

    class Counting(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            reads.append(size)
            return super().read(size)

    assert kind_of(Counting(data.getvalue()), "a.tif") is TIFF
    assert len(reads) < 100


@pytest.mark.parametrize("offset", [0, 7, 2**31, 2**32 - 1])
def test_a_directory_that_is_not_there(offset: int) -> None:
    assert kind(b"II*\0" + struct.pack("<L", offset)) is TIFF


def test_without_a_known_mark_the_name_may_still_say_raw() -> None:
    assert kind(bytes(100), "a.jpg") is UNKNOWN
    assert kind(bytes(100), "a.KDC") is RAW
    assert kind(b"", "a.jpg") is UNKNOWN


def test_risky_decoders_are_marked() -> None:
    assert [known.risky for known in (HEIF, RAW, JPEG_2000, JPEG, TIFF)] == [True, True, True, False, False]


def test_raw_files_are_taken_for_photos_but_films_are_not() -> None:
    assert {".cr2", ".cr3", ".nef", ".arw", ".dng", ".rw2", ".orf", ".raf", ".pef", ".srw"} <= PHOTO_SUFFIXES
    assert {".ari", ".eip", ".r3d"} == RAW_SUFFIXES - PHOTO_SUFFIXES
