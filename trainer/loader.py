"""Batches of training views: which photos, in which order, by which process, drawn by how many threads."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image
from torch import Tensor, from_numpy

from landmark_desktop.core.errors import PhotoError
from landmark_desktop.core.preprocess import UInt8Array
from trainer.data import Sample, read_in_parallel
from trainer.errors import TrainerError
from trainer.metrics import Ints
from trainer.transforms import TrainTransform, view_rng


@dataclass(frozen=True, slots=True)
class EpochPlan:
    """The photos of one epoch: positions ``[steps, size · batch]`` in random order. Each step's row is one global
    batch, of which process ``rank`` of ``size`` takes every ``size``-th photo, so that any number of processes takes
    the same steps. The photos that are left over after the last full batch wait for another epoch."""

    rows: Ints
    rank: int
    size: int

    @classmethod
    def draw(
        cls, photos: int, batch: int, rng: np.random.Generator, *, rank: int = 0, size: int = 1, limit: int = 0
    ) -> "EpochPlan":
        """Draw the order. Fewer photos than one global batch make one smaller batch; ``limit`` is the largest number of
        steps (0: no limit)."""
        whole = min(batch * size, photos // size * size)
        steps = photos // whole
        if limit:
            steps = min(steps, limit)
        return cls(rng.permutation(photos)[: steps * whole].reshape(steps, whole), rank, size)

    @property
    def mine(self) -> Ints:
        """This process's positions ``[steps, batch]``."""
        return self.rows[:, self.rank :: self.size]


def training_batches(
    samples: Sequence[Sample],
    targets: Tensor,
    plan: EpochPlan,
    transform: TrainTransform,
    *,
    seed: int,
    epoch: int,
    threads: int,
) -> Iterator[tuple[Tensor, Tensor]]:
    """Yield the views ``[n, H, W, 3]`` (uint8) and targets ``[n]`` of each step. Each view's randomness depends on
    seed, epoch and photo alone.

    Raises:
        TrainerError: a photo that could be read before cannot be read now.
    """
    order = plan.mine.reshape(-1)

    def view(position: int, picture: Image.Image) -> UInt8Array:
        return transform(picture, view_rng(seed, epoch, int(order[position])))

    pictures = read_in_parallel([samples[index].path for index in order.tolist()], view, threads)
    for row in plan.mine:
        views = [_checked(next(pictures)) for _ in row]
        yield from_numpy(np.stack(views)), targets[from_numpy(row)]


def _checked(picture: UInt8Array | PhotoError) -> UInt8Array:
    if isinstance(picture, PhotoError):
        raise TrainerError(
            f"A photo that could be read before cannot be read now: {picture.message}",
            "Check the drive, then continue with --resume.",
        )
    return picture
