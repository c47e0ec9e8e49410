"""What the screenshots show: drawn scenes as photos, and a classifier that says of each what a script says.

Nothing in the pictures belongs to anybody, and nothing depends on a trained model.
"""

import io
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
from PIL import ExifTags, Image
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImage

from landmark_desktop.core.bundle import Bundle, Manifest, ModelFile
from landmark_desktop.core.guess import Guess, Guesses, Thresholds
from landmark_desktop.core.location import Landmark, Location
from landmark_desktop.core.preprocess import InputSpec, UInt8Array, preprocess
from landmark_desktop.inference.classifier import Activation
from landmark_desktop.inference.session import CPU, ProviderChoice, ProviderReport
from tools import scenes

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


_UNKNOWN = (
    ("arc_de_triomphe", 0.06),
    ("london_eye", 0.04),
    ("parthenon", 0.03),
    ("eiffel_tower", 0.02),
    ("golden_gate_bridge", 0.01),
)
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
CELLS = 8
"""Side of the activation maps: as many cells as a network of this kind leaves of a small picture."""
HELD_BACK = 6
"""So many photos are still to be classified in the picture that shows the work in progress."""
BROKEN = "IMG_4740.jpg"
"""The name of the one file that is no photo."""


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

    def activation(self, image: UInt8Array, landmark_id: str) -> Activation:
        """What a network would look at in a drawing: where there are most edges, and less at the sides."""
        del landmark_id
        grey = image.mean(axis=2)
        edges = np.abs(np.diff(grey, axis=0))[:, 1:] + np.abs(np.diff(grey, axis=1))[1:]
        rows, columns = (np.linspace(0, side, CELLS + 1).astype(int) for side in edges.shape)
        cells = np.add.reduceat(np.add.reduceat(edges, rows[:-1], axis=0), columns[:-1], axis=1)
        middle = np.hanning(CELLS + 2)[1:-1]
        found: Activation = (cells * middle[None, :] * middle[:, None] ** 0.5).astype(np.float32)
        return found


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
        picture = to_pillow(scenes.paint_scene(shot.sky, shot.subject, index, water=shot.water))
        path = folder / f"IMG_{4711 + index}.jpg"
        picture.save(path, quality=92, exif=_exif(index, shot.gps))
        with Image.open(path) as saved:
            samples.append(preprocess(saved.convert("RGB"), SPEC))
    (folder / BROKEN).write_text("Not a photo at all.", "utf-8")
    return samples


def draw_nothing(folder: Path, count: int) -> None:
    """Draw photos that show no landmark."""
    folder.mkdir(parents=True)
    plain = [shot for shot in SHOTS if shot.novelty == NOVEL]
    for index in range(count):
        shot = plain[index % len(plain)]
        scene = scenes.paint_scene(shot.sky, shot.subject, SHOTS.index(shot), water=shot.water)
        to_pillow(scene).save(folder / f"IMG_{5200 + index}.jpg", quality=92, exif=_exif(100 + index, None))


def _exif(index: int, gps: tuple[float, float] | None) -> Image.Exif:
    block = Image.Exif()
    taken = datetime(2024, 5, 1, 10, 11, tzinfo=UTC) + timedelta(minutes=37 * index)
    block[ExifTags.Base.Model] = "Drawing Board"
    details = block.get_ifd(ExifTags.IFD.Exif)
    details[ExifTags.Base.ExposureTime] = 1 / (60 + 20 * (index % 20))
    details[ExifTags.Base.FNumber] = 8.0
    details[ExifTags.Base.ISOSpeedRatings] = 100
    details[ExifTags.Base.FocalLength] = 24.0 + index % 5
    details[ExifTags.Base.DateTimeOriginal] = taken.strftime("%Y:%m:%d %H:%M:%S")
    if gps is not None:
        position = block.get_ifd(ExifTags.IFD.GPSInfo)
        for value, reference, name, signs in (
            (gps[0], ExifTags.GPS.GPSLatitudeRef, ExifTags.GPS.GPSLatitude, "NS"),
            (gps[1], ExifTags.GPS.GPSLongitudeRef, ExifTags.GPS.GPSLongitude, "EW"),
        ):
            position[reference] = signs[value < 0]
            position[name] = (float(int(abs(value))), round(abs(value) % 1 * 60, 4), 0.0)
    return block


def to_pillow(image: QImage) -> Image.Image:
    """A picture of Qt's as one of Pillow's."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.ReadWrite)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs want bytes, Qt wants str
    with Image.open(io.BytesIO(bytes(buffer.data().data()))) as opened:
        return opened.convert("RGB")
