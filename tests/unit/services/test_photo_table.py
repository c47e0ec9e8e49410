"""Photos as rows: what goes in comes out, places, and what is gone."""

from datetime import datetime
from pathlib import Path

import numpy as np
import pytest

from landmark_desktop.core.errors import ErrorCode, PhotoError
from landmark_desktop.core.guess import Guess, Guesses
from landmark_desktop.core.photo import FileIdentity, Photo, PhotoFacts, PhotoFile
from landmark_desktop.core.record import PhotoRecord
from landmark_desktop.core.review import Review, ReviewState
from landmark_desktop.services.photo_rows import Ids
from landmark_desktop.services.photo_table import PhotoTable
from landmark_desktop.services.scanner import below
from tests import tables

TRIP = Path("/trip")
ROOT = (0, ())
FULL = PhotoRecord(
    Photo(
        7,
        TRIP / "a é.jpg",
        FileIdentity(5_000_000_000, 1_700_000_000_123_456_789, "ab" * 16),
        PhotoFacts(6000, 4000, datetime(2024, 5, 1, 10, 11, 12), -33.85, 151.2),
        (PhotoFile("a é.cr2", 30, 40),),
    ),
    Guesses(tuple(Guess(f"landmark {number}", 0.1 * number) for number in range(10)), 0.25),
    Review(ReviewState.ACCEPTED, "petra", taken_here=False),
    "eiffel_tower",
)


def record(photo_id: int, name: str = "", review: Review | None = None, folder: Path = TRIP) -> PhotoRecord:
    return PhotoRecord(Photo(photo_id, folder / (name or f"{photo_id}.jpg"), FileIdentity(1, 1)), review=review)


def put(table: PhotoTable, *records: PhotoRecord, first: int = 0) -> tuple[list[int], list[int]]:
    return table.put(tables.rows(records, table.ids), TRIP, ROOT, first)


def test_records_come_out_as_they_went_in() -> None:
    table = PhotoTable()
    empty = record(8)
    error = PhotoError(ErrorCode.FILE_EMPTY, name="9.jpg")
    put(table, FULL, empty, PhotoRecord(record(9).photo, error=error))
    assert table.record(7) == FULL
    assert table.photo(7) == FULL.photo
    assert table.record(8) == empty
    assert str(table.record(9).error) == str(error)
    with pytest.raises(KeyError):
        table.record(10)


def test_new_photos_are_told_from_known_ones_and_the_users_answer_stays() -> None:
    table = PhotoTable()
    assert put(table, record(1), record(2)) == ([1, 2], [])
    table.set_review(1, Review(ReviewState.REJECTED, None))
    assert put(table, record(1, "renamed.jpg"), record(3)) == ([3], [1])
    assert table.record(1).review == Review(ReviewState.REJECTED, None)
    assert table.record(1).photo.path == TRIP / "renamed.jpg"
    table.set_review(1, None)
    assert table.record(1).review is None


def test_news_of_photos_that_are_not_open_are_left_out() -> None:
    table = PhotoTable()
    put(table, record(1))
    assert table.put(tables.rows([FULL, record(1)], table.ids)) == ([], [1])
    assert 7 not in table


def test_photos_are_in_the_order_of_folders_and_places_whatever_came_first() -> None:
    table = PhotoTable()
    day_1, day_2 = below(ROOT, "day 1"), below(ROOT, "day 2")
    table.put(tables.rows([record(5, folder=TRIP / "day 2")], table.ids), TRIP / "day 2", day_2)
    put(table, record(1), record(2), first=1)
    before = table.arrangement
    put(table, record(3), first=0)
    assert table.arrangement == before
    table.put(tables.rows([record(4, folder=TRIP / "day 1")], table.ids), TRIP / "day 1", day_1)
    assert table.arrangement != before
    assert table.all_ids() == [3, 1, 2, 4, 5]
    assert [folder for folder, _ in table.folders()] == [TRIP, TRIP / "day 1", TRIP / "day 2"]


