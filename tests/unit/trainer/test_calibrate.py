"""Calibration, on synthetic logits whose truth is known."""

import pytest
import torch
from torch.nn import functional

from trainer.calibrate import Calibration, fit_calibration, fit_temperature
from trainer.metrics import expected_calibration_error


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


def skewed(bias: float, count: int = 6000) -> tuple[torch.Tensor, torch.Tensor]:
    """Logits twice as large as they should be, whose last class gets ``bias`` too little."""
    logits, targets = overconfident(count, factor=1.0)
    logits[:, -1] -= bias
    return 2.0 * logits, targets


@pytest.mark.parametrize("bias", [-1.0, 0.7])
def test_the_calibration_undoes_a_known_temperature_and_bias(bias: float) -> None:
    logits, targets = skewed(bias)
    found = fit_calibration(logits, targets, background=True)
    assert found.temperature == pytest.approx(2.0, rel=0.1)
    assert found.background_bias == pytest.approx(bias, abs=0.12)


def applied(calibration: Calibration, logits: torch.Tensor) -> torch.Tensor:
    bias = torch.zeros(logits.shape[1], dtype=logits.dtype)
    bias[-1] = calibration.background_bias
    return logits / calibration.temperature + bias


def test_no_calibration_nearby_is_better() -> None:
    logits, targets = skewed(-1.0)
    found = fit_calibration(logits, targets, background=True)
    best = functional.cross_entropy(applied(found, logits.double()), targets)
    for factor, shift in ((1.02, 0.0), (0.98, 0.0), (1.0, 0.03), (1.0, -0.03)):
        other = Calibration(found.temperature * factor, found.background_bias + shift)
        assert best < functional.cross_entropy(applied(other, logits.double()), targets)


def test_the_bias_lowers_the_calibration_error_where_the_background_is_skewed() -> None:
    logits, targets = skewed(-2.0)

    def ece(calibration: Calibration) -> float:
        confidence, guess = applied(calibration, logits).softmax(1)[:, :-1].max(1)
        return expected_calibration_error(confidence.numpy(), (guess == targets).numpy())

    temperature_only = Calibration(fit_temperature(logits, targets))
    assert ece(fit_calibration(logits, targets, background=True)) < 0.5 * ece(temperature_only)


@pytest.mark.parametrize("background", [True, False])
@pytest.mark.parametrize("strength", [1.5, 6.0])
def test_the_strength_of_the_memory_is_found(strength: float, background: bool) -> None:
    generator = torch.Generator().manual_seed(1)
    logits, similarity = torch.randn(8000, 5, generator=generator), torch.rand(8000, 5, generator=generator)
    targets = torch.multinomial((logits + strength * similarity).softmax(1), 1, generator=generator).squeeze(1)
    found = fit_calibration(2.0 * logits, targets, background=background, similarity=similarity)
    assert found.temperature == pytest.approx(2.0, rel=0.1)
    assert found.memory == pytest.approx(strength, rel=0.12)
    assert found.background_bias == pytest.approx(0.0, abs=0.15)


def test_a_memory_that_misleads_is_not_used() -> None:
    logits, targets = skewed(-1.0)
    misleading = 1.0 - functional.one_hot(targets, logits.shape[1]).float()
    misleading += torch.rand(misleading.shape, generator=torch.Generator().manual_seed(0))
    found = fit_calibration(logits, targets, background=True, similarity=misleading)
    assert found == fit_calibration(logits, targets, background=True)
    assert found.memory == 0.0


def test_the_bias_stays_zero_where_nothing_can_be_said_about_it() -> None:
    logits, targets = skewed(-1.0)
    temperature = fit_temperature(logits, targets)
    assert fit_calibration(logits, targets, background=False) == Calibration(temperature)
    known = targets != logits.shape[1] - 1
    assert fit_calibration(logits[known], targets[known], background=True).background_bias == 0.0
    with pytest.raises(ValueError, match="no photos"):
        fit_calibration(logits[:0], targets[:0], background=True)
