"""Words and numbers of the window."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from landmark_desktop.core.errors import ERROR_TEXTS, ErrorCode, KnownError
from landmark_desktop.core.guess import Guess, Guesses, decide
from landmark_desktop.core.photo import FileIdentity, Photo, PhotoFile
from landmark_desktop.core.record import PhotoRecord
from landmark_desktop.core.resources import resource_path
from landmark_desktop.services.progress import Progress
from landmark_desktop.ui import texts
from landmark_desktop.ui.photo_grid.tile import TileMaker
from tests.bundles import LANDMARKS, THRESHOLDS


@pytest.fixture
def german() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.German, QLocale.Country.Germany))
    yield
    QLocale.setDefault(before)


@pytest.mark.parametrize(
    ("share", "text"), [(0.0, "0 %"), (0.002, "<1 %"), (0.006, "1 %"), (0.97, "97 %"), (0.9999, "99 %"), (1.0, "100 %")]
)
def test_what_is_not_certain_is_neither_0_nor_100_percent(share: float, text: str) -> None:
    assert texts.percent(share) == text


def test_numbers_and_coordinates_follow_the_locale(german: None) -> None:
    assert texts.number(12408) == "12.408"
    assert texts.coordinates(48.85837, 2.29448) == "48,858; 2,294"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(10, "less than a minute left"), (360, "6 min left"), (7800, "2 h 10 min left")],
)
def test_the_time_left_is_rough(seconds: float, text: str) -> None:
    assert texts.time_left(seconds) == text


def test_the_rate_is_told_once_it_is_known() -> None:
    assert texts.rate(Progress(1, 10, None, None)) == ""
    assert texts.rate(Progress(1, 10, 24.4, 1.0)) == "24/s"
    assert texts.rate(Progress(1, 10, 2.46, 1.0)) == "2.5/s"


def test_distances_have_the_unit_that_reads_best() -> None:
    assert [texts.distance(km) for km in (0.123, 2.34, 812.6)] == ["120 m", "2.3 km", "813 km"]


def test_distances_are_in_miles_where_the_system_measures_so(monkeypatch: pytest.MonkeyPatch) -> None:
    american = QLocale("en_US")
    monkeypatch.setattr(texts.QLocale, "system", lambda: american)
    assert [texts.distance(km) for km in (0.123, 0.9, 2.34, 812.6)] == ["400 ft", "0.6 mi", "1.5 mi", "505 mi"]


@pytest.mark.parametrize(
    ("first", "second", "novelty", "part"),
    [
        (0.95, 0.02, 0.1, "clearly ahead"),
        (0.6, 0.1, 0.1, "80 %"),
        (0.85, 0.8, 0.1, "too close"),
        (0.95, 0.02, 1.0, "unlike every landmark"),
        (0.1, 0.05, 0.1, "No guess reaches 30 %"),
    ],
)
def test_every_verdict_gives_its_reason(first: float, second: float, novelty: float, part: str) -> None:
    guesses = Guesses((Guess("a", first), Guess("b", second)), novelty)
    assert part in texts.verdict_reason(guesses, decide(guesses, THRESHOLDS), THRESHOLDS)


@pytest.mark.parametrize("code", list(ErrorCode))
def test_every_known_error_can_be_told(code: ErrorCode) -> None:
    names = {
        part.split("}")[0]: "x"
        for text in (ERROR_TEXTS[code].message, ERROR_TEXTS[code].remedy)
        for part in text.split("{")[1:]
    }
    message, remedy = texts.error_text(KnownError(code, **names))
    assert message
    assert remedy
    assert "{" not in message + remedy


def test_a_photo_of_several_files_names_them_and_an_offline_one_says_so() -> None:
    photo = Photo(1, Path("/trip/IMG_1.JPG"), FileIdentity(1, 1), companions=(PhotoFile("IMG_1.cr2", 1, 1),))
    maker = TileMaker({landmark.id: landmark for landmark in LANDMARKS}, THRESHOLDS)
    record = PhotoRecord(photo, Guesses((Guess("eiffel_tower", 0.97), Guess("petra", 0.02)), 0.1))
    assert texts.tile_text(maker.tile(record)) == "IMG_1.JPG + CR2, Eiffel Tower, 97 %"
    away = replace(record, offline=True)
    assert texts.tile_text(maker.tile(away)) == "IMG_1.JPG + CR2, Eiffel Tower, 97 %, offline"


def test_reasons_of_the_program_are_told_in_the_users_language(qapp: QApplication) -> None:
    translator = QTranslator()
    assert translator.load(str(resource_path("i18n", "landmark_desktop_de.qm")))
    qapp.installTranslator(translator)
    try:
        error = KnownError(ErrorCode.PHOTO_DAMAGED, name="a.jpg", reason="it has no pixels")
        assert texts.error_text(error)[0] == "a.jpg ist beschädigt: es hat keine Pixel."
        assert texts.reason_text("Input/output error") == "Input/output error"
        assert texts.reason_text("") == ""
    finally:
        qapp.removeTranslator(translator)
