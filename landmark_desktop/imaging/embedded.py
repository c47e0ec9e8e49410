"""The large preview that many cameras write behind the picture of a JPEG (CIPA DC-007, Multi-Picture Format).

A preview of 1620 × 1080 pixels decodes in a tenth of the time of the 24 megapixels before it. It is taken only where it
provably shows the same picture: it lies exactly where the index says, right behind the end of the picture before it;
its aspect and orientation are the photo's; and the upper part of the photo, decoded from the first bytes of its
data, looks the same. Thumbnails inside EXIF are never taken: editors keep them when they change the picture, and
they are too small for tiles and model anyway.
"""

import io
import logging
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

import numpy as np
import numpy.typing as npt
from PIL import Image, TiffImagePlugin

from landmark_desktop.imaging.picture import orientation_of

log = logging.getLogger(__name__)

MIN_PIXELS: Final = 4_000_000
"""Below, the photo itself is decoded as quickly as a preview is found and checked."""
ASPECT_TOLERANCE: Final = 0.01
"""Relative; cameras round the size of a preview to whole blocks. A preview with bars differs by 12 % and more."""
MAX_ENTRIES: Final = 16
SHARES: Final = (1 / 16, 1 / 4)
"""Of the photo's rows, what is decoded to compare it with the preview: more where the first part is flat (sky)."""
DATA_FACTOR: Final = 3
"""That many times their share of the data is read for these rows, because some rows take more than others."""
MIN_ROWS: Final = 8
"""Rows at 1/8 scale below which nothing is compared."""
GRID: Final = 24
"""Cells across, in which photo and preview are compared."""
MEAN_LIMIT, CELL_LIMIT = 1.5, 8.0
"""Levels (of 255) by which the cells may differ on average, and the worst one. Photos made smaller, sharpened and saved
at quality 75 measured 0.3 and 1, with strong noise 0.8 and 4; 5 % more brightness 2 to 4 on average, a third of a stop
5 to 10. What is refused without need costs time only."""
CONTRAST: Final = 6.0
"""Standard deviation of the cells, in levels, below which a part is too flat to tell pictures apart."""

_SOI, _EOI = b"\xff\xd8", b"\xff\xd9"
_APP2, _SOS = 0xE2, 0xDA
_BASELINE = (0xC0, 0xC1)
_MP_ENTRIES = 0xB002
_TYPE_MASK, _LARGE_THUMBNAIL = 0x00FF0000, 0x00010000
_FILL = 128
"""The grey that libjpeg paints where data is missing."""


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where things are in a JPEG: the byte behind the MPF mark, the index itself, the two bytes that hold the photo's
    height, and the start of its data."""

    index_at: int
    index: bytes
    height_at: int
    data_at: int


def embedded_preview(file: BinaryIO, photo: Image.Image, short_side: int) -> Image.Image | None:
    """Return the smallest sufficient preview of an opened JPEG, or None where there is none that can be trusted.

    ``photo`` is opened from ``file`` and not loaded; ``short_side`` is what the preview must have, in pixels. The
    result is loaded, stored like the photo (not yet upright) and in the photo's colours. Moves ``file``'s position.

    Raises:
        OSError: the disk failed.
    """
    if photo.width * photo.height < MIN_PIXELS or photo.mode != "RGB" or "mp" not in photo.info:
        return None
    layout = _layout(file)
    if layout is None:
        return None
    best: Image.Image | None = None
    for start, size in _entries(layout):
        preview = _open(file, start, size, photo)
        if preview is None or min(preview.size) < short_side or 2 * preview.width > photo.width:
            continue
        if best is None or preview.width < best.width:
            best = preview
    if best is None:
        return None
    first = min(start for start, _ in _entries(layout))
    best.draft("RGB", (short_side, short_side))
    try:
        best.load()
        return best if _shows_the_same(file, photo, best, layout, first - layout.data_at) else None
    except (OSError, SyntaxError, ValueError, struct.error):
        log.debug("preview not decoded", exc_info=True)
        return None


def _layout(file: BinaryIO) -> _Layout | None:
    """Walk the segments of a JPEG up to the picture's data; None unless it is baseline and has an index of pictures."""
    file.seek(2)
    index_at, index, height_at = 0, b"", 0
    while True:
        mark = file.read(4)
        if len(mark) < 4 or mark[0] != 0xFF:
            return None
        kind, length = mark[1], struct.unpack(">H", mark[2:])[0]
        payload_at = file.tell()
        if kind == _SOS:
            return _Layout(index_at, index, height_at, payload_at + length - 2) if index and height_at else None
        if kind == _APP2 and file.read(4) == b"MPF\0":
            index_at, index = payload_at + 4, file.read(length - 6)
        elif kind in _BASELINE:
            height_at = payload_at + 1
        file.seek(payload_at + length - 2)


