"""Planning one tag: which file is written, what it says now, what it will say, and how its new content is made."""

import logging
import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import exiv2

from landmark_desktop.core.errors import ErrorCode, MetadataError, metadata_error_from_os, photo_error_from_os
from landmark_desktop.core.photo import FileIdentity, display_name
from landmark_desktop.core.tag import SidecarName, TagChange, TagRequest, WriteMode
from landmark_desktop.metadata import container
from landmark_desktop.metadata.exiv2_io import (
    LOCK,
    BrokenMetadataError,
    Document,
    UnknownFormatError,
    decode_packet,
    read_photo,
    xmp_is_broken,
)
from landmark_desktop.metadata.fields import Context, clean_text
from landmark_desktop.metadata.merge import merge
from landmark_desktop.metadata.sidecar import find_sidecar, is_raw_name, look_at_folder, seed, sidecar_path

log = logging.getLogger(__name__)
_DNG_KEY: Final = "Exif.Image.DNGVersion"


def identity_of(path: Path) -> FileIdentity:
    """The identity of a file with its content key.

    Raises:
        PhotoError: missing or unreadable.
    """
    try:
        return FileIdentity.of(path, with_content=True)
    except OSError as error:
        raise photo_error_from_os(error, path) from error


def plan_tag(request: TagRequest) -> TagChange:
    """Find out what tagging a photo changes. Reads the photo, its sidecar and the folder's names; writes nothing.

    Raises:
        MetadataError: the landmark has no location, the photo's metadata or its sidecar cannot be read.
        PhotoError: the photo is missing or unreadable.
    """
    if request.landmark.location is None:
        raise MetadataError(ErrorCode.LANDMARK_WITHOUT_LOCATION, landmark=request.landmark.name or request.landmark.id)
    request = replace(request, photo_path=request.photo_path.absolute())
    photo_identity = identity_of(request.photo_path)
    with LOCK:
        place = _choose(request)
        try:
            existed = place.path.exists()
        except OSError as error:  # a photo's name may leave no room for ".xmp"
            raise metadata_error_from_os(error, place.path) from error
        target_identity = identity_of(place.path) if existed else None
        extension, sharing = ("", ()) if place.embedded else _sharing(request.photo_path, place.path)
        state = load(request, place.path, embedded=place.embedded, existed=existed, shared_extension=extension)
        try:
            merged = merge(state.context, state.document, state.companions)
        except BrokenMetadataError as error:
            raise _unreadable(request.photo_path, error) from error
    return TagChange(
        request=request,
        target=place.path,
        target_existed=existed,
        fields=tuple(edit.change for edit in merged.edits),
        photo_identity=photo_identity,
        target_identity=target_identity,
        notes=(*place.notes, *state.notes, *sharing, *merged.notes),
        shared_extension=extension,
    )


def is_embedded(change: TagChange) -> bool:
    """True if the change writes into the photo itself."""
    return change.target.suffix.lower() != ".xmp"


# --- which file ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Place:
    path: Path
    embedded: bool
    notes: tuple[str, ...]


def _choose(request: TagRequest) -> _Place:
    photo = request.photo_path
    if request.mode is WriteMode.EMBEDDED:
        reason = _why_not_embedded(photo)
        if not reason:
            # Through a link the file itself is written, and the link stays.
            real = Path(os.path.realpath(photo)) if photo.is_symlink() else photo
            other = find_sidecar(photo)
            note = f"Programs that prefer the sidecar {display_name(other)} will not see this place." if other else ""
            return _Place(real, True, (note,) if note else ())
        place = _choose_sidecar(request)
        return replace(place, notes=(f"{reason}; the place goes into a sidecar.", *place.notes))
    return _choose_sidecar(request)


def _choose_sidecar(request: TagRequest) -> _Place:
    photo = request.photo_path
    try:
        convention = look_at_folder(photo.parent).convention
    except OSError as error:
        raise photo_error_from_os(error, photo) from error
    name = convention or request.sidecar_name
    found = find_sidecar(photo, name)
    if found is not None:
        return _Place(Path(os.path.realpath(found)) if found.is_symlink() else found, False, ())
    new = sidecar_path(photo, name)
    differs = name is not request.sidecar_name
    note = f"The sidecars of this folder are called like {display_name(new)}; this one follows them." if differs else ""
    return _Place(new, False, (note,) if note else ())


