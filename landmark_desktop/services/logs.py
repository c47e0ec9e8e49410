"""The log of the program, and what crashes leave behind: rotated files that tell what happened, not where photos lie.

Logs are sent to those who mend the program, so the names of folders have no place in them: above the level *debug*,
which the program does not record, each path is shortened to its last part. What a crash of native code leaves (see
:mod:`faulthandler`) goes into a file of its own, because a program that is started by a double-click has no standard
error; the next start takes it over into the log.
"""

import faulthandler
import logging
import re
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import IO, Final

LOG_BYTES: Final = 1_000_000
LOG_FILES: Final = 3
"""Further files that older entries are kept in."""
MAX_CRASH_BYTES: Final = 100_000
FORMAT: Final = "%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s"

_HERE: Final = "~?/"
_ON_WINDOWS: Final = r"~?\\|[A-Za-z]:[\\/]"
"""How a path begins that says where something is: ``/``, ``C:\\``, ``\\\\server``, and ``~`` for the home folder."""
_QUOTED: Final = re.compile(rf"(?P<quote>['\"])(?P<path>(?:{_HERE}|{_ON_WINDOWS}).*?)(?P=quote)")
_BARE: Final = re.compile(
    rf"(?<![\w.…'\"\\/~])(?:{_HERE}[^\n'\"]*/|(?:{_ON_WINDOWS})[^\n'\"]*[\\/])",
)
"""Names may hold blanks, so that nobody knows where a path ends: all up to the line's last separator belongs to it."""
_POSIX: Final = re.compile(_HERE)
_OF_PROGRAMS: Final = re.compile(r".*[\\/](?:site-packages|_internal|lib[\\/]python[\d.]+)[\\/]")
_OWN_ROOT: Final = str(Path(__file__).resolve().parents[2])
_CONTROL: Final = re.compile(r"[\x00-\x08\x0a-\x1f\x7f\x85\u2028\u2029]")

log = logging.getLogger(__name__)
_crash_file: IO[str] | None = None
"""Kept open as long as the program runs: a crash has no time to open it."""


def without_folders(text: str) -> str:
    """``text`` with each path in it shortened to its last part; paths of the program's own modules keep their package.

    Rather too much goes than too little: in a line that holds a path without quotes, all before the last separator.
    """
    home = str(Path.home())
    if len(home) > 1:
        text = text.replace(home, "~")
    return _BARE.sub("…/", _QUOTED.sub(_shorten_quoted, text))


def _shorten_quoted(match: re.Match[str]) -> str:
    path, quote = match["path"], match["quote"]
    full = path.replace("~", str(Path.home()), 1) if path.startswith("~") else path
    if full.startswith(_OWN_ROOT) and full.endswith(".py"):
        return f"{quote}{full[len(_OWN_ROOT) + 1 :]}{quote}"
    if (program := _OF_PROGRAMS.match(full)) and full.endswith(".py"):
        return f"{quote}{full[program.end() :]}{quote}"
    parts = [part for part in (path.split("/") if _POSIX.match(path) else re.split(r"[\\/]+", path)) if part]
    return f"{quote}…/{parts[-1] if parts else ''}{quote}"


class PrivateFormatter(logging.Formatter):
    """One line for each message, whatever is in a file's name, and no folders above the level *debug*."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # logging's name
        """The line of a record, without its traceback."""
        record.message = _CONTROL.sub(lambda match: repr(match[0])[1:-1], record.message)
        return super().formatMessage(record)

    def format(self, record: logging.LogRecord) -> str:
        """The whole entry."""
        text = super().format(record)
        return text if record.levelno <= logging.DEBUG else without_folders(text)


def crash_path(log_path: Path) -> Path:
    """The file that a crash is written into, beside the log."""
    return log_path.with_name(log_path.stem + ".crash.log")


def start_log(path: Path) -> None:
    """Log to a rotating file and let crashes leave a trace; a log that cannot be written must not keep anybody from the
    photos. Does nothing where the program logs already."""
    root = logging.getLogger("landmark_desktop")
    if root.handlers:
        return
    root.setLevel(logging.INFO)
    handler: logging.Handler
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(path, maxBytes=LOG_BYTES, backupCount=LOG_FILES, encoding="utf-8", delay=True)
    except OSError:
        handler = logging.StreamHandler()
    handler.setFormatter(PrivateFormatter(FORMAT))
    root.addHandler(handler)
    # What Exiv2 says of damaged metadata may quote it; and it says so in a terminal, where nobody asked.
    others = logging.getLogger("exiv2")
    others.addHandler(logging.NullHandler())
    others.propagate = False
    _catch_crashes(crash_path(path))


def _catch_crashes(path: Path) -> None:
    global _crash_file
    try:
        _take_over(path)
        _crash_file = path.open("a", encoding="utf-8")
        faulthandler.enable(_crash_file)
    except OSError as error:
        log.info("crashes leave no trace: %s", error)
        if sys.stderr is not None:
            faulthandler.enable(sys.stderr)


def _take_over(path: Path) -> None:
    """Move what the last crash left into the log."""
    if not path.exists() or path.stat().st_size == 0:
        return
    with path.open("r+", encoding="utf-8", errors="replace") as file:
        left = file.read(MAX_CRASH_BYTES)
        file.truncate(0)
    log.error("the program crashed when it ran last:")
    for line in left.splitlines():
        log.error("| %s", line)
