"""Taking writes back, making them again, and finding out what became of those that were cut off."""

import os
from enum import Enum
from pathlib import Path

from landmark_desktop.core.errors import ErrorCode, MetadataError, metadata_error_from_os, photo_error_from_os
from landmark_desktop.core.photo import FileIdentity, content_key_of, display_name
from landmark_desktop.metadata import atomic, snapshot
from landmark_desktop.metadata.container import DamagedContainerError
from landmark_desktop.metadata.content import verify
from landmark_desktop.metadata.exiv2_io import LOCK, BrokenMetadataError, UnknownFormatError, decode_packet, read_photo
from landmark_desktop.metadata.fields import RUN_KEY
from landmark_desktop.metadata.removal import prepare_removal
from landmark_desktop.metadata.said import read_text


def undo_tag(target: Path, blob: bytes, written: FileIdentity) -> FileIdentity | None:
    """Give ``target`` back its state before a write: the old file byte for byte, or no file. Returns its identity.

    ``blob`` is what :func:`take_snapshot` returned, ``written`` what :func:`write_tag` did. Permissions and the
    modification time come back too. A file that is as it was before the write already is left as it is.

    Raises:
        MetadataError: the file is no longer what was written (a new modification time alone does not
            matter), no permission, disk full.
        PhotoError: the file is missing or unreadable.
    """
    shot = _open_snapshot(target, blob)
    seen = _stat(target)
    current = _read(target)
    if shot.is_of(current):
        return FileIdentity(seen.size, seen.mtime_ns, content_key_of(current))
    if not _is(current, written):
        raise MetadataError(ErrorCode.UNDO_CHANGED, name=display_name(target))
    if shot.existed:
        return _put_back(target, shot, current, seen, ErrorCode.UNDO_CHANGED)
    _guard(target, seen, ErrorCode.UNDO_CHANGED)
    try:
        atomic.remove(target)
    except OSError as error:
        raise metadata_error_from_os(error, target) from error
    return None


def take_redo(target: Path, blob: bytes, written: FileIdentity) -> bytes | None:
    """Return all that making an undone write again will need (:func:`redo_tag`), before its undo; None if the file is
    as it was before the write already. Arguments and errors are those of :func:`undo_tag`; writes nothing."""
    shot = _open_snapshot(target, blob)
    status = _status(target)
    current = _read(target)
    if shot.is_of(current):
        return None
    if not _is(current, written):
        raise MetadataError(ErrorCode.UNDO_CHANGED, name=display_name(target))
    kind = "xmp" if shot.kind == "whole" or not shot.existed else shot.kind
    mode = status.st_mode & 0o7777
    try:
        return snapshot.of_file(current, kind, mode, status.st_mtime_ns, written).to_bytes()
    except DamagedContainerError as error:
        raise MetadataError(ErrorCode.UNDO_CHANGED, name=display_name(target)) from error


def redo_tag(target: Path, blob: bytes, redo: bytes) -> FileIdentity:
    """Make a write again that was undone, byte for byte, and return the target's identity.

    ``blob`` is what :func:`take_snapshot` returned, ``redo`` what :func:`take_redo` did.

    Raises:
        MetadataError: the file is no longer what the undo left, no permission, disk full.
        PhotoError: the file is missing or unreadable.
    """
    before, after = _open_snapshot(target, blob), _open_snapshot(target, redo)
    if not before.existed:
        if target.exists():
            raise MetadataError(ErrorCode.REDO_CHANGED, name=display_name(target))
        return _put_back(target, after, b"", None, ErrorCode.REDO_CHANGED)
    seen = _stat(target)
    current = _read(target)
    if not before.is_of(current):
        raise MetadataError(ErrorCode.REDO_CHANGED, name=display_name(target))
    return _put_back(target, after, current, seen, ErrorCode.REDO_CHANGED)


def _is(data: bytes, identity: FileIdentity) -> bool:
    return len(data) == identity.size and content_key_of(data) == identity.content_key


def _guard(target: Path, seen: FileIdentity | None, code: ErrorCode) -> None:
    """Refuse if ``target`` is no longer as it was ``seen``, or there although it was not."""
    if target.exists() if seen is None else _stat(target) != seen:
        raise MetadataError(code, name=display_name(target))


