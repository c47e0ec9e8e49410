"""A Qt model over a tree of counts: changes are told row by row, never by a reset."""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from landmark_desktop.services.count_tree import CountTree, Node
from landmark_desktop.ui.icons import Sign

_ROOT = QModelIndex()
Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole


@dataclass(frozen=True, slots=True)
class Badge:
    """A count at the end of a row, with a sign where one is needed to tell counts apart."""

    text: str
    sign: Sign | None = None


class Roles(IntEnum):
    """What rows of the sidebar are asked for besides Qt's own roles."""

    BADGES = Qt.ItemDataRole.UserRole + 1  # list[Badge]
    PROGRESS = Qt.ItemDataRole.UserRole + 2  # share in [0, 1] that is done, or None where nothing is left to do
    CHOSEN = Qt.ItemDataRole.UserRole + 3  # True for the row that the grid is narrowed to
    MUTED = Qt.ItemDataRole.UserRole + 4  # True for rows that are not part of what is open


class TreeModel(QAbstractItemModel):
    """The base of the sidebar's trees; subclasses say what a row shows and fill :attr:`tree`."""

    def __init__(self, kinds: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.tree = CountTree(kinds, self)
        self._chosen: tuple[Hashable, ...] | None = None
        # Qt keeps bare numbers for nodes; a node that is gone must not come back under the number of another one.
        self._nodes: dict[int, Node] = {0: self.tree.root}
        self._numbers: dict[int, int] = {id(self.tree.root): 0}
        self._next = 1
        self._leaving: Node | None = None
        self._arriving: tuple[Node, int] | None = None

    # what Qt asks

    def index(self, row: int, column: int, parent: Index = _ROOT) -> QModelIndex:
        """The index of a row."""
        children = self.node(parent).children
        if column != 0 or not 0 <= row < len(children):
            return QModelIndex()
        return self.createIndex(row, 0, self._numbers[id(children[row])])

    def parent(self, index: Index = _ROOT) -> QModelIndex:  # type: ignore[override]  # QObject's has no argument
        """The index of the row above."""
        node = self.node(index).parent if index.isValid() else None
        return self.index_of(node) if node is not None else QModelIndex()

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Number of rows below."""
        return len(self.node(parent).children)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """One."""
        return 1

    def data(self, index: Index, role: int = _Role.DisplayRole) -> Any:
        """See :class:`Roles`; screen readers hear name and counts."""
        if not index.isValid():
            return None
        node = self.node(index)
        if role == _Role.DisplayRole:
            return node.step.text
        if role == _Role.ToolTipRole:
            return self.tip(node)
        if role == _Role.AccessibleTextRole:
            return self.tip(node).replace("\n", ", ")
        if role == Roles.CHOSEN:
            return self._chosen is not None and keys_of(node) == self._chosen
        if role == Roles.BADGES:
            return self.badges(node)
        return self.progress(node) if role == Roles.PROGRESS else None

    # what subclasses say

    def badges(self, node: Node) -> Sequence[Badge]:
        """The counts of a row."""
        raise NotImplementedError

    def tip(self, node: Node) -> str:
        """A row in words."""
        raise NotImplementedError

    def progress(self, node: Node) -> float | None:
        """How much of a row is done, or None where nothing is left to do."""
        return None

    # nodes

    def node(self, index: Index) -> Node:
        """The node of an index; the root for an invalid one."""
        return self._nodes[index.internalId()] if index.isValid() else self.tree.root

    def index_of(self, node: Node) -> QModelIndex:
        """The index of a node; invalid for the root."""
        return QModelIndex() if node.parent is None else self.createIndex(node.row, 0, self._numbers[id(node)])

    def choose(self, keys: Sequence[Hashable] | None) -> None:
        """The grid is narrowed to the node at the end of these keys; None: to none."""
        before, self._chosen = self._chosen, None if keys is None else tuple(keys)
        for changed in {before, self._chosen} - {None}:
            node = self.tree.find(changed or ())
            if node is not None and node is not self.tree.root:
                self.changed(node)

    # told by the tree

    def inserting(self, parent: Node, row: int) -> None:
        """See :class:`~landmark_desktop.services.count_tree.Listener`."""
        self._arriving = parent, row
        self.beginInsertRows(self.index_of(parent), row, row)

    def inserted(self) -> None:
        """The node gets its number."""
        assert self._arriving is not None
        parent, row = self._arriving
        node = parent.children[row]
        self._nodes[self._next] = node
        self._numbers[id(node)] = self._next
        self._next += 1
        self.endInsertRows()

    def removing(self, parent: Node, row: int) -> None:
        """See :class:`~landmark_desktop.services.count_tree.Listener`."""
        self._leaving = parent.children[row]
        self.beginRemoveRows(self.index_of(parent), row, row)

    def removed(self) -> None:
        """The node's number is never given out again."""
        assert self._leaving is not None
        del self._nodes[self._numbers.pop(id(self._leaving))]
        self._leaving = None
        self.endRemoveRows()

    def changed(self, node: Node) -> None:
        """See :class:`~landmark_desktop.services.count_tree.Listener`."""
        index = self.index_of(node)
        self.dataChanged.emit(index, index)


def keys_of(node: Node) -> tuple[Hashable, ...]:
    """The keys on the way from the top to a node."""
    return tuple(above.step.key for above in reversed(list(_upward(node))))


def _upward(node: Node) -> Iterator[Node]:
    while node.parent is not None:
        yield node
        node = node.parent
