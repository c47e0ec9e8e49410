"""Photos on disk: the folder tree, reading them in parallel, and what cannot be read."""

import os
import re
import unicodedata
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeVar

import numpy as np
from PIL import Image

from landmark_desktop.core.errors import PhotoError
from landmark_desktop.core.photo import is_photo_name
from landmark_desktop.core.preprocess import UInt8Array
from landmark_desktop.imaging.decode import decode
from trainer.errors import TrainerError
from trainer.metrics import NONE

SPLITS: Final = ("train", "val", "test")
TREE_REMEDY = "Arrange the photos as train/, val/ and test/, each with one folder per landmark (see docs/training.md)."
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Sample:
    """One photo and the index of the landmark it shows, ``NONE`` where it shows none of them."""

    path: Path
    landmark: int


@dataclass(frozen=True, slots=True)
class DataTree:
    """The photos of a training, whatever they come from.

    ``folders`` are the landmarks' folders, in the order of the model's outputs. ``left_out`` has, by split, the photos
    of landmarks that the model must not know: they are in no split, neither as landmarks nor as background.
    """

    root: Path
    background: str
    folders: tuple[str, ...]
    splits: dict[str, tuple[Sample, ...]]
    left_out: dict[str, tuple[Path, ...]] = field(default_factory=dict)

    @property
    def landmark_ids(self) -> tuple[str, ...]:
        """The landmarks' ids, in the order of the model's outputs."""
        return tuple(landmark_id(folder) for folder in self.folders)

    @property
    def has_background(self) -> bool:
        """True if there are training photos without a landmark, so that the model gets a background class."""
        return any(sample.landmark == NONE for sample in self.splits["train"])


def landmark_id(folder: str) -> str:
    """Make an id of a folder's name: lower case, ASCII, underscores (``"Château d'If"`` → ``chateau_d_if``).

    Raises:
        TrainerError: nothing is left of the name.
    """
    ascii_name = unicodedata.normalize("NFKD", folder).encode("ascii", "ignore").decode().lower()
    identifier = re.sub(r"[^a-z0-9]+", "_", ascii_name).strip("_")[:100]
    if not identifier:
        raise TrainerError(
            f"The folder {folder!r} has no letters or digits to make an id of", "Rename it in the Latin alphabet."
        )
    return identifier


def scan_tree(root: Path, background: str = "_none", leave_out: Sequence[str] = ()) -> DataTree:
    """List the photos of ``root/train``, ``root/val`` and ``root/test`` (the last two may be missing). ``leave_out``
    are folders, or landmark ids, of which the model shall know nothing.

    Raises:
        TrainerError: no training photos of at least two landmarks, two folders with one id, a folder in ``val`` or
            ``test`` that ``train`` does not have, or a landmark to leave out that there is not.
    """
    if not (root / "train").is_dir():
        raise TrainerError(f"There is no folder {root / 'train'}", TREE_REMEDY)
    found = {split: _scan_split(root / split) for split in SPLITS}
    left_out = take_out(found, leave_out, background)
    folders = tuple(name for name in sorted(found["train"]) if name != background)
    ids = [landmark_id(folder) for folder in folders]
    for identifier in ids:
        if ids.count(identifier) > 1:
            clash = ", ".join(folder for folder in folders if landmark_id(folder) == identifier)
            raise TrainerError(f"The folders {clash} give the same id {identifier!r}", "Rename or merge them.")
    if len(folders) < 2:
        raise TrainerError(f"{root / 'train'} has photos of {len(folders)} landmarks; two are needed", TREE_REMEDY)
    index = {folder: position for position, folder in enumerate(folders)}
    if background:
        index[background] = NONE
    splits = {}
    for split, by_folder in found.items():
        unknown = sorted(set(by_folder) - set(index))
        if unknown:
            names = ", ".join(unknown)
            raise TrainerError(f"{root / split} has folders that train/ does not have: {names}", TREE_REMEDY)
        splits[split] = tuple(Sample(path, index[folder]) for folder in sorted(by_folder) for path in by_folder[folder])
    return DataTree(root, background, folders, splits, left_out)


def take_out(
    found: dict[str, dict[str, list[Path]]], leave_out: Sequence[str], background: str
) -> dict[str, tuple[Path, ...]]:
    """Remove the folders that ``leave_out`` names (by folder or id) from ``found``, split → folder → photos, and return
    their photos by split.

    Raises:
        TrainerError: a name that fits no folder, or the background's.
    """
    names = {folder for by_folder in found.values() for folder in by_folder} - {background}
    chosen = {folder for folder in names if folder in leave_out or landmark_id(folder) in leave_out}
    for wanted in leave_out:
        if not any(wanted in (folder, landmark_id(folder)) for folder in chosen):
            raise TrainerError(
                f"There is no landmark {wanted!r} to leave out", "Write ids or folder names in data.leave_out."
            )
    left_out = {}
    for split, by_folder in found.items():
        left_out[split] = tuple(path for folder in sorted(chosen) for path in by_folder.pop(folder, ()))
    return left_out


def _scan_split(folder: Path) -> dict[str, list[Path]]:
    """The photos of one split by folder; folders without photos are left out."""
    if not folder.is_dir():
        return {}
    found = {}
    for child in sorted(folder.iterdir()):
        if child.is_dir() and not child.name.startswith("."):
            photos = sorted(path for path in child.rglob("*") if is_photo_name(path.name) and path.is_file())
            if photos:
                found[child.name] = photos
    return found


def evenly(samples: Sequence[Sample], limit: int) -> tuple[Sample, ...]:
    """Return at most ``limit`` samples (0: all), spread evenly so that most landmarks stay present."""
    if limit <= 0 or len(samples) <= limit:
        return tuple(samples)
    return tuple(samples[position] for position in np.linspace(0, len(samples) - 1, limit).round().astype(int))


def worker_count(threads: int) -> int:
    """Return the number of threads to use: ``threads``, or one per processor that this process may use where 0."""
    if threads > 0:
        return threads
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def read_in_parallel(
    paths: Sequence[Path], prepare: Callable[[int, Image.Image], R], threads: int
) -> Iterator[R | PhotoError]:
    """Decode photos on ``threads`` threads and yield ``prepare(position, picture)`` in the order of ``paths``.

    A photo that cannot be read yields its error instead. At most a few dozen results wait in memory. Decoding and
    resizing release Python's lock, so threads are enough.
    """

    def task(position: int) -> R | PhotoError:
        try:
            picture = decode(paths[position]).image
        except PhotoError as error:
            return error
        return prepare(position, picture)

    workers = worker_count(threads)
    with ThreadPoolExecutor(workers, thread_name_prefix="read") as pool:
        waiting: deque[Future[R | PhotoError]] = deque()
        try:
            for position in range(len(paths)):
                waiting.append(pool.submit(task, position))
                if len(waiting) >= 16 * workers:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()


def batches(pictures: Iterator[UInt8Array | PhotoError], size: int) -> Iterator[tuple[list[int], UInt8Array]]:
    """Gather readable pictures ``[H, W, 3]`` into batches ``[n, H, W, 3]`` with their positions; errors are
    passed over."""
    positions: list[int] = []
    rows: list[UInt8Array] = []
    for position, picture in enumerate(pictures):
        if isinstance(picture, PhotoError):
            continue
        positions.append(position)
        rows.append(picture)
        if len(rows) == size:
            yield positions, np.stack(rows)
            positions, rows = [], []
    if rows:
        yield positions, np.stack(rows)
