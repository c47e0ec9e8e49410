"""Gets the thumbnails of photos in sight, from those that are kept on disk or from the photos.

Pillow is imported when the first one is asked for, not when the window starts.
"""

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

from landmark_desktop.core.errors import PhotoError
from landmark_desktop.core.photo import FileIdentity, Photo
from landmark_desktop.services.lanes import BugHandler, Lane
from landmark_desktop.services.thumbnail_store import ThumbnailStore

if TYPE_CHECKING:
    from PIL import Image

log = logging.getLogger(__name__)

LANES = 2
QUEUE_LIMIT = 400
"""Requests beyond this many are forgotten, oldest first: they scrolled out of sight long ago. Those in sight are all
asked for again when the view rests."""
LOOK_UP = 16
"""Thumbnails that are read from the store at once: few enough that tiles appear while the rest is read."""


class ThumbnailLoader:
    """Gets thumbnails of photos that are in sight: from the store, or else from the photo itself.

    One lane reads the store, which is quick, and two decode what is not there: the decode workers belong to the
    classification, which may be paused. The newest request is served first, because that is where the user looks.
    """

    def __init__(
        self, deliver: Callable[[int, QImage], None], store: ThumbnailStore, on_bug: BugHandler | None = None
    ) -> None:
        self._deliver = deliver
        self._store = store
        self._lock = threading.Lock()
        self._wanted: OrderedDict[int, tuple[Photo, bool]] = OrderedDict()
        self._missing: OrderedDict[int, Photo] = OrderedDict()
        self._busy: set[int] = set()
        self._reader = Lane("thumbnail-read", on_bug=on_bug)
        self._lanes = [Lane(f"thumbnail-{number}", on_bug=on_bug, background=True) for number in range(LANES)]
        self._next = 0
        self._closing = False

    def request(self, photos: Sequence[Photo], *, kept_only: Sequence[Photo] = ()) -> None:
        """Ask for thumbnails; each is delivered on a lane, photos that cannot be read are not.

        Those of ``kept_only`` are not decoded: they are about to be decoded anyway, or their drive is away.
        """
        with self._lock:
            for photo, decodes in [*((p, False) for p in reversed(kept_only)), *((p, True) for p in reversed(photos))]:
                if photo.id not in self._busy:
                    self._wanted[photo.id] = (photo, decodes)
                    self._wanted.move_to_end(photo.id)
            while len(self._wanted) > max(QUEUE_LIMIT, len(photos) + len(kept_only)):
                self._wanted.popitem(last=False)
            waiting = len(self._wanted) if not self._closing else 0
        for _ in range(-(-waiting // LOOK_UP)):
            self._reader.submit(self._look_up)

    def clear(self) -> None:
        """Forget all requests."""
        with self._lock:
            self._wanted.clear()
            self._missing.clear()

    def close(self) -> None:
        """Forget all requests and end the lanes; what is under way is finished."""
        with self._lock:
            self._closing = True
            self._wanted.clear()
            self._missing.clear()
        self._reader.close()
        for lane in self._lanes:
            lane.close()

    def _look_up(self) -> None:
        """On the lane that reads: deliver what is kept, hand the rest on."""
        from landmark_desktop.services.thumbnails import from_jpeg, to_qimage

        with self._lock:
            part = [self._wanted.popitem()[1] for _ in range(min(LOOK_UP, len(self._wanted)))]
        keys = [photo.identity.content_key for photo, _ in part if photo.identity.content_key is not None]
        kept = self._store.get(keys) if keys else {}
        missing: list[Photo] = []
        for photo, decodes in part:
            data = kept.get(photo.identity.content_key or "")
            thumbnail = from_jpeg(data) if data is not None else None
            if thumbnail is not None:
                self._deliver(photo.id, to_qimage(thumbnail))
            elif decodes:
                missing.append(photo)
        with self._lock:
            if self._closing:
                return
            for photo in reversed(missing):
                self._missing[photo.id] = photo
                self._missing.move_to_end(photo.id)
            while len(self._missing) > QUEUE_LIMIT:
                self._missing.popitem(last=False)
        for _ in missing:
            self._next = (self._next + 1) % LANES
            self._lanes[self._next].submit(self._make)

    def _make(self) -> None:
        """On a lane that decodes."""
        from landmark_desktop.services.thumbnails import to_qimage

        with self._lock:
            if not self._missing:
                return
            photo_id, photo = self._missing.popitem()
            self._busy.add(photo_id)
        try:
            thumbnail = self._thumbnail(photo)
        except PhotoError:
            return  # the tile shows the error that classification met
        except OSError as error:
            log.info("no thumbnail: %s", error)
            return
        finally:
            with self._lock:
                self._busy.discard(photo_id)
        self._deliver(photo_id, to_qimage(thumbnail))

    def _thumbnail(self, photo: Photo) -> "Image.Image":
        """The thumbnail of what the file holds now, which another file may have had before. Raises OSError too."""
        from landmark_desktop.services.thumbnails import from_jpeg, thumbnail_of, to_jpeg

        now = FileIdentity.of(photo.path)
        known = photo.identity.content_key
        if known is None or not now.same_stat(photo.identity):
            known = FileIdentity.of(photo.path, with_content=True).content_key
            data = self._store.get([known]).get(known) if known is not None else None
            kept = from_jpeg(data) if data is not None else None
            if kept is not None:
                return kept
        thumbnail, is_of_the_first = thumbnail_of(photo)
        if is_of_the_first and known is not None and FileIdentity.of(photo.path).same_stat(now):
            self._store.put(known, to_jpeg(thumbnail))
        return thumbnail
