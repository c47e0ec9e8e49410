"""The photos that tests make say what the tests ask for."""

from datetime import datetime
from pathlib import Path

import pytest

from landmark_desktop.metadata.reader import read_facts
from tests.pictures import photo


@pytest.mark.parametrize("suffix", ["jpg", "png", "tif", "webp", "heic"])
@pytest.mark.parametrize("taken_at", [None, datetime(2024, 5, 1, 10, 11, 12)], ids=["a position alone", "with a time"])
def test_a_photo_says_its_position_and_time(suffix: str, taken_at: datetime | None, tmp_path: Path) -> None:
    facts = read_facts(photo(tmp_path / f"a.{suffix}", size=(60, 40), gps=(48.86, -2.3), taken_at=taken_at))
    assert (facts.latitude, facts.longitude) == (pytest.approx(48.86), pytest.approx(-2.3))
    assert facts.taken_at == taken_at


def test_a_photo_that_is_asked_nothing_says_nothing(tmp_path: Path) -> None:
    facts = read_facts(photo(tmp_path / "a.jpg", size=(60, 40)))
    assert facts.taken_at is None
    assert not facts.has_gps
