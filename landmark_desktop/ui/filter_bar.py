"""The bar above the grid: verdict filters with live counts, search, order and size of the tiles."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLineEdit, QSlider, QToolButton, QWidget

from landmark_desktop.ui.combo_box import ComboBox
from landmark_desktop.ui.filter_chips import FilterChips
from landmark_desktop.ui.icons import Sign, sign_colour, sign_icon
from landmark_desktop.ui.photo_grid.filter import PhotoQuery, SortOrder
from landmark_desktop.ui.photo_grid.grouping import GroupBy
from landmark_desktop.ui.photo_grid.tile import Bucket
from landmark_desktop.ui.photo_grid.view import DEFAULT_TILE, MAX_TILE, MIN_TILE, TILE_STEP
from landmark_desktop.ui.texts import number
from landmark_desktop.ui.theme import GAP, colours

SEARCH_MS = 150
"""How long typing must rest before the grid is searched."""

_SIGNS: Mapping[Bucket, Sign] = {
    Bucket.ALL: Sign.ALL,
    Bucket.LANDMARK: Sign.LANDMARK,
    Bucket.UNSURE: Sign.UNSURE,
    Bucket.NONE: Sign.NONE,
    Bucket.ERRORS: Sign.WARNING,
}


class SearchField(QLineEdit):
    """The search field. Enter and Esc lead back to the grid; Esc also clears."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave on Enter, Esc and Down."""
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.left.emit()
        else:
            super().keyPressEvent(event)


