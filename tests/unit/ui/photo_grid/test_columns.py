"""Which photos are shown, and in which order; many photos are judged like one."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from landmark_desktop.core.errors import ErrorCode, PhotoError
from landmark_desktop.core.guess import Guess, Guesses, Thresholds
from landmark_desktop.core.photo import FileIdentity, Photo, PhotoFacts
from landmark_desktop.core.positions import position_keys
from landmark_desktop.core.record import PhotoRecord
from landmark_desktop.core.review import Review, ReviewState
from landmark_desktop.services.photo_table import PhotoTable
from landmark_desktop.ui.photo_grid.columns import BUCKETS, WAITING, TileColumns
from landmark_desktop.ui.photo_grid.filter import PhotoQuery, PlaceFilter, SortOrder
from landmark_desktop.ui.photo_grid.tile import Bucket, TileMaker
from tests import tables
from tests.bundles import LANDMARKS, THRESHOLDS

KNOWN = {landmark.id: landmark for landmark in LANDMARKS}


def record(
    photo_id: int, name: str, guess: tuple[str, float] | None = None, *, taken: datetime | None = None
) -> PhotoRecord:
    photo = Photo(photo_id, Path("/trip", name), FileIdentity(1, 1), PhotoFacts(taken_at=taken))
    guesses = Guesses((Guess(*guess), Guess("other", 0.0)), 0.1) if guess is not None else None
    return PhotoRecord(photo, guesses)


SURE = record(1, "IMG_10.jpg", ("taj_mahal", 0.9), taken=datetime(2024, 5, 2))
SURER = record(2, "IMG_9.jpg", ("petra", 0.99), taken=datetime(2024, 5, 1, 12))
UNSURE = record(3, "x.jpg", ("eiffel_tower", 0.6), taken=datetime(2024, 5, 3))
NONE = record(4, "c.jpg", ("eiffel_tower", 0.05))
WAITS = record(5, "Y.jpg")


def columns_of(records: list[PhotoRecord], thresholds: Thresholds = THRESHOLDS) -> tuple[PhotoTable, TileColumns]:
    table = PhotoTable()
    columns = TileColumns(table)
    tables.put(table, records)
    columns.use(KNOWN, thresholds)
    return table, columns


def select(**query: object) -> list[int]:
    table, columns = columns_of([SURE, SURER, UNSURE, NONE, WAITS])
    return table.ids_at(columns.select(PhotoQuery(**query)))  # type: ignore[arg-type]


def test_by_folder_and_name_is_the_order_of_the_scan() -> None:
    assert select() == [1, 2, 3, 4, 5]


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
    assert select(words=PhotoQuery.words_of("y.JPG")) == [5]


def test_a_photo_that_waits_is_only_among_all() -> None:
    for bucket in Bucket:
        assert (WAITS.id in select(bucket=bucket)) is (bucket is Bucket.ALL)


def test_the_search_does_not_find_a_guess_that_nobody_believes() -> None:
    accepted = record(6, "z.jpg", ("eiffel_tower", 0.05)).with_review(Review(ReviewState.ACCEPTED, "eiffel_tower"))
    table, columns = columns_of([NONE, accepted, UNSURE])
    assert table.ids_at(columns.select(PhotoQuery(words=("paris",)))) == [accepted.id, UNSURE.id]


def test_a_renamed_photo_is_found_under_its_new_name_only() -> None:
    table, columns = columns_of([WAITS])
    assert table.ids_at(columns.select(PhotoQuery(words=("y.jpg",)))) == [5]
    tables.put(table, [record(5, "renamed.jpg")])
    columns.derive(np.array([0], np.int32))
    assert table.ids_at(columns.select(PhotoQuery(words=("y.jpg",)))) == []
    assert table.ids_at(columns.select(PhotoQuery(words=("renamed",)))) == [5]


def test_photos_that_are_gone_are_neither_shown_nor_counted() -> None:
    table, columns = columns_of([SURE, UNSURE])
    table.remove(np.array([0], np.int32))
    assert table.ids_at(columns.select(PhotoQuery())) == [UNSURE.id]
    assert columns.counts()[Bucket.ALL] == 1
    assert columns.counts()[Bucket.LANDMARK] == 0


confidences = st.floats(0.0, 1.0, width=32)
guess_lists = st.lists(st.tuples(st.sampled_from(["eiffel_tower", "petra", "unknown"]), confidences), max_size=4)
reviews = st.sampled_from(
    [None, Review(ReviewState.REJECTED, None), Review(ReviewState.ACCEPTED, "petra"), Review(ReviewState.ACCEPTED, "x")]
)
# Beside the Eiffel Tower, in its region, far away (and beside Petra), and no position.
positions = st.sampled_from([(48.86, 2.3), (49.0, 2.3), (30.33, 35.44), (None, None)])
records = st.builds(
    lambda guesses, novelty, review, failed, position: PhotoRecord(
        Photo(1, Path("/a.jpg"), FileIdentity(1, 1), PhotoFacts(latitude=position[0], longitude=position[1])),
        None if guesses is None else Guesses(tuple(Guess(*guess) for guess in guesses), novelty),
        review,
        error=PhotoError(ErrorCode.FILE_EMPTY, name="a.jpg") if failed else None,
    ),
    st.none() | guess_lists,
    confidences,
    reviews,
    st.booleans(),
    positions,
)


@given(records, st.tuples(confidences, confidences), confidences, confidences)
def test_many_photos_are_judged_like_one(
    one: PhotoRecord, limits: tuple[float, float], margin: float, novelty: float
) -> None:
    thresholds = Thresholds(max(limits), min(limits), margin, novelty)
    table, columns = columns_of([one], thresholds)
    tile = TileMaker(KNOWN, thresholds).tile(table.record(1))
    kept = table.record(1)
    assert replace(kept, error=None) == replace(one, error=None)
    assert str(kept.error) == str(one.error)
    assert columns.bucket[0] == (WAITING if tile.bucket is None else BUCKETS.index(tile.bucket))
    shown = table.ids.text(int(columns.landmark[0]))
    assert shown == (tile.landmark.id if tile.landmark is not None else None)
    assert columns.confidence[0] == pytest.approx(
        tile.confidence if tile.confidence is not None else float("nan"), abs=0, nan_ok=True
    )


@pytest.mark.parametrize(
    ("guess", "position", "bucket"),
    [
        (("eiffel_tower", 0.6), (48.86, 2.3), Bucket.LANDMARK),
        (("eiffel_tower", 0.6), (49.0, 2.3), Bucket.UNSURE),
        (("eiffel_tower", 0.97), (30.33, 35.44), Bucket.UNSURE),
        (("eiffel_tower", 0.97), (49.0, 2.3), Bucket.LANDMARK),
        (("eiffel_tower", 0.05), (48.86, 2.3), Bucket.NONE),
        (("unknown", 0.97), (30.33, 35.44), Bucket.LANDMARK),
    ],
)
def test_the_photos_own_position_settles_what_is_unsure_and_questions_what_is_far_away(
    guess: tuple[str, float], position: tuple[float, float], bucket: Bucket
) -> None:
    photo = Photo(1, Path("/a.jpg"), FileIdentity(1, 1), PhotoFacts(latitude=position[0], longitude=position[1]))
    one = PhotoRecord(photo, Guesses((Guess(*guess), Guess("petra", 0.0)), 0.1))
    _, columns = columns_of([one])
    assert BUCKETS[columns.bucket[0]] is bucket
    assert TileMaker(KNOWN, THRESHOLDS).tile(one).bucket is bucket


def placed_photo(
    photo_id: int, folder: str, guess: tuple[str, float] | None, gps: tuple[float, float] | None = None
) -> PhotoRecord:
    facts = PhotoFacts(latitude=gps[0], longitude=gps[1]) if gps is not None else PhotoFacts()
    guesses = Guesses((Guess(*guess), Guess("other", 0.0)), 0.1) if guess is not None else None
    return PhotoRecord(Photo(photo_id, Path(folder, f"{photo_id}.jpg"), FileIdentity(1, 1), facts), guesses)


ACCEPTED_PETRA = Review(ReviewState.ACCEPTED, "petra")
PLACED = [
    placed_photo(1, "/trip/paris", ("eiffel_tower", 0.9)),
    placed_photo(2, "/trip/paris/night", ("eiffel_tower", 0.6)),  # unsure
    placed_photo(3, "/trip/parish", ("eiffel_tower", 0.05)),  # not believed
    placed_photo(4, "/trip", ("taj_mahal", 0.95)).with_review(Review(ReviewState.REJECTED, None)),
    placed_photo(5, "/trip", ("eiffel_tower", 0.9)).with_review(ACCEPTED_PETRA),
    placed_photo(6, "/trip", None, (48.85, 2.29)),
    placed_photo(7, "/trip", ("petra", 0.95), (48.85, 2.29)),
]


def at(place: PlaceFilter) -> list[int]:
    table, columns = columns_of(PLACED)
    return table.ids_at(columns.select(PhotoQuery(place=place)))


def test_a_place_shows_what_was_accepted_there_and_what_is_believed_and_not_reviewed() -> None:
    assert sorted(at(PlaceFilter("Paris", frozenset({"eiffel_tower"})))) == [1, 2]
    assert sorted(at(PlaceFilter("Petra", frozenset({"petra"})))) == [5, 7]
    assert at(PlaceFilter("Agra", frozenset({"taj_mahal"}))) == []
    assert at(PlaceFilter("nowhere", frozenset({"unheard_of"}))) == []


def test_positions_of_their_own_place_photos_that_are_at_no_landmark() -> None:
    key = int(position_keys(np.array([48.85]), np.array([2.29]))[0])
    assert at(PlaceFilter("here", positions=frozenset({key}))) == [6]
    assert sorted(at(PlaceFilter("here", frozenset({"petra"}), frozenset({key})))) == [5, 6, 7]


def test_a_folder_shows_its_photos_and_those_below_it() -> None:
    table, columns = columns_of(PLACED)
    assert sorted(table.ids_at(columns.select(PhotoQuery(folder=Path("/trip/paris"))))) == [1, 2]
    assert len(columns.select(PhotoQuery(folder=Path("/trip")))) == len(PLACED)
    assert len(columns.select(PhotoQuery(folder=Path("/elsewhere")))) == 0


def test_place_folder_verdict_and_words_all_have_to_fit() -> None:
    table, columns = columns_of(PLACED)
    query = PhotoQuery(
        Bucket.UNSURE, ("2",), place=PlaceFilter("Paris", frozenset({"eiffel_tower"})), folder=Path("/trip/paris")
    )
    assert table.ids_at(columns.select(query)) == [2]
    assert len(columns.select(replace(query, folder=Path("/trip/parish")))) == 0
