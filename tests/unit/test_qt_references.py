"""The installed PySide6 keeps its references in order (see docs/decisions/0006)."""

import sys

from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot


def test_qt_calls_do_not_lose_references_to_true_false_and_none(qtbot: QtBot) -> None:
    timer = QTimer()
    calls = 300  # far fewer than the references there are, so that a fault fails here and crashes nothing

    def count() -> list[int]:
        return [sys.getrefcount(value) for value in (True, False, None)]

    before = count()
    for _ in range(calls):
        timer.isActive()
        timer.setSingleShot(True)
    lost = [old - new for old, new in zip(before, count(), strict=True)]
    assert max(lost) < calls / 2
