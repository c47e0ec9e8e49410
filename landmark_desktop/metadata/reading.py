"""Asks a process of its own for the metadata of many photos, and survives what a hostile file does to it."""

import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, Any, Final, NamedTuple, TypeVar

from landmark_desktop.core.camera import CameraFacts
from landmark_desktop.core.errors import ErrorCode, PhotoError
from landmark_desktop.core.helper_pipe import Helper, HelperEndedError, HelperTimedOutError
from landmark_desktop.core.helper_process import helper_command
from landmark_desktop.core.photo import display_name
from landmark_desktop.metadata import READER_ARGUMENT, reading_worker
from landmark_desktop.metadata.reading_wire import PhotoRead, unpack

log = logging.getLogger(__name__)

T = TypeVar("T")

TIMEOUT_S: Final = 60.0
"""How long one question may take: a hundred photos take a tenth of a second, the rest is for drives that have to spin
up and for networks. Photos of a question that took longer are asked for one by one, with as much time for each."""


class WantedPhoto(NamedTuple):
    """A photo of a folder as it was listed; ``companions`` are the names of its other files."""

    name: str
    size: int
    mtime_ns: int
    companions: tuple[str, ...] = ()


class MetadataReader:
    """Reads metadata in a process, which is started when it is needed. Used by one thread.

    ``command`` starts the process, ``nice`` is how far it steps back behind others.
    """

    def __init__(self, command: Sequence[str] | None = None, *, timeout_s: float = TIMEOUT_S, nice: int = 0) -> None:
        self._command = list(command or helper_command(reading_worker.__name__, READER_ARGUMENT))
        self._timeout_s = timeout_s
        self._nice = nice
        self._helper: Helper | None = None
        self._stopped = False

    def read(self, folder: Path, photos: Sequence[WantedPhoto]) -> list[PhotoRead]:
        """Read these photos of a folder.

        A file that brings the process down, or keeps it from answering, costs its own photo only: the others of its
        question are asked for again, one by one, of a fresh process.

        Raises:
            OSError: the process cannot be started.
        """
        try:
            return self._ask(folder, photos)
        except (HelperEndedError, HelperTimedOutError):
            if self._stopped:
                return [PhotoRead()] * len(photos)
            return [self._read_alone(folder, photo) for photo in photos]

    def read_camera(self, photo: Path) -> CameraFacts:
        """Read how a photo was taken; nothing where that cannot be told, or its file does the process harm.

        Raises:
            OSError: the process cannot be started.
        """

        def take(answer: dict[str, Any], _: IO[bytes]) -> CameraFacts:
            return CameraFacts.unpack(answer["camera"])

        question = {"camera": str(photo.absolute()), "timeout_s": self._timeout_s}
        for _ in range(2):
            if self._stopped:
                break
            try:
                return self._put(question, take)
            except HelperTimedOutError:
                break
            except HelperEndedError as error:
                if not error.idle:
                    break
        return CameraFacts()

    def _read_alone(self, folder: Path, photo: WantedPhoto) -> PhotoRead:
        name = display_name(folder / photo.name)
        while True:
            fresh = self._helper is None
            try:
                return self._ask(folder, [photo])[0]
            except HelperTimedOutError:
                log.warning("reading metadata hung and was ended: %s", name)
                reason = f"it took longer than {self._timeout_s:.0f} seconds"
                return PhotoRead(error=PhotoError(ErrorCode.FILE_READ_FAILED, name=name, reason=reason))
            except HelperEndedError as error:
                if self._stopped:
                    return PhotoRead()
                if error.idle or not fresh:  # a photo before may have left it broken
                    continue
                log.warning("reading metadata crashed (%s): %s", error, name)
                reason = f"it brought its reader down ({error})"
                return PhotoRead(error=PhotoError(ErrorCode.METADATA_UNREADABLE, name=name, reason=reason))

    def _ask(self, folder: Path, photos: Sequence[WantedPhoto]) -> list[PhotoRead]:
        question: dict[str, Any] = {
            "folder": str(folder.absolute()),
            "photos": list(photos),
            "timeout_s": self._timeout_s,
        }
        if self._stopped:
            return [PhotoRead()] * len(photos)

        def take(answer: dict[str, Any], _: IO[bytes]) -> list[PhotoRead]:
            for note in answer["log"]:
                log.warning("in a metadata process: %s", note)
            try:
                found = [unpack(packed) for packed in answer["found"]]
            except (TypeError, LookupError) as error:
                raise ValueError("an answer that is none") from error
            if len(found) != len(photos):
                raise ValueError("an answer to another question")
            return found

        return self._put(question, take)

    def _put(self, question: dict[str, Any], take: Callable[[dict[str, Any], IO[bytes]], T]) -> T:
        """Ask the process, which is started where there is none."""
        if self._helper is None:
            self._helper = Helper(self._command, "metadata")
            question["nice"] = self._nice
        try:
            return self._helper.ask(question, self._timeout_s, take)
        except BaseException:
            self.close()
            raise

    def stop(self) -> None:
        """Break off: what is being read counts as not read. May be called from any thread."""
        self._stopped = True
        helper = self._helper
        if helper is not None:
            helper.kill()

    def close(self) -> None:
        """End the process; the next question starts another."""
        if self._helper is not None:
            self._helper.close()
            self._helper = None
