"""What a file says in the fields that we write, apart from the file: two files that say the same get the same."""

from collections.abc import Mapping
from typing import Final

import exiv2

from landmark_desktop.metadata.exiv2_io import Document
from landmark_desktop.metadata.fields import FIELDS, WROTE_KEY, Field, Group
from landmark_desktop.metadata.places import Place, default_text, exif_position, xmp_position
from landmark_desktop.metadata.view import Values, View, wrote_of

Position = tuple[float, float] | None
"""Latitude and longitude in degrees, or that there is none."""
_FIELD: Final[Mapping[str, Field]] = {field.key: field for field in FIELDS}
_PLACES: Final = tuple(field for field in FIELDS if field.group is Group.SHOWN or field.key.endswith("Created"))


class Said:
    """What one file says in our fields, and what else decides how a place joins it. Never changes; hashable.

    ``position`` is the camera position that is the file's own; ``iptc`` all of IIM as (key, text).
    """

    __slots__ = ("_hash", "_items", "_places", "_state", "_wrote", "iptc", "is_sidecar", "position")

    def __init__(
        self,
        is_sidecar: bool,
        items: Mapping[str, Values],
        places: Mapping[str, tuple[Place, ...]],
        iptc: tuple[tuple[str, str], ...],
        position: Position,
    ) -> None:
        self.is_sidecar = is_sidecar
        self.iptc = iptc
        self.position = position
        self._items = items
        self._places = places
        self._wrote = wrote_of(items.get(WROTE_KEY, ()))
        self._state = (is_sidecar, tuple(items.items()), tuple(places.items()), iptc, position)
        self._hash = hash(self._state)

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Said) and self._state == other._state)

    def __hash__(self) -> int:
        return self._hash

    @classmethod
    def by(cls, view: View) -> "Said":
        """What a file says. The caller holds Exiv2's lock.

        Raises:
            BrokenMetadataError: a list of locations in the file is no such list.
        """
        document = view.document
        if not view.xmp and document.exif.empty() and document.iptc.empty():
            return _NOTHING[view.is_sidecar]
        items = {field.key: found for field in FIELDS if (found := view.items(field))}
        places = {field.key: view.places(field.key) for field in _PLACES if field.key in items}
        return cls(view.is_sidecar, items, places, tuple(view.iptc), _position_of(view))

    def items(self, field: Field) -> Values:
        """The items of one field as text; empty where it is missing."""
        return self._items.get(field.key, ())

    def places(self, key: str) -> tuple[Place, ...]:
        """All entries of a list of locations."""
        return self._places.get(key, ())

    def wrote(self, key: str) -> frozenset[str]:
        """The items of a field that our mark says we wrote."""
        return self._wrote.get(key, frozenset())


_NOTHING: Final = {sidecar: Said(sidecar, {}, {}, (), None) for sidecar in (False, True)}


def read_text(document: Document, key: str) -> str:
    """The text of any key (``Exif.…``, ``Iptc.…``, ``Xmp.…``), of several languages the default; empty if missing."""
    family = key.partition(".")[0]
    data, make = {
        "Exif": (document.exif, exiv2.ExifKey),
        "Iptc": (document.iptc, exiv2.IptcKey),
        "Xmp": (document.xmp, exiv2.XmpKey),
    }[family]
    position = data.findKey(make(key))
    return default_text(position) if position != data.end() else ""


def own_position(document: Document) -> Position:
    """The camera position a file states, in degrees; one that we wrote as an estimate does not count.

    Otherwise our own guess would come back as evidence for itself.
    """
    exif, xmp = exif_position(document), xmp_position(document)
    return None if exif is None and xmp is None else _own_position(View(document), exif, xmp)


def _own_position(view: View, exif: Position, xmp: Position) -> Position:
    for position, prefix in ((exif, "Exif.GPSInfo.GPS"), (xmp, "Xmp.exif.GPS")):
        ours = all(
            set(view.items(_FIELD[key])) <= view.wrote(key) for key in (prefix + "Latitude", prefix + "Longitude")
        )
        if position is not None and not ours:
            return position
    return None


def _position_of(view: View) -> Position:
    """:func:`own_position` of a file that is looked at already."""
    exif = exif_position(view.document) if "Exif.GPSInfo.GPSLatitude" in view.exif else None
    xmp = xmp_position(view.document) if "Xmp.exif.GPSLatitude" in view.xmp else None
    return None if exif is None and xmp is None else _own_position(view, exif, xmp)
