"""The int8 and fp16 forms of a bundle's model: made, compared with the fp32 model on validation photos, and shipped
only where they are worth it."""

import statistics
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from landmark_desktop.core.bundle import MODEL_NAME
from landmark_desktop.core.guess import Thresholds
from landmark_desktop.core.preprocess import InputSpec, UInt8Array
from trainer.data import Sample, batches, evenly, read_in_parallel
from trainer.metrics import NONE, Ints
from trainer.quantise import CALIBRATION_PHOTOS, halve, quantise
from trainer.runtime import CPU, open_session
from trainer.thresholds import Answered
from trainer.transforms import EvalTransform

MAX_DROP = 0.005
"""By how much top-1, and the precision of the verdict `landmark`, may fall."""
MIN_SPEED = 1.3
"""Smallest speed against the fp32 model."""
BATCH_SIZE = 4
ROUNDS = 9
BATCHES_A_ROUND = 4
PROVIDERS = {"int8": CPU, "fp16": "CUDAExecutionProvider"}
"""Where each form is meant to run; the app chooses the same way (``inference.session.precision_for``)."""


def file_name(precision: str) -> str:
    """The name of a form's file in the bundle."""
    stem, dot, suffix = MODEL_NAME.partition(".")
    return f"{stem}_{precision}{dot}{suffix}"


@dataclass(frozen=True)
class Comparison:
    """A form against the fp32 model on ``photos`` validation photos, with the bundle's thresholds.

    ``top1`` and ``top1_fp32`` are of the photos of landmarks; ``largest_difference`` and ``mean_difference`` are of the
    probabilities of a photo (its largest); ``precision`` and ``precision_fp32`` are the right ones among the photos
    with the verdict `landmark` (NaN without any); ``same_verdict`` is the share of photos to which it is given by both
    or by neither; ``none_accepted`` and ``none_accepted_fp32`` are the photos of none that get it.
    ``speed`` is the median over alternating rounds of the fp32 model's time by this one's, None where the provider it
    is meant for is not there.
    """

    photos: int
    top1: float
    top1_fp32: float
    largest_difference: float
    mean_difference: float
    precision: float
    precision_fp32: float
    same_verdict: float
    none_accepted: int
    none_accepted_fp32: int
    speed: float | None
    size_mb: float

    @property
    def drop(self) -> float:
        """By how much top-1 falls."""
        return self.top1_fp32 - self.top1

    def shortcomings(self) -> list[str]:
        """Why this form should not ship, as texts; empty where it should."""
        found = []
        if self.drop > MAX_DROP:
            found.append(f"top-1 falls by {100 * self.drop:.2f} points (limit {100 * MAX_DROP:.1f})")
        lost = self.precision_fp32 - self.precision
        if lost > MAX_DROP:
            found.append(
                f"the precision of landmark verdicts falls by {100 * lost:.2f} points (limit {100 * MAX_DROP:.1f})"
            )
        if self.speed is None:
            found.append("its speed cannot be measured, because this machine has no CUDA")
        elif self.speed < MIN_SPEED:
            found.append(f"it is {self.speed:.2f} times as fast as fp32 (limit {MIN_SPEED})")
        return found

    def document(self) -> dict[str, Any]:
        """For the bundle's metrics."""
        return {**asdict(self), "top1_drop": self.drop}


@dataclass(frozen=True)
class Forms:
    """Which forms are wanted: ``precisions`` of ``int8`` and ``fp16``; the training and validation photos they are
    made and judged with; ``keep`` ships also those that are not worth it; ``threads`` as everywhere."""

    precisions: tuple[str, ...]
    train: Sequence[Sample]
    val: Sequence[Sample]
    keep: bool = False
    threads: int = 0


def make(precision: str, model: Path, target: Path, spec: InputSpec, wanted: Forms) -> None:
    """Write one form of the fp32 ``model``. int8 is calibrated on up to ``CALIBRATION_PHOTOS`` of the training photos,
    evenly chosen, so that the same photos give the same model.

    Raises:
        TrainerError: the model has no convolutions.
    """
    if precision == "fp16":
        halve(model, target)
        return
    quantise(
        model,
        target,
        (images for _, images in pictures_of(evenly(wanted.train, CALIBRATION_PHOTOS), spec, wanted.threads)),
    )


def pictures_of(photos: Sequence[Sample], spec: InputSpec, threads: int) -> Iterator[tuple[list[int], UInt8Array]]:
    """Yield readable photos as the model's input, by batch, with their positions."""
    transform = EvalTransform(spec)
    reading = read_in_parallel([photo.path for photo in photos], lambda _index, image: transform(image), threads)
    return batches(reading, BATCH_SIZE)


