"""What the user chose to see."""

from pathlib import Path

from landmark_desktop.ui.photo_grid.filter import PhotoQuery, PlaceFilter, SortOrder
from landmark_desktop.ui.photo_grid.tile import Bucket

PARIS = PlaceFilter("Paris", frozenset({"eiffel_tower"}))


def test_a_query_knows_whether_it_hides_photos() -> None:
    assert not PhotoQuery(order=SortOrder.DATE).narrows
    assert PhotoQuery(words=("x",)).narrows
    assert PhotoQuery(Bucket.NONE).narrows
    assert PhotoQuery(place=PARIS).narrows
    assert PhotoQuery(folder=Path("/trip")).narrows


def test_another_order_shows_the_same_photos() -> None:
    query = PhotoQuery(Bucket.NONE, place=PARIS)
    assert query.same_photos(PhotoQuery(Bucket.NONE, order=SortOrder.DATE, place=PARIS))
    assert not query.same_photos(PhotoQuery(Bucket.NONE))


def test_a_search_text_is_words_without_case_and_accents() -> None:
    assert PhotoQuery.words_of("  Família  IMG_1 ") == ("familia", "img_1")
