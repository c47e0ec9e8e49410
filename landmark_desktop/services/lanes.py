"""Lanes: one thread each, so that what runs on a lane never runs twice at once.

The app has a db lane (the only thread that touches SQLite), a scan lane (directory listings, which can hang on a
network drive without stopping anything else), a write lane (the only thread that writes into users' files), and a
preview lane (large pictures for the details panel, so that they never wait behind the batch). Decoding and inference
have threads of their own in ``classification``.
"""

import logging
import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from landmark_desktop.core.errors import KnownError

log = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")

BugHandler = Callable[[BaseException], None]
"""Told of exceptions that are no :class:`KnownError`; the window shows its crash dialog."""


BACKGROUND_NICE = 5
"""How much nicer than the window's thread a background thread is: a third of its share where both want to run."""
ENGINE_NICE = 19
"""The same for threads that compute without Python's lock nearly all the time (decoders, the model): as nice as can be.
Lanes that hold the lock must not wait behind them, for the window may be waiting for the lock."""


def step_back(steps: int = BACKGROUND_NICE) -> None:
    """Let the calling thread, and threads it starts, wait for the window where there is not enough processor for all.

    Only Linux needs it: Windows and macOS prefer the thread that a person waits for on their own.
    """
    if sys.platform == "linux":
        thread = threading.get_native_id()
        os.setpriority(os.PRIO_PROCESS, thread, os.getpriority(os.PRIO_PROCESS, thread) + steps)


class CancelToken:
    """Asks a job to stop; the job looks at it between two steps."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def cancel(self) -> None:
        """Ask the job to stop; calling again changes nothing."""
        self._event.set()

    def is_cancelled(self) -> bool:
        """True once :meth:`cancel` was called."""
        return self._event.is_set()


class Lane:
    """A single thread that runs what is submitted, in order.

    ``room`` bounds what waits in the lane for producers that call :meth:`submit_when_room`. A ``background`` lane runs
    after the window's thread where both want the processor.
    """

    def __init__(
        self, name: str, *, room: int = 64, on_bug: BugHandler | None = None, background: bool = False
    ) -> None:
        self._executor = ThreadPoolExecutor(
            max_workers=1, thread_name_prefix=name, initializer=step_back if background else None
        )
        self._room = threading.BoundedSemaphore(room)
        self._on_bug = on_bug

    def submit(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> "Future[T]":
        """Run ``function`` on the lane. Exceptions land in the future; bugs also reach the bug handler."""
        future = self._executor.submit(function, *args, **kwargs)
        future.add_done_callback(self._report)
        return future

    def submit_when_room(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> "Future[T]":
        """Like :meth:`submit`, but waits while the lane is full. Never call it on the GUI thread or the lane itself."""
        self._room.acquire()
        try:
            future = self.submit(function, *args, **kwargs)
        except BaseException:
            self._room.release()
            raise
        future.add_done_callback(lambda _: self._room.release())
        return future

    def call(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run ``function`` on the lane and wait for its result; its exceptions are raised here."""
        return self._executor.submit(function, *args, **kwargs).result()

    def close(self) -> None:
        """Finish what was submitted, then end the thread."""
        self._executor.shutdown(wait=True)

    def _report(self, future: "Future[T]") -> None:
        if future.cancelled():
            return
        error = future.exception()
        if error is None or isinstance(error, KnownError):
            return
        log.error("a lane met a bug", exc_info=error)
        if self._on_bug is not None:
            self._on_bug(error)
