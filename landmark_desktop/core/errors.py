"""Errors a user can meet: each has a code, a sentence that says what happened and a remedy.

Anything that is *not* a :class:`KnownError` is a bug and must reach the crash handler. The texts are
templates kept in one table, so that the window can translate them and the library can store an error
as (code, parameters) and show it again after a restart, in another language.
"""

import errno
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from landmark_desktop.core.photo import display_name


class ErrorCode(StrEnum):
    """Stable identifiers of known errors; they are stored in the library and must not be renamed."""

    # photos
    FILE_EMPTY = "file-empty"
    FILE_MISSING = "file-missing"
    FILE_NO_PERMISSION = "file-no-permission"
    FILE_READ_FAILED = "file-read-failed"
    FILE_CHANGED = "file-changed"
    NOT_A_PHOTO = "not-a-photo"
    PHOTO_TRUNCATED = "photo-truncated"
    PHOTO_DAMAGED = "photo-damaged"
    PHOTO_TOO_LARGE = "photo-too-large"
    PHOTO_NEEDS_MEMORY = "photo-needs-memory"
    PHOTO_UNSUPPORTED = "photo-unsupported"
    FILE_UNSETTLED = "file-unsettled"
    DECODER_CRASHED = "decoder-crashed"
    DECODER_HUNG = "decoder-hung"
    SHOWN_FROM_OTHER = "shown-from-other"
    FOLDER_UNREADABLE = "folder-unreadable"
    FOLDER_MISSING = "folder-missing"
    FOLDER_LOOP = "folder-loop"
    DRIVE_AWAY = "drive-away"
    # bundles and inference
    BUNDLE_MISSING = "bundle-missing"
    BUNDLE_UNREADABLE = "bundle-unreadable"
    BUNDLE_SCHEMA = "bundle-schema"
    BUNDLE_HASH = "bundle-hash"
    BUNDLE_SHAPE = "bundle-shape"
    BUNDLE_MODEL = "bundle-model"
    BUNDLE_UNSAFE = "bundle-unsafe"
    BUNDLE_NOT_KEPT = "bundle-not-kept"
    PROVIDER_UNAVAILABLE = "provider-unavailable"
    INFERENCE_FAILED = "inference-failed"
    INFERENCE_MEMORY = "inference-memory"
    # library
    LIBRARY_NEWER = "library-newer"
    LIBRARY_LOCKED = "library-locked"
    LIBRARY_FOREIGN = "library-foreign"
    LIBRARY_DAMAGED = "library-damaged"
    LIBRARY_CORRUPT = "library-corrupt"
    LIBRARY_CORRUPT_PARTLY = "library-corrupt-partly"
    LIBRARY_COMPLETED = "library-completed"
    LIBRARY_UNWRITABLE = "library-unwritable"
    # metadata
    WRITE_NO_PERMISSION = "write-no-permission"
    WRITE_NO_SPACE = "write-no-space"
    WRITE_FAILED = "write-failed"
    READBACK_MISMATCH = "readback-mismatch"
    EMBED_UNSUPPORTED = "embed-unsupported"
    SIDECAR_DAMAGED = "sidecar-damaged"
    METADATA_UNREADABLE = "metadata-unreadable"
    UNDO_CHANGED = "undo-changed"
    REDO_CHANGED = "redo-changed"
    RUN_UNKNOWN = "run-unknown"
    RUN_WITHOUT_UNDONE = "run-without-undone"
    PHOTO_NOT_IN_RUN = "photo-not-in-run"
    SIDECAR_TAKEN = "sidecar-taken"
    LANDMARK_WITHOUT_LOCATION = "landmark-without-location"
    # organising and exporting
    TEMPLATE_WRONG = "template-wrong"
    TRANSFER_OUTSIDE = "transfer-outside"
    TRANSFER_OCCUPIED = "transfer-occupied"
    TRANSFER_LINK = "transfer-link"
    TRANSFER_NO_PERMISSION = "transfer-no-permission"
    TRANSFER_NO_SPACE = "transfer-no-space"
    TRANSFER_FAILED = "transfer-failed"
    TRANSFER_MISMATCH = "transfer-mismatch"
    TRANSFER_CHANGED = "transfer-changed"
    COPY_CHANGED = "copy-changed"
    ORIGINAL_LEFT = "original-left"
    EXPORT_FAILED = "export-failed"
    # use
    USAGE = "usage"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class ErrorText:
    """Templates for :meth:`str.format`: what happened, and what the user can do about it."""

    message: str
    remedy: str


