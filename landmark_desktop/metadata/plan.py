"""Planning one tag: which file is written, what it says now, what it will say, and how its new content is made."""

import contextlib
import logging
import os
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Final

import exiv2

from landmark_desktop.core.errors import (
    ErrorCode,
    KnownError,
    MetadataError,
    metadata_error_from_os,
    photo_error_from_os,
)
from landmark_desktop.core.location import Landmark, Location
from landmark_desktop.core.photo import FileIdentity, content_key_of, display_name
from landmark_desktop.core.tag import SidecarName, TagChange, TagRequest, WriteMode
from landmark_desktop.metadata import container, trial
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
    FolderNames,
    find_sidecar,
    is_raw_name,
    look_at_folder,
    seed,
    sidecar_path,
)
from landmark_desktop.metadata.view import View

log = logging.getLogger(__name__)
_DNG_SUFFIX: Final = ".dng"
_RESOURCES_KEY: Final = "Exif.Image.ImageResources"


def identity_of(path: Path) -> FileIdentity:
    """The identity of a file with its content key.

    Raises:
        PhotoError: missing or unreadable.
    """
    try:
        return FileIdentity.of(path, with_content=True)
    except OSError as error:
        raise photo_error_from_os(error, path) from error


@dataclass(frozen=True, slots=True)
class Opened:
    """A photo that was read as a whole: its identity, its bytes, and the metadata in them."""

    identity: FileIdentity
    data: bytes
    document: Document


@dataclass(frozen=True, slots=True)
class Target:
    """The file that is written. ``opened``: the photo, where it is written itself."""

    path: Path
    notes: tuple[str, ...] = ()
    opened: Opened | None = None


class Folders:
    """The names in folders, read once for all photos of a plan; not while files are written, which changes them."""

    def __init__(self) -> None:
        self._names: dict[Path, FolderNames] = {}

    def names(self, folder: Path) -> FolderNames:
        """What the names in a folder tell. Raises :class:`OSError`."""
        found = self._names.get(folder)
        if found is None:
            found = self._names[folder] = look_at_folder(folder)
        return found


def choose_target(request: TagRequest, folders: Folders | None = None) -> Target:
    """Find out which file tagging a photo writes: the photo, where it is to be written itself, or a sidecar.

    ``folders`` keeps the names between photos that are planned together.

    Raises:
        MetadataError: the photo's metadata cannot be read.
        PhotoError: the photo is missing or unreadable.
    """
    with LOCK:
        return _choose(replace(request, photo_path=request.photo_path.absolute()), folders or Folders())


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
        place = target or _choose(request, folders)
        extension = ""
        sharing: tuple[str, ...] = ()
        if place.opened is not None:
            photo_identity = place.opened.identity
            target_identity: FileIdentity | None = photo_identity
        else:
            photo_identity = identity_of(request.photo_path)
            target_identity = _identity_of_sidecar(place.path)
            extension, sharing = _sharing(request.photo_path, place.path, folders)
        existed = target_identity is not None
        state = load(request, place.path, place.opened, existed=existed, shared_extension=extension)
        try:
            merged = merge(state.context, state.view, state.companions)
        except BrokenMetadataError as error:
            raise _unreadable(request.photo_path, error) from error
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


# --- which file ------------------------------------------------------------------------------------------------


def read_whole(photo: Path) -> tuple[FileIdentity, bytes]:
    """A photo's identity and its bytes. Takes no lock: other files may be parsed meanwhile.

    Raises:
        PhotoError: it cannot be read.
    """
    try:
        status = photo.stat()
        data = photo.read_bytes()
    except OSError as error:
        raise photo_error_from_os(error, photo) from error
    return FileIdentity(status.st_size, status.st_mtime_ns, content_key_of(data)), data


