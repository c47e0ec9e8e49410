"""Look at a data tree before training on it: what is there, what cannot be read, what is there twice."""

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image
from tqdm import tqdm

from landmark_desktop.core.errors import PhotoError
from trainer.data import SPLITS, DataTree, Sample, read_in_parallel
from trainer.metrics import NONE

SMALL_SIDE = 64
"""Photos whose shorter side is at most this many pixels are counted as small."""


@dataclass(frozen=True, slots=True)
class _Facts:
    width: int
    height: int
    pixels: int
    total: npt.NDArray[np.float64]
    squares: npt.NDArray[np.float64]


def _facts(_position: int, picture: Image.Image) -> _Facts:
    values = np.asarray(picture, dtype=np.float64).reshape(-1, 3) / 255.0
    return _Facts(picture.width, picture.height, len(values), values.sum(axis=0), np.square(values).sum(axis=0))


@dataclass(frozen=True, slots=True)
class Report:
    """What was found. ``document`` is the JSON report, ``unreadable`` the photos to leave out (root-relative names)."""

    document: dict[str, Any]
    unreadable: frozenset[str]


def relative_name(tree: DataTree, path: Path) -> str:
    """The photo's name in reports: relative to the tree's root, with forward slashes."""
    return path.relative_to(tree.root).as_posix()


def examine(tree: DataTree, splits: Sequence[str] = SPLITS, threads: int = 0) -> Report:
    """Decode every photo of ``splits`` once and report.

    The report counts photos by landmark and split, lists those that cannot be read with the reason, groups of files
    with the same content, and gives mean and standard deviation of the training photos' pixels per channel, in [0, 1].
    """
    unreadable: list[dict[str, str]] = []
    counts: dict[str, dict[str, int]] = {folder: dict.fromkeys(splits, 0) for folder in _folders(tree)}
    small: dict[str, int] = dict.fromkeys(splits, 0)
    by_hash: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    pixels, total, squares = 0, np.zeros(3), np.zeros(3)
    for split in splits:
        samples = tree.splits[split]
        facts = read_in_parallel([sample.path for sample in samples], _facts, threads)
        bar = tqdm(facts, total=len(samples), desc=f"checking {split}", unit="photo", disable=None)
        for sample, fact in zip(samples, bar, strict=True):
            name, folder = relative_name(tree, sample.path), _folder_of(tree, sample)
            if isinstance(fact, PhotoError):
                unreadable.append({"photo": name, "reason": fact.message})
                continue
            counts[folder][split] += 1
            small[split] += min(fact.width, fact.height) <= SMALL_SIDE
            digest = hashlib.sha256(sample.path.read_bytes()).hexdigest()
            by_hash[digest].append((split, folder, name))
            if split == "train":
                pixels += fact.pixels
                total += fact.total
                squares += fact.squares
    mean = total / max(1, pixels)
    std = np.sqrt(np.maximum(0.0, squares / max(1, pixels) - mean**2))
    copies = [group for group in by_hash.values() if len(group) > 1]
    document = {
        "landmarks": list(tree.landmark_ids),
        "photos": {split: sum(row[split] for row in counts.values()) for split in splits},
        "counts": counts,
        "small_photos": small,
        "unreadable": unreadable,
        "copies_across_splits": [_names(g) for g in copies if len({split for split, _, _ in g}) > 1],
        "copies_across_landmarks": [_names(g) for g in copies if len({folder for _, folder, _ in g}) > 1],
        "copies": len(copies),
        "train_mean": [round(float(value), 6) for value in mean],
        "train_std": [round(float(value), 6) for value in std],
    }
    return Report(document, frozenset(item["photo"] for item in unreadable))


def readable(tree: DataTree, split: str, unreadable: frozenset[str]) -> tuple[Sample, ...]:
    """The samples of a split without those that cannot be read."""
    return tuple(s for s in tree.splits[split] if relative_name(tree, s.path) not in unreadable)


def _folders(tree: DataTree) -> tuple[str, ...]:
    return (*tree.folders, tree.background) if tree.background else tree.folders


def _folder_of(tree: DataTree, sample: Sample) -> str:
    return tree.background if sample.landmark == NONE else tree.folders[sample.landmark]


def _names(group: Sequence[tuple[str, str, str]]) -> list[str]:
    return [name for _, _, name in group]


def table(document: dict[str, Any]) -> str:
    """Return the report as text for the terminal."""
    splits = list(document["photos"])
    lines = [f"{'landmark':<36}" + "".join(f"{split:>8}" for split in splits)]
    for folder, row in document["counts"].items():
        lines.append(f"{folder:<36}" + "".join(f"{row[split]:>8}" for split in splits))
    lines.append(f"{'all':<36}" + "".join(f"{document['photos'][split]:>8}" for split in splits))
    small = f"of these at most {SMALL_SIDE} pixels"
    lines.append(f"{small:<36}" + "".join(f"{document['small_photos'][split]:>8}" for split in splits))
    lines.append("")
    lines.append(f"cannot be read: {len(document['unreadable'])}")
    lines.extend(f"  {item['reason']} ({item['photo']})" for item in document["unreadable"])
    for key, text in (
        ("copies_across_splits", "the same file in several splits"),
        ("copies_across_landmarks", "the same file under several landmarks"),
    ):
        lines.append(f"{text}: {len(document[key])}")
        lines.extend("  " + " = ".join(group) for group in document[key])
    lines.append(f"mean of the training photos: {document['train_mean']}, standard deviation: {document['train_std']}")
    return "\n".join(lines)
