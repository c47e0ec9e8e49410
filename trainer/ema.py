"""An exponential moving average of a model's weights, which is usually better than any single step's."""

import copy

import torch

from trainer.models import LandmarkNet


class MovingAverage:
    """Keeps ``average``, a copy of the model whose weights follow with ``decay`` per step (Polyak and Juditsky 1992).
    The decay is smaller during the first steps, so that the start is forgotten soon."""

    def __init__(self, net: LandmarkNet, decay: float) -> None:
        self.average = copy.deepcopy(net).requires_grad_(False)
        self.average.eval()
        self.decay = decay

    @torch.no_grad()
    def update(self, net: LandmarkNet, step: int) -> None:
        """Move towards the weights after ``step`` (from 0). Whole numbers, as batch norm's counters, are copied."""
        decay = min(self.decay, (1 + step) / (10 + step))
        theirs = net.state_dict()
        for name, ours in self.average.state_dict().items():
            if ours.is_floating_point():
                ours.lerp_(theirs[name], 1.0 - decay)
            else:
                ours.copy_(theirs[name])
