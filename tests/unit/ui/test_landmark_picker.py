"""Finding a landmark by a few letters."""

import pytest

from landmark_desktop.core.location import Landmark, Location
from landmark_desktop.ui.landmark_picker import find
from tests.bundles import EIFFEL, PETRA, TAJ_MAHAL

FAMILIA = Landmark(
    "sagrada_familia",
    "Basilica of the Sagrada Família",
    "Sagrada Família",
    "church",
    Location("Sagrada Família", 41.4, 2.17, 500, city="Barcelona", country="Spain"),
)
PETRONAS = Landmark("petronas_towers", "Petronas Towers", "Menara Petronas")
ALL = (PETRONAS, EIFFEL, TAJ_MAHAL, PETRA, FAMILIA)


def test_without_text_all_are_listed_by_name() -> None:
    assert [landmark.name[:5] for landmark in find(ALL, " ")] == ["Basil", "Eiffe", "Petra", "Petro", "Taj M"]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("eif", "eiffel_tower"),
        ("tour", "eiffel_tower"),  # the local name
        ("familia", "sagrada_familia"),  # without the accent, in the middle
        ("ताज", "taj_mahal"),
        ("barcelona", "sagrada_familia"),
        ("eftw", "eiffel_tower"),  # letters in order
        ("PETRA", "petra"),
        ("towers", "petronas_towers"),
    ],
)
def test_the_best_fit_comes_first(text: str, first: str) -> None:
    assert find(ALL, text)[0].id == first


def test_a_beginning_beats_a_middle() -> None:
    assert [landmark.id for landmark in find(ALL, "petr")] == ["petra", "petronas_towers"]


def test_what_fits_nothing_finds_nothing() -> None:
    assert find(ALL, "xyzzy") == []
