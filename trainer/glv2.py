"""Google Landmarks v2 as a source of photos: its CSV files, and the photos that lie under ``a/b/c/abc….jpg``.

``train.csv`` (id, url, landmark_id) has 4.1 million rows, so the files are read row by row and only the chosen classes
are kept. ``train_clean.csv`` (landmark_id, images: ids with spaces between) works as well. Columns ``split`` and
``group`` in a ``train.csv`` of one's own are heeded. Source: Weyand et al. 2020, "Google Landmarks Dataset v2",
arXiv:2004.01804, and the data set's own description of its files.
"""

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import unquote

from tqdm import tqdm

from trainer.config import DataConfig
from trainer.data import Found, Listing, landmark_id, list_split
from trainer.errors import TrainerError
from trainer.splits import SPLITS, hash_order

REMEDY = "See docs/training.md for the files of Google Landmarks v2."
_PHOTO_ID = re.compile(r"[0-9A-Za-z_-]{3,100}")
_CATEGORY: Final = "Category:"


class Row(NamedTuple):
    """One photo of the list: its id, the number of its class, and where given its split and group."""

    photo: str
    number: str
    split: str = ""
    group: str = ""


def list_glv2(data: DataConfig, root: Path) -> Listing:
    """List the photos of the chosen classes.

    A class is chosen by its number, its id or its category's name in ``data.classes``, or for being one of the
    ``data.largest`` with most photos in the list. Photos whose files are missing are counted, not fatal.

    Raises:
        TrainerError: a CSV file cannot be read or has other columns, a row is wrong, or a chosen class is not there.
    """
    file = root / data.csv
    counts = Counter(row.number for row in read_rows(file)) if data.largest or data.classes else Counter[str]()
    numbers = sorted(counts, key=lambda number: (-counts[number], number))
    names = read_categories(root / data.categories) if data.categories else {}
    chosen = _choose(numbers, names, data)
    folders = _folders({number: names.get(number, f"landmark_{number}") for number in chosen})
    rows: dict[str, dict[str, Row]] = {number: {} for number in chosen}
    for row in read_rows(file):
        if row.number in rows:
            rows[row.number][row.photo] = row
    photos: list[Found] = []
    missing: list[str] = []
    images = root / data.images
    for number in tqdm(chosen, desc="looking for the photos", unit="landmark", disable=None):
        taken = 0
        # In random order, so that a limit takes no photographer's whole series before the others.
        for row in sorted(rows[number].values(), key=lambda row: hash_order(data.split_seed, row.photo)):
            if data.max_photos and taken == data.max_photos:
                break
            path = photo_path(images, row.photo)
            if path.is_file():
                photos.append(Found(path, folders[number], row.split, row.group))
                taken += 1
            else:
                missing.append(path.relative_to(root).as_posix())
    found = {photo.folder for photo in photos}
    notes = [f"No photo of {folders[number]} is there." for number in chosen if folders[number] not in found]
    if data.background and (root / data.background).is_dir():
        photos += list_split(root, "", only=data.background)
    has_splits = any(photo.split for photo in photos)
    if has_splits:
        photos = [photo if photo.split else replace(photo, split="train") for photo in photos]
    return Listing(photos, () if has_splits else SPLITS[1:], tuple(missing), tuple(notes))


def photo_path(images: Path, photo: str) -> Path:
    """Return where the photo of an id lies: under its first three characters."""
    return images / photo[0] / photo[1] / photo[2] / f"{photo}.jpg"


def read_rows(file: Path) -> Iterator[Row]:
    """Yield the photos of ``train.csv`` or ``train_clean.csv``, which the header tells apart.

    Raises:
        TrainerError: the file cannot be read, has other columns, or a row is wrong (the text names the line).
    """
    with _Table(file) as (header, lines):
        if {"landmark_id", "images"} <= set(header):
            number_at, images_at = header.index("landmark_id"), header.index("images")
            for where, line in lines:
                for photo in line[images_at].split():
                    yield Row(_checked(photo, where), line[number_at])
        elif {"id", "landmark_id"} <= set(header):
            photo_at, number_at = header.index("id"), header.index("landmark_id")
            split_at = header.index("split") if "split" in header else None
            group_at = header.index("group") if "group" in header else None
            for where, line in lines:
                split = "" if split_at is None else line[split_at]
                if split and split not in SPLITS:
                    raise TrainerError(f"{where}: {split!r} is no split", REMEDY)
                yield Row(
                    _checked(line[photo_at], where), line[number_at], split, "" if group_at is None else line[group_at]
                )
        else:
            raise TrainerError(f"{file} has neither the columns id, landmark_id nor landmark_id, images", REMEDY)