def open_photo(photo: Path, identity: FileIdentity, data: bytes) -> Opened:
    """Parse a photo to write into it. The caller holds Exiv2's lock.

    Raises:
        UnknownFormatError: not a format with metadata.
        MetadataError: its metadata is damaged.
    """
    try:
        return Opened(identity, data, read_photo(data))
    except BrokenMetadataError as error:
        raise _unreadable(photo, error) from error


def _choose(request: TagRequest, folders: Folders) -> Target:
    photo = request.photo_path
    if request.mode is WriteMode.SIDECAR:
        return _choose_sidecar(request, folders)
    opened = _open_embeddable(photo)
    if isinstance(opened, Opened):
        # Through a link the file itself is written, and the link stays.
        real = Path(os.path.realpath(photo)) if photo.is_symlink() else photo
        other = find_sidecar(photo)
        note = f"Programs that prefer the sidecar {display_name(other)} will not see this place." if other else ""
        return Target(real, (note,) if note else (), opened)
    place = _choose_sidecar(request, folders)
    return replace(place, notes=(f"{opened}; the place goes into a sidecar.", *place.notes))


def _choose_sidecar(request: TagRequest, folders: Folders) -> Target:
    photo = request.photo_path
    try:
        convention = folders.names(photo.parent).convention
    except OSError as error:
        raise photo_error_from_os(error, photo) from error
    name = convention or request.sidecar_name
    found = find_sidecar(photo, name)
    if found is not None:
        return Target(Path(os.path.realpath(found)) if found.is_symlink() else found)
    new = sidecar_path(photo, name)
    differs = name is not request.sidecar_name
    note = f"The sidecars of this folder are called like {display_name(new)}; this one follows them." if differs else ""
    return Target(new, (note,) if note else ())


def _sharing(photo: Path, sidecar: Path, folders: Folders) -> tuple[str, tuple[str, ...]]:
    """The value of SidecarForExtension and a note where the sidecar also serves other files; both empty where not."""
    if sidecar.stem != sidecar_path(photo, SidecarName.STEM).stem:
        return "", ()
    try:
        others = folders.names(photo.parent).sharing(photo)
    except OSError:  # without the folder's names the sidecar is taken for the photo's alone
        return "", ()
    if not others:
        return "", ()
    shown = ", ".join(display_name(photo.with_name(name)) for name in others)
    owner = next((name for name in others if is_raw_name(name)), photo.name)
    return Path(owner).suffix.lstrip("."), (f"The sidecar {display_name(sidecar)} also serves {shown}.",)


def _open_embeddable(photo: Path) -> Opened | str:
    """The photo, or why it takes no embedded metadata, as the beginning of a sentence."""
    if is_raw_name(photo.name) and photo.suffix.lower() != _DNG_SUFFIX:
        return "Raw files other than DNG are never written into"
    try:
        opened = open_photo(photo, *read_whole(photo))
    except UnknownFormatError:
        return "This kind of file holds no metadata"
    document = opened.document
    if is_raw_name(photo.name) and document.format != "tiff":
        return "Raw files other than DNG are never written into"
    if document.format not in container.EMBEDDABLE:
        return "Metadata cannot be written into this kind of file"
    if not document.iptc.empty() and document.exif.findKey(exiv2.ExifKey(_RESOURCES_KEY)) != document.exif.end():
        # In a TIFF, Exiv2 would write a second copy of the old IPTC fields into Photoshop's own block.
        return (
            "Metadata cannot be written into this file safely, because of what Photoshop keeps of its old IPTC fields"
        )
    try:
        found = container.parse(opened.data, document.format)
        reason = trial.objection(opened.data, document.format, found) if found.tags else ""
    except container.DamagedContainerError as error:
        reason = str(error)
    return f"Metadata cannot be written into this file safely, because {reason}" if reason else opened


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
            raise _unreadable(photo, BrokenMetadataError("its XMP is damaged"))
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
        raise _unreadable(photo, error) from error
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


def _unreadable(photo: Path, error: Exception) -> MetadataError:
    return MetadataError(ErrorCode.METADATA_UNREADABLE, name=display_name(photo), reason=error)
