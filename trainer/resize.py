"""A smaller copy of the photos: training reads it many times faster than the originals, which stay as they are.

Every copy is upright and in sRGB, as the app shows the photo to the model. It is written whole or not at all, so an
interrupted run is continued by starting it again: copies that are there and not older than their photo are passed over.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final, Literal

from PIL import Image
from tqdm import tqdm

from landmark_desktop.core.errors import PhotoError
from landmark_desktop.core.photo import is_photo_name
from landmark_desktop.core.preprocess import resized_size
from trainer.data import read_in_parallel
from trainer.errors import TrainerError
from trainer.run import write_json

SETTINGS_NAME: Final = "prepared.json"
MAX_RATIO: Final = 16
"""Pictures longer than this many times their shorter side lose their ends; WebP has at most 16,383 pixels a side."""
CopyFormat = Literal["jpeg", "webp"]
_SUFFIXES: Final = {"jpeg": ".jpg", "webp": ".webp"}


@dataclass(frozen=True, slots=True)
class CopySettings:
    """How copies are made: ``size`` is the shorter side in pixels (smaller photos keep theirs), ``quality`` that of the
    format's encoder.

    Raises:
        ValueError: a size outside [32, 1000] or a quality outside [1, 100].
    """

    size: int = 256
    format: CopyFormat = "jpeg"
    quality: int = 95

    def __post_init__(self) -> None:
        if not 32 <= self.size <= 1000:
            raise ValueError(f"the size must be in [32, 1000], not {self.size}")
        if not 1 <= self.quality <= 100:
            raise ValueError(f"the quality must be in [1, 100], not {self.quality}")


@dataclass(frozen=True, slots=True)
class Copy:
    """One photo and where its copy goes, relative to the folder of copies."""

    source: Path
    target: str


@dataclass(frozen=True, slots=True)
class Written:
    """What was done: how many copies were written, how many were there, and which photos could not be copied."""

    written: int
    kept: int
    failed: tuple[tuple[Path, str], ...]


def copy_names(folders: Sequence[str], sources: Sequence[Path], settings: CopySettings) -> list[str]:
    """Return the relative name of every copy: its folder, the photo's name and the new ending.

    Photos of one name in one folder (``a.jpg`` and ``a.png``) are told apart by their old endings, then by numbers.
    """
    taken: set[str] = set()
    names = []
    for folder, source in zip(folders, sources, strict=True):
        base = f"{folder}/{source.stem}"
        candidates = _candidates(base, source.suffix.lower().lstrip("."))
        # Folded, because two names that differ in case only are one file on many disks.
        name = next(name for name in candidates if (name + _SUFFIXES[settings.format]).casefold() not in taken)
        name += _SUFFIXES[settings.format]
        taken.add(name.casefold())
        names.append(name)
    return names


def _candidates(base: str, suffix: str) -> Iterator[str]:
    yield base
    number = 1
    while True:
        yield f"{base}_{suffix}" if number == 1 else f"{base}_{suffix}_{number}"
        number += 1


def safe_folder(name: str) -> str:
    """Return a folder's name without characters that some file system does not allow; its id stays the same."""
    return re.sub(r'[\x00-\x1f/\\:*?"<>|]', "_", name)


def write_copies(originals: Path, out: Path, copies: Sequence[Copy], settings: CopySettings, threads: int) -> Written:
    """Write the copies into ``out``, on ``threads`` threads (0: one per processor).

    Raises:
        TrainerError: ``out`` overlaps with the originals, holds copies of other settings or other photos, or cannot be
            written.
    """
    here, there = out.resolve(), originals.resolve()
    if here == there or here in there.parents or there in here.parents:
        raise TrainerError(f"{out} overlaps with the photos in {originals}", "Choose a folder elsewhere.")
    try:
        _claim(out, {copy.target for copy in copies}, settings)
        stale = [copy for copy in copies if not _is_fresh(out / copy.target, copy.source)]
        for folder in {(out / copy.target).parent for copy in stale}:
            folder.mkdir(parents=True, exist_ok=True)
        failed = []

        def save(position: int, picture: Image.Image) -> None:
            save_copy(shrink(picture, settings.size), out / stale[position].target, settings)

        results = read_in_parallel([copy.source for copy in stale], save, threads, short_side=settings.size)
        bar = tqdm(results, total=len(stale), desc="writing copies", unit="photo", disable=None)
        for copy, result in zip(stale, bar, strict=True):
            if isinstance(result, PhotoError):
                failed.append((copy.source, result.message))
    except OSError as error:
        raise TrainerError(
            f"The copies cannot be written into {out}: {error.strerror or error}", "Choose another --out-photos."
        ) from error
    return Written(len(stale) - len(failed), len(copies) - len(stale), tuple(failed))


def _claim(out: Path, targets: set[str], settings: CopySettings) -> None:
    """Make the folder, or check that what is in it was made the same way. Raises OSError."""
    out.mkdir(parents=True, exist_ok=True)
    file = out / SETTINGS_NAME
    wanted = asdict(settings)
    present = {
        path.relative_to(out).as_posix() for path in out.rglob("*") if is_photo_name(path.name) and path.is_file()
    }
    others = sorted(present - targets)
    if others:
        raise TrainerError(
            f"{out} holds {len(others)} photos that are none of these copies, such as {others[0]}",
            "Choose an empty folder, or remove them: a photo in two splits would spoil the test.",
        )
    try:
        found = json.loads(file.read_text(encoding="utf-8")) if file.exists() else None
    except ValueError:
        found = "something else"
    if present and found != wanted:
        raise TrainerError(f"{out} holds copies that were made with other settings ({found})", "Choose another folder.")
    write_json(file, wanted)


def _is_fresh(target: Path, source: Path) -> bool:
    """True if the copy is there and not older than its photo. A photo that is gone will be told when it is read."""
    try:
        return target.stat().st_mtime_ns >= source.stat().st_mtime_ns
    except OSError:
        return False


def shrink(picture: Image.Image, size: int) -> Image.Image:
    """Return the picture with its shorter side reduced to ``size`` pixels; smaller ones stay as they are."""
    limit = MAX_RATIO * min(picture.size)
    if max(picture.size) > limit:
        width, height = min(picture.width, limit), min(picture.height, limit)
        left, top = (picture.width - width) // 2, (picture.height - height) // 2
        picture = picture.crop((left, top, left + width, top + height))
    if min(picture.size) <= size:
        return picture
    return picture.resize(resized_size(*picture.size, size), Image.Resampling.LANCZOS)


def save_copy(picture: Image.Image, target: Path, settings: CopySettings) -> None:
    """Write a copy so that it is whole or not there. Raises OSError."""
    temporary = target.with_name(f".{target.name}.tmp")  # hidden, so that no scan takes it for a photo
    try:
        if settings.format == "jpeg":
            picture.save(temporary, "JPEG", quality=settings.quality, subsampling=0, optimize=True)
        else:
            picture.save(temporary, "WEBP", quality=settings.quality, method=4)
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
