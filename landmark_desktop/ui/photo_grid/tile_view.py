"""A list view of equal tiles, in sections with headers where there are groups, whose geometry is plain arithmetic.

QListView lays out all rows whenever one is added: 80 ms with 100,000 of them. Where all tiles are of one size, the
place of a row follows from its number, so nothing is laid out, and adding photos costs the same in a folder of ten
and one of a million.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QCursor, QPainter, QPaintEvent, QRegion
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyleOptionViewItem, QWidget

from landmark_desktop.ui.photo_grid.lines import Box, Lines

_Index = QModelIndex | QPersistentModelIndex
_Action = QAbstractItemView.CursorAction
_Hint = QAbstractItemView.ScrollHint
_State = QStyle.StateFlag


class TileView(QListView):
    """Shows a list model as equal tiles in rows of as many as fit, scrolled by the pixel."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._width = self._height = 100
        self._header = 0
        self._starts, self._closed = np.zeros(1, np.int64), np.zeros(1, np.bool_)
        self._made: Lines | None = None
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)

    def set_tile(self, width: int, height: int) -> None:
        """Give all tiles this size, in device-independent pixels."""
        if (width, height) != (self._width, self._height):
            self._width, self._height = max(1, width), max(1, height)
            self.arrange()
            self.viewport().update()

    @property
    def columns(self) -> int:
        """Tiles in a row of the grid."""
        return max(1, self.viewport().width() // self._width)

    def set_sections(self, starts: NDArray[np.int64], closed: NDArray[np.bool_], header: int) -> None:
        """Show sections: the first row of each, ascending from 0, and whether it is collapsed. Each has a header of
        this height in device-independent pixels; none for 0."""
        self._starts, self._closed, self._header = starts, closed, header
        self.arrange()

    def arrange(self) -> None:
        """Sections, sizes or the number of tiles have changed: where everything lies is computed anew."""
        self._made = None
        self.updateGeometries()
        self.viewport().update()

    @property
    def lines(self) -> Lines:
        """Where everything lies."""
        count, columns = self._count(), self.columns
        if self._made is None or (self._made.count, self._made.columns) != (count, columns):
            tile = (self._width, self._height)
            there = max(1, int(np.searchsorted(self._starts, count)))  # rows may just have gone
            self._made = Lines(
                self._starts[:there], self._closed[:there], count, columns=columns, tile=tile, header=self._header
            )
        return self._made

    def rows_in_sight(self) -> range:
        """From the first to the last of the model's rows whose tiles are at least partly visible; collapsed ones may be
        between."""
        tiles = self.tiles_in_sight()
        return range(tiles[0], tiles[-1] + 1) if tiles else range(0)

    def tiles_in_sight(self) -> list[int]:
        """The model's rows whose tiles are at least partly visible."""
        top = self.verticalOffset()
        return [row for span in self.lines.spans(top, top + self.viewport().height()) for row in span]

    def _count(self) -> int:
        model = self.model()
        return model.rowCount() if model is not None else 0

    def _rect(self, row: int) -> QRect:
        return self._in_viewport(self.lines.box(row))

    def _in_viewport(self, box: Box) -> QRect:
        return QRect(box.left, box.top - self.verticalOffset(), box.width, box.height)

    def _nearest_row(self, point: QPoint) -> int:
        """The row of the tile at ``point`` of the viewport, or of the one next to it."""
        return self.lines.nearest_row(point.x(), point.y() + self.verticalOffset())

    # geometry that Qt asks for

    def doItemsLayout(self) -> None:
        """Nothing to lay out; what follows a layout is done."""
        QAbstractItemView.doItemsLayout(self)

    def rowsInserted(self, parent: _Index, start: int, end: int) -> None:
        """Tiles behind those in sight change nothing but the scroll bar: painting costs more than adding them."""
        QAbstractItemView.rowsInserted(self, parent, start, end)
        self._made = None
        self.updateGeometries()
        if self._header or start < self.rows_in_sight().stop:
            self.viewport().update()

    def dataChanged(self, first: _Index, last: _Index, roles: Sequence[int] = ()) -> None:
        """Paint what has changed and is in sight; Qt would paint all tiles for any two."""
        changed = range(first.row(), last.row() + 1)
        for row in self.tiles_in_sight():
            if row in changed:
                self.viewport().update(self._rect(row))

    def updateGeometries(self) -> None:
        """Fit the scroll bar to the number of tiles."""
        bar, height = self.verticalScrollBar(), self.viewport().height()
        bar.setRange(0, max(0, self.lines.height - height))
        bar.setPageStep(height)
        bar.setSingleStep(max(1, self._height // 3))
        self.horizontalScrollBar().setRange(0, 0)

    def horizontalOffset(self) -> int:
        """The grid never scrolls sideways."""
        return 0

    def verticalOffset(self) -> int:
        """How far the grid is scrolled, in pixels."""
        return self.verticalScrollBar().value()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Move what is painted already."""
        self.viewport().scroll(dx, dy)

    def isIndexHidden(self, index: _Index) -> bool:
        """Rows of collapsed sections are hidden."""
        lines = self.lines
        return index.isValid() and index.row() < lines.count and lines.is_closed(lines.section_of(index.row()))

    def visualRect(self, index: _Index) -> QRect:
        """Where a tile lies in the viewport."""
        return self._rect(index.row()) if index.isValid() else QRect()

    def indexAt(self, point: QPoint) -> QModelIndex:
        """The tile at a point of the viewport."""
        row = self.lines.row_at(point.x(), point.y() + self.verticalOffset())
        return self.model().index(row, 0) if row >= 0 else QModelIndex()

    def scrollTo(self, index: _Index, hint: QAbstractItemView.ScrollHint = _Hint.EnsureVisible) -> None:
        """Scroll until a tile is visible."""
        if not index.isValid():
            return
        bar, height = self.verticalScrollBar(), self.viewport().height()
        top = self.lines.box(index.row()).top
        if hint is _Hint.PositionAtCenter:
            bar.setValue(top + self._height // 2 - height // 2)
        elif hint is _Hint.PositionAtTop or top < bar.value():
            bar.setValue(top)
        elif hint is _Hint.PositionAtBottom or top + self._height > bar.value() + height:
            bar.setValue(min(top, top + self._height - height))

    # moving and selecting

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Where the arrow keys, Page Up, Page Down, Home and End lead."""
        lines, row = self.lines, self.currentIndex().row()
        if not lines.count:
            return QModelIndex()
        if row < 0:
            return self.model().index(lines.end(-1), 0)
        if action in (_Action.MoveLeft, _Action.MovePrevious):
            target = lines.step(row, -1)
        elif action in (_Action.MoveRight, _Action.MoveNext):
            target = lines.step(row, 1)
        elif action in (_Action.MoveHome, _Action.MoveEnd):
            target = lines.end(-1 if action is _Action.MoveHome else 1)
        else:
            up = action in (_Action.MoveUp, _Action.MovePageUp)
            page = action in (_Action.MovePageUp, _Action.MovePageDown)
            target = row
            for _ in range(max(1, self.viewport().height() // self._height) if page else 1):
                target = lines.line_step(target, -1 if up else 1)
        return self.model().index(target, 0)

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Select from tile to tile as one reads; a rubber band selects the tiles it touches."""
        selection = QItemSelection()
        if self._count():
            if self.state() is QAbstractItemView.State.DragSelectingState:
                self._touch(rect.normalized(), selection)
            else:
                # The corners as they are: a selection with Shift goes from the first point to the second.
                first, last = sorted((self._nearest_row(rect.topLeft()), self._nearest_row(rect.bottomRight())))
                selection.select(self.model().index(first, 0), self.model().index(last, 0))
        self.selectionModel().select(selection, command)

    def _touch(self, band: QRect, selection: QItemSelection) -> None:
        top, bottom = band.top() + self.verticalOffset(), band.bottom() + 1 + self.verticalOffset()
        left = max(0, band.left() // self._width)
        right = min(band.right() // self._width, self.columns - 1)
        for span in self.lines.spans(max(0, top), bottom):
            for start in range(span.start, span.stop, self.columns):
                first, last = start + left, min(start + right, span.stop - 1)
                if first <= last:
                    selection.select(self.model().index(first, 0), self.model().index(last, 0))

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        """The visible part of a selection."""
        region = QRegion()
        for row in self.tiles_in_sight():
            if selection.contains(self.model().index(row, 0)):
                region += self._rect(row)
        return region

    def keyboardSearch(self, search: str) -> None:
        """Letters are keys for reviewing; names are found by the search field."""

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the tiles that need it."""
        painter = QPainter(self.viewport())
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        viewport, selected = self.viewport(), self.selectionModel()
        under_mouse = viewport.underMouse()
        pointed = self.indexAt(viewport.mapFromGlobal(QCursor.pos())).row() if under_mouse else -1
        model, delegate = self.model(), self.itemDelegate()
        current = self.currentIndex().row() if self.hasFocus() else -1
        for row, rect in self._to_paint(event.region()):
            index = model.index(row, 0)
            state = _State.State_Enabled
            if selected.isSelected(index):
                state |= _State.State_Selected
            if row == current:
                state |= _State.State_HasFocus
            if row == pointed:
                state |= _State.State_MouseOver
            option.rect = rect
            option.state = state
            delegate.paint(painter, option, index)
        top = self.verticalOffset()
        for section in self.lines.headers_between(top, top + viewport.height()):
            self.paint_header(painter, section, self.header_rect(section))
        painter.end()

    def header_rect(self, section: int) -> QRect:
        """Where the header of a section lies in the viewport."""
        return self._in_viewport(self.lines.header_box(section))

    def paint_header(self, painter: QPainter, section: int, rect: QRect) -> None:
        """Paint the header of a section; a view with headers does."""

    def _to_paint(self, region: QRegion) -> Iterator[tuple[int, QRect]]:
        """The rows in sight that touch a region of the viewport, and where they lie."""
        for row in self.tiles_in_sight():
            rect = self._rect(row)
            if region.intersects(rect):
                yield row, rect
