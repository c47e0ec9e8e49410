"""Following folders: what is looked at, when, and what is told of it."""

import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from landmark_desktop.core.errors import ErrorCode, KnownError
from landmark_desktop.core.record import FileEntry
from landmark_desktop.core.volume import Volume, volume_of
from landmark_desktop.services import watcher as module
from landmark_desktop.services.folder_events import FolderEvents
from landmark_desktop.services.lanes import CancelToken
from landmark_desktop.services.scanner import Contents, FolderOrder, Scanner
from landmark_desktop.services.watcher import Key, Watcher, settled

ORDER: FolderOrder = (0, ())
WAIT_S = 10.0


class Events:
    """Events that happen when the test says so; ``refuse`` are folders that cannot be watched."""

    def __init__(self, on_change: Callable[[Path], None]) -> None:
        self.tell = on_change
        self.watched: list[Path] = []
        self.refuse: set[Path] = set()

    def watch(self, folder: Path, on_failure: Callable[[Path], None]) -> None:
        if folder in self.refuse:
            on_failure(folder)
        else:
            self.watched.append(folder)

    def clear(self) -> None:
        self.watched.clear()

    def close(self) -> None:
        self.watched.clear()


class Follower:
    """Keeps what it is told, and knows the files it was told of."""

    def __init__(self) -> None:
        self.library: dict[Path, tuple[FileEntry, ...]] = {}
        self.told: list[tuple[str, object]] = []
        self.failure: OSError | None = None
        self._news = threading.Condition()

    def read(self, folder: Path) -> Contents:
        if self.failure is not None:
            raise self.failure
        return Scanner(CancelToken()).read(folder)

    def known(self, folder: Path, entries: Sequence[FileEntry]) -> dict[str, tuple[int, int] | None]:
        before = {entry.name: (entry.size, entry.mtime_ns) for entry in self.library.get(folder, ())}
        return {e.name: before.get(e.name) for e in entries if before.get(e.name) != (e.size, e.mtime_ns)}

    def found(self, folder: Path, order: FolderOrder, entries: Sequence[FileEntry], volume: Volume | None) -> None:
        self.library[folder] = tuple(entries)
        self._tell("found", [entry.name for entry in entries])

    def scan(self, folder: Path, order: FolderOrder) -> None:
        self._tell("scan", folder.name)

    def away(self, folders: Sequence[Key]) -> None:
        self._tell("away", sorted(folder.name for _, folder in folders))

    def problem(self, error: KnownError) -> None:
        self._tell("problem", error.code)

    def _tell(self, what: str, value: object) -> None:
        with self._news:
            self.told.append((what, value))
            self._news.notify_all()

    def wait_for(self, what: str, value: object) -> None:
        self.wait_until(lambda: (what, value) in self.told)

    def wait_for_looks(self, condition: Callable[[], bool]) -> None:
        """Wait for what is not told."""
        while not condition():
            with self._news:
                self._news.wait(0.01)

    def wait_until(self, condition: Callable[[], bool]) -> None:
        with self._news:
            assert self._news.wait_for(condition, WAIT_S), self.told


