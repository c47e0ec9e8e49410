"""Whether an int8 or fp16 form is worth shipping: how it is compared, and what is said about it."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from landmark_desktop.core.guess import Thresholds
from landmark_desktop.core.preprocess import InputSpec
from tests.bundles import COLOURS, GREY, SIDE, colour_picture, model_bytes
from trainer import variants
from trainer.data import Sample
from trainer.metrics import NONE
from trainer.variants import ROUNDS, Comparison, Forms, compare, speed

SPEC = InputSpec(SIDE, SIDE, SIDE)
THRESHOLDS = Thresholds(0.5, 0.1, 0.0, 0.9)
GOOD = Comparison(
    photos=100,
    top1=0.95,
    top1_fp32=0.954,
    largest_difference=0.1,
    mean_difference=0.01,
    precision=0.99,
    precision_fp32=0.992,
    same_verdict=0.99,
    none_accepted=1,
    none_accepted_fp32=1,
    speed=1.8,
    size_mb=4.0,
)


@pytest.fixture
def wanted(tmp_path: Path) -> Forms:
    """Two photos of each landmark, and two of none."""
    samples = []
    for index, colour in enumerate((*COLOURS.values(), GREY)):
        for number in range(2):
            file = tmp_path / f"{index}-{number}.png"
            colour_picture(colour, seed=number).save(file)
            samples.append(Sample(file, index if index < 3 else NONE))
    (tmp_path / "broken.jpg").write_bytes(b"\xff\xd8\xff")
    samples.insert(3, Sample(tmp_path / "broken.jpg", 0))
    return Forms(("int8",), samples, samples, threads=1)


def write(file: Path, data: bytes) -> Path:
    file.write_bytes(data)
    return file


def test_a_form_that_answers_the_same_has_no_drop(wanted: Forms, tmp_path: Path) -> None:
    files = [write(tmp_path / name, model_bytes()) for name in ("a.onnx", "b.onnx")]
    found = compare(*files, "int8", spec=SPEC, thresholds=THRESHOLDS, wanted=wanted)
    assert (found.photos, found.top1, found.drop) == (8, 1.0, 0.0)  # the broken photo is passed over
    assert (found.largest_difference, found.same_verdict) == (0.0, 1.0)
    assert found.none_accepted == found.none_accepted_fp32 == 0
    assert found.speed is not None
    assert found.speed > 0.0
    assert found.size_mb == files[1].stat().st_size / 1e6


def test_a_form_that_has_forgotten_is_noticed(wanted: Forms, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = [write(tmp_path / name, model_bytes()) for name in ("a.onnx", "b.onnx")]
    runner = variants._runner

    def forgetful(file: Path, provider: str, threads: int) -> variants.Runner:
        run = runner(file, provider, threads)
        if file.name == "a.onnx":
            return run
        return lambda images: [np.roll(run(images)[0], 1, axis=1), np.zeros(len(images), np.float32)]

    monkeypatch.setattr(variants, "_runner", forgetful)
    found = compare(*files, "int8", spec=SPEC, thresholds=THRESHOLDS, wanted=wanted)
    assert (found.top1_fp32, found.top1, found.drop) == (1.0, 0.0, 1.0)
    assert found.largest_difference > 0.5
    assert (found.precision_fp32, found.precision) == (1.0, 0.0)
    assert any("top-1 falls by 100.00 points" in text for text in found.shortcomings())


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, []),
        ({"top1": 0.948}, ["top-1 falls by 0.60 points (limit 0.5)"]),
        ({"precision": 0.98}, ["the precision of landmark verdicts falls by 1.20 points (limit 0.5)"]),
        ({"precision": float("nan")}, []),
        ({"speed": 1.29}, ["it is 1.29 times as fast as fp32 (limit 1.3)"]),
        ({"speed": None}, ["its speed cannot be measured, because this machine has no CUDA"]),
        (
            {"top1": 0.9, "speed": 1.0},
            ["top-1 falls by 5.40 points (limit 0.5)", "it is 1.00 times as fast as fp32 (limit 1.3)"],
        ),
    ],
)
def test_what_is_not_worth_it_says_why(changes: dict[str, float], said: list[str]) -> None:
    assert replace(GOOD, **changes).shortcomings() == said  # type: ignore[arg-type]  # parametrised


class Clock:
    """A clock that runs only while a model does, five times as far in every other round."""

    def __init__(self) -> None:
        self.now = 0.0
        self.calls = 0

    def __call__(self) -> float:
        return self.now

    def runner(self, seconds: float) -> variants.Runner:
        def run(_images: np.ndarray) -> list[np.ndarray]:
            busy = 5.0 if self.calls // 2 % 2 else 1.0  # another program, which slows both of a round
            self.calls += 1
            self.now += seconds * busy
            return []

        return run


def test_speed_is_measured_in_alternating_rounds_that_other_programs_slow_alike() -> None:
    clock = Clock()
    ratio = speed(clock.runner(2.0), clock.runner(1.0), [np.zeros((1, 1, 1, 3), np.uint8)], clock)
    assert ratio == pytest.approx(2.0)
    assert clock.calls == 2 * (ROUNDS + 1)


def test_photos_that_cannot_be_compared_are_refused(wanted: Forms, tmp_path: Path) -> None:
    files = [write(tmp_path / name, model_bytes()) for name in ("a.onnx", "b.onnx")]
    broken = [sample for sample in wanted.val if sample.path.name == "broken.jpg"]
    with pytest.raises(ValueError, match="can be read"):
        compare(*files, "int8", spec=SPEC, thresholds=THRESHOLDS, wanted=replace(wanted, val=broken))
    strangers = [sample for sample in wanted.val if sample.landmark == NONE]
    with pytest.raises(ValueError, match="shows a landmark"):
        compare(*files, "int8", spec=SPEC, thresholds=THRESHOLDS, wanted=replace(wanted, val=strangers))


def test_without_cuda_fp16_is_compared_but_not_timed(
    wanted: Forms, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(variants, "_has", lambda provider: provider == variants.PROVIDERS["int8"])
    files = [write(tmp_path / name, model_bytes()) for name in ("a.onnx", "b.onnx")]
    found = compare(*files, "fp16", spec=SPEC, thresholds=THRESHOLDS, wanted=wanted)
    assert (found.top1, found.speed) == (1.0, None)


def test_a_providers_absence_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    import onnxruntime

    assert variants._has("CPUExecutionProvider")
    monkeypatch.setattr(onnxruntime, "get_available_providers", lambda: ["CPUExecutionProvider"])
    assert not variants._has("CUDAExecutionProvider")


def test_files_are_named_after_the_fp32_model() -> None:
    assert (variants.file_name("int8"), variants.file_name("fp16")) == ("model_int8.onnx", "model_fp16.onnx")
