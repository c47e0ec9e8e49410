"""Where and how precisely a model computes, and how several processes share one training."""

import contextlib
import ctypes
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

import torch
from torch import distributed

from trainer.config import Config
from trainer.errors import TrainerError

T = TypeVar("T")
WAIT = timedelta(hours=2)
"""How long a process waits for the others; one may be checking photos or writing."""


@dataclass(frozen=True, slots=True)
class World:
    """This process among those that train together: ``rank`` of ``size``, on ``device``."""

    rank: int
    size: int
    device: torch.device

    @property
    def leads(self) -> bool:
        """True for the one process that writes files and talks."""
        return self.rank == 0

    def gather(self, value: T) -> list[T]:
        """Return every process's value, in the order of their ranks; the values must be picklable."""
        if self.size == 1:
            return [value]
        values: list[T | None] = [None] * self.size
        distributed.all_gather_object(values, value)
        return values  # type: ignore[return-value]  # all are set now

    def wait(self) -> None:
        """Wait until every process is here."""
        if self.size > 1:
            distributed.barrier()


def choose_device(wanted: str, local_rank: int = 0) -> torch.device:
    """Return the configured device; ``local_rank`` chooses among several GPUs.

    Raises:
        TrainerError: CUDA is asked for and not there.
    """
    if wanted == "cpu" or (wanted == "auto" and not torch.cuda.is_available()):
        return torch.device("cpu")
    if not torch.cuda.is_available():
        raise TrainerError(
            "There is no CUDA device that PyTorch can use", 'Set run.device = "auto", or install a CUDA build of torch.'
        )
    return torch.device("cuda", local_rank)


@contextlib.contextmanager
def joined_world(config: Config) -> Iterator[World]:
    """Join the processes that ``torchrun`` started (gloo between CPUs, NCCL between GPUs); a process alone
    otherwise."""
    size, rank = int(os.environ.get("WORLD_SIZE", "1")), int(os.environ.get("RANK", "0"))
    device = choose_device(config.run.device, int(os.environ.get("LOCAL_RANK", "0")))
    if size == 1:
        yield World(0, 1, device)
        return
    if device.type == "cuda":
        torch.cuda.set_device(device)
    distributed.init_process_group("nccl" if device.type == "cuda" else "gloo", timeout=WAIT)
    try:
        yield World(rank, size, device)
    finally:
        distributed.destroy_process_group()


@dataclass(frozen=True, slots=True)
class Precision:
    """Mixed precision: ``dtype`` of the cheap half of the computation, None for float32 throughout."""

    device: str
    dtype: torch.dtype | None

    @classmethod
    def of(cls, setting: str, device: torch.device) -> "Precision":
        """Choose by setting and device. ``auto`` uses it on CUDA only: most CPUs are slower with it."""
        if setting == "off" or (setting == "auto" and device.type == "cpu"):
            return cls(device.type, None)
        narrow = device.type == "cuda" and not torch.cuda.is_bf16_supported()
        return cls(device.type, torch.float16 if narrow else torch.bfloat16)

    def autocast(self) -> torch.autocast:
        """The context in which the model computes."""
        return torch.autocast(self.device, dtype=self.dtype, enabled=self.dtype is not None)

    def scaler(self) -> torch.amp.GradScaler:
        """What keeps small gradients from vanishing in float16; does nothing otherwise."""
        return torch.amp.GradScaler(self.device, enabled=self.dtype is torch.float16)


_M_TRIM_THRESHOLD, _M_TOP_PAD, _M_MMAP_MAX = -1, -2, -4


def keep_freed_memory() -> None:
    """Ask glibc to keep freed memory for the next step instead of giving it back to the system.

    Activations of a batch are tens of megabytes each, which glibc maps and unmaps every time; on a CPU the page faults
    then take as long as the convolutions. Elsewhere than on Linux with glibc this does nothing.
    """
    if not sys.platform.startswith("linux"):
        return
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except AttributeError:  # another C library
        return
    mallopt(_M_MMAP_MAX, 0)
    mallopt(_M_TRIM_THRESHOLD, 2**31 - 1)
    mallopt(_M_TOP_PAD, 256 * 2**20)
