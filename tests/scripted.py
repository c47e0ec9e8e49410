"""A classifier that answers by a script, for tests of what is built around it."""

import threading
from collections.abc import Callable

import numpy as np

from landmark_desktop.core.bundle import Bundle
from landmark_desktop.core.errors import ErrorCode, InferenceError
from landmark_desktop.core.guess import Guess, Guesses
from landmark_desktop.core.preprocess import UInt8Array
from landmark_desktop.inference.classifier import Activation
from landmark_desktop.inference.session import CPU, ProviderChoice, ProviderReport
from tests.bundles import COLOURS

Answer = Callable[[UInt8Array], Guesses]


def answer_by_colour(picture: UInt8Array) -> Guesses:
    """What the small real model of ``tests.bundles`` would say, without a model: the strongest channel decides."""
    mean = picture.reshape(-1, 3).mean(axis=0)
    strength = float((mean.max() - np.median(mean)) / 255)
    order = np.argsort(-mean)
    confidence = min(0.99, 2 * strength)
    ids = list(COLOURS)
    rest = (1 - confidence) / 4
    top = (Guess(ids[order[0]], confidence), Guess(ids[order[1]], rest), Guess(ids[order[2]], rest / 2))
    return Guesses(top, novelty=1 - confidence)


class ScriptedClassifier:
    """A :class:`~landmark_desktop.inference.classifier.Classifier` without a model.

    ``gate`` holds every inference back until it is set. ``fail_batches`` makes batches larger than one fail,
    ``fail_maps`` activation maps; ``batches`` are the sizes that were asked for.
    """

    def __init__(self, bundle: Bundle, answer: Answer = answer_by_colour) -> None:
        self._bundle = bundle
        self._answer = answer
        self.gate = threading.Event()
        self.gate.set()
        self.entered = threading.Event()
        self.fail_batches = False
        self.fail_maps = False
        self.batches: list[int] = []

    @property
    def bundle(self) -> Bundle:
        """The bundle it pretends to run."""
        return self._bundle

    @property
    def provider(self) -> ProviderReport:
        """The CPU, and why."""
        return ProviderReport(ProviderChoice.AUTO, CPU, "no NVIDIA driver was found")

    def classify(self, images: UInt8Array) -> list[Guesses]:
        """Answer each picture by the script."""
        self.entered.set()
        if not self.gate.wait(20):
            raise TimeoutError("the test never opened the gate")
        self.batches.append(len(images))
        if self.fail_batches and len(images) > 1:
            raise InferenceError(ErrorCode.INFERENCE_FAILED, name="colours", reason="out of memory")
        return [self._answer(picture) for picture in images]

    def activation(self, image: UInt8Array, landmark_id: str) -> Activation:
        """How much stronger the landmark's colour is than the middle one, in 4 × 4 parts of the picture."""
        if self.fail_maps:
            raise InferenceError(ErrorCode.INFERENCE_FAILED, name="colours", reason="out of memory")
        channel = list(COLOURS).index(landmark_id)
        height, width = image.shape[:2]
        cells = image.reshape(4, height // 4, 4, width // 4, 3).mean(axis=(1, 3))
        found: Activation = (cells[..., channel] - np.median(cells, axis=2)).astype(np.float32)
        return found
