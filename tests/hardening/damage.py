"""A library with something of everything, what is done with one, and the ways to damage it."""

import random
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from landmark_desktop.core.guess import Guess, Guesses
from landmark_desktop.core.photo import FileIdentity, PhotoFacts
from landmark_desktop.core.record import FileEntry, Outcome, PhotoRecord
from landmark_desktop.core.review import Review, ReviewState
from landmark_desktop.core.tag import FieldChange, ReviewedBy, TagChange, TagRequest
from landmark_desktop.core.transfer import OrganiseRun, Transfer
from landmark_desktop.store.journal import JournalEntry, Settled
from landmark_desktop.store.library import Library
from tests.bundles import EIFFEL, LANDMARKS

BUNDLE = "bundle"
PHOTOS, REVIEWS, WRITES = 400, 260, 90
FOLDERS = tuple(Path("/photos") / name for name in ("rome", "provence", "agra", "petra"))
START = datetime(2024, 5, 1, 10, tzinfo=UTC)
Reviews = dict[Path, Review]


def entries_of(folder: int) -> list[FileEntry]:
    """The listing of a folder. Its files are not there: the library never opens a file that it knows."""
    names = range(folder, PHOTOS, len(FOLDERS))
    return [FileEntry(f"IMG_{number}.jpg", 1000 + number, 10**18 + number) for number in names]


def records_of(library: Library) -> list[PhotoRecord]:
    """What opening all folders gives."""
    return [
        record
        for number, folder in enumerate(FOLDERS)
        for record in library.sync_folder(folder, entries_of(number), BUNDLE)
    ]


def reviews_of(library: Library) -> Reviews:
    """All reviews by photo."""
    return {record.photo.path: record.review for record in records_of(library) if record.review is not None}


def journal_of(library: Library) -> list[JournalEntry]:
    """All writes of all runs."""
    return [entry for run in reversed(library.journal.runs()) for entry in library.journal.entries(run.id)]


def fill(library: Library) -> None:
    """Put in photos with guesses, reviews, tagging runs, one undone, and an organise run."""
    chance = random.Random(7)
    records = records_of(library)
    outcomes = []
    for record in records:
        identity = record.photo.identity
        known = FileIdentity(identity.size, identity.mtime_ns, f"{record.id:032x}")
        guesses = Guesses(tuple(Guess(landmark.id, chance.random()) for landmark in LANDMARKS), 0.1)
        outcomes.append(Outcome(record.photo, known, PhotoFacts(600, 400, START.replace(tzinfo=None)), guesses, None))
    records = library.save_outcomes(outcomes, BUNDLE)
    for start in range(0, REVIEWS, 20):
        library.save_reviews([(record.id, some_review(record.id)) for record in records[start : start + 20]])
    for run in range(3):
        tag(library, records[run * WRITES // 3 : (run + 1) * WRITES // 3], f"run-{run}", chance)
    last = library.journal.entries("run-2")
    library.journal.mark_all_undoing([(entry.id, chance.randbytes(300)) for entry in last])
    library.journal.mark_undone(last[0].id)
    organised = OrganiseRun("organised", START, True, Path("/sorted"), "{country}", 0, 0, 0)
    library.transfers.begin_run(organised)
    transfer = Transfer(records[-1].photo.path, Path("/sorted/IMG.jpg"), 5, 6, True)
    library.transfers.add("organised", [(records[-1].id, transfer)], [Path("/sorted/France")])


def some_review(number: int) -> Review:
    """A review of every kind."""
    if number % 5 == 0:
        return Review(ReviewState.REJECTED, None, ReviewedBy.AUTO)
    return Review(ReviewState.ACCEPTED, LANDMARKS[number % 3].id, taken_here=(None, True, False)[number % 3])


def tag(library: Library, records: list[PhotoRecord], run_id: str, chance: random.Random) -> None:
    """A run in the journal."""
    library.journal.begin_run(run_id, START + timedelta(hours=int(run_id[-1])))
    writes = []
    for record in records:
        path = record.photo.path
        request = TagRequest(
            photo_path=path,
            landmark=EIFFEL,
            bundle_id="colours",
            bundle_version="1.0",
            confidence=0.9,
            reviewed_by=ReviewedBy.USER,
            taken_here=True,
            run_id=run_id,
            time=START,
        )
        fields = tuple(FieldChange(f"Xmp.field.{number}", "", "Île-de-France") for number in range(20))
        sidecar = path.with_name(path.name + ".xmp")
        change = TagChange(request, sidecar, False, fields, record.photo.identity, None)
        writes.append((record.id, change, chance.randbytes(700)))
    ids = library.journal.add_all_pending(writes)
    for entry_id in ids:
        library.journal.mark_done(entry_id, FileIdentity(10, 20, "key"))
    library.journal.note_served([(record.id + 1, records[0].photo.path, EIFFEL.id) for record in records[:3]])


def use(library: Library) -> None:
    """All that a session asks of a library: reads, writes, and what the next start settles."""
    records = records_of(library)
    library.guesses(records[0].photo.identity.content_key or "", BUNDLE)
    library.known_contents(BUNDLE)
    library.found_places([record.id for record in records])
    library.folders_under(Path("/photos"))
    for folder in FOLDERS:
        library.rows_in(folder, BUNDLE).records()
    library.save_reviews([(records[-1].id, Review(ReviewState.REJECTED, None))])
    library.save_reviews([(records[-1].id, None)])
    journal_of(library)
    library.journal.standing_under(Path("/photos"))
    library.journal.claim_unfinished()
    library.journal.settle([Settled(entry.id, entry.state, error="?") for entry in library.journal.unfinished()[:0]])
    for run in library.transfers.runs():
        library.transfers.entries(run.id)
        library.transfers.folders(run.id)
    library.transfers.claim_unfinished()
    library.save_outcomes(
        [Outcome(r.photo, r.photo.identity, r.photo.facts, r.guesses, None) for r in records[:50]], BUNDLE
    )


def copy_library(source: Path, target: Path, *, safety: bool = True) -> Path:
    """A copy of a library with all that lies beside it; returns its path."""
    target.mkdir(parents=True)
    for file in source.parent.iterdir():
        if file.name.startswith(source.name) and (safety or ".safety" not in file.name):
            shutil.copyfile(file, target / file.name)
    return target / source.name


def flip(data: bytearray, chance: random.Random) -> None:
    """A few single bytes."""
    for _ in range(chance.choice((1, 4, 30))):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def garbage(data: bytearray, chance: random.Random) -> None:
    """A sector or some of something else."""
    for _ in range(chance.choice((1, 2, 6))):
        start = chance.randrange(len(data) // 512) * 512
        data[start : start + 512] = chance.randbytes(512)


def zeros(data: bytearray, chance: random.Random) -> None:
    """Pages that were never written."""
    for _ in range(chance.choice((1, 2, 6))):
        start = chance.randrange(len(data) // 4096) * 4096
        data[start : start + 4096] = bytes(4096)


def swapped(data: bytearray, chance: random.Random) -> None:
    """Pages in each other's place."""
    first, second = (chance.randrange(len(data) // 4096) * 4096 for _ in range(2))
    data[first : first + 4096], data[second : second + 4096] = (
        data[second : second + 4096],
        data[first : first + 4096],
    )


def cut(data: bytearray, chance: random.Random) -> None:
    """The end is missing."""
    del data[chance.randrange(1, len(data)) :]


KINDS: tuple[Callable[[bytearray, random.Random], None], ...] = (flip, garbage, zeros, swapped, cut)
