"""Logs tell what happened and not where photos lie; crashes of native code leave a trace."""

import logging
import subprocess
import sys
from pathlib import Path

import pytest

from landmark_desktop.services import logs
from landmark_desktop.services.logs import LOG_BYTES, LOG_FILES, PrivateFormatter, crash_path, without_folders

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("IMG_1.jpg is empty (0 bytes).", "IMG_1.jpg is empty (0 bytes)."),
        ("[Errno 2] No such file: '/home/anna/Our Trip/IMG 1.jpg'", "[Errno 2] No such file: '…/IMG 1.jpg'"),
        ("denied: '/a/b' -> '/c/d e/f'", "denied: '…/b' -> '…/f'"),
        ("no bundle at /home/anna/My Models/b.zip.", "no bundle at …/b.zip."),
        ("/home/anna/Our Trip/x and more", "…/x and more"),
        (r"denied: 'C:\\Users\\Anna\\Our Trip\\IMG_1.jpg'", "denied: '…/IMG_1.jpg'"),
        (r"C:\Users\Anna Maria\IMG_1.jpg is gone", "…/IMG_1.jpg is gone"),
        (r"on \\nas\photos of anna\IMG_1.jpg", "on …/IMG_1.jpg"),
        ("b'/media/anna/IMG\\xff.jpg'", "b'…/IMG\\xff.jpg'"),
        ("24/s, and/or 3/4", "24/s, and/or 3/4"),
        ("\"/it's anna's/x.jpg\"", '"…/x.jpg"'),
    ],
)
def test_paths_are_shortened_to_their_last_part(text: str, short: str) -> None:
    assert without_folders(text) == short


def test_the_home_folder_is_shortened_however_it_is_named() -> None:
    home = Path.home()
    assert without_folders(f"{home / 'Our Trip' / 'IMG_1.jpg'} is gone") == "…/IMG_1.jpg is gone"
    assert without_folders(f"in {home}") == "in ~"
    assert without_folders("~/Our Trip/IMG_1.jpg") == "…/IMG_1.jpg"


def test_modules_of_the_program_keep_their_package() -> None:
    own = f'File "{Path(logs.__file__).resolve()}", line 3, in x'
    assert without_folders(own) == 'File "landmark_desktop/services/logs.py", line 3, in x'
    other = 'File "/opt/x/lib/python3.11/site-packages/PIL/Image.py", line 3, in open'
    assert without_folders(other) == 'File "PIL/Image.py", line 3, in open'


def record(level: int, message: str, error: BaseException | None = None) -> logging.LogRecord:
    info = (type(error), error, None) if error is not None else None
    return logging.LogRecord("landmark_desktop.x", level, __file__, 1, message, (), info)


def test_only_debug_names_folders() -> None:
    shown = PrivateFormatter(logs.FORMAT)
    assert "/secret/trip/a.jpg" in shown.format(record(logging.DEBUG, "at /secret/trip/a.jpg"))
    for level in (logging.INFO, logging.WARNING, logging.ERROR, logging.CRITICAL):
        text = shown.format(record(level, "at /secret/trip/a.jpg", OSError(2, "gone", "/secret/other/b.jpg")))
        assert "secret" not in text
        assert "a.jpg" in text
        assert "'…/b.jpg'" in text


def test_a_name_cannot_forge_lines() -> None:
    text = PrivateFormatter(logs.FORMAT).format(
        record(logging.INFO, "gone: a\n2024-01-01 ERROR all is lost\r\x1b[2J.jpg")
    )
    assert len(text.splitlines()) == 1
    assert "\x1b" not in text
    assert "a\\n2024" in text


# -- in a process of its own, because a process has one log ------------------------------------------------------------

START = "from landmark_desktop.services import logs; from pathlib import Path; logs.start_log(Path({0!r})); "


def run(code: str, log: Path) -> int:
    done = subprocess.run(
        [sys.executable, "-c", START.format(str(log)) + code], cwd=ROOT, capture_output=True, check=False
    )
    return done.returncode


def test_the_log_is_rotated(tmp_path: Path) -> None:
    log = tmp_path / "log" / "landmark-desktop.log"
    lines = 5 * LOG_BYTES // 1000
    run(f"import logging; [logging.getLogger('landmark_desktop.x').info('x' * 1000) for _ in range({lines})]", log)
    files = sorted(path for path in log.parent.iterdir() if "crash" not in path.name)
    assert [path.name for path in files] == [log.name, *(f"{log.name}.{n}" for n in range(1, LOG_FILES + 1))]
    assert all(path.stat().st_size <= LOG_BYTES for path in files)


@pytest.mark.parametrize("streams", ["", "import sys; sys.stderr = sys.__stderr__ = sys.stdout = None; "])
def test_a_crash_of_native_code_is_in_the_log_of_the_next_start(tmp_path: Path, streams: str) -> None:
    log = tmp_path / "landmark-desktop.log"
    code = START.format(str(log)) + "import faulthandler; faulthandler._sigsegv()"
    done = subprocess.run([sys.executable, "-c", streams + code], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode != 0
    assert "Fatal Python error" in crash_path(log).read_text("utf-8")
    assert run("pass", log) == 0
    text = log.read_text("utf-8")
    assert "ERROR MainThread landmark_desktop.services.logs: the program crashed when it ran last:" in text
    assert "Fatal Python error" in text
    assert crash_path(log).read_bytes() == b""
    assert run("pass", log) == 0
    assert log.read_text("utf-8") == text, "told once"


def test_a_log_that_cannot_be_written_keeps_nobody_away(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    log = tmp_path / "file" / "landmark-desktop.log"
    assert run("import logging; logging.getLogger('landmark_desktop').info('x')", log) == 0


def test_what_exiv2_says_reaches_neither_terminal_nor_log(tmp_path: Path) -> None:
    log = tmp_path / "landmark-desktop.log"
    code = START.format(str(log)) + "import logging; logging.getLogger('exiv2').error('a secret caption')"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True)
    assert (done.stdout, done.stderr) == (b"", b"")
    assert not log.exists() or "secret" not in log.read_text("utf-8")
