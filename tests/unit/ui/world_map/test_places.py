"""Pins: which places share one, what they count, and what they are called."""

import numpy as np
import pytest

from landmark_desktop.core.location import Landmark, Location
from landmark_desktop.core.positions import position_keys
from landmark_desktop.ui.world_map.pin_look import is_drop, radius_of, short_number
from landmark_desktop.ui.world_map.places import Counts, Pins, Places, common_name, gather
from landmark_desktop.ui.world_map.viewport import Viewport
from landmark_desktop.ui.world_map.words import pin_filter, pin_name, pin_text


def landmark(id_: str, city: str, country: str, latitude: float, longitude: float) -> Landmark:
    location = Location(id_.title(), latitude, longitude, 500, city=city, country=country)
    return Landmark(id_, id_.replace("_", " ").title(), location=location)


EIFFEL = landmark("eiffel_tower", "Paris", "France", 48.8584, 2.2945)
ARC = landmark("arc", "Paris", "France", 48.8738, 2.295)
NICE = landmark("promenade", "Nice", "France", 43.695, 7.265)
PETRA = landmark("petra", "Wadi Musa", "Jordan", 30.3285, 35.4444)
NOWHERE = Landmark("unknown", "Unknown")
OWN = position_keys(np.array([48.84, -33.86]), np.array([2.33, 151.2]))
ALL = gather(
    [(EIFFEL, (3, 1)), (ARC, (0, 2)), (PETRA, (1, 0)), (NICE, (0, 0)), (NOWHERE, (5, 5))],
    (OWN, np.array([4, 6], np.int64)),
)


def pins_by_name(places: Places, step: int) -> dict[str, Counts]:
    pins = Pins(places, step)
    return {pin_name(pins.pin(number)): pins.pin(number).counts for number in range(len(pins))}


def test_only_places_with_photos_and_a_position_are_on_the_map() -> None:
    assert ALL.landmarks == (EIFFEL, ARC, PETRA)
    assert len(ALL) == 5


def test_from_afar_a_city_is_one_pin_and_no_photo_is_lost() -> None:
    found = pins_by_name(ALL, 2)
    assert found["Paris"] == Counts(suggested=3, accepted=3, own=4)
    assert found["Petra"] == Counts(suggested=1)
    assert found["near Sydney"] == Counts(own=6)
    assert sum(counts.total for counts in found.values()) == 17


def test_neighbours_on_both_sides_of_the_date_line_share_a_pin() -> None:
    east = landmark("taveuni", "Taveuni", "Fiji", -16.8, 179.9)
    west = landmark("rabi", "Rabi", "Fiji", -16.5, -179.9)
    pins = Pins(gather([(east, (1, 0)), (west, (3, 0))]), 3)
    assert len(pins) == 1
    pin = pins.pin(0)
    assert (pin.counts.suggested, set(pin.landmarks)) == (4, {east, west})
    assert pin.x == pytest.approx(0.05 / 360)  # at 179.95° W, nearer to the heavier one
    assert 0 <= pin.x < 1


def test_from_near_each_place_has_a_pin() -> None:
    found = pins_by_name(ALL, 13)
    assert found["Eiffel Tower"] == Counts(3, 1)
    assert found["Arc"] == Counts(accepted=2)
    assert found["near Paris"] == Counts(own=4)


def test_the_filter_of_a_pin_names_all_that_it_stands_for() -> None:
    pins = Pins(ALL, 2)
    paris = next(pins.pin(n) for n in range(len(pins)) if pin_name(pins.pin(n)) == "Paris")
    place = pin_filter(paris)
    assert place.landmarks == {"eiffel_tower", "arc"}
    assert place.positions == {int(OWN[0])}
    assert pins.with_places(place.landmarks, ()) == {paris.number}
    assert pins.with_places((), place.positions) == {paris.number}
    assert pins.with_places(["nobody"], [1]) == set()


def test_a_pin_lies_among_its_places() -> None:
    pins = Pins(ALL, 2)
    for number in range(len(pins)):
        xs, ys = pins.extent(number)
        pin = pins.pin(number)
        assert min(xs) - 1e-9 <= pin.x <= max(xs) + 1e-9
        assert min(ys) - 1e-9 <= pin.y <= max(ys) + 1e-9


def test_only_pins_in_view_are_painted() -> None:
    pins = Pins(ALL, 6)
    paris = Viewport(*Viewport().fitted(*pins.extent(0)).bounds[:2], 6.0, 300, 200)
    x, y = pins.extent(0)
    there = Viewport(x[0], y[0], 6.0, 300, 200)
    assert {pin_name(pins.pin(n)) for n in there.kept() and pins.in_view(there, 0)} == {"Paris"}
    assert len(pins.in_view(paris, 1e9)) == len(pins)


def test_without_places_there_are_no_pins() -> None:
    assert len(Pins(Places(), 3)) == 0
    assert Pins(Places(), 3).in_view(Viewport(), 10) == []


@pytest.mark.parametrize(
    ("landmarks", "name"),
    [([EIFFEL], "Eiffel Tower"), ([EIFFEL, ARC], "Paris"), ([EIFFEL, NICE], "France"), ([EIFFEL, PETRA], "")],
)
def test_several_landmarks_are_called_after_what_they_share(landmarks: list[Landmark], name: str) -> None:
    assert common_name(landmarks) == name


def test_the_tooltip_says_name_place_and_counts() -> None:
    pins = Pins(gather([(EIFFEL, (3, 1))]), 5)
    assert pin_text(pins.pin(0)).split("\n") == ["Eiffel Tower", "Paris, France", "1 accepted · 3 suggested"]
    assert is_drop(pins.pin(0))


def test_a_position_far_from_every_town_is_named_by_its_coordinates() -> None:
    pins = Pins(gather([], (position_keys(np.array([-45.0]), np.array([-120.0])), np.array([1]))), 5)
    assert pin_name(pins.pin(0)) == "-45.000, -120.000"
    assert not is_drop(pins.pin(0))


def test_more_photos_make_a_larger_pin() -> None:
    small, large = (Pins(gather([(EIFFEL, (count, 0))]), 3).pin(0) for count in (1, 5_000))
    assert radius_of(large) > radius_of(small) + 5


@pytest.mark.parametrize(
    ("value", "text"), [(7, "7"), (999, "999"), (1_234, "1.2k"), (9_960, "10k"), (123_456, "123k"), (2_500_000, "2.5M")]
)
def test_counts_fit_into_a_pin(value: int, text: str) -> None:
    assert short_number(value) == text
