"""Listings against the library: pairs that form and part, files that change their names, drives that are away."""

import os
from pathlib import Path

import pytest

from landmark_desktop.core.photo import FileIdentity, PhotoFacts, PhotoFile
from landmark_desktop.core.record import FileEntry, Outcome, PhotoRecord
from landmark_desktop.core.review import Review, ReviewState
from landmark_desktop.core.volume import Volume, volume_of
from landmark_desktop.store.library import Library
from tests.unit.store.test_library import BUNDLE, GUESSES

ACCEPTED = Review(ReviewState.ACCEPTED, "petra")
REJECTED = Review(ReviewState.REJECTED, None)


def write(path: Path, content: str) -> Path:
    path.write_text(content)
    return path


def listed(path: Path, *companions: Path) -> FileEntry:
    """A file as the scanner lists it."""
    files = tuple(PhotoFile(file.name, (s := file.stat()).st_size, s.st_mtime_ns) for file in companions)
    status = path.stat()
    return FileEntry(path.name, status.st_size, status.st_mtime_ns, files)


def sync(library: Library, folder: Path, *entries: FileEntry) -> list[PhotoRecord]:
    return library.sync_folder(folder, entries, BUNDLE)


def classify(library: Library, *records: PhotoRecord) -> None:
    library.save_outcomes(
        [
            Outcome(record.photo, FileIdentity.of(record.photo.path, with_content=True), PhotoFacts(), GUESSES, None)
            for record in records
        ],
        BUNDLE,
    )


def test_companions_come_back_with_the_photo(library: Library, folder: Path) -> None:
    jpeg, raw = write(folder / "a.jpg", "jpeg"), write(folder / os.fsdecode("a é.cr2".encode()), "raw picture")
    (record,) = sync(library, folder, listed(jpeg, raw))
    assert record.photo.files == (jpeg, raw)
    assert record.photo.companions == listed(jpeg, raw).companions


def test_a_jpeg_that_appears_beside_its_raw_file_is_the_same_photo(library: Library, folder: Path) -> None:
    raw = write(folder / "a.cr2", "raw picture")
    (alone,) = sync(library, folder, listed(raw))
    classify(library, alone)
    library.save_reviews([(alone.id, ACCEPTED)])
    jpeg = write(folder / "a.jpg", "jpeg")
    (pair,) = sync(library, folder, listed(jpeg, raw))
    assert (pair.id, pair.review, pair.photo.files) == (alone.id, ACCEPTED, (jpeg, raw))
    assert pair.needs_classification


def test_a_raw_file_whose_jpeg_is_deleted_is_the_same_photo(library: Library, folder: Path) -> None:
    jpeg, raw = write(folder / "a.jpg", "jpeg"), write(folder / "a.cr2", "raw picture")
    (pair,) = sync(library, folder, listed(jpeg, raw))
    classify(library, pair)
    library.save_reviews([(pair.id, ACCEPTED)])
    jpeg.unlink()
    (alone,) = sync(library, folder, listed(raw))
    assert (alone.id, alone.review, alone.photo.files) == (pair.id, ACCEPTED, (raw,))


def test_a_photo_keeps_its_guesses_when_its_raw_file_is_deleted(library: Library, folder: Path) -> None:
    jpeg, raw = write(folder / "a.jpg", "jpeg"), write(folder / "a.cr2", "raw picture")
    (pair,) = sync(library, folder, listed(jpeg, raw))
    classify(library, pair)
    (alone,) = sync(library, folder, listed(jpeg))
    assert (alone.id, alone.photo.companions, alone.guesses) == (pair.id, (), GUESSES)


def test_two_photos_that_turn_out_to_be_one_keep_the_review(library: Library, folder: Path) -> None:
    jpeg, raw = write(folder / "a.jpg", "jpeg"), write(folder / "a.cr2", "raw picture")
    first, second = sync(library, folder, listed(jpeg), listed(raw))
    library.save_reviews([(second.id, ACCEPTED)])
    (pair,) = sync(library, folder, listed(jpeg, raw))
    assert (pair.id, pair.review) == (first.id, ACCEPTED)
    jpeg.unlink()
    (alone,) = sync(library, folder, listed(raw))
    assert (alone.id, alone.review) == (first.id, ACCEPTED)


def test_a_pair_that_is_renamed_is_the_same_photo(library: Library, folder: Path) -> None:
    jpeg, raw = write(folder / "a.jpg", "jpeg"), write(folder / "a.cr2", "raw picture")
    (pair,) = sync(library, folder, listed(jpeg, raw))
    classify(library, pair)
    library.save_reviews([(pair.id, ACCEPTED)])
    jpeg, raw = jpeg.rename(folder / "b.jpg"), raw.rename(folder / "b.cr2")
    (renamed,) = sync(library, folder, listed(jpeg, raw))
    assert (renamed.id, renamed.review, renamed.guesses) == (pair.id, ACCEPTED, GUESSES)
    assert renamed.photo.files == (jpeg, raw)


