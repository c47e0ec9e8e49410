"""From an opened picture to an upright 8-bit sRGB one, shrunk as early as its mode allows."""

import io
import logging
from typing import Final

import numpy as np
import numpy.typing as npt
from PIL import ExifTags, Image, ImageCms

log = logging.getLogger(__name__)

UPRIGHT: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""EXIF orientation to what makes the stored pixels upright."""
TURNED: Final = (5, 6, 7, 8)
"""The orientations that exchange width and height."""
_SRGB = ImageCms.createProfile("sRGB")
_LAB = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()


def orientation_of(image: Image.Image) -> int:
    """The EXIF orientation that is still to be applied; 1 where there is none or the EXIF block is damaged.

    HEIC and TIFF pictures are turned by their decoders, which also reset the value.
    """
    try:
        value = image.getexif().get(ExifTags.Base.Orientation)
    except Exception:  # whatever a damaged block raises: the pixels are sound, and viewers show them
        log.debug("EXIF not readable", exc_info=True)
        return 1
    return value if isinstance(value, int) and value in UPRIGHT else 1


def finish(image: Image.Image, orientation: int, profile: bytes | None, short_side: int) -> Image.Image:
    """Return the loaded ``image`` upright, in 8-bit sRGB over white, and shrunk by a whole number while its shorter
    side stays at least ``short_side`` pixels. Never returns ``image`` itself."""
    turn = UPRIGHT.get(orientation)
    upright = image if turn is None else image.transpose(turn)
    rgb = _to_rgb(upright, profile, min(upright.size) // short_side)
    # The opened one keeps its decoder and the whole file's bytes alive.
    return image.copy() if rgb is image else rgb


def _to_rgb(image: Image.Image, profile: bytes | None, factor: int) -> Image.Image:
    """Convert to 8-bit sRGB over white, shrinking by the whole number ``factor`` as early as the mode allows."""
    if image.mode.startswith("I") or image.mode == "F":
        image = _to_8_bit(image)
    if image.mode == "LAB":
        # Its colours are absolute, whatever profile came along; and a and b are signed, which shrinking ignores.
        image, profile = _to_srgb(image, _LAB), None
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
        return Image.fromarray((np.asarray(image) >> 8).astype(np.uint8))
    values: npt.NDArray[np.float32] = np.array(image, dtype=np.float32)
    finite = np.isfinite(values)
    low = float(values.min(where=finite, initial=np.inf))
    high = float(values.max(where=finite, initial=-np.inf))
    if high <= low:
        grey = _flat_grey(image.mode, low) if low == high else 0
        return Image.new("L", image.size, grey)
    top = 65535.0 if image.mode == "I" and low >= 0 and high <= 65535 else high
    base = min(low, 0.0)
    # Holes (NaN) are black; what is brighter than any number is white. In place, because such pictures are large.
    np.nan_to_num(values, copy=False, nan=base, posinf=top, neginf=base)
    values -= base
    values *= 255.0 / (top - base)
    return Image.fromarray(values.astype(np.uint8))


def _flat_grey(mode: str, value: float) -> int:
    """What one value everywhere looks like: a share of white for floats, 16-bit grey for integers."""
    return int(255 * min(1.0, max(0.0, value if mode == "F" else value / 65535)))


def _to_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        converted = ImageCms.profileToProfile(image, source, _SRGB, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        # A broken profile, or one for other channels than the picture has: viewers show such photos as they are.
        log.debug("colour profile not applied", exc_info=True)
        return image
    return converted if converted is not None else image
