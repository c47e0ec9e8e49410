"""Mixup and CutMix: training photos that are made of two, so that a network cannot learn single ones by heart."""

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from trainer.config import AugmentConfig


@dataclass(frozen=True, slots=True)
class Mixed:
    """A batch of which every photo holds ``share`` of itself and ``1 - share`` of the photo at ``partner`` ``[n]``."""

    images: Tensor
    partner: Tensor
    share: float


def mix(images: Tensor, config: AugmentConfig, rng: np.random.Generator) -> Mixed | None:
    """Mix a batch ``[n, H, W, 3]`` (uint8) with itself in another order, or return None where chance says no.

    Mixup (Zhang et al. 2017, arXiv:1710.09412) blends the two photos; CutMix (Yun et al. 2019, arXiv:1905.04899)
    replaces a rectangle by the other photo's. The share follows Beta(α, α); where both are configured each is as
    probable.
    """
    kinds = [name for name in ("mixup", "cutmix") if getattr(config, f"{name}_alpha") > 0.0]
    if not kinds or rng.random() >= config.mix_probability or len(images) < 2:
        return None
    kind = kinds[int(rng.integers(len(kinds)))]
    alpha = getattr(config, f"{kind}_alpha")
    share = float(rng.beta(alpha, alpha))
    partner = torch.from_numpy(rng.permutation(len(images)))
    other = images[partner]
    if kind == "mixup":
        blended = images.float().lerp(other.float(), 1.0 - share)
        return Mixed(blended.round().to(torch.uint8), partner, share)
    height, width = images.shape[1:3]
    side = (1.0 - share) ** 0.5
    tall, wide = round(height * side), round(width * side)
    top, left = int(rng.integers(height - tall + 1)), int(rng.integers(width - wide + 1))
    cut = images.clone()
    cut[:, top : top + tall, left : left + wide] = other[:, top : top + tall, left : left + wide]
    return Mixed(cut, partner, 1.0 - tall * wide / (height * width))
