"""A library of reviewed photos on a disk of their own, for the tests of organising."""

import errno
import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from landmark_desktop.core.guess import Guess, Guesses
from landmark_desktop.core.photo import FileIdentity, PhotoFacts
from landmark_desktop.core.record import Outcome, PhotoRecord
from landmark_desktop.core.review import Review, ReviewState
from landmark_desktop.core.template import DEFAULT_TEMPLATE, Template
from landmark_desktop.services.lanes import CancelToken, Lane
from landmark_desktop.services.organise_plan import OrganiseOptions, OrganisePlan
from landmark_desktop.services.organising import OrganiseResult, OrganisingService
from landmark_desktop.services.scanner import scan
from landmark_desktop.store.library import Library
from tests.bundles import write_bundle

TAKEN = datetime(2024, 5, 1, 10, 11, 12)
PARIS = Path("France/Paris/Eiffel Tower/2024")
GUESSES = Guesses((Guess("eiffel_tower", 0.97),), 0.1)


class Killed(BaseException):
    """Stands for the end of the process: nothing after it runs, not even error handling."""


class Desk:
    """Photos in ``photos``, the chosen folder ``sorted`` beside it, and the service on a library of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "photos"
        self.root = folder / "sorted"
        self.folder.mkdir(parents=True)
        self.root.mkdir()
        self.bundle = write_bundle(folder / "bundle", b"no model")
        self.library_path = folder / "library.sqlite"
        self.open()

    def open(self) -> None:
        self.db = Lane("db")
        self.library = self.db.call(Library.open, self.library_path)
        self.service = OrganisingService(self.db, self.library, self.bundle)

    def close(self) -> None:
        self.db.call(self.library.close)
        self.db.close()

    def reopen(self) -> list[OrganiseResult]:
        """A new start of the program; returns what was reconciled."""
        self.close()
        self.open()
        return self.service.reconcile()

    def write(self, name: str, content: str = "", folder: Path | None = None) -> Path:
        """A file that no other is like."""
        path = (folder or self.folder) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content or f"the content of {name}", "utf-8", errors="replace")
        return path

    def records(self, folder: Path | None = None) -> list[PhotoRecord]:
        """The photos of a folder as a scan finds them."""
        found: list[PhotoRecord] = []
        for listing in scan([folder or self.folder]):
            found += self.db.call(self.library.sync_folder, listing.folder, listing.entries, self.bundle.key)
        return found

    def accepted(self, landmark: str | None = "eiffel_tower") -> list[PhotoRecord]:
        """All photos of the folder, classified and accepted."""
        records = self.records()
        outcomes = [
            Outcome(
                record.photo,
                FileIdentity.of(record.photo.path, with_content=True),
                PhotoFacts(600, 400, TAKEN),
                GUESSES,
                None,
            )
            for record in records
        ]
        self.db.call(self.library.save_outcomes, outcomes, self.bundle.key)
        if landmark is not None:
            reviews = [(record.id, Review(ReviewState.ACCEPTED, landmark)) for record in records]
            self.db.call(self.library.save_reviews, reviews)
        return self.db.call(self.library.records, [record.id for record in records], self.bundle.key)

    def plan(
        self, records: Sequence[PhotoRecord], *, moves: bool = True, template: str = DEFAULT_TEMPLATE
    ) -> OrganisePlan:
        options = OrganiseOptions(self.root, Template.parse(template), template, moves)
        return self.service.plan(records, options)

    def organise(
        self,
        records: Sequence[PhotoRecord] | None = None,
        *,
        moves: bool = True,
        template: str = DEFAULT_TEMPLATE,
        token: CancelToken | None = None,
    ) -> list[OrganiseResult]:
        reported: list[OrganiseResult] = []
        plan = self.plan(self.accepted() if records is None else records, moves=moves, template=template)
        results = self.service.apply(plan, reported.append, token)
        assert reported == results
        return results

    def undo(self) -> list[OrganiseResult]:
        return self.service.undo(None, ignore)

    def row(self, photo_id: int) -> PhotoRecord:
        return self.db.call(self.library.records, [photo_id], self.bundle.key)[0]

    def files(self, folder: Path | None = None) -> dict[str, bytes]:
        """All files by their names below a folder."""
        base = folder or self.folder.parent
        skipped = (self.library_path.name, "bundle")
        return {
            path.relative_to(base).as_posix(): path.read_bytes()
            for path in sorted(base.rglob("*"))
            if path.is_file() and not path.relative_to(base).parts[0].startswith(skipped)
        }


def ignore(_: OrganiseResult) -> None:
    """For calls whose reports are of no interest."""


def other_disk(source: Path, target: Path) -> None:
    """Stands for hard links where the chosen folder is on another disk: between its own files there are some."""
    if ".lmd-" not in source.name:
        raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))
    os.link(source, target)


def no_links(source: Path, target: Path) -> None:
    """Stands for hard links on FAT and exFAT."""
    raise OSError(errno.EPERM, os.strerror(errno.EPERM))
