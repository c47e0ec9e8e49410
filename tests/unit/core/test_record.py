"""Photo records: what they conclude from guesses, review and tag."""

from pathlib import Path

import pytest

from landmark_desktop.core.errors import ErrorCode, PhotoError
from landmark_desktop.core.guess import Guess, Guesses
from landmark_desktop.core.photo import FileIdentity, Photo
from landmark_desktop.core.record import PhotoRecord
from landmark_desktop.core.review import Review, ReviewState

PHOTO = Photo(7, Path("a.jpg"), FileIdentity(1, 1))
GUESSES = Guesses((Guess("petra", 0.9), Guess("taj_mahal", 0.05)), 0.1)
ERROR = PhotoError(ErrorCode.FILE_EMPTY, name="a.jpg")
REJECTED = Review(ReviewState.REJECTED, None)


def accepted(landmark_id: str) -> Review:
    return Review(ReviewState.ACCEPTED, landmark_id)


def test_a_record_has_its_photos_id() -> None:
    assert PhotoRecord(PHOTO).id == 7


def test_only_a_photo_without_guesses_and_error_needs_classification() -> None:
    assert PhotoRecord(PHOTO).needs_classification
    assert not PhotoRecord(PHOTO, GUESSES).needs_classification
    assert not PhotoRecord(PHOTO, Guesses((), 1.0)).needs_classification
    assert not PhotoRecord(PHOTO, error=ERROR).needs_classification


@pytest.mark.parametrize(
    ("guesses", "review", "guess"),
    [
        (GUESSES, accepted("petra"), GUESSES.top[0]),
        (GUESSES, accepted("taj_mahal"), GUESSES.top[1]),
        (GUESSES, accepted("eiffel_tower"), None),  # picked by hand
        (GUESSES, REJECTED, None),
        (GUESSES, None, None),
        (None, accepted("petra"), None),
    ],
)
def test_the_accepted_guess_is_the_models_where_it_guessed_it(
    guesses: Guesses | None, review: Review | None, guess: Guess | None
) -> None:
    assert PhotoRecord(PHOTO, guesses, review).accepted_guess == guess


@pytest.mark.parametrize(
    ("review", "tagged", "pending"),
    [
        (None, None, False),
        (REJECTED, None, False),
        (REJECTED, "petra", False),
        (accepted("petra"), None, True),
        (accepted("petra"), "petra", False),
        (accepted("petra"), "taj_mahal", True),
    ],
)
def test_a_tag_is_pending_while_the_accepted_place_is_not_the_written_one(
    review: Review | None, tagged: str | None, pending: bool
) -> None:
    assert PhotoRecord(PHOTO, GUESSES, review, tagged).pending_tag is pending


def test_another_review_leaves_the_rest_as_it_was() -> None:
    record = PhotoRecord(PHOTO, GUESSES, REJECTED, "petra", ERROR)
    assert record.with_review(accepted("petra")) == PhotoRecord(PHOTO, GUESSES, accepted("petra"), "petra", ERROR)
    assert record.with_review(None).review is None
    assert record.review is REJECTED
