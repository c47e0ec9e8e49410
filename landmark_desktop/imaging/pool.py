"""Worker processes for risky decoders, lent to whoever decodes, one photo at a time.

Processes of our own and not :mod:`multiprocessing`: a crash must end one photo and not the pool, the main module (with
ONNX Runtime and Qt) must not be imported again, and it has to work the same from many threads, in a frozen program
and in scripts without a main guard. What a worker needs from here is a pipe; when it ends, for whatever
reason, so does the worker.
"""

import atexit
import logging
import os
import threading
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import IO, Any, Final

from PIL import Image

from landmark_desktop.core.errors import ErrorCode, PhotoError
from landmark_desktop.core.helper_pipe import Helper, HelperEndedError, HelperTimedOutError
from landmark_desktop.core.helper_process import helper_command
from landmark_desktop.core.photo import display_name
from landmark_desktop.imaging import WORKER_ARGUMENT
from landmark_desktop.imaging import worker as worker_module
from landmark_desktop.imaging.stills import Decoded

log = logging.getLogger(__name__)

TIMEOUT_S: Final = 60.0
"""How long one photo may take. A hundred megapixels of raw data take three seconds on a slow core; the rest is for
drives that have to spin up and machines that are busy."""
MAX_WORKERS: Final = 8
"""A worker takes 45 to 100 MB while it waits; more of them than this are limited by the drive anyway."""


def worker_command() -> list[str]:
    """The command that starts a worker (see :func:`.helper_process.helper_command`)."""
    return helper_command(worker_module.__name__, WORKER_ARGUMENT)


class DecoderPool:
    """Decodes in worker processes. Thread-safe; one more than there are cores at a time, the rest waits.

    ``command`` starts a worker, ``size`` is the most there may be, ``timeout_s`` how long one photo may take.
    """

    def __init__(
        self, command: Sequence[str] | None = None, size: int | None = None, timeout_s: float = TIMEOUT_S
    ) -> None:
        self._command = list(command) if command is not None else worker_command()
        # One more than the cores: the photo that somebody looks at does not wait for the batch.
        self._size = size or min(MAX_WORKERS, (os.cpu_count() or 1) + 1)
        self._timeout_s = timeout_s
        self._changed = threading.Condition()
        self._idle: list[Helper] = []
        self._lent = 0

    def decode(self, path: Path, *, short_side: int, max_pixels: int) -> Decoded:
        """Decode ``path`` in a worker.

        A worker that crashes after earlier photos gets this photo's second try from a fresh one: an earlier photo may
        have left it broken.

        Raises:
            PhotoError: the photo's own error, or its decoder crashed, hung, or could not be started.
        """
        question = {
            "path": str(path.absolute()),
            "short_side": short_side,
            "max_pixels": max_pixels,
            "timeout_s": self._timeout_s,
        }
        name = display_name(path)
        while True:
            worker = self._take(name)
            try:
                answer, pixels = worker.ask(question, self._timeout_s, partial(_take_pixels, max_pixels))
            except HelperTimedOutError as error:
                self._discard(worker)
                log.warning("a decoder hung and was ended: %s", name)
                raise PhotoError(ErrorCode.DECODER_HUNG, name=name, seconds=round(self._timeout_s)) from error
            except HelperEndedError as error:
                self._discard(worker)
                if error.idle or worker.served > 1:
                    continue
                log.warning("a decoder crashed (%s): %s", error, name)
                raise PhotoError(ErrorCode.DECODER_CRASHED, name=name, reason=str(error)) from error
            except BaseException:
                self._discard(worker)
                raise
            self._give_back(worker)
            return _decoded(answer, pixels)

    def pids(self) -> list[int]:
        """The ids of the processes that wait for work."""
        with self._changed:
            return [worker.pid for worker in self._idle]

    def close(self) -> None:
        """End all processes that wait; those at work end with their photo. The pool may be used again."""
        with self._changed:
            workers, self._idle = self._idle, []
        for worker in workers:
            worker.close()

    def _take(self, name: str) -> Helper:
        with self._changed:
            self._changed.wait_for(lambda: self._lent < self._size)
            self._lent += 1
            if self._idle:
                return self._idle.pop()
        try:
            return Helper(self._command, "decoder")
        except OSError as error:
            self._return_slot()
            log.exception("a decoder process cannot be started")
            reason = f"it cannot be started: {error.strerror or error}"
            raise PhotoError(ErrorCode.DECODER_CRASHED, name=name, reason=reason) from error

    def _give_back(self, worker: Helper) -> None:
        with self._changed:
            self._idle.append(worker)
        self._return_slot()

    def _discard(self, worker: Helper) -> None:
        worker.close()
        self._return_slot()

    def _return_slot(self) -> None:
        with self._changed:
            self._lent -= 1
            self._changed.notify()


def _take_pixels(max_pixels: int, answer: dict[str, Any], stream: IO[bytes]) -> tuple[dict[str, Any], bytes]:
    """The answer, and the pixels that follow it."""
    if "size" not in answer:
        return answer, b""
    width, height = answer["size"]
    if not (width > 0 and height > 0 and width * height <= max_pixels):
        raise ValueError("a size that was not asked for")
    pixels = stream.read(3 * width * height)
    if len(pixels) != 3 * width * height:
        raise EOFError
    return answer, pixels


def _decoded(answer: dict[str, Any], pixels: bytes) -> Decoded:
    for note in answer["log"]:
        log.warning("in a decoder process: %s", note)
    if "error" in answer:
        raise PhotoError(ErrorCode(answer["error"]), **answer["params"])
    width, height = answer["whole"]
    return Decoded(Image.frombytes("RGB", tuple(answer["size"]), pixels), width, height)


_shared: dict[int, DecoderPool] = {}
_lock = threading.Lock()


def shared_pool() -> DecoderPool:
    """The pool of this process. A forked process starts its own: two that share a pipe would mix up their answers."""
    with _lock:
        pool = _shared.get(os.getpid())
        if pool is None:
            pool = _shared[os.getpid()] = DecoderPool()
            atexit.register(pool.close)
        return pool
