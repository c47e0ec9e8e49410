"""The menu of the grid's photos: what can be done with what is selected, and with the group under the mouse."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from landmark_desktop.ui.photo_grid.model import PhotoModel
from landmark_desktop.ui.photo_grid.tile import Tile
from landmark_desktop.ui.photo_grid.view import PhotoView
from landmark_desktop.ui.review_panel import SHOWN_GUESSES
from landmark_desktop.ui.texts import joined, percent

_ANSWERS = ("accept", "reject", "find", "clear_answer", "taken_here")
_LOOKS = ("preview", "why")
_FILES = ("reveal", "open_with", "copy")
_GROUPS = ("accept_group", "toggle_group", "toggle_all_groups")


class PhotoMenu(QObject):
    """Opens the menu where the view asks for it. The entries are the window's actions, with their keys."""

    def __init__(
        self,
        view: PhotoView,
        photos: PhotoModel,
        actions: Mapping[str, QAction],
        toggle_group: Callable[[int], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._view = view
        self._photos = photos
        self._actions = actions
        self._toggle_group = toggle_group
        view.photo_menu_wanted.connect(self._for_photos)
        view.group_menu_wanted.connect(self._for_group)

    def _for_photos(self, where: QPoint) -> None:
        tile = self._photos.tile(self._view.current_id)
        if tile is None:
            return
        menu = self._menu()
        for name in _ANSWERS[:1]:
            menu.addAction(self._actions[name])
        self._add_guesses(menu, tile)
        for name in _ANSWERS[1:]:
            menu.addAction(self._actions[name])
        for names in (_LOOKS, _FILES):
            menu.addSeparator()
            for name in names:
                menu.addAction(self._actions[name])
        if self._actions["accept_group"].isEnabled():
            menu.addSeparator()
            for name in _GROUPS:
                menu.addAction(self._actions[name])
        menu.popup(where)

    def _for_group(self, where: QPoint, group: int) -> None:
        menu = self._menu()
        acceptable = self._photos.groups.acceptable(group)
        accept = menu.addAction(self.tr("Accept %Ln photo(s) of this group", "", acceptable))
        accept.setEnabled(acceptable > 0)
        accept.triggered.connect(lambda: self._view.accept_group_clicked.emit(group))
        closed = bool(self._photos.groups.closed[group])
        toggle = menu.addAction(self.tr("Open this group") if closed else self.tr("Collapse this group"))
        toggle.triggered.connect(lambda: self._toggle_group(group))
        menu.addSeparator()
        menu.addAction(self._actions["toggle_all_groups"])
        menu.popup(where)

    def _add_guesses(self, menu: QMenu, tile: Tile) -> None:
        """The guesses by their names, for the current photo."""
        guesses = tile.record.guesses.top[:SHOWN_GUESSES] if tile.record.guesses is not None else ()
        if tile.record.error is not None or not guesses:
            return
        others = menu.addMenu(self.tr("Accept another guess"))
        for number, guess in enumerate(guesses):
            action = self._actions[f"pick_{number + 1}"]
            name = self._photos.maker.landmark(guess.landmark_id).name
            entry = others.addAction(f"{joined([name, percent(guess.confidence)])}\t{number + 1}")
            entry.setEnabled(action.isEnabled())
            entry.triggered.connect(action.trigger)

    def _menu(self) -> QMenu:
        menu = QMenu(self._view)
        menu.setToolTipsVisible(True)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu
