"""Where photos come from: the configured source as a :class:`trainer.data.DataTree`.

A source is a function from the configuration to a :class:`trainer.data.Listing`; splits, checks and numbering are the
same for all of them.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from trainer.config import DataConfig
from trainer.data import DataTree, Listing, list_folders, make_tree
from trainer.errors import TrainerError
from trainer.glv2 import list_glv2
from trainer.splits import SPLITS_REMEDY, Shares, read_splits

Source = Callable[[DataConfig, Path], Listing]
SOURCES: Mapping[str, Source] = {"folders": lambda _data, root: list_folders(root), "glv2": list_glv2}
"""By ``data.format``."""


def tree_of(data: DataConfig, root: Path | None = None) -> DataTree:
    """List the photos that the configuration names, below ``root`` instead of the configured folder where given.

    Raises:
        TrainerError: see :func:`trainer.data.scan_tree`; or a file that the source needs is missing or wrong.
    """
    root = root or Path(data.root)
    listing = SOURCES[data.format](data, root)
    if data.splits:
        listing = _with_splits(listing, root, root / data.splits)
    shares = Shares(data.val_share, data.test_share, data.split_seed)
    return make_tree(root, data.background, listing, leave_out=data.leave_out, shares=shares)


def _with_splits(listing: Listing, root: Path, file: Path) -> Listing:
    """Put every photo into the split that the file says; photos that are not in the file take no part."""
    rows = read_splits(file)
    photos, present = [], set()
    for photo in listing.photos:
        name = photo.path.relative_to(root).as_posix()
        present.add(name)
        if name in rows:
            split, group = rows[name]
            photos.append(replace(photo, split=split, group=group))
    if not photos:
        raise TrainerError(f"{file} has none of the photos below {root}", SPLITS_REMEDY)
    counts = Counter(photo.split for photo in photos)
    notes = [f"Split by {file.name}: " + ", ".join(f"{count} {split}" for split, count in sorted(counts.items())) + "."]
    if len(present) > len(photos):
        notes.append(f"{len(present) - len(photos)} photos are not in {file.name} and take no part.")
    missing = tuple(sorted(set(rows) - present))
    return Listing(photos, (), (*listing.missing, *missing), (*listing.notes, *notes))
