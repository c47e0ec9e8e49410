"""Pictures for benchmarks: large, textured, and different from each other, because flat ones decode too fast."""

from pathlib import Path

import numpy as np
from PIL import Image

MEGAPIXEL = 1_000_000


def textured(width: int, height: int, seed: int) -> Image.Image:
    """Draw a picture whose JPEG has about the bytes per pixel of a photo (0.3 to 0.4 at quality 90)."""
    rng = np.random.default_rng(seed)
    coarse = Image.fromarray(rng.integers(0, 256, (height // 64, width // 64, 3), dtype=np.uint8))
    fine = rng.normal(0.0, 5.0, (height, width, 1))
    smooth = np.asarray(coarse.resize((width, height), Image.Resampling.BICUBIC), dtype=np.float64)
    return Image.fromarray(np.clip(smooth + fine, 0, 255).astype(np.uint8))


def write_jpegs(folder: Path, count: int, width: int, height: int) -> list[Path]:
    """Write ``count`` different JPEGs of this size into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"IMG_{number:04}.jpg" for number in range(count)]
    for number, path in enumerate(paths):
        textured(width, height, number).save(path, quality=90)
    return paths
