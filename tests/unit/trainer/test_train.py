"""Training on a tiny model: it learns, it resumes bit for bit, its cache and its run folder are sound."""

import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from tests.unit.trainer.conftest import COLOURS, TinyConfig, draw
from trainer.checkpoint import TrainedModel, load_state, save_state
from trainer.config import load_config
from trainer.data import scan_tree
from trainer.errors import TrainerError
from trainer.features import Embedding, cached, in_onnx_runtime, in_torch
from trainer.loss import IGNORED, targets_of
from trainer.memory import Memory
from trainer.metrics import NONE
from trainer.models import build_model
from trainer.run import RunFolder
from trainer.train import resume, train


def rows(folder: Path) -> list[dict[str, Any]]:
    """The metrics of a run, without the time, which never repeats."""
    lines = (folder / "metrics.jsonl").read_text(encoding="utf-8").splitlines()
    return [{key: value for key, value in json.loads(line).items() if key != "seconds"} for line in lines]


class InterruptedRunError(Exception):
    """Stands for a power failure."""


def interrupt_after(epoch: int) -> Any:
    def hook(row: Mapping[str, Any]) -> None:
        if row["epoch"] == epoch:
            raise InterruptedRunError

    return hook


def test_training_learns_the_colours_and_fills_the_run_folder(tiny_config: TinyConfig, tmp_path: Path) -> None:
    folder = tmp_path / "run"
    model = train(tiny_config("optim.epochs=12"), folder)
    metrics = rows(folder)
    assert [row["epoch"] for row in metrics] == list(range(12))
    assert metrics[-1]["train_loss"] < 0.7 * metrics[0]["train_loss"]
    assert model.notes["val_top1"] > 0.9
    assert {file.name for file in folder.iterdir()} == {
        *("config.toml", "environment.json", "data.json", "metrics.jsonl", "calibration.json"),
        *("last.pt", "best.pt", "model.pt", "features"),
    }
    environment = json.loads((folder / "environment.json").read_text(encoding="utf-8"))
    assert environment["packages"]["torch"] == torch.__version__.split("+")[0]


@pytest.mark.parametrize("stop", [0, 3])
def test_an_interrupted_training_resumes_bit_for_bit(tiny_config: TinyConfig, tmp_path: Path, stop: int) -> None:
    config = tiny_config("model.options.dropout=0.3")
    whole = train(config, tmp_path / "whole")
    with pytest.raises(InterruptedRunError):
        train(config, tmp_path / "parts", interrupt_after(stop))
    parts = resume(tmp_path / "parts")
    assert rows(tmp_path / "parts") == rows(tmp_path / "whole")
    last = [load_state(tmp_path / name / "last.pt") for name in ("whole", "parts")]
    for key, value in last[0]["model"].items():
        assert torch.equal(value, last[1]["model"][key]), key
    for key, value in last[0]["optimizer"]["state"][0].items():
        assert torch.equal(value, last[1]["optimizer"]["state"][0][key]), key
    assert parts.temperature == whole.temperature
    assert parts.thresholds == whole.thresholds
    assert dict(parts.notes) == dict(whole.notes)


def test_resuming_a_finished_run_changes_nothing(tiny_config: TinyConfig, tmp_path: Path) -> None:
    model = train(tiny_config(), tmp_path / "run")
    again = resume(tmp_path / "run")
    assert again.thresholds == model.thresholds
    assert torch.equal(again.net.head.weight, model.net.head.weight)
    assert len(rows(tmp_path / "run")) == 6


@pytest.mark.parametrize("frozen", ["true", "false"])
def test_a_model_remembers_training_photos(tiny_config: TinyConfig, tmp_path: Path, frozen: str) -> None:
    config = tiny_config(f"model.options.frozen={frozen}", "memory.dimensions=8", "memory.photos=5")
    model = train(config, tmp_path / "run")
    assert isinstance(model.net.memory, Memory)
    assert model.net.memory.size.photos == 5
    assert model.notes["memory"] > 0.0
    strength = float(model.net.memory.strength)
    assert strength == pytest.approx(model.temperature * model.notes["memory"], rel=1e-5)
    images = torch.from_numpy(np.random.default_rng(0).integers(0, 256, (4, 32, 32, 3), dtype=np.uint8))
    again = TrainedModel.load(tmp_path / "run" / "model.pt")
    with torch.no_grad():
        probabilities = model.graph()(images)[0]
        assert torch.equal(again.graph()(images)[0], probabilities)
        model.net.memory.strength.fill_(0.0)
        assert not torch.allclose(model.graph()(images)[0].log(), probabilities.log(), atol=0.1)
    # It is chosen after the training, so it can be left out later.
    without = resume(tmp_path / "run", None, ["memory.dimensions=0"])
    assert without.net.memory is None


