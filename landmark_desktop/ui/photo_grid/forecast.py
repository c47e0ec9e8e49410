"""What the slider "cautious … bold" does to the open photos, before it is moved: how many, and how many of them wrong.

Confidences are calibrated: of all first guesses with confidence p, the share p is right. So the number of wrong ones
among the recognised photos is expected to be the sum of 1 − p.
"""

from dataclasses import dataclass

import numpy as np

from landmark_desktop.core.guess import Thresholds
from landmark_desktop.services.photo_table import PhotoTable
from landmark_desktop.ui.photo_grid.columns import BUCKETS, TileColumns
from landmark_desktop.ui.photo_grid.tile import Bucket

_LANDMARK = BUCKETS.index(Bucket.LANDMARK)


@dataclass(frozen=True, slots=True)
class Forecast:
    """Of ``photos`` with an answer of the model, ``recognised`` get the verdict `landmark`; ``wrong`` of those are
    expected to be wrong."""

    photos: int
    recognised: int
    wrong: float


def forecast(columns: TileColumns, table: PhotoTable, thresholds: Thresholds, landmarks: int) -> Forecast:
    """What these thresholds make of all photos of the table. ``landmarks`` is how many the bundle knows.

    Where only the photo's own position makes a guess believed, a wrong one would have named just this landmark out of
    all by chance (Bayes' rule, see ``core.agreement.weigh``).
    """
    slots = np.flatnonzero((table.column("guessed") > 0) & table.present()).astype(np.int32)
    alone, weighed = columns.judged(slots, thresholds)
    believed = weighed == _LANDMARK
    right = table.column("confidences")[slots[believed], 0]
    wrong = 1.0 - right
    by_position = alone[believed] != _LANDMARK
    chance = wrong[by_position] / max(1, landmarks)
    wrong[by_position] = chance / (right[by_position] + chance)
    return Forecast(len(slots), int(np.count_nonzero(believed)), float(wrong.sum()))
