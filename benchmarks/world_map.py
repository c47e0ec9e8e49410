"""The map: frames while it is dragged and zoomed, clusters of many positions, and counts that follow changes."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from benchmarks.results import Result
from landmark_desktop.core.positions import position_keys
from landmark_desktop.services.tally import Tally

POSITIONS, QUICK_POSITIONS = 20_000, 500
PHOTOS, QUICK_PHOTOS = 100_000, 1_000
FRAMES, QUICK_FRAMES = 40, 3
BATCH = 250
VIEWS = ((0.5, 0.40, 1.9), (0.52, 0.35, 3.4), (0.506, 0.344, 5.5), (0.506, 0.344, 11.0))
"""The world, Europe, France, Paris."""


def run(_: Path, quick: bool) -> list[Result]:
    """Measure all; the processor's time, because a busy machine would be measured otherwise."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QApplication

    from landmark_desktop.ui.theme import apply_theme
    from landmark_desktop.ui.world_map.places import Pins, Places
    from landmark_desktop.ui.world_map.view import MapView
    from landmark_desktop.ui.world_map.viewport import Viewport

    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    apply_theme(application, "light")
    rng = np.random.default_rng(11)
    count = QUICK_POSITIONS if quick else POSITIONS
    towns = rng.uniform((-50, -180), (65, 180), (200, 2))
    spots = towns[rng.integers(0, len(towns), count)] + rng.normal(0, 0.3, (count, 2))
    places = Places((), position_keys(spots[:, 0], spots[:, 1]), np.tile(np.array([[0, 0, 5]]), (count, 1)))
    view = MapView(print)
    view.pinning.set_places(places)
    frames = QUICK_FRAMES if quick else FRAMES
    results = []
    for scale in (1, 2):
        worst = 0.0
        for x, y, zoom in VIEWS:
            view.resize(1200, 400)
            while view.pinning.pins(round(zoom)).step != round(zoom):
                application.processEvents()
            image = QImage(1200 * scale, 400 * scale, QImage.Format.Format_RGB32)
            image.setDevicePixelRatio(scale)
            spent = []
            for frame in range(frames + 1):
                view.viewport = Viewport(x + frame / 1e3 / 2**zoom, y, zoom, 1200, 400).kept()
                started = time.thread_time()
                view.render(image)
                spent.append(time.thread_time() - started)
            median = 1000 * float(np.median(spent[1:]))
            worst = max(worst, median)
            print(f"  frame at {100 * scale} %, zoom {zoom}: {median:.1f} ms, the first {1000 * spent[0]:.1f} ms")
        results.append(
            Result(f"a frame while the map is dragged, {100 * scale} %", worst, "ms", 16.0, "60 a second", "Qt", False)
        )
    view.pinning.close()
    at_once, many = _least(3, lambda: Pins(places, 4)), _least(3, lambda: Pins(places, 9))
    print(f"  {count:,} positions become pins in {1000 * at_once:.1f} ms at zoom 4, {1000 * many:.1f} ms at zoom 9")
    results.append(Result("pins of 20,000 positions, on a thread", 1000 * many, "ms", 150.0, "", "NumPy", False))
    photos = QUICK_PHOTOS if quick else PHOTOS
    tally = Tally(2)
    everything = np.arange(photos, dtype=np.int32)
    tally.put(everything, rng.integers(0, 79, photos).astype(np.int32), np.zeros(photos, np.int8))
    batch = everything[:BATCH]
    groups = [rng.integers(0, 79, BATCH).astype(np.int32) for _ in range(2)]
    kinds = np.ones(BATCH, np.int8)

    def change() -> None:
        for numbers in groups:
            tally.put(batch, numbers, kinds)

    seconds = _least(20, change) / len(groups)
    results.append(Result("counts follow 250 of 100,000 photos", 1000 * seconds, "ms", 2.0, "", "NumPy", False))
    return results


def _least(rounds: int, part: Callable[[], object]) -> float:
    """Seconds of the processor that a part takes, the least of some rounds."""
    least = float("inf")
    for _ in range(rounds):
        started = time.thread_time()
        part()
        least = min(least, time.thread_time() - started)
    return least
