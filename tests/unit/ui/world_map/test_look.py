"""The map's colours: texts can be read on land and sea, in both themes; kinds of pins differ in shape."""

import pytest
from PySide6.QtCore import QLocale, QPointF, Qt
from PySide6.QtGui import QFont, QImage, QPainter
from pytestqt.qtbot import QtBot

from landmark_desktop.core.basemap import shipped_map
from landmark_desktop.ui import texts
from landmark_desktop.ui.theme import DARK, LIGHT, Colours, contrast
from landmark_desktop.ui.world_map import furniture
from landmark_desktop.ui.world_map.furniture import round_length
from landmark_desktop.ui.world_map.ground import Ground, cells_in, level_of
from landmark_desktop.ui.world_map.look import LIGHT_MAP, map_colours
from landmark_desktop.ui.world_map.pin_look import PinPainter, PinState
from landmark_desktop.ui.world_map.places import Counts, Pin
from landmark_desktop.ui.world_map.viewport import Viewport
from tests.bundles import LANDMARKS

THEMES = (LIGHT, DARK)


@pytest.mark.parametrize("scheme", THEMES)
def test_names_can_be_read_on_land_and_sea(scheme: Colours) -> None:
    look = map_colours(scheme)
    for text in (look.country, look.town):
        for ground in (look.land, look.sea):
            assert contrast(text, ground) >= 4.5, (text, ground)


@pytest.mark.parametrize("scheme", THEMES)
def test_counts_can_be_read_on_pins(scheme: Colours) -> None:
    for text, ground in (
        (scheme.surface, scheme.landmark),
        (scheme.surface, scheme.muted),
        (scheme.unsure, scheme.surface),
    ):
        assert contrast(text, ground) >= 4.5


def paint_pin(counts: Counts, **state: bool) -> QImage:
    image = QImage(60, 70, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    pin = Pin(0, 0.5, 0.5, counts, LANDMARKS[:1], ())
    PinPainter().paint(painter, pin, QPointF(30, 55), PinState(**state), scheme=LIGHT, font=QFont())
    painter.end()
    return image


def filled_share(image: QImage) -> float:
    """How much of the head is dark, whatever the colour."""
    points = [(x, y) for x in range(20, 40) for y in range(25, 45) if (x - 30) ** 2 + (y - 35) ** 2 < 80]
    return sum(image.pixelColor(x, y).lightness() < 170 for x, y in points) / len(points)


def test_accepted_is_filled_and_suggested_is_hollow_even_without_colour(qtbot: QtBot) -> None:
    assert filled_share(paint_pin(Counts(accepted=1))) > 0.6
    assert filled_share(paint_pin(Counts(suggested=1))) < 0.35


def test_selection_focus_and_fading_show(qtbot: QtBot) -> None:
    plain = paint_pin(Counts(accepted=1))
    assert (
        len(
            {
                bytes(paint_pin(Counts(accepted=1), **{name: True}).constBits())
                for name in ("selected", "focused", "faded")
            }
            | {bytes(plain.constBits())}
        )
        == 4
    )


def test_the_ground_is_painted_alike_on_every_turn_around_the_world(qtbot: QtBot) -> None:
    ground = Ground(shipped_map())
    images = []
    for turn in (0, 1, -1):
        image = QImage(300, 200, QImage.Format.Format_RGB32)
        painter = QPainter(image)
        ground.paint(painter, Viewport(0.506 + turn, 0.344, 4.0, 300, 200), LIGHT_MAP)
        painter.end()
        images.append(image)
    assert images[0] == images[1] == images[2]
    colours = {images[0].pixelColor(x, y).name() for x in range(0, 300, 5) for y in range(0, 200, 5)}
    assert {LIGHT_MAP.land, LIGHT_MAP.sea} <= colours


def test_there_is_no_seam_between_cells(qtbot: QtBot) -> None:
    """Inside a country without rivers nearby, at the corner of four cells, every pixel is land."""
    image = QImage(41, 41, QImage.Format.Format_RGB32)  # odd: the seam would run through the middle of a pixel
    painter = QPainter(image)
    view = Viewport(36 / 64, 28 / 64, 6.37, 41, 41)  # the Sahara
    Ground(shipped_map()).paint(painter, view, LIGHT_MAP)
    painter.end()
    assert len(cells_in(view, level_of(view.zoom))) == 4
    assert {image.pixelColor(x, y).name() for x in range(41) for y in range(41)} == {LIGHT_MAP.land}


@pytest.mark.parametrize(
    ("most", "length"), [(1_700, 1_000), (2_000, 2_000), (7_300, 5_000), (0.4, 0.2), (5_100_000, 5_000_000)]
)
def test_the_scale_bar_has_a_round_length(most: float, length: float) -> None:
    assert round_length(most) == pytest.approx(length)


@pytest.mark.parametrize(("locale", "unit"), [("de_DE", " km"), ("en_US", " mi")])
def test_the_scale_bar_is_round_in_the_systems_own_unit(
    monkeypatch: pytest.MonkeyPatch, locale: str, unit: str
) -> None:
    system = QLocale(locale)
    monkeypatch.setattr(texts.QLocale, "system", lambda: system)
    told: list[str] = []

    def tell(kilometres: float) -> str:
        told.append(texts.distance(kilometres))
        return told[-1]

    monkeypatch.setattr(furniture, "distance", tell)
    image = QImage(400, 300, QImage.Format.Format_RGB32)
    for zoom in range(2, 12):
        painter = QPainter(image)
        furniture.paint_scale(painter, Viewport(0.5, 0.4, zoom, 400, 300), LIGHT, QFont())
        painter.end()
    assert all(text.replace(",", "").strip(" kmi0.") in ("1", "2", "5") for text in told), told
    assert any(text.endswith(unit) for text in told)
