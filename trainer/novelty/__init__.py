"""Novelty: how little a photo looks like any landmark the model knows. Several scores, the best one ships."""

from trainer.novelty.autoencoders import ConvAutoencoder, LinearAutoencoder
from trainer.novelty.choice import (
    MapSource,
    NoveltyChoice,
    Seen,
    Training,
    candidates,
    choose,
    restore,
    score_photos,
    table,
)
from trainer.novelty.combination import CombinedScore
from trainer.novelty.scores import (
    BackgroundScore,
    ConfidenceScore,
    EnergyScore,
    MaxLogitScore,
    PrototypeScore,
    unit,
)

__all__ = [
    "BackgroundScore",
    "CombinedScore",
    "ConfidenceScore",
    "ConvAutoencoder",
    "EnergyScore",
    "LinearAutoencoder",
    "MapSource",
    "MaxLogitScore",
    "NoveltyChoice",
    "PrototypeScore",
    "Seen",
    "Training",
    "candidates",
    "choose",
    "restore",
    "score_photos",
    "table",
    "unit",
]
