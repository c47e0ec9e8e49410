"""Manners towards the desktop: progress in its dock or task bar, and word when long work ends behind other windows.

Progress is shown through the launcher interface that KDE's, Ubuntu's and other docks read; on macOS and Windows the
program's icon gets the number of photos that are left as its badge.
"""

import sys
import time
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget

from landmark_desktop.services import settings as table
from landmark_desktop.services.progress import Progress
from landmark_desktop.services.tag_results import TagResult, count_photos
from landmark_desktop.services.work import WorkState
from landmark_desktop.services.workspace import Workspace
from landmark_desktop.ui import session_bus

LONG_S: Final = 20.0
"""Work that takes longer than this is left alone by people, who want to hear of its end."""
PROGRESS_MS: Final = 500
TRAY_MS: Final = 20_000
DESKTOP_FILE: Final = "landmark-desktop.desktop"
_LAUNCHER: Final = "com.canonical.Unity.LauncherEntry"
_NOTIFY: Final = (
    "org.freedesktop.portal.Desktop",
    "/org/freedesktop/portal/desktop",
    "org.freedesktop.portal.Notification",
    "AddNotification",
)


class DockProgress(QObject):
    """How far the classification is, at the program's icon in the dock or task bar."""

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._has_bus: bool | None = None
        self._shown = False
        self._timer = QTimer(self, singleShot=True, interval=PROGRESS_MS)
        self._timer.timeout.connect(self._show)
        workspace.progress_changed.connect(self._plan)
        workspace.state_changed.connect(self._plan)

    def _plan(self, _: object) -> None:
        if not self._timer.isActive():
            self._timer.start()

    def _show(self) -> None:
        running = self._workspace.state is WorkState.CLASSIFYING
        if running or self._shown:
            self._shown = running
            self._tell(self._workspace.progress, running)

    def _tell(self, progress: Progress, running: bool) -> None:
        if sys.platform in ("darwin", "win32"):
            QGuiApplication.setBadgeNumber(progress.total - progress.done if running else 0)
            return
        if self._has_bus is None:
            self._has_bus = session_bus.has_bus()
        if self._has_bus:
            share = progress.done / max(1, progress.total)
            facts = {"progress": float(share), "progress-visible": running}
            session_bus.send("/org/landmark_desktop", _LAUNCHER, "Update", [f"application://{DESKTOP_FILE}", facts])

    def clear(self) -> None:
        """Show no progress any longer."""
        self._timer.stop()
        if self._shown:
            self._shown = False
            self._tell(Progress(0, 0, None, None), False)


class Herald(QObject):
    """Tells when work that took long has ended while another program's window is in front."""

    ended = Signal(str)  # what is told, in words

    def __init__(self, workspace: Workspace, window: QWidget) -> None:
        super().__init__(window)
        self._workspace = workspace
        self._window = window
        self._since: dict[str, float] = {}
        self._tray: QSystemTrayIcon | None = None
        workspace.state_changed.connect(self._state_changed)
        workspace.writing.progress.connect(self._writing)
        workspace.files.progress.connect(self._organising)
        workspace.writing.run_finished.connect(self._written)
        workspace.writing.undo_finished.connect(self._taken_back)
        workspace.files.organised.connect(self._organised)
        workspace.files.undone.connect(self._organised)
        self.ended.connect(self._tell)

    def _begin(self, what: str) -> None:
        self._since.setdefault(what, time.monotonic())

    def _writing(self, _: int, __: int) -> None:
        self._begin("writing")

    def _organising(self, _: int, __: int) -> None:
        self._begin("organising")

    def _end(self, what: str, text: str) -> None:
        since = self._since.pop(what, None)
        if since is not None and time.monotonic() - since >= LONG_S:
            self.ended.emit(text)

    def _state_changed(self, state: WorkState) -> None:
        if state in (WorkState.CLASSIFYING, WorkState.SCANNING):
            self._begin("classifying")
        elif state is WorkState.IDLE and not self._workspace.unclassified:
            self._end("classifying", self.tr("%Ln photo(s) are classified.", "", len(self._workspace.photos)))
        elif state is not WorkState.PAUSED:  # cancelled, or the model does not run
            self._since.pop("classifying", None)

    def _written(self, results: list[TagResult]) -> None:
        done, failed = count_photos(results)
        text = self.tr("Places are written into %Ln photo(s).", "", done)
        self._end("writing", text + (" " + self.tr("%Ln failed.", "", failed) if failed else ""))

    def _taken_back(self, results: list[TagResult]) -> None:
        self._end("writing", self.tr("%Ln photo(s) were taken back or written again.", "", count_photos(results)[0]))

    def _organised(self, results: Sequence[object]) -> None:
        self._end("organising", self.tr("%Ln photo(s) were copied or moved.", "", len(results)))

    def _tell(self, text: str) -> None:
        if self._window.isActiveWindow() or not self._workspace.settings.flag(table.NOTIFY):
            return
        QApplication.alert(self._window)
        title = QGuiApplication.applicationDisplayName()
        if session_bus.has_bus():
            note = {"title": title, "body": text}
            session_bus.call(_NOTIFY, ["work-ended", note], self, lambda: self._tell_from_tray(title, text))
        else:
            self._tell_from_tray(title, text)

    def _tell_from_tray(self, title: str, text: str) -> None:
        """Through an icon among those of the system that is there as long as the message."""
        if not (QSystemTrayIcon.isSystemTrayAvailable() and QSystemTrayIcon.supportsMessages()):
            return
        if self._tray is None:
            self._tray = QSystemTrayIcon(self._window.windowIcon(), self)
            self._tray.messageClicked.connect(lambda: come_forward(self._window))
        self._tray.show()
        self._tray.showMessage(title, text, self._window.windowIcon(), TRAY_MS)
        QTimer.singleShot(TRAY_MS, self._tray, self._tray.hide)


def come_forward(window: QWidget) -> None:
    """Show a window that may be minimised or behind others."""
    if window.isMinimized():
        window.showNormal()
    window.show()
    window.raise_()
    window.activateWindow()
