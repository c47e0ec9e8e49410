"""Reviews with undo and redo."""

from pathlib import Path

from landmark_desktop.core.guess import Guess, Guesses
from landmark_desktop.core.photo import FileIdentity, Photo
from landmark_desktop.core.record import PhotoRecord
from landmark_desktop.core.review import Review, ReviewState
from landmark_desktop.services.reviewing import HISTORY_LIMIT, ReviewHistory, accepted, rejected


def record(photo_id: int, review: Review | None = None, *, guesses: bool = True) -> PhotoRecord:
    photo = Photo(photo_id, Path(f"{photo_id}.jpg"), FileIdentity(1, 1))
    return PhotoRecord(photo, Guesses((Guess("petra", 0.9),), 0.0) if guesses else None, review)


PETRA = Review(ReviewState.ACCEPTED, "petra")
NONE = Review(ReviewState.REJECTED, None)


def test_accepting_takes_the_first_guess_unless_another_is_named() -> None:
    assert accepted(record(1)) == PETRA
    assert accepted(record(1), "taj_mahal") == Review(ReviewState.ACCEPTED, "taj_mahal")


def test_a_photo_without_guesses_can_only_be_accepted_by_name() -> None:
    assert accepted(record(1, guesses=False)) is None
    assert accepted(record(1, guesses=False), "petra") == PETRA


def test_the_check_box_of_a_photo_survives_another_answer() -> None:
    ticked = record(1, Review(ReviewState.ACCEPTED, "petra", taken_here=False))
    assert accepted(ticked, "taj_mahal") == Review(ReviewState.ACCEPTED, "taj_mahal", taken_here=False)
    assert rejected(ticked).taken_here is False


def test_a_step_is_undone_and_redone_as_a_whole() -> None:
    history = ReviewHistory()
    records = [record(1), record(2, NONE)]
    assert history.change(records, {1: PETRA, 2: PETRA}) == [(1, PETRA), (2, PETRA)]
    assert history.undo() == [(1, None), (2, NONE)]
    assert not history.can_undo
    assert history.redo() == [(1, PETRA), (2, PETRA)]
    assert history.can_undo


def test_answers_that_change_nothing_are_no_step() -> None:
    history = ReviewHistory()
    assert history.change([record(1, PETRA)], {1: PETRA}) == []
    assert not history.can_undo


def test_a_new_answer_ends_the_redo() -> None:
    history = ReviewHistory()
    history.change([record(1)], {1: PETRA})
    history.undo()
    history.change([record(1)], {1: NONE})
    assert not history.can_redo
    assert history.redo() == []


def test_the_history_is_bounded() -> None:
    history = ReviewHistory()
    for number in range(HISTORY_LIMIT + 5):
        history.change([record(number)], {number: PETRA})
    steps = 0
    while history.undo():
        steps += 1
    assert steps == HISTORY_LIMIT