@pytest.mark.parametrize("frozen", ["true", "false"])
def test_a_finished_run_is_calibrated_again_with_other_limits(
    tiny_config: TinyConfig, tmp_path: Path, frozen: str
) -> None:
    config = tiny_config(f"model.options.frozen={frozen}", "novelty.score='prototype'")
    before = train(config, tmp_path / "run")
    metrics = rows(tmp_path / "run")
    after = resume(tmp_path / "run", None, ["calibration.min_accept=0.97", "novelty.score='energy'"])
    assert after.thresholds.accept >= max(0.97, before.thresholds.accept)
    assert (before.novelty_name, after.novelty_name) == ("prototype", "energy")
    assert load_config(tmp_path / "run" / "config.toml").calibration.min_accept == 0.97
    assert rows(tmp_path / "run") == metrics
    for key, value in before.net.state_dict().items():
        assert torch.equal(value, after.net.state_dict()[key]), key
    with pytest.raises(TrainerError, match="own configuration"):
        resume(tmp_path / "run", None, ["optim.epochs=9"])


def test_an_epoch_that_was_measured_but_not_saved_is_done_again_once(tiny_config: TinyConfig, tmp_path: Path) -> None:
    config = tiny_config()
    train(config, tmp_path / "whole")
    with pytest.raises(InterruptedRunError):
        train(config, tmp_path / "parts", interrupt_after(2))
    RunFolder(tmp_path / "parts").add_metrics({"epoch": 3, "train_loss": 99.0})
    resume(tmp_path / "parts")
    assert rows(tmp_path / "parts") == rows(tmp_path / "whole")


def test_another_seed_gives_another_model(tiny_config: TinyConfig, tmp_path: Path) -> None:
    models = [train(tiny_config(f"run.seed={seed}"), tmp_path / str(seed)) for seed in (1, 2)]
    assert not torch.equal(models[0].net.head.weight, models[1].net.head.weight)


