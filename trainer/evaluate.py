"""Judge a model on photos it has not seen. What is measured is a JSON object; ``trainer.report`` shows it to people."""

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image, UnidentifiedImageError

from landmark_desktop.core.errors import PhotoError
from landmark_desktop.core.guess import Verdict
from trainer.data import DataTree, Sample, landmark_id
from trainer.errors import TrainerError
from trainer.metrics import (
    NONE,
    Floats,
    Ints,
    auroc,
    confusion_matrix,
    distances_km,
    expected_calibration_error,
    first_guess,
    mu_ap,
    precision_recall,
    precision_recall_curve,
    recall_at_precision,
    top_k_accuracy,
    uncalibrated,
)
from trainer.predictor import Predictor, ask
from trainer.small import SMALL_SIDE, is_small, known_from_small_photos
from trainer.thresholds import guesses_of, verdicts_of

Bools = npt.NDArray[np.bool_]
MOST_CONFUSED = 20
"""How many pairs of landmarks the results name."""
TARGET_PRECISION = 0.99


@dataclass(frozen=True)
class Judged:
    """The model's answers on a split. ``samples`` are the readable photos, the arrays are in their order; ``seconds``
    is what reading and asking took together; ``unreadable`` has name and reason of the others."""

    samples: tuple[Sample, ...]
    truth: Ints
    probabilities: Floats
    novelty: Floats
    seconds: float
    unreadable: tuple[tuple[str, str], ...]


def judge(
    predictor: Predictor,
    tree: DataTree,
    split: str,
    *,
    batch_size: int = 4,
    threads: int = 0,
    low_resolution: int | None = None,
) -> Judged:
    """Ask the model about every photo of a split.

    Raises:
        TrainerError: the split has no readable photos, or the tree has a landmark that the model does not know.
    """
    ids = [landmark.id for landmark in predictor.landmarks]
    unknown = [folder for folder in tree.folders if landmark_id(folder) not in ids]
    if unknown:
        raise TrainerError(
            f"The model does not know the landmarks {', '.join(unknown)}",
            f"Remove their folders, or move their photos to {tree.background or '_none'}.",
        )
    index = {NONE: NONE, **{position: ids.index(identifier) for position, identifier in enumerate(tree.landmark_ids)}}
    samples = tree.splits[split]
    errors: dict[Path, PhotoError] = {}
    positions: list[int] = []
    probabilities, novelty = [], []
    began = time.perf_counter()
    asked = ask(
        predictor,
        [sample.path for sample in samples],
        batch_size=batch_size,
        threads=threads,
        low_resolution=low_resolution,
        errors=errors,
    )
    for part, answers in asked:
        positions.extend(part)
        probabilities.append(answers.probabilities)
        novelty.append(answers.novelty)
    seconds = time.perf_counter() - began
    if not positions:
        raise TrainerError(f"There are no readable photos in {tree.root / split}", "Choose another --data or --split.")
    kept = tuple(samples[position] for position in positions)
    return Judged(
        kept,
        np.array([index[sample.landmark] for sample in kept]),
        np.concatenate(probabilities),
        np.concatenate(novelty),
        seconds,
        tuple((tree.relative_name(path), error.message) for path, error in errors.items()),
    )


def measure(judged: Judged, predictor: Predictor) -> dict[str, Any]:
    """Return all metrics of a judged split as a JSON object. Shares are in [0, 1], distances in km."""
    truth, probabilities = judged.truth, judged.probabilities
    guess, confidence = first_guess(probabilities)
    right = guess == truth
    shown = truth != NONE
    verdicts = verdicts_of(guesses_of(probabilities, judged.novelty), predictor.thresholds)
    is_landmark = np.array([verdict is Verdict.LANDMARK for verdict in verdicts])
    photos = int(shown.sum())
    result: dict[str, Any] = {
        "photos": len(truth),
        "landmark_photos": photos,
        "none_photos": int((~shown).sum()),
        "unreadable": [{"photo": name, "reason": reason} for name, reason in judged.unreadable],
        "top1": top_k_accuracy(probabilities, truth, 1),
        "top3": top_k_accuracy(probabilities, truth, 3),
        "top5": top_k_accuracy(probabilities, truth, 5),
        "mu_ap": mu_ap(confidence, right, photos),
        "recall_at_99_precision": recall_at_precision(confidence, right, photos),
        "ece": expected_calibration_error(confidence, right),
        **_before_calibration(judged, predictor),
        "novelty_auroc": auroc(judged.novelty[shown], judged.novelty[~shown]),
        "verdicts": _verdict_counts(verdicts, shown),
        "none_with_landmark_verdict": _share(is_landmark, ~shown),
        "landmark_verdict_precision": _share(right, is_landmark),
        "landmark_verdict_recall": _share(is_landmark & right, shown),
        "operating_points": _operating_points(confidence, right, photos, predictor),
        "photos_per_second": len(truth) / judged.seconds,
    }
    km = distances_km(guess, truth, [landmark.location for landmark in predictor.landmarks])
    if len(km):
        result["km_error"] = {
            "mean": float(km.mean()),
            "median": float(np.median(km)),
            "p95": float(np.quantile(km, 0.95)),
            "within_25_km": float((km <= 25.0).mean()),
        }
    result["by_source"] = _by_source(judged, right)
    result["per_landmark"] = _per_landmark(guess, truth, predictor)
    result["confusions"] = _confusions(guess, truth, predictor)
    return result


