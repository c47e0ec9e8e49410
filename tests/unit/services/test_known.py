"""Which contents have guesses already: never wrong, and without asking the library for what is surely new."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from landmark_desktop.core.guess import Guess, Guesses
from landmark_desktop.core.photo import FileIdentity, PhotoFacts
from landmark_desktop.core.record import FileEntry, Outcome
from landmark_desktop.services.known import KnownGuesses
from landmark_desktop.services.lanes import Lane
from landmark_desktop.store.library import Library

GUESSES = Guesses((Guess("petra", 0.9),), 0.1)


class Desk:
    """A library on a lane, and how often its guesses were asked for."""

    def __init__(self, folder: Path) -> None:
        self.db = Lane("db")
        self.library = self.db.call(Library.open, folder / "library.sqlite")
        self.folder = folder
        self.asked: list[str] = []
        self._guesses = self.library.guesses
        self.library.guesses = self.ask  # type: ignore[method-assign]

    def ask(self, content: str, bundle_key: str) -> Guesses | None:
        self.asked.append(content)
        return self._guesses(content, bundle_key)

    def outcome(self, number: int) -> Outcome:
        entry = FileEntry(f"{number}.jpg", 1, number)
        (record,) = self.db.call(self.library.sync_folder, self.folder, [entry], "bundle")
        return Outcome(record.photo, FileIdentity(1, number, key(number)), PhotoFacts(), GUESSES, None)

    def save(self, number: int, bundle_key: str = "bundle") -> Outcome:
        outcome = self.outcome(number)
        self.db.call(self.library.save_outcomes, [outcome], bundle_key)
        return outcome


def key(number: int) -> str:
    return f"{number:08x}{'5' * 24}"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    made.db.call(made.library.close)
    made.db.close()


def test_what_is_stored_is_known_and_the_rest_not_even_asked_for(desk: Desk) -> None:
    desk.save(1)
    known = KnownGuesses(desk.db, desk.library, "bundle")
    assert known.ask(key(1)) == GUESSES
    assert [known.ask(key(number)) for number in range(2, 50)] == [None] * 48
    assert desk.asked == [key(1)]


def test_another_bundle_knows_nothing(desk: Desk) -> None:
    desk.save(1)
    assert KnownGuesses(desk.db, desk.library, "another").ask(key(1)) is None


def test_what_is_stored_meanwhile_is_known(desk: Desk) -> None:
    known = KnownGuesses(desk.db, desk.library, "bundle")
    assert known.ask(key(7)) is None
    known.note([desk.save(7)])
    assert known.ask(key(7)) == GUESSES


def test_contents_that_look_alike_are_told_apart_by_the_library(desk: Desk) -> None:
    desk.save(1)
    known = KnownGuesses(desk.db, desk.library, "bundle")
    twin = key(1)[:8] + "a" * 24
    assert known.ask(twin) is None
    assert desk.asked == [twin]
