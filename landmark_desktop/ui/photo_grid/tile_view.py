"""A list view of equal tiles whose geometry is plain arithmetic.

QListView lays out all rows whenever one is added: 80 ms with 100,000 of them. Where all tiles are of one size, the
place of a row follows from its number, so nothing is laid out, and adding photos costs the same in a folder of ten
and one of a million.
"""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QCursor, QPainter, QPaintEvent, QRegion
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyleOptionViewItem, QWidget

_Index = QModelIndex | QPersistentModelIndex
_Action = QAbstractItemView.CursorAction
_Hint = QAbstractItemView.ScrollHint
_State = QStyle.StateFlag


class TileView(QListView):
    """Shows a list model as equal tiles in rows of as many as fit, scrolled by the pixel."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._width = self._height = 100
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)

    def set_tile(self, width: int, height: int) -> None:
        """Give all tiles this size, in device-independent pixels."""
        if (width, height) != (self._width, self._height):
            self._width, self._height = max(1, width), max(1, height)
            self.updateGeometries()
            self.viewport().update()

    @property
    def columns(self) -> int:
        """Tiles in a row of the grid."""
        return max(1, self.viewport().width() // self._width)

    def rows_in_sight(self) -> range:
        """The model's rows whose tiles are at least partly visible."""
        count, columns = self._count(), self.columns
        first = self.verticalOffset() // self._height * columns
        last = (self.verticalOffset() + self.viewport().height() - 1) // self._height * columns + columns
        return range(min(first, count), min(last, count))

    def _count(self) -> int:
        model = self.model()
        return model.rowCount() if model is not None else 0

    def _rect(self, row: int) -> QRect:
        line, column = divmod(row, self.columns)
        return QRect(column * self._width, line * self._height - self.verticalOffset(), self._width, self._height)

    def _nearest_row(self, point: QPoint) -> int:
        """The row of the tile at ``point`` of the viewport, or of the one next to it."""
        column = max(0, min(point.x() // self._width, self.columns - 1))
        line = max(0, (point.y() + self.verticalOffset()) // self._height)
        return min(line * self.columns + column, self._count() - 1)

    # geometry that Qt asks for

    def doItemsLayout(self) -> None:
        """Nothing to lay out; what follows a layout is done."""
        QAbstractItemView.doItemsLayout(self)

    def rowsInserted(self, parent: _Index, start: int, end: int) -> None:
        """Tiles behind those in sight change nothing but the scroll bar: painting costs more than adding them."""
        QAbstractItemView.rowsInserted(self, parent, start, end)
        self.updateGeometries()
        if start < self.rows_in_sight().stop:
            self.viewport().update()

    def dataChanged(self, first: _Index, last: _Index, roles: Sequence[int] = ()) -> None:
        """Paint what has changed and is in sight; Qt would paint all tiles for any two."""
        sight = self.rows_in_sight()
        for row in range(max(first.row(), sight.start), min(last.row() + 1, sight.stop)):
            self.viewport().update(self._rect(row))

    def updateGeometries(self) -> None:
        """Fit the scroll bar to the number of tiles."""
        lines = -(-self._count() // self.columns)
        bar, height = self.verticalScrollBar(), self.viewport().height()
        bar.setRange(0, max(0, lines * self._height - height))
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
        """Every row is shown."""
        return False

    def visualRect(self, index: _Index) -> QRect:
        """Where a tile lies in the viewport."""
        return self._rect(index.row()) if index.isValid() else QRect()

    def indexAt(self, point: QPoint) -> QModelIndex:
        """The tile at a point of the viewport."""
        column = point.x() // self._width
        row = (point.y() + self.verticalOffset()) // self._height * self.columns + column
        inside = 0 <= column < self.columns and point.y() + self.verticalOffset() >= 0 and row < self._count()
        return self.model().index(row, 0) if inside else QModelIndex()

    def scrollTo(self, index: _Index, hint: QAbstractItemView.ScrollHint = _Hint.EnsureVisible) -> None:
        """Scroll until a tile is visible."""
        if not index.isValid():
            return
        bar, height = self.verticalScrollBar(), self.viewport().height()
        top = index.row() // self.columns * self._height
        if hint is _Hint.PositionAtCenter:
            bar.setValue(top + self._height // 2 - height // 2)
        elif hint is _Hint.PositionAtTop or top < bar.value():
            bar.setValue(top)
        elif hint is _Hint.PositionAtBottom or top + self._height > bar.value() + height:
            bar.setValue(min(top, top + self._height - height))

    # moving and selecting

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Where the arrow keys, Page Up, Page Down, Home and End lead."""
        count, columns = self._count(), self.columns
        if not count:
            return QModelIndex()
        row = self.currentIndex().row()
        if row < 0:
            return self.model().index(0, 0)
        page = max(1, self.viewport().height() // self._height) * columns
        steps = {
            _Action.MoveLeft: -1,
            _Action.MovePrevious: -1,
            _Action.MoveRight: 1,
            _Action.MoveNext: 1,
            _Action.MoveUp: -columns,
            _Action.MoveDown: columns,
            _Action.MovePageUp: -page,
            _Action.MovePageDown: page,
            _Action.MoveHome: -count,
            _Action.MoveEnd: count,
        }
        target = row + steps[action]
        if action in (_Action.MoveUp, _Action.MovePageUp) and target < 0:
            target = row % columns
        elif action in (_Action.MoveDown, _Action.MovePageDown) and target >= count:
            # Down from the last but one line leads to the last tile where there is none straight below.
            target = row if row // columns == (count - 1) // columns else count - 1
        return self.model().index(max(0, min(target, count - 1)), 0)

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
        top = max(0, (band.top() + self.verticalOffset()) // self._height)
        bottom = (band.bottom() + self.verticalOffset()) // self._height
        left = max(0, band.left() // self._width)
        right = min(band.right() // self._width, self.columns - 1)
        last_line = (self._count() - 1) // self.columns
        for line in range(top, min(bottom, last_line) + 1):
            start = line * self.columns + left
            end = min(line * self.columns + right, self._count() - 1)
            if start <= end:
                selection.select(self.model().index(start, 0), self.model().index(end, 0))

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        """The visible part of a selection."""
        region = QRegion()
        for row in self.rows_in_sight():
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
        painter.end()

    def _to_paint(self, region: QRegion) -> Iterator[tuple[int, QRect]]:
        """The rows in sight that touch a region of the viewport, and where they lie."""
        columns, offset = self.columns, self.verticalOffset()
        for row in self.rows_in_sight():
            line, column = divmod(row, columns)
            rect = QRect(column * self._width, line * self._height - offset, self._width, self._height)
            if region.intersects(rect):
                yield row, rect
