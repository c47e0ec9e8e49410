"""The classification engine: order, pause, cancel, errors, the end."""

import os
import queue
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from landmark_desktop.core.bundle import Bundle
from landmark_desktop.core.errors import BundleError, ErrorCode, InferenceMemoryError, KnownError
from landmark_desktop.core.guess import Guesses
from landmark_desktop.core.photo import FileIdentity, Photo, PhotoFacts
from landmark_desktop.core.preprocess import InputSpec, UInt8Array
from landmark_desktop.core.record import Outcome
from landmark_desktop.imaging import decode as decoding
from landmark_desktop.imaging.stills import Decoded
from landmark_desktop.inference.session import CPU, CUDA, ProviderChoice, ProviderReport
from landmark_desktop.services.classification import ClassificationEngine
from landmark_desktop.services.lanes import ENGINE_NICE
from landmark_desktop.services.sizing import EngineOptions
from tests.bundles import COLOURS, colour_picture, write_bundle
from tests.pictures import save, text_file
from tests.scripted import ScriptedClassifier

TIMEOUT_S = 20


class Log:
    """A listener that keeps what it is told."""

    def __init__(self) -> None:
        self.results: queue.Queue[tuple[int, Outcome]] = queue.Queue()
        self.pictures: queue.Queue[tuple[int, str | None]] = queue.Queue()
        self.providers: queue.Queue[ProviderReport] = queue.Queue()
        self.failures: queue.Queue[KnownError] = queue.Queue()
        self.bugs: queue.Queue[BaseException] = queue.Queue()

    def ready(self, provider: ProviderReport) -> None:
        self.providers.put(provider)

    def failed(self, error: KnownError) -> None:
        self.failures.put(error)

    def decoded(self, job: int, photo: Photo, image: Image.Image) -> None:
        assert image.mode == "RGB"
        self.pictures.put((photo.id, photo.identity.content_key))

    def outcomes(self, job: int, outcomes: list[Outcome]) -> None:
        for outcome in outcomes:
            self.results.put((job, outcome))

    def bug(self, error: BaseException) -> None:
        self.bugs.put(error)

    def take(self, count: int) -> list[Outcome]:
        return [self.results.get(timeout=TIMEOUT_S)[1] for _ in range(count)]


class Setup:
    """An engine with a scripted classifier; ``known`` is what the library would answer."""

    def __init__(self, bundle: Bundle, workers: int = 1, batch: int = 4) -> None:
        self.log = Log()
        self.known: dict[str, Guesses] = {}
        self.classifier = ScriptedClassifier(bundle)
        options = EngineOptions(decode_workers=workers, batch_size=batch)
        self.engine = ClassificationEngine(lambda: self.classifier, self.log, self.known.get, options)


@pytest.fixture
def bundle(tmp_path: Path) -> Bundle:
    return write_bundle(tmp_path / "bundle", b"no model is needed here")


@pytest.fixture
def setup(bundle: Bundle) -> Iterator[Setup]:
    made = Setup(bundle)
    yield made
    made.classifier.gate.set()
    made.engine.close()


def make_photos(folder: Path, count: int, name: str = "eiffel_tower") -> list[Photo]:
    photos = []
    for number in range(count):
        path = save(folder / f"{number}.png", colour_picture(COLOURS[name], seed=number))
        photos.append(Photo(number, path, FileIdentity.of(path)))
    return photos


