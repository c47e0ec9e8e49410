"""Opening folders and files: from the menu, the welcome page, the list of recent folders, and by dropping."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, Qt
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from landmark_desktop.services.workspace import Workspace
from landmark_desktop.ui.welcome import WelcomePage


class Opener(QObject):
    """Lets the user choose what to open, and remembers folders. ``window`` is what dialogs belong to."""

    def __init__(self, workspace: Workspace, recent_menu: QMenu, welcome: WelcomePage, window: QWidget) -> None:
        super().__init__(window)
        self._workspace = workspace
        self._settings = workspace.settings
        self._recent_menu = recent_menu
        self._welcome = welcome
        self._window = window
        welcome.open_clicked.connect(self.choose_folder)
        welcome.recent_clicked.connect(lambda folder: self.open_paths([Path(folder)]))
        workspace.folders_found.connect(self._remember)
        self._show_recent()

    def open_paths(self, paths: Sequence[Path]) -> None:
        """Open folders and files instead of those open now."""
        self._workspace.open([Path(path) for path in paths])

    def _remember(self, folders: Sequence[Path]) -> None:
        for folder in reversed(folders):
            self._settings.remember_folder(str(folder.absolute()))
        self._show_recent()

    def choose_folder(self) -> None:
        """Let the user choose a folder to open."""
        dialog = QFileDialog(self._window, self.tr("Open a folder"), self._start_folder())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        self._open_chosen(dialog)

    def choose_files(self) -> None:
        """Let the user choose files to open."""
        dialog = QFileDialog(self._window, self.tr("Open photos"), self._start_folder())
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        self._open_chosen(dialog)

    def _open_chosen(self, dialog: QFileDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(lambda names: self.open_paths([Path(name) for name in names]))
        dialog.open()

    def _start_folder(self) -> str:
        recent = self._settings.recent_folders
        return str(Path(recent[0]).parent) if recent else str(Path.home())

    def _show_recent(self) -> None:
        folders = self._settings.recent_folders
        self._welcome.show_recent(folders)
        self._recent_menu.clear()
        for folder in folders:
            action = self._recent_menu.addAction(folder.replace("&", "&&"))
            action.triggered.connect(lambda _=False, folder=folder: self.open_paths([Path(folder)]))
        self._recent_menu.setEnabled(bool(folders))


def local_paths(data: QMimeData) -> list[Path]:
    """The folders and files of this computer among what is dragged."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
