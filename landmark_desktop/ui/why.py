"""Why? Shows over the current photo what in it speaks for its landmark, as long as it is wanted."""

from PySide6.QtCore import QObject, QRectF
from PySide6.QtGui import QImage

from landmark_desktop.core.errors import KnownError
from landmark_desktop.services.heat_maps import HeatMap
from landmark_desktop.services.workspace import Workspace
from landmark_desktop.ui.heat_overlay import HeatLegend, overlay
from landmark_desktop.ui.photo_grid.tile import Tile
from landmark_desktop.ui.picture import Picture
from landmark_desktop.ui.texts import error_text


def explained_landmark(tile: Tile | None) -> str | None:
    """The landmark (id) that a photo is explained for: the accepted one, else the first guess; None where there is
    nothing to explain."""
    if tile is None or tile.record.error is not None or tile.record.offline:
        return None
    review, guesses = tile.record.review, tile.record.guesses
    if review is not None and review.landmark_id is not None:
        return review.landmark_id
    return guesses.first.landmark_id if guesses is not None and guesses.first is not None else None


class Why(QObject):
    """Asks for heat maps and shows them in several ``places``: pictures of the current photo, each with its legend."""

    def __init__(
        self, workspace: Workspace, places: tuple[tuple[Picture, HeatLegend], ...], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._places = places
        self._shown = False
        self._tile: Tile | None = None
        self._asked: tuple[int, str] | None = None
        self._due = False  # it is shown as asked, and nobody was asked yet
        workspace.heat_maps.ready.connect(self._ready)

    def set_shown(self, shown: bool) -> None:
        """Begin or end to explain."""
        self._shown = shown
        if self.look_at(self._tile):
            self.ask()

    def look_at(self, tile: Tile | None) -> bool:
        """This is the current photo as it is now; what is shown of another one goes away. True if there is something
        new to :meth:`ask`."""
        self._tile = tile
        landmark_id = explained_landmark(tile) if self._shown else None
        if tile is None or landmark_id is None or landmark_id not in self._workspace.bundle.landmark_by_id:
            self._asked = None
            self._due = False
            self._workspace.heat_maps.drop()
            wanted = self._shown and tile is not None
            self._show(None, None, self.tr("There is no guess to explain.") if wanted else "")
            return False
        if self._asked == (tile.record.id, landmark_id):
            return False
        self._asked = (tile.record.id, landmark_id)
        self._due = True
        self._show(None, None, self.tr("Looking for what speaks for {0}…").format(self._name(landmark_id)))
        return True

    def ask(self) -> None:
        """The current photo stays for a while: find out, once."""
        if self._due and self._asked is not None and self._tile is not None:
            self._due = False
            self._workspace.heat_maps.request(self._tile.record.photo, self._asked[1])

    @property
    def is_shown(self) -> bool:
        """True while the current photo is to be explained."""
        return self._shown

    def _ready(self, photo_id: int, landmark_id: str, found: HeatMap | KnownError) -> None:
        if (photo_id, landmark_id) != self._asked:
            return
        name = self._name(landmark_id)
        if isinstance(found, KnownError):
            self._show(None, None, " ".join(error_text(found)))
        elif found.is_empty:
            self._show(None, None, self.tr("Nothing in this photo speaks for {0}.").format(name))
        else:
            left, top, right, bottom = found.part
            text = self.tr("The lighter the colour, the more speaks for {0}.").format(name)
            self._show(overlay(found), QRectF(left, top, right - left, bottom - top), text)

    def _name(self, landmark_id: str) -> str:
        return self._workspace.bundle.landmark_by_id[landmark_id].name

    def _show(self, image: QImage | None, part: QRectF | None, text: str) -> None:
        for picture, legend in self._places:
            picture.set_overlay(image, part)
            legend.show_text(text, colours=image is not None)
