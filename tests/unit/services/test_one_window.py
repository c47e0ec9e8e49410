"""A second start finds the first window of its library, hands its paths over, and is not fooled by leftovers."""

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from landmark_desktop.services.one_window import MAX_SOCKET_PATH, Door

MakeDoor = Callable[..., Door]


@pytest.fixture
def make_door(tmp_path: Path, qtbot: QtBot) -> Iterator[MakeDoor]:
    doors: list[Door] = []

    def make(library: str = "library.sqlite", folder: Path | None = None) -> Door:
        doors.append(Door(tmp_path / library, folder or tmp_path / "run"))
        return doors[-1]

    yield make
    for door in doors:
        door.close()


CALLER = """
import sys
from pathlib import Path
from landmark_desktop.services.one_window import Door
door = Door(Path(sys.argv[1]), Path(sys.argv[2]))
sys.exit(1 if door.enter() else 0 if door.knock([Path(name) for name in sys.argv[3:]]) else 2)
"""


def knock(qtbot: QtBot, first: Door, tmp_path: Path, wanted: list[Path]) -> list[Path]:
    """Start once more in a process of its own."""
    arguments = [tmp_path / "library.sqlite", tmp_path / "run", *wanted]
    with subprocess.Popen([sys.executable, "-c", CALLER, *arguments], cwd=tmp_path, env=environment()) as caller:
        with qtbot.waitSignal(first.knocked, timeout=20_000) as told:
            pass
        qtbot.waitUntil(lambda: caller.poll() is not None)
        assert caller.returncode == 0
    found: list[Path] = told.args[0]
    return found


def environment() -> dict[str, str]:
    """That of this process, and where the program is."""
    return {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[3])}


def test_paths_of_a_second_start_reach_the_first(make_door: MakeDoor, qtbot: QtBot, tmp_path: Path) -> None:
    first, second = make_door(), make_door()
    assert first.enter()
    assert not second.enter()
    first.listen()
    hostile = Path(os.fsdecode(b"caf\xe9 \n\"'.jpg")) if sys.platform == "linux" else Path("café.jpg")
    assert knock(qtbot, first, tmp_path, [Path("Rome"), hostile]) == [tmp_path / "Rome", tmp_path / hostile]
    assert knock(qtbot, first, tmp_path, []) == []


def test_windows_on_other_libraries_are_first_too(make_door: MakeDoor) -> None:
    assert make_door("a.sqlite").enter()
    assert make_door("b.sqlite").enter()


def test_after_the_first_is_closed_the_next_is_the_first(make_door: MakeDoor, qtbot: QtBot, tmp_path: Path) -> None:
    first, second = make_door(), make_door()
    assert first.enter()
    first.listen()
    first.close()
    assert second.enter()
    second.listen()
    assert knock(qtbot, second, tmp_path, []) == []


def test_a_window_that_does_not_answer_is_given_up(make_door: MakeDoor) -> None:
    first, second = make_door(), make_door()
    assert first.enter()
    assert not second.knock([Path("Rome")], patience_ms=150)  # it never listened


@pytest.mark.skipif(sys.platform == "win32", reason="sockets are files elsewhere only")
def test_what_a_killed_window_left_behind_is_taken_over(make_door: MakeDoor, qtbot: QtBot, tmp_path: Path) -> None:
    code = (
        "import os, sys; from pathlib import Path; from PySide6.QtCore import QCoreApplication;"
        "from landmark_desktop.services.one_window import Door; app = QCoreApplication([]);"
        "door = Door(Path(sys.argv[1]), Path(sys.argv[2])); assert door.enter(); door.listen(); os._exit(9)"
    )
    arguments = [sys.executable, "-c", code, tmp_path / "library.sqlite", tmp_path / "run"]
    killed = subprocess.run(arguments, check=False, timeout=60, env=environment())
    assert killed.returncode == 9
    assert len(list((tmp_path / "run").iterdir())) == 2  # lock and socket
    first = make_door()
    assert first.enter()
    first.listen()
    assert knock(qtbot, first, tmp_path, []) == []


@pytest.mark.skipif(sys.platform == "win32", reason="sockets are files elsewhere only")
def test_a_file_in_the_place_of_the_socket_gets_no_paths(make_door: MakeDoor, tmp_path: Path) -> None:
    first, second = make_door(), make_door()
    assert first.enter()
    Path(second._name).write_text("not a socket", "utf-8")
    assert not second.knock([Path("Rome")])


@pytest.mark.skipif(sys.platform == "win32", reason="sockets are files elsewhere only")
def test_a_socket_is_for_its_user_alone_and_its_path_is_short_enough(make_door: MakeDoor, tmp_path: Path) -> None:
    door = make_door()
    assert door.enter()
    door.listen()
    assert Path(door._name).stat().st_mode & 0o077 == 0
    deep = make_door(folder=tmp_path / ("x" * 120))
    assert len(os.fsencode(deep._name)) <= MAX_SOCKET_PATH


@pytest.mark.skipif(sys.platform == "win32", reason="sockets are files elsewhere only")
@pytest.mark.parametrize("message", [b"hello\n", b'{"paths": 5, "token": null}\n', b'{"paths": ["zz"]}\n', b"[]\n"])
def test_a_message_that_makes_no_sense_is_ignored(
    make_door: MakeDoor, qtbot: QtBot, message: bytes, tmp_path: Path
) -> None:
    first = make_door()
    assert first.enter()
    first.listen()
    told: list[list[Path]] = []
    first.knocked.connect(told.append)
    with socket.socket(socket.AF_UNIX) as caller:
        caller.connect(first._name)
        caller.sendall(message)
        caller.setblocking(False)

        def hung_up() -> bool:
            try:
                return caller.recv(10) == b""
            except BlockingIOError:
                return False

        qtbot.waitUntil(hung_up)
    assert told == []
    assert knock(qtbot, first, tmp_path, []) == []


def test_without_a_place_for_the_lock_everybody_is_first(make_door: MakeDoor, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", "utf-8")
    door = make_door(folder=tmp_path / "file" / "run")
    assert door.enter()
    door.listen()
