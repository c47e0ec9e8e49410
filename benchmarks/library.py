"""The library at size: scanning, reopening, memory, and how long the window keeps its user waiting.

Each measurement runs in a process of its own, with the real window on a screen that is not there. The photos are links
to a few small JPEGs, and nearly all guesses are made up: neither decoding nor the model's speed is measured here. Where
memory is measured, the model is loaded and has classified the photos that were left over.
"""

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.pictures import textured
from benchmarks.results import Result
from landmark_desktop.core.bundle import Bundle, load_bundle
from landmark_desktop.core.errors import BundleError, ErrorCode
from landmark_desktop.core.guess import Guess, Guesses
from landmark_desktop.core.photo import FileIdentity, PhotoFacts
from landmark_desktop.core.record import Outcome
from landmark_desktop.core.resources import default_bundle_path
from landmark_desktop.services import machine
from landmark_desktop.services.scanner import scan
from landmark_desktop.services.settings import Settings
from landmark_desktop.store.library import Library

if TYPE_CHECKING:
    from benchmarks.heart import Heart
    from landmark_desktop.inference.classifier import Classifier

SIZES = (1_000, 10_000, 100_000)
QUICK_SIZES = (200, 400)
PER_FOLDER = 2_500
TEMPLATES = 1_000
LEFT_OVER = 500
"""One photo in so many has no guesses yet when memory is measured, so that the model has computed."""


def run(folder: Path, quick: bool) -> list[Result]:
    """Measure libraries of 1,000, 10,000 and 100,000 photos."""
    sizes = QUICK_SIZES if quick else SIZES
    columns: list[dict[str, str]] = []
    for count in sizes:
        photos = folder / f"{count}"
        make_photos(photos, count)
        library = folder / f"{count}.sqlite"
        found = {"floor": _floor(photos, count), **_child("scan", photos, library)}
        classify_all(photos, library)
        found |= {f"re_{key}": value for key, value in _child("scan", photos, library).items()}
        found |= _child("use", photos, library)
        found["megabytes"] = library.stat().st_size / 1e6
        columns.append({key: text(found, count) for key, text in ROWS.items()})
    print(f"\n{'photos':<44}" + "".join(f"{count:>12,}" for count in sizes))
    for key in ROWS:
        print(f"{key:<44}" + "".join(f"{column[key]:>12}" for column in columns))
    return _results(found, count)


def _results(found: dict[str, Any], count: int) -> list[Result]:
    """The bounds, for the largest library."""
    photos = f"{count:,} photos"
    listing = f"os.scandir and stat {count / found['floor']:,.0f}/s, {found['floor']:.2f} s"
    start = f"{found['start_mb']:.0f} MB at the start, {found['model_mb']:.0f} MB with the model"
    return [
        Result(
            f"first scan of {photos}: names in the grid",
            count / found["all"],
            "/s",
            20_000,
            listing,
            "pairs, library, rows of the window",
        ),
        Result(
            f"reopening {photos}: first tiles", found["re_first"], "s", 0.5, listing, "the first folder alone", False
        ),
        Result(f"reopening {photos}: full check", found["re_all"], "s", 5.0, listing, "library, rows", False),
        Result(
            f"memory with {photos} and the model, scrolled end to end",
            found["scrolled_mb"],
            "MB",
            350,
            start,
            "rows, names, tiles in sight",
            False,
        ),
        Result(
            "library file, per 100,000 photos",
            found["megabytes"] * 100_000 / count,
            "MB",
            150,
            "ten guesses alone 12 MB",
            "names, hashes, indices",
            False,
        ),
    ]


def _per_second(key: str) -> Callable[[dict[str, Any], int], str]:
    return lambda found, count: f"{count / found[key]:,.0f}/s"


def _milliseconds(key: str) -> Callable[[dict[str, Any], int], str]:
    return lambda found, _: f"{1000 * found[key]:,.0f} ms"


def _microseconds(last: str, first: str) -> Callable[[dict[str, Any], int], str]:
    return lambda found, count: f"{1e6 * (found[last] - found[first]) / count:,.0f} µs"


