"""The learning curves of a run: its ``metrics.jsonl``, one JSON object per epoch."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from trainer.errors import TrainerError

LOSSES = {"train_loss": "training loss", "val_loss": "validation loss"}
SHARES = {
    "val_top1": "top-1",
    "val_top5": "top-5",
    "val_mu_ap": "μAP",
    "val_recall_at_99": "recall at 99 % precision",
}
"""What is drawn of an epoch's line, by its keys, and how it is called."""


@dataclass(frozen=True, slots=True)
class Curve:
    """One line of a plot: the epochs (counted from 1) that have a value, and the values."""

    name: str
    epochs: tuple[int, ...]
    values: tuple[float, ...]


def read_curves(file: Path) -> list[dict[str, Any]]:
    """Return the epochs of a run, from its ``metrics.jsonl``.

    Raises:
        TrainerError: the file cannot be read or has no epochs.
    """
    try:
        rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    except (OSError, ValueError) as error:
        raise TrainerError(
            f"The learning curves {file} cannot be read: {error}", "Give the metrics.jsonl of a run to --curves."
        ) from error
    if not rows or not all(isinstance(row, dict) and isinstance(row.get("epoch"), int) for row in rows):
        raise TrainerError(f"{file} has no epochs", "Give the metrics.jsonl of a run to --curves.")
    return rows


def curves(rows: Sequence[dict[str, Any]], names: dict[str, str]) -> list[Curve]:
    """Return those of the named values that at least one epoch has; an epoch without a value makes a gap."""
    found = []
    for key, name in names.items():
        points = [(row["epoch"] + 1, float(row[key])) for row in rows if isinstance(row.get(key), int | float)]
        if points:
            found.append(Curve(name, tuple(x for x, _ in points), tuple(y for _, y in points)))
    return found
