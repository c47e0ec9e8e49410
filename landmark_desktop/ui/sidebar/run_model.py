"""The latest runs, the newest first."""

from typing import Any

from PySide6.QtCore import QAbstractListModel, QDateTime, QLocale, QModelIndex, QObject, QPersistentModelIndex, Qt

from landmark_desktop.core.tag import Run
from landmark_desktop.ui.icons import Sign
from landmark_desktop.ui.sidebar.tree_model import Badge, Roles
from landmark_desktop.ui.texts import number

MAX_RUNS = 8
_ROOT = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole


class LatestRuns(QAbstractListModel):
    """One row for each of the latest runs. Runs that stay keep their rows, so the current row stays, too."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runs: list[Run] = []

    def show_runs(self, runs: list[Run]) -> None:
        """These are the runs now, the newest first."""
        runs = runs[:MAX_RUNS]
        kept = {run.id for run in runs}
        for row in reversed(range(len(self._runs))):
            if self._runs[row].id not in kept:
                self.beginRemoveRows(_ROOT, row, row)
                del self._runs[row]
                self.endRemoveRows()
        for row, run in enumerate(runs):
            if row < len(self._runs) and self._runs[row].id == run.id:
                if self._runs[row] != run:
                    self._runs[row] = run
                    self.dataChanged.emit(self.index(row), self.index(row))
            else:
                self.beginInsertRows(_ROOT, row, row)
                self._runs.insert(row, run)
                self.endInsertRows()

    def run(self, row: int) -> Run:
        """The run of a row. Raises IndexError."""
        return self._runs[row]

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """Number of runs shown."""
        return 0 if parent.isValid() else len(self._runs)

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> Any:
        """When it began, and how many photos it had."""
        if not index.isValid():
            return None
        run = self._runs[index.row()]
        if role == _Role.DisplayRole:
            started = QDateTime.fromSecsSinceEpoch(int(run.started.timestamp()))
            return QLocale().toString(started, QLocale.FormatType.ShortFormat)
        if role == Roles.BADGES:
            failed = [Badge(number(run.failed), Sign.WARNING)] if run.failed else []
            return [*failed, Badge(number(run.photos))]
        if role == Roles.MUTED:
            return not run.can_undo
        if role in (_Role.ToolTipRole, _Role.AccessibleTextRole):
            parts = [self.data(index), self.tr("%Ln photo(s)", "", run.photos)]
            if run.failed:
                parts.append(self.tr("%Ln failed", "", run.failed))
            if run.undone:
                parts.append(self.tr("%Ln taken back", "", run.undone))
            return ("\n" if role == _Role.ToolTipRole else ", ").join(parts)
        return None
