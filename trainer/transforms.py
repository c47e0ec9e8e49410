"""From a decoded picture to the model's input, for training (random) and for evaluation, side by side.

Both give uint8 ``[H, W, 3]`` RGB, the input of the exported model; normalisation happens inside the model.
"""

import io
import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from PIL import Image, ImageEnhance, ImageOps

from landmark_desktop.core.preprocess import InputSpec, UInt8Array, preprocess, resize_shorter_side
from trainer.config import AugmentConfig
from trainer.randaugment import rand_augment

_FILTERS: Final = {"bilinear": Image.Resampling.BILINEAR, "bicubic": Image.Resampling.BICUBIC}


@dataclass(frozen=True, slots=True)
class EvalTransform:
    """What the app does, and nothing else. ``low_resolution`` (pixels) first reduces the picture's shorter side to that
    many, which shows how the model copes with small photos; None leaves it as it is."""

    spec: InputSpec
    low_resolution: int | None = None

    def __call__(self, image: Image.Image) -> UInt8Array:
        """Return the model's input for an RGB picture of any size."""
        if self.low_resolution is not None and min(image.size) > self.low_resolution:
            image = resize_shorter_side(image, self.low_resolution, "bicubic")
        return preprocess(image, self.spec)


@dataclass(frozen=True, slots=True)
class TrainTransform:
    """Random views of one photo: low resolution, JPEG, crop, flip and colour, in the order in which they happen to
    real photos (a small file is small and compressed before anybody crops it); then affine and RandAugment."""

    spec: InputSpec
    config: AugmentConfig

    def __call__(self, image: Image.Image, rng: np.random.Generator) -> UInt8Array:
        """Return a random view of an RGB picture. All randomness comes from ``rng``."""
        config = self.config
        if rng.random() < config.low_resolution_probability:
            image = _lower_resolution(image, config, rng)
        if rng.random() < config.jpeg_probability:
            image = _through_jpeg(image, int(rng.integers(config.jpeg_min_quality, 96)))
        image = _random_resized_crop(image, self.spec, config, rng)
        if rng.random() < config.flip_probability:
            image = ImageOps.mirror(image)
        image = _jitter(image, config, rng)
        if config.affine_degrees > 0.0 or config.affine_shear > 0.0:
            image = _affine(image, config, rng)
        if config.randaugment_ops:
            image = rand_augment(image, config.randaugment_ops, config.randaugment_magnitude, rng)
        return np.asarray(image, dtype=np.uint8)


def view_rng(seed: int, view: int, index: int) -> np.random.Generator:
    """Return the generator of one view of one photo. It depends on nothing else, so any photo's view can be made again
    alone, in any order and on any number of threads."""
    return np.random.default_rng((seed, view, index))


def _lower_resolution(image: Image.Image, config: AugmentConfig, rng: np.random.Generator) -> Image.Image:
    """Reduce the shorter side to a size between the configured smallest and the picture's own, uniform in the logarithm
    (half as many pixels is one step, wherever it starts). The crop enlarges it again, as it does with small files."""
    smallest, own = config.low_resolution_min_side, min(image.size)
    if own <= smallest:
        return image
    side = round(math.exp(rng.uniform(math.log(smallest), math.log(own))))
    # Several programs made the small files of the world; no filter should become the sign of a landmark.
    return resize_shorter_side(image, side, "bilinear" if rng.random() < 0.5 else "bicubic")


def _through_jpeg(image: Image.Image, quality: int) -> Image.Image:
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=quality)
    with Image.open(buffer, formats=("JPEG",)) as compressed:
        compressed.load()
        return compressed.convert("RGB")


def _random_resized_crop(
    image: Image.Image, spec: InputSpec, config: AugmentConfig, rng: np.random.Generator
) -> Image.Image:
    """Cut out a random share of the picture with a random aspect ratio and resize it to the input (Szegedy et al. 2015,
    arXiv:1409.4842). Shares and ratios that do not fit are clipped to the picture."""
    area = image.width * image.height * rng.uniform(config.crop_min_area, 1.0)
    log_ratio = math.log(config.crop_max_ratio)
    ratio = spec.width / spec.height * math.exp(rng.uniform(-log_ratio, log_ratio))
    width = min(float(image.width), math.sqrt(area * ratio))
    height = min(float(image.height), math.sqrt(area / ratio))
    left, top = rng.uniform(0.0, image.width - width), rng.uniform(0.0, image.height - height)
    return image.resize(
        (spec.width, spec.height), _FILTERS[spec.interpolation], box=(left, top, left + width, top + height)
    )


def _jitter(image: Image.Image, config: AugmentConfig, rng: np.random.Generator) -> Image.Image:
    """Change brightness, contrast and saturation by random factors, in this order."""
    for enhancer, strength in (
        (ImageEnhance.Brightness, config.brightness),
        (ImageEnhance.Contrast, config.contrast),
        (ImageEnhance.Color, config.saturation),
    ):
        factor = rng.uniform(1.0 - strength, 1.0 + strength)
        if strength > 0.0:
            image = enhancer(image).enhance(factor)
    return image


def _affine(image: Image.Image, config: AugmentConfig, rng: np.random.Generator) -> Image.Image:
    """Turn and shear the picture about its centre, by angles uniform within the configured limits. What comes from
    outside the picture is grey."""
    turn = math.radians(rng.uniform(-config.affine_degrees, config.affine_degrees))
    shear = math.tan(math.radians(rng.uniform(-config.affine_shear, config.affine_shear)))
    cos, sin = math.cos(turn), math.sin(turn)
    # Output to input: shear along x, then turn.
    a, b = cos, cos * shear - sin
    d, e = sin, sin * shear + cos
    x, y = image.width / 2, image.height / 2
    matrix = (a, b, x - a * x - b * y, d, e, y - d * x - e * y)
    return image.transform(
        image.size, Image.Transform.AFFINE, matrix, Image.Resampling.BILINEAR, fillcolor=(127, 127, 127)
    )
