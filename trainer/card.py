"""The model card: what a bundle knows, how good it is, what it cannot do, and how it was made, for people."""

import csv
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from landmark_desktop.core.bundle import Manifest
from trainer.errors import TrainerError
from trainer.report.text import percent

PATH_OPTIONS = {
    "--data": "PHOTOS",
    "--landmarks": "LANDMARKS.csv",
    "--run": "RUN",
    "--out": "OUT",
    "--metrics": "METRICS.json",
    "--left-out": "LEFT_OUT.json",
    "--provenance": "PROVENANCE.csv",
    "--checkpoint": "MODEL.pt",
}


def read_provenance(file: Path) -> list[dict[str, Any]]:
    """Summarise a provenance table: landmarks and photos of each collection, most photos first.

    The table is CSV with a row per landmark: ``public_repository``, ``collection``, and the counts in
    ``train``, ``val`` and ``test``.

    Raises:
        TrainerError: the file cannot be read or lacks a column.
    """
    remedy = "The table is CSV with the columns landmark_id, public_repository, collection, train, val and test."
    landmarks: dict[tuple[str, str], set[str]] = defaultdict(set)
    photos: dict[tuple[str, str], int] = defaultdict(int)
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            for row in csv.DictReader(stream):
                key = row["collection"], row["public_repository"]
                landmarks[key].add(row["landmark_id"])
                photos[key] += sum(int(row[split] or 0) for split in ("train", "val", "test"))
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise TrainerError(f"The provenance table {file} cannot be used: {error}", remedy) from error
    return [
        {"collection": key[0], "repository": key[1], "landmarks": len(landmarks[key]), "photos": photos[key]}
        for key in sorted(photos, key=lambda key: (-photos[key], key))
    ]


def without_paths(command: Sequence[str]) -> str:
    """Return a command line for the card, with the values of path options replaced by what they stand for: where
    files lay on one machine helps nobody else."""
    words: list[str] = []
    expected: str | None = None
    for word in command:
        option, equals, _value = word.partition("=")
        if expected is not None:
            words.append(expected)
            expected = None
        elif option in PATH_OPTIONS and equals:
            words.append(f"{option}={PATH_OPTIONS[option]}")
        else:
            words.append(word)
            expected = PATH_OPTIONS.get(word)
    return " ".join(words)


def model_card(manifest: Manifest, commands: Sequence[str]) -> str:
    """Return the card as Markdown."""
    parts = [_head(manifest), _metrics(manifest.metrics), _precisions(manifest.metrics), _limits(manifest)]
    parts.extend([_provenance(manifest.provenance), _making(manifest, commands), _landmarks(manifest)])
    return "\n\n".join(part for part in parts if part) + "\n"


def _head(manifest: Manifest) -> str:
    with_place = sum(landmark.location is not None for landmark in manifest.landmarks)
    spec = manifest.input
    limits = manifest.thresholds
    lines = [
        f"# {manifest.id} {manifest.version}",
        "",
        f"Recognises {len(manifest.landmarks)} landmarks in photos; {with_place} of them have a place that can be "
        "written into metadata.",
        f"Made on {manifest.created:%Y-%m-%d} with landmark-trainer {manifest.trainer_version}. "
        f"Licence of the bundle: {manifest.licence or 'not stated'}.",
        "",
        f"- Architecture: {manifest.architecture}",
        f"- Input: the centre {spec.width}×{spec.height} pixels of the photo, resized to a shorter side of "
        f"{spec.resize_shorter_side} pixels ({spec.interpolation})"
        + (f" and squeezed along the longer side by up to {spec.squeeze:g}" if spec.squeeze > 1.0 else ""),
        f"- Verdict `landmark`: confidence at least {limits.accept:.3f}, margin at least {limits.margin:.2f}, "
        f"novelty at most {limits.novelty_limit:.3f}",
        f"- Verdict `none`: confidence below {limits.reject:.3f}, or novelty above {limits.novelty_limit:.3f}",
    ]
    return "\n".join(lines)


def _metrics(metrics: Mapping[str, Any]) -> str:
    if "top1" not in metrics:
        return ""
    rows = [
        ("top-1 / top-3 / top-5", " / ".join(percent(metrics[key]) for key in ("top1", "top3", "top5"))),
        ("μAP, photos without a landmark included", f"{metrics['mu_ap']:.4f}"),
        ("recall at 99 % precision", percent(metrics["recall_at_99_precision"])),
        ("expected calibration error", f"{metrics['ece']:.4f}"),
        ("photos with verdict `landmark` that are right", percent(metrics["landmark_verdict_precision"])),
        ("photos of landmarks with verdict `landmark`, and right", percent(metrics["landmark_verdict_recall"])),
        ("photos without a landmark with verdict `landmark`", percent(metrics["none_with_landmark_verdict"])),
    ]
    rows.extend(
        (
            f"photos of {row['landmarks']} landmarks left out of a training of the same kind, with verdict `landmark`",
            f"{percent(row['with_landmark_verdict'])} of {row['photos']}",
        )
        for row in metrics.get("left_out", ())
    )
    if metrics.get("km_error"):
        rows.append(("mean distance from guess to truth", f"{metrics['km_error']['mean']:.1f} km"))
    rows.extend(
        (f"top-1, {name} ({group['photos']})", percent(group["top1"])) for name, group in metrics["by_source"].items()
    )
    lines = [
        "## How good it is",
        "",
        f"On {metrics['landmark_photos']} photos of landmarks and {metrics['none_photos']} photos of none of them "
        f"(split `{metrics['split']}`), which it was neither trained nor tuned on:",
        "",
        "| | |",
        "|---|---|",
        *(f"| {name} | {value} |" for name, value in rows),
    ]
    return "\n".join(lines)


