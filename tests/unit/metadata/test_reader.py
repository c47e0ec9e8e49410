"""When and where a photo was taken, as its metadata says; nonsense is None, and only broken files are errors."""

from datetime import datetime
from pathlib import Path

import pytest

from landmark_desktop.core.errors import ErrorCode, KnownError, MetadataError
from landmark_desktop.core.photo import PhotoFacts
from landmark_desktop.metadata.reader import FoundLocation, read_facts, read_location
from landmark_desktop.metadata.walked import parse_time
from tests.unit.metadata.helpers import FORMATS, SIDECARS, MakePhoto, set_metadata

GPS = {
    "Exif.GPSInfo.GPSLatitudeRef": "N",
    "Exif.GPSInfo.GPSLatitude": "48/1 51/1 3013/100",
    "Exif.GPSInfo.GPSLongitudeRef": "W",
    "Exif.GPSInfo.GPSLongitude": "2/1 17/1 4013/100",
}


@pytest.mark.parametrize("suffix", FORMATS)
def test_time_and_position_are_read_from_every_format(suffix: str, make_photo: MakePhoto) -> None:
    photo = make_photo(f"a.{suffix}", Exif__Photo__DateTimeOriginal="2024:05:01 10:11:12")
    set_metadata(photo, GPS)
    facts = read_facts(photo)
    assert facts.taken_at == datetime(2024, 5, 1, 10, 11, 12)
    assert facts.latitude == pytest.approx(48.8583694, abs=1e-6)
    assert facts.longitude == pytest.approx(-2.2944806, abs=1e-6)
    assert (facts.width, facts.height) == (None, None)


@pytest.mark.parametrize("name", ["a.jpg", "a.heic"])
def test_a_photo_without_metadata_has_no_facts(name: str, make_photo: MakePhoto) -> None:
    photo = make_photo(name)
    assert read_facts(photo) == PhotoFacts()
    assert read_location(photo).is_empty


