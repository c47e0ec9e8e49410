"""One way to ask a model, whether it is a PyTorch model of a run or an exported bundle."""

import contextlib
import copy
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt
import torch
from torch import fx, nn
from torch.fx.experimental.optimization import fuse
from tqdm import tqdm

from landmark_desktop.core.bundle import Bundle
from landmark_desktop.core.errors import PhotoError
from landmark_desktop.core.guess import Thresholds
from landmark_desktop.core.location import Landmark
from landmark_desktop.core.preprocess import InputSpec, UInt8Array
from trainer.calibrate import Calibration
from trainer.checkpoint import TrainedModel
from trainer.data import batches, read_in_parallel, worker_count
from trainer.graph import OUTPUTS
from trainer.runtime import open_session
from trainer.transforms import EvalTransform


@dataclass(frozen=True, slots=True)
class Answers:
    """What a model says about some pictures: probabilities ``[N, C]``, embedding ``[N, D]``, activation ``[N, C, h,
    w]`` and novelty ``[N]``, float32."""

    probabilities: npt.NDArray[np.float32]
    embedding: npt.NDArray[np.float32]
    activation: npt.NDArray[np.float32]
    novelty: npt.NDArray[np.float32]


class Predictor(Protocol):
    """A model that is ready to be asked."""

    landmarks: tuple[Landmark, ...]
    spec: InputSpec
    thresholds: Thresholds
    calibration: Calibration | None
    """How the logits were calibrated; None where a bundle does not say."""

    def __call__(self, images: UInt8Array) -> Answers:
        """Ask about pictures ``[N, H, W, 3]``."""
        ...


class TorchPredictor:
    """A finished model of a run, in PyTorch on the CPU, about as fast as PyTorch can be there.

    Batch norms are folded into the convolutions before them, which halves the operations, and the memory is laid out
    with the channels last, as the kernels want it. Every thread computes pictures of its own: PyTorch's own threads
    meet after each of some hundred small operations, and where other programs (or the threads that read photos) take a
    processor for a moment, all of them wait.
    """

    def __init__(self, model: TrainedModel, landmarks: Sequence[Landmark], threads: int = 0) -> None:
        self.landmarks = tuple(landmarks)
        self.spec = model.config.input.spec()
        self.thresholds = model.thresholds
        self.calibration = _stated_calibration({"temperature": model.temperature, **model.notes})
        self._threads = worker_count(threads)
        graph = copy.deepcopy(model.graph())
        graph.net.backbone = fused(graph.net.backbone)
        self._graph = graph.to(memory_format=torch.channels_last)

    def __call__(self, images: UInt8Array) -> Answers:
        """Ask about pictures ``[N, H, W, 3]``."""
        parts = np.array_split(images, min(self._threads, len(images)))
        with ThreadPoolExecutor(len(parts)) as pool, _one_thread_an_operation():
            answers = list(pool.map(self._ask, parts))
        return Answers(*(np.concatenate(outputs) for outputs in zip(*answers, strict=True)))

    def _ask(self, images: UInt8Array) -> list[npt.NDArray[np.float32]]:
        with torch.inference_mode():  # belongs to the thread
            pictures = torch.from_numpy(np.require(images, requirements="W"))  # Pillow lends its memory for reading
            return [output.numpy() for output in self._graph(pictures)]


def fused(backbone: nn.Module) -> nn.Module:
    """Return the backbone for use only: its batch norms are folded into the convolutions before them. One that
    ``torch.fx`` cannot trace is returned as it is, slower and otherwise the same."""
    try:
        return fuse(backbone.eval())
    except (fx.proxy.TraceError, NotImplementedError, TypeError):
        return backbone.eval()


@contextlib.contextmanager
def _one_thread_an_operation() -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)


class OnnxPredictor:
    """One of a bundle's models, in ONNX Runtime on the CPU.

    Raises:
        BundleError: the model file does not have the stated hash.
        TrainerError: ONNX Runtime is not installed.
    """

    def __init__(self, bundle: Bundle, threads: int = 0, precision: str = "fp32") -> None:
        self.landmarks = bundle.manifest.landmarks
        self.spec = bundle.manifest.input
        self.thresholds = bundle.manifest.thresholds
        self.calibration = _stated_calibration(bundle.manifest.calibration)
        self._session = open_session(bundle.read_model(precision), threads)

    def __call__(self, images: UInt8Array) -> Answers:
        """Ask about pictures ``[N, H, W, 3]``."""
        return Answers(*self._session.run(list(OUTPUTS), {"images": images}))


def _stated_calibration(stated: Mapping[str, object]) -> Calibration | None:
    """Read what a bundle says of its calibration; that part of ``bundle.json`` is free, so anything may stand there."""
    temperature, bias = stated.get("temperature"), stated.get("background_bias", 0.0)
    if isinstance(temperature, int | float) and isinstance(bias, int | float) and temperature > 0:
        return Calibration(float(temperature), float(bias))
    return None


def ask(
    predictor: Predictor,
    paths: Sequence[Path],
    *,
    batch_size: int = 4,
    threads: int = 0,
    low_resolution: int | None = None,
    errors: dict[Path, PhotoError] | None = None,
) -> Iterator[tuple[list[int], Answers]]:
    """Ask about photos and yield the answers by batch, with the photos' positions in ``paths``.

    Photos that cannot be read are left out and put into ``errors``. ``low_resolution`` as in :class:`EvalTransform`.
    """
    transform = EvalTransform(predictor.spec, low_resolution)

    def pictures() -> Iterator[UInt8Array | PhotoError]:
        reading = read_in_parallel(paths, lambda _index, picture: transform(picture), threads)
        for path, picture in zip(paths, reading, strict=True):
            if isinstance(picture, PhotoError) and errors is not None:
                errors[path] = picture
            yield picture

    with tqdm(total=len(paths), unit="photo", disable=None, leave=False) as bar:
        for positions, images in batches(pictures(), batch_size):
            yield positions, predictor(images)
            bar.update(positions[-1] + 1 - bar.n)
