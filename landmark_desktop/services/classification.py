"""The classification engine: decode workers → bounded queue → inference thread.

Qt-free, so that the command line runs the very same pipeline as the window. The engine lives as long as the app;
each opened folder is one job, and what belongs to an older job is dropped.
"""

import logging
import queue
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
from PIL import Image

from landmark_desktop.core.bundle import Bundle
from landmark_desktop.core.errors import (
    ErrorCode,
    InferenceError,
    InferenceMemoryError,
    KnownError,
    MetadataError,
    PhotoError,
)
from landmark_desktop.core.errors import photo_error_from_os as photo_error
from landmark_desktop.core.guess import Guesses
from landmark_desktop.core.imported import Imported
from landmark_desktop.core.photo import FileIdentity, Photo, PhotoFacts
from landmark_desktop.core.preprocess import UInt8Array, preprocess
from landmark_desktop.core.record import Outcome
from landmark_desktop.imaging.decode import WORKING_SHORT_SIDE, decode
from landmark_desktop.imaging.limits import needs_memory
from landmark_desktop.imaging.stills import Decoded
from landmark_desktop.inference.classifier import Classifier
from landmark_desktop.inference.session import ProviderReport
from landmark_desktop.metadata.reader import read_metadata
from landmark_desktop.services.importing import Importer
from landmark_desktop.services.lanes import step_back
from landmark_desktop.services.sizing import BatchSize, EngineOptions

log = logging.getLogger(__name__)

BATCH_WAIT_S = 0.02
"""How long a batch waits for more photos, from its first one on: visible ones must not wait for a full batch."""
DECODED_AHEAD = 8
"""Photos that may wait decoded for the model, at least; two for each decode worker where there are many."""
ATTEMPTS = 2
"""How often a photo is read that changes meanwhile."""


class Listener(Protocol):
    """Told what the engine does, on the engine's threads; must be quick and thread-safe."""

    def ready(self, provider: ProviderReport) -> None:
        """The model is loaded and runs there. Told again when it had to move to another provider."""

    def failed(self, error: KnownError) -> None:
        """The model does not load: nothing will be classified."""

    def decoded(self, job: int, photo: Photo, image: Image.Image) -> None:
        """A photo is decoded: ``image`` is upright RGB, for a thumbnail; ``photo.identity`` has the content key."""

    def outcomes(self, job: int, outcomes: list[Outcome]) -> None:
        """These photos are done."""

    def bug(self, error: BaseException) -> None:
        """Something went wrong that is no known error."""


@dataclass(frozen=True, slots=True)
class _Ready:
    """A decoded photo on its way to the model."""

    job: int
    photo: Photo
    identity: FileIdentity
    facts: PhotoFacts
    imported: Imported | None
    pixels: UInt8Array


