"""What the engine is given, and when."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from landmark_desktop.core.guess import Guesses
from landmark_desktop.core.photo import FileIdentity, Photo
from landmark_desktop.core.record import PhotoRecord
from landmark_desktop.services.feeder import FEED, Feeder
from landmark_desktop.services.photo_table import PhotoTable
from tests import tables


class Engine:
    """Keeps what it is given."""

    def __init__(self) -> None:
        self.queue: list[int] = []
        self.first: list[int] = []

    def add(self, photos: Iterable[Photo]) -> None:
        self.queue += [photo.id for photo in photos]

    def prioritise(self, photo_ids: Sequence[int]) -> None:
        self.first = list(photo_ids)


def record(photo_id: int, *, done: bool = False) -> PhotoRecord:
    photo = Photo(photo_id, Path(f"/trip/{photo_id}.jpg"), FileIdentity(1, 1))
    return PhotoRecord(photo, Guesses((), 0.0) if done else None)


def fed(count: int) -> tuple[PhotoTable, Engine, Feeder]:
    table, engine = PhotoTable(), Engine()
    records = [record(number) for number in range(count)]
    table.put(tables.rows(records, table.ids), Path("/trip"))
    feeder = Feeder(table, lambda: engine)
    feeder.feed()
    return table, engine, feeder


def test_the_engine_gets_photos_in_order_and_never_all_of_a_large_folder() -> None:
    table, engine, feeder = fed(3 * FEED)
    assert engine.queue == list(range(FEED))
    feeder.feed()
    assert len(engine.queue) == FEED
    done = list(range(FEED // 2))
    tables.put(table, [record(number, done=True) for number in done])
    feeder.finish(done)
    feeder.feed()
    assert engine.queue[FEED:] == list(range(FEED, FEED + FEED // 2))


def test_photos_in_sight_are_given_and_come_first() -> None:
    table, engine, feeder = fed(3 * FEED)
    tables.put(table, [record(FEED + 8, done=True)])
    feeder.prioritise([FEED + 7, FEED + 8, 3])
    assert engine.queue[FEED:] == [FEED + 7]
    assert engine.first == [FEED + 7, FEED + 8, 3]


def test_after_a_stop_nothing_is_given_until_the_reset() -> None:
    _, engine, feeder = fed(10)
    feeder.stop()
    engine.queue.clear()
    feeder.feed()
    feeder.prioritise([1])
    assert engine.queue == []
    feeder.reset()
    feeder.feed()
    assert sorted(engine.queue) == list(range(10))
