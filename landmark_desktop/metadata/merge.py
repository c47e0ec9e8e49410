"""How a place joins what a file already says: one rule per group of fields, no file is touched here."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Final

from landmark_desktop.core.agreement import Agreement, compare
from landmark_desktop.core.location import Landmark, Location
from landmark_desktop.core.photo import PhotoFacts
from landmark_desktop.core.tag import FieldChange, ReviewedBy, TagRequest
from landmark_desktop.metadata.edits import Edit
from landmark_desktop.metadata.fields import (
    CHARACTER_SET_KEY,
    CREATED_KEY,
    FIELDS,
    IIM_UTF8,
    REPLACED_KEY,
    Context,
    Field,
    Group,
    Kind,
    Store,
    created_place,
    shown_place,
)
from landmark_desktop.metadata.said import Said
from landmark_desktop.metadata.view import Values, View

_FIELD: Final[Mapping[str, Field]] = {field.key: field for field in FIELDS}
_BETWEEN: Final = "; "
_XMP_POSITION: Final = (_FIELD["Xmp.exif.GPSLatitude"], _FIELD["Xmp.exif.GPSLongitude"])


@dataclass(frozen=True, slots=True)
class Merged:
    """What a write would do, and the same for people. No ``edits``: the file says all of it already."""

    edits: tuple[Edit, ...]
    changes: tuple[FieldChange, ...]
    notes: tuple[str, ...]


def merge(context: Context, view: View, companions: Sequence[View]) -> Merged:
    """Find out what writing the context's place into the file of ``view`` changes.

    ``companions`` are the other files that speak of the same photo: the photo itself for a sidecar, the sidecar for
    an embedded write. Whether a group may be filled is decided by all of them. The caller holds Exiv2's lock.

    Raises:
        BrokenMetadataError: a list of locations in the file is no such list.
    """
    said = Said.by(view)
    request = context.request
    others = tuple(Said.by(companion) for companion in companions)
    options = (request.taken_here, request.replace_position)
    decision = _decide(request.landmark, context.location, context.shared_extension, options, (said, *others))
    marks = _marks(replace(context, wrote=decision.wrote, replaced=decision.replaced), said)
    if not decision.edits and all(edit.field.volatile for edit in marks):
        return Merged((), (), decision.notes)
    return Merged((*decision.edits, *marks), (*decision.changes, *(edit.change for edit in marks)), decision.notes)


def _marks(context: Context, said: Said) -> list[Edit]:
    edits = [Edit(field, said.items(field), field.wanted(context)) for field in _active(said.is_sidecar)[Group.MARK]]
    return [edit for edit in edits if edit.before != edit.after]


@dataclass(frozen=True, slots=True)
class _Decision:
    """What changes but for the mark; what the mark shall list as ours, and as the position that gave way."""

    edits: tuple[Edit, ...]
    changes: tuple[FieldChange, ...]
    notes: tuple[str, ...]
    wrote: tuple[str, ...]
    replaced: str


@lru_cache(maxsize=512)
def _decide(
    landmark: Landmark,
    location: Location,
    shared_extension: str,
    options: tuple[bool, bool],
    files: tuple[Said, ...],
) -> _Decision:
    """The same for all photos whose files say the same: most photos of a folder say nothing yet. ``options`` are
    ``taken_here`` and ``replace_position``, the first of ``files`` is the one that is written."""
    taken_here, replace_position = options
    request = replace(_bare_request(landmark), taken_here=taken_here, replace_position=replace_position)
    return _Merger(Context(request, location, shared_extension), files[0], files[1:]).decide()


def _bare_request(landmark: Landmark) -> TagRequest:
    """A request of which nothing but the landmark counts."""
    return TagRequest(Path(), landmark, "", "", None, ReviewedBy.USER, False, "", datetime(1, 1, 1, tzinfo=UTC))


@lru_cache(maxsize=16)
def _active(
    is_sidecar: bool, has_iim: bool = False, has_xmp_position: bool = False
) -> Mapping[Group, tuple[Field, ...]]:
    """The fields that a file of this sort may get, by group."""
    stores = {Store.XMP, Store.XMP_SIDECAR if is_sidecar else Store.EXIF}
    if has_iim and not is_sidecar:
        stores.add(Store.IIM)
    found = {group: tuple(f for f in FIELDS if f.group is group and f.store in stores) for group in Group}
    if has_xmp_position:  # some programs prefer it to the one in EXIF: the two must not contradict each other
        both = {*stores, Store.XMP_SIDECAR}
        found[Group.TAKEN] = tuple(f for f in FIELDS if f.group is Group.TAKEN and f.store in both)
    return found


@lru_cache(maxsize=256)
def _values_of_place(landmark: Landmark, location: Location) -> Mapping[str, Values]:
    """What the fields hold that the place alone decides: most of them, and the same for every photo that shows it."""
    context = Context(_bare_request(landmark), location)
    return {field.key: field.wanted(context) for field in FIELDS if field.group not in (Group.MARK, Group.SIDECAR)}


class _Wanted:
    """The items that should stand in each field."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._of_place = _values_of_place(context.request.landmark, context.location)

    def __getitem__(self, field: Field) -> Values:
        values = self._of_place.get(field.key)
        return field.wanted(self._context) if values is None else values


