"""What is said on the session bus arrives as the other side expects it: on a bus of this test's own."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="D-Bus is for Linux"),
    pytest.mark.skipif(
        shutil.which("dbus-run-session") is None or shutil.which("dbus-monitor") is None,
        reason="dbus-run-session or dbus-monitor is not installed",
    ),
]
SCRIPT = """
import subprocess, sys
from pathlib import Path
from PySide6.QtCore import QObject, QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication
from landmark_desktop.ui import session_bus
from landmark_desktop.ui.file_manager import reveal

application = QApplication([])
assert session_bus.has_bus()
class Opened(QObject):
    def __init__(self):
        super().__init__()
        self.urls = []
parent = Opened()
class Handler(QObject):
    from PySide6.QtCore import Slot
    @Slot(QUrl)
    def take(self, url):
        print("FOLDER", url.toLocalFile(), flush=True)
        application.quit()
handler = Handler()
QDesktopServices.setUrlHandler("file", handler, "take")
monitor = subprocess.Popen(["dbus-monitor", "--session"], stdout=subprocess.PIPE, text=True)
for line in monitor.stdout:
    if "NameLost" in line:
        break  # it watches from now on
session_bus.send("/org/landmark_desktop", "com.canonical.Unity.LauncherEntry", "Update",
                 ["application://landmark-desktop.desktop", {"progress": 0.25, "progress-visible": True}])
reveal([Path("/photos/caf\\u00e9 1.jpg"), Path("/photos/2.jpg")], parent)
QTimer.singleShot(20000, lambda: application.exit(3))
code = application.exec()
for line in monitor.stdout:
    print(line, end="")
    if line.strip() == 'string ""':
        break  # the end of what was said to the file manager; the monitor tells of it when it finds the time
monitor.terminate()
QDesktopServices.unsetUrlHandler("file")
sys.exit(code)
"""


def test_progress_and_files_to_show_have_the_types_that_the_desktop_expects() -> None:
    root = Path(__file__).resolve().parents[3]
    environment = {**os.environ, "PYTHONPATH": str(root), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        ["dbus-run-session", "--", sys.executable, "-c", SCRIPT],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env=environment,
    )
    assert done.returncode == 0, done.stderr
    heard = " ".join(done.stdout.split())
    assert "interface=com.canonical.Unity.LauncherEntry; member=Update" in heard
    assert 'string "application://landmark-desktop.desktop" array [ dict entry(' in heard
    assert 'string "progress" variant double 0.25' in heard
    assert 'string "progress-visible" variant boolean true' in heard
    assert "interface=org.freedesktop.FileManager1; member=ShowItems" in heard
    assert 'array [ string "file:///photos/caf%C3%A9%201.jpg" string "file:///photos/2.jpg" ] string ""' in heard
    # There is no file manager on this bus, so the folder was opened instead.
    assert "FOLDER /photos" in heard
