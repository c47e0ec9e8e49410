"""Which photos the grid shows, and in which order: what the user chose. The work is done by ``columns``."""

from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from landmark_desktop.ui.photo_grid.grouping import GroupBy
from landmark_desktop.ui.photo_grid.tile import Bucket, fold


class SortOrder(StrEnum):
    """The orders of the grid."""

    NAME = "name"
    DATE = "date"
    CONFIDENCE = "confidence"
    LEAST_CERTAIN = "least-certain"
    LANDMARK = "landmark"


@dataclass(frozen=True, slots=True)
class PlaceFilter:
    """Photos at a place: whose landmark, accepted or believed, is one of these, or which have no such landmark but one
    of these positions of their own (see ``core.positions``). ``name`` is what people call the place."""

    name: str
    landmarks: frozenset[str] = frozenset()
    positions: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class PhotoQuery:
    """What the grid shows: a verdict, words that must all occur (file, landmark, city, country), a place, a folder with
    all folders below it, the order, and the groups."""

    bucket: Bucket = Bucket.ALL
    words: tuple[str, ...] = ()
    order: SortOrder = SortOrder.NAME
    place: PlaceFilter | None = None
    folder: Path | None = None
    group: GroupBy = GroupBy.NOTHING

    @staticmethod
    def words_of(text: str) -> tuple[str, ...]:
        """The words of a search text, ready for comparing."""
        return tuple(fold(text).split())

    @property
    def narrows(self) -> bool:
        """True if some photos may be hidden."""
        return not self.same_photos(PhotoQuery())

    def same_photos(self, other: "PhotoQuery") -> bool:
        """True if both show the same photos, in whatever order and groups."""
        return self == replace(other, order=self.order, group=self.group)
