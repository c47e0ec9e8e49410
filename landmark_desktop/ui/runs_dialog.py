"""The runs: what was written when, and the way back, also after a restart."""

from datetime import datetime
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QDateTime, QLocale, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QProgressBar, QPushButton, QTableView, QVBoxLayout, QWidget

from landmark_desktop.core.tag import Run
from landmark_desktop.services.tagging import TagResult, count_photos
from landmark_desktop.services.writing import Writing
from landmark_desktop.ui.results import ResultList
from landmark_desktop.ui.texts import number
from landmark_desktop.ui.theme import GAP, PADDING

_ROOT = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex


class RunModel(QAbstractTableModel):
    """One row per run, the newest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runs: list[Run] = []

    def show_runs(self, runs: list[Run]) -> None:
        """Show other runs."""
        self.beginResetModel()
        self._runs = runs
        self.endResetModel()

    def run(self, row: int) -> Run | None:
        """The run in a row, or None."""
        return self._runs[row] if 0 <= row < len(self._runs) else None

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """Number of runs."""
        return 0 if parent.isValid() else len(self._runs)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        """When, how many, what became of them, where."""
        return 0 if parent.isValid() else 6

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The names of the columns."""
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (
            self.tr("Started"),
            self.tr("Photos"),
            self.tr("Written"),
            self.tr("Failed"),
            self.tr("Undone"),
            self.tr("Folders"),
        )[section]

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Texts; numbers to the right."""
        if not index.isValid():
            return None
        run, column = self._runs[index.row()], index.column()
        if role == Qt.ItemDataRole.TextAlignmentRole and 0 < column < 5:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        if column == 0:
            return QLocale().toString(_local(run.started), QLocale.FormatType.ShortFormat)
        if column == 5:
            return ", ".join(run.folders)
        return number((run.photos, run.done, run.failed, run.undone)[column - 1])


def _local(time: datetime) -> QDateTime:
    return QDateTime.fromSecsSinceEpoch(int(time.timestamp()))


class RunsDialog(QDialog):
    """Lists the runs and undoes the chosen one; at first that is ``run_id``, or the newest."""

    def __init__(self, writing: Writing, parent: QWidget | None = None, *, run_id: str = "") -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Runs"))
        self.resize(860, 520)
        self._writing = writing
        self._run_id = run_id  # chosen when the runs are listed
        layout = QVBoxLayout(self)
        layout.setContentsMargins(PADDING, PADDING, PADDING, PADDING)
        layout.setSpacing(GAP)
        self.text = QLabel(
            self.tr("Every run can be taken back as a whole; files that were changed since are left alone.")
        )
        self.text.setProperty("muted", True)
        self.text.setWordWrap(True)
        self.runs = RunModel(self)
        self.table = QTableView(self)
        self.table.setModel(self.runs)
        self.table.setAccessibleName(self.tr("Runs"))
        self.table.setShowGrid(False)
        self.table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.setColumnWidth(0, 190)
        self.results = ResultList(self)
        self.results.hide()
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(8)
        self.bar.hide()
        self.undo = QPushButton(self.tr("Undo this run"), self)
        self.undo.setProperty("primary", True)
        self.undo.clicked.connect(self._undo)
        self.close_button = QPushButton(self.tr("Close"), self)
        self.close_button.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.undo)
        buttons.addWidget(self.close_button)
        for widget in (self.text, self.table, self.results, self.bar):
            layout.addWidget(widget, 1 if widget in (self.table, self.results) else 0)
        layout.addLayout(buttons)
        self.table.selectionModel().currentRowChanged.connect(self._enable)
        writing.runs_listed.connect(self._listed)
        writing.undo_finished.connect(self._undone)
        self._enable()
        writing.list_runs()

    def _listed(self, runs: list[Run]) -> None:
        wanted = (row for row, run in enumerate(runs) if run.id == self._run_id)
        row = next(wanted, max(0, self.table.currentIndex().row()))
        self._run_id = ""
        self.runs.show_runs(runs)
        if runs:
            self.table.selectRow(min(row, len(runs) - 1))
        else:
            self.text.setText(self.tr("Nothing was written yet."))
        self._enable()

    def _enable(self) -> None:
        run = self.runs.run(self.table.currentIndex().row())
        self.undo.setEnabled(run is not None and run.can_undo)

    def _undo(self) -> None:
        run = self.runs.run(self.table.currentIndex().row())
        if run is not None:
            self.undo.setEnabled(False)
            self.bar.setRange(0, 0)
            self.bar.show()
            self._writing.undo(run.id)

    def _undone(self, results: list[TagResult]) -> None:
        self.bar.hide()
        restored, failed = count_photos(results)
        text = self.tr("%Ln photo(s) as before", "", restored)
        if failed:
            text += " · " + self.tr("%Ln left alone", "", failed)
        self.text.setText(text)
        self.results.results.show_results(results)
        self.results.setVisible(failed > 0)
        self._writing.list_runs()