ERROR_TEXTS: Mapping[ErrorCode, ErrorText] = {
    ErrorCode.FILE_EMPTY: ErrorText(
        "{name} is empty (0 bytes).",
        "Copy the file again from the camera or a backup.",
    ),
    ErrorCode.FILE_MISSING: ErrorText(
        "{name} is no longer there.",
        "Reconnect the drive, or open the folder the file was moved to.",
    ),
    ErrorCode.FILE_NO_PERMISSION: ErrorText(
        "No permission to read {name}.",
        "Give yourself read permission for the file, then open the folder again.",
    ),
    ErrorCode.FILE_READ_FAILED: ErrorText(
        "{name} could not be read: {reason}.",
        "Check the drive and its cable, then open the folder again.",
    ),
    ErrorCode.FILE_CHANGED: ErrorText(
        "{name} was changed by another program since it was read.",
        "Open the folder again, check the photo, and tag it once more.",
    ),
    ErrorCode.NOT_A_PHOTO: ErrorText(
        "{name} is not a photo, although its name says so.",
        "Rename or remove the file; its content is of another kind.",
    ),
    ErrorCode.PHOTO_TRUNCATED: ErrorText(
        "{name} is cut off: the end of the file is missing.",
        "Copy the file again from the camera or a backup.",
    ),
    ErrorCode.PHOTO_DAMAGED: ErrorText(
        "{name} is damaged: {reason}.",
        "Copy the file again from the camera or a backup.",
    ),
    ErrorCode.PHOTO_TOO_LARGE: ErrorText(
        "{name} has {width} × {height} pixels ({megapixels} megapixels); the limit is {limit} megapixels.",
        "Make a smaller copy of the picture and open that.",
    ),
    ErrorCode.PHOTO_NEEDS_MEMORY: ErrorText(
        "{name} needs more memory than one photo may take ({limit} MB) or than there is.",
        "Close other programs and open the folder again, or make a smaller copy of the picture and open that.",
    ),
    ErrorCode.PHOTO_UNSUPPORTED: ErrorText(
        "{name} cannot be read: it is {reason}.",
        "Convert it to JPEG, TIFF or DNG with the program or the camera maker's software that made it.",
    ),
    ErrorCode.FILE_UNSETTLED: ErrorText(
        "{name} was changed while it was being read.",
        "Wait until it is copied or saved completely, then open the folder again.",
    ),
    ErrorCode.DECODER_CRASHED: ErrorText(
        "The decoder broke down on {name} ({reason}).",
        "Copy the file again from the camera or a backup; if that does not help, convert it to JPEG or TIFF.",
    ),
    ErrorCode.DECODER_HUNG: ErrorText(
        "{name} was not decoded within {seconds} seconds, so it was given up.",
        "Open the folder again when the computer and the drive are less busy; else copy the file from a backup.",
    ),
    ErrorCode.SHOWN_FROM_OTHER: ErrorText(
        "{name} cannot be shown, so you see {other} in its place.",
        "Copy {name} again from the camera or a backup; the photo can be used meanwhile.",
    ),
    ErrorCode.FOLDER_UNREADABLE: ErrorText(
        "The folder {name} cannot be read: {reason}.",
        "Give yourself permission to read the folder, or open another one.",
    ),
    ErrorCode.FOLDER_MISSING: ErrorText(
        "The folder {name} is not there.",
        "Reconnect the drive or check the name.",
    ),
    ErrorCode.FOLDER_LOOP: ErrorText(
        "The link {name} leads back to a folder that holds it, so it was not followed.",
        "Remove the link if it is there by mistake; all photos are shown once.",
    ),
    ErrorCode.DRIVE_AWAY: ErrorText(
        "The drive that holds {name} is not connected; its photos are shown from the library.",
        "Connect the drive: the photos come back by themselves.",
    ),
    ErrorCode.BUNDLE_MISSING: ErrorText(
        "No model bundle was found at {name}.",
        "Choose a folder or zip that holds model.onnx and bundle.json, or reinstall the program.",
    ),
    ErrorCode.BUNDLE_UNREADABLE: ErrorText(
        "The model bundle {name} cannot be read: {reason}.",
        "Copy or download the bundle again.",
    ),
    ErrorCode.BUNDLE_SCHEMA: ErrorText(
        "The model bundle {name} does not follow the bundle format: {reason}.",
        "Export the bundle again with a matching version of landmark-trainer.",
    ),
    ErrorCode.BUNDLE_HASH: ErrorText(
        "The model bundle {name} was changed or damaged: {file} does not have the hash that bundle.json states.",
        "Copy or download the bundle again; do not use a bundle you cannot trust.",
    ),
    ErrorCode.BUNDLE_SHAPE: ErrorText(
        "The model in bundle {name} does not fit its description: {reason}.",
        "Export the bundle again with landmark-trainer.",
    ),
    ErrorCode.BUNDLE_MODEL: ErrorText(
        "The model in bundle {name} cannot be loaded: {reason}.",
        "Export the bundle again with landmark-trainer, or choose another bundle.",
    ),
    ErrorCode.BUNDLE_UNSAFE: ErrorText(
        "The model bundle {name} was refused: {reason}.",
        "Use another bundle, or ask its maker for one that landmark-trainer exported.",
    ),
    ErrorCode.BUNDLE_NOT_KEPT: ErrorText(
        "The model bundle {name} could not be installed or removed: {reason}.",
        "Make room and give yourself permission to write in the folder of bundles, then try again.",
    ),
    ErrorCode.PROVIDER_UNAVAILABLE: ErrorText(
        "{provider} cannot be used on this computer: {reason}.",
        "Choose the provider 'auto' or 'cpu', or install what is missing.",
    ),
    ErrorCode.INFERENCE_FAILED: ErrorText(
        "The model failed on {name}: {reason}.",
        "Try a smaller batch size or the provider 'cpu'.",
    ),
    ErrorCode.INFERENCE_MEMORY: ErrorText(
        "There was not enough memory to recognise {name} ({reason}).",
        "Close other programs, then open the folder again.",
    ),
    ErrorCode.LIBRARY_NEWER: ErrorText(
        "The library {name} was made by a newer version of Landmark Desktop (schema {found}; this one knows {known}).",
        "Install the newer version; your library was left untouched.",
    ),
    ErrorCode.LIBRARY_LOCKED: ErrorText(
        "The library {name} is in use by another program.",
        "Close the other window of Landmark Desktop and try again.",
    ),
    ErrorCode.LIBRARY_FOREIGN: ErrorText(
        "{name} is a database of another program, so it was left untouched.",
        "Choose another place for the library.",
    ),
    ErrorCode.LIBRARY_DAMAGED: ErrorText(
        "The library {name} is damaged.",
        "Close Landmark Desktop and start it again: then what the library holds is recovered.",
    ),
    ErrorCode.LIBRARY_CORRUPT: ErrorText(
        "The library {name} was damaged. All reviews and runs were recovered into a new one"
        " (reviews: {reviews}, tagged files: {writes}, photos: {photos}); the damaged one was kept as {aside}.",
        "Open your folders again: photos that are missing are recognised anew.",
    ),
    ErrorCode.LIBRARY_CORRUPT_PARTLY: ErrorText(
        "The library {name} was damaged, and some reviews or runs cannot be read. The others were recovered into a new"
        " one (reviews: {reviews}, tagged files: {writes}, photos: {photos}); the damaged one was kept as {aside}.",
        "Open your folders again and choose 'Read places from files': places that were written into photos come back"
        " as reviews.",
    ),
    ErrorCode.LIBRARY_COMPLETED: ErrorText(
        "The library {name} had lost its latest entries; they were recovered from its safety copy"
        " (reviews: {reviews}, tagged files: {writes}).",
        "There is nothing to do. If it happens again, check the disk that holds the library.",
    ),
    ErrorCode.LIBRARY_UNWRITABLE: ErrorText(
        "The library {name} cannot be written: {reason}.",
        "Free some disk space or give yourself write permission for its folder.",
    ),
    ErrorCode.WRITE_NO_PERMISSION: ErrorText(
        "No permission to write {name}.",
        "Make the folder and the file writable, then tag the photo again.",
    ),
    ErrorCode.WRITE_NO_SPACE: ErrorText(
        "The disk that holds {name} is full.",
        "Free some space, then tag the photo again.",
    ),
    ErrorCode.WRITE_FAILED: ErrorText(
        "{name} could not be written: {reason}. The original is untouched.",
        "Check the drive, then tag the photo again.",
    ),
    ErrorCode.READBACK_MISMATCH: ErrorText(
        "What was written to {name} did not read back the same ({reason}). The original is untouched.",
        "Please report this file's format as a bug; tag it with a sidecar meanwhile.",
    ),
    ErrorCode.EMBED_UNSUPPORTED: ErrorText(
        "Places cannot be embedded into {name} ({reason}).",
        "Use sidecars for this kind of file.",
    ),
    ErrorCode.SIDECAR_DAMAGED: ErrorText(
        "The sidecar {name} is not valid XMP, so nothing can be merged into it safely.",
        "Repair or move the sidecar, then tag the photo again.",
    ),
    ErrorCode.METADATA_UNREADABLE: ErrorText(
        "The metadata of {name} cannot be read: {reason}.",
        "Check the file with its camera maker's software; the picture itself may be fine.",
    ),
    ErrorCode.UNDO_CHANGED: ErrorText(
        "{name} was changed since it was tagged, so undo left it alone.",
        "Undo it once more and let only what Landmark Desktop wrote be removed, or remove the place by hand.",
    ),
    ErrorCode.REDO_CHANGED: ErrorText(
        "{name} was changed since the tag was taken back, so it was left alone.",
        "Tag the photo once more.",
    ),
    ErrorCode.RUN_UNKNOWN: ErrorText(
        "There is no run {run} that can be undone.",
        "List the runs with 'landmark-desktop runs'.",
    ),
    ErrorCode.RUN_WITHOUT_UNDONE: ErrorText(
        "There is no run {run} of which something was undone that can be written again.",
        "List the runs with 'landmark-desktop runs'.",
    ),
    ErrorCode.PHOTO_NOT_IN_RUN: ErrorText(
        "{name} is no photo of the run {run}.",
        "Give the path of the photo or of its sidecar, as it was when the run wrote it.",
    ),
    ErrorCode.SIDECAR_TAKEN: ErrorText(
        "The sidecar {sidecar} of {name} also serves {other}, which shows another landmark.",
        "Let sidecars have the full name of their photo (Settings), or embed the place in one of the two.",
    ),
    ErrorCode.LANDMARK_WITHOUT_LOCATION: ErrorText(
        "The landmark {landmark} has no location in this bundle, so there is nothing to write.",
        "Add its place to the landmark table and export the bundle again.",
    ),
    ErrorCode.TEMPLATE_WRONG: ErrorText(
        "The template for folders cannot be used: {reason}.",
        "Put fields into braces, as in the template that the program suggests.",
    ),
    ErrorCode.TRANSFER_OUTSIDE: ErrorText(
        "{name} was not touched: the folder {folder} is a link that leads out of the chosen folder.",
        "Remove the link, or choose the folder it leads to.",
    ),
    ErrorCode.TRANSFER_OCCUPIED: ErrorText(
        "{name} was not touched: another file has taken its place meanwhile.",
        "Rename or move that file, then try again.",
    ),
    ErrorCode.TRANSFER_LINK: ErrorText(
        "{name} is a link to a file elsewhere, so it was not moved.",
        "Copy the photo instead, or move the file that the link leads to.",
    ),
    ErrorCode.TRANSFER_NO_PERMISSION: ErrorText(
        "No permission to copy or move {name}.",
        "Make both folders and the file writable, then try again.",
    ),
    ErrorCode.TRANSFER_NO_SPACE: ErrorText(
        "There is no room for {name} on the disk of the chosen folder. The original is where it was.",
        "Free some space, then try again.",
    ),
    ErrorCode.TRANSFER_FAILED: ErrorText(
        "{name} could not be copied or moved: {reason}. The original is where it was.",
        "Check the drives, then try again.",
    ),
    ErrorCode.TRANSFER_MISMATCH: ErrorText(
        "The copy of {name} did not read back the same, so it was removed. The original is where it was.",
        "Check the drive for errors before you use it any further.",
    ),
    ErrorCode.TRANSFER_CHANGED: ErrorText(
        "{name} was changed since the preview, so it was left where it is.",
        "Organise the photo again.",
    ),
    ErrorCode.COPY_CHANGED: ErrorText(
        "The copy {name} was changed since it was made, so undo left it alone.",
        "Remove it by hand if you no longer need it; the original is untouched.",
    ),
    ErrorCode.ORIGINAL_LEFT: ErrorText(
        "{name} is in its new place, but the original could not be removed: {reason}.",
        "Remove the original by hand; both are the same.",
    ),
    ErrorCode.EXPORT_FAILED: ErrorText(
        "The file {name} could not be written: {reason}.",
        "Choose another place, or make room and give yourself permission to write there.",
    ),
    ErrorCode.USAGE: ErrorText("{reason}.", "See 'landmark-desktop --help'."),
    ErrorCode.CANCELLED: ErrorText("{name} was not reached because the run was cancelled.", "Start the run again."),
}


