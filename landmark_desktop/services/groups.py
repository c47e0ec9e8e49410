"""Cutting a run into groups of files whose journal entries are committed together."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final, TypeVar

T = TypeVar("T")
MAX_FILES: Final = 32
"""Files of one commit of the journal; more would gain little and leave more to settle after a crash."""
MAX_BYTES: Final = 32 * 1024 * 1024
"""A group's content is kept in memory between its snapshots and its writes."""


def in_groups(items: Sequence[T], target: Callable[[T], Path], size: Callable[[T], int]) -> Iterator[list[T]]:
    """Cut ``items``, in their order, into groups bounded in number and in bytes (``size``); one item always fits.

    No group has a file twice: each write of a file is settled before the next begins, so that the file itself tells
    what became of it.
    """
    group: list[T] = []
    targets: set[Path] = set()
    total = 0
    for item in items:
        if group and (len(group) == MAX_FILES or total + size(item) > MAX_BYTES or target(item) in targets):
            yield group
            group, targets, total = [], set(), 0
        group.append(item)
        targets.add(target(item))
        total += size(item)
    if group:
        yield group
