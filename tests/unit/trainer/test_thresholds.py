"""Verdict thresholds, on synthetic answers whose truth is known."""

import math

import numpy as np
import pytest

from trainer.config import CalibrationConfig
from trainer.metrics import NONE
from trainer.thresholds import NO_LIMIT, Answered, ThresholdReport, choose_thresholds, surely_below, verdict_text


def answered(probabilities: np.ndarray, novelty: np.ndarray, truth: np.ndarray) -> Answered:
    return Answered(probabilities, novelty, truth, np.zeros(len(truth), dtype=bool))


def drawn(count: int, seed: int) -> Answered:
    """Three landmarks: every guess is right as often as its confidence says, and one photo in four shows no landmark,
    mostly with high novelty and never with high confidence."""
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
    return answered(probabilities, novelty, truth)


@pytest.mark.parametrize("precision", [0.9, 0.95, 0.99])
def test_the_thresholds_reach_the_precision_on_other_photos_too(precision: float) -> None:
    report = choose_thresholds(drawn(8000, 1), CalibrationConfig(target_precision=precision, max_background=0.05))
    assert report.proven
    for counts in (report.seen, report.held_out):
        assert counts.right / counts.landmark_verdicts >= precision - (0.005 if counts is report.held_out else 0.0)
        assert counts.background_accepted / counts.background <= 0.05
        assert counts.landmark_verdicts > 300
    others = drawn(8000, 2)
    accepted = others.accepted(report.thresholds)
    assert (others.probabilities.argmax(1) == others.truth)[accepted].mean() >= precision - 0.01


def test_few_photos_keep_the_precision_more_often_than_their_own_count_would() -> None:
    # The lowest threshold that looks good enough on 400 photos is too low on others about every second time.
    config = {"target_precision": 0.9, "max_background": 0.3}
    others = drawn(20000, 99)
    right = others.probabilities.argmax(1) == others.truth

    def failures(confidence: float) -> int:
        count = 0
        for seed in range(12):
            report = choose_thresholds(drawn(400, seed), CalibrationConfig(confidence=confidence, **config))
            count += bool(right[others.accepted(report.thresholds)].mean() < 0.9)
        return count

    assert failures(0.95) < failures(0.05)
    assert failures(0.95) <= 2


def test_a_lower_precision_accepts_more() -> None:
    photos = drawn(3000, 1)
    counts = [
        choose_thresholds(photos, CalibrationConfig(target_precision=p, max_background=0.5)).seen.right
        for p in (0.8, 0.95, 0.99)
    ]
    assert counts[0] > counts[1] > counts[2] > 0


def test_the_limit_on_photos_without_a_landmark_binds() -> None:
    photos = drawn(4000, 1)
    strict = choose_thresholds(photos, CalibrationConfig(target_precision=0.6, max_background=0.005)).seen
    loose = choose_thresholds(photos, CalibrationConfig(target_precision=0.6, max_background=0.3)).seen
    assert strict.background_accepted < 0.005 * strict.background < loose.background_accepted


def test_the_limit_on_photos_of_left_out_landmarks_binds_and_does_not_touch_precision() -> None:
    photos = drawn(2000, 1)
    # Strangers that the model is sure of, but not as sure as of the best known photos.
    rng = np.random.default_rng(5)
    count = 400
    probabilities = np.full((count, 3), 0.01)
    probabilities[:, 0] = rng.uniform(0.5, 0.95, count)
    mixed = Answered(
        np.concatenate((photos.probabilities, probabilities)),
        np.concatenate((photos.novelty, np.zeros(count))),
        np.concatenate((photos.truth, np.full(count, NONE))),
        np.arange(2000 + count) >= 2000,
    )
    loose = choose_thresholds(mixed, CalibrationConfig(target_precision=0.8, max_background=0.5, max_left_out=0.99))
    strict = choose_thresholds(mixed, CalibrationConfig(target_precision=0.8, max_background=0.5, max_left_out=0.03))
    without = choose_thresholds(photos, CalibrationConfig(target_precision=0.8, max_background=0.5))
    assert loose.thresholds == without.thresholds
    assert loose.seen.left_out_accepted > 100
    assert strict.seen.left_out_accepted <= 0.03 * count
    assert strict.held_out.left_out == count
    assert strict.seen.known_verdicts == strict.seen.landmark_verdicts - strict.seen.left_out_accepted


