"""Which file a tag writes: the photo itself, where it is to and may be written into, or a sidecar."""

import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import exiv2

from landmark_desktop.core.errors import ErrorCode, MetadataError, photo_error_from_os
from landmark_desktop.core.photo import FileIdentity, content_key_of, display_name
from landmark_desktop.core.tag import SidecarName, TagRequest, WriteMode
from landmark_desktop.metadata import container, trial
from landmark_desktop.metadata.exiv2_io import LOCK, BrokenMetadataError, Document, UnknownFormatError, read_photo
from landmark_desktop.metadata.sidecar import FolderNames, find_sidecar, is_raw_name, look_at_folder, sidecar_path

_DNG_SUFFIX: Final = ".dng"


_RESOURCES_KEY: Final = "Exif.Image.ImageResources"


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
        return choose(replace(request, photo_path=request.photo_path.absolute()), folders or Folders())


def choose(request: TagRequest, folders: Folders) -> Target:
    """:func:`choose_target` for a photo with an absolute path. The caller holds Exiv2's lock."""
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


def shared_with(photo: Path, sidecar: Path, folders: Folders) -> tuple[str, tuple[str, ...]]:
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


def read_whole(photo: Path) -> tuple[FileIdentity, bytes]:
    """A photo's identity and its bytes. Takes no lock: other files may be parsed meanwhile.

    Raises:
        PhotoError: it cannot be read.
    """
    size, mtime_ns, data = read_with_time(photo)
    return FileIdentity(size, mtime_ns, content_key_of(data)), data


def read_with_time(photo: Path) -> tuple[int, int, bytes]:
    """A photo's size in bytes, its modification time in nanoseconds, and its bytes. Raises :class:`PhotoError`."""
    try:
        status = photo.stat()
        return status.st_size, status.st_mtime_ns, photo.read_bytes()
    except OSError as error:
        raise photo_error_from_os(error, photo) from error


def open_photo(photo: Path, identity: FileIdentity, data: bytes) -> Opened:
    """Parse a photo to write into it. The caller holds Exiv2's lock.

    Raises:
        UnknownFormatError: not a format with metadata.
        MetadataError: its metadata is damaged.
    """
    try:
        return Opened(identity, data, read_photo(data))
    except BrokenMetadataError as error:
        raise unreadable(photo, error) from error


def unreadable(photo: Path, error: Exception) -> MetadataError:
    """The error of a photo whose metadata is damaged."""
    return MetadataError(ErrorCode.METADATA_UNREADABLE, name=display_name(photo), reason=error)
