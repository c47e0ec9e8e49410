"""Photos of landmarks that the model was not trained on: their verdict should never be ``landmark``.

They are the hardest photos without a landmark of ours: monuments, photographed as monuments are.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from landmark_desktop.core.errors import PhotoError
from landmark_desktop.core.guess import Verdict
from landmark_desktop.core.photo import is_photo_name
from trainer.data import DataTree
from trainer.errors import TrainerError
from trainer.metrics import Ints, first_guess
from trainer.predictor import Predictor, ask
from trainer.thresholds import guesses_of, verdicts_of

ALL = "(all)"
"""The name for photos that lie in no folder of a landmark."""
Groups = Mapping[str, Sequence[Path]]
"""Photos by the name of the landmark that they show."""


def photos_below(folder: Path) -> dict[str, list[Path]]:
    """Return the photos below a folder, by its subfolders.

    Raises:
        TrainerError: there is no such folder, or no photo in it.
    """
    groups: dict[str, list[Path]] = defaultdict(list)
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        if is_photo_name(path.name) and path.is_file():
            parts = path.relative_to(folder).parts
            groups[parts[0] if len(parts) > 1 else ALL].append(path)
    if not groups:
        raise TrainerError(
            f"There are no photos in {folder}", "Give a folder of photos, or ids of landmarks in --data, to --unknown."
        )
    return dict(groups)


def left_out_photos(tree: DataTree, split: str) -> dict[str, list[Path]]:
    """Return the photos of a split whose landmarks were left out of training, by the landmarks' folders where the
    photos lie in such folders."""
    groups: dict[str, list[Path]] = defaultdict(list)
    for path in tree.left_out.get(split, ()):
        parts = path.relative_to(tree.root).parts
        groups[parts[1] if parts[0] == split and len(parts) > 2 else ALL].append(path)
    return dict(groups)


def measure_unknown(
    predictor: Predictor, groups: Groups, *, batch_size: int = 4, threads: int = 0, low_resolution: int | None = None
) -> dict[str, Any]:
    """Return the share of photos with the verdict ``landmark``, overall and by landmark (the worst first), as a JSON
    object; ``most_guessed`` is the landmark that those photos were most often taken for.

    Raises:
        TrainerError: none of the photos can be read.
    """
    paths = [path for group in groups.values() for path in group]
    names = [name for name, group in groups.items() for _ in group]
    errors: dict[Path, PhotoError] = {}
    read: list[int] = []
    accepted: list[bool] = []
    guesses: list[Ints] = []
    for positions, answers in ask(
        predictor, paths, batch_size=batch_size, threads=threads, low_resolution=low_resolution, errors=errors
    ):
        read.extend(positions)
        verdicts = verdicts_of(guesses_of(answers.probabilities, answers.novelty), predictor.thresholds)
        accepted.extend(verdict is Verdict.LANDMARK for verdict in verdicts)
        guesses.append(first_guess(answers.probabilities)[0])
    if not read:
        raise TrainerError("None of the photos of unknown landmarks can be read", "Give other photos to --unknown.")
    ids = [predictor.landmarks[index].id for index in np.concatenate(guesses)]
    rows: list[dict[str, Any]] = []
    for name in groups:
        mine = [index for index, position in enumerate(read) if names[position] == name]
        taken_for = Counter(ids[index] for index in mine if accepted[index])
        rows.append(
            {
                "name": name,
                "photos": len(mine),
                "with_landmark_verdict": sum(accepted[index] for index in mine) / len(mine) if mine else None,
                "most_guessed": taken_for.most_common(1)[0][0] if taken_for else None,
            }
        )
    rows.sort(key=lambda row: (-(row["with_landmark_verdict"] or 0.0), row["name"]))
    return {
        "photos": len(read),
        "unreadable": len(errors),
        "with_landmark_verdict": sum(accepted) / len(read),
        "per_landmark": rows,
    }
