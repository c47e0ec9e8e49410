"""Photos, guesses and reviews in the library."""

import os
import sys
from datetime import datetime
from pathlib import Path

import pytest

from landmark_desktop.core.errors import ErrorCode, PhotoError
from landmark_desktop.core.guess import Guess, Guesses
from landmark_desktop.core.photo import FileIdentity, PhotoFacts
from landmark_desktop.core.record import FileEntry, Outcome, PhotoRecord
from landmark_desktop.core.review import Review, ReviewState
from landmark_desktop.store.library import Library

BUNDLE = "bundle-1"
GUESSES = Guesses((Guess("eiffel_tower", 0.9), Guess("petra", 0.05)), novelty=0.1)
FACTS = PhotoFacts(600, 400, datetime(2024, 5, 1, 10, 11, 12), -33.85, 151.2)


def write(path: Path, content: bytes = b"pixels") -> FileEntry:
    path.write_bytes(content)
    status = path.stat()
    return FileEntry(path.name, status.st_size, status.st_mtime_ns)


def sync(library: Library, folder: Path, *entries: FileEntry, bundle: str = BUNDLE) -> list[PhotoRecord]:
    return library.sync_folder(folder, entries, bundle)


def classify(library: Library, record: PhotoRecord, guesses: Guesses | None = GUESSES) -> PhotoRecord:
    identity = FileIdentity.of(record.photo.path, with_content=True)
    return library.save_outcomes([Outcome(record.photo, identity, FACTS, guesses, None)], BUNDLE)[0]


def test_records_come_in_the_order_of_the_listing_and_keep_their_ids(library: Library, folder: Path) -> None:
    entries = [write(folder / f"IMG_{number}.jpg", str(number).encode()) for number in (3, 1, 2)]
    first = sync(library, folder, *entries)
    assert [record.photo.path for record in first] == [folder / entry.name for entry in entries]
    again = sync(library, folder, *reversed(entries))
    assert [record.id for record in again] == [record.id for record in reversed(first)]
    assert all(record.needs_classification for record in again)


def test_what_was_classified_is_there_after_reopening(library: Library, folder: Path) -> None:
    (record,) = sync(library, folder, entry := write(folder / "a.jpg"))
    classify(library, record)
    path = library.path
    library.close()
    reopened = Library.open(path)
    (found,) = reopened.sync_folder(folder, [entry], BUNDLE)
    reopened.close()
    assert found.guesses == GUESSES
    assert found.photo.facts == FACTS
    assert not found.needs_classification


def test_another_bundle_has_its_own_guesses(library: Library, folder: Path) -> None:
    (record,) = sync(library, folder, entry := write(folder / "a.jpg"))
    classify(library, record)
    (other,) = sync(library, folder, entry, bundle="bundle-2")
    assert other.needs_classification
    assert other.photo.facts == FACTS
    (same,) = sync(library, folder, entry)
    assert same.guesses == GUESSES


def test_a_copy_shares_the_guesses_but_not_the_review(library: Library, folder: Path) -> None:
    (record,) = sync(library, folder, write(folder / "a.jpg"))
    done = classify(library, record)
    library.save_reviews([(record.id, Review(ReviewState.ACCEPTED, "petra"))])
    (copy,) = sync(library, folder, write(folder / "copy.jpg"))
    assert copy.id != record.id
    assert done.photo.identity.content_key is not None
    assert library.guesses(done.photo.identity.content_key, BUNDLE) == GUESSES
    assert copy.review is None


def test_a_moved_photo_keeps_guesses_and_review(library: Library, folder: Path, tmp_path: Path) -> None:
    (record,) = sync(library, folder, write(folder / "a.jpg"))
    classify(library, record)
    review = Review(ReviewState.ACCEPTED, "petra", taken_here=True)
    library.save_reviews([(record.id, review)])
    moved = tmp_path / "elsewhere"
    folder.rename(moved)
    status = (moved / "a.jpg").stat()
    (found,) = sync(library, moved, FileEntry("a.jpg", status.st_size, status.st_mtime_ns))
    assert found.id == record.id
    assert found.photo.path == moved / "a.jpg"
    assert found.review == review
    assert found.guesses == GUESSES


