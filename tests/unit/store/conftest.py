"""What the tests of the library share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from landmark_desktop.store.library import Library


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """An empty library."""
    opened = Library.open(tmp_path / "library.sqlite")
    yield opened
    opened.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder for photos."""
    made = tmp_path / "photos"
    made.mkdir()
    return made
