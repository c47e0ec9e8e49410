"""A bundle of somebody else's runs where it harms nobody first: bombs, crashes and nonsense are refused."""

import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
from onnx import helper, numpy_helper

from landmark_desktop.core.bundle import Bundle, load_bundle
from landmark_desktop.core.errors import BundleError, ErrorCode
from landmark_desktop.core.resources import default_bundle_path
from landmark_desktop.inference import trial
from landmark_desktop.inference.classifier import OnnxClassifier
from landmark_desktop.inference.session import ProviderChoice
from tests.bundles import model_bytes, write_bundle


@pytest.fixture(autouse=True)
def _nothing_was_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trial, "_passed", set())


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The trials that were run."""
    seen: list[Any] = []
    run = subprocess.run

    def spy(command: Any, **options: Any) -> Any:
        seen.append(command)
        return run(command, **options)

    monkeypatch.setattr(subprocess, "run", spy)
    return seen


def refused(bundle: Bundle) -> BundleError:
    with pytest.raises(BundleError) as caught:
        OnnxClassifier(bundle, ProviderChoice.CPU)
    return caught.value


def with_work(nodes: list[onnx.NodeProto], constants: dict[str, np.ndarray], result: str) -> bytes:
    """The small model, whose novelty depends on the number ``result`` of further operators."""
    made = onnx.load_from_string(model_bytes())
    for node in made.graph.node:
        if node.output[0] == "novelty":
            node.output[0] = "plain_novelty"
    made.graph.initializer.extend(numpy_helper.from_array(value, name) for name, value in constants.items())
    made.graph.initializer.append(numpy_helper.from_array(np.array(1e-30, np.float32), "nearly_nothing"))
    made.graph.node.extend(
        [
            *nodes,
            helper.make_node("ReduceMax", [result], ["largest"], keepdims=0),
            helper.make_node("Mul", ["largest", "nearly_nothing"], ["share"]),
            helper.make_node("Add", ["plain_novelty", "share"], ["novelty"]),
        ]
    )
    return bytes(made.SerializeToString())


def doubled(start: str, times: int) -> tuple[list[onnx.NodeProto], str]:
    names = [start, *(f"{start}_{number}" for number in range(times))]
    nodes = [helper.make_node("Concat", [name, name], [after], axis=0) for name, after in pairwise(names)]
    return nodes, names[-1]


def test_a_sound_bundle_is_tried_once(tmp_path: Path, runs: list[Any]) -> None:
    bundle = write_bundle(tmp_path)
    for _ in range(2):
        assert OnnxClassifier(bundle, ProviderChoice.CPU).provider.precision == "fp32"
    assert len(runs) == 1


def test_the_shipped_bundle_is_not_tried(runs: list[Any]) -> None:
    trial.require_trial(load_bundle(default_bundle_path()), "fp32")
    assert runs == []


@pytest.mark.parametrize("start", ["seed", "light"], ids=["constants", "pictures"])
def test_a_memory_bomb_goes_off_elsewhere(tmp_path: Path, start: str) -> None:
    """Thirty operators that double a tensor each: of constants (when the model is loaded) or of the picture."""
    nodes, last = doubled(start, 30)
    constants = {"seed": np.zeros(1024, np.float32)} if start == "seed" else {}
    bundle = write_bundle(tmp_path, with_work(nodes, constants, last))
    error = refused(bundle)
    assert error.code in (ErrorCode.BUNDLE_MODEL, ErrorCode.BUNDLE_UNSAFE)
    assert "alloc" in error.message or "memory" in error.message


def test_a_refused_bundle_is_refused_again(tmp_path: Path, runs: list[Any]) -> None:
    bundle = write_bundle(tmp_path, model_bytes(nan=True))
    assert refused(bundle).message == refused(bundle).message
    assert len(runs) == 2


def test_a_model_that_computes_for_ever_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trial, "TIMEOUT_S", 3.0)
    names = ["grown", *(f"product_{number}" for number in range(2000))]
    nodes = [
        helper.make_node("ReduceMax", ["light"], ["brightest"], keepdims=0),
        helper.make_node("Add", ["matrix", "brightest"], ["grown"]),
        *(helper.make_node("MatMul", [a, "matrix"], [b]) for a, b in pairwise(names)),
    ]
    bundle = write_bundle(tmp_path, with_work(nodes, {"matrix": np.zeros((2000, 2000), np.float32)}, names[-1]))
    error = refused(bundle)
    assert error.code is ErrorCode.BUNDLE_UNSAFE
    assert "more than 3 seconds" in error.message


def test_a_model_that_kills_the_runtime_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    crash = [sys.executable, "-c", "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)"]
    monkeypatch.setattr(trial, "helper_command", lambda *_: crash)
    error = refused(write_bundle(tmp_path))
    assert error.code is ErrorCode.BUNDLE_UNSAFE
    assert "brought ONNX Runtime down (SIGSEGV)" in error.message


def test_a_trial_that_cannot_start_refuses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trial, "helper_command", lambda *_: [str(tmp_path / "no such program")])
    assert "cannot be tried" in refused(write_bundle(tmp_path)).message


def test_answers_that_are_no_numbers_are_refused_before_any_photo_is_asked_about(tmp_path: Path) -> None:
    assert "NaN" in refused(write_bundle(tmp_path, model_bytes(nan=True))).message


def test_answers_that_are_no_probabilities_are_refused(tmp_path: Path) -> None:
    made = onnx.load_from_string(model_bytes())
    for node in made.graph.node:
        node.output[:] = ["small" if name == "probabilities" else name for name in node.output]
    made.graph.node.append(helper.make_node("Add", ["small", "white"], ["probabilities"]))
    assert "no probabilities" in refused(write_bundle(tmp_path, made.SerializeToString())).message


def test_a_bundle_that_changes_between_check_and_trial_is_refused(tmp_path: Path) -> None:
    bundle = write_bundle(tmp_path)
    write_bundle(tmp_path, model_bytes(nan=True))
    with pytest.raises(BundleError) as caught:
        trial.require_trial(bundle, "fp32")
    assert caught.value.code is ErrorCode.BUNDLE_UNREADABLE
    assert "changed while it was read" in caught.value.message


def test_a_name_that_is_no_text_is_no_obstacle(tmp_path: Path) -> None:
    folder = tmp_path / "b\udcffndle"
    try:
        bundle = write_bundle(folder)
    except OSError:
        pytest.skip("this file system only takes names that are text")
    assert OnnxClassifier(bundle, ProviderChoice.CPU).provider.precision == "fp32"
