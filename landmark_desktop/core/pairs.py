"""Which files of a folder are one photo: a raw file with its JPEG or HEIF, and a live photo with its film.

The files of a photo share their name up to the ending, whatever the case. The picture that is quickest to decode stands
for the photo, the others are its companions.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from landmark_desktop.core.photo import PHOTO_SUFFIXES, RAW_SUFFIXES, PhotoFile, is_photo_name, suffix_of
from landmark_desktop.core.record import FileEntry

MOVIE_SUFFIXES: Final = frozenset({".mov"})
"""Films of live photos; alone they are no photos."""
_LISTED: Final = PHOTO_SUFFIXES | RAW_SUFFIXES | MOVIE_SUFFIXES
_DEVELOPED: Final = (".jpg", ".jpeg", ".jpe", ".heic", ".heif", ".hif")
"""What cameras write beside a raw file, the quickest to decode first. A TIFF or PNG of the same name was exported from
it: a photo of its own."""
_LIVE: Final = (".heic", ".heif", ".jpg", ".jpeg")
"""What a film belongs to, in this order; where there is none of them, to the raw file."""


def is_companion_name(name: str) -> bool:
    """True for names of files that may belong to a photo but are none by themselves, or that may be either."""
    suffix = suffix_of(name)
    return suffix in RAW_SUFFIXES or suffix in MOVIE_SUFFIXES


def is_listed_name(name: str) -> bool:
    """True for the names of all files that :func:`join_pairs` has to see."""
    return not name.startswith(".") and suffix_of(name) in _LISTED


def join_pairs(entries: Iterable[FileEntry]) -> list[FileEntry]:
    """Make photos of the files of one folder, in their order; films without a photo and unknown raw files are left out.

    Where two raw files share their name (a CR2 and the DNG made of it), they are one photo with or without a JPEG.
    """
    entries = list(entries)
    special = [entry for entry in entries if is_companion_name(entry.name)]
    if not special:
        return entries
    stems = {_stem(entry.name) for entry in special}
    families: dict[str, list[FileEntry]] = {stem: [] for stem in stems}
    for entry in entries:
        stem = _stem(entry.name)
        if stem in stems:
            families[stem].append(entry)
    joined: dict[str, FileEntry] = {}
    for family in families.values():
        joined.update((photo.name, photo) for photo in _join(family))
    return [
        joined.get(entry.name, entry) for entry in entries if entry.name in joined or _stem(entry.name) not in stems
    ]


def _join(family: Sequence[FileEntry]) -> list[FileEntry]:
    """The photos among files that share their name up to ending and case."""
    raws = [entry for entry in family if suffix_of(entry.name) in RAW_SUFFIXES]
    films = [entry for entry in family if suffix_of(entry.name) in MOVIE_SUFFIXES]
    others = [entry for entry in family if entry not in raws and entry not in films]
    companions: dict[str, list[FileEntry]] = {}
    photos = list(others)
    if raws:
        owner = _best(others, _DEVELOPED, raws[0])
        if owner is None:
            readable = [raw for raw in raws if is_photo_name(raw.name)]
            owner = readable[0] if readable else None
            photos += readable[:1]
        if owner is not None:
            companions[owner.name] = [raw for raw in raws if raw is not owner]
    if films and photos:
        owner = _best(photos, _LIVE, films[0]) or (photos[-1] if raws and photos[-1] in raws else None)
        if owner is not None:
            companions.setdefault(owner.name, []).extend(films[:1])
    return [
        replace(photo, companions=tuple(PhotoFile(file.name, file.size, file.mtime_ns) for file in files))
        if (files := companions.get(photo.name))
        else photo
        for photo in photos
    ]


def _best(candidates: Sequence[FileEntry], suffixes: Sequence[str], partner: FileEntry) -> FileEntry | None:
    """The candidate with the first of these endings; among equals the one that is written like the partner."""
    stem = _exact_stem(partner.name)
    ranked = [entry for entry in candidates if suffix_of(entry.name) in suffixes]
    ranked.sort(key=lambda entry: (_exact_stem(entry.name) != stem, suffixes.index(suffix_of(entry.name))))
    return ranked[0] if ranked else None


def _exact_stem(name: str) -> str:
    return name.rpartition(".")[0]


def _stem(name: str) -> str:
    return name.rpartition(".")[0].casefold()
