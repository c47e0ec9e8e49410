"""Where photos go when they are organised, as a table: the preview, and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from landmark_desktop.core.errors import KnownError
from landmark_desktop.core.transfer import TransferState
from landmark_desktop.services.exporting import readable
from landmark_desktop.services.organise_plan import OrganisePlan, PlannedPhoto, Step
from landmark_desktop.services.organising import OrganiseResult
from landmark_desktop.ui.texts import error_text

_ROOT = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class _Line:
    source: str
    target: str
    note: str
    is_problem: bool


class OrganiseModel(QAbstractTableModel):
    """One row per photo: from, to, and what there is to say; problems first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: list[_Line] = []

    def show_plan(self, plan: OrganisePlan) -> None:
        """Show a preview."""
        self._show([self._planned(item) for item in plan.items])

    def show_results(self, results: Sequence[OrganiseResult]) -> None:
        """Show what became of photos."""
        self._show([self._done(result) for result in results])

    def _show(self, lines: list[_Line]) -> None:
        self.beginResetModel()
        self._lines = sorted(lines, key=lambda line: not line.is_problem)
        self.endResetModel()

    def _planned(self, item: PlannedPhoto) -> _Line:
        notes = {
            Step.TRANSFER: "",
            Step.THERE: self.tr("Is where it should be"),
            Step.SAME: self.tr("The same photo is there already"),
            Step.ERROR: "",
        }
        note = self.tr("Another photo has this name, so it gets a number") if item.numbered else notes[item.step]
        more = len(item.files) - 1
        if more > 0:
            note = " · ".join(part for part in (note, self.tr("%Ln more file(s) go along", "", more)) if part)
        target = readable(item.target) if item.target is not None else ""
        return self._line(readable(item.record.photo.path), target, note, item.error)

    def _done(self, result: OrganiseResult) -> _Line:
        note = {
            TransferState.DONE: self.tr("Done"),
            TransferState.UNDONE: self.tr("As it was before"),
        }.get(result.state, "")
        return self._line(readable(result.photo), readable(result.target), note, result.error)

    @staticmethod
    def _line(source: str, target: str, note: str, error: KnownError | None) -> _Line:
        return _Line(source, target, " ".join(error_text(error)) if error is not None else note, error is not None)

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """Number of photos."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        """From, to, remarks."""
        return 0 if parent.isValid() else 3

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The names of the columns."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (self.tr("From"), self.tr("To"), self.tr("Remarks"))[section]
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Texts."""
        if not index.isValid() or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        line = self._lines[index.row()]
        return (line.source, line.target, line.note)[index.column()]
