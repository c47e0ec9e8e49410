"""The files that go with a photo: itself, its companions, and the sidecars of any program for any of them."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from landmark_desktop.core.pairs import is_listed_name
from landmark_desktop.core.photo import suffix_of

FULL_SIDECARS: Final = frozenset({".xmp", ".pp3", ".arp", ".dop", ".json"})
"""Endings that stand behind a file's whole name, ``IMG_1.jpg.xmp``: XMP, RawTherapee, ART, DxO, and what photo services
hand out with their photos."""
STEM_SIDECARS: Final = frozenset({".xmp", ".aae", ".thm", ".vrd", ".dr4", ".on1", ".wav"})
"""Endings that stand in the place of a file's own, ``IMG_1.xmp``: XMP, Apple's edits, cameras' thumbnails, Canon's
recipes, ON1, and spoken notes."""
_EDIT: Final = re.compile(r"_\d{2,}")
"""What darktable puts between stem and ending in the sidecar of a further edit: ``IMG_1_01.jpg.xmp``."""


@dataclass(frozen=True, slots=True)
class Member:
    """One file of a family. ``rest`` is what follows the stem in its name; a ``shared`` one serves other photos too."""

    name: str
    rest: str
    shared: bool = False

    def renamed(self, stem: str) -> str:
        """The name of this file when the photo's stem is ``stem``."""
        return stem + self.rest


def name_key(name: str) -> str:
    """Equal for names that some file system takes for one: whatever the case, and however accents are encoded."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def stem_of(name: str) -> str:
    """A file's name without its ending (``.hidden`` has none)."""
    stem, dot, _ = name.rpartition(".")
    return stem if dot and stem else name


def claimed_stems(names: Iterable[str]) -> set[str]:
    """Keys of the stems that a new photo must not have in a folder with these names: it would become a pair with a
    photo that is there, or take over a sidecar that is not its own."""
    keys: set[str] = set()
    for name in names:
        keys.add(name_key(stem_of(name)))
        if suffix_of(name) in FULL_SIDECARS:
            inner = stem_of(stem_of(name))
            keys.add(name_key(inner))
            keys.add(name_key(re.sub(f"{_EDIT.pattern}$", "", inner)))
    return keys


class FolderIndex:
    """The names of one folder, for finding families among them."""

    def __init__(self, names: Iterable[str]) -> None:
        self._by_stem: dict[str, list[str]] = {}
        self._photos: set[str] = set()
        for name in names:
            if name.startswith("."):
                continue
            if is_listed_name(name):
                self._photos.add(name)
            for key in self._keys(name):
                self._by_stem.setdefault(key, []).append(name)

    @staticmethod
    def _keys(name: str) -> set[str]:
        keys = {stem_of(name)}
        if suffix_of(name) in FULL_SIDECARS:
            inner = stem_of(stem_of(name))
            keys |= {inner, re.sub(f"{_EDIT.pattern}$", "", inner)}
        return {key.casefold() for key in keys}

    def family(self, files: Sequence[str]) -> list[Member]:
        """The files of a photo, the ones given first, then their sidecars in the order of their names.

        ``files`` are the names of the photo's own files; all are taken, also such as the folder does not show.
        """
        members = [Member(name, name[len(stem_of(name)) :]) for name in files]
        own = set(files)
        stems = {stem_of(name) for name in files}
        near = {name for stem in stems for name in self._by_stem.get(stem.casefold(), ())}
        others = [name for name in self._photos & near if name not in own and stem_of(name) in stems]
        for name in sorted(near - own):
            rest = self._rest(name, files)
            if rest is not None:
                shared = bool(others) and stem_of(name) in stems and suffix_of(name) in STEM_SIDECARS
                members.append(Member(name, rest, shared))
        return members

    def _rest(self, name: str, files: Sequence[str]) -> str | None:
        """What follows the stem in the name of a sidecar of one of these files; None where it is none."""
        suffix = suffix_of(name)
        ending = name[len(name) - len(suffix) :] if suffix else ""
        base = name[: len(name) - len(suffix)]
        for file in files:
            stem = stem_of(file)
            if suffix in FULL_SIDECARS:
                if base == file:
                    return file[len(stem) :] + ending
                edit = base[len(stem) : len(base) - len(file) + len(stem)]
                if base == stem + edit + file[len(stem) :] and _EDIT.fullmatch(edit) and base not in self._photos:
                    return base[len(stem) :] + ending
            if suffix in STEM_SIDECARS and base == stem and not is_listed_name(name):
                return ending
        return None
