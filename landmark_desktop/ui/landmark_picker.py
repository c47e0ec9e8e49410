"""Find any landmark of the bundle by its name, its local name or its place."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QListView, QVBoxLayout, QWidget

from landmark_desktop.core.location import Landmark
from landmark_desktop.ui import texts
from landmark_desktop.ui.photo_grid.tile import fold
from landmark_desktop.ui.theme import GAP, PADDING

_ROOT = QModelIndex()


def rank(landmark: Landmark, query: str) -> int | None:
    """How well a landmark fits a folded query, 0 best; None where it does not fit.

    The beginning of a name beats the beginning of a word in it, that beats any part, then come city, region and
    country, and last the letters of the query in their order somewhere in a name ("eftw" finds the Eiffel Tower).
    """
    names = [fold(name) for name in (landmark.name, landmark.local_name) if name]
    if any(name.startswith(query) for name in names):
        return 0
    if any(word.startswith(query) for name in names for word in name.split()):
        return 1
    if any(query in name for name in names):
        return 2
    place = landmark.location
    if place is not None and any(query in fold(part) for part in (place.city, place.region, place.country)):
        return 3
    return 4 if any(_letters_in_order(query, name) for name in names) else None


def _letters_in_order(query: str, name: str) -> bool:
    letters = iter(name)
    return all(letter in letters for letter in query if not letter.isspace())


def find(landmarks: Sequence[Landmark], text: str) -> list[Landmark]:
    """The landmarks that fit ``text``, best first; all of them by name where it is empty."""
    query = fold(text).strip()
    by_name = sorted(landmarks, key=lambda landmark: fold(landmark.name))
    if not query:
        return by_name
    ranked = [(rank(landmark, query), landmark) for landmark in by_name]
    fitting = [(order, landmark) for order, landmark in ranked if order is not None]
    return [landmark for _, landmark in sorted(fitting, key=lambda item: item[0])]


class LandmarkList(QAbstractListModel):
    """The landmarks that fit what was typed."""

    def __init__(self, landmarks: Sequence[Landmark], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all = tuple(landmarks)
        self._found = find(self._all, "")

    def search(self, text: str) -> None:
        """Show what fits ``text``."""
        self.beginResetModel()
        self._found = find(self._all, text)
        self.endResetModel()

    def landmark(self, row: int) -> Landmark:
        """The landmark in a row. Raises IndexError."""
        return self._found[row]

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _ROOT) -> int:
        """Number of landmarks found."""
        return 0 if parent.isValid() else len(self._found)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        """Name and place."""
        if not index.isValid() or role != Qt.ItemDataRole.DisplayRole:
            return None
        landmark = self._found[index.row()]
        local = f" · {landmark.local_name}" if landmark.local_name and landmark.local_name != landmark.name else ""
        return f"{landmark.name}{local} — {texts.place(landmark)}"


class LandmarkPicker(QDialog):
    """Type a few letters, move with the arrows, Enter picks."""

    picked = Signal(str)  # landmark id

    def __init__(self, landmarks: Sequence[Landmark], photos: int, parent: QWidget | None = None) -> None:
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
        self.found = LandmarkList(landmarks, self)
        self.choices = QListView(self)
        self.choices.setObjectName("choices")
        self.choices.setAccessibleName(self.tr("Landmarks"))
        self.choices.setModel(self.found)
        self.choices.setUniformItemSizes(True)
        self.choices.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.choices.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the arrows work from the field
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
        self._choose(0)

    def _choose(self, row: int) -> None:
        if self.found.rowCount():
            self.choices.setCurrentIndex(self.found.index(max(0, min(row, self.found.rowCount() - 1))))

    def _pick(self, index: QModelIndex) -> None:
        if index.isValid():
            self.picked.emit(self.found.landmark(index.row()).id)
            self.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows choose, Enter picks, Esc closes."""
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
        key = Qt.Key(event.key())
        if key in steps:
            self._choose(self.choices.currentIndex().row() + steps[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._pick(self.choices.currentIndex())
        else:
            super().keyPressEvent(event)
