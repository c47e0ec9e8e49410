"""Folders that are opened again unchanged: one query answers, and nothing else is taken for unchanged."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from landmark_desktop.core.errors import ErrorCode, PhotoError
from landmark_desktop.core.photo import PhotoFacts, PhotoFile
from landmark_desktop.core.record import FileEntry, Outcome
from landmark_desktop.store import sync
from landmark_desktop.store.library import Library
from tests.unit.store.test_library import BUNDLE, GUESSES

RAW = PhotoFile("IMG_1.nef", 20_000, 5)
ENTRIES = (FileEntry("IMG_1.jpg", 100, 1, (RAW,)), *(FileEntry(f"IMG_{n}.jpg", 100 * n, n) for n in range(2, 12)))
FOLDER = Path("/photos/rome")


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Counts how often a listing is compared file by file."""
    compared: list[int] = []
    real = sync.FolderSync.run

    def run(self: sync.FolderSync) -> list[int]:
        compared.append(1)
        return real(self)

    monkeypatch.setattr(sync.FolderSync, "run", run)
    return compared


def store(library: Library, error: PhotoError | None = None) -> list[int]:
    """Take the folder in, its third photo with this error; returns the ids."""
    records = library.sync_folder(FOLDER, ENTRIES, BUNDLE)
    library.save_outcomes(
        [
            Outcome(record.photo, record.photo.identity, PhotoFacts(60, 40), None, error)
            if record is records[2] and error is not None
            else Outcome(
                record.photo, replace(record.photo.identity, content_key="1" * 32), PhotoFacts(), GUESSES, None
            )
            for record in records
        ],
        BUNDLE,
    )
    return [record.id for record in records]


def test_an_unchanged_folder_is_answered_by_one_query(library: Library, full: list[int]) -> None:
    ids = store(library, PhotoError(ErrorCode.FILE_EMPTY, name="IMG_3.jpg"))
    full.clear()
    again = library.sync_folder(FOLDER, ENTRIES[::-1], BUNDLE)
    assert full == []
    # Errors are exceptions, which are only equal to themselves.
    assert [str(record) for record in again] == [str(record) for record in library.records(ids[::-1], BUNDLE)]
    assert again[-1].photo.companions == (RAW,)
    assert library.sync_folder(FOLDER, ENTRIES[3:5], BUNDLE) == again[::-1][3:5]  # a part of the listing
    assert full == []


@pytest.mark.parametrize(
    "change",
    [
        lambda entry: replace(entry, size=7),
        lambda entry: replace(entry, mtime_ns=7),
        lambda entry: replace(entry, name="IMG_999.jpg"),
        lambda entry: replace(entry, companions=(PhotoFile("IMG_5.cr2", 1, 1),)),
    ],
    ids=["size", "time", "name", "companion"],
)
def test_one_changed_file_is_seen_among_many(
    library: Library, full: list[int], change: Callable[[FileEntry], FileEntry]
) -> None:
    store(library)
    full.clear()
    entries = [change(entry) if entry.name == "IMG_5.jpg" else entry for entry in ENTRIES]
    records = library.sync_folder(FOLDER, entries, BUNDLE)
    assert full == [1]
    found = records[4].photo
    assert (found.path.name, found.identity.size, found.identity.mtime_ns, found.companions) == (
        *(entries[4].name, entries[4].size, entries[4].mtime_ns),
        entries[4].companions,
    )


def test_a_raw_file_that_is_gone_is_seen(library: Library) -> None:
    store(library)
    records = library.sync_folder(FOLDER, (replace(ENTRIES[0], companions=()), *ENTRIES[1:]), BUNDLE)
    assert records[0].photo.companions == ()


def test_an_error_of_the_moment_is_tried_again_though_nothing_changed(library: Library) -> None:
    store(library, PhotoError(ErrorCode.FILE_NO_PERMISSION, name="IMG_3.jpg"))
    assert library.sync_folder(FOLDER, ENTRIES, BUNDLE)[2].error is None
