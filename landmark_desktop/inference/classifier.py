"""The classifier: from batches of preprocessed photos to guesses. One thread owns one classifier."""

import logging
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final, Protocol

import numpy as np
import numpy.typing as npt

from landmark_desktop.core.bundle import Bundle, landmark_ids
from landmark_desktop.core.errors import BundleError, ErrorCode, InferenceError, InferenceMemoryError
from landmark_desktop.core.guess import Guesses, top_k
from landmark_desktop.core.preprocess import UInt8Array
from landmark_desktop.inference.session import CUDA, ProviderChoice, ProviderReport, create_session, describe
from landmark_desktop.inference.trial import require_trial

log = logging.getLogger(__name__)

Activation = npt.NDArray[np.float32]
"""A class activation map ``[h, w]`` over the part of the photo that the model sees."""

STORED_GUESSES = 10
"""How many guesses of a photo are kept; the window shows five, people search further down."""

TOLERANCE: Final = 1e-3
"""By how much probabilities may be negative or exceed 1 in sum: what rounding leaves, with fp16 too."""

_NO_MEMORY: Final = (
    "out of memory",  # CUDA's own words, and those of its libraries with an underscore or a blank
    "out_of_memory",
    "failed to allocate memory",  # the arena of ONNX Runtime
    "cudnn_status_alloc_failed",
    "cublas_status_alloc_failed",
    "bad allocation",  # C++, on Windows and elsewhere
    "bad_alloc",
)
"""What exceptions of ONNX Runtime say when memory ran out; they have neither a type nor a code for it."""


class Classifier(Protocol):
    """What the classification service needs; the tests script one, the app runs ONNX Runtime."""

    @property
    def bundle(self) -> Bundle:
        """The bundle whose model this is."""

    @property
    def provider(self) -> ProviderReport:
        """Where the model really runs; may change with a call of :meth:`classify`."""

    def classify(self, images: UInt8Array) -> list[Guesses]:
        """Return the guesses of each photo of ``images``, uint8 ``[N, H, W, 3]``, with N ≥ 1.

        Raises:
            InferenceMemoryError: there is not enough memory for so many photos.
            InferenceError: the model fails on these photos.
        """

    def activation(self, image: UInt8Array, landmark_id: str) -> Activation:
        """Return where in one photo, uint8 ``[H, W, 3]``, what speaks for a landmark of the bundle: float32 ``[h, w]``,
        larger = more, negative = against.

        Raises:
            InferenceError: the model fails on this photo.
        """


