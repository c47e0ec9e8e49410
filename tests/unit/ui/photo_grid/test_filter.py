"""What the user chose to see."""

from landmark_desktop.ui.photo_grid.filter import PhotoQuery, SortOrder
from landmark_desktop.ui.photo_grid.tile import Bucket


def test_a_query_knows_whether_it_hides_photos() -> None:
    assert not PhotoQuery(order=SortOrder.DATE).narrows
    assert PhotoQuery(words=("x",)).narrows
    assert PhotoQuery(Bucket.NONE).narrows


def test_a_search_text_is_words_without_case_and_accents() -> None:
    assert PhotoQuery.words_of("  Família  IMG_1 ") == ("familia", "img_1")
