"""Takes what scanning found into the table, a little at a time, so that the window keeps its turn."""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from PySide6.QtCore import QObject, QTimer

from landmark_desktop.services.finder import Find, FoundAway, FoundPhotos, ScanResult
from landmark_desktop.services.photo_table import PhotoTable
from landmark_desktop.services.relay import Gatherer

TAKE_IN_S = 0.006
"""How long photos that were found are taken in at once; then the window has its turn."""


@dataclass(slots=True)
class News:
    """What changed in the table; ``finished`` is the result of a scan that came to its end."""

    added: list[int] = field(default_factory=list)
    changed: list[int] = field(default_factory=list)
    removed: list[int] = field(default_factory=list)
    more_waiting: int = 0
    finished: ScanResult | None = None


class Intake(QObject):
    """Between the finder and the table. ``tell`` hears of each portion, on the window's thread."""

    def __init__(self, table: PhotoTable, tell: Callable[[News], None], parent: QObject) -> None:
        super().__init__(parent)
        self._table = table
        self._tell = tell
        self._job = 0
        self._gathered: Gatherer[tuple[int, Find]] = Gatherer(self._gather, self)
        self._finds: deque[tuple[int, Find]] = deque()
        self._timer = QTimer(self, singleShot=True, interval=1)
        self._timer.timeout.connect(self._take_in)

    def put(self, job: int, find: Find) -> None:
        """Something was found. May be called from any thread."""
        self._gathered.put((job, find))

    def open(self, job: int) -> None:
        """Take in what is of this job from now on."""
        self._job = job
        self._finds.clear()

    def flush(self) -> None:
        """Take all in that was found so far."""
        self._gathered.flush()
        while self._finds:
            self._take_in()

    def _gather(self, finds: list[tuple[int, Find]]) -> None:
        self._finds += finds
        if not self._timer.isActive():
            self._take_in()

    def _take_in(self) -> None:
        """Take in what was found, for a short while; the rest is for after the window's turn."""
        deadline = time.perf_counter() + TAKE_IN_S
        before = self._table.waiting_count()
        news = News()
        while self._finds and news.finished is None and time.perf_counter() < deadline:
            job, find = self._finds.popleft()
            if job != self._job:
                continue
            if isinstance(find, ScanResult):
                news.finished = find
            elif isinstance(find, FoundAway):
                for order, folder in find.folders:
                    news.changed += self._table.set_offline(self._table.in_folder(folder, order), True)
            else:
                new, known = self._table.put(find.rows, find.folder, find.order, find.first)
                news.added += new
                news.changed += known
                news.removed += self._vanished(find)
        news.more_waiting = self._table.waiting_count() - before
        self._tell(news)
        if self._finds:
            self._timer.start()

    def _vanished(self, find: FoundPhotos) -> list[int]:
        """Take photos out that are no longer in their folder."""
        if find.complete is None:
            return []
        slots = self._table.in_folder(find.folder, find.order)
        gone = [photo_id not in find.complete for photo_id in self._table.ids_at(slots)]
        return self._table.remove(slots[np.array(gone, np.bool_)]) if any(gone) else []
