"""Photos outside the program: shown in the system's file manager, opened in the program that it uses for them."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QProcess, QUrl
from PySide6.QtGui import QDesktopServices

from landmark_desktop.ui import session_bus

MAX_SHOWN: Final = 200
"""Photos that are handed to a file manager at once; more are no longer looked at one by one."""
_SHOW_ITEMS: Final = (
    "org.freedesktop.FileManager1",
    "/org/freedesktop/FileManager1",
    "org.freedesktop.FileManager1",
    "ShowItems",
)


def reveal(paths: Sequence[Path], parent: QObject) -> None:
    """Show files, selected, in their folder; the folder alone where the system knows no better."""
    paths = list(paths)[:MAX_SHOWN]
    if not paths:
        return
    if sys.platform == "darwin":
        QProcess.startDetached("open", ["-R", *map(str, paths)])
    elif sys.platform == "win32":
        QProcess.startDetached("explorer.exe", ["/select,", str(paths[0])])  # it takes one file
    elif session_bus.has_bus():
        uris = [QUrl.fromLocalFile(str(path)).toString(QUrl.ComponentFormattingOption.FullyEncoded) for path in paths]
        session_bus.call(_SHOW_ITEMS, [uris, ""], parent, lambda: _open_folder(paths[0]))
    else:
        _open_folder(paths[0])


def _open_folder(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))


def open_outside(path: Path) -> bool:
    """Open a file in the program that the system uses for it; False where there is none."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
