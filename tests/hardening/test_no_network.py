"""Nothing leaves the computer: a whole session works without any network, and opens no socket but local ones."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bundles import COLOURS, GREY, colour_picture, write_bundle
from tests.hardening.session import can_guard
from tests.pictures import save

ROOT = Path(__file__).resolve().parents[2]
SESSION = [sys.executable, "-m", "tests.hardening.session"]
NAMESPACE = ["unshare", "--user", "--map-root-user", "--net"]

needs_guard = pytest.mark.skipif(not can_guard(), reason="this kernel cannot be asked to watch system calls")


def _can_leave_the_network() -> bool:
    if shutil.which("unshare") is None:
        return False
    return subprocess.run([*NAMESPACE, "true"], capture_output=True, check=False).returncode == 0


@pytest.fixture
def work(tmp_path: Path, home: Path) -> Path:
    """Photos that are decoded here and in a process, a broken one, a bundle, and settings that use it."""
    photos = tmp_path / "photos"
    for name, colour in {**COLOURS, "grey": GREY}.items():
        save(photos / f"{name}.jpg", colour_picture(colour))
    save(photos / "high.heic", colour_picture(GREY, seed=1))
    (photos / "broken.jpg").write_bytes((photos / "grey.jpg").read_bytes()[:200])
    bundle = write_bundle(tmp_path / "bundle")
    settings = home / ".config" / "landmark-desktop" / "settings.json"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text(json.dumps({"bundle": str(bundle.source)}), "utf-8")
    return tmp_path


def run(command: list[str], timeout_s: float = 200) -> "subprocess.CompletedProcess[str]":
    # No session bus: it is a local socket, but a bus of the machine that runs the tests is not theirs to call.
    environment = {key: value for key, value in os.environ.items() if key != "DBUS_SESSION_BUS_ADDRESS"}
    return subprocess.run(
        command,
        cwd=ROOT,
        env={**environment, "QT_QPA_PLATFORM": "offscreen", "OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        timeout=timeout_s,
        check=False,
    )


@pytest.mark.skipif(not _can_leave_the_network(), reason="this kernel gives ordinary users no network namespaces")
def test_a_whole_session_works_where_there_is_no_network_at_all(work: Path) -> None:
    done = run([*NAMESPACE, *SESSION, str(work)])
    assert "session done" in done.stdout, done.stderr[-3000:]
    assert done.returncode == 0


@pytest.mark.skipif(not _can_leave_the_network(), reason="this kernel gives ordinary users no network namespaces")
def test_the_namespace_has_no_network() -> None:
    """Otherwise the test above proved nothing."""
    code = "import socket; print(socket.if_nameindex()); socket.create_connection(('127.0.0.1', 9), 2)"
    done = run([*NAMESPACE, sys.executable, "-c", code])
    assert done.stdout.strip() == "[(1, 'lo')]"
    assert "Network is unreachable" in done.stderr


@needs_guard
def test_no_part_of_a_session_opens_a_socket_but_local_ones(work: Path) -> None:
    done = run([*SESSION, str(work), "--guard"])
    assert done.returncode != -signal.SIGSYS, done.stderr[-3000:]
    assert "session done" in done.stdout, done.stderr[-3000:]


@needs_guard
@pytest.mark.parametrize("family", [socket.AF_INET, socket.AF_INET6])
def test_the_guard_sees_sockets_of_native_code_and_of_other_processes(family: socket.AddressFamily) -> None:
    start = "from tests.hardening.session import guard_sockets; guard_sockets(); "
    native = f"import ctypes; ctypes.CDLL(None).socket({family:d}, 1, 0); print('alive')"
    done = run([sys.executable, "-c", start + native])
    assert (done.returncode, done.stdout) == (-signal.SIGSYS, "")
    child = f"import subprocess, sys; print(subprocess.run([sys.executable, '-c', {native!r}]).returncode)"
    assert run([sys.executable, "-c", start + child]).stdout.strip() == str(-signal.SIGSYS)
    told = run([sys.executable, "-c", start + f"import socket; socket.socket(socket.AddressFamily({family:d}))"])
    assert "is opened" in told.stderr
    assert run([sys.executable, "-c", start + "import socket; socket.socketpair(); print('alive')"]).stdout == "alive\n"
