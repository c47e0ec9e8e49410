"""A thousand photos reviewed by keys, twenty a second: how long the window keeps its user waiting.

The window runs in a process of its own, on a screen that is not there. Guesses are made up and stored before, so that
no model competes; previews and thumbnails are decoded as a person goes on, from photos of 2 megapixels.
"""

import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.library import classify_all, no_model
from benchmarks.pictures import textured
from benchmarks.results import Result
from landmark_desktop.core.bundle import load_bundle
from landmark_desktop.core.resources import default_bundle_path
from landmark_desktop.services.settings import Settings
from landmark_desktop.store.library import Library

if TYPE_CHECKING:
    from PySide6.QtCore import QEventLoop, Qt

PHOTOS, QUICK_PHOTOS = 1_000, 40
SIZE = (1_600, 1_200)
TEMPLATES = 20
KEY_MS = 50
"""One key in so many milliseconds: more than a hurried person presses."""


def run(folder: Path, quick: bool) -> list[Result]:
    """Review the photos in the grid, then as many again in the large preview."""
    count = QUICK_PHOTOS if quick else PHOTOS
    photos = folder / "photos"
    _write(photos, count)
    results = []
    print(f"\n{count:,} photos reviewed by keys, one in {KEY_MS} ms; milliseconds")
    print(f"{'':<24}{'p50':>8}{'p99':>8}{'longest':>9}{'a key: p50':>12}{'p99':>8}{'longest':>9}{'lost keys':>11}")
    for where in ("grid", "large preview"):
        library = folder / f"{where}.sqlite"
        Library.open(library).close()
        classify_all(photos, library, left_over=0)
        found = _child(photos, library, where)
        gaps = f"{found['p50']:8.1f}{found['p99']:8.1f}{found['max']:9.1f}"
        keys = f"{found['key_p50']:12.1f}{found['key_p99']:8.1f}{found['key_max']:9.1f}"
        print(f"{where:<24}{gaps}{keys}{found['lost']:11.0f}")
        floor = f"an idle window: p99 {found['idle']:.0f} ms"
        between = "previews, tiles, panel"
        results += [
            Result(f"review in the {where}: gaps, p99", found["p99"], "ms", 50.0, floor, between, False),
            Result(f"review in the {where}: lost keys", found["lost"], "", 0.0, "none", "nothing", False),
        ]
    return results


def _write(folder: Path, count: int) -> None:
    """Photos of a few pictures, each with content of its own."""
    folder.mkdir()
    template = folder / "template"
    pictures = []
    for number in range(min(TEMPLATES, count)):
        textured(*SIZE, number).save(template, "JPEG", quality=88)
        pictures.append(template.read_bytes())
    template.unlink()
    for number in range(count):
        (folder / f"IMG_{number:06}.jpg").write_bytes(pictures[number % len(pictures)] + b"%06d" % number)


def _child(photos: Path, library: Path, where: str) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.review", str(photos), str(library), where]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    answer: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return answer


def _main(photos: Path, library: Path, where: str) -> None:
    """In the child: press a key for each photo, and count what was answered in the library afterwards."""
    from PySide6.QtCore import QEventLoop, Qt, QTimer
    from PySide6.QtWidgets import QApplication

    from benchmarks.heart import Heart
    from landmark_desktop.services.workspace import Workspace
    from landmark_desktop.ui.main_window import MainWindow

    QApplication([])
    bundle = load_bundle(default_bundle_path())
    workspace = Workspace(library, bundle, Settings(None), no_model, thumbnail_path=library.with_suffix(".thumbnails"))
    window = MainWindow(workspace)
    window.resize(1600, 1000)
    window.show()
    window.activateWindow()
    loop = QEventLoop()

    def live(milliseconds: int) -> None:
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()

    workspace.scan_finished.connect(loop.quit)
    window.open_paths([photos])
    loop.exec()
    workspace.scan_finished.disconnect(loop.quit)
    live(2_000)
    heart = Heart()
    live(2_000)
    idle = heart.share(0.99)
    if where != "grid":
        _press(Qt.Key.Key_Space)
        live(500)
    heart.reset()
    taken = _review(window.photos.rowCount(), loop)
    shares = (("p50", 0.5), ("p99", 0.99), ("max", 1.0))
    found = {name: 1000 * heart.share(share) for name, share in shares}
    found |= {f"key_{name}": 1000 * taken[min(len(taken) - 1, int(share * len(taken)))] for name, share in shares}
    window.close()
    again = Library.open(library)
    records = again.records(range(1, len(taken) + 1), bundle.key)
    again.close()
    answered = sum(record.review is not None for record in records)
    print(json.dumps({**found, "idle": 1000 * idle, "lost": len(taken) - answered}))


def _press(key: "Qt.Key") -> None:
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    widget = QApplication.focusWidget()
    assert widget is not None, "the window has lost the keyboard"
    QTest.keyClick(widget, key)


def _review(count: int, loop: "QEventLoop") -> list[float]:
    """Press as many keys, each an answer, while the window lives; the seconds that each took, sorted."""
    from PySide6.QtCore import Qt, QTimer

    answers = [Qt.Key.Key_1] * 5 + [Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_Backspace]
    script = iter(random.Random(1).choices(answers, k=count))
    taken: list[float] = []

    def press() -> None:
        key = next(script, None)
        if key is None:
            loop.quit()
            return
        started = time.perf_counter()
        _press(key)
        taken.append(time.perf_counter() - started)

    hand = QTimer(interval=KEY_MS)
    hand.timeout.connect(press)
    hand.start()
    loop.exec()
    hand.stop()
    return sorted(taken)


if __name__ == "__main__":
    _main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
