"""What a report of a problem needs: versions, system, model and settings. It names no photo and no folder."""

import os
import platform
from importlib import metadata
from typing import Final

import PySide6
from PySide6.QtCore import QLibraryInfo, QLocale
from PySide6.QtGui import QGuiApplication

from landmark_desktop import __version__
from landmark_desktop.services import settings as table
from landmark_desktop.services.machine import available_cores, available_memory
from landmark_desktop.services.workspace import Workspace

_PACKAGES: Final = "pillow", "pillow-heif", "rawpy", "exiv2", "numpy", "onnxruntime", "onnxruntime-gpu"


def version_of(package: str) -> str:
    """The version of an installed package; an empty text where it is not there."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""


def diagnostics(workspace: Workspace) -> str:
    """The report as text, in English: it is made for those who mend the program."""
    return "\n".join([*_program(), *_screens(), *_model(workspace), *_photos(workspace), *_settings(workspace)])


def _program() -> list[str]:
    versions = [f"{name} {version_of(name)}" for name in _PACKAGES if version_of(name)]
    memory = available_memory()
    return [
        f"Landmark Desktop {__version__}",
        f"Python {platform.python_version()} on {platform.platform()}",
        f"PySide6 {PySide6.__version__}, Qt {QLibraryInfo.version().toString()}, {QGuiApplication.platformName()}",
        ", ".join(versions),
        f"Cores: {available_cores()}; free memory: "
        + (f"{memory // 2**20} MB" if memory is not None else "not known")
        + f"; desktop: {os.environ.get('XDG_CURRENT_DESKTOP', 'not told')}",
    ]


def _screens() -> list[str]:
    locale = QLocale()
    sizes = [
        f"{screen.size().width()} × {screen.size().height()} at {screen.devicePixelRatio():g}"
        for screen in QGuiApplication.screens()
    ]
    return [f"Screens: {', '.join(sizes)}", f"Locale: {locale.name()}, language of the system {locale.bcp47Name()}"]


def _model(workspace: Workspace) -> list[str]:
    manifest = workspace.bundle.manifest
    lines = [
        f"Bundle: {manifest.id} {manifest.version}, {manifest.architecture}, {len(manifest.landmarks)} landmarks, "
        f"model {workspace.bundle.key[:12]}"
    ]
    report = workspace.provider
    if report is None:
        return [*lines, f"Model: not loaded ({workspace.state})"]
    reason = f" ({report.reason})" if report.reason else ""
    return [
        *lines,
        f"Model runs on: {report.label}{reason}; asked for: {report.requested}; {report.precision} "
        f"({report.precision_reason})",
    ]


def _photos(workspace: Workspace) -> list[str]:
    photos = workspace.photos
    return [f"Open photos: {len(photos)}, {photos.waiting_count()} of them not classified; state: {workspace.state}"]


def _settings(workspace: Workspace) -> list[str]:
    changed = []
    for setting in table.TABLE:
        value = workspace.settings.get(setting)
        if value != setting.default:
            # Paths name folders.
            changed.append(f"{setting.key}={'(another one)' if setting is table.BUNDLE else value}")
    return [f"Settings that were changed: {', '.join(changed) or 'none'}"]
