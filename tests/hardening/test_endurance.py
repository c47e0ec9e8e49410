"""Memory, threads and open files stay flat while folder after folder is classified and reviewed.

A short form of ``make endurance``, which would still see a kilobyte lost with each photo.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.hardening.endurance import LIMIT, PER_FOLDER, WARM_UP, Sample, can_measure, slope, verdict

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = WARM_UP + 8

needs_glibc = pytest.mark.skipif(not can_measure(), reason="the allocator of this system does not tell what is in use")


def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
    photos = FOLDERS * PER_FOLDER
    command = [
        sys.executable,
        "-m",
        "tests.hardening.endurance",
        "--photos",
        str(photos),
        "--reviews",
        str(photos // 4),
    ]
    return subprocess.run(
        [*command, *arguments],
        cwd=ROOT,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        timeout=500,
        check=False,
    )


@needs_glibc
@pytest.mark.slow
def test_memory_threads_and_files_stay_flat() -> None:
    done = run()
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    assert "nothing grows" in done.stdout


@needs_glibc
@pytest.mark.slow
def test_a_kilobyte_lost_with_each_photo_is_seen() -> None:
    done = run("--leak", "1000")
    assert done.returncode == 1, done.stdout[-3000:] + done.stderr[-3000:]
    assert "memory grows by" in done.stdout


def samples(**changes: int) -> list[Sample]:
    """A day on which nothing grows, but for the values that are given: by so much with each folder."""
    start = {"used": 80_000_000, "resident": 200_000_000, "threads": 18, "files": 20}
    return [
        Sample(PER_FOLDER * folder, **{key: value + folder * changes.get(key, 0) for key, value in start.items()})
        for folder in range(1, FOLDERS + 1)
    ]


def test_what_grows_is_told() -> None:
    assert verdict(samples()) == ""
    leaking = samples(used=int(LIMIT + 10) * PER_FOLDER)
    assert slope(leaking) == pytest.approx(LIMIT + 10)
    assert "760 bytes a photo" in verdict(leaking)
    assert "threads grow" in verdict(samples(threads=1))
    assert "files grow" in verdict(samples(files=3))