ROWS: dict[str, Callable[[dict[str, Any], int], str]] = {
    "floor: os.scandir and stat alone": _per_second("floor"),
    "first scan: photos in the grid": _per_second("all"),
    "first scan: each photo after the first tiles": _microseconds("all", "first"),
    "first scan: first tiles after": _milliseconds("first"),
    "first scan: gaps of the window, p99": _milliseconds("gap_p99"),
    "first scan: gaps of the window, longest": _milliseconds("gap_max"),
    "reopened unchanged: first tiles after": _milliseconds("re_first"),
    "reopened unchanged: checked after": _milliseconds("re_all"),
    "reopened unchanged: each photo after those": _microseconds("re_all", "re_first"),
    "reopened unchanged: longest gap": _milliseconds("re_gap_max"),
    "another order": _milliseconds("order"),
    "other groups": _milliseconds("group"),
    "another filter": _milliseconds("filter"),
    "search": _milliseconds("search"),
    "cautious … bold": _milliseconds("slider"),
    "scrolling from end to end: gaps, p99": _milliseconds("scroll_p99"),
    "memory at the start": lambda found, _: f"{found['start_mb']:,.0f} MB",
    "memory with the model": lambda found, _: f"{found['model_mb']:,.0f} MB",
    "memory with all photos open": lambda found, _: f"{found['open_mb']:,.0f} MB",
    "memory after scrolling from end to end": lambda found, _: f"{found['scrolled_mb']:,.0f} MB",
    "library file": lambda found, _: f"{found['megabytes']:,.1f} MB",
    "library file: each photo": lambda found, count: f"{1e6 * found['megabytes'] / count:,.0f} bytes",
}


def make_photos(folder: Path, count: int) -> None:
    """Fill folders with links to a few small JPEGs, so that 100,000 photos take no room."""
    templates = [folder / ".templates" / f"{number}.jpg" for number in range(TEMPLATES)]
    templates[0].parent.mkdir(parents=True)
    for number, template in enumerate(templates):
        textured(128, 128, number).save(template, quality=80)
    for number in range(count):
        place = folder / f"{number // PER_FOLDER:03}"
        if number % PER_FOLDER == 0:
            place.mkdir()
        os.link(templates[number % TEMPLATES], place / f"IMG_{number}.jpg")


def _floor(photos: Path, count: int) -> float:
    started = time.perf_counter()
    found = 0
    for place in photos.iterdir():
        with os.scandir(place) as entries:
            found += sum(entry.stat().st_size > 0 for entry in entries)
    assert found == count + TEMPLATES
    return time.perf_counter() - started


def classify_all(photos: Path, library_path: Path, left_over: int = LEFT_OVER) -> None:
    """Store guesses for all photos, each with a content of its own; none for one of ``left_over`` (0: for all)."""
    bundle = load_bundle(default_bundle_path())
    ids = [landmark.id for landmark in bundle.manifest.landmarks]
    rng = random.Random(1)
    library = Library.open(library_path)
    for listing in scan([photos]):
        records = library.sync_folder(listing.folder, listing.entries, bundle.key)
        outcomes = []
        for record in records:
            if left_over and record.id % left_over == 0:
                continue
            identity = record.photo.identity
            key = f"{record.id:032x}"
            top = tuple(Guess(landmark, rng.random() / 10) for landmark in rng.sample(ids, 10))
            guesses = Guesses((Guess(top[0].landmark_id, rng.random()), *top[1:]), rng.random())
            known = FileIdentity(identity.size, identity.mtime_ns, key)
            outcomes.append(Outcome(record.photo, known, PhotoFacts(128, 128), guesses, None))
        library.save_outcome_rows(outcomes, bundle.key)
    library.close()


def _child(task: str, photos: Path, library: Path) -> dict[str, float]:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-m", "benchmarks.library", task, str(photos), str(library)]
    done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    answer: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return answer


# in the child


def no_model(_: Bundle, __: Settings) -> "Classifier":
    """For windows of benchmarks in which nothing is classified."""
    raise BundleError(ErrorCode.BUNDLE_MODEL, name="none", reason="nothing is classified in this benchmark")


