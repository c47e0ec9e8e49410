"""What the machine has to offer: cores and memory that this process may use."""

import ctypes
import logging
import os
import sys
from typing import Final

log = logging.getLogger(__name__)

# mallopt(3) of the GNU C library.
_M_TRIM_THRESHOLD: Final = -1
_M_MMAP_THRESHOLD: Final = -3
_M_ARENA_MAX: Final = -8
_LARGE: Final = 1024 * 1024
_HEAPS: Final = 2


def available_cores() -> int:
    """The number of cores this process may run on, which can be fewer than there are (containers, ``taskset``)."""
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    import psutil

    process = psutil.Process()
    if hasattr(process, "cpu_affinity"):  # Windows; macOS has none
        return max(1, len(process.cpu_affinity()))
    return os.cpu_count() or 1


def available_memory() -> int | None:
    """Bytes of memory that programs can still take without others being swapped out; None where that is not known."""
    import psutil

    try:
        return int(psutil.virtual_memory().available)
    except (OSError, RuntimeError, NotImplementedError) as error:
        log.info("the free memory is not known: %s", error)
        return None


def resident_memory() -> int:
    """Bytes of memory that this process has now."""
    import psutil

    return int(psutil.Process().memory_info().rss)


def return_memory() -> None:
    """Have the C library give memory back to the system when it is freed. For a process that shows a window.

    The GNU C library keeps what was freed, in up to eight heaps for each core, and after the first large block that is
    freed it also takes large blocks from those heaps: pictures and the model's file left holes of some 50 MB. Other
    systems give memory back on their own.
    """
    if sys.platform != "linux":
        return
    library = ctypes.CDLL(None)
    if not hasattr(library, "gnu_get_libc_version"):
        return
    for option, value in ((_M_MMAP_THRESHOLD, _LARGE), (_M_TRIM_THRESHOLD, _LARGE), (_M_ARENA_MAX, _HEAPS)):
        if not library.mallopt(option, value):
            log.info("the C library refuses option %d for its memory", option)
