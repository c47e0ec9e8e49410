"""Colours that can be read, in both themes."""

import itertools

import pytest
from PySide6.QtGui import QPalette

from landmark_desktop.ui import theme
from landmark_desktop.ui.theme import DARK, LIGHT, Colours, contrast

AA = 4.5
"""WCAG 2.2, level AA, for text."""


def test_the_formula_knows_its_ends() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert contrast("#777777", "#777777") == pytest.approx(1.0)


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
def test_every_text_can_be_read_on_every_ground(scheme: Colours) -> None:
    poor = {
        (text, ground): round(contrast(text, ground), 2)
        for text, ground in itertools.product(scheme.texts, scheme.grounds)
        if contrast(text, ground) < AA
    }
    assert not poor
    assert contrast(scheme.on_accent, scheme.accent) >= AA
    assert contrast(scheme.text, scheme.track) >= AA


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
def test_the_palette_can_be_read_too(scheme: Colours) -> None:
    palette = theme.palette_of(scheme)
    role = QPalette.ColorRole
    pairs = (
        (role.WindowText, role.Window),
        (role.Text, role.Base),
        (role.ButtonText, role.Button),
        (role.ToolTipText, role.ToolTipBase),
        (role.HighlightedText, role.Highlight),
        (role.PlaceholderText, role.Base),
        (role.Link, role.Base),
    )
    for text, ground in pairs:
        assert contrast(palette.color(text).name(), palette.color(ground).name()) >= AA, text


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
def test_a_widget_finds_the_colours_of_its_palette(scheme: Colours) -> None:
    assert theme.colours(theme.palette_of(scheme)) is scheme
