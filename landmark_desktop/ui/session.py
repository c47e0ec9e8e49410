"""What was open when the window was closed: folders, filters, the current photo and where the grid was scrolled to."""

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QObject

from landmark_desktop.services import settings as table
from landmark_desktop.services.settings import Settings
from landmark_desktop.services.workspace import Workspace
from landmark_desktop.ui.filter_bar import FilterBar
from landmark_desktop.ui.photo_grid.model import PhotoModel
from landmark_desktop.ui.photo_grid.tile import Bucket
from landmark_desktop.ui.photo_grid.view import PhotoView

_STATE: Final = "session"
MAX_ROOTS: Final = 200
"""Folders and files that are opened again; who opened more files than that chose them from a list."""


@dataclass(frozen=True, slots=True)
class Session:
    """``photo`` is the path of the current one; ``offset`` is how far its tile was from the top of the grid."""

    roots: tuple[Path, ...] = ()
    bucket: Bucket = Bucket.ALL
    search: str = ""
    folder: Path | None = None
    photo: Path | None = None
    offset: int = 0

    def to_text(self) -> str:
        """As text for the settings. Names need not be valid Unicode."""
        return json.dumps(
            {
                "roots": [_coded(root) for root in self.roots],
                "bucket": self.bucket.value,
                "search": self.search,
                "folder": _coded(self.folder) if self.folder is not None else None,
                "photo": _coded(self.photo) if self.photo is not None else None,
                "offset": self.offset,
            }
        )

    @staticmethod
    def from_text(text: str) -> "Session":
        """Read back; an empty session where the text makes no sense."""
        try:
            found: Any = json.loads(text)
            return Session(
                tuple(_decoded(root) for root in found["roots"]),
                Bucket(found["bucket"]),
                str(found["search"]),
                _decoded(found["folder"]) if found["folder"] is not None else None,
                _decoded(found["photo"]) if found["photo"] is not None else None,
                int(found["offset"]),
            )
        except (ValueError, KeyError, TypeError):
            return Session()


def _coded(path: Path) -> str:
    return os.fsencode(path).hex()


def _decoded(text: str) -> Path:
    return Path(os.fsdecode(bytes.fromhex(text)))


class SessionKeeper(QObject):
    """Keeps the session, and brings it back as soon as its photos are found."""

    def __init__(
        self, workspace: Workspace, photos: PhotoModel, view: PhotoView, filters: FilterBar, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._settings: Settings = workspace.settings
        self._photos = photos
        self._view = view
        self._filters = filters
        self._wanted: Session | None = None

    def save(self) -> None:
        """Keep what is open now."""
        roots = self._workspace.roots[:MAX_ROOTS]
        current = self._view.current_id
        photo = self._workspace.photos.photo(current).path if current in self._workspace.photos else None
        query = self._filters.query
        offset = self._view.visualRect(self._view.currentIndex()).top()
        session = Session(
            tuple(root.absolute() for root in roots),
            query.bucket,
            self._filters.search.text(),
            query.folder,
            photo,
            offset,
        )
        self._settings.set_state(_STATE, session.to_text())

    def restore(self) -> bool:
        """Open what was open last time, if the user wants that; True if there was something."""
        if not self._settings.flag(table.RESTORE_SESSION):
            return False
        session = Session.from_text(self._settings.state(_STATE))
        if not session.roots:
            return False
        self._workspace.open(session.roots)
        self._filters.search.setText(session.search)
        self._filters.narrowed.set_folder(session.folder)
        self._filters.set_bucket(session.bucket)
        if session.photo is not None:
            self._wanted = session
            self._workspace.photos_added.connect(self._look_for)
            self._workspace.scan_finished.connect(self._forget)
            self._view.selection_changed.connect(self._somebody_chose)
        return True

    def _look_for(self, photo_ids: Sequence[int]) -> None:
        """Choose the photo of last time when it is found; until then the first one is current."""
        wanted = self._wanted
        if wanted is None or wanted.photo is None:
            return
        found = next((photo_id for photo_id in photo_ids if self._is_at(photo_id, wanted.photo)), None)
        if found is not None and self._photos.row(found) is not None:
            self._forget()
            self._view.choose(found)
            bar = self._view.verticalScrollBar()
            bar.setValue(bar.value() + self._view.visualRect(self._view.currentIndex()).top() - wanted.offset)

    def _is_at(self, photo_id: int, path: Path) -> bool:
        photos = self._workspace.photos
        slot = photos.slot(photo_id)
        return slot is not None and photos.names[slot] == path.name and photos.photo(photo_id).path == path

    def _somebody_chose(self) -> None:
        """Who moves on before the photo is found is not torn back; the first photo is current by itself."""
        if self._view.currentIndex().row() > 0:
            self._forget()

    def _forget(self, _: object = None) -> None:
        if self._wanted is not None:
            self._wanted = None
            self._workspace.photos_added.disconnect(self._look_for)
            self._workspace.scan_finished.disconnect(self._forget)
            self._view.selection_changed.disconnect(self._somebody_chose)
