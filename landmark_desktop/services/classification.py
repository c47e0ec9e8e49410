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
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

from landmark_desktop.core.errors import ErrorCode, InferenceError, InferenceMemoryError, KnownError
from landmark_desktop.core.guess import Guesses
from landmark_desktop.core.photo import FileIdentity, Photo
from landmark_desktop.core.preprocess import UInt8Array
from landmark_desktop.core.record import Outcome
from landmark_desktop.inference.classifier import Activation, Classifier
from landmark_desktop.inference.session import ProviderReport
from landmark_desktop.services.lanes import ENGINE_NICE, step_back
from landmark_desktop.services.sizing import BatchSize, EngineOptions

if TYPE_CHECKING:
    from PIL import Image

    from landmark_desktop.services.preparation import Preparation, Prepared

log = logging.getLogger(__name__)

BATCH_WAIT_S = 0.02
"""How long a batch waits for more photos, from its first one on: visible ones must not wait for a full batch."""
DECODED_AHEAD = 8
"""Photos that may wait decoded for the model, at least; two for each decode worker where there are many."""


class Listener(Protocol):
    """Told what the engine does, on the engine's threads; must be quick and thread-safe."""

    def ready(self, provider: ProviderReport) -> None:
        """The model is loaded and runs there. Told again when it had to move to another provider."""

    def failed(self, error: KnownError) -> None:
        """The model does not load: nothing will be classified."""

    def decoded(self, job: int, photo: Photo, image: "Image.Image") -> None:
        """A photo is decoded: ``image`` is upright RGB, for a thumbnail; ``photo.identity`` has the content key."""

    def outcomes(self, job: int, outcomes: list[Outcome]) -> None:
        """These photos are done."""

    def bug(self, error: BaseException) -> None:
        """Something went wrong that is no known error."""


@dataclass(frozen=True, slots=True)
class _Ready:
    """A decoded photo on its way to the model."""

    job: int
    prepared: "Prepared"

    @property
    def content(self) -> str | int:
        """The same for copies of one photo."""
        return self.prepared.identity.content_key or self.prepared.photo.id

    def outcome(self, guesses: Guesses | None, error: KnownError | None = None) -> Outcome:
        """What became of the photo."""
        done = self.prepared
        return Outcome(done.photo, done.identity, done.facts, guesses, error, done.imported, done.note)


Explained = Callable[[Activation | KnownError], None]
"""Told, on the inference thread, where in a photo what speaks for a landmark, or why that cannot be told."""


@dataclass(frozen=True, slots=True)
class _Question:
    """A photo (the model's input, uint8 ``[H, W, 3]``) that somebody wants a landmark's activation map of."""

    pixels: UInt8Array
    landmark_id: str
    reply: Explained


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
        self._preparation: Preparation | None = None
        self._told: ProviderReport | None = None
        self._loaded = threading.Event()
        # Bounded: decoders that run ahead of the model would only fill the memory.
        self._decoded: queue.Queue[_Ready | _Question | None] = queue.Queue(maxsize=max(2 * workers, DECODED_AHEAD))
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

    def explain(self, pixels: UInt8Array, landmark_id: str, reply: Explained) -> None:
        """Find out where in a photo, uint8 ``[H, W, 3]``, what speaks for a landmark; ``reply`` is called on the
        inference thread, not at all where the engine is closed before its turn. Waits where much is decoded already.
        """
        self._decoded.put(_Question(pixels, landmark_id, reply))

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
        """Read one photo: what is known of its content already needs no model, the rest is queued for it."""
        if self._preparation is None:
            with self._changed:
                self._under_way.pop(photo.id, None)
            return  # the model failed to load; the listener was told, and the photo stays unclassified
        found = self._preparation.prepare(photo, lambda known, image: self._listener.decoded(job, known, image))
        if isinstance(found, Outcome):
            self._finish(job, [found])
        else:
            self._decoded.put(_Ready(job, found))

    def _step_back(self) -> None:
        if self._options.background:
            step_back(ENGINE_NICE)

    # inference thread

    def _inference_loop(self) -> None:
        self._step_back()  # before the session starts threads of its own
        try:
            classifier = self._make_classifier()
            from landmark_desktop.services.preparation import Preparation

            self._preparation = Preparation(classifier.bundle, self._known)
            self._classifier = classifier
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
            self._tell_provider(classifier)
        self._loaded.set()
        while (batch := self._collect()) is not None:
            try:
                self._classify(batch)
            except Exception as error:
                self._listener.bug(error)
                for item in batch:
                    self._finish(item.job, [item.outcome(None, _internal_error(item.prepared.photo, error))])

    def _tell_provider(self, classifier: Classifier) -> None:
        report = classifier.provider
        if report != self._told:
            self._told = report
            self._listener.ready(report)

    def _collect(self) -> list[_Ready] | None:
        """Wait for one decoded photo, then take as many as come soon, up to the batch size; None at the end."""
        while isinstance(first := self._decoded.get(), _Question):
            self._explain(first)
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
            if isinstance(item, _Question):  # somebody waits for it
                self._explain(item)
            else:
                batch.append(item)
        return batch

    def _explain(self, question: _Question) -> None:
        if self._classifier is None:
            reason = "the model did not load"
            question.reply(InferenceError(ErrorCode.INFERENCE_FAILED, name="the bundle", reason=reason))
            return
        try:
            answer: Activation | KnownError = self._classifier.activation(question.pixels, question.landmark_id)
        except KnownError as error:
            answer = error
        except Exception as error:
            self._listener.bug(error)
            reason = f"an internal error ({type(error).__name__})"
            answer = InferenceError(ErrorCode.INFERENCE_FAILED, name=self._classifier.bundle.manifest.id, reason=reason)
        question.reply(answer)

    def _classify(self, batch: list[_Ready]) -> None:
        assert self._classifier is not None
        # Copies of one photo are often neighbours; the library does not know of the first one yet.
        copies: dict[str | int, list[_Ready]] = {}
        for item in batch:
            if item.job == self._job:
                copies.setdefault(item.content, []).append(item)
        waiting = list(copies.values())
        while waiting:
            size = self._batch_size.now(self._classifier.provider.label, self._classifier.bundle.manifest.input)
            part = waiting[:size]
            try:
                answers = self._classifier.classify(np.stack([items[0].prepared.pixels for items in part]))
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
                    [item.outcome(guesses) for items, guesses in zip(part, answers, strict=True) for item in items],
                )
                del waiting[: len(part)]
            finally:
                self._tell_provider(self._classifier)

    def _fail(self, items: list[_Ready], error: InferenceError) -> None:
        """The model failed on this photo (and its copies) alone; the error names the photo and not the bundle."""
        outcomes = []
        for item in items:
            named = type(error)(error.code, **{**error.params, "name": item.prepared.photo.name})
            outcomes.append(item.outcome(None, named))
        self._finish(items[0].job, outcomes)

    def _finish(self, job: int, outcomes: list[Outcome]) -> None:
        with self._changed:
            if job == self._job:
                for outcome in outcomes:
                    self._under_way.pop(outcome.photo.id, None)
        # Also those of an older job: the work is done, so the library may as well keep it.
        self._listener.outcomes(job, outcomes)


def _failure(photo: Photo, error: KnownError) -> Outcome:
    return Outcome(photo, photo.identity, photo.facts, None, error)


def _internal_error(photo: Photo, error: Exception) -> InferenceError:
    reason = f"an internal error ({type(error).__name__})"
    return InferenceError(ErrorCode.INFERENCE_FAILED, name=photo.name, reason=reason)
