"""One process that classifies and reviews for a long time: ``make endurance``.

Folder after folder is opened in the window (without a screen), classified, scrolled through and reviewed, as on a long
day. After each the memory is measured that is really in use: all that C and Python ask the system's allocator for, so
that neither fragments nor caches of the allocator hide or feign a leak. Caches of the program are bounded, but take
long to fill; here they are small, SQLite's and Qt's among them, and full after the first folders, which do not count.

The slope of a straight line through the measurements is bytes a photo; threads and open files are counted.
"""

import argparse
import ctypes
import gc
import os
import sqlite3
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
PER_FOLDER = 250
WARM_UP = 4
"""Folders that fill caches and do not count."""
LIMIT = 750.0
"""Bytes a photo, above which memory is said to grow. A kilobyte is the most that may be; measured are less than 100."""
SLACK = {"threads": 2, "files": 6}
"""What helper processes take for pipes and for those who watch them: they come when they are needed, and go."""
CACHE_BYTES = 1_000_000
PATIENCE_MS = 120_000
SETTLE_MS = 200


@dataclass(frozen=True)
class Sample:
    """After ``photos`` classified ones: bytes in use, bytes resident, threads, open files."""

    photos: int
    used: int
    resident: int
    threads: int
    files: int


class _Mallinfo2(ctypes.Structure):
    """``struct mallinfo2`` of glibc 2.33 and later."""

    _fields_ = tuple(
        (name, ctypes.c_size_t)
        for name in "arena ordblks smblks hblks hblkhd usmblks fsmblks uordblks fordblks keepcost".split()  # noqa: SIM905
    )


def can_measure() -> bool:
    """True where the allocator tells what is in use (glibc)."""
    return sys.platform == "linux" and hasattr(ctypes.CDLL(None), "mallinfo2")