def _sharing(photo: Path, sidecar: Path) -> tuple[str, tuple[str, ...]]:
    """The value of SidecarForExtension and a note where the sidecar also serves other files; both empty where not."""
    if sidecar.stem != sidecar_path(photo, SidecarName.STEM).stem:
        return "", ()
    try:
        others = look_at_folder(photo.parent).sharing(photo)
    except OSError:  # without the folder's names the sidecar is taken for the photo's alone
        return "", ()
    if not others:
        return "", ()
    shown = ", ".join(display_name(photo.with_name(name)) for name in others)
    owner = next((name for name in others if is_raw_name(name)), photo.name)
    return Path(owner).suffix.lstrip("."), (f"The sidecar {display_name(sidecar)} also serves {shown}.",)


def _why_not_embedded(photo: Path) -> str:
    """Why this photo takes no embedded metadata, as the beginning of a sentence; empty if it does."""
    if is_raw_name(photo.name):
        return "Raw files are never written into"
    try:
        data = photo.read_bytes()
        document = read_photo(data)
    except UnknownFormatError:
        return "This kind of file holds no metadata"
    except BrokenMetadataError as error:
        raise _unreadable(photo, error) from error
    except OSError as error:
        raise photo_error_from_os(error, photo) from error
    if document.format not in container.EMBEDDABLE:
        return "Metadata cannot be written into this kind of file"
    if document.exif.findKey(exiv2.ExifKey(_DNG_KEY)) != document.exif.end():
        return "Raw files are never written into"
    try:
        container.parse(data, document.format)
    except container.DamagedContainerError as error:
        return f"Metadata cannot be written into this file safely, because {error}"
    return ""


# --- what the files say ---------------------------------------------------------------------------------------


@dataclass(slots=True)
class State:
    """``data``: the target's bytes, None where it is new. ``document``: its metadata, for a new sidecar what it starts
    with. ``companions``: the other file that speaks of the photo."""

    data: bytes | None
    document: Document
    companions: tuple[Document, ...]
    context: Context
    notes: tuple[str, ...]


def load(request: TagRequest, target: Path, *, embedded: bool, existed: bool, shared_extension: str) -> State:
    """Read all files that speak of the photo, but no names of others: a run over a large folder must not read it once a
    photo. The caller holds Exiv2's lock.

    Raises:
        MetadataError: the metadata of the photo or its sidecar is damaged.
        PhotoError: a file cannot be read.
    """
    photo = request.photo_path
    notes: list[str] = []
    try:
        data = target.read_bytes() if existed else None
    except OSError as error:
        raise photo_error_from_os(error, target) from error
    if embedded:
        assert data is not None
        document = _read_photo(photo, data)
        if document is None or xmp_is_broken(document):
            raise _unreadable(photo, BrokenMetadataError("its XMP is damaged"))
        sidecar = find_sidecar(photo)
        companions = (read_sidecar(sidecar),) if sidecar else ()
    else:
        own = _read_photo(photo, photo)
        companions = (own,) if own is not None else ()
        if data is not None:
            document = _decode(target, data)
        else:
            document = seed(own)
            if own is not None and xmp_is_broken(own):
                notes.append("The photo's own XMP is damaged and was left out of the new sidecar.")
            elif not document.xmp.empty():
                notes.append("The new sidecar starts with a copy of the photo's own descriptions.")
    return State(data, document, companions, _context(request, shared_extension), tuple(notes))


def _context(request: TagRequest, shared_extension: str) -> Context:
    location = request.landmark.location
    assert location is not None
    cleaned = replace(
        location,
        name=clean_text(location.name) or clean_text(request.landmark.name),
        sublocation=clean_text(location.sublocation),
        city=clean_text(location.city),
        region=clean_text(location.region),
        country=clean_text(location.country),
        country_code=clean_text(location.country_code),
    )
    return Context(request, cleaned, shared_extension)


def _read_photo(photo: Path, source: Path | bytes) -> Document | None:
    try:
        return read_photo(source)
    except UnknownFormatError:
        return None
    except BrokenMetadataError as error:
        raise _unreadable(photo, error) from error
    except OSError as error:
        raise photo_error_from_os(error, photo) from error


def read_sidecar(path: Path) -> Document:
    """Read a sidecar. The caller holds Exiv2's lock.

    Raises:
        MetadataError: it is no valid XMP.
        PhotoError: it cannot be read.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise photo_error_from_os(error, path) from error
    return _decode(path, data)


def _decode(path: Path, data: bytes) -> Document:
    try:
        return decode_packet(data)
    except BrokenMetadataError as error:
        log.info("sidecar not readable: %s", error)
        raise MetadataError(ErrorCode.SIDECAR_DAMAGED, name=display_name(path)) from error


def _unreadable(photo: Path, error: Exception) -> MetadataError:
    return MetadataError(ErrorCode.METADATA_UNREADABLE, name=display_name(photo), reason=error)