def _entries(layout: _Layout) -> Iterator[tuple[int, int]]:
    """Start and size in bytes of the previews that the index lists (not of panoramas' parts or gain maps)."""
    try:
        directory = TiffImagePlugin.ImageFileDirectory_v2(layout.index[:8])
        stream = io.BytesIO(layout.index)
        stream.seek(directory.next)
        directory.load(stream)
        table = directory.get(_MP_ENTRIES)
    except (SyntaxError, struct.error, ValueError, OSError):
        return
    if not isinstance(table, bytes):
        return
    order = ">" if layout.index.startswith(b"MM") else "<"
    entries = table[: min(len(table) // 16, MAX_ENTRIES) * 16]
    for kind, size, offset, _, _ in struct.iter_unpack(f"{order}LLLHH", entries):
        if kind & _TYPE_MASK == _LARGE_THUMBNAIL and offset > 0:
            yield layout.index_at + offset, size


def _open(file: BinaryIO, start: int, size: int, photo: Image.Image) -> Image.Image | None:
    """Open the preview at ``start`` if it lies right behind a picture's end and has the photo's shape."""
    # An editor that wrote the photo anew and kept the index leaves something else at this place.
    file.seek(max(0, start - 4096))
    before = file.read(min(start, 4096)).rstrip(b"\0\xff")
    data = file.read(min(size, photo.width * photo.height))
    if not before.endswith(_EOI) or not data.startswith(_SOI) or len(data) < size:
        return None
    try:
        preview = Image.open(io.BytesIO(data), formats=("JPEG",))
    except (OSError, SyntaxError, ValueError):
        return None
    own = orientation_of(preview)
    if preview.mode != "RGB" or (own != 1 and own != orientation_of(photo)):
        return None
    aspect = preview.width * photo.height / (preview.height * photo.width)
    return preview if abs(aspect - 1) <= ASPECT_TOLERANCE else None


def _shows_the_same(file: BinaryIO, photo: Image.Image, preview: Image.Image, layout: _Layout, data_size: int) -> bool:
    for share in SHARES:
        end = layout.data_at + int(min(1.0, DATA_FACTOR * share) * data_size)
        top = _top_of(file, photo.size, layout.height_at, end, int(share * photo.height) // 16 * 16)
        if top is None:
            return False
        part = top.height * 8 / photo.height
        rows = max(2, round(GRID * top.height / top.width))
        seen = _cells(top, top.height, rows)
        claimed = _cells(preview, part * preview.height, rows)
        if seen.mean(axis=2).std() < CONTRAST:
            continue
        difference = np.abs(seen - claimed)
        return bool(difference.mean() <= MEAN_LIMIT and difference.max() <= CELL_LIMIT)
    return False


def _top_of(file: BinaryIO, size: tuple[int, int], height_at: int, end: int, rows: int) -> Image.Image | None:
    """Decode the photo's first ``rows``, as far as the bytes up to ``end`` hold them, at 1/8 scale; None if they hold
    next to nothing. libjpeg cannot stop early, so it is told that the photo ends there."""
    file.seek(0)
    data = bytearray(file.read(end) + _EOI)
    struct.pack_into(">H", data, height_at, rows)
    image = Image.open(io.BytesIO(data), formats=("JPEG",))
    image.draft("RGB", (size[0] // 8, rows // 8))
    image.load()
    if image.height * 8 != rows:
        return None  # not the scale that was asked for
    held = np.flatnonzero((np.abs(np.asarray(image).astype(np.int16) - _FILL) > 2).any(axis=(1, 2)))
    last = int(held[-1]) + 1 if held.size else 0
    if last < image.height:
        last -= 2  # the last row of blocks may be half there
    return image.crop((0, 0, image.width, last)) if last >= MIN_ROWS else None


def _cells(image: Image.Image, height: float, rows: int) -> npt.NDArray[np.float32]:
    """The mean colours of the cells of the upper ``height`` pixels, ``[rows, GRID, 3]``."""
    small = image.resize((GRID, rows), Image.Resampling.BOX, box=(0, 0, image.width, min(height, image.height)))
    return np.asarray(small, dtype=np.float32)
