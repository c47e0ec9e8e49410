"""The tree behind the sidebar: sums, order, and that every change is told exactly."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from landmark_desktop.services.count_tree import CountTree, Node, Step


class Mirror:
    """Keeps a copy of the tree from what it is told alone, as a Qt model and its view do."""

    def __init__(self) -> None:
        self.copy: dict[int, list[int]] = {}
        self.changed_texts: list[str] = []
        self._pending: tuple[Node, int] | None = None

    def inserting(self, parent: Node, row: int) -> None:
        assert 0 <= row <= len(parent.children)
        self._pending = parent, row

    def inserted(self) -> None:
        assert self._pending is not None
        parent, row = self._pending
        self.copy.setdefault(id(parent), []).insert(row, id(parent.children[row]))

    def removing(self, parent: Node, row: int) -> None:
        assert not parent.children[row].children
        self._pending = parent, row

    def removed(self) -> None:
        assert self._pending is not None
        parent, row = self._pending
        self.copy[id(parent)].pop(row)

    def changed(self, node: Node) -> None:
        self.changed_texts.append(node.step.text)


def steps(path: str) -> list[Step]:
    return [Step(part, part.upper(), part) for part in path.split("/")]


def shown(node: Node) -> list[object]:
    return [(child.step.key, child.total, shown(child)) for child in node.children]


def make() -> tuple[CountTree, Mirror]:
    mirror = Mirror()
    return CountTree(2, mirror), mirror


def test_counts_add_up_to_the_top() -> None:
    tree, _ = make()
    tree.put(steps("france/paris"), (3, 1))
    tree.put(steps("france/nice"), (2, 0))
    assert shown(tree.root) == [("france", (5, 1), [("nice", (2, 0), []), ("paris", (3, 1), [])])]


def test_a_node_may_count_itself_and_what_is_below() -> None:
    tree, _ = make()
    tree.put(steps("trip"), (4, 4))
    tree.put(steps("trip/day 1"), (1, 0))
    node = tree.find(["trip"])
    assert node is not None
    assert (node.own, node.total) == ((4, 4), (5, 4))


def test_what_counts_nothing_goes_with_everything_above_it() -> None:
    tree, _ = make()
    tree.put(steps("france/paris"), (1, 0))
    tree.put(steps("italy/rome"), (1, 0))
    tree.put(steps("france/paris"), (0, 0))
    assert [child.step.key for child in tree.root.children] == ["italy"]


def test_what_is_kept_stays_without_photos() -> None:
    tree, _ = make()
    tree.put(steps("empty"), (0, 0), kept=True)
    tree.put(steps("empty/sub"), (1, 0))
    tree.put(steps("empty/sub"), (0, 0))
    assert shown(tree.root) == [("empty", (0, 0), [])]


def test_only_the_way_to_the_top_is_told_as_changed() -> None:
    tree, mirror = make()
    tree.put(steps("france/paris"), (1, 0))
    tree.put(steps("france/nice"), (1, 0))
    mirror.changed_texts.clear()
    tree.put(steps("france/paris"), (1, 1))
    assert mirror.changed_texts == ["PARIS", "FRANCE"]
    mirror.changed_texts.clear()
    tree.put(steps("france/paris"), (1, 1))
    assert mirror.changed_texts == []


def test_a_new_name_is_told() -> None:
    tree, mirror = make()
    tree.put(steps("paris"), (1, 0))
    mirror.changed_texts.clear()
    tree.put([Step("paris", "Paname", "paris")], (1, 0))
    assert mirror.changed_texts == ["Paname"]


def test_a_branch_is_taken_out_whole() -> None:
    tree, _ = make()
    tree.put(steps("a/b/c"), (1, 0))
    tree.put(steps("a/b"), (2, 0), kept=True)
    tree.put(steps("a/d"), (1, 1))
    tree.remove(["a", "b"])
    assert shown(tree.root) == [("a", (1, 1), [("d", (1, 1), [])])]


def test_a_branch_that_nobody_keeps_is_taken_out_to_the_top() -> None:
    tree, _ = make()
    tree.put(steps("a/b/c"), (1, 0))
    tree.put(steps("d"), (0, 2))
    tree.remove(["a"])
    assert shown(tree.root) == [("d", (0, 2), [])]
    assert tree.root.total == (0, 2)


PATHS = st.lists(st.sampled_from("abc"), min_size=1, max_size=3).map("/".join)


@given(st.lists(st.tuples(PATHS, st.integers(0, 2), st.integers(0, 2)), max_size=30))
def test_whoever_follows_the_changes_has_the_same_tree(changes: Sequence[tuple[str, int, int]]) -> None:
    tree, mirror = make()
    now: dict[str, tuple[int, int]] = {}
    for path, first, second in changes:
        tree.put(steps(path), (first, second))
        now[path] = (first, second)
    for node in [tree.root, *tree.root.walk()]:
        assert mirror.copy.get(id(node), []) == [id(child) for child in node.children]
        keys = [child.step.key for child in node.children]
        assert keys == sorted(keys, key=str)
    assert tree.root.total == tuple(map(sum, zip((0, 0), *now.values(), strict=True)))
    assert all(any(node.total) for node in tree.root.walk())
