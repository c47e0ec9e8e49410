"""Decoding with Pillow: from an opened file to a picture, and from whatever a decoder raises to the photo's error."""

import errno
import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO, Final

from PIL import (
    AvifImagePlugin,
    BmpImagePlugin,
    GifImagePlugin,
    Image,
    Jpeg2KImagePlugin,
    JpegImagePlugin,
    MpoImagePlugin,  # noqa: F401  # opened by the JPEG plugin for multi-picture files
    PngImagePlugin,
    TiffImagePlugin,
    UnidentifiedImageError,
    WebPImagePlugin,
)

from landmark_desktop.core.errors import ErrorCode, PhotoError
from landmark_desktop.imaging.embedded import embedded_preview
from landmark_desktop.imaging.kinds import JPEG, JPEG_2000, TIFF, Kind, describes_picture
from landmark_desktop.imaging.limits import PHOTO_BYTES, MemoryBudget, check_pixels, needs_memory, pixel_bytes
from landmark_desktop.imaging.picture import TURNED, finish, orientation_of

log = logging.getLogger(__name__)

# Imported by name, because Pillow loads plugins lazily and a frozen build only contains what is imported.
PLUGINS: Final = (
    JpegImagePlugin.JpegImageFile,
    PngImagePlugin.PngImageFile,
    TiffImagePlugin.TiffImageFile,
    WebPImagePlugin.WebPImageFile,
    AvifImagePlugin.AvifImageFile,
    BmpImagePlugin.BmpImageFile,
    GifImagePlugin.GifImageFile,
    Jpeg2KImagePlugin.Jpeg2KImageFile,
)
MAX_HALVINGS: Final = 5
"""The usual number of wavelet levels of JPEG 2000 files."""

# Pillow's own limit is a process-wide warning at 89 megapixels, below real panoramas; ours is checked below.
Image.MAX_IMAGE_PIXELS = None
# Pillow warns about odd but readable files (corrupt EXIF, many frames); the picture is what counts. Filtered once and
# not per photo: filters belong to the process, and decoding runs in several threads.
warnings.filterwarnings("ignore", module=r"PIL\.")

_budget = MemoryBudget()


@dataclass(frozen=True, slots=True)
class Decoded:
    """A decoded photo: RGB, upright, sRGB. ``width`` and ``height`` are those of the whole photo as displayed, in
    pixels; ``image`` may be smaller."""

    image: Image.Image
    width: int
    height: int


def decode_still(file: BinaryIO, name: str, kind: Kind, short_side: int, max_pixels: int) -> Decoded:
    """Decode an opened file of one of Pillow's kinds, so that its shorter side is at least ``short_side`` pixels.

    Raises:
        PhotoError: no photo, damaged, cut off, or too large.
        OSError: the disk failed.
    """
    with decoder_errors(name):
        try:
            return _decode(file, name, kind, short_side, max_pixels, wavelets=True)
        except OSError:
            if kind is not JPEG_2000:
                raise
        # Some JPEG 2000 files have fewer wavelet levels than we want to leave out, which only OpenJPEG knows.
        return _decode(file, name, kind, short_side, max_pixels, wavelets=False)


def _decode(file: BinaryIO, name: str, kind: Kind, short_side: int, max_pixels: int, *, wavelets: bool) -> Decoded:
    with _open(file, name, kind) as image:
        width, height = image.size
        check_pixels(name, width, height, max_pixels)
        orientation, profile = orientation_of(image), image.info.get("icc_profile")
        preview = embedded_preview(file, image, short_side) if kind is JPEG else None
        if preview is not None:
            picture = finish(preview, orientation, profile, short_side)
        else:
            if wavelets and isinstance(image, Jpeg2KImagePlugin.Jpeg2KImageFile):
                image.reduce = _halvings(image.size, short_side)
            image.draft("RGB", (short_side, short_side))
            # A progressive JPEG is kept whole as coefficients, at whatever scale it is wanted.
            coefficients = 3 * width * height if image.info.get("progressive") else 0
            picture, orientation = _load(image, name, short_side, coefficients)
    if orientation in TURNED:
        width, height = height, width
    return Decoded(picture, width, height)


def _open(file: BinaryIO, name: str, kind: Kind) -> Image.Image:
    file.seek(0)
    try:
        return Image.open(file, formats=kind.formats)
    except UnidentifiedImageError as error:
        if kind is TIFF and describes_picture(file):
            reason = "a TIFF whose kind of pixels is not known, such as colours in floating point"
            raise PhotoError(ErrorCode.PHOTO_UNSUPPORTED, name=name, reason=reason) from error
        raise


def _load(image: Image.Image, name: str, short_side: int, extra_bytes: int) -> tuple[Image.Image, int]:
    """Return the finished picture, and the orientation that was applied to it."""
    needed = pixel_bytes(image.mode, *image.size) + extra_bytes
    if needed > PHOTO_BYTES:
        raise needs_memory(name)
    with _budget.reserve(needed):
        image.load()
        if isinstance(image, Jpeg2KImagePlugin.Jpeg2KImageFile):
            image.reduce = 0  # the plugin's setting hides the method of this name
        # Only now: some decoders turn the picture themselves and then reset the value.
        orientation = orientation_of(image)
        return finish(image, orientation, image.info.get("icc_profile"), short_side), orientation


def _halvings(size: tuple[int, int], short_side: int) -> int:
    """How often the picture can be halved: OpenJPEG then leaves out the finest wavelet levels, which are what costs."""
    halvings = 0
    while halvings < MAX_HALVINGS and min(size) >> (halvings + 1) >= short_side:
        halvings += 1
    return halvings


@contextmanager
def decoder_errors(name: str) -> Iterator[None]:
    """Turn whatever a decoder raises into the photo's error; errors of the disk pass.

    Raises:
        PhotoError: for every exception but errors of the disk.
    """
    try:
        yield
    except PhotoError:
        raise
    except UnidentifiedImageError as error:
        raise PhotoError(ErrorCode.PHOTO_DAMAGED, name=name, reason="its header cannot be read") from error
    except MemoryError as error:
        raise needs_memory(name) from error
    except Exception as error:  # a damaged file can make a decoder raise anything; that is the photo's error
        if isinstance(error, OSError) and error.errno not in (None, errno.EINVAL):
            raise  # the disk failed, not the decoder; "invalid argument" is a seek to where a damaged header points
        expected = isinstance(error, OSError | SyntaxError | ValueError | EOFError | RuntimeError)
        log.log(logging.DEBUG if expected else logging.WARNING, "decoder failed", exc_info=True)
        text = str(error).lower()
        if "truncated" in text or "end of file" in text or "end-of-file" in text or isinstance(error, EOFError):
            raise PhotoError(ErrorCode.PHOTO_TRUNCATED, name=name) from error
        reason = str(error).splitlines()[0].rstrip(".") if str(error) else type(error).__name__
        raise PhotoError(ErrorCode.PHOTO_DAMAGED, name=name, reason=reason) from error
