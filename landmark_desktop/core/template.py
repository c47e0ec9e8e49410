"""Templates for folders: ``{country}/{city}/{landmark}/{year}`` becomes ``France/Paris/Eiffel Tower/2024``.

Whatever a place or a file is called, every part of the result is a name that all usual file systems take, that lies
inside the folder it is put into, and that scanners see.
"""

import os
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from landmark_desktop.core.errors import ErrorCode, TransferError
from landmark_desktop.core.location import Location

DEFAULT_TEMPLATE: Final = "{country}/{city}/{landmark}/{year}"
UNKNOWN_PLACE: Final = "Unknown place"
UNKNOWN_DATE: Final = "Unknown date"
MAX_BYTES: Final = 120
"""UTF-8 bytes of one folder or file stem: with a number, the ending and a sidecar's ending they stay below 143, the
least that is in use (eCryptfs; most file systems allow 255)."""

MAX_CHARACTERS: Final = 4 * MAX_BYTES
"""Texts in metadata may be of any length; more than this is never looked at."""
FILE_FIELD: Final = "file"


class Gap(StrEnum):
    """What stands for a value that is not known."""

    PLACE = UNKNOWN_PLACE
    DATE = UNKNOWN_DATE


FIELDS: Final[Mapping[str, tuple[str, Gap | None]]] = {
    "country": ("the country", Gap.PLACE),
    "country_code": ("its code, for example FR", Gap.PLACE),
    "region": ("the region or state", Gap.PLACE),
    "city": ("the city, else the region", Gap.PLACE),
    "sublocation": ("the part of the city", Gap.PLACE),
    "landmark": ("the landmark", Gap.PLACE),
    "year": ("the year it was taken, for example 2024", Gap.DATE),
    "month": ("the month, 01 to 12", Gap.DATE),
    "day": ("the day, 01 to 31", Gap.DATE),
    FILE_FIELD: ("the file's name without its ending; only in the last part, which then names the files", None),
}
"""Every field: what it holds, and what stands for it where that is not known."""

_FIELD: Final = re.compile(r"\{([^{}]*)\}")
_FORBIDDEN: Final = frozenset('<>:"|?*\\/')
"""What Windows and its file systems forbid in names."""
_KEPT_FORMATS: Final = frozenset("\u200c\u200d")
"""Invisible characters that scripts and emoji need; all others (marks of direction above all) let a name look like
another one."""
_RESERVED: Final = re.compile(
    r"(CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|CLOCK\$|(COM|LPT)[0-9¹²³])[ .]*(\..*)?", re.IGNORECASE
)
"""Names of devices, which Windows takes for the device with any ending (Microsoft, "Naming Files, Paths, and
Namespaces")."""


