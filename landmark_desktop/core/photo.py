"""A photo as the user sees it, the files it consists of, and how files are recognised."""

import errno
import hashlib
import os
import stat
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

HEAD_BYTES = 64 * 1024
"""The head of a file, which holds its metadata block, goes into the content key whole."""
SAMPLE_BYTES = 16 * 1024
SAMPLES = 16
"""Evenly spread samples of the rest; reading them costs about as much as reading one thumbnail."""

RAW_SUFFIXES = frozenset(
    {".3fr", ".ari", ".arw", ".bay", ".cr2", ".cr3", ".crw", ".cap", ".dcr", ".dcs", ".dng", ".drf"}
    | {".eip", ".erf", ".fff", ".gpr", ".iiq", ".k25", ".kdc", ".mdc", ".mef", ".mos", ".mrw", ".nef"}
    | {".nrw", ".orf", ".ori", ".pef", ".ptx", ".pxn", ".r3d", ".raf", ".raw", ".rw2", ".rwl", ".rwz"}
    | {".sr2", ".srf", ".srw", ".x3f"}
)
"""File-name endings (lower case) of raw files, which are never written into."""
_NO_PICTURES = frozenset({".ari", ".eip", ".r3d"})
"""Raw files that hold films or packed projects."""
PHOTO_SUFFIXES = (
    frozenset(
        {".jpg", ".jpeg", ".jpe", ".jfif", ".mpo", ".png", ".tif", ".tiff", ".webp"}
        | {".heic", ".heif", ".hif", ".avif", ".bmp", ".gif"}
        | {".jp2", ".j2k", ".j2c", ".jpc", ".jpf", ".jpx"}
    )
    | RAW_SUFFIXES - _NO_PICTURES
)
"""File-name endings (lower case) that the scanner takes for photos; the content decides what they are."""


@dataclass(frozen=True, slots=True)
class FileIdentity:
    """What is known of a file's content without trusting its name.

    ``size`` in bytes, ``mtime_ns`` in nanoseconds since the epoch, ``content_key`` a hexadecimal hash of
    size and sampled content (see :func:`content_key`), or None where the file was not opened yet.
    """

    size: int
    mtime_ns: int
    content_key: str | None = None

    @classmethod
    def of(cls, path: Path, *, with_content: bool = False) -> "FileIdentity":
        """Read the identity of ``path``. Raises :class:`OSError`."""
        status = path.stat()
        return cls(status.st_size, status.st_mtime_ns, content_key(path) if with_content else None)

    def same_stat(self, other: "FileIdentity") -> bool:
        """True if size and modification time agree, which is enough to skip opening the file."""
        return self.size == other.size and self.mtime_ns == other.mtime_ns


@dataclass(frozen=True, slots=True)
class PhotoFacts:
    """What the file says of itself. ``width`` and ``height`` are in pixels, as displayed (oriented).

    ``latitude`` and ``longitude`` are the camera's position from EXIF, WGS-84 degrees, or None.
    """

    width: int | None = None
    height: int | None = None
    taken_at: datetime | None = None
    latitude: float | None = None
    longitude: float | None = None

    @property
    def has_gps(self) -> bool:
        """True if the photo has a camera position of its own."""
        return self.latitude is not None and self.longitude is not None


