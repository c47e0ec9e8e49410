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
    """Logits are divided by ``temperature``; then ``memory`` times the similarity to remembered photos is added, and
    ``background_bias`` to that of the background class."""

    temperature: float
    background_bias: float = 0.0
    memory: float = 0.0


def fit_calibration(
    logits: Tensor, targets: Tensor, *, background: bool, similarity: Tensor | None = None
) -> Calibration:
    """Return the calibration with the least cross-entropy for logits ``[N, K]`` and targets ``[N]``.

    With ``background``, the last class is the background and gets a bias of its own: temperature scaling with bias
    correction (Alexandari et al. 2020, arXiv:1901.06852) for the one class whose share in training says nothing about
    its share in use. Where all photos, or none, belong to it, the bias stays 0. ``similarity`` ``[N, K]`` is that of
    :class:`trainer.memory.Memory`; it never counts against a class.

    The cross-entropy is convex in (1 / temperature, memory, bias), so Newton's method finds the minimum; the
    temperature stays between 1/20 and 20.

    Raises:
        ValueError: no photos.
    """
    temperature = fit_temperature(logits, targets)
    is_background = targets == logits.shape[1] - 1
    parts = [logits.double()]
    if similarity is not None:
        parts.append(similarity.double())
    if background and bool(is_background.any()) and not bool(is_background.all()):
        ones = torch.zeros_like(parts[0])
        ones[:, -1] = 1.0
        parts.append(ones)
    weights = _minimum(torch.stack(parts), targets, 1.0 / temperature) if len(parts) > 1 else [1.0 / temperature]
    memory = weights[1] if similarity is not None else 0.0
    if memory < 0.0:
        return fit_calibration(logits, targets, background=background)
    biased = len(parts) > 1 + (similarity is not None)
    return Calibration(1.0 / weights[0], weights[-1] if biased else 0.0, memory)


def _minimum(parts: Tensor, targets: Tensor, first: float) -> list[float]:
    """Return the weights with which the sum of ``parts`` ``[J, N, K]`` has the least cross-entropy, starting from
    ``first`` for the first part and 0 for the others. The first one's logarithm stays within
    ``MAX_LOG_TEMPERATURE``."""
    weights = torch.zeros(len(parts), dtype=parts.dtype)
    weights[0] = first

    def loss(tried: Tensor) -> float:
        return float(functional.cross_entropy(torch.einsum("j,jnk->nk", tried, parts), targets))

    best = loss(weights)
    for _ in range(NEWTON_STEPS):
        step = _newton_step(parts, targets, weights)
        length = 1.0
        while length > 1e-9:
            tried = weights - length * step
            inside = tried[0] > 0.0 and abs(math.log(tried[0])) <= MAX_LOG_TEMPERATURE
            if inside and (found := loss(tried)) < best:
                break
            length /= 2
        else:
            break  # no step lowers the loss any further
        weights, best = tried, found
    return [float(weight) for weight in weights]


def _newton_step(parts: Tensor, targets: Tensor, weights: Tensor) -> Tensor:
    """The step that would reach the minimum if the cross-entropy were its second-order approximation: its gradient is
    the mean of the parts under the model's own probabilities less that under the truth, its curvature their
    covariance."""
    probabilities = torch.softmax(torch.einsum("j,jnk->nk", weights, parts), dim=1)
    expected = torch.einsum("nk,jnk->jn", probabilities, parts)
    observed = parts.gather(2, targets[None, :, None].expand(len(parts), -1, 1)).squeeze(2)
    gradient = (expected - observed).mean(dim=1)
    products = torch.einsum("nk,ink,jnk->ijn", probabilities, parts, parts)
    curvature = (products - expected[:, None] * expected[None, :]).mean(dim=2)
    return torch.linalg.solve(curvature + 1e-12 * torch.eye(len(parts), dtype=parts.dtype), gradient)
