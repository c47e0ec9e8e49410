"""The exported graph as a PyTorch module: what the bundle's contract asks for, and nothing outside it."""

import torch
from torch import Tensor, nn
from torch.nn import functional

from trainer.models import LandmarkNet
from trainer.novelty import unit

OUTPUTS = ("probabilities", "embedding", "activation", "novelty")
"""The names of the outputs, in order."""


class BundleGraph(nn.Module):
    """From uint8 pictures to the four outputs of the bundle.

    Args:
        net: the trained model; its first ``landmarks`` outputs are the landmarks, a background class may follow.
        landmarks: number of landmarks C.
        temperature: the logits are divided by it before the softmax.
        novelty: maps logits, embedding and feature map to one score a photo.
    """

    def __init__(self, net: LandmarkNet, landmarks: int, temperature: float, novelty: nn.Module) -> None:
        super().__init__()
        self.net = net
        self.landmarks = landmarks
        self.temperature = temperature
        self.novelty = novelty

    def forward(self, images: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Map uint8 ``[N, H, W, 3]`` to probabilities ``[N, C]``, embedding ``[N, D]`` of length 1, activation
        ``[N, C, h, w]`` and novelty ``[N]``.

        The probability of the background class is dropped, not shared out: the landmarks' sum is below 1
        by as much as the photo looks like none of them.
        """
        features = self.net.feature_map(images)
        embedding = features.mean(dim=(2, 3))
        logits = self.net.classify(embedding)
        probabilities = torch.softmax(logits / self.temperature, dim=1)[:, : self.landmarks]
        weight = self.net.head.weight[: self.landmarks, :, None, None]
        activation = functional.conv2d(features, weight, self.net.head.bias[: self.landmarks])
        return probabilities, unit(embedding), activation, self.novelty(logits, embedding, features)
