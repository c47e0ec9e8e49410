"""How large photos are decoded for looking at them closely."""

import pytest

from landmark_desktop.services.pictures import FULL_PIXELS, short_side_within


@pytest.mark.parametrize(
    ("size", "side"),
    [
        ((6000, 4000), 4000),
        ((4000, 6000), 4000),
        ((9504, 6336), 6336),  # 60 megapixels, of a camera
        ((11648, 8736), 4368),  # 102 megapixels
        ((40000, 5000), 2500),
        ((1, 1), 1),
    ],
)
def test_photos_are_looked_at_in_all_their_pixels_up_to_a_bound(size: tuple[int, int], side: int) -> None:
    assert short_side_within(*size, FULL_PIXELS) == side
