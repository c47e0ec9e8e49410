"""Taking out of a file what we wrote into it, where others changed the file since."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import exiv2

from landmark_desktop.core.errors import ErrorCode, MetadataError, photo_error_from_os
from landmark_desktop.core.photo import display_name
from landmark_desktop.metadata import container
from landmark_desktop.metadata.content import Prepared
from landmark_desktop.metadata.edits import Edit, apply
from landmark_desktop.metadata.exiv2_io import (
    LOCK,
    BrokenMetadataError,
    Document,
    UnknownFormatError,
    decode_packet,
    encode_packet,
    erase_property,
    read_photo,
    write_photo,
    xmp_is_broken,
)
from landmark_desktop.metadata.fields import FIELDS, RUN_KEY, Field, Group, Kind, Store
from landmark_desktop.metadata.rest import rest_of
from landmark_desktop.metadata.view import Values, View


@dataclass(frozen=True, slots=True)
class Removal:
    """The file without what we wrote. ``left``: something else is in it."""

    content: Prepared
    left: bool


def prepare_removal(target: Path, run_id: str) -> Removal:
    """Make the content that ``target`` has without the values that our mark lists. Writes nothing.

    Raises:
        MetadataError: the file is not readable as metadata, or does not carry the mark of ``run_id``.
        PhotoError: it cannot be read.
    """
    name = display_name(target)
    is_sidecar = target.suffix.lower() == ".xmp"
    try:
        data = target.read_bytes()
    except OSError as error:
        raise photo_error_from_os(error, target) from error
    with LOCK:
        try:
            document = decode_packet(data) if is_sidecar else read_photo(data)
            view = View(document)
            if xmp_is_broken(document) or view.text(RUN_KEY) != run_id:
                raise MetadataError(ErrorCode.UNDO_CHANGED, name=name)
            edits = removal(view)
            rest, names, kind = rest_of(view, edits), document.names, document.format
            _apply(view, edits)
            new = encode_packet(document.xmp) if is_sidecar else write_photo(document)
            where = None if is_sidecar else container.parse(data, kind)
        except (BrokenMetadataError, UnknownFormatError, container.DamagedContainerError) as error:
            raise MetadataError(ErrorCode.METADATA_UNREADABLE, name=name, reason=error) from error
        left = not is_sidecar or not document.xmp.empty()
    return Removal(Prepared(data, new, kind, edits, rest, names, where), left)


def removal(view: View) -> tuple[Edit, ...]:
    """What taking out our values changes. The caller holds Exiv2's lock.

    Raises:
        BrokenMetadataError: a list of locations in the file is no such list.
    """
    edits = [Edit(field, view.items(field), _without_ours(view, field)) for field in FIELDS]
    edits = [edit for edit in edits if edit.before != edit.after]
    gone = {edit.field.key for edit in edits}
    return tuple(edit for edit in edits if not _is_needed(view, edit.field, gone))


def _without_ours(view: View, field: Field) -> Values:
    if field.group is Group.MARK:
        return ()
    ours = view.wrote(field.key)
    return tuple(item for item in view.items(field) if item not in ours)


_NEEDED_BY: Final = {Store.EXIF: "Exif.GPSInfo.", Store.IIM: "Iptc."}


def _is_needed(view: View, field: Field, gone: set[str]) -> bool:
    """True for what we added because a standard demands it beside fields that others have written since: the version of
    EXIF's position, the encoding of IIM."""
    prefix = _NEEDED_BY.get(field.store, "")
    if not field.fill_only or not prefix:
        return False
    there = view.exif if field.store is Store.EXIF else [key for key, _ in view.iptc]
    return any(key.startswith(prefix) and key not in gone for key in there)


def _apply(view: View, edits: Sequence[Edit]) -> None:
    places = [edit for edit in edits if edit.field.kind is Kind.PLACES and edit.after]
    kept = {
        edit.field.key: [index for index, item in enumerate(edit.before, 1) if item in edit.after] for edit in places
    }
    values = {edit.field.key: [(key, datum.getValue()) for key, datum in view.xmp[edit.field.key]] for edit in places}
    apply(view, [edit for edit in edits if edit not in places])
    for key, indices in kept.items():
        _keep_entries(view.document, key, indices, values[key])


def _keep_entries(document: Document, key: str, indices: Sequence[int], values: Sequence[tuple[str, Any]]) -> None:
    """Keep some entries of a list of structures and count them anew."""
    erase_property(document.xmp, key)
    new = {f"{key}[{index}]": f"{key}[{position}]" for position, index in enumerate(indices, 1)}
    for name, value in values:
        entry, bracket, member = name.partition("]")
        moved = new.get(entry + bracket)
        if name == key:
            document.xmp.add(exiv2.XmpKey(key), value)
        elif moved is not None:
            document.xmp.add(exiv2.XmpKey(moved + member), value)
