"""Sidecars: how they are called, which one belongs to a photo, and what a new one starts with."""

import contextlib
import os
import re
import time
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePath
from typing import Final

import exiv2

from landmark_desktop.core.photo import PHOTO_SUFFIXES, RAW_SUFFIXES
from landmark_desktop.core.tag import SidecarName
from landmark_desktop.metadata.exiv2_io import (
    BrokenMetadataError,
    Document,
    convert_to_xmp,
    copy_property,
    empty_document,
    xmp_is_broken,
)
from landmark_desktop.metadata.places import exif_position

SETTLED_NS: Final = 2_000_000_000
"""A folder that changed within this time may change again without a new modification time: FAT counts in steps of two
seconds."""
_SIDECAR_SUFFIXES: Final = (".xmp", ".XMP")


def sidecar_path(photo: Path, name: SidecarName) -> Path:
    """Where a new sidecar of ``photo`` goes: ``IMG_1.jpg.xmp`` (full) or ``IMG_1.xmp`` (stem)."""
    return photo.with_name(photo.name + ".xmp") if name is SidecarName.FULL else photo.with_suffix(".xmp")


def find_sidecar(photo: Path, prefer: SidecarName = SidecarName.FULL) -> Path | None:
    """The sidecar that belongs to ``photo``, or None. Where both conventions are there, ``prefer`` decides.

    Only the two exact names count: ``IMG_1_01.jpg.xmp`` is darktable's second edit of the photo, with its own history.
    """
    full, stem = str(photo), str(photo.with_suffix(""))
    names = (full, stem) if prefer is SidecarName.FULL else (stem, full)
    for name in names:
        for suffix in _SIDECAR_SUFFIXES:
            # A name too long for the file system is no sidecar either.
            with contextlib.suppress(OSError):
                if (candidate := Path(name + suffix)).is_file():
                    return candidate
    return None


def is_raw_name(name: str) -> bool:
    """True for the names of raw files."""
    return PurePath(name).suffix.lower() in RAW_SUFFIXES


@dataclass(frozen=True, slots=True)
class FolderNames:
    """What the names in a folder tell: the convention of its sidecars, and which files share a stem."""

    convention: SidecarName | None
    """The one convention all sidecars follow, None where there are none or both."""
    by_stem: dict[str, tuple[str, ...]]

    def sharing(self, photo: Path) -> tuple[str, ...]:
        """Names of the other photos and raw files that a sidecar ``IMG_1.xmp`` would serve too."""
        return tuple(name for name in self.by_stem.get(photo.stem, ()) if name != photo.name)


def look_at_folder(folder: Path) -> FolderNames:
    """Read the names in a folder; the answer is kept until the folder changes. Raises :class:`OSError`."""
    mtime_ns = folder.stat().st_mtime_ns
    if abs(time.time_ns() - mtime_ns) < SETTLED_NS:
        return _read_names(folder)
    return _cached_names(folder, mtime_ns)


@lru_cache(maxsize=32)
def _cached_names(folder: Path, _mtime_ns: int) -> FolderNames:
    return _read_names(folder)


def _read_names(folder: Path) -> FolderNames:
    with os.scandir(folder) as entries:
        return classify_names(entry.name for entry in entries)


def classify_names(names: Iterable[str]) -> FolderNames:
    """Find convention and shared stems among file names.

    ``A.jpg.xmp`` is a full name if ``A.jpg`` is a picture's name, also where that picture is gone (or never
    was: darktable's duplicates).
    """
    by_stem: dict[str, list[str]] = {}
    conventions: set[SidecarName] = set()
    for name in names:
        path = PurePath(name)
        suffix = path.suffix.lower()
        if name.startswith("."):
            continue
        if suffix == ".xmp":
            inner = PurePath(path.stem).suffix.lower()
            full = inner in PHOTO_SUFFIXES or inner in RAW_SUFFIXES
            conventions.add(SidecarName.FULL if full else SidecarName.STEM)
        elif suffix in PHOTO_SUFFIXES or suffix in RAW_SUFFIXES:
            by_stem.setdefault(path.stem, []).append(name)
    convention = conventions.pop() if len(conventions) == 1 else None
    return FolderNames(convention, {stem: tuple(sorted(found)) for stem, found in by_stem.items()})


