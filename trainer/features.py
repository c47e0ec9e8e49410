"""Features of a frozen backbone, computed once per random view and kept on disk.

A head is trained in seconds on features that take minutes to compute. So the views of the training photos are drawn
beforehand, and every epoch takes one of them per photo.
"""

import hashlib
import json
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from PIL import Image
from tqdm import tqdm

from landmark_desktop.core.preprocess import InputSpec, UInt8Array
from trainer.config import Config
from trainer.data import Sample, batches, read_in_parallel
from trainer.errors import TrainerError
from trainer.models import LandmarkNet
from trainer.runtime import open_session

Features = npt.NDArray[np.float32]
Transform = Callable[[int, Image.Image], UInt8Array]
"""From a sample's position and its picture to the model's input."""


Compute = Callable[[UInt8Array], Features]
"""Computes one output of a network (float32) for pictures ``[n, H, W, 3]``; its first dimension is the pictures'."""


class Embedding(torch.nn.Module):
    """The way from pictures to embeddings (not normalised) as a module, which is what can be exported: of one view, as
    in training, or of all the model's views, as in use."""

    def __init__(self, net: LandmarkNet, single_view: bool) -> None:
        super().__init__()
        self.net = net
        self.single_view = single_view

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        """Return the embeddings."""
        features = self.net.single_view_map(images) if self.single_view else self.net.feature_map(images)
        return features.mean(dim=(2, 3))


def in_torch(module: torch.nn.Module) -> Compute:
    """Run a module that makes one tensor of pictures in PyTorch."""
    module.eval()

    @torch.no_grad()  # not inference_mode: trainable layers may take these features
    def compute(images: UInt8Array) -> Features:
        output: Features = module(torch.from_numpy(images)).numpy()
        return output

    return compute


def in_onnx_runtime(module: torch.nn.Module, spec: InputSpec, threads: int) -> Compute:
    """Run the same module in ONNX Runtime: two to three times as fast on a CPU, and the kernels that the app runs.

    Raises:
        TrainerError: ONNX Runtime is not installed.
    """
    from trainer.export import export_graph

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "part.onnx"
        export_graph(module.eval(), spec, file, ("output",))
        session = open_session(file.read_bytes(), threads)

    def compute(images: UInt8Array) -> Features:
        (output,) = session.run(["output"], {"images": images})
        result: Features = output
        return result

    return compute


def in_engine(module: torch.nn.Module, config: Config) -> Compute:
    """Run a module in the configured engine, see ``features.engine``."""
    if config.features.engine == "torch":
        return in_torch(module)
    return in_onnx_runtime(module, config.input.spec(), config.run.threads)


def compute_batches(
    compute: Compute, samples: Sequence[Sample], transform: Transform, config: Config, *, title: str
) -> Iterator[Features]:
    """Yield the outputs for all samples, by batch.

    Raises:
        TrainerError: a photo cannot be read (the caller has sorted out those that could not be read before).
    """
    pictures = read_in_parallel([sample.path for sample in samples], transform, config.run.threads)
    done = 0
    with tqdm(total=len(samples), desc=title, unit="photo", disable=None) as bar:
        for positions, images in batches(pictures, config.features.batch_size):
            yield compute(images)
            done += len(positions)
            bar.update(len(positions))
    if done != len(samples):
        raise TrainerError(
            f"{len(samples) - done} photos that could be read before cannot be read now",
            "Check the drive, then continue with --resume.",
        )


def compute_all(
    compute: Compute, samples: Sequence[Sample], transform: Transform, config: Config, *, title: str
) -> Features:
    """Return the outputs for all samples ``[N, …]``.

    Raises:
        TrainerError: a photo cannot be read.
    """
    return np.concatenate(list(compute_batches(compute, samples, transform, config, title=title)))


def cached(file: Path, key: str, compute: Callable[[], Features]) -> Features:
    """Return the array in ``file`` if it was made for ``key``, else compute and keep it.

    The file is mapped, not read: many views need little memory. ``key`` stands in a small file beside it that is
    written last, so an interrupted computation counts as not done.
    """
    key_file = file.with_suffix(".key")
    if not (file.exists() and key_file.exists() and key_file.read_text(encoding="utf-8") == key):
        file.parent.mkdir(parents=True, exist_ok=True)
        key_file.unlink(missing_ok=True)
        values = compute()
        temporary = file.with_suffix(".tmp.npy")
        np.save(temporary, values)
        temporary.replace(file)
        key_file.write_text(key, encoding="utf-8")
    mapped: Features = np.load(file, mmap_mode="r")
    return mapped


def cache_key(root: Path, samples: Sequence[Sample], *parts: object) -> str:
    """Return a hash of the photos (path below ``root``, size, modification time) and of everything else that decides
    about their features."""
    digest = hashlib.sha256(json.dumps([str(part) for part in parts]).encode())
    for sample in samples:
        status = sample.path.stat()
        name = sample.path.relative_to(root).as_posix()
        digest.update(f"{name}\0{status.st_size}\0{status.st_mtime_ns}\n".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()
