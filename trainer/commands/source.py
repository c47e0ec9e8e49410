"""What several commands share: which model is meant, its landmarks, and writing reports."""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from landmark_desktop.core.bundle import load_bundle
from landmark_desktop.core.location import Landmark
from trainer.checkpoint import TrainedModel
from trainer.errors import TrainerError
from trainer.landmarks import landmarks_for, read_landmarks
from trainer.predictor import OnnxPredictor, Predictor, TorchPredictor
from trainer.run import RunFolder, write_json


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
        return TorchPredictor(model, landmarks_of(model, None), threads)


def landmarks_of(model: TrainedModel, table: Path | None) -> tuple[Landmark, ...]:
    """The model's landmarks with names and places, from ``table`` or from the one named in the run, if it is there."""
    if table is None and model.config.data.landmarks:
        named = Path(model.config.data.landmarks)
        if named.is_file():
            table = named
        else:
            print(f"The landmark table {named} is not there; landmarks have no places.", file=sys.stderr)
    rows = read_landmarks(table) if table is not None else {}
    return landmarks_for(model.landmark_ids, model.folders, rows)


def write_report(file: Path, document: Any) -> None:
    """Write a JSON report, with its folder. Raises TrainerError where that cannot be."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        write_json(file, document)
    except OSError as error:
        raise TrainerError(f"{file} cannot be written: {error.strerror}", "Choose another --out.") from error
