"""Calibration and thresholds, on synthetic scores whose truth is known."""

import numpy as np
import pytest
import torch
from torch.nn import functional

from landmark_desktop.core.guess import Verdict
from trainer.calibrate import NO_LIMIT, choose_thresholds, fit_temperature, guesses_of, verdicts_of
from trainer.config import CalibrationConfig
from trainer.metrics import NONE, expected_calibration_error


def overconfident(count: int = 4000, classes: int = 5, factor: float = 3.0) -> tuple[torch.Tensor, torch.Tensor]:
    """Logits that are ``factor`` times as large as the probabilities by which the classes were drawn say."""
    generator = torch.Generator().manual_seed(0)
    honest = torch.randn(count, classes, generator=generator) * 1.5
    targets = torch.multinomial(honest.softmax(1), 1, generator=generator).squeeze(1)
    return honest * factor, targets


@pytest.mark.parametrize("factor", [0.3, 1.0, 3.0])
def test_the_temperature_undoes_a_known_factor(factor: float) -> None:
    logits, targets = overconfident(factor=factor)
    assert fit_temperature(logits, targets) == pytest.approx(factor, rel=0.1)


def test_calibration_lowers_cross_entropy_and_calibration_error() -> None:
    logits, targets = overconfident()
    temperature = fit_temperature(logits, targets)
    before, after = functional.cross_entropy(logits, targets), functional.cross_entropy(logits / temperature, targets)
    assert after < before

    def ece(values: torch.Tensor) -> float:
        confidence, guess = values.softmax(1).max(1)
        return expected_calibration_error(confidence.numpy(), (guess == targets).numpy())

    assert ece(logits / temperature) < 0.3 * ece(logits)


def test_no_temperature_nearby_is_better() -> None:
    logits, targets = overconfident()
    best = fit_temperature(logits, targets)
    at_best = functional.cross_entropy(logits.double() / best, targets)
    for other in (best * 0.97, best * 1.03):
        assert at_best < functional.cross_entropy(logits.double() / other, targets)


def test_without_photos_there_is_no_temperature() -> None:
    with pytest.raises(ValueError, match="no photos"):
        fit_temperature(torch.zeros(0, 3), torch.zeros(0, dtype=torch.int64))


def drawn(count: int, seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Probabilities of three landmarks, novelty and truth: every guess is right as often as its confidence says, and
    one photo in four shows no landmark, mostly with high novelty and never with high confidence."""
    rng = np.random.default_rng(seed)
    confidence = rng.beta(3, 0.6, count)
    guess = rng.integers(3, size=count)
    probabilities = np.repeat(((1 - confidence) / 4)[:, None], 3, axis=1)
    probabilities[np.arange(count), guess] = confidence
    truth = np.where(rng.random(count) < confidence, guess, (guess + 1) % 3)
    novelty = rng.normal(0.0, 1.0, count)
    strangers = rng.random(count) < 0.25
    truth[strangers] = NONE
    novelty[strangers] += 3.0
    probabilities[strangers] *= 0.7
    return probabilities, novelty, truth


@pytest.mark.parametrize("precision", [0.9, 0.95, 0.99])
def test_the_thresholds_reach_the_precision_on_other_photos_too(precision: float) -> None:
    config = CalibrationConfig(target_precision=precision, max_background=0.05)
    report = choose_thresholds(*drawn(20000, 1), config)
    assert report.right / report.landmark_verdicts >= precision
    assert report.background_accepted / report.background <= 0.05
    assert report.landmark_verdicts > 500
    probabilities, novelty, truth = drawn(20000, 2)
    verdicts = verdicts_of(guesses_of(probabilities, novelty), report.thresholds)
    accepted = np.array([verdict is Verdict.LANDMARK for verdict in verdicts])
    right = probabilities.argmax(1) == truth
    assert right[accepted].mean() >= precision - 0.01


def test_a_lower_precision_accepts_more() -> None:
    photos = drawn(5000, 1)
    counts = [
        choose_thresholds(*photos, CalibrationConfig(target_precision=p, max_background=0.5)).right
        for p in (0.8, 0.95, 0.99)
    ]
    assert counts[0] > counts[1] > counts[2] > 0


def test_the_limit_on_photos_without_a_landmark_binds() -> None:
    photos = drawn(5000, 1)
    strict = choose_thresholds(*photos, CalibrationConfig(target_precision=0.6, max_background=0.005))
    loose = choose_thresholds(*photos, CalibrationConfig(target_precision=0.6, max_background=0.3))
    assert strict.background_accepted < 0.005 * strict.background < loose.background_accepted


def test_one_error_is_kept_in_reserve() -> None:
    # Ten right guesses and no error: 90 % would be reached by all ten only if none more may fail.
    probabilities = np.column_stack([np.linspace(0.99, 0.5, 10), np.zeros(10)])
    photos = probabilities, np.zeros(10), np.zeros(10, dtype=int)
    enough = choose_thresholds(*photos, CalibrationConfig(target_precision=0.9))
    assert enough.right == 10
    too_few = choose_thresholds(*photos, CalibrationConfig(target_precision=0.95))
    assert (too_few.right, too_few.thresholds.accept) == (0, 1.0)


def test_when_nothing_is_right_nothing_is_accepted_and_nothing_fails() -> None:
    probabilities = np.array([[0.9, 0.1], [0.8, 0.2]])
    report = choose_thresholds(probabilities, np.zeros(2), np.array([1, NONE]), CalibrationConfig())
    assert report.landmark_verdicts == 0
    assert report.thresholds.novelty_limit == NO_LIMIT


def test_novelty_limit_and_reject_cost_few_right_guesses() -> None:
    probabilities, novelty, truth = drawn(10000, 1)
    config = CalibrationConfig(target_precision=0.95, max_background=0.05, max_right_lost=0.02)
    limits = choose_thresholds(probabilities, novelty, truth, config).thresholds
    right = probabilities.argmax(1) == truth
    confidence = probabilities.max(1)
    assert (novelty[right] > limits.novelty_limit).mean() == pytest.approx(0.02, abs=0.001)
    assert (confidence[right] < limits.reject).mean() <= 0.0201
    assert (novelty[truth == NONE] > limits.novelty_limit).mean() > 0.5
