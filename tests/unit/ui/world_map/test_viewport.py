"""Panning and zooming are arithmetic: what should stay stays, and nobody leaves the map."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landmark_desktop.ui.world_map.viewport import FIT_ZOOM, MAX_ZOOM, Viewport

VIEW = Viewport(0.4, 0.35, 5.0, 900, 400)
VIEWS = st.builds(
    lambda x, y, zoom, width, height: Viewport(x, y, zoom, width, height).kept(),
    st.floats(-2, 2),
    st.floats(0, 1),
    st.floats(0, 14),
    st.floats(100, 3000),
    st.floats(100, 2000),
)


@given(VIEWS, st.floats(0, 1), st.floats(0, 1))
def test_a_pixel_has_a_position_and_the_position_that_pixel(view: Viewport, across: float, down: float) -> None:
    left, top = across * view.width, down * view.height
    x, y = view.to_map(left, top)
    if abs(x - view.x) < 0.5:  # further away the same place is nearer on another turn
        assert view.to_screen(x, y) == pytest.approx((left, top), abs=1e-3)


@pytest.mark.parametrize("zoom", [4.5, 7.0, 9.25])
def test_what_is_under_the_pointer_stays_there(zoom: float) -> None:
    before = VIEW.to_map(700, 90)
    after = VIEW.zoomed(zoom, 700, 90)
    assert after.to_screen(*before) == pytest.approx((700, 90))


@given(VIEWS, st.floats(-1e5, 1e5), st.floats(-1e5, 1e5), st.floats(-5, 30))
def test_no_way_leads_off_the_map(view: Viewport, right: float, down: float, zoom: float) -> None:
    found = view.moved(right, down).zoomed(zoom, 0, 0)
    _, top, _, bottom = found.bounds
    assert 0 <= found.x < 1
    assert found.min_zoom <= found.zoom <= MAX_ZOOM
    if bottom - top < 1:
        assert top >= -1e-9
        assert bottom <= 1 + 1e-9


def test_moving_around_the_world_leads_back() -> None:
    assert VIEW.moved(VIEW.scale, 0).x == pytest.approx(VIEW.x)


def test_positions_across_the_date_line_are_near() -> None:
    view = Viewport(0.999, 0.4, 6.0, 800, 400)
    x, _ = view.to_screen(0.001, 0.4)
    assert x == pytest.approx(400 + 0.002 * view.scale)


def test_all_places_are_in_view_after_fitting() -> None:
    xs, ys = [0.1, 0.3, 0.35], [0.3, 0.5, 0.31]
    view = VIEW.fitted(xs, ys)
    for x, y in zip(xs, ys, strict=True):
        left, top = view.to_screen(x, y)
        assert 0 < left < view.width
        assert 0 < top < view.height


def test_fiji_and_samoa_are_fitted_over_the_date_line() -> None:
    view = VIEW.fitted([0.99, 0.02], [0.55, 0.54])
    assert view.zoom > 4
    assert min(view.x, 1 - view.x) < 0.03


def test_a_single_place_is_shown_with_its_surroundings() -> None:
    view = VIEW.fitted([0.5], [0.4])
    assert (view.x, view.y, view.zoom) == pytest.approx((0.5, 0.4, FIT_ZOOM))


def test_without_places_nothing_moves() -> None:
    assert VIEW.fitted([], []) == VIEW


def test_a_wide_window_never_shows_the_world_twice() -> None:
    assert Viewport(0.5, 0.5, 0.0, 3000, 400).kept().scale >= 0.6 * 3000 - 1e-6