class Desk:
    """A watcher on a folder, with events and a follower of the test."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.follower = Follower()
        self.bugs: list[BaseException] = []
        self.watcher = Watcher(self._make_events, self.follower, self.bugs.append)

    def _make_events(self, on_change: Callable[[Path], None]) -> FolderEvents:
        self.events = Events(on_change)
        return self.events

    def follow(self, folder: Path, volume: Volume | None = None, *, remote: bool = False) -> None:
        self.watcher.add(folder, ORDER, volume or volume_of(folder), remote=remote)
        contents = Scanner(CancelToken()).read(folder)
        self.follower.library[folder] = tuple(contents.photos)
        self.watcher.note_subfolders(folder, contents.folders)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setattr(module, "POLL_SHARE", 0)
    for name, seconds in (("DEBOUNCE_S", 0.01), ("SETTLE_S", 0.02), ("POLL_S", 0.02), ("RETURN_S", 0.02)):
        monkeypatch.setattr(module, name, seconds)
    folder = tmp_path / "photos"
    folder.mkdir()
    made = Desk(folder)
    yield made
    made.watcher.close()
    assert made.bugs == []


def write(path: Path, content: str = "photo") -> Path:
    path.write_text(content)
    return path


def test_a_new_photo_is_told_after_it_rests(desk: Desk) -> None:
    desk.follow(desk.folder)
    desk.watcher.release()
    write(desk.folder / "a.jpg")
    desk.events.tell(desk.folder)
    desk.follower.wait_for("found", ["a.jpg"])
    assert desk.follower.told == [("found", []), ("found", ["a.jpg"])]


def test_nothing_is_looked_at_before_the_first_scan_has_ended(desk: Desk) -> None:
    desk.follow(desk.folder)
    write(desk.folder / "a.jpg")
    desk.events.tell(desk.folder)
    assert desk.follower.told == []
    desk.watcher.release()
    desk.follower.wait_for("found", ["a.jpg"])


def test_a_photo_that_vanishes_is_missing_from_what_is_told(desk: Desk) -> None:
    gone, _ = write(desk.folder / "a.jpg"), write(desk.folder / "b.jpg")
    desk.follow(desk.folder)
    desk.watcher.release()
    gone.unlink()
    desk.events.tell(desk.folder)
    desk.follower.wait_for("found", ["b.jpg"])


def test_a_folder_that_cannot_be_watched_is_looked_at_from_time_to_time(desk: Desk) -> None:
    desk.events.refuse.add(desk.folder)
    desk.follow(desk.folder)
    desk.watcher.release()
    write(desk.folder / "a.jpg")
    desk.follower.wait_for("found", ["a.jpg"])


def test_network_drives_are_not_watched_but_looked_at(desk: Desk) -> None:
    desk.follow(desk.folder, remote=True)
    desk.watcher.release()
    assert desk.events.watched == []
    write(desk.folder / "a.jpg")
    desk.follower.wait_for("found", ["a.jpg"])


def test_a_folder_that_appears_is_scanned_and_one_that_vanishes_is_empty(desk: Desk) -> None:
    day = desk.folder / "day 1"
    day.mkdir()
    write(day / "a.jpg")
    desk.follow(desk.folder)
    desk.follow(day)
    desk.watcher.release()
    (desk.folder / "day 2").mkdir()
    desk.events.tell(desk.folder)
    desk.follower.wait_for("scan", "day 2")
    (day / "a.jpg").unlink()
    day.rmdir()
    desk.events.tell(desk.folder)
    desk.follower.wait_until(lambda: desk.follower.library[day] == ())


def test_a_drive_that_is_unplugged_takes_all_its_folders_along_and_comes_back(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = desk.folder / "other"
    other.mkdir()
    write(desk.folder / "a.jpg")
    desk.follow(desk.folder)
    desk.follow(other)
    desk.watcher.release()
    with monkeypatch.context() as unplugged:
        unplugged.setattr(Volume, "is_away", lambda _: True)
        desk.follower.failure = FileNotFoundError(2, "No such file or directory")
        desk.events.tell(other)
        desk.follower.wait_for("away", ["other", "photos"])
        desk.follower.wait_for("problem", ErrorCode.DRIVE_AWAY)
        assert ("found", []) not in desk.follower.told
        desk.follower.failure = None
        desk.follower.library.clear()
        write(desk.folder / "b.jpg")
    desk.follower.wait_for("found", ["a.jpg", "b.jpg"])
    assert desk.events.watched.count(desk.folder) == 2


def unplug(desk: Desk) -> Volume:
    """Follow a folder with a photo and a subfolder on a volume that is away; returns the volume."""
    (desk.folder / "sub").mkdir()
    write(desk.folder / "a.jpg")
    here = volume_of(desk.folder)
    other_name = Volume(here.mount, here.name + "0")
    desk.follow(desk.folder, other_name)
    desk.follow(desk.folder / "sub", other_name)
    desk.follower.failure = FileNotFoundError(2, "No such file or directory")
    desk.watcher.release()
    desk.events.tell(desk.folder)
    desk.follower.wait_for("away", ["photos", "sub"])
    return other_name


def test_a_drive_that_comes_back_under_another_name_is_known_by_its_photos(desk: Desk) -> None:
    unplug(desk)
    write(desk.folder / "b.jpg")
    desk.follower.failure = None
    desk.follower.wait_for("found", ["a.jpg", "b.jpg"])


def test_another_drive_in_the_place_of_the_one_that_is_away_is_not_taken_for_it(desk: Desk) -> None:
    unplug(desk)
    (desk.folder / "sub").rmdir()
    (desk.folder / "a.jpg").rename(desk.folder / "strange.jpg")
    looks = 0
    real = desk.follower.read

    def read(folder: Path) -> Contents:
        nonlocal looks
        looks += 1
        return real(folder)

    desk.follower.read = read  # type: ignore[method-assign]
    desk.follower.failure = None
    desk.follower.wait_for_looks(lambda: looks >= 3)
    assert not any(what == "found" for what, _ in desk.follower.told)


def test_a_share_that_does_not_answer_is_away(desk: Desk) -> None:
    desk.follow(desk.folder, remote=True)
    desk.follower.failure = OSError(107, "Transport endpoint is not connected")
    desk.watcher.release()
    desk.follower.wait_for("away", ["photos"])


def test_a_folder_without_permission_is_said_once_and_keeps_its_photos(desk: Desk) -> None:
    write(desk.folder / "a.jpg")
    desk.follow(desk.folder, remote=True)
    desk.follower.failure = PermissionError(13, "Permission denied")
    desk.watcher.release()
    desk.follower.wait_for("problem", ErrorCode.FOLDER_UNREADABLE)
    desk.follower.failure = None
    write(desk.folder / "b.jpg")
    desk.follower.wait_for("found", ["a.jpg", "b.jpg"])
    assert desk.follower.told.count(("problem", ErrorCode.FOLDER_UNREADABLE)) == 1


def test_a_bug_in_the_follower_is_reported_and_the_watcher_goes_on(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    desk.follow(desk.folder, remote=True)
    desk.follower.failure = OSError(5, "Input/output error")
    desk.follower.away = None  # type: ignore[assignment]
    desk.watcher.release()
    while not desk.bugs:
        desk.watcher._thread.join(0.01)
    desk.bugs.clear()
    desk.follower.failure = None
    write(desk.folder / "a.jpg")
    desk.follower.wait_for("found", ["a.jpg"])
    assert "bug" in caplog.text


def entry(name: str, size: int) -> FileEntry:
    return FileEntry(name, size, 10 * size)


class TestSettled:
    def test_a_new_file_waits_until_two_looks_agree(self) -> None:
        ready, waiting = settled([entry("a.jpg", 1)], {"a.jpg": None}, {})
        assert (ready, waiting) == ([], {"a.jpg": (1, 10)})
        ready, waiting = settled([entry("a.jpg", 2)], {"a.jpg": None}, waiting)
        assert (ready, waiting) == ([], {"a.jpg": (2, 20)})
        ready, waiting = settled([entry("a.jpg", 2)], {"a.jpg": None}, waiting)
        assert (ready, waiting) == ([entry("a.jpg", 2)], {})

    def test_a_changed_file_stays_as_it_was_known_until_it_rests(self) -> None:
        ready, waiting = settled([entry("a.jpg", 5)], {"a.jpg": (1, 10)}, {})
        assert ready == [entry("a.jpg", 1)]
        assert settled([entry("a.jpg", 5)], {"a.jpg": (1, 10)}, waiting) == ([entry("a.jpg", 5)], {})

    def test_known_files_never_wait(self) -> None:
        assert settled([entry("a.jpg", 1)], {}, {}) == ([entry("a.jpg", 1)], {})
