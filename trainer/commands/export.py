"""``landmark-trainer export``."""

import json
import sys
from pathlib import Path
from typing import Any

from trainer.card import read_provenance, without_paths
from trainer.commands.source import Source, landmarks_of
from trainer.data import SPLITS, scan_tree
from trainer.errors import TrainerError
from trainer.export import PARITY_PHOTOS, BundleText, export_bundle
from trainer.run import RunFolder


def export(
    source: Source,
    out: Path,
    *,
    bundle_id: str,
    version: str,
    licence: str,
    landmarks: Path | None,
    metrics: Path | None,
    provenance: Path | None,
    data: Path | None,
) -> int:
    """Export a finished model as a bundle and print where it is."""
    model = source.model()
    tree = scan_tree(data or Path(model.config.data.root), model.config.data.background)
    photos = [sample.path for split in ("val", "train") for sample in tree.splits[split]]
    measured = _read_metrics(metrics) if metrics is not None else {}
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
    )
    size = sum(file.stat().st_size for file in out.iterdir() if file.is_file()) / 1e6
    worst = manifest.metrics["parity"]["probabilities"]
    print(f"{out}: {len(manifest.landmarks)} landmarks, opset {manifest.models[0].opset}, {size:.1f} MB")
    print(
        f"PyTorch and ONNX Runtime agree to {worst:.1e} on {manifest.metrics['parity_photos']} of at most "
        f"{PARITY_PHOTOS} photos"
    )
    return 0


def _read_metrics(file: Path) -> dict[str, Any]:
    remedy = "Make the file with: landmark-trainer evaluate … --out FILE"
    try:
        document = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise TrainerError(f"The metrics {file} cannot be read: {error}", remedy) from error
    if not isinstance(document, dict) or "top1" not in document:
        raise TrainerError(f"{file} holds no metrics", remedy)
    return document


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
