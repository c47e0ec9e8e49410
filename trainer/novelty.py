"""Novelty: how little a photo looks like any landmark the model knows. Several cheap scores, the best one ships.

Every score is a small module that maps logits and embedding to one number a photo, higher = less like any landmark. The
same module is judged on the validation photos and exported into the graph.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn

from trainer.metrics import NONE, Floats, Ints, auroc


class BackgroundScore(nn.Module):
    """Log-odds of the background class against all landmarks together; the last logit is the background's."""

    def forward(self, logits: Tensor, embedding: Tensor) -> Tensor:
        """Map logits ``[N, C + 1]`` to scores ``[N]``; the embedding is not looked at."""
        return logits[:, -1] - torch.logsumexp(logits[:, :-1], dim=1)


class EnergyScore(nn.Module):
    """Free energy over the landmarks (Liu et al. 2020, arXiv:2010.03759): minus the log-sum-exp of their logits."""

    def __init__(self, landmarks: int) -> None:
        super().__init__()
        self.landmarks = landmarks

    def forward(self, logits: Tensor, embedding: Tensor) -> Tensor:
        """Map logits ``[N, ≥ C]`` to scores ``[N]``; the embedding is not looked at."""
        return -torch.logsumexp(logits[:, : self.landmarks], dim=1)


class MaxLogitScore(nn.Module):
    """Minus the largest landmark logit (Hendrycks et al. 2022, arXiv:1911.11132)."""

    def __init__(self, landmarks: int) -> None:
        super().__init__()
        self.landmarks = landmarks

    def forward(self, logits: Tensor, embedding: Tensor) -> Tensor:
        """Map logits ``[N, ≥ C]`` to scores ``[N]``; the embedding is not looked at."""
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

    def forward(self, logits: Tensor, embedding: Tensor) -> Tensor:
        """Map embeddings ``[N, D]`` (not normalised) to scores ``[N]`` in [0, 2]; the logits are not looked at."""
        return 1.0 - (unit(embedding - self.centre) @ self.prototypes.T).amax(dim=1)


def unit(x: Tensor) -> Tensor:
    """Scale the last dimension to length 1; vectors (almost) of length 0 stay short."""
    return x / x.square().sum(dim=-1, keepdim=True).sqrt().clamp_min(1e-12)


@dataclass(frozen=True)
class NoveltyChoice:
    """The chosen score by name and module, and the AUROC of every candidate on the validation photos (empty where there
    were no photos without a landmark to judge by)."""

    name: str
    score: nn.Module
    auroc: dict[str, float]


def candidates(
    train_embeddings: Tensor, train_truth: Tensor, landmarks: int, *, background: bool
) -> dict[str, nn.Module]:
    """Return the candidate scores by name; the background score only where the model has a background class."""
    scores: dict[str, nn.Module] = {
        "energy": EnergyScore(landmarks),
        "max_logit": MaxLogitScore(landmarks),
        "prototype": PrototypeScore.fit(train_embeddings, train_truth, landmarks),
    }
    if background:
        scores = {"background": BackgroundScore(), **scores}
    return scores


@torch.no_grad()
def choose(scores: dict[str, nn.Module], logits: Tensor, embeddings: Tensor, truth: Ints) -> NoveltyChoice:
    """Choose the score that best tells photos without a landmark from the others, by AUROC on validation photos.

    Without such photos nothing can be judged, and the first candidate is taken.
    """
    values: dict[str, Floats] = {name: score(logits, embeddings).numpy() for name, score in scores.items()}
    names = list(scores)
    if not (truth == NONE).any() or not (truth != NONE).any():
        return NoveltyChoice(names[0], scores[names[0]], {})
    areas = {name: auroc(value[truth != NONE], value[truth == NONE]) for name, value in values.items()}
    best = max(names, key=lambda name: areas[name])
    return NoveltyChoice(best, scores[best], {name: float(np.round(area, 6)) for name, area in areas.items()})


def restore(name: str, landmarks: int, state: dict[str, Tensor]) -> nn.Module:
    """Rebuild a chosen score from its name and state_dict.

    Raises:
        KeyError: no score of this name.
    """
    builders: dict[str, Callable[[], nn.Module]] = {
        "background": BackgroundScore,
        "energy": lambda: EnergyScore(landmarks),
        "max_logit": lambda: MaxLogitScore(landmarks),
        "prototype": lambda: PrototypeScore(state["centre"], state["prototypes"]),
    }
    score = builders[name]()
    score.load_state_dict(state)
    return score
