"""One batch by heart: a sound model learns it, a broken one is found out, and the command says so."""

from pathlib import Path

import pytest

from tests.unit.trainer.conftest import TinyConfig, tiny_settings
from trainer.cli import main
from trainer.errors import TrainerError
from trainer.overfit import overfit_one_batch

WHOLE = ("model.options.frozen=false", "optim.learning_rate=0.01")


def test_a_sound_model_learns_a_batch_by_heart(tiny_config: TinyConfig) -> None:
    report = overfit_one_batch(tiny_config(*WHOLE, "model.options.dropout=0.5", "optim.label_smoothing=0.3"), 150)
    assert len(report.losses) == 150
    assert (report.right, report.photos) == (8, 8)
    assert report.learned


def test_a_model_that_hardly_moves_is_found_out(tiny_config: TinyConfig) -> None:
    report = overfit_one_batch(tiny_config(*WHOLE, "optim.learning_rate=1e-9"), 10)
    assert not report.learned


def test_photos_that_cannot_be_read_are_said(tiny_config: TinyConfig, photo_tree: Path) -> None:
    for photo in (photo_tree / "train").rglob("*.jpg"):
        photo.write_bytes(b"no photo")
    with pytest.raises(TrainerError, match="None of the photos"):
        overfit_one_batch(tiny_config(*WHOLE), 10)


def test_the_command_prints_the_way_down_and_fails_where_nothing_is_learned(
    photo_tree: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = [word for setting in (*tiny_settings(), *WHOLE) for word in ("--set", setting)]
    words = ["overfit", "--data", str(photo_tree), *settings]
    assert main([*words, "--steps", "150"]) == 0
    shown = capsys.readouterr().out
    assert "step    0: loss" in shown
    assert "8 of 8 photos are known by heart" in shown
    assert main([*words, "--learning-rate", "1e-9", "--steps", "5"]) == 1
    assert "has not learned" in capsys.readouterr().err
    assert main([*words, "--steps", "1"]) == 1
