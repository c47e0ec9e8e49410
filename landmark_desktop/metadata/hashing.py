"""Hashing beside other work: hashes are half of what a write into a photo takes, and need no lock of Python's.

Within :func:`beside` a thread hashes while the caller goes on; elsewhere a hash is computed when it is asked for. The
answer is the same either way.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache
from typing import TypeVar

T = TypeVar("T")

_threads: list[ThreadPoolExecutor] = []
"""The threads of the callers that are within :func:`beside`; the latest hashes."""


@contextmanager
def beside() -> Iterator[None]:
    """Let a thread hash what is put off by :func:`later` until the end of the block."""
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="hash") as thread:
        _threads.append(thread)
        try:
            yield
        finally:
            _threads.remove(thread)


def later(function: Callable[[T], str], what: T) -> Callable[[], str]:
    """Return what tells ``function(what)``, computed once: beside the caller, or when it is asked for."""
    if _threads:
        return _threads[-1].submit(function, what).result
    return cache(lambda: function(what))
