"""Gives the engine photos a few at a time: what waits is in the table, where 100,000 photos take little memory."""

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from landmark_desktop.core.photo import Photo
from landmark_desktop.services.photo_table import PhotoTable

FEED = 400
"""Photos that the engine has at once: it gets more with every batch of results, and few are given quickly."""
VIEWED = 10_000
"""Photos that were in sight lately and are remembered: they come before the others, with another bundle too."""


class Engine(Protocol):
    """What the feeder needs of an engine."""

    def add(self, photos: Iterable[Photo]) -> None:
        """Queue photos."""

    def prioritise(self, photo_ids: Sequence[int]) -> None:
        """Put these first."""


class Feeder:
    """Keeps the engine busy with photos that wait: those in sight, those that were in sight lately, the newest view
    first, and then the others in the order of the folders."""

    def __init__(self, table: PhotoTable, engine: Callable[[], Engine]) -> None:
        self._table = table
        self._engine = engine
        self._fed: set[int] = set()
        self._viewed: dict[int, None] = {}  # in the order in which they were seen, the last view at the end
        self._open = True

    def reset(self) -> None:
        """The engine has nothing any more, and may be fed."""
        self._fed.clear()
        self._open = True

    def stop(self) -> None:
        """The engine has nothing any more, and gets nothing until :meth:`reset`."""
        self._fed.clear()
        self._open = False

    def finish(self, photo_ids: Iterable[int]) -> None:
        """The engine is done with these."""
        self._fed.difference_update(photo_ids)

    def feed(self) -> None:
        """Give the engine more, if it has few."""
        if self._open and len(self._fed) <= FEED // 2:
            chosen = self._table.waiting(FEED - len(self._fed), reversed(self._viewed), self._fed)
            self._give(chosen)
            # The engine appends: what was viewed has to overtake what it has already.
            self._engine().prioritise([photo_id for photo_id in chosen if photo_id in self._viewed])

    def prioritise(self, photo_ids: Sequence[int]) -> None:
        """These are in sight, the most important one first."""
        for photo_id in reversed(photo_ids):
            self._viewed.pop(photo_id, None)
            self._viewed[photo_id] = None
        while len(self._viewed) > VIEWED:
            del self._viewed[next(iter(self._viewed))]
        if self._open:
            self._give([i for i in photo_ids if i not in self._fed and self._table.is_waiting(i)])
        self._engine().prioritise(photo_ids)

    def _give(self, photo_ids: Sequence[int]) -> None:
        if photo_ids:
            self._fed.update(photo_ids)
            self._engine().add([self._table.photo(photo_id) for photo_id in photo_ids])
