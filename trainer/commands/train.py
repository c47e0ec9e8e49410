"""``landmark-trainer train``."""

import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from trainer import novelty
from trainer import train as training
from trainer.config import Config, DataConfig, load_config
from trainer.errors import TrainerError
from trainer.landmarks import landmarks_for, read_landmarks, without_place
from trainer.overfit import overfit_one_batch
from trainer.report.text import percent
from trainer.run import RunFolder
from trainer.sources import tree_of
from trainer.thresholds import verdict_text


def train(
    run: Path, config: Path | None, data: Path | None, landmarks: Path | None, overrides: Sequence[str], *, resume: bool
) -> int:
    """Train a new run, or continue one, and print what came out.

    Raises:
        TrainerError: among others, where ``resume`` is combined with options that would change the run.
    """
    if resume:
        if config or data or landmarks:
            raise TrainerError(
                "A run is continued with its own configuration", "Use --resume without --config, --data, --landmarks."
            )
        model = training.resume(run, _say_epoch, overrides)
    else:
        settings = settings_of(config, data, landmarks, overrides)
        if settings.data.landmarks and not _follows():
            _check_table(settings.data)
        model = training.train(settings, run, _say_epoch)
    if _follows():
        return 0
    notes = model.notes
    print(f"best epoch on the validation photos: top-1 {percent(notes['val_top1'])}")
    print(f"temperature {model.temperature:.3f}, ECE {notes['val_ece_before']:.4f} → {notes['val_ece_after']:.4f}")
    print(novelty.table(model.novelty_name, notes["novelty_auroc"], notes["novelty_auroc_left_out"]))
    print(verdict_text(notes))
    print(f"model: {RunFolder(run).model_file}")
    return 0


def settings_of(config: Path | None, data: Path | None, landmarks: Path | None, overrides: Sequence[str]) -> Config:
    """Return the configuration of a file, options and overrides.

    Raises:
        TrainerError: something in it is wrong, or there are no photos.
    """
    settings = load_config(config, overrides)
    # Absolute, so that the run can be continued from any folder.
    places: dict[str, Any] = {
        key: str(path.resolve()) for key, path in (("root", data), ("landmarks", landmarks)) if path is not None
    }
    settings = replace(settings, data=replace(settings.data, **places))
    if not settings.data.root:
        raise TrainerError("There are no photos to train on", "Give their folder with --data.")
    return settings


def _follows() -> bool:
    """True in the processes of ``torchrun`` that leave the talking to the first one."""
    return os.environ.get("RANK", "0") != "0"


def _say_epoch(row: Mapping[str, Any]) -> None:
    """Print one epoch's numbers, so that a log of the output shows how it goes."""
    if _follows():
        return
    words = [f"epoch {row['epoch'] + 1}: loss {row['train_loss']:.3f}"]
    if "val_top1" in row:
        words.append(f"validation loss {row['val_loss']:.3f}")
        words.append(f"top-1 {percent(row['val_top1'])}, μAP {row['val_mu_ap']:.4f}")
        words.append(f"recall at 99 % precision {percent(row['val_recall_at_99'])}")
    print(f"{'; '.join(words)} ({row['seconds']:.0f} s)", flush=True)


def overfit(
    config: Path | None, data: Path | None, landmarks: Path | None, overrides: Sequence[str], steps: int
) -> int:
    """Learn one batch by heart; returns 1 where that fails."""
    if steps < 2:
        raise TrainerError("Two steps are needed at least", "Give more --steps.")
    report = overfit_one_batch(settings_of(config, data, landmarks, overrides), steps)
    for step in sorted({*range(0, steps, max(1, steps // 10)), steps - 1}):
        print(f"step {step:>4}: loss {report.losses[step]:.4f}")
    print(f"{report.right} of {report.photos} photos are known by heart")
    if not report.learned:
        print(
            "The model has not learned the batch. Try more --steps or another learning rate; if that does not help, "
            "look for a bug in the model.",
            file=sys.stderr,
        )
    return 0 if report.learned else 1


def _check_table(data: DataConfig) -> None:
    """Say before the training how the photos were taken, and which landmarks have no place in the table."""
    tree = tree_of(data)
    for note in tree.notes:
        print(note, file=sys.stderr)
    table = Path(data.landmarks)
    missing = without_place(landmarks_for(tree.landmark_ids, tree.folders, read_landmarks(table)))
    if missing:
        print(f"Without a place in {table.name}: {', '.join(missing)}", file=sys.stderr)