def _before_calibration(judged: Judged, predictor: Predictor) -> dict[str, float]:
    """The ECE that the model would have without its calibration, where that is known."""
    known = predictor.calibration
    if known is None:
        return {}
    guess, confidence = first_guess(uncalibrated(judged.probabilities, known.temperature, known.background_bias))
    return {"ece_before": expected_calibration_error(confidence, guess == judged.truth)}


def _operating_points(confidence: Floats, right: Bools, photos: int, predictor: Predictor) -> dict[str, Any]:
    """Precision and recall by confidence alone: at the accept threshold, and at the lowest threshold that reaches
    ``TARGET_PRECISION`` on these very photos (which no one can choose beforehand; it is what the ranking could do)."""
    accept = predictor.thresholds.accept
    above = confidence >= accept
    found = precision_recall_curve(confidence, right, photos).best(TARGET_PRECISION) if photos else None
    return {
        "accept": {
            "threshold": accept,
            "precision": _share(right, above),
            "recall": float((right & above).sum() / photos) if photos else float("nan"),
        },
        "target_precision": found and {"threshold": found[0], "precision": TARGET_PRECISION, "recall": found[1]},
    }


def _confusions(guess: Ints, truth: Ints, predictor: Predictor) -> list[dict[str, Any]]:
    """The wrong pairs among the photos of landmarks that happen more than once, the most frequent first."""
    ids = [landmark.id for landmark in predictor.landmarks]
    matrix = confusion_matrix(guess, truth, len(ids))[:-1]
    np.fill_diagonal(matrix, 0)
    order = np.argsort(-matrix, axis=None, kind="stable")[:MOST_CONFUSED]
    pairs = [divmod(int(position), len(ids)) for position in order]
    return [
        {"shown": ids[shown], "guessed": ids[guessed], "photos": int(matrix[shown, guessed])}
        for shown, guessed in pairs
        if matrix[shown, guessed] > 1
    ]


def _share(chosen: Bools, among: Bools) -> float:
    return float(chosen[among].mean()) if among.any() else float("nan")


def _verdict_counts(verdicts: Sequence[Verdict], shown: Ints) -> dict[str, dict[str, int]]:
    counts = {"landmark_photos": Counter[str](), "none_photos": Counter[str]()}
    for verdict, is_shown in zip(verdicts, shown, strict=True):
        counts["landmark_photos" if is_shown else "none_photos"][verdict.value] += 1
    return {kind: {verdict.value: counter[verdict.value] for verdict in Verdict} for kind, counter in counts.items()}


def _by_source(judged: Judged, right: Bools) -> dict[str, dict[str, Any]]:
    """Top-1 of small photos, of sharp ones, and of the landmarks that are known from small photos or not."""
    shown = judged.truth != NONE
    small = np.array([_small_file(sample.path) for sample in judged.samples])
    of_small = np.isin(judged.truth, list(known_from_small_photos(judged.truth, small)))
    groups = {
        f"photos of at most {SMALL_SIDE} px": shown & small,
        "larger photos": shown & ~small,
        f"landmarks with photos of at most {SMALL_SIDE} px only": of_small,
        "other landmarks": shown & ~of_small,
    }
    return {name: {"photos": int(group.sum()), "top1": _share(right, group)} for name, group in groups.items()}


def _small_file(path: Path) -> bool:
    try:
        with Image.open(path) as image:
            return is_small(image.size)
    except (OSError, UnidentifiedImageError):
        return False


def _per_landmark(guess: Ints, truth: Ints, predictor: Predictor) -> list[dict[str, Any]]:
    rows = []
    for index, landmark in enumerate(predictor.landmarks):
        precision, recall, photos = precision_recall(guess, truth, index)
        rows.append({"id": landmark.id, "photos": photos, "precision": precision, "recall": recall})
    return rows
