"""RandAugment (Cubuk et al. 2019, arXiv:1909.13719): a few operations at one strength, chosen at random.

The operations and their strengths at magnitude 30 are those of the paper and of torchvision.
"""

from collections.abc import Callable
from typing import Final

import numpy as np
from PIL import Image, ImageEnhance, ImageOps

MAX_MAGNITUDE: Final = 30
GREY: Final = (127, 127, 127)
Operation = Callable[[Image.Image, float], Image.Image]
"""From a picture and a signed strength in [-1, 1] to a picture of the same size."""


def _moved(*matrix: float) -> Callable[[Image.Image], Image.Image]:
    return lambda image: image.transform(
        image.size, Image.Transform.AFFINE, matrix, Image.Resampling.BILINEAR, fillcolor=GREY
    )


def _enhanced(kind: Callable[[Image.Image], ImageEnhance._Enhance]) -> Operation:
    return lambda image, strength: kind(image).enhance(1.0 + 0.9 * strength)


OPERATIONS: Final[dict[str, Operation]] = {
    "identity": lambda image, _strength: image,
    "shear_x": lambda image, strength: _moved(1, 0.3 * strength, -0.15 * strength * image.height, 0, 1, 0)(image),
    "shear_y": lambda image, strength: _moved(1, 0, 0, 0.3 * strength, 1, -0.15 * strength * image.width)(image),
    "translate_x": lambda image, strength: _moved(1, 0, 0.3 * strength * image.width, 0, 1, 0)(image),
    "translate_y": lambda image, strength: _moved(1, 0, 0, 0, 1, 0.3 * strength * image.height)(image),
    "rotate": lambda image, strength: image.rotate(30 * strength, Image.Resampling.BILINEAR, fillcolor=GREY),
    "brightness": _enhanced(ImageEnhance.Brightness),
    "colour": _enhanced(ImageEnhance.Color),
    "contrast": _enhanced(ImageEnhance.Contrast),
    "sharpness": _enhanced(ImageEnhance.Sharpness),
    "posterise": lambda image, strength: ImageOps.posterize(image, 8 - round(4 * abs(strength))),
    "solarise": lambda image, strength: ImageOps.solarize(image, round(256 * (1 - abs(strength)))),
    "auto_contrast": lambda image, _strength: ImageOps.autocontrast(image),
    "equalise": lambda image, _strength: ImageOps.equalize(image),
}
"""The operations by name."""


def rand_augment(image: Image.Image, operations: int, magnitude: int, rng: np.random.Generator) -> Image.Image:
    """Apply ``operations`` random operations at ``magnitude`` of 30, each in a random direction, to an RGB picture."""
    names = list(OPERATIONS)
    for _ in range(operations):
        name = names[int(rng.integers(len(names)))]
        sign = 1.0 if rng.random() < 0.5 else -1.0
        image = OPERATIONS[name](image, sign * magnitude / MAX_MAGNITUDE)
    return image
