"""Metadata that was read ahead goes into the library once, and never over what is known better."""

from datetime import datetime
from pathlib import Path

from landmark_desktop.core.errors import ErrorCode, PhotoError
from landmark_desktop.core.imported import FoundPlace, Imported
from landmark_desktop.core.photo import FileIdentity, PhotoFacts
from landmark_desktop.core.record import FileEntry, Outcome, PhotoRecord
from landmark_desktop.core.review import Review, ReviewState
from landmark_desktop.store.facts import ReadFacts
from landmark_desktop.store.library import Library

TIME = datetime(2024, 5, 1, 10, 11, 12)
FACTS = PhotoFacts(None, None, TIME, 48.5, 2.5)
ACCEPTED = Imported(Review(ReviewState.ACCEPTED, "eiffel_tower"))


def sync(library: Library, folder: Path, *mtimes: int) -> list[PhotoRecord]:
    entries = [FileEntry(f"{number}.jpg", 10, mtime) for number, mtime in enumerate(mtimes)]
    return library.sync_folder(folder, entries, "bundle")


def read(record: PhotoRecord, facts: PhotoFacts | None = FACTS, imported: Imported | None = None) -> ReadFacts:
    identity = record.photo.identity
    return ReadFacts(record.id, identity.size, identity.mtime_ns, facts, imported or Imported())


def test_facts_are_stored_and_belong_to_the_file_they_were_read_from(library: Library, folder: Path) -> None:
    first, second = sync(library, folder, 1, 1)
    sync(library, folder, 1, 2)  # the second has changed meanwhile
    assert library.save_facts([read(first), read(second)]) == []
    known, changed = sync(library, folder, 1, 2)
    assert (known.photo.facts, known.photo.facts_read) == (FACTS, True)
    assert (changed.photo.facts, changed.photo.facts_read) == (PhotoFacts(), False)
    (again, _) = sync(library, folder, 3, 2)  # a changed file is to be read again
    assert (again.photo.facts, again.photo.facts_read) == (PhotoFacts(), False)


def test_facts_that_were_read_meanwhile_stay(library: Library, folder: Path) -> None:
    (record,) = sync(library, folder, 1)
    known = PhotoFacts(60, 40, TIME, 1.0, 2.0)
    outcome = Outcome(record.photo, FileIdentity(10, 1, "a" * 32), known, None, None)
    library.save_outcomes([outcome], "bundle")
    library.save_facts([read(record)])
    assert sync(library, folder, 1)[0].photo.facts == known


def test_a_decoder_that_fails_before_it_has_read_anything_leaves_the_facts_to_be_read(
    library: Library, folder: Path
) -> None:
    (record,) = sync(library, folder, 1)
    error = PhotoError(ErrorCode.FILE_NO_PERMISSION, name="0.jpg")
    library.save_outcomes([Outcome(record.photo, record.photo.identity, PhotoFacts(), None, error)], "bundle")
    assert not sync(library, folder, 1)[0].photo.facts_read


def test_reviews_and_places_in_files_are_taken_over_once(library: Library, folder: Path) -> None:
    first, second, third = sync(library, folder, 1, 1, 1)
    place = Imported(place=FoundPlace(city="Rome"))
    assert library.save_facts([read(first, imported=ACCEPTED), read(second, imported=place), read(third)]) == [first.id]
    assert sync(library, folder, 1, 1, 1)[0].review == ACCEPTED.review
    assert library.found_places([first.id, second.id, third.id]) == {second.id: FoundPlace(city="Rome")}
    library.save_reviews([(first.id, None)])
    changed, replaced, _ = sync(library, folder, 2, 2, 1)
    library.save_facts([read(changed, imported=ACCEPTED), read(replaced)])
    assert sync(library, folder, 2, 2, 1)[0].review is None  # an answer that was taken back does not return
    assert library.found_places([second.id]) == {}  # the place is no longer in the file


def test_a_file_that_brings_its_reader_down_is_not_read_again_and_a_slow_drive_is(
    library: Library, folder: Path
) -> None:
    crashed, slow = sync(library, folder, 1, 1)
    errors = [
        PhotoError(ErrorCode.METADATA_UNREADABLE, name="0.jpg", reason="it brought its reader down"),
        PhotoError(ErrorCode.FILE_READ_FAILED, name="1.jpg", reason="it took longer than 60 seconds"),
    ]
    found = [read(one, None)._replace(error=error) for one, error in zip((crashed, slow), errors, strict=True)]
    assert library.save_facts(found) == [crashed.id, slow.id]
    first, second = sync(library, folder, 1, 1)
    assert first.error is not None
    assert first.error.message == errors[0].message
    assert (first.photo.facts_read, second.photo.facts_read) == (True, False)
    assert second.error is None  # tried again
    assert not first.needs_classification
