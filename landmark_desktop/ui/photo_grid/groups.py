"""The groups of the grid as they are shown: where they begin, what they are called by, and which are collapsed."""

import numpy as np
from numpy.typing import NDArray

from landmark_desktop.services.photo_table import PhotoTable, Slots
from landmark_desktop.ui.photo_grid.columns import BUCKETS, TileColumns
from landmark_desktop.ui.photo_grid.grouping import GroupBy, GroupKey
from landmark_desktop.ui.photo_grid.tile import Bucket


class Groups:
    """Sections of the grid's rows. They stay as they are until rows are arranged anew: a photo whose group changes
    does not tear the one apart that it still stands in."""

    def __init__(self, table: PhotoTable, columns: TileColumns) -> None:
        self._table = table
        self._columns = columns
        self._by = GroupBy.NOTHING
        self._rows: Slots = np.zeros(0, np.int32)
        self._closed: set[GroupKey] = set()
        self.starts: NDArray[np.int64] = np.zeros(0, np.int64)
        self.keys: list[GroupKey] = []

    def __len__(self) -> int:
        return len(self.starts)

    @property
    def by(self) -> GroupBy:
        """What photos are grouped by."""
        return self._by

    def show(self, by: GroupBy, rows: Slots) -> None:
        """These slots are shown now, group after group. What was collapsed by something else is open again."""
        if by is not self._by:
            self._closed.clear()
        self._by, self._rows = by, rows
        self.starts = _starts(self._columns.group_ranks(by, rows), 0) if by is not GroupBy.NOTHING else _one(rows)
        self._name(0)

    def add(self, by: GroupBy, rows: Slots, added: Slots) -> None:
        """``added`` came behind all others."""
        first = len(rows) - len(added)
        if not first or by is not self._by:
            self.show(by, rows)
            return
        self._rows = rows
        if by is GroupBy.NOTHING:
            return
        known = len(self.keys)
        ranks = self._columns.group_ranks(by, rows[first - 1 :])
        self.starts = np.concatenate([self.starts, _starts(ranks, first - 1)[1:]])
        self._name(known)

    def fits(self, by: GroupBy, rows: Slots) -> bool:
        """True if these rows would be grouped as they are."""
        if by is not self._by:
            return False
        return by is GroupBy.NOTHING or np.array_equal(_starts(self._columns.group_ranks(by, rows), 0), self.starts)

    def _name(self, known: int) -> None:
        firsts = self._rows[self.starts[known:]].tolist() if self._by is not GroupBy.NOTHING else []
        self.keys = [*self.keys[:known], *(self._columns.group_key(self._by, slot) for slot in firsts)]

    @property
    def closed(self) -> NDArray[np.bool_]:
        """Which groups are collapsed, bool ``[G]``."""
        if not self._closed:
            return np.zeros(len(self.starts), np.bool_)
        return np.array([key in self._closed for key in self.keys], np.bool_)

    def toggle(self, group: int) -> None:
        """Collapse a group, or open it again."""
        self._closed ^= {self.keys[group]}

    def toggle_all(self) -> None:
        """Collapse all groups; where all are collapsed, open them."""
        self._closed = set() if self.closed.all() else set(self.keys)

    def group_of(self, row: int) -> int:
        """The group that a row is in."""
        return int(np.searchsorted(self.starts, row, "right")) - 1

    def rows(self, group: int) -> range:
        """The rows of a group."""
        last = len(self.starts) == group + 1
        return range(int(self.starts[group]), len(self._rows) if last else int(self.starts[group + 1]))

    def acceptable_ids(self, group: int) -> list[int]:
        """The photos of a group that have no answer yet and may be accepted at once: whose verdict is `landmark`, and,
        where all show one landmark, `unsure` too, for the eye sees at a glance which does not belong."""
        return self._table.ids_at(self._acceptable(group))

    def acceptable(self, group: int) -> int:
        """How many photos of a group may be accepted at once."""
        return len(self._acceptable(group))

    def unanswered(self, group: int) -> int:
        """How many photos of a group that the program could read have no answer yet."""
        slots, column = self._slots(group), self._table.column
        return int(np.count_nonzero(~(column("reviewed")[slots] | column("failed")[slots])))

    def _slots(self, group: int) -> Slots:
        rows = self.rows(group)
        return self._rows[rows.start : rows.stop]

    def _acceptable(self, group: int) -> Slots:
        slots = self._slots(group)
        believed = self._columns.bucket[slots] == BUCKETS.index(Bucket.LANDMARK)
        if self._by is GroupBy.LANDMARK:
            believed |= self._columns.bucket[slots] == BUCKETS.index(Bucket.UNSURE)
        found: Slots = slots[believed & ~self._table.column("reviewed")[slots]]
        return found


def _one(rows: Slots) -> NDArray[np.int64]:
    """One group, or none where there is nothing."""
    return np.zeros(min(1, len(rows)), np.int64)


def _starts(ranks: NDArray[np.int32], first: int) -> NDArray[np.int64]:
    """The rows where another group begins; the ranks are those of the rows from ``first`` on."""
    if not len(ranks):
        return np.zeros(0, np.int64)
    return np.concatenate([[0], np.flatnonzero(np.diff(ranks)) + 1]).astype(np.int64) + first
