"""Mixup and CutMix: what a mixed photo is made of, and that training with them repeats."""

from pathlib import Path

import numpy as np
import pytest
import torch

from tests.unit.trainer.conftest import TinyConfig
from trainer.checkpoint import load_state
from trainer.config import AugmentConfig
from trainer.mixing import mix
from trainer.train import train


def batch() -> torch.Tensor:
    """Eight photos, each of one grey."""
    return (torch.arange(8, dtype=torch.uint8) * 30)[:, None, None, None].expand(8, 20, 30, 3).contiguous()


def always(**alphas: float) -> AugmentConfig:
    return AugmentConfig(mix_probability=1.0, **alphas)


def test_nothing_is_mixed_unless_asked_for() -> None:
    rng = np.random.default_rng(0)
    assert mix(batch(), AugmentConfig(), rng) is None
    assert mix(batch(), AugmentConfig(mixup_alpha=1.0, mix_probability=0.0), rng) is None
    assert mix(batch()[:1], always(mixup_alpha=1.0), rng) is None


@pytest.mark.parametrize("seed", range(5))
def test_mixup_blends_by_the_share(seed: int) -> None:
    images = batch()
    mixed = mix(images, always(mixup_alpha=0.4), np.random.default_rng(seed))
    assert mixed is not None
    expected = mixed.share * images.float() + (1 - mixed.share) * images[mixed.partner].float()
    assert torch.allclose(mixed.images.float(), expected, atol=0.51)


@pytest.mark.parametrize("seed", range(5))
def test_cutmix_takes_a_rectangle_of_the_other_photo(seed: int) -> None:
    images = batch()
    mixed = mix(images, always(cutmix_alpha=1.0), np.random.default_rng(seed))
    assert mixed is not None
    for index, partner in enumerate(mixed.partner.tolist()):
        own = (mixed.images[index] == images[index]).all(dim=-1)
        other = (mixed.images[index] == images[partner]).all(dim=-1)
        assert bool((own | other).all())
        if partner != index:
            assert own.float().mean() == pytest.approx(mixed.share, abs=1e-6)
    assert torch.equal(images, batch()), "the photos themselves stay as they are"


def test_training_with_mixed_photos_learns_and_repeats(tiny_config: TinyConfig, tmp_path: Path) -> None:
    config = tiny_config(
        "model.options.frozen=false",
        "optim.learning_rate=0.01",
        "augment.mixup_alpha=0.4",
        "augment.cutmix_alpha=1.0",
        "optim.epochs=8",
    )
    models = [train(config, tmp_path / name) for name in ("a", "b")]
    assert models[0].notes["val_top1"] > 0.8
    states = [load_state(tmp_path / name / "last.pt")["net"] for name in ("a", "b")]
    assert all(torch.equal(value, states[1][key]) for key, value in states[0].items())
