"""Where tiles lie: lines of tiles, in sections that may have a header and may be collapsed. Plain arithmetic, Qt-free.

All tiles have one size, so the place of a row follows from its number and from where its section begins. Making the
geometry costs a few numpy operations over the sections, asking it a binary search over them.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in the coordinates of the content, in device-independent pixels."""

    left: int
    top: int
    width: int
    height: int


class Lines:
    """The geometry of ``count`` tiles.

    ``starts`` are the first rows of the sections, int ``[S]``, ascending from 0; ``closed`` says which sections are
    collapsed, bool ``[S]``. Each section has a header of ``header`` pixels; one section with a header of 0 pixels is a
    plain grid.
    """

    def __init__(
        self,
        starts: NDArray[np.int64],
        closed: NDArray[np.bool_],
        count: int,
        *,
        columns: int,
        tile: tuple[int, int],
        header: int,
    ) -> None:
        self.count = count
        self.columns = columns
        self.header = header
        self._width, self._height = tile
        self._starts = starts.astype(np.int64)
        self._ends = np.append(self._starts[1:], count)[: len(starts)]
        self._closed = closed
        lines = np.where(closed, 0, -(-(self._ends - self._starts) // columns))
        self._tops = np.concatenate([[0], np.cumsum(lines * self._height + header)]).astype(np.int64)

    @property
    def height(self) -> int:
        """The height of all content in pixels."""
        return int(self._tops[-1])

    @property
    def sections(self) -> int:
        """How many sections there are."""
        return len(self._starts)

    def section_of(self, row: int) -> int:
        """The section that a row is in."""
        return int(np.searchsorted(self._starts, row, "right")) - 1

    def section_at(self, y: int) -> int:
        """The section at a height of the content, the nearest one beyond the ends."""
        return max(0, min(int(np.searchsorted(self._tops, y, "right")) - 1, self.sections - 1))

    def rows_of(self, section: int) -> range:
        """The rows of a section, shown or collapsed."""
        return range(int(self._starts[section]), int(self._ends[section]))

    def is_closed(self, section: int) -> bool:
        """True if a section is collapsed."""
        return bool(self._closed[section])

    def header_box(self, section: int) -> Box:
        """Where the header of a section lies; as wide as a line of tiles."""
        return Box(0, int(self._tops[section]), self.columns * self._width, self.header)

    def box(self, row: int) -> Box:
        """Where the tile of a row lies; no height in a collapsed section."""
        section = self.section_of(row)
        top = int(self._tops[section]) + self.header
        if self._closed[section]:
            return Box(0, int(self._tops[section]), self._width, 0)
        line, column = divmod(row - int(self._starts[section]), self.columns)
        return Box(column * self._width, top + line * self._height, self._width, self._height)

    def row_at(self, x: int, y: int) -> int:
        """The row of the tile at a point, -1 where there is none."""
        if not self.count or not 0 <= y < self.height or not 0 <= x < self.columns * self._width:
            return -1
        section = self.section_at(y)
        inside = y - int(self._tops[section]) - self.header
        if inside < 0 or self._closed[section]:
            return -1
        row = int(self._starts[section]) + inside // self._height * self.columns + x // self._width
        return row if row < self._ends[section] else -1

    def nearest_row(self, x: int, y: int) -> int:
        """The row of the tile at a point, or of the one next to it."""
        section = self.section_at(y)
        line = max(0, y - int(self._tops[section]) - self.header) // self._height
        column = max(0, min(x // self._width, self.columns - 1))
        row = int(self._starts[section]) + line * self.columns + column
        return min(row, int(self._ends[section]) - 1)

    def spans(self, top: int, bottom: int) -> Iterator[range]:
        """The rows whose tiles touch the heights from ``top`` up to ``bottom``, section by section; none that are
        collapsed."""
        if not self.count or bottom <= 0 or top >= self.height:
            return
        for section in range(self.section_at(top), self.section_at(bottom - 1) + 1):
            rows = self.rows_of(section)
            base = int(self._tops[section]) + self.header
            if self._closed[section] or bottom <= base:
                continue
            first = max(0, top - base) // self._height
            last = (bottom - 1 - base) // self._height
            found = range(rows.start + first * self.columns, min(rows.stop, rows.start + (last + 1) * self.columns))
            if found:
                yield found

    def headers_between(self, top: int, bottom: int) -> Iterator[int]:
        """The sections whose headers touch the heights from ``top`` up to ``bottom``."""
        if not self.header or not self.count or top >= self.height:
            return
        for section in range(self.section_at(top), self.section_at(bottom - 1) + 1):
            if self._tops[section] < bottom and self._tops[section] + self.header > top:
                yield section

    # moving

    def step(self, row: int, by: int) -> int:
        """The next (1) or previous (-1) row that is not collapsed; the same one at the end."""
        target = row + by
        if not 0 <= target < self.count:
            return self._landed(row)
        section = self.section_of(target)
        if not self._closed[section]:
            return target
        beyond = self._open_section(section, by)
        if beyond is None:
            return self._landed(row)
        rows = self.rows_of(beyond)
        return rows.start if by > 0 else rows.stop - 1

    def line_step(self, row: int, by: int) -> int:
        """The row below (1) or above (-1), in the same column where there is one; the same one at the end."""
        section = self.section_of(row)
        rows = self.rows_of(section)
        line, column = divmod(row - rows.start, self.columns)
        if not self._closed[section]:
            if by < 0 and line > 0:
                return row - self.columns
            if by > 0 and line < (len(rows) - 1) // self.columns:
                return min(row + self.columns, rows.stop - 1)
        beyond = self._open_section(section, by)
        if beyond is None:
            return self._landed(row)
        rows = self.rows_of(beyond)
        line = 0 if by > 0 else (len(rows) - 1) // self.columns
        return min(rows.start + line * self.columns + column, rows.stop - 1)

    def end(self, by: int) -> int:
        """The first (-1) or the last (1) row that is not collapsed; where all are, the first or last of all."""
        edge = 0 if by < 0 else self.count - 1
        return self._landed(edge)

    def _open_section(self, section: int, by: int) -> int | None:
        """The next section in a direction that is not collapsed."""
        opened = np.flatnonzero(~self._closed)
        place = int(np.searchsorted(opened, section, "right" if by > 0 else "left")) - (by < 0)
        return int(opened[place]) if 0 <= place < len(opened) else None

    def _landed(self, row: int) -> int:
        """A row, or the nearest one that is not collapsed."""
        section = self.section_of(row)
        if not self._closed[section]:
            return row
        for by in (1, -1):
            beyond = self._open_section(section, by)
            if beyond is not None:
                rows = self.rows_of(beyond)
                return rows.start if by > 0 else rows.stop - 1
        return row
