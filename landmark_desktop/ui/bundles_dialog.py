"""The model bundles: what each one knows, which one is in use, and how to get another one."""

from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from landmark_desktop.core.errors import KnownError
from landmark_desktop.services.bundle_shelf import Shelved
from landmark_desktop.services.workspace import Workspace
from landmark_desktop.ui.bundle_view import BundleView, bundle_title, is_same
from landmark_desktop.ui.buttons import close_buttons
from landmark_desktop.ui.model_switch import ModelSwitch
from landmark_desktop.ui.opening import local_paths
from landmark_desktop.ui.texts import error_text
from landmark_desktop.ui.theme import GAP, PADDING

LIST_WIDTH = 240


class BundlesDialog(QDialog):
    """Lists bundles, shows the chosen one, installs what is dropped on it."""

    def __init__(self, workspace: Workspace, models: ModelSwitch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Model bundles"))
        self.setAcceptDrops(True)
        self.resize(900, 620)
        self._workspace = workspace
        self._shelf = workspace.bundles
        self._models = models
        self._found: list[Shelved] = []
        self._to_choose: Path | None = None
        self._to_remove: Path | None = None
        self._installing = False
        self._lay_out()
        self._shelf.listed.connect(self._show_list)
        self._shelf.installed.connect(self._installed)
        self._shelf.removed.connect(self._removed)
        self._shelf.refused.connect(self._refused)
        models.refused.connect(self._refused)
        models.busy_changed.connect(self._show_state)
        workspace.bundle_changed.connect(self._bundle_changed)
        self._show_state()
        self._shelf.list_all()

    # layout

    def _lay_out(self) -> None:
        self.list = QListWidget(self)
        self.list.setObjectName("choices")
        self.list.setAccessibleName(self.tr("Model bundles"))
        self.list.currentRowChanged.connect(self._show_chosen)
        self.list.itemActivated.connect(lambda _: self.use_chosen())
        self.view = BundleView(self)
        self.list.setFixedWidth(LIST_WIDTH)
        upper = QHBoxLayout()
        upper.setSpacing(PADDING)
        upper.addWidget(self.list)
        upper.addWidget(self.view, 1)
        hint = QLabel(
            self.tr("Drop the folder or the zip of a bundle here, or choose it below. It is checked first."), self
        )
        hint.setProperty("muted", True)
        hint.setWordWrap(True)
        self.busy = QProgressBar(self)
        self.busy.setRange(0, 0)
        self.busy.setTextVisible(False)
        self.busy.setFixedHeight(6)
        self.busy.setAccessibleName(self.tr("The bundle is being checked"))
        self.message = QLabel(self)
        self.message.setWordWrap(True)
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(PADDING, PADDING, PADDING, PADDING)
        layout.setSpacing(GAP)
        layout.addLayout(upper, 1)
        for widget in (hint, self.busy, self.message):
            layout.addWidget(widget)
        layout.addLayout(self._buttons())

    def _buttons(self) -> QHBoxLayout:
        self.install_folder = QPushButton(self.tr("Install folder…"), self)
        self.install_zip = QPushButton(self.tr("Install zip…"), self)
        self.remove = QPushButton(self.tr("Remove"), self)
        self.use = QPushButton(self.tr("Use this bundle"), self)
        self.use.setProperty("primary", True)
        self.install_folder.clicked.connect(lambda: self._choose(QFileDialog.FileMode.Directory))
        self.install_zip.clicked.connect(lambda: self._choose(QFileDialog.FileMode.ExistingFile))
        self.remove.clicked.connect(self.remove_chosen)
        self.use.clicked.connect(self.use_chosen)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        for button in (self.install_folder, self.install_zip, self.remove):
            button.setAutoDefault(False)
            row.addWidget(button)
        row.addStretch(1)
        buttons = close_buttons(self)
        buttons.addButton(self.use, QDialogButtonBox.ButtonRole.ActionRole)
        row.addWidget(buttons)
        return row

    # what is shown

    @property
    def chosen(self) -> Shelved | None:
        """The bundle that is chosen in the list."""
        row = self.list.currentRow()
        return self._found[row] if 0 <= row < len(self._found) else None

    def _is_used(self, item: Shelved) -> bool:
        return is_same(item.path, self._workspace.bundle.source)

    def _show_list(self, found: list[Shelved]) -> None:
        used = self._workspace.bundle.source
        if not any(is_same(item.path, used) for item in found):
            found = [*found, Shelved(used, False, self._workspace.bundle, {})]  # one that was chosen where it lies
        self._found = found
        wanted = self._to_choose or used
        self._to_choose = None
        self.list.clear()
        for item in found:
            self.list.addItem(self._line(item))
        row = next((row for row, item in enumerate(found) if is_same(item.path, wanted)), 0)
        self.list.setCurrentRow(row, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _line(self, item: Shelved) -> str:
        notes = []
        if self._is_used(item):
            notes.append(self.tr("in use"))
        if item.shipped:
            notes.append(self.tr("came with the program"))
        if item.problem is not None:
            notes.append(self.tr("cannot be used"))
        return "\n".join([bundle_title(item), " · ".join(notes) or self.tr("installed")])

    def _show_chosen(self) -> None:
        chosen = self.chosen
        if chosen is not None:
            self.view.show_bundle(chosen)
        self._show_state()

    def _show_state(self) -> None:
        busy = self._installing or self._models.busy or self._to_remove is not None
        chosen = self.chosen
        installed = chosen is not None and chosen.path.parent == self._shelf.folder
        self.busy.setVisible(busy)
        self.install_folder.setEnabled(not busy)
        self.install_zip.setEnabled(not busy)
        self.remove.setEnabled(not busy and installed)
        self.use.setEnabled(not busy and chosen is not None and chosen.problem is None and not self._is_used(chosen))

    def _tell(self, text: str, *, is_error: bool = False) -> None:
        self.message.setText(text)
        self.message.setProperty("error", is_error)
        self.message.style().polish(self.message)

    # what is done

    def _choose(self, mode: QFileDialog.FileMode) -> None:
        dialog = QFileDialog(self, self.tr("Install a model bundle"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(mode)
        if mode is QFileDialog.FileMode.ExistingFile:
            dialog.setNameFilter(self.tr("Bundles (*.zip)"))
        dialog.fileSelected.connect(lambda name: self.install(Path(name)))
        dialog.open()

    def install(self, source: Path) -> None:
        """Check a folder or zip, and keep a copy of it."""
        self._installing = True
        self._tell(self.tr("Checking {0}…").format(source.name))
        self._show_state()
        self._shelf.install(source)

    def use_chosen(self) -> None:
        """Classify with the chosen bundle from now on."""
        chosen = self.chosen
        if chosen is not None and self.use.isEnabled():
            self._tell(self.tr("Trying whether the model of {0} runs…").format(bundle_title(chosen)))
            self._models.choose_bundle(None if chosen.shipped else chosen.path)

    def remove_chosen(self) -> None:
        """Remove the chosen bundle; where it is in use, the one that came with the program takes its place."""
        chosen = self.chosen
        if chosen is None or not self.remove.isEnabled():
            return
        self._to_remove = chosen.path
        if self._is_used(chosen):
            self._models.choose_bundle(None)
        else:
            self._shelf.remove(chosen.path)
        self._show_state()

    # what is told

    def _installed(self, path: Path) -> None:
        self._installing = False
        self._to_choose = path
        self._tell(self.tr("Installed. Choose “Use this bundle” to classify with it."))
        self._shelf.list_all()

    def _removed(self, _: Path) -> None:
        self._to_remove = None
        self._tell(self.tr("Removed."))
        self._shelf.list_all()

    def _refused(self, error: KnownError) -> None:
        self._installing = False
        self._to_remove = None
        self._tell(" ".join(error_text(error)), is_error=True)
        self._show_state()

    def _bundle_changed(self) -> None:
        if self._to_remove is not None:
            self._shelf.remove(self._to_remove)
        else:
            self._tell(self.tr("In use. The photos that are open are classified anew; your answers stay."))
            self._to_choose = self._workspace.bundle.source
            self._shelf.list_all()

    # dropping

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take one folder or file of this computer."""
        if len(local_paths(event.mimeData())) == 1 and self.install_zip.isEnabled():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Install what was dropped."""
        paths = local_paths(event.mimeData())
        if len(paths) == 1:
            event.acceptProposedAction()
            self.install(paths[0])
