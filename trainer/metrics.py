"""The numbers by which a model is judged. NumPy only; no function looks at pictures or files.

Throughout: ``truth`` int ``[N]`` is the landmark's index in the bundle's order or ``NONE`` for photos that show none;
``probabilities`` float ``[N, C]`` are those of the landmarks, without the background. The first guess is the most
probable landmark, the lower index where equal, as in ``core.guess.top_k``.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from landmark_desktop.core.location import Location, great_circle_km

NONE = -1
"""The truth of a photo that shows none of the landmarks."""
ECE_BINS = 15

Floats = npt.NDArray[np.floating]
Ints = npt.NDArray[np.integer]


def first_guess(probabilities: Floats) -> tuple[Ints, Floats]:
    """Return index and confidence of the first guesses, both ``[N]``."""
    index = probabilities.argmax(axis=1)
    return index, probabilities[np.arange(len(index)), index]


def top_k_accuracy(probabilities: Floats, truth: Ints, k: int) -> float:
    """Share of the landmark photos whose landmark is among the first ``k`` guesses; NaN without landmark photos."""
    shown = truth != NONE
    if not shown.any():
        return float("nan")
    # A stable sort of the negated values keeps the bundle's order where probabilities are equal.
    order = np.argsort(-probabilities[shown], axis=1, kind="stable")[:, :k]
    return float((order == truth[shown, None]).any(axis=1).mean())


def mu_ap(confidence: Floats, right: npt.NDArray[np.bool_], landmark_photos: int) -> float:
    """Micro average precision, GAP of the Google Landmarks challenge (Weyand et al. 2020, arXiv:2004.01804, eq. 1).

    μAP = (1/M) · Σ P(i)·rel(i) over all photos by falling confidence of their first guess; M = ``landmark_photos``.
    ``right`` is False for photos without a landmark. Equal confidences keep their order.
    """
    if landmark_photos == 0:
        return float("nan")
    order = np.argsort(-confidence, kind="stable")
    hits = right[order].astype(np.float64)
    precision = np.cumsum(hits) / np.arange(1, len(hits) + 1)
    return float((precision * hits).sum() / landmark_photos)


@dataclass(frozen=True)
class PrecisionRecall:
    """What a confidence threshold alone does, for every threshold that separates photos, the highest first: precision
    and recall of the photos at or above it, all ``[T]``. Recall counts the right ones among all landmark photos."""

    threshold: Floats
    precision: Floats
    recall: Floats

    def best(self, precision: float) -> tuple[float, float] | None:
        """Return threshold and recall where at least ``precision`` of the photos are right and most are found; None
        where no threshold reaches it."""
        # Compared as counts would be: 99 of 100 is 0.99, whatever the division makes of it.
        reached = np.flatnonzero(self.precision >= precision - 1e-12)
        if len(reached) == 0:
            return None
        best = reached[self.recall[reached].argmax()]
        return float(self.threshold[best]), float(self.recall[best])


def precision_recall_curve(confidence: Floats, right: npt.NDArray[np.bool_], landmark_photos: int) -> PrecisionRecall:
    """Return precision and recall over all thresholds; ``landmark_photos`` must be positive where there are photos."""
    order = np.argsort(-confidence, kind="stable")
    hits = np.cumsum(right[order])
    ranks = np.arange(1, len(order) + 1)
    # A threshold cannot separate equal confidences: only the last of each group is a possible end.
    ends = np.append(np.diff(confidence[order]) != 0, True) if len(order) else np.zeros(0, dtype=bool)
    return PrecisionRecall(confidence[order][ends], (hits / ranks)[ends], hits[ends] / max(landmark_photos, 1))


def recall_at_precision(
    confidence: Floats, right: npt.NDArray[np.bool_], landmark_photos: int, precision: float = 0.99
) -> float:
    """Largest share of the landmark photos that is named rightly at a confidence threshold where at least ``precision``
    of the photos above it are right. 0 where no threshold reaches it."""
    if landmark_photos == 0:
        return float("nan")
    best = precision_recall_curve(confidence, right, landmark_photos).best(precision)
    return best[1] if best else 0.0


@dataclass(frozen=True, slots=True)
class ReliabilityBin:
    """The photos whose confidence is in ``low`` … ``high``: how many, their mean confidence, the share that is right
    (both NaN without photos)."""

    low: float
    high: float
    photos: int
    confidence: float
    right: float


def reliability(confidence: Floats, right: npt.NDArray[np.bool_], bins: int = ECE_BINS) -> tuple[ReliabilityBin, ...]:
    """Return equal-width bins of confidence, what a reliability diagram shows (Guo et al. 2017, arXiv:1706.04599)."""
    bin_of = np.minimum((confidence * bins).astype(int), bins - 1)
    rows = []
    for index in range(bins):
        inside = bin_of == index
        means = (float(confidence[inside].mean()), float(right[inside].mean())) if inside.any() else (np.nan, np.nan)
        rows.append(ReliabilityBin(index / bins, (index + 1) / bins, int(inside.sum()), *means))
    return tuple(rows)


def expected_calibration_error(confidence: Floats, right: npt.NDArray[np.bool_], bins: int = ECE_BINS) -> float:
    """Expected calibration error over equal-width bins (Guo et al. 2017, arXiv:1706.04599): the mean gap between
    confidence and share of right guesses, weighted by the bins' counts."""
    if len(confidence) == 0:
        return float("nan")
    filled = [row for row in reliability(confidence, right, bins) if row.photos]
    return sum(abs(row.confidence - row.right) * row.photos for row in filled) / len(confidence)


