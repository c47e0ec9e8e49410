"""Which slot of the table a photo has: four bytes a photo, where a dict of numbers takes 120."""

from collections.abc import Iterable
from typing import Final

import numpy as np
from numpy.typing import NDArray

NOWHERE: Final = -1
_GROW: Final = 1.5


class SlotMap:
    """Slots by the ids of photos. The library numbers photos from 1 on without gaps, so the id is the place here."""

    def __init__(self) -> None:
        self._slots: NDArray[np.int32] = np.zeros(0, np.int32)

    def __getitem__(self, photo_id: int) -> int:
        slot = self.get(photo_id)
        if slot is None:
            raise KeyError(photo_id)
        return slot

    def get(self, photo_id: int) -> int | None:
        """The slot of a photo, or None."""
        slot = int(self._slots[photo_id]) if 0 <= photo_id < len(self._slots) else NOWHERE
        return None if slot == NOWHERE else slot

    def find(self, photo_ids: Iterable[int] | NDArray[np.int64]) -> NDArray[np.int64]:
        """The slots of these photos, in their order; ``NOWHERE`` for unknown ones."""
        ids = photo_ids if isinstance(photo_ids, np.ndarray) else np.fromiter(photo_ids, np.int64)
        found = np.full(len(ids), NOWHERE, np.int64)
        inside = (ids >= 0) & (ids < len(self._slots))
        found[inside] = self._slots[ids[inside]]
        return found

    def put(self, photo_ids: NDArray[np.int64], first: int) -> None:
        """Photos that are new have the slots from ``first`` on."""
        if not len(photo_ids):
            return
        needed = int(photo_ids.max()) + 1
        if needed > len(self._slots):
            larger = np.full(max(needed, int(len(self._slots) * _GROW)), NOWHERE, np.int32)
            larger[: len(self._slots)] = self._slots
            self._slots = larger
        self._slots[photo_ids] = np.arange(first, first + len(photo_ids), dtype=np.int32)
