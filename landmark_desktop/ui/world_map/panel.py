"""The map with its buttons, fed with the places of the open photos."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QSize, QTimer, Signal
from PySide6.QtGui import QColor, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from landmark_desktop.services.settings import Settings
from landmark_desktop.ui.icons import Sign, sign_icon
from landmark_desktop.ui.photo_grid.filter import PlaceFilter
from landmark_desktop.ui.photo_grid.model import PhotoModel
from landmark_desktop.ui.photo_grid.view import PhotoView
from landmark_desktop.ui.tallies import Tallies
from landmark_desktop.ui.theme import GAP, colours
from landmark_desktop.ui.world_map.places import gather
from landmark_desktop.ui.world_map.view import ZOOM_STEP, MapView

GATHER_MS = 200
"""While photos are classified, pins change at most every so often."""
SELECTION_MS = 40
BUTTON = 30
"""Side of a button in device-independent pixels."""
_OWN = "map_own_positions"


class MapPanel(QWidget):
    """The map of the photos of a grid. Nothing is counted while it is hidden."""

    place_chosen = Signal(object)  # PlaceFilter or None

    def __init__(
        self,
        tallies: Tallies,
        photos: PhotoModel,
        view: PhotoView,
        settings: Settings,
        *,
        on_bug: Callable[[BaseException], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._tallies = tallies
        self._photos = photos
        self._view = view
        self._settings = settings
        self.map = MapView(on_bug, self)
        self.map.place_chosen.connect(self.place_chosen)
        self.map.set_notice(self.tr("No places yet. Landmarks that are recognised in your photos appear here."))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.map)
        self.zoom_in = self._button(self.tr("Zoom in"), self.tr("Zoom in (+)"))
        self.zoom_out = self._button(self.tr("Zoom out"), self.tr("Zoom out (−)"))
        self.fit = self._button(self.tr("Fit to photos"), self.tr("Show all places of the photos (Home)"))
        self.own = self._button(
            self.tr("Photos with their own GPS"),
            self.tr("Also show photos without a landmark that have a GPS position of their own"),
        )
        self.own.setCheckable(True)
        self.own.setChecked(settings.state(_OWN) != "no")
        self.map.shows_own = self.own.isChecked()
        self.zoom_in.clicked.connect(lambda: self.map.zoom_by(ZOOM_STEP))
        self.zoom_out.clicked.connect(lambda: self.map.zoom_by(-ZOOM_STEP))
        self.fit.clicked.connect(self.map.fit)
        self.own.toggled.connect(self._show_own)
        self.map.moved.connect(self._enable)
        self._gather_timer = QTimer(self, singleShot=True, interval=GATHER_MS)
        self._gather_timer.timeout.connect(self._gather)
        self._selection_timer = QTimer(self, singleShot=True, interval=SELECTION_MS)
        self._selection_timer.timeout.connect(self._show_selection)
        tallies.places_changed.connect(self._plan)
        tallies.positions_changed.connect(self._plan)
        tallies.emptied.connect(self._emptied)
        view.selection_changed.connect(self._plan_selection)
        self._draw_signs()

    def _button(self, name: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setProperty("overlay", True)
        button.setAccessibleName(name)
        button.setToolTip(tip)
        button.setFixedSize(BUTTON, BUTTON)
        button.setIconSize(QSize(14, 14))
        return button

    def set_filter(self, place: PlaceFilter | None) -> None:
        """The grid is narrowed to this place."""
        self.map.set_filter(place)

    def close_threads(self) -> None:
        """End what runs behind the map."""
        self._gather_timer.stop()
        self._selection_timer.stop()
        self.map.pinning.close()

    # places

    def _plan(self, _: Sequence[int] = ()) -> None:
        if self.isVisible() and not self._gather_timer.isActive():
            self._gather_timer.start()

    def _gather(self) -> None:
        tallies, landmark = self._tallies, self._photos.maker.landmark
        counts = tallies.places.counts
        texts = tallies.table.ids.texts
        numbers = [number for number in range(min(len(counts), len(texts))) if counts[number].any()]
        positions = tallies.positions() if self.own.isChecked() else None
        self.map.set_places(gather(((landmark(texts[n]), tallies.places.of(n)) for n in numbers), positions))
        self._show_selection()

    def _emptied(self) -> None:
        self.map.follow_again()
        self._gather()

    def _show_own(self, wanted: bool) -> None:
        self._settings.set_state(_OWN, "yes" if wanted else "no")
        self.map.shows_own = wanted
        self._gather()

    def _plan_selection(self) -> None:
        if self.isVisible():
            self._selection_timer.start()

    def _show_selection(self) -> None:
        landmarks, positions = self._tallies.where(self._view.selected_slots())
        texts = self._tallies.table.ids.texts
        self.map.set_selection([texts[number] for number in landmarks], positions)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what happened while nobody looked."""
        super().showEvent(event)
        self._gather()
        self._enable()

    # looks

    def _enable(self) -> None:
        view = self.map.viewport
        self.zoom_in.setEnabled(view.zoomed(view.zoom + ZOOM_STEP) != view)
        self.zoom_out.setEnabled(view.zoomed(view.zoom - ZOOM_STEP) != view)

    def _draw_signs(self) -> None:
        scheme = colours(self.palette())
        for button, sign in (
            (self.zoom_in, Sign.PLUS),
            (self.zoom_out, Sign.MINUS),
            (self.fit, Sign.FRAME),
            (self.own, Sign.PIN),
        ):
            button.setIcon(sign_icon(sign, QColor(scheme.text)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The buttons stand at the upper right."""
        super().resizeEvent(event)
        top = GAP
        for button, gap in ((self.zoom_in, 0), (self.zoom_out, GAP), (self.fit, 4), (self.own, 0)):
            button.move(self.width() - BUTTON - GAP, top)
            button.raise_()
            top += BUTTON + gap
        self._enable()

    def changeEvent(self, event: QEvent) -> None:
        """Draw the signs in the colours of a new theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "own"):
            self._draw_signs()
