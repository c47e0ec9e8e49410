"""A damaged library: the user is told, and the reviews and runs come back."""

import os
import random
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from landmark_desktop.core.errors import ErrorCode, KnownError, LibraryError
from landmark_desktop.core.review import Review, ReviewState
from landmark_desktop.store.database import MAX_VERSION, migrations
from landmark_desktop.store.journal import JournalEntry
from landmark_desktop.store.library import Library
from tests.hardening import damage
from tests.hardening.damage import Reviews

COUNT = int(os.environ.get("DAMAGE_COUNT", "8"))
"""Libraries of each kind of damage: what 8 find takes some seconds."""
TOLD = {ErrorCode.LIBRARY_CORRUPT, ErrorCode.LIBRARY_CORRUPT_PARTLY, ErrorCode.LIBRARY_COMPLETED}


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Reviews, list[JournalEntry]]:
    path = tmp_path_factory.mktemp("sample") / "library.sqlite"
    library = Library.open(path)
    damage.fill(library)
    reviews, journal = damage.reviews_of(library), damage.journal_of(library)
    library.close()
    assert len(reviews) == damage.REVIEWS
    assert len(journal) == damage.WRITES
    assert not path.with_name(path.name + "-wal").exists()
    return path, reviews, journal


def live(path: Path) -> tuple[list[ErrorCode], Reviews, list[JournalEntry]]:
    """Sessions as a user has them, until one goes well: an error that says to start again is followed. Returns what was
    told, and what the library holds in the end."""
    told = []
    for _ in range(3):
        library = Library.open(path)
        try:
            if library.notice is not None:
                told.append(library.notice.code)
            if (found := library.examine()) is not None:  # as the window does in the background
                raise found
            damage.use(library)
            return told, damage.reviews_of(library), damage.journal_of(library)
        except KnownError as error:
            told.append(error.code)
        finally:
            library.close()
    pytest.fail(f"the library never came to rest: {told}")


def is_of_the_future(path: Path) -> bool:
    with path.open("rb") as file:
        header = file.read(100)
    return migrations()[-1][0] < int.from_bytes(header[60:64], "big") <= MAX_VERSION


