"""Worker processes for risky decoders, lent to whoever decodes, one photo at a time.

Processes of our own and not :mod:`multiprocessing`: a crash must end one photo and not the pool, the main module (with
ONNX Runtime and Qt) must not be imported again, and it has to work the same from many threads, in a frozen program
and in scripts without a main guard. What a worker needs from here is a pipe; when it ends, for whatever
reason, so does the worker.
"""

import atexit
import json
import logging
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final

from PIL import Image

import landmark_desktop
from landmark_desktop.core.errors import ErrorCode, PhotoError
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
END_GRACE_S: Final = 2.0
_STDERR_TAIL: Final = 4000


def worker_command() -> list[str]:
    """The command that starts a worker: this interpreter, or in a frozen program the program for the terminal (the
    one for the window has no standard streams on Windows)."""
    if getattr(sys, "frozen", False):
        program = Path(sys.executable)
        for_terminal = program.with_name("landmark-desktop-cli" + program.suffix)
        return [str(for_terminal if for_terminal.exists() else program), WORKER_ARGUMENT]
    # -P: a folder of photos that is the working directory must not be searched for modules.
    return [sys.executable, "-P", "-m", worker_module.__name__]


def _environment() -> dict[str, str]:
    environment = dict(os.environ)
    root = str(Path(landmark_desktop.__file__).resolve().parent.parent)
    others = environment.get("PYTHONPATH")
    environment["PYTHONPATH"] = root + os.pathsep + others if others else root
    # There is a worker for each core already; and each thread's stack would count as memory.
    environment["OMP_NUM_THREADS"] = environment["OPENBLAS_NUM_THREADS"] = "1"
    return environment


class _EndedError(Exception):
    """The worker is gone. ``idle``: because nobody needed it."""

    def __init__(self, reason: str, *, idle: bool = False) -> None:
        super().__init__(reason)
        self.idle = idle


class _TimedOutError(Exception):
    """The worker was ended because it took too long."""


@dataclass(frozen=True, slots=True)
class _Request:
    """One photo to decode, as :func:`landmark_desktop.imaging.worker.serve` reads it."""

    path: Path
    short_side: int
    max_pixels: int
    timeout_s: float

    def encoded(self) -> bytes:
        """One line of JSON; names that are not UTF-8 survive as lone surrogates."""
        fields = {
            "path": str(self.path.absolute()),
            "short_side": self.short_side,
            "max_pixels": self.max_pixels,
            "timeout_s": self.timeout_s,
        }
        return json.dumps(fields).encode("ascii") + b"\n"


class _Worker:
    """One process. Used by one thread at a time."""

    def __init__(self, command: Sequence[str]) -> None:
        self.served = 0
        # A file, because nobody reads while the worker works, and a full pipe would stop it.
        self._stderr: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115  # lives as long as the process
        try:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._stderr,
                env=_environment(),
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except OSError:
            self._stderr.close()
            raise

    @property
    def pid(self) -> int:
        """The process's id."""
        return self._process.pid

    def ask(self, request: _Request) -> tuple[dict[str, Any], bytes]:
        """Return the answer and the pixels.

        Raises:
            _EndedError: the process is gone.
            _TimedOutError: it took longer than the request allows, and was ended.
        """
        timed_out = threading.Event()

        def give_up() -> None:
            timed_out.set()
            self._process.kill()

        watchdog = threading.Timer(request.timeout_s, give_up)
        watchdog.name = "decoder-watchdog"
        watchdog.start()
        try:
            return self._exchange(request)
        except (OSError, ValueError, EOFError) as error:
            self._process.kill()
            self._process.wait()
            if timed_out.is_set():
                raise _TimedOutError from error
            raise self._ended() from error
        finally:
            watchdog.cancel()
            watchdog.join()
            self.served += 1

    def _exchange(self, request: _Request) -> tuple[dict[str, Any], bytes]:
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None
        assert stdout is not None
        self._stderr.seek(0)  # the worker writes where we stand: it has the same open file
        self._stderr.truncate()
        stdin.write(request.encoded())
        stdin.flush()
        line = stdout.readline()
        if not line.endswith(b"\n"):
            raise EOFError
        answer: dict[str, Any] = json.loads(line)
        if "size" not in answer:
            return answer, b""
        width, height = answer["size"]
        if not (width > 0 and height > 0 and width * height <= request.max_pixels):
            raise ValueError("a size that was not asked for")
        pixels = stdout.read(3 * width * height)
        if len(pixels) != 3 * width * height:
            raise EOFError
        return answer, pixels

    def _ended(self) -> _EndedError:
        code = self._process.returncode
        if code == worker_module.IDLE_EXIT:
            return _EndedError("it was idle", idle=True)
        self._stderr.seek(0, os.SEEK_END)
        self._stderr.seek(max(0, self._stderr.tell() - _STDERR_TAIL))
        said = self._stderr.read().decode("utf-8", "replace").strip("\0\n ")
        log.info("decoder process ended with %s, saying: %s", code, said or "nothing")
        return _EndedError(_reason(code))

    def close(self) -> None:
        """End the process: by the end of its input, or by force if it does not listen."""
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                try:
                    stream.close()
                except OSError:
                    log.debug("pipe to a decoder process was broken", exc_info=True)
        try:
            self._process.wait(END_GRACE_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._stderr.close()


def _reason(code: int) -> str:
    if code >= 0:
        return f"exit code {code}"
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"signal {-code}"


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
        self._idle: list[_Worker] = []
        self._lent = 0

    def decode(self, path: Path, *, short_side: int, max_pixels: int) -> Decoded:
        """Decode ``path`` in a worker.

        A worker that crashes after earlier photos gets this photo's second try from a fresh one: an earlier photo may
        have left it broken.

        Raises:
            PhotoError: the photo's own error, or its decoder crashed, hung, or could not be started.
        """
        request = _Request(path, short_side, max_pixels, self._timeout_s)
        name = display_name(path)
        while True:
            worker = self._take(name)
            try:
                answer, pixels = worker.ask(request)
            except _TimedOutError as error:
                self._discard(worker)
                log.warning("a decoder hung and was ended: %s", name)
                raise PhotoError(ErrorCode.DECODER_HUNG, name=name, seconds=round(self._timeout_s)) from error
            except _EndedError as error:
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

    def _take(self, name: str) -> _Worker:
        with self._changed:
            self._changed.wait_for(lambda: self._lent < self._size)
            self._lent += 1
            if self._idle:
                return self._idle.pop()
        try:
            return _Worker(self._command)
        except OSError as error:
            self._return_slot()
            log.exception("a decoder process cannot be started")
            reason = f"it cannot be started: {error.strerror or error}"
            raise PhotoError(ErrorCode.DECODER_CRASHED, name=name, reason=reason) from error

    def _give_back(self, worker: _Worker) -> None:
        with self._changed:
            self._idle.append(worker)
        self._return_slot()

    def _discard(self, worker: _Worker) -> None:
        worker.close()
        self._return_slot()

    def _return_slot(self) -> None:
        with self._changed:
            self._lent -= 1
            self._changed.notify()


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
