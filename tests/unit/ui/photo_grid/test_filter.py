"""Which photos are shown, and in which order."""

from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from landmark_desktop.core.guess import Guess, Guesses
from landmark_desktop.core.photo import FileIdentity, Photo, PhotoFacts
from landmark_desktop.core.record import PhotoRecord
from landmark_desktop.ui.photo_grid.filter import PhotoQuery, SortOrder
from landmark_desktop.ui.photo_grid.tile import Bucket, Tile, TileMaker
from tests.bundles import LANDMARKS, THRESHOLDS

MAKER = TileMaker({landmark.id: landmark for landmark in LANDMARKS}, THRESHOLDS, count())


def tile(
    photo_id: int,
    name: str,
    guess: tuple[str, float] | None = None,
    *,
    taken: datetime | None = None,
) -> Tile:
    photo = Photo(photo_id, Path("/trip", name), FileIdentity(1, 1), PhotoFacts(taken_at=taken))
    guesses = Guesses((Guess(*guess), Guess("other", 0.0)), 0.1) if guess is not None else None
    return MAKER.tile(PhotoRecord(photo, guesses))


SURE = tile(1, "b/IMG_10.jpg", ("taj_mahal", 0.9), taken=datetime(2024, 5, 2))  # cameras know no zone
SURER = tile(2, "b/IMG_9.jpg", ("petra", 0.99), taken=datetime(2024, 5, 1, 12, tzinfo=UTC))
UNSURE = tile(3, "a/x.jpg", ("eiffel_tower", 0.6), taken=datetime(2024, 5, 3))
NONE = tile(4, "c.jpg", ("eiffel_tower", 0.05))
WAITING = tile(5, "B/y.jpg")
ALL = [SURE, SURER, UNSURE, NONE, WAITING]


def select(**query: object) -> list[int]:
    return PhotoQuery(**query).select(ALL)  # type: ignore[arg-type]


def test_by_folder_and_name_is_the_order_of_the_scan() -> None:
    assert PhotoQuery().select(reversed(ALL)) == [1, 2, 3, 4, 5]


def test_dates_come_in_order_and_unknown_ones_last() -> None:
    assert select(order=SortOrder.DATE) == [2, 1, 3, 4, 5]


def test_the_most_confident_come_first() -> None:
    assert select(order=SortOrder.CONFIDENCE) == [2, 1, 3, 4, 5]


def test_the_least_certain_are_those_that_need_eyes_not_those_without_landmark() -> None:
    assert select(order=SortOrder.LEAST_CERTAIN) == [3, 1, 2, 4, 5]


def test_by_landmark_photos_without_one_come_last() -> None:
    assert select(order=SortOrder.LANDMARK) == [3, 2, 1, 4, 5]


def test_filters_and_words_both_have_to_fit() -> None:
    assert select(bucket=Bucket.LANDMARK) == [1, 2]
    assert select(words=PhotoQuery.words_of("JORDAN img")) == [2]
    assert select(bucket=Bucket.UNSURE, words=PhotoQuery.words_of("jordan")) == []


def test_a_photo_that_waits_is_only_among_all() -> None:
    for bucket in Bucket:
        assert (WAITING.id in select(bucket=bucket)) is (bucket is Bucket.ALL)


def test_a_query_knows_whether_it_hides_photos() -> None:
    assert not PhotoQuery(order=SortOrder.DATE).narrows
    assert PhotoQuery(words=("x",)).narrows
    assert PhotoQuery(Bucket.NONE).narrows