def read_categories(file: Path) -> Mapping[str, str]:
    """Read ``train_label_to_category.csv`` and return number → the category's name with underscores, decoded.

    Raises:
        TrainerError: the file cannot be read or lacks a column.
    """
    names = {}
    with _Table(file) as (header, lines):
        if not {"landmark_id", "category"} <= set(header):
            raise TrainerError(f"{file} lacks the columns landmark_id, category", REMEDY)
        number_at, category_at = header.index("landmark_id"), header.index("category")
        for _where, line in lines:
            name = unquote(line[category_at].rpartition(_CATEGORY)[2])
            # A name becomes a folder where the photos are written as a tree.
            names[line[number_at]] = re.sub(r'[\x00-\x1f/\\:*?"<>|]', "_", name).strip(" .") or line[number_at]
    return names


class _Table:
    """A CSV file that is read row by row: its header, and its lines with their places. Errors become TrainerErrors."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def __enter__(self) -> tuple[list[str], Iterator[tuple[str, list[str]]]]:
        try:
            self._stream = self._file.open(encoding="utf-8-sig", newline="")
        except OSError as error:
            raise TrainerError(f"{self._file} cannot be read: {error.strerror}", REMEDY) from error
        reader = csv.reader(self._stream)
        try:
            header = next(reader, [])
        except (OSError, UnicodeDecodeError, csv.Error) as error:
            self._stream.close()
            raise TrainerError(f"{self._file} is no CSV in UTF-8: {error}", REMEDY) from error
        return header, self._lines(reader, len(header))

    def __exit__(self, *_: object) -> None:
        self._stream.close()

    def _lines(self, reader: Iterator[list[str]], columns: int) -> Iterator[tuple[str, list[str]]]:
        number = 1
        try:
            for number, line in enumerate(reader, start=2):
                if len(line) < columns:
                    raise TrainerError(f"{self._file.name}, line {number} has {len(line)} columns", REMEDY)
                yield f"{self._file.name}, line {number}", line
        except (OSError, UnicodeDecodeError, csv.Error) as error:
            raise TrainerError(f"{self._file} is no CSV in UTF-8 after line {number}: {error}", REMEDY) from error


def _checked(photo: str, where: str) -> str:
    if not _PHOTO_ID.fullmatch(photo):
        raise TrainerError(f"{where}: {photo!r} is no photo's id", REMEDY)
    return photo


def _choose(numbers: Sequence[str], names: Mapping[str, str], data: DataConfig) -> tuple[str, ...]:
    """The numbers of the chosen classes; ``numbers`` are those of the list, the largest first."""
    if data.largest:
        return tuple(numbers[: data.largest])
    by_name: dict[str, list[str]] = defaultdict(list)
    for number in numbers:
        for name in {number, names.get(number, ""), _id_of(names.get(number, ""))}:
            by_name[name].append(number)
    chosen: dict[str, None] = {}
    for wanted in data.classes:
        found = by_name.get(wanted, [])
        if len(found) != 1:
            text = f"{len(found)} classes ({', '.join(found[:5])})" if found else "no class"
            raise TrainerError(f"{data.csv} has {text} {wanted!r}", "Write landmark_id numbers in data.classes.")
        chosen[found[0]] = None
    return tuple(chosen)


def _id_of(name: str) -> str:
    try:
        return landmark_id(name)
    except TrainerError:
        return ""


def _folders(names: Mapping[str, str]) -> dict[str, str]:
    """Return number → folder: the class's name, with its number where the name gives no id (it is in another script)
    or that of another class."""
    ids = Counter(_id_of(name) for name in names.values())
    return {
        # Shortened, because an id has at most 100 characters and the number must be among them.
        number: name if _id_of(name) and ids[_id_of(name)] == 1 else f"{name[:60]}_landmark_{number}"
        for number, name in names.items()
    }
