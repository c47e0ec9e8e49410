"""What a tile shows of a photo, worked out once when the record changes and never while painting. Qt-free."""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from landmark_desktop.core.guess import Thresholds, Verdict, decide
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
    landmark, None where it did not guess it. ``bucket`` is None while the photo waits for its guesses.
    ``number`` counts the photos as the scan found them, which is by folder and name; ``words`` is what the search
    looks through.
    """

    record: PhotoRecord
    verdict: Verdict | None
    bucket: Bucket | None
    landmark: Landmark | None
    confidence: float | None
    number: int
    words: str

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


def fold(text: str) -> str:
    """Text for comparing: lower case and without accents, so that "familia" finds "Família"."""
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return text.casefold()


class TileMaker:
    """Makes tiles from records, for one bundle and one position of the "cautious … bold" slider.

    ``numbers`` counts the photos; makers that follow each other share it.
    """

    def __init__(self, landmarks: Mapping[str, Landmark], thresholds: Thresholds, numbers: Iterator[int]) -> None:
        self._landmarks = landmarks
        self._thresholds = thresholds
        self._numbers = numbers
        self._landmark_words: dict[str, str] = {}

    def landmark(self, landmark_id: str) -> Landmark:
        """The landmark of this id; one that only another bundle knew gets its name from the id."""
        found = self._landmarks.get(landmark_id)
        return found or Landmark(landmark_id, landmark_id.replace("_", " ").title())

    def tile(self, record: PhotoRecord, known: Tile | None = None) -> Tile:
        """The tile of a record. ``known`` is the photo's tile so far, whose number is taken over."""
        guesses = record.guesses
        verdict = None if guesses is None else decide(guesses, self._thresholds)
        if record.error is not None:
            bucket: Bucket | None = Bucket.ERRORS
        else:
            bucket = None if verdict is None else _BUCKET_OF_VERDICT[verdict]
        landmark, confidence = self._shown(record)
        words = fold(record.photo.name)
        if landmark is not None and (verdict is not Verdict.NONE or record.review is not None):
            words += self._words_of(landmark)
        number = known.number if known is not None else next(self._numbers)
        return Tile(record, verdict, bucket, landmark, confidence, number, words)

    def _shown(self, record: PhotoRecord) -> tuple[Landmark | None, float | None]:
        if record.review is not None:
            if record.review.landmark_id is None:
                return None, None
            guess = record.accepted_guess
            return self.landmark(record.review.landmark_id), guess.confidence if guess is not None else None
        first = record.guesses.first if record.guesses is not None else None
        return (self.landmark(first.landmark_id), first.confidence) if first is not None else (None, None)

    def _words_of(self, landmark: Landmark) -> str:
        words = self._landmark_words.get(landmark.id)
        if words is None:
            place = landmark.location
            parts = [landmark.name, landmark.local_name]
            if place is not None:
                parts += [place.city, place.region, place.country]
            words = self._landmark_words[landmark.id] = "\n" + "\n".join(fold(part) for part in parts if part)
        return words
