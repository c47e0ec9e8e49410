"""The sidebar beside the grid: folders, places and runs. What a click does is for whoever listens."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QModelIndex, QPoint, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from landmark_desktop.core.location import Landmark
from landmark_desktop.core.tag import Run
from landmark_desktop.services.settings import Settings
from landmark_desktop.ui.photo_grid.filter import PhotoQuery
from landmark_desktop.ui.sidebar.folder_model import RECENT, FolderModel
from landmark_desktop.ui.sidebar.place_model import PlaceModel
from landmark_desktop.ui.sidebar.run_model import LatestRuns
from landmark_desktop.ui.sidebar.section import Section, SideTree
from landmark_desktop.ui.sidebar.tree_model import Roles
from landmark_desktop.ui.tallies import Tallies
from landmark_desktop.ui.theme import GAP

WIDTH, LEAST_WIDTH = 240, 150
_FOLDED = "sidebar_folded"


class Sidebar(QWidget):
    """Three sections. The rows that the grid is narrowed to are marked; choosing one again takes the limit away."""

    folder_chosen = Signal(object)  # Path of an open folder or one below it, or None
    place_chosen = Signal(object)  # PlaceFilter or None
    run_chosen = Signal(str)
    open_wanted = Signal(object)  # Path of a folder to open instead of those open now
    rescan_wanted = Signal(object)  # Path
    close_wanted = Signal(object)  # Path of a folder that was opened itself

    def __init__(self, tallies: Tallies, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sidebar")
        self.setMinimumWidth(LEAST_WIDTH)
        self._settings = settings
        self.folders = FolderModel(tallies, self)
        self.places = PlaceModel(tallies, self)
        self.runs = LatestRuns(self)
        self.folder_tree = SideTree(self.tr("Folders"), self.folders, self)
        self.place_tree = SideTree(self.tr("Places"), self.places, self)
        self.run_list = SideTree(self.tr("Runs"), self.runs, self)
        self.sections = {
            "folders": Section(self.tr("Folders"), self.folder_tree, self.tr("Open a folder to begin."), self),
            "places": Section(
                self.tr("Places"), self.place_tree, self.tr("Landmarks that are recognised appear here."), self
            ),
            "runs": Section(self.tr("Runs"), self.run_list, self.tr("Nothing was written yet."), self),
        }
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 6, 0, 4)
        layout.setSpacing(GAP // 2)
        for section in self.sections.values():
            layout.addWidget(section)
        layout.addStretch(1)
        folded = settings.state(_FOLDED).split()
        for name, section in self.sections.items():
            section.set_open(name not in folded)
            section.toggled.connect(self._keep_folded)
        self.folder_tree.chosen.connect(self._choose_folder)
        self.folder_tree.menu_wanted.connect(self._show_folder_menu)
        self.place_tree.chosen.connect(self._choose_place)
        self.run_list.chosen.connect(lambda index: self.run_chosen.emit(self.runs.run(index.row()).id))
        self.folders.rowsInserted.connect(self._open_folder_row)

    # what is shown

    def use(self, landmarks: Mapping[str, Landmark]) -> None:
        """These landmarks are known."""
        self.places.use(landmarks)

    def show_query(self, query: PhotoQuery) -> None:
        """Mark what the grid is narrowed to."""
        self.folders.choose(self.folders.keys(query.folder) if query.folder is not None else None)
        self.places.choose(self.places.keys_of_filter(query.place))

    def show_runs(self, runs: Sequence[Run]) -> None:
        """These are the runs, the newest first."""
        self.runs.show_runs(list(runs))

    # what is chosen

    def _choose_folder(self, index: QModelIndex) -> None:
        node = self.folders.node(index)
        folder = self.folders.folder_of(node)
        if folder is None:
            self.folder_tree.setExpanded(index, not self.folder_tree.isExpanded(index))
        elif self.folders.is_recent(node):
            self.open_wanted.emit(folder)
        else:
            self.folder_chosen.emit(None if index.data(Roles.CHOSEN) else folder)

    def _choose_place(self, index: QModelIndex) -> None:
        place = self.places.filter_of(self.places.node(index))
        self.place_chosen.emit(None if index.data(Roles.CHOSEN) else place)

    def _show_folder_menu(self, index: QModelIndex, place: QPoint) -> None:
        menu = self.folder_menu(index)
        if menu is not None:
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(place)

    def folder_menu(self, index: QModelIndex) -> QMenu | None:
        """What can be done with the folder of a row; None where it is no folder."""
        node = self.folders.node(index)
        folder = self.folders.folder_of(node)
        if folder is None:
            return None
        menu = QMenu(self)
        if self.folders.is_recent(node):
            menu.addAction(self.tr("Open"), lambda: self.open_wanted.emit(folder))
        else:
            menu.addAction(self.tr("Show only this folder"), lambda: self.folder_chosen.emit(folder))
            menu.addAction(self.tr("Look for changes"), lambda: self.rescan_wanted.emit(folder))
        menu.addAction(self.tr("Show in the file manager"), lambda: reveal(folder))
        if self.folders.is_root(node):
            menu.addSeparator()
            menu.addAction(self.tr("Close folder"), lambda: self.close_wanted.emit(folder))
        return menu

    # looks

    def _open_folder_row(self, parent: QModelIndex, first: int) -> None:
        if not parent.isValid():
            self._open_when_filled(first)
        elif not parent.parent().isValid() and parent.isValid() and self.folders.node(parent).step.key != RECENT:
            self.folder_tree.expand(parent)

    def _open_when_filled(self, row: int) -> None:
        index = self.folders.index(row, 0)
        if self.folders.node(index).step.key != RECENT:
            self.folder_tree.expand(index)

    def _keep_folded(self) -> None:
        folded = [name for name, section in self.sections.items() if not section.is_open]
        self._settings.set_state(_FOLDED, " ".join(folded))


def reveal(folder: Path) -> None:
    """Show a folder in the system's file manager."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
