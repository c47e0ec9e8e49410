"""Exporting reviewed photos with their places to a file that other programs read."""

import contextlib
import errno
import io
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TextIO

from landmark_desktop.core.bundle import Bundle
from landmark_desktop.core.errors import ErrorCode, ExportError, KnownError
from landmark_desktop.core.photo import display_name, is_photo_name
from landmark_desktop.core.record import PhotoRecord
from landmark_desktop.metadata.atomic import exclusive, rename, sync, sync_folder, temp_path
from landmark_desktop.services.export_formats import ExportedPlace, ExportFormat, make_place_writer
from landmark_desktop.services.lanes import CancelToken, Lane
from landmark_desktop.services.scanner import scan
from landmark_desktop.store.library import Library

PART: Final = 1000
"""Photos that are read from the library at once."""


@dataclass(frozen=True, slots=True)
class ExportResult:
    """How many photos were exported, and how many were left out because this bundle knows no place for their
    landmark."""

    photos: int
    without_place: int


class ExportService:
    """Exports from the library. Runs on any lane but the db lane, which owns ``library``."""

    def __init__(self, db: Lane, library: Library, bundle: Bundle) -> None:
        self._db = db
        self._library = library
        self._bundle = bundle

    def records(self, photo_ids: Sequence[int]) -> Iterator[PhotoRecord]:
        """The records of these photos, a part at a time."""
        for start in range(0, len(photo_ids), PART):
            yield from self._db.call(self._library.records, photo_ids[start : start + PART], self._bundle.key)

    def records_under(
        self, paths: Sequence[Path], *, recursive: bool, on_error: Callable[[KnownError], None]
    ) -> Iterator[PhotoRecord]:
        """The records of all photos under these paths, in order; folders that cannot be read are told."""
        for listing in scan(paths, recursive=recursive):
            if listing.error is not None:
                on_error(listing.error)
            else:
                yield from self._db.call(
                    self._library.sync_folder, listing.folder, listing.entries, self._bundle.key, listing.volume
                )

    def write(
        self,
        records: Iterable[PhotoRecord],
        kind: ExportFormat,
        stream: TextIO,
        token: CancelToken | None = None,
        on_photo: Callable[[], None] = lambda: None,
    ) -> ExportResult:
        """Write those of the photos that were accepted to a stream (opened with ``newline=""``).

        Raises:
            ExportError: cancelled.
            OSError: the stream cannot be written.
        """
        writer = make_place_writer(kind, stream)
        photos = without_place = 0
        writer.begin()
        for record in records:
            if token is not None and token.is_cancelled():
                raise ExportError(ErrorCode.CANCELLED, name=record.photo.name)
            on_photo()
            if record.review is None or record.review.landmark_id is None:
                continue
            place = self.place_of(record)
            if place is None:
                without_place += 1
                continue
            writer.write(place)
            photos += 1
        writer.end()
        return ExportResult(photos, without_place)

    def place_of(self, record: PhotoRecord) -> ExportedPlace | None:
        """The accepted place of a photo; None where the bundle knows none."""
        review = record.review
        landmark = self._bundle.landmark_by_id.get(review.landmark_id) if review and review.landmark_id else None
        if review is None or landmark is None or landmark.location is None:
            return None
        location, facts, guess = landmark.location, record.photo.facts, record.accepted_guess
        return ExportedPlace(
            path=record.photo.path,
            file=readable(record.photo.path),
            landmark_id=landmark.id,
            landmark=landmark.name,
            local_name=landmark.local_name,
            sublocation=location.sublocation,
            city=location.city,
            region=location.region,
            country=location.country,
            country_code=location.country_code,
            latitude=location.latitude,
            longitude=location.longitude,
            radius_m=location.radius_m,
            camera_latitude=facts.latitude,
            camera_longitude=facts.longitude,
            taken_at=facts.taken_at,
            confidence=guess.confidence if guess is not None else None,
            reviewed_by=review.reviewed_by.value,
        )

    def save(
        self,
        records: Iterable[PhotoRecord],
        kind: ExportFormat,
        output: Path,
        token: CancelToken | None = None,
        on_photo: Callable[[], None] = lambda: None,
    ) -> ExportResult:
        """Write a file, whole or not at all: it takes the place of an older one when it is complete.

        Raises:
            ExportError: the file cannot be written, would take the place of a photo, or the export was cancelled.
        """
        if is_photo_name(output.name):
            raise ExportError(ErrorCode.EXPORT_FAILED, name=display_name(output), reason="that is a photo's name")
        try:
            with _replacing(output) as stream:
                return self.write(records, kind, stream, token, on_photo)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise ExportError(ErrorCode.EXPORT_FAILED, name=display_name(output), reason=reason) from error


@contextlib.contextmanager
def _replacing(output: Path) -> Iterator[TextIO]:
    """A text file that takes the place of ``output`` at the end, if there was no error."""
    if output.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(output))
    temp = temp_path(output)
    with exclusive(temp) as file:
        # Half of a surrogate pair, which a bundle's texts may hold, becomes an escape: the file is always UTF-8.
        stream = io.TextIOWrapper(io.BufferedWriter(file), encoding="utf-8", errors="backslashreplace", newline="")
        yield stream
        stream.flush()
        sync(file.fileno())
        if output.exists():
            shutil.copymode(output, temp)
        stream.close()
        rename(temp, output)
    sync_folder(output.parent)


def readable(path: Path) -> str:
    """A path as text that every format can hold: bytes that are no UTF-8 become ``\\xe9``."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")
