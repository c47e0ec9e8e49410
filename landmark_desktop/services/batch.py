"""A batch without a window: classify paths and get the records in input order, as soon as they are known."""

import queue
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from PIL import Image

from landmark_desktop.core.bundle import Bundle
from landmark_desktop.core.errors import KnownError
from landmark_desktop.core.photo import Photo
from landmark_desktop.core.record import Outcome, PhotoRecord
from landmark_desktop.inference.classifier import Classifier
from landmark_desktop.inference.session import ProviderReport
from landmark_desktop.services.classification import ClassificationEngine
from landmark_desktop.services.known import KnownGuesses
from landmark_desktop.services.lanes import Lane
from landmark_desktop.services.scanner import scan
from landmark_desktop.services.sizing import EngineOptions
from landmark_desktop.store.library import Library


class BatchClassifier:
    """Runs the window's engine for the command line. Use as a context manager.

    The model is loaded when the first photo needs it; a folder that is in the library already costs no model.

    ``on_found`` is told how many photos were found so far, ``on_error`` of folders and files that cannot be listed.
    """

    def __init__(
        self,
        library_path: Path,
        bundle: Bundle,
        make_classifier: Callable[[], Classifier],
        options: EngineOptions | None = None,
    ) -> None:
        self.bundle = bundle
        self.provider: ProviderReport | None = None
        self._make_classifier = make_classifier
        self._options = options
        self.db = Lane("db")
        try:
            self.library = self.db.call(Library.open, library_path)
        except BaseException:
            self.db.close()
            raise
        self._engine: ClassificationEngine | None = None
        self._known = KnownGuesses(self.db, self.library, bundle.key)
        self._inbox: queue.SimpleQueue[list[Outcome] | BaseException] = queue.SimpleQueue()

    def __enter__(self) -> "BatchClassifier":
        return self

    def __exit__(self, *_: object) -> None:
        if self._engine is not None:
            self._engine.close()
        while not self._inbox.empty():  # an interrupted batch keeps what was classified
            item = self._inbox.get()
            if isinstance(item, list):
                self.db.call(self.library.save_outcomes, item, self.bundle.key)
        self.db.call(self.library.close)
        self.db.close()

    def run(
        self,
        paths: Sequence[Path],
        *,
        recursive: bool,
        on_found: Callable[[int], None],
        on_error: Callable[[KnownError], None],
    ) -> Iterator[PhotoRecord]:
        """Yield the record of every photo under ``paths``, in input order.

        Raises:
            KnownError: the model does not load, or the library cannot be written.
        """
        order: deque[int] = deque()
        known: dict[int, PhotoRecord] = {}
        seen: set[int] = set()
        for listing in scan(paths, recursive=recursive):
            if listing.error is not None:
                on_error(listing.error)
                continue
            synced = self.db.call(self.library.sync_folder, listing.folder, listing.entries, self.bundle.key)
            records = [record for record in synced if record.id not in seen]  # named twice on the command line
            seen.update(record.id for record in records)
            order.extend(record.id for record in records)
            known.update((record.id, record) for record in records if not record.needs_classification)
            waiting = [record.photo for record in records if record.needs_classification]
            if waiting:
                self._engine = self._engine or self._start()
                self._engine.add(waiting)
            on_found(len(seen))
            while not self._inbox.empty():
                self._take(known)
            yield from self._heads(order, known)
        while order:
            yield from self._heads(order, known)
            if order:
                self._take(known)

    @staticmethod
    def _heads(order: deque[int], known: dict[int, PhotoRecord]) -> Iterator[PhotoRecord]:
        while order and order[0] in known:
            yield known.pop(order.popleft())

    def _take(self, known: dict[int, PhotoRecord]) -> None:
        """Wait for results, and store all that are there: one transaction for many is quicker."""
        outcomes: list[Outcome] = []
        while not outcomes or not self._inbox.empty():
            item = self._inbox.get()
            if isinstance(item, BaseException):
                if outcomes:
                    self.db.call(self.library.save_outcomes, outcomes, self.bundle.key)
                raise item
            outcomes += item
        records = self.db.call(self.library.save_outcomes, outcomes, self.bundle.key)
        known.update((record.id, record) for record in records)

    def _start(self) -> ClassificationEngine:
        return ClassificationEngine(self._make_classifier, self, self._known.ask, self._options)

    # Listener (engine threads)

    def ready(self, provider: ProviderReport) -> None:
        """Note where the model runs."""
        self.provider = provider

    def failed(self, error: KnownError) -> None:
        """The model does not load: the batch ends with this error."""
        self._inbox.put(error)

    def decoded(self, job: int, photo: Photo, image: Image.Image) -> None:
        """Thumbnails are for the window."""

    def outcomes(self, job: int, outcomes: list[Outcome]) -> None:
        """Hand results to the main thread."""
        self._known.note(outcomes)
        self._inbox.put(outcomes)

    def bug(self, error: BaseException) -> None:
        """A bug ends the batch loudly."""
        self._inbox.put(error)
