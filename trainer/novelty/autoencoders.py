"""Autoencoders as anomaly detectors: what they cannot rebuild does not look like the photos of landmarks they know.

The linear one works on embeddings, the convolutional one on feature maps before they are averaged. Both are fitted on
training photos of landmarks only; the score is the logarithm of the reconstruction error, of the convolutional one as
a share of what there was to rebuild.
"""

import math
from collections.abc import Iterator, Mapping

import torch
from torch import Tensor, nn
from torch.nn import functional

from trainer.novelty.scores import unit

MAP_CHANNELS = 64
"""Channels of a feature map that the convolutional autoencoder sees: its principal components."""
HIDDEN_CHANNELS = 32
CODE_CHANNELS = 16
BASIS_PHOTOS = 256
"""Photos whose cells decide about the principal components of the feature maps; they wait in memory for it (84 MB with
1280 channels and 8 × 8 cells)."""
BATCH_SIZE = 64
LEARNING_RATE = 2e-3
TINY = 1e-12


class LinearAutoencoder(nn.Module):
    """An autoencoder without activation functions on embeddings of length 1.

    It is not trained by descent: the weights with the least squared error are the first principal components (Baldi
    and Hornik 1989, doi:10.1016/0893-6080(89)90014-2), and those are computed directly.
    """

    mean: Tensor
    basis: Tensor

    def __init__(self, mean: Tensor, basis: Tensor) -> None:
        super().__init__()
        self.register_buffer("mean", mean)
        self.register_buffer("basis", basis)

    @classmethod
    def fit(cls, embeddings: Tensor, components: int) -> "LinearAutoencoder":
        """Compute the optimum for training embeddings ``[N, D]``; the code has ``min(components, N - 1, D - 1)``
        numbers, at least one."""
        rows = unit(embeddings)
        mean = rows.mean(dim=0)
        count = max(1, min(components, len(rows) - 1, rows.shape[1] - 1))
        return cls(mean, principal_components(rows - mean, count))

    def forward(self, logits: Tensor, embedding: Tensor, features: Tensor | None = None) -> Tensor:
        """Map embeddings ``[N, D]`` (not normalised) to scores ``[N]``; nothing else is looked at."""
        centred = unit(embedding) - self.mean
        code = centred @ self.basis
        rebuilt = code @ self.basis.T
        return torch.log((centred - rebuilt).square().sum(dim=1) + TINY)


