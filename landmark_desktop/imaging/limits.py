"""How large a photo may be, in pixels and in memory, and how much all photos under way may take together."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from landmark_desktop.core.errors import ErrorCode, PhotoError

MAX_PIXELS: Final = 250_000_000
"""Above the largest cameras (150 megapixels) and ordinary panoramas; 250 megapixels decode to 1 GB."""
MEGABYTE: Final = 1_000_000
PHOTO_BYTES: Final = 2_000 * MEGABYTE
"""What the pixels of one photo may take while it is decoded, conversions included."""
ALL_BYTES: Final = 3_000 * MEGABYTE
"""What all photos that are decoded at the same time in this process may take. Sixteen 24-megapixel PNGs need half of
it; only giants wait for each other."""

_BYTES_PER_PIXEL: Final = {
    "1": 6,
    "L": 2,
    "P": 6,
    "LA": 8,
    "PA": 8,
    "I;16": 4,
    "I;16B": 4,
    "I": 14,
    "F": 14,
}
"""Pillow's own storage of a mode plus the copies that conversion to 8-bit RGB makes before the picture is shrunk."""
_OTHER_MODES: Final = 4


def check_pixels(name: str, width: int, height: int, limit: int) -> None:
    """Refuse a photo with more than ``limit`` pixels, or none.

    Raises:
        PhotoError: too large, or a size that no picture has.
    """
    if width <= 0 or height <= 0:
        raise PhotoError(ErrorCode.PHOTO_DAMAGED, name=name, reason="it has no pixels")
    if width * height > limit:
        raise PhotoError(
            ErrorCode.PHOTO_TOO_LARGE,
            name=name,
            width=width,
            height=height,
            megapixels=width * height // 1_000_000,
            limit=limit // 1_000_000,
        )


def needs_memory(name: str, limit: int = PHOTO_BYTES) -> PhotoError:
    """The error of a photo that needs more than ``limit`` bytes, or more than there are."""
    return PhotoError(ErrorCode.PHOTO_NEEDS_MEMORY, name=name, limit=limit // MEGABYTE)


def pixel_bytes(mode: str, width: int, height: int) -> int:
    """The bytes that decoding a picture of this mode and size takes, until it is shrunk 8-bit RGB."""
    return width * height * _BYTES_PER_PIXEL.get(mode, _OTHER_MODES)


class MemoryBudget:
    """Lets photos be decoded side by side while they fit into ``total`` bytes together. Thread-safe.

    A photo that needs more than the whole budget is decoded alone, so nothing waits forever.
    """

    def __init__(self, total: int = ALL_BYTES) -> None:
        self._total = total
        self._taken = 0
        self._changed = threading.Condition()

    @property
    def taken(self) -> int:
        """Bytes that are reserved now."""
        return self._taken

    @contextmanager
    def reserve(self, amount: int) -> Iterator[None]:
        """Wait until ``amount`` bytes are free, and hold them while the block runs. Must not be nested."""
        with self._changed:
            self._changed.wait_for(lambda: self._taken == 0 or self._taken + amount <= self._total)
            self._taken += amount
        try:
            yield
        finally:
            with self._changed:
                self._taken -= amount
                self._changed.notify_all()
