"""Changes of bundle, provider and threads: the model is loaded anew, and a bundle only kept if it really runs."""

from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from landmark_desktop.core.bundle import Bundle
from landmark_desktop.core.errors import KnownError
from landmark_desktop.core.resources import default_bundle_path
from landmark_desktop.services import settings as table
from landmark_desktop.services.workspace import Workspace

RELOAD_MS = 500
"""How long settings must rest before the model is loaded anew: a spin box passes many values."""


class ModelSwitch(QObject):
    """Follows the settings that need the model to be loaded anew."""

    busy_changed = Signal(bool)
    refused = Signal(object)  # KnownError

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._wanted: str | None = None
        self._timer = QTimer(self, singleShot=True, interval=RELOAD_MS)
        self._timer.timeout.connect(self._reload)
        workspace.bundle_changed.connect(self._changed)
        workspace.bundle_refused.connect(self._refused)
        workspace.settings.watch(self._setting_changed)

    @property
    def busy(self) -> bool:
        """True while a bundle is being checked."""
        return self._wanted is not None

    def choose_bundle(self, source: Path | None) -> None:
        """Use the bundle at ``source``, None for the one that came with the program."""
        try:
            path = source if source is not None else default_bundle_path()
        except KnownError as error:
            self.refused.emit(error)
            return
        self._wanted = str(source) if source is not None else ""
        self.busy_changed.emit(True)
        self._workspace.try_bundle(path)

    def _changed(self, _: Bundle) -> None:
        if self._wanted is not None:
            wanted, self._wanted = self._wanted, None
            self._workspace.settings.set(table.BUNDLE, wanted)
            self.busy_changed.emit(False)

    def _refused(self, error: KnownError) -> None:
        self._wanted = None
        self.refused.emit(error)
        self.busy_changed.emit(False)

    def _setting_changed(self, key: str) -> None:
        if key in table.NEEDS_RELOAD and key != table.BUNDLE.key:
            self._timer.start()

    def _reload(self) -> None:
        self._workspace.use_bundle(self._workspace.bundle)
