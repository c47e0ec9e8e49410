"""Thumbnails of the most confident mistakes, as data inside the page."""

import base64
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from landmark_desktop.core.errors import PhotoError
from trainer.data import read_in_parallel
from trainer.evaluate import Judged
from trainer.metrics import NONE, first_guess

SIDE = 220
"""Longest side of a thumbnail in pixels; twice what the page shows, for sharp screens."""
QUALITY = 72


@dataclass(frozen=True, slots=True)
class Mistake:
    """A wrong first guess: the photo, indices of the landmark it shows (``NONE``: none) and of the guessed one."""

    path: Path
    shown: int
    guessed: int
    confidence: float


def worst_mistakes(judged: Judged, count: int, least: float) -> list[Mistake]:
    """Return the ``count`` most confident wrong guesses, the most confident first. On photos that show no landmark
    every guess is wrong, but only one of at least ``least`` confidence is a mistake."""
    guess, confidence = first_guess(judged.probabilities)
    wrong = (guess != judged.truth) & ((judged.truth != NONE) | (confidence >= least))
    order = [index for index in np.argsort(-confidence, kind="stable") if wrong[index]][:count]
    return [Mistake(judged.samples[i].path, int(judged.truth[i]), int(guess[i]), float(confidence[i])) for i in order]


def thumbnails(paths: Sequence[Path], threads: int) -> list[str | None]:
    """Return the photos as small JPEG data URIs; None for one that cannot be read any more."""
    pictures = read_in_parallel(paths, lambda _index, picture: _data_uri(picture), threads)
    return [None if isinstance(picture, PhotoError) else picture for picture in pictures]


def _data_uri(picture: Image.Image) -> str:
    small = picture.copy()
    small.thumbnail((SIDE, SIDE))
    stream = io.BytesIO()
    small.save(stream, "JPEG", quality=QUALITY)
    return "data:image/jpeg;base64," + base64.b64encode(stream.getvalue()).decode("ascii")
