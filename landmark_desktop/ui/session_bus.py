"""Calls on the desktop's session bus (D-Bus), where there is one: Linux and its relatives. Nobody waits for answers."""

import logging
import sys
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject

log = logging.getLogger(__name__)


def has_bus() -> bool:
    """True where a session bus can be talked to."""
    if sys.platform in ("win32", "darwin"):
        return False
    from PySide6.QtDBus import QDBusConnection

    return QDBusConnection.sessionBus().isConnected()


def call(
    address: tuple[str, str, str, str],
    arguments: Sequence[Any],
    parent: QObject,
    on_failure: Callable[[], None],
) -> None:
    """Call a method; ``on_failure`` where nobody answers or the answer is an error.

    ``address`` is service, object, interface and method. Texts become strings, lists of texts arrays of strings,
    dicts maps of variants.
    """
    from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher

    message = QDBusMessage.createMethodCall(*address)
    message.setArguments(list(arguments))
    watcher = QDBusPendingCallWatcher(QDBusConnection.sessionBus().asyncCall(message), parent)

    def finished(done: QDBusPendingCallWatcher) -> None:
        if done.isError():
            log.info("%s did not work: %s", address[3], done.error().message())
            on_failure()
        done.deleteLater()

    watcher.finished.connect(finished)


def send(path: str, interface: str, name: str, arguments: Sequence[Any]) -> None:
    """Send a signal to whoever listens."""
    from PySide6.QtDBus import QDBusConnection, QDBusMessage

    message = QDBusMessage.createSignal(path, interface, name)
    message.setArguments(list(arguments))
    QDBusConnection.sessionBus().send(message)