def test_the_order_follows_every_change() -> None:
    table = PhotoTable()
    put(table, record(1), first=5)
    assert table.all_ids() == [1]
    put(table, record(2), record(3), first=3)
    assert table.all_ids() == [2, 3, 1]
    put(table, record(3), first=9)
    assert table.all_ids() == [2, 1, 3]


def test_a_photo_that_moved_to_another_folder_is_no_longer_in_the_first() -> None:
    table = PhotoTable()
    put(table, record(1), record(2))
    other = below(ROOT, "other")
    table.put(tables.rows([record(1, folder=TRIP / "other")], table.ids), TRIP / "other", other)
    assert table.ids_at(table.in_folder(TRIP, ROOT)) == [2]
    assert table.ids_at(table.in_folder(TRIP / "other", other)) == [1]
    assert table.record(1).photo.path == TRIP / "other" / "1.jpg"


def test_a_photo_that_is_gone_can_still_be_read_and_may_come_back() -> None:
    table = PhotoTable()
    put(table, record(1), record(2))
    assert table.remove(table.slots([1])) == [1]
    assert table.remove(table.slots([1])) == []
    assert (len(table), 1 in table, table.all_ids()) == (1, False, [2])
    assert table.record(1) == record(1)
    assert not table.is_waiting(1)
    assert put(table, record(1), record(2)) == ([1], [2])
    assert (len(table), 1 in table) == (2, True)


def test_photos_of_a_drive_that_is_away_do_not_wait() -> None:
    table = PhotoTable()
    put(table, record(1), record(2))
    assert table.set_offline(table.slots([1]), True) == [1]
    assert table.set_offline(table.slots([1]), True) == []
    assert table.record(1).offline
    assert table.waiting(5) == [2]
    put(table, record(1))
    assert not table.record(1).offline


def test_what_waits_to_be_written_is_known_in_order() -> None:
    accepted = Review(ReviewState.ACCEPTED, "petra")
    table = PhotoTable()
    written = PhotoRecord(record(3).photo, review=accepted, tagged="petra")
    put(table, record(1, review=accepted), record(2, review=Review(ReviewState.REJECTED, None)), written)
    put(table, record(4, review=accepted), first=-1)
    assert table.pending_tags() == [4, 1]


def test_the_table_grows_without_losing_anything() -> None:
    table = PhotoTable()
    for start in range(0, 5000, 700):
        put(table, *(record(number) for number in range(start, start + 700)), first=start)
    assert table.all_ids() == list(range(start + 700))
    assert table.record(0) == record(0)
    assert np.all(table.column("size") == 1)


def test_columns_cannot_be_written_to_from_outside() -> None:
    table = PhotoTable()
    put(table, record(1))
    with pytest.raises(ValueError, match="read-only"):
        table.column("size")[0] = 5


def test_numbers_of_texts_are_stable() -> None:
    ids = Ids()
    assert [ids.number(text) for text in ("a", "b", "a", None)] == [0, 1, 0, -1]
    assert [ids.text(0), ids.text(-1), ids.known(1)] == ["a", None, "b"]


def test_waiting_photos_come_first_wanted_first_and_then_by_folder_and_name() -> None:
    table = PhotoTable()
    tables.put(table, [record(number) for number in range(100)])
    assert table.waiting(4) == [0, 1, 2, 3]
    assert table.waiting(4, first=[70, 50], without=[0, 2]) == [70, 50, 1, 3]
    assert table.waiting(2, first=[70, 50, 60]) == [70, 50]
    assert table.waiting(2, first=[50], without=[50]) == [0, 1]


def test_a_hundred_thousand_photos_take_few_bytes_each() -> None:
    """Columns, names and what leads from an id to its row; a photo as objects takes ten times as much."""
    import tracemalloc

    from landmark_desktop.services.photo_rows import ROW, PhotoRows

    count, part = 20_000, 1_000
    table = PhotoTable(Ids())
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        for start in range(0, count, part):
            found = np.zeros(part, ROW)
            found["id"] = np.arange(start + 1, start + part + 1)
            names = [f"IMG_{number:05}.jpg" for number in range(start, start + part)]
            table.put(PhotoRows(found, names, {}, {}), Path("/photos"), (0, ()), start)
        taken = tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()
    assert len(table) == count
    assert taken / count < 900
