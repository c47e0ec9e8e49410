"""Draw the screenshots of the documentation: ``python -m tools.screenshots [--out DIR]``.

The window is the real one; its photos are scenes that ``tools.scenes`` draws, and the guesses come from a scripted
classifier, so that nothing in the pictures belongs to anybody and nothing depends on a trained model.
"""

import argparse
import io
import os
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
from PIL import ExifTags, Image

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QBuffer, QIODevice, QLocale
from PySide6.QtGui import QFont, QFontDatabase, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from landmark_desktop.core.bundle import Bundle, Manifest, ModelFile
from landmark_desktop.core.guess import Guess, Guesses, Thresholds
from landmark_desktop.core.location import Landmark, Location
from landmark_desktop.core.preprocess import InputSpec, UInt8Array, preprocess
from landmark_desktop.inference.session import CPU, ProviderChoice, ProviderReport
from landmark_desktop.services import settings as table
from landmark_desktop.services.settings import Settings
from landmark_desktop.services.work import WorkState
from landmark_desktop.services.workspace import Workspace
from landmark_desktop.ui.main_window import MainWindow
from landmark_desktop.ui.photo_grid.model import PhotoModel
from landmark_desktop.ui.write_dialog import WriteDialog
from tools import scenes

OUT = Path(__file__).resolve().parent.parent / "docs" / "images"
SIZE = (1360, 850)
TILE_WIDTH = 190
FONTS = ("Inter", "Noto Sans", "Segoe UI", "Cantarell")
PATIENCE_S = 60.0
SPEC = InputSpec(96, 96, 96, "bilinear")


def _landmark(
    id_: str, name: str, place: tuple[str, str, str], position: tuple[float, float], local: str = ""
) -> Landmark:
    city, country, code = place
    location = Location(name, *position, radius_m=1000, city=city, country=country, country_code=code)
    return Landmark(id_, name, local or name, "", location)


LANDMARKS = (
    _landmark("eiffel_tower", "Eiffel Tower", ("Paris", "France", "FR"), (48.85837, 2.29448), "Tour Eiffel"),
    _landmark("arc_de_triomphe", "Arc de Triomphe", ("Paris", "France", "FR"), (48.87379, 2.29504)),
    _landmark("parthenon", "Parthenon", ("Athens", "Greece", "GR"), (37.97153, 23.72657), "Παρθενώνας"),
    _landmark("golden_gate_bridge", "Golden Gate Bridge", ("San Francisco", "USA", "US"), (37.81993, -122.47825)),
    _landmark("taj_mahal", "Taj Mahal", ("Agra", "India", "IN"), (27.17502, 78.04216), "ताज महल"),
    _landmark("pyramids_of_giza", "Pyramids of Giza", ("Giza", "Egypt", "EG"), (29.97648, 31.13130)),
    _landmark("big_ben", "Big Ben", ("London", "United Kingdom", "GB"), (51.50073, -0.12463)),
    _landmark("sydney_opera_house", "Sydney Opera House", ("Sydney", "Australia", "AU"), (-33.85678, 151.21530)),
    _landmark("neuschwanstein_castle", "Neuschwanstein Castle", ("Schwangau", "Germany", "DE"), (47.55757, 10.74980)),
    _landmark("itsukushima_gate", "Itsukushima Gate", ("Hatsukaichi", "Japan", "JP"), (34.29739, 132.31824), "大鳥居"),
    _landmark("london_eye", "London Eye", ("London", "United Kingdom", "GB"), (51.50333, -0.11967)),
    _landmark("tokyo_tower", "Tokyo Tower", ("Tokyo", "Japan", "JP"), (35.65858, 139.74543), "東京タワー"),
)
NO_NOVELTY, NOVEL = 0.1, 0.95
THRESHOLDS = Thresholds(accept=0.8, reject=0.3, margin=0.2, novelty_limit=0.9)


