"""Sizes of the engine: how many decode workers, how many threads for the model, how many photos in a batch."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from landmark_desktop.core.preprocess import InputSpec
from landmark_desktop.services.machine import available_cores, available_memory

MAX_WORKERS: Final = 16
"""More decode workers than this wait for the drive, and each holds a photo."""
MAX_MODEL_THREADS: Final = 16
"""A batch of four photos is not worth dividing further."""
CPU_BATCH: Final = 4
"""Photos at once on the CPU at most; see :func:`cpu_batch`."""
CORES_PER_PHOTO: Final = 2
GPU_BATCH: Final = 64
BYTES_PER_PIXEL: Final = 1200
"""Memory of one inference on the CPU, by pixel of the model's input: a photo of 208 pixels square took 45 MB with
EfficientNet-Lite0; the activations of other networks of that kind are of the same order."""
MEMORY_SHARE: Final = 0.25
"""The part of the memory that is free which a batch may take; decoding needs more of it."""


@dataclass(frozen=True, slots=True)
class EngineOptions:
    """Sizes of the engine as the user chose them; 0 leaves the choice to the machine.

    In the ``background`` the engine's threads run after the window's where both want the processor.
    """

    decode_workers: int = 0
    batch_size: int = 0
    background: bool = False

    def workers(self) -> int:
        """The number of decode workers. Decoding releases the interpreter lock, so they scale with the cores."""
        return self.decode_workers or max(1, min(MAX_WORKERS, available_cores()))


def reading_processes() -> int:
    """Processes that read metadata: one for each core. Each takes some 30 MB while there is something to read."""
    return max(1, min(MAX_WORKERS, available_cores()))


def model_threads(chosen: int = 0) -> int:
    """Threads of one inference: ``chosen``, or one for each core.

    All cores, though decoders use them too: the model is the end of the queue, and while it computes, decoders that
    ran ahead are waiting for room in it.
    """
    return chosen or min(MAX_MODEL_THREADS, available_cores())


def cpu_batch() -> int:
    """Photos at once on the CPU: one for two cores, four at most.

    Two threads compute one photo as fast as a fourth of a batch of four (26 against 29 ms with EfficientNet-Lite0 on
    256 pixels), which takes 150 MB more. More threads than that find too little to share in a single photo.
    """
    return max(1, min(CPU_BATCH, available_cores() // CORES_PER_PHOTO))


class BatchSize:
    """How many photos go into one inference. Used by one thread.

    Begins with what suits the provider, less where little memory is free, and is halved for good when the model
    runs out of it.
    """

    def __init__(self, chosen: int = 0, memory: Callable[[], int | None] = available_memory) -> None:
        self._chosen = chosen
        self._memory = memory
        self._limit: int | None = None

    def now(self, provider_label: str, spec: InputSpec) -> int:
        """The size of the next batch, at least 1."""
        on_gpu = provider_label == "CUDA"
        size = self._chosen or (GPU_BATCH if on_gpu else cpu_batch())
        if not self._chosen and not on_gpu:
            free = self._memory()
            if free is not None:
                size = min(size, int(MEMORY_SHARE * free / (BYTES_PER_PIXEL * spec.width * spec.height)))
        if self._limit is not None:
            size = min(size, self._limit)
        return max(1, size)

    def ran_out(self, size: int) -> None:
        """A batch of ``size`` photos did not fit into the memory: never again as many."""
        self._limit = max(1, size // 2)
