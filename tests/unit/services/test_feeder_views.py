"""Which photos the engine gets first: those in sight, then those that were seen last, with another engine too."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from landmark_desktop.core.photo import FileIdentity, Photo
from landmark_desktop.core.record import PhotoRecord
from landmark_desktop.services import feeder
from landmark_desktop.services.feeder import Feeder
from landmark_desktop.services.photo_table import PhotoTable
from tests.tables import put


class Engine:
    """Keeps what it is given as the engine does: appended, unless it is put first."""

    def __init__(self) -> None:
        self.order: list[int] = []

    def add(self, photos: Iterable[Photo]) -> None:
        self.order += [photo.id for photo in photos]

    def prioritise(self, photo_ids: Sequence[int]) -> None:
        first = [photo_id for photo_id in photo_ids if photo_id in self.order]
        self.order = first + [photo_id for photo_id in self.order if photo_id not in first]


class Setup:
    """A table of photos of which none is classified, and a feeder with an engine."""

    def __init__(self, count: int) -> None:
        self.table = PhotoTable()
        records = [
            PhotoRecord(Photo(number, Path("/photos") / f"{number:03}.jpg", FileIdentity(1, 1)))
            for number in range(count)
        ]
        put(self.table, records)
        self.engine = Engine()
        self.feeder = Feeder(self.table, lambda: self.engine)

    def replace_engine(self) -> None:
        self.engine = Engine()
        self.feeder.reset()


@pytest.fixture(autouse=True)
def _few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeder, "FEED", 6)


def test_another_engine_gets_the_newest_view_first() -> None:
    setup = Setup(20)
    setup.feeder.prioritise([2, 3])
    setup.feeder.prioritise([12, 11])
    setup.replace_engine()
    setup.feeder.feed()
    assert setup.engine.order == [12, 11, 2, 3, 0, 1]


def test_what_was_viewed_overtakes_what_the_engine_has() -> None:
    setup = Setup(20)
    setup.feeder.prioritise([12])
    setup.replace_engine()
    setup.engine.order = [18, 19]
    setup.feeder.feed()
    assert setup.engine.order == [12, 18, 19, 0, 1, 2, 3, 4]


def test_only_so_many_views_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeder, "VIEWED", 2)
    setup = Setup(20)
    setup.feeder.prioritise([9, 8, 7])
    setup.replace_engine()
    setup.feeder.feed()
    assert setup.engine.order == [9, 8, 0, 1, 2, 3]
