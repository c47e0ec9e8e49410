"""Which photos the grid shows, and in which order. Plain Python over tiles, so that 100,000 are no problem."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from landmark_desktop.ui.photo_grid.tile import Bucket, Tile, fold

_CERTAINTY_RANK = {Bucket.UNSURE: 0, Bucket.LANDMARK: 1, Bucket.NONE: 2, None: 3, Bucket.ERRORS: 4}
_LAST = "\U0010ffff"
"""Sorts behind every text."""


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

    def accepts(self, tile: Tile) -> bool:
        """True if the photo is to be shown."""
        if self.bucket is not Bucket.ALL and tile.bucket is not self.bucket:
            return False
        return all(word in tile.words for word in self.words)

    def select(self, tiles: Iterable[Tile]) -> list[int]:
        """The ids of the photos to show, in order."""
        chosen = [tile for tile in tiles if self.accepts(tile)] if self.narrows else list(tiles)
        chosen.sort(key=self.key)
        return [tile.id for tile in chosen]

    def key(self, tile: Tile) -> tuple[Any, ...]:
        """The sort key of a photo under this order; the scan's order, by folder and name, decides between equals."""
        order = self.order
        if order is SortOrder.NAME:
            return (tile.number,)
        if order is SortOrder.DATE:
            taken = tile.record.photo.facts.taken_at
            return (taken is None, taken.replace(tzinfo=None) if taken is not None else 0, tile.number)
        confidence = tile.confidence if tile.confidence is not None else 0.0
        if order is SortOrder.CONFIDENCE:
            return (-confidence, tile.number)
        if order is SortOrder.LEAST_CERTAIN:
            return (_CERTAINTY_RANK[tile.bucket], confidence, tile.number)
        shown = tile.landmark is not None and (tile.accepted or tile.bucket in (Bucket.LANDMARK, Bucket.UNSURE))
        name = tile.landmark.name if shown and tile.landmark is not None else _LAST
        return (name, -confidence, tile.number)
