"""Novelty scores that need no training of their own: from the logits, and from distances to prototypes.

Every score is a small module that maps logits, embedding and feature map to one number a photo, higher = less like any
landmark. The same module is judged on the validation photos and exported into the graph.
"""

import torch
from torch import Tensor, nn


class BackgroundScore(nn.Module):
    """Log-odds of the background class against all landmarks together; the last logit is the background's."""

    def forward(self, logits: Tensor, embedding: Tensor, features: Tensor | None = None) -> Tensor:
        """Map logits ``[N, C + 1]`` to scores ``[N]``; nothing else is looked at."""
        return logits[:, -1] - torch.logsumexp(logits[:, :-1], dim=1)


class ConfidenceScore(nn.Module):
    """Minus the log-odds of the first guess against everything else, the background included: the maximum softmax
    probability of Hendrycks and Gimpel (2017, arXiv:1610.02136) on a scale without ends."""

    def __init__(self, landmarks: int) -> None:
        super().__init__()
        self.landmarks = landmarks

    def forward(self, logits: Tensor, embedding: Tensor, features: Tensor | None = None) -> Tensor:
        """Map logits ``[N, ≥ C]`` to scores ``[N]``; nothing else is looked at."""
        first = logits[:, : self.landmarks].amax(dim=1)
        everything = torch.logsumexp(logits, dim=1)
        # log(1 - p) = log1p(-exp(log p)); clamped where rounding makes p equal to 1.
        log_first = (first - everything).clamp_max(-1e-7)
        return torch.log(-torch.expm1(log_first)) - log_first


class EnergyScore(nn.Module):
    """Free energy over the landmarks (Liu et al. 2020, arXiv:2010.03759): minus the log-sum-exp of their logits."""

    def __init__(self, landmarks: int) -> None:
        super().__init__()
        self.landmarks = landmarks

    def forward(self, logits: Tensor, embedding: Tensor, features: Tensor | None = None) -> Tensor:
        """Map logits ``[N, ≥ C]`` to scores ``[N]``; nothing else is looked at."""
        return -torch.logsumexp(logits[:, : self.landmarks], dim=1)


class MaxLogitScore(nn.Module):
    """Minus the largest landmark logit (Hendrycks et al. 2022, arXiv:1911.11132)."""

    def __init__(self, landmarks: int) -> None:
        super().__init__()
        self.landmarks = landmarks

    def forward(self, logits: Tensor, embedding: Tensor, features: Tensor | None = None) -> Tensor:
        """Map logits ``[N, ≥ C]`` to scores ``[N]``; nothing else is looked at."""
        return -logits[:, : self.landmarks].amax(dim=1)


class PrototypeScore(nn.Module):
    """One minus the largest cosine similarity to a landmark's prototype, both seen from the mean of all training photos
    (embeddings behind a ReLU all point the same way; what tells them apart is the difference from their mean)."""

    centre: Tensor
    prototypes: Tensor

    def __init__(self, centre: Tensor, prototypes: Tensor) -> None:
        super().__init__()
        self.register_buffer("centre", centre)
        self.register_buffer("prototypes", prototypes)

    @classmethod
    def fit(cls, embeddings: Tensor, truth: Tensor, landmarks: int) -> "PrototypeScore":
        """Average the training embeddings ``[N, D]`` of each landmark; ``truth`` ``[N]`` may hold ``NONE``."""
        centre = embeddings.mean(dim=0)
        rows = []
        for landmark in range(landmarks):
            mine = embeddings[truth == landmark]
            rows.append(unit(mine - centre).mean(dim=0) if len(mine) else torch.zeros_like(centre))
        return cls(centre, unit(torch.stack(rows)))

    def forward(self, logits: Tensor, embedding: Tensor, features: Tensor | None = None) -> Tensor:
        """Map embeddings ``[N, D]`` (not normalised) to scores ``[N]`` in [0, 2]; nothing else is looked at."""
        return 1.0 - (unit(embedding - self.centre) @ self.prototypes.T).amax(dim=1)


def unit(x: Tensor) -> Tensor:
    """Scale the last dimension to length 1; vectors (almost) of length 0 stay short."""
    return x / x.square().sum(dim=-1, keepdim=True).sqrt().clamp_min(1e-12)