def _put_back(
    target: Path, shot: snapshot.Snapshot, current: bytes, seen: FileIdentity | None, code: ErrorCode
) -> FileIdentity:
    """Replace ``target``, whose content is ``current``, with the file of the snapshot."""

    def check(data: bytes) -> None:
        if not shot.is_of(data):
            raise MetadataError(
                ErrorCode.READBACK_MISMATCH, name=display_name(target), reason="the disk gave back other bytes"
            )

    try:
        restored = shot.restore(current)
        status = atomic.replace_file(
            target,
            restored,
            verify=check,
            guard=lambda: _guard(target, seen, code),
            mode=shot.mode,
            mtime_ns=shot.mtime_ns,
        )
    except (snapshot.SnapshotError, DamagedContainerError) as error:
        raise MetadataError(code, name=display_name(target)) from error
    except OSError as error:
        raise metadata_error_from_os(error, target) from error
    return FileIdentity(status.st_size, status.st_mtime_ns, content_key_of(restored))


def remove_ours(target: Path, blob: bytes, run_id: str) -> None:
    """Take what the run ``run_id`` wrote out of a file that others changed since, and leave the rest as it is.

    Only values that our mark in the file lists, and that nobody edited, are removed. A sidecar that the run made goes
    if nothing else is in it.

    Raises:
        MetadataError: the file does not carry the mark of that run (any more) or cannot be read, no permission, disk
            full.
        PhotoError: the file is missing or unreadable.
    """
    shot = _open_snapshot(target, blob)
    seen = _stat(target)
    prepared = prepare_removal(target, run_id)
    try:
        if not prepared.left and not shot.existed:
            _guard(target, seen, ErrorCode.UNDO_CHANGED)
            atomic.remove(target)
            return
        atomic.replace_file(
            target,
            prepared.content.new,
            verify=lambda data: verify(prepared.content, data, target),
            guard=lambda: _guard(target, seen, ErrorCode.UNDO_CHANGED),
        )
    except OSError as error:
        raise metadata_error_from_os(error, target) from error


class PendingState(Enum):
    """What became of a write (or of an undo) that the journal does not know the end of."""

    NOT_WRITTEN = "not written"
    """The file is as it was before the write, or back to it: the write never happened, or the undo did."""
    WRITTEN = "written"
    """The file carries the mark of the run: the write happened, or the undo did not. Whether another program changed it
    since shows when it is compared with :func:`planned_identity`, as undo does."""
    SOMETHING_ELSE = "something else"
    """Neither: the file was replaced by another program, or what we wrote was taken out of it."""
    MISSING = "missing"
    """There was a file before the write, and there is none now."""


def inspect_pending(target: Path, blob: bytes, run_id: str) -> PendingState:
    """Tell what became of a write that a crash left *pending*, or of an undo left *undoing*.

    A file that equals the old one byte for byte was not written (or is undone). Otherwise the mark decides: if it
    names ``run_id``, our write is in the file. Journal such a write as done with :func:`planned_identity`, not with the
    file's present identity, so that undo refuses should another program have changed the file since.

    Raises:
        PhotoError: the folder is away or the file unreadable; look again later.
    """
    shot = _open_snapshot(target, blob)
    if not target.parent.is_dir():
        raise photo_error_from_os(FileNotFoundError(), target)
    if not target.exists():
        return PendingState.MISSING if shot.existed else PendingState.NOT_WRITTEN
    current = _read(target)
    if shot.is_of(current):
        return PendingState.NOT_WRITTEN
    with LOCK:
        try:
            document = decode_packet(current) if target.suffix.lower() == ".xmp" else read_photo(current)
            found = read_text(document, RUN_KEY)
        except (BrokenMetadataError, UnknownFormatError):
            found = ""
    return PendingState.WRITTEN if found == run_id else PendingState.SOMETHING_ELSE


def planned_identity(blob: bytes) -> FileIdentity:
    """The identity that the write of this snapshot gives the target: size and content key; the modification time is 0,
    because only the write itself can tell it.

    Raises:
        ValueError: the blob is no snapshot.
    """
    try:
        return snapshot.Snapshot.from_bytes(blob).planned
    except snapshot.SnapshotError as error:
        raise ValueError(str(error)) from error


def _open_snapshot(target: Path, blob: bytes) -> snapshot.Snapshot:
    try:
        return snapshot.Snapshot.from_bytes(blob)
    except snapshot.SnapshotError as error:
        reason = f"{error}; it was made by another version of the program, or the library is damaged"
        raise MetadataError(ErrorCode.WRITE_FAILED, name=display_name(target), reason=reason) from error


def _stat(target: Path) -> FileIdentity:
    status = _status(target)
    return FileIdentity(status.st_size, status.st_mtime_ns)


def _status(target: Path) -> os.stat_result:
    try:
        return target.stat()
    except OSError as error:
        raise photo_error_from_os(error, target) from error


def _read(target: Path) -> bytes:
    try:
        return target.read_bytes()
    except OSError as error:
        raise photo_error_from_os(error, target) from error
