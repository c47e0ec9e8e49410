"""Thumbnails as QImages, in a cache that is bounded in bytes."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence

from PIL import Image
from PySide6.QtGui import QImage

from landmark_desktop.core.errors import PhotoError
from landmark_desktop.core.photo import Photo
from landmark_desktop.imaging.decode import WORKING_SHORT_SIDE, decode
from landmark_desktop.services.lanes import Lane

THUMBNAIL_EDGE = 400
"""Longer edge in pixels that a thumbnail has at most; tiles are up to 200 points wide at 200 % scaling."""
CACHE_BYTES = 128 * 1024 * 1024
LANES = 2
QUEUE_LIMIT = 400
"""Requests beyond this many are forgotten, oldest first: they scrolled out of sight long ago."""


def to_qimage(image: Image.Image) -> QImage:
    """Copy an RGB picture into a QImage (which may be used on any thread, unlike a QPixmap)."""
    data = image.tobytes()
    return QImage(data, image.width, image.height, 3 * image.width, QImage.Format.Format_RGB888).copy()


def to_thumbnail(image: Image.Image, edge: int = THUMBNAIL_EDGE) -> QImage:
    """Shrink a decoded picture to at most ``edge`` pixels; it is never enlarged."""
    thumbnail = image.copy()
    thumbnail.thumbnail((edge, edge), Image.Resampling.BICUBIC)
    return to_qimage(thumbnail)


class ThumbnailCache:
    """Keeps the most recently used thumbnails, up to ``limit`` bytes. Thread-safe."""

    def __init__(self, limit: int = CACHE_BYTES) -> None:
        self._limit = limit
        self._lock = threading.Lock()
        self._images: OrderedDict[int, QImage] = OrderedDict()
        self._bytes = 0

    def get(self, photo_id: int) -> QImage | None:
        """The thumbnail of a photo, or None."""
        with self._lock:
            image = self._images.get(photo_id)
            if image is not None:
                self._images.move_to_end(photo_id)
            return image

    def put(self, photo_id: int, image: QImage) -> None:
        """Keep a thumbnail, dropping the least recently used ones where needed."""
        with self._lock:
            self._remove(photo_id)
            self._images[photo_id] = image
            self._bytes += image.sizeInBytes()
            while self._bytes > self._limit and len(self._images) > 1:
                self._remove(next(iter(self._images)))

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._images.clear()
            self._bytes = 0

    @property
    def bytes(self) -> int:
        """Bytes of pixels held now."""
        return self._bytes

    def _remove(self, photo_id: int) -> None:
        old = self._images.pop(photo_id, None)
        if old is not None:
            self._bytes -= old.sizeInBytes()


class ThumbnailLoader:
    """Makes thumbnails of photos that need no classification any more (reopened folders, scrolled-back tiles).

    It has two lanes of its own: the decode workers belong to the classification, which may be paused.
    The newest request is served first, because that is where the user looks.
    """

    def __init__(self, deliver: Callable[[int, QImage], None]) -> None:
        self._deliver = deliver
        self._lock = threading.Lock()
        self._wanted: OrderedDict[int, Photo] = OrderedDict()
        self._lanes = [Lane(f"thumbnail-{number}") for number in range(LANES)]
        self._next = 0
        self._closing = False

    def request(self, photos: Sequence[Photo]) -> None:
        """Ask for thumbnails; each is delivered on a lane, photos that cannot be read are not."""
        with self._lock:
            new = [photo for photo in photos if photo.id not in self._wanted]
            for photo in reversed(photos):
                self._wanted[photo.id] = photo
                self._wanted.move_to_end(photo.id)
            while len(self._wanted) > QUEUE_LIMIT:
                self._wanted.popitem(last=False)
        for _ in new:
            self._next = (self._next + 1) % LANES
            self._lanes[self._next].submit(self._serve)

    def clear(self) -> None:
        """Forget all requests."""
        with self._lock:
            self._wanted.clear()

    def close(self) -> None:
        """Forget all requests and end the lanes."""
        self.clear()
        for lane in self._lanes:
            lane.close()

    def _serve(self) -> None:
        with self._lock:
            if not self._wanted:
                return
            photo_id, photo = self._wanted.popitem()
        try:
            image = to_thumbnail(decode(photo.path, short_side=WORKING_SHORT_SIDE).image)
        except PhotoError:
            return  # the tile shows the error that classification met
        self._deliver(photo_id, image)
