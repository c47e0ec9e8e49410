"""Raw files: their embedded preview where it is large enough and theirs, else LibRaw's half-size rendering.

Runs in the worker process only: LibRaw and Exiv2 read formats that nobody documented, and hostile files crash them.
Exiv2 lists all previews of a file, so that the smallest sufficient one is decoded; LibRaw hands out only the largest,
but knows formats that Exiv2 does not (Sigma).
"""

import io
import logging
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import exiv2
import rawpy
from PIL import Image, TiffImagePlugin

from landmark_desktop.core.errors import ErrorCode, PhotoError
from landmark_desktop.imaging.limits import check_pixels, needs_memory
from landmark_desktop.imaging.picture import TURNED, finish, orientation_of
from landmark_desktop.imaging.stills import Decoded

log = logging.getLogger(__name__)

ASPECT_TOLERANCE: Final = 0.02
"""Relative. LibRaw shows a few more pixels at the sensor's edges than the camera's own JPEG."""
_ORIENTATION: Final = {0: 1, 1: 2, 2: 4, 3: 3, 4: 5, 5: 8, 6: 6, 7: 7}
"""LibRaw's ``flip`` (bits: 1 mirror columns, 2 mirror rows, 4 transpose) to the EXIF orientation."""
_SRGB_GAMMA: Final = (2.4, 12.92)
_STRIP_OFFSETS, _STRIP_SIZES = 273, 279

exiv2.LogMsg.setLevel(exiv2.LogMsg.Level.mute)


@dataclass(frozen=True, slots=True)
class _Frame:
    """What a preview must match. ``sizes`` are (width, height) in pixels before the turn: the sensor's picture, and
    the part of it that the camera was set to. ``orientation`` is EXIF's."""

    sizes: tuple[tuple[int, int], ...]
    orientation: int


def decode_raw(path: Path, name: str, short_side: int, max_pixels: int, *, sure: bool = True) -> Decoded:
    """Decode a raw file so that its shorter side is at least ``short_side`` pixels where the photo has that many.

    ``sure`` is False for content without a known mark: what LibRaw does not know then is no photo.

    Raises:
        PhotoError: not a raw file, of a kind that LibRaw does not know and without a preview, damaged, or too large.
    """
    source = _source(path)
    try:
        with rawpy.imread(source) as raw:
            frame = _frame(raw)
            check_pixels(name, *frame.sizes[0], max_pixels)
            found = _from_previews(_previews(source, raw), frame, short_side)
            return found or _rendered(raw, source, frame, name, short_side)
    except rawpy.LibRawFileUnsupportedError as error:
        found = _of_unknown_camera(source, short_side, max_pixels, name) if sure else None
        if found is not None:
            return found
        if not sure:
            raise PhotoError(ErrorCode.NOT_A_PHOTO, name=name) from error
        raise PhotoError(
            ErrorCode.PHOTO_UNSUPPORTED, name=name, reason="a raw file of a camera or kind that is not known"
        ) from error
    except (rawpy.LibRawUnsufficientMemoryError, rawpy.LibRawTooBigError) as error:
        raise needs_memory(name) from error
    except rawpy.LibRawIOError as error:
        raise PhotoError(ErrorCode.PHOTO_TRUNCATED, name=name) from error
    except rawpy.LibRawError as error:
        raise PhotoError(ErrorCode.PHOTO_DAMAGED, name=name, reason=_text(error)) from error


def _text(error: rawpy.LibRawError) -> str:
    text = error.args[0] if error.args else ""
    return text.decode("ascii", "replace") if isinstance(text, bytes) else str(text) or type(error).__name__


def _source(path: Path) -> str | io.BytesIO:
    """The path; for names that are no text the content, because rawpy and Exiv2 encode names as UTF-8."""
    try:
        str(path).encode("utf-8")
    except UnicodeEncodeError:
        return io.BytesIO(path.read_bytes())
    return str(path)


def _frame(raw: rawpy.RawPy) -> _Frame:
    sizes = raw.sizes
    seen = [(sizes.width, sizes.height)]
    crop = (sizes.crop_width, sizes.crop_height)
    if 0 < crop[0] <= sizes.width and 0 < crop[1] <= sizes.height:
        seen.append(crop)
    return _Frame(tuple(seen), _ORIENTATION.get(sizes.flip, 1))


# -- previews ---------------------------------------------------------------------------------------------------------


@contextmanager
def _exiv2_image(source: str | io.BytesIO) -> Iterator[exiv2.Image | None]:
    try:
        image = exiv2.ImageFactory.open(source if isinstance(source, str) else source.getvalue())
        image.readMetadata()
    except exiv2.Exiv2Error:
        log.debug("Exiv2 does not read the raw file", exc_info=True)
        yield None
    else:
        yield image


def _exiv2_previews(image: exiv2.Image | None) -> Iterator[Image.Image]:
    """The previews that Exiv2 finds, opened, smallest first."""
    if image is None:
        return
    manager = exiv2.PreviewManager(image)
    for item in sorted(manager.getPreviewProperties(), key=lambda item: int(item.width_ * item.height_)):
        try:
            data = bytes(manager.getPreviewImage(item).data())
        except exiv2.Exiv2Error:
            log.debug("preview not read", exc_info=True)
            continue
        if (opened := _opened(data)) is not None:
            yield opened


