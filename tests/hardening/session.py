"""A whole session of the program in one process: every kind of work, from the command line and with the window.

Runs as ``python -m tests.hardening.session WORK``: ``WORK/photos`` is classified, tagged and undone, then opened in the
window (without a screen), where a photo is reviewed, tagged, and looked at on the map; dialogs are opened. Ends with 0
and ``session done`` when all of that worked. ``--guard`` ends it as soon as anything in it, Python or not, opens a
socket that is not a local one (Linux).
"""

import ctypes
import os
import platform
import struct
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

PATIENCE_S = 120.0
_AF_UNIX = 1
_SOCKET_CALL = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
"""The kernel's number of the architecture, and that of its call ``socket``."""


def can_guard() -> bool:
    """True where the kernel can be asked to watch (see :func:`guard_sockets`)."""
    return sys.platform == "linux" and platform.machine() in _SOCKET_CALL


def guard_sockets() -> None:
    """From now on the kernel kills this process and its children (SIGSYS) at the first ``socket()`` of another family
    than AF_UNIX, whoever calls it; and Python says who it was, if it was Python.

    A filter of the system call by seccomp (``man 2 seccomp``), as classic BPF.
    """
    sys.addaudithook(_tell)
    architecture, number = _SOCKET_CALL[platform.machine()]
    load, equal, end = 0x20, 0x15, 0x06  # BPF_LD|BPF_W|BPF_ABS, BPF_JMP|BPF_JEQ|BPF_K, BPF_RET|BPF_K
    allow, kill = 0x7FFF0000, 0x80000000  # SECCOMP_RET_ALLOW, SECCOMP_RET_KILL_PROCESS
    program = [
        (load, 0, 0, 4),  # the architecture
        (equal, 0, 4, architecture),
        (load, 0, 0, 0),  # which call
        (equal, 0, 2, number),
        (load, 0, 0, 16),  # its first argument, the family
        (equal, 0, 1, _AF_UNIX),
        (end, 0, 0, allow),
        (end, 0, 0, kill),
    ]
    code = ctypes.create_string_buffer(b"".join(struct.pack("<HBBL", *step) for step in program))
    head = ctypes.create_string_buffer(struct.pack("@HP", len(program), ctypes.addressof(code)))
    libc = ctypes.CDLL(None, use_errno=True)
    set_no_new_privileges, set_seccomp, mode_filter = 38, 22, 2
    for arguments in ((set_no_new_privileges, 1, 0, 0, 0), (set_seccomp, mode_filter, ctypes.addressof(head), 0, 0)):
        if libc.prctl(*(ctypes.c_ulong(argument) for argument in arguments)) != 0:
            raise OSError(ctypes.get_errno(), "the kernel does not watch")


def _tell(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "socket.__new__" and arguments[1] != _AF_UNIX:
        import traceback

        sys.stderr.write(f"a socket of family {arguments[1]} is opened:\n")
        traceback.print_stack()
        sys.stderr.flush()


def run_commands(work: Path) -> None:
    """What the command line can do."""
    from landmark_desktop.__main__ import main

    photos, bundle, library = (str(work / name) for name in ("photos", "bundle", "cli.sqlite"))
    common = ["--bundle", bundle, "--library", library]
    for arguments in (
        ["classify", photos, "--format", "csv", *common],
        ["tag", photos, *common],
        ["runs", "--library", library],
        ["undo", "--library", library],
        ["self-test"],
    ):
        code = main(arguments)
        if code != 0:
            raise RuntimeError(f"{arguments[0]} ended with {code}")


def run_window(work: Path, check: Callable[[Any], None] | None = None) -> None:
    """The window, from its start to its end; ``check`` is called with it when all photos are classified."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from landmark_desktop.__main__ import main

    application = QApplication(sys.argv[:1])
    steps = _Steps(application, check or use_window)
    timer = QTimer(interval=50)
    timer.timeout.connect(steps.beat)
    timer.start()
    code = main(["--library", str(work / "window.sqlite"), str(work / "photos")])
    timer.stop()
    if code != 0 or not steps.done:
        raise RuntimeError(f"the window ended with {code}: {steps.problem or 'it was closed too early'}")


class _Steps:
    """Waits until all is classified, uses the window once, and closes it."""

    def __init__(self, application: Any, check: Callable[[Any], None]) -> None:
        self._application = application
        self._check = check
        self._deadline = time.monotonic() + PATIENCE_S
        self.done = False
        self.problem = ""

    def beat(self) -> None:
        """One look at the window."""
        from landmark_desktop.services.work import WorkState
        from landmark_desktop.ui.main_window import MainWindow
        from landmark_desktop.ui.photo_grid.tile import Bucket

        if self.done:
            self._application.closeAllWindows()  # a crash dialog may have come after the window went
            return
        window = next((w for w in self._application.topLevelWidgets() if isinstance(w, MainWindow)), None)
        if window is None:
            return
        if time.monotonic() > self._deadline:
            self.problem = f"not ready in time ({window.workspace.state})"
            self._application.closeAllWindows()
            return
        photos = window.photos
        if photos.counts[Bucket.ALL] and not photos.unclassified and window.workspace.state is WorkState.IDLE:
            try:
                self._check(window)
                self.done = True
            except Exception as error:
                self.problem = repr(error)
                raise
            finally:
                self._application.closeAllWindows()


def use_window(window: Any) -> None:
    """Review a photo and open what can be opened."""
    record = next(record for record in window.workspace.records() if record.error is None)
    window.view.choose(record.id)
    window.workspace.reviews.reject([record.id])
    window.actions_by_id["keys"].trigger()
    window.actions_by_id["about"].trigger()


def main() -> int:
    """Run the session."""
    work = Path(sys.argv[1])
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if "--guard" in sys.argv:
        guard_sockets()
    run_commands(work)
    run_window(work)
    sys.stdout.write("session done\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