@dataclass(frozen=True, slots=True)
class Shot:
    """One photo of the screenshots: its scene and what the scripted classifier says."""

    sky: scenes.Sky
    subject: scenes.Draw
    guesses: tuple[tuple[str, float], ...]
    novelty: float = NO_NOVELTY
    water: bool = False
    gps: tuple[float, float] | None = None


def _sure(id_: str, confidence: float, second: str, third: str = "london_eye") -> tuple[tuple[str, float], ...]:
    rest = 1 - confidence
    others = [landmark.id for landmark in LANDMARKS if landmark.id not in (id_, second, third)]
    return (
        (id_, confidence),
        (second, rest * 0.55),
        (third, rest * 0.2),
        (others[0], rest * 0.1),
        (others[1], rest * 0.05),
    )


_UNKNOWN = _sure("arc_de_triomphe", 0.06, "london_eye", "parthenon")
SHOTS = (
    Shot(scenes.DUSK, scenes.lattice_tower, _sure("eiffel_tower", 0.97, "tokyo_tower")),
    Shot(scenes.GOLD, scenes.triumphal_arch, _sure("arc_de_triomphe", 0.93, "parthenon")),
    Shot(scenes.NOON, scenes.lattice_tower, _sure("eiffel_tower", 0.95, "tokyo_tower")),
    Shot(scenes.ROSE, scenes.flowers, _UNKNOWN, NOVEL),
    Shot(scenes.NIGHT, scenes.clock_tower, _sure("big_ben", 0.96, "london_eye", "eiffel_tower")),
    Shot(scenes.DUSK, scenes.viewing_wheel, _sure("london_eye", 0.58, "eiffel_tower", "tokyo_tower"), water=True),
    Shot(scenes.NOON, scenes.column_temple, _sure("parthenon", 0.94, "arc_de_triomphe")),
    Shot(scenes.GOLD, scenes.column_temple, _sure("parthenon", 0.9, "arc_de_triomphe"), gps=(37.9703, 23.7231)),
    Shot(scenes.NOON, scenes.sail, _UNKNOWN, NOVEL, water=True),
    Shot(scenes.MIST, scenes.suspension_bridge, _sure("golden_gate_bridge", 0.98, "itsukushima_gate"), water=True),
    Shot(scenes.ROSE, scenes.domed_tomb, _sure("taj_mahal", 0.99, "parthenon"), water=True),
    Shot(scenes.DESERT, scenes.pyramids, _sure("pyramids_of_giza", 0.96, "parthenon")),
    Shot(scenes.GOLD, scenes.floating_gate, _sure("itsukushima_gate", 0.95, "golden_gate_bridge"), water=True),
    Shot(scenes.DUSK, scenes.beach, _UNKNOWN, NOVEL),
    Shot(scenes.NOON, scenes.shell_opera, _sure("sydney_opera_house", 0.97, "taj_mahal"), water=True),
    Shot(scenes.ROSE, scenes.hill_castle, _sure("neuschwanstein_castle", 0.92, "big_ben")),
    Shot(scenes.MIST, scenes.hill_castle, _sure("neuschwanstein_castle", 0.71, "big_ben", "parthenon")),
    Shot(scenes.DUSK, scenes.suspension_bridge, _sure("golden_gate_bridge", 0.96, "itsukushima_gate"), water=True),
    Shot(scenes.GOLD, scenes.empty, _UNKNOWN, NOVEL),
    Shot(scenes.NIGHT, scenes.lattice_tower, _sure("eiffel_tower", 0.91, "tokyo_tower")),
    Shot(scenes.DUSK, scenes.domed_tomb, _sure("taj_mahal", 0.97, "parthenon"), water=True),
    Shot(scenes.DUSK, scenes.pyramids, _sure("pyramids_of_giza", 0.93, "parthenon")),
    Shot(scenes.NOON, scenes.empty, _UNKNOWN, NOVEL, water=True),
    Shot(scenes.DUSK, scenes.shell_opera, _sure("sydney_opera_house", 0.94, "taj_mahal"), water=True),
)
REVIEWED = 9
"""So many photos, at least, have guesses when the review begins."""
HELD_BACK = 6
"""So many photos are still to be classified in the picture that shows the work in progress."""


