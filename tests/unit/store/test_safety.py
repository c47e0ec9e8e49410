"""The safety copy: what it follows, how it is begun, and what it makes of damaged lines."""

import os
import random
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from landmark_desktop.core.record import FileEntry
from landmark_desktop.core.review import Review, ReviewState
from landmark_desktop.store import safety
from landmark_desktop.store.database import Database, uri_of
from landmark_desktop.store.library import Library
from landmark_desktop.store.safety import SafetyCopy
from tests.hardening import damage

ACCEPTED = Review(ReviewState.ACCEPTED, "petra")


def photo_in(library: Library, name: str = "a.jpg", folder: str = "/photos/caf\udce9") -> int:
    return library.sync_folder(Path(folder), [FileEntry(name, 5, 6)], "bundle")[0].id


def last_review(library: Library) -> safety.Line:
    return [line for line in SafetyCopy(library.path).lines() if line.table == "review"][-1]


def test_a_review_stands_in_the_copy_as_soon_as_it_is_saved(library: Library) -> None:
    photo_id = photo_in(library)
    library.save_reviews([(photo_id, ACCEPTED)])
    line = last_review(library)
    assert line.key == (photo_id,)
    assert line.row is not None
    assert (line.row["state"], line.row["landmark_id"]) == ("accepted", "petra")
    assert line.photo is not None
    assert (line.photo["folder"], line.photo["name"]) == (b"/photos/caf\xe9", b"a.jpg")
    library.save_reviews([(photo_id, None)])
    assert last_review(library).row is None


def test_a_transaction_that_was_taken_back_does_not_reach_the_copy(library: Library) -> None:
    photo_id = photo_in(library)
    before = SafetyCopy(library.path).path.read_bytes()
    with pytest.raises(RuntimeError), library._database.transaction():  # noqa: PT012
        library.save_reviews([(photo_id, ACCEPTED)])
        raise RuntimeError
    photo_in(library, "b.jpg")
    assert SafetyCopy(library.path).path.read_bytes() == before


def test_a_reviewed_photo_that_moves_takes_its_line_along(library: Library) -> None:
    photo_id = photo_in(library)
    library.save_reviews([(photo_id, ACCEPTED)])
    with library._database.transaction() as connection:
        connection.execute("UPDATE photo SET name = ? WHERE id = ?", (b"z.jpg", photo_id))
    line = last_review(library)
    assert line.photo is not None
    assert line.photo["name"] == b"z.jpg"


def test_lines_that_are_damaged_are_left_out_and_the_others_read(library: Library) -> None:
    for name in ("a.jpg", "b.jpg", "c.jpg"):
        library.save_reviews([(photo_in(library, name), ACCEPTED)])
    copy = SafetyCopy(library.path)
    keys = [line.key for line in copy.lines()]
    lines = copy.path.read_bytes().splitlines(keepends=True)
    (spoilt,) = [number for number, line in enumerate(lines) if b"b.jpg" in line]
    lines[spoilt] = lines[spoilt].replace(b"petra", b"pexra")
    copy.path.write_bytes(b"".join(lines)[:-3])  # and the last one is torn
    assert [line.key for line in copy.lines()] == keys[:1]
    library.save_reviews([(photo_in(library, "d.jpg"), ACCEPTED)])
    assert len(list(copy.lines())) == 2


def test_a_copy_that_has_grown_is_begun_anew_and_the_one_before_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "library.sqlite"
    library = Library.open(path)
    damage.fill(library)
    for _ in range(5):
        library.save_reviews([(1, ACCEPTED)])
    library.close()
    copy = SafetyCopy(path)
    grown = copy.path.read_bytes()
    Library.open(path).close()
    assert copy.path.read_bytes() == grown
    assert not copy.before.exists()
    monkeypatch.setattr(safety, "MAX_BYTES", 1000)
    monkeypatch.setattr(safety, "BYTES_PER_REVIEW", 1)
    Library.open(path).close()
    assert copy.before.read_bytes() == grown
    assert copy.path.stat().st_size < len(grown)
    assert copy.whole() == frozenset(safety.WATCHED)
    keys = [line.key for line in copy.lines() if line.table == "review"]
    assert len(keys) == len(set(keys)) == damage.REVIEWS


