"""Thumbnails: made once from a decoded picture, kept as JPEGs, shown as QImages."""

import io
import logging

from PIL import Image
from PySide6.QtGui import QImage

from landmark_desktop.core.photo import Photo
from landmark_desktop.imaging.decode import WORKING_SHORT_SIDE, decode_first

log = logging.getLogger(__name__)

THUMBNAIL_EDGE = 400
"""Longer edge in pixels that a thumbnail has at most; tiles are up to 200 points wide at 200 % scaling."""
JPEG_QUALITY = 80
"""24 KB a thumbnail; WebP of the same look is a quarter smaller and takes five times as long to read."""


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


def thumbnail_of(photo: Photo) -> tuple[Image.Image, bool]:
    """The thumbnail of a photo, and whether it is that of its first file. Raises :class:`PhotoError`."""
    decoded, path = decode_first(photo.pictures, short_side=WORKING_SHORT_SIDE)
    return shrink(decoded.image), path == photo.path
