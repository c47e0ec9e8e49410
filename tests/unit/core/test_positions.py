"""Positions as numbers and back."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from landmark_desktop.core.positions import NO_POSITION, position_keys, positions_of


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_a_position_comes_back_to_within_a_metre(latitude: float, longitude: float) -> None:
    keys = position_keys(np.array([latitude]), np.array([longitude]))
    found = positions_of(keys)
    assert (found[0][0], found[1][0]) == pytest.approx((latitude, longitude), abs=0.6e-5)


def test_unknown_and_impossible_positions_are_none() -> None:
    latitude = np.array([np.nan, 1.0, 91.0, 1.0, np.inf])
    longitude = np.array([1.0, np.nan, 1.0, -181.0, 1.0])
    assert position_keys(latitude, longitude).tolist() == [NO_POSITION] * 5


def test_different_places_have_different_numbers() -> None:
    latitude, longitude = np.meshgrid(np.linspace(-90, 90, 37), np.linspace(-180, 180, 73))
    keys = position_keys(latitude.ravel(), longitude.ravel())
    assert len(np.unique(keys)) == keys.size
