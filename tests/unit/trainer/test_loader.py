"""Which photos a process takes in an epoch, and that their views repeat."""

from pathlib import Path

import numpy as np
import pytest
import torch

from landmark_desktop.core.preprocess import InputSpec
from trainer.config import AugmentConfig
from trainer.data import scan_tree
from trainer.errors import TrainerError
from trainer.loader import EpochPlan, training_batches
from trainer.transforms import TrainTransform


def plan(photos: int, batch: int, **more: int) -> EpochPlan:
    return EpochPlan.draw(photos, batch, np.random.default_rng(3), **more)


def test_every_photo_comes_at_most_once_and_batches_are_full() -> None:
    rows = plan(103, 10).rows
    assert rows.shape == (10, 10)
    assert len(set(rows.reshape(-1).tolist())) == 100


def test_processes_share_one_global_batch() -> None:
    whole = plan(103, 20).rows
    parts = [plan(103, 10, rank=rank, size=2) for rank in range(2)]
    for step in range(5):
        together = {int(index) for part in parts for index in part.mine[step]}
        assert together == set(whole[step].tolist())


def test_few_photos_make_one_smaller_batch_and_a_limit_ends_the_epoch() -> None:
    assert plan(7, 32).rows.shape == (1, 7)
    assert plan(7, 32, rank=1, size=2).mine.shape == (1, 3)
    assert plan(100, 10, limit=3).rows.shape == (3, 10)


def test_views_depend_on_seed_epoch_and_photo_alone(photo_tree: Path) -> None:
    samples = scan_tree(photo_tree).splits["train"]
    targets = torch.arange(len(samples))
    transform = TrainTransform(InputSpec(32, 32, 32), AugmentConfig(low_resolution_min_side=16))

    def views(batch: int, threads: int, epoch: int = 0) -> dict[int, bytes]:
        source = training_batches(
            samples, targets, plan(len(samples), batch), transform, seed=1, epoch=epoch, threads=threads
        )
        return {
            int(target): image.numpy().tobytes()
            for images, part in source
            for image, target in zip(images, part, strict=True)
        }

    first = views(8, 1)
    assert len(first) == 32
    assert first == views(4, 3)
    assert first != views(8, 1, epoch=1)


def test_a_photo_that_went_away_is_said(photo_tree: Path) -> None:
    samples = scan_tree(photo_tree).splits["train"]
    samples[5].path.unlink()
    transform = TrainTransform(InputSpec(32, 32, 32), AugmentConfig(low_resolution_min_side=16))
    source = training_batches(
        samples, torch.arange(len(samples)), plan(len(samples), 8), transform, seed=1, epoch=0, threads=1
    )
    with pytest.raises(TrainerError, match="cannot be read now"):
        list(source)
