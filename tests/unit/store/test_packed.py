"""Guesses as they are stored."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landmark_desktop.core.guess import Guess, Guesses
from landmark_desktop.store.database import Database
from landmark_desktop.store.packed import ENTRY, LandmarkNumbers, unpack


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database.open(tmp_path / "library.sqlite")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def numbers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LandmarkNumbers]:
    opened = Database.open(tmp_path_factory.mktemp("packed") / "library.sqlite")
    made = LandmarkNumbers(opened)
    made.add(["petra", "taj_mahal", "größte_brücke"])
    yield made
    opened.close()


NAMES = st.sampled_from(["petra", "taj_mahal", "größte_brücke"])
FLOATS = st.floats(allow_nan=False, allow_infinity=False)


@given(st.lists(st.builds(Guess, NAMES, FLOATS), max_size=10), FLOATS)
def test_guesses_come_out_as_they_went_in(numbers: LandmarkNumbers, top: list[Guess], novelty: float) -> None:
    guesses = Guesses(tuple(top), novelty)
    packed = numbers.pack(guesses)
    assert len(packed) == 12 * len(top)
    assert unpack(packed, novelty, numbers.ids) == guesses


def test_nothing_stored_is_no_guesses() -> None:
    assert unpack(None, None, []) is None
    assert unpack(b"", 0.5, []) == Guesses((), 0.5)


def test_numbers_stay_when_the_library_is_opened_again(database: Database) -> None:
    LandmarkNumbers(database).add(["petra", "taj_mahal", "petra"])
    again = LandmarkNumbers(database)
    again.add(["big_ben", "petra"])
    assert again.ids == ["petra", "taj_mahal", "big_ben"]
    assert again.pack(Guesses((Guess("big_ben", 0.5),), 0.0)) == ENTRY.pack(2, 0.5)


def test_two_programs_give_out_no_number_twice(database: Database, tmp_path: Path) -> None:
    other_database = Database.open(tmp_path / "library.sqlite")
    ours, others = LandmarkNumbers(database), LandmarkNumbers(other_database)
    others.add(["petra"])
    ours.add(["taj_mahal", "petra"])
    others.refresh()
    assert ours.ids == others.ids == ["petra", "taj_mahal"]
    other_database.close()


def test_a_landmark_without_a_number_cannot_be_stored(database: Database) -> None:
    with pytest.raises(KeyError):
        LandmarkNumbers(database).pack(Guesses((Guess("petra", 0.5),), 0.0))
