"""Counts that follow each change are those that counting anew would give."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from landmark_desktop.services.tally import NOWHERE, Tally

Change = list[tuple[int, int, int]]  # slot, group, kind
CHANGES = st.lists(
    st.lists(
        st.tuples(st.integers(0, 12), st.integers(NOWHERE, 4), st.integers(0, 1)), max_size=8, unique_by=lambda c: c[0]
    ),
    max_size=12,
)


def put(tally: Tally, change: Change) -> list[int]:
    slots, groups, kinds = (np.array(column) for column in zip(*change, strict=True)) if change else ([],) * 3
    return tally.put(np.array(slots, np.int32), np.array(groups, np.int32), np.array(kinds, np.int8)).tolist()


@given(CHANGES)
def test_counts_follow_every_change(changes: list[Change]) -> None:
    tally = Tally(2)
    now: dict[int, tuple[int, int]] = {}
    for change in changes:
        before = {group: tally.of(group) for group in range(5)}
        changed = put(tally, change)
        now.update({slot: (group, kind) for slot, group, kind in change})
        for group in range(5):
            assert tally.of(group) == tuple(sum(place == (group, kind) for place in now.values()) for kind in (0, 1))
        really = [group for group in range(5) if tally.of(group) != before[group]]
        assert set(really) <= set(changed)


def test_nothing_is_told_of_photos_that_stay_what_they_are() -> None:
    tally = Tally(2)
    put(tally, [(0, 3, 1), (1, 2, 0)])
    assert put(tally, [(0, 3, 1)]) == []
    assert put(tally, [(0, 3, 0), (1, 2, 0)]) == [3]


def test_a_photo_that_moves_changes_both_groups() -> None:
    tally = Tally(1)
    put(tally, [(5, 1, 0)])
    assert put(tally, [(5, 4, 0)]) == [1, 4]


def test_groups_that_never_were_have_no_photos() -> None:
    assert Tally(3).of(7) == (0, 0, 0)
