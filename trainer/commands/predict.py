"""``landmark-trainer predict``."""

import sys
from collections.abc import Sequence
from pathlib import Path

from landmark_desktop.core.bundle import landmark_ids
from landmark_desktop.core.errors import PhotoError
from landmark_desktop.core.guess import Guesses, decide, top_k
from trainer.commands.source import Source
from trainer.errors import TrainerError
from trainer.predictor import ask


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
