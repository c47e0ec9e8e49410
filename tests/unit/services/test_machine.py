"""What the machine tells, and what the C library is asked for."""

import subprocess
import sys

import pytest

from landmark_desktop.services import machine

_FREED_BETWEEN_SMALL_BLOCKS = """
import sys
from landmark_desktop.services.machine import resident_memory, return_memory
if sys.argv[1:] == ["return"]:
    return_memory()
b"x" * 16_000_000  # from here on the C library takes blocks of this size from its heap
large, small = [], []
for _ in range(25):
    large.append(b"x" * 4_000_000)
    small.append(b"x" * 4_000)
before = resident_memory()
del large
print(before - resident_memory())
"""


def freed(*arguments: str) -> int:
    command = [sys.executable, "-c", _FREED_BETWEEN_SMALL_BLOCKS, *arguments]
    return int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems give memory back on their own")
def test_large_blocks_are_given_back_though_small_ones_lie_between_them() -> None:
    assert freed("return") > 95_000_000


def test_this_process_has_memory() -> None:
    assert 10**6 < machine.resident_memory() < 10**12


def test_the_cores_of_a_system_that_tells_no_affinity_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(machine.os, "sched_getaffinity", raising=False)
    assert machine.available_cores() >= 1
