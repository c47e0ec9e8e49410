"""How large the engine is on which machine."""

import os

import psutil
import pytest

from landmark_desktop.core.preprocess import InputSpec
from landmark_desktop.services import sizing
from landmark_desktop.services.machine import available_cores, available_memory
from landmark_desktop.services.sizing import CPU_BATCH, GPU_BATCH, BatchSize, EngineOptions, cpu_batch, model_threads

SPEC = InputSpec(256, 256, 256)
GIGABYTE = 10**9


@pytest.fixture(autouse=True)
def _eight_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sizing, "available_cores", lambda: 8)


@pytest.mark.parametrize(("cores", "size"), [(1, 1), (2, 1), (4, 2), (8, CPU_BATCH), (64, CPU_BATCH)])
def test_few_cores_compute_photos_one_by_one(cores: int, size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sizing, "available_cores", lambda: cores)
    assert cpu_batch() == size
    assert BatchSize(memory=lambda: None).now("CPU", SPEC) == size


@pytest.mark.parametrize(("cores", "workers", "threads"), [(1, 1, 1), (2, 2, 2), (12, 12, 12), (128, 16, 16)])
def test_cores_decide_unless_the_user_does(
    cores: int, workers: int, threads: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sizing, "available_cores", lambda: cores)
    assert EngineOptions().workers() == workers
    assert model_threads() == threads
    assert EngineOptions(decode_workers=3).workers() == 3
    assert model_threads(5) == 5


@pytest.mark.skipif(not hasattr(os, "sched_getaffinity"), reason="this system binds no process to cores")
def test_cores_that_are_forbidden_do_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {3})
    assert available_cores() == 1


def test_there_is_memory_on_this_machine() -> None:
    free = available_memory()
    assert free is not None
    assert 10**6 < free < 10**14


def test_a_system_that_tells_nothing_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise OSError("no /proc here")

    monkeypatch.setattr(psutil, "virtual_memory", refuse)
    assert available_memory() is None
    assert BatchSize(memory=available_memory).now("CPU", SPEC) == CPU_BATCH


@pytest.mark.parametrize(
    ("free", "size"), [(64 * GIGABYTE, CPU_BATCH), (10**9, 3), (5 * 10**8, 1), (0, 1), (None, CPU_BATCH)]
)
def test_little_memory_makes_small_batches(free: int | None, size: int) -> None:
    assert BatchSize(memory=lambda: free).now("CPU", SPEC) == size


def test_a_network_that_looks_at_more_pixels_gets_smaller_batches() -> None:
    batch = BatchSize(memory=lambda: GIGABYTE)
    assert batch.now("CPU", InputSpec(512, 512, 512)) < batch.now("CPU", InputSpec(224, 224, 224))


def test_the_provider_and_the_user_decide_too() -> None:
    assert BatchSize(memory=lambda: 0).now("CUDA", SPEC) == GPU_BATCH
    assert BatchSize(7, memory=lambda: 0).now("CPU", SPEC) == 7


def test_a_batch_that_ran_out_of_memory_is_halved_for_good() -> None:
    batch = BatchSize(64)
    batch.ran_out(64)
    assert batch.now("CUDA", SPEC) == 32
    batch.ran_out(20)
    assert batch.now("CUDA", SPEC) == 10
    batch.ran_out(1)
    assert batch.now("CUDA", SPEC) == 1
