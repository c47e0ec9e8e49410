"""The one preprocessing: from a decoded picture to the model's input, used by app and trainer alike.

What is here is part of the bundle contract: a change of one pixel changes every confidence, so the
output is pinned by a golden test. Decoding and orientation come before (``imaging.decode``),
normalisation after (inside the graph).
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
from PIL import Image

Interpolation = Literal["bilinear", "bicubic"]
_RESAMPLING = {"bilinear": Image.Resampling.BILINEAR, "bicubic": Image.Resampling.BICUBIC}

MAX_SHORTER_SIDE = 2048
"""Far above what networks look at; a description that asks for more would only fill the memory."""

MAX_SQUEEZE = 2.0
"""Above, everything in a wide photo would be unrecognisably thin."""

UInt8Array = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class InputSpec:
    """The model's input: size in pixels after the centre crop, and how to get there.

    The picture's shorter side is resized to ``resize_shorter_side`` (antialiased), then the centre
    ``height`` × ``width`` is cut out. Landmarks that reach to the edges (towers) keep more of
    themselves the closer the two are. With ``squeeze`` above 1 the longer side is made up to that many
    times shorter than it should be, so that less of it is cut off.

    Raises:
        ValueError: sizes that are not positive, too large, or a crop larger than the resized picture; a
            squeeze below 1 or above ``MAX_SQUEEZE``.
    """

    height: int
    width: int
    resize_shorter_side: int
    interpolation: Interpolation = "bicubic"
    squeeze: float = 1.0

    def __post_init__(self) -> None:
        if self.resize_shorter_side > MAX_SHORTER_SIDE:
            raise ValueError(f"input size {self.resize_shorter_side} is above {MAX_SHORTER_SIDE} pixels")
        if min(self.height, self.width) <= 0 or self.resize_shorter_side < max(self.height, self.width):
            raise ValueError(f"impossible input size: {self.height}×{self.width} from {self.resize_shorter_side}")
        if self.interpolation not in _RESAMPLING:
            raise ValueError(f"unknown interpolation {self.interpolation!r}")
        if not 1.0 <= self.squeeze <= MAX_SQUEEZE:
            raise ValueError(f"squeeze {self.squeeze} is not between 1 and {MAX_SQUEEZE}")


def resized_size(width: int, height: int, shorter_side: int) -> tuple[int, int]:
    """Return (width, height) scaled so that the shorter side is ``shorter_side``, rounding half up."""
    if width <= height:
        return shorter_side, max(shorter_side, int(height * shorter_side / width + 0.5))
    return max(shorter_side, int(width * shorter_side / height + 0.5)), shorter_side


def fitted_size(width: int, height: int, spec: InputSpec) -> tuple[int, int]:
    """Return the (width, height) that a picture is resized to before the centre of it is the model's input: as
    :func:`resized_size`, with the longer side squeezed, though never below the input."""
    wide, high = resized_size(width, height, spec.resize_shorter_side)
    if wide > high:
        return min(wide, max(spec.width, int(wide / spec.squeeze + 0.5))), high
    return wide, min(high, max(spec.height, int(high / spec.squeeze + 0.5)))


def seen_part(width: int, height: int, spec: InputSpec) -> tuple[float, float, float, float]:
    """Return the part of a picture of ``width`` × ``height`` pixels that the model sees: left, top, right and bottom in
    shares of its width and height. Pictures more than four times as long as wide are cut before they are resized; the
    part is the same but for rounding."""
    resized = fitted_size(width, height, spec)
    wide, high = spec.width / resized[0], spec.height / resized[1]
    return (1 - wide) / 2, (1 - high) / 2, (1 + wide) / 2, (1 + high) / 2


def resize_shorter_side(image: Image.Image, shorter_side: int, interpolation: Interpolation) -> Image.Image:
    """Resize so that the shorter side is ``shorter_side`` pixels; small pictures are enlarged."""
    return _resize(image, resized_size(image.width, image.height, shorter_side), interpolation)


def _resize(image: Image.Image, size: tuple[int, int], interpolation: Interpolation) -> Image.Image:
    return image if size == image.size else image.resize(size, _RESAMPLING[interpolation])


def preprocess(image: Image.Image, spec: InputSpec) -> UInt8Array:
    """Return the model's input, uint8 ``[H, W, 3]`` RGB, of an oriented RGB picture of any size.

    Very elongated pictures are cropped to the centre *before* resizing, so that a 100 × 30,000 strip does not
    become a giant on the way.

    Raises:
        ValueError: the picture is not RGB.
    """
    if image.mode != "RGB":
        raise ValueError(f"preprocess needs an RGB picture, not {image.mode}")
    longest_ratio = 4.0 * max(spec.width, spec.height) / min(spec.width, spec.height)
    limit = int(min(image.size) * longest_ratio)
    if max(image.size) > limit:
        keep_w, keep_h = min(image.width, limit), min(image.height, limit)
        left, top = (image.width - keep_w) // 2, (image.height - keep_h) // 2
        image = image.crop((left, top, left + keep_w, top + keep_h))
    resized = _resize(image, fitted_size(image.width, image.height, spec), spec.interpolation)
    left = (resized.width - spec.width) // 2
    top = (resized.height - spec.height) // 2
    cropped = resized.crop((left, top, left + spec.width, top + spec.height))
    return np.asarray(cropped, dtype=np.uint8)
