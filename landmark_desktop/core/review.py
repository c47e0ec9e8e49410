"""Reviews, and the record that joins everything the app knows of one photo."""

from dataclasses import dataclass, replace
from enum import StrEnum

from landmark_desktop.core.errors import KnownError
from landmark_desktop.core.guess import Guess, Guesses
from landmark_desktop.core.photo import Photo
from landmark_desktop.core.tag import ReviewedBy


class ReviewState(StrEnum):
    """What the user said of a photo."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Review:
    """The user's answer for one photo.

    ``landmark_id`` is the accepted landmark, None where the photo was rejected ("no landmark").
    ``taken_here`` is the check box of this photo, None where the setting decides.
    """

    state: ReviewState
    landmark_id: str | None
    reviewed_by: ReviewedBy = ReviewedBy.USER
    taken_here: bool | None = None

    def __post_init__(self) -> None:
        if (self.state is ReviewState.ACCEPTED) != (self.landmark_id is not None):
            raise ValueError("an accepted review names a landmark, a rejected one does not")


@dataclass(frozen=True, slots=True)
class PhotoRecord:
    """One photo with everything known of it. ``tagged`` is the landmark whose place stands in its metadata, written by
    a run that was not undone; ``error`` is what keeps the photo from being read."""

    photo: Photo
    guesses: Guesses | None = None
    review: Review | None = None
    tagged: str | None = None
    error: KnownError | None = None

    @property
    def id(self) -> int:
        """The photo's id."""
        return self.photo.id

    @property
    def needs_classification(self) -> bool:
        """True if neither guesses nor an error are known."""
        return self.guesses is None and self.error is None

    @property
    def accepted_guess(self) -> Guess | None:
        """The accepted landmark as a guess, with the model's confidence where it guessed it; else None."""
        if self.review is None or self.review.landmark_id is None or self.guesses is None:
            return None
        return next((g for g in self.guesses.top if g.landmark_id == self.review.landmark_id), None)

    @property
    def pending_tag(self) -> bool:
        """True if an accepted place still has to be written."""
        return (
            self.review is not None and self.review.landmark_id is not None and self.tagged != self.review.landmark_id
        )

    def with_review(self, review: Review | None) -> "PhotoRecord":
        """The same record with another review."""
        return replace(self, review=review)
