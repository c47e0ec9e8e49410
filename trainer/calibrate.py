"""Calibration: make confidences honest, and choose the thresholds of the verdict. On validation photos only."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from torch import Tensor
from torch.nn import functional

from landmark_desktop.core.guess import Guess, Guesses, Thresholds, Verdict, decide
from trainer.config import CalibrationConfig
from trainer.metrics import NONE, Floats, Ints, first_guess

GOLDEN = (math.sqrt(5.0) - 1.0) / 2.0
MAX_LOG_TEMPERATURE = math.log(20.0)
MARGINS = (0.0, 0.05, 0.1, 0.2, 0.3, 0.5)
NO_LIMIT = 1e9
"""A novelty limit that no photo reaches (JSON has no infinity)."""


def fit_temperature(logits: Tensor, targets: Tensor) -> float:
    """Return the temperature that minimises the cross-entropy of ``softmax(logits / temperature)`` (Guo et al. 2017,
    arXiv:1706.04599). ``logits`` ``[N, K]``, ``targets`` ``[N]``. It is found by golden-section search over the
    logarithm between 1/20 and 20; the cross-entropy is unimodal in the temperature.

    Raises:
        ValueError: no photos.
    """
    if len(logits) == 0:
        raise ValueError("no photos to calibrate on")
    wide = logits.double()

    def loss(log_temperature: float) -> float:
        return float(functional.cross_entropy(wide / math.exp(log_temperature), targets))

    low, high = -MAX_LOG_TEMPERATURE, MAX_LOG_TEMPERATURE
    left, right = high - GOLDEN * (high - low), low + GOLDEN * (high - low)
    loss_left, loss_right = loss(left), loss(right)
    while high - low > 1e-5:
        if loss_left <= loss_right:
            high, right, loss_right = right, left, loss_left
            left = high - GOLDEN * (high - low)
            loss_left = loss(left)
        else:
            low, left, loss_left = left, right, loss_right
            right = low + GOLDEN * (high - low)
            loss_right = loss(right)
    return math.exp((low + high) / 2)


def guesses_of(probabilities: Floats, novelty: Floats) -> list[Guesses]:
    """Return the first two guesses and the novelty of every photo, as the verdict rule takes them; ids are the
    landmarks' indices as text."""
    order = np.argsort(-probabilities, axis=1, kind="stable")[:, :2]
    return [
        Guesses(tuple(Guess(str(index), float(row[index])) for index in top), float(novel))
        for row, top, novel in zip(probabilities, order, novelty, strict=True)
    ]


def verdicts_of(guesses: Sequence[Guesses], thresholds: Thresholds) -> list[Verdict]:
    """Return the app's verdict for every photo."""
    return [decide(guess, thresholds) for guess in guesses]


@dataclass(frozen=True, slots=True)
class ThresholdReport:
    """The chosen thresholds, and what they do on the photos they were chosen on: ``landmark_verdicts`` photos got the
    verdict ``landmark``, of which ``right`` were right; ``background_accepted`` of ``background`` photos got it."""

    thresholds: Thresholds
    landmark_verdicts: int
    right: int
    background_accepted: int
    background: int


def choose_thresholds(
    probabilities: Floats, novelty: Floats, truth: Ints, config: CalibrationConfig
) -> ThresholdReport:
    """Choose the thresholds that give most right landmarks the verdict ``landmark`` under the configured precision.

    First the novelty limit and the reject threshold, each where it costs at most ``max_right_lost`` of the right
    guesses. Then, for several margins, the lowest accept threshold at which precision and share of background photos
    keep their limits *with one more error than was seen*: a safety margin, because the photos are few. Photos are
    judged by ``core.guess.decide``.
    """
    guess, confidence = first_guess(probabilities)
    right = (guess == truth) & (truth != NONE)
    background = truth == NONE
    novelty_limit = _upper_quantile(novelty[right], config.max_right_lost)
    reject = -_upper_quantile(-confidence[right], config.max_right_lost) if right.any() else 0.0
    all_guesses = guesses_of(probabilities, novelty)
    best: tuple[int, Thresholds] | None = None
    for margin in MARGINS:
        open_thresholds = Thresholds(0.0, 0.0, margin, novelty_limit)
        passed = np.array([v is Verdict.LANDMARK for v in verdicts_of(all_guesses, open_thresholds)])
        accept = _lowest_accept(confidence, passed, right, background, config)
        if accept is None:
            continue
        count = int((passed & right & (confidence >= accept)).sum())
        if best is None or count > best[0]:
            best = count, Thresholds(accept, min(max(0.0, reject), accept), margin, novelty_limit)
    # Where no threshold is good enough, only certainty is accepted.
    thresholds = best[1] if best else Thresholds(1.0, max(0.0, reject), 0.0, novelty_limit)
    accepted = np.array([v is Verdict.LANDMARK for v in verdicts_of(all_guesses, thresholds)])
    return ThresholdReport(
        thresholds,
        int(accepted.sum()),
        int((accepted & right).sum()),
        int((accepted & background).sum()),
        int(background.sum()),
    )


def _upper_quantile(values: Floats, share: float) -> float:
    """The smallest of ``values`` that at most ``share`` of them exceed; ``NO_LIMIT`` without values."""
    if len(values) == 0:
        return NO_LIMIT
    ordered = np.sort(values)
    return float(ordered[len(ordered) - 1 - int(share * len(ordered))])


def _lowest_accept(
    confidence: Floats, passed: Ints, right: Ints, background: Ints, config: CalibrationConfig
) -> float | None:
    """The lowest confidence at which both limits hold with one error to spare, or None. ``passed`` says which photos
    would be accepted at a threshold of 0."""
    positions = np.flatnonzero(passed)
    positions = positions[np.argsort(-confidence[positions], kind="stable")]
    if len(positions) == 0:
        return None
    accepted = np.arange(1, len(positions) + 1)
    errors = np.cumsum(~right[positions])
    strangers = np.cumsum(background[positions])
    good = (errors + 1) <= (1.0 - config.target_precision) * (accepted + 1)
    if background.any():
        good &= (strangers + 1) <= config.max_background * (background.sum() + 1)
    good &= np.append(np.diff(confidence[positions]) != 0, True)
    ends = np.flatnonzero(good)
    if len(ends) == 0:
        return None
    last = ends[-1]
    this = float(confidence[positions[last]])
    if last + 1 == len(positions):
        return this
    # Half way to the first photo that must not pass: neither of the two decides alone.
    return (this + float(confidence[positions[last + 1]])) / 2
