"""Which photos are small, and which landmarks are known from small photos only."""

from collections.abc import Iterable
from typing import Final

import numpy as np
import numpy.typing as npt

from trainer.metrics import NONE, Ints

SMALL_SIDE: Final = 64
"""Photos whose shorter side is at most this many pixels count as small."""
SMALL_SHARE: Final = 0.9
"""A landmark of whose photos at least this share is small is known from small photos."""


def is_small(size: tuple[int, int]) -> bool:
    """True for a picture of that width and height."""
    return min(size) <= SMALL_SIDE


def known_from_small_photos(truth: Ints | Iterable[int], small: npt.ArrayLike) -> frozenset[int]:
    """Return the landmarks of which at least ``SMALL_SHARE`` of the photos are small: ``truth`` has each photo's
    landmark (or ``NONE``), ``small`` says whether it is."""
    marks, flags = np.asarray(truth), np.asarray(small, dtype=bool)
    return frozenset(
        int(mark) for mark in np.unique(marks) if mark != NONE and flags[marks == mark].mean() >= SMALL_SHARE
    )