class ConvAutoencoder(nn.Module):
    """A convolutional autoencoder on feature maps ``[N, D, h, w]``.

    The maps are first reduced to ``MAP_CHANNELS`` principal components of their cells, each with variance 1. Two
    convolutions squeeze them to ``CODE_CHANNELS`` at half the size, two bring them back.
    """

    basis: Tensor
    offset: Tensor

    def __init__(self, basis: Tensor, offset: Tensor, *, odd: tuple[bool, bool]) -> None:
        """``basis`` ``[P, D, 1, 1]`` and ``offset`` ``[P]`` reduce the maps; ``odd`` says whether their height and
        width are odd, which the way back must know."""
        super().__init__()
        self.register_buffer("basis", basis)
        self.register_buffer("offset", offset)
        self.register_buffer("odd", torch.tensor(odd))
        channels = len(offset)
        back = (0 if odd[0] else 1, 0 if odd[1] else 1)
        self.layers = nn.Sequential(
            nn.Conv2d(channels, HIDDEN_CHANNELS, 3, padding=1),
            nn.ReLU(),
            nn.Conv2d(HIDDEN_CHANNELS, CODE_CHANNELS, 3, stride=2, padding=1),
            nn.ReLU(),
            nn.ConvTranspose2d(CODE_CHANNELS, HIDDEN_CHANNELS, 3, stride=2, padding=1, output_padding=back),
            nn.ReLU(),
            nn.Conv2d(HIDDEN_CHANNELS, channels, 3, padding=1),
        )

    @classmethod
    def fit(cls, maps: Iterator[Tensor], *, epochs: int, seed: int) -> "ConvAutoencoder":
        """Train on batches ``[n, D, h, w]`` of feature maps of landmarks, in random order, each seen once.

        Memory is bounded: after the first ``BASIS_PHOTOS`` photos only the reduced maps are kept (16 kB a photo with
        8 × 8 cells). All randomness comes from ``seed``.

        Raises:
            ValueError: no maps.
        """
        waiting: list[Tensor] = []
        for batch in maps:
            waiting.append(batch)
            if sum(len(kept) for kept in waiting) >= BASIS_PHOTOS:
                break
        if not waiting:
            raise ValueError("no feature maps to fit an autoencoder on")
        first = torch.cat(waiting)
        waiting.clear()
        height, width = first.shape[2:]
        basis, offset = _whitening(first.permute(0, 2, 3, 1).reshape(-1, first.shape[1]))
        # The seed decides about the first weights too, without touching anybody else's random numbers.
        with torch.random.fork_rng(devices=[]), torch.enable_grad():
            torch.manual_seed(seed)
            model = cls(basis, offset, odd=(height % 2 == 1, width % 2 == 1))
            reduced = [model.reduce(first)]
            del first
            reduced.extend(model.reduce(batch) for batch in maps)
            model._train_on(torch.cat(reduced).detach(), epochs)
        return model.eval().requires_grad_(False)

    @classmethod
    def restore(cls, state: Mapping[str, Tensor]) -> "ConvAutoencoder":
        """Rebuild a trained one from its state_dict."""
        height_odd, width_odd = (bool(value) for value in state["odd"])
        model = cls(state["basis"], state["offset"], odd=(height_odd, width_odd))
        model.load_state_dict(dict(state))
        return model.eval().requires_grad_(False)

    def _train_on(self, maps: Tensor, epochs: int) -> None:
        """Lower the mean squared error with Adam and half a cosine down to zero."""
        optimizer = torch.optim.Adam(self.layers.parameters(), lr=LEARNING_RATE)
        steps = epochs * math.ceil(len(maps) / BATCH_SIZE)
        schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, max(1, steps))
        for _ in range(epochs):
            for chosen in torch.randperm(len(maps)).split(BATCH_SIZE):
                batch = maps[chosen]
                loss = functional.mse_loss(self.layers(batch), batch)
                optimizer.zero_grad()
                loss.backward()
                optimizer.step()
                schedule.step()

    def reduce(self, features: Tensor) -> Tensor:
        """Map feature maps ``[N, D, h, w]`` to what the autoencoder sees, ``[N, P, h, w]``."""
        return functional.conv2d(features, self.basis, -self.offset)

    def forward(self, logits: Tensor, embedding: Tensor, features: Tensor | None = None) -> Tensor:
        """Map feature maps ``[N, D, h, w]`` to scores ``[N]``; nothing else is looked at.

        Raises:
            ValueError: no feature maps.
        """
        if features is None:
            raise ValueError("the convolutional autoencoder needs feature maps")
        seen = self.reduce(features)
        error = (self.layers(seen) - seen).square().mean(dim=(1, 2, 3))
        # A share of what there was to rebuild: blurred photos and plain walls are easy, whatever they show.
        return torch.log(error + TINY) - torch.log(seen.square().mean(dim=(1, 2, 3)) + TINY)


def principal_components(centred: Tensor, count: int) -> Tensor:
    """Return the ``count`` orthonormal directions of largest variance of the rows ``[N, D]``, as ``[D, count]``; their
    signs are chosen so that the largest number of each is positive."""
    rows = centred.double()
    vectors = torch.linalg.eigh(rows.T @ rows).eigenvectors.flip(dims=(1,))[:, :count]
    largest = vectors.abs().argmax(dim=0)
    signs = vectors[largest, torch.arange(count)].sign()
    return (vectors * signs).to(centred.dtype).contiguous()


def _whitening(cells: Tensor) -> tuple[Tensor, Tensor]:
    """The convolution ``[P, D, 1, 1]`` and offset ``[P]`` that turn cells ``[M, D]`` into principal components with
    mean 0 and variance 1."""
    mean = cells.mean(dim=0)
    centred = cells - mean
    vectors = principal_components(centred, min(MAP_CHANNELS, cells.shape[1]))
    spread = (centred @ vectors).std(dim=0, correction=0).clamp_min(1e-6)
    weights = (vectors / spread).T.contiguous()
    return weights[:, :, None, None], weights @ mean
