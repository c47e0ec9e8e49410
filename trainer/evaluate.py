"""Judge a model on photos it has not seen: the numbers, as a table and as JSON."""

import math
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, UnidentifiedImageError

from landmark_desktop.core.errors import PhotoError
from landmark_desktop.core.guess import Verdict
from trainer.calibrate import guesses_of, verdicts_of
from trainer.data import DataTree, Sample, landmark_id
from trainer.errors import TrainerError
from trainer.metrics import (
    NONE,
    Floats,
    Ints,
    auroc,
    distances_km,
    expected_calibration_error,
    first_guess,
    mu_ap,
    precision_recall,
    recall_at_precision,
    top_k_accuracy,
)
from trainer.predictor import Predictor, ask
from trainer.prepare import SMALL_SIDE, relative_name


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
        tuple((relative_name(tree, path), error.message) for path, error in errors.items()),
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
        "novelty_auroc": auroc(judged.novelty[shown], judged.novelty[~shown]),
        "verdicts": _verdict_counts(verdicts, shown),
        "none_with_landmark_verdict": _share(is_landmark, ~shown),
        "landmark_verdict_precision": _share(right, is_landmark),
        "landmark_verdict_recall": _share(is_landmark & right, shown),
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
    return result


def _share(chosen: Ints, among: Ints) -> float:
    return float(chosen[among].mean()) if among.any() else float("nan")


def _verdict_counts(verdicts: Sequence[Verdict], shown: Ints) -> dict[str, dict[str, int]]:
    counts = {"landmark_photos": Counter[str](), "none_photos": Counter[str]()}
    for verdict, is_shown in zip(verdicts, shown, strict=True):
        counts["landmark_photos" if is_shown else "none_photos"][verdict.value] += 1
    return {kind: {verdict.value: counter[verdict.value] for verdict in Verdict} for kind, counter in counts.items()}


def _by_source(judged: Judged, right: Ints) -> dict[str, dict[str, Any]]:
    """Top-1 of small photos, of sharp ones, and of the landmarks that are known from small photos only or not.

    A landmark counts as small if nine of ten of its photos are.
    """
    shown = judged.truth != NONE
    small = np.array([_is_small(sample.path) for sample in judged.samples])
    small_landmarks = [
        landmark for landmark in np.unique(judged.truth[shown]) if small[judged.truth == landmark].mean() >= 0.9
    ]
    of_small = np.isin(judged.truth, small_landmarks)
    groups = {
        f"photos of at most {SMALL_SIDE} px": shown & small,
        "larger photos": shown & ~small,
        f"landmarks with photos of at most {SMALL_SIDE} px only": of_small,
        "other landmarks": shown & ~of_small,
    }
    return {name: {"photos": int(group.sum()), "top1": _share(right, group)} for name, group in groups.items()}


def _is_small(path: Path) -> bool:
    try:
        with Image.open(path) as image:
            return min(image.size) <= SMALL_SIDE
    except (OSError, UnidentifiedImageError):
        return False


def _per_landmark(guess: Ints, truth: Ints, predictor: Predictor) -> list[dict[str, Any]]:
    rows = []
    for index, landmark in enumerate(predictor.landmarks):
        precision, recall, photos = precision_recall(guess, truth, index)
        rows.append({"id": landmark.id, "photos": photos, "precision": precision, "recall": recall})
    return rows


def percent(value: float | None) -> str:
    """Show a share in percent, a dash where there is none."""
    return "–" if value is None or math.isnan(value) else f"{100 * value:.2f} %"


def table(result: Mapping[str, Any]) -> str:
    """Return the metrics as text for the terminal."""
    verdicts = result["verdicts"]
    lines = [
        f"photos: {result['landmark_photos']} of landmarks, {result['none_photos']} of none"
        + (f", {len(result['unreadable'])} cannot be read" if result["unreadable"] else ""),
        f"top-1 / top-3 / top-5         {' / '.join(percent(result[key]) for key in ('top1', 'top3', 'top5'))}",
        f"μAP                           {result['mu_ap']:.4f}",
        f"recall at 99 % precision      {percent(result['recall_at_99_precision'])}",
        f"ECE                           {result['ece']:.4f}",
        f"novelty AUROC                 {result['novelty_auroc']:.4f}",
        f"verdict landmark: precision   {percent(result['landmark_verdict_precision'])}",
        f"verdict landmark: recall      {percent(result['landmark_verdict_recall'])}",
        f"none with verdict landmark    {percent(result['none_with_landmark_verdict'])}",
    ]
    for kind, name in (
        ("landmark_photos", "verdicts, photos of landmarks"),
        ("none_photos", "verdicts, photos of none"),
    ):
        counts = ", ".join(f"{verdict} {count}" for verdict, count in verdicts[kind].items())
        lines.append(f"{name:<30}{counts}")
    if "km_error" in result:
        km = result["km_error"]
        lines.append(
            f"error in km                   mean {km['mean']:.1f}, median {km['median']:.1f}, 95 % {km['p95']:.1f}, "
            f"within 25 km {percent(km['within_25_km'])}"
        )
    for name, group in result["by_source"].items():
        lines.append(f"top-1, {name}: {percent(group['top1'])} of {group['photos']}")
    lines.append(f"photos per second             {result['photos_per_second']:.1f}")
    lines.append("")
    lines.append(f"{'landmark':<40}{'photos':>8}{'precision':>12}{'recall':>12}")
    for row in sorted(result["per_landmark"], key=lambda row: (row["photos"] > 0, row["recall"], row["id"])):
        lines.append(f"{row['id']:<40}{row['photos']:>8}{percent(row['precision']):>12}{percent(row['recall']):>12}")
    lines.extend(f"cannot be read: {item['photo']} ({item['reason']})" for item in result["unreadable"])
    return "\n".join(lines)
