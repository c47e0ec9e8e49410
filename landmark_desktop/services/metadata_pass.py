"""The metadata pass: reads the metadata of photos that were found, long before they are decoded.

So that dates, positions and places of 100,000 photos are there after a minute and not after hours. What is known is in
the library: the pass reads what is not, whenever it begins, so it needs no state of its own. This module chooses what
is read next; :mod:`.metadata_reading` reads, in processes, and is imported when there is something to read, because
importing Exiv2 takes its time.
"""

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final, Protocol, TypeVar

import numpy as np

from landmark_desktop.core.photo import Photo
from landmark_desktop.services.lanes import step_back
from landmark_desktop.services.photo_rows import PhotoRows
from landmark_desktop.services.sizing import reading_processes
from landmark_desktop.store.rows import pack_companions

log = logging.getLogger(__name__)

T = TypeVar("T")

BATCH: Final = 100
"""Photos that are asked for at once: those in sight need not wait long, and asking costs little."""
START_S: Final = 5.0
"""How long after a folder was opened the pass begins at the latest. It waits for the end of the scan, because the names
in the grid come first; but a drive may take hours to list."""
PER_THREAD: Final = 400
"""Photos that wait for each process that is started: a small folder is not worth many of them."""
REST_S: Final = 5.0
"""A process with nothing to read is kept this long: a folder that is being copied into brings more."""


@dataclass(frozen=True, slots=True)
class Part:
    """Photos of one folder; ``companions`` are packed as in the library."""

    folder: Path
    ids: Sequence[int]
    names: Sequence[str]
    sizes: Sequence[int]
    mtimes_ns: Sequence[int]
    companions: Sequence[bytes | None]

    def only(self, which: Sequence[int]) -> "Part":
        """The photos at these places."""

        def chosen(column: Sequence[T]) -> list[T]:
            return [column[index] for index in which]

        return Part(
            self.folder,
            chosen(self.ids),
            chosen(self.names),
            chosen(self.sizes),
            chosen(self.mtimes_ns),
            chosen(self.companions),
        )

    def mark(self, index: int) -> int:
        """Tells one state of a photo's files from another."""
        return hash((self.sizes[index], self.mtimes_ns[index], self.companions[index]))


class PartReader(Protocol):
    """Reads photos and stores what they say. Used by one thread, but for :meth:`stop`."""

    def read(self, job: int, part: Part, on_stored: Callable[[], None]) -> None:
        """Read these photos; ``on_stored`` is called, on any thread, once what they say is stored.

        Raises:
            OSError: nothing can be read at all; ``on_stored`` is not called.
        """

    def stop(self) -> None:
        """Break off what is being read, and read no more. May be called from any thread."""

    def close(self) -> None:
        """End the process."""


