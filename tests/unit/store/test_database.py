"""Opening the library: new, old, newer, damaged, locked."""

import sqlite3
from pathlib import Path

import pytest

from landmark_desktop.core.errors import ErrorCode, LibraryError
from landmark_desktop.store.database import Database, migrations


def newest() -> int:
    return migrations()[-1][0]


def test_migrations_are_numbered_without_gaps() -> None:
    assert [version for version, _ in migrations()] == list(range(1, newest() + 1))


def test_a_new_library_has_the_newest_schema(tmp_path: Path) -> None:
    database = Database.open(tmp_path / "deep" / "library.sqlite")
    assert database.connection.execute("PRAGMA user_version").fetchone()[0] == newest()
    assert database.connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    assert database.notice is None
    database.close()


def test_a_newer_library_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE future (x)")
    connection.execute(f"PRAGMA user_version = {newest() + 1}")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(LibraryError) as caught:
        Database.open(path)
    assert caught.value.code is ErrorCode.LIBRARY_NEWER
    assert str(newest() + 1) in caught.value.message
    assert [path.name for path in tmp_path.glob("*.damaged*")] == []
    connection = sqlite3.connect(path)
    assert connection.execute("SELECT count(*) FROM future").fetchone() == (0,)
    connection.close()
    assert len(path.read_bytes()) == len(before)


def test_a_damaged_library_is_set_aside_and_the_user_is_told(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "library.sqlite"
    path.write_bytes(b"this was a library once" * 100)
    database = Database.open(path)
    assert database.notice is not None
    assert database.notice.code is ErrorCode.LIBRARY_CORRUPT_PARTLY
    assert (tmp_path / "library.sqlite.damaged-1").read_bytes() == b"this was a library once" * 100
    assert database.connection.execute("SELECT count(*) FROM photo").fetchone()[0] == 0
    database.close()
    assert "damaged" in caplog.text


def test_a_library_with_flipped_pages_is_found_damaged_after_a_crash(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "library.sqlite"
    database = Database.open(path)
    with database.transaction() as connection:
        connection.executemany(
            "INSERT INTO directory (path) VALUES (?)", [(f"/some/folder/number/{i}".encode(),) for i in range(2000)]
        )
    database.close()
    data = bytearray(path.read_bytes())
    page = 4096
    for start in range(3 * page, len(data) - page, page):
        data[start : start + 64] = b"\xff" * 64
    path.write_bytes(bytes(data))
    path.with_name(path.name + "-wal").write_bytes(b"")  # what a killed process leaves behind
    reopened = Database.open(path)
    assert reopened.notice is not None
    reopened.close()
    assert "damaged" in caplog.text


def test_a_locked_library_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("landmark_desktop.store.database.BUSY_TIMEOUT_S", 0.05)
    path = tmp_path / "library.sqlite"
    first = Database.open(path)
    second = Database.open(path)
    with first.transaction() as connection:
        connection.execute("INSERT INTO directory (path) VALUES (x'2f')")
        with pytest.raises(LibraryError) as caught, second.transaction():
            pass
    assert caught.value.code is ErrorCode.LIBRARY_LOCKED
    first.close()
    second.close()


def test_a_folder_that_cannot_be_made_is_a_known_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(LibraryError) as caught:
        Database.open(tmp_path / "file" / "library.sqlite")
    assert caught.value.code is ErrorCode.LIBRARY_UNWRITABLE


def test_a_transaction_that_fails_leaves_nothing(tmp_path: Path) -> None:
    database = Database.open(tmp_path / "library.sqlite")
    with pytest.raises(RuntimeError), database.transaction() as connection:  # noqa: PT012
        connection.execute("INSERT INTO directory (path) VALUES (x'2f')")
        raise RuntimeError
    assert database.connection.execute("SELECT count(*) FROM directory").fetchone()[0] == 0
    with database.transaction() as connection:
        connection.execute("INSERT INTO directory (path) VALUES (x'2f')")
    assert database.connection.execute("SELECT count(*) FROM directory").fetchone()[0] == 1
    database.close()


def test_an_older_library_is_backed_up_before_it_is_migrated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "library.sqlite"
    Database.open(path).close()
    more = [*migrations(), (newest() + 1, "ALTER TABLE directory ADD COLUMN colour TEXT;")]
    monkeypatch.setattr("landmark_desktop.store.database.migrations", lambda: more)
    database = Database.open(path)
    assert database.connection.execute("PRAGMA user_version").fetchone()[0] == more[-1][0]
    assert database.connection.execute("SELECT count(colour) FROM directory").fetchone()[0] == 0
    database.close()
    backup = sqlite3.connect(tmp_path / f"library.sqlite.v{more[-1][0] - 1}.bak")
    assert backup.execute("PRAGMA user_version").fetchone()[0] == more[-1][0] - 1
    backup.close()


def test_a_migration_that_fails_leaves_the_old_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "library.sqlite"
    database = Database.open(path)
    before = [row[1] for row in database.connection.execute("PRAGMA table_info(directory)")]
    database.close()
    broken = "ALTER TABLE directory ADD COLUMN colour TEXT; INSERT INTO nowhere VALUES (1);"
    more = [*migrations(), (newest() + 1, broken)]
    monkeypatch.setattr("landmark_desktop.store.database.migrations", lambda: more)
    with pytest.raises(sqlite3.OperationalError):
        Database.open(path)
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA user_version").fetchone()[0] == more[-2][0]
    columns = [row[1] for row in connection.execute("PRAGMA table_info(directory)")]
    connection.close()
    assert columns == before
