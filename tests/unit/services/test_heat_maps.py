"""Heat maps: what of an activation map is shown, and how the engine answers."""

import queue
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from landmark_desktop.core.bundle import Bundle
from landmark_desktop.core.errors import BundleError, ErrorCode, InferenceError, KnownError
from landmark_desktop.core.photo import Photo
from landmark_desktop.core.preprocess import preprocess
from landmark_desktop.core.record import Outcome
from landmark_desktop.inference.classifier import Activation, OnnxClassifier
from landmark_desktop.inference.session import ProviderChoice, ProviderReport
from landmark_desktop.services.classification import ClassificationEngine
from landmark_desktop.services.heat_maps import PIXELS_A_CELL, heat_map
from landmark_desktop.services.sizing import EngineOptions
from tests.bundles import COLOURS, write_bundle
from tests.scripted import ScriptedClassifier

TIMEOUT_S = 20
PART = (0.1, 0.0, 0.9, 1.0)
GREY = (128, 128, 128)


class Silent:
    """Listens to nothing but bugs."""

    def __init__(self) -> None:
        self.bugs: list[BaseException] = []

    def ready(self, provider: ProviderReport) -> None: ...

    def failed(self, error: KnownError) -> None: ...

    def decoded(self, job: int, photo: Photo, image: Image.Image) -> None: ...

    def outcomes(self, job: int, outcomes: list[Outcome]) -> None: ...

    def bug(self, error: BaseException) -> None:
        self.bugs.append(error)


def half_red() -> Image.Image:
    """Grey at the left, the Eiffel Tower's red at the right."""
    picture = Image.new("RGB", (64, 64), GREY)
    picture.paste(COLOURS["eiffel_tower"], (32, 0, 64, 64))
    return picture


def test_a_map_is_scaled_to_its_maximum_and_what_speaks_against_is_nothing() -> None:
    heat = heat_map(np.array([[-3.0, -1.0], [-2.0, 4.0]], np.float32), PART)
    assert heat.values.shape == (2 * PIXELS_A_CELL, 2 * PIXELS_A_CELL)
    assert heat.values.dtype == np.float32
    assert (heat.values.min(), heat.values.max()) == (0.0, 1.0)
    assert np.unravel_index(heat.values.argmax(), heat.values.shape) >= (PIXELS_A_CELL, PIXELS_A_CELL)
    assert heat.values[0, 0] < 0.05
    assert heat.part == PART
    assert not heat.is_empty


def test_a_photo_in_which_nothing_speaks_for_the_landmark_has_an_empty_map() -> None:
    assert heat_map(np.full((3, 2), -0.5, np.float32), PART).is_empty


def test_the_model_tells_where_it_sees_a_landmark(tmp_path: Path) -> None:
    bundle = write_bundle(tmp_path / "bundle")
    classifier = OnnxClassifier(bundle, ProviderChoice.CPU, threads=1, trusted=True)
    pixels = preprocess(half_red(), bundle.manifest.input)
    found = classifier.activation(pixels, "eiffel_tower")
    middle = found.shape[1] // 2
    assert found[:, middle:].mean() > found[:, :middle].mean()
    with pytest.raises(ValueError, match="tuple"):
        classifier.activation(pixels, "atlantis")


def ask(engine: ClassificationEngine, bundle: Bundle, landmark_id: str = "eiffel_tower") -> Activation | KnownError:
    answers: queue.Queue[Activation | KnownError] = queue.Queue()
    engine.explain(preprocess(half_red(), bundle.manifest.input), landmark_id, answers.put)
    return answers.get(timeout=TIMEOUT_S)


@pytest.fixture
def bundle(tmp_path: Path) -> Bundle:
    return write_bundle(tmp_path / "bundle")


def test_the_engine_answers_and_goes_on_after_an_error(bundle: Bundle) -> None:
    classifier, listener = ScriptedClassifier(bundle), Silent()
    engine = ClassificationEngine(lambda: classifier, listener, lambda _: None, EngineOptions(1))
    try:
        found = ask(engine, bundle)
        assert isinstance(found, np.ndarray)
        assert found.shape == (4, 4)
        classifier.fail_maps = True
        assert isinstance(ask(engine, bundle), InferenceError)
        assert not listener.bugs
        classifier.fail_maps = False
        assert isinstance(ask(engine, bundle, "no landmark of this bundle"), InferenceError)
        assert [type(bug) for bug in listener.bugs] == [ValueError]
        assert isinstance(ask(engine, bundle), np.ndarray)
    finally:
        engine.close()


def test_a_model_that_does_not_load_cannot_explain(bundle: Bundle) -> None:
    def refuse() -> ScriptedClassifier:
        raise BundleError(ErrorCode.BUNDLE_SHAPE, name="b", reason="no outputs")

    engine = ClassificationEngine(refuse, Silent(), lambda _: None, EngineOptions(1))
    try:
        found = ask(engine, bundle)
    finally:
        engine.close()
    assert isinstance(found, InferenceError)
    assert "did not load" in str(found)
