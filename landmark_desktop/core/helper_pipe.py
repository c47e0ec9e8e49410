"""Helpers that answer: a process that is asked again and again through pipes, and may crash or hang at any of it.

A question is a line of JSON on the helper's standard input, an answer a line of JSON on its standard output, which
bytes may follow. Never pickled: what comes from a process that has read hostile files is not to be trusted with more
than numbers and words. A helper that crashes takes only itself down; one that hangs is ended by whoever asked, or by
its own watchdog should nobody be left.
"""

import faulthandler
import json
import logging
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import IO, Any, BinaryIO, Final, TypeVar

from landmark_desktop.core.helper_process import helper_environment, limit_helper

log = logging.getLogger(__name__)

T = TypeVar("T")

IDLE_EXIT: Final = 75
"""Exit code of a helper that ended because nobody asked it."""
END_GRACE_S: Final = 2.0
_STDERR_TAIL: Final = 4000


class HelperEndedError(Exception):
    """The helper is gone; the text says how it ended. ``idle``: because nobody needed it."""

    def __init__(self, reason: str, *, idle: bool = False) -> None:
        super().__init__(reason)
        self.idle = idle


class HelperTimedOutError(Exception):
    """The helper was ended because it took too long."""


class Helper:
    """One process. Used by one thread at a time.

    ``kind`` says what it is in the log and in the name of its watchdog's thread. ``served`` counts the questions.

    Raises:
        OSError: it cannot be started.
    """

    def __init__(self, command: Sequence[str], kind: str) -> None:
        self.served = 0
        self._kind = kind
        # A file, because nobody reads while the helper works, and a full pipe would stop it.
        self._stderr: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115  # lives as long as the process
        try:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._stderr,
                env=helper_environment(),
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except OSError:
            self._stderr.close()
            raise

    @property
    def pid(self) -> int:
        """The process's id."""
        return self._process.pid

    def ask(self, question: dict[str, Any], timeout_s: float, take: Callable[[dict[str, Any], IO[bytes]], T]) -> T:
        """Ask, and return what ``take`` makes of the answer and of the bytes that follow it.

        ``take`` raises :class:`EOFError` or :class:`ValueError` for an answer that is none; the helper is ended then.

        Raises:
            HelperEndedError: the process is gone.
            HelperTimedOutError: it took longer than ``timeout_s``, and was ended.
        """
        timed_out = threading.Event()

        def give_up() -> None:
            timed_out.set()
            self._process.kill()

        watchdog = threading.Timer(timeout_s, give_up)
        watchdog.name = f"{self._kind}-watchdog"
        watchdog.start()
        try:
            return self._exchange(question, take)
        except (OSError, ValueError, EOFError) as error:
            self._process.kill()
            self._process.wait()
            if timed_out.is_set():
                raise HelperTimedOutError from error
            raise self._ended() from error
        finally:
            watchdog.cancel()
            watchdog.join()
            self.served += 1

    def _exchange(self, question: dict[str, Any], take: Callable[[dict[str, Any], IO[bytes]], T]) -> T:
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None
        assert stdout is not None
        self._stderr.seek(0)  # the helper writes where we stand: it has the same open file
        self._stderr.truncate()
        # ASCII: names that are no UTF-8 survive as lone surrogates.
        stdin.write(json.dumps(question).encode("ascii") + b"\n")
        stdin.flush()
        line = stdout.readline()
        if not line.endswith(b"\n"):
            raise EOFError
        answer: dict[str, Any] = json.loads(line)
        return take(answer, stdout)

    def _ended(self) -> HelperEndedError:
        code = self._process.returncode
        if code == IDLE_EXIT:
            return HelperEndedError("it was idle", idle=True)
        self._stderr.seek(0, os.SEEK_END)
        self._stderr.seek(max(0, self._stderr.tell() - _STDERR_TAIL))
        said = self._stderr.read().decode("utf-8", "replace").strip("\0\n ")
        log.info("%s process ended with %s, saying: %s", self._kind, code, said or "nothing")
        return HelperEndedError(_reason(code))

    def kill(self) -> None:
        """End the process now; who waits for its answer is told that it is gone. May be called from any thread."""
        self._process.kill()

    def close(self) -> None:
        """End the process: by the end of its input, or by force if it does not listen."""
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                try:
                    stream.close()
                except OSError:
                    log.debug("pipe to a %s process was broken", self._kind, exc_info=True)
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


# -- in the helper ----------------------------------------------------------------------------------------------------


def become_helper(address_space: int) -> tuple[BinaryIO, BinaryIO]:
    """Make this process a helper; returns where questions come from and where answers go.

    ``address_space`` is how many bytes it may take, where the platform has such a limit (Linux).
    """
    # Libraries that print must not print into the answers: those get a descriptor of their own.
    questions = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    with suppress(OSError, ValueError, AttributeError):
        faulthandler.enable()
    # Ctrl+C in a terminal reaches all its processes; this one ends when its asker does.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    limit_helper(address_space)
    return questions, answers


def next_question(questions: BinaryIO, idle_s: float) -> dict[str, Any] | None:
    """Wait for a question; None when there will be no more. A helper that waits longer than ``idle_s`` ends here."""
    idle = threading.Timer(idle_s, os._exit, (IDLE_EXIT,))
    idle.daemon = True
    idle.start()
    try:
        line = questions.readline()
    finally:
        idle.cancel()
    return json.loads(line) if line else None


def send_answer(answers: BinaryIO, answer: dict[str, Any], data: bytes = b"") -> None:
    """Answer, with ``data`` behind the line."""
    answers.write(json.dumps(answer, separators=(",", ":")).encode("ascii") + b"\n" + data)
    answers.flush()


def run_niced(steps: int) -> None:
    """Let this whole process wait for others where there is not enough processor for all; 0 changes nothing."""
    if steps and sys.platform == "win32":
        import ctypes

        below_normal = 0x4000
        kernel = ctypes.windll.kernel32
        kernel.SetPriorityClass(kernel.GetCurrentProcess(), below_normal)
    elif steps:
        os.nice(steps)


class Notes(logging.Handler):
    """Keeps warnings for the asker, who has a log."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one warning."""
        self._lines.append(self.format(record))

    def take(self) -> list[str]:
        """What was noted since the last call."""
        lines, self._lines = self._lines, []
        return lines
