"""The classification engine: decode workers → bounded queue → inference thread.

Qt-free, so that the command line runs the very same pipeline as the window. The engine lives as long as the app;
each opened folder is one job, and what belongs to an older job is dropped.
"""

import logging
import os
import queue
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from PIL import Image

from landmark_desktop.core.errors import ErrorCode, InferenceError, KnownError, MetadataError, PhotoError
from landmark_desktop.core.errors import photo_error_from_os as photo_error
from landmark_desktop.core.guess import Guesses
from landmark_desktop.core.photo import FileIdentity, Photo, PhotoFacts
from landmark_desktop.core.preprocess import UInt8Array, preprocess
from landmark_desktop.core.record import Outcome
from landmark_desktop.imaging.decode import decode
from landmark_desktop.inference.classifier import Classifier
from landmark_desktop.inference.session import ProviderReport
from landmark_desktop.metadata.reader import read_facts

log = logging.getLogger(__name__)

CPU_BATCH = 4
"""On the CPU larger batches are no faster, and each photo of a batch costs some 45 MB while it is computed."""
GPU_BATCH = 64
BATCH_WAIT_S = 0.02
"""How long a batch waits for more photos: visible ones must not wait for a full batch."""


@dataclass(frozen=True, slots=True)
class EngineOptions:
    """Sizes of the engine; 0 chooses by the machine: one decode worker per core, the batch by provider."""

    decode_workers: int = 0
    batch_size: int = 0

    def workers(self) -> int:
        """The number of decode workers. Decoding releases the interpreter lock, so they scale with the cores."""
        return self.decode_workers or max(1, min(16, os.cpu_count() or 1))


class Listener(Protocol):
    """Told what the engine does, on the engine's threads; must be quick and thread-safe."""

    def ready(self, provider: ProviderReport) -> None:
        """The model is loaded and runs there."""

    def failed(self, error: KnownError) -> None:
        """The model does not load: nothing will be classified."""

    def decoded(self, job: int, photo: Photo, image: Image.Image) -> None:
        """A photo was decoded; ``image`` is upright RGB, good for a thumbnail."""

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
        workers = self._options.workers()
        self._changed = threading.Condition()
        self._pending: OrderedDict[int, Photo] = OrderedDict()
        self._job = 0
        self._paused = False
        self._closing = False
        self._classifier: Classifier | None = None
        self._loaded = threading.Event()
        # Bounded: decoders that run ahead of the model would only fill the memory.
        self._decoded: queue.Queue[_Ready | None] = queue.Queue(maxsize=2 * max(workers, CPU_BATCH))
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
            self._paused = False
            self._changed.notify_all()
            return self._job

    def add(self, photos: Iterable[Photo]) -> None:
        """Queue photos of the current job; ones that are queued already keep their place."""
        with self._changed:
            for photo in photos:
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
            return self._job, photo

    def _prepare(self, job: int, photo: Photo) -> None:
        """Open one photo: what is known of its content already needs no model, the rest is decoded and queued."""
        classifier = self._classifier
        if classifier is None:
            return  # the model failed to load; the listener was told, and the photo stays unclassified
        facts = PhotoFacts()
        identity = photo.identity
        try:
            identity = _identify(photo)
            facts = _facts(photo)
            known = self._known(identity.content_key) if identity.content_key else None
            if known is not None and photo.facts.width is not None:
                facts = _sized(facts, photo.facts.width, photo.facts.height)
                self._finish(job, [Outcome(photo, identity, facts, known, None)])
                return
            decoded = decode(photo.path)
        except PhotoError as error:
            self._finish(job, [Outcome(photo, identity, facts, None, error)])
            return
        facts = _sized(facts, decoded.width, decoded.height)
        self._listener.decoded(job, photo, decoded.image)
        if known is not None:
            self._finish(job, [Outcome(photo, identity, facts, known, None)])
            return
        pixels = preprocess(decoded.image, classifier.bundle.manifest.input)
        self._decoded.put(_Ready(job, photo, identity, facts, pixels))

    # inference thread

    def _inference_loop(self) -> None:
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
            self._listener.ready(self._classifier.provider)
        self._loaded.set()
        while (batch := self._collect()) is not None:
            try:
                self._classify(batch)
            except Exception as error:
                self._listener.bug(error)
                for item in batch:
                    failure = Outcome(item.photo, item.identity, item.facts, None, _internal_error(item.photo, error))
                    self._finish(item.job, [failure])

    def _batch_size(self) -> int:
        if self._options.batch_size:
            return self._options.batch_size
        on_gpu = self._classifier is not None and self._classifier.provider.label == "CUDA"
        return GPU_BATCH if on_gpu else CPU_BATCH

    def _collect(self) -> list[_Ready] | None:
        """Wait for one decoded photo, then take as many as come soon, up to the batch size; None at the end."""
        first = self._decoded.get()
        if first is None:
            return None
        batch = [first]
        while len(batch) < self._batch_size():
            try:
                item = self._decoded.get(timeout=BATCH_WAIT_S)
            except queue.Empty:
                break
            if item is None:
                self._decoded.put(None)  # closing: this batch first, then the end
                break
            batch.append(item)
        return batch

    def _classify(self, batch: list[_Ready]) -> None:
        assert self._classifier is not None
        batch = [item for item in batch if item.job == self._job]
        if not batch:
            return
        try:
            answers = self._classifier.classify(np.stack([item.pixels for item in batch]))
        except InferenceError as error:
            if len(batch) > 1:
                for item in batch:  # one bad photo, or too little memory for many: each on its own
                    self._classify([item])
                return
            item = batch[0]
            self._finish(item.job, [Outcome(item.photo, item.identity, item.facts, None, error)])
            return
        self._finish(
            batch[0].job,
            [
                Outcome(item.photo, item.identity, item.facts, guesses, None)
                for item, guesses in zip(batch, answers, strict=True)
            ],
        )

    def _finish(self, job: int, outcomes: list[Outcome]) -> None:
        # Also those of an older job: the work is done, so the library may as well keep it.
        self._listener.outcomes(job, outcomes)


def _identify(photo: Photo) -> FileIdentity:
    try:
        return FileIdentity.of(photo.path, with_content=True)
    except OSError as error:
        raise photo_error(error, photo.path) from error


def _facts(photo: Photo) -> PhotoFacts:
    """What the metadata says; broken metadata does not keep a readable picture from being classified."""
    try:
        return read_facts(photo.path)
    except MetadataError as error:
        log.info("metadata not read: %s", error.message)
        return PhotoFacts()


def _sized(facts: PhotoFacts, width: int, height: int | None) -> PhotoFacts:
    return PhotoFacts(width, height, facts.taken_at, facts.latitude, facts.longitude)


def _failure(photo: Photo, error: KnownError) -> Outcome:
    return Outcome(photo, photo.identity, photo.facts, None, error)


def _internal_error(photo: Photo, error: Exception) -> InferenceError:
    reason = f"an internal error ({type(error).__name__})"
    return InferenceError(ErrorCode.INFERENCE_FAILED, name=photo.name, reason=reason)