@pytest.mark.parametrize("content", [b"", b"just some text", b"BM" + bytes(60), b"GIF89a" + bytes(20)])
def test_files_that_hold_no_metadata_have_no_facts(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(content)
    assert read_facts(path) == PhotoFacts()


@pytest.mark.parametrize("cut", [10, 60])
def test_a_damaged_header_is_a_known_error(cut: int, make_photo: MakePhoto) -> None:
    photo = make_photo(Exif__Image__Artist="me")
    photo.write_bytes(photo.read_bytes()[:cut])
    for read in (read_facts, read_location):
        with pytest.raises(MetadataError) as caught:
            read(photo)
        assert caught.value.code is ErrorCode.METADATA_UNREADABLE


def test_a_missing_photo_is_a_known_error(tmp_path: Path) -> None:
    with pytest.raises(KnownError) as caught:
        read_facts(tmp_path / "gone.jpg")
    assert caught.value.code is ErrorCode.FILE_MISSING


def test_the_original_time_wins_over_the_digitised_one_and_xmp(make_photo: MakePhoto) -> None:
    xmp = {"Xmp__exif__DateTimeOriginal": "2022-01-01T00:00:00+02:00"}
    digitised = {"Exif__Photo__DateTimeDigitized": "2023:01:01 00:00:00", **xmp}
    original = {"Exif__Photo__DateTimeOriginal": "2024:01:01 00:00:00", **digitised}
    years = [
        getattr(read_facts(make_photo(f"{n}.jpg", **values)).taken_at, "year", None)
        for n, values in enumerate((original, digitised, xmp))
    ]
    assert years == [2024, 2023, 2022]


def test_a_blank_original_time_falls_back(make_photo: MakePhoto) -> None:
    photo = make_photo(
        Exif__Photo__DateTimeOriginal="0000:00:00 00:00:00", Exif__Photo__DateTimeDigitized="2023:01:01 00:00:00"
    )
    taken_at = read_facts(photo).taken_at
    assert taken_at is not None
    assert taken_at.year == 2023


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024:05:01 10:11:12", (2024, 5, 1, 10, 11, 12)),
        ("2024-05-01T10:11:12.37+02:00", (2024, 5, 1, 10, 11, 12)),
        ("2024-05-01T10:11Z", (2024, 5, 1, 10, 11, 0)),
        ("2024:05:01 10:11:12\0", (2024, 5, 1, 10, 11, 12)),
        ("2024-05-01", None),
        ("0000:00:00 00:00:00", None),
        ("    :  :     :  :  ", None),
        ("2024:13:01 10:11:12", None),
        ("2024:02:30 10:11:12", None),
        ("2024:05:01 24:00:00", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_times_that_make_no_sense_are_none(text: str, expected: tuple[int, ...] | None) -> None:
    assert parse_time(text) == (None if expected is None else datetime(*expected))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "change",
    [
        {"Exif.GPSInfo.GPSLatitudeRef": ""},
        {"Exif.GPSInfo.GPSLatitudeRef": "X"},
        {"Exif.GPSInfo.GPSLongitudeRef": "N"},
        {"Exif.GPSInfo.GPSLatitude": "0/0 0/0 0/0"},
        {"Exif.GPSInfo.GPSLatitude": "91/1 0/1 0/1"},
        {"Exif.GPSInfo.GPSLongitude": "181/1 0/1 0/1"},
        {"Exif.GPSInfo.GPSLatitude": "48/1 51/1"},
        {
            "Exif.GPSInfo.GPSLatitude": "0/1 0/1 0/1",
            "Exif.GPSInfo.GPSLongitude": "0/1 0/1 0/1",
            "Exif.GPSInfo.GPSLatitudeRef": "\0",
            "Exif.GPSInfo.GPSLongitudeRef": "\0",
        },
    ],
)
def test_positions_that_make_no_sense_are_none(change: dict[str, str], make_photo: MakePhoto) -> None:
    photo = make_photo()
    set_metadata(photo, {**GPS, **change})
    assert read_facts(photo).has_gps is False


def test_a_sidecar_gives_the_position_that_the_photo_lacks(make_photo: MakePhoto) -> None:
    photo = make_photo()
    text = (SIDECARS / "lightroom.xmp").read_text("utf-8")
    photo.with_name("IMG_1.xmp").write_text(
        text.replace('exif:ExifVersion="0232"', 'exif:GPSLatitude="10,30.5S" exif:GPSLongitude="20,15,30E"'), "utf-8"
    )
    facts = read_facts(photo)
    assert (facts.latitude, facts.longitude) == pytest.approx((-10.508333, 20.258333), abs=1e-6)
    assert facts.taken_at is not None  # photoshop:DateCreated
    set_metadata(photo, GPS)
    assert read_facts(photo).latitude == pytest.approx(48.8583694, abs=1e-6)


def test_places_of_other_programs_are_found(make_photo: MakePhoto) -> None:
    photo = make_photo(Xmp__photoshop__City="Paris", Iptc__Application2__CountryName="France")
    photo.with_name("IMG_1.jpg.xmp").write_bytes((SIDECARS / "lightroom.xmp").read_bytes())
    found = read_location(photo)
    (place,) = found.shown
    assert (place.name, place.city) == ("Palais de Chaillot", "Paris")
    assert place.ids == ("https://example.org/place/chaillot",)
    assert found.legacy is not None
    assert (found.legacy.city, found.legacy.country) == ("Paris", "France")
    assert found.mark is None
    assert found != FoundLocation()


def test_a_damaged_sidecar_is_an_error_where_its_places_are_asked_for(make_photo: MakePhoto) -> None:
    photo = make_photo()
    photo.with_name("IMG_1.jpg.xmp").write_bytes(b"broken")
    with pytest.raises(MetadataError) as caught:
        read_location(photo)
    assert caught.value.code is ErrorCode.SIDECAR_DAMAGED


def test_messages_of_the_library_never_reach_stderr(
    make_photo: MakePhoto, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    photo = make_photo(Xmp__dc__source="here")
    photo.write_bytes(photo.read_bytes().replace(b"</rdf:RDF>", b"<!rdf:RDF>"))
    read_facts(photo)
    assert capfd.readouterr().err == ""
    assert any(record.name == "exiv2" for record in caplog.records)
