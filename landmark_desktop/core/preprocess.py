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

UInt8Array = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class InputSpec:
    """The model's input: size in pixels after the centre crop, and how to get there.

    The picture's shorter side is resized to ``resize_shorter_side`` (antialiased), then the centre
    ``height`` × ``width`` is cut out. Landmarks that reach to the edges (towers) keep more of
    themselves the closer the two are.

    Raises:
        ValueError: sizes that are not positive, too large, or a crop larger than the resized picture.
    """

    height: int
    width: int
    resize_shorter_side: int
    interpolation: Interpolation = "bicubic"

    def __post_init__(self) -> None:
        if self.resize_shorter_side > MAX_SHORTER_SIDE:
            raise ValueError(f"input size {self.resize_shorter_side} is above {MAX_SHORTER_SIDE} pixels")
        if min(self.height, self.width) <= 0 or self.resize_shorter_side < max(self.height, self.width):
            raise ValueError(f"impossible input size: {self.height}×{self.width} from {self.resize_shorter_side}")
        if self.interpolation not in _RESAMPLING:
            raise ValueError(f"unknown interpolation {self.interpolation!r}")


def resized_size(width: int, height: int, shorter_side: int) -> tuple[int, int]:
    """Return (width, height) scaled so that the shorter side is ``shorter_side``, rounding half up."""
    if width <= height:
        return shorter_side, max(shorter_side, int(height * shorter_side / width + 0.5))
    return max(shorter_side, int(width * shorter_side / height + 0.5)), shorter_side


def resize_shorter_side(image: Image.Image, shorter_side: int, interpolation: Interpolation) -> Image.Image:
    """Resize so that the shorter side is ``shorter_side`` pixels; small pictures are enlarged."""
    size = resized_size(image.width, image.height, shorter_side)
    if size == image.size:
        return image
    return image.resize(size, _RESAMPLING[interpolation])


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
    resized = resize_shorter_side(image, spec.resize_shorter_side, spec.interpolation)
    left = (resized.width - spec.width) // 2
    top = (resized.height - spec.height) // 2
    cropped = resized.crop((left, top, left + spec.width, top + spec.height))
    return np.asarray(cropped, dtype=np.uint8)
