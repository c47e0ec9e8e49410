"""The learning-rate schedule, as a function of the step alone: there is no state to save."""

import math

from trainer.config import OptimConfig


def learning_rate(step: int, steps_per_epoch: int, config: OptimConfig) -> float:
    """Return the learning rate of ``step`` (from 0): linear warm-up, then half a cosine down to zero at the end
    (Loshchilov and Hutter 2017, arXiv:1608.03983, without restarts)."""
    total = steps_per_epoch * config.epochs
    warmup = steps_per_epoch * config.warmup_epochs
    if step < warmup:
        return config.learning_rate * (step + 1) / (warmup + 1)
    progress = (step - warmup) / max(1.0, total - warmup)
    return config.learning_rate * 0.5 * (1.0 + math.cos(math.pi * progress))
