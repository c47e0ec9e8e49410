"""Pictures for the window: thumbnails in memory and on disk, and the large preview. A part of the workspace."""

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QImage

from landmark_desktop.core.errors import KnownError
from landmark_desktop.core.photo import Photo
from landmark_desktop.core.record import PhotoRecord
from landmark_desktop.services import settings as table
from landmark_desktop.services.lanes import BugHandler, Lane
from landmark_desktop.services.relay import Gatherer, Relay
from landmark_desktop.services.settings import Settings
from landmark_desktop.services.thumbnail_cache import ThumbnailCache
from landmark_desktop.services.thumbnail_loader import ThumbnailLoader
from landmark_desktop.services.thumbnail_store import MEGABYTE, ThumbnailStore

PREVIEW_SHORT_SIDE = 1000
"""Shorter side in pixels of the large preview: sharp in a panel on a high-DPI screen."""


FULL_PIXELS = 64_000_000
"""Larger photos are halved before they are looked at closely: 64 megapixels, more than nearly all cameras have, take
190 MB of memory."""


def short_side_within(width: int, height: int, pixels: int) -> int:
    """The shorter side of a photo that is halved until it has at most so many pixels."""
    while width * height > pixels:
        width, height = width // 2, height // 2
    return min(width, height)


class Pictures(QObject):
    """All methods and signals belong to the GUI thread, but for :meth:`put`."""

    thumbnails_ready = Signal(object)  # list[int], photo ids
    space_used = Signal(object)  # int: bytes that thumbnails take on disk
    preview_ready = Signal(int, QImage, QSize)  # photo id, picture, size of the photo itself in pixels
    full_ready = Signal(int, QImage)  # photo id, all its pixels (of very large photos, half)

    def __init__(self, path: Path, settings: Settings, relay: Relay, on_bug: BugHandler, parent: QObject) -> None:
        super().__init__(parent)
        self._settings = settings
        self._relay = relay
        self._job = 0
        self._preview_wanted = -1
        self._closed = False
        self._preview_lane = Lane("preview", on_bug=on_bug)
        self._space_lane = Lane("thumbnail-space", on_bug=on_bug)  # clearing waits for the disk
        self._arrived: Gatherer[tuple[int, int, QImage]] = Gatherer(self._deliver, self)
        self.cache = ThumbnailCache()
        self.kept = ThumbnailStore(path, self._space())
        self._loader = ThumbnailLoader(lambda photo_id, image: self.put(self._job, photo_id, image), self.kept, on_bug)
        settings.watch(self._setting_changed)

    # thumbnails

    def open(self, job: int) -> None:
        """Other folders are open: forget what was asked for and what is in memory."""
        self._job = job
        self._loader.clear()
        self.cache.clear()

    def put(self, job: int, photo_id: int, image: QImage) -> None:
        """A thumbnail is made. May be called from any thread."""
        self._arrived.put((job, photo_id, image))

    def is_in_sight(self, photo_id: int) -> bool:
        """True if somebody sees the photo's tile. May be called from any thread."""
        return photo_id in self.cache.in_sight

    def request(self, records: Iterable[PhotoRecord], *, classifying: bool) -> None:
        """See that these photos get thumbnails. One that is about to be classified gets it from the same decoding,
        unless it was kept, and where a drive is away only what was kept can be shown."""
        missing = [record for record in records if self.cache.get(record.id) is None]
        kept_only = [r.offline or r.error is not None or (classifying and r.needs_classification) for r in missing]
        self._loader.request(
            [r.photo for r, only in zip(missing, kept_only, strict=True) if not only],
            kept_only=[r.photo for r, only in zip(missing, kept_only, strict=True) if only],
        )

    def flush(self) -> None:
        """Deliver what was made so far, now."""
        self._arrived.flush()

    def _deliver(self, items: list[tuple[int, int, QImage]]) -> None:
        arrived = [(photo_id, image) for job, photo_id, image in items if job == self._job]
        for photo_id, image in arrived:
            self.cache.put(photo_id, image)
        self.thumbnails_ready.emit([photo_id for photo_id, _ in arrived])

    # their space on disk

    def _space(self) -> int:
        """Bytes that thumbnails may take on disk."""
        return int(self._settings.number(table.THUMBNAIL_SPACE)) * MEGABYTE

    def _setting_changed(self, key: str) -> None:
        if key == table.THUMBNAIL_SPACE.key and not self._closed:
            self._space_lane.submit(self.kept.set_limit, self._space())
            self.measure()

    def measure(self) -> None:
        """Find out what thumbnails take on disk; ``space_used`` tells."""
        if not self._closed:
            self._space_lane.submit(self._measure)

    def _measure(self) -> None:
        size = self.kept.size()
        self._relay.post(lambda: self.space_used.emit(size))

    def clear_kept(self) -> None:
        """Forget all thumbnails on disk; ``space_used`` tells when that is done."""
        if not self._closed:
            self._space_lane.submit(self.kept.clear)
            self.measure()

    # the preview

    def request_preview(self, photo: Photo, *, readable: bool) -> None:
        """Decode the large picture of a photo; only the photo asked for last is delivered. One that is not
        ``readable`` only takes the place of the one before."""
        if self._closed:
            return
        self._preview_wanted = photo.id
        if readable:
            self._preview_lane.submit(self._preview, photo)

    def _preview(self, photo: Photo) -> None:
        """On the preview lane."""
        from landmark_desktop.imaging.decode import decode_first
        from landmark_desktop.services.thumbnails import to_qimage

        if photo.id != self._preview_wanted:
            return
        try:
            decoded = decode_first(photo.pictures, short_side=PREVIEW_SHORT_SIDE)[0]
        except KnownError:
            return  # the tile and the panel show the error that classification met
        image, size = to_qimage(decoded.image), QSize(decoded.width, decoded.height)
        self._relay.post(lambda: self._deliver_preview(photo.id, image, size))

    def request_full(self, photo: Photo, size: QSize) -> None:
        """Decode all pixels, ``size``, of the photo whose preview was asked for last; ``full_ready`` brings them."""
        if not self._closed and photo.id == self._preview_wanted:
            self._preview_lane.submit(self._full, photo, short_side_within(size.width(), size.height(), FULL_PIXELS))

    def _full(self, photo: Photo, short_side: int) -> None:
        """On the preview lane."""
        from landmark_desktop.imaging.decode import decode_first
        from landmark_desktop.services.thumbnails import to_qimage

        if photo.id != self._preview_wanted:
            return
        try:
            image = to_qimage(decode_first(photo.pictures, short_side=short_side)[0].image)
        except KnownError:
            return  # what is shown already stays
        self._relay.post(lambda: self._deliver_full(photo.id, image))

    def _deliver_full(self, photo_id: int, image: QImage) -> None:
        if photo_id == self._preview_wanted:
            self.full_ready.emit(photo_id, image)

    def _deliver_preview(self, photo_id: int, image: QImage, size: QSize) -> None:
        if photo_id == self._preview_wanted:
            self.preview_ready.emit(photo_id, image, size)

    # the end

    def cancel(self) -> None:
        """Begin nothing more."""
        self._closed = True
        self._preview_wanted = -1

    def close(self) -> None:
        """Finish what is under way, and join all threads."""
        self.cancel()
        self._preview_lane.close()
        self._loader.close()
        self._space_lane.close()
        self.kept.close()
