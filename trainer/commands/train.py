"""``landmark-trainer train``."""

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from trainer import evaluate as evaluation
from trainer import train as training
from trainer.config import load_config
from trainer.data import scan_tree
from trainer.errors import TrainerError
from trainer.landmarks import read_landmarks
from trainer.run import RunFolder


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
