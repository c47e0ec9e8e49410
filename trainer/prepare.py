"""Look at the photos before training on them: what is there, what cannot be read, what is there twice."""

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image
from tqdm import tqdm

from landmark_desktop.core.errors import PhotoError
from trainer.alike import HASH_DISTANCE, Examined, describe, find_pairs
from trainer.data import SPLITS, DataTree, Sample, read_in_parallel
from trainer.duplicates import Pair, perceptual_hashes
from trainer.small import SMALL_SIDE, is_small, known_from_small_photos

SHOWN_PAIRS = 10
"""How many pairs the table shows; the JSON report has all."""


@dataclass(frozen=True, slots=True)
class _Facts:
    width: int
    height: int
    pixels: int
    total: npt.NDArray[np.float64]
    squares: npt.NDArray[np.float64]
    hashes: tuple[int, int] | None


def _facts(_position: int, picture: Image.Image) -> _Facts:
    values = np.asarray(picture, dtype=np.float64).reshape(-1, 3) / 255.0
    return _Facts(
        picture.width,
        picture.height,
        len(values),
        values.sum(axis=0),
        np.square(values).sum(axis=0),
        perceptual_hashes(picture),
    )


@dataclass(frozen=True, slots=True)
class Report:
    """What was found. ``document`` is the JSON report, ``unreadable`` the photos to leave out (root-relative names),
    ``photos`` those that could be read, ``pairs`` the near-duplicates among them, and ``small_landmarks`` the landmarks
    of which at least nine in ten training photos are small."""

    document: dict[str, Any]
    unreadable: frozenset[str]
    photos: tuple[Examined, ...]
    pairs: tuple[Pair, ...]
    small_landmarks: frozenset[int] = frozenset()


def examine(
    tree: DataTree,
    splits: Sequence[str] = SPLITS,
    threads: int = 0,
    *,
    max_distance: int = HASH_DISTANCE,
    min_similarity: float | None = None,
) -> Report:
    """Decode every photo of ``splits`` once and report.

    The report counts photos by landmark and split, lists those that cannot be read with the reason and those that are
    missing, files with the same content, and near-duplicates (``max_distance``: bits of the perceptual hash;
    ``min_similarity``: also by embedding, which takes minutes), and gives mean and standard deviation of the training
    photos' pixels per channel, in [0, 1].

    Raises:
        TrainerError: a package that embeddings need is not installed.
    """
    unreadable: list[dict[str, str]] = []
    counts: dict[str, dict[str, int]] = {folder: dict.fromkeys(splits, 0) for folder in _folders(tree)}
    small: dict[str, int] = dict.fromkeys(splits, 0)
    of_train: list[tuple[int, bool]] = []
    photos: list[Examined] = []
    pixels, total, squares = 0, np.zeros(3), np.zeros(3)
    for split in splits:
        samples = tree.splits[split]
        facts = read_in_parallel([sample.path for sample in samples], _facts, threads)
        bar = tqdm(facts, total=len(samples), desc=f"checking {split}", unit="photo", disable=None)
        for sample, fact in zip(samples, bar, strict=True):
            name = tree.relative_name(sample.path)
            if isinstance(fact, PhotoError):
                unreadable.append({"photo": name, "reason": fact.message})
                continue
            counts[tree.folder_of(sample)][split] += 1
            small[split] += is_small((fact.width, fact.height))
            digest = hashlib.sha256(sample.path.read_bytes()).hexdigest()
            photos.append(Examined(split, sample, name, digest, fact.hashes))
            if split == "train":
                of_train.append((sample.landmark, is_small((fact.width, fact.height))))
                pixels += fact.pixels
                total += fact.total
                squares += fact.squares
    mean = total / max(1, pixels)
    std = np.sqrt(np.maximum(0.0, squares / max(1, pixels) - mean**2))
    pairs = find_pairs(photos, max_distance, min_similarity, threads)
    only_small = known_from_small_photos([mark for mark, _ in of_train], [flag for _, flag in of_train])
    document = {
        "notes": list(tree.notes),
        "landmarks": list(tree.landmark_ids),
        "photos": {split: sum(row[split] for row in counts.values()) for split in splits},
        "counts": counts,
        "small_photos": small,
        "landmarks_of_small_photos": [tree.landmark_ids[mark] for mark in sorted(only_small)],
        "missing": list(tree.missing),
        "unreadable": unreadable,
        **_copies(tree, photos),
        "near_duplicates": describe(tree, photos, pairs, max_distance, min_similarity),
        "train_mean": [round(float(value), 6) for value in mean],
        "train_std": [round(float(value), 6) for value in std],
    }
    return Report(document, frozenset(item["photo"] for item in unreadable), tuple(photos), tuple(pairs), only_small)


