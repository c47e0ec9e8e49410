"""A section of the sidebar: a heading that folds it up, and a list or tree below."""

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QLabel, QSizePolicy, QToolButton, QTreeView, QVBoxLayout, QWidget

from landmark_desktop.ui.sidebar.row_delegate import RowDelegate

INDENT = 14
LEAST_ROWS, MOST_ROWS = 3, 60
"""A tree is as high as its rows, but not higher than so many; where there is no room it scrolls."""
_Key = Qt.Key


class SideTree(QTreeView):
    """A tree of the sidebar. A click or Enter chooses a row; arrows only move."""

    chosen = Signal(QModelIndex)
    menu_wanted = Signal(QModelIndex, QPoint)  # where, in pixels of the screen

    def __init__(self, name: str, model: QAbstractItemModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setIndentation(INDENT)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAcceptDrops(False)  # drops belong to the whole window
        self.setItemDelegate(RowDelegate(self))
        self.setModel(model)
        self.clicked.connect(self.chosen)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._want_menu)
        self._least = self._content = 0
        # Rows come one by one: the height is set once for all of them.
        self._height_timer = QTimer(self, singleShot=True, interval=0)
        self._height_timer.timeout.connect(self._fit_height)
        for signal in (self.expanded, self.collapsed, model.rowsInserted, model.rowsRemoved):
            signal.connect(self._plan_height)
        self._fit_height()

    def _plan_height(self) -> None:
        self._height_timer.start()

    def _fit_height(self) -> None:
        rows, index = 0, self.model().index(0, 0)
        while index.isValid() and rows < MOST_ROWS:
            rows, index = rows + 1, self.indexBelow(index)
        row_height = max(1, self.sizeHintForRow(0))
        self._least = min(rows, LEAST_ROWS) * row_height + 4
        self._content = max(1, rows) * row_height + 4
        self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        """A few rows."""
        return QSize(super().minimumSizeHint().width(), self._least)

    def sizeHint(self) -> QSize:
        """As high as the rows."""
        return QSize(super().sizeHint().width(), self._content)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space choose the current row."""
        if event.key() in (_Key.Key_Return, _Key.Key_Enter, _Key.Key_Space) and self.currentIndex().isValid():
            self.chosen.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _want_menu(self, place: QPoint) -> None:
        index = self.indexAt(place)
        if not index.isValid():
            index = self.currentIndex()
            place = self.visualRect(index).center()
        if index.isValid():
            self.menu_wanted.emit(index, self.viewport().mapToGlobal(place))


class Section(QWidget):
    """A heading over a tree; without rows, a sentence is there instead."""

    toggled = Signal()

    def __init__(self, title: str, tree: SideTree, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tree = tree
        self.header = QToolButton(self)
        self.header.setProperty("section", True)
        self.header.setText(title)
        self.header.setCheckable(True)
        self.header.setChecked(True)
        self.header.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.header.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.header.toggled.connect(self._fold)
        self.hint = QLabel(hint, self)
        self.hint.setProperty("muted", True)
        self.hint.setWordWrap(True)
        self.hint.setMargin(8)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.header)
        layout.addWidget(self.hint)
        layout.addWidget(tree, 1)
        model = tree.model()
        for signal in (model.rowsInserted, model.rowsRemoved, model.modelReset):
            signal.connect(self._arrange)
        self._arrange()

    @property
    def is_open(self) -> bool:
        """True while the section is not folded up."""
        return self.header.isChecked()

    def set_open(self, wanted: bool) -> None:
        """Fold the section up or open it."""
        self.header.setChecked(wanted)

    def _fold(self) -> None:
        self._arrange()
        self.toggled.emit()

    def _arrange(self) -> None:
        has_rows = self.tree.model().rowCount() > 0
        self.tree.setVisible(self.is_open and has_rows)
        self.hint.setVisible(self.is_open and not has_rows)
        self.header.setArrowType(Qt.ArrowType.DownArrow if self.is_open else Qt.ArrowType.RightArrow)