def test_photos_are_classified_with_their_facts(setup: Setup, tmp_path: Path) -> None:
    photos = make_photos(tmp_path, 6)
    setup.engine.add(photos)
    outcomes = {outcome.photo.id: outcome for outcome in setup.log.take(6)}
    assert sorted(outcomes) == list(range(6))
    for photo in photos:
        outcome = outcomes[photo.id]
        assert outcome.error is None
        assert outcome.guesses is not None
        assert outcome.guesses.top[0].landmark_id == "eiffel_tower"
        assert (outcome.facts.width, outcome.facts.height) == (240, 160)
        assert outcome.identity == FileIdentity.of(photo.path, with_content=True)
    pictures = dict(setup.log.pictures.get(timeout=TIMEOUT_S) for _ in range(6))
    assert pictures == {photo_id: outcome.identity.content_key for photo_id, outcome in outcomes.items()}
    assert setup.log.providers.get(timeout=TIMEOUT_S).label == "CPU"


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the system prefers the window's thread on its own")
@pytest.mark.parametrize("background", [False, True])
def test_the_model_computes_after_the_window_where_there_is_one(bundle: Bundle, background: bool) -> None:
    def niceness() -> int:
        return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())

    found: queue.Queue[int] = queue.Queue()

    def make_classifier() -> ScriptedClassifier:
        found.put(niceness())
        return ScriptedClassifier(bundle)

    engine = ClassificationEngine(make_classifier, Log(), {}.get, EngineOptions(1, background=background))
    engine.close()
    assert found.get(timeout=TIMEOUT_S) == (min(19, niceness() + ENGINE_NICE) if background else niceness())


def test_visible_photos_come_first(setup: Setup, tmp_path: Path) -> None:
    setup.engine.pause()
    setup.engine.add(make_photos(tmp_path, 8))
    setup.engine.prioritise([6, 3, 99])
    setup.engine.resume()
    assert [outcome.photo.id for outcome in setup.log.take(8)] == [6, 3, 0, 1, 2, 4, 5, 7]


def test_nothing_starts_while_paused(setup: Setup, tmp_path: Path) -> None:
    setup.log.providers.get(timeout=TIMEOUT_S)
    setup.engine.pause()
    setup.engine.add(make_photos(tmp_path, 3))
    with pytest.raises(queue.Empty):
        setup.log.pictures.get(timeout=0.1)
    setup.engine.resume()
    assert len(setup.log.take(3)) == 3


def test_cancel_drops_what_waits_and_finishes_what_is_under_way(setup: Setup, tmp_path: Path) -> None:
    setup.classifier.gate.clear()
    photos = make_photos(tmp_path, 60)
    setup.engine.add(photos)
    assert setup.classifier.entered.wait(TIMEOUT_S)
    dropped = setup.engine.cancel()
    assert dropped > 0
    setup.classifier.gate.set()
    finished = setup.log.take(60 - dropped)
    assert len({outcome.photo.id for outcome in finished}) == 60 - dropped
    setup.engine.add(photos[:1])  # the engine lives on
    assert setup.log.take(1)[0].photo.id == 0


def test_another_job_skips_what_waits_of_the_older_one(setup: Setup, tmp_path: Path) -> None:
    setup.classifier.gate.clear()
    setup.engine.add(make_photos(tmp_path / "old", 60))
    assert setup.classifier.entered.wait(TIMEOUT_S)
    job = setup.engine.start_job()
    setup.engine.add([Photo(1000, p.path, p.identity) for p in make_photos(tmp_path / "new", 1)])
    setup.classifier.gate.set()
    seen = []
    while not seen or seen[-1][1].photo.id != 1000:
        seen.append(setup.log.results.get(timeout=TIMEOUT_S))
    assert seen[-1][0] == job
    assert all(old_job < job for old_job, _ in seen[:-1])
    assert len(seen) < 61


def test_a_broken_photo_has_its_error_and_the_others_go_on(setup: Setup, tmp_path: Path) -> None:
    photos = make_photos(tmp_path, 2)
    path = text_file(tmp_path / "text.jpg")
    gone = Photo(11, tmp_path / "gone.jpg", FileIdentity(1, 1))
    setup.engine.add([Photo(10, path, FileIdentity.of(path)), gone, *photos])
    outcomes = {outcome.photo.id: outcome for outcome in setup.log.take(4)}
    assert outcomes[10].error is not None
    assert outcomes[10].error.code is ErrorCode.NOT_A_PHOTO
    assert outcomes[11].error is not None
    assert outcomes[11].error.code is ErrorCode.FILE_MISSING
    assert outcomes[0].guesses is not None


