"""Reads metadata in a process, finds out what it means for the library, and stores it there in groups."""

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np

from landmark_desktop.core.bundle import Bundle
from landmark_desktop.core.errors import KnownError
from landmark_desktop.core.photo import PhotoFacts
from landmark_desktop.metadata.reading import MetadataReader, WantedPhoto
from landmark_desktop.services.importing import Importer
from landmark_desktop.services.lanes import Lane
from landmark_desktop.services.metadata_pass import Part
from landmark_desktop.services.photo_rows import FactRows
from landmark_desktop.store.facts import NOTHING, ReadFacts
from landmark_desktop.store.library import Library
from landmark_desktop.store.rows import unpack_companions

Tell = Callable[[int, FactRows, Sequence[int]], None]
"""Told on the db lane, once it is stored: the job, what was read, and the photos of which more than that is news (they
got a review from their files, or an error)."""
BEHIND: Final = 5
"""How much nicer than the thread that asks it a process is that reads in the background."""


class LibraryReader:
    """Reads parts for the library (:class:`.metadata_pass.PartReader`).

    ``bundle`` is asked for the bundle whose landmarks places are compared with; ``problem`` hears that the library
    cannot be written.
    """

    def __init__(
        self,
        db: Lane,
        library: Library,
        bundle: Callable[[], Bundle],
        *,
        tell: Tell,
        problem: Callable[[KnownError], None],
        reader: MetadataReader | None = None,
    ) -> None:
        self._db = db
        self._library = library
        self._bundle = bundle
        self._importer: tuple[Bundle, Importer] | None = None
        self._tell = tell
        self._problem = problem
        self._reader = reader or MetadataReader(nice=BEHIND)

    def read(self, job: int, part: Part, on_stored: Callable[[], None]) -> None:
        """Read these photos and store what they say. Raises :class:`OSError` where no process can be started.

        Storing is left to the db lane, so that the process has something to do meanwhile.
        """
        wanted = [
            WantedPhoto(
                name, size, mtime_ns, tuple(file.name for file in unpack_companions(companions)) if companions else ()
            )
            for name, size, mtime_ns, companions in zip(
                part.names, part.sizes, part.mtimes_ns, part.companions, strict=True
            )
        ]
        importer = self._importer_now()
        found: list[ReadFacts] = []
        for photo_id, photo, read in zip(part.ids, wanted, self._reader.read(part.folder, wanted), strict=True):
            if read.facts is None and read.error is None:
                continue
            imported = NOTHING if read.metadata is None else importer.interpret(read.metadata)
            found.append(ReadFacts(photo_id, photo.size, photo.mtime_ns, read.facts, imported, read.error))
        self._db.submit_when_room(self._save, job, found).add_done_callback(lambda _: on_stored())

    def _importer_now(self) -> Importer:
        bundle = self._bundle()
        if self._importer is None or self._importer[0] is not bundle:
            self._importer = bundle, Importer(bundle)
        return self._importer[1]

    def _save(self, job: int, found: list[ReadFacts]) -> None:
        """On the db lane."""
        if not found:
            return
        try:
            changed = self._library.save_facts(found)
        except KnownError as error:
            self._problem(error)
            return
        self._tell(job, _rows([(one.photo_id, one.facts) for one in found if one.facts]), changed)

    def stop(self) -> None:
        """Break off what is being read."""
        self._reader.stop()

    def close(self) -> None:
        """End the process."""
        self._reader.close()


def _rows(found: list[tuple[int, PhotoFacts]]) -> FactRows:
    return FactRows(
        [photo_id for photo_id, _ in found],
        np.array([facts.taken_at or "NaT" for _, facts in found], "datetime64[us]"),
        np.array([facts.latitude for _, facts in found], np.float64),  # None becomes NaN
        np.array([facts.longitude for _, facts in found], np.float64),
    )
