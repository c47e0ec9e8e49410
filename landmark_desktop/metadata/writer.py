"""Writing places into files, and taking them back: the door for the services.

The order of a tag is :func:`plan_tag` → :func:`take_snapshot` (journal it as pending) → :func:`write_tag` → (journal it
as done); later :func:`undo_tag`. After a crash :func:`clean_temp_files` and :func:`inspect_pending` settle what was
left open. A file is only ever replaced as a whole, so there is nothing half-written to repair.
"""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Final

from landmark_desktop.core.errors import ErrorCode, MetadataError, metadata_error_from_os, photo_error_from_os
from landmark_desktop.core.photo import FileIdentity, content_key, content_key_of, display_name
from landmark_desktop.core.tag import TagChange
from landmark_desktop.metadata import atomic, snapshot
from landmark_desktop.metadata.atomic import clean_temp_files
from landmark_desktop.metadata.container import DamagedContainerError
from landmark_desktop.metadata.content import Prepared, prepare, verify
from landmark_desktop.metadata.exiv2_io import LOCK, BrokenMetadataError, UnknownFormatError, decode_packet, read_photo
from landmark_desktop.metadata.fields import RUN_KEY
from landmark_desktop.metadata.plan import Folders, choose_target, identity_of, is_embedded, plan_tag
from landmark_desktop.metadata.removal import prepare_removal
from landmark_desktop.metadata.said import read_text

__all__ = [
    "Folders",
    "PendingState",
    "choose_target",
    "clean_temp_files",
    "forget_snapshots",
    "identity_of",
    "inspect_pending",
    "make_lasting",
    "plan_tag",
    "planned_identity",
    "redo_tag",
    "remove_ours",
    "take_redo",
    "take_snapshot",
    "undo_tag",
    "write_tag",
]


def take_snapshot(change: TagChange) -> bytes:
    """Return all that undoing ``change`` will need, as an opaque blob for the journal. Writes nothing.

    Raises:
        MetadataError: the photo or its sidecar changed since the change was planned, or it cannot be written.
        PhotoError: a file cannot be read.
    """
    prepared = _prepare(change)
    _hand_over(change, prepared)
    planned = FileIdentity(len(prepared.content.new), 0, prepared.new_key)
    if prepared.content.old is None:
        return snapshot.of_nothing(planned).to_bytes()
    try:
        status = change.target.stat()
    except OSError as error:
        raise photo_error_from_os(error, change.target) from error
    content = prepared.content
    assert content.old is not None
    mode = status.st_mode & 0o7777
    shot = snapshot.of_file(content.old, content.kind, mode, status.st_mtime_ns, planned, container=content.container)
    return shot.to_bytes()


def write_tag(change: TagChange, *, keep_mtime: bool = False) -> FileIdentity:
    """Write a planned change and return the target's identity afterwards.

    The new file is written beside the old one, read back and compared field by field with the plan (an embedded
    one also piece by piece with the old picture), and then put in its place. On any failure the original stands
    untouched and no temporary file is left. ``keep_mtime`` keeps the modification time of an embedded photo.

    Raises:
        MetadataError: a file changed since the plan, no permission, disk full, or it did not read back the same.
        PhotoError: a file cannot be read.
        ValueError: the change is empty.
    """
    if change.is_empty:
        raise ValueError("an empty change needs no write")
    prepared = _take_handed_over(change)
    if prepared is None:
        prepared = _prepare(change)
    else:  # the snapshot compared the content
        _check_photo(change)
    content = prepared.content
    keep = change.target_identity.mtime_ns if keep_mtime and is_embedded(change) and change.target_identity else None
    try:
        status = atomic.replace_file(
            change.target,
            content.new,
            verify=lambda data: verify(content, data, change.target),
            guard=lambda: _check_target(change),
            mtime_ns=keep,
        )
    except OSError as error:
        raise metadata_error_from_os(error, change.target) from error
    return FileIdentity(status.st_size, status.st_mtime_ns, prepared.new_key)


@dataclass(frozen=True, slots=True)
class _Ready:
    """New content, and the content key that it has."""

    content: Prepared
    new_key: str


_HAND_OVER_BYTES: Final = 64 * 1024 * 1024
_handed_over: dict[int, tuple[TagChange, _Ready]] = {}
"""What the latest snapshots were taken for, by the id of their change (which is kept alive here): the writes that
follow need not make the same content again. Bounded; the oldest go first, and are made again when they are written."""


def forget_snapshots() -> None:
    """Release what was kept for writes that will not follow, after the end of a run."""
    with LOCK:
        _handed_over.clear()


def _hand_over(change: TagChange, prepared: _Ready) -> None:
    with LOCK:
        _handed_over[id(change)] = (change, prepared)
        while sum(len(kept.content.new) for _, kept in _handed_over.values()) > _HAND_OVER_BYTES:
            del _handed_over[next(iter(_handed_over))]


def _take_handed_over(change: TagChange) -> _Ready | None:
    with LOCK:
        found = _handed_over.pop(id(change), None)
    return found[1] if found is not None else None


def _prepare(change: TagChange) -> _Ready:
    content = prepare(change)
    # After reading: what was read is what the plan was made on only if the files still are.
    _check_photo(change)
    _check_target(change)
    if not is_embedded(change):
        photo = change.request.photo_path
        try:
            key = content_key(photo)
        except OSError as error:
            raise photo_error_from_os(error, photo) from error
        if key != change.photo_identity.content_key:
            raise MetadataError(ErrorCode.FILE_CHANGED, name=display_name(photo))
        old = change.target_identity
        if old is not None and content.old is not None and content_key_of(content.old) != old.content_key:
            raise MetadataError(ErrorCode.FILE_CHANGED, name=display_name(change.target))
    return _Ready(content, content_key_of(content.new))


def _check_photo(change: TagChange) -> None:
    _check(change.request.photo_path, change.photo_identity)


def _check_target(change: TagChange) -> None:
    if change.target_identity is not None:
        _check(change.target, change.target_identity)
    elif change.target.exists():
        raise MetadataError(ErrorCode.FILE_CHANGED, name=display_name(change.target))


def _check(path: Path, expected: FileIdentity) -> None:
    try:
        found = FileIdentity.of(path)
    except OSError as error:
        raise photo_error_from_os(error, path) from error
    if not found.same_stat(expected):
        raise MetadataError(ErrorCode.FILE_CHANGED, name=display_name(path))


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


def make_lasting(targets: Iterable[Path]) -> None:
    """Wait until the names of written files are on the disk, once for each folder."""
    for folder in {target.parent for target in targets}:
        atomic.sync_folder(folder)


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
