"""The directories of a TIFF, followed to their ends: where its pictures are, and all else that it holds.

Only the outer structure is walked (TIFF 6.0, section 2; TIFF technical note 1 on trees of directories; DNG 1.7): which
tags a directory has and where their values lie. What the values mean is Exiv2's business.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

Range = tuple[int, int]
"""Start and end of a piece of the file, in bytes."""


class DamagedContainerError(Exception):
    """The file's structure cannot be followed to its end."""


_SIZES: Final = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}
"""Bytes of one value, by type."""
_PICTURES: Final = ((273, 279), (324, 325), (513, 514))
"""Offsets and byte counts of strips, of tiles, of a JPEG."""
_SUB_IFDS, _EXIF, _GPS, _INTEROPERABILITY = 330, 34665, 34853, 40965
_BELOW: Final = (_SUB_IFDS, _EXIF, _GPS, _INTEROPERABILITY)
_XMP, _IPTC = 700, 33723
_DNG_VERSION, _PHOTOMETRIC = 50706, 262
_RAW_PHOTOMETRIC: Final = (32803, 34892)
"""Colour filter array and linear raw (TIFF/EP, DNG)."""
_BEYOND: Final = {
    288: "free space",
    400: "global parameters",
    519: "tables of an old kind of JPEG",
    520: "tables of an old kind of JPEG",
    521: "tables of an old kind of JPEG",
    50933: "further camera profiles",
}
"""Tags that point to what is not walked here."""
_MOST_DIRECTORIES: Final = 256


@dataclass(frozen=True, slots=True)
class Entry:
    """The value of one tag: its type, and where it lies."""

    kind: int
    start: int
    end: int


@dataclass(slots=True)
class Directories:
    """All of a TIFF. ``pictures``: the pieces of its pictures, directory by directory. ``entries``: the tags of all
    directories by (directory, tag); a directory is named by the way to it (``0``, ``0/330.1``, ``0/34665.0``)."""

    pictures: list[Range] = field(default_factory=list)
    entries: dict[tuple[str, int], Entry] = field(default_factory=dict)
    tables: list[Range] = field(default_factory=list)
    is_dng: bool = False
    is_raw: bool = False
    has_directories_below: bool = False
    unclear: str = ""
    """What is wrong with a directory that holds no picture (EXIF's, GPS); empty where all could be followed."""

    def foreign(self) -> dict[tuple[str, int], Entry]:
        """The tags that no write of ours may change: all but what holds our fields, and what says where things lie."""
        moving = {tag for pair in _PICTURES for tag in pair[:1]} | set(_BELOW)
        return {
            (path, tag): entry
            for (path, tag), entry in self.entries.items()
            if tag not in moving and not f"{path}/".startswith("0/34853.0/") and (path, tag) not in _OURS
        }

    def orphans(self, data: bytes) -> Iterator[Range]:
        """Pieces of the file that no directory knows, and that hold something: a writer would lose them."""
        taken = [(0, 8), *self.tables, *self.pictures, *((e.start, e.end) for e in self.entries.values())]
        # What is left behind a value that was once longer, where it was written in place, is nobody's.
        slack = {e.end for (path, tag), e in self.entries.items() if (path, tag) in _OURS or _is_gps(path)}
        position = 0
        for start, end in sorted(taken):
            if start > position and position not in slack and data[position:start].strip(b"\0"):
                yield position, start
            position = max(position, end)
        if data[position:].strip(b"\0"):
            yield position, len(data)


_OURS: Final = {("0", _XMP), ("0", _IPTC)}


def _is_gps(path: str) -> bool:
    return path == f"0/{_GPS}.0"


def walk(data: bytes) -> Directories:
    """Follow all directories of a TIFF or DNG.

    Raises:
        DamagedContainerError: the structure is broken, or of a kind that is not understood here.
    """
    return _Walker(data).walk()


