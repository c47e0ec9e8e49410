"""The commands behind ``landmark-trainer``: they read what they are given, call the parts, and print."""

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from landmark_desktop.core.bundle import landmark_ids, load_bundle
from landmark_desktop.core.errors import PhotoError
from landmark_desktop.core.guess import Guesses, decide, top_k
from landmark_desktop.core.location import Landmark
from landmark_desktop.core.preprocess import InputSpec
from trainer import anatomy
from trainer import evaluate as evaluation
from trainer import prepare as preparation
from trainer import train as training
from trainer.card import read_provenance, without_paths
from trainer.checkpoint import TrainedModel
from trainer.config import load_config
from trainer.data import SPLITS, read_in_parallel, scan_tree
from trainer.errors import TrainerError
from trainer.export import PARITY_PHOTOS, BundleText, export_bundle
from trainer.landmarks import landmarks_for, read_landmarks
from trainer.models import build_model
from trainer.predictor import OnnxPredictor, Predictor, TorchPredictor, ask
from trainer.run import RunFolder, finite, write_json
from trainer.transforms import EvalTransform


@dataclass(frozen=True, slots=True)
class Source:
    """Which model: that of a run folder, a file, or a bundle; exactly one is given."""

    run: Path | None
    checkpoint: Path | None
    bundle: Path | None

    def model(self) -> TrainedModel:
        """Load the PyTorch model. Raises TrainerError where there is none."""
        if self.run is not None:
            return TrainedModel.load(RunFolder(self.run).model_file)
        if self.checkpoint is None:
            raise TrainerError("A bundle has no PyTorch model", "Give --run or --checkpoint.")
        return TrainedModel.load(self.checkpoint)

    def predictor(self, threads: int) -> Predictor:
        """Load the model and make it ready to be asked. Raises KnownError."""
        if self.bundle is not None:
            return OnnxPredictor(load_bundle(self.bundle), threads)
        model = self.model()
        return TorchPredictor(model, _landmarks(model, None), threads)


def _landmarks(model: TrainedModel, table: Path | None) -> tuple[Landmark, ...]:
    """The model's landmarks with names and places, from ``table`` or from the one named in the run, if it is there."""
    if table is None and model.config.data.landmarks:
        named = Path(model.config.data.landmarks)
        if named.is_file():
            table = named
        else:
            print(f"The landmark table {named} is not there; landmarks have no places.", file=sys.stderr)
    rows = read_landmarks(table) if table is not None else {}
    return landmarks_for(model.landmark_ids, model.folders, rows)


def _write_report(file: Path, document: Any) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        write_json(file, document)
    except OSError as error:
        raise TrainerError(f"{file} cannot be written: {error.strerror}", "Choose another --out.") from error


def prepare(data: Path, background: str, out: Path | None, threads: int) -> int:
    """Check a data tree, print the report, and write it as JSON to ``out``."""
    report = preparation.examine(scan_tree(data, background), threads=threads)
    if out is not None:
        _write_report(out, report.document)
    print(preparation.table(report.document))
    return 0


def train(
    run: Path, config: Path | None, data: Path | None, landmarks: Path | None, overrides: Sequence[str], *, resume: bool
) -> int:
    """Train a new run, or continue one, and print what came out.

    Raises:
        TrainerError: among others, where ``resume`` is combined with options that would change the run.
    """
    if resume:
        if config or data or landmarks or overrides:
            raise TrainerError(
                "A run is continued with its own configuration", "Use --resume with --run and nothing else."
            )
        model = training.resume(run)
    else:
        settings = load_config(config, overrides)
        # Absolute, so that the run can be continued from any folder.
        places = {
            key: str(path.resolve()) for key, path in (("root", data), ("landmarks", landmarks)) if path is not None
        }
        settings = replace(settings, data=replace(settings.data, **places))
        if not settings.data.root:
            raise TrainerError("There are no photos to train on", "Give their folder with --data.")
        if settings.data.landmarks:
            _check_table(Path(settings.data.root), settings.data.background, Path(settings.data.landmarks))
        model = training.train(settings, run)
    notes = model.notes
    print(f"best epoch on the validation photos: top-1 {evaluation.percent(notes['val_top1'])}")
    print(f"temperature {model.temperature:.3f}, ECE {notes['val_ece_before']:.4f} → {notes['val_ece_after']:.4f}")
    print(f"novelty score: {model.novelty_name}, AUROC {notes['novelty_auroc']}")
    print(
        f"verdict landmark: {notes['val_landmark_verdicts_right']} of {notes['val_landmark_verdicts']} right; "
        f"{notes['val_background_with_landmark_verdict']} of {notes['val_background_photos']} photos of none got it"
    )
    print(f"model: {RunFolder(run).model_file}")
    return 0


