"""What the slider is said to do is what it does: counts as the grid has them, wrong ones as confidences promise."""

from pathlib import Path

import numpy as np
import pytest

from landmark_desktop.core.guess import Thresholds
from landmark_desktop.services.photo_rows import NO_GUESSES, NO_ID, ROW, PhotoRows
from landmark_desktop.services.photo_table import PhotoTable
from landmark_desktop.ui.photo_grid.columns import TileColumns
from landmark_desktop.ui.photo_grid.forecast import forecast
from landmark_desktop.ui.photo_grid.tile import Bucket
from tests.bundles import EIFFEL, LANDMARKS

THRESHOLDS = Thresholds(accept=0.8, reject=0.3, margin=0.2, novelty_limit=0.9)


def filled(confidences: list[float], *, latitude: float = np.nan, longitude: float = np.nan) -> PhotoTable:
    """Photos whose first guess is the Eiffel Tower with these confidences, and nothing else; NaN: not classified."""
    photos = PhotoTable()
    count = len(confidences)
    rows = np.zeros(count, ROW)
    rows["id"] = np.arange(count) + 1
    rows["guessed"] = np.where(np.isnan(confidences), NO_GUESSES, 1)
    rows["confidences"][:, 0] = confidences
    rows["landmarks"][:, 0] = photos.ids.number(EIFFEL.id)
    rows["review_landmark"] = rows["tagged"] = NO_ID
    rows["latitude"], rows["longitude"] = latitude, longitude
    photos.put(PhotoRows(rows, [f"{number}.jpg" for number in range(count)], {}, {}), Path("/trip"), (0, ()), 0)
    return photos


def columns_of(photos: PhotoTable, thresholds: Thresholds = THRESHOLDS) -> TileColumns:
    columns = TileColumns(photos)
    columns.use({landmark.id: landmark for landmark in LANDMARKS}, thresholds)
    return columns


@pytest.mark.parametrize("boldness", [-1.0, -0.4, 0.0, 0.3, 1.0])
def test_it_counts_what_the_grid_shows_with_these_thresholds(boldness: float) -> None:
    photos = filled(np.random.default_rng(1).uniform(0, 1, 300).tolist())
    moved = THRESHOLDS.adjusted(boldness)
    expected = forecast(columns_of(photos), photos, moved, 79)
    assert expected.photos == 300
    assert expected.recognised == columns_of(photos, moved).counts()[Bucket.LANDMARK]
    assert 0 < expected.recognised < 300


def test_the_wrong_ones_are_what_is_missing_to_certainty() -> None:
    photos = filled([0.9, 0.95, 0.5, 0.1, float("nan")])
    expected = forecast(columns_of(photos), photos, THRESHOLDS, 79)
    assert (expected.photos, expected.recognised) == (4, 2)
    assert expected.wrong == pytest.approx(0.1 + 0.05)


def test_a_guess_that_the_photos_own_position_confirms_is_hardly_wrong() -> None:
    photos = filled([0.5], latitude=48.858, longitude=2.294)  # at the Eiffel Tower
    expected = forecast(columns_of(photos), photos, THRESHOLDS, 79)
    assert expected.recognised == 1
    assert expected.wrong == pytest.approx((0.5 / 79) / (0.5 + 0.5 / 79))


def test_photos_that_are_gone_do_not_count_and_nothing_is_changed() -> None:
    photos = filled([0.9, 0.95])
    columns = columns_of(photos)
    photos.remove(photos.slots([1]))
    before = columns.bucket.copy()
    assert forecast(columns, photos, THRESHOLDS.adjusted(-1.0), 79).photos == 1
    assert np.array_equal(columns.bucket, before)


def test_an_empty_table_has_nothing_to_say() -> None:
    photos = PhotoTable()
    assert forecast(columns_of(photos), photos, THRESHOLDS, 79).photos == 0
