"""The process that reads the metadata of many photos: Exiv2 holds Python's lock, so threads would not help.

One question is some photos of one folder, or how one photo was taken; :mod:`landmark_desktop.core.helper_pipe` tells
how it is put. The answer to some photos has one entry for each (:mod:`.reading_wire`). Each file is opened once.
Sidecars are found in one listing of the folder.

Started as ``python -m landmark_desktop.metadata.reading_worker``, or by a frozen program with
:data:`.READER_ARGUMENT`.
"""

import faulthandler
import logging
import os
import stat
import sys
import time
import unicodedata
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO, Final

from landmark_desktop.core.errors import ErrorCode, KnownError, MetadataError, photo_error_from_os
from landmark_desktop.core.helper_pipe import Notes, become_helper, next_question, run_niced, send_answer
from landmark_desktop.core.photo import FileIdentity, Photo, PhotoFacts, PhotoFile
from landmark_desktop.metadata.camera import read_camera
from landmark_desktop.metadata.reader import FileMetadata, FindSidecar, read_listed
from landmark_desktop.metadata.reading_wire import pack
from landmark_desktop.metadata.sidecar import SETTLED_NS, find_sidecar

log = logging.getLogger(__name__)

ADDRESS_SPACE: Final = 8 * 2**30
"""Bytes of address space that a reader may take on Linux. It maps TIFF files whole, and these may have 4 GB."""
IDLE_S: Final = 60.0
"""A reader that nobody asked for this long ends."""
ORPHAN_GRACE_S: Final = 5.0
"""How much longer than its asker a reader waits before it ends itself."""

Read = Callable[[str, Callable[[], Photo], FindSidecar | None], FileMetadata | PhotoFacts]
"""Reads one photo, as :func:`.reader.read_listed` does. May raise :class:`KnownError` and OSError."""


class FolderSidecars:
    """Finds sidecars by one listing of their folder, which is kept until the folder changes."""

    def __init__(self) -> None:
        self._folder: Path | None = None
        self._mtime_ns = 0
        self._names: frozenset[str] | None = None

    def look_at(self, folder: Path) -> None:
        """The next photos are of this folder."""
        try:
            mtime_ns = folder.stat().st_mtime_ns
            settled = abs(time.time_ns() - mtime_ns) >= SETTLED_NS
            if not settled or (folder, mtime_ns) != (self._folder, self._mtime_ns):
                with os.scandir(folder) as entries:
                    names = (_folded(entry.name) for entry in entries)
                    self._names = frozenset(name for name in names if name.endswith(".xmp"))
                self._folder, self._mtime_ns = folder, mtime_ns
        except OSError:  # a folder whose names may not be read; its photos may
            self._folder, self._names = None, None

    def may_be_for(self, name: str) -> bool:
        """False if no sidecar of that folder can belong to the photo of this name."""
        if self._names is None:
            return True
        name = _folded(name)
        return f"{name}.xmp" in self._names or f"{name.rpartition('.')[0] or name}.xmp" in self._names

    def find(self, photo: Path) -> Path | None:
        """The sidecar of a photo of that folder, as :func:`.sidecar.find_sidecar` finds it."""
        return find_sidecar(photo) if self.may_be_for(photo.name) else None


def _folded(name: str) -> str:
    """The same for names that some file system takes for one."""
    return (name if name.isascii() else unicodedata.normalize("NFC", name)).casefold()


def serve(questions: BinaryIO, answers: BinaryIO, read: Read = read_listed) -> None:
    """Answer questions until there are no more."""
    notes = Notes()
    logging.getLogger("landmark_desktop").addHandler(notes)
    sidecars = FolderSidecars()
    while (question := next_question(questions, IDLE_S)) is not None:
        run_niced(question.get("nice", 0))  # told once
        if "camera" in question:
            faulthandler.dump_traceback_later(question["timeout_s"] + ORPHAN_GRACE_S, exit=True)
            taken = read_camera(Path(question["camera"]))
            faulthandler.cancel_dump_traceback_later()
            send_answer(answers, {"camera": taken.pack(), "log": notes.take()})
            continue
        folder: str = question["folder"]
        sidecars.look_at(Path(folder))
        # In C and without the interpreter's lock: this ends the process even where Exiv2 holds it for ever.
        faulthandler.dump_traceback_later(question["timeout_s"] + ORPHAN_GRACE_S, exit=True)
        found = [_answer(folder, photo, sidecars, read) for photo in question["photos"]]
        faulthandler.cancel_dump_traceback_later()
        send_answer(answers, {"found": found, "log": notes.take()})


def _answer(
    folder: str, photo: tuple[str, int, int, Sequence[str]], sidecars: FolderSidecars, read: Read
) -> list[Any] | dict[str, Any] | None:
    """Read one photo; None where its file is gone, or no longer the one that was listed."""
    name, size, mtime_ns, companions = photo
    text = os.path.join(folder, name)  # noqa: PTH118  # a third of what a Path costs

    def whole() -> Photo:
        files = tuple(PhotoFile(companion, 0, 0) for companion in companions)
        return Photo(0, Path(text), FileIdentity(size, mtime_ns), companions=files)

    try:
        before = os.stat(text)  # noqa: PTH116
        if (before.st_size, before.st_mtime_ns) != (size, mtime_ns) or not stat.S_ISREG(before.st_mode):
            return None
        is_alone = not companions and not sidecars.may_be_for(name)
        found = read(text, whole, None if is_alone else sidecars.find)
        after = os.stat(text)  # noqa: PTH116
    except MetadataError as error:
        log.info("metadata not read: %s", error.message)
        return pack(PhotoFacts())  # the picture itself may be fine
    except FileNotFoundError:
        return None
    except KnownError as error:
        if error.code is ErrorCode.FILE_MISSING:
            return None
        return {"error": error.code, "params": error.params}
    except OSError as error:
        known = photo_error_from_os(error, Path(text))
        return {"error": known.code, "params": known.params}
    if (after.st_size, after.st_mtime_ns) != (size, mtime_ns):
        return None
    return pack(found)


def main(read: Read = read_listed) -> int:
    """Be a reader until standard input ends; returns the exit code."""
    questions, answers = become_helper(ADDRESS_SPACE)
    with suppress(BrokenPipeError):
        serve(questions, answers, read)
    return 0


if __name__ == "__main__":
    sys.exit(main())
