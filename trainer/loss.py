"""What training minimises: cross-entropy over the landmarks, and what is asked of photos that show none."""

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from trainer.config import OptimConfig
from trainer.metrics import NONE, Ints

IGNORED = -100
"""The class that PyTorch's cross-entropy ignores."""


def class_count(landmarks: int, *, has_background: bool, config: OptimConfig) -> int:
    """Return the number of the model's outputs: one more than landmarks where the background is a class."""
    return landmarks + (has_background and config.background_loss == "class")


def targets_of(truth: Ints, landmarks: int, classes: int) -> Tensor:
    """Turn landmark indices ``[N]`` into classes ``[N]``: photos without a landmark belong to the last class, the
    background. Where the model has none, they get the class that cross-entropy ignores."""
    background = classes - 1 if classes > landmarks else IGNORED
    return torch.from_numpy(np.where(truth == NONE, background, truth).astype(np.int64))


class TrainingLoss(nn.Module):
    """Cross-entropy with label smoothing; with ``background_loss = "uniform"`` also outlier exposure (Hendrycks et al.
    2019, arXiv:1812.04606): for photos of no landmark the cross-entropy to the uniform distribution, times
    ``uniform_weight``. Both terms are divided by the number of photos in the batch."""

    def __init__(self, config: OptimConfig) -> None:
        super().__init__()
        self.smoothing = config.label_smoothing
        self.uniform_weight = config.uniform_weight if config.background_loss == "uniform" else 0.0

    def forward(self, logits: Tensor, targets: Tensor) -> Tensor:
        """Return the loss of logits ``[N, K]`` for targets ``[N]``, which may hold ``IGNORED``."""
        loss = functional.cross_entropy(
            logits, targets, label_smoothing=self.smoothing, ignore_index=IGNORED, reduction="sum"
        )
        if self.uniform_weight:
            away = torch.log_softmax(logits, dim=1).mean(dim=1)
            loss = loss - self.uniform_weight * (away * (targets == IGNORED)).sum()
        return loss / len(targets)
