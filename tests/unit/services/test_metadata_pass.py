"""The metadata pass: everything is read once, what is in sight first, and it begins where it was broken off."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from landmark_desktop.core.bundle import Bundle
from landmark_desktop.core.errors import BundleError, ErrorCode, MetadataError
from landmark_desktop.core.photo import FileIdentity, Photo
from landmark_desktop.core.record import PhotoRecord
from landmark_desktop.inference.classifier import Classifier
from landmark_desktop.metadata.reading import MetadataReader
from landmark_desktop.services import metadata_reading
from landmark_desktop.services.lanes import Lane
from landmark_desktop.services.metadata_pass import BATCH, PER_THREAD, MetadataPass, Part
from landmark_desktop.services.metadata_reading import LibraryReader
from landmark_desktop.services.photo_rows import FactRows, Ids, PhotoRows, photo_rows
from landmark_desktop.services.scanner import scan
from landmark_desktop.services.settings import Settings
from landmark_desktop.services.workspace import Workspace
from landmark_desktop.store.library import Library
from tests import pictures, tables
from tests.bundles import write_bundle

FOLDER = Path("/photos")
WAIT_S = 20


def record(photo_id: int, *, mtime_ns: int = 1, read: bool = False) -> PhotoRecord:
    path = FOLDER / f"{photo_id:05}.jpg"
    return PhotoRecord(Photo(photo_id, path, FileIdentity(10, mtime_ns), facts_read=read))


def rows(*records: PhotoRecord) -> PhotoRows:
    return tables.rows(records, Ids())


class Readers:
    """Readers that note what they are asked for, and answer when they may."""

    def __init__(self) -> None:
        self.asked: list[tuple[int, list[int]]] = []
        self.may = threading.Event()
        self.may.set()
        self.begun = threading.Semaphore(0)
        self.stored = threading.Semaphore(0)
        self.made = self.closed = 0
        self.fails: BaseException | None = None

    def make(self) -> "Readers":
        self.made += 1
        return self

    def read(self, job: int, part: Part, on_stored: Callable[[], None]) -> None:
        self.asked.append((job, list(part.ids)))
        self.begun.release()
        if self.fails is not None:
            raise self.fails
        assert self.may.wait(WAIT_S)
        on_stored()
        self.stored.release()

    def stop(self) -> None:
        self.may.set()

    def close(self) -> None:
        self.closed += 1

    def wait_stored(self, count: int) -> None:
        for _ in range(count):
            assert self.stored.acquire(timeout=WAIT_S)

    @property
    def ids(self) -> list[int]:
        return [photo_id for _, ids in self.asked for photo_id in ids]


@pytest.fixture
def readers() -> Readers:
    return Readers()


@pytest.fixture
def bugs() -> list[BaseException]:
    return []


@pytest.fixture
def reading(readers: Readers, bugs: list[BaseException]) -> Iterator[MetadataPass]:
    """A pass with one process, that begins at once."""
    reading = MetadataPass(readers.make, bugs.append, processes=1, start_s=0.0, rest_s=60)
    reading.open(1)
    yield reading
    reading.close()


def test_each_photo_that_was_not_read_is_read_once(reading: MetadataPass, readers: Readers) -> None:
    offline = tables.rows([replace(record(9), offline=True)], Ids())
    offline.rows["offline"] = True
    reading.add(1, FOLDER, rows(record(1), record(2, read=True), record(3)))
    reading.add(1, FOLDER, offline)
    readers.wait_stored(1)
    reading.add(1, FOLDER, rows(record(4)))
    readers.wait_stored(1)
    assert readers.asked == [(1, [1, 3]), (1, [4])]
    assert reading.waiting == 0
    assert readers.made == 1


def test_photos_in_sight_come_first_and_are_not_read_again(reading: MetadataPass, readers: Readers) -> None:
    readers.may.clear()
    all_records = [record(photo_id) for photo_id in range(1, 4 * BATCH + 1)]
    reading.add(1, FOLDER, rows(*all_records))
    assert readers.begun.acquire(timeout=WAIT_S)  # the first batch is under way
    seen = [all_records[index].photo for index in (0, 250, 333)]
    reading.look_at(seen)
    reading.look_at(seen)
    readers.may.set()
    readers.wait_stored(5)
    assert readers.asked[1] == (1, [251, 334])
    assert sorted(readers.ids) == list(range(1, 4 * BATCH + 1))


def test_a_folder_that_is_found_again_is_not_read_again(reading: MetadataPass, readers: Readers) -> None:
    readers.may.clear()
    found = rows(*(record(photo_id) for photo_id in range(1, BATCH + 11)))
    reading.add(1, FOLDER, found)
    assert readers.begun.acquire(timeout=WAIT_S)
    reading.add(1, FOLDER, found)  # some under way, some waiting
    readers.may.set()
    readers.wait_stored(2)
    assert sorted(readers.ids) == list(range(1, BATCH + 11))
    assert reading.waiting == 0


def test_a_file_that_changed_while_it_waited_is_read_as_it_is_now(reading: MetadataPass, readers: Readers) -> None:
    readers.may.clear()
    reading.add(1, FOLDER, rows(record(1)))
    assert readers.begun.acquire(timeout=WAIT_S)
    reading.add(1, FOLDER, rows(record(2), record(3)))
    reading.add(1, FOLDER, rows(record(1, mtime_ns=2), record(2, mtime_ns=2)))
    readers.may.set()
    readers.wait_stored(3)
    assert readers.ids == [1, 3, 1, 2]
    assert reading.waiting == 0


def test_what_was_read_by_decoding_is_not_read_again(reading: MetadataPass, readers: Readers) -> None:
    reading.pause()
    reading.add(1, FOLDER, rows(record(1), record(2), record(3)))
    reading.drop([2, 4])
    reading.resume()
    readers.wait_stored(1)
    assert readers.ids == [1, 3]
    assert reading.waiting == 0


def test_nothing_begins_while_it_is_paused(reading: MetadataPass, readers: Readers) -> None:
    reading.pause()
    reading.add(1, FOLDER, rows(record(1)))
    assert reading.waiting == 1
    assert readers.asked == []
    reading.resume()
    readers.wait_stored(1)
    assert readers.ids == [1]


def test_other_folders_take_the_place_of_those_before(reading: MetadataPass, readers: Readers) -> None:
    readers.may.clear()
    reading.add(1, FOLDER, rows(*(record(photo_id) for photo_id in range(1, 2 * BATCH + 1))))
    assert readers.begun.acquire(timeout=WAIT_S)
    reading.open(2)
    reading.add(1, FOLDER, rows(record(900)))  # of the scan before
    reading.add(2, FOLDER, rows(record(1), record(901)))
    readers.may.set()
    readers.wait_stored(2)
    assert readers.asked == [(1, list(range(1, BATCH + 1))), (2, [1, 901])]
    assert reading.waiting == 0


def test_names_in_the_grid_come_first(readers: Readers, bugs: list[BaseException]) -> None:
    reading = MetadataPass(readers.make, bugs.append, processes=1, start_s=3600)
    reading.open(1)
    reading.add(1, FOLDER, rows(record(1)))
    assert readers.asked == []
    reading.begin(0)  # of another scan
    assert readers.asked == []
    reading.begin(1)
    readers.wait_stored(1)
    reading.close()


def test_only_large_folders_are_worth_many_processes(readers: Readers, bugs: list[BaseException]) -> None:
    readers.may.clear()
    reading = MetadataPass(readers.make, bugs.append, processes=3, start_s=0.0, rest_s=60)
    reading.open(1)
    reading.add(1, FOLDER, rows(*(record(photo_id) for photo_id in range(1, 5 * PER_THREAD))))
    for _ in range(3):
        assert readers.begun.acquire(timeout=WAIT_S)
    assert readers.made == 3
    reading.close()
    assert readers.closed == 3


def test_processes_end_when_there_is_nothing_to_read(readers: Readers, bugs: list[BaseException]) -> None:
    reading = MetadataPass(readers.make, bugs.append, processes=1, start_s=0.0, rest_s=0.0)
    reading.open(1)
    for photo_id in (1, 2):
        reading.add(1, FOLDER, rows(record(photo_id)))
        thread = next(iter(reading._threads), None)
        readers.wait_stored(1)
        if thread is not None:
            thread.join(WAIT_S)
            assert not thread.is_alive()
    assert (readers.ids, readers.made, readers.closed) == ([1, 2], 2, 2)
    reading.close()


@pytest.mark.usefixtures("caplog")
def test_where_nothing_can_be_read_ahead_photos_are_read_later(
    reading: MetadataPass, readers: Readers, bugs: list[BaseException]
) -> None:
    readers.fails = OSError("no more processes")
    reading.add(1, FOLDER, rows(record(1)))
    assert readers.begun.acquire(timeout=WAIT_S)
    reading.close()
    assert (reading.waiting, bugs) == (0, [])


@pytest.mark.usefixtures("caplog")
def test_a_bug_is_loud(reading: MetadataPass, readers: Readers, bugs: list[BaseException]) -> None:
    readers.fails = LookupError("nobody foresaw this")
    reading.add(1, FOLDER, rows(record(1)))
    assert readers.begun.acquire(timeout=WAIT_S)
    reading.close()
    assert bugs == [readers.fails]


# with files and a library


@pytest.fixture
def bundle(tmp_path: Path) -> Bundle:
    return write_bundle(tmp_path / "bundle", b"no model is needed here")


def make_photos(folder: Path, count: int) -> None:
    for number in range(count):
        pictures.photo(
            folder / f"IMG_{number}.jpg",
            size=(32, 24),
            taken_at=datetime(2024, 5, 1, 10, number // 60, number % 60),
            gps=(48.5, 2.5) if number % 2 else None,
        )


def read_into(library_path: Path, folder: Path, bundle: Bundle, stop_after: int | None = None) -> tuple[list[int], int]:
    """Open the folder and read ahead; returns what was read, and how many photos of the library have no facts then."""
    db = Lane("db")
    library = db.call(Library.open, library_path)
    told: list[int] = []
    problems: list[BaseException] = []
    enough = threading.Event()

    def tell(_: int, found: FactRows, __: object) -> None:
        told.extend(found.ids)
        if len(told) >= (stop_after or wanted):
            enough.set()

    reading = MetadataPass(
        lambda: LibraryReader(db, library, lambda: bundle, tell=tell, problem=problems.append, reader=MetadataReader()),
        problems.append,
        processes=1,
        start_s=0.0,
    )
    reading.open(1)
    entries = [entry for listing in scan([folder]) for entry in listing.entries]
    found = photo_rows(db.call(library.sync_rows, folder, entries, bundle.key), Ids())
    wanted = int((~found.rows["facts_read"]).sum())
    reading.add(1, folder, found)
    assert wanted == 0 or enough.wait(60)
    reading.close()
    records = db.call(library.sync_folder, folder, entries, bundle.key)
    db.call(library.close)
    db.close()
    assert problems == []
    for one in records:
        if one.photo.facts_read:
            number = int(one.photo.path.stem[4:])
            assert one.photo.facts.taken_at == datetime(2024, 5, 1, 10, number // 60, number % 60)
            assert one.photo.facts.has_gps == bool(number % 2)
    return told, sum(not one.photo.facts_read for one in records)


def test_what_was_read_is_kept_and_never_read_again(tmp_path: Path, bundle: Bundle) -> None:
    make_photos(tmp_path / "photos", 2 * BATCH + 50)
    library = tmp_path / "library.sqlite"
    first, left = read_into(library, tmp_path / "photos", bundle, stop_after=1)  # broken off
    assert len(first) >= BATCH
    assert left == 2 * BATCH + 50 - len(first)
    second, left = read_into(library, tmp_path / "photos", bundle)
    assert not set(first) & set(second)
    assert len(first) + len(second) == 2 * BATCH + 50
    assert left == 0
    assert read_into(library, tmp_path / "photos", bundle) == ([], 0)


def test_dates_and_positions_are_shown_before_anything_is_decoded(
    tmp_path: Path, qtbot: QtBot, bundle: Bundle, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The model does not load, so nothing is ever decoded: what is known comes from the pass."""

    def make(_: Bundle, __: Settings) -> Classifier:
        raise BundleError(ErrorCode.BUNDLE_MODEL, name="none", reason="there is none")

    monkeypatch.setattr(metadata_reading, "MetadataReader", lambda **_: MetadataReader())
    make_photos(tmp_path / "photos", 5)
    (tmp_path / "photos" / "IMG_9.jpg").write_bytes(b"no picture at all")
    workspace = Workspace(tmp_path / "library.sqlite", bundle, Settings(tmp_path / "settings.json"), make)
    try:
        workspace.open([tmp_path / "photos"])
        qtbot.waitUntil(lambda: len(workspace.photos) == 6 and workspace.metadata.waiting == 0, timeout=20_000)
        qtbot.waitUntil(lambda: all(one.photo.facts_read for one in workspace.records()), timeout=20_000)
        facts = [one.photo.facts for one in workspace.records()]
        assert [one.taken_at.second if one.taken_at else None for one in facts] == [0, 1, 2, 3, 4, None]
        assert [one.has_gps for one in facts] == [False, True, False, True, False, False]
        assert facts[0].width is None
    finally:
        workspace.close()


def test_photos_read_ahead_are_not_read_again_when_they_are_decoded(
    tmp_path: Path, bundle: Bundle, monkeypatch: pytest.MonkeyPatch
) -> None:
    from landmark_desktop.services import preparation

    def refuse(_: Photo) -> None:
        raise MetadataError(ErrorCode.METADATA_UNREADABLE, name="it", reason="it was read a second time")

    path = pictures.photo(tmp_path / "1.jpg", size=(64, 48))
    facts = replace(Photo(1, path, FileIdentity(0, 0)).facts, latitude=1.0, longitude=2.0)
    known = Photo(1, path, FileIdentity.of(path), facts, facts_read=True)
    monkeypatch.setattr(preparation, "read_metadata", refuse)
    prepared = preparation.Preparation(bundle, lambda _: None).prepare(known, lambda *_: None)
    assert (prepared.facts.latitude, prepared.facts.width) == (1.0, 64)
    changed = replace(known, identity=FileIdentity(1, 1))
    assert preparation.Preparation(bundle, lambda _: None).prepare(changed, lambda *_: None).facts.latitude is None
