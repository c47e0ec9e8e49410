"""How a place joins what a file already says: one rule per group of fields, no file is touched here."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import exiv2

from landmark_desktop.core.tag import FieldChange
from landmark_desktop.metadata.exiv2_io import BrokenMetadataError, Document, erase_property
from landmark_desktop.metadata.fields import (
    CREATED_KEY,
    FIELDS,
    IIM_UTF8,
    WROTE_KEY,
    Context,
    Field,
    Group,
    Kind,
    Store,
    created_place,
    shown_place,
)
from landmark_desktop.metadata.places import (
    Place,
    array_items,
    default_text,
    exif_position,
    put_place,
    read_places,
    xmp_position,
)

Values = tuple[str, ...]


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
        return "; ".join("UTF-8" if item == IIM_UTF8 else item for item in items)


@dataclass(frozen=True, slots=True)
class Merged:
    """What a write would do. No ``edits``: the file says all of it already."""

    edits: tuple[Edit, ...]
    notes: tuple[str, ...]


def read_field(document: Document, field: Field) -> Values:
    """The items of one field as text; empty where it is missing."""
    if field.kind is Kind.IIM:
        return tuple(datum.toString() for datum in document.iptc if datum.key() == field.key and datum.toString())
    if field.kind is Kind.PLACES:
        return tuple(place.text for place in read_places(document.xmp, field.key))
    if field.kind in (Kind.BAG, Kind.SEQ):
        position = document.xmp.findKey(exiv2.XmpKey(field.key))
        return tuple(array_items(position)) if position != document.xmp.end() else ()
    text = read_text(document, field.key)
    return (text,) if text else ()


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


def read_wrote(document: Document) -> Mapping[str, frozenset[str]]:
    """What our mark says we wrote into this file, by field. Empty without a mark."""
    found: dict[str, set[str]] = {}
    position = document.xmp.findKey(exiv2.XmpKey(WROTE_KEY))
    if position != document.xmp.end():
        for item in array_items(position):
            key, separator, value = item.partition("=")
            if separator:
                found.setdefault(key, set()).add(value)
    return {key: frozenset(values) for key, values in found.items()}


def own_position(document: Document) -> tuple[float, float] | None:
    """The camera position a file states, in degrees; one that we wrote as an estimate does not count.

    Otherwise our own guess would come back as evidence for itself.
    """
    wrote = read_wrote(document)
    exif = exif_position(document)
    if exif is not None and not _all_ours(document, wrote, "Exif.GPSInfo.GPSLatitude", "Exif.GPSInfo.GPSLongitude"):
        return exif
    xmp = xmp_position(document)
    if xmp is not None and not _all_ours(document, wrote, "Xmp.exif.GPSLatitude", "Xmp.exif.GPSLongitude"):
        return xmp
    return None


def _all_ours(document: Document, wrote: Mapping[str, frozenset[str]], *keys: str) -> bool:
    return all(
        set(read_field(document, field)) <= wrote.get(field.key, frozenset()) for field in FIELDS if field.key in keys
    )


def merge(context: Context, document: Document, companions: Sequence[Document]) -> Merged:
    """Find out what writing the context's place into ``document`` changes.

    ``companions`` are the other files that speak of the same photo: the photo itself for a sidecar, the sidecar for
    an embedded write. Whether a group may be filled is decided by all of them. The caller holds Exiv2's lock.

    Raises:
        BrokenMetadataError: a list of locations in the file is no such list.
    """
    return _Merger(context, document, companions).merge()


class _Merger:
    def __init__(self, context: Context, document: Document, companions: Sequence[Document]) -> None:
        self._context = context
        self._document = document
        self._companions = companions
        self._is_sidecar = document.format == "xmp"
        self._wrote = read_wrote(document)
        self._notes: list[str] = []
        self._active = [field for field in FIELDS if self._is_active(field)]

    def _is_active(self, field: Field) -> bool:
        if field.store is Store.XMP_SIDECAR:
            return self._is_sidecar
        if field.store is Store.EXIF:
            return not self._is_sidecar
        if field.store is Store.IIM:
            return not self._is_sidecar and not self._document.iptc.empty()
        return True

    def merge(self) -> Merged:
        edits: list[Edit] = []
        for group in Group:
            fields = [field for field in self._active if field.group is group]
            if group is Group.KEYWORDS:
                edits += [self._add_items(field) for field in fields]
            elif group is Group.SHOWN:
                edits += [self._add_place(field) for field in fields]
            elif group is Group.SIDECAR:
                edits += [self._set(field, field.wanted(self._context)) for field in fields]
            elif group is not Group.MARK:
                edits += self._fill_set(group, fields)
        changed = [edit for edit in edits if edit.before != edit.after]
        wrote = tuple(f"{edit.field.key}={item}" for edit in edits for item in self._ours(edit))
        context = replace(self._context, wrote=wrote)
        marks = [self._set(f, f.wanted(context)) for f in self._active if f.group is Group.MARK]
        marks = [edit for edit in marks if edit.before != edit.after]
        if not changed and all(edit.field.volatile for edit in marks):
            return Merged((), tuple(self._notes))
        return Merged((*changed, *marks), tuple(self._notes))

    def _ours(self, edit: Edit) -> list[str]:
        """The items of the result that we wrote, now or earlier."""
        earlier = self._wrote.get(edit.field.key, frozenset())
        wanted = edit.field.wanted(self._context)  # not the keywords that only came along from IIM
        return [item for item in edit.after if item in earlier or (item in wanted and item not in edit.before)]

    def _set(self, field: Field, wanted: Values) -> Edit:
        before = read_field(self._document, field)
        return Edit(field, before, before if field.fill_only and before else wanted)

    # --- keywords and places: added ---

    def _add_items(self, field: Field) -> Edit:
        before = read_field(self._document, field)
        wanted = field.wanted(self._context)
        # A keyword that we wrote for a landmark since corrected goes; those of others stay, in their order.
        outdated = self._wrote.get(field.key, frozenset()) - set(wanted)
        kept = [item for item in before if item not in outdated]
        if field.key == "Xmp.dc.subject" and not before:
            # Readers that find XMP keywords ignore those in IIM, so they come along.
            kept += [item for item in self._iim_keywords() if item not in kept]
        return Edit(field, before, (*kept, *(item for item in wanted if item not in kept)))

    def _iim_keywords(self) -> list[str]:
        return [datum.toString() for datum in self._document.iptc if datum.key() == "Iptc.Application2.Keywords"]

    def _add_place(self, field: Field) -> Edit:
        wanted = shown_place(self._context)
        places = read_places(self._document.xmp, field.key)
        before = tuple(place.text for place in places)
        ours = self._wrote.get(field.key, frozenset())
        index = next((i for i, text in enumerate(before) if text in ours), len(before))
        others = [place for i, place in enumerate(places) if i != index]
        if index == len(before) and any(place.is_same_as(wanted) for place in others):
            return Edit(field, before, before)
        after = (*before[:index], wanted.text, *before[index + 1 :])
        return Edit(field, before, after, wanted, index + 1)

    # --- sets: filled together or not at all ---

    def _fill_set(self, group: Group, fields: Iterable[Field]) -> list[Edit]:
        wanted = {field.key: field.wanted(self._context) for field in fields}
        if group is Group.TAKEN and not self._context.request.taken_here:
            wanted = dict.fromkeys(wanted, ())
        elif not self._is_free(group, wanted):
            # Beside a position of the photo's own, not even an estimate of this very landmark stays.
            kept = dict.fromkeys(wanted, ()) if group is Group.TAKEN else wanted
            return [self._keep(field, kept[field.key]) for field in fields]
        # IIM in an encoding of its own takes no text that is not ASCII.
        if (
            any(f.store is Store.IIM and not all(map(str.isascii, wanted[f.key])) for f in fields)
            and self._iim_is_foreign()
        ):
            self._notes.append("The old IPTC fields of the photo are not in UTF-8; they are left as they are.")
            fields = [field for field in fields if field.store is not Store.IIM]
        edits = []
        for field in fields:
            before = read_field(self._document, field)
            ours = set(before) <= self._wrote.get(field.key, frozenset())
            theirs = bool(before) and not ours
            # A camera position that makes no sense is no position, and what belongs to it is replaced with it.
            replaced = group is Group.TAKEN and bool(wanted[field.key])
            if (theirs and not replaced) or (field.fill_only and before):
                edits.append(Edit(field, before, before))
            elif field.kind is Kind.PLACES and wanted[field.key]:
                edits.append(Edit(field, before, wanted[field.key], created_place(self._context), 1))
            else:
                edits.append(Edit(field, before, wanted[field.key]))
        return edits

    def _keep(self, field: Field, wanted: Values) -> Edit:
        """Leave a field alone, but take back what we ourselves wrote there for another landmark."""
        before = read_field(self._document, field)
        ours = set(before) <= self._wrote.get(field.key, frozenset()) and not field.fill_only
        return Edit(field, before, () if ours and before != wanted else before)

    def _is_free(self, group: Group, wanted: Mapping[str, Values]) -> bool:
        if group is Group.TAKEN:
            return self._is_position_free(wanted)
        for document in (self._document, *self._companions):
            wrote = read_wrote(document)
            for field in FIELDS:
                if field.group is not group or field.fill_only:
                    continue
                equal = {value.casefold() for value in field.wanted(self._context)}
                for value in read_field(document, field):
                    if value not in wrote.get(field.key, frozenset()) and value.casefold() not in equal:
                        if group is Group.LEGACY:
                            self._notes.append("City and country are filled in already and stay as they are.")
                        else:
                            self._notes.append("The file states the position of another subject already; it stays.")
                        return False
        return True

    def _is_position_free(self, wanted: Mapping[str, Values]) -> bool:
        for document in (self._document, *self._companions):
            if own_position(document) is not None:
                self._notes.append("The photo keeps its own GPS position.")
                return False
            created = {place.text for place in read_places(document.xmp, CREATED_KEY)}
            if created - read_wrote(document).get(CREATED_KEY, frozenset()) - set(wanted[CREATED_KEY]):
                self._notes.append("The file says already where the photo was taken; that stays.")
                return False
        return True

    def _iim_is_foreign(self) -> bool:
        """True if the file's IIM holds text in another encoding, which the marker of UTF-8 would garble."""
        texts = [(datum.key(), datum.toString()) for datum in self._document.iptc]
        if any(key == "Iptc.Envelope.CharacterSet" for key, _ in texts):
            return all(value != IIM_UTF8 for key, value in texts if key == "Iptc.Envelope.CharacterSet")
        return any(any("\udc80" <= character <= "\udcff" for character in value) for _, value in texts)


