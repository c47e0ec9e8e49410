"""Coordinates and places in the notations of EXIF and XMP."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landmark_desktop.metadata.fields import clean_text, cut_utf8
from landmark_desktop.metadata.places import (
    Place,
    exif_coordinate,
    parse_exif_coordinate,
    parse_xmp_coordinate,
    xmp_coordinate,
)

LATITUDES = st.floats(-90, 90)
LONGITUDES = st.floats(-180, 180)


@given(LATITUDES)
def test_exif_latitudes_come_back_within_a_centimetre(degrees: float) -> None:
    text = exif_coordinate(degrees)
    assert parse_exif_coordinate(text, "NS"[degrees < 0], "NS", 90.0) == pytest.approx(degrees, abs=1e-7)
    whole, minutes, seconds = (int(part.split("/")[0]) for part in text.split())
    assert (whole <= 90, minutes < 60, seconds < 600_000) == (True, True, True)


@given(LONGITUDES)
def test_xmp_longitudes_come_back_within_a_centimetre(degrees: float) -> None:
    text = xmp_coordinate(degrees, "EW")
    assert parse_xmp_coordinate(text, "EW", 180.0) == pytest.approx(degrees, abs=1e-7)
    assert float(text.split(",")[1][:-1]) < 60


def test_rounding_carries_into_minutes_and_degrees() -> None:
    assert exif_coordinate(48.9999999999) == "49/1 0/1 0/10000"
    assert xmp_coordinate(-48.9999999999, "NS") == "49,0.000000S"


@pytest.mark.parametrize("text", ["", "48,51.5", "48,51.5E", "91,0.0N", "-1,0N", "48.5N", "a,bN", "48,51,30,1N"])
def test_texts_that_are_no_latitude_are_none(text: str) -> None:
    assert parse_xmp_coordinate(text, "NS", 90.0) is None


@pytest.mark.parametrize("text", ["", "48/1", "-1/1 0/1 0/1", "1/0 0/1 0/1", "a b c"])
def test_rationals_that_are_no_latitude_are_none(text: str) -> None:
    assert parse_exif_coordinate(text, "N", "NS", 90.0) is None


def test_places_are_the_same_by_name_or_identifier() -> None:
    tower = Place(name="Eiffel Tower", ids=("https://example.org/1",))
    assert tower.is_same_as(Place(name="EIFFEL TOWER"))
    assert tower.is_same_as(Place(name="Tour Eiffel", ids=("https://example.org/1", "x")))
    assert not tower.is_same_as(Place(name="Louvre", ids=("https://example.org/2",)))
    assert not Place(city="Paris").is_same_as(Place(city="Paris"))


def test_a_place_in_one_line() -> None:
    place = Place("Eiffel Tower", city="Paris", country="France", country_code="FR", latitude=48.85837, longitude=2.0)
    assert place.text == "Eiffel Tower, Paris, France (FR), 48.858370, 2.000000"
    assert Place(country_code="FR").text == "FR"


@given(st.text(), st.integers(0, 40))
def test_texts_are_cut_at_a_character(text: str, limit: int) -> None:
    cut = cut_utf8(text, limit)
    assert len(cut.encode()) <= limit
    assert text.startswith(cut)


def test_characters_that_xml_cannot_hold_are_dropped() -> None:
    assert clean_text(" a\x00\x0b\x1fb\ufffe ") == "ab"
