"""Photos in groups: by landmark, by place or by day. Ranks of all photos as columns, words for headers only."""

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from landmark_desktop.core.location import Landmark
from landmark_desktop.services.photo_rows import NO_ID
from landmark_desktop.services.photo_table import PhotoTable, Slots
from landmark_desktop.ui.photo_grid.tile import named

GroupKey = tuple[str, ...]
"""What the photos of a group share: a landmark's name, country and city, or the ISO date; empty for the rest."""


class GroupBy(StrEnum):
    """What the grid's photos are grouped by."""

    NOTHING = "nothing"
    LANDMARK = "landmark"
    PLACE = "place"
    DAY = "day"


Placed = Callable[[Slots], NDArray[np.int32]]
"""The landmarks (numbers of texts, ``NO_ID`` for none) that photos are counted at."""


def group_ranks(
    by: GroupBy, table: PhotoTable, landmarks: Mapping[str, Landmark], placed: Placed, slots: Slots
) -> NDArray[Any]:
    """For each slot the place of its group among the groups, small integers ``[N]``; photos that belong to none come
    last. Names are sorted once for each landmark, not for each photo."""
    if by is GroupBy.DAY:
        days = table.column("taken")[slots].astype("datetime64[D]").astype(np.int64)
        days[np.isnat(table.column("taken")[slots])] = np.iinfo(np.int64).max
        return np.unique(days, return_inverse=True)[1].astype(np.int32)
    keys = [landmark_key(by, named(landmarks, text)) for text in table.ids.texts]
    places = {key: place for place, key in enumerate(sorted(set(keys) - {()}))}
    last = len(places)
    kind = np.int16 if last < np.iinfo(np.int16).max else np.int32  # small numbers are sorted by radix
    rank_of = np.array([*(places.get(key, last) for key in keys), last], kind)  # the last one is for NO_ID
    ranks: NDArray[Any] = rank_of[placed(slots)]
    return ranks


def landmark_key(by: GroupBy, landmark: Landmark) -> GroupKey:
    """The group of photos of a landmark."""
    if by is GroupBy.LANDMARK:
        return (landmark.name,)
    place = landmark.location
    return (place.country, place.city) if place is not None else ()


def group_key(by: GroupBy, table: PhotoTable, landmarks: Mapping[str, Landmark], placed: Placed, slot: int) -> GroupKey:
    """The group of one photo."""
    if by is GroupBy.DAY:
        taken = table.column("taken")[slot].item()
        return (taken.date().isoformat(),) if taken is not None else ()
    number = int(placed(np.array([slot], np.int32))[0])
    return () if number == NO_ID else landmark_key(by, named(landmarks, table.ids.texts[number]))


def day_of(key: GroupKey) -> date:
    """The day of a group by day. Raises ValueError, IndexError."""
    return date.fromisoformat(key[0])
