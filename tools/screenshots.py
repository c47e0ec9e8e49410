"""Draw the screenshots of the documentation: ``python -m tools.screenshots [--all DIR]``.

The window is the real one; ``tools.demo`` has its photos and its classifier. Without ``--all`` the pictures of
``docs/images`` are drawn anew; with it, every window and dialog in both themes at 100 % and 200 %, to be looked at.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image
from PySide6.QtCore import QLocale
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from landmark_desktop.services import settings as table
from landmark_desktop.services.settings import Settings
from landmark_desktop.services.workspace import Workspace
from landmark_desktop.ui.main_window import MainWindow
from tools import demo

OUT: Final = Path(__file__).resolve().parent.parent / "docs" / "images"
SIZE: Final = (1360, 850)
SCREEN: Final = {"width": 3840, "height": 2160, "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
TILE_WIDTH: Final = 190
FONTS: Final = ("Inter", "Noto Sans", "Segoe UI", "Cantarell")
PATIENCE_S: Final = 60.0
SCALES: Final = (1, 2)
THEMES: Final = ("light", "dark")
COMMITTED: Final = {
    "first-start-light": "first-start",
    "review-light": "review-light",
    "review-dark": "review-dark",
    "groups-light": "groups",
    "map-light": "map",
    "write-preview-light": "write-preview",
    "settings-light": "settings",
    "bundles-overview-light": "bundles",
    "tour-2-light": "tour",
}
"""The pictures of the documentation: names of shots, and of files in ``docs/images``."""


class Stage:
    """The window on the demo, and what shots need to drive it.

    A shot is saved once for each theme, named ``NAME-THEME``; with ``wanted``, only those that it names, as it says.
    """

    def __init__(self, work: Path, out: Path, suffix: str, wanted: dict[str, str] | None) -> None:
        self.work = work
        self._out = out
        self._suffix = suffix
        self._wanted = wanted
        self.gate = threading.Event()
        bundle = demo.make_bundle(work)
        samples = demo.draw_photos(work / "Spring 2024")
        self.settings = Settings(None)
        self.settings.set(table.THEME, "light")
        self.settings.set(table.DECODE_WORKERS, 1)
        self.workspace = Workspace(
            work / "library.sqlite",
            bundle,
            self.settings,
            lambda *_: demo.ScriptedClassifier(bundle, samples, self.gate),
            thumbnail_path=work / "thumbnails.sqlite",
        )
        self.window = MainWindow(self.workspace)
        self.window.resize(*SIZE)
        self.window.show()

    def close(self) -> None:
        """End everything."""
        self.gate.set()
        self.window.close()

    def save(self, name: str, widget: QWidget | None = None) -> None:
        """Save what a widget looks like in each theme, the window where none is named."""
        for theme in THEMES:
            shot = f"{name}-{theme}"
            if self._wanted is not None and shot not in self._wanted:
                continue
            self.settings.set(table.THEME, theme)
            rest(150)
            path = self._out / f"{self._wanted[shot] if self._wanted is not None else shot}{self._suffix}.png"
            picture = demo.to_pillow((widget or self.window).grab().toImage())
            _small(picture).save(path, optimize=True)
            print(f"{path.name}: {path.stat().st_size // 1024} kB")
        self.settings.set(table.THEME, "light")

    def dialog(self, kind: type[QDialog]) -> QDialog:
        """The dialog of a kind that is open."""
        found = next((dialog for dialog in self.window.findChildren(kind) if dialog.isVisible()), None)
        if found is None:
            raise LookupError(kind.__name__)
        return found

    def open(self, action: str, kind: type[QDialog]) -> QDialog:
        """Open a dialog through the menu."""
        self.window.actions_by_id[action].trigger()
        rest()
        return self.dialog(kind)

    def choose(self, name: str) -> None:
        """Make the photo of this name the current one."""
        photos = self.window.photos
        for photo_id in photos.shown_ids:
            tile = photos.tile(photo_id)
            if tile is not None and tile.record.photo.name == name:
                self.window.view.choose(photo_id)
                return
        raise LookupError(name)


def _small(picture: Image.Image) -> Image.Image:
    """With few colours where there are few: a dialog is a third of the size then, and looks the same."""
    colours = picture.getcolors(4096)
    if colours is None:
        return picture
    return picture.quantize(256, dither=Image.Dither.NONE)


def rest(milliseconds: int = 700) -> None:
    """Let timers of the window (throttles, previews) run out."""
    QTest.qWait(milliseconds)


def wait_for(condition: Callable[[], bool], what: str) -> None:
    """Let the window work until ``condition`` holds."""
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError(what)
        QTest.qWait(20)


def _application() -> QApplication:
    """The application, where no other platform was asked for on a screen that is large enough for every window."""
    if os.environ["QT_QPA_PLATFORM"] == "offscreen":
        with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
            json.dump({"screens": [{"name": "screen", "x": 0, "y": 0, **SCREEN}]}, file)
            file.flush()
            os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={file.name}"
            return QApplication(sys.argv[:1])
    return QApplication(sys.argv[:1])


def draw(out: Path, suffix: str, wanted: dict[str, str] | None) -> None:
    """Draw the shots in this process, at the scale that it was started with."""
    from tools.shots import SHOTS

    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
    application = QApplication.instance() or _application()
    assert isinstance(application, QApplication)
    QApplication.setApplicationDisplayName("Landmark Desktop")
    family = next((name for name in FONTS if name in QFontDatabase.families()), None)
    if family is not None:
        application.setFont(QFont(family, 10))
    with tempfile.TemporaryDirectory() as work:
        stage = Stage(Path(work), out, suffix, wanted)
        try:
            for shot in SHOTS:
                shot(stage)
        finally:
            stage.close()


def draw_all(out: Path) -> int:
    """Draw every shot at every scale; the scale of a process is set at its start."""
    for scale in SCALES:
        environment = {**os.environ, "QT_SCALE_FACTOR": str(scale)}
        command = [sys.executable, "-m", "tools.screenshots", "--out", str(out), "--suffix", f"-{100 * scale}"]
        done = subprocess.run(command, env=environment, check=False)
        if done.returncode:
            return done.returncode
    return 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Take the screenshots; returns the exit code."""
    parser = argparse.ArgumentParser(description="Draw the screenshots of the documentation.")
    parser.add_argument("--all", type=Path, metavar="DIR", help="draw every window and dialog into this folder")
    parser.add_argument("--out", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--suffix", default="", help=argparse.SUPPRESS)
    chosen = parser.parse_args(arguments)
    out: Path = chosen.all or chosen.out or OUT
    out.mkdir(parents=True, exist_ok=True)
    if chosen.all:
        return draw_all(chosen.all.resolve())
    draw(out, chosen.suffix, None if chosen.out else COMMITTED)
    return 0


if __name__ == "__main__":
    sys.exit(main())
