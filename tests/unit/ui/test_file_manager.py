"""Files are shown as each system does it."""

import sys
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QObject

from landmark_desktop.ui import file_manager
from landmark_desktop.ui.file_manager import MAX_SHOWN, reveal


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Sequence[str]]]:
    """The programs that would be started."""
    found: list[tuple[str, Sequence[str]]] = []
    stand_in = SimpleNamespace(startDetached=lambda program, arguments: found.append((program, arguments)))
    monkeypatch.setattr(file_manager, "QProcess", stand_in)
    return found


def test_the_finder_is_asked_for_all(
    qapp: QObject, started: list[tuple[str, Sequence[str]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    reveal([Path("/photos/a b.jpg"), Path("/photos/c.jpg")], qapp)
    assert started == [("open", ["-R", "/photos/a b.jpg", "/photos/c.jpg"])]


def test_the_explorer_is_asked_for_the_first(
    qapp: QObject, started: list[tuple[str, Sequence[str]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    reveal([Path("/photos/a b.jpg"), Path("/photos/c.jpg")], qapp)
    assert started == [("explorer.exe", ["/select,", "/photos/a b.jpg"])]


def test_no_file_is_nothing_and_a_thousand_are_not_all_shown(
    qapp: QObject, started: list[tuple[str, Sequence[str]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    reveal([], qapp)
    assert started == []
    reveal([Path(f"/photos/{number}.jpg") for number in range(1000)], qapp)
    assert len(started[0][1]) == 1 + MAX_SHOWN
