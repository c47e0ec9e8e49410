"""Planning one tag: what the files say now, and what the one that is written will say."""

import contextlib
import logging
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from landmark_desktop.core.errors import (
    ErrorCode,
    KnownError,
    MetadataError,
    metadata_error_from_os,
    photo_error_from_os,
)
from landmark_desktop.core.location import Landmark, Location
from landmark_desktop.core.photo import FileIdentity, display_name
from landmark_desktop.core.tag import TagChange, TagRequest
from landmark_desktop.metadata.exiv2_io import (
    LOCK,
    BrokenMetadataError,
    Document,
    UnknownFormatError,
    decode_packet,
    read_photo,
    read_sidecar_bytes,
    xmp_is_broken,
)
from landmark_desktop.metadata.fields import Context, clean_text
from landmark_desktop.metadata.merge import merge
from landmark_desktop.metadata.sidecar import (
    find_sidecar,
    seed,
)
from landmark_desktop.metadata.target import Folders, Opened, Target, choose, shared_with, unreadable
from landmark_desktop.metadata.view import View

log = logging.getLogger(__name__)


def identity_of(path: Path) -> FileIdentity:
    """The identity of a file with its content key.

    Raises:
        PhotoError: missing or unreadable.
    """
    try:
        return FileIdentity.of(path, with_content=True)
    except OSError as error:
        raise photo_error_from_os(error, path) from error


def plan_tag(request: TagRequest, folders: Folders | None = None, target: Target | None = None) -> TagChange:
    """Find out what tagging a photo changes. Reads the photo, its sidecar and the folder's names; writes nothing.

    ``folders`` keeps the names between photos that are planned together; ``target`` is what :func:`choose_target` found
    for this request, if it was asked before.

    Raises:
        MetadataError: the landmark has no location, the photo's metadata or its sidecar cannot be read.
        PhotoError: the photo is missing or unreadable.
    """
    if request.landmark.location is None:
        raise MetadataError(ErrorCode.LANDMARK_WITHOUT_LOCATION, landmark=request.landmark.name or request.landmark.id)
    request = replace(request, photo_path=request.photo_path.absolute())
    folders = folders or Folders()
    with LOCK:
        place = target or choose(request, folders)
        extension = ""
        sharing: tuple[str, ...] = ()
        if place.opened is not None:
            photo_identity = place.opened.identity
            target_identity: FileIdentity | None = photo_identity
        else:
            photo_identity = identity_of(request.photo_path)
            target_identity = _identity_of_sidecar(place.path)
            extension, sharing = shared_with(request.photo_path, place.path, folders)
        existed = target_identity is not None
        state = load(request, place.path, place.opened, existed=existed, shared_extension=extension)
        try:
            merged = merge(state.context, state.view, state.companions)
        except BrokenMetadataError as error:
            raise unreadable(request.photo_path, error) from error
    return TagChange(
        request=request,
        target=place.path,
        target_existed=existed,
        fields=merged.changes,
        photo_identity=photo_identity,
        target_identity=target_identity,
        notes=(*place.notes, *state.notes, *sharing, *merged.notes),
        shared_extension=extension,
    )


def _identity_of_sidecar(path: Path) -> FileIdentity | None:
    try:
        path.stat()
    except FileNotFoundError:
        return None
    except OSError as error:  # a photo's name may leave no room for ".xmp"
        raise metadata_error_from_os(error, path) from error
    return identity_of(path)


def is_embedded(change: TagChange) -> bool:
    """True if the change writes into the photo itself."""
    return change.target.suffix.lower() != ".xmp"


# --- what the files say ---------------------------------------------------------------------------------------


@dataclass(slots=True)
class State:
    """``data``: the target's bytes, None where it is new. ``view``: what it says, a new sidecar what it starts with.
    ``companions``: the other file that speaks of the photo."""

    data: bytes | None
    view: View
    companions: tuple[View, ...]
    context: Context
    notes: tuple[str, ...]


def load(request: TagRequest, target: Path, opened: Opened | None, *, existed: bool, shared_extension: str) -> State:
    """Read all files that speak of the photo, but no names of others: a run over a large folder must not read it once a
    photo. ``opened`` is the photo where it is the target, else None. The caller holds Exiv2's lock.

    Raises:
        MetadataError: the metadata of the photo or its sidecar is damaged.
        PhotoError: a file cannot be read.
    """
    photo = request.photo_path
    notes: list[str] = []
    if opened is not None:
        data: bytes | None = opened.data
        document = opened.document
        if xmp_is_broken(document):
            raise unreadable(photo, BrokenMetadataError("its XMP is damaged"))
        sidecar = find_sidecar(photo)
        companions = (read_sidecar(sidecar),) if sidecar else ()
    else:
        own = _read_photo(photo)
        companions = (own,) if own is not None else ()
        data = _read(target) if existed else None
        if data is not None:
            document = _decode(target, data)
        else:
            document = seed(own)
            if own is not None and xmp_is_broken(own):
                notes.append("The photo's own XMP is damaged and was left out of the new sidecar.")
            elif not document.xmp.empty():
                notes.append("The new sidecar starts with a copy of the photo's own descriptions.")
    views = tuple(View(companion) for companion in (*companions, *_siblings(request, target)))
    return State(data, View(document), views, _context(request, shared_extension), tuple(notes))


def _siblings(request: TagRequest, target: Path) -> list[Document]:
    """What the photo's other files say, so that all get the same. One that cannot be read says nothing; its own plan
    tells why."""
    found: list[Document] = []
    for path in request.siblings:
        with contextlib.suppress(KnownError):
            document = _read_photo(path)
            if document is not None:
                found.append(document)
        sidecar = find_sidecar(path)
        if sidecar is not None and sidecar != target:
            with contextlib.suppress(KnownError):
                found.append(read_sidecar(sidecar))
    return found


def _context(request: TagRequest, shared_extension: str) -> Context:
    return Context(request, _clean(request.landmark), shared_extension)


@lru_cache(maxsize=256)
def _clean(landmark: Landmark) -> Location:
    """The landmark's location in texts that XML can hold."""
    location = landmark.location
    assert location is not None
    return replace(
        location,
        name=clean_text(location.name) or clean_text(landmark.name),
        sublocation=clean_text(location.sublocation),
        city=clean_text(location.city),
        region=clean_text(location.region),
        country=clean_text(location.country),
        country_code=clean_text(location.country_code),
    )


def _read_photo(photo: Path) -> Document | None:
    try:
        return read_photo(photo)
    except UnknownFormatError:
        return None
    except BrokenMetadataError as error:
        raise unreadable(photo, error) from error
    except OSError as error:
        raise photo_error_from_os(error, photo) from error


def read_sidecar(path: Path) -> Document:
    """Read a sidecar. The caller holds Exiv2's lock.

    Raises:
        MetadataError: it is no valid XMP.
        PhotoError: it cannot be read.
    """
    return _decode(path, _read(path))


def _read(path: Path) -> bytes:
    try:
        return read_sidecar_bytes(path)
    except OSError as error:
        raise photo_error_from_os(error, path) from error


def _decode(path: Path, data: bytes) -> Document:
    try:
        return decode_packet(data)
    except BrokenMetadataError as error:
        log.info("sidecar not readable: %s", error)
        raise MetadataError(ErrorCode.SIDECAR_DAMAGED, name=display_name(path)) from error
