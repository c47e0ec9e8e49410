"""The grid: which photo is current, which are selected, which are in sight, and how large the tiles are."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPoint,
    QRect,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QContextMenuEvent,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QApplication, QToolTip, QWidget

from landmark_desktop.services.photo_table import Slots
from landmark_desktop.ui.photo_grid.delegate import TileDelegate
from landmark_desktop.ui.photo_grid.dragging import data_of, drag_of
from landmark_desktop.ui.photo_grid.group_header import GroupHeaders, HeaderWords, header_title
from landmark_desktop.ui.photo_grid.grouping import GroupBy
from landmark_desktop.ui.photo_grid.model import PhotoModel
from landmark_desktop.ui.photo_grid.tile_view import TileView
from landmark_desktop.ui.texts import joined

MIN_TILE, MAX_TILE, DEFAULT_TILE = 120, 400, 200
"""Widths of tiles in device-independent pixels."""
TILE_STEP = 40
SIGHT_MS = 60
"""How soon after a change the photos in sight are announced, in milliseconds; what changes meanwhile is one change."""

_Flag = QItemSelectionModel.SelectionFlag


class PhotoView(TileView):
    """The grid of photos. Tiles share the width evenly, so that no ragged margin is left."""

    in_sight = Signal(object)  # list[int]: photos in sight, the current one first
    current_changed = Signal(int)  # photo id, or -1
    selection_changed = Signal()
    tile_width_changed = Signal(int)
    accept_group_clicked = Signal(int)
    photo_menu_wanted = Signal(QPoint)  # on the screen
    group_menu_wanted = Signal(QPoint, int)  # on the screen, group

    def __init__(self, model: PhotoModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("grid")
        self.setAccessibleName(self.tr("Photos"))
        self._photos = model
        self._delegate = TileDelegate(self)
        self._headers = GroupHeaders(self)
        self._tile_width = DEFAULT_TILE
        self._kept: tuple[int, list[int]] = (-1, [])
        self._untouched = -1  # the photo that is current because it was there first, and nobody chose it
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.setAcceptDrops(False)  # drops belong to the whole window
        self.setDragEnabled(True)
        self.setItemDelegate(self._delegate)
        self.setModel(model)
        self._sight_timer = QTimer(self, singleShot=True, interval=SIGHT_MS)
        self._sight_timer.timeout.connect(self._tell_sight)
        self.verticalScrollBar().valueChanged.connect(self.look)
        model.modelAboutToBeReset.connect(self._keep)
        for signal in (model.rowsRemoved, model.layoutChanged, model.modelReset):
            signal.connect(self._regroup)
        model.modelReset.connect(self._restore)
        for signal in (model.rowsInserted, model.rowsRemoved, model.layoutChanged):
            signal.connect(self.look)
        model.rowsInserted.connect(self._regroup_added)
        model.rowsInserted.connect(self._choose_first)
        model.layoutChanged.connect(self._stay_first)
        self.pressed.connect(self._touched)
        self.selectionModel().currentChanged.connect(self._current_changed)
        self.selectionModel().selectionChanged.connect(self.selection_changed)
        self._fit()

    # what is chosen

    @property
    def current_id(self) -> int:
        """The current photo, or -1."""
        index = self.currentIndex()
        return self._photos.photo_id(index.row()) if index.isValid() else -1

    def selected_ids(self) -> list[int]:
        """The selected photos in the order of the grid."""
        rows = sorted((part.top(), part.bottom()) for part in self._selected_ranges())
        return [photo_id for top, bottom in rows for photo_id in self._photos.ids_in(range(top, bottom + 1))]

    def selected_slots(self) -> Slots:
        """The places of the selected photos in the table."""
        ranges = [range(part.top(), part.bottom() + 1) for part in self._selected_ranges()]
        return np.concatenate([np.zeros(0, np.int32), *map(self._photos.slots_in, ranges)])

    @property
    def selected_count(self) -> int:
        """How many photos are selected; quick also where all of a large folder are."""
        return sum(part.height() for part in self._selected_ranges())

    def _selected_ranges(self) -> list[QItemSelectionRange]:
        selection = self.selectionModel().selection()
        return [selection.at(number) for number in range(selection.count())]

    def choose(self, photo_id: int) -> None:
        """Make a photo the current and only selected one; nothing happens where it is not shown."""
        row = self._photos.row(photo_id)
        if row is not None:
            index = self._photos.index(row)
            self.selectionModel().setCurrentIndex(index, _Flag.ClearAndSelect)
            self.scrollTo(index)

    def choose_row(self, row: int) -> None:
        """Make the photo in a row the current one; rows beyond the ends are the first and the last."""
        if self._photos.rowCount():
            self.choose(self._photos.photo_id(max(0, min(row, self._photos.rowCount() - 1))))

    def _current_changed(self, current: QModelIndex, _: QModelIndex) -> None:
        self._touched()
        self.current_changed.emit(self._photos.photo_id(current.row()) if current.isValid() else -1)
        self._tell_group()
        self.look()

    def _choose_first(self) -> None:
        if not self.currentIndex().isValid():
            self._begin_at_top()

    def _begin_at_top(self) -> None:
        self.choose_row(0)
        self._untouched = self.current_id

    def _stay_first(self) -> None:
        """Photos of a folder arrive as the drive lists them: until the user does something, the first one is current,
        also where it came later."""
        untouched = self._untouched != -1 and self._untouched == self.current_id and self.isVisible()
        if untouched and self.currentIndex().row() > 0 and self.verticalScrollBar().value() == 0:
            self._begin_at_top()

    def _touched(self, _: object = None) -> None:
        self._untouched = -1

    def _keep(self) -> None:
        self._kept = (self.current_id, self.selected_ids())

    def _restore(self) -> None:
        """After another filter: keep what is still shown, else begin at the top."""
        current, selected = self._kept
        self._kept = (-1, [])
        row = self._photos.row(current)
        if row is None:
            self.choose_row(0)
            if not self._photos.rowCount():
                self.current_changed.emit(-1)
        else:
            self.choose(current)
            if len(selected) > 1:
                self.select(selected)
        self.look()

    def select(self, photo_ids: Sequence[int]) -> None:
        """Select further photos; neighbours at once, so that selecting all of a large folder costs little."""
        found = sorted(row for row in map(self._photos.row, photo_ids) if row is not None)
        selection = QItemSelection()
        start = 0
        for end in range(1, len(found) + 1):
            if end == len(found) or found[end] != found[end - 1] + 1:
                selection.select(self._photos.index(found[start]), self._photos.index(found[end - 1]))
                start = end
        self.selectionModel().select(selection, _Flag.Select)

    # what is in sight

    def look(self) -> None:
        """Announce the photos in sight soon, also while changes never cease."""
        if not self._sight_timer.isActive():
            self._sight_timer.start()

    def _tell_sight(self) -> None:
        ids = self.ids_in_sight()
        if ids:
            current = self.current_id
            self.in_sight.emit([current, *(i for i in ids if i != current)] if current in ids else ids)

    def ids_in_sight(self) -> list[int]:
        """The photos whose tiles are at least partly visible, from the top."""
        return self._photos.ids_at(self.tiles_in_sight())

    # groups

    def _regroup(self) -> None:
        groups = self._photos.groups
        if groups.by is GroupBy.NOTHING or not len(groups):
            self.set_sections(np.zeros(1, np.int64), np.zeros(1, np.bool_), 0)
        else:
            self.set_sections(groups.starts, groups.closed, self._headers.height(self.fontMetrics()))
        self._tell_group()

    def _regroup_added(self) -> None:
        if self._photos.groups.by is not GroupBy.NOTHING:
            self._regroup()

    @property
    def current_group(self) -> int:
        """The group that the current photo is in, or -1 where photos are not grouped."""
        row = self.currentIndex().row()
        return self._photos.groups.group_of(row) if row >= 0 and self._photos.groups.by is not GroupBy.NOTHING else -1

    def toggle_group(self, group: int) -> None:
        """Collapse a group, or open it; its header stays where it is."""
        if not 0 <= group < len(self._photos.groups):
            return
        before = self.header_rect(group).top()
        self._photos.groups.toggle(group)
        self._regroup()
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + self.header_rect(group).top() - before)
        self.look()

    def toggle_all_groups(self) -> None:
        """Collapse all groups, or open them where all are collapsed; the current photo's header stays in sight."""
        group = self.current_group
        if group < 0:
            return
        self._photos.groups.toggle_all()
        self._regroup()
        bar, header = self.verticalScrollBar(), self.header_rect(group)
        if not self.viewport().rect().contains(header):
            bar.setValue(bar.value() + header.top())
        self.look()

    def _tell_group(self) -> None:
        """Screen readers tell the description of the grid when it changes: the header of the current photo's group."""
        group = self.current_group
        spoken = self._headers.spoken(self._header_words(group)) if group >= 0 else ""
        if spoken != self.accessibleDescription():
            self.setAccessibleDescription(spoken)
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))

    def viewportEvent(self, event: QEvent) -> bool:
        """Tell what a header shows and what a click on it does."""
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            group = self._header_at(event.pos())
            if group is not None:
                QToolTip.showText(event.globalPos(), self._header_tip(group, event.pos()), self)
                return True
        return super().viewportEvent(event)

    def _header_tip(self, group: int, point: QPoint) -> str:
        words = self._header_words(group)
        if self._headers.accept_rect(self.header_rect(group), self.font(), words).contains(point):
            tip = self.tr("Accept the first guesses of %Ln photo(s) of this group", "", words.acceptable)
        else:
            tip = self.tr("Click to open this group") if words.closed else self.tr("Click to collapse this group")
        return f"{joined([words.title, self._headers.counts(words)])}\n{tip}"

    def paint_header(self, painter: QPainter, section: int, rect: QRect) -> None:
        """Paint the header of a group."""
        self._headers.paint(painter, self.palette(), self.font(), rect, self._header_words(section))

    def _header_words(self, group: int) -> HeaderWords:
        groups = self._photos.groups
        return HeaderWords(
            header_title(groups.by, groups.keys[group]),
            len(groups.rows(group)),
            groups.unanswered(group),
            groups.acceptable(group),
            bool(groups.closed[group]),
        )

    def _pressed_header(self, point: QPoint) -> bool:
        """Do what a click on a header means; False where there is none."""
        group = self._header_at(point)
        if group is None:
            return False
        if self._headers.accept_rect(self.header_rect(group), self.font(), self._header_words(group)).contains(point):
            self.accept_group_clicked.emit(group)
        else:
            self.toggle_group(group)
        return True

    def _header_at(self, point: QPoint) -> int | None:
        """The group whose header is at a point of the viewport."""
        top = self.verticalOffset() + point.y()
        return next(self.lines.headers_between(top, top + 1), None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on a header collapses its group or accepts it; all else is for the tiles."""
        if event.button() is Qt.MouseButton.LeftButton and self._pressed_header(event.position().toPoint()):
            event.accept()
        else:
            super().mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """A menu for the photo or the header under the mouse; by key, for the current photo."""
        group = self._header_at(event.pos())
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            if self.currentIndex().isValid():
                self.scrollTo(self.currentIndex())
                where = self.visualRect(self.currentIndex()).center()
                self.photo_menu_wanted.emit(self.viewport().mapToGlobal(where))
        elif group is not None:
            self.group_menu_wanted.emit(event.globalPos(), group)
        elif self.indexAt(event.pos()).isValid():
            self.photo_menu_wanted.emit(event.globalPos())
        event.accept()

    # other programs

    def copy(self) -> None:
        """Put the selected photos on the clipboard, as files and their paths as text."""
        data = data_of(self._photos, self.selected_ids())
        if data is not None:
            data.setText("\n".join(url.toLocalFile() for url in data.urls()))
            QApplication.clipboard().setMimeData(data)

    def startDrag(self, _: Qt.DropAction) -> None:
        """Let the selected photos be dropped on other programs, which get copies."""
        drag = drag_of(self._photos, self.selected_ids(), self.current_id, self)
        if drag is not None:
            drag.exec(Qt.DropAction.CopyAction)

    # sizes

    @property
    def tile_width(self) -> int:
        """The least width of a tile."""
        return self._tile_width

    def set_tile_width(self, width: int) -> None:
        """Change the tiles' size; the photo in the middle stays in sight."""
        width = max(MIN_TILE, min(MAX_TILE, width))
        if width == self._tile_width:
            return
        self._tile_width = width
        anchor = self.currentIndex()
        if not anchor.isValid() or not self.viewport().rect().intersects(self.visualRect(anchor)):
            anchor = self.indexAt(QPoint(self.viewport().width() // 2, self.viewport().height() // 2))
        self._fit()
        if anchor.isValid():
            self.scrollTo(anchor, QAbstractItemView.ScrollHint.PositionAtCenter)
        self.tile_width_changed.emit(width)

    def _fit(self) -> None:
        """Give the tiles their size and share the width that is left evenly."""
        columns = max(1, self.viewport().width() // self._tile_width)
        width = self.viewport().width() // columns
        self.set_tile(width, TileDelegate.height_for(width, self.fontMetrics()))
        self.look()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new width among the tiles."""
        self._fit()
        super().resizeEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; with Ctrl, change the tiles' size."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            step = TILE_STEP if event.angleDelta().y() > 0 else -TILE_STEP
            self.set_tile_width(self._tile_width + step)
            event.accept()
        else:
            super().wheelEvent(event)
