"""The numbers by which a model is judged. NumPy only; no function looks at pictures or files.

Throughout: ``truth`` int ``[N]`` is the landmark's index in the bundle's order or ``NONE`` for photos that show none;
``probabilities`` float ``[N, C]`` are those of the landmarks, without the background. The first guess is the most
probable landmark, the lower index where equal, as in ``core.guess.top_k``.
"""

from collections.abc import Sequence

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


def recall_at_precision(
    confidence: Floats, right: npt.NDArray[np.bool_], landmark_photos: int, precision: float = 0.99
) -> float:
    """Largest share of the landmark photos that is named rightly at a confidence threshold where at least ``precision``
    of the photos above it are right. 0 where no threshold reaches it."""
    if landmark_photos == 0:
        return float("nan")
    order = np.argsort(-confidence, kind="stable")
    hits = np.cumsum(right[order])
    ranks = np.arange(1, len(order) + 1)
    # A threshold cannot separate equal confidences: only the last of each group is a possible end.
    ends = np.append(np.diff(confidence[order]) != 0, True) if len(order) else np.zeros(0, dtype=bool)
    reached = ends & (hits >= precision * ranks)
    return float(hits[reached].max() / landmark_photos) if reached.any() else 0.0


def expected_calibration_error(confidence: Floats, right: npt.NDArray[np.bool_], bins: int = ECE_BINS) -> float:
    """Expected calibration error over equal-width bins (Guo et al. 2017, arXiv:1706.04599): the mean gap between
    confidence and share of right guesses, weighted by the bins' counts."""
    if len(confidence) == 0:
        return float("nan")
    bin_of = np.minimum((confidence * bins).astype(int), bins - 1)
    gaps = [
        abs(confidence[inside].mean() - right[inside].mean()) * inside.sum()
        for inside in (bin_of == index for index in range(bins))
        if inside.any()
    ]
    return float(sum(gaps) / len(confidence))


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
