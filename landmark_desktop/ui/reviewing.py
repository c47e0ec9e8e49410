"""What the keys of the review do: answers for the selected photos, and on to the next one."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QMessageBox, QWidget

from landmark_desktop.core.guess import Verdict
from landmark_desktop.services.workspace import Workspace
from landmark_desktop.ui.photo_grid.model import PhotoModel
from landmark_desktop.ui.photo_grid.tile import Tile
from landmark_desktop.ui.photo_grid.view import PhotoView
from landmark_desktop.ui.texts import distance, number

ASK_ABOVE = 20
"""Accepting more photos than this at once is asked for."""


class Reviewer(QObject):
    """Turns intents of the user into reviews. ``confirm`` asks before many photos are accepted at once,
    ``confirm_replacing`` before a photo's own position is given up for an estimate."""

    hint = Signal(str)  # why nothing happened
    choice_changed = Signal()  # a "taken here" that is not part of a review yet

    def __init__(
        self,
        workspace: Workspace,
        model: PhotoModel,
        view: PhotoView,
        *,
        confirm: Callable[[int], bool],
        confirm_replacing: Callable[[Tile], bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._confirm_replacing = confirm_replacing
        self._workspace = workspace
        self._model = model
        self._view = view
        self._confirm = confirm
        self._taken_here: dict[int, bool] = {}

    def forget(self) -> None:
        """Another folder was opened: choices for photos that were not accepted are gone."""
        self._taken_here.clear()

    def taken_here(self, tile: Tile) -> bool:
        """Whether an estimated camera position would be written for this photo if it is accepted."""
        if tile.id in self._taken_here and not tile.record.photo.facts.has_gps:
            return self._taken_here[tile.id]
        return self._workspace.reviews.taken_here(tile.record)

    # answers

    def accept(self) -> None:
        """Accept each selected photo's first guess and go on; answers that were given are kept."""
        tiles = self._selected()
        if not tiles:
            return
        fresh = [tile.id for tile in tiles if acceptable(tile) and not tile.accepted]
        if not fresh and not all(tile.accepted for tile in tiles):
            self.hint.emit(self._why_not(tiles))
        self._answer(lambda: self._accept(fresh), [tile.id for tile in tiles])

    def reject(self) -> None:
        """Say that the selected photos show no landmark, and go on."""
        ids = [tile.id for tile in self._selected() if tile.record.error is None]
        if ids:
            self._answer(lambda: self._workspace.reviews.reject(ids), ids)

    def pick(self, index: int, *, go_on: bool = True) -> None:
        """Accept the current photo's guess number ``index`` (from 0) for all selected photos."""
        current = self._model.tile(self._view.current_id)
        guesses = current.record.guesses if current is not None else None
        if guesses is None or index >= len(guesses.top):
            self.hint.emit(self.tr("There is no such guess for this photo."))
            return
        self.pick_landmark(guesses.top[index].landmark_id, go_on=go_on)

    def pick_landmark(self, landmark_id: str, *, go_on: bool = True) -> None:
        """Accept this landmark for all selected photos."""
        ids = [tile.id for tile in self._selected() if tile.record.error is None]
        if ids:
            self._answer(lambda: self._accept(ids, landmark_id), ids if go_on else [])

    def clear(self) -> None:
        """Take the answers for the selected photos back."""
        ids = [tile.id for tile in self._selected()]
        self._workspace.reviews.clear(ids)

    def accept_all_shown(self) -> None:
        """Accept the first guess of all photos in the grid whose verdict is `landmark` and that have no answer yet."""
        ids = self._model.acceptable_ids()
        if not ids:
            self.hint.emit(self.tr("No photo that is shown has the verdict Landmark and waits for an answer."))
        elif len(ids) <= ASK_ABOVE or self._confirm(len(ids)):
            self._accept(ids)
            self.hint.emit(self.tr("%Ln photo(s) accepted. U takes it back.", "", len(ids)))

    def accept_group(self, group: int) -> None:
        """Accept the first guesses of a group's photos that wait for an answer and may be accepted at once, and go on
        to the next group."""
        if not 0 <= group < len(self._model.groups):
            return
        ids = self._model.groups.acceptable_ids(group)
        behind = self._model.groups.rows(group).stop
        following = self._model.ids_in(range(behind, behind + 1))
        if ids:
            self._accept(ids)
            self.hint.emit(self.tr("%Ln photo(s) accepted. U takes it back.", "", len(ids)))
        else:
            self.hint.emit(self.tr("Nothing in this group can be accepted at once."))
        if following:
            self._view.choose(following[0])

    def toggle_taken_here(self) -> None:
        """Switch "taken here" for the selected photos, as the current one says."""
        current = self._model.tile(self._view.current_id)
        if current is None or current.rejected or current.record.error is not None:
            return
        if current.record.photo.facts.has_gps:
            self._toggle_replacing(current)
            return
        wanted = not self.taken_here(current)
        tiles = [tile for tile in self._selected() if not tile.record.photo.facts.has_gps]
        reviewed = [tile.id for tile in tiles if tile.accepted]
        self._taken_here.update((tile.id, wanted) for tile in tiles if not tile.accepted)
        if reviewed:
            self._workspace.reviews.set_taken_here(reviewed, wanted)
        self.choice_changed.emit()

    def _toggle_replacing(self, current: Tile) -> None:
        """Ask whether the position of this one photo is to be replaced; take the answer back where it was given."""
        reviews = self._workspace.reviews
        if reviews.replaces_position(current.id):
            reviews.set_replacing(current.id, False)
        elif current.landmark is None or current.landmark.location is None:
            self.hint.emit(self.tr("There is no place that could replace the photo’s GPS."))
        else:
            reviews.set_replacing(current.id, self._confirm_replacing(current))
        self.choice_changed.emit()

    def undo(self) -> None:
        """Take the last review step back and show its photo."""
        self._show(self._workspace.reviews.undo())

    def redo(self) -> None:
        """Do the last undone review step again and show its photo."""
        self._show(self._workspace.reviews.redo())

    # helpers

    def _selected(self) -> list[Tile]:
        tiles = [self._model.tile(photo_id) for photo_id in self._view.selected_ids()]
        return [tile for tile in tiles if tile is not None]

    def _accept(self, photo_ids: Sequence[int], landmark_id: str | None = None) -> None:
        if not photo_ids:
            return
        choices = {i: self._taken_here.pop(i) for i in photo_ids if i in self._taken_here}
        self._workspace.reviews.accept(photo_ids, landmark_id, taken_here=choices)

    def _answer(self, act: Callable[[], None], photo_ids: Sequence[int]) -> None:
        """Do something with photos, then go on to the one behind them."""
        rows = [row for row in (self._model.row(photo_id) for photo_id in photo_ids) if row is not None]
        following = self._model.ids_in(range(max(rows) + 1, max(rows) + 2)) if rows else []
        act()
        if following:
            self._view.choose(following[0])

    def _show(self, photo_ids: Sequence[int]) -> None:
        if photo_ids:
            self._view.choose(photo_ids[0])

    def _why_not(self, tiles: Sequence[Tile]) -> str:
        if any(tile.record.error is not None for tile in tiles):
            return self.tr("This photo could not be read.")
        if any(tile.record.guesses is None for tile in tiles):
            return self.tr("This photo has no guesses yet.")
        return self.tr("Nothing accepted: the model knows no landmark here. Press 1 to 5 to pick a guess anyway.")


class ConfirmMany(QMessageBox):
    """Asks before the first guesses of so many photos are accepted."""

    def __init__(self, count: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setIcon(QMessageBox.Icon.Question)
        self.setWindowTitle(self.tr("Accept all"))
        self.setText(self.tr("Accept the first guess of %Ln photo(s)?", "", count))
        self.setInformativeText(self.tr("These are all photos in the grid whose verdict is Landmark. U takes it back."))
        self._accept = self.addButton(self.tr("Accept {0}").format(number(count)), QMessageBox.ButtonRole.AcceptRole)
        self.addButton(QMessageBox.StandardButton.Cancel).setIcon(QIcon())
        self.setDefaultButton(self._accept)

    def agreed(self) -> bool:
        """Ask, and return the answer."""
        self.exec()
        return self.clickedButton() is self._accept


class ConfirmReplacing(QMessageBox):
    """Asks before a photo's own position is replaced by an estimate."""

    def __init__(self, tile: Tile, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setIcon(QMessageBox.Icon.Warning)
        self.setWindowTitle(self.tr("Replace GPS"))
        self.setText(self.tr("Replace the GPS of {0}?").format(tile.record.photo.name))
        name = tile.landmark.name if tile.landmark is not None else ""
        away = distance(tile.comparison.distance_km) if tile.comparison is not None else ""
        self.setInformativeText(
            self.tr(
                "The photo’s own position is {0} from {1}. When the place is written, the landmark’s position takes its"
                " place, marked as an estimate. This holds for this photo only; undoing the run brings the old position"
                " back."
            ).format(away, name)
        )
        self._replace = self.addButton(self.tr("Replace"), QMessageBox.ButtonRole.DestructiveRole)
        keep = self.addButton(self.tr("Keep GPS"), QMessageBox.ButtonRole.RejectRole)
        self.setDefaultButton(keep)
        self.setEscapeButton(keep)

    def agreed(self) -> bool:
        """Ask, and return the answer."""
        self.exec()
        return self.clickedButton() is self._replace


def acceptable(tile: Tile) -> bool:
    """True if Enter may accept the first guess: the verdict says that there is a landmark, surely or perhaps."""
    return tile.record.error is None and tile.verdict in (Verdict.LANDMARK, Verdict.UNSURE)
