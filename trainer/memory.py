"""A memory of training photos: how much a photo resembles the most similar one of each class.

A linear head sums up a landmark in one direction; a photo from an unusual side may be far from it and yet close to one
training photo from that side. And a monument that the head takes for a landmark resembles none of its photos.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn

from trainer.novelty.scores import unit

SMALLEST_VARIANCE = 1e-6
"""Directions with less of the largest variance are noise, which whitening would make as large as everything else."""


@dataclass(frozen=True, slots=True)
class MemorySize:
    """Numbers in an embedding, in a whitened one, classes, and photos of each."""

    embedding: int
    dimensions: int
    classes: int
    photos: int


class Memory(nn.Module):
    """Whitened embeddings of training photos.

    Whitening (principal components divided by their standard deviation) makes directions count alike that the head's
    training has made large or small. ``strength`` is how much a similarity of 1 adds to a class's logit; it is 0 until
    it is chosen, with the calibration.
    """

    mean: Tensor
    projection: Tensor
    exemplars: Tensor
    strength: Tensor

    def __init__(self, size: MemorySize) -> None:
        super().__init__()
        self.size = size
        self.register_buffer("mean", torch.zeros(size.embedding))
        # In single precision: what is rounded off in directions of large variance would drown those of small.
        self.register_buffer("projection", torch.zeros(size.embedding, size.dimensions))
        # Half precision halves the bundle; similarities change in the fourth decimal.
        self.register_buffer("exemplars", torch.zeros(size.classes * size.photos, size.dimensions, dtype=torch.float16))
        self.register_buffer("strength", torch.zeros(()))

    @classmethod
    def fit(cls, embeddings: Tensor, targets: Tensor, classes: int, *, dimensions: int, photos: int) -> "Memory":
        """Remember up to ``photos`` of each class, evenly chosen. ``embeddings`` ``[M, D]`` of the training photos,
        ``targets`` ``[M]``; those outside 0 … ``classes`` - 1 take part in the whitening only. There are fewer
        ``dimensions`` where the photos do not vary in so many. A class without photos resembles nothing.
        """
        wide = embeddings.double()
        mean = wide.mean(dim=0)
        centred = wide - mean
        variances, directions = torch.linalg.eigh(centred.T @ centred / len(centred))
        variances, directions = variances.flip(0), directions.flip(1)
        enough = int((variances > SMALLEST_VARIANCE * variances[0]).sum())
        kept = max(1, min(dimensions, enough))
        projection = directions[:, :kept] / variances[:kept].clamp_min(1e-12).sqrt()
        whitened = unit(centred @ projection)
        members = [torch.nonzero(targets == index).squeeze(1) for index in range(classes)]
        many = min(photos, max(len(rows) for rows in members))
        memory = cls(MemorySize(embeddings.shape[1], kept, classes, many))
        memory.mean.copy_(mean)
        memory.projection.copy_(projection)
        for index, rows in enumerate(members):
            if len(rows):
                # A class with fewer photos has some of them twice, which changes no maximum.
                chosen = np.linspace(0, len(rows) - 1, many).round().astype(np.int64)
                memory.exemplars[index * many : (index + 1) * many] = whitened[rows[torch.from_numpy(chosen)]].half()
        return memory

    @classmethod
    def like(cls, state: Mapping[str, Tensor], classes: int) -> "Memory":
        """Return an empty memory of the size of a saved one, to load it into."""
        embedding, dimensions = state["projection"].shape
        return cls(MemorySize(embedding, dimensions, classes, len(state["exemplars"]) // classes))

    def similarity(self, embeddings: Tensor) -> Tensor:
        """Map embeddings ``[N, D]`` (not normalised) to the cosine of the angle to each class's most similar photo,
        ``[N, classes]``."""
        whitened = unit((embeddings - self.mean) @ self.projection)
        cosines = whitened @ self.exemplars.to(whitened.dtype).T
        return cosines.reshape(-1, self.size.classes, self.size.photos).amax(dim=2)

    def forward(self, embeddings: Tensor) -> Tensor:
        """Return what is added to the logits, ``[N, classes]``."""
        return self.strength * self.similarity(embeddings)
