"""Writing places into files, and taking them back: the door for the services.

The order of a tag is :func:`plan_tag` → :func:`take_snapshot` (journal it as pending) → :func:`write_tag` → (journal it
as done); later :func:`undo_tag`. After a crash :func:`clean_temp_files` and :func:`inspect_pending` settle what was
left open. A file is only ever replaced as a whole, so there is nothing half-written to repair.
"""

from enum import Enum
from pathlib import Path
from typing import Final

from landmark_desktop.core.errors import ErrorCode, MetadataError, metadata_error_from_os, photo_error_from_os
from landmark_desktop.core.photo import FileIdentity, content_key_of, display_name
from landmark_desktop.core.tag import TagChange
from landmark_desktop.metadata import atomic, snapshot
from landmark_desktop.metadata.atomic import clean_temp_files
from landmark_desktop.metadata.container import DamagedContainerError
from landmark_desktop.metadata.content import Prepared, prepare, verify
from landmark_desktop.metadata.exiv2_io import LOCK, BrokenMetadataError, UnknownFormatError, decode_packet, read_photo
from landmark_desktop.metadata.fields import RUN_KEY
from landmark_desktop.metadata.merge import read_text
from landmark_desktop.metadata.plan import identity_of, is_embedded, plan_tag

__all__ = [
    "PendingState",
    "clean_temp_files",
    "forget_snapshots",
    "identity_of",
    "inspect_pending",
    "plan_tag",
    "planned_identity",
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
    planned = FileIdentity(len(prepared.new), 0, content_key_of(prepared.new))
    if prepared.old is None:
        return snapshot.of_nothing(planned).to_bytes()
    try:
        status = change.target.stat()
        shot = snapshot.of_file(prepared.old, prepared.kind, status.st_mode & 0o7777, status.st_mtime_ns, planned)
    except OSError as error:
        raise photo_error_from_os(error, change.target) from error
    except DamagedContainerError as error:
        raise MetadataError(ErrorCode.EMBED_UNSUPPORTED, name=display_name(change.target), reason=error) from error
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
    prepared = _prepare(change)
    keep = change.target_identity.mtime_ns if keep_mtime and is_embedded(change) and change.target_identity else None
    try:
        status = atomic.replace_file(
            change.target,
            prepared.new,
            verify=lambda data: verify(prepared, data, change.target),
            guard=lambda: _check_target(change, with_content=False),
            mtime_ns=keep,
        )
    except OSError as error:
        raise metadata_error_from_os(error, change.target) from error
    return FileIdentity(status.st_size, status.st_mtime_ns, content_key_of(prepared.new))


_HAND_OVER_BYTES: Final = 64 * 1024 * 1024
_handed_over: dict[int, tuple[TagChange, Prepared]] = {}
"""What the latest snapshots were taken for, by the id of their change (which is kept alive here): the writes that
follow need not make the same content again. Bounded; the oldest go first, and are made again when they are written."""


def forget_snapshots() -> None:
    """Release what was kept for writes that will not follow, after the end of a run."""
    with LOCK:
        _handed_over.clear()


def _hand_over(change: TagChange, prepared: Prepared) -> None:
    with LOCK:
        _handed_over[id(change)] = (change, prepared)
        while sum(len(kept.new) for _, kept in _handed_over.values()) > _HAND_OVER_BYTES:
            del _handed_over[next(iter(_handed_over))]


def _take_handed_over(change: TagChange) -> Prepared | None:
    with LOCK:
        found = _handed_over.pop(id(change), None)
    return found[1] if found is not None else None


def _prepare(change: TagChange) -> Prepared:
    prepared = _take_handed_over(change) or prepare(change)
    # After reading: what was read is what the plan was made on only if the files still are.
    _check(change.request.photo_path, change.photo_identity, with_content=True)
    _check_target(change, with_content=True)
    return prepared


def _check_target(change: TagChange, *, with_content: bool) -> None:
    if change.target_identity is not None:
        _check(change.target, change.target_identity, with_content=with_content)
    elif change.target.exists():
        raise MetadataError(ErrorCode.FILE_CHANGED, name=display_name(change.target))


def _check(path: Path, expected: FileIdentity, *, with_content: bool) -> None:
    try:
        found = FileIdentity.of(path, with_content=with_content and expected.content_key is not None)
    except OSError as error:
        raise photo_error_from_os(error, path) from error
    same_content = not with_content or found.content_key == expected.content_key
    if not (found.same_stat(expected) and same_content):
        raise MetadataError(ErrorCode.FILE_CHANGED, name=display_name(path))


def undo_tag(target: Path, blob: bytes, written: FileIdentity) -> None:
    """Give ``target`` back its state before a write: the old file byte for byte, or no file.

    ``blob`` is what :func:`take_snapshot` returned, ``written`` what :func:`write_tag` did. Permissions and the
    modification time come back too.

    Raises:
        MetadataError: the file is no longer what was written (a new modification time alone does not
            matter), no permission, disk full.
        PhotoError: the file is missing or unreadable.
    """
    shot = _open_snapshot(target, blob)
    seen = _stat(target)
    current = _read(target)
    if len(current) != written.size or content_key_of(current) != written.content_key:
        raise MetadataError(ErrorCode.UNDO_CHANGED, name=display_name(target))

    def guard() -> None:
        if _stat(target) != seen:
            raise MetadataError(ErrorCode.UNDO_CHANGED, name=display_name(target))

    def check(data: bytes) -> None:
        if not shot.is_of(data):
            raise MetadataError(
                ErrorCode.READBACK_MISMATCH, name=display_name(target), reason="the disk gave back other bytes"
            )

    try:
        if not shot.existed:
            guard()
            atomic.remove(target)
            return
        restored = shot.restore(current)
        atomic.replace_file(target, restored, verify=check, guard=guard, mode=shot.mode, mtime_ns=shot.mtime_ns)
    except (snapshot.SnapshotError, DamagedContainerError) as error:
        raise MetadataError(ErrorCode.UNDO_CHANGED, name=display_name(target)) from error
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
    """Neither: the file was removed or replaced by another program."""


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
        return PendingState.SOMETHING_ELSE if shot.existed else PendingState.NOT_WRITTEN
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
    try:
        return FileIdentity.of(target)
    except OSError as error:
        raise photo_error_from_os(error, target) from error


def _read(target: Path) -> bytes:
    try:
        return target.read_bytes()
    except OSError as error:
        raise photo_error_from_os(error, target) from error