class MetadataPass:
    """Reads the metadata of open photos: those in sight first, then folder by folder. May be used from any thread.

    ``make_reader`` is called on each of the pass's threads, which are there only while there is something to read.
    """

    def __init__(
        self,
        make_reader: Callable[[], PartReader],
        on_bug: Callable[[BaseException], None],
        *,
        processes: int = 0,
        start_s: float = START_S,
        rest_s: float = REST_S,
        background: bool = True,
    ) -> None:
        self._make_reader = make_reader
        self._on_bug = on_bug
        self._processes = processes or reading_processes()
        self._start_s, self._rest_s = start_s, rest_s
        self._background = background
        self._changed = threading.Condition()
        self._job = 0
        self._begin = 0.0
        self._paused = False
        self._closing = False
        self._threads: list[threading.Thread] = []
        self._readers: list[PartReader] = []
        self._first: deque[Part] = deque()
        self._parts: deque[Part] = deque()
        self._place = 0  # in the first of the parts
        self._waiting: dict[int, int] = {}  # the photos that are to be read or are being read, with their marks
        self._taken: set[int] = set()  # those of them that are in sight or being read: not to be taken from a part

    @property
    def waiting(self) -> int:
        """How many photos are still to be read."""
        return len(self._waiting)

    def open(self, job: int) -> None:
        """Forget what waits: other folders are open. What is being read is finished and stored."""
        with self._changed:
            self._job = job
            self._begin = time.monotonic() + self._start_s
            self._paused = False
            self._parts.clear()
            self._first.clear()
            self._waiting.clear()
            self._taken.clear()
            self._place = 0
            self._changed.notify_all()

    def add(self, job: int, folder: Path, found: PhotoRows) -> None:
        """These photos are in a folder; those whose metadata was not read are read."""
        rows = found.rows
        unread = np.flatnonzero(~(rows["facts_read"] | rows["offline"]))
        if not len(unread):
            return
        where = unread.tolist()
        part = Part(
            folder,
            rows["id"][unread].tolist(),
            [found.names[index] for index in where],
            rows["size"][unread].tolist(),
            rows["mtime_ns"][unread].tolist(),
            [found.companions.get(index) for index in where],
        )
        with self._changed:
            if job != self._job or self._closing:
                return
            marks = [part.mark(index) for index in range(len(where))]
            new = [index for index, mark in enumerate(marks) if self._waiting.get(part.ids[index]) != mark]
            if not new:
                return
            self._waiting.update((part.ids[index], marks[index]) for index in new)
            self._parts.append(part if len(new) == len(where) else part.only(new))
            self._start_threads()
            self._changed.notify_all()

    def begin(self, job: int) -> None:
        """The scan of this job has ended: read."""
        with self._changed:
            if job == self._job:
                self._begin = 0.0
                self._changed.notify_all()

    def look_at(self, photos: Iterable[Photo]) -> None:
        """These photos are in sight: read them before the others."""
        folders: dict[Path, list[Photo]] = {}
        with self._changed:
            for photo in photos:
                if photo.id in self._waiting and photo.id not in self._taken:
                    folders.setdefault(photo.path.parent, []).append(photo)
            for folder, here in reversed(folders.items()):
                part = Part(
                    folder,
                    [photo.id for photo in here],
                    [photo.path.name for photo in here],
                    [photo.identity.size for photo in here],
                    [photo.identity.mtime_ns for photo in here],
                    [pack_companions(photo.companions) for photo in here],
                )
                self._taken.update(part.ids)
                self._first.appendleft(part)

    def drop(self, photo_ids: Iterable[int]) -> None:
        """These were read meanwhile, by whoever decoded them."""
        with self._changed:
            for photo_id in photo_ids:
                if photo_id not in self._taken:
                    self._waiting.pop(photo_id, None)

    def pause(self) -> None:
        """Begin no further photos until :meth:`resume`."""
        with self._changed:
            self._paused = True

    def resume(self) -> None:
        """Go on after :meth:`pause`."""
        with self._changed:
            self._paused = False
            self._start_threads()
            self._changed.notify_all()

    def close(self) -> None:
        """Break off what is being read, and join all threads."""
        with self._changed:
            self._closing = True
            threads, readers = list(self._threads), list(self._readers)
            self._changed.notify_all()
        for reader in readers:
            reader.stop()
        for thread in threads:
            thread.join()

    def _start_threads(self) -> None:
        wanted = min(self._processes, 1 + len(self._waiting) // PER_THREAD) if self._waiting else 0
        while len(self._threads) < wanted and not (self._paused or self._closing):
            thread = threading.Thread(target=self._run, name=f"metadata-{len(self._threads)}")
            self._threads.append(thread)
            thread.start()

    # the threads: each waits for a process of its own, because Exiv2 holds Python's lock while it reads

    def _run(self) -> None:
        if self._background:
            step_back()
        reader: PartReader | None = None
        try:
            while (taken := self._take()) is not None:
                reader = reader or self._new_reader()
                try:
                    reader.read(*taken, partial(self._done, *taken))
                except OSError:
                    log.exception("metadata cannot be read ahead")
                    self._give_up()
        except Exception as error:
            log.exception("the metadata pass met a bug")
            self._give_up()
            self._on_bug(error)
        finally:
            self._leave(reader)

    def _new_reader(self) -> PartReader:
        reader = self._make_reader()
        with self._changed:
            self._readers.append(reader)
            if self._closing:
                reader.stop()
        return reader

    def _leave(self, reader: PartReader | None) -> None:
        with self._changed:
            if reader is not None:
                self._readers.remove(reader)
            if threading.current_thread() in self._threads:
                self._threads.remove(threading.current_thread())
        if reader is not None:
            reader.close()

    def _take(self) -> tuple[int, Part] | None:
        """Wait for the next photos; None when the thread has nothing to do any more."""
        with self._changed:
            rested = time.monotonic()
            while not self._closing:
                now = time.monotonic()
                if not self._paused and now >= self._begin and (part := self._next_part()) is not None:
                    return self._job, part
                if self._waiting and not self._paused and now < self._begin:
                    rested = now
                    self._changed.wait(self._begin - now)
                    continue
                left = rested + self._rest_s - now
                if left <= 0:
                    # Under the lock: what comes now starts another thread.
                    self._threads.remove(threading.current_thread())
                    return None
                self._changed.wait(left)
            return None

    def _next_part(self) -> Part | None:
        if self._first:
            return self._first.popleft()
        while self._parts:
            part = self._parts[0]
            chosen: list[int] = []
            while self._place < len(part.ids) and len(chosen) < BATCH:
                photo_id = part.ids[self._place]
                # Read before, in sight meanwhile, or changed since and to be read with a later part.
                if photo_id not in self._taken and self._waiting.get(photo_id) == part.mark(self._place):
                    chosen.append(self._place)
                self._place += 1
            if self._place == len(part.ids):
                self._parts.popleft()
                self._place = 0
            if chosen:
                batch = part.only(chosen)
                self._taken.update(batch.ids)
                return batch
        return None

    def _done(self, job: int, part: Part) -> None:
        with self._changed:
            if job != self._job:
                return
            for index, photo_id in enumerate(part.ids):
                self._taken.discard(photo_id)
                if self._waiting.get(photo_id) == part.mark(index):
                    del self._waiting[photo_id]

    def _give_up(self) -> None:
        """Nothing can be read ahead: photos are read when they are decoded."""
        with self._changed:
            self._parts.clear()
            self._first.clear()
            self._waiting.clear()
            self._taken.clear()
            self._place = 0
