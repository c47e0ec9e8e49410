"""Progress of a batch: how much, how fast, how long still."""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

WINDOW_S = 10.0
"""The rate is that of the last ten seconds: long enough to be steady, short enough to follow a change of disk."""


@dataclass(frozen=True, slots=True)
class Progress:
    """A moment of a batch. ``rate`` in photos per second and ``seconds_left`` are None until they can be told."""

    done: int
    total: int
    rate: float | None
    seconds_left: float | None


class ProgressMeter:
    """Counts a batch and measures its rate. Not thread-safe: one thread counts."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._marks: deque[tuple[float, int]] = deque()
        self.done = 0
        self.total = 0

    def reset(self) -> None:
        """Start over with an empty batch."""
        self._marks.clear()
        self.done = self.total = 0

    def add(self, count: int) -> None:
        """``count`` more photos belong to the batch."""
        if self.done == self.total:
            self._marks.clear()
        if not self._marks:
            self._marks.append((self._clock(), self.done))
        self.total += count

    def finish(self, count: int) -> None:
        """``count`` photos are done."""
        self.done += count
        now = self._clock()
        self._marks.append((now, self.done))
        while len(self._marks) > 2 and now - self._marks[0][0] > WINDOW_S:
            self._marks.popleft()

    def pause(self) -> None:
        """Forget the rate: the time until the next photo says nothing about the machine."""
        self._marks.clear()

    def resume(self) -> None:
        """Measure anew from now."""
        self._marks.append((self._clock(), self.done))

    def progress(self) -> Progress:
        """The state of the batch now."""
        rate: float | None = None
        if len(self._marks) >= 2:
            (start, before), (end, after) = self._marks[0], self._marks[-1]
            if end > start and after > before:
                rate = (after - before) / (end - start)
        left = (self.total - self.done) / rate if rate else None
        return Progress(self.done, self.total, rate, left)
