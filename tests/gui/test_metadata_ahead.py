"""What the window shows of metadata that is read before anything is classified."""

from datetime import datetime
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from landmark_desktop.ui.main_window import MainWindow
from landmark_desktop.ui.photo_grid.filter import SortOrder
from tests.gui.conftest import OpenWindow
from tests.gui.helpers import GREY, Script, paint_photo, shown_names

PATIENCE_MS = 20_000


@pytest.fixture
def window(open_window: OpenWindow, script: Script, tmp_path: Path) -> MainWindow:
    """A window whose model never answers."""
    folder = tmp_path / "trip"
    for day, name in ((3, "a.jpg"), (1, "b.jpg"), (2, "c.jpg")):
        taken_at = datetime(2024, 5, day, 10, 11, 12)
        paint_photo(folder / name, GREY, seed=day, taken_at=taken_at, gps=(48.86, 2.29) if name == "b.jpg" else None)
    script.hold()
    window = open_window(wait=False)
    window.filters.set_order(SortOrder.DATE)
    window.open_paths([folder])
    return window


def test_the_order_by_date_is_right_before_anything_is_classified(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: shown_names(window) == ["b.jpg", "c.jpg", "a.jpg"], timeout=PATIENCE_MS)
    by_name = {record.photo.name: record for record in window.workspace.records()}
    assert [record.guesses for record in by_name.values()] == [None] * 3
    assert by_name["b.jpg"].photo.facts.has_gps
    assert not by_name["a.jpg"].photo.facts.has_gps