def _limits(manifest: Manifest) -> str:
    rows = [row for row in manifest.metrics.get("per_landmark", ()) if row["recall"] is not None]
    weak = sorted(rows, key=lambda row: row["recall"])[:8]
    lines = [
        "## Limits",
        "",
        "- A photo of a landmark that is not on the list should get the verdict `none` or `unsure`; now and then it",
        "  gets the name of a similar one. Review what is written.",
        "- Details, rooms inside and night shots are recognised less often than the usual view from outside.",
    ]
    if weak:
        names = ", ".join(f"{row['id']} ({100 * row['recall']:.0f} %)" for row in weak)
        lines.append(f"- Least often recognised: {names}.")
    return "\n".join(lines)


def _provenance(provenance: Mapping[str, Any]) -> str:
    lines = ["## What it was made from", ""]
    if provenance.get("weights"):
        lines.extend([f"Starting weights: {provenance['weights']}.", ""])
    photos = provenance.get("photos")
    if photos:
        lines.extend(["Photos: " + ", ".join(f"{count} {split}" for split, count in photos.items()) + ".", ""])
    collections = provenance.get("collections") or []
    if collections:
        lines.extend(["| collection | repository | landmarks | photos |", "|---|---|---|---|"])
        lines.extend(
            f"| {row['collection']} | {row['repository']} | {row['landmarks']} | {row['photos']} |"
            for row in collections
        )
        lines.extend(["", "The photos belong to their authors; none is part of the bundle."])
    return "\n".join(lines).rstrip() if len(lines) > 2 else ""


def _making(manifest: Manifest, commands: Sequence[str]) -> str:
    calibration = manifest.calibration
    lines = ["## How it was made", "", "```", *commands, "```"]
    if "temperature" in calibration:
        before, after = calibration["val_ece_before"], calibration["val_ece_after"]
        lines.extend(
            [
                "",
                f"Calibrated on the validation photos: temperature {calibration['temperature']:.3f} "
                f"(expected calibration error {before:.4f} before, {after:.4f} after).",
            ]
        )
    lines.extend(_novelty(manifest.novelty))
    return "\n".join(lines)


def _novelty(novelty: Mapping[str, Any]) -> list[str]:
    none, left_out = novelty.get("novelty_auroc") or {}, novelty.get("novelty_auroc_left_out") or {}
    chosen = novelty.get("novelty")
    if not (none or left_out):
        return []
    lines = [
        "",
        "How well scores tell strangers from known landmarks on the validation photos (AUROC); the bold one is in the",
        "model. A combination is judged by cross-validation.",
        "",
        "| novelty score | photos of none | landmarks left out of training |",
        "|---|---|---|",
    ]
    for name in none or left_out:
        shown = f"**{name}**" if name == chosen else name
        cells = [f"{table[name]:.4f}" if name in table else "–" for table in (none, left_out)]
        lines.append(f"| {shown} | {' | '.join(cells)} |")
    return lines


def _precisions(metrics: Mapping[str, Any]) -> str:
    precisions = metrics.get("precisions") or {}
    if not precisions:
        return ""
    lines = [
        "## Other precisions",
        "",
        "Against the fp32 model, on the validation photos:",
        "",
        "| | top-1 (fp32) | speed against fp32 | right among verdicts `landmark` (fp32) "
        "| photos of none with it (fp32) | part of the bundle |",
        "|---|---|---|---|---|---|",
    ]
    for precision, found in precisions.items():
        speed = "not measured" if found["speed"] is None else f"{found['speed']:.2f}×"
        shipped = "yes" if found["shipped"] else f"no: {' and '.join(found['shortcomings'])}"
        lines.append(
            f"| {precision} | {percent(found['top1'])} ({percent(found['top1_fp32'])}) | {speed} "
            f"| {percent(found['precision'])} ({percent(found['precision_fp32'])}) "
            f"| {found['none_accepted']} ({found['none_accepted_fp32']}) | {shipped} |"
        )
    return "\n".join(lines)


def _landmarks(manifest: Manifest) -> str:
    lines = ["## The landmarks", "", "| id | name | place |", "|---|---|---|"]
    for landmark in manifest.landmarks:
        place = landmark.location.place if landmark.location else "–"
        lines.append(f"| {landmark.id} | {landmark.name} | {place} |")
    return "\n".join(lines)
