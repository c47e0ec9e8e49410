"""What is around the grid, the sidebar and the map: who tells whom when the user chooses something there."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QSplitter, QWidget

from landmark_desktop.core.bundle import Bundle
from landmark_desktop.services.workspace import Workspace
from landmark_desktop.ui.filter_bar import FilterBar
from landmark_desktop.ui.photo_grid.filter import PhotoQuery
from landmark_desktop.ui.photo_grid.model import PhotoModel
from landmark_desktop.ui.photo_grid.view import PhotoView
from landmark_desktop.ui.sidebar.sidebar import Sidebar
from landmark_desktop.ui.tallies import Tallies
from landmark_desktop.ui.world_map.panel import MapPanel

MAP_HEIGHT = 300
_SIDEBAR, _MAP, _HEIGHTS = "sidebar", "map", "map_heights"


class Surroundings(QObject):
    """Sidebar left of the grid's part of the window, map below the grid. Both can be hidden; that is remembered.

    ``beside`` is the window's splitter, which gets the sidebar; :attr:`centre` holds the grid and the map.
    """

    def __init__(
        self, workspace: Workspace, photos: PhotoModel, view: PhotoView, filters: FilterBar, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._settings = workspace.settings
        self._filters = filters
        self.tallies = Tallies(photos, workspace.photos, self)
        self.sidebar = Sidebar(self.tallies, self._settings, parent)
        self.map_panel = MapPanel(
            self.tallies, photos, view, self._settings, on_bug=workspace.bug_found.emit, parent=parent
        )
        self.centre = QSplitter(Qt.Orientation.Vertical, parent)
        self.centre.setHandleWidth(1)
        self.centre.setChildrenCollapsible(False)
        self.sidebar.use(workspace.bundle.landmark_by_id)
        self.sidebar.folder_chosen.connect(filters.narrowed.set_folder)
        self.sidebar.place_chosen.connect(filters.narrowed.set_place)
        self.map_panel.place_chosen.connect(filters.narrowed.set_place)
        self.sidebar.rescan_wanted.connect(workspace.rescan)
        self.sidebar.open_wanted.connect(self._open)
        self.sidebar.close_wanted.connect(self._close)
        filters.query_changed.connect(self._query_changed)
        workspace.opened.connect(self._opened)
        workspace.folders_found.connect(self._folders_found)
        workspace.bundle_changed.connect(self._bundle_changed)
        workspace.writing.runs_listed.connect(self.sidebar.show_runs)
        workspace.writing.run_finished.connect(self._list_runs)
        workspace.writing.undo_finished.connect(self._list_runs)
        workspace.writing.reconciled.connect(self._list_runs)
        self._list_runs()

    def place(self, beside: QSplitter, grid: QWidget) -> None:
        """Put the sidebar and the grid with its map into the window's splitter, before what is there."""
        self.centre.addWidget(grid)
        self.centre.addWidget(self.map_panel)
        self.centre.setStretchFactor(0, 1)
        beside.insertWidget(0, self.sidebar)
        beside.insertWidget(1, self.centre)

    def restore(self) -> None:
        """Give sidebar and map their looks back; at first the sidebar is there and the map is not."""
        self.sidebar.setVisible(self._settings.state(_SIDEBAR) != "hidden")
        self.map_panel.setVisible(self._settings.state(_MAP) == "shown")
        self.centre.setSizes(_numbers(self._settings.state(_HEIGHTS)) or [2 * MAP_HEIGHT, MAP_HEIGHT])

    def save(self) -> None:
        """Keep the looks, and end what runs behind the map."""
        self._settings.set_state(_SIDEBAR, "hidden" if self.sidebar.isHidden() else "shown")
        self._settings.set_state(_MAP, "hidden" if self.map_panel.isHidden() else "shown")
        if not self.map_panel.isHidden():
            self._settings.set_state(_HEIGHTS, " ".join(map(str, self.centre.sizes())))
        self.map_panel.close_threads()

    def toggle_sidebar(self, wanted: bool) -> None:
        """Show or hide the sidebar."""
        self.sidebar.setVisible(wanted)

    def toggle_map(self, wanted: bool) -> None:
        """Show or hide the map; shown, it gets the focus."""
        self.map_panel.setVisible(wanted)
        if wanted:
            if not self.centre.sizes()[1]:
                self.centre.setSizes([2 * MAP_HEIGHT, MAP_HEIGHT])
            self.map_panel.map.setFocus()

    def _query_changed(self, query: PhotoQuery) -> None:
        self.sidebar.show_query(query)
        self.map_panel.set_filter(query.place)

    def _opened(self, roots: Sequence[Path]) -> None:
        self._filters.narrowed.set_place(None)
        self._filters.narrowed.set_folder(None)
        self.sidebar.folders.open(roots)
        self._show_recent()

    def _folders_found(self, folders: Sequence[Path]) -> None:
        self.sidebar.folders.show_roots(folders)
        self._show_recent()

    def _show_recent(self) -> None:
        self.sidebar.folders.set_recent([Path(folder) for folder in self._settings.recent_folders])

    def _bundle_changed(self, bundle: Bundle) -> None:
        self.sidebar.use(bundle.landmark_by_id)

    def _list_runs(self, _: object = None) -> None:
        self._workspace.writing.list_runs()

    def _open(self, folder: Path) -> None:
        self._workspace.open([folder])

    def _close(self, folder: Path) -> None:
        """Close one of the open folders; the others are opened anew without it."""
        self._workspace.open([root for root in self._workspace.roots if root.absolute() != folder])


def _numbers(text: str) -> list[int]:
    parts = text.split()
    return [int(part) for part in parts] if len(parts) == 2 and all(part.isdecimal() for part in parts) else []
