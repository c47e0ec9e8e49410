"""One way to ask a model, whether it is a PyTorch model of a run or an exported bundle."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt
import torch
from tqdm import tqdm

from landmark_desktop.core.bundle import Bundle
from landmark_desktop.core.errors import PhotoError
from landmark_desktop.core.guess import Thresholds
from landmark_desktop.core.location import Landmark
from landmark_desktop.core.preprocess import InputSpec, UInt8Array
from trainer.checkpoint import TrainedModel
from trainer.data import batches, read_in_parallel, worker_count
from trainer.errors import TrainerError
from trainer.graph import OUTPUTS
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

    def __call__(self, images: UInt8Array) -> Answers:
        """Ask about pictures ``[N, H, W, 3]``."""
        ...


class TorchPredictor:
    """A finished model of a run, in PyTorch."""

    def __init__(self, model: TrainedModel, landmarks: Sequence[Landmark], threads: int = 0) -> None:
        torch.set_num_threads(worker_count(threads))
        self.landmarks = tuple(landmarks)
        self.spec = model.config.input.spec()
        self.thresholds = model.thresholds
        self._graph = model.graph()

    @torch.inference_mode()
    def __call__(self, images: UInt8Array) -> Answers:
        """Ask about pictures ``[N, H, W, 3]``."""
        return Answers(*(output.numpy() for output in self._graph(torch.from_numpy(images))))


class OnnxPredictor:
    """A bundle, in ONNX Runtime on the CPU.

    Raises:
        BundleError: the model file does not have the stated hash.
        TrainerError: ONNX Runtime is not installed.
    """

    def __init__(self, bundle: Bundle, threads: int = 0) -> None:
        try:
            import onnxruntime
        except ModuleNotFoundError as error:
            raise TrainerError(
                "ONNX Runtime is not installed", "Install it with: pip install 'landmark-desktop[cpu]'"
            ) from error
        self.landmarks = bundle.manifest.landmarks
        self.spec = bundle.manifest.input
        self.thresholds = bundle.manifest.thresholds
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = worker_count(threads)
        # The threads that decode photos need the processors while these have nothing to do.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self._session = onnxruntime.InferenceSession(bundle.read_model(), options, providers=["CPUExecutionProvider"])

    def __call__(self, images: UInt8Array) -> Answers:
        """Ask about pictures ``[N, H, W, 3]``."""
        return Answers(*self._session.run(list(OUTPUTS), {"images": images}))


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