class ScriptedClassifier:
    """Says of each picture what the script says of the scene it resembles most."""

    def __init__(self, bundle: Bundle, samples: Sequence[UInt8Array], gate: threading.Event) -> None:
        self._bundle = bundle
        self._samples = np.stack(samples).astype(np.int16)
        self._gate = gate
        self._left = len(SHOTS) - HELD_BACK

    @property
    def bundle(self) -> Bundle:
        """The bundle of the script."""
        return self._bundle

    @property
    def provider(self) -> ProviderReport:
        """As on a computer without an NVIDIA graphics card."""
        return ProviderReport(ProviderChoice.AUTO, CPU, "no NVIDIA driver was found")

    def classify(self, images: UInt8Array) -> list[Guesses]:
        """Return the script's guesses; the last photos wait for the gate."""
        answers = []
        for image in images:
            if self._left <= 0:
                self._gate.wait()
            self._left -= 1
            difference = np.abs(self._samples - image.astype(np.int16)).mean(axis=(1, 2, 3))
            shot = SHOTS[int(difference.argmin())]
            answers.append(Guesses(tuple(Guess(*guess) for guess in shot.guesses), shot.novelty))
        return answers


def make_bundle(folder: Path) -> Bundle:
    """A bundle that describes the landmarks of the script; it has no model, because none is run."""
    manifest = Manifest(
        id="landmarks-demo",
        version="1.0",
        created=datetime(2024, 5, 1, tzinfo=UTC),
        trainer_version="1.0",
        licence="GPL-3.0-or-later",
        architecture="scripted",
        models=(ModelFile("model.onnx", "0" * 64, "fp32", 18),),
        input=SPEC,
        landmarks=LANDMARKS,
        thresholds=THRESHOLDS,
    )
    return Bundle(folder, manifest)


def draw_photos(folder: Path) -> list[UInt8Array]:
    """Draw all scenes as JPEGs and one file that is no photo; returns the model's input of each scene."""
    folder.mkdir(parents=True)
    samples = []
    for index, shot in enumerate(SHOTS):
        picture = _to_pillow(scenes.paint_scene(shot.sky, shot.subject, index, water=shot.water))
        path = folder / f"IMG_{4711 + index}.jpg"
        picture.save(path, quality=92, exif=_exif(index, shot.gps))
        with Image.open(path) as saved:
            samples.append(preprocess(saved.convert("RGB"), SPEC))
    (folder / "IMG_4740.jpg").write_text("Not a photo at all.", "utf-8")
    return samples


def _exif(index: int, gps: tuple[float, float] | None) -> Image.Exif:
    block = Image.Exif()
    taken = datetime(2024, 5, 1, 10, 11, tzinfo=UTC) + timedelta(minutes=37 * index)
    block.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = taken.strftime("%Y:%m:%d %H:%M:%S")
    if gps is not None:
        position = block.get_ifd(ExifTags.IFD.GPSInfo)
        for value, reference, name, signs in (
            (gps[0], ExifTags.GPS.GPSLatitudeRef, ExifTags.GPS.GPSLatitude, "NS"),
            (gps[1], ExifTags.GPS.GPSLongitudeRef, ExifTags.GPS.GPSLongitude, "EW"),
        ):
            position[reference] = signs[value < 0]
            position[name] = (float(int(abs(value))), round(abs(value) % 1 * 60, 4), 0.0)
    return block


def _to_pillow(image: QImage) -> Image.Image:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.ReadWrite)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs want bytes, Qt wants str
    with Image.open(io.BytesIO(bytes(buffer.data().data()))) as opened:
        return opened.convert("RGB")


def save(widget: QWidget, path: Path) -> None:
    """Save what a widget looks like."""
    QApplication.processEvents()
    _to_pillow(widget.grab().toImage()).save(path, optimize=True)
    print(f"{path.name}: {path.stat().st_size // 1024} kB")