def uncalibrated(probabilities: Floats, temperature: float, background_bias: float = 0.0) -> Floats:
    """Return the landmarks' probabilities ``[N, C]`` as they were before calibration, from the calibrated ones.

    ``softmax(z / T)`` to the power of T is ``softmax(z)`` up to a factor; the background's share is what is missing to
    1, and its logit had ``background_bias`` added after the division.
    """
    rest = np.clip(1.0 - probabilities.sum(axis=1, keepdims=True, dtype=np.float64), 0.0, 1.0)
    shares = np.concatenate([probabilities, rest * np.exp(-background_bias)], axis=1, dtype=np.float64)
    powers = np.power(shares, temperature)
    return (powers / powers.sum(axis=1, keepdims=True))[:, :-1]


def confusion_matrix(guess: Ints, truth: Ints, landmarks: int) -> Ints:
    """Return counts ``[landmarks + 1, landmarks]``: rows are what the photos show (the last row: none), columns the
    first guesses."""
    rows = np.where(truth == NONE, landmarks, truth)
    return np.bincount(rows * landmarks + guess, minlength=(landmarks + 1) * landmarks).reshape(-1, landmarks)


def auroc(negative: Floats, positive: Floats) -> float:
    """Area under the ROC curve: the probability that a random ``positive`` score is above a random ``negative`` one,
    ties counted half (the Mann–Whitney statistic). NaN where one side is empty."""
    if len(negative) == 0 or len(positive) == 0:
        return float("nan")
    ordered = np.sort(negative)
    below = np.searchsorted(ordered, positive, side="left")
    not_above = np.searchsorted(ordered, positive, side="right")
    return float((below + not_above).mean() / 2 / len(negative))


def distances_km(guess: Ints, truth: Ints, locations: Sequence[Location | None]) -> npt.NDArray[np.float64]:
    """Great-circle distances in km between guessed and true landmark, of the landmark photos where both have a
    place."""
    return np.array(
        [
            great_circle_km(a.latitude, a.longitude, b.latitude, b.longitude)
            for g, t in zip(guess, truth, strict=True)
            if t != NONE and (a := locations[g]) is not None and (b := locations[t]) is not None
        ],
        dtype=np.float64,
    )


def precision_recall(guess: Ints, truth: Ints, landmark: int) -> tuple[float, float, int]:
    """Precision and recall of one landmark's first guesses, and how many photos show it. NaN where undefined."""
    guessed, shown = guess == landmark, truth == landmark
    both = int((guessed & shown).sum())
    precision = both / int(guessed.sum()) if guessed.any() else float("nan")
    recall = both / int(shown.sum()) if shown.any() else float("nan")
    return precision, recall, int(shown.sum())
