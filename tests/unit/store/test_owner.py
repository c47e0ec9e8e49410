"""Programs that share a library know which of them live."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from landmark_desktop.store.owner import Owner


def test_a_living_program_is_alive_until_it_closes(tmp_path: Path) -> None:
    first, second = Owner(tmp_path / "library.sqlite"), Owner(tmp_path / "library.sqlite")
    name = first.name
    assert second.is_alive(name)
    assert not first.is_alive(name)  # another one than itself is asked for
    first.close()
    assert not second.is_alive(name)
    assert not second.is_alive("never heard of")
    assert list(tmp_path.iterdir()) == []


def test_a_killed_program_is_dead_at_once(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from landmark_desktop.store.owner import Owner\n"
        "owner = Owner(Path(sys.argv[1])); print(owner.name, flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", script, str(tmp_path / "library.sqlite")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        name = process.stdout.readline().strip()
        owner = Owner(tmp_path / "library.sqlite")
        assert owner.is_alive(name)
        os.kill(process.pid, signal.SIGTERM if sys.platform == "win32" else signal.SIGKILL)
        process.wait()
    assert not owner.is_alive(name)
    assert list(tmp_path.iterdir()) == []