def wait_for(condition: Callable[[], bool], what: str) -> None:
    """Let the window work until ``condition`` holds."""
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError(what)
        QTest.qWait(20)


def settle() -> None:
    """Let timers of the window (throttles, previews) run out."""
    QTest.qWait(700)


def choose(window: MainWindow, name: str) -> None:
    """Make the photo of this name the current one."""
    photos: PhotoModel = window.photos
    for photo_id in photos.shown_ids:
        tile = photos.tile(photo_id)
        if tile is not None and tile.record.photo.name == name:
            window.view.choose(photo_id)
            return
    raise LookupError(name)


def take_all(out: Path, work: Path) -> None:
    """Take all screenshots."""
    gate = threading.Event()
    bundle = make_bundle(work)
    samples = draw_photos(work / "Spring 2024")
    settings = Settings(None)
    settings.set(table.THEME, "light")
    settings.set(table.DECODE_WORKERS, 1)
    workspace = Workspace(
        work / "library.sqlite", bundle, settings, lambda *_: ScriptedClassifier(bundle, samples, gate)
    )
    window = MainWindow(workspace)
    try:
        window.resize(*SIZE)
        window.show()
        settle()
        save(window, out / "first-start.png")
        window.open_paths([work / "Spring 2024"])
        window.view.set_tile_width(TILE_WIDTH)
        wait_for(lambda: window.photos.rowCount() > len(SHOTS), "all tiles")
        wait_for(lambda: window.photos.unclassified <= len(SHOTS) - REVIEWED, "the first photos")
        settle()
        _review(window)
        _save_busy(window, out / "review-light.png")
        gate.set()
        wait_for(lambda: workspace.state is WorkState.IDLE and window.photos.unclassified == 0, "all photos")
        _save_map(window, out / "map.png")
        _save_writing(window, out / "write-preview.png")
        settings.set(table.THEME, "dark")
        choose(window, "IMG_4716.jpg")
        settle()
        save(window, out / "review-dark.png")
    finally:
        gate.set()
        window.close()


def _review(window: MainWindow) -> None:
    for name in ("IMG_4711.jpg", "IMG_4712.jpg", "IMG_4713.jpg", "IMG_4715.jpg"):
        choose(window, name)
        window.reviewer.accept()
    choose(window, "IMG_4714.jpg")
    window.reviewer.reject()


def _save_busy(window: MainWindow, path: Path) -> None:
    choose(window, "IMG_4717.jpg")
    settle()
    save(window, path)


def _save_map(window: MainWindow, path: Path) -> None:
    window.actions_by_id["map"].trigger()
    choose(window, "IMG_4721.jpg")
    settle()
    save(window, path)
    window.actions_by_id["map"].trigger()


def _save_writing(window: MainWindow, path: Path) -> None:
    window.actions_by_id["write"].trigger()
    dialog = window.findChild(WriteDialog)
    if not isinstance(dialog, WriteDialog):
        raise TypeError("the dialog did not open")
    wait_for(dialog.write.isEnabled, "the preview of the run")
    settle()
    save(dialog, path)
    done: list[object] = []
    window.workspace.writing.run_finished.connect(done.append)
    dialog.write.click()
    wait_for(lambda: bool(done), "the run")
    settle()
    dialog.close()


def main(arguments: Sequence[str] | None = None) -> int:
    """Take the screenshots; returns the exit code."""
    parser = argparse.ArgumentParser(description="Draw the screenshots of the documentation.")
    parser.add_argument("--out", type=Path, default=OUT, help="folder for the PNG files")
    out: Path = parser.parse_args(arguments).out
    out.mkdir(parents=True, exist_ok=True)
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    family = next((name for name in FONTS if name in QFontDatabase.families()), None)
    if family is not None:
        application.setFont(QFont(family, 10))
    with tempfile.TemporaryDirectory() as work:
        take_all(out, Path(work))
    return 0


if __name__ == "__main__":
    sys.exit(main())