def test_the_accept_threshold_is_never_below_the_configured_one() -> None:
    photos = drawn(2000, 1)
    config = {"target_precision": 0.7, "max_background": 0.5}
    assert choose_thresholds(photos, CalibrationConfig(**config)).thresholds.accept < 0.9
    assert choose_thresholds(photos, CalibrationConfig(min_accept=0.9, **config)).thresholds.accept == 0.9


@pytest.mark.parametrize(("cases", "photos", "limit"), [(0, 30, 0.1), (2, 100, 0.05), (9, 900, 0.01), (4, 900, 0.01)])
def test_surely_below_is_the_binomial_test(cases: int, photos: int, limit: float) -> None:
    chance = sum(math.comb(photos, k) * limit**k * (1 - limit) ** (photos - k) for k in range(cases + 1))
    assert surely_below(cases, photos, limit, 1 - chance - 1e-6) == (cases < limit * photos)
    assert not surely_below(cases, photos, limit, 1 - chance + 1e-6)


def test_where_photos_are_too_few_accept_is_above_every_mistake_and_that_is_said() -> None:
    probabilities = np.column_stack([np.linspace(0.99, 0.5, 20), np.zeros(20)])
    truth = np.zeros(20, dtype=int)
    truth[15] = 1  # one wrong guess
    report = choose_thresholds(answered(probabilities, np.zeros(20), truth), CalibrationConfig())
    assert not report.proven
    assert (report.seen.landmark_verdicts, report.seen.right) == (15, 15)
    assert probabilities[14, 0] > report.thresholds.accept > probabilities[15, 0]
    assert "could not be shown" in verdict_text(report.notes())
    enough = choose_thresholds(
        answered(probabilities, np.zeros(20), np.zeros(20, dtype=int)), CalibrationConfig(target_precision=0.9)
    )
    assert enough.proven
    assert enough.seen.right == 20
    assert "could not be shown" not in verdict_text(enough.notes())


def test_when_nothing_is_right_nothing_is_accepted_and_nothing_fails() -> None:
    probabilities = np.array([[0.9, 0.1], [0.8, 0.2]])
    report = choose_thresholds(answered(probabilities, np.zeros(2), np.array([1, NONE])), CalibrationConfig())
    assert report.seen.landmark_verdicts == 0
    assert report.held_out.known == 0  # too few photos to cross-validate
    assert report.thresholds.novelty_limit == NO_LIMIT


def test_novelty_limit_and_reject_cost_few_right_guesses() -> None:
    photos = drawn(4000, 1)
    config = CalibrationConfig(target_precision=0.95, max_background=0.05, max_right_lost=0.02)
    limits = choose_thresholds(photos, config).thresholds
    right = photos.probabilities.argmax(1) == photos.truth
    confidence = photos.probabilities.max(1)
    assert (photos.novelty[right] > limits.novelty_limit).mean() == pytest.approx(0.02, abs=0.001)
    assert (confidence[right] < limits.reject).mean() <= 0.0201
    assert (photos.novelty[photos.truth == NONE] > limits.novelty_limit).mean() > 0.5


def test_cross_validation_counts_every_photo_once_and_depends_on_the_seed_only() -> None:
    photos = drawn(500, 1)
    config = CalibrationConfig(target_precision=0.9, max_background=0.1)
    reports: list[ThresholdReport] = [choose_thresholds(photos, config, seed=seed) for seed in (1, 1)]
    assert reports[0] == reports[1]
    counts = reports[0].held_out
    assert counts.known + counts.background + counts.left_out == 500
    assert counts.known == (photos.truth != NONE).sum()