def compare(
    fp32: Path, form: Path, precision: str, *, spec: InputSpec, thresholds: Thresholds, wanted: Forms
) -> Comparison:
    """Compare a form with the fp32 model on validation photos. What it answers is compared on the provider it is meant
    for, on the CPU where that is missing.

    Raises:
        ValueError: none of the photos can be read, or none shows a landmark.
    """
    provider = PROVIDERS[precision]
    here = _has(provider)
    runners = [_runner(file, provider if here else CPU, wanted.threads) for file in (fp32, form)]
    answers: list[list[list[np.ndarray]]] = [[], []]
    kept: list[int] = []
    some: list[UInt8Array] = []
    for positions, images in pictures_of(wanted.val, spec, wanted.threads):
        kept.extend(positions)
        if len(some) < BATCHES_A_ROUND:
            some.append(images)
        for index, run in enumerate(runners):
            answers[index].append(run(images))
    if not kept:
        raise ValueError("none of the photos can be read")
    truth = np.array([wanted.val[position].landmark for position in kept])
    full, small = (_answered(parts, truth) for parts in answers)
    shown = truth != NONE
    if not shown.any():
        raise ValueError("none of the photos shows a landmark")
    accepted = [answered.accepted(thresholds) for answered in (full, small)]
    differences = np.abs(full.probabilities - small.probabilities).max(axis=1)
    right = [each.probabilities.argmax(axis=1) == truth for each in (full, small)]
    top1 = [float(each[shown].mean()) for each in right]
    right_share = [
        float(each[with_verdict].mean()) if with_verdict.any() else float("nan")
        for each, with_verdict in zip(right, accepted, strict=True)
    ]
    return Comparison(
        photos=len(truth),
        top1=top1[1],
        top1_fp32=top1[0],
        largest_difference=float(differences.max()),
        mean_difference=float(differences.mean()),
        precision=right_share[1],
        precision_fp32=right_share[0],
        same_verdict=float((accepted[0] == accepted[1]).mean()),
        none_accepted=int((accepted[1] & ~shown).sum()),
        none_accepted_fp32=int((accepted[0] & ~shown).sum()),
        speed=speed(runners[0], runners[1], some) if here else None,
        size_mb=form.stat().st_size / 1e6,
    )


Runner = Callable[[UInt8Array], list[np.ndarray]]
"""From pictures ``[n, H, W, 3]`` to probabilities ``[n, C]`` and novelty ``[n]``."""


def _has(provider: str) -> bool:
    """True if a provider really loads: ONNX Runtime lists CUDA wherever its GPU build is installed."""
    import onnxruntime
    from onnx import TensorProto, helper

    if provider not in onnxruntime.get_available_providers():
        return False
    if provider == CPU:
        return True
    value = [helper.make_tensor_value_info(name, TensorProto.FLOAT, [1]) for name in ("x", "y")]
    graph = helper.make_graph([helper.make_node("Relu", ["x"], ["y"])], "probe", value[:1], value[1:])
    probe = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=10)
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 4  # the reasons why it does not load
    # What is missing is said by the default logger, in red; here it is an answer and not an error.
    onnxruntime.set_default_logger_severity(4)
    try:
        session = onnxruntime.InferenceSession(probe.SerializeToString(), options, providers=[provider])
    finally:
        onnxruntime.set_default_logger_severity(2)  # ONNX Runtime's own default: warnings
    return provider in session.get_providers()


def _runner(file: Path, provider: str, threads: int) -> Runner:
    session = open_session(file.read_bytes(), threads, provider)

    def run(images: UInt8Array) -> list[np.ndarray]:
        answers: list[np.ndarray] = session.run(["probabilities", "novelty"], {"images": images})
        return answers

    return run


def _answered(parts: Iterable[list[np.ndarray]], truth: Ints) -> Answered:
    probabilities, novelty = (np.concatenate(output) for output in zip(*parts, strict=True))
    return Answered(probabilities, novelty, truth, np.zeros(len(truth), dtype=bool))


def speed(
    slow: Runner, fast: Runner, pictures: Sequence[UInt8Array], clock: Callable[[], float] = time.perf_counter
) -> float:
    """Return how many times as fast ``fast`` is: the median of the ratios of ``ROUNDS`` rounds, in each of which both
    see the same pictures one after the other. Other programs slow both of a round alike, and the median passes over the
    rounds where they do not."""
    ratios = []
    for number in range(ROUNDS + 1):
        seconds = []
        # Each is first in every other round, so that neither always finds the memory warm.
        for run in (slow, fast) if number % 2 else (fast, slow):
            began = clock()
            for images in pictures:
                run(images)
            seconds.append(clock() - began)
        if number:  # the first round warms up
            ratios.append(seconds[0] / seconds[1] if number % 2 else seconds[1] / seconds[0])
    return statistics.median(ratios)