def _previews(source: str | io.BytesIO, raw: rawpy.RawPy) -> Iterator[Image.Image]:
    """All previews, opened: those that Exiv2 lists, or else the largest that LibRaw knows (which it hands out with EXIF
    of its own making, so that a preview's own orientation is lost)."""
    listed = False
    with _exiv2_image(source) as image:
        for preview in _exiv2_previews(image):
            listed = True
            yield preview
    if listed:
        return
    try:
        thumbnail = raw.extract_thumb()
    except (rawpy.LibRawError, rawpy.NotSupportedError):
        log.debug("LibRaw finds no preview", exc_info=True)
        return
    if not isinstance(thumbnail.data, bytes):
        yield Image.fromarray(thumbnail.data)
    elif (opened := _opened(thumbnail.data)) is not None:
        yield opened


def _opened(data: bytes) -> Image.Image | None:
    try:
        image = Image.open(io.BytesIO(data), formats=("JPEG", "TIFF"))
        if not isinstance(image, TiffImagePlugin.TiffImageFile):
            return image
        # A preview that is one strip of a raw file's TIFF structure: libjpeg alone decodes it at a smaller scale.
        starts, sizes = image.tag_v2.get(_STRIP_OFFSETS, ()), image.tag_v2.get(_STRIP_SIZES, ())
        if len(starts) == len(sizes) == 1:
            strip = data[starts[0] : starts[0] + sizes[0]]
            if strip.startswith(b"\xff\xd8"):
                return Image.open(io.BytesIO(strip), formats=("JPEG",))
    except (OSError, SyntaxError, ValueError, TypeError, struct.error):
        return None
    return image


def _from_previews(previews: Iterator[Image.Image], frame: _Frame, short_side: int) -> Decoded | None:
    """The first preview that is large enough, shows the whole photo and can be decoded."""
    for preview in previews:
        match = _match(preview, frame)
        if match is None or min(preview.size) < short_side:
            continue
        whole, orientation = match
        picture = _loaded(preview, orientation, short_side)
        if picture is not None:
            width, height = _turned(whole, frame.orientation)
            return Decoded(picture, width, height)
    return None


def _loaded(preview: Image.Image, orientation: int, short_side: int) -> Image.Image | None:
    try:
        preview.draft("RGB", (short_side, short_side))
        preview.load()
        return finish(preview, orientation, preview.info.get("icc_profile"), short_side)
    except (OSError, SyntaxError, ValueError):
        log.debug("preview not decoded", exc_info=True)
        return None


def _match(preview: Image.Image, frame: _Frame) -> tuple[tuple[int, int], int] | None:
    """The size of which ``preview`` is a smaller picture and the orientation still to apply; None if it is another's.

    Most cameras store previews as the sensor lies, some upright; a quarter turn shows in the aspect. A preview that
    states another turn than the photo is not trusted.
    """
    own = orientation_of(preview)
    for whole in frame.sizes:
        if _same_aspect(preview.size, whole) and own in (1, frame.orientation):
            return whole, frame.orientation
        if frame.orientation in TURNED and own == 1 and _same_aspect(preview.size, (whole[1], whole[0])):
            return whole, 1
    return None


def _same_aspect(size: tuple[int, int], other: tuple[int, int]) -> bool:
    # A preview that claims to be larger than the photo is no preview.
    return size[0] <= 1.1 * other[0] and abs(size[0] * other[1] / (size[1] * other[0]) - 1) <= ASPECT_TOLERANCE


def _turned(size: tuple[int, int], orientation: int) -> tuple[int, int]:
    return (size[1], size[0]) if orientation in TURNED else size


# -- without a sufficient preview --------------------------------------------------------------------------------------


def _rendered(raw: rawpy.RawPy, source: str | io.BytesIO, frame: _Frame, name: str, short_side: int) -> Decoded:
    """LibRaw's rendering with the camera's white balance; for sensor data that LibRaw cannot read, the best of the
    previews that are smaller than wanted."""
    half = min(frame.sizes[0]) // 2 >= short_side
    try:
        pixels = raw.postprocess(
            half_size=half,
            use_camera_wb=True,
            gamma=_SRGB_GAMMA,
            output_bps=8,
            demosaic_algorithm=rawpy.DemosaicAlgorithm.LINEAR,
        )
    except (rawpy.LibRawError, rawpy.NotSupportedError):
        smaller = [preview for preview in _previews(source, raw) if _match(preview, frame) is not None]
        smaller.sort(key=lambda preview: preview.width, reverse=True)
        for preview in smaller:
            found = _from_previews(iter([preview]), frame, min(preview.size))
            if found is not None:
                log.info("%s is shown by its small preview, because its sensor data cannot be read", name)
                return found
        raise
    # LibRaw has turned it already.
    rendered = Image.fromarray(pixels)
    width, height = _turned(frame.sizes[0], frame.orientation)
    if not _same_aspect(rendered.size, (width, height)):
        # Sensors that lie askew (Fujifilm) or have oblong pixels (Nikon D1X): only the rendering has the photo's shape.
        width, height = (2 * rendered.width, 2 * rendered.height) if half else rendered.size
    return Decoded(finish(rendered, 1, None, short_side), width, height)


def _of_unknown_camera(source: str | io.BytesIO, short_side: int, max_pixels: int, name: str) -> Decoded | None:
    """A raw file that LibRaw does not know yet, by its previews alone: the largest stands for the photo."""
    with _exiv2_image(source) as image:
        previews = list(_exiv2_previews(image))
        if image is None or not previews:
            return None
        largest = max(previews, key=lambda preview: preview.width * preview.height)
        check_pixels(name, *largest.size, max_pixels)
        exif = image.exifData()
        key = exiv2.ExifKey("Exif.Image.Orientation")
        datum = exif.findKey(key)
        stated = datum.toInt64() if datum != exif.end() else 1
        frame = _Frame((largest.size,), stated if stated in range(1, 9) else 1)
        return _from_previews(iter(previews), frame, min(short_side, *largest.size))