def _check_table(data: Path, background: str, table: Path) -> None:
    """Say before the training which landmarks have no place in the table."""
    rows = read_landmarks(table)
    missing = [identifier for identifier in scan_tree(data, background).landmark_ids if identifier not in rows]
    if missing:
        print(f"Not in {table.name}, so without a place: {', '.join(missing)}", file=sys.stderr)


def evaluate(
    source: Source,
    data: Path,
    *,
    split: str,
    background: str,
    low_resolution: int | None,
    batch_size: int,
    threads: int,
    out: Path | None,
) -> int:
    """Judge a model on a split, print the table, and write the metrics as JSON to ``out``."""
    if batch_size < 1 or (low_resolution is not None and low_resolution < 8):
        raise TrainerError(
            "The batch size must be at least 1 and the low resolution at least 8", "Give larger numbers."
        )
    predictor = source.predictor(threads)
    judged = evaluation.judge(
        predictor,
        scan_tree(data, background),
        split,
        batch_size=batch_size,
        threads=threads,
        low_resolution=low_resolution,
    )
    result = {
        "split": split,
        "low_resolution": low_resolution,
        "runtime": "onnxruntime" if source.bundle is not None else "torch",
        **evaluation.measure(judged, predictor),
    }
    if out is not None:
        _write_report(out, finite(result))
    print(evaluation.table(result))
    return 0


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
        landmarks=_landmarks(model, landmarks),
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


def inspect(source: Source, name: str | None, size: int, photos: Sequence[Path], out: Path | None) -> int:
    """Print the layers of a model and write class activation maps of photos into ``out``."""
    if photos and out is None:
        raise TrainerError("There is nowhere to put the maps", "Give a folder with --out.")
    if name is not None:
        if photos:
            raise TrainerError("A model by name has random weights and looks nowhere", "Give --run or --bundle.")
        spec = InputSpec(size, size, size)
        net = build_model(name, {}, 2, spec, load_weights=False)
        print(anatomy.table(anatomy.net_layers(net, spec)))
        return 0
    if source.bundle is None:
        model = source.model()
        print(anatomy.table(anatomy.net_layers(model.net, model.config.input.spec())))
    elif not photos:
        raise TrainerError("Of a bundle only maps can be drawn", "Give photos, or --run for the layers.")
    return _draw_maps(source.predictor(0), photos, out) if photos and out is not None else 0


def _draw_maps(predictor: Predictor, photos: Sequence[Path], out: Path) -> int:
    out.mkdir(parents=True, exist_ok=True)
    transform = EvalTransform(predictor.spec)
    pictures = read_in_parallel(photos, lambda _index, picture: transform(picture), 0)
    for photo, picture in zip(photos, pictures, strict=True):
        if isinstance(picture, PhotoError):
            print(f"{photo}: {picture.message}", file=sys.stderr)
            continue
        answers = predictor(picture[None])
        best = int(answers.probabilities[0].argmax())
        file = anatomy.map_file(out, photo, predictor.landmarks[best].id)
        anatomy.heat_map(picture, answers.activation[0, best]).save(file)
        print(file)
    return 0


def predict(source: Source, photos: Sequence[Path], k: int, threads: int) -> int:
    """Print verdict and guesses of each photo; returns 1 when none could be read."""
    if k < 1:
        raise TrainerError("At least one guess must be shown", "Give --top-k 1 or more.")
    predictor = source.predictor(threads)
    ids = landmark_ids(predictor.landmarks)
    names = {landmark.id: landmark.name for landmark in predictor.landmarks}
    errors: dict[Path, PhotoError] = {}
    read = 0
    for positions, answers in ask(predictor, photos, threads=threads, errors=errors):
        for position, row, novelty in zip(positions, answers.probabilities, answers.novelty, strict=True):
            guesses = Guesses(top_k(ids, row.tolist(), max(k, 2)), float(novelty))
            read += 1
            print(f"{photos[position]}: {decide(guesses, predictor.thresholds)} (novelty {novelty:.3f})")
            for guess in guesses.top[:k]:
                print(f"  {100 * guess.confidence:6.2f} %  {names[guess.landmark_id]}")
    for path, error in errors.items():
        print(f"{path}: {error.message}", file=sys.stderr)
    return 0 if read else 1
