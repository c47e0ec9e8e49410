"""The grid's model: the tiles to show, in order. No I/O happens here; thumbnails come from a cache in memory.

Appending and changing photos is incremental and keeps selection and current photo. A new order that follows from
changed photos (a guess arrived, and the grid is ordered by confidence) is made at most every ``REORDER_MS``.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QImage

from landmark_desktop.ui.photo_grid.filter import PhotoQuery
from landmark_desktop.ui.photo_grid.tile import Bucket, Tile
from landmark_desktop.ui.texts import error_text, tile_text, tile_title

REORDER_MS = 250
"""Tiles that change their places more often than that cannot be followed with the eye."""

TILE_ROLE = Qt.ItemDataRole.UserRole + 1
THUMBNAIL_ROLE = Qt.ItemDataRole.UserRole + 2
PHOTO_ID_ROLE = Qt.ItemDataRole.UserRole + 3

FULL_SORT_SHARE = 0.25
"""With more photos than this share out of place, sorting all of them is quicker than moving each."""

_ROOT = QModelIndex()
_Role = Qt.ItemDataRole


class PhotoModel(QAbstractListModel):
    """Tiles by row. ``thumbnail`` answers from memory with the picture of a photo, or None."""

    counts_changed = Signal()

    def __init__(self, thumbnail: Callable[[int], QImage | None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thumbnail = thumbnail
        self._tiles: dict[int, Tile] = {}
        self._rows: list[int] = []
        self._row_of: dict[int, int] = {}
        self._query = PhotoQuery()
        self._counts: dict[Bucket, int] = dict.fromkeys(Bucket, 0)
        self._pending = 0
        self._moved: set[int] = set()
        self._reorder_timer = QTimer(self, singleShot=True, interval=REORDER_MS)
        self._reorder_timer.timeout.connect(self._reorder)

    # what Qt asks

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _ROOT) -> int:
        """Number of tiles shown."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = _Role.DisplayRole) -> Any:
        """What is known in memory of a row; see the roles of this module."""
        if not index.isValid() or not 0 <= index.row() < len(self._rows):
            return None
        tile = self._tiles[self._rows[index.row()]]
        if role == THUMBNAIL_ROLE:
            return self._thumbnail(tile.id)
        if role == _Role.ToolTipRole:
            return _tool_tip(tile)
        if role == _Role.AccessibleTextRole:
            return tile_text(tile)
        return {TILE_ROLE: tile, PHOTO_ID_ROLE: tile.id, _Role.DisplayRole: tile.record.photo.name}.get(role)

    # what is

    @property
    def query(self) -> PhotoQuery:
        """What is shown, and in which order."""
        return self._query

    @property
    def counts(self) -> Mapping[Bucket, int]:
        """How many photos there are for each filter, shown or not."""
        return self._counts

    @property
    def unclassified(self) -> int:
        """How many photos have neither guesses nor an error."""
        return 2 * self._counts[Bucket.ALL] - sum(self._counts.values())

    @property
    def pending(self) -> int:
        """How many photos have an accepted place that is not written."""
        return self._pending

    @property
    def shown_ids(self) -> Sequence[int]:
        """The photos shown, in order."""
        return self._rows

    def tile(self, photo_id: int) -> Tile | None:
        """The tile of a photo, shown or not."""
        return self._tiles.get(photo_id)

    def row(self, photo_id: int) -> int | None:
        """The row of a photo, or None where it is not shown."""
        return self._row_of.get(photo_id)

    def photo_id(self, row: int) -> int:
        """The photo in a row. Raises IndexError."""
        return self._rows[row]

    # changes

    def clear(self) -> None:
        """Forget all photos."""
        self.beginResetModel()
        self._tiles.clear()
        self._moved.clear()
        self._set_rows([])
        self._counts = dict.fromkeys(Bucket, 0)
        self._pending = 0
        self.endResetModel()
        self.counts_changed.emit()

    def set_query(self, query: PhotoQuery) -> None:
        """Show other photos, or in another order."""
        if query == self._query:
            return
        self._reorder_timer.stop()
        same_photos = (query.bucket, query.words) == (self._query.bucket, self._query.words)
        self._query = query
        self._moved.clear()
        if same_photos:
            self._arrange(sorted(self._rows, key=self._key))
            return
        self.beginResetModel()
        self._set_rows(query.select(self._tiles.values()))
        self.endResetModel()

    def put(self, tiles: Iterable[Tile]) -> None:
        """Take in new and changed tiles."""
        changed: list[int] = []
        gone: list[int] = []
        come: list[Tile] = []
        for tile in {tile.id: tile for tile in tiles}.values():  # the last of one photo counts
            old = self._tiles.get(tile.id)
            self._tiles[tile.id] = tile
            self._count(old, -1)
            self._count(tile, +1)
            row = self._row_of.get(tile.id)
            if not self._query.accepts(tile):
                if row is not None:
                    gone.append(row)
            elif row is None:
                come.append(tile)
            else:
                changed.append(row)
                if old is not None and self._query.key(old) != self._query.key(tile):
                    self._moved.add(tile.id)
        for first, last in _ranges(changed):
            self.dataChanged.emit(self.index(first), self.index(last))
        for first, last in reversed(_ranges(gone)):
            self._remove(first, last)
        if come and self._append(come):
            self._moved.update(tile.id for tile in come)
        if self._moved and not self._reorder_timer.isActive():
            self._reorder_timer.start()
        self.counts_changed.emit()

    def thumbnails_changed(self, photo_ids: Iterable[int]) -> None:
        """Thumbnails of these photos have arrived."""
        rows = [self._row_of[photo_id] for photo_id in photo_ids if photo_id in self._row_of]
        for first, last in _ranges(rows):
            self.dataChanged.emit(self.index(first), self.index(last), [THUMBNAIL_ROLE])

    def _count(self, tile: Tile | None, step: int) -> None:
        if tile is not None:
            self._counts[Bucket.ALL] += step
            self._pending += step * tile.record.pending_tag
            if tile.bucket is not None:
                self._counts[tile.bucket] += step

    def _append(self, tiles: list[Tile]) -> bool:
        """Add rows at the end; returns True if they do not belong there."""
        key = self._query.key
        tiles.sort(key=key)
        misplaced = bool(self._rows) and key(self._tiles[self._rows[-1]]) > key(tiles[0])
        first = len(self._rows)
        self.beginInsertRows(_ROOT, first, first + len(tiles) - 1)
        self._row_of.update((tile.id, first + offset) for offset, tile in enumerate(tiles))
        self._rows.extend(tile.id for tile in tiles)
        self.endInsertRows()
        return misplaced

    def _remove(self, first: int, last: int) -> None:
        self.beginRemoveRows(_ROOT, first, last)
        self._set_rows(self._rows[:first] + self._rows[last + 1 :])
        self.endRemoveRows()

    def _reorder(self) -> None:
        """Put photos that moved where they belong now."""
        moved = {photo_id for photo_id in self._moved if photo_id in self._row_of}
        self._moved.clear()
        if len(moved) > len(self._rows) * FULL_SORT_SHARE:
            self._arrange(sorted(self._rows, key=self._key))
            return
        rows: list[int] = []
        rest = [photo_id for photo_id in self._rows if photo_id not in moved]
        start = 0
        for photo_id in sorted(moved, key=self._key):
            place = bisect_right(rest, self._key(photo_id), lo=start, key=self._key)
            rows += rest[start:place]
            rows.append(photo_id)
            start = place
        self._arrange(rows + rest[start:])

    def _key(self, photo_id: int) -> tuple[Any, ...]:
        return self._query.key(self._tiles[photo_id])

    def _arrange(self, rows: list[int]) -> None:
        """Put the rows in another order, and take selection and current photo along."""
        if rows == self._rows:
            return
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        ids = [self._rows[index.row()] for index in before]
        self._set_rows(rows)
        self.changePersistentIndexList(before, [self.index(self._row_of[photo_id]) for photo_id in ids])
        self.layoutChanged.emit()

    def _set_rows(self, rows: list[int]) -> None:
        self._rows = rows
        self._row_of = {photo_id: row for row, photo_id in enumerate(rows)}


def _tool_tip(tile: Tile) -> str:
    if tile.record.error is not None:
        return "\n".join(error_text(tile.record.error))
    return f"{tile.record.photo.name}\n{tile_title(tile)}"


def _ranges(rows: list[int]) -> list[tuple[int, int]]:
    """Join neighbouring rows: [3, 1, 2, 7] is [(1, 3), (7, 7)]."""
    ranges: list[tuple[int, int]] = []
    for row in sorted(rows):
        if ranges and row <= ranges[-1][1] + 1:
            ranges[-1] = (ranges[-1][0], row)
        else:
            ranges.append((row, row))
    return ranges