class KnownError(Exception):
    """An error the user can understand and act on. ``str()`` gives message and remedy in English."""

    def __init__(self, code: ErrorCode, **params: object) -> None:
        self.code = code
        self.params: dict[str, str] = {key: str(value) for key, value in params.items()}
        super().__init__(f"{self.message} {self.remedy}")

    def __reduce__(self) -> tuple[Callable[..., "KnownError"], tuple[object, ...]]:
        # Exception's own way would pass the text for the code; an error may have to cross a process boundary.
        return _rebuild, (type(self), self.code, self.params)

    @property
    def message(self) -> str:
        """What happened, as one English sentence."""
        return ERROR_TEXTS[self.code].message.format(**self.params)

    @property
    def remedy(self) -> str:
        """What the user can do about it, as one English sentence."""
        return ERROR_TEXTS[self.code].remedy.format(**self.params)


def _rebuild(kind: type[KnownError], code: ErrorCode, params: dict[str, str]) -> KnownError:
    return kind(code, **params)


class PhotoError(KnownError):
    """One photo (or folder) cannot be read; the rest of the batch goes on."""


class BundleError(KnownError):
    """A model bundle was refused."""


class ProviderError(KnownError):
    """The requested execution provider does not load."""


class InferenceError(KnownError):
    """The model failed while it ran."""


