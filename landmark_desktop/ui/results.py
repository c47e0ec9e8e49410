"""What became of the photos of a run or of its undo: failures first, each with reason and remedy."""

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from landmark_desktop.core.photo import display_name
from landmark_desktop.core.tag import RunState
from landmark_desktop.services.tagging import TagResult
from landmark_desktop.ui.texts import error_text

_ROOT = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex


class ResultModel(QAbstractTableModel):
    """One row per photo: photo, file, what became of it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._results: list[TagResult] = []

    def show_results(self, results: Sequence[TagResult]) -> None:
        """Show other results."""
        self.beginResetModel()
        self._results = sorted(results, key=lambda result: result.error is None)
        self.endResetModel()

    def results(self, rows: Iterable[int]) -> list[TagResult]:
        """What is shown in these rows."""
        return [self._results[row] for row in rows if 0 <= row < len(self._results)]

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """Number of photos."""
        return 0 if parent.isValid() else len(self._results)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        """Photo, file, result."""
        return 0 if parent.isValid() else 3

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The names of the columns."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (self.tr("Photo"), self.tr("File"), self.tr("Result"))[section]
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Texts."""
        if not index.isValid() or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        result = self._results[index.row()]
        if index.column() < 2:
            path = result.photo if index.column() == 0 else result.target
            return display_name(path) if role == Qt.ItemDataRole.DisplayRole else str(path)
        if result.error is not None:
            return " ".join(error_text(result.error))
        return {
            RunState.DONE: self.tr("Written and read back"),
            RunState.UNDONE: self.tr("As it was before"),
            RunState.FAILED: self.tr("Not written"),
        }.get(result.state, self.tr("Under way"))


class ResultList(QTableView):
    """Shows results."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.results = ResultModel(self)
        self.setModel(self.results)
        self.setAccessibleName(self.tr("Results"))
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.horizontalHeader().setStretchLastSection(True)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setTabKeyNavigation(False)
        self.setColumnWidth(0, 190)
        self.setColumnWidth(1, 220)

    def chosen(self) -> list[TagResult]:
        """What is shown in the chosen rows."""
        return self.results.results(index.row() for index in self.selectionModel().selectedRows())
