"""Watches the process that meets hostile files: it must not die, must not take long, and must not grow."""

import json
import os
import select
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

LIMIT_S = 10.0
"""How long one photo may take, all that the program does with it together, in seconds of computing."""
PATIENCE_S = 60.0
"""How long is waited on a machine that has other things to do."""
ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Outcome:
    """What came of a folder. ``death`` says how the process died or that it hung, and is empty if it lives."""

    death: str = ""
    errors: list[str] = field(default_factory=list)
    decoded: int = 0
    written: int = 0
    bugs: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def finding(self) -> str:
        """What is wrong, empty if the program did well."""
        late = f"took {self.seconds} seconds" if self.seconds > LIMIT_S else ""
        return self.death or "\n".join(self.bugs) or late


class Victim:
    """One process after the other: a new one where the last one died. Use as a context manager."""

    def __init__(self, patience_s: float = PATIENCE_S) -> None:
        self._patience_s = patience_s
        self._process: subprocess.Popen[bytes] | None = None
        self._stderr = tempfile.TemporaryFile()  # noqa: SIM115  # lives as long as this object

    def __enter__(self) -> "Victim":
        return self

    def __exit__(self, *_: object) -> None:
        self._end()
        self._stderr.close()

    def meet(self, folder: Path) -> Outcome:
        """Let the process do all with the photos of ``folder``."""
        process = self._process or self._start()
        assert process.stdin is not None
        process.stdin.write(json.dumps(str(folder)).encode() + b"\n")
        process.stdin.flush()
        line = self._answer(self._patience_s)
        if line is None:
            stack = self._end(hung=True)
            return Outcome(death=f"hung for {self._patience_s} seconds\n{stack}")
        if not line:
            code = process.wait()
            said = self._end()
            return Outcome(death=f"died with {code}\n{said}")
        found: dict[str, Any] = json.loads(line)
        return Outcome(**found)

    def peak_bytes(self) -> int:
        """The most memory that the living process had so far (Linux), else 0."""
        if self._process is None or sys.platform != "linux":
            return 0
        text = Path(f"/proc/{self._process.pid}/status").read_text("ascii")
        return next(int(row.split()[1]) * 1024 for row in text.splitlines() if row.startswith("VmHWM"))

    def _start(self) -> "subprocess.Popen[bytes]":
        self._stderr.seek(0)
        self._stderr.truncate()
        self._process = subprocess.Popen(
            [sys.executable, "-X", "faulthandler", "-m", "tests.hardening.victim"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._stderr,
            bufsize=0,
            env={**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
        )
        if self._answer(60.0) != b"ready\n":
            raise RuntimeError(f"the victim does not start: {self._end()}")
        return self._process

    def _answer(self, patience_s: float) -> bytes | None:
        """One line, no bytes where the process is gone, None if it took too long."""
        assert self._process is not None
        assert self._process.stdout is not None
        stream, line, deadline = self._process.stdout, b"", time.monotonic() + patience_s
        while not line.endswith(b"\n"):
            if not select.select([stream], [], [], max(0.0, deadline - time.monotonic()))[0]:
                return None
            piece = os.read(stream.fileno(), 65536)
            if not piece:
                return b""
            line += piece
        return line

    def _end(self, *, hung: bool = False) -> str:
        if self._process is None:
            return ""
        process, self._process = self._process, None
        if hung:
            import signal

            process.send_signal(signal.SIGABRT)  # faulthandler then says where it is
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()
        for stream in (process.stdin, process.stdout):
            assert stream is not None
            stream.close()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        self._stderr.seek(0)
        return self._stderr.read().decode("utf-8", "replace")[-4000:]
