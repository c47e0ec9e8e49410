"""What one file says, read from Exiv2 once and looked up by key.

Every question to Exiv2 crosses from Python into C++ and walks its list of fields there; a merge asks some hundred.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from landmark_desktop.metadata.exiv2_io import Document
from landmark_desktop.metadata.fields import WROTE_KEY, Field, Kind
from landmark_desktop.metadata.places import Place, array_items, default_text, read_places

Values = tuple[str, ...]
_FIRST_OF_EXIF: Final = "Exif."
_FIRST_OF_IIM: Final = "Iptc."


@dataclass(slots=True)
class View:
    """A document as it was when the view was made; the document must not be changed while the view is asked.

    ``xmp`` lists Exiv2's data (key, datum) by the top-level property they belong to. The caller holds Exiv2's lock.
    """

    document: Document
    xmp: dict[str, list[tuple[str, Any]]] = field(init=False)
    _exif: dict[str, Any] | None = field(init=False, default=None)
    _iptc: list[tuple[str, str]] | None = field(init=False, default=None)
    _places: dict[str, tuple[Place, ...]] = field(init=False, default_factory=dict)
    _wrote: Mapping[str, frozenset[str]] | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        found: dict[str, list[tuple[str, Any]]] = {}
        for datum in self.document.xmp:
            key = datum.key()
            root = key.partition("[")[0].partition("/")[0]
            found.setdefault(root, []).append((key, datum))
        self.xmp = found

    @property
    def is_sidecar(self) -> bool:
        """True for a sidecar, there or yet to be made."""
        return self.document.format == "xmp"

    @property
    def exif(self) -> Mapping[str, Any]:
        """The first datum of each key of the EXIF part."""
        if self._exif is None:
            self._exif = {}
            if not self.document.exif.empty():
                for datum in self.document.exif:
                    self._exif.setdefault(datum.key(), datum)
        return self._exif

    @property
    def iptc(self) -> list[tuple[str, str]]:
        """All data of the IIM part, as (key, text), in their order."""
        if self._iptc is None:
            empty = self.document.iptc.empty()
            self._iptc = [] if empty else [(datum.key(), datum.toString()) for datum in self.document.iptc]
        return self._iptc

    def holds(self, key: str) -> bool:
        """True if there is a field of that key, be it empty."""
        if key.startswith(_FIRST_OF_EXIF):
            return key in self.exif
        if key.startswith(_FIRST_OF_IIM):
            return any(name == key for name, _ in self.iptc)
        return self._datum(key) is not None

    def _datum(self, key: str) -> Any:
        entries = self.xmp.get(key)
        if not entries:
            return None
        name, datum = entries[0]
        return datum if name == key else next((datum for name, datum in entries if name == key), None)

    def text(self, key: str) -> str:
        """The text of an ``Exif.…`` or ``Xmp.…`` key, of several languages the default; empty where it is missing."""
        datum = self.exif.get(key) if key.startswith(_FIRST_OF_EXIF) else self._datum(key)
        return "" if datum is None else default_text(datum)

    def items(self, field: Field) -> Values:
        """The items of one field as text; empty where it is missing.

        Raises:
            BrokenMetadataError: a list of locations in the file is no such list.
        """
        if field.kind is Kind.IIM:
            return tuple(text for key, text in self.iptc if key == field.key and text)
        if field.key not in (self.exif if field.kind is Kind.EXIF else self.xmp):  # most fields of most files
            return ()
        if field.kind is Kind.PLACES:
            return tuple(place.text for place in self.places(field.key))
        if field.kind in (Kind.BAG, Kind.SEQ):
            datum = self._datum(field.key)
            return () if datum is None else tuple(array_items(datum))
        text = self.text(field.key)
        return (text,) if text else ()

    def places(self, key: str) -> tuple[Place, ...]:
        """All entries of a list of locations.

        Raises:
            BrokenMetadataError: it is there but no such list.
        """
        entries = self.xmp.get(key)
        if entries is None:
            return ()
        found = self._places.get(key)
        if found is None:
            found = self._places[key] = tuple(read_places([datum for _, datum in entries], key))
        return found

    def wrote(self, key: str) -> frozenset[str]:
        """The items of a field that our mark says we wrote."""
        if self._wrote is None:
            datum = self._datum(WROTE_KEY)
            self._wrote = wrote_of(array_items(datum) if datum is not None else ())
        return self._wrote.get(key, frozenset())


def wrote_of(items: Iterable[str]) -> Mapping[str, frozenset[str]]:
    """What the items ``field=value`` of our mark list, by field."""
    found: dict[str, set[str]] = {}
    for item in items:
        key, separator, value = item.partition("=")
        if separator:
            found.setdefault(key, set()).add(value)
    return {key: frozenset(values) for key, values in found.items()}


Rest = Counter[tuple[str, str, str]]
"""Metadata as (key, type, value), and how often each is there."""