def test_the_best_epoch_is_kept_not_the_last(
    tiny_config: TinyConfig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scores = iter([0.2, 0.9, 0.5, 0.9, 0.1, 0.3])
    monkeypatch.setattr("trainer.validation.mu_ap", lambda *_arguments: next(scores))
    train(tiny_config(), tmp_path / "run")
    assert load_state(tmp_path / "run" / "best.pt")["epoch"] == 1


def test_a_damaged_photo_is_listed_and_the_rest_is_trained_on(
    tiny_config: TinyConfig, photo_tree: Path, tmp_path: Path
) -> None:
    (photo_tree / "train" / "red_rock" / "3.jpg").write_bytes(b"not a photo at all")
    model = train(tiny_config(), tmp_path / "run")
    report = json.loads((tmp_path / "run" / "data.json").read_text(encoding="utf-8"))
    assert [item["photo"] for item in report["unreadable"]] == ["train/red_rock/3.jpg"]
    assert np.load(tmp_path / "run" / "features" / "train_000.npy").shape[0] == 31
    assert model.notes["val_photos"] == 16


def test_max_batches_makes_a_small_run_of_all_landmarks(tiny_config: TinyConfig, tmp_path: Path) -> None:
    model = train(tiny_config("run.max_batches=1", "optim.epochs=1", "optim.warmup_epochs=0"), tmp_path / "run")
    assert np.load(tmp_path / "run" / "features" / "train_000.npy").shape[0] == 8
    assert model.net.head.out_features == 4


def test_landmarks_alone_can_be_trained_without_a_background(
    tiny_config: TinyConfig, photo_tree: Path, tmp_path: Path
) -> None:
    for photo in (photo_tree / "train" / "_none").iterdir():
        photo.unlink()
    model = train(tiny_config(), tmp_path / "run")
    assert model.net.head.out_features == 3
    # Validation photos of no landmark still judge novelty and thresholds.
    assert model.notes["val_background_photos"] == 4
    assert model.novelty_name != "background"
    assert math.isfinite(model.temperature)


def test_training_needs_validation_photos(tiny_config: TinyConfig, photo_tree: Path, tmp_path: Path) -> None:
    (photo_tree / "val").rename(photo_tree / "later")
    with pytest.raises(TrainerError, match="no validation photos"):
        train(tiny_config("data.val_share=0"), tmp_path / "run")


def test_a_run_folder_is_never_trained_over(tiny_config: TinyConfig, tmp_path: Path) -> None:
    config = tiny_config("optim.epochs=1", "optim.warmup_epochs=0")
    train(config, tmp_path / "run")
    with pytest.raises(TrainerError, match="holds a run already"):
        train(config, tmp_path / "run")
    with pytest.raises(TrainerError, match="There is no run"):
        resume(tmp_path / "nothing")


def test_a_finished_model_reads_back_equal(tiny_config: TinyConfig, tmp_path: Path) -> None:
    model = train(tiny_config("model.options.second_view=16"), tmp_path / "run")
    again = TrainedModel.load(tmp_path / "run" / "model.pt")
    images = torch.randint(0, 256, (3, 32, 32, 3), dtype=torch.uint8)
    with torch.no_grad():
        for ours, theirs in zip(model.graph()(images), again.graph()(images), strict=True):
            assert torch.equal(ours, theirs)
    assert (again.landmark_ids, again.thresholds, again.config) == (model.landmark_ids, model.thresholds, model.config)


def test_unfinished_and_foreign_files_are_no_models(tiny_config: TinyConfig, tmp_path: Path) -> None:
    with pytest.raises(InterruptedRunError):
        train(tiny_config(), tmp_path / "run", interrupt_after(1))
    with pytest.raises(TrainerError, match="not a finished model"):
        TrainedModel.load(tmp_path / "run" / "best.pt")
    with pytest.raises(TrainerError, match="There is no checkpoint"):
        TrainedModel.load(tmp_path / "run" / "model.pt")
    (tmp_path / "text.pt").write_text("hello")
    with pytest.raises(TrainerError, match="no checkpoint that can be read"):
        load_state(tmp_path / "text.pt")
    save_state(tmp_path / "old.pt", {"format": 0})
    with pytest.raises(TrainerError, match="another format"):
        load_state(tmp_path / "old.pt")


def test_the_cache_computes_once_per_key(tmp_path: Path) -> None:
    calls: list[int] = []

    def compute() -> np.ndarray:
        calls.append(1)
        return np.full((2, 2), len(calls), dtype=np.float32)

    file = tmp_path / "features" / "x.npy"
    assert cached(file, "a", compute)[0, 0] == 1
    assert cached(file, "a", compute)[0, 0] == 1
    assert cached(file, "b", compute)[0, 0] == 2
    # InterruptedRunError before the key was written.
    file.with_suffix(".key").unlink()
    assert cached(file, "b", compute)[0, 0] == 3


def test_changed_photos_are_computed_anew(tiny_config: TinyConfig, photo_tree: Path, tmp_path: Path) -> None:
    with pytest.raises(InterruptedRunError):
        train(tiny_config(), tmp_path / "run", interrupt_after(0))
    before = np.load(tmp_path / "run" / "features" / "train_000.npy")
    first = scan_tree(photo_tree).splits["train"][0].path
    first.write_bytes((photo_tree / "train" / "red_rock" / "0.jpg").read_bytes())
    resume(tmp_path / "run")
    after = np.load(tmp_path / "run" / "features" / "train_000.npy")
    assert not np.array_equal(before[0], after[0])
    assert np.array_equal(before[1:], after[1:])


@pytest.mark.parametrize("single_view", [True, False])
def test_onnx_runtime_and_pytorch_compute_the_same_features(tiny_config: TinyConfig, single_view: bool) -> None:
    spec = tiny_config().input.spec()
    net = build_model("tiny", {"second_view": 16}, 4, spec)
    images = np.random.default_rng(0).integers(0, 256, (5, 32, 32, 3), dtype=np.uint8)
    ours = in_torch(Embedding(net, single_view))(images)
    theirs = in_onnx_runtime(Embedding(net, single_view), spec, 1)(images)
    assert ours.shape == theirs.shape == (5, 12)
    assert np.allclose(ours, theirs, atol=1e-4)


def test_photos_of_no_landmark_are_the_last_class_or_ignored() -> None:
    truth = np.array([0, NONE, 2])
    assert targets_of(truth, 3, 4).tolist() == [0, 3, 2]
    assert targets_of(truth, 3, 3).tolist() == [0, IGNORED, 2]


def test_the_run_folder_keeps_the_resolved_configuration(tiny_config: TinyConfig, tmp_path: Path) -> None:
    config = tiny_config("optim.epochs=1", "optim.warmup_epochs=0")
    train(config, tmp_path / "run")
    assert load_config(tmp_path / "run" / "config.toml") == config


@pytest.mark.parametrize("frozen", ["true", "false"])
def test_landmarks_of_small_photos_are_judged_by_the_second_view(
    tiny_config: TinyConfig, photo_tree: Path, tmp_path: Path, frozen: str
) -> None:
    config = tiny_config(
        "model.options.second_view=16",
        f"model.options.frozen={frozen}",
        "optim.learning_rate=0.01",
        "calibration.second_view_share=0.25",
        "calibration.second_view_share_small=1.0",
    )
    # The drawn photos have 48 pixels; larger ones make two of three landmarks sharp.
    for folder in ("blue_lagoon", "green_hill"):
        for photo in (photo_tree / "train" / folder).iterdir():
            draw(photo, COLOURS[folder], seed=int(photo.stem), size=(90, 80))
    model = train(config, tmp_path / "run")
    report = json.loads((tmp_path / "run" / "data.json").read_text(encoding="utf-8"))
    assert report["landmarks_of_small_photos"] == ["red_rock"]
    weight = model.net.head.weight.detach()
    first, second = weight.chunk(2, dim=1)
    assert bool((first[2] == 0.0).all()), "red_rock is judged in 16 pixels alone"
    assert torch.allclose(first[:2], 3 * second[:2], atol=1e-6)
    again = TrainedModel.load(tmp_path / "run" / "model.pt")
    images = torch.randint(0, 256, (3, 32, 32, 3), dtype=torch.uint8)
    with torch.no_grad():
        for ours, theirs in zip(model.graph()(images), again.graph()(images), strict=True):
            assert torch.equal(ours, theirs)