def sample(photos: int) -> Sample:
    """Measure now."""
    gc.collect()
    mallinfo2 = ctypes.CDLL(None).mallinfo2
    mallinfo2.restype = _Mallinfo2
    info = mallinfo2()
    resident = int(Path("/proc/self/statm").read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
    tasks, files = (len(list(Path("/proc/self", name).iterdir())) for name in ("task", "fd"))
    return Sample(photos, info.uordblks + info.hblkhd, resident, tasks, files)


def slope(samples: list[Sample], what: str = "used") -> float:
    """Bytes a photo, of a straight line through the samples (least squares)."""
    return float(np.polyfit([s.photos for s in samples], [getattr(s, what) for s in samples], 1)[0])


def write_photos(folder: Path, count: int) -> list[Path]:
    """``count`` small photos, each with content of its own, in folders of ``PER_FOLDER``. Returns the folders."""
    from tests.bundles import COLOURS, GREY, colour_picture
    from tests.pictures import exif

    folder.mkdir()
    kinds = []
    template = folder / "template.jpg"
    for colour in (*COLOURS.values(), GREY):
        colour_picture(colour, (96, 64)).save(template, quality=60, exif=exif(camera="Box"))
        kinds.append(template.read_bytes())
    template.unlink()
    folders = []
    for number in range(count):
        place = folder / f"{number // PER_FOLDER:04}"
        if number % PER_FOLDER == 0:
            place.mkdir(parents=True)
            folders.append(place)
        (place / f"IMG_{number:06}.jpg").write_bytes(kinds[number % len(kinds)] + b"%08d" % number)
    return folders


def _shrink_databases() -> None:
    """Let SQLite keep little of its files in memory: its 2 MB a connection fill only after some thousand photos."""
    connect = sqlite3.connect

    def connect_small(*arguments: Any, **options: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = connect(*arguments, **options)
        connection.execute(f"PRAGMA cache_size = -{CACHE_BYTES // 10_000}")
        return connection

    sqlite3.connect = connect_small  # type: ignore[assignment]


class Day:
    """A window in which folders are opened, one after the other."""

    def __init__(self, work: Path, bundle: Path | None) -> None:
        from PySide6.QtGui import QPixmapCache
        from PySide6.QtWidgets import QApplication

        from landmark_desktop.app import make_classifier
        from landmark_desktop.core.bundle import load_bundle
        from landmark_desktop.core.resources import default_bundle_path
        from landmark_desktop.services import feeder, thumbnail_cache, thumbnail_store
        from landmark_desktop.services.settings import Settings
        from landmark_desktop.services.workspace import Workspace
        from landmark_desktop.ui.main_window import MainWindow
        from landmark_desktop.ui.photo_grid import delegate

        for cache in (thumbnail_cache.ThumbnailCache, delegate.ScaledPixmaps):
            cache.__init__.__defaults__ = (CACHE_BYTES,)  # type: ignore[misc]
        feeder.VIEWED = thumbnail_store.NOTES = 100  # type: ignore[misc]
        _shrink_databases()
        self._application = QApplication([])
        QPixmapCache.setCacheLimit(CACHE_BYTES // 10_000)  # in kilobytes; Qt keeps icons there
        self._workspace = Workspace(
            work / "library.sqlite",
            load_bundle(bundle or default_bundle_path()),
            Settings(work / "settings.json"),
            make_classifier,
            thumbnail_path=work / "thumbnails.sqlite",
        )
        self._window = MainWindow(self._workspace)
        self._window.resize(1100, 700)
        self._window.show()
        self.reviewed = 0

    def spend(self, folder: Path, reviews: int) -> None:
        """Open a folder, wait until it is classified, look at all of it, and review this many of its photos."""
        from landmark_desktop.services.work import WorkState

        window, workspace = self._window, self._workspace
        window.open_paths([folder])
        self._wait(
            lambda: (
                len(workspace.photos) == PER_FOLDER
                and not window.photos.unclassified
                and workspace.state is WorkState.IDLE
            )
        )
        ids = [record.id for record in workspace.records()]
        for place, photo_id in enumerate(ids):
            if place % 10 == 0:
                window.view.choose(photo_id)
                self._application.processEvents()
            if place < reviews:
                (workspace.reviews.accept if place % 2 else workspace.reviews.reject)([photo_id])
                self.reviewed += 1
        if reviews:
            workspace.reviews.undo()
            workspace.reviews.redo()
        self._wait(lambda: True)

    def close(self) -> None:
        """Close the window and end all threads."""
        self._window.close()
        self._workspace.close()
        self._application.processEvents()

    def _wait(self, done: Any) -> None:
        """Handle events until ``done``, and some more: what is shown is read and painted later."""
        from PySide6.QtCore import QEventLoop, QTimer

        loop, timer, late = QEventLoop(), QTimer(interval=20), QTimer(singleShot=True, interval=PATIENCE_MS)
        timer.timeout.connect(lambda: loop.quit() if done() else None)
        late.timeout.connect(lambda: loop.exit(1))
        timer.start()
        late.start()
        if loop.exec() != 0:
            raise TimeoutError("the folder was not classified in time")
        timer.stop()
        QTimer.singleShot(SETTLE_MS, loop.quit)
        loop.exec()


def spend_day(work: Path, photos: int, reviews: int, bundle: Path | None, leak: int) -> Iterator[Sample]:
    """Yield a sample after each folder. ``leak`` bytes are lost with each photo, to see that it would be seen."""
    folders = write_photos(work / "photos", photos)
    per_folder = -(-reviews // len(folders))
    lost = []
    day = Day(work, bundle)
    try:
        for number, folder in enumerate(folders, 1):
            day.spend(folder, min(per_folder, reviews - day.reviewed))
            if leak:
                lost.append([bytes(leak) for _ in range(PER_FOLDER)])
            yield sample(number * PER_FOLDER)
    finally:
        day.close()
    left = [thread.name for thread in threading.enumerate() if thread is not threading.main_thread()]
    if left:
        raise RuntimeError(f"threads left behind: {left}")


def verdict(samples: list[Sample]) -> str:
    """What grew, empty if nothing did."""
    counted = samples[WARM_UP:]
    grown = []
    if slope(counted) >= LIMIT:
        grown.append(f"memory grows by {slope(counted):,.0f} bytes a photo")
    grown += [
        f"{what} grow from {getattr(counted[0], what)} to {getattr(counted[-1], what)}"
        for what, slack in SLACK.items()
        if min(getattr(s, what) for s in counted[-3:]) > max(getattr(s, what) for s in counted[:3]) + slack
    ]
    return "; ".join(grown)


def main() -> int:
    """Spend a day, tell what was measured; 1 if something grew."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--photos", type=int, default=20_000, help="photos to classify (default: 20,000)")
    parser.add_argument("--reviews", type=int, default=5_000, help="photos to review (default: 5,000)")
    parser.add_argument("--shipped", action="store_true", help="run the shipped bundle and not a tiny one")
    parser.add_argument("--leak", type=int, default=0, help="bytes to lose with each photo, to see that it is seen")
    arguments = parser.parse_args()
    if not can_measure():
        sys.stdout.write("the allocator of this system does not tell what is in use\n")
        return 0
    if os.environ.get("PYTHONMALLOC") != "malloc":
        # Python's own allocator, and the pieces that each thread keeps for itself, would hide what is really in use.
        environment = {
            **os.environ,
            "PYTHONMALLOC": "malloc",
            "GLIBC_TUNABLES": "glibc.malloc.tcache_count=0",
            "QT_QPA_PLATFORM": "offscreen",
            "QT_LOGGING_RULES": "qt.qpa.*=false",
        }
        command = [sys.executable, "-m", "tests.hardening.endurance", *sys.argv[1:]]
        return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        bundle = None
        if not arguments.shipped:
            from tests.bundles import write_bundle

            bundle = write_bundle(work / "bundle").source
        samples = []
        for found in spend_day(work, arguments.photos, arguments.reviews, bundle, arguments.leak):
            samples.append(found)
            sys.stdout.write(
                f"{found.photos:6} photos: {found.used / 1e6:7.2f} MB in use, {found.resident / 1e6:6.1f} MB resident, "
                f"{found.threads} threads, {found.files} files\n"
            )
            sys.stdout.flush()
    counted = samples[WARM_UP:]
    sys.stdout.write(
        f"after the first {WARM_UP} folders: {slope(counted):,.0f} bytes in use and "
        f"{slope(counted, 'resident'):,.0f} resident a photo\n"
    )
    grown = verdict(samples)
    sys.stdout.write(f"{grown or 'nothing grows'}\n")
    return 1 if grown else 0


if __name__ == "__main__":
    sys.exit(main())