SEED_GROUPS: Final = (
    "dc",
    "photoshop",
    "iptc",
    "iptcExt",
    "xmp",
    "xmpRights",
    "plus",
    "cc",
    "lr",
    "digiKam",
    "MicrosoftPhoto",
    "MP",
    "mwg-rs",
    "mwg-kw",
    "mwg-coll",
    "acdsee",
    "mediapro",
    "expressionmedia",
    "lmd",
)
"""Groups of the photo's own XMP that describe it, in Exiv2's names; they go into a new sidecar.

Everything else stays out, above all what would change how a program shows the photo: development settings (``crs``,
``darktable``), orientation and size (``tiff``), the camera's settings (``exif``, ``aux``), and what speaks
of the file itself (``xmpMM``, ``xmpNote``, embedded thumbnails, motion photos and gain maps).
"""
SEED_EXCLUDED: Final = frozenset(
    (
        "Xmp.dc.format",
        "Xmp.photoshop.DateCreated",
        "Xmp.photoshop.LegacyIPTCDigest",
        "Xmp.photoshop.DocumentAncestors",
        "Xmp.photoshop.History",
        "Xmp.photoshop.SidecarForExtension",
        "Xmp.photoshop.ColorMode",
        "Xmp.photoshop.ICCProfile",
        "Xmp.photoshop.TextLayers",
        "Xmp.photoshop.EmbeddedXMPDigest",
        "Xmp.xmp.CreateDate",
        "Xmp.xmp.ModifyDate",
        "Xmp.xmp.MetadataDate",
        "Xmp.xmp.CreatorTool",
        "Xmp.xmp.Thumbnails",
        "Xmp.dc.date",
        "Xmp.iptcExt.DigImageGUID",
        "Xmp.digiKam.PickLabelDate",
        "Xmp.MicrosoftPhoto.DateAcquired",
    )
)
"""Properties of those groups that stay out. Dates above all: readers rank a sidecar's date over the camera's."""
_SEED_CONVERTED: Final = (
    "Xmp.dc.description",
    "Xmp.dc.title",
    "Xmp.dc.creator",
    "Xmp.dc.rights",
    "Xmp.dc.subject",
    "Xmp.photoshop.Headline",
    "Xmp.photoshop.Credit",
    "Xmp.photoshop.Source",
    "Xmp.photoshop.Instructions",
    "Xmp.photoshop.CaptionWriter",
    "Xmp.photoshop.AuthorsPosition",
    "Xmp.photoshop.TransmissionReference",
    "Xmp.iptc.Location",
    "Xmp.photoshop.City",
    "Xmp.photoshop.State",
    "Xmp.photoshop.Country",
    "Xmp.iptc.CountryCode",
)
"""What is taken from EXIF and IPTC-IIM where the photo's XMP has no word of it."""


_NESTED: Final = re.compile(r"[\[/]")


def seed(photo: Document | None) -> Document:
    """A new sidecar's content: the describing part of what the photo itself says. The caller holds Exiv2's lock.

    The camera's position is copied only from XMP, and only where EXIF has none: every reader takes EXIF from the photo.
    XMP that cannot be read is left out.
    """
    new = empty_document()
    if photo is None:
        return new
    if not xmp_is_broken(photo):
        own_position = exif_position(photo) is not None
        for datum in photo.xmp:
            root = _root(datum.key())
            group = root.split(".")[1]
            position = group == "exif" and root.startswith("Xmp.exif.GPS") and not own_position
            if (group in SEED_GROUPS and root not in SEED_EXCLUDED) or position:
                new.xmp.add(datum)
    if photo.exif.empty() and photo.iptc.empty():
        return new
    try:
        converted = convert_to_xmp(photo)
    except BrokenMetadataError:
        return new  # EXIF texts in an unknown encoding; the photo still holds them
    for key in _SEED_CONVERTED:
        if new.xmp.findKey(exiv2.XmpKey(key)) == new.xmp.end():
            copy_property(converted.xmp, new.xmp, key)
    return new


def _root(key: str) -> str:
    """Key of the top-level property that a datum is, or is nested in."""
    family, group, name = key.split(".", 2)
    return f"{family}.{group}.{_NESTED.split(name, maxsplit=1)[0]}"
