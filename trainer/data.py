"""Photos on disk: the folder tree, reading them in parallel, and what cannot be read."""

import os
import re
import unicodedata
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, TypeVar

import numpy as np
from PIL import Image

from landmark_desktop.core.errors import PhotoError
from landmark_desktop.core.photo import is_photo_name
from landmark_desktop.core.preprocess import UInt8Array
from landmark_desktop.imaging.decode import WORKING_SHORT_SIDE, decode
from trainer.errors import TrainerError
from trainer.metrics import NONE
from trainer.splits import SPLITS as _SPLITS
from trainer.splits import Member, Shares, draw_splits

SPLITS: Final = _SPLITS
TREE_REMEDY = "Arrange the photos as train/, val/ and test/, each with one folder per landmark (see docs/training.md)."
_NUMBER = re.compile(r"^\d{2,4}\.(?=\D)")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Sample:
    """One photo and the index of the landmark it shows, ``NONE`` where it shows none of them. Photos of one ``group``
    belong together and stay in one split; empty: the photo stands alone."""

    path: Path
    landmark: int
    group: str = ""


@dataclass(frozen=True, slots=True)
class DataTree:
    """The photos of a training, whatever they come from.

    ``folders`` are the landmarks' folders, in the order of the model's outputs. ``left_out`` has, by split, the photos
    of landmarks that the model must not know: they are in no split, neither as landmarks nor as background.
    ``missing`` are photos that a list names and that are not there; ``notes`` are sentences on what else was found.
    """

    root: Path
    background: str
    folders: tuple[str, ...]
    splits: dict[str, tuple[Sample, ...]]
    left_out: dict[str, tuple[Path, ...]] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def landmark_ids(self) -> tuple[str, ...]:
        """The landmarks' ids, in the order of the model's outputs."""
        return tuple(landmark_id(folder) for folder in self.folders)

    @property
    def has_background(self) -> bool:
        """True if there are training photos without a landmark, so that the model gets a background class."""
        return any(sample.landmark == NONE for sample in self.splits["train"])

    def relative_name(self, path: Path) -> str:
        """A photo's name in reports and lists: below the root, with forward slashes."""
        return path.relative_to(self.root).as_posix()

    def folder_of(self, sample: Sample) -> str:
        """The folder of a sample: its landmark's, or the background's."""
        return self.background if sample.landmark == NONE else self.folders[sample.landmark]


@dataclass(frozen=True, slots=True)
class Found:
    """One photo of a source: its file, its landmark's folder, its split ("" where the source has none), its group."""

    path: Path
    folder: str
    split: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """What a source has: photos, the splits that are still to be ``drawn`` from those in train or in no split, photos
    that are missing, and sentences about all that."""

    photos: Sequence[Found]
    drawn: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def landmark_id(folder: str) -> str:
    """Make an id of a folder's name: lower case, ASCII, underscores (``"Château d'If"`` → ``chateau_d_if``). A number
    in front of the name is no part of it (``"07.Stonehenge"`` → ``stonehenge``).

    Raises:
        TrainerError: nothing is left of the name.
    """
    ascii_name = unicodedata.normalize("NFKD", _NUMBER.sub("", folder)).encode("ascii", "ignore").decode().lower()
    identifier = re.sub(r"[^a-z0-9]+", "_", ascii_name).strip("_")[:100]
    if not identifier:
        raise TrainerError(
            f"The folder {folder!r} has no letters or digits to make an id of", "Rename it in the Latin alphabet."
        )
    return identifier


def folder_name(folder: str) -> str:
    """Make a name for people of a folder's name: ``"00.Haleakala_National_Park"`` → ``Haleakala National Park``."""
    return " ".join(_NUMBER.sub("", folder).replace("_", " ").split())


def scan_tree(
    root: Path, background: str = "_none", leave_out: Sequence[str] = (), shares: Shares | None = None
) -> DataTree:
    """List the photos of ``root/train``, ``root/val`` and ``root/test``, or of a tree without splits.

    Where ``val`` is missing, a part of ``train`` takes its place, and where both are missing, also that of ``test``;
    where there is no ``train`` either, the landmarks' folders lie in ``root`` itself. ``leave_out`` are folders, or
    landmark ids, of which the model shall know nothing.

    Raises:
        TrainerError: no training photos of at least two landmarks, two folders with one id, a folder in ``val`` or
            ``test`` that ``train`` does not have, or a landmark to leave out that there is not.
    """
    return make_tree(root, background, list_folders(root), leave_out=leave_out, shares=shares or Shares())


def list_folders(root: Path) -> Listing:
    """List a folder tree. A photo's group is the folder below its landmark's, where it lies in one.

    Raises:
        TrainerError: there is no folder with landmarks in it.
    """
    present = [split for split in SPLITS if (root / split).is_dir()]
    if "train" not in present:
        photos = [] if present or not root.is_dir() else list_split(root, "")
        if not photos:
            raise TrainerError(f"There is no folder {root / 'train'}", TREE_REMEDY)
        return Listing(photos, ("val", "test"))
    photos = [photo for split in present for photo in list_split(root / split, split)]
    drawn = () if "val" in present else ("val",) if "test" in present else ("val", "test")
    return Listing(photos, drawn)


