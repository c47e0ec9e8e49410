"""Decode a photo once, at the smallest sufficient scale, upright and in sRGB.

App and trainer both decode here, so that the model sees the same pixels in training and in use. The content decides
what a file is, never its name; and only formats on the list are tried, because Pillow also knows formats that start
interpreters (EPS) or that no camera writes. Raw files, HEIC, AVIF and JPEG 2000 are decoded in a worker process.
"""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO, Final

from landmark_desktop.core.errors import ErrorCode, PhotoError, photo_error_from_os
from landmark_desktop.core.photo import display_name, require_ordinary
from landmark_desktop.imaging.kinds import UNKNOWN, kind_of
from landmark_desktop.imaging.limits import MAX_PIXELS
from landmark_desktop.imaging.pool import shared_pool
from landmark_desktop.imaging.stills import Decoded, decode_still

__all__ = ["MAX_PIXELS", "WORKING_SHORT_SIDE", "Decoded", "decode", "decode_first"]

_NOT_THE_FILES_FAULT: Final = (ErrorCode.FILE_MISSING, ErrorCode.FILE_UNSETTLED, ErrorCode.PHOTO_NEEDS_MEMORY)
"""Errors after which a photo is not shown from its other files: they say nothing of the first one for good."""
WORKING_SHORT_SIDE: Final = 360
"""Shorter side in pixels that a working picture has at least (where the photo has it): enough for tiles and the
model's input, and small enough that libjpeg decodes 12- and 24-megapixel photos at 1/8 scale."""


def decode(path: Path, *, short_side: int = WORKING_SHORT_SIDE, max_pixels: int = MAX_PIXELS) -> Decoded:
    """Decode ``path`` so that its shorter side is at least ``short_side`` pixels where the photo has that many.

    May be called from many threads at once.

    Raises:
        PhotoError: the file is missing, unreadable, changing, empty, no photo, of an unsupported kind, damaged, cut
            off, has more than ``max_pixels`` pixels or needs too much memory, or its decoder crashed or hung.
    """
    name = display_name(path)
    try:
        require_ordinary(path.stat())
        with path.open("rb") as file:
            before = _state(file)
            if before[0] == 0:
                raise PhotoError(ErrorCode.FILE_EMPTY, name=name)
            try:
                decoded = _decode(file, path, name, short_side, max_pixels)
            except PhotoError as error:
                if _state(file) != before:
                    raise PhotoError(ErrorCode.FILE_UNSETTLED, name=name) from error
                raise
            if _state(file) != before:
                raise PhotoError(ErrorCode.FILE_UNSETTLED, name=name)
            return decoded
    except OSError as error:
        raise photo_error_from_os(error, path) from error


def decode_first(
    paths: Sequence[Path], *, short_side: int = WORKING_SHORT_SIDE, max_pixels: int = MAX_PIXELS
) -> tuple[Decoded, Path]:
    """Decode the first of a photo's pictures that can be: the raw file in the place of a JPEG that is damaged. Returns
    it with its path.

    Raises:
        PhotoError: that of the first picture; as :func:`decode`.
    """
    try:
        return decode(paths[0], short_side=short_side, max_pixels=max_pixels), paths[0]
    except PhotoError as error:
        if error.code in _NOT_THE_FILES_FAULT:
            raise
        for path in paths[1:]:
            try:
                return decode(path, short_side=short_side, max_pixels=max_pixels), path
            except PhotoError:
                continue
        raise


def _state(file: BinaryIO) -> tuple[int, int]:
    """Size and time of the file that is open, which stays the same when another takes its name."""
    status = os.fstat(file.fileno())
    return status.st_size, status.st_mtime_ns


def _decode(file: BinaryIO, path: Path, name: str, short_side: int, max_pixels: int) -> Decoded:
    kind = kind_of(file, name)
    if kind is UNKNOWN:
        raise PhotoError(ErrorCode.NOT_A_PHOTO, name=name)
    if kind.risky:
        return shared_pool().decode(path, short_side=short_side, max_pixels=max_pixels)
    return decode_still(file, name, kind, short_side, max_pixels)
