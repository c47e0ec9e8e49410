"""``landmark-trainer export``."""

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from trainer.card import read_provenance, without_paths
from trainer.commands.source import Source, landmarks_of
from trainer.data import SPLITS
from trainer.errors import TrainerError
from trainer.export import PARITY_PHOTOS, BundleText, export_bundle
from trainer.report.text import percent
from trainer.run import RunFolder
from trainer.sources import tree_of
from trainer.variants import Forms

LEFT_OUT_KEYS = ("photos", "with_landmark_verdict")
"""What a bundle states of a training without some landmarks."""


def export(
    source: Source,
    out: Path,
    *,
    bundle_id: str,
    version: str,
    licence: str,
    landmarks: Path | None,
    metrics: Path | None,
    left_out: Sequence[Path] = (),
    provenance: Path | None,
    data: Path | None,
    precisions: Sequence[str] = (),
    keep: bool = False,
    threads: int = 0,
) -> int:
    """Export a finished model as a bundle, with its int8 and fp16 forms where they are asked for and worth it, and
    print what came out."""
    model = source.model()
    tree = tree_of(model.config.data, data)
    if precisions and tree.landmark_ids != model.landmark_ids:
        raise TrainerError(
            "The photos are not of the landmarks that the model knows",
            "Give --data with the folders that it was trained on: int8 and fp16 are judged with their photos.",
        )
    photos = [sample.path for split in ("val", "train") for sample in tree.splits[split]]
    measured = _read_metrics(metrics) if metrics is not None else {}
    if left_out:
        measured["left_out"] = [_left_out(file) for file in left_out]
    origin: dict[str, Any] = {
        "weights": model.net.weights,
        "photos": {split: len(tree.splits[split]) for split in SPLITS},
        "collections": read_provenance(provenance) if provenance is not None else [],
    }
    commands = _commands_of(source)
    manifest = export_bundle(
        model,
        out,
        text=BundleText(bundle_id, version, licence, origin, commands),
        landmarks=landmarks_of(model, landmarks),
        photos=photos,
        metrics=measured,
        wanted=Forms(tuple(precisions), tree.splits["train"], tree.splits["val"], keep, threads),
    )
    size = sum(file.stat().st_size for file in out.iterdir() if file.is_file()) / 1e6
    worst = manifest.metrics["parity"]["probabilities"]
    print(f"{out}: {len(manifest.landmarks)} landmarks, opset {manifest.models[0].opset}, {size:.1f} MB")
    print(
        f"PyTorch and ONNX Runtime agree to {worst:.1e} on {manifest.metrics['parity_photos']} of at most "
        f"{PARITY_PHOTOS} photos"
    )
    for precision, found in manifest.metrics["precisions"].items():
        print(_comparison_text(precision, found))
    return 0


def _comparison_text(precision: str, found: Mapping[str, Any]) -> str:
    speed = "speed not measured" if found["speed"] is None else f"{found['speed']:.2f} times as fast as fp32"
    text = (
        f"{precision}: {speed}, {found['size_mb']:.1f} MB, top-1 on {found['photos']} validation photos "
        f"{percent(found['top1'])} (fp32 {percent(found['top1_fp32'])}), right among landmark verdicts "
        f"{percent(found['precision'])} (fp32 {percent(found['precision_fp32'])}), photos of none with that verdict "
        f"{found['none_accepted']} (fp32 {found['none_accepted_fp32']})"
    )
    if found["shortcomings"]:
        verb = "kept although" if found["shipped"] else "left out of the bundle, because"
        text += f"\n{precision} is {verb} {' and '.join(found['shortcomings'])}"
    return text


def _read_metrics(file: Path) -> dict[str, Any]:
    remedy = "Make the file with: landmark-trainer evaluate … --out FILE"
    try:
        document = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise TrainerError(f"The metrics {file} cannot be read: {error}", remedy) from error
    if not isinstance(document, dict) or "top1" not in document:
        raise TrainerError(f"{file} holds no metrics", remedy)
    return document


def _left_out(file: Path) -> dict[str, Any]:
    """What another training says of photos of landmarks that it did not know."""
    unknown = _read_metrics(file).get("unknown")
    if not isinstance(unknown, dict):
        raise TrainerError(
            f"{file} says nothing of landmarks that were left out",
            "Make the file with evaluate --run, of a run with data.leave_out.",
        )
    return {"landmarks": len(unknown["per_landmark"]), **{key: unknown[key] for key in LEFT_OUT_KEYS}}


def _commands_of(source: Source) -> list[str]:
    """The command lines that made the model, without the paths of this machine."""
    here = without_paths(["landmark-trainer", *sys.argv[1:]]) if sys.argv[1:2] == ["export"] else ""
    lines = [here] if here else []
    if source.run is not None:
        try:
            environment = json.loads(RunFolder(source.run).environment_file.read_text(encoding="utf-8"))
            lines.insert(0, without_paths(environment["command"]))
        except (OSError, ValueError, KeyError):
            print("The run does not say by which command it was made; the model card will not either.", file=sys.stderr)
    return lines