def test_a_content_that_is_known_needs_no_model(setup: Setup, tmp_path: Path) -> None:
    (photo,) = make_photos(tmp_path, 1)
    key = FileIdentity.of(photo.path, with_content=True).content_key
    assert key is not None
    setup.known[key] = Guesses((), 0.5)
    setup.engine.add([photo])
    (outcome,) = setup.log.take(1)
    assert outcome.guesses == Guesses((), 0.5)
    assert outcome.facts.width == 240
    setup.engine.add([Photo(7, photo.path, photo.identity, PhotoFacts(240, 160))])
    assert setup.log.take(1)[0].guesses == Guesses((), 0.5)
    assert setup.classifier.batches == []
    assert setup.log.pictures.qsize() == 1  # with its size known too, the photo was not even decoded


def test_a_batch_that_fails_is_tried_one_by_one(setup: Setup, tmp_path: Path) -> None:
    setup.classifier.fail_batches = True
    setup.classifier.gate.clear()
    setup.engine.add(make_photos(tmp_path, 9))
    assert setup.classifier.entered.wait(TIMEOUT_S)
    setup.classifier.gate.set()
    assert all(outcome.guesses is not None for outcome in setup.log.take(9))
    assert any(size > 1 for size in setup.classifier.batches)


def test_batches_are_no_larger_than_asked_for(setup: Setup, tmp_path: Path) -> None:
    setup.engine.add(make_photos(tmp_path, 11))
    setup.log.take(11)
    assert max(setup.classifier.batches) <= 4
    assert sum(setup.classifier.batches) == 11


def test_a_bug_in_the_classifier_is_loud_and_no_photo_waits_forever(bundle: Bundle, tmp_path: Path) -> None:
    def broken(_: UInt8Array) -> Guesses:
        raise ZeroDivisionError

    log = Log()
    engine = ClassificationEngine(
        lambda: ScriptedClassifier(bundle, broken), log, lambda _: None, EngineOptions(decode_workers=2)
    )
    engine.add(make_photos(tmp_path, 3))
    outcomes = log.take(3)
    assert all(outcome.error is not None and "internal error" in outcome.error.message for outcome in outcomes)
    assert isinstance(log.bugs.get(timeout=TIMEOUT_S), ZeroDivisionError)
    engine.close()


def test_a_model_that_does_not_load_is_told_once(tmp_path: Path) -> None:
    def load() -> ScriptedClassifier:
        raise BundleError(ErrorCode.BUNDLE_MISSING, name="bundle")

    log = Log()
    engine = ClassificationEngine(load, log, lambda _: None, EngineOptions(decode_workers=2))
    engine.add(make_photos(tmp_path, 3))
    assert log.failures.get(timeout=TIMEOUT_S).code is ErrorCode.BUNDLE_MISSING
    engine.close()
    assert log.results.empty()


def test_closing_joins_all_threads_whatever_waits(bundle: Bundle, tmp_path: Path) -> None:
    before = threading.active_count()
    made = Setup(bundle, workers=4)
    made.engine.add(make_photos(tmp_path, 30))
    made.engine.pause()
    made.engine.close()
    assert threading.active_count() == before


def test_a_photo_under_way_is_not_begun_again(setup: Setup, tmp_path: Path) -> None:
    setup.classifier.gate.clear()
    photos = make_photos(tmp_path, 30)
    setup.engine.add(photos)
    assert setup.classifier.entered.wait(TIMEOUT_S)
    dropped = setup.engine.cancel()
    assert 0 < dropped < 30
    setup.engine.add(photos)
    setup.classifier.gate.set()
    assert sorted(outcome.photo.id for outcome in setup.log.take(30)) == list(range(30))
    setup.engine.close()
    assert setup.log.results.empty()
    assert sum(setup.classifier.batches) == 30


