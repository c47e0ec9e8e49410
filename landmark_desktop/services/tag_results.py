"""What became of the files of a run, of its undo or of its redo."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from landmark_desktop.core.errors import ErrorCode, KnownError, MetadataError
from landmark_desktop.core.photo import FileIdentity, display_name
from landmark_desktop.core.tag import RunState
from landmark_desktop.services.lanes import Lane
from landmark_desktop.store.library import Library


@dataclass(frozen=True, slots=True)
class TagResult:
    """What became of one file of a run or of its undo. ``can_redo``: it was undone and can be written again."""

    photo_id: int
    photo: Path
    target: Path
    state: RunState
    error: KnownError | None = None
    can_redo: bool = False


Report = Callable[[TagResult], None]
"""Told of each file when it is done."""


def count_photos(results: Sequence[TagResult]) -> tuple[int, int]:
    """How many photos are as they should be, and how many have a file that failed."""
    failed = {result.photo_id for result in results if result.error is not None}
    return len({result.photo_id for result in results} - failed), len(failed)


def cancelled(path: Path) -> MetadataError:
    """The error of a photo whose turn did not come."""
    return MetadataError(ErrorCode.CANCELLED, name=display_name(path))


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A photo's own file that we wrote into: its identity before and after."""

    photo_id: int
    before: FileIdentity
    after: FileIdentity


def note_rewritten(db: Lane, library: Library, rewritten: Sequence[Rewritten]) -> None:
    """Tell the library the new identity of photos that we wrote into, so that none is classified again.

    A photo that the library knew with another content was changed by somebody since it was classified; the next scan
    looks at it. Time and position stay: dates are never written, and an estimate is no position of the photo's own.
    """
    if rewritten:
        db.call(_note, library, rewritten)


def _note(library: Library, rewritten: Sequence[Rewritten]) -> None:
    known = {r.id: r.photo.identity.content_key for r in library.records([w.photo_id for w in rewritten], "")}
    library.rekey_all([(w.photo_id, w.after, None) for w in rewritten if known.get(w.photo_id) == w.before.content_key])