@dataclass(frozen=True, slots=True)
class PhotoFile:
    """A further file of a photo: the raw file beside its JPEG, or the film of a live photo.

    ``name`` within the photo's folder, ``size`` in bytes, ``mtime_ns`` in nanoseconds since the epoch.
    """

    name: str
    size: int
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class Photo:
    """One photo of the library. ``id`` is the library's key, stable while the app lives and after a move.

    ``path`` is the file that is shown and classified, the one that is quickest to decode; ``identity`` and ``facts``
    speak of it; ``facts_read`` tells that the metadata was read, width and height aside. ``companions`` are the photo's
    other files, in the same folder (see :mod:`.pairs`).
    """

    id: int
    path: Path
    identity: FileIdentity
    facts: PhotoFacts = PhotoFacts()
    companions: tuple[PhotoFile, ...] = ()
    facts_read: bool = False

    @property
    def files(self) -> tuple[Path, ...]:
        """All files of the photo, the one that is shown first."""
        return (self.path, *(self.path.with_name(companion.name) for companion in self.companions))

    @property
    def pictures(self) -> tuple[Path, ...]:
        """The files that show the photo and carry its metadata, the one that is shown first; not the film."""
        return (self.path, *(path for path in self.files[1:] if suffix_of(path.name) in RAW_SUFFIXES))

    @property
    def name(self) -> str:
        """The file's name, safe to show (undecodable bytes replaced)."""
        return display_name(self.path)


def display_name(path: Path) -> str:
    """The last part of ``path`` for people: bytes that are no UTF-8 become the replacement character."""
    return os.fsencode(path.name).decode("utf-8", "replace") if path.name else str(path)


def is_photo_name(name: str) -> bool:
    """True if the scanner should look at a file of this name (hidden files and AppleDouble twins are not photos)."""
    return not name.startswith(".") and suffix_of(name) in PHOTO_SUFFIXES


def suffix_of(name: str) -> str:
    """The ending of a file's name, in lower case and with its dot; empty where there is none.

    The same as ``PurePath(name).suffix.lower()``, at a tenth of its cost: a scan asks for each file.
    """
    stem, dot, ending = name.rpartition(".")
    return "." + ending.lower() if dot and stem and ending else ""


def content_key(path: Path) -> str:
    """Hash of a file's size and sampled content: equal keys mean the same photo for all practical purposes.

    The head (64 KiB) and 16 evenly spread samples of 16 KiB are read; files up to their sum are read whole.
    BLAKE2b with 16 bytes of digest, as hexadecimal. Raises :class:`OSError`.
    """
    require_ordinary(path.stat())
    with path.open("rb") as file:
        return _content_key(file, os.fstat(file.fileno()).st_size)


def require_ordinary(status: os.stat_result) -> None:
    """Refuse pipes and devices, whose opening or reading may never end. Folders are refused by opening them.

    Raises:
        OSError: it is none of a file and a folder.
    """
    if not (stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode)):
        raise OSError(errno.EINVAL, "it is no ordinary file")


def content_key_of(data: bytes) -> str:
    """The :func:`content_key` that a file with this content has. Other threads run meanwhile."""
    digest = hashlib.blake2b(len(data).to_bytes(8, "little"), digest_size=16)
    if len(data) <= HEAD_BYTES + SAMPLES * SAMPLE_BYTES:
        digest.update(data)
    else:
        view = memoryview(data)
        starts = _sample_starts(len(data))
        # In one piece: each update waits for Python's lock anew.
        digest.update(b"".join([view[:HEAD_BYTES], *(view[start : start + SAMPLE_BYTES] for start in starts)]))
    return digest.hexdigest()


def _sample_starts(size: int) -> list[int]:
    span = size - HEAD_BYTES - SAMPLE_BYTES
    return [HEAD_BYTES + span * index // (SAMPLES - 1) for index in range(SAMPLES)]


def joint_key(first: str, second: str) -> str:
    """The content key of a photo whose first file cannot be shown, so that another one is: that of both. Broken files
    are often alike (full of zeros), and must not share what is seen in another file."""
    return hashlib.blake2b(f"{first} {second}".encode("ascii"), digest_size=16).hexdigest()


def _content_key(file: BinaryIO, size: int) -> str:
    digest = hashlib.blake2b(digest_size=16)
    digest.update(size.to_bytes(8, "little"))
    if size <= HEAD_BYTES + SAMPLES * SAMPLE_BYTES:
        digest.update(file.read())
    else:
        digest.update(file.read(HEAD_BYTES))
        for start in _sample_starts(size):
            file.seek(start)
            digest.update(file.read(SAMPLE_BYTES))
    return digest.hexdigest()
