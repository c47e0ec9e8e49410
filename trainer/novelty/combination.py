"""Several novelty scores together: a logistic regression on them, which is one more score."""

import math
from collections.abc import Mapping, Sequence

import numpy as np
import torch
from torch import Tensor, nn

from trainer.metrics import Floats, Ints, auroc

RIDGE = 1e-2
"""Weight of the squared coefficients, which keeps scores that say the same thing from playing against each other."""
FOLDS = 5
NEWTON_STEPS = 50


class CombinedScore(nn.Module):
    """A weighted sum of other scores, by their names; the weights include the division by each score's spread."""

    weights: Tensor

    def __init__(self, parts: Mapping[str, nn.Module], weights: Tensor) -> None:
        super().__init__()
        self.parts = nn.ModuleDict(parts)
        self.register_buffer("weights", weights)

    def forward(self, logits: Tensor, embedding: Tensor, features: Tensor | None = None) -> Tensor:
        """Map logits, embedding and feature maps to scores ``[N]``."""
        values = [part(logits, embedding, features) for part in self.parts.values()]
        return torch.stack(values, dim=1) @ self.weights


def fit_weights(scores: Floats, groups: Ints) -> Floats:
    """Return weights ``[S]`` for scores ``[N, S]``, so that their weighted sum tells group 0 (known landmarks) from the
    other groups (kinds of strangers).

    Logistic regression with a ridge, by Newton's method. Known landmarks count half; the other half is shared equally
    by the kinds of strangers, however many photos each has.

    Raises:
        ValueError: no known landmarks, or no strangers.
    """
    spread = scores.std(axis=0)
    spread[spread == 0.0] = 1.0
    rows = np.column_stack([(scores - scores.mean(axis=0)) / spread, np.ones(len(scores))])
    target = (groups != 0).astype(np.float64)
    kinds = np.unique(groups[groups != 0])
    if not len(kinds) or not (groups == 0).any():
        raise ValueError("a combination needs known landmarks and strangers")
    importance = np.zeros(len(groups))
    importance[groups == 0] = 0.5 / (groups == 0).sum()
    for kind in kinds:
        importance[groups == kind] = 0.5 / len(kinds) / (groups == kind).sum()
    ridge = np.full(rows.shape[1], RIDGE)
    ridge[-1] = 1e-9  # the constant is free; the tiny value keeps the system solvable
    weights = np.zeros(rows.shape[1])

    def loss(candidate: Floats) -> float:
        margins = rows @ candidate * (2 * target - 1)
        return float(importance @ np.logaddexp(0.0, -margins) + 0.5 * (ridge * candidate**2).sum())

    for _ in range(NEWTON_STEPS):
        share = 0.5 * (1.0 + np.tanh(0.5 * (rows @ weights)))  # the logistic function, without overflow
        gradient = rows.T @ (importance * (share - target)) + ridge * weights
        curvature = (rows * (importance * share * (1 - share))[:, None]).T @ rows + np.diag(ridge)
        step = np.linalg.solve(curvature, gradient)
        length = 1.0
        while loss(weights - length * step) > loss(weights) and length > 1e-6:
            length /= 2
        weights -= length * step
        if np.abs(step).max() < 1e-8:
            break
    result: Floats = weights[:-1] / spread
    return result


def cross_validated(scores: Floats, groups: Ints, seed: int) -> Floats:
    """Return a score ``[N]`` of every photo from weights fitted on other photos: ``FOLDS`` parts, each with its share
    of every group. Judging a combination on the photos it was fitted on would flatter it.

    Raises:
        ValueError: a group has fewer photos than there are parts.
    """
    fold = np.empty(len(groups), dtype=int)
    rng = np.random.default_rng(seed)
    for group in np.unique(groups):
        members = np.flatnonzero(groups == group)
        if len(members) < FOLDS:
            raise ValueError(f"{len(members)} photos are too few for {FOLDS} parts")
        fold[rng.permutation(members)] = np.arange(len(members)) % FOLDS
    combined = np.empty(len(groups))
    for part in range(FOLDS):
        inside = fold == part
        weights = fit_weights(scores[~inside], groups[~inside])
        raw = scores @ weights
        # Every part has its own scale; made comparable by the known landmarks it was fitted on.
        known = raw[~inside & (groups == 0)]
        spread = float(known.std()) or 1.0
        combined[inside] = (raw[inside] - known.mean()) / spread
    return combined


def area(values: Floats, groups: Ints, group: int) -> float:
    """AUROC of one group of strangers against the known landmarks; NaN where there are none."""
    return auroc(values[groups == 0], values[groups == group])


def mean_of(values: Sequence[float]) -> float:
    """The mean of the values that are numbers; NaN without any."""
    numbers = [value for value in values if not math.isnan(value)]
    return sum(numbers) / len(numbers) if numbers else math.nan
