"""The facts of a photo in the panel."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from landmark_desktop.core.camera import CameraFacts
from landmark_desktop.ui.photo_facts import exposure_text
from tests.gui.conftest import OpenWindow
from tests.gui.helpers import GREEN, RED, choose, paint_photo


@pytest.fixture
def plain_locale() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale.c())
    yield
    QLocale.setDefault(before)


@pytest.mark.usefixtures("plain_locale")
@pytest.mark.parametrize(
    ("facts", "text"),
    [
        (
            CameraFacts(exposure=(1, 250), aperture=8.0, iso=100, focal=35.0, focal_35mm=35),
            "1/250 s, f/8, ISO 100, 35 mm",
        ),
        (CameraFacts(exposure=(10, 5), aperture=2.8), "2 s, f/2.8"),
        (CameraFacts(exposure=(3, 10)), "0.3 s"),
        (CameraFacts(exposure=(140213, 25000000)), "1/178 s"),
        (CameraFacts(focal=4.25, focal_35mm=26), "4.3 mm (as 26 mm on full frame)"),
        (CameraFacts(), ""),
    ],
)
def test_an_exposure_reads_as_photographers_write_it(facts: CameraFacts, text: str) -> None:
    assert exposure_text(facts) == text


def test_the_panel_tells_camera_time_size_and_folder(open_window: OpenWindow, tmp_path: Path, qtbot: QtBot) -> None:
    folder = tmp_path / "trip"
    paint_photo(folder / "1.jpg", RED, camera="EOS R6", taken_at=datetime(2024, 5, 12, 14, 3))
    paint_photo(folder / "2.jpg", GREEN)
    window = open_window([folder])
    facts = window.panel.facts
    choose(window, "1.jpg")
    qtbot.waitUntil(lambda: facts.camera.text() == "EOS R6" and "MP" in facts.size_.text())
    assert facts.size_.text().startswith("120 × 80, 0.0 MP")
    assert "24" in facts.taken.text()
    assert facts.folder.text() == "trip"
    assert facts.folder.toolTip() == str(folder)
    assert not facts.lens.isVisible()
    choose(window, "2.jpg")
    assert not facts.camera.isVisible()  # not the camera of another photo
    assert not facts.taken.isVisible()


def test_a_fact_can_be_selected_and_copied(open_window: OpenWindow, tmp_path: Path, qtbot: QtBot) -> None:
    folder = tmp_path / "trip"
    paint_photo(folder / "1.jpg", RED)
    window = open_window([folder])
    choose(window, "1.jpg")
    label = window.panel.facts.folder
    label.setFocus()
    label.setSelection(0, len(label.text()))
    qtbot.keyClick(label, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == "trip"
