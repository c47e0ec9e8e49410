"""Reviews."""

import pytest

from landmark_desktop.core.review import Review, ReviewState
from landmark_desktop.core.tag import ReviewedBy


def test_an_accepted_review_names_its_landmark() -> None:
    assert Review(ReviewState.ACCEPTED, "petra").landmark_id == "petra"
    with pytest.raises(ValueError, match="names a landmark"):
        Review(ReviewState.ACCEPTED, None)


def test_a_rejected_review_names_none() -> None:
    assert Review(ReviewState.REJECTED, None).landmark_id is None
    with pytest.raises(ValueError, match="names a landmark"):
        Review(ReviewState.REJECTED, "petra")


def test_a_review_is_the_users_and_leaves_taken_here_to_the_setting_unless_told_otherwise() -> None:
    review = Review(ReviewState.REJECTED, None)
    assert (review.reviewed_by, review.taken_here) == (ReviewedBy.USER, None)