def apply(document: Document, edits: Iterable[Edit]) -> None:
    """Carry out edits on a document in memory. The caller holds Exiv2's lock."""
    for edit in edits:
        key = edit.field.key
        if edit.before == edit.after:
            continue
        if edit.place is not None:
            put_place(document.xmp, key, edit.index, edit.place)
        elif edit.field.kind is Kind.EXIF:
            _apply_exif(document, key, edit.after)
        elif edit.field.kind is Kind.IIM:
            _apply_iim(document, key, edit.after)
        elif edit.field.kind in (Kind.BAG, Kind.SEQ):
            _apply_array(document, edit)
        else:
            erase_property(document.xmp, key)
            if edit.after:
                document.xmp.add(exiv2.XmpKey(key), exiv2.XmpTextValue(edit.after[0]))


def _apply_exif(document: Document, key: str, after: Values) -> None:
    position = document.exif.findKey(exiv2.ExifKey(key))
    if position != document.exif.end():
        document.exif.erase(position)
    if after:
        document.exif[key] = after[0]


def _apply_iim(document: Document, key: str, after: Values) -> None:
    position = document.iptc.findKey(exiv2.IptcKey(key))
    if position != document.iptc.end():
        document.iptc.erase(position)
    if after:
        document.iptc[key] = after[0]


def _apply_array(document: Document, edit: Edit) -> None:
    """Replace an array. One whose items carry qualifiers (a language, say) is refused rather than flattened."""
    key = edit.field.key
    if any("/?" in datum.key() for datum in document.xmp if datum.key().startswith(key + "[")):
        raise BrokenMetadataError(f"the items of its {key.rpartition('.')[2]} carry notes of their own")
    position = document.xmp.findKey(exiv2.XmpKey(key))
    kind = position.typeId() if position != document.xmp.end() else None
    if kind not in (exiv2.TypeId.xmpBag, exiv2.TypeId.xmpSeq):
        kind = exiv2.TypeId.xmpSeq if edit.field.kind is Kind.SEQ else exiv2.TypeId.xmpBag
    erase_property(document.xmp, key)
    if edit.after:
        value = exiv2.XmpArrayValue(kind)
        for item in edit.after:
            value.read(item)
        document.xmp.add(exiv2.XmpKey(key), value)
