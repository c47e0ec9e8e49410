"""Decode a photo once, at the smallest sufficient scale, upright and in sRGB.

App and trainer both decode here, so that the model sees the same pixels in training and in use. The
content decides what a file is, never its name; and only formats on the list are tried, because Pillow
also knows formats that start interpreters (EPS) or that no camera writes.
"""

import errno
import io
import logging
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pillow_heif
from PIL import (
    AvifImagePlugin,
    BmpImagePlugin,
    ExifTags,
    GifImagePlugin,
    Image,
    ImageCms,
    Jpeg2KImagePlugin,
    JpegImagePlugin,
    MpoImagePlugin,  # noqa: F401  # opened by the JPEG plugin for multi-picture files
    PngImagePlugin,
    TiffImagePlugin,
    UnidentifiedImageError,
    WebPImagePlugin,
)

from landmark_desktop.core.errors import ErrorCode, PhotoError, photo_error_from_os
from landmark_desktop.core.photo import display_name

log = logging.getLogger(__name__)

# Imported by name, because Pillow loads plugins lazily and a frozen build only contains what is imported.
_PLUGINS: Final = (
    JpegImagePlugin.JpegImageFile,
    PngImagePlugin.PngImageFile,
    TiffImagePlugin.TiffImageFile,
    WebPImagePlugin.WebPImageFile,
    AvifImagePlugin.AvifImageFile,
    BmpImagePlugin.BmpImageFile,
    GifImagePlugin.GifImageFile,
    Jpeg2KImagePlugin.Jpeg2KImageFile,
)
FORMATS: Final = (*(plugin.format for plugin in _PLUGINS), "HEIF")
WORKING_SHORT_SIDE: Final = 360
"""Shorter side in pixels that a working picture has at least (where the photo has it): enough for tiles and the
model's input, and small enough that libjpeg decodes 12- and 24-megapixel photos at 1/8 scale."""
MAX_PIXELS: Final = 250_000_000
"""Above the largest cameras (150 megapixels) and ordinary panoramas; 250 megapixels decode to 750 MB."""

_MAGIC: Final = (
    (0, b"\xff\xd8\xff"),
    (0, b"\x89PNG"),
    (0, b"II*\0"),
    (0, b"MM\0*"),
    (0, b"GIF8"),
    (0, b"BM"),
    (4, b"ftyp"),
    (4, b"jP  "),
    (0, b"\xff\x4f\xff\x51"),
    (8, b"WEBP"),
)
_UPRIGHT: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""EXIF orientation to what makes the stored pixels upright."""
_SRGB = ImageCms.createProfile("sRGB")

pillow_heif.register_heif_opener()
# Pillow's own limit is a process-wide warning at 89 megapixels, below real panoramas; ours is checked below.
Image.MAX_IMAGE_PIXELS = None
# Pillow warns about odd but readable files (corrupt EXIF, many frames); the picture is what counts. Filtered once and
# not per photo: filters belong to the process, and decoding runs in several threads.
warnings.filterwarnings("ignore", module=r"PIL\.")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A decoded photo: RGB, upright, sRGB. ``width`` and ``height`` are those of the whole photo as displayed, in
    pixels; ``image`` may be smaller."""

    image: Image.Image
    width: int
    height: int


def decode(path: Path, *, short_side: int = WORKING_SHORT_SIDE, max_pixels: int = MAX_PIXELS) -> Decoded:
    """Decode ``path`` so that its shorter side is at least ``short_side`` pixels where the photo has that many.

    Raises:
        PhotoError: the file is missing, unreadable, empty, no photo, damaged, cut off, or has more
            than ``max_pixels`` pixels.
    """
    try:
        with path.open("rb") as file:
            head = file.read(16)
            if not head:
                raise PhotoError(ErrorCode.FILE_EMPTY, name=display_name(path))
            file.seek(0)
            return _decode_stream(file, path, head, short_side, max_pixels)
    except OSError as error:
        raise photo_error_from_os(error, path) from error


