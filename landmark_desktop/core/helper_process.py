"""Processes of our own in which something risky is done: how they start, and what they may take.

They are this program once more, with one hidden argument: a frozen program is its own interpreter.
"""

import os
import sys
from contextlib import suppress
from pathlib import Path

import landmark_desktop

THREAD_VARIABLES = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")


def helper_command(module: str, argument: str) -> list[str]:
    """The command that runs ``module`` (which has a main guard) with this interpreter; in a frozen program, the
    program for the terminal (the one for the window has no standard streams on Windows) with ``argument``."""
    if getattr(sys, "frozen", False):
        program = Path(sys.executable)
        for_terminal = program.with_name("landmark-desktop-cli" + program.suffix)
        return [str(for_terminal if for_terminal.exists() else program), argument]
    # -P: a folder of photos that is the working directory must not be searched for modules.
    return [sys.executable, "-P", "-m", module]


def helper_environment() -> dict[str, str]:
    """The environment of a helper: it finds this package wherever it is started, and computes in one thread unless it
    is told otherwise (each thread's stack would count as memory)."""
    environment = dict(os.environ)
    root = str(Path(landmark_desktop.__file__).resolve().parent.parent)
    others = environment.get("PYTHONPATH")
    environment["PYTHONPATH"] = root + os.pathsep + others if others else root
    environment.update(dict.fromkeys(THREAD_VARIABLES, "1"))
    return environment


def limit_helper(address_space: int) -> None:
    """In a helper: no core files, no crash dialogs, and on Linux no more than ``address_space`` bytes of memory."""
    if sys.platform == "win32":
        import ctypes

        # SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX: a crash is an exit code, not a dialog that waits for a click.
        ctypes.windll.kernel32.SetErrorMode(0x0001 | 0x0002)
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        limit = address_space if hard == resource.RLIM_INFINITY else min(address_space, hard)
        with suppress(ValueError):  # what is taken already may be more than a container's own limit leaves
            resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
