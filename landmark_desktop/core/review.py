"""Reviews: what the user answered to the guesses."""

from dataclasses import dataclass
from enum import StrEnum

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