def test_photos_that_are_renumbered_keep_their_reviews(library: Library, folder: Path) -> None:
    files = [write(folder / f"{number}.jpg", f"photo {number}" + number * "!") for number in range(4)]
    before = sync(library, folder, *map(listed, files))
    classify(library, *before)
    reviews = [None, ACCEPTED, REJECTED, None]
    library.save_reviews([(record.id, review) for record, review in zip(before, reviews, strict=True)])
    files[0].unlink()
    moved = [file.rename(folder / f"{number}.jpg") for number, file in enumerate(files[1:])]
    after = sync(library, folder, *map(listed, moved))
    assert [record.id for record in after] == [record.id for record in before[1:]]
    assert [record.review for record in after] == reviews[1:]
    assert [record.photo.path for record in after] == moved


def test_a_photo_renamed_in_case_only_is_the_same_where_case_does_not_count(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write(folder / "a.jpg", "photo a")
    (before,) = sync(library, folder, listed(file))
    classify(library, before)
    upper = file.rename(folder / "A.JPG")
    # Where case does not count, the file still answers to its old name.
    monkeypatch.setattr("landmark_desktop.store.sync._is_gone", lambda _: False)
    (after,) = sync(library, folder, listed(upper))
    assert (after.id, after.photo.path) == (before.id, upper)


def test_two_photos_that_swap_their_names_keep_their_reviews(library: Library, folder: Path) -> None:
    a, b = write(folder / "a.jpg", "photo a"), write(folder / "b.jpg", "another b")
    first, second = sync(library, folder, listed(a), listed(b))
    classify(library, first, second)
    library.save_reviews([(first.id, ACCEPTED)])
    a.rename(folder / "c")
    b.rename(a)
    (folder / "c").rename(b)
    after = sync(library, folder, listed(a), listed(b))
    assert [(record.id, record.review) for record in after] == [(second.id, None), (first.id, ACCEPTED)]


def test_the_review_stays_with_the_content_when_another_file_takes_the_name(library: Library, folder: Path) -> None:
    original = write(folder / "a.jpg", "photo a")
    (record,) = sync(library, folder, listed(original))
    classify(library, record)
    library.save_reviews([(record.id, ACCEPTED)])
    kept = original.rename(folder / "a before.jpg")
    write(original, "something else entirely")
    other, same = sync(library, folder, listed(original), listed(kept))
    assert (same.id, same.review, same.guesses) == (record.id, ACCEPTED, GUESSES)
    assert other.id != record.id
    assert other.review is None


def test_a_copy_of_a_photo_on_a_drive_that_is_away_is_another_photo(library: Library, tmp_path: Path) -> None:
    drive, backup = tmp_path / "drive", tmp_path / "backup"
    drive.mkdir()
    file = write(drive / "a.jpg", "photo a")
    away = Volume(tmp_path / "not mounted", "1")
    (record,) = library.sync_folder(drive, [listed(file)], BUNDLE, away)
    classify(library, record)
    drive.rename(backup)  # for the system: the drive's files are gone, equal ones are here
    (copy,) = library.sync_folder(backup, [listed(backup / "a.jpg")], BUNDLE, volume_of(backup))
    assert copy.id != record.id


def test_the_library_tells_which_folders_were_on_which_drive(library: Library, tmp_path: Path) -> None:
    volume = Volume(Path("/media/disk"), "abc")
    for name, known in (("trip", volume), ("trip/day 1", None), ("trip2", volume)):
        library.sync_folder(tmp_path / name, [FileEntry("a.jpg", 1, 1)], BUNDLE, known)
    library.sync_folder(tmp_path / "trip" / "empty", [], BUNDLE, volume)
    under = library.folders_under(tmp_path / "trip")
    assert under == [(tmp_path / "trip", volume), (tmp_path / "trip" / "day 1", None)]
    assert [row["name"] for row in library.rows_in(tmp_path / "trip", BUNDLE)] == [b"a.jpg"]


def test_a_volume_is_away_when_another_one_is_mounted_in_its_place(tmp_path: Path) -> None:
    here = volume_of(tmp_path)
    assert not here.is_away()
    assert Volume(here.mount, here.name + "0").is_away()
    assert Volume(tmp_path, here.name).is_away()
    assert Volume(tmp_path / "gone", here.name).is_away()
