"""What the tests of the window share: windows on a library of their own, closed again at the end."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from landmark_desktop.core.bundle import Bundle
from landmark_desktop.services.settings import Settings
from landmark_desktop.services.workspace import Workspace
from landmark_desktop.ui.main_window import MainWindow
from tests.bundles import write_bundle
from tests.gui.helpers import Script, ScriptedClassifier, wait_idle


@pytest.fixture
def script() -> Iterator[Script]:
    """Steers the classifier; whatever was held is let go at the end."""
    script = Script()
    yield script
    script.release()


@pytest.fixture(scope="session")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    """A bundle with the landmarks of the script."""
    return write_bundle(tmp_path_factory.mktemp("bundle") / "colours")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of a user who uses the app for the first time."""
    return Settings(tmp_path / "settings.json")


OpenWindow = Callable[..., MainWindow]


@pytest.fixture
def open_window(
    qtbot: QtBot, tmp_path: Path, bundle: Bundle, settings: Settings, script: Script
) -> Iterator[OpenWindow]:
    """Opens windows, one after the other, on the same library."""
    windows: list[MainWindow] = []

    def make(paths: Sequence[Path] = (), *, wait: bool = True) -> MainWindow:
        workspace = Workspace(
            tmp_path / "library.sqlite", bundle, settings, lambda made_for, _: ScriptedClassifier(made_for, script)
        )
        window = MainWindow(workspace)
        windows.append(window)
        window.resize(1100, 700)
        with qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        if paths:
            window.open_paths(paths)
            if wait:
                wait_idle(qtbot, window)
        return window

    yield make
    script.release()
    for window in windows:
        window.close()
        window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def window(open_window: OpenWindow) -> MainWindow:
    """The window on a first start."""
    return open_window()