class _Merger:
    def __init__(self, context: Context, said: Said, companions: Sequence[Said]) -> None:
        self._context = context
        self._said = said
        self._companions = companions
        self._wanted = _Wanted(context)
        self._notes: list[str] = []
        self._replaced = ""
        self._active = _active(said.is_sidecar, bool(said.iptc), any(said.items(field) for field in _XMP_POSITION))

    def decide(self) -> _Decision:
        edits: list[Edit] = []
        for group in Group:
            fields = self._active[group]
            if group is Group.KEYWORDS:
                edits += [self._add_items(field) for field in fields]
            elif group is Group.SHOWN:
                edits += [self._add_place(field) for field in fields]
            elif group is Group.SIDECAR:
                edits += [self._set(field, self._wanted[field]) for field in fields]
            elif group is not Group.MARK:
                edits += self._fill_set(group, fields)
        changed = tuple(edit for edit in edits if edit.before != edit.after)
        wrote = tuple(f"{edit.field.key}={item}" for edit in edits for item in self._ours(edit))
        return _Decision(changed, tuple(edit.change for edit in changed), tuple(self._notes), wrote, self._replaced)

    def _ours(self, edit: Edit) -> list[str]:
        """The items of the result that we wrote, now or earlier."""
        earlier = self._said.wrote(edit.field.key)
        wanted = self._wanted[edit.field]  # not the keywords that only came along from IIM
        return [item for item in edit.after if item in earlier or (item in wanted and item not in edit.before)]

    def _set(self, field: Field, wanted: Values) -> Edit:
        before = self._said.items(field)
        return Edit(field, before, before if field.fill_only and before else wanted)

    # --- keywords and places: added ---

    def _add_items(self, field: Field) -> Edit:
        before = self._said.items(field)
        wanted = self._wanted[field]
        # A keyword that we wrote for a landmark since corrected goes; those of others stay, in their order.
        outdated = self._said.wrote(field.key) - set(wanted)
        kept = [item for item in before if item not in outdated]
        if field.key == "Xmp.dc.subject" and not before:
            # Readers that find XMP keywords ignore those in IIM, so they come along.
            kept += [item for item in self._iim_keywords() if item not in kept]
        return Edit(field, before, (*kept, *(item for item in wanted if item not in kept)))

    def _iim_keywords(self) -> list[str]:
        return [text for key, text in self._said.iptc if key == "Iptc.Application2.Keywords"]

    def _add_place(self, field: Field) -> Edit:
        wanted = shown_place(self._context)
        places = self._said.places(field.key)
        before = tuple(place.text for place in places)
        ours = self._said.wrote(field.key)
        index = next((i for i, text in enumerate(before) if text in ours), len(before))
        others = [place for i, place in enumerate(places) if i != index]
        if index == len(before) and any(place.is_same_as(wanted) for place in others):
            return Edit(field, before, before)
        after = (*before[:index], wanted.text, *before[index + 1 :])
        return Edit(field, before, after, wanted, index + 1)

    # --- sets: filled together or not at all ---

    def _fill_set(self, group: Group, fields: Iterable[Field]) -> list[Edit]:
        wanted = {field.key: self._wanted[field] for field in fields}
        if group is Group.TAKEN:
            self._replaced = self._given_up()
        confirmed = group is Group.TAKEN and bool(self._replaced)
        if group is Group.TAKEN and not (confirmed or self._context.request.taken_here):
            wanted = dict.fromkeys(wanted, ())
            self._note_conflict()
        elif not confirmed and not self._is_free(group, wanted):
            # Beside a position of the photo's own, not even an estimate of this very landmark stays.
            kept = dict.fromkeys(wanted, ()) if group is Group.TAKEN else wanted
            return [self._keep(field, kept[field.key]) for field in fields]
        if any(field.store is Store.IIM for field in fields) and self._iim_is_foreign():
            fields = self._fit_encoding(fields, wanted)
        edits = []
        for field in fields:
            before = self._said.items(field)
            theirs = bool(before) and not set(before) <= self._said.wrote(field.key)
            # A camera position that makes no sense is no position, and what belongs to it is replaced with it.
            replaced = group is Group.TAKEN and bool(wanted[field.key])
            if (theirs and (not replaced or field.kind is Kind.PLACES)) or (field.fill_only and before):
                edits.append(Edit(field, before, before))
            elif field.kind is Kind.PLACES and wanted[field.key]:
                edits.append(Edit(field, before, wanted[field.key], created_place(self._context), 1))
            else:
                edits.append(Edit(field, before, wanted[field.key]))
        return edits

    def _fit_encoding(self, fields: Iterable[Field], wanted: Mapping[str, Values]) -> list[Field]:
        """What can be written into IIM with an encoding of its own: no marker of another one, and only ASCII."""
        fields = [field for field in fields if field.key != CHARACTER_SET_KEY]
        if all(text.isascii() for field in fields if field.store is Store.IIM for text in wanted[field.key]):
            return fields
        self._notes.append("The old IPTC fields of the photo are not in UTF-8; they are left as they are.")
        return [field for field in fields if field.store is not Store.IIM]

    def _given_up(self) -> str:
        """The photo's own position that the user gives up for the estimate, or gave up while it still was this one;
        empty where none is."""
        views = (self._said, *self._companions)
        own = [position for position in (said.position for said in views) if position is not None]
        # Each once: a new sidecar starts with the position that stands in the photo's XMP.
        text = _BETWEEN.join(dict.fromkeys(f"{latitude:.6f}, {longitude:.6f}" for latitude, longitude in own))
        before = "".join(self._said.items(_FIELD[REPLACED_KEY]))
        if self._context.request.replace_position:
            if own:
                self._notes.append("The photo's own GPS position gives way to the estimate, as you confirmed.")
            return text or before
        if own:
            return before if set(text.split(_BETWEEN)) == set(before.split(_BETWEEN)) else ""
        return before if self._context.request.taken_here else ""

    def _keep(self, field: Field, wanted: Values) -> Edit:
        """Leave a field alone, but take back what we ourselves wrote there for another landmark."""
        before = self._said.items(field)
        ours = self._is_ours(field) and not field.fill_only
        return Edit(field, before, () if ours and before != wanted else before)

    def _is_ours(self, field: Field) -> bool:
        """True if we wrote what stands in a field. Of a position we wrote all or nothing: a hemisphere that is the same
        says nothing."""
        keys = [field.key]
        for part in ("Latitude", "Longitude"):
            prefix, found, _ = field.key.partition(part)
            if found:
                keys += [prefix + "Latitude", prefix + "Longitude"]
        return all(set(self._said.items(_FIELD[key])) <= self._said.wrote(key) for key in keys)

    def _is_free(self, group: Group, wanted: Mapping[str, Values]) -> bool:
        if group is Group.TAKEN:
            return self._is_position_free(wanted)
        for said in (self._said, *self._companions):
            for field in FIELDS:
                if field.group is not group or field.fill_only:
                    continue
                values = said.items(field)
                if not values:
                    continue
                allowed = {value.casefold() for value in self._wanted[field]}
                wrote = said.wrote(field.key)
                if any(value not in wrote and value.casefold() not in allowed for value in values):
                    if group is Group.LEGACY:
                        self._notes.append("City and country are filled in already and stay as they are.")
                    else:
                        self._notes.append("The file states the position of another subject already; it stays.")
                    return False
        return True

    def _is_position_free(self, wanted: Mapping[str, Values]) -> bool:
        for said in (self._said, *self._companions):
            if said.position is not None:
                self._notes.append("The photo keeps its own GPS position.")
                self._note_conflict()
                return False
            created = {place.text for place in said.places(CREATED_KEY)}
            if created - said.wrote(CREATED_KEY) - set(wanted[CREATED_KEY]):
                self._notes.append("The file says already where the photo was taken; that stays.")
                return False
        return True

    def _note_conflict(self) -> None:
        """Tell where the photo's own position is too far from the landmark."""
        views = (self._said, *self._companions)
        position = next((found for found in (said.position for said in views) if found is not None), None)
        if position is None:
            return
        landmark = self._context.request.landmark
        found = compare(PhotoFacts(latitude=position[0], longitude=position[1]), landmark)
        if found is not None and found.agreement is Agreement.CONFLICTS:
            name = landmark.name or landmark.id
            self._notes.append(f"That position is {found.distance_km:,.0f} km from {name}: one of the two is wrong.")

    def _iim_is_foreign(self) -> bool:
        """True if the file's IIM holds text in another encoding, which the marker of UTF-8 would garble."""
        texts = self._said.iptc
        if any(key == CHARACTER_SET_KEY for key, _ in texts):
            return all(value != IIM_UTF8 for key, value in texts if key == CHARACTER_SET_KEY)
        return any(any("\udc80" <= character <= "\udcff" for character in value) for _, value in texts)
