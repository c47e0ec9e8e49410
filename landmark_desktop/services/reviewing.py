"""Reviews with undo and redo. Each step is one intent of the user, whatever the number of photos."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from landmark_desktop.core.record import PhotoRecord
from landmark_desktop.core.review import Review, ReviewState

HISTORY_LIMIT = 1000
"""Steps that can be taken back; a thousand photos reviewed one by one."""

ReviewChange = tuple[int, Review | None]


@dataclass(frozen=True, slots=True)
class _Step:
    before: tuple[ReviewChange, ...]
    after: tuple[ReviewChange, ...]


class ReviewHistory:
    """Turns intents into changes of reviews, and remembers how to take them back."""

    def __init__(self) -> None:
        self._done: list[_Step] = []
        self._undone: list[_Step] = []

    @property
    def can_undo(self) -> bool:
        """True if there is a step to take back."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """True if there is a step to do again."""
        return bool(self._undone)

    def clear(self) -> None:
        """Forget all steps (another folder was opened)."""
        self._done.clear()
        self._undone.clear()

    def change(self, records: Sequence[PhotoRecord], reviews: Mapping[int, Review | None]) -> list[ReviewChange]:
        """Give the photos of ``records`` the reviews in ``reviews``; returns the changes that are real."""
        changed = [record for record in records if record.review != reviews[record.id]]
        if not changed:
            return []
        after = tuple((record.id, reviews[record.id]) for record in changed)
        self._done.append(_Step(tuple((record.id, record.review) for record in changed), after))
        del self._done[:-HISTORY_LIMIT]
        self._undone.clear()
        return list(after)

    def undo(self) -> list[ReviewChange]:
        """Take the last step back; returns the reviews to restore."""
        if not self._done:
            return []
        step = self._done.pop()
        self._undone.append(step)
        return list(step.before)

    def redo(self) -> list[ReviewChange]:
        """Do the last undone step again; returns the reviews to set."""
        if not self._undone:
            return []
        step = self._undone.pop()
        self._done.append(step)
        return list(step.after)


def accepted(record: PhotoRecord, landmark_id: str | None = None) -> Review | None:
    """The review that accepts ``landmark_id``, or the first guess where None; None if there is nothing to accept."""
    if landmark_id is None:
        first = record.guesses.first if record.guesses is not None else None
        landmark_id = first.landmark_id if first is not None else None
    if landmark_id is None:
        return None
    taken_here = record.review.taken_here if record.review is not None else None
    return Review(ReviewState.ACCEPTED, landmark_id, taken_here=taken_here)


def rejected(record: PhotoRecord) -> Review:
    """The review that says "no landmark"."""
    taken_here = record.review.taken_here if record.review is not None else None
    return Review(ReviewState.REJECTED, None, taken_here=taken_here)