@dataclass(frozen=True, slots=True)
class Values:
    """What a template is filled with. Texts are empty and ``taken_at`` is None where nothing is known."""

    file: str
    country: str = ""
    country_code: str = ""
    region: str = ""
    city: str = ""
    sublocation: str = ""
    landmark: str = ""
    taken_at: datetime | None = None

    @classmethod
    def of(cls, file: str, location: Location | None, landmark: str, taken_at: datetime | None) -> "Values":
        """The values of a photo: ``file`` is its file's name without the ending."""
        if location is None:
            return cls(file, landmark=landmark, taken_at=taken_at)
        return cls(
            file=file,
            country=location.country,
            country_code=location.country_code,
            region=location.region,
            city=location.city or location.region,
            sublocation=location.sublocation,
            landmark=landmark or location.name,
            taken_at=taken_at,
        )

    def text(self, field: str) -> str:
        """The value of a field, empty where it is not known."""
        if field in ("year", "month", "day"):
            if self.taken_at is None:
                return ""
            return {
                "year": f"{self.taken_at.year:04}",
                "month": f"{self.taken_at.month:02}",
                "day": f"{self.taken_at.day:02}",
            }[field]
        value: str = getattr(self, field)
        return value


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a photo goes, below the chosen folder. ``stem`` is the new name of its files, None where they keep
    theirs."""

    folders: tuple[str, ...]
    stem: str | None


@dataclass(frozen=True, slots=True)
class Template:
    """A template that was checked. ``parts`` are the levels of folders; with ``names_files`` the last one is not a
    folder but the stem of the files."""

    parts: tuple[str, ...]
    names_files: bool

    @classmethod
    def parse(cls, text: str) -> "Template":
        """Check a template; ``/`` and ``\\`` part folders.

        Raises:
            TransferError: an unknown field, a brace alone, an empty level, ``..``, or ``{file}`` not in the last part.
        """
        parts = re.split(r"[/\\]", text.strip().strip("/\\"))
        for number, part in enumerate(parts):
            fields = _FIELD.findall(part)
            unknown = next((field for field in fields if field not in FIELDS), None)
            if unknown is not None:
                raise _wrong(f"there is no field “{unknown}”; the fields are {', '.join(FIELDS)}")
            if set(_FIELD.sub("", part)) & set("{}"):
                raise _wrong("a brace has no partner")
            if not part.strip() or (not fields and not clean_name(part)):
                raise _wrong(f"“{part}” is no name for a folder" if part.strip() else "a level of folders has no name")
            if FILE_FIELD in fields and number < len(parts) - 1:
                raise _wrong("the field “file” may only be in the last part")
        return cls(tuple(parts), FILE_FIELD in _FIELD.findall(parts[-1]))

    def fill(self, values: Values) -> Destination:
        """Where a photo with these values goes. Levels that would all be called unknown alike become one."""
        names = [_fill(part, values) for part in self.parts]
        stem = names.pop() if self.names_files else None
        folders = [name for at, name in enumerate(names) if not (at and name in set(Gap) and name == names[at - 1])]
        return Destination(tuple(folders), stem)


def _wrong(reason: str) -> TransferError:
    return TransferError(ErrorCode.TEMPLATE_WRONG, reason=reason)


def _fill(part: str, values: Values) -> str:
    fields = _FIELD.findall(part)
    texts = {field: _value(values.text(field)) for field in fields}
    gaps = [gap for field in fields if (gap := FIELDS[field][1]) is not None and not texts[field]]
    if fields and len(gaps) == len(fields):
        return " ".join(dict.fromkeys(gaps))  # not "Unknown date-Unknown date"
    filled = _FIELD.sub(lambda match: texts[match[1]] or FIELDS[match[1]][1] or "", part)
    return clean_name(filled) or UNKNOWN_PLACE


def _value(text: str) -> str:
    """A value that stays within its level, and is empty where nothing is left of it."""
    return _clean(text[:MAX_CHARACTERS])


def clean_name(text: str) -> str:
    """The name that comes closest to ``text`` and that every file system takes; empty where nothing is left.

    Composed (NFC), without control characters, marks of direction, halves of surrogate pairs and what Windows forbids;
    without dots and spaces at its ends (Windows drops them, scanners skip hidden names); no name of a device; at most
    :data:`MAX_BYTES` bytes of UTF-8.
    """
    name = _trim(cut_bytes(_clean(text[:MAX_CHARACTERS]), MAX_BYTES))
    if _RESERVED.fullmatch(name):
        stem, dot, ending = name.partition(".")
        name = f"{stem}_{dot}{ending}"
    return name


def _clean(text: str) -> str:
    composed = unicodedata.normalize("NFC", text)
    return _trim(re.sub(r"\s+", " ", "".join(map(_clean_character, composed))))


def _clean_character(character: str) -> str:
    if character in _FORBIDDEN:
        return "-"
    category = unicodedata.category(character)
    if category in ("Zl", "Zp") or character in "\t\n\r":
        return " "
    if category in ("Cc", "Cs") or ord(character) & 0xFFFE == 0xFFFE or "\ufdd0" <= character <= "\ufdef":
        return ""
    if category == "Cf" and character not in _KEPT_FORMATS and not "\U000e0020" <= character <= "\U000e007f":
        return ""  # the flags of England, Scotland and Wales are spelt with tags, which are formats too
    return character


def _trim(name: str) -> str:
    return name.strip(" .\u200c\u200d")


def cut_bytes(text: str, limit: int) -> str:
    """The longest head of ``text`` with at most ``limit`` bytes in a file system (undecodable bytes count as one)."""
    text = text[:limit]
    while len(os.fsencode(text)) > limit:
        text = text[:-1]
    return text
