"""The tree of folders: those that are open with what is below them, and those that were open lately."""

import os
from collections.abc import Hashable, Iterable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from landmark_desktop.core.photo import display_name
from landmark_desktop.services.count_tree import Node, Step
from landmark_desktop.services.scanner import natural_key
from landmark_desktop.ui.sidebar.tree_model import Badge, TreeModel
from landmark_desktop.ui.tallies import DONE, WAITING, Tallies
from landmark_desktop.ui.texts import number

RECENT = "recent"
"""The key of the row above the folders that are not open."""
COUNT_MS = 100
"""Counts of folders follow so much later, together: during a scan they change with each portion of photos."""


class FolderModel(TreeModel):
    """Folders by their number in the table of photos, and how many of their photos are classified."""

    def __init__(self, tallies: Tallies, parent: QObject | None = None) -> None:
        super().__init__(2, parent)
        self._tallies = tallies
        self._roots: tuple[Path, ...] = ()
        self._folders: set[Path] = set()
        self._changed: set[int] = set()
        self._timer = QTimer(self, singleShot=True, interval=COUNT_MS)
        self._timer.timeout.connect(self._count)
        tallies.folders_changed.connect(self._note)
        tallies.emptied.connect(self._forget)

    def open(self, paths: Sequence[Path]) -> None:
        """These folders and files are open from now on, and nothing is known of them yet."""
        self._forget()
        self._roots = tuple(dict.fromkeys(Path(os.path.abspath(path)) for path in paths))  # noqa: PTH100  # no '..'
        self._folders = set()

    def show_roots(self, folders: Sequence[Path]) -> None:
        """Of what is open, these are folders; they are shown even without photos."""
        self._folders = {Path(os.path.abspath(folder)) for folder in folders}  # noqa: PTH100
        for root in self._roots:
            if root in self._folders:
                node = self.tree.find([root])
                self.tree.put([self._top(root)], node.own if node is not None else (0, 0), kept=True)

    def set_recent(self, folders: Iterable[Path]) -> None:
        """These folders were open lately; those that are open are left out."""
        wanted = [folder for folder in folders if folder not in self._roots]
        above = self.tree.find([RECENT])
        if above is not None:
            if [node.step.value for node in above.children] == wanted:
                return
            self.tree.remove([RECENT])
        for place, folder in enumerate(wanted):
            step = Step(folder, display_name(folder), place, folder)
            self.tree.put([Step(RECENT, self.tr("Recent folders"), (1,)), step], (0, 0), kept=True)

    def keys(self, folder: Path) -> list[Hashable]:
        """The keys of an open folder (or one below it) in the tree."""
        return [step.key for step in self._steps(folder)]

    def folder_of(self, node: Node) -> Path | None:
        """The folder of a row; None for the row above the recent ones."""
        return node.step.value if isinstance(node.step.value, Path) else None

    @staticmethod
    def is_recent(node: Node) -> bool:
        """True for a folder that is not open."""
        return node.parent is not None and node.parent.step.key == RECENT

    @staticmethod
    def is_root(node: Node) -> bool:
        """True for a folder that was opened itself."""
        return isinstance(node.step.value, Path) and node.parent is not None and node.parent.parent is None

    def badges(self, node: Node) -> Sequence[Badge]:
        """How many photos there are in the folder and below it."""
        return [] if self.folder_of(node) is None or self.is_recent(node) else [Badge(number(sum(node.total)))]

    def progress(self, node: Node) -> float | None:
        """The share of photos that are classified."""
        return node.total[DONE] / sum(node.total) if node.total[WAITING] else None

    def tip(self, node: Node) -> str:
        """The whole path, and the counts."""
        folder = self.folder_of(node)
        if folder is None:
            return node.step.text
        path = str(folder).encode("utf-8", "replace").decode("utf-8")
        if self.is_recent(node):
            return path
        lines = [path, self.tr("%Ln photo(s)", "", sum(node.total))]
        if node.total[WAITING]:
            lines.append(self.tr("%Ln still to be classified", "", node.total[WAITING]))
        return "\n".join(lines)

    def _note(self, numbers: Sequence[int]) -> None:
        self._changed.update(numbers)
        if not self._timer.isActive():
            self._timer.start()

    def _count(self) -> None:
        numbers, self._changed = sorted(self._changed), set()
        paths = self._tallies.table.folder_paths()
        counts: dict[Path, list[int]] = {}
        for folder in dict.fromkeys(paths[place] for place in numbers):
            counts[folder] = [0, 0]
        for place, path in enumerate(paths):  # a folder that was opened twice has several numbers
            if path in counts:
                for kind, count in enumerate(self._tallies.folders.of(place)):
                    counts[path][kind] += count
        for folder, both in counts.items():
            self.tree.put(self._steps(folder), both, kept=folder in self._folders)

    def _forget(self) -> None:
        self._timer.stop()
        self._changed.clear()
        for node in list(self.tree.root.children):
            if node.step.key != RECENT:
                self.tree.remove([node.step.key])

    def _steps(self, folder: Path) -> list[Step]:
        root = next((root for root in self._roots if root == folder or root in folder.parents), folder)
        steps = [self._top(root)]
        path = root
        for part in folder.relative_to(root).parts:
            path /= part
            steps.append(Step(path, display_name(path), natural_key(part), path))
        return steps

    def _top(self, root: Path) -> Step:
        place = self._roots.index(root) if root in self._roots else len(self._roots)
        return Step(root, display_name(root), (0, place, natural_key(root.name)), root)
