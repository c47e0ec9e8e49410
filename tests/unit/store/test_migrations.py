"""Libraries of older versions, kept as they were written, open without loss."""

import os
import sqlite3
import subprocess
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


def test_version_5_keeps_guesses_to_the_last_bit(tmp_path: Path) -> None:
    library = thaw(5, tmp_path / "library.sqlite")
    first, second, third, fourth, copy = library.records([1, 2, 3, 4, 5], "bundle-1")
    assert first.guesses is not None
    assert len(first.guesses.top) == 10
    assert first.guesses.top[:2] == (Guess("eiffel_tower", 0.9123456716537476), Guess("petra", 0.031415926535897934))
    assert first.guesses.top[-2:] == (Guess("chichen_itza", 1e-10), Guess("sagrada_familia", 0.0))
    assert copy.guesses == first.guesses
    assert second.guesses is None
    assert third.guesses == Guesses((Guess("petra", 0.1 + 0.2),), -1.5)
    assert fourth.guesses == Guesses((), 1.0)
    (other,) = library.records([1], "bundle-2")
    assert other.guesses == Guesses((Guess("taj_mahal", 0.75), Guess("eiffel_tower", 0.125)), 0.5)
    assert first.review == Review(ReviewState.ACCEPTED, "eiffel_tower", taken_here=True)
    assert [file.name for file in first.photo.companions] == ["IMG_1.nef"]
    assert library.found_places([3])[3].name == "Trevi"
    library.close()


def test_writes_of_an_older_version_may_be_shared(tmp_path: Path) -> None:
    library = thaw(1, tmp_path / "library.sqlite")
    (run,) = library.journal.runs()
    (entry,) = library.journal.entries(run.id)
    assert entry.photo_id == 1
    assert library.journal.note_served([(3, entry.target, entry.landmark_id)]) == [3]
    assert library.records([3], "bundle-1")[0].tagged == entry.landmark_id
    library.journal.mark_undone(entry.id)
    assert [record.tagged for record in library.records([1, 3], "bundle-1")] == [None, None]
    library.close()


def test_guesses_that_cannot_be_read_are_made_again_and_keep_nobody_from_the_others(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    connection = sqlite3.connect(path)
    connection.executescript((FROZEN / "version-5.sql").read_text("utf-8"))
    for spoilt in ("[[1", '[["petra"]]', '{"petra": 1}', '[["petra", null]]'):
        connection.execute("INSERT INTO guesses VALUES (?, 'bundle-1', 0.5, ?)", (spoilt, spoilt))
    connection.execute("UPDATE guesses SET top = 'null' WHERE content_key LIKE '3%'")
    connection.commit()
    connection.close()
    library = Library.open(path)
    assert [record.needs_classification for record in library.records([1, 3, 4], "bundle-1")] == [False, True, False]
    assert len(library.known_contents("bundle-1")) == 2
    library.close()


def test_a_migration_that_is_killed_in_the_middle_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    connection = sqlite3.connect(path)
    connection.executescript((FROZEN / "version-5.sql").read_text("utf-8"))
    connection.close()
    killed = (
        "import os, pathlib, sys\n"
        "from landmark_desktop.store.migrations import steps\n"
        "from landmark_desktop.store.database import Database\n"
        "real = steps.STEPS[6]\n"
        "def killed(connection):\n"
        "    real(connection)\n"
        "    os._exit(9)\n"
        "steps.STEPS[6] = killed\n"
        "Database.open(pathlib.Path(sys.argv[1]))\n"
    )
    assert subprocess.run([sys.executable, "-c", killed, str(path)], check=False).returncode == 9
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA user_version").fetchone() == (5,)
    assert connection.execute("SELECT count(*) FROM guesses WHERE typeof(top) = 'text'").fetchone() == (4,)
    connection.close()
    library = Library.open(path)
    assert library.guesses("3" * 32, "bundle-1") == Guesses((Guess("petra", 0.1 + 0.2),), -1.5)
    library.close()