class FilterBar(QWidget):
    """Chooses what the grid shows; ``query_changed`` tells."""

    query_changed = Signal(object)  # PhotoQuery
    tile_width_changed = Signal(int)
    search_left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("filter-bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._counts: Mapping[Bucket, int] = dict.fromkeys(Bucket, 0)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(GAP, 6, GAP, 6)
        layout.setSpacing(2)
        self._chips = self._make_chips(layout)
        self.narrowed = FilterChips(self)
        self.narrowed.changed.connect(self._emit)
        layout.addSpacing(GAP)
        layout.addWidget(self.narrowed)
        layout.addStretch(1)
        self.search = self._make_search()
        layout.addWidget(self.search, 2)
        layout.addSpacing(GAP)
        self.group = self._make_group()
        layout.addWidget(self.group)
        layout.addSpacing(2)
        self.order = self._make_order()
        layout.addWidget(self.order)
        layout.addSpacing(GAP)
        self.tile_size = self._make_tile_size()
        layout.addWidget(self.tile_size)
        self._search_timer = QTimer(self, singleShot=True, interval=SEARCH_MS)
        self._search_timer.timeout.connect(self._emit)
        self.search.textChanged.connect(self._search_timer.start)
        self._show_counts()
        self._draw_signs()

    def _make_chips(self, layout: QHBoxLayout) -> dict[Bucket, QToolButton]:
        chips: dict[Bucket, QToolButton] = {}
        group = QButtonGroup(self)
        for bucket in Bucket:
            chip = QToolButton(self)
            chip.setCheckable(True)
            chip.setProperty("chip", True)
            chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            chip.setIconSize(QSize(14, 14))
            chip.setToolTip(self._tips()[bucket])
            chip.setChecked(bucket is Bucket.ALL)
            chip.clicked.connect(self._emit)
            group.addButton(chip)
            layout.addWidget(chip)
            chips[bucket] = chip
        return chips

    def _make_search(self) -> SearchField:
        search = SearchField(self)
        search.setPlaceholderText(self.tr("Search file, landmark, city, country"))
        search.setAccessibleName(self.tr("Search"))
        search.setClearButtonEnabled(True)
        search.setAcceptDrops(False)  # drops belong to the whole window
        search.setMinimumWidth(140)
        search.setMaximumWidth(280)
        search.left.connect(self.search_left)
        return search

    def _make_order(self) -> ComboBox:
        order_box = ComboBox(self)
        order_box.setAccessibleName(self.tr("Order"))
        order_box.setToolTip(self.tr("The order of the photos"))
        for order, text in self.order_texts().items():
            order_box.addItem(text, order)
        order_box.currentIndexChanged.connect(self._emit)
        return order_box

    def _make_group(self) -> ComboBox:
        group_box = ComboBox(self)
        group_box.setAccessibleName(self.tr("Groups"))
        group_box.setToolTip(self.tr("Put photos into groups; a group is accepted with one key (G)"))
        for group, text in self.group_texts().items():
            group_box.addItem(text, group)
        group_box.currentIndexChanged.connect(self._emit)
        return group_box

    def _make_tile_size(self) -> QSlider:
        slider = QSlider(Qt.Orientation.Horizontal, self)
        slider.setRange(MIN_TILE, MAX_TILE)
        slider.setSingleStep(TILE_STEP)
        slider.setPageStep(TILE_STEP)
        slider.setValue(DEFAULT_TILE)
        slider.setFixedWidth(90)
        slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        slider.setAccessibleName(self.tr("Size of the tiles"))
        slider.setToolTip(self.tr("Size of the tiles (Ctrl + wheel)"))
        slider.valueChanged.connect(self.tile_width_changed)
        return slider

    def order_texts(self) -> dict[SortOrder, str]:
        """The orders in words."""
        return {
            SortOrder.NAME: self.tr("Folder and name"),
            SortOrder.DATE: self.tr("Date taken"),
            SortOrder.CONFIDENCE: self.tr("Most confident first"),
            SortOrder.LEAST_CERTAIN: self.tr("Least certain first"),
            SortOrder.LANDMARK: self.tr("Landmark"),
        }

    def group_texts(self) -> dict[GroupBy, str]:
        """The groups in words."""
        return {
            GroupBy.NOTHING: self.tr("No groups"),
            GroupBy.LANDMARK: self.tr("By landmark"),
            GroupBy.PLACE: self.tr("By place"),
            GroupBy.DAY: self.tr("By day"),
        }

    def bucket_texts(self) -> dict[Bucket, str]:
        """The filters in words."""
        return {
            Bucket.ALL: self.tr("All"),
            Bucket.LANDMARK: self.tr("Landmark"),
            Bucket.UNSURE: self.tr("Unsure"),
            Bucket.NONE: self.tr("None"),
            Bucket.ERRORS: self.tr("Errors"),
        }

    def _tips(self) -> dict[Bucket, str]:
        return {
            Bucket.ALL: self.tr("All photos"),
            Bucket.LANDMARK: self.tr("Photos that show a landmark, as far as the model can tell"),
            Bucket.UNSURE: self.tr("Photos whose guesses need your eyes"),
            Bucket.NONE: self.tr("Photos that show no landmark the model knows"),
            Bucket.ERRORS: self.tr("Files that could not be read"),
        }

    @property
    def query(self) -> PhotoQuery:
        """What is chosen now."""
        bucket = next(bucket for bucket, chip in self._chips.items() if chip.isChecked())
        words = PhotoQuery.words_of(self.search.text())
        order = SortOrder(self.order.currentData())
        group = GroupBy(self.group.currentData())
        return PhotoQuery(bucket, words, order, self.narrowed.place, self.narrowed.folder, group)

    def set_bucket(self, bucket: Bucket) -> None:
        """Choose a filter."""
        self._chips[bucket].setChecked(True)
        self._emit()

    def set_order(self, order: SortOrder) -> None:
        """Choose an order."""
        self.order.setCurrentIndex(self.order.findData(order))

    def set_group(self, group: GroupBy) -> None:
        """Choose what photos are grouped by."""
        self.group.setCurrentIndex(self.group.findData(group))

    def clear(self) -> None:
        """Show all photos again."""
        self._chips[Bucket.ALL].setChecked(True)
        self.search.clear()
        self.narrowed.reset()
        self._emit()

    def show_counts(self, counts: Mapping[Bucket, int]) -> None:
        """Show how many photos each filter has."""
        self._counts = dict(counts)
        self._show_counts()

    def _show_counts(self) -> None:
        for bucket, text in self.bucket_texts().items():
            label = f"{text} {number(self._counts[bucket])}"
            if self._chips[bucket].text() != label:
                self._chips[bucket].setText(label)

    def _emit(self) -> None:
        self._search_timer.stop()
        self.query_changed.emit(self.query)

    def _draw_signs(self) -> None:
        scheme = colours(self.palette())
        for bucket, chip in self._chips.items():
            chip.setIcon(sign_icon(_SIGNS[bucket], sign_colour(_SIGNS[bucket], scheme)))

    def changeEvent(self, event: QEvent) -> None:
        """Draw the signs in the colours of a new theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_chips"):
            self._draw_signs()
