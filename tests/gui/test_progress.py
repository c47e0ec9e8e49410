"""Classification in the background: progress, pause, cancel, the rest, and where the model runs."""

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from landmark_desktop.inference.session import CUDA, ProviderChoice, ProviderReport
from landmark_desktop.services.work import WorkState
from landmark_desktop.ui.main_window import MainWindow
from landmark_desktop.ui.provider_dialog import ProviderDialog
from landmark_desktop.ui.settings_dialog import SettingsDialog
from tests.gui.conftest import OpenWindow
from tests.gui.helpers import RED, Script, paint_photo, wait_idle

COUNT = 40


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for number in range(COUNT):
        paint_photo(tmp_path / "many" / f"{number:03}.jpg", RED, seed=number)
    return tmp_path / "many"


def click(qtbot: QtBot, button: QToolButton) -> None:
    assert button.isVisible()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def running_threads() -> set[str]:
    """The kinds of threads that work for the window now."""
    names = {thread.name.split("_")[0].split("-")[0] for thread in threading.enumerate()}
    return names & {"db", "scan", "write", "preview", "bundle", "thumbnail", "decode", "inference"}


def start(open_window: OpenWindow, folder: Path, script: Script, qtbot: QtBot) -> MainWindow:
    """Open the folder while the classifier is held; the first photos wait in it."""
    script.hold()
    window = open_window([folder], wait=False)
    qtbot.waitUntil(lambda: window.workspace.progress.total == COUNT)
    qtbot.waitUntil(script.asked.is_set)
    return window


def test_progress_is_shown_while_photos_are_classified(
    open_window: OpenWindow, folder: Path, script: Script, qtbot: QtBot
) -> None:
    window = start(open_window, folder, script, qtbot)
    assert window.strip.text.text() == f"Classifying 0 of {COUNT}"
    assert window.strip.bar.isVisible()
    assert window.strip.bar.maximum() == COUNT
    script.release()
    wait_idle(qtbot, window)
    assert not window.strip.bar.isVisible()
    assert window.strip.text.text() == f"{COUNT} photos"


def test_a_pause_stops_and_continuing_finishes(
    open_window: OpenWindow, folder: Path, script: Script, qtbot: QtBot
) -> None:
    window = start(open_window, folder, script, qtbot)
    click(qtbot, window.strip.pause)
    script.release()
    qtbot.waitUntil(lambda: window.workspace.progress.done > 0)
    assert window.workspace.state is WorkState.PAUSED
    assert window.strip.text.text().startswith("Paused at")
    assert window.photos.unclassified > 0
    click(qtbot, window.strip.resume)
    wait_idle(qtbot, window)
    assert script.classified == COUNT


def test_what_a_cancel_left_over_can_be_classified_later(
    open_window: OpenWindow, folder: Path, script: Script, qtbot: QtBot
) -> None:
    window = start(open_window, folder, script, qtbot)
    click(qtbot, window.strip.cancel)
    script.release()
    qtbot.waitUntil(lambda: 0 < window.photos.unclassified < COUNT)
    assert window.workspace.state is WorkState.IDLE
    assert not window.actions_by_id["cancel"].isEnabled()
    assert window.strip.resume.text() == f"Classify the remaining {window.photos.unclassified}"
    click(qtbot, window.strip.resume)
    wait_idle(qtbot, window)
    assert not window.strip.resume.isVisible()


def test_pause_continue_and_cancel_are_in_the_menu_too(
    open_window: OpenWindow, folder: Path, script: Script, qtbot: QtBot
) -> None:
    window = start(open_window, folder, script, qtbot)
    actions = window.actions_by_id
    assert (actions["pause"].isEnabled(), actions["resume"].isEnabled()) == (True, False)
    actions["pause"].trigger()
    assert (actions["pause"].isEnabled(), actions["resume"].isEnabled()) == (False, True)
    actions["resume"].trigger()
    assert window.workspace.state is WorkState.CLASSIFYING
    actions["cancel"].trigger()
    assert window.workspace.state is WorkState.IDLE


def test_the_reason_why_cuda_does_not_run_is_one_click_away(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(window.strip.provider.isVisible)
    assert window.strip.provider.text() == "CPU (CUDA not used: why?)"
    click(qtbot, window.strip.provider)
    dialog = window.findChild(ProviderDialog)
    assert isinstance(dialog, ProviderDialog)
    assert "no NVIDIA driver was found" in dialog.said.text()
    assert "install NVIDIA’s driver" in dialog.remedy.text()
    dialog.settings.click()
    assert window.findChild(SettingsDialog) is not None


def test_cuda_and_a_chosen_cpu_need_no_explanation(open_window: OpenWindow, script: Script, qtbot: QtBot) -> None:
    script.provider = ProviderReport(ProviderChoice.AUTO, CUDA)
    window = open_window()
    qtbot.waitUntil(window.strip.provider.isVisible)
    assert window.strip.provider.text() == "CUDA"
    window.strip.show_provider(ProviderReport(ProviderChoice.CPU, "CPUExecutionProvider", "chosen in the settings"))
    assert window.strip.provider.text() == "CPU"


def test_closing_while_photos_are_classified_ends_all_threads(
    open_window: OpenWindow, folder: Path, script: Script, qtbot: QtBot
) -> None:
    window = start(open_window, folder, script, qtbot)
    script.release()
    qtbot.waitUntil(lambda: window.workspace.progress.done > 0)
    qtbot.waitUntil(lambda: running_threads() >= {"db", "inference", "scan", "write", "preview"})
    assert window.close()
    assert not running_threads()
