"""The preview of a run as a tree: photos, and below each the fields with their values before and after."""

from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont

from landmark_desktop.core.photo import display_name
from landmark_desktop.metadata.fields import field_label
from landmark_desktop.services.tagging import Plan, PlannedTag
from landmark_desktop.ui.texts import error_text, translate

COLUMNS = 3
_ROOT = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole
_TOP = 0
"""Internal id of photos; a field's is the row of its photo plus one."""


class PlanModel(QAbstractItemModel):
    """Photos with errors first, then those that are written, then those whose files already say everything."""

    def __init__(self, plan: Plan, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._items = sorted(plan.items, key=_order)

    def item(self, row: int) -> PlannedTag:
        """The photo in a row."""
        return self._items[row]

    def index(self, row: int, column: int, parent: _Index = _ROOT) -> QModelIndex:
        """The index of a photo, or of a field of the photo ``parent``."""
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else _TOP)

    def parent(self, index: _Index = _ROOT) -> QModelIndex:  # type: ignore[override]  # QObject.parent() is the other overload
        """The photo of a field; photos have no parent."""
        if not index.isValid() or index.internalId() == _TOP:
            return QModelIndex()
        return self.createIndex(index.internalId() - 1, 0, _TOP)

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """Number of photos, or of a photo's fields."""
        if not parent.isValid():
            return len(self._items)
        if parent.internalId() != _TOP or parent.column() > 0:
            return 0
        change = self._items[parent.row()].change
        return len(change.fields) if change is not None else 0

    def columnCount(self, parent: _Index = _ROOT) -> int:
        """File or field, before, after."""
        return COLUMNS

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> Any:
        """The names of the columns."""
        if orientation is Qt.Orientation.Horizontal and role == _Role.DisplayRole:
            return (self.tr("Photo and field"), self.tr("Before"), self.tr("After"))[section]
        return None

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> Any:
        """Texts, bold for photos; the whole value, or the field's exact key, as tool tip."""
        if not index.isValid():
            return None
        top = index.internalId() == _TOP
        if role in (_Role.DisplayRole, _Role.ToolTipRole):
            if top:
                return self._photo_text(self._items[index.row()], index.column())
            change = self._items[index.internalId() - 1].change
            assert change is not None
            field = change.fields[index.row()]
            name = field.field if role == _Role.ToolTipRole else _field_text(field.field)
            return (name, field.before or "–", field.after or "–")[index.column()]
        if role == _Role.FontRole and top and index.column() == 0:
            font = QFont()
            font.setWeight(QFont.Weight.DemiBold)
            return font
        return None

    def _photo_text(self, item: PlannedTag, column: int) -> str:
        if column == 0:
            return display_name(item.path)
        if item.change is None:
            if item.error is None:
                return ""
            return (self.tr("Cannot be written"), " ".join(error_text(item.error)))[column - 1]
        if item.change.is_empty:
            return ("", self.tr("Already says all of it"))[column - 1]
        name = display_name(item.change.target)
        existed = self.tr("{0} is changed") if item.change.target_existed else self.tr("{0} is made")
        notes = [item.change.request.landmark.name, *item.change.notes]
        return (existed.format(name), " · ".join(notes))[column - 1]


def _field_text(key: str) -> str:
    """``Keywords · subject``: what people look for first, then the name that the standard gives it."""
    group, name = field_label(key)
    return f"{translate('Fields', group)} · {name}" if group else name


def _order(item: PlannedTag) -> int:
    if item.change is None:
        return 0
    return 2 if item.change.is_empty else 1
