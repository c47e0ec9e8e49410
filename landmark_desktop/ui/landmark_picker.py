"""Find any landmark of the bundle by its name, its local name or its place."""

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QDialog,
    QLabel,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from landmark_desktop.core.location import Landmark
from landmark_desktop.ui import texts
from landmark_desktop.ui.landmark_search import LandmarkSearch
from landmark_desktop.ui.theme import GAP, PADDING, colours

RECENT_LANDMARKS: Final = 12
"""So many landmarks are remembered as used lately."""
LONGEST: Final = 200
"""Longest text that can be searched for, in characters."""
DETAIL_ROLE: Final = Qt.ItemDataRole.UserRole + 1
_ROOT = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex


def with_newest(recent: Iterable[str], landmark_id: str) -> list[str]:
    """The ids of landmarks used lately, after this one was used, the last one first."""
    return [landmark_id, *(old for old in recent if old and old != landmark_id)][:RECENT_LANDMARKS]


class LandmarkList(QAbstractListModel):
    """The landmarks that fit what was typed."""

    def __init__(self, search: LandmarkSearch, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._search = search
        self._found = search.find("")

    def search(self, text: str) -> None:
        """Show what fits ``text``."""
        self.beginResetModel()
        self._found = self._search.find(text)
        self.endResetModel()

    def landmark(self, row: int) -> Landmark:
        """The landmark in a row. Raises IndexError."""
        return self._found[row]

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """Number of landmarks found."""
        return 0 if parent.isValid() else len(self._found)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        """The name; below it the local name and the place; all of it for tooltips and screen readers."""
        if not index.isValid():
            return None
        landmark = self._found[index.row()]
        local = landmark.local_name if landmark.local_name != landmark.name else ""
        details = " · ".join(part for part in (local, texts.place(landmark)) if part)
        if role == Qt.ItemDataRole.DisplayRole:
            return landmark.name
        if role == DETAIL_ROLE:
            return details
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return f"{landmark.name} — {details}"
        return None


class LandmarkRow(QStyledItemDelegate):
    """Paints a landmark in two lines: its name, and weaker its local name and place."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Two lines; long ones are cut."""
        return QSize(60, 2 * option.fontMetrics.height() + GAP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint a row in the theme's colours."""
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        # Not the option's palette: the style sheet makes its ground transparent.
        scheme = colours(QGuiApplication.palette())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(scheme.selected if state & QStyle.StateFlag.State_Selected else scheme.track))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 4, 4)
        painter.setFont(option.font)
        metrics = painter.fontMetrics()
        line = QRect(box.left() + GAP, box.top() + GAP // 2, box.width() - 2 * GAP, metrics.height())
        lines = ((scheme.text, Qt.ItemDataRole.DisplayRole), (scheme.muted, DETAIL_ROLE))
        for colour, role in lines:
            painter.setPen(QColor(colour))
            text = metrics.elidedText(index.data(role), Qt.TextElideMode.ElideMiddle, line.width())
            painter.drawText(line, int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine), text)
            line.translate(0, line.height())
        painter.restore()


class LandmarkPicker(QDialog):
    """Type a few letters, move with the arrows, Enter picks."""

    picked = Signal(str)  # landmark id

    def __init__(self, search: LandmarkSearch, photos: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Find a landmark"))
        self.resize(520, 420)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(PADDING, PADDING, PADDING, PADDING)
        layout.setSpacing(GAP)
        self.field = QLineEdit(self)
        self.field.setPlaceholderText(self.tr("Name, local name, city or country"))
        self.field.setAccessibleName(self.tr("Search"))
        self.field.setClearButtonEnabled(True)
        self.field.setMaxLength(LONGEST)
        self.found = LandmarkList(search, self)
        self.choices = QListView(self)
        self.choices.setObjectName("choices")
        self.choices.setAccessibleName(self.tr("Landmarks"))
        self.choices.setItemDelegate(LandmarkRow(self.choices))
        self.choices.setModel(self.found)
        self.choices.setUniformItemSizes(True)
        self.choices.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.choices.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.choices.setMouseTracking(True)
        self.choices.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the arrows work from the field
        self.nothing = QLabel(self.tr("No landmark of this bundle fits. Try fewer letters."), self.choices.viewport())
        self.nothing.setProperty("muted", True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.nothing.setWordWrap(True)
        self.nothing.hide()
        QVBoxLayout(self.choices.viewport()).addWidget(self.nothing)
        hint = QLabel(self.tr("Enter accepts the landmark for %Ln photo(s)", "", photos), self)
        hint.setProperty("muted", True)
        for widget in (self.field, self.choices, hint):
            layout.addWidget(widget)
        self.field.textChanged.connect(self._search)
        self.choices.clicked.connect(self._pick)
        self._choose(0)
        self.field.setFocus()

    def _search(self, text: str) -> None:
        self.found.search(text)
        self.nothing.setVisible(not self.found.rowCount())
        self._choose(0)

    def _choose(self, row: int) -> None:
        """Choose a row, the first or last one where there is no such row, and tell screen readers at the field."""
        rows = self.found.rowCount()
        index = self.found.index(max(0, min(row, rows - 1)))
        if rows:
            self.choices.setCurrentIndex(index)
        said = index.data(Qt.ItemDataRole.AccessibleTextRole) if rows else self.nothing.text()
        self.field.setAccessibleDescription(said)

    def _pick(self, index: QModelIndex) -> None:
        if index.isValid():
            self.picked.emit(self.found.landmark(index.row()).id)
            self.accept()

    def _page(self) -> int:
        """Rows that are seen at once, less one that stays in sight."""
        return max(1, self.choices.viewport().height() // max(1, self.choices.sizeHintForRow(0)) - 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows choose, Enter picks, Esc closes."""
        key = Qt.Key(event.key())
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        pages = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}
        if key in steps or key in pages:
            step = steps[key] if key in steps else pages[key] * self._page()
            self._choose(self.choices.currentIndex().row() + step)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._pick(self.choices.currentIndex())
        else:
            super().keyPressEvent(event)