def test_a_file_that_is_another_by_now_is_begun_though_the_old_one_is_under_way(setup: Setup, tmp_path: Path) -> None:
    setup.classifier.gate.clear()
    (photo,) = make_photos(tmp_path, 1)
    setup.engine.add([photo])
    assert setup.classifier.entered.wait(TIMEOUT_S)
    save(photo.path, colour_picture(COLOURS["petra"], (300, 200)))
    setup.engine.add([Photo(photo.id, photo.path, FileIdentity.of(photo.path))])
    setup.classifier.gate.set()
    first, second = setup.log.take(2)
    assert first.guesses is not None
    assert second.guesses is not None
    assert [o.guesses.top[0].landmark_id for o in (first, second) if o.guesses] == ["eiffel_tower", "petra"]


def test_copies_in_one_batch_are_classified_once(setup: Setup, tmp_path: Path) -> None:
    setup.classifier.gate.clear()
    setup.engine.add(make_photos(tmp_path / "first", 1, "petra"))
    assert setup.classifier.entered.wait(TIMEOUT_S)
    (original,) = make_photos(tmp_path, 1)
    copies = []
    for number in range(10, 14):
        path = tmp_path / f"copy {number}.png"
        path.write_bytes(original.path.read_bytes())
        copies.append(Photo(number, path, FileIdentity.of(path)))
    setup.engine.add(copies)
    for _ in range(5):  # all are decoded
        setup.log.pictures.get(timeout=TIMEOUT_S)
    setup.classifier.gate.set()
    outcomes = {outcome.photo.id: outcome for outcome in setup.log.take(5)}
    assert all(outcomes[number].guesses == outcomes[10].guesses for number in range(10, 14))
    assert len({outcome.identity.content_key for outcome in outcomes.values()}) == 2
    assert sum(setup.classifier.batches) < 5


class SmallCard(ScriptedClassifier):
    """Has memory for so many photos at once; with none for a single one, it moves to the CPU."""

    def __init__(self, bundle: Bundle, room: int) -> None:
        super().__init__(bundle)
        self.room = room
        self.report = ProviderReport(ProviderChoice.AUTO, CUDA)

    @property
    def provider(self) -> ProviderReport:
        return self.report

    def classify(self, images: UInt8Array) -> list[Guesses]:
        if len(images) > self.room:
            self.batches.append(len(images))
            if len(images) > 1:
                raise InferenceMemoryError(ErrorCode.INFERENCE_MEMORY, name="colours", reason="CUDA out of memory")
            self.report = ProviderReport(ProviderChoice.AUTO, CPU, "too little memory")
        return super().classify(images)


@pytest.mark.parametrize("room", [5, 1])
def test_a_card_without_memory_gets_smaller_batches_for_good(bundle: Bundle, tmp_path: Path, room: int) -> None:
    made = Setup(bundle, workers=2, batch=0)
    made.engine.close()
    made.classifier = SmallCard(bundle, room)
    made.classifier.gate.clear()
    made.engine = ClassificationEngine(lambda: made.classifier, made.log, made.known.get, EngineOptions(2))
    made.engine.add(make_photos(tmp_path, 40))
    made.classifier.gate.set()
    outcomes = made.log.take(40)
    made.engine.close()
    assert sorted(outcome.photo.id for outcome in outcomes) == list(range(40))
    assert all(outcome.guesses is not None for outcome in outcomes)
    tried = [size for size in made.classifier.batches if size > room]
    assert tried == sorted(tried, reverse=True)  # each size that was too large is never tried again
    assert len(set(tried)) == len(tried)
    assert made.log.bugs.empty()


def test_a_model_that_moves_to_another_provider_says_so(bundle: Bundle, tmp_path: Path) -> None:
    made = Setup(bundle)
    made.engine.close()
    made.log.providers.get(timeout=TIMEOUT_S)
    card = SmallCard(bundle, 0)
    made.engine = ClassificationEngine(lambda: card, made.log, made.known.get, EngineOptions(1, 1))
    made.engine.add(make_photos(tmp_path, 3))
    made.log.take(3)
    made.engine.close()
    told = [made.log.providers.get(timeout=TIMEOUT_S) for _ in range(2)]
    assert [(report.label, report.reason) for report in told] == [("CUDA", ""), ("CPU", "too little memory")]
    assert made.log.providers.empty()


