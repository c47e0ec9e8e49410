"""The user's answers: kept in the table at once, in the library soon after, with undo and redo."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from landmark_desktop.core.record import PhotoRecord
from landmark_desktop.core.review import Review
from landmark_desktop.services import settings as table
from landmark_desktop.services.photo_table import PhotoTable
from landmark_desktop.services.reviewing import ReviewHistory, accepted, rejected
from landmark_desktop.services.settings import Settings

Save = Callable[[Sequence[tuple[int, Review | None]]], None]
"""Stores reviews in the library; returns at once."""


class ReviewDesk(QObject):
    """Takes answers for photos of the table. Belongs to the window's thread."""

    reviewed = Signal(object)  # list[int], photos with another review than before
    history_changed = Signal()  # reviews can be undone or redone, or no longer

    def __init__(self, photos: PhotoTable, settings: Settings, save: Save, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._photos = photos
        self._settings = settings
        self._save = save
        self._history = ReviewHistory()
        self._replacing: set[int] = set()

    def forget(self) -> None:
        """Other folders are open: nothing can be undone."""
        self._history.clear()
        self._replacing.clear()
        self.history_changed.emit()

    def accept(
        self, photo_ids: Sequence[int], landmark_id: str | None = None, *, taken_here: Mapping[int, bool] | None = None
    ) -> None:
        """Accept a landmark for these photos: the given one, or each photo's first guess.

        ``taken_here`` has the choices that were made for single photos before they were accepted.
        """
        choices = taken_here or {}
        records = self._records(photo_ids)
        reviews: dict[int, Review | None] = {}
        for record in records:
            review = accepted(record, landmark_id)
            if review is not None and record.id in choices:
                review = replace(review, taken_here=choices[record.id])
            reviews[record.id] = review if review is not None else record.review
        self._change(records, reviews)

    def reject(self, photo_ids: Sequence[int]) -> None:
        """These photos show no landmark."""
        records = self._records(photo_ids)
        self._change(records, {record.id: rejected(record) for record in records})

    def clear(self, photo_ids: Sequence[int]) -> None:
        """Take the answers for these photos back."""
        self._change(self._records(photo_ids), dict.fromkeys(photo_ids))

    def set_taken_here(self, photo_ids: Sequence[int], taken_here: bool) -> None:
        """Whether the landmark is also written as estimated camera position, for accepted photos."""
        records = [record for record in self._records(photo_ids) if record.review is not None]
        self._change(records, {r.id: replace(r.review, taken_here=taken_here) for r in records if r.review})

    def taken_here(self, record: PhotoRecord) -> bool:
        """Whether an estimated camera position would be written for this photo: where it has GPS, only if the user has
        confirmed it for this photo."""
        if record.photo.facts.has_gps:
            return record.id in self._replacing
        if record.review is not None and record.review.taken_here is not None:
            return record.review.taken_here
        return self._settings.flag(table.TAKEN_HERE)

    def set_replacing(self, photo_id: int, confirmed: bool) -> None:
        """The user confirms that this photo's own position is to be replaced, or takes that back.

        Only this session knows: what is not written before the program ends, or another folder is opened, is asked
        for again.
        """
        if confirmed:
            self._replacing.add(photo_id)
        else:
            self._replacing.discard(photo_id)

    def replaces_position(self, photo_id: int) -> bool:
        """True if the user has confirmed that this photo's own position is to be replaced."""
        return photo_id in self._replacing

    @property
    def replacing(self) -> frozenset[int]:
        """All photos for which the user has confirmed it."""
        return frozenset(self._replacing)

    @property
    def can_undo(self) -> bool:
        """True if a review step can be taken back."""
        return self._history.can_undo

    @property
    def can_redo(self) -> bool:
        """True if a review step can be done again."""
        return self._history.can_redo

    def undo(self) -> list[int]:
        """Take the last review step back; returns the photos it concerned."""
        return self._store(self._history.undo())

    def redo(self) -> list[int]:
        """Do the last undone review step again; returns the photos it concerns."""
        return self._store(self._history.redo())

    def _records(self, photo_ids: Sequence[int]) -> list[PhotoRecord]:
        return [self._photos.record(photo_id) for photo_id in photo_ids]

    def _change(self, records: Sequence[PhotoRecord], reviews: Mapping[int, Review | None]) -> None:
        self._store(self._history.change(records, reviews))

    def _store(self, changes: list[tuple[int, Review | None]]) -> list[int]:
        if not changes:
            return []
        for photo_id, review in changes:
            self._photos.set_review(photo_id, review)
        self._save(changes)
        changed = [photo_id for photo_id, _ in changes]
        self.reviewed.emit(changed)
        self.history_changed.emit()
        return changed
