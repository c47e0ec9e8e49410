"""``landmark-trainer train``."""

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from trainer import evaluate as evaluation
from trainer import train as training
from trainer.config import DataConfig, load_config
from trainer.errors import TrainerError
from trainer.landmarks import read_landmarks
from trainer.run import RunFolder
from trainer.sources import tree_of


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
        places: dict[str, Any] = {
            key: str(path.resolve()) for key, path in (("root", data), ("landmarks", landmarks)) if path is not None
        }
        settings = replace(settings, data=replace(settings.data, **places))
        if not settings.data.root:
            raise TrainerError("There are no photos to train on", "Give their folder with --data.")
        if settings.data.landmarks:
            _check_table(settings.data)
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


def _check_table(data: DataConfig) -> None:
    """Say before the training which landmarks have no place in the table."""
    table = Path(data.landmarks)
    rows = read_landmarks(table)
    missing = [identifier for identifier in tree_of(data).landmark_ids if identifier not in rows]
    if missing:
        print(f"Not in {table.name}, so without a place: {', '.join(missing)}", file=sys.stderr)
