"""One window for one library: a second start hands its folders and files to the first one and ends.

Who is first holds a lock file (:class:`QLockFile` knows when its owner died) and listens on a local socket, a file or
a named pipe of this user; no network is involved. Both are named after the library, so that windows on different
libraries live beside each other.
"""

import hashlib
import json
import logging
import os
import stat
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QLockFile, QObject, Signal

from landmark_desktop.services import paths as own_paths

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer, QLocalSocket

log = logging.getLogger(__name__)

PATIENCE_MS: Final = 4000
"""How long a second start waits for the first window to answer before it opens one of its own."""
RETRY_S: Final = 0.05
MAX_BYTES: Final = 4 * 1024 * 1024
"""Of one message: some 10,000 paths."""
MAX_SOCKET_PATH: Final = 100
"""Bytes of a socket's path; systems allow 104 to 108."""
_TOKEN: Final = "XDG_ACTIVATION_TOKEN"  # Wayland: whoever the user just clicked may raise a window
_ANSWER: Final = b"ok\n"


class Door(QObject):
    """The way to the window of a library. ``knocked`` tells the first one what others were asked to open (maybe
    nothing: then somebody only wants to see the window)."""

    knocked = Signal(object)  # list[Path]

    def __init__(self, library: Path, folder: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        name = hashlib.sha256(os.fsencode(library.absolute())).hexdigest()[:16]
        self._folder = folder or own_paths.runtime_path()
        self._lock = QLockFile(str(self._folder / f"{name}.lock"))
        self._lock.setStaleLockTime(0)  # only the end of its owner frees it
        self._name = _socket_name(self._folder, name)
        self._server: QLocalServer | None = None
        self._callers: dict[QLocalSocket, bytes] = {}

    def enter(self) -> bool:
        """True for the first; a folder that cannot be written makes everybody the first."""
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if sys.platform != "win32" and self._folder.stat().st_uid != os.getuid():
                raise PermissionError(f"{self._folder} belongs to somebody else")
        except OSError as error:
            log.info("no folder for the lock of the window: %s", error)
            return True
        if self._lock.tryLock(0):
            return True
        return self._lock.error() is not QLockFile.LockError.LockFailedError

    def knock(self, wanted: Sequence[Path], patience_ms: int = PATIENCE_MS) -> bool:
        """Ask the first window to open these and come to the front; True if it answered."""
        try:
            from PySide6.QtNetwork import QLocalSocket
        except ImportError as error:  # a system library that Qt's local sockets need is not there
            log.info("no local sockets: %s", error)
            return False
        if not self._is_ours():
            return False
        message = {"paths": [os.fsencode(path.absolute()).hex() for path in wanted], "token": os.environ.get(_TOKEN)}
        data = json.dumps(message).encode("ascii") + b"\n"
        deadline = time.monotonic() + patience_ms / 1000
        while (left := int(1000 * (deadline - time.monotonic()))) > 0:
            socket = QLocalSocket()
            socket.connectToServer(self._name)
            if socket.waitForConnected(left):
                socket.write(data)
                return _wait_for_answer(socket, deadline)
            time.sleep(RETRY_S)  # the first one has its lock, but does not listen yet
        return False

    def _is_ours(self) -> bool:
        """False where somebody else on this computer made a socket in our place."""
        if sys.platform == "win32":
            return True
        try:
            found = Path(self._name).lstat()
        except OSError:
            return True  # not there yet
        return stat.S_ISSOCK(found.st_mode) and found.st_uid == os.getuid()

    def listen(self) -> None:
        """Answer those who knock from now on. What an earlier window left behind is removed: we have the lock."""
        if not self._lock.isLocked():
            return
        try:
            from PySide6.QtNetwork import QLocalServer
        except ImportError as error:
            log.info("no local sockets, each start opens a window of its own: %s", error)
            return
        QLocalServer.removeServer(self._name)
        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        server.newConnection.connect(self._answer)
        if server.listen(self._name):
            self._server = server
        else:
            log.info("the window cannot be reached by later starts: %s", server.errorString())

    def _answer(self) -> None:
        while self._server is not None and (caller := self._server.nextPendingConnection()) is not None:
            self._callers[caller] = b""
            caller.readyRead.connect(self._reader(caller))
            caller.disconnected.connect(self._forgetter(caller))
            self._read(caller)

    def _reader(self, caller: "QLocalSocket") -> Callable[[], None]:
        return lambda: self._read(caller)

    def _forgetter(self, caller: "QLocalSocket") -> Callable[[], None]:
        def forget() -> None:
            self._callers.pop(caller, None)
            caller.deleteLater()

        return forget

    def _read(self, caller: "QLocalSocket") -> None:
        if caller not in self._callers:
            return
        data = self._callers[caller] + bytes(caller.readAll().data())
        self._callers[caller] = data
        if len(data) > MAX_BYTES:
            caller.abort()
        elif data.endswith(b"\n"):
            wanted = _paths_in(data)
            if wanted is None:
                caller.abort()
                return
            caller.write(_ANSWER)
            caller.flush()
            self.knocked.emit(wanted)

    def close(self) -> None:
        """Listen no longer; the next start is the first."""
        if self._server is not None:
            self._server.close()
            self._server = None
        for caller in list(self._callers):
            caller.abort()
        self._lock.unlock()


def _socket_name(folder: Path, name: str) -> str:
    """The path of the socket, or on Windows the name of the pipe."""
    if sys.platform == "win32":
        return f"landmark-desktop-{name}"
    path = folder / f"{name}.socket"
    if len(os.fsencode(path)) > MAX_SOCKET_PATH:
        path = Path(tempfile.gettempdir()) / f"landmark-desktop-{os.getuid()}-{name}"
    return str(path)


def _wait_for_answer(socket: "QLocalSocket", deadline: float) -> bool:
    answer = b""
    while len(answer) < len(_ANSWER):
        left = int(1000 * (deadline - time.monotonic()))
        if left <= 0 or not (socket.bytesAvailable() or socket.waitForReadyRead(left)):
            return False
        answer += bytes(socket.readAll().data())
    return answer == _ANSWER


def _paths_in(data: bytes) -> list[Path] | None:
    """The paths of a message, or None where it is none of ours."""
    try:
        message: Any = json.loads(data)
        wanted = [Path(os.fsdecode(bytes.fromhex(text))) for text in message["paths"]]
        token = message["token"]
    except (ValueError, KeyError, TypeError):
        return None
    if isinstance(token, str) and token.isprintable():
        os.environ[_TOKEN] = token  # Qt shows it when the window is activated
    return wanted
