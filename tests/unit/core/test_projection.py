"""Degrees to the map and back."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from landmark_desktop.core.location import great_circle_km
from landmark_desktop.core.projection import MAX_LATITUDE, metres_per_width, project, unproject


def test_the_middle_of_the_map_is_where_equator_and_prime_meridian_meet() -> None:
    x, y = project(0.0, 0.0)
    assert (float(x), float(y)) == (0.5, 0.5)


def test_the_map_is_square() -> None:
    _, y = project([MAX_LATITUDE, -MAX_LATITUDE], [0.0, 0.0])
    assert y == pytest.approx([0.0, 1.0], abs=1e-12)


def test_the_poles_are_put_on_the_edge() -> None:
    _, y = project([90.0, -90.0], [0.0, 0.0])
    assert y == pytest.approx([0.0, 1.0], abs=1e-12)


@given(st.floats(-85, 85), st.floats(-179.9, 179.9))
def test_there_and_back_again(latitude: float, longitude: float) -> None:
    x, y = project(latitude, longitude)
    assert unproject(float(x), float(y)) == pytest.approx((latitude, longitude), abs=1e-9)


def test_a_turn_around_the_world_leads_to_the_same_place() -> None:
    assert unproject(2.25, 0.4)[1] == pytest.approx(unproject(0.25, 0.4)[1])


@pytest.mark.parametrize("latitude", [0.0, 48.86, -33.86])
def test_the_scale_agrees_with_great_circles(latitude: float) -> None:
    x, y = project([latitude, latitude], [2.0, 2.01])
    width_m = float(x[1] - x[0]) * metres_per_width(float(y[0]))
    assert width_m == pytest.approx(1000 * great_circle_km(latitude, 2.0, latitude, 2.01), rel=2e-3)


def test_a_small_circle_stays_round() -> None:
    """Web Mercator is conformal: a step north is as long on the map as the same step east."""
    x, y = project(np.array([60.0, 60.0]), np.array([10.0, 10.02]))
    _, north = project(60.01, 10.0)
    assert float(y[0] - north) == pytest.approx(float(x[1] - x[0]), rel=1e-3)
