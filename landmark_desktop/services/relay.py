"""From the lanes to the GUI thread: calls and batches of records, delivered by queued signals."""

import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

T = TypeVar("T")

FLUSH_MS = 50
"""How long changes gather before the window repaints: 20 updates a second look live and leave time to react."""


class Relay(QObject):
    """Runs functions on the thread it lives on (the GUI thread), in the order in which they were posted.

    The relay outlives every job, so a signal is never emitted from a dead object.
    """

    _posted = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._closed = False
        self._posted.connect(self._run, Qt.ConnectionType.QueuedConnection)

    def post(self, function: Callable[[], None]) -> None:
        """Run ``function`` on the relay's thread. May be called from any thread."""
        self._posted.emit(function)

    def close(self) -> None:
        """Run nothing more, also of what was posted before: whoever would be told is going. On the relay's thread."""
        self._closed = True

    @Slot(object)
    def _run(self, function: Callable[[], None]) -> None:
        if not self._closed:
            function()


class Gatherer(QObject, Generic[T]):
    """Gathers items from any thread and hands them over in one list, at most every 50 ms; after a rest, at once."""

    _woken = Signal()

    def __init__(self, deliver: Callable[[list[T]], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._deliver = deliver
        self._lock = threading.Lock()
        self._items: list[T] = []
        self._flushed = 0.0
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.flush)
        self._woken.connect(self._plan, Qt.ConnectionType.QueuedConnection)

    def put(self, item: T) -> None:
        """Add an item. May be called from any thread."""
        with self._lock:
            self._items.append(item)
            first = len(self._items) == 1
        if first:
            self._woken.emit()

    @Slot()
    def _plan(self) -> None:
        rested_ms = int(1000 * (time.monotonic() - self._flushed))
        self._timer.start(max(0, FLUSH_MS - rested_ms))

    @Slot()
    def flush(self) -> None:
        """Deliver what was gathered so far, now."""
        self._flushed = time.monotonic()
        with self._lock:
            items, self._items = self._items, []
        if items:
            self._deliver(items)