class _Walker:
    def __init__(self, data: bytes) -> None:
        self._data = data
        self._order = {b"II*\0": "<", b"MM\0*": ">"}.get(data[:4], "")
        self._found = Directories()
        self._seen: set[int] = set()
        if not self._order:
            raise DamagedContainerError("it is a TIFF of an unknown kind")

    def walk(self) -> Directories:
        number, position = 0, self._read("L", 4)[0]
        while position:
            position = self._directory(str(number), position)
            number += 1
        if not number:
            raise DamagedContainerError("its TIFF directories cannot be followed")
        return self._found

    def _read(self, code: str, position: int, count: int = 1) -> tuple[int, ...]:
        try:
            return struct.unpack_from(f"{self._order}{count}{code}", self._data, position)
        except struct.error as error:
            raise DamagedContainerError("its TIFF directories cannot be followed") from error

    def _directory(self, path: str, position: int) -> int:
        """Take in one directory and those below it; returns where the next one of its chain is."""
        if position in self._seen or len(self._seen) >= _MOST_DIRECTORIES:
            raise DamagedContainerError("its TIFF directories cannot be followed")
        self._seen.add(position)
        (count,) = self._read("H", position)
        entries: dict[int, Entry] = {}
        for at in range(position + 2, position + 2 + 12 * count, 12):
            tag, kind = self._read("H", at, 2)
            entry = self._entry(at, kind)
            if tag in entries:
                raise DamagedContainerError("its TIFF directories cannot be followed")
            entries[tag] = entry
        end = position + 2 + 12 * count
        (following,) = self._read("L", end)
        self._found.tables.append((position, end + 4))
        self._found.entries |= {(path, tag): entry for tag, entry in entries.items()}
        self._note(entries)
        if self._is_picture(path):
            self._pictures(entries)
        for tag in _BELOW:
            if tag in entries:
                self._below(path, tag, self._values(entries[tag]))
        return following

    def _is_picture(self, path: str) -> bool:
        return not any(f"/{tag}." in path for tag in (_EXIF, _GPS, _INTEROPERABILITY))

    def _entry(self, at: int, kind: int) -> Entry:
        (count,) = self._read("L", at + 4)
        size = _SIZES.get(kind)
        if size is None:
            raise DamagedContainerError("it has a TIFF tag of an unknown type")
        length = size * count
        start = at + 8 if length <= 4 else self._read("L", at + 8)[0]
        if start + length > len(self._data):
            raise DamagedContainerError("a TIFF tag is cut off")
        return Entry(kind, start, start + length)

    def _values(self, entry: Entry) -> tuple[int, ...]:
        code = {1: "B", 3: "H", 4: "L", 13: "L"}.get(entry.kind)
        if code is None:
            raise DamagedContainerError("its TIFF directories cannot be followed")
        return self._read(code, entry.start, (entry.end - entry.start) // _SIZES[entry.kind])

    def _note(self, entries: dict[int, Entry]) -> None:
        found = self._found
        found.is_dng = found.is_dng or _DNG_VERSION in entries
        found.has_directories_below = found.has_directories_below or _SUB_IFDS in entries
        if _PHOTOMETRIC in entries and set(self._values(entries[_PHOTOMETRIC])) & set(_RAW_PHOTOMETRIC):
            found.is_raw = True
        for tag, what in _BEYOND.items():
            if tag in entries:
                raise DamagedContainerError(f"it holds {what}")

    def _pictures(self, entries: dict[int, Entry]) -> None:
        before = len(self._found.pictures)
        for offsets, counts in _PICTURES:
            if offsets in entries:
                if counts not in entries:
                    raise DamagedContainerError("its strips are not all listed")
                starts, lengths = self._values(entries[offsets]), self._values(entries[counts])
                if len(starts) != len(lengths):
                    raise DamagedContainerError("its strips are not all listed")
                pieces = ((start, start + length) for start, length in zip(starts, lengths, strict=True))
                self._found.pictures += pieces
        if len(self._found.pictures) == before:
            raise DamagedContainerError("a page has no picture")

    def _below(self, path: str, tag: int, positions: tuple[int, ...]) -> None:
        # Where the next one of a chain would be is nobody's concern below: what it leads to would be an orphan.
        for number, position in enumerate(positions):
            try:
                self._directory(f"{path}/{tag}.{number}", position)
            except DamagedContainerError as error:
                if tag == _SUB_IFDS:
                    raise
                self._found.unclear = str(error)