def _decode_stream(file: io.BufferedReader, path: Path, head: bytes, short_side: int, max_pixels: int) -> Decoded:
    name = display_name(path)
    try:
        with Image.open(file, formats=FORMATS) as image:
            width, height = image.size
            if width * height > max_pixels:
                raise PhotoError(
                    ErrorCode.PHOTO_TOO_LARGE,
                    name=name,
                    width=width,
                    height=height,
                    megapixels=width * height // 1_000_000,
                    limit=max_pixels // 1_000_000,
                )
            if width <= 0 or height <= 0:
                raise PhotoError(ErrorCode.PHOTO_DAMAGED, name=name, reason="it has no pixels")
            return _finish(image, short_side)
    except PhotoError:
        raise
    except UnidentifiedImageError as error:
        if any(head[offset:].startswith(magic) for offset, magic in _MAGIC):
            raise PhotoError(ErrorCode.PHOTO_DAMAGED, name=name, reason="its header cannot be read") from error
        raise PhotoError(ErrorCode.NOT_A_PHOTO, name=name) from error
    except MemoryError as error:
        raise PhotoError(ErrorCode.PHOTO_DAMAGED, name=name, reason="it needs more memory than there is") from error
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


def _finish(image: Image.Image, short_side: int) -> Decoded:
    width, height = image.size
    image.draft("RGB", (short_side, short_side))
    image.load()
    profile = image.info.get("icc_profile")
    orientation = _orientation(image)
    if orientation in (5, 6, 7, 8):
        width, height = height, width
    turn = _UPRIGHT.get(orientation)
    upright = image if turn is None else image.transpose(turn)
    factor = min(upright.size) // short_side
    rgb = _to_rgb(upright, profile, factor)
    if rgb is image:
        rgb = image.copy()  # the opened one keeps its decoder and the whole file's bytes alive
    return Decoded(rgb, width, height)


def _orientation(image: Image.Image) -> int:
    """The EXIF orientation that is still to be applied; 1 where there is none or the EXIF block is damaged.

    HEIC and TIFF pictures are turned by their decoders, which also reset the value.
    """
    try:
        value = image.getexif().get(ExifTags.Base.Orientation)
    except Exception:  # whatever a damaged block raises: the pixels are sound, and viewers show them
        log.debug("EXIF not readable", exc_info=True)
        return 1
    return value if isinstance(value, int) and value in _UPRIGHT else 1


def _to_rgb(image: Image.Image, profile: bytes | None, factor: int) -> Image.Image:
    """Convert to 8-bit sRGB over white, shrinking by the whole number ``factor`` as early as the mode allows."""
    if image.mode.startswith("I") or image.mode == "F":
        image = _to_8_bit(image)
    if image.mode in ("P", "1"):
        image = image.convert("RGBA" if "transparency" in image.info else "RGB")
    elif image.mode in ("LA", "PA", "La") or (image.mode in ("RGB", "L") and "transparency" in image.info):
        image = image.convert("RGBA")
    if factor >= 2:
        image = image.reduce(factor)
    if image.mode in ("RGBA", "RGBa"):
        rgba = image.convert("RGBA")
        image = Image.new("RGB", rgba.size, (255, 255, 255))
        image.paste(rgba, mask=rgba.getchannel("A"))
    if profile:
        image = _to_srgb(image, profile)
    return image if image.mode == "RGB" else image.convert("RGB")


def _to_8_bit(image: Image.Image) -> Image.Image:
    """Scale 16-bit, 32-bit and floating-point grey to 8 bit; Pillow's own conversion clips instead."""
    if image.mode.startswith("I;16"):
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    low, high = image.getextrema()
    if not isinstance(low, (int, float)) or not isinstance(high, (int, float)) or high <= low:
        return image.convert("L")
    top = 65535.0 if image.mode == "I" and low >= 0 and high <= 65535 else float(high)
    base = 0.0 if low >= 0 else float(low)
    scale = 255.0 / (top - base)
    return image.point(lambda value: value * scale + (-base * scale)).convert("L")


def _to_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        converted = ImageCms.profileToProfile(image, source, _SRGB, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        # A broken profile, or one for other channels than the picture has: viewers show such photos as they are.
        log.debug("colour profile not applied", exc_info=True)
        return image
    return converted if converted is not None else image
