"""The metrics against values computed by hand."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from landmark_desktop.core.location import Location
from trainer.metrics import (
    NONE,
    auroc,
    confusion_matrix,
    distances_km,
    expected_calibration_error,
    first_guess,
    mu_ap,
    precision_recall,
    precision_recall_curve,
    recall_at_precision,
    reliability,
    top_k_accuracy,
    uncalibrated,
)


def test_mu_ap_of_five_photos_computed_by_hand() -> None:
    # By falling confidence: right, wrong (no landmark shown), right, wrong, right; four photos show a landmark.
    confidence = np.array([0.9, 0.8, 0.7, 0.6, 0.5])
    right = np.array([True, False, True, False, True])
    assert mu_ap(confidence, right, 4) == pytest.approx((1 / 1 + 2 / 3 + 3 / 5) / 4)


def test_mu_ap_does_not_depend_on_the_order_of_the_photos() -> None:
    confidence = np.array([0.5, 0.9, 0.6, 0.7, 0.8])
    right = np.array([True, True, False, True, False])
    assert mu_ap(confidence, right, 4) == pytest.approx((1 / 1 + 2 / 3 + 3 / 5) / 4)


def test_mu_ap_counts_landmark_photos_that_were_never_named_rightly() -> None:
    assert mu_ap(np.array([0.9]), np.array([True]), 2) == 0.5


def test_mu_ap_loses_by_a_confident_answer_on_a_photo_of_nothing() -> None:
    quiet = mu_ap(np.array([0.9, 0.1]), np.array([True, False]), 1)
    loud = mu_ap(np.array([0.9, 0.95]), np.array([True, False]), 1)
    assert (quiet, loud) == (1.0, 0.5)


def test_mu_ap_without_landmark_photos_is_undefined() -> None:
    assert math.isnan(mu_ap(np.array([0.5]), np.array([False]), 0))


def test_top_k_counts_landmark_photos_only() -> None:
    probabilities = np.array([[0.5, 0.3, 0.1], [0.2, 0.3, 0.4], [0.6, 0.2, 0.1]])
    truth = np.array([0, 1, NONE])
    assert top_k_accuracy(probabilities, truth, 1) == 0.5
    assert top_k_accuracy(probabilities, truth, 2) == 1.0


def test_equal_probabilities_keep_the_order_of_the_bundle() -> None:
    probabilities = np.array([[0.4, 0.4, 0.2]])
    assert first_guess(probabilities)[0].tolist() == [0]
    assert top_k_accuracy(probabilities, np.array([1]), 1) == 0.0


def test_recall_at_precision_stops_before_the_errors() -> None:
    confidence = np.linspace(1.0, 0.1, 10)
    right = np.array([True] * 6 + [False] + [True] * 3)
    assert recall_at_precision(confidence, right, 12, precision=0.99) == 6 / 12
    # 9 of 10 right is 90 %.
    assert recall_at_precision(confidence, right, 12, precision=0.9) == 9 / 12


def test_recall_at_precision_cannot_split_equal_confidences() -> None:
    confidence = np.array([0.9, 0.9, 0.5])
    right = np.array([True, False, True])
    assert recall_at_precision(confidence, right, 2, precision=0.99) == 0.0


def test_ece_of_two_bins_computed_by_hand() -> None:
    # Bin of 0.9: three photos, two right, gap 0.9 - 2/3; bin of 0.2: one photo, wrong, gap 0.2.
    confidence = np.array([0.9, 0.9, 0.9, 0.2])
    right = np.array([True, True, False, False])
    assert expected_calibration_error(confidence, right, bins=10) == pytest.approx(0.75 * (0.9 - 2 / 3) + 0.25 * 0.2)


def test_confidence_of_exactly_one_is_in_the_last_bin() -> None:
    assert expected_calibration_error(np.array([1.0]), np.array([True])) == 0.0


def test_auroc_counts_ties_half() -> None:
    # Pairs (negative, positive): (1, 1) tie, (1, 3) right, (2, 1) wrong, (2, 3) right.
    assert auroc(np.array([1.0, 2.0]), np.array([1.0, 3.0])) == 2.5 / 4


@given(st.lists(st.integers(0, 5), min_size=1), st.lists(st.integers(0, 5), min_size=1))
def test_auroc_of_swapped_sides_adds_up_to_one(negative: list[int], positive: list[int]) -> None:
    a, b = np.array(negative, dtype=float), np.array(positive, dtype=float)
    assert auroc(a, b) + auroc(b, a) == pytest.approx(1.0)


def test_distance_between_paris_and_rome_is_counted_once() -> None:
    paris = Location("Paris", 48.8566, 2.3522, 100.0)
    rome = Location("Rome", 41.9028, 12.4964, 100.0)
    guess, truth = np.array([0, 1, 1, 2, 0]), np.array([0, 0, NONE, 0, 2])
    km = distances_km(guess, truth, [paris, rome, None])
    assert km == pytest.approx([0.0, 1105.3], abs=1.0)


def test_precision_and_recall_of_one_landmark() -> None:
    guess, truth = np.array([0, 0, 0, 1]), np.array([0, 1, NONE, 0])
    assert precision_recall(guess, truth, 0) == (1 / 3, 1 / 2, 2)
    precision, recall, photos = precision_recall(guess, truth, 7)
    assert math.isnan(precision)
    assert math.isnan(recall)
    assert photos == 0


def test_the_precision_recall_curve_by_hand() -> None:
    confidence = np.array([0.9, 0.5, 0.5, 0.2])
    right = np.array([True, True, False, True])
    curve = precision_recall_curve(confidence, right, 4)
    assert curve.threshold.tolist() == [0.9, 0.5, 0.2]
    assert curve.precision.tolist() == pytest.approx([1.0, 2 / 3, 3 / 4])
    assert curve.recall.tolist() == [0.25, 0.5, 0.75]
    assert curve.best(0.7) == (0.2, 0.75)
    assert curve.best(0.9) == (0.9, 0.25)
    assert precision_recall_curve(confidence, ~right, 4).best(0.9) is None


def test_99_of_100_right_are_99_percent() -> None:
    confidence = np.linspace(1.0, 0.5, 100)
    right = np.arange(100) != 3
    assert recall_at_precision(confidence, right, 100) == 0.99


def test_reliability_bins_by_hand() -> None:
    low, high = reliability(np.array([0.2, 0.4, 0.9]), np.array([True, False, True]), bins=2)
    assert (low.low, low.high, low.photos, low.right) == (0.0, 0.5, 2, 0.5)
    assert low.confidence == pytest.approx(0.3)
    assert (high.photos, high.confidence, high.right) == (1, 0.9, 1.0)


@given(st.lists(st.floats(-6, 6), min_size=3, max_size=3), st.floats(0.2, 4.0), st.floats(-3, 3), st.booleans())
def test_calibration_can_be_taken_back(logits: list[float], temperature: float, bias: float, background: bool) -> None:
    def softmax(values: np.ndarray) -> np.ndarray:
        return np.exp(values - values.max()) / np.exp(values - values.max()).sum()

    z = np.array(logits)
    if not background:  # no class for none: nothing is missing to 1, and nothing has a bias
        calibrated, before, bias = softmax(z / temperature), softmax(z), 0.0
        assert uncalibrated(calibrated[None], temperature)[0] == pytest.approx(before, abs=1e-3)
        return
    calibrated = softmax(z / temperature + np.array([0.0, 0.0, bias]))[:2]
    assert uncalibrated(calibrated[None], temperature, bias)[0] == pytest.approx(softmax(z)[:2], abs=1e-3)


def test_the_confusion_matrix_has_a_row_for_none() -> None:
    guess, truth = np.array([0, 1, 1, 0]), np.array([0, 0, 1, NONE])
    assert confusion_matrix(guess, truth, 2).tolist() == [[1, 1], [0, 1], [1, 0]]