def _resident_mb() -> float:
    return machine.resident_memory() / 1e6


def _main(task: str, photos: Path, library: Path) -> None:
    import onnxruntime  # noqa: F401  # the program has it in memory, too
    from PySide6.QtCore import QEvent, QEventLoop, QTimer
    from PySide6.QtWidgets import QApplication

    from benchmarks.heart import Heart
    from landmark_desktop.app import make_classifier
    from landmark_desktop.services.workspace import Workspace
    from landmark_desktop.ui.main_window import MainWindow

    machine.return_memory()  # as the program does
    application = QApplication([])
    settings = Settings(library.with_suffix(".settings.json"))
    make = make_classifier if task == "use" else no_model
    workspace = Workspace(library, load_bundle(default_bundle_path()), settings, make)
    window = MainWindow(workspace)
    window.resize(1600, 1000)
    window.show()
    application.processEvents()
    found: dict[str, float] = {}
    if task == "scan":
        found["start_mb"] = _resident_mb()
    loop = QEventLoop()
    look = QTimer(interval=20)

    def wait_until(done: Callable[[], bool]) -> None:
        """Let the window live until then."""
        look.timeout.connect(lambda: loop.quit() if done() else None)
        look.start()
        loop.exec()
        look.stop()
        look.timeout.disconnect()

    if task == "use":
        wait_until(lambda: workspace.provider is not None)
        found["model_mb"] = _resident_mb()
    heart = Heart()
    done: list[float] = []
    first: list[float] = []
    workspace.photos_added.connect(lambda _: first.append(time.perf_counter()))
    workspace.scan_finished.connect(lambda _: done.append(time.perf_counter()))
    workspace.scan_finished.connect(loop.quit)
    started = time.perf_counter()
    window.open_paths([photos])
    loop.exec()
    found |= {"first": first[0] - started, "all": done[0] - started}
    found |= {"gap_p99": heart.share(0.99), "gap_max": heart.share(1.0), "open_mb": _resident_mb()}
    if task == "use":
        workspace.scan_finished.disconnect(loop.quit)
        wait_until(lambda: workspace.unclassified == 0)
        found |= _use(window, heart)
    print(json.dumps(found))
    window.close()
    window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _use(window: Any, heart: "Heart") -> dict[str, float]:
    """Sort, group, filter, search, move the slider, scroll; the longest of each."""
    from PySide6.QtCore import QCoreApplication

    from landmark_desktop.services import settings as table
    from landmark_desktop.ui.photo_grid.filter import SortOrder
    from landmark_desktop.ui.photo_grid.grouping import GroupBy
    from landmark_desktop.ui.photo_grid.tile import Bucket

    def longest(*acts: Callable[[], object]) -> float:
        slowest = 0.0
        for act in acts:
            started = time.perf_counter()
            act()
            QCoreApplication.processEvents()
            slowest = max(slowest, time.perf_counter() - started)
        return slowest

    def search(text: str) -> None:
        window.filters.search.setText(text)
        window.filters._emit()

    filters, settings = window.filters, window.workspace.settings
    found = {
        "order": longest(*(lambda order=order: filters.set_order(order) for order in reversed(SortOrder))),
        "group": longest(*(lambda group=group: filters.set_group(group) for group in reversed(GroupBy))),
        "filter": longest(*(lambda bucket=bucket: filters.set_bucket(bucket) for bucket in reversed(Bucket))),
        "search": longest(lambda: search("img_77"), lambda: search("paris 1"), lambda: search("")),
        "slider": longest(*(lambda value=value: settings.set(table.BOLDNESS, value) for value in (0.5, -0.5, 0.0))),
    }
    heart.reset()
    bar = window.view.verticalScrollBar()
    for step in range(401):
        bar.setValue(bar.maximum() * step // 400)
        limit = time.perf_counter() + 0.02
        while time.perf_counter() < limit:
            QCoreApplication.processEvents()
            time.sleep(0.001)
    return {**found, "scroll_p99": heart.share(0.99), "scrolled_mb": _resident_mb()}


if __name__ == "__main__":
    _main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
