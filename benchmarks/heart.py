"""How long a window keeps its user waiting: the gaps between the beats of a timer on its thread."""

import time

from PySide6.QtCore import QTimer

BEAT_MS = 5
"""The timer should run this often. What runs between two beats is what the user waits for."""


class Heart:
    """Measures the gaps between the beats of the thread it is made on, in seconds."""

    def __init__(self) -> None:
        self.gaps: list[float] = []
        self._last = time.perf_counter()
        self._timer = QTimer(interval=BEAT_MS)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self) -> None:
        now = time.perf_counter()
        self.gaps.append(now - self._last)
        self._last = now

    def reset(self) -> None:
        """Begin anew."""
        self.gaps.clear()
        self._last = time.perf_counter()

    def share(self, share: float) -> float:
        """The gap that this share of the gaps stays below."""
        return sorted(self.gaps)[min(len(self.gaps) - 1, int(share * len(self.gaps)))]