def test_only_the_newest_of_a_large_journal_is_copied_and_that_is_not_called_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(safety, "MAX_JOURNAL_BYTES", 20_000)
    path = tmp_path / "library.sqlite"
    library = Library.open(path)
    damage.fill(library)
    library.close()
    copy = SafetyCopy(path)
    copy.path.unlink()  # as a program without copies left it
    Library.open(path).close()
    written = [line.key[0] for line in copy.lines() if line.table == "write"]
    assert 0 < len(written) < damage.WRITES
    assert max(written) == damage.WRITES
    assert copy.whole() == frozenset(safety.WATCHED) - {"write", "served"}


def test_a_copy_that_cannot_be_written_keeps_nobody_from_reviewing_and_is_made_up_for(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "library.sqlite"
    library = Library.open(path)
    copy = SafetyCopy(path)
    copy.path.unlink()
    copy.path.mkdir()  # nothing can be appended to a folder
    ids = [photo_in(library, name) for name in ("a.jpg", "b.jpg")]
    for photo_id in ids:
        library.save_reviews([(photo_id, ACCEPTED)])
    assert caplog.text.count("safety copy") == 1
    copy.path.rmdir()
    library.close()
    assert {line.key[0] for line in copy.lines()} == set(ids)


def test_reviews_of_a_moved_and_of_a_new_photo_find_their_photos_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "library.sqlite"
    library = Library.open(path)
    first, second = photo_in(library, "a.jpg"), photo_in(library, "b.jpg")
    library.save_reviews([(first, ACCEPTED), (second, Review(ReviewState.REJECTED, None))])
    library.close()
    path.unlink()
    other = Library.open(tmp_path / "other.sqlite")  # knows b.jpg under the number of a.jpg
    assert photo_in(other, "b.jpg") == first
    other.close()
    other.path.replace(path)
    again = Library.open(path)
    records = again.sync_folder(
        Path("/photos/caf\udce9"), [FileEntry("a.jpg", 5, 6), FileEntry("b.jpg", 5, 6)], "bundle"
    )
    assert [record.review for record in records] == [ACCEPTED, Review(ReviewState.REJECTED, None)]
    again.close()


def test_a_review_that_was_taken_back_does_not_return(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "library.sqlite"
    library = Library.open(path)
    first, second = photo_in(library, "a.jpg"), photo_in(library, "b.jpg")
    library.save_reviews([(first, ACCEPTED), (second, ACCEPTED)])
    library.save_reviews([(first, None)])
    library.close()
    path.write_bytes(b"")
    again = Library.open(path)
    assert again._database.connection.execute("SELECT photo_id FROM review").fetchall()[0][0] == second
    assert again._database.connection.execute("SELECT count(*) FROM review").fetchone()[0] == 1
    again.close()


def test_a_write_that_was_settled_is_settled_in_the_copy(library: Library) -> None:
    library.journal.begin_run("run", datetime(2024, 5, 1, tzinfo=UTC))
    damage.tag(library, damage.records_of(library)[:3], "run-0", random.Random(1))
    states = {}
    for line in SafetyCopy(library.path).lines():
        if line.table == "write" and line.row is not None:
            states.setdefault(line.key[0], []).append((line.row["state"], "snapshot" in line.row))
    assert all(found == [("pending", True), ("done", False)] for found in states.values())
    assert len(states) == 3


@pytest.mark.parametrize("name", ["a b.sqlite", "100% ?#.sqlite", "caf\udce9.sqlite"])
def test_a_library_of_any_name_is_read_by_its_uri(name: str, tmp_path: Path) -> None:
    if os.name == "nt" and not name.startswith("a"):
        pytest.skip("no such names there")
    Database.open(tmp_path / name).close()
    connection = sqlite3.connect(uri_of(tmp_path / name, "mode=ro"), uri=True)
    assert connection.execute("SELECT count(*) FROM photo").fetchone() == (0,)
    connection.close()