class OnnxClassifier:
    """A bundle's model in ONNX Runtime.

    A model that did not come with the program is tried in a process of its own first (:mod:`.trial`), once in the life
    of this process, unless it is ``trusted``.

    Raises:
        BundleError: the model is refused, does not load, or does not fit its description.
        ProviderError: CUDA was asked for explicitly and does not load.
    """

    def __init__(
        self,
        bundle: Bundle,
        choice: ProviderChoice = ProviderChoice.AUTO,
        threads: int = 0,
        *,
        trusted: bool = False,
    ) -> None:
        self._bundle = bundle
        self._threads = threads
        self._trusted = trusted
        self._session, self._provider = self._load(choice)
        self._ids = landmark_ids(bundle.manifest.landmarks)
        self._check_shapes()

    @property
    def bundle(self) -> Bundle:
        """The bundle whose model this is."""
        return self._bundle

    @property
    def provider(self) -> ProviderReport:
        """Where the model really runs."""
        return self._provider

    def classify(self, images: UInt8Array) -> list[Guesses]:
        """Return the guesses of each photo of ``images``, uint8 ``[N, H, W, 3]``, with N ≥ 1.

        A graphics card that has no memory even for one photo (another program took it) is given up, and the model
        goes on on the CPU; :attr:`provider` says so.

        Raises:
            InferenceMemoryError: there is not enough memory for so many photos.
            InferenceError: ONNX Runtime fails, or the model answers with something that is no probability.
        """
        name = self._bundle.manifest.id
        try:
            probabilities, novelty = self._run(images)
        except InferenceMemoryError as error:
            if len(images) > 1 or self._provider.actual != CUDA:
                raise
            self._leave_cuda(error)
            probabilities, novelty = self._run(images)
        if probabilities.shape != (len(images), len(self._ids)) or novelty.shape != (len(images),):
            raise InferenceError(ErrorCode.INFERENCE_FAILED, name=name, reason="its outputs have another shape")
        if not (np.isfinite(probabilities).all() and np.isfinite(novelty).all()):
            raise InferenceError(ErrorCode.INFERENCE_FAILED, name=name, reason="it answered with NaN or infinity")
        if probabilities.min() < -TOLERANCE or probabilities.sum(axis=1).max() > 1.0 + TOLERANCE:
            raise InferenceError(ErrorCode.INFERENCE_FAILED, name=name, reason="its answers are no probabilities")
        clipped = np.clip(probabilities, 0.0, 1.0)
        return [
            Guesses(top_k(self._ids, row.tolist(), STORED_GUESSES), float(novel))
            for row, novel in zip(clipped, novelty, strict=True)
        ]

    def activation(self, image: UInt8Array, landmark_id: str) -> Activation:
        """Return where in one photo, uint8 ``[H, W, 3]``, what speaks for a landmark of the bundle: float32 ``[h, w]``,
        larger = more, negative = against.

        Raises:
            InferenceError: ONNX Runtime fails, or the model answers with something else.
            ValueError: the bundle has no such landmark.
        """
        index = self._ids.index(landmark_id)
        (maps,) = self._run(image[None], ("activation",))
        name = self._bundle.manifest.id
        if maps.ndim != 4 or maps.shape[:2] != (1, len(self._ids)) or 0 in maps.shape:
            raise InferenceError(ErrorCode.INFERENCE_FAILED, name=name, reason="its activation maps have another shape")
        found: Activation = maps[0, index]
        if not np.isfinite(found).all():
            raise InferenceError(ErrorCode.INFERENCE_FAILED, name=name, reason="it answered with NaN or infinity")
        return found

    def _load(self, choice: ProviderChoice) -> tuple[Any, ProviderReport]:
        precisions = [model.precision for model in self._bundle.manifest.models]
        name = self._bundle.source.name
        return create_session(self._read_model, precisions, name=name, choice=choice, threads=self._threads)

    def _read_model(self, precision: str) -> bytes:
        data = self._bundle.read_model(precision)
        if not self._trusted:
            require_trial(self._bundle, precision)
        return data

    def _run(self, images: UInt8Array, outputs: Sequence[str] = ("probabilities", "novelty")) -> Any:
        name = self._bundle.manifest.id
        try:
            return self._session.run(list(outputs), {"images": images})
        except Exception as error:  # ONNX Runtime's exceptions have no public base class
            text = str(error)
            reason = text.splitlines()[0] if text else type(error).__name__
            if isinstance(error, MemoryError) or any(words in text.lower() for words in _NO_MEMORY):
                raise InferenceMemoryError(ErrorCode.INFERENCE_MEMORY, name=name, reason=reason) from error
            raise InferenceError(ErrorCode.INFERENCE_FAILED, name=name, reason=reason) from error

    def _leave_cuda(self, error: InferenceMemoryError) -> None:
        log.warning("the model moves from the graphics card to the CPU: %s", error.params["reason"])
        requested = self._provider.requested
        self._session, report = self._load(ProviderChoice.CPU)
        self._provider = replace(report, requested=requested, reason="the graphics card has too little free memory")

    def _check_shapes(self) -> None:
        """Refuse a model whose inputs and outputs are not those of the bundle contract, and say which."""
        spec = self._bundle.manifest.input
        found = describe(self._session)
        count = len(self._ids)
        expected: dict[str, tuple[str, list[int | None]]] = {
            "images": ("tensor(uint8)", [None, spec.height, spec.width, 3]),
            "probabilities": ("tensor(float)", [None, count]),
            "embedding": ("tensor(float)", [None, None]),
            "activation": ("tensor(float)", [None, count, None, None]),
            "novelty": ("tensor(float)", [None]),
        }
        for name, (kind, shape) in expected.items():
            if name not in found:
                raise self._shape_error(f"it has no input or output {name!r}")
            found_kind, found_shape = found[name]
            fits = len(found_shape) == len(shape) and all(
                want is None or have == want for have, want in zip(found_shape, shape, strict=True)
            )
            if found_kind != kind or not fits:
                raise self._shape_error(f"{name!r} is {found_kind} {found_shape}, expected {kind} {shape}")
        if isinstance(found["images"][1][0], int):
            raise self._shape_error(f"its batch size is fixed to {found['images'][1][0]}")

    def _shape_error(self, reason: str) -> BundleError:
        return BundleError(ErrorCode.BUNDLE_SHAPE, name=self._bundle.source.name, reason=reason)
