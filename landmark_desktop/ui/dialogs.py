"""The dialogs of the window, each imported when it is opened: the window is there sooner."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from landmark_desktop.core.location import Landmark
from landmark_desktop.services.workspace import Workspace
from landmark_desktop.ui.model_switch import ModelSwitch
from landmark_desktop.ui.photo_grid.forecast import Forecast, forecast
from landmark_desktop.ui.photo_grid.model import PhotoModel

if TYPE_CHECKING:
    from landmark_desktop.ui.landmark_search import LandmarkSearch

RECENT_LANDMARKS: Final = "recent-landmarks"
"""Window state: ids of the landmarks that were picked by name lately, the last one first."""


class Dialogs(QObject):
    """Opens dialogs over ``window``. ``pick`` is called with the landmark that was found by name, for the photos that
    ``selected`` tells."""

    hint = Signal(str)

    def __init__(
        self,
        workspace: Workspace,
        models: ModelSwitch,
        photos: PhotoModel,
        *,
        selected: Callable[[], Sequence[int]],
        pick: Callable[[str], object],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._workspace = workspace
        self._models = models
        self._photos = photos
        self._selected = selected
        self._pick = pick
        self._window = window
        self._search: tuple[Sequence[Landmark], LandmarkSearch] | None = None

    def find_landmark(self) -> None:
        """Let the user pick any landmark for the selected photos."""
        selected = self._selected()
        if selected:
            from landmark_desktop.ui.landmark_picker import LandmarkPicker
            from landmark_desktop.ui.landmark_search import LandmarkSearch

            landmarks = self._workspace.bundle.manifest.landmarks
            if self._search is None or self._search[0] is not landmarks:
                self._search = landmarks, LandmarkSearch(landmarks)
            search = self._search[1]
            search.prefer(self._workspace.settings.state(RECENT_LANDMARKS).split())
            picker = LandmarkPicker(search, len(selected), self._window)
            picker.picked.connect(self._picked)
            picker.open()

    def _picked(self, landmark_id: str) -> None:
        from landmark_desktop.ui.landmark_picker import with_newest

        settings = self._workspace.settings
        settings.set_state(
            RECENT_LANDMARKS, " ".join(with_newest(settings.state(RECENT_LANDMARKS).split(), landmark_id))
        )
        self._pick(landmark_id)

    def write_places(self) -> None:
        """Preview what tagging the accepted photos writes, and write it."""
        pending = self._workspace.pending_tags()
        if pending:
            from landmark_desktop.ui.write_dialog import WriteDialog

            WriteDialog(self._workspace, pending, self._window).open()

    def show_runs(self, run_id: str = "") -> None:
        """List the runs, and let the user take one back; this run is chosen first, else the newest."""
        from landmark_desktop.ui.runs_dialog import RunsDialog

        RunsDialog(self._workspace.writing, self._window, run_id=run_id).open()

    def show_settings(self) -> None:
        """Show the settings."""
        from landmark_desktop.ui.settings_dialog import SettingsDialog

        dialog = SettingsDialog(self._workspace, self._models, self.foresee, self._window)
        dialog.bundles_wanted.connect(self.show_bundles)
        dialog.open()

    def foresee(self, boldness: float) -> Forecast:
        """What the slider does to the open photos at this value."""
        manifest = self._workspace.bundle.manifest
        thresholds = manifest.thresholds.adjusted(boldness)
        return forecast(self._photos.columns, self._workspace.photos, thresholds, len(manifest.landmarks))

    def show_bundles(self) -> None:
        """Show the model bundles."""
        from landmark_desktop.ui.bundles_dialog import BundlesDialog

        BundlesDialog(self._workspace, self._models, self._window).open()

    def explain_provider(self) -> None:
        """Tell where the model runs and why."""
        report = self._workspace.provider
        if report is not None:
            from landmark_desktop.ui.provider_dialog import ProviderDialog

            dialog = ProviderDialog(report, self._window)
            dialog.accepted.connect(self.show_settings)
            dialog.open()

    def show_keys(self) -> None:
        """List the keys."""
        from landmark_desktop.ui.help_dialogs import KeysDialog

        KeysDialog(self._window).open()

    def show_about(self) -> None:
        """Tell what this program is, and what it is made of."""
        from landmark_desktop.ui.help_dialogs import AboutDialog

        AboutDialog(self._workspace, self._window).open()

    def copy_diagnostics(self) -> None:
        """Put what a report of a problem needs on the clipboard."""
        from landmark_desktop.ui.diagnostics import diagnostics

        QGuiApplication.clipboard().setText(diagnostics(self._workspace))
        self.hint.emit(self.tr("Copied: versions and settings, no names of photos or folders."))
