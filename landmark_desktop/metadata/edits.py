"""One field before and after, and how that is carried out on a document in memory."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import exiv2

from landmark_desktop.core.tag import FieldChange
from landmark_desktop.metadata.exiv2_io import BrokenMetadataError, Document, erase_property
from landmark_desktop.metadata.fields import IIM_UTF8, WROTE_KEY, Field, Kind
from landmark_desktop.metadata.places import Place, put_place
from landmark_desktop.metadata.view import Values, View


@dataclass(frozen=True, slots=True)
class Edit:
    """One field before and after, as items. ``place`` and ``index`` (from 1): the location structure to put."""

    field: Field
    before: Values
    after: Values
    place: Place | None = None
    index: int = 0

    @property
    def change(self) -> FieldChange:
        """The edit for people."""
        return FieldChange(self.field.key, self._show(self.before), self._show(self.after))

    def _show(self, items: Values) -> str:
        if self.field.key == WROTE_KEY:  # it repeats all the others
            return f"{len(items)} values" if items else ""
        if len(items) > 1:
            return "; ".join(items)
        return "" if not items else "UTF-8" if items[0] == IIM_UTF8 else items[0]


def apply(view: View, edits: Iterable[Edit]) -> None:
    """Carry out edits on the view's document in memory; the view must not be asked afterwards. The caller holds Exiv2's
    lock.

    Raises:
        BrokenMetadataError: a list would lose notes that its items carry.
    """
    edits = [edit for edit in edits if edit.before != edit.after]
    there = {edit.field.key for edit in edits if view.holds(edit.field.key)}
    types = {edit.field.key: _array_type(view, edit.field) for edit in edits if edit.field.kind in (Kind.BAG, Kind.SEQ)}
    document = view.document
    for edit in edits:
        key, kind = edit.field.key, edit.field.kind
        if edit.place is not None:
            put_place(document.xmp, key, edit.index, edit.place)
            continue
        if key in there:
            _remove(document, key, kind)
        if not edit.after:
            continue
        if kind is Kind.EXIF:
            document.exif[key] = edit.after[0]
        elif kind is Kind.IIM:
            document.iptc[key] = edit.after[0]
        elif key in types:
            value = exiv2.XmpArrayValue(types[key])
            for item in edit.after:
                value.read(item)
            document.xmp.add(exiv2.XmpKey(key), value)
        else:
            document.xmp.add(exiv2.XmpKey(key), exiv2.XmpTextValue(edit.after[0]))


def _remove(document: Document, key: str, kind: Kind) -> None:
    if kind is Kind.EXIF:
        document.exif.erase(document.exif.findKey(exiv2.ExifKey(key)))
    elif kind is Kind.IIM:
        document.iptc.erase(document.iptc.findKey(exiv2.IptcKey(key)))
    else:
        erase_property(document.xmp, key)


def _array_type(view: View, field: Field) -> Any:
    """How to write a list: as it is in the file, else as its standard says.

    Raises:
        BrokenMetadataError: its items carry qualifiers (a language, say), which would be flattened.
    """
    entries = view.xmp.get(field.key, ())
    if any("/?" in key for key, _ in entries):
        raise BrokenMetadataError(f"the items of its {field.key.rpartition('.')[2]} carry notes of their own")
    kinds = [datum.typeId() for key, datum in entries if key == field.key]
    if kinds and kinds[0] in (exiv2.TypeId.xmpBag, exiv2.TypeId.xmpSeq):
        return kinds[0]
    return exiv2.TypeId.xmpSeq if field.kind is Kind.SEQ else exiv2.TypeId.xmpBag
