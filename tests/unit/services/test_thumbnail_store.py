"""The thumbnails on disk: bounded, shared, and of no harm whatever happens to the file."""

import os
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from landmark_desktop.services.thumbnail_store import ThumbnailStore

KILOBYTE = 1000
LIMIT = 400 * KILOBYTE


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "thumbnails.sqlite"


@pytest.fixture
def store(path: Path) -> Iterator[ThumbnailStore]:
    made = ThumbnailStore(path, LIMIT)
    yield made
    made.close()


def data(number: int, size: int = 10 * KILOBYTE) -> bytes:
    return number.to_bytes(4, "little") * (size // 4)


def on_disk(path: Path) -> int:
    return sum(file.stat().st_size for file in path.parent.iterdir())


def test_what_was_put_is_found_again_after_a_restart(store: ThumbnailStore, path: Path) -> None:
    store.put("a", b"one")
    store.put("b", b"two")
    store.put("a", b"three")
    assert store.get(["a", "b", "c"]) == {"a": b"three", "b": b"two"}
    assert "a" in store
    assert "c" not in store
    store.close()
    again = ThumbnailStore(path, LIMIT)
    assert again.get([f"{number}" for number in range(200)] + ["b"]) == {"b": b"two"}
    again.close()


def test_the_file_stays_within_its_bound_and_the_oldest_go_first(store: ThumbnailStore, path: Path) -> None:
    for number in range(30):
        store.put(str(number), data(number))
    assert len(store.get([str(number) for number in range(30)])) == 30
    assert store.get(["0"])  # used last, so it outlives the others
    for number in range(30, 200):
        store.put(str(number), data(number))
        if number % 20 == 0:
            assert store.get(["0"]), number
    assert store.size() <= LIMIT
    store.close()
    assert on_disk(path) <= LIMIT * 1.05
    kept = store.get([str(number) for number in range(200)])
    assert "0" in kept
    assert "199" in kept
    assert "1" not in kept


def test_a_lower_bound_gives_the_space_back(store: ThumbnailStore, path: Path) -> None:
    for number in range(30):
        store.put(str(number), data(number))
    store.set_limit(100 * KILOBYTE)
    assert on_disk(path) <= 150 * KILOBYTE  # the file of shared memory is part of that
    assert 0 < len(store.get([str(number) for number in range(30)])) < 10


def test_clearing_forgets_all_and_gives_the_space_back(store: ThumbnailStore, path: Path) -> None:
    for number in range(30):
        store.put(str(number), data(number))
    store.clear()
    assert store.get(["0", "29"]) == {}
    assert path.stat().st_size < 30 * KILOBYTE
    store.put("0", b"new")
    assert store.get(["0"]) == {"0": b"new"}


def test_a_damaged_thumbnail_is_not_shown_and_replaced(store: ThumbnailStore, path: Path) -> None:
    store.put("a", data(1))
    store.put("b", data(2))
    store.close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE thumbnail SET data = zeroblob(length(data)) WHERE key = 'a'")
    connection.close()
    assert store.get(["a", "b"]) == {"b": data(2)}
    assert "a" not in store
    store.put("a", data(3))
    assert store.get(["a"]) == {"a": data(3)}


@pytest.mark.parametrize("damage", [b"this is no database" * 1000, b"", b"SQLite format 3\0" + bytes(5000)])
def test_a_damaged_file_is_begun_anew(store: ThumbnailStore, path: Path, damage: bytes) -> None:
    store.put("a", data(1))
    store.close()
    path.write_bytes(damage)
    store.get(["a"])
    store.put("b", data(2))
    assert store.get(["a", "b"]) == {"b": data(2)}
    assert store.usable


def test_pages_that_are_damaged_while_it_is_open_are_no_error(store: ThumbnailStore, path: Path) -> None:
    for number in range(20):
        store.put(str(number), data(number))
    store.close()
    content = bytearray(path.read_bytes())
    content[8192:80_000] = os.urandom(80_000 - 8192)
    path.write_bytes(content)
    for number in range(20):
        assert store.get([str(number)]).get(str(number), data(number)) == data(number)
    store.put("new", data(1))
    store.put("new", data(1))
    assert store.get(["new"]) == {"new": data(1)}


def test_thumbnails_of_another_format_are_thrown_away(store: ThumbnailStore, path: Path) -> None:
    store.put("a", b"old")
    store.close()
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    assert store.get(["a"]) == {}
    store.put("a", b"new")
    assert store.get(["a"]) == {"a": b"new"}


def test_a_place_that_cannot_be_written_only_means_no_store(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"in the way")
    store = ThumbnailStore(tmp_path / "file" / "thumbnails.sqlite", LIMIT)
    assert store.usable  # nobody knows yet
    store.put("a", b"one")
    assert not store.usable
    assert store.get(["a"]) == {}
    assert "a" not in store
    assert store.size() == 0
    store.clear()
    store.close()


def test_a_full_disk_loses_the_new_thumbnail_and_nothing_else(store: ThumbnailStore, path: Path) -> None:
    store.put("a", data(1))
    connection = store._connection
    assert connection is not None
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages}")  # SQLite answers as on a full disk
    store.put("b", data(2, 100 * KILOBYTE))
    assert store.get(["a", "b"]) == {"a": data(1)}
    connection.execute("PRAGMA max_page_count = 1000000")
    store.put("b", data(2))
    assert store.get(["a", "b"]) == {"a": data(1), "b": data(2)}


def test_two_instances_share_the_file(store: ThumbnailStore, path: Path) -> None:
    other = ThumbnailStore(path, LIMIT)
    store.put("a", b"of one")
    assert other.get(["a"]) == {"a": b"of one"}
    other.put("b", b"of the other")
    assert store.get(["b"]) == {"b": b"of the other"}
    other.clear()
    assert store.get(["a", "b"]) == {}
    other.close()


def test_an_instance_that_writes_for_long_keeps_nobody_waiting(store: ThumbnailStore, path: Path) -> None:
    store.put("a", b"one")
    blocker = sqlite3.connect(path, isolation_level=None)
    blocker.execute("BEGIN IMMEDIATE")
    store.put("b", b"lost")
    assert store.get(["a", "b"]) == {"a": b"one"}
    blocker.execute("ROLLBACK")
    blocker.close()
    store.put("b", b"two")
    assert store.get(["b"]) == {"b": b"two"}


def test_many_threads_may_use_it(store: ThumbnailStore) -> None:
    def work(first: int) -> None:
        for number in range(first, first + 30):
            store.put(str(number), data(number, KILOBYTE))
            assert store.get([str(number)]) == {str(number): data(number, KILOBYTE)}

    threads = [threading.Thread(target=work, args=(30 * number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(store.get([str(number) for number in range(120)])) == 120


_WRITER = """
import sys
from pathlib import Path
from landmark_desktop.services.thumbnail_store import ThumbnailStore
store = ThumbnailStore(Path(sys.argv[1]), 400_000)
number = 0
while True:
    store.put(str(number), number.to_bytes(4, "little") * 2500)
    number += 1
    print(number, flush=True)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system ends processes in another way")
def test_a_killed_process_leaves_a_sound_file(store: ThumbnailStore, path: Path) -> None:
    process = subprocess.Popen([sys.executable, "-c", _WRITER, str(path)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    for _ in range(20):
        last = int(process.stdout.readline())
    process.kill()
    process.communicate()
    assert store.get([str(last - 1)]) == {str(last - 1): data(last - 1)}
    store.put("new", b"goes on")
    assert store.get(["new"]) == {"new": b"goes on"}
    store.close()
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()
