"""Slots by the ids of photos."""

import numpy as np
import pytest

from landmark_desktop.services.slot_map import NOWHERE, SlotMap


@pytest.fixture
def slots() -> SlotMap:
    made = SlotMap()
    made.put(np.array([7, 3, 100]), 0)
    made.put(np.array([5]), 3)
    return made


def test_photos_have_the_slots_they_were_given(slots: SlotMap) -> None:
    assert [slots.get(photo_id) for photo_id in (7, 3, 100, 5)] == [0, 1, 2, 3]
    assert slots[100] == 2


@pytest.mark.parametrize("unknown", [-1, 0, 4, 101, 10**12])
def test_other_photos_have_none(slots: SlotMap, unknown: int) -> None:
    assert slots.get(unknown) is None
    with pytest.raises(KeyError):
        slots[unknown]
    assert slots.find([unknown, 7]).tolist() == [NOWHERE, 0]


def test_many_are_found_at_once_in_their_order(slots: SlotMap) -> None:
    assert slots.find(np.array([100, 7, 7])).tolist() == [2, 0, 0]
    assert slots.find(number for number in (5, 3)).tolist() == [3, 1]
    assert slots.find([]).tolist() == []


def test_nothing_is_known_at_first() -> None:
    empty = SlotMap()
    empty.put(np.zeros(0, np.int64), 0)
    assert empty.get(0) is None
    assert empty.find([0, 1]).tolist() == [NOWHERE, NOWHERE]
