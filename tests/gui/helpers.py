"""The scripted classifier of the window's tests, photos by colour, and what the tests ask a window."""

import threading
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from landmark_desktop.core.bundle import Bundle
from landmark_desktop.core.errors import ErrorCode, InferenceError
from landmark_desktop.core.guess import Guess, Guesses
from landmark_desktop.core.preprocess import UInt8Array
from landmark_desktop.inference.classifier import Activation
from landmark_desktop.inference.session import CPU, ProviderChoice, ProviderReport
from landmark_desktop.services.work import WorkState
from landmark_desktop.ui.main_window import MainWindow
from landmark_desktop.ui.photo_grid.tile import Bucket, Tile
from tests.bundles import COLOURS, THRESHOLDS, colour_picture
from tests.pictures import exif

RED, GREEN, BLUE, ORANGE, GREY = (205, 40, 40), (40, 190, 40), (40, 40, 215), (220, 130, 30), (128, 128, 128)
SCRIPT: dict[tuple[int, int, int], Guesses] = {
    RED: Guesses((Guess("eiffel_tower", 0.97), Guess("petra", 0.02), Guess("taj_mahal", 0.01)), 0.1),
    GREEN: Guesses((Guess("taj_mahal", 0.95), Guess("eiffel_tower", 0.03), Guess("petra", 0.01)), 0.1),
    BLUE: Guesses((Guess("petra", 0.93), Guess("taj_mahal", 0.04), Guess("eiffel_tower", 0.01)), 0.1),
    ORANGE: Guesses((Guess("eiffel_tower", 0.55), Guess("petra", 0.3), Guess("taj_mahal", 0.1)), 0.2),
    GREY: Guesses(
        (Guess("petra", 0.05), Guess("taj_mahal", 0.04), Guess("eiffel_tower", 0.03)), THRESHOLDS.novelty_limit + 0.05
    ),
}


class Script:
    """Steers the scripted classifiers of a test: what runs, and whether it may run."""

    def __init__(self) -> None:
        self.may_run = threading.Event()
        self.may_run.set()
        self.asked = threading.Event()
        """Set as soon as a classifier has photos to classify, whether it may or not."""
        self.classified = 0
        self.refusal: Exception | None = None
        self.explained: list[str] = []
        self.fail_maps = False
        self.provider = ProviderReport(ProviderChoice.AUTO, CPU, "no NVIDIA driver was found")

    def hold(self) -> None:
        """Classify nothing until :meth:`release`."""
        self.may_run.clear()

    def release(self) -> None:
        """Classify all."""
        self.may_run.set()


class ScriptedClassifier:
    """Knows the landmark by the colour of a picture."""

    def __init__(self, bundle: Bundle, script: Script) -> None:
        if script.refusal is not None:
            raise script.refusal
        self._bundle = bundle
        self._script = script

    @property
    def bundle(self) -> Bundle:
        return self._bundle

    @property
    def provider(self) -> ProviderReport:
        return self._script.provider

    def classify(self, images: UInt8Array) -> list[Guesses]:
        self._script.asked.set()
        self._script.may_run.wait()
        colours = np.array(list(SCRIPT))
        answers = list(SCRIPT.values())
        nearest = [int(np.abs(colours - image.mean(axis=(0, 1))).sum(axis=1).argmin()) for image in images]
        self._script.classified += len(images)
        return [answers[index] for index in nearest]

    def activation(self, image: UInt8Array, landmark_id: str) -> Activation:
        """The more of the landmark's colour, in 4 × 4 parts."""
        self._script.explained.append(landmark_id)
        if self._script.fail_maps:
            raise InferenceError(ErrorCode.INFERENCE_FAILED, name="colours", reason="out of memory")
        channel = list(COLOURS).index(landmark_id)
        height, width = image.shape[:2]
        cells = image.reshape(4, height // 4, 4, width // 4, 3).mean(axis=(1, 3))
        found: Activation = (cells[..., channel] - np.median(cells, axis=2) - 1).astype(np.float32)
        return found


def paint_photo(path: Path, colour: tuple[int, int, int], seed: int = 0, **facts: Any) -> Path:
    """Save a photo of one colour; ``facts`` go into its EXIF (see ``pictures.exif``)."""
    path.parent.mkdir(parents=True, exist_ok=True)
    picture: Image.Image = colour_picture(colour, (120, 80), seed=seed)
    picture.save(path, **({"exif": exif(**facts)} if facts else {}))
    return path


def wait_idle(qtbot: QtBot, window: MainWindow, *, timeout_ms: int = 10_000) -> None:
    """Wait until the photos of the open folder are there and classified."""

    def idle() -> bool:
        found = window.photos.counts[Bucket.ALL] > 0
        return found and window.workspace.state is WorkState.IDLE and window.photos.unclassified == 0

    qtbot.waitUntil(idle, timeout=timeout_ms)


def click(qtbot: QtBot, button: QAbstractButton) -> None:
    """Click a button as soon as it can be clicked, as a person does."""
    qtbot.waitUntil(lambda: button.isVisible() and button.isEnabled())
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def tile(window: MainWindow, name: str) -> Tile:
    """The tile of the photo of this name, shown or not."""
    for record in window.workspace.records():
        if record.photo.name == name:
            found = window.photos.tile(record.id)
            assert found is not None
            return found
    raise LookupError(name)


def shown_names(window: MainWindow) -> list[str]:
    """The names in the grid, in order."""
    tiles = [window.photos.tile(photo_id) for photo_id in window.photos.shown_ids]
    return [item.record.photo.name for item in tiles if item is not None]


def current_name(window: MainWindow) -> str:
    """The name of the current photo."""
    found = window.photos.tile(window.view.current_id)
    return found.record.photo.name if found is not None else ""


def choose(window: MainWindow, name: str) -> None:
    """Make the photo of this name the current one."""
    window.view.choose(tile(window, name).id)