class InferenceMemoryError(InferenceError):
    """The model ran out of memory; fewer photos at once may fit."""


class LibraryError(KnownError):
    """The library cannot be opened or written."""


class MetadataError(KnownError):
    """Metadata of one photo could not be read, written or undone; the original stands untouched."""


class TransferError(KnownError):
    """A photo could not be copied, moved, or brought back; it is where it was."""


class ExportError(KnownError):
    """A file of exported places could not be written."""


def photo_error_from_os(error: OSError, path: Path) -> PhotoError:
    """Turn an :class:`OSError` met while *reading* ``path`` into the fitting :class:`PhotoError`."""
    name = display_name(path)
    if isinstance(error, FileNotFoundError):
        return PhotoError(ErrorCode.FILE_MISSING, name=name)
    if isinstance(error, PermissionError):
        return PhotoError(ErrorCode.FILE_NO_PERMISSION, name=name)
    return PhotoError(ErrorCode.FILE_READ_FAILED, name=name, reason=error.strerror or type(error).__name__)


def metadata_error_from_os(error: OSError, path: Path) -> MetadataError:
    """Turn an :class:`OSError` met while *writing* ``path`` into the fitting :class:`MetadataError`."""
    name = display_name(path)
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return MetadataError(ErrorCode.WRITE_NO_PERMISSION, name=name)
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return MetadataError(ErrorCode.WRITE_NO_SPACE, name=name)
    return MetadataError(ErrorCode.WRITE_FAILED, name=name, reason=error.strerror or type(error).__name__)


def transfer_error_from_os(error: OSError, path: Path) -> TransferError:
    """Turn an :class:`OSError` met while copying or moving ``path`` into the fitting :class:`TransferError`."""
    name = display_name(path)
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return TransferError(ErrorCode.TRANSFER_NO_PERMISSION, name=name)
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return TransferError(ErrorCode.TRANSFER_NO_SPACE, name=name)
    return TransferError(ErrorCode.TRANSFER_FAILED, name=name, reason=error.strerror or type(error).__name__)
