"""The system's news of folders."""

import os
import queue
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from landmark_desktop.services import folder_events
from landmark_desktop.services.folder_events import InotifyEvents, NoEvents, QtEvents, is_remote, system_events

WAIT_S = 10.0

only_linux = pytest.mark.skipif(sys.platform != "linux", reason="inotify is Linux's")


def never(folder: Path) -> None:
    raise AssertionError(f"{folder} should be watched")


def rewrite(path: Path) -> None:
    path.write_bytes(b"other content")


def rename(path: Path) -> None:
    path.rename(path.with_name("b.jpg"))


def touch_time(path: Path) -> None:
    os.utime(path, (1, 1))


def make_folder(path: Path) -> None:
    (path.parent / "sub").mkdir()


def remove_all(path: Path) -> None:
    shutil.rmtree(path.parent)


@pytest.fixture
def told() -> queue.Queue[Path]:
    """The folders that the events of a test told of."""
    return queue.Queue()


@pytest.fixture
def events(told: queue.Queue[Path]) -> Iterator[InotifyEvents]:
    made = InotifyEvents(told.put)
    yield made
    made.close()


@only_linux
@pytest.mark.parametrize("change", [rewrite, rename, touch_time, Path.unlink, make_folder, remove_all])
def test_every_change_of_a_photo_or_folder_is_told(
    tmp_path: Path, change: Callable[[Path], object], events: InotifyEvents, told: queue.Queue[Path]
) -> None:
    folder = tmp_path / os.fsdecode(b"caf\xe9")
    folder.mkdir()
    photo = folder / "a.jpg"
    photo.write_bytes(b"content")
    events.watch(folder, never)
    change(photo)
    assert told.get(timeout=WAIT_S) == folder


@only_linux
def test_documents_and_temporary_files_are_no_news(
    tmp_path: Path, events: InotifyEvents, told: queue.Queue[Path]
) -> None:
    quiet, loud = tmp_path / "quiet", tmp_path / "loud"
    for folder in (quiet, loud):
        folder.mkdir()
        events.watch(folder, never)
    for name in ("notes.txt", ".a.jpg.tmp", "a.jpg.xmp"):
        (quiet / name).write_bytes(b"x")
    (loud / "a.jpg").write_bytes(b"x")
    assert told.get(timeout=WAIT_S) == loud  # news come in order, so there was none of the other folder


@only_linux
def test_a_folder_that_is_no_longer_watched_tells_nothing(
    tmp_path: Path, events: InotifyEvents, told: queue.Queue[Path]
) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    old.mkdir()
    new.mkdir()
    events.watch(old, never)
    events.clear()
    (old / "a.jpg").write_bytes(b"x")
    events.watch(new, never)
    (new / "a.jpg").write_bytes(b"x")
    assert told.get(timeout=WAIT_S) == new


@only_linux
def test_a_folder_that_cannot_be_watched_is_said(tmp_path: Path, events: InotifyEvents) -> None:
    refused: list[Path] = []
    events.watch(tmp_path / "gone", refused.append)
    assert refused == [tmp_path / "gone"]


def test_without_room_for_watching_every_folder_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: object) -> InotifyEvents:
        raise OSError(24, "Too many open files")

    monkeypatch.setattr(folder_events.platform, "system", lambda: "Linux")
    monkeypatch.setattr(folder_events, "InotifyEvents", full)
    events = system_events(never, QObject())
    assert isinstance(events, NoEvents)
    refused: list[Path] = []
    events.watch(tmp_path, refused.append)
    assert refused == [tmp_path]


def test_qt_tells_of_new_photos_and_of_folders_that_it_cannot_watch(tmp_path: Path, qtbot: QtBot) -> None:
    told: list[Path] = []
    refused: list[Path] = []
    parent = QObject()
    events = QtEvents(told.append, parent)
    events.watch(tmp_path, never)
    qtbot.waitUntil(lambda: bool(events._watcher.directories()))
    (tmp_path / "a.jpg").write_bytes(b"x")
    qtbot.waitUntil(lambda: tmp_path in told)
    events.clear()
    qtbot.waitUntil(lambda: not events._watcher.directories())
    (tmp_path / "gone").mkdir()
    (tmp_path / "gone").rmdir()
    events.watch(tmp_path / "gone", refused.append)
    qtbot.waitUntil(lambda: refused == [tmp_path / "gone"])
    events.close()


def test_shares_are_told_from_drives(tmp_path: Path) -> None:
    assert is_remote(Path("\\\\server\\photos"))
    assert not is_remote(tmp_path)
