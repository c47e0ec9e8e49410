"""Calibration: make confidences honest. On validation photos only."""

import math
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

GOLDEN = (math.sqrt(5.0) - 1.0) / 2.0
MAX_LOG_TEMPERATURE = math.log(20.0)
NEWTON_STEPS = 100


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


@dataclass(frozen=True, slots=True)
class Calibration:
    """Logits are divided by ``temperature``, then ``background_bias`` is added to that of the background class."""

    temperature: float
    background_bias: float = 0.0


def fit_calibration(logits: Tensor, targets: Tensor, *, background: bool) -> Calibration:
    """Return the calibration with the least cross-entropy for logits ``[N, K]`` and targets ``[N]``.

    With ``background``, the last class is the background and gets a bias of its own: temperature scaling with bias
    correction (Alexandari et al. 2020, arXiv:1901.06852) for the one class whose share in training says nothing about
    its share in use. Where all photos, or none, belong to it, the bias stays 0.

    The cross-entropy is convex in (1 / temperature, bias), so Newton's method finds the minimum; the temperature stays
    between 1/20 and 20.

    Raises:
        ValueError: no photos.
    """
    temperature = fit_temperature(logits, targets)
    is_background = targets == logits.shape[1] - 1
    if not background or not is_background.any() or is_background.all():
        return Calibration(temperature)
    wide = logits.double()
    slope, bias = 1.0 / temperature, 0.0
    best = _cross_entropy(wide, targets, slope, bias)
    for _ in range(NEWTON_STEPS):
        step_slope, step_bias = _newton_step(wide, targets, slope, bias)
        length = 1.0
        while length > 1e-9:
            tried = slope - length * step_slope, bias - length * step_bias
            inside = abs(math.log(tried[0])) <= MAX_LOG_TEMPERATURE if tried[0] > 0.0 else False
            if inside and (loss := _cross_entropy(wide, targets, *tried)) < best:
                break
            length /= 2
        else:
            break  # no step lowers the loss any further
        (slope, bias), best = tried, loss
    return Calibration(1.0 / slope, bias)


def _shifted(logits: Tensor, slope: float, bias: float) -> Tensor:
    shifted = logits * slope
    shifted[:, -1] += bias
    return shifted


def _cross_entropy(logits: Tensor, targets: Tensor, slope: float, bias: float) -> float:
    return float(functional.cross_entropy(_shifted(logits, slope, bias), targets))


def _newton_step(logits: Tensor, targets: Tensor, slope: float, bias: float) -> tuple[float, float]:
    """The step that would reach the minimum if the cross-entropy were its second-order approximation: its curvature is
    the covariance of (logit, is background) under the model's own probabilities."""
    probabilities = torch.softmax(_shifted(logits, slope, bias), dim=1)
    rest = probabilities[:, -1]
    mean = (probabilities * logits).sum(dim=1)
    observed = logits.gather(1, targets[:, None]).squeeze(1)
    gradient = torch.stack(((mean - observed).mean(), (rest - (targets == logits.shape[1] - 1).double()).mean()))
    spread = ((probabilities * logits.square()).sum(dim=1) - mean.square()).mean()
    mixed = (rest * logits[:, -1] - rest * mean).mean()
    own = (rest - rest.square()).mean()
    curvature = torch.stack((torch.stack((spread, mixed)), torch.stack((mixed, own))))
    step = torch.linalg.solve(curvature + 1e-12 * torch.eye(2, dtype=curvature.dtype), gradient)
    return float(step[0]), float(step[1])
