"""The landmarks of a bundle with their places, as a table that can be searched."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QSortFilterProxyModel, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLabel, QLineEdit, QTableView, QVBoxLayout, QWidget

from landmark_desktop.core.location import Landmark
from landmark_desktop.ui.photo_grid.tile import fold
from landmark_desktop.ui.texts import coordinates
from landmark_desktop.ui.theme import GAP

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_Role = Qt.ItemDataRole
SEARCH_ROLE = _Role.UserRole
MAX_COLUMN = 180
"""Width of a column at first, in device-independent pixels."""


class LandmarkModel(QAbstractTableModel):
    """One row a landmark: name, local name, city, country, position."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[tuple[str, ...]] = []

    def show(self, landmarks: Sequence[Landmark]) -> None:
        """Show these landmarks."""
        self.beginResetModel()
        self._rows = [self._row(landmark) for landmark in landmarks]
        self.endResetModel()

    def _row(self, landmark: Landmark) -> tuple[str, ...]:
        local = landmark.local_name if landmark.local_name != landmark.name else ""
        place = landmark.location
        if place is None:
            return landmark.name, local, "", "", self.tr("no place known")
        position = coordinates(place.latitude, place.longitude)
        return landmark.name, local, place.city or place.region, place.country, position

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """Number of landmarks."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        """Name, local name, city, country, position."""
        return 0 if parent.isValid() else 5

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> Any:
        """The text of a cell; for searching, the text of its row."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role in (_Role.DisplayRole, _Role.ToolTipRole):
            return row[index.column()]
        if role == SEARCH_ROLE:
            return fold(" ".join(row[:4]))
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> Any:
        """The names of the columns."""
        if role != _Role.DisplayRole or orientation is not Qt.Orientation.Horizontal:
            return None
        names = self.tr("Landmark"), self.tr("Local name"), self.tr("City"), self.tr("Country"), self.tr("Position")
        return names[section]


class _Filter(QSortFilterProxyModel):
    """Shows the rows in which all words occur."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words: tuple[str, ...] = ()
        self.setSortLocaleAware(True)

    def search(self, text: str) -> None:
        self._words = tuple(fold(text).split())
        self.invalidate()

    def filterAcceptsRow(self, row: int, parent: _Index) -> bool:
        text: str = self.sourceModel().index(row, 0, parent).data(SEARCH_ROLE)
        return all(word in text for word in self._words)


class LandmarkTable(QWidget):
    """A search field, the table, and how many there are."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(self.tr("Search landmark, city, country"))
        self.search.setAccessibleName(self.tr("Search landmarks"))
        self.search.setClearButtonEnabled(True)
        self._model = LandmarkModel(self)
        self._filter = _Filter(self)
        self._filter.setSourceModel(self._model)
        self.table = QTableView(self)
        self.table.setModel(self._filter)
        self.table.setAccessibleName(self.tr("Landmarks"))
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.setSortingEnabled(True)
        self.table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.count = QLabel(self)
        self.count.setProperty("muted", True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, GAP, 0, 0)
        layout.setSpacing(GAP)
        for widget in (self.search, self.table, self.count):
            layout.addWidget(widget)
        self.search.textChanged.connect(self._search)

    def show_landmarks(self, landmarks: Sequence[Landmark]) -> None:
        """Show the landmarks of a bundle."""
        self._model.show(landmarks)
        header = self.table.horizontalHeader()
        self.table.resizeColumnsToContents()
        for column in range(header.count()):
            header.resizeSection(column, min(MAX_COLUMN, header.sectionSize(column)))
        self._count()

    def _search(self, text: str) -> None:
        self._filter.search(text)
        self._count()

    def _count(self) -> None:
        self.count.setText(self.tr("%Ln landmark(s)", "", self._filter.rowCount()))