class ClassificationEngine:
    """Classifies photos in the background. All methods may be called from any thread.

    ``make_classifier`` runs on the inference thread, the only owner of the session. ``known`` answers from the
    library what the bundle once said of a content key, so that a copy of a photo is not classified again.
    """

    def __init__(
        self,
        make_classifier: Callable[[], Classifier],
        listener: Listener,
        known: Callable[[str], Guesses | None],
        options: EngineOptions | None = None,
    ) -> None:
        self._make_classifier = make_classifier
        self._listener = listener
        self._known = known
        self._options = options or EngineOptions()
        self._batch_size = BatchSize(self._options.batch_size)
        workers = self._options.workers()
        self._changed = threading.Condition()
        self._pending: OrderedDict[int, Photo] = OrderedDict()
        self._under_way: dict[int, FileIdentity] = {}
        self._job = 0
        self._paused = False
        self._closing = False
        self._classifier: Classifier | None = None
        self._importer: Importer | None = None
        self._told: ProviderReport | None = None
        self._loaded = threading.Event()
        # Bounded: decoders that run ahead of the model would only fill the memory.
        self._decoded: queue.Queue[_Ready | None] = queue.Queue(maxsize=max(2 * workers, DECODED_AHEAD))
        # One worker per core: decoding is what costs (24 megapixels take longer than the model), and Pillow
        # releases the interpreter lock while it does.
        self._workers = [
            threading.Thread(target=self._decode_loop, name=f"decode-{number}") for number in range(workers)
        ]
        # One thread for the model: a session is used by one thread, and ONNX Runtime has threads of its own.
        self._inference = threading.Thread(target=self._inference_loop, name="inference")
        for thread in (*self._workers, self._inference):
            thread.start()

    @property
    def job(self) -> int:
        """The id of the current job."""
        return self._job

    def start_job(self) -> int:
        """Drop everything of the current job and begin another; returns its id."""
        with self._changed:
            self._job += 1
            self._pending.clear()
            self._under_way.clear()
            self._paused = False
            self._changed.notify_all()
            return self._job

    def add(self, photos: Iterable[Photo]) -> None:
        """Queue photos of the current job; ones that are queued already keep their place, and those under way are
        not begun again unless their file is another by now."""
        with self._changed:
            for photo in photos:
                begun = self._under_way.get(photo.id)
                if begun is None or not begun.same_stat(photo.identity):
                    self._pending.setdefault(photo.id, photo)
            self._changed.notify_all()

    def prioritise(self, photo_ids: Sequence[int]) -> None:
        """Put these photos first, in this order; ids that are not waiting are ignored."""
        with self._changed:
            for photo_id in reversed(photo_ids):
                if photo_id in self._pending:
                    self._pending.move_to_end(photo_id, last=False)

    def pause(self) -> None:
        """Start no further photo until :meth:`resume`; those under way are finished."""
        with self._changed:
            self._paused = True

    def resume(self) -> None:
        """Go on after :meth:`pause`."""
        with self._changed:
            self._paused = False
            self._changed.notify_all()

    def cancel(self) -> int:
        """Drop the photos that wait; those under way are finished. Returns how many were dropped."""
        with self._changed:
            dropped = len(self._pending)
            self._pending.clear()
            self._paused = False
            self._changed.notify_all()
            return dropped

    def close(self) -> None:
        """Drop what waits, finish what is under way, and join all threads."""
        with self._changed:
            self._closing = True
            self._pending.clear()
            self._changed.notify_all()
        for thread in self._workers:
            thread.join()
        self._decoded.put(None)
        self._inference.join()

    # decode workers

    def _decode_loop(self) -> None:
        self._step_back()
        while (taken := self._take()) is not None:
            job, photo = taken
            try:
                self._prepare(job, photo)
            except Exception as error:
                self._listener.bug(error)
                self._finish(job, [_failure(photo, _internal_error(photo, error))])

    def _take(self) -> tuple[int, Photo] | None:
        # The model's input size is in the bundle, so nothing is decoded before it is loaded.
        self._loaded.wait()
        with self._changed:
            while not self._closing and (self._paused or not self._pending):
                self._changed.wait()
            if self._closing:
                return None
            _, photo = self._pending.popitem(last=False)
            self._under_way[photo.id] = photo.identity
            return self._job, photo

    def _prepare(self, job: int, photo: Photo) -> None:
        """Open one photo: what is known of its content already needs no model, the rest is decoded and queued."""
        classifier = self._classifier
        if classifier is None:
            with self._changed:
                self._under_way.pop(photo.id, None)
            return  # the model failed to load; the listener was told, and the photo stays unclassified
        facts = PhotoFacts()
        imported: Imported | None = None
        identity = photo.identity
        try:
            for attempt in range(ATTEMPTS):
                identity = _identify(photo)
                facts, imported = self._read(photo, classifier.bundle)
                known = self._known(identity.content_key) if identity.content_key else None
                if known is not None and photo.facts.width is not None and identity.same_stat(photo.identity):
                    facts = _sized(facts, photo.facts.width, photo.facts.height)
                    self._finish(job, [Outcome(photo, identity, facts, known, None, imported)])
                    return
                decoded = self._decode(photo, classifier)
                # Guesses are kept by content: pixels of one must not go under the key of another.
                if _unchanged(photo, identity):
                    break
                if attempt + 1 == ATTEMPTS:
                    raise PhotoError(ErrorCode.FILE_UNSETTLED, name=photo.name)
        except PhotoError as error:
            self._finish(job, [Outcome(photo, identity, facts, None, error, imported)])
            return
        facts = _sized(facts, decoded.width, decoded.height)
        self._listener.decoded(job, replace(photo, identity=identity), decoded.image)
        if known is not None:
            self._finish(job, [Outcome(photo, identity, facts, known, None, imported)])
            return
        pixels = preprocess(decoded.image, classifier.bundle.manifest.input)
        self._decoded.put(_Ready(job, photo, identity, facts, imported, pixels))

    def _read(self, photo: Photo, bundle: Bundle) -> tuple[PhotoFacts, Imported | None]:
        """What the metadata says; broken metadata does not keep a readable picture from being classified."""
        try:
            metadata = read_metadata(photo)
        except MetadataError as error:
            log.info("metadata not read: %s", error.message)
            return PhotoFacts(), None
        if self._importer is None:
            self._importer = Importer(bundle)
        return metadata.facts, self._importer.interpret(metadata)

    @staticmethod
    def _decode(photo: Photo, classifier: Classifier) -> Decoded:
        """Decode at the scale that is enough for both the thumbnail and the model, whichever needs more."""
        try:
            return decode(
                photo.path, short_side=max(WORKING_SHORT_SIDE, classifier.bundle.manifest.input.resize_shorter_side)
            )
        except MemoryError as error:  # belongs to the photo like all its errors, and is no bug
            raise needs_memory(photo.name) from error

    def _step_back(self) -> None:
        if self._options.background:
            step_back()

    # inference thread

    def _inference_loop(self) -> None:
        self._step_back()  # before the session starts threads of its own
        try:
            self._classifier = self._make_classifier()
        except KnownError as error:
            self._listener.failed(error)
        except Exception as error:
            self._listener.bug(error)
            self._listener.failed(
                InferenceError(
                    ErrorCode.INFERENCE_FAILED, name="the bundle", reason=f"{type(error).__name__} while loading"
                )
            )
        else:
            self._tell_provider(self._classifier)
        self._loaded.set()
        while (batch := self._collect()) is not None:
            try:
                self._classify(batch)
            except Exception as error:
                self._listener.bug(error)
                for item in batch:
                    reason = _internal_error(item.photo, error)
                    failure = Outcome(item.photo, item.identity, item.facts, None, reason, item.imported)
                    self._finish(item.job, [failure])

    def _tell_provider(self, classifier: Classifier) -> None:
        report = classifier.provider
        if report != self._told:
            self._told = report
            self._listener.ready(report)

    def _collect(self) -> list[_Ready] | None:
        """Wait for one decoded photo, then take as many as come soon, up to the batch size; None at the end."""
        first = self._decoded.get()
        if first is None:
            return None
        batch = [first]
        size = 1
        if self._classifier is not None:
            size = self._batch_size.now(self._classifier.provider.label, self._classifier.bundle.manifest.input)
        deadline = time.monotonic() + BATCH_WAIT_S
        while len(batch) < size:
            try:
                item = self._decoded.get(timeout=max(0.0, deadline - time.monotonic()))
            except queue.Empty:
                break
            if item is None:
                self._decoded.put(None)  # closing: this batch first, then the end
                break
            batch.append(item)
        return batch

    def _classify(self, batch: list[_Ready]) -> None:
        assert self._classifier is not None
        # Copies of one photo are often neighbours; the library does not know of the first one yet.
        copies: dict[str | int, list[_Ready]] = {}
        for item in batch:
            if item.job == self._job:
                copies.setdefault(item.identity.content_key or item.photo.id, []).append(item)
        waiting = list(copies.values())
        while waiting:
            size = self._batch_size.now(self._classifier.provider.label, self._classifier.bundle.manifest.input)
            part = waiting[:size]
            try:
                answers = self._classifier.classify(np.stack([items[0].pixels for items in part]))
            except InferenceMemoryError as error:
                if len(part) == 1:
                    self._fail(part[0], error)
                    del waiting[:1]
                    continue
                self._batch_size.ran_out(len(part))
                log.info("no memory for %d photos at once, going on with fewer", len(part))
            except InferenceError as error:
                if len(part) == 1:
                    self._fail(part[0], error)
                else:  # one of them may be to blame, so each on its own
                    for items in part:
                        self._classify(items)
                del waiting[: len(part)]
            else:
                self._finish(
                    part[0][0].job,
                    [
                        Outcome(item.photo, item.identity, item.facts, guesses, None, item.imported)
                        for items, guesses in zip(part, answers, strict=True)
                        for item in items
                    ],
                )
                del waiting[: len(part)]
            finally:
                self._tell_provider(self._classifier)

    def _fail(self, items: list[_Ready], error: InferenceError) -> None:
        """The model failed on this photo (and its copies) alone; the error names the photo and not the bundle."""
        outcomes = []
        for item in items:
            named = type(error)(error.code, **{**error.params, "name": item.photo.name})
            outcomes.append(Outcome(item.photo, item.identity, item.facts, None, named, item.imported))
        self._finish(items[0].job, outcomes)

    def _finish(self, job: int, outcomes: list[Outcome]) -> None:
        with self._changed:
            if job == self._job:
                for outcome in outcomes:
                    self._under_way.pop(outcome.photo.id, None)
        # Also those of an older job: the work is done, so the library may as well keep it.
        self._listener.outcomes(job, outcomes)


def _identify(photo: Photo) -> FileIdentity:
    try:
        return FileIdentity.of(photo.path, with_content=True)
    except OSError as error:
        raise photo_error(error, photo.path) from error


def _unchanged(photo: Photo, identity: FileIdentity) -> bool:
    try:
        return FileIdentity.of(photo.path).same_stat(identity)
    except OSError as error:
        raise photo_error(error, photo.path) from error


def _sized(facts: PhotoFacts, width: int, height: int | None) -> PhotoFacts:
    return PhotoFacts(width, height, facts.taken_at, facts.latitude, facts.longitude)


def _failure(photo: Photo, error: KnownError) -> Outcome:
    return Outcome(photo, photo.identity, photo.facts, None, error)


def _internal_error(photo: Photo, error: Exception) -> InferenceError:
    reason = f"an internal error ({type(error).__name__})"
    return InferenceError(ErrorCode.INFERENCE_FAILED, name=photo.name, reason=reason)
