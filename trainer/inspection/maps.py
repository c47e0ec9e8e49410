"""Class activation maps, laid over the photo."""

from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image

from landmark_desktop.core.preprocess import UInt8Array

HEAT_OPACITY = 0.55


def heat_map(picture: UInt8Array, activation: npt.NDArray[np.float32]) -> Image.Image:
    """Lay a class activation map ``[h, w]`` over the model's input ``[H, W, 3]``: bright where the landmark was seen.

    Negative activation speaks against the landmark and is shown as nothing.
    """
    import matplotlib as mpl

    positive = np.maximum(activation, 0.0)
    scaled = positive / max(float(positive.max()), 1e-6)
    small = Image.fromarray((scaled * 255).astype(np.uint8))
    large = small.resize((picture.shape[1], picture.shape[0]), Image.Resampling.BICUBIC)
    heat = np.asarray(large, dtype=np.float32) / 255.0
    colours = mpl.colormaps["inferno"](heat)[..., :3] * 255.0
    opacity = (heat * HEAT_OPACITY)[..., None]
    mixed = picture * (1.0 - opacity) + colours * opacity
    return Image.fromarray(mixed.round().clip(0, 255).astype(np.uint8))


def map_file(folder: Path, photo: Path, landmark_id: str) -> Path:
    """Where the map of a photo goes; a number keeps photos of equal names apart."""
    stem = f"{photo.stem}.{landmark_id}"
    candidate, number = folder / f"{stem}.png", 2
    while candidate.exists():
        candidate, number = folder / f"{stem}.{number}.png", number + 1
    return candidate
