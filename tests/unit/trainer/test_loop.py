"""The training loop on a tiny network: it learns, resumes bit for bit, thaws, averages, stops early, and does the same
in two processes as in one."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import torch

from tests.unit.trainer.conftest import TinyConfig
from trainer.checkpoint import load_state
from trainer.config import Config
from trainer.errors import TrainerError
from trainer.models import LandmarkNet, build_model
from trainer.train import resume, train

WHOLE = ("model.options.frozen=false", "optim.learning_rate=0.01")


class InterruptedRunError(Exception):
    """Stands for a power failure."""


def interrupt_after(epoch: int) -> Any:
    def hook(row: Mapping[str, Any]) -> None:
        if row["epoch"] == epoch:
            raise InterruptedRunError

    return hook


def rows(folder: Path) -> list[dict[str, Any]]:
    """The metrics of a run, without the time, which never repeats."""
    lines = (folder / "metrics.jsonl").read_text(encoding="utf-8").splitlines()
    return [{key: value for key, value in json.loads(line).items() if key != "seconds"} for line in lines]


def starting_net(config: Config) -> LandmarkNet:
    return build_model(config.model.name, config.model.options, 4, config.input.spec())


def test_the_whole_network_learns_the_colours(tiny_config: TinyConfig, tmp_path: Path) -> None:
    config = tiny_config(*WHOLE, "optim.epochs=10")
    model = train(config, tmp_path / "run")
    metrics = rows(tmp_path / "run")
    assert metrics[-1]["train_loss"] < 0.7 * metrics[0]["train_loss"]
    assert model.notes["val_top1"] > 0.9
    before, after = starting_net(config).state_dict(), model.net.state_dict()
    assert not torch.equal(before["backbone.conv.weight"], after["backbone.conv.weight"])


@pytest.mark.parametrize(
    "more",
    [
        (),
        ("optim.ema_decay=0.9", "model.options.dropout=0.3", "optim.clip_norm=1"),
        ("optim.schedule=plateau", "optim.plateau_patience=1", "optim.optimizer=sgd"),
    ],
    ids=["plain", "moving average and dropout", "plateau with SGD"],
)
def test_an_interrupted_training_resumes_bit_for_bit(
    tiny_config: TinyConfig, tmp_path: Path, more: tuple[str, ...]
) -> None:
    config = tiny_config(*WHOLE, *more)
    whole = train(config, tmp_path / "whole")
    with pytest.raises(InterruptedRunError):
        train(config, tmp_path / "parts", interrupt_after(2))
    parts = resume(tmp_path / "parts")
    assert rows(tmp_path / "parts") == rows(tmp_path / "whole")
    states = [load_state(tmp_path / name / "last.pt") for name in ("whole", "parts")]
    for part in ("net", "model"):
        for key, value in states[0][part].items():
            assert torch.equal(value, states[1][part][key]), key
    assert parts.thresholds == whole.thresholds
    assert parts.temperature == whole.temperature


def test_the_backbone_waits_for_its_epoch(tiny_config: TinyConfig, tmp_path: Path) -> None:
    config = tiny_config(*WHOLE, "finetune.head_epochs=2", "optim.epochs=3")
    with pytest.raises(InterruptedRunError):
        train(config, tmp_path / "run", interrupt_after(1))
    start = starting_net(config).state_dict()["backbone.conv.weight"]
    assert torch.equal(load_state(tmp_path / "run" / "last.pt")["net"]["backbone.conv.weight"], start)
    resume(tmp_path / "run")
    assert not torch.equal(load_state(tmp_path / "run" / "last.pt")["net"]["backbone.conv.weight"], start)


def test_frozen_stages_never_change(tiny_config: TinyConfig, tmp_path: Path) -> None:
    config = tiny_config(*WHOLE, "finetune.frozen_stages=1")
    model = train(config, tmp_path / "run")
    key = "backbone.conv.weight"
    assert torch.equal(model.net.state_dict()[key], starting_net(config).state_dict()[key])
    assert not torch.equal(model.net.head.weight, starting_net(config).head.weight)


def test_the_moving_average_is_what_is_kept(tiny_config: TinyConfig, tmp_path: Path) -> None:
    model = train(tiny_config(*WHOLE, "optim.ema_decay=0.99"), tmp_path / "run")
    best = load_state(tmp_path / "run" / "best.pt")
    assert torch.equal(model.net.head.weight, best["model"]["head.weight"])
    assert not torch.equal(best["model"]["head.weight"], best["net"]["head.weight"])


def test_training_ends_when_the_validation_loss_rises_no_more(tiny_config: TinyConfig, tmp_path: Path) -> None:
    # At such a rate the loss cannot keep falling.
    config = tiny_config(*WHOLE, "optim.learning_rate=3.0", "optim.epochs=40", "optim.early_stopping=2")
    train(config, tmp_path / "run")
    losses = [row["val_loss"] for row in rows(tmp_path / "run")]
    assert len(losses) < 40
    assert min(losses[-2:]) >= min(losses[:-2])


def test_validation_can_be_rare_and_comes_at_the_end(tiny_config: TinyConfig, tmp_path: Path) -> None:
    train(tiny_config(*WHOLE, "optim.validate_every=4"), tmp_path / "run")
    assert [row["epoch"] for row in rows(tmp_path / "run") if "val_top1" in row] == [3, 5]


def test_mixed_precision_on_the_cpu_learns_too(tiny_config: TinyConfig, tmp_path: Path) -> None:
    train(tiny_config(*WHOLE, "optim.mixed_precision=on", "optim.epochs=8"), tmp_path / "run")
    metrics = rows(tmp_path / "run")
    assert metrics[-1]["train_loss"] < 0.8 * metrics[0]["train_loss"]


def test_outlier_exposure_needs_no_class_of_its_own(tiny_config: TinyConfig, tmp_path: Path) -> None:
    model = train(tiny_config(*WHOLE, "optim.background_loss=uniform"), tmp_path / "run")
    assert model.net.head.out_features == 3


def test_a_loss_that_is_no_number_ends_the_training_with_advice(tiny_config: TinyConfig, tmp_path: Path) -> None:
    config = tiny_config(*WHOLE, "optim.optimizer=sgd", "optim.learning_rate=1e30", "optim.warmup_epochs=0")
    with pytest.raises(TrainerError, match="no number") as caught:
        train(config, tmp_path / "run")
    assert "learning_rate" in caught.value.remedy


def test_training_on_small_views_and_testing_on_whole_ones(tiny_config: TinyConfig, tmp_path: Path) -> None:
    train(tiny_config(*WHOLE, "finetune.first_size=16", "optim.epochs=4"), tmp_path / "run")
    assert [row["size"] for row in rows(tmp_path / "run")] == [16, 24, 32, 32]


SCRIPT = """
import sys
from pathlib import Path
from tests.unit.trainer import conftest  # registers the tiny model
from trainer.config import load_config
from trainer.train import train
train(load_config(Path(sys.argv[1]), sys.argv[3:]), Path(sys.argv[2]))
"""


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def test_two_processes_take_the_same_steps_as_one_with_the_doubled_batch(
    tiny_config: TinyConfig, tmp_path: Path
) -> None:
    """The environment variables are those that ``torchrun --nproc-per-node 2`` sets."""
    from trainer.config import to_toml

    config = tiny_config(*WHOLE, "optim.epochs=3", "optim.ema_decay=0.9", "run.device=cpu")
    file = tmp_path / "config.toml"
    file.write_text(to_toml(config), encoding="utf-8")
    script = tmp_path / "start.py"
    script.write_text(SCRIPT, encoding="utf-8")
    base = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3]), "OMP_NUM_THREADS": "1"}
    port = str(free_port())
    shared = {"WORLD_SIZE": "2", "LOCAL_WORLD_SIZE": "2", "MASTER_ADDR": "127.0.0.1", "MASTER_PORT": port}
    processes = [
        subprocess.Popen(
            [sys.executable, str(script), str(file), str(tmp_path / "two"), "optim.batch_size=4"],
            env={**base, **shared, "RANK": str(rank), "LOCAL_RANK": str(rank)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for rank in range(2)
    ]
    outputs = [process.communicate(timeout=120)[0] for process in processes]
    assert [process.returncode for process in processes] == [0, 0], outputs
    train(config, tmp_path / "one")
    one, two = rows(tmp_path / "one"), rows(tmp_path / "two")
    assert len(one) == len(two) == 3
    for alone, together in zip(one, two, strict=True):
        assert together["train_loss"] == pytest.approx(alone["train_loss"], rel=1e-4)
        assert together["val_loss"] == pytest.approx(alone["val_loss"], rel=1e-4)
        assert together["train_top1"] == alone["train_top1"]
