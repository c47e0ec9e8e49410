"""A session that is killed at any moment: the next start is clean."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills forked processes")
def test_a_session_that_is_killed_at_random_moments_loses_nothing(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.hardening.killed", str(tmp_path), os.environ.get("KILL_COUNT", "200")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    cut_off = [int(number) for number in re.findall(r"(\d+) writes and undos cut off", done.stdout)]
    assert len(cut_off) == 2
    assert sum(cut_off) > 0, "no process was killed while it wrote"
