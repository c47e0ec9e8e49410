"""What a tile says of a photo."""

from pathlib import Path

import pytest

from landmark_desktop.core.errors import ErrorCode, PhotoError
from landmark_desktop.core.guess import Guess, Guesses, Verdict
from landmark_desktop.core.photo import FileIdentity, Photo
from landmark_desktop.core.record import PhotoRecord
from landmark_desktop.core.review import Review, ReviewState
from landmark_desktop.ui.photo_grid.tile import Bucket, TileMaker, fold
from tests.bundles import LANDMARKS, THRESHOLDS

MAKER = TileMaker({landmark.id: landmark for landmark in LANDMARKS}, THRESHOLDS)
PHOTO = Photo(1, Path("/trip/IMG_1.jpg"), FileIdentity(1, 1))
SURE = Guesses((Guess("eiffel_tower", 0.97), Guess("petra", 0.02)), 0.1)


def test_a_photo_without_guesses_waits() -> None:
    tile = MAKER.tile(PhotoRecord(PHOTO))
    assert (tile.verdict, tile.bucket, tile.landmark, tile.confidence) == (None, None, None, None)


def test_the_first_guess_is_shown_until_the_user_answers() -> None:
    tile = MAKER.tile(PhotoRecord(PHOTO, SURE))
    assert (tile.verdict, tile.bucket) == (Verdict.LANDMARK, Bucket.LANDMARK)
    assert tile.landmark is not None
    assert (tile.landmark.name, tile.confidence) == ("Eiffel Tower", 0.97)
    assert (tile.accepted, tile.rejected, tile.tagged) == (False, False, False)


def test_the_accepted_landmark_is_shown_with_the_confidence_of_its_own_guess() -> None:
    tile = MAKER.tile(PhotoRecord(PHOTO, SURE, Review(ReviewState.ACCEPTED, "petra")))
    assert tile.landmark is not None
    assert (tile.landmark.name, tile.confidence, tile.accepted) == ("Petra", 0.02, True)


def test_a_landmark_that_was_not_guessed_has_no_confidence() -> None:
    tile = MAKER.tile(PhotoRecord(PHOTO, SURE, Review(ReviewState.ACCEPTED, "taj_mahal")))
    assert tile.confidence is None


def test_a_landmark_of_another_bundle_is_named_after_its_id() -> None:
    tile = MAKER.tile(PhotoRecord(PHOTO, SURE, Review(ReviewState.ACCEPTED, "tower_bridge")))
    assert tile.landmark is not None
    assert (tile.landmark.name, tile.landmark.location) == ("Tower Bridge", None)


def test_a_rejected_photo_shows_no_landmark() -> None:
    tile = MAKER.tile(PhotoRecord(PHOTO, SURE, Review(ReviewState.REJECTED, None)))
    assert tile.rejected
    assert tile.landmark is None


@pytest.mark.parametrize(("written", "tagged"), [("eiffel_tower", True), ("petra", False), (None, False)])
def test_tagged_means_that_the_accepted_place_is_in_the_file(written: str | None, tagged: bool) -> None:
    record = PhotoRecord(PHOTO, SURE, Review(ReviewState.ACCEPTED, "eiffel_tower"), tagged=written)
    assert MAKER.tile(record).tagged is tagged
    assert record.pending_tag is not tagged


def test_an_error_counts_more_than_guesses() -> None:
    error = PhotoError(ErrorCode.FILE_MISSING, name="IMG_1.jpg")
    assert MAKER.tile(PhotoRecord(PHOTO, SURE, error=error)).bucket is Bucket.ERRORS


def test_folding_ignores_case_and_accents() -> None:
    assert fold("Sagrada FAMÍLIA") == "sagrada familia"
    assert fold("Île-de-France") == "ile-de-france"
    assert fold("ताज") != ""
