"""The tour of this window: its three steps, and when it is offered by itself."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from landmark_desktop.services.workspace import Workspace

if TYPE_CHECKING:
    from landmark_desktop.ui.main_window import MainWindow
    from landmark_desktop.ui.tour import Tour

_EXPLAINED = "tour"


class FirstTour(QObject):
    """Begins the tour once, when somebody sees photos in the window for the first time; Help begins it again."""

    def __init__(self, workspace: Workspace, window: "MainWindow") -> None:
        super().__init__(window)
        self._workspace = workspace
        self._settings = workspace.settings
        self._window = window
        self._tour: Tour | None = None
        # Not before the photos are there and painted: the steps point at them.
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self.begin)

    @property
    def tour(self) -> "Tour | None":
        """The tour, once it was shown."""
        return self._tour

    def offer(self) -> None:
        """Begin when the first photos are there, unless the user knows the tour."""
        if not self._settings.explained(_EXPLAINED):
            self._workspace.photos_added.connect(self._photos_came)

    def _photos_came(self, _: Sequence[int]) -> None:
        self._workspace.photos_added.disconnect(self._photos_came)
        self._timer.start()

    def begin(self) -> None:
        """Show the first step."""
        from landmark_desktop.ui.tour import Step, Tour

        if self._tour is None:
            window = self._window
            steps = (
                Step(
                    self.tr("The model looks at every photo"),
                    self.tr(
                        "A filled disc is a landmark that it is sure of, a half disc wants your eyes, a ring is no "
                        "landmark it knows: most photos are that. The buttons above the photos show one kind only."
                    ),
                    lambda: window.grid_area,
                ),
                Step(
                    self.tr("You say whether it is right"),
                    self.tr(
                        "Enter accepts the first guess and goes on, 2 to 5 accept another one, Backspace says that "
                        "there is no landmark, F finds any by its name, U takes your last answer back."
                    ),
                    lambda: window.panel,
                ),
                Step(
                    self.tr("Then the places are written"),
                    self.tr(
                        "Photo ▸ Write places (Ctrl+S) shows first what would be written, into sidecars beside the "
                        "photos. Edit ▸ Runs takes it back, also weeks later."
                    ),
                    window.menuBar,
                ),
            )
            self._tour = Tour(steps, window)
            self._tour.ended.connect(self._ended)
        self._tour.begin()

    def _ended(self) -> None:
        self._settings.set_explained(_EXPLAINED)
        self._window.view.setFocus()
