"""What undo needs to give back a file byte for byte, as one opaque blob for the journal.

Layout: the magic bytes with a version, the length of a JSON header (4 bytes, big-endian), the header, and a
zlib stream. A sidecar is kept whole. Of a photo everything but the picture is kept; the picture's pieces are taken
from the file itself, where a write has left them unchanged. A digest of the old file proves the result.
"""

import hashlib
import json
import zlib
from dataclasses import dataclass
from typing import Final

from landmark_desktop.core.photo import FileIdentity
from landmark_desktop.metadata.container import Container, parse

_MAGIC: Final = b"LMDSNAP1"
_MISSING: Final = ""
_WHOLE: Final = "whole"
_COMPRESSION: Final = 1
"""zlib's fastest: metadata shrinks by two thirds either way."""


class SnapshotError(Exception):
    """The blob is none of ours, or the file does not fit it."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The old state of one file.

    ``kind``: empty if there was no file, ``whole`` if ``content`` is all of it, else the photo's format. ``recipe``
    lists the file's pieces in order: a number n ≥ 0 stands for n bytes of ``content``, -i-1 for the picture's piece i.
    ``mode`` are the permission bits, ``mtime_ns`` the old modification time, ``digest`` the old file's BLAKE2b.
    ``planned_size`` and ``planned_key`` tell what the write is going to make of it.
    """

    kind: str
    recipe: tuple[int, ...]
    digest: str
    mode: int
    mtime_ns: int
    planned_size: int
    planned_key: str
    content: bytes

    @property
    def existed(self) -> bool:
        """True if there was a file."""
        return self.kind != _MISSING

    @property
    def planned(self) -> FileIdentity:
        """The identity of the file as planned; its modification time is not known beforehand and 0."""
        return FileIdentity(self.planned_size, 0, self.planned_key)

    def is_of(self, data: bytes) -> bool:
        """True if ``data`` is the old file, byte for byte."""
        return self.existed and digest(data) == self.digest

    def restore(self, current: bytes) -> bytes:
        """Make the old file from the snapshot and, for a photo, the picture in ``current``.

        Raises:
            SnapshotError: the picture is not the one the snapshot was taken of.
            DamagedContainerError: ``current`` cannot be followed to its end.
        """
        picture = () if self.kind == _WHOLE else parse(current, self.kind).picture
        pieces: list[bytes] = []
        position = 0
        for step in self.recipe:
            if step >= 0:
                pieces.append(self.content[position : position + step])
                position += step
            elif -step - 1 < len(picture):
                start, end = picture[-step - 1]
                pieces.append(current[start:end])
            else:
                raise SnapshotError("the picture has fewer pieces than before")
        data = b"".join(pieces)
        if not self.is_of(data):
            raise SnapshotError("the picture is not the one that was tagged")
        return data

    def to_bytes(self) -> bytes:
        """The blob."""
        header = {name: getattr(self, name) for name in self.__slots__ if name != "content"}
        content = zlib.compress(self.content, _COMPRESSION)
        encoded = json.dumps(header).encode()
        return b"".join((_MAGIC, len(encoded).to_bytes(4, "big"), encoded, content))

    @classmethod
    def from_bytes(cls, blob: bytes) -> "Snapshot":
        """Read a blob.

        Raises:
            SnapshotError: it is damaged, or of a version that this program does not know.
        """
        if not blob.startswith(_MAGIC):
            raise SnapshotError("not a snapshot of a known version")
        start = len(_MAGIC) + 4
        end = start + int.from_bytes(blob[len(_MAGIC) : start], "big")
        try:
            header = json.loads(blob[start:end])
            header["recipe"] = tuple(header["recipe"])
            return cls(**header, content=zlib.decompress(blob[end:]))
        except (ValueError, TypeError, KeyError, zlib.error) as error:
            raise SnapshotError("the snapshot is damaged") from error


def digest(data: bytes) -> str:
    """BLAKE2b of a whole file, 32 bytes, hexadecimal."""
    return hashlib.blake2b(data, digest_size=32).hexdigest()


def of_nothing(planned: FileIdentity) -> Snapshot:
    """The snapshot of a file that does not exist yet."""
    return Snapshot(_MISSING, (), "", 0, 0, planned.size, planned.content_key or "", b"")


def of_file(
    data: bytes,
    kind: str,
    mode: int,
    mtime_ns: int,
    planned: FileIdentity,
    *,
    container: Container | None = None,
    of_all: str = "",
) -> Snapshot:
    """The snapshot of a file; ``kind`` is ``xmp`` for a sidecar, else the photo's format in Exiv2's words.

    ``container`` tells where the photo's picture is, ``of_all`` is the :func:`digest`, where they are known already.

    Raises:
        DamagedContainerError: the photo's structure is broken.
    """
    recipe: list[int] = []
    content: list[bytes] = []
    position = 0

    def keep(end: int) -> None:
        if end > position:
            recipe.append(end - position)
            content.append(data[position:end])

    if kind != "xmp":
        picture = (container or parse(data, kind)).picture
        for index in sorted(range(len(picture)), key=lambda i: picture[i]):
            start, end = picture[index]
            keep(start)
            recipe.append(-index - 1)
            position = end
    keep(len(data))
    return Snapshot(
        kind=_WHOLE if kind == "xmp" else kind,
        recipe=tuple(recipe),
        digest=of_all or digest(data),
        mode=mode,
        mtime_ns=mtime_ns,
        planned_size=planned.size,
        planned_key=planned.content_key or "",
        content=b"".join(content),
    )