def list_split(folder: Path, split: str, only: str = "") -> list[Found]:
    """The photos of one split, landmark after landmark, or those of the ``only`` folder that is asked for."""
    found = []
    for child in [folder / only] if only else sorted(folder.iterdir()):
        if child.is_dir() and not child.name.startswith("."):
            for path in sorted(path for path in child.rglob("*") if is_photo_name(path.name) and path.is_file()):
                group = path.parent.relative_to(folder).as_posix() if path.parent != child else ""
                found.append(Found(path, child.name, split, group))
    return found


def make_tree(
    root: Path, background: str, listing: Listing, *, leave_out: Sequence[str] = (), shares: Shares
) -> DataTree:
    """Make the tree of what a source has: draw missing splits, leave landmarks out, check, and number the landmarks.

    Raises:
        TrainerError: see :func:`scan_tree`.
    """
    photos, notes = _draw(root, listing, shares)
    photos, left_out = _take_out(photos, leave_out, background)
    folders = tuple(sorted({photo.folder for photo in photos if photo.split == "train"} - {background}))
    ids: dict[str, str] = {}
    for folder in folders:
        identifier = landmark_id(folder)
        if identifier in ids:
            raise TrainerError(
                f"The folders {ids[identifier]}, {folder} give the same id {identifier!r}", "Rename or merge them."
            )
        ids[identifier] = folder
    if len(folders) < 2:
        raise TrainerError(f"{root} has training photos of {len(folders)} landmarks; two are needed", TREE_REMEDY)
    index = {folder: position for position, folder in enumerate(folders)}
    if background:
        index[background] = NONE
    for split in SPLITS[1:]:
        unknown = sorted({photo.folder for photo in photos if photo.split == split} - set(index))
        if unknown:
            raise TrainerError(
                f"{root / split} has folders that train/ does not have: {', '.join(unknown)}", TREE_REMEDY
            )
    splits: dict[str, list[Sample]] = {split: [] for split in SPLITS}
    for photo in sorted(photos, key=lambda photo: (photo.folder, photo.path)):
        splits[photo.split].append(Sample(photo.path, index[photo.folder], photo.group))
    return DataTree(
        root,
        background,
        folders,
        {split: tuple(samples) for split, samples in splits.items()},
        left_out,
        listing.missing,
        (*listing.notes, *notes),
    )


def _draw(root: Path, listing: Listing, shares: Shares) -> tuple[list[Found], list[str]]:
    """Draw the splits that the source does not have; returns all photos, and what to say about it."""
    wanted = Shares(
        shares.val if "val" in listing.drawn else 0.0, shares.test if "test" in listing.drawn else 0.0, shares.seed
    )
    if not (wanted.val or wanted.test):
        return [photo if photo.split else replace(photo, split="train") for photo in listing.photos], []
    pool = [photo for photo in listing.photos if photo.split in ("", "train")]
    others = [photo for photo in listing.photos if photo.split not in ("", "train")]
    keys = [photo.group or photo.path.relative_to(root).as_posix() for photo in pool]
    names = draw_splits([Member(key, photo.folder) for key, photo in zip(keys, pool, strict=True)], wanted)
    drawn = [replace(photo, split=split) for photo, split in zip(pool, names, strict=True)]
    counts = " and ".join(f"{names.count(split)} {split}" for split in listing.drawn)
    note = f"Not split into train, val and test: {counts} photos were drawn from {len(pool)} (seed {shares.seed})."
    return drawn + others, [note]


def _take_out(
    photos: Sequence[Found], leave_out: Sequence[str], background: str
) -> tuple[list[Found], dict[str, tuple[Path, ...]]]:
    """Part the photos into those that stay, and those of the folders (or ids) to leave out, by split.

    Raises:
        TrainerError: a name that fits no folder, or the background's.
    """
    if not leave_out:
        return list(photos), dict.fromkeys(SPLITS, ())
    chosen: dict[str, set[str]] = {}
    for folder in {photo.folder for photo in photos} - {background}:
        names = {folder, landmark_id(folder)} & set(leave_out)
        if names:
            chosen[folder] = names
    unknown = sorted(set(leave_out) - {name for names in chosen.values() for name in names})
    if unknown:
        raise TrainerError(
            f"There is no landmark {unknown[0]!r} to leave out", "Write ids or folder names in data.leave_out."
        )
    out = sorted((photo for photo in photos if photo.folder in chosen), key=lambda photo: (photo.folder, photo.path))
    left_out = {split: tuple(photo.path for photo in out if photo.split == split) for split in SPLITS}
    return [photo for photo in photos if photo.folder not in chosen], left_out


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
    paths: Sequence[Path],
    prepare: Callable[[int, Image.Image], R],
    threads: int,
    *,
    short_side: int = WORKING_SHORT_SIDE,
) -> Generator[R | PhotoError, None, None]:
    """Decode photos on ``threads`` threads and yield ``prepare(position, picture)`` in the order of ``paths``. The
    pictures' shorter sides have at least ``short_side`` pixels where the photos have that many.

    A photo that cannot be read yields its error instead. At most a few dozen results wait in memory. Decoding and
    resizing release Python's lock, so threads are enough.
    """

    def task(position: int) -> R | PhotoError:
        try:
            picture = decode(paths[position], short_side=short_side).image
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
