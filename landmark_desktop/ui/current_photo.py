"""Keeps the panel and the large preview at the current photo: thumbnail at once, large picture when it is decoded."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QSize, QTimer
from PySide6.QtGui import QImage

from landmark_desktop.core.camera import CameraFacts
from landmark_desktop.services.workspace import Workspace
from landmark_desktop.ui.large_preview import LargePreview
from landmark_desktop.ui.photo_grid.model import PhotoModel
from landmark_desktop.ui.photo_grid.tile import TileMaker
from landmark_desktop.ui.photo_grid.view import PhotoView
from landmark_desktop.ui.review_panel import ReviewPanel
from landmark_desktop.ui.reviewing import Reviewer
from landmark_desktop.ui.why import Why

PREVIEW_MS = 70
"""How long a photo must be current before its large picture is decoded: holding an arrow key passes many."""


class CurrentPhoto(QObject):
    """Shows what is known of the current photo wherever it is shown."""

    def __init__(
        self,
        workspace: Workspace,
        *,
        model: PhotoModel,
        view: PhotoView,
        panel: ReviewPanel,
        large: LargePreview,
        reviewer: Reviewer,
        maker: Callable[[], TileMaker],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._model = model
        self._view = view
        self._panel = panel
        self._large = large
        self._reviewer = reviewer
        self._maker = maker
        self._shown = -1
        self._sharp = False
        self.why = Why(workspace, ((panel.picture, panel.legend), (large.picture, large.legend)), self)
        self._timer = QTimer(self, singleShot=True, interval=PREVIEW_MS)
        self._timer.timeout.connect(self._request)
        view.current_changed.connect(self.refresh)
        view.selection_changed.connect(self.refresh)
        model.counts_changed.connect(self.refresh)
        reviewer.choice_changed.connect(self.refresh)
        workspace.thumbnails_ready.connect(self._thumbnails)
        workspace.preview_ready.connect(self._preview)
        workspace.cameras.ready.connect(self._camera)
        workspace.pictures.full_ready.connect(self._full)
        large.picture.sharper_wanted.connect(self._request_full)

    def refresh(self) -> None:
        """Show the current photo as it is now."""
        photo_id = self._view.current_id
        tile = self._model.tile(photo_id)
        row = self._model.row(photo_id)
        if tile is None or row is None:
            self._shown = -1
            self._timer.stop()
            self.why.look_at(None)
            self._panel.clear()
            self._large.clear()
            return
        self._panel.show_photo(
            tile,
            self._maker(),
            self._workspace.thresholds,
            row=row,
            rows=self._model.rowCount(),
            selected=self._view.selected_count,
            taken_here=self._reviewer.taken_here(tile),
        )
        self._large.show_photo(tile, row, self._model.rowCount())
        unexplained = self.why.look_at(tile)
        if photo_id == self._shown:
            if unexplained:
                self.why.ask()
        else:
            self._shown = photo_id
            self._sharp = False
            self._large.picture.begin_photo()
            self._show(self._workspace.thumbnails.get(photo_id))
            self._timer.start()

    def _show(self, image: QImage | None) -> None:
        self._panel.show_picture(image)
        self._large.show_picture(image)

    def _request(self) -> None:
        tile = self._model.tile(self._shown)
        if tile is not None and not tile.record.offline:
            self._workspace.cameras.request(tile.record.photo)
        if tile is not None and tile.record.error is None:
            self._workspace.request_preview(self._shown)
            self.why.ask()

    def _thumbnails(self, photo_ids: list[int]) -> None:
        if self._shown in photo_ids and not self._sharp:
            self._show(self._workspace.thumbnails.get(self._shown))

    def _preview(self, photo_id: int, image: QImage, size: QSize) -> None:
        if photo_id == self._shown:
            self._sharp = True
            self._show(image)
            self._large.picture.set_photo_size(size)
            self._panel.facts.show_size(size)

    def _camera(self, photo_id: int, facts: CameraFacts) -> None:
        if photo_id == self._shown:
            self._panel.facts.show_camera(facts)

    def _request_full(self) -> None:
        tile = self._model.tile(self._shown)
        size = self._large.picture.photo_size
        if tile is not None and size is not None:
            self._workspace.pictures.request_full(tile.record.photo, size)

    def _full(self, photo_id: int, image: QImage) -> None:
        if photo_id == self._shown and self._large.isVisible():
            self._large.picture.set_full(image)
