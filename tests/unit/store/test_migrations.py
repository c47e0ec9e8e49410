"""Libraries of older versions, kept as they were written, open without loss."""

import os
import sqlite3
import sys
from datetime import datetime
from pathlib import Path

import pytest

from landmark_desktop.core.errors import ErrorCode
from landmark_desktop.core.guess import Guess, Guesses
from landmark_desktop.core.photo import PhotoFacts
from landmark_desktop.core.record import FileEntry
from landmark_desktop.core.review import Review, ReviewState
from landmark_desktop.core.tag import RunState
from landmark_desktop.store.library import Library

FROZEN = Path(__file__).resolve().parents[2] / "data" / "libraries"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the frozen libraries hold POSIX paths")


def thaw(version: int, path: Path) -> Library:
    """Open a copy of the library that this version wrote."""
    connection = sqlite3.connect(path)
    connection.executescript((FROZEN / f"version-{version}.sql").read_text("utf-8"))
    connection.close()
    return Library.open(path)


def test_version_1_keeps_photos_guesses_reviews_and_journal(tmp_path: Path) -> None:
    library = thaw(1, tmp_path / "library.sqlite")
    first, second, third = library.records([1, 2, 3], "bundle-1")
    assert first.photo.path == Path("/photos/rome/IMG_1.jpg")
    assert first.photo.facts == PhotoFacts(600, 400, datetime(2024, 5, 1, 10, 11, 12), -33.85, 151.2)
    assert first.guesses == Guesses((Guess("eiffel_tower", 0.9), Guess("petra", 0.05)), 0.25)
    assert first.review == Review(ReviewState.ACCEPTED, "eiffel_tower", taken_here=True)
    assert first.tagged == "eiffel_tower"
    assert second.error is not None
    assert second.error.code is ErrorCode.FILE_EMPTY
    assert os.fsencode(third.photo.path) == b"/photos/caf\xe9/\xff.jpg"
    assert third.review == Review(ReviewState.REJECTED, None)
    assert [record.photo.companions for record in (first, second, third)] == [(), (), ()]
    (run,) = library.journal.runs()
    (entry,) = library.journal.entries(run.id)
    assert (entry.state, entry.snapshot) == (RunState.DONE, b"snapshot")
    library.close()
    assert (tmp_path / "library.sqlite.v1.bak").exists()


def test_a_folder_of_version_1_is_recognised_without_opening_a_file(tmp_path: Path) -> None:
    library = thaw(1, tmp_path / "library.sqlite")
    entry = FileEntry("IMG_1.jpg", 6000, 1_700_000_000_123_456_700)
    (record,) = library.sync_folder(Path("/photos/rome"), [entry], "bundle-1")
    assert record.id == 1
    assert not record.needs_classification
    library.close()
