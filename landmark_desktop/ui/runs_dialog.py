"""The runs: what was written when, and the way back, also after a restart."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QDateTime, QLocale, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from landmark_desktop.core.errors import ErrorCode
from landmark_desktop.core.tag import Run, RunState
from landmark_desktop.services.tagging import TagResult, count_photos
from landmark_desktop.services.writing import Writing
from landmark_desktop.ui.results import ResultList
from landmark_desktop.ui.texts import joined, number
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
            return joined(run.folders)
        return number((run.photos, run.done, run.failed, run.undone)[column - 1])


def _local(time: datetime) -> QDateTime:
    return QDateTime.fromSecsSinceEpoch(int(time.timestamp()))


class RunsDialog(QDialog):
    """Lists the runs and their files, undoes the chosen one or photos of it, and writes again what was undone.

    At first ``run_id`` is chosen, or the newest run.
    """

    def __init__(self, writing: Writing, parent: QWidget | None = None, *, run_id: str = "") -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Runs"))
        self.resize(860, 520)
        self._writing = writing
        self._run_id = run_id  # chosen when the runs are listed
        self._refused: list[TagResult] = []
        self._folder: Path | None = None  # what the latest undo took back, where it was no run
        self._shown = ""
        layout = QVBoxLayout(self)
        layout.setContentsMargins(PADDING, PADDING, PADDING, PADDING)
        layout.setSpacing(GAP)
        self.text = QLabel(
            self.tr("Every run can be taken back as a whole; files that were changed since are left alone.")
        )
        self.text.setProperty("muted", True)
        self.text.setWordWrap(True)
        self.runs = RunModel(self)
        self.table = self._make_table()
        self.files = ResultList(self)
        self.files.setAccessibleName(self.tr("Files of the run"))
        self.results = ResultList(self)
        self.results.hide()
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(8)
        self.bar.hide()
        buttons = self._make_buttons()
        for widget in (self.text, self.table, self.files, self.results, self.bar):
            layout.addWidget(widget, 1 if widget in (self.table, self.files, self.results) else 0)
        layout.addLayout(buttons)
        self.table.selectionModel().currentRowChanged.connect(self._choose)
        self.files.selectionModel().selectionChanged.connect(self._enable)
        writing.files_listed.connect(self._list_files)
        writing.runs_listed.connect(self._listed)
        writing.undo_finished.connect(self._undone)
        self._enable()
        writing.list_runs()

    def _make_table(self) -> QTableView:
        table = QTableView(self)
        table.setModel(self.runs)
        table.setAccessibleName(self.tr("Runs"))
        table.setShowGrid(False)
        table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        table.horizontalHeader().setStretchLastSection(True)
        table.setColumnWidth(0, 190)
        return table

    def _make_buttons(self) -> QHBoxLayout:
        self.undo = self._button(self.tr("Undo this run"), self._undo)
        self.undo.setProperty("primary", True)
        self.undo_photos = self._button(self.tr("Undo chosen photos"), self._undo_photos)
        self.redo = self._button(self.tr("Write again"), self._redo)
        self.redo.setToolTip(self.tr("Writes again what was undone, of the chosen photos or else of the whole run."))
        self.only_ours = self._button(self.tr("Remove only what was written"), self._remove_ours)
        self.only_ours.setToolTip(
            self.tr(
                "Takes what was written of places and keywords out of files that were changed since; the rest stays."
            )
        )
        self.only_ours.hide()
        self.folder = self._button(self.tr("Undo a folder…"), self._choose_folder)
        self.folder.setToolTip(self.tr("Takes back all that any run wrote to the photos of a folder."))
        self.close_button = self._button(self.tr("Close"), self.reject)
        buttons = QHBoxLayout()
        buttons.addWidget(self.folder)
        buttons.addStretch(1)
        for button in (self.only_ours, self.redo, self.undo_photos, self.undo, self.close_button):
            buttons.addWidget(button)
        return buttons

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

    def _button(self, text: str, slot: Callable[[], object]) -> QPushButton:
        button = QPushButton(text, self)
        button.setAutoDefault(False)
        button.clicked.connect(slot)
        return button

    def _run(self) -> Run | None:
        return self.runs.run(self.table.currentIndex().row())

    def _choose(self) -> None:
        """List the files of the chosen run; of another one than before, what was told of that goes."""
        run = self._run()
        if run is None:
            return
        if run.id != self._shown:
            self._shown = run.id
            self.files.results.show_results([])
            self._show_failures([])
        self._writing.list_files(run.id)
        self._enable()

    def _list_files(self, run_id: str, files: list[TagResult]) -> None:
        run = self._run()
        if run is not None and run.id == run_id:
            self.files.results.show_results(files)
            self._enable()

    def _enable(self) -> None:
        run, free = self._run(), self.bar.isHidden()
        chosen = self.files.chosen()
        self.undo.setEnabled(free and run is not None and run.can_undo)
        self.undo_photos.setEnabled(free and any(file.state is RunState.DONE for file in chosen))
        can_redo = any(file.can_redo for file in chosen) if chosen else run is not None and run.can_redo
        self.redo.setEnabled(free and can_redo)
        self.folder.setEnabled(free and self.runs.rowCount() > 0)
        self.only_ours.setEnabled(free)

    def _work(self) -> None:
        self._folder = None
        self.bar.setRange(0, 0)
        self.bar.show()
        self._enable()

    def _undo(self) -> None:
        run = self._run()
        if run is not None:
            self._work()
            self._writing.undo(run.id)

    def _undo_photos(self) -> None:
        run = self._run()
        if run is not None:
            photos = {file.photo_id for file in self.files.chosen()}
            self._work()
            self._writing.undo(run.id, photos)

    def _redo(self) -> None:
        run = self._run()
        if run is not None:
            photos = {file.photo_id for file in self.files.chosen()}
            self._work()
            self._writing.redo(run.id, photos or None)

    def _remove_ours(self) -> None:
        run = self._run()
        if self._folder is not None:
            self._remove_ours_of(self._folder)
        elif run is not None:
            photos = {file.photo_id for file in self._refused}
            self._work()
            self._writing.undo(run.id, photos, only_ours=True)

    def _remove_ours_of(self, folder: Path) -> None:
        self._work()
        self._folder = folder
        self._writing.undo_folder(folder, only_ours=True)

    def _choose_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self.tr("Undo all that was written in this folder"))
        if folder:
            self.undo_folder(Path(folder))

    def undo_folder(self, folder: Path) -> None:
        """Take back all that any run wrote to the photos of a folder and below it."""
        self._work()
        self._folder = folder
        self._writing.undo_folder(folder)

    def _undone(self, results: list[TagResult]) -> None:
        self.bar.hide()
        again = [result for result in results if result.error is None and result.state is RunState.DONE]
        restored, failed = count_photos(results)
        text = (
            self.tr("%Ln photo(s) written again", "", restored)
            if again
            else self.tr("%Ln photo(s) as before", "", restored)
        )
        if failed:
            text += " · " + self.tr("%Ln left alone", "", failed)
        self.text.setText(text)
        self._show_failures(results if failed else [])
        self._writing.list_runs()

    def _show_failures(self, results: list[TagResult]) -> None:
        """Show what became of each file where some were left alone, and offer to remove only our fields from those."""
        changed = (result for result in results if result.error is not None)
        self._refused = [result for result in changed if _was_changed(result)]
        self.results.results.show_results(results)
        self.results.setVisible(bool(results))
        self.files.setVisible(not results)
        self.only_ours.setVisible(bool(self._refused))


def _was_changed(result: TagResult) -> bool:
    return result.error is not None and result.error.code is ErrorCode.UNDO_CHANGED
