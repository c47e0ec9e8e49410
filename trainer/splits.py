"""Splitting photos into train, val and test, so that photos which belong together stay together.

A split is drawn group by group: near-duplicates, or photos of one afternoon, in several splits would let a model be
tested on what it has learned by heart. Groups are ordered by a hash of their names, never by a generator's state, so
the same photos give the same split on every machine.
"""

import csv
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

from trainer.errors import TrainerError

SPLITS: Final = ("train", "val", "test")
SPLIT_COLUMNS: Final = ("photo", "landmark", "split", "group")
SPLITS_REMEDY = "Make the file with: landmark-trainer prepare --split 80,10,10 --out-splits FILE"


@dataclass(frozen=True, slots=True)
class Shares:
    """The shares of the photos that become val and test, in [0, 1); train gets the rest. ``seed`` chooses which.

    Raises:
        ValueError: shares out of range, or nothing left for train.
    """

    val: float = 0.1
    test: float = 0.1
    seed: int = 1

    def __post_init__(self) -> None:
        if not (0.0 <= self.val < 1.0 and 0.0 <= self.test < 1.0 and self.val + self.test < 1.0):
            raise ValueError(f"the shares of val and test, {self.val} and {self.test}, leave nothing for train")

    def of(self, split: str) -> float:
        """The share of a split."""
        return {"train": 1.0 - self.val - self.test, "val": self.val, "test": self.test}[split]


class Member(NamedTuple):
    """A photo as :func:`draw_splits` sees it: its group, and its landmark, whose photos are shared out evenly."""

    group: str
    landmark: str


def parse_shares(text: str, seed: int) -> Shares:
    """Read ``80,10,10`` (train, val, test; any three numbers in that proportion).

    Raises:
        TrainerError: not three numbers, negative ones, or nothing for train.
    """
    try:
        train, val, test = (float(part) for part in text.split(","))
        total = train + val + test
        if not (train > 0.0 and val >= 0.0 and test >= 0.0 and total < float("inf")):
            raise ValueError(text)
        return Shares(val / total, test / total, seed)
    except ValueError as error:
        raise TrainerError(
            f"{text!r} is no split", "Give three numbers for train, val, test, such as 80,10,10."
        ) from error


def draw_splits(members: Sequence[Member], shares: Shares) -> list[str]:
    """Return the split of every photo, in the order of ``members``.

    The groups of a landmark, in the order of their hashes, go one after the other to the split that lacks most photos
    of its share, so every landmark comes as close to the shares as its groups allow. A group with photos of several
    landmarks counts for the one that has most of them.
    """
    sizes: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for member in members:
        sizes[member.group][member.landmark] += 1
    by_landmark: dict[str, list[str]] = defaultdict(list)
    for group, counts in sizes.items():
        by_landmark[min(counts, key=lambda landmark: (-counts[landmark], landmark))].append(group)
    split_of: dict[str, str] = {}
    for groups in by_landmark.values():
        size = {group: sum(sizes[group].values()) for group in groups}
        lacking = {split: shares.of(split) * sum(size.values()) for split in SPLITS}
        for group in sorted(groups, key=lambda name: (hash_order(shares.seed, name), name)):
            # Rounded, so that sums of binary fractions do not decide between equals.
            split = max(SPLITS, key=lambda name: round(lacking[name], 6))
            split_of[group] = split
            lacking[split] -= size[group]
    return [split_of[member.group] for member in members]


def hash_order(seed: int, name: str) -> bytes:
    """A key that puts names into a random order which depends on nothing but the seed and each name."""
    return hashlib.blake2b(f"{seed}\0{name}".encode("utf-8", "surrogateescape"), digest_size=8).digest()


def write_splits(file: Path, rows: Iterable[tuple[str, str, str, str]]) -> None:
    """Write photo, landmark's folder, split and group as CSV, whole or not at all.

    Raises:
        TrainerError: the file cannot be written.
    """
    temporary = file.with_name(file.name + ".tmp")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("w", encoding="utf-8", errors="surrogateescape", newline="") as stream:
            writer = csv.writer(stream, lineterminator="\n")
            writer.writerow(SPLIT_COLUMNS)
            writer.writerows(rows)
        temporary.replace(file)
    except OSError as error:
        raise TrainerError(f"{file} cannot be written: {error.strerror}", "Choose another --out-splits.") from error


def read_splits(file: Path) -> Mapping[str, tuple[str, str]]:
    """Read a splits file: photo (its name below the photos' root, with forward slashes) → split and group.

    Only the columns ``photo`` and ``split`` are needed.

    Raises:
        TrainerError: the file cannot be read, lacks a column, names another split, or a photo twice.
    """
    found: dict[str, tuple[str, str]] = {}
    try:
        with file.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as stream:
            reader = csv.DictReader(stream)
            if not {"photo", "split"} <= set(reader.fieldnames or ()):
                raise TrainerError(f"The splits {file} need the columns photo and split", SPLITS_REMEDY)
            for number, row in enumerate(reader, start=2):
                photo, split = row["photo"] or "", row["split"] or ""
                if split not in SPLITS:
                    raise TrainerError(f"{file.name}, line {number}: {split!r} is no split", SPLITS_REMEDY)
                if photo in found:
                    raise TrainerError(f"{file.name}, line {number}: {photo!r} appears twice", SPLITS_REMEDY)
                found[photo] = (split, row.get("group") or "")
    except OSError as error:
        raise TrainerError(f"The splits {file} cannot be read: {error.strerror}", SPLITS_REMEDY) from error
    except csv.Error as error:
        raise TrainerError(f"The splits {file} are no CSV: {error}", SPLITS_REMEDY) from error
    return found
