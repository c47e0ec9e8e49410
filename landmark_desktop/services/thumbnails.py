"""Thumbnails: made once from a decoded picture, kept on disk by content, and as QImages in a cache bounded in bytes."""

import io
import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence

from PIL import Image
from PySide6.QtGui import QImage

from landmark_desktop.core.errors import PhotoError
from landmark_desktop.core.photo import FileIdentity, Photo
from landmark_desktop.imaging.decode import WORKING_SHORT_SIDE, decode
from landmark_desktop.services.lanes import BugHandler, Lane
from landmark_desktop.services.thumbnail_store import ThumbnailStore

log = logging.getLogger(__name__)

THUMBNAIL_EDGE = 400
"""Longer edge in pixels that a thumbnail has at most; tiles are up to 200 points wide at 200 % scaling."""
JPEG_QUALITY = 80
"""24 KB a thumbnail; WebP of the same look is a quarter smaller and takes five times as long to read."""
CACHE_BYTES = 48 * 1024 * 1024
"""Some 150 thumbnails as pixels. More come from the store, at half a millisecond each."""
LANES = 2
QUEUE_LIMIT = 400
"""Requests beyond this many are forgotten, oldest first: they scrolled out of sight long ago. Those in sight are all
asked for again when the view rests."""
LOOK_UP = 16
"""Thumbnails that are read from the store at once: few enough that tiles appear while the rest is read."""


def to_qimage(image: Image.Image) -> QImage:
    """Copy an RGB picture into a QImage (which may be used on any thread, unlike a QPixmap)."""
    data = image.tobytes()
    return QImage(data, image.width, image.height, 3 * image.width, QImage.Format.Format_RGB888).copy()


def shrink(image: Image.Image, edge: int = THUMBNAIL_EDGE) -> Image.Image:
    """A copy of a decoded picture with at most ``edge`` pixels on its longer edge; it is never enlarged."""
    thumbnail = image.copy()
    thumbnail.thumbnail((edge, edge), Image.Resampling.BICUBIC)
    return thumbnail


def to_jpeg(thumbnail: Image.Image) -> bytes:
    """A thumbnail as the store keeps it."""
    buffer = io.BytesIO()
    thumbnail.save(buffer, "JPEG", quality=JPEG_QUALITY)
    return buffer.getvalue()


def from_jpeg(data: bytes) -> Image.Image | None:
    """A thumbnail that was kept; None where it cannot be read."""
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG",)) as image:
            image.load()
            return image.convert("RGB")
    except (OSError, ValueError, SyntaxError) as error:
        log.info("a kept thumbnail is of no use: %s", error)
        return None


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

    def _thumbnail(self, photo: Photo) -> Image.Image:
        """The thumbnail of what the file holds now, which another file may have had before. Raises OSError too."""
        now = FileIdentity.of(photo.path)
        known = photo.identity.content_key
        if known is None or not now.same_stat(photo.identity):
            known = FileIdentity.of(photo.path, with_content=True).content_key
            data = self._store.get([known]).get(known) if known is not None else None
            kept = from_jpeg(data) if data is not None else None
            if kept is not None:
                return kept
        thumbnail = shrink(decode(photo.path, short_side=WORKING_SHORT_SIDE).image)
        if known is not None and FileIdentity.of(photo.path).same_stat(now):
            self._store.put(known, to_jpeg(thumbnail))
        return thumbnail
