"""What all tests share: a home folder of their own, no leaked threads, no unexpected warnings in the log.

Everything here is automatic but three fixtures: ``shared_data`` (the real photos), ``home`` (the folder that stands
in for the user's own), and pytest's own ``caplog``, which a test takes when it *expects* the program to log a warning.
"""

import gc
import logging
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import tqdm
from hypothesis import settings

if TYPE_CHECKING:
    from PySide6.QtCore import QThread

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

SHARED_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
THREAD_GRACE_S = 3.0
"""How long a thread may take to end after its test, on a busy machine."""
OUR_LOGGERS = ("landmark_desktop", "trainer")

# tqdm otherwise starts a monitor thread with the first progress bar and keeps it for the life of the process.
tqdm.tqdm.monitor_interval = 0
# A deadline measures the load of the machine, not the code.
settings.register_profile("landmark", deadline=None, max_examples=60)
settings.load_profile("landmark")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test that takes the real photos, and skip the marked ones where there are none."""
    absent = pytest.mark.skip(reason=f"the real photos are not there ({SHARED_DATA.parent.name}/{SHARED_DATA.name})")
    for item in items:
        if "shared_data" in getattr(item, "fixturenames", ()):
            item.add_marker("shared_data")
        if item.get_closest_marker("shared_data") is not None and not SHARED_DATA.is_dir():
            item.add_marker(absent)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real photos, never to be written into; tests that take it are skipped where it is absent."""
    return SHARED_DATA


def _use_home(home: Path, patch: pytest.MonkeyPatch) -> None:
    """Point everything that means "the user's own folder" to ``home``, on every platform."""
    folders = {
        "HOME": home,
        "USERPROFILE": home,
        "APPDATA": home / "AppData" / "Roaming",
        "LOCALAPPDATA": home / "AppData" / "Local",
        "XDG_CONFIG_HOME": home / ".config",
        "XDG_DATA_HOME": home / ".local" / "share",
        "XDG_STATE_HOME": home / ".local" / "state",
        "XDG_CACHE_HOME": home / ".cache",
    }
    for name, folder in folders.items():
        folder.mkdir(parents=True, exist_ok=True)
        patch.setenv(name, str(folder))


@pytest.fixture(scope="session", autouse=True)
def _session_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A home folder for fixtures that live longer than one test, and one font cache of matplotlib for all of them."""
    with pytest.MonkeyPatch.context() as patch:
        home = tmp_path_factory.mktemp("session-home")
        _use_home(home, patch)
        patch.setenv("MPLCONFIGDIR", str(home / "matplotlib"))
        yield


@pytest.fixture(autouse=True)
def home(_no_leaked_threads: None, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The home folder of this test: settings, library, cache and log of the program land here."""
    folder = tmp_path_factory.mktemp("home")
    _use_home(folder, monkeypatch)
    return folder


@pytest.fixture(autouse=True)
def _no_leaked_threads(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that leaves a thread behind, a Python thread or a Qt one.

    Set up before all other fixtures of a test (``home`` asks for it) and so torn down after them.
    """
    before = set(threading.enumerate())
    uses_qt = bool({"qapp", "qtbot"} & set(request.fixturenames))
    qt_before = {id(thread) for thread in _running_qt_threads()} if uses_qt else set()
    if uses_qt:
        # Windows are cycles of Python objects. The collector runs on whatever thread happens to allocate, and a Qt
        # object that dies on another thread than its own can take the process with it. A program has one window for
        # its life; tests make hundreds, so they are collected here, on their own thread.
        gc.disable()
    yield
    if uses_qt:
        gc.collect()
        gc.enable()
    deadline = time.monotonic() + THREAD_GRACE_S
    leaked = []
    for thread in threading.enumerate():
        # Dummies stand for threads that others started (Qt); those are found below.
        if thread in before or isinstance(thread, threading._DummyThread):
            continue
        thread.join(max(0.0, deadline - time.monotonic()))
        if thread.is_alive():
            leaked.append(thread.name)
    if uses_qt:
        from PySide6.QtCore import QThreadPool

        for qt_thread in _running_qt_threads():
            if id(qt_thread) not in qt_before and not qt_thread.wait(_remaining_ms(deadline)):
                leaked.append(qt_thread.objectName() or type(qt_thread).__name__)
        if not QThreadPool.globalInstance().waitForDone(_remaining_ms(deadline)):
            leaked.append("QThreadPool.globalInstance()")
    if leaked:
        pytest.fail(f"threads left behind: {', '.join(leaked)}", pytrace=False)


def _remaining_ms(deadline: float) -> int:
    return max(1, int((deadline - time.monotonic()) * 1000))


def _running_qt_threads() -> "list[QThread]":
    """All QThreads that Python knows of and that run, but the current one; Qt itself keeps no list."""
    import shiboken6
    from PySide6.QtCore import QThread

    current = QThread.currentThread()
    # type() and not isinstance(): proxies among the objects may do anything when asked for their class.
    found = [thing for thing in gc.get_objects() if issubclass(type(thing), QThread) and thing is not current]
    return [thread for thread in found if shiboken6.isValid(thread) and thread.isRunning()]


class _Collector(logging.Handler):
    """Keeps records of warnings and worse."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture(autouse=True)
def _no_unexpected_log(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test during which the program logged a warning or an error, unless the test takes ``caplog``."""
    collector = _Collector()
    loggers = [logging.getLogger(name) for name in OUR_LOGGERS]
    for logger in loggers:
        logger.addHandler(collector)
    yield
    for logger in loggers:
        logger.removeHandler(collector)
    if collector.records and "caplog" not in request.fixturenames:
        lines = [f"{record.levelname} {record.name}: {record.getMessage()}" for record in collector.records]
        pytest.fail("unexpected log:\n" + "\n".join(lines), pytrace=False)
