"""A tree of things with counts (folders, places) that changes piece by piece: what the sidebar shows, without Qt."""

from bisect import bisect_left
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Step:
    """One step on the way from the top of a tree to a node.

    ``key`` tells siblings apart, ``order`` sorts them; ``value`` is what the node stands for.
    """

    key: Hashable
    text: str
    order: Any
    value: object = None


@dataclass(slots=True, eq=False)
class Node:
    """A node. ``own`` are the counts of the thing itself, ``total`` those of everything below it, too.

    A node that counts nothing goes away unless it is ``kept``.
    """

    step: Step
    parent: "Node | None"
    own: tuple[int, ...]
    total: tuple[int, ...]
    kept: bool = False
    children: list["Node"] = field(default_factory=list)

    @property
    def row(self) -> int:
        """The node's place among its siblings; 0 for the root."""
        return self.parent.children.index(self) if self.parent is not None else 0

    def child(self, key: Hashable) -> "Node | None":
        """The child of this key, or None."""
        return next((child for child in self.children if child.step.key == key), None)

    def walk(self) -> Iterator["Node"]:
        """All nodes below this one, from the top."""
        for child in self.children:
            yield child
            yield from child.walk()


class Listener(Protocol):
    """Told of each change, before and after it where rows come or go."""

    def inserting(self, parent: Node, row: int) -> None:
        """A node is about to be inserted."""

    def inserted(self) -> None:
        """It was."""

    def removing(self, parent: Node, row: int) -> None:
        """A node without children is about to be removed."""

    def removed(self) -> None:
        """It was."""

    def changed(self, node: Node) -> None:
        """A node has other counts, or another text."""


class CountTree:
    """The tree. ``kinds`` is the number of counts that each node has."""

    def __init__(self, kinds: int, listener: Listener) -> None:
        self._none = (0,) * kinds
        self._listener = listener
        self.root = Node(Step("", "", ""), None, self._none, self._none, kept=True)

    def find(self, keys: Sequence[Hashable]) -> Node | None:
        """The node at the end of these keys, or None."""
        node: Node | None = self.root
        for key in keys:
            node = node.child(key) if node is not None else None
        return node

    def put(self, steps: Sequence[Step], counts: Sequence[int], *, kept: bool = False) -> None:
        """The thing at the end of these steps has these counts now. Nodes come and go as needed."""
        found = self.find([step.key for step in steps])
        if found is None and not any(counts) and not kept:
            return
        node = self.root
        for step in steps:
            node = self._child(node, step)
        node.kept = kept
        more = tuple(new - old for new, old in zip(counts, node.own, strict=True))
        node.own = tuple(counts)
        if any(more):
            self._add(node, more)
        self._prune(node)

    def remove(self, keys: Sequence[Hashable]) -> None:
        """Take a node out with everything below it; nothing happens where there is none."""
        node = self.find(keys)
        if node is None or node is self.root:
            return
        node.kept = True  # else it would go with its last child already
        for child in list(node.children):
            self.remove([*keys, child.step.key])
        if any(node.own):
            self._add(node, tuple(-count for count in node.own))
            node.own = self._none
        node.kept = False
        self._prune(node)

    def _child(self, node: Node, step: Step) -> Node:
        child = node.child(step.key)
        if child is None:
            row = bisect_left([other.step.order for other in node.children], step.order)
            self._listener.inserting(node, row)
            child = Node(step, node, self._none, self._none)
            node.children.insert(row, child)
            self._listener.inserted()
        elif (child.step.text, child.step.value) != (step.text, step.value):
            child.step = Step(step.key, step.text, child.step.order, step.value)
            self._listener.changed(child)
        return child

    def _add(self, node: Node, more: tuple[int, ...]) -> None:
        upward: Node | None = node
        while upward is not None:
            upward.total = tuple(old + new for old, new in zip(upward.total, more, strict=True))
            if upward is not self.root:
                self._listener.changed(upward)
            upward = upward.parent

    def _prune(self, node: Node) -> None:
        while node.parent is not None and not (node.kept or node.children or any(node.own)):
            parent = node.parent
            row = node.row
            self._listener.removing(parent, row)
            parent.children.pop(row)
            self._listener.removed()
            node = parent
