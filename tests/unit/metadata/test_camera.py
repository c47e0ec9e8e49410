"""How a photo was taken: read from EXIF, also through the process that reads for the window."""

from pathlib import Path

import pytest

from landmark_desktop.core.camera import CameraFacts
from landmark_desktop.metadata.camera import read_camera
from landmark_desktop.metadata.reading import MetadataReader
from tests import pictures
from tests.unit.metadata.helpers import set_metadata

FIELDS = {
    "Exif.Image.Make": "Canon",
    "Exif.Image.Model": "Canon EOS R6",
    "Exif.Photo.LensModel": "RF24-105mm F4 L IS USM",
    "Exif.Photo.ExposureTime": "1/250",
    "Exif.Photo.FNumber": "8/1",
    "Exif.Photo.ISOSpeedRatings": "100",
    "Exif.Photo.FocalLength": "350/10",
    "Exif.Photo.FocalLengthIn35mmFilm": "35",
    "Exif.Photo.OffsetTimeOriginal": "+02:00",
}
FACTS = CameraFacts("Canon EOS R6", "RF24-105mm F4 L IS USM", (1, 250), 8.0, 100, 35.0, 35, "+02:00")


def photo_with(folder: Path, fields: dict[str, str]) -> Path:
    """A photo with these fields, where they are not empty."""
    path = pictures.photo(folder / "a.jpg", size=(64, 48))
    set_metadata(path, {key: value for key, value in fields.items() if value})
    return path


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    return photo_with(tmp_path, FIELDS)


def test_camera_lens_and_exposure_are_read(photo: Path) -> None:
    assert read_camera(photo) == FACTS


def test_what_crosses_to_another_process_comes_back_the_same(photo: Path) -> None:
    reader = MetadataReader()
    try:
        assert reader.read_camera(photo) == FACTS
        assert reader.read_camera(photo.with_name("gone.jpg")) == CameraFacts()
    finally:
        reader.close()
    assert CameraFacts.unpack(CameraFacts().pack()) == CameraFacts()


@pytest.mark.parametrize(
    ("make", "model", "called"),
    [
        ("Canon", "Canon EOS R6", "Canon EOS R6"),
        ("NIKON CORPORATION", "NIKON D70", "NIKON D70"),
        ("NIKON", "COOLPIX P6000", "Nikon COOLPIX P6000"),
        ("SONY", "ILCE-7M4", "SONY ILCE-7M4"),
        ("EASTMAN KODAK COMPANY", "KODAK CX7530", "KODAK CX7530"),
        ("Apple", "iPhone 13", "Apple iPhone 13"),
        ("Apple", "", "Apple"),
        ("", "X100", "X100"),
    ],
)
def test_a_camera_is_called_as_people_call_it(tmp_path: Path, make: str, model: str, called: str) -> None:
    fields = {"Exif.Image.Make": make, "Exif.Image.Model": model}
    assert read_camera(photo_with(tmp_path, fields)).camera == called


@pytest.mark.parametrize("value", ["0/1", "1/0", "-1/3"])
def test_numbers_that_are_none_are_left_out(tmp_path: Path, value: str) -> None:
    path = photo_with(tmp_path, {"Exif.Photo.ExposureTime": value, "Exif.Photo.FNumber": "4/1"})
    assert read_camera(path) == CameraFacts(aperture=4.0)


def test_a_broken_file_says_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(b"no photo at all")
    assert read_camera(path) == CameraFacts()
