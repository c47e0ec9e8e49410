"""Reading the head of a JPEG only, and leaving out what nobody asks for, changes no answer."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landmark_desktop.core.photo import FileIdentity, Photo
from landmark_desktop.metadata import exiv2_io
from landmark_desktop.metadata.jpeg_head import FIRST_BYTES, head_of, read_head
from landmark_desktop.metadata.reader import read_listed, read_metadata
from landmark_desktop.metadata.reading_wire import pack
from tests import pictures
from tests.unit.metadata.helpers import set_metadata

SETTINGS = {
    **{f"Xmp.crs.{name}": "+12" for name in ("Exposure2012", "Contrast2012", "Vibrance", "Tint")},
    "Xmp.photoshop.Headline": "text",
    "Iptc.Application2.Headline": "text",
}
ANSWERS = {
    "Exif.Photo.DateTimeOriginal": "2024:05:01 10:11:12",
    "Exif.Photo.DateTimeDigitized": "2024:05:02 10:11:12",
    "Xmp.exif.DateTimeOriginal": "2024-05-03T10:11:12",
    "Xmp.photoshop.DateCreated": "2024-05-04T10:11:12",
    "Xmp.exif.DateTimeDigitized": "2024-05-05T10:11:12",
    "Xmp.xmp.CreateDate": "2024-05-06T10:11:12",
    "Xmp.exif.GPSLatitude": "48,51.5N",
    "Xmp.exif.GPSDestLatitude": "48,51.5N",
    "Xmp.iptc.Location": "Champ de Mars",
    "Xmp.iptc.CountryCode": "FR",
    "Xmp.photoshop.City": "Paris",
    "Xmp.photoshop.State": "Île-de-France",
    "Xmp.photoshop.Country": "France",
    "Xmp.iptcExt.LocationShown": "a text where a list should be",
    "Xmp.iptcExt.LocationCreated": "a text where a list should be",
    "Xmp.dc.subject": "tower",
    "Xmp.digiKam.TagsList": "Places/Paris",
    "Xmp.lr.hierarchicalSubject": "Places|Paris",
    "Xmp.lmd.LandmarkId": "eiffel_tower",
    "Iptc.Application2.Keywords": "tower",
    "Iptc.Application2.SubLocation": "Champ de Mars",
    "Iptc.Application2.City": "Paris",
    "Iptc.Application2.ProvinceState": "IDF",
    "Iptc.Application2.CountryName": "France",
    "Iptc.Application2.CountryCode": "FRA",
}
"""Every key that the reader asks for outside positions in EXIF, and something it may say."""


def photo(path: Path, fields: dict[str, str]) -> Path:
    pictures.save(path, pictures.scene(32, 24))
    both = dict(fields)
    if "Xmp.exif.GPSLatitude" in both:
        both["Xmp.exif.GPSLongitude"] = "2,17.7E"
    if "Xmp.exif.GPSDestLatitude" in both:
        both["Xmp.exif.GPSDestLongitude"] = "2,17.7E"
    set_metadata(path, both)
    return path


def whole(path: Path) -> Photo:
    return Photo(0, path, FileIdentity(0, 0))


def same_answer(path: Path) -> bool:
    """True if the quick way finds what the thorough one finds."""
    return pack(read_listed(str(path), lambda: whole(path), None)) == pack(read_metadata(whole(path)))


@pytest.mark.parametrize("key", ANSWERS)
def test_each_answer_is_found_alone_and_among_settings(tmp_path: Path, key: str) -> None:
    for number, others in enumerate(({}, SETTINGS)):
        path = photo(tmp_path / f"{number}.jpg", {**others, key: ANSWERS[key]})
        assert same_answer(path)
        found = read_metadata(whole(path))
        says = found.facts.taken_at or found.facts.has_gps or found.keywords or found.location != type(found.location)()
        assert says or key.endswith(("LocationShown", "LocationCreated"))


@given(st.sets(st.sampled_from(sorted(ANSWERS)), max_size=4))
def test_answers_are_found_together(tmp_path_factory: pytest.TempPathFactory, keys: set[str]) -> None:
    path = photo(tmp_path_factory.mktemp("photos") / "a.jpg", {**SETTINGS, **{key: ANSWERS[key] for key in keys}})
    assert same_answer(path)


def test_what_nobody_asks_for_is_left_out(tmp_path: Path) -> None:
    path = photo(tmp_path / "a.jpg", {**SETTINGS, "Exif.Photo.DateTimeOriginal": "2024:05:01 10:11:12"})
    head = read_head(str(path))
    assert head is not None
    assert not head.hides_dates
    with exiv2_io.LOCK:
        document = exiv2_io.read_many(head.data)
        assert document is not None
        assert document.exif.count() > 0
        assert document.xmp.empty()
        assert document.iptc.empty()


def test_other_formats_and_strange_files_are_left_to_exiv2(tmp_path: Path) -> None:
    png = pictures.save(tmp_path / "a.png", pictures.scene(32, 24))
    assert read_head(str(png)) is None
    data = photo(tmp_path / "a.jpg", SETTINGS).read_bytes()
    scan = data.index(b"\xff\xda")
    assert head_of(data) is not None
    for strange in (
        b"\xff\xd8",
        data[:scan],
        b"\xff\xd8\xff\xd8" + data[2:],
        b"\xff\xd8\xff\xff" + data[2:],
        data[:2] + b"\0" * 50,
    ):
        assert head_of(strange) is None
    assert head_of(b"\xff\xd8\xff\xe1\0\1" + data[2:]) is None  # a length that is none


def test_long_heads_are_read_to_their_end(tmp_path: Path) -> None:
    path = photo(tmp_path / "a.jpg", {"Exif.Photo.DateTimeOriginal": "2024:05:01 10:11:12"})
    data = path.read_bytes()
    comment = b"\xff\xfe\xff\xff" + bytes(65533)
    path.write_bytes(data[:2] + comment * 3 + data[2:])
    assert path.read_bytes().index(b"Exif") > FIRST_BYTES
    assert read_head(str(path)) is not None
    assert same_answer(path)
    path.write_bytes(data[:2] + comment * 40 + data[2:])
    assert read_head(str(path)) is None
    assert same_answer(path)


def test_packets_that_cannot_be_searched_are_parsed(tmp_path: Path) -> None:
    path = photo(tmp_path / "a.jpg", {**SETTINGS, "Xmp.photoshop.City": "Paris"})
    data = path.read_bytes()
    start = data.index(b"http://ns.adobe.com/xap/1.0/\0")
    name = b"http://ns.adobe.com/xap/1.0/\0"
    length = int.from_bytes(data[start - 2 : start], "big")
    packet = data[start + len(name) : start - 2 + length].rstrip()[:6000].decode("utf-8").encode("utf-16-be")
    segment = name + b"\xfe\xff" + packet
    path.write_bytes(data[: start - 2] + (len(segment) + 2).to_bytes(2, "big") + segment + data[start - 2 + length :])
    head = read_head(str(path))
    assert head is not None
    assert name in head.data
    assert same_answer(path)


@given(st.binary(max_size=300))
def test_no_bytes_are_too_strange(data: bytes) -> None:
    head_of(b"\xff\xd8" + data)
    head_of(b"\xff\xd8\xff\xe1" + data)
