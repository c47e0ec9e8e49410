"""What several commands do: tell problems, count, load the bundle, open the library, classify."""

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from tqdm import tqdm

from landmark_desktop.cli.arguments import Arguments
from landmark_desktop.core.agreement import verdict_of
from landmark_desktop.core.bundle import Bundle, load_bundle
from landmark_desktop.core.errors import KnownError
from landmark_desktop.core.guess import Thresholds
from landmark_desktop.core.location import Landmark
from landmark_desktop.core.record import PhotoRecord
from landmark_desktop.core.resources import default_bundle_path
from landmark_desktop.inference.classifier import OnnxClassifier
from landmark_desktop.inference.session import ProviderChoice
from landmark_desktop.services.batch import BatchClassifier
from landmark_desktop.services.lanes import Lane
from landmark_desktop.services.sizing import EngineOptions, model_threads
from landmark_desktop.services.tagging import TaggingService
from landmark_desktop.store.library import Library

EXIT_OK: Final = 0
EXIT_FAILED: Final = 1
EXIT_USAGE: Final = 2
EXIT_NOTHING_READ: Final = 3
EXIT_INTERRUPTED: Final = 130


def complain(error: KnownError) -> None:
    """Tell a known error and its remedy."""
    print(f"landmark-desktop: {error.message}\n  {error.remedy}", file=sys.stderr)


def count(number: int, noun: str) -> str:
    """``1 photo``, ``2,000 photos``."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def bundle_of(arguments: Arguments) -> Bundle:
    """The bundle that was asked for, else the shipped one. Raises :class:`BundleError`."""
    return load_bundle(arguments.bundle if arguments.bundle is not None else default_bundle_path())


def batch_of(arguments: Arguments, bundle: Bundle) -> BatchClassifier:
    """A batch with the options that were asked for."""
    choice = ProviderChoice(arguments.provider)
    batch = BatchClassifier(
        arguments.library,
        bundle,
        lambda: OnnxClassifier(bundle, choice, model_threads(arguments.threads)),
        EngineOptions(decode_workers=arguments.threads, batch_size=arguments.batch_size),
    )
    notice = batch.library.notice
    if notice is not None:
        complain(notice)
    return batch


def classified(batch: BatchClassifier, arguments: Arguments, each: Callable[[PhotoRecord], None]) -> list[KnownError]:
    """Classify and hand over every record in input order; returns the folders that could not be read."""
    folder_errors: list[KnownError] = []

    def folder_error(error: KnownError) -> None:
        folder_errors.append(error)
        with tqdm.external_write_mode(sys.stderr):
            complain(error)

    with tqdm(file=sys.stderr, unit=" photos", disable=not sys.stderr.isatty(), dynamic_ncols=True) as bar:

        def found(total: int) -> None:
            bar.total = total

        for record in batch.run(arguments.paths, recursive=arguments.recursive, on_found=found, on_error=folder_error):
            with tqdm.external_write_mode(sys.stdout):
                each(record)
            bar.update()
    return folder_errors


def verdict_text(record: PhotoRecord, thresholds: Thresholds, landmarks: Mapping[str, Landmark]) -> str:
    """The verdict as the command line prints it; ``error`` where the photo could not be read."""
    verdict, _ = verdict_of(record, thresholds, landmarks)
    return "error" if record.error is not None or verdict is None else verdict.value


@contextmanager
def open_library(path: Path) -> Iterator[tuple[Lane, Library]]:
    """The library with the lane that owns it, for commands that need no engine.

    Raises:
        LibraryError: it cannot be opened.
    """
    db = Lane("db")
    try:
        library = db.call(Library.open, path)
        try:
            if library.notice is not None:
                complain(library.notice)
            yield db, library
        finally:
            db.call(library.close)
    finally:
        db.close()


class Tagging:
    """A tagging service on the user's library, for commands that need no bundle: undo works without one."""

    def __init__(self, library_path: Path) -> None:
        self._db = Lane("db")
        try:
            self._library = self._db.call(Library.open, library_path)
        except BaseException:
            self._db.close()
            raise
        if self._library.notice is not None:
            complain(self._library.notice)

    def __enter__(self) -> TaggingService:
        service = TaggingService(self._db, self._library, None)
        service.reconcile()
        return service

    def __exit__(self, *_: object) -> None:
        self._db.call(self._library.close)
        self._db.close()
