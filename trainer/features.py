"""Features of a frozen backbone, computed once per random view and kept on disk.

A head is trained in seconds on features that take minutes to compute. So the views of the training photos are drawn
beforehand, and every epoch takes one of them per photo.
"""

import hashlib
import json
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt
import torch
from PIL import Image
from tqdm import tqdm

from landmark_desktop.core.preprocess import InputSpec, UInt8Array
from trainer.config import Config
from trainer.data import Sample, batches, read_in_parallel, worker_count
from trainer.errors import TrainerError
from trainer.models import LandmarkNet

Features = npt.NDArray[np.float32]
Transform = Callable[[int, Image.Image], UInt8Array]
"""From a sample's position and its picture to the model's input."""


class Embedder(Protocol):
    """Computes embeddings ``[n, D]`` of pictures ``[n, H, W, 3]``."""

    def __call__(self, images: UInt8Array) -> Features:
        """Return the embeddings (float32, not normalised)."""
        ...


class _Embedding(torch.nn.Module):
    """The way from pictures to embeddings as a module, which is what can be exported: of one view, as in training, or
    of all the model's views, as in use."""

    def __init__(self, net: LandmarkNet, single_view: bool) -> None:
        super().__init__()
        self.net = net
        self.single_view = single_view

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        """Return the embeddings."""
        features = self.net.single_view_map(images) if self.single_view else self.net.feature_map(images)
        return features.mean(dim=(2, 3))


class TorchEmbedder:
    """The backbone in PyTorch."""

    def __init__(self, net: LandmarkNet, *, single_view: bool) -> None:
        self._module = _Embedding(net, single_view).eval()

    @torch.inference_mode()
    def __call__(self, images: UInt8Array) -> Features:
        """Return the embeddings."""
        embeddings: Features = self._module(torch.from_numpy(images)).numpy()
        return embeddings


class OnnxEmbedder:
    """The same backbone in ONNX Runtime: two to three times as fast on a CPU, and the kernels that the app runs.

    Raises:
        TrainerError: ONNX Runtime is not installed.
    """

    def __init__(self, net: LandmarkNet, spec: InputSpec, threads: int, *, single_view: bool) -> None:
        try:
            import onnxruntime
        except ModuleNotFoundError as error:
            raise TrainerError(
                "ONNX Runtime is not installed",
                "Install it with: pip install 'landmark-desktop[cpu]', or set features.engine = \"torch\".",
            ) from error
        from trainer.export import export_graph

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = worker_count(threads)
        # The threads that decode photos need the processors while these have nothing to do.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "backbone.onnx"
            export_graph(_Embedding(net, single_view).eval(), spec, file, ("embedding",))
            self._session = onnxruntime.InferenceSession(file.read_bytes(), options, providers=["CPUExecutionProvider"])

    def __call__(self, images: UInt8Array) -> Features:
        """Return the embeddings."""
        (embeddings,) = self._session.run(["embedding"], {"images": images})
        result: Features = embeddings
        return result


def make_embedder(net: LandmarkNet, spec: InputSpec, config: Config, *, single_view: bool) -> Embedder:
    """Return the configured embedder."""
    if config.features.engine == "torch":
        return TorchEmbedder(net, single_view=single_view)
    return OnnxEmbedder(net, spec, config.run.threads, single_view=single_view)


def embed_samples(
    embedder: Embedder, samples: Sequence[Sample], transform: Transform, config: Config, *, title: str
) -> Features:
    """Return the embeddings ``[N, D]`` of all samples.

    Raises:
        TrainerError: a photo cannot be read (the caller has sorted out those that could not be read before).
    """
    pictures = read_in_parallel([sample.path for sample in samples], transform, config.run.threads)
    rows: list[Features] = []
    done = 0
    with tqdm(total=len(samples), desc=title, unit="photo", disable=None) as bar:
        for positions, images in batches(pictures, config.features.batch_size):
            rows.append(embedder(images))
            done += len(positions)
            bar.update(len(positions))
    if done != len(samples):
        raise TrainerError(
            f"{len(samples) - done} photos that could be read before cannot be read now",
            "Check the drive, then continue with --resume.",
        )
    return np.concatenate(rows)


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