@pytest.mark.parametrize("seed", range(COUNT))
@pytest.mark.parametrize("spoil", damage.KINDS, ids=lambda spoil: spoil.__name__)
def test_reviews_and_runs_survive_whatever_happens_to_the_file(
    spoil: Callable[[bytearray, random.Random], None],
    seed: int,
    sample: tuple[Path, Reviews, list[JournalEntry]],
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    source, reviews, journal = sample
    path = damage.copy_library(source, tmp_path / "copy")
    data = bytearray(path.read_bytes())
    spoil(data, random.Random(f"{spoil.__name__} {seed}"))
    path.write_bytes(data)
    if is_of_the_future(path):  # the number of the schema, of all bytes
        with pytest.raises(LibraryError, match="newer version"):
            Library.open(path)
        assert path.read_bytes() == data
        return
    told, found, entries = live(path)
    if told:
        assert found == reviews
        # What claims open writes gives them a new owner; nothing else differs.
        assert entries == journal
        aside = list(path.parent.glob("*.damaged-1"))
        assert all(file.read_bytes()[:1] == bytes(data[:1]) for file in aside)
    else:  # bytes that nothing uses, or that make another name of one: no structure is hurt
        assert sum(found.get(photo) != review for photo, review in reviews.items()) <= 3
    for code in told:
        assert code in TOLD | {ErrorCode.LIBRARY_DAMAGED}


@pytest.mark.parametrize("seed", range(COUNT))
def test_without_a_safety_copy_all_is_read_that_can_be_read(
    seed: int,
    sample: tuple[Path, Reviews, list[JournalEntry]],
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    source, reviews, journal = sample
    path = damage.copy_library(source, tmp_path / "copy", safety=False)
    connection = sqlite3.connect(path)
    leaves = {
        row[0]: (row[1], row[2])
        for row in connection.execute("SELECT pageno, name, pagetype FROM dbstat WHERE pagetype = 'leaf'")
    }
    connection.close()
    chance = random.Random(seed)
    page = chance.choice([number for number, (name, _) in leaves.items() if name in ("review", "write", "guesses")])
    data = bytearray(path.read_bytes())
    data[(page - 1) * 4096 : page * 4096] = chance.randbytes(4096)
    path.write_bytes(data)
    path.with_name(path.name + ".suspect").touch()
    told, found, entries = live(path)
    name = leaves[page][0]
    pages = sum(other == name for other, _ in leaves.values())
    assert told == [ErrorCode.LIBRARY_CORRUPT if name == "guesses" else ErrorCode.LIBRARY_CORRUPT_PARTLY]
    assert all(reviews[photo] == review for photo, review in found.items())
    assert len(found) == len(reviews) or (name == "review" and len(found) >= len(reviews) * (pages - 2) / pages)
    known = {entry.id: entry for entry in journal}
    assert all(known[entry.id] == entry for entry in entries)
    assert len(entries) == len(journal) or (name == "write" and len(entries) >= len(journal) * (pages - 2) / pages)


def test_a_broken_header_alone_costs_nothing(
    sample: tuple[Path, Reviews, list[JournalEntry]], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    source, reviews, journal = sample
    path = damage.copy_library(source, tmp_path / "copy", safety=False)
    data = bytearray(path.read_bytes())
    data[:100] = bytes(100)
    path.write_bytes(data)
    library = Library.open(path)
    assert library.notice is not None
    assert library.notice.code is ErrorCode.LIBRARY_CORRUPT
    assert library.notice.params["reviews"] == str(len(reviews))
    assert all(record.guesses is not None for record in damage.records_of(library))
    assert damage.reviews_of(library) == reviews
    assert damage.journal_of(library) == journal
    library.close()
    assert (path.parent / library.notice.params["aside"]).read_bytes() == bytes(data)
    names = {file.name.removeprefix(path.name) for file in path.parent.iterdir()}
    assert names == {"", ".safety", ".damaged-1"}


@pytest.mark.parametrize("lost", ["emptied", "removed", "older"])
def test_a_library_that_is_gone_comes_back_from_its_safety_copy(
    lost: str, sample: tuple[Path, Reviews, list[JournalEntry]], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    source, reviews, journal = sample
    path = damage.copy_library(source, tmp_path / "copy")
    if lost == "removed":
        path.unlink()
    elif lost == "emptied":
        path.write_bytes(b"")
    else:
        other = Library.open(tmp_path / "other" / "library.sqlite")
        damage.records_of(other)
        other.close()
        shutil.copyfile(other.path, path)
    told, found, entries = live(path)
    assert told == [ErrorCode.LIBRARY_COMPLETED]
    assert found == reviews
    assert entries == journal
    assert live(path)[0] == []


def session_killed(source: Path, target: Path) -> tuple[Path, Review]:
    """A library whose program was killed: what it did last stands in the write-ahead log. Returns that review, too."""
    path = damage.copy_library(source, target / "before")
    library = Library.open(path)
    record = damage.records_of(library)[-1]
    last = Review(ReviewState.ACCEPTED, "petra")
    library.save_reviews([(record.id, last)])
    killed = damage.copy_library(path, target / "killed")
    library.close()
    assert killed.with_name(killed.name + "-wal").stat().st_size
    return killed, last


@pytest.mark.parametrize("gone", [("-wal",), ("-shm",), ("-wal", "-shm"), (), ("-wal", ".safety")])
def test_files_that_are_missing_beside_the_library(
    gone: tuple[str, ...],
    sample: tuple[Path, Reviews, list[JournalEntry]],
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    path, last = session_killed(sample[0], tmp_path)
    for suffix in gone:
        path.with_name(path.name + suffix).unlink()
    library = Library.open(path)
    found = damage.reviews_of(library)
    code = None if library.notice is None else library.notice.code
    library.close()
    if "-wal" in gone and ".safety" in gone:
        assert found == sample[1]
        assert code is None
    else:
        assert found == sample[1] | {damage.FOLDERS[3] / "IMG_399.jpg": last}
        assert code is (ErrorCode.LIBRARY_COMPLETED if "-wal" in gone else None)


@pytest.mark.parametrize("safety", [True, False])
def test_the_log_of_another_library_is_not_believed(
    safety: bool,
    sample: tuple[Path, Reviews, list[JournalEntry]],
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    other = Library.open(tmp_path / "other" / "library.sqlite")
    for number in range(40):
        other.sync_folder(Path(f"/other/{number}"), damage.entries_of(1), damage.BUNDLE)
        if number == 30:  # what was there before is not in its log
            other.close()
            other = Library.open(other.path)
    path = damage.copy_library(sample[0], tmp_path / "copy", safety=safety)
    for suffix in ("-wal", "-shm"):
        foreign = other.path.with_name(other.path.name + suffix)
        shutil.copyfile(foreign, path.with_name(path.name + suffix))
    other.close()
    library = Library.open(path)
    assert library.notice is not None
    assert damage.reviews_of(library) == sample[1]
    library.close()


def test_a_torn_log_loses_nothing(
    sample: tuple[Path, Reviews, list[JournalEntry]], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    for length in (1, 31, 40, 4000, 5000, 9000):
        path, last = session_killed(sample[0], tmp_path / str(length))
        log = path.with_name(path.name + "-wal")
        log.write_bytes(log.read_bytes()[:length])
        library = Library.open(path)
        assert damage.reviews_of(library) == sample[1] | {damage.FOLDERS[3] / "IMG_399.jpg": last}
        library.close()


def test_a_newer_library_is_refused_and_left_alone(
    sample: tuple[Path, Reviews, list[JournalEntry]], tmp_path: Path
) -> None:
    path = damage.copy_library(sample[0], tmp_path / "copy")
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.execute("CREATE TABLE of_the_future (x)")
    connection.close()
    before = {file.name: file.read_bytes() for file in path.parent.iterdir()}
    with pytest.raises(LibraryError) as caught:
        Library.open(path)
    assert caught.value.code is ErrorCode.LIBRARY_NEWER
    after = {file.name: file.read_bytes() for file in path.parent.iterdir()}
    assert after.keys() == before.keys()
    assert after[path.name + ".safety"] == before[path.name + ".safety"]


def test_a_database_of_another_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "digikam4.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE Albums (id INTEGER PRIMARY KEY)")
    connection.close()
    with pytest.raises(LibraryError) as caught:
        Library.open(path)
    assert caught.value.code is ErrorCode.LIBRARY_FOREIGN
    connection = sqlite3.connect(path)
    assert [row[0] for row in connection.execute("SELECT name FROM sqlite_schema")] == ["Albums"]
    connection.close()
    assert [file.name for file in tmp_path.iterdir()] == ["digikam4.db"]
