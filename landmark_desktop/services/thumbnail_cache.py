"""Thumbnails as pixels in memory: a cache bounded in bytes."""

import threading
from collections import OrderedDict
from collections.abc import Sequence

from PySide6.QtGui import QImage

CACHE_BYTES = 20 * 1024 * 1024
"""Some 60 thumbnails as pixels, two screens full. More come from the store, at half a millisecond each."""


class ThumbnailCache:
    """Keeps the most recently used thumbnails, up to ``limit`` bytes, and those in sight in any case. Thread-safe."""

    def __init__(self, limit: int = CACHE_BYTES) -> None:
        self._limit = limit
        self._lock = threading.Lock()
        self._images: OrderedDict[int, QImage] = OrderedDict()
        self._bytes = 0
        self._in_sight: frozenset[int] = frozenset()

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
            self._make_room()

    def look_at(self, photo_ids: Sequence[int]) -> None:
        """These photos are in sight from now on: a tile must not lose its picture to one that nobody sees."""
        with self._lock:
            self._in_sight = frozenset(photo_ids)
            self._make_room()

    @property
    def in_sight(self) -> frozenset[int]:
        """The photos in sight."""
        return self._in_sight

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._images.clear()
            self._in_sight = frozenset()
            self._bytes = 0

    @property
    def bytes(self) -> int:
        """Bytes of pixels held now."""
        return self._bytes

    def _make_room(self) -> None:
        if self._bytes <= self._limit:
            return
        for photo_id in [photo_id for photo_id in self._images if photo_id not in self._in_sight]:
            self._remove(photo_id)
            if self._bytes <= self._limit:
                return

    def _remove(self, photo_id: int) -> None:
        old = self._images.pop(photo_id, None)
        if old is not None:
            self._bytes -= old.sizeInBytes()
