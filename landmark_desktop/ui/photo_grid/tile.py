"""What a tile shows of a photo, made when it is asked for: only tiles in sight are. Qt-free."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from landmark_desktop.core.agreement import Comparison, compare, verdict_of
from landmark_desktop.core.guess import Thresholds, Verdict
from landmark_desktop.core.location import Landmark
from landmark_desktop.core.record import PhotoRecord
from landmark_desktop.core.review import ReviewState


class Bucket(StrEnum):
    """The filters of the grid, each with a count."""

    ALL = "all"
    LANDMARK = "landmark"
    UNSURE = "unsure"
    NONE = "none"
    ERRORS = "errors"


_BUCKET_OF_VERDICT = {
    Verdict.LANDMARK: Bucket.LANDMARK,
    Verdict.UNSURE: Bucket.UNSURE,
    Verdict.NONE: Bucket.NONE,
}


@dataclass(frozen=True, slots=True)
class Tile:
    """One photo as the grid shows it.

    ``landmark`` is the accepted landmark, else the first guess; ``confidence`` in [0, 1] is the model's for that
    landmark, None where it did not guess it. ``bucket`` is None while the photo waits for its guesses. ``comparison``
    sets the photo's own position beside that landmark, None where one of the two has none.
    """

    record: PhotoRecord
    verdict: Verdict | None
    bucket: Bucket | None
    landmark: Landmark | None
    confidence: float | None
    comparison: Comparison | None = None

    @property
    def id(self) -> int:
        """The photo's id."""
        return self.record.photo.id

    @property
    def accepted(self) -> bool:
        """True if the user accepted a landmark."""
        review = self.record.review
        return review is not None and review.state is ReviewState.ACCEPTED

    @property
    def rejected(self) -> bool:
        """True if the user said that the photo shows no landmark."""
        review = self.record.review
        return review is not None and review.state is ReviewState.REJECTED

    @property
    def tagged(self) -> bool:
        """True if a place stands in the metadata and nothing else is to be written."""
        return self.record.tagged is not None and not self.record.pending_tag


_STROKES = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})
"""Letters that Unicode does not take apart into a letter and an accent, so that "lodz" finds "Łódź"."""


def fold(text: str) -> str:
    """Text for comparing: lower case and without accents, so that "familia" finds "Família"."""
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
        return text.casefold().translate(_STROKES)
    return text.casefold()


def named(landmarks: Mapping[str, Landmark], landmark_id: str) -> Landmark:
    """The landmark of this id; one that only another bundle knew gets its name from the id."""
    return landmarks.get(landmark_id) or Landmark(landmark_id, landmark_id.replace("_", " ").title())


def search_words(landmark: Landmark) -> str:
    """What a search looks through for a landmark: its names and its place."""
    place = landmark.location
    parts = [landmark.name, landmark.local_name]
    if place is not None:
        parts += [place.city, place.region, place.country]
    return "\n".join(fold(part) for part in parts if part)


class TileMaker:
    """Makes tiles from records, for one bundle and one position of the "cautious … bold" slider."""

    def __init__(self, landmarks: Mapping[str, Landmark], thresholds: Thresholds) -> None:
        self._landmarks = landmarks
        self._thresholds = thresholds

    def landmark(self, landmark_id: str) -> Landmark:
        """The landmark of this id; one that only another bundle knew gets its name from the id."""
        return named(self._landmarks, landmark_id)

    def tile(self, record: PhotoRecord) -> Tile:
        """The tile of a record."""
        verdict, _ = verdict_of(record, self._thresholds, self._landmarks)
        if record.error is not None:
            bucket: Bucket | None = Bucket.ERRORS
        else:
            bucket = None if verdict is None else _BUCKET_OF_VERDICT[verdict]
        landmark, confidence = self._shown(record)
        return Tile(record, verdict, bucket, landmark, confidence, compare(record.photo.facts, landmark))

    def _shown(self, record: PhotoRecord) -> tuple[Landmark | None, float | None]:
        if record.review is not None:
            if record.review.landmark_id is None:
                return None, None
            guess = record.accepted_guess
            return self.landmark(record.review.landmark_id), guess.confidence if guess is not None else None
        first = record.guesses.first if record.guesses is not None else None
        return (self.landmark(first.landmark_id), first.confidence) if first is not None else (None, None)
