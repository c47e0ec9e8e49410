"""The window: from the start to being of use, and the gaps in its life while it scans, classifies and scrolls at once.

Each measurement runs in a process of its own, on a screen that is not there.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.pictures import textured
from benchmarks.results import Result
from landmark_desktop.core.bundle import load_bundle
from landmark_desktop.core.resources import default_bundle_path
from landmark_desktop.services import machine

STARTS, QUICK_STARTS = 7, 1
PHOTOS, QUICK_PHOTOS = 30_000, 600
PER_FOLDER = 1_000
SECONDS, QUICK_SECONDS = 20.0, 2.0
SCROLL_MS = 50

_EMPTY = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
application = QApplication(sys.argv)
window = QMainWindow()
window.show()
def there():
    print("there", flush=True)
    application.quit()
QTimer.singleShot(0, there)
application.exec()
"""
_OURS = """
import sys
from landmark_desktop import __main__ as program
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
run = QApplication.exec
def there():
    print("there", flush=True)
    QApplication.quit()
def until_there(*_):
    QTimer.singleShot(0, there)
    return run()
QApplication.exec = until_there
sys.exit(program.main([]))
"""


def run(folder: Path, quick: bool) -> list[Result]:
    """Measure the start, then the gaps."""
    empty, ours = _starts(QUICK_STARTS if quick else STARTS, folder / "compiled")
    print(f"\nstart: empty PySide6 window {1000 * empty:.0f} ms, ours {1000 * ours:.0f} ms")
    number, seconds = (QUICK_PHOTOS, QUICK_SECONDS) if quick else (PHOTOS, SECONDS)
    _write(folder / "photos", number)
    found = _gaps(folder, seconds)
    idle = _gaps(folder, min(seconds, 3.0), "idle")
    print(f"\n{seconds:.0f} s of scanning {number:,} photos, classifying and scrolling at once")
    print(f"  photos found {found['found']:,.0f}, classified {found['classified']:,.0f}")
    print(f"  gaps: p50 {found['p50']:.1f} ms, p99 {found['p99']:.1f} ms, longest {found['max']:.1f} ms")
    print(f"  memory, the model included {found['rss']:,.0f} MB")
    print(f"  floor, nothing going on: p99 {idle['p99']:.1f} ms, longest {idle['max']:.1f} ms")
    floor = f"an idle window: {idle['p99']:.0f} and {idle['max']:.0f} ms"
    return [
        Result(
            "start, more than an empty window",
            ours - empty,
            "s",
            0.5,
            f"empty {empty:.2f} s",
            "Python's modules, widgets",
            False,
        ),
        Result("gaps while all goes on, p99", found["p99"], "ms", 50.0, floor, "Python's lock, painting", False),
        Result("gaps while all goes on, longest", found["max"], "ms", 150.0, floor, "Python's lock, painting", False),
    ]


def _starts(rounds: int, compiled: Path) -> tuple[float, float]:
    """Seconds until a window is there, the best of interleaved starts; one before them compiles the modules."""
    best = [float("inf")] * 2
    environment = _installed(compiled)
    for number in range(-1, rounds):
        for index, code in enumerate((_EMPTY, _OURS)):
            started = time.perf_counter()
            command = [sys.executable, "-c", code]
            with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
                assert process.stdout is not None
                line = process.stdout.readline()
                if number >= 0:
                    best[index] = min(best[index], time.perf_counter() - started)
            assert line == "there\n", f"the window did not start: exit code {process.returncode}"
    return best[0], best[1]


def _environment() -> dict[str, str]:
    return {**os.environ, "QT_QPA_PLATFORM": "offscreen"}


def _installed(compiled: Path) -> dict[str, str]:
    """The environment of an installed program: its modules were compiled by the installer, or by the start before."""
    environment = {**_environment(), "PYTHONPYCACHEPREFIX": str(compiled)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return environment


def _write(folder: Path, number: int) -> None:
    """Small photos, each with content of its own."""
    template = folder / "template.jpg"
    folder.mkdir()
    textured(640, 448, 1).save(template, quality=80)
    data = template.read_bytes()
    template.unlink()
    for index in range(number):
        place = folder / f"{index // PER_FOLDER:03}"
        place.mkdir(exist_ok=True)
        (place / f"IMG_{index:06}.jpg").write_bytes(data + b"%06d" % index)


def _gaps(folder: Path, seconds: float, *more: str) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.window", str(folder), str(seconds), *more]
    done = subprocess.run(command, env=_environment(), check=True, capture_output=True, text=True)
    answer: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return answer


def _main(folder: Path, seconds: float, idle: bool) -> None:
    """In the child: open the folder, scroll up and down, and measure how late the beats come."""
    import onnxruntime  # noqa: F401  # before Qt, as in the program
    from PySide6.QtCore import QEventLoop, QTimer
    from PySide6.QtWidgets import QApplication

    from benchmarks.heart import Heart
    from landmark_desktop.app import make_classifier
    from landmark_desktop.services.settings import Settings
    from landmark_desktop.services.workspace import Workspace
    from landmark_desktop.ui.main_window import MainWindow

    machine.return_memory()  # as the program does
    application = QApplication([])
    loop = QEventLoop()  # quitting the application would close the window
    workspace = Workspace(
        folder / f"{idle}.sqlite",
        load_bundle(default_bundle_path()),
        Settings(None),
        make_classifier,
        thumbnail_path=folder / "thumbnails.sqlite",
    )
    window = MainWindow(workspace)
    window.resize(1600, 1000)
    window.show()
    workspace.provider_ready.connect(loop.quit)  # loading is part of the start
    loop.exec()
    steps = iter(range(10**9))
    scroll = QTimer(interval=SCROLL_MS)

    def scroll_on() -> None:
        bar = window.view.verticalScrollBar()
        place = next(steps) % 200
        bar.setValue(bar.maximum() * (place if place < 100 else 200 - place) // 100)

    scroll.timeout.connect(scroll_on)
    heart = Heart()
    if not idle:
        scroll.start()
        window.open_paths([folder / "photos"])
    QTimer.singleShot(int(1000 * seconds), loop.quit)
    loop.exec()
    application.processEvents()
    scroll.stop()
    found = {
        **{name: 1000 * heart.share(share) for name, share in (("p50", 0.5), ("p99", 0.99), ("max", 1.0))},
        "rss": machine.resident_memory() / 1e6,
        "found": float(len(workspace.photos)),
        "classified": float(len(workspace.photos) - workspace.unclassified),
    }
    window.close()
    workspace.close()
    print(json.dumps(found))


if __name__ == "__main__":
    _main(Path(sys.argv[1]), float(sys.argv[2]), "idle" in sys.argv[3:])
