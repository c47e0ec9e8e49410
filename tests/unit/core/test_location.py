"""Locations and great-circle distances."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landmark_desktop.core.location import EARTH_RADIUS_KM, Location, great_circle_km

latitudes = st.floats(-90, 90)
longitudes = st.floats(-180, 180)

EIFFEL_TOWER = (48.85837, 2.29448)
STATUE_OF_LIBERTY = (40.68925, -74.0445)


@pytest.mark.parametrize(
    ("a", "b", "kilometres"),
    [
        # One degree of a great circle, a quarter and a half of the sphere, by the definition of the mean radius.
        ((0, 0), (0, 1), EARTH_RADIUS_KM * math.pi / 180),
        ((0, 0), (1, 0), EARTH_RADIUS_KM * math.pi / 180),
        ((0, 0), (90, 0), EARTH_RADIUS_KM * math.pi / 2),
        ((0, 0), (0, 180), EARTH_RADIUS_KM * math.pi),
        ((90, 0), (-90, 77), EARTH_RADIUS_KM * math.pi),
        # Across the date line it is two degrees, not 358.
        ((0, 179), (0, -179), EARTH_RADIUS_KM * math.pi / 90),
        # At 60° north a degree of longitude is half as long; the great circle is a little shorter than the parallel.
        ((60, 0), (60, 1), 55.597),
        # Spherical law of cosines, an independent formula.
        (
            EIFFEL_TOWER,
            STATUE_OF_LIBERTY,
            EARTH_RADIUS_KM
            * math.acos(
                math.sin(math.radians(48.85837)) * math.sin(math.radians(40.68925))
                + math.cos(math.radians(48.85837)) * math.cos(math.radians(40.68925)) * math.cos(math.radians(76.33898))
            ),
        ),
    ],
)
def test_distance_of_known_points(a: tuple[float, float], b: tuple[float, float], kilometres: float) -> None:
    assert great_circle_km(*a, *b) == pytest.approx(kilometres, rel=1e-5)


@given(latitudes, longitudes, latitudes, longitudes)
def test_distance_is_symmetric_and_never_longer_than_half_the_globe(
    lat_1: float, lon_1: float, lat_2: float, lon_2: float
) -> None:
    there = great_circle_km(lat_1, lon_1, lat_2, lon_2)
    assert there == pytest.approx(great_circle_km(lat_2, lon_2, lat_1, lon_1), abs=1e-6)
    assert 0 <= there <= EARTH_RADIUS_KM * math.pi * (1 + 1e-12)


@given(latitudes, longitudes)
def test_a_point_has_no_distance_to_itself(latitude: float, longitude: float) -> None:
    assert great_circle_km(latitude, longitude, latitude, longitude) == 0


def test_metres_are_resolved() -> None:
    # 1e-5 degrees of latitude are 1.11195 m.
    assert great_circle_km(48.0, 2.0, 48.00001, 2.0) == pytest.approx(0.00111195, rel=1e-3)


@pytest.mark.parametrize(
    ("latitude", "longitude", "radius"),
    [
        (90.1, 0, 1),
        (-90.1, 0, 1),
        (0, 180.1, 1),
        (0, -180.1, 1),
        (math.nan, 0, 1),
        (0, math.nan, 1),
        (0, 0, 0),
        (0, 0, -1),
        (0, 0, math.nan),
    ],
)
def test_impossible_places_are_refused(latitude: float, longitude: float, radius: float) -> None:
    with pytest.raises(ValueError, match=r"globe|radius"):
        Location("nowhere", latitude, longitude, radius)


def test_the_edges_of_the_globe_are_places() -> None:
    for latitude, longitude in ((90, 180), (-90, -180)):
        assert Location("edge", latitude, longitude, 1).latitude == latitude


@pytest.mark.parametrize(
    ("city", "region", "country", "text"),
    [
        ("Paris", "Île-de-France", "France", "Paris, France"),
        ("", "Arizona", "United States", "Arizona, United States"),
        ("", "", "Jordan", "Jordan"),
        ("Singapore", "", "", "Singapore"),
        ("", "", "", ""),
    ],
)
def test_place_for_people_leaves_out_what_is_unknown(city: str, region: str, country: str, text: str) -> None:
    assert Location("x", 0, 0, 1, city=city, region=region, country=country).place == text
