"""The grid's model: the tiles to show, in order. No I/O happens here; thumbnails come from a cache in memory.

The photos themselves are in the workspace's table; here are only rows, as numbers. Appending and changing photos is
incremental and keeps selection and current photo. A new order that follows from changed photos (a guess arrived, and
the grid is ordered by confidence) is made at most every ``REORDER_MS``.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
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

from landmark_desktop.core.guess import Thresholds
from landmark_desktop.core.location import Landmark
from landmark_desktop.services.photo_table import PhotoTable, Slots
from landmark_desktop.ui.photo_grid.columns import BUCKETS, TileColumns
from landmark_desktop.ui.photo_grid.filter import PhotoQuery, SortOrder
from landmark_desktop.ui.photo_grid.grouping import GroupBy
from landmark_desktop.ui.photo_grid.groups import Groups
from landmark_desktop.ui.photo_grid.tile import Bucket, Tile, TileMaker
from landmark_desktop.ui.texts import error_text, file_names, tile_text, tile_title, translate

REORDER_MS = 250
"""Tiles that change their places more often than that cannot be followed with the eye."""
MAX_RANGES = 64
"""Photos that leave the grid in more pieces than this are taken out by a reset, which costs the same for all."""
MAX_GROUPED_RANGES = 8
"""The same in groups, whose beginnings are found anew for each piece."""

TILE_ROLE = Qt.ItemDataRole.UserRole + 1
THUMBNAIL_ROLE = Qt.ItemDataRole.UserRole + 2
PHOTO_ID_ROLE = Qt.ItemDataRole.UserRole + 3

_ROOT = QModelIndex()
_Role = Qt.ItemDataRole
_HIDDEN = -1


class PhotoModel(QAbstractListModel):
    """Tiles by row. ``thumbnail`` answers from memory with the picture of a photo, or None."""

    counts_changed = Signal()
    judged = Signal(object)  # Slots of the table whose photos are new, have changed, are judged anew, or are gone
    emptied = Signal()  # all photos are gone

    def __init__(
        self, table: PhotoTable, thumbnail: Callable[[int], QImage | None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._table = table
        self._thumbnail = thumbnail
        self._columns = TileColumns(table)
        self._maker = TileMaker({}, Thresholds(1.0, 0.0, 0.0, 0.0))
        self._query = PhotoQuery()
        self._counts: dict[Bucket, int] = dict.fromkeys(Bucket, 0)
        self._pending = 0
        self._arrangement = table.arrangement
        self._rows: Slots = np.zeros(0, np.int32)
        self._row_of: NDArray[np.int32] = np.zeros(0, np.int32)
        self.groups = Groups(table, self._columns)
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
        photo_id = self.photo_id(index.row())
        if role == PHOTO_ID_ROLE:
            return photo_id
        if role == THUMBNAIL_ROLE:
            return self._thumbnail(photo_id)
        if role == _Role.DisplayRole:
            return self._table.photo(photo_id).name
        if role not in (TILE_ROLE, _Role.ToolTipRole, _Role.AccessibleTextRole):
            return None
        tile = self._maker.tile(self._table.record(photo_id))
        if role == _Role.ToolTipRole:
            return _tool_tip(tile)
        return tile_text(tile) if role == _Role.AccessibleTextRole else tile

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        """Tiles can be selected, and dragged to other programs."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else flags

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
        return self._table.ids_at(self._rows)

    def ids_in(self, rows: range) -> list[int]:
        """The photos in these rows."""
        return self._table.ids_at(self._rows[rows.start : rows.stop])

    def ids_at(self, rows: Sequence[int]) -> list[int]:
        """The photos in these rows, in whatever order they are given."""
        return self._table.ids_at(self._rows[np.array(rows, np.int64)])

    def acceptable_ids(self) -> list[int]:
        """The photos shown whose verdict is `landmark` and that have no answer yet, in order."""
        landmark = self._columns.bucket[self._rows] == BUCKETS.index(Bucket.LANDMARK)
        return self._table.ids_at(self._rows[landmark & ~self._table.column("reviewed")[self._rows]])

    def slots_in(self, rows: range) -> Slots:
        """The slots of the photos in these rows."""
        return self._rows[rows.start : rows.stop]

    @property
    def columns(self) -> TileColumns:
        """What is known of all photos, shown or not; not to be changed."""
        return self._columns

    @property
    def maker(self) -> TileMaker:
        """Makes tiles as this grid judges photos."""
        return self._maker

    def tile(self, photo_id: int) -> Tile | None:
        """The tile of a photo, shown or not; None for photos that are not there."""
        return self._maker.tile(self._table.record(photo_id)) if photo_id in self._table else None

    def row(self, photo_id: int) -> int | None:
        """The row of a photo, or None where it is not shown."""
        slot = self._table.slot(photo_id)
        row = int(self._row_of[slot]) if slot is not None and slot < len(self._row_of) else _HIDDEN
        return None if row == _HIDDEN else row

    def photo_id(self, row: int) -> int:
        """The photo in a row. Raises IndexError."""
        return self._table.ids_at(self._rows[row : row + 1] if row >= 0 else self._rows[:0])[0]

    # changes

    def clear(self) -> None:
        """Show nothing; called before the table is cleared."""
        self.beginResetModel()
        self._columns.clear()
        self._set_rows(np.zeros(0, np.int32))
        self.endResetModel()
        self._counts = dict.fromkeys(Bucket, 0)
        self._pending = 0
        self.emptied.emit()
        self.counts_changed.emit()

    def use(self, landmarks: Mapping[str, Landmark], thresholds: Thresholds) -> None:
        """Judge by these landmarks and thresholds from now on."""
        self._maker = TileMaker(landmarks, thresholds)
        self._columns.use(landmarks, thresholds)
        self.judged.emit(np.arange(self._table.size, dtype=np.int32))
        self._select_again()
        self._tell_counts()

    def set_query(self, query: PhotoQuery) -> None:
        """Show other photos, or in another order."""
        if query == self._query:
            return
        self._reorder_timer.stop()
        same_photos = query.same_photos(self._query)
        self._query = query
        if same_photos:
            self._reorder()
            return
        self.beginResetModel()
        self._set_rows(self._columns.select(query))
        self.endResetModel()

    def put(self, photo_ids: Iterable[int]) -> None:
        """These photos are new in the table, have changed, or are gone from it."""
        slots = np.unique(self._table.slots(photo_ids))
        reordered = self._columns.derive(slots)
        self.judged.emit(slots)
        self._make_room()
        rows = self._row_of[slots]
        wanted = self._columns.accepts(self._query, slots)
        shown = rows != _HIDDEN
        moved = shown & wanted & (reordered | self._follows_dates)
        for first, last in _ranges(rows[shown & wanted]):
            self.dataChanged.emit(self.index(first), self.index(last))
        self._remove(rows[shown & ~wanted])
        misplaced = self._append(slots[wanted & ~shown])
        grouped = self._query.group is not GroupBy.NOTHING
        disordered = bool(moved.any()) and (grouped or self._query.order is not SortOrder.NAME)
        rearranged = self._arrangement != self._table.arrangement
        if (misplaced or disordered or rearranged) and not self._reorder_timer.isActive():
            self._reorder_timer.start()
        self._tell_counts()

    def thumbnails_changed(self, photo_ids: Iterable[int]) -> None:
        """Thumbnails of these photos have arrived."""
        slots = self._table.slots(photo_ids)
        rows = self._row_of[slots[slots < len(self._row_of)]]
        for first, last in _ranges(rows[rows != _HIDDEN]):
            self.dataChanged.emit(self.index(first), self.index(last), [THUMBNAIL_ROLE])

    @property
    def _follows_dates(self) -> bool:
        return self._query.order is SortOrder.DATE or self._query.group is GroupBy.DAY

    def _tell_counts(self) -> None:
        self._counts = self._columns.counts()
        self._pending = int(np.count_nonzero(self._table.pending() & self._table.present()))
        self.counts_changed.emit()

    def _append(self, slots: Slots) -> bool:
        """Add rows at the end; returns True if they do not belong there."""
        if not len(slots):
            return False
        slots = self._columns.arranged(self._query, slots)
        misplaced = False
        if len(self._rows):
            seam = np.array([self._rows[-1], slots[0]], np.int32)
            misplaced = bool(self._columns.arranged(self._query, seam)[0] != seam[0])
        first = len(self._rows)
        self.beginInsertRows(_ROOT, first, first + len(slots) - 1)
        self._rows = np.concatenate([self._rows, slots])
        self._row_of[slots] = np.arange(first, len(self._rows), dtype=np.int32)
        self.groups.add(self._query.group, self._rows, slots)
        self.endInsertRows()
        return misplaced

    def _remove(self, rows: NDArray[np.int32]) -> None:
        if not len(rows):
            return
        ranges = _ranges(rows)
        if len(ranges) > (MAX_RANGES if self._query.group is GroupBy.NOTHING else MAX_GROUPED_RANGES):
            self.beginResetModel()
            self._set_rows(np.delete(self._rows, rows))
            self.endResetModel()
            return
        for first, last in reversed(ranges):
            self.beginRemoveRows(_ROOT, first, last)
            self._set_rows(np.concatenate([self._rows[:first], self._rows[last + 1 :]]))
            self.endRemoveRows()

    def _select_again(self) -> None:
        """Verdicts have changed: show what fits the query now."""
        rows = self._columns.select(self._query)
        if np.array_equal(np.sort(rows), np.sort(self._rows)):
            self._arrange(rows)
            if len(rows):
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self._set_rows(rows)
        self.endResetModel()

    def _reorder(self) -> None:
        """Put photos that moved where they belong now."""
        self._arrange(self._columns.arranged(self._query, self._rows))

    def _arrange(self, rows: Slots) -> None:
        """Put the rows in another order, and take selection and current photo along."""
        self._arrangement = self._table.arrangement
        if np.array_equal(rows, self._rows) and self.groups.fits(self._query.group, rows):
            return
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        slots = [self._rows[index.row()] for index in before]
        self._set_rows(rows)
        self.changePersistentIndexList(before, [self.index(int(self._row_of[slot])) for slot in slots])
        self.layoutChanged.emit()

    def _set_rows(self, rows: Slots) -> None:
        self._rows = rows
        self._row_of = np.full(self._table.size, _HIDDEN, np.int32)
        self._row_of[rows] = np.arange(len(rows), dtype=np.int32)
        self.groups.show(self._query.group, rows)

    def _make_room(self) -> None:
        more = self._table.size - len(self._row_of)
        if more > 0:
            room = max(more, len(self._row_of) // 2)
            self._row_of = np.concatenate([self._row_of, np.full(room, _HIDDEN, np.int32)])


def _tool_tip(tile: Tile) -> str:
    if tile.record.error is not None:
        return "\n".join(error_text(tile.record.error))
    lines = [file_names(tile.record.photo), tile_title(tile)]
    if tile.record.offline:
        lines.append(translate("Texts", "The drive that holds this photo is not connected."))
    if tile.record.note is not None:
        lines.append(error_text(tile.record.note)[0])
    return "\n".join(lines)


def _ranges(rows: NDArray[np.int32]) -> list[tuple[int, int]]:
    """Join neighbouring rows: [3, 1, 2, 7] is [(1, 3), (7, 7)]."""
    if not len(rows):
        return []
    rows = np.unique(rows)
    cuts = np.flatnonzero(np.diff(rows) > 1)
    firsts, lasts = rows[np.concatenate([[0], cuts + 1])], rows[np.concatenate([cuts, [len(rows) - 1]])]
    return list(zip(firsts.tolist(), lasts.tolist(), strict=True))
