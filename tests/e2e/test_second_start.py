"""The program is started twice: the second start hands its folder to the first window, and ends."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from tests.bundles import colour_picture

PATIENCE_S = 60.0
Start = Callable[[Sequence[str]], subprocess.Popen[bytes]]


@pytest.fixture
def start(tmp_path: Path, home: Path) -> Iterator[Start]:
    """Starts the program without a screen; whatever still runs at the end is ended."""
    running: list[subprocess.Popen[bytes]] = []
    root = Path(__file__).resolve().parents[2]
    environment = {**os.environ, "PYTHONPATH": str(root), "QT_QPA_PLATFORM": "offscreen"}
    environment["XDG_RUNTIME_DIR"] = str(tmp_path)
    environment.pop("DBUS_SESSION_BUS_ADDRESS", None)

    def begin(arguments: Sequence[str]) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "landmark_desktop", "--library", str(tmp_path / "library.sqlite"), *arguments]
        running.append(subprocess.Popen(command, cwd=tmp_path, env=environment))
        return running[-1]

    yield begin
    for process in running:
        if process.poll() is None:
            process.kill()
        process.wait()


def recent_folders(home: Path) -> list[str]:
    """What the settings say was opened, the newest first."""
    for settings in home.rglob("settings.json"):
        try:
            return list(json.loads(settings.read_text("utf-8"))["recent_folders"])
        except ValueError:  # it is being replaced
            break
    return []


def wait_for_folder(home: Path, folder: Path) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while recent_folders(home)[:1] != [str(folder)]:
        assert time.monotonic() < deadline, recent_folders(home)
        time.sleep(0.05)


def test_a_second_start_ends_at_once_and_its_folder_opens_in_the_first_window(
    start: Start, home: Path, tmp_path: Path
) -> None:
    for name in ("Rome", "Agra"):
        (tmp_path / name).mkdir()
        colour_picture((205, 40, 40)).save(tmp_path / name / "a.jpg")
    first = start(["Rome"])
    wait_for_folder(home, tmp_path / "Rome")
    second = start(["Agra"])
    assert second.wait(PATIENCE_S) == 0
    wait_for_folder(home, tmp_path / "Agra")
    assert first.poll() is None
    third = start([])  # who only wants to see the window
    assert third.wait(PATIENCE_S) == 0
    assert first.poll() is None


def test_the_first_window_waits_neither_for_sockets_nor_for_the_bus() -> None:
    code = (
        "import sys, landmark_desktop.__main__, landmark_desktop.app;"
        "print([name for name in ('PySide6.QtNetwork', 'PySide6.QtDBus') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