def readable(tree: DataTree, split: str, unreadable: frozenset[str]) -> tuple[Sample, ...]:
    """The samples of a split without those that cannot be read."""
    return tuple(s for s in tree.splits[split] if tree.relative_name(s.path) not in unreadable)


def _folders(tree: DataTree) -> tuple[str, ...]:
    return (*tree.folders, tree.background) if tree.background else tree.folders


def _copies(tree: DataTree, photos: Sequence[Examined]) -> dict[str, Any]:
    """What the report says of files with the same content."""
    by_digest: dict[str, list[Examined]] = defaultdict(list)
    for photo in photos:
        by_digest[photo.digest].append(photo)
    copies = [group for group in by_digest.values() if len(group) > 1]
    across_splits = [group for group in copies if len({photo.split for photo in group}) > 1]
    across_landmarks = [group for group in copies if len({tree.folder_of(photo.sample) for photo in group}) > 1]
    return {
        "copies_across_splits": [[photo.name for photo in group] for group in across_splits],
        "copies_across_landmarks": [[photo.name for photo in group] for group in across_landmarks],
        "copies": len(copies),
    }


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
    lines.extend(document["notes"])
    if document["missing"]:
        lines.append(f"listed, but not there: {_first(document['missing'])}")
    lines.append(f"cannot be read: {len(document['unreadable'])}")
    lines.extend(f"  {item['reason']} ({item['photo']})" for item in document["unreadable"])
    for key, text in (
        ("copies_across_splits", "the same file in several splits"),
        ("copies_across_landmarks", "the same file under several landmarks"),
    ):
        lines.append(f"{text}: {len(document[key])}")
        lines.extend("  " + " = ".join(group) for group in document[key])
    lines.extend(_alike_lines(document["near_duplicates"]))
    lines.append(f"mean of the training photos: {document['train_mean']}, standard deviation: {document['train_std']}")
    return "\n".join(lines)


def _first(names: Sequence[str]) -> str:
    return f"{len(names)}, such as {names[0]}"


def _alike_lines(alike: dict[str, Any]) -> list[str]:
    pairs = alike["pairs"]
    lines = [
        f"near-duplicates: {len(pairs)} pairs in {alike['groups']} groups; "
        f"{alike['across_splits']} pairs across splits, {alike['across_landmarks']} across landmarks"
    ]
    lines += [f"  {' ~ '.join(pair['photos'])} ({difference(pair)})" for pair in pairs[:SHOWN_PAIRS]]
    if len(pairs) > SHOWN_PAIRS:
        lines.append(f"  … and {len(pairs) - SHOWN_PAIRS} more (--out writes all, --out-pairs draws them)")
    return lines


def difference(pair: dict[str, Any]) -> str:
    """Say in words how much the two photos of a pair of the report differ."""
    parts = []
    if pair["distance"] is not None:
        parts.append(f"{pair['distance']} bits" + (", mirrored" if pair["mirrored"] else ""))
    if pair["similarity"] is not None:
        parts.append(f"similarity {pair['similarity']:.3f}")
    return ", ".join(parts)