def test_a_photo_that_changes_while_it_is_read_is_read_again(
    setup: Setup, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (photo,) = make_photos(tmp_path, 1)
    real = decoding.decode
    times: list[int] = []

    def decode(path: Path, **sizes: int) -> Decoded:
        decoded = real(path, **sizes)
        times.append(0)
        if len(times) == 1:
            save(path, colour_picture(COLOURS["petra"], (300, 200)))
        return decoded

    monkeypatch.setattr(decoding, "decode", decode)
    setup.engine.add([photo])
    (outcome,) = setup.log.take(1)
    assert outcome.guesses is not None
    assert outcome.guesses.top[0].landmark_id == "petra"  # and not the old pixels under the new content's key
    assert outcome.identity == FileIdentity.of(photo.path, with_content=True)
    assert len(times) == 2


def test_a_photo_that_never_rests_has_an_error(setup: Setup, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (photo,) = make_photos(tmp_path, 1)
    real = decoding.decode

    def decode(path: Path, **sizes: int) -> Decoded:
        decoded = real(path, **sizes)
        path.write_bytes(path.read_bytes() + b"more")
        return decoded

    monkeypatch.setattr(decoding, "decode", decode)
    setup.engine.add([photo])
    (outcome,) = setup.log.take(1)
    assert outcome.error is not None
    assert outcome.error.code is ErrorCode.FILE_UNSETTLED


def outcomes_with_a_first_photo_that_raises(
    error: type[Exception], setup: Setup, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> dict[int, Outcome]:
    """Classify three photos, of which the decoder fails on the first."""
    photos = make_photos(folder, 3)
    real = decoding.decode

    def decode(path: Path, **sizes: int) -> Decoded:
        if path == photos[0].path:
            raise error
        return real(path, **sizes)

    monkeypatch.setattr(decoding, "decode", decode)
    setup.engine.add(photos)
    return {outcome.photo.id: outcome for outcome in setup.log.take(3)}


def test_a_decoder_without_memory_fails_one_photo_and_no_worker(
    setup: Setup, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outcomes = outcomes_with_a_first_photo_that_raises(MemoryError, setup, tmp_path, monkeypatch)
    assert outcomes[0].error is not None
    assert outcomes[0].error.code is ErrorCode.PHOTO_NEEDS_MEMORY
    assert outcomes[1].guesses is not None
    assert setup.log.bugs.empty()


def test_a_decoder_with_a_bug_fails_one_photo_loudly_and_no_worker(
    setup: Setup, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outcomes = outcomes_with_a_first_photo_that_raises(ZeroDivisionError, setup, tmp_path, monkeypatch)
    assert outcomes[0].error is not None
    assert outcomes[0].error.code is ErrorCode.INFERENCE_FAILED
    assert outcomes[2].guesses is not None
    assert isinstance(setup.log.bugs.get(timeout=TIMEOUT_S), ZeroDivisionError)


@pytest.mark.parametrize(("side", "least"), [(64, 360), (256, 360), (520, 520)])
def test_photos_are_decoded_large_enough_for_the_bundle_at_hand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, side: int, least: int
) -> None:
    asked: list[int] = []
    real = decoding.decode

    def decode(path: Path, *, short_side: int, max_pixels: int) -> Decoded:
        asked.append(short_side)
        return real(path, short_side=short_side)

    monkeypatch.setattr(decoding, "decode", decode)
    made = Setup(write_bundle(tmp_path / "bundle", b"no model", input=InputSpec(side, side, side)))
    made.engine.add(make_photos(tmp_path, 1))
    made.log.take(1)
    made.engine.close()
    assert asked == [least]
