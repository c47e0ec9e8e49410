"""Feature maps of photos, by batch: a thousand photos would fill the memory, so nobody keeps them."""

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from trainer.config import Config
from trainer.data import Sample, evenly
from trainer.features import compute_batches, in_engine
from trainer.metrics import NONE
from trainer.models import LandmarkNet
from trainer.novelty.choice import MapSource
from trainer.transforms import EvalTransform


@dataclass(frozen=True)
class PhotoMaps:
    """Feature maps of the photos that the novelty scores are fitted on (training photos of landmarks) and judged on
    (validation photos, and those of left-out landmarks)."""

    train: MapSource
    val: MapSource
    left_out: MapSource


class _FeatureMap(nn.Module):
    """The way from pictures to the feature map ``[n, D, h, w]``, averaged over the model's views, as a module, which is
    what can be exported."""

    def __init__(self, net: LandmarkNet) -> None:
        super().__init__()
        self.net = net

    def forward(self, images: Tensor) -> Tensor:
        """Return the feature map."""
        return self.net.feature_map(images)


def photo_maps(
    net: LandmarkNet, config: Config, train: Sequence[Sample], val: Sequence[Sample], left_out: Sequence[Sample]
) -> PhotoMaps:
    """Return the feature maps of photos as the app shows them to the model; of the training photos so many that show a
    landmark as ``novelty.autoencoder_photos`` says, evenly chosen. Nothing is computed before it is asked for."""
    compute = functools.cache(lambda: in_engine(_FeatureMap(net), config))
    transform = EvalTransform(config.input.spec())

    def source(samples: Sequence[Sample], title: str) -> MapSource:
        def read() -> Iterator[Tensor]:
            maps = compute_batches(compute(), samples, lambda _index, image: transform(image), config, title=title)
            return map(torch.from_numpy, maps)

        return read

    of_landmarks = [sample for sample in train if sample.landmark != NONE]
    return PhotoMaps(
        source(evenly(of_landmarks, config.novelty.autoencoder_photos), "feature maps, training"),
        source(val, "feature maps, validation"),
        source(left_out, "feature maps, left-out landmarks"),
    )
