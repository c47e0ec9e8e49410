"""Writing places into files, and taking them back: the door for the services.

The order of a tag is :func:`plan_tag` → :func:`take_snapshot` (journal it as pending) → :func:`write_tag` → (journal it
as done); later :func:`undo_tag`. After a crash :func:`clean_temp_files` and :func:`inspect_pending` settle what was
left open. A file is only ever replaced as a whole, so there is nothing half-written to repair.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from landmark_desktop.core.errors import ErrorCode, MetadataError, metadata_error_from_os, photo_error_from_os
from landmark_desktop.core.photo import FileIdentity, content_key, content_key_of, display_name
from landmark_desktop.core.tag import TagChange
from landmark_desktop.metadata import atomic, snapshot
from landmark_desktop.metadata.atomic import clean_temp_files
from landmark_desktop.metadata.content import Prepared, prepare, verify
from landmark_desktop.metadata.exiv2_io import LOCK
from landmark_desktop.metadata.hashing import beside, later
from landmark_desktop.metadata.plan import identity_of, is_embedded, plan_tag
from landmark_desktop.metadata.taking_back import (
    PendingState,
    inspect_pending,
    planned_identity,
    redo_tag,
    remove_ours,
    take_redo,
    undo_tag,
)
from landmark_desktop.metadata.target import Folders, choose_target

__all__ = [
    "Folders",
    "PendingState",
    "begin_snapshot",
    "beside",
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
    return begin_snapshot(change)()


def begin_snapshot(change: TagChange) -> Callable[[], bytes]:
    """:func:`take_snapshot` in two steps, so that the next one can be begun while this one's file is hashed
    (:mod:`.hashing`). Both may raise what it raises."""
    prepared = _prepare(change)
    of_old = later(snapshot.digest, prepared.content.old) if prepared.content.old is not None else None
    return lambda: _finish_snapshot(change, prepared, of_old)


def _finish_snapshot(change: TagChange, prepared: "_Ready", of_old: Callable[[], str] | None) -> bytes:
    prepared.check(change)
    _hand_over(change, prepared)
    planned = FileIdentity(len(prepared.content.new), 0, prepared.new_key())
    if prepared.content.old is None or of_old is None:
        return snapshot.of_nothing(planned).to_bytes()
    try:
        status = change.target.stat()
    except OSError as error:
        raise photo_error_from_os(error, change.target) from error
    content = prepared.content
    assert content.old is not None
    mode = status.st_mode & 0o7777
    shot = snapshot.of_file(
        content.old,
        content.kind,
        mode,
        status.st_mtime_ns,
        planned,
        container=content.container,
        of_all=of_old(),
    )
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
        prepared.check(change)
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
    return FileIdentity(status.st_size, status.st_mtime_ns, prepared.new_key())


@dataclass(frozen=True, slots=True)
class _Ready:
    """New content, the content key that it has, and that of the photo as it is now."""

    content: Prepared
    new_key: Callable[[], str]
    photo_key: Callable[[], str] | None

    def check(self, change: TagChange) -> None:
        """Refuse a photo whose content is another than planned, whatever its size and time say."""
        photo = change.request.photo_path
        try:
            found = self.photo_key() if self.photo_key is not None else change.photo_identity.content_key
        except OSError as error:
            raise photo_error_from_os(error, photo) from error
        if found != change.photo_identity.content_key:
            raise MetadataError(ErrorCode.FILE_CHANGED, name=display_name(photo))


_HAND_OVER_BYTES: Final = 128 * 1024 * 1024
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
    photo_key = content.old_key
    if not is_embedded(change):
        photo_key = later(content_key, change.request.photo_path)
        old = change.target_identity
        if old is not None and content.old is not None and content_key_of(content.old) != old.content_key:
            raise MetadataError(ErrorCode.FILE_CHANGED, name=display_name(change.target))
    return _Ready(content, later(content_key_of, content.new), photo_key)


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


def make_lasting(targets: Iterable[Path]) -> None:
    """Wait until the names of written files are on the disk, once for each folder."""
    for folder in {target.parent for target in targets}:
        atomic.sync_folder(folder)
