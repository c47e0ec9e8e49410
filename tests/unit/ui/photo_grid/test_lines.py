"""Where tiles lie in sections with headers: rows, rectangles and steps belong together."""

import numpy as np
import pytest

from landmark_desktop.ui.photo_grid.lines import Lines

HEADER, WIDTH, HEIGHT, COLUMNS = 30, 100, 80, 4


def lines(*closed: int) -> Lines:
    """Sections of 5, 1, 4 and 10 photos."""
    starts = np.array([0, 5, 6, 10])
    flags = np.isin(np.arange(4), closed)
    return Lines(starts, flags, 20, columns=COLUMNS, tile=(WIDTH, HEIGHT), header=HEADER)


@pytest.mark.parametrize("closed", [(), (1,), (0, 3), (2, 3)])
def test_every_open_tile_is_found_where_it_lies(closed: tuple[int, ...]) -> None:
    made = lines(*closed)
    seen = [row for span in made.spans(0, made.height) for row in span]
    assert seen == [row for row in range(20) if made.section_of(row) not in closed]
    for row in seen:
        box = made.box(row)
        assert made.row_at(box.left + WIDTH // 2, box.top + HEIGHT // 2) == row
        assert made.nearest_row(box.left + 1, box.top + 1) == row


def test_a_collapsed_section_is_as_high_as_its_header() -> None:
    assert lines().height == 4 * HEADER + (2 + 1 + 1 + 3) * HEIGHT
    assert lines(3).height == lines().height - 3 * HEIGHT
    assert lines(0, 1, 2, 3).height == 4 * HEADER
    assert lines(1).header_box(2).top == lines().header_box(2).top - HEIGHT


def test_headers_are_no_tiles() -> None:
    made = lines()
    for section in range(4):
        assert made.row_at(10, made.header_box(section).top + HEADER // 2) == -1
    assert list(made.headers_between(0, HEADER + 2 * HEIGHT + 1)) == [0, 1]


@pytest.mark.parametrize(
    ("closed", "row", "by", "beside", "below"),
    [
        ((), 4, 1, 5, 5),  # into the next section, in the same column
        ((), 3, 1, 4, 4),  # the second line is shorter
        ((), 6, -1, 5, 5),
        ((), 9, -1, 8, 5),
        ((1,), 4, 1, 6, 6),  # over a collapsed section
        ((1, 2), 10, -1, 4, 4),
        ((3,), 9, 1, 9, 9),  # nothing is open behind
    ],
)
def test_steps_lead_over_collapsed_sections(
    closed: tuple[int, ...], row: int, by: int, beside: int, below: int
) -> None:
    made = lines(*closed)
    assert made.step(row, by) == beside
    assert made.line_step(row, by) == below


def test_the_ends_are_open_tiles() -> None:
    assert (lines(0, 3).end(-1), lines(0, 3).end(1)) == (5, 9)
    assert (lines().end(-1), lines().end(1)) == (0, 19)
