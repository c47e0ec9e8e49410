"""What the engine tells, on its way to the window: thumbnails and results are gathered, the rest is posted."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

from landmark_desktop.core.errors import KnownError
from landmark_desktop.core.photo import Photo
from landmark_desktop.core.record import Outcome
from landmark_desktop.inference.session import ProviderReport
from landmark_desktop.services.known import KnownGuesses
from landmark_desktop.services.lanes import Lane
from landmark_desktop.services.photo_rows import Ids, PhotoRows, photo_rows
from landmark_desktop.services.thumbnail_store import ThumbnailStore
from landmark_desktop.store.library import Library

if TYPE_CHECKING:
    from PIL import Image

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class EngineNews:
    """Listens to one engine (:class:`.classification.Listener`), which works with the bundle of this key.

    All functions are called on the engine's threads or the db lane. ``ready`` and ``failed`` are for the window as long
    as it works with this engine.
    """

    bundle_key: str
    db: Lane
    library: Library
    ids: Ids
    on_ready: Callable[[ProviderReport], None]
    on_failed: Callable[[KnownError], None]
    on_thumbnail: Callable[[int, int, QImage], None]
    on_saved: Callable[[int, PhotoRows], None]
    on_problem: Callable[[KnownError], None]
    on_bug: Callable[[BaseException], None]
    is_wanted: Callable[[int], bool]
    thumbnails: ThumbnailStore
    known: KnownGuesses
    in_sight: Callable[[int], bool]

    def ready(self, provider: ProviderReport) -> None:
        """The model is loaded."""
        self.on_ready(provider)

    def failed(self, error: KnownError) -> None:
        """The model does not load."""
        self.on_failed(error)

    def decoded(self, job: int, photo: Photo, image: "Image.Image") -> None:
        """On a decode worker: keep a thumbnail, and show it where somebody sees it.

        Kept first: a photo that comes into sight meanwhile is either seen here or found in the store.
        """
        from landmark_desktop.services.thumbnails import shrink, to_jpeg, to_qimage

        key = photo.identity.content_key
        thumbnail = None
        if key is not None and key not in self.thumbnails:
            thumbnail = shrink(image)
            self.thumbnails.put(key, to_jpeg(thumbnail))
        if self.is_wanted(job) and (self.in_sight(photo.id) or not self.thumbnails.usable):
            self.on_thumbnail(job, photo.id, to_qimage(thumbnail or shrink(image)))

    def outcomes(self, job: int, outcomes: list[Outcome]) -> None:
        """Photos are done."""
        self.known.note(outcomes)
        self.db.submit_when_room(self._save, job, outcomes)

    def bug(self, error: BaseException) -> None:
        """Something went wrong that is no known error."""
        log.error("the classification met a bug", exc_info=error)
        self.on_bug(error)

    def _save(self, job: int, outcomes: list[Outcome]) -> None:
        """On the db lane: commit, then tell."""
        try:
            rows = self.library.save_outcome_rows(outcomes, self.bundle_key)
        except KnownError as error:
            self.on_problem(error)
            return
        imported = frozenset(o.photo.id for o in outcomes if o.imported is not None and o.imported.review is not None)
        self.on_saved(job, replace(photo_rows(rows, self.ids), imported=imported))
