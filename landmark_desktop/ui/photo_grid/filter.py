"""Which photos the grid shows, and in which order: what the user chose. The work is done by ``columns``."""

from dataclasses import dataclass
from enum import StrEnum

from landmark_desktop.ui.photo_grid.tile import Bucket, fold


class SortOrder(StrEnum):
    """The orders of the grid."""

    NAME = "name"
    DATE = "date"
    CONFIDENCE = "confidence"
    LEAST_CERTAIN = "least-certain"
    LANDMARK = "landmark"


@dataclass(frozen=True, slots=True)
class PhotoQuery:
    """What the grid shows: a verdict, words that must all occur (file, landmark, city, country), and the order."""

    bucket: Bucket = Bucket.ALL
    words: tuple[str, ...] = ()
    order: SortOrder = SortOrder.NAME

    @staticmethod
    def words_of(text: str) -> tuple[str, ...]:
        """The words of a search text, ready for comparing."""
        return tuple(fold(text).split())

    @property
    def narrows(self) -> bool:
        """True if some photos may be hidden."""
        return self.bucket is not Bucket.ALL or bool(self.words)
