"""``landmark-trainer evaluate``."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from landmark_desktop.core.bundle import load_bundle
from trainer import evaluate as evaluation
from trainer.commands.source import Source, landmarks_of, write_report
from trainer.config import DataConfig
from trainer.data import DataTree
from trainer.errors import TrainerError
from trainer.localisation import locate, measure_boxes, read_boxes
from trainer.predictor import OnnxPredictor, Predictor, TorchPredictor
from trainer.report.curves import read_curves
from trainer.report.page import Evaluation, draw_plots, page
from trainer.report.plots import on_white
from trainer.report.text import table
from trainer.run import RunFolder, finite, write_text
from trainer.sources import tree_of
from trainer.unknown import left_out_photos, measure_unknown, photos_below


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is evaluated, and what is written: ``out`` JSON, ``report`` HTML, ``plots`` a folder of SVG.

    ``precision`` chooses among the models of a bundle. ``unknown`` is a folder of photos of landmarks that the model
    does not know, or the ids of such landmarks in the data, with commas between; ``boxes`` a table of hand-drawn boxes;
    ``curves`` the lines of a run's epochs; ``low_resolution`` reduces all photos first, ``also_low_resolution`` adds
    the results of that to those of the photos as they are.
    """

    data: Path
    split: str = "test"
    precision: str = "fp32"
    background: str = "_none"
    low_resolution: int | None = None
    also_low_resolution: int | None = None
    unknown: str = ""
    boxes: Path | None = None
    curves: Path | None = None
    batch_size: int = 4
    threads: int = 0
    out: Path | None = None
    report: Path | None = None
    plots: Path | None = None
    with_thumbnails: bool = True

    def check(self) -> None:
        """Raise TrainerError for values that make no sense."""
        sides = [side for side in (self.low_resolution, self.also_low_resolution) if side is not None]
        if self.batch_size < 1 or any(side < 8 for side in sides):
            raise TrainerError(
                "The batch size must be at least 1 and the low resolution at least 8", "Give larger numbers."
            )
        if len(sides) > 1:
            raise TrainerError(
                "All photos are reduced already", "Give --low-resolution or --also-low-resolution, not both."
            )


def evaluate(source: Source, wanted: Wanted) -> int:
    """Judge a model on a split, print the table, and write metrics, report and plots where they are wanted."""
    wanted.check()
    # What is cheap to be wrong about comes before what takes minutes.
    epochs = _epochs(source, wanted)
    boxes = read_boxes(wanted.boxes) if wanted.boxes is not None else {}
    model = _open(source, wanted)
    predictor, data = model.predictor, model.data
    unknown_folder = Path(wanted.unknown) if wanted.unknown and Path(wanted.unknown).is_dir() else None
    if wanted.unknown and unknown_folder is None:
        named = tuple(part.strip() for part in wanted.unknown.split(",") if part.strip())
        data = replace(data, leave_out=tuple(dict.fromkeys((*data.leave_out, *named))))
    tree = tree_of(data, wanted.data)
    judged = _judge(predictor, tree, wanted, wanted.low_resolution)
    result: dict[str, Any] = {
        "split": wanted.split,
        "low_resolution": wanted.low_resolution,
        "runtime": "onnxruntime" if source.bundle is not None else "torch",
        "precision": wanted.precision,
        **evaluation.measure(judged, predictor),
        **model.stated,
    }
    if wanted.also_low_resolution is not None:
        reduced = evaluation.measure(_judge(predictor, tree, wanted, wanted.also_low_resolution), predictor)
        result["reduced"] = {"low_resolution": wanted.also_low_resolution, **reduced}
    groups = photos_below(unknown_folder) if unknown_folder is not None else {}
    groups = {**left_out_photos(tree, wanted.split), **groups}
    if groups:
        result["unknown"] = measure_unknown(
            predictor,
            groups,
            batch_size=wanted.batch_size,
            threads=wanted.threads,
            low_resolution=wanted.low_resolution,
        )
    if boxes:
        result["boxes"] = measure_boxes(locate(predictor, wanted.data, boxes, threads=wanted.threads))
    if wanted.out is not None:
        write_report(wanted.out, finite(result))
    if wanted.report is not None or wanted.plots is not None:
        _write(
            Evaluation(
                model.name,
                model.architecture,
                datetime.now(UTC),
                result,
                judged,
                predictor.landmarks,
                predictor.thresholds,
                predictor.calibration,
                epochs,
            ),
            wanted,
        )
    print(table(result))
    return 0


@dataclass(frozen=True, slots=True)
class _Opened:
    """A model that is ready to be asked, where its photos come from, what it is called and made of, and what its bundle
    states that cannot be measured with it: what trainings of the same kind do with landmarks left out of them."""

    predictor: Predictor
    data: DataConfig
    name: str
    architecture: str
    stated: Mapping[str, Any]


def _open(source: Source, wanted: Wanted) -> _Opened:
    if source.bundle is not None:
        bundle = load_bundle(source.bundle)
        manifest = bundle.manifest
        data = DataConfig(background=wanted.background)
        if all(model.precision != wanted.precision for model in manifest.models):
            found = ", ".join(model.precision for model in manifest.models)
            raise TrainerError(f"The bundle has no {wanted.precision} model", f"Choose --precision among {found}.")
        stated = {key: manifest.metrics[key] for key in ("left_out",) if key in manifest.metrics}
        predictor = OnnxPredictor(bundle, wanted.threads, wanted.precision)
        return _Opened(predictor, data, f"{manifest.id} {manifest.version}", manifest.architecture, stated)
    if wanted.precision != "fp32":
        raise TrainerError("Only a bundle has models of other precisions", "Give --bundle, or leave out --precision.")
    model = source.model()
    place = source.run or source.checkpoint
    name = place.resolve().name if place is not None else ""
    data = replace(model.config.data, background=wanted.background)
    landmarks = landmarks_of(model, None)
    return _Opened(TorchPredictor(model, landmarks, wanted.threads), data, name, model.net.architecture, {})


def _epochs(source: Source, wanted: Wanted) -> Sequence[dict[str, Any]]:
    if wanted.curves is not None:
        return read_curves(wanted.curves)
    file = RunFolder(source.run).metrics_file if source.run is not None else None
    return read_curves(file) if file is not None and file.is_file() else ()


def _judge(predictor: Predictor, tree: DataTree, wanted: Wanted, low_resolution: int | None) -> evaluation.Judged:
    return evaluation.judge(
        predictor,
        tree,
        wanted.split,
        batch_size=wanted.batch_size,
        threads=wanted.threads,
        low_resolution=low_resolution,
    )


def _write(found: Evaluation, wanted: Wanted) -> None:
    try:
        if wanted.report is not None:
            text = page(found, with_thumbnails=wanted.with_thumbnails, threads=wanted.threads)
            wanted.report.parent.mkdir(parents=True, exist_ok=True)
            write_text(wanted.report, text)
        if wanted.plots is not None:
            wanted.plots.mkdir(parents=True, exist_ok=True)
            for name, drawing in draw_plots(found).items():
                write_text(wanted.plots / f"{name}.svg", on_white(drawing))
    except OSError as error:
        raise TrainerError(
            f"{error.filename} cannot be written: {error.strerror}", "Choose another --report or --plots."
        ) from error
