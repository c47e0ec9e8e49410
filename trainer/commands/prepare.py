"""``landmark-trainer prepare``."""

import sys
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from trainer import prepare as preparation
from trainer.alike import Examined, group_names
from trainer.commands.source import write_report
from trainer.config import DataConfig, from_table, load_config, to_table
from trainer.data import SPLITS, DataTree
from trainer.duplicates import MAX_HASH_DISTANCE
from trainer.errors import TrainerError
from trainer.landmarks import landmarks_for, read_landmarks, without_place
from trainer.pairs import Shown, save_sheet
from trainer.resize import Copy, CopyFormat, CopySettings, copy_names, safe_folder, write_copies
from trainer.sources import tree_of
from trainer.splits import Member, draw_splits, parse_shares, write_splits


@dataclass(frozen=True, slots=True)
class Alike:
    """What counts as a near-duplicate: differing bits of the perceptual hash, and the cosine similarity of embeddings,
    None where none are computed."""

    max_distance: int
    min_similarity: float | None


@dataclass(frozen=True, slots=True)
class Outputs:
    """What is written, each where not None: the report, a sheet of near-duplicates, the copies, the splits."""

    report: Path | None
    pairs: Path | None
    photos: Path | None
    splits: Path | None


def prepare(
    data: DataConfig,
    out: Outputs,
    *,
    alike: Alike,
    split: str | None,
    seed: int,
    size: int,
    photo_format: CopyFormat,
    quality: int,
    threads: int,
) -> int:
    """Check the photos, print the report, and write what is asked for; nothing is written to the photos themselves.

    ``split`` (such as ``80,10,10``) draws a new split of all photos, group by group; without it every photo keeps its
    own. Photos of landmarks that a configuration leaves out of training are prepared as all others.

    Raises:
        TrainerError: something is out of range, the photos are not usable, or an output cannot be written.
    """
    shares = parse_shares(split, seed) if split is not None else None
    if shares is not None and out.photos is None and out.splits is None:
        raise TrainerError("A new split must be written somewhere", "Give --out-photos or --out-splits.")
    if not 0 <= alike.max_distance <= MAX_HASH_DISTANCE or not 0.0 < (alike.min_similarity or 1.0) <= 1.0:
        raise TrainerError(
            f"The distance must be in [0, {MAX_HASH_DISTANCE}] and the similarity in (0, 1]", "Leave them out."
        )
    settings = _settings(size, photo_format, quality)
    tree = tree_of(replace(data, leave_out=()))
    report = preparation.examine(
        tree, threads=threads, max_distance=alike.max_distance, min_similarity=alike.min_similarity
    )
    document, photos = report.document, report.photos
    groups = group_names(photos, report.pairs)
    splits = [photo.split for photo in photos]
    if shares is not None:
        members = [Member(group, tree.folder_of(photo.sample)) for group, photo in zip(groups, photos, strict=True)]
        splits = draw_splits(members, shares)
        document["new_split"] = _describe_split(tree, photos, splits, groups)
    if data.landmarks:
        table = read_landmarks(Path(data.landmarks))
        document["without_place"] = without_place(landmarks_for(tree.landmark_ids, tree.folders, table))
    print(preparation.table(document))
    _print_more(document, Path(data.landmarks).name)
    if out.pairs is not None:
        save_sheet(out.pairs, [_shown(tree, pair) for pair in document["near_duplicates"]["pairs"]], threads)
    if out.splits is not None:
        folders = [tree.folder_of(photo.sample) for photo in photos]
        names = [photo.name for photo in photos]
        write_splits(out.splits, zip(names, folders, splits, groups, strict=True))
        print(f"splits: {out.splits}")
    if out.photos is not None:
        document["copies_written"] = _copy(tree, photos, splits, out.photos, settings, threads=threads)
    if out.report is not None:
        write_report(out.report, document)
    return 0


def data_of(config: Path | None, data: Path | None, landmarks: Path | None, values: Mapping[str, Any]) -> DataConfig:
    """Return the table [data] of a configuration file, with the command line's folders and ``values`` over it.

    Raises:
        TrainerError: something in it is wrong, or no folder is given.
    """
    places = {key: str(path) for key, path in (("root", data), ("landmarks", landmarks)) if path is not None}
    table = to_table(load_config(config).data)
    settings = from_table(DataConfig, {**table, **places, **values}, "data")
    if not settings.root:
        raise TrainerError("There are no photos to prepare", "Give their folder with --data.")
    return settings


def _settings(size: int, photo_format: CopyFormat, quality: int) -> CopySettings:
    try:
        return CopySettings(size, photo_format, quality)
    except ValueError as error:
        raise TrainerError(str(error), "Choose other numbers for --size and --quality.") from error


def _describe_split(
    tree: DataTree, photos: Sequence[Examined], splits: Sequence[str], groups: Sequence[str]
) -> dict[str, Any]:
    """What the report says of a new split: photos by split, groups of several photos, landmarks that a split lacks."""
    found: dict[str, set[str]] = defaultdict(set)
    for photo, split in zip(photos, splits, strict=True):
        found[split].add(tree.folder_of(photo.sample))
    folders = sorted({folder for present in found.values() for folder in present})
    used = [split for split in SPLITS if split in found]
    return {
        "photos": dict(Counter(splits)),
        "groups_of_several": sum(count > 1 for count in Counter(groups).values()),
        "lacking": {split: [folder for folder in folders if folder not in found[split]] for split in used},
    }


def _print_more(document: dict[str, Any], table: str) -> None:
    if document.get("without_place"):
        print(f"Without a place in {table}: {', '.join(document['without_place'])}")
    if "new_split" in document:
        new = document["new_split"]
        counts = ", ".join(f"{new['photos'].get(split, 0)} {split}" for split in SPLITS)
        print(f"new split: {counts}; {new['groups_of_several']} groups of several photos stay together")
        for split, folders in new["lacking"].items():
            if folders:
                print(f"too few groups for {split}: {', '.join(folders)}", file=sys.stderr)


def _shown(tree: DataTree, pair: dict[str, Any]) -> Shown:
    first, second = (tree.root / name for name in pair["photos"])
    return Shown(first, second, (preparation.difference(pair), *pair["photos"]))


def _copy(
    tree: DataTree,
    photos: Sequence[Examined],
    splits: Sequence[str],
    out: Path,
    settings: CopySettings,
    *,
    threads: int,
) -> dict[str, Any]:
    """Write the copies and return what the report says of them."""
    folders = [_folder(tree, photo, split) for photo, split in zip(photos, splits, strict=True)]
    sources = [photo.sample.path for photo in photos]
    names = copy_names(folders, sources, settings)
    copies = [Copy(source, name) for source, name in zip(sources, names, strict=True)]
    written = write_copies(tree.root, out, copies, settings, threads)
    print(f"copies: {written.written} written, {written.kept} were there already, in {out}")
    for path, reason in written.failed:
        print(f"{tree.relative_name(path)}: {reason}", file=sys.stderr)
    return {
        "written": written.written,
        "kept": written.kept,
        "failed": [{"photo": tree.relative_name(path), "reason": reason} for path, reason in written.failed],
    }


def _folder(tree: DataTree, photo: Examined, split: str) -> str:
    """Where a copy goes: its split, its landmark's folder, and the subfolder that says which photos belong together."""
    folder = tree.folder_of(photo.sample)
    inner = photo.sample.group.removeprefix(f"{folder}/") if photo.sample.group.startswith(f"{folder}/") else ""
    return "/".join(part for part in (split, safe_folder(folder), inner) if part)