def test_another_photo_with_the_same_size_and_time_is_not_taken_for_the_moved_one(
    library: Library, folder: Path
) -> None:
    (record,) = sync(library, folder, write(folder / "a.jpg", b"one pic"))
    classify(library, record)
    stat = (folder / "a.jpg").stat()
    (folder / "a.jpg").unlink()
    write(folder / "b.jpg", b"another")
    os.utime(folder / "b.jpg", ns=(stat.st_mtime_ns, stat.st_mtime_ns))
    (found,) = sync(library, folder, FileEntry("b.jpg", stat.st_size, stat.st_mtime_ns))
    assert found.id != record.id
    assert found.needs_classification


def test_a_changed_file_is_classified_again_and_keeps_its_review(library: Library, folder: Path) -> None:
    (record,) = sync(library, folder, write(folder / "a.jpg"))
    classify(library, record)
    library.save_reviews([(record.id, Review(ReviewState.REJECTED, None))])
    (changed,) = sync(library, folder, write(folder / "a.jpg", b"other pixels"))
    assert changed.id == record.id
    assert changed.needs_classification
    assert changed.photo.facts == PhotoFacts()
    assert changed.review == Review(ReviewState.REJECTED, None)


def test_an_error_is_kept_with_its_text(library: Library, folder: Path) -> None:
    (record,) = sync(library, folder, entry := write(folder / "a.jpg"))
    error = PhotoError(ErrorCode.PHOTO_TRUNCATED, name="a.jpg")
    library.save_outcomes([Outcome(record.photo, record.photo.identity, PhotoFacts(), None, error)], BUNDLE)
    (found,) = sync(library, folder, entry)
    assert found.error is not None
    assert (found.error.code, str(found.error)) == (ErrorCode.PHOTO_TRUNCATED, str(error))
    assert not found.needs_classification


def test_an_error_of_the_moment_is_tried_again(library: Library, folder: Path) -> None:
    (record,) = sync(library, folder, entry := write(folder / "a.jpg"))
    error = PhotoError(ErrorCode.FILE_NO_PERMISSION, name="a.jpg")
    library.save_outcomes([Outcome(record.photo, record.photo.identity, PhotoFacts(), None, error)], BUNDLE)
    (found,) = sync(library, folder, entry)
    assert found.needs_classification


def test_reviews_can_be_changed_and_taken_back(library: Library, folder: Path) -> None:
    (record,) = sync(library, folder, entry := write(folder / "a.jpg"))
    for review in (Review(ReviewState.ACCEPTED, "petra"), Review(ReviewState.REJECTED, None), None):
        library.save_reviews([(record.id, review)])
        assert sync(library, folder, entry)[0].review == review


def test_our_own_write_into_a_photo_keeps_its_guesses(library: Library, folder: Path) -> None:
    (record,) = sync(library, folder, write(folder / "a.jpg"))
    classify(library, record)
    entry = write(folder / "a.jpg", b"pixels and a place")
    library.rekey(record.id, FileIdentity.of(folder / "a.jpg", with_content=True), PhotoFacts(None, None, None, 1, 2))
    (found,) = sync(library, folder, entry)
    assert found.guesses == GUESSES
    assert (found.photo.facts.latitude, found.photo.facts.width) == (1, 600)


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="file names are Unicode on this system")
def test_names_that_are_not_utf_8_come_back_unchanged(library: Library, folder: Path) -> None:
    name = os.fsdecode(b"caf\xe9 \xff.jpg")
    (record,) = sync(library, folder, entry := write(folder / name))
    classify(library, record)
    (found,) = sync(library, folder, entry)
    assert found.photo.path == folder / name
    assert found.guesses == GUESSES


def test_more_photos_than_one_query_takes(library: Library, folder: Path) -> None:
    entries = [FileEntry(f"{number}.jpg", 1, number) for number in range(1234)]
    records = sync(library, folder, *entries)
    assert [record.photo.path.name for record in records] == [entry.name for entry in entries]
    assert [record.id for record in sync(library, folder, *entries)] == [record.id for record in records]
