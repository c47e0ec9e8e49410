"""Records: what the app knows of one photo, and what classification found out about it."""

from dataclasses import dataclass, replace

from landmark_desktop.core.errors import KnownError
from landmark_desktop.core.guess import Guess, Guesses
from landmark_desktop.core.imported import Imported
from landmark_desktop.core.photo import FileIdentity, Photo, PhotoFacts, PhotoFile
from landmark_desktop.core.review import Review


@dataclass(frozen=True, slots=True)
class FileEntry:
    """One photo as the scanner lists it: the name of its file within the folder, size in bytes, mtime in nanoseconds,
    and the photo's further files."""

    name: str
    size: int
    mtime_ns: int
    companions: tuple[PhotoFile, ...] = ()


@dataclass(frozen=True, slots=True)
class PhotoRecord:
    """One photo with everything known of it. ``tagged`` is the landmark whose place stands in its metadata, written by
    a run that was not undone; ``error`` is what keeps the photo from being read; ``offline`` is True while the drive
    that holds it is away. ``note`` is something to know of a photo that can be used all the same."""

    photo: Photo
    guesses: Guesses | None = None
    review: Review | None = None
    tagged: str | None = None
    error: KnownError | None = None
    offline: bool = False
    note: KnownError | None = None

    @property
    def id(self) -> int:
        """The photo's id."""
        return self.photo.id

    @property
    def needs_classification(self) -> bool:
        """True if neither guesses nor an error are known, and the photo can be read."""
        return self.guesses is None and self.error is None and not self.offline

    @property
    def accepted_guess(self) -> Guess | None:
        """The accepted landmark as a guess, with the model's confidence where it guessed it; else None."""
        if self.review is None or self.review.landmark_id is None or self.guesses is None:
            return None
        return next((g for g in self.guesses.top if g.landmark_id == self.review.landmark_id), None)

    @property
    def pending_tag(self) -> bool:
        """True if an accepted place still has to be written."""
        accepted = self.review.landmark_id if self.review is not None else None
        return accepted is not None and self.tagged != accepted

    def with_review(self, review: Review | None) -> "PhotoRecord":
        """The same record with another review."""
        return replace(self, review=review)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one photo in classification: either guesses or an error.

    ``identity`` has the content key where the file could be opened; ``facts`` what was read on the way, and
    ``imported`` what the places in its files mean, None where they were not read. ``note`` is no error.
    """

    photo: Photo
    identity: FileIdentity
    facts: PhotoFacts
    guesses: Guesses | None
    error: KnownError | None
    imported: Imported | None = None
    note: KnownError | None = None
