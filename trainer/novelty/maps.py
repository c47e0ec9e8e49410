"""Feature maps of photos, by batch: a thousand photos would fill the memory, so nobody keeps them."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from tqdm import tqdm

from landmark_desktop.core.preprocess import UInt8Array
from trainer.config import Config
from trainer.data import Sample, batches, evenly, read_in_parallel, worker_count
from trainer.errors import TrainerError
from trainer.metrics import NONE
from trainer.models import LandmarkNet
from trainer.novelty.choice import MapSource
from trainer.transforms import EvalTransform

Mapper = Callable[[UInt8Array], Tensor]
"""From pictures ``[n, H, W, 3]`` to feature maps ``[n, D, h, w]``, averaged over the model's views."""


@dataclass(frozen=True)
class PhotoMaps:
    """Feature maps of the photos that the novelty scores are fitted on (training photos of landmarks) and judged on
    (validation photos, and those of left-out landmarks)."""

    train: MapSource
    val: MapSource
    left_out: MapSource


class _FeatureMap(nn.Module):
    """The way from pictures to the feature map as a module, which is what can be exported."""

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
    mapper: list[Mapper] = []

    def source(samples: Sequence[Sample], title: str) -> MapSource:
        def read() -> Iterator[Tensor]:
            if not mapper:
                mapper.append(_make_mapper(net, config))
            return _read(mapper[0], samples, config, title)

        return read

    of_landmarks = [sample for sample in train if sample.landmark != NONE]
    return PhotoMaps(
        source(evenly(of_landmarks, config.novelty.autoencoder_photos), "feature maps, training"),
        source(val, "feature maps, validation"),
        source(left_out, "feature maps, left-out landmarks"),
    )


def _read(mapper: Mapper, samples: Sequence[Sample], config: Config, title: str) -> Iterator[Tensor]:
    transform = EvalTransform(config.input.spec())
    pictures = read_in_parallel(
        [sample.path for sample in samples], lambda _index, picture: transform(picture), config.run.threads
    )
    done = 0
    with tqdm(total=len(samples), desc=title, unit="photo", disable=None) as bar:
        for positions, images in batches(pictures, config.features.batch_size):
            yield mapper(images)
            done += len(positions)
            bar.update(len(positions))
    if done != len(samples):
        raise TrainerError(
            f"{len(samples) - done} photos that could be read before cannot be read now",
            "Check the drive, then continue with --resume.",
        )


def _make_mapper(net: LandmarkNet, config: Config) -> Mapper:
    """The configured engine, see ``features.engine``."""
    module = _FeatureMap(net).eval()
    if config.features.engine == "torch":

        @torch.no_grad()
        def in_torch(images: UInt8Array) -> Tensor:
            maps: Tensor = module(torch.from_numpy(images))
            return maps

        return in_torch
    import onnxruntime

    from trainer.export import export_graph

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = worker_count(config.run.threads)
    # The threads that decode photos need the processors while these have nothing to do.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "features.onnx"
        export_graph(module, config.input.spec(), file, ("features",))
        session = onnxruntime.InferenceSession(file.read_bytes(), options, providers=["CPUExecutionProvider"])

    def in_onnx_runtime(images: UInt8Array) -> Tensor:
        (maps,) = session.run(["features"], {"images": images})
        return torch.from_numpy(np.asarray(maps))

    return in_onnx_runtime
