"""Decoding in worker processes: what a decoder does to its process never reaches the photos beside it."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PIL import Image

from landmark_desktop.core.errors import ErrorCode, PhotoError
from landmark_desktop.core.helper_pipe import IDLE_EXIT
from landmark_desktop.imaging import WORKER_ARGUMENT, worker
from landmark_desktop.imaging import decode as decode_module
from landmark_desktop.imaging.pool import DecoderPool, worker_command
from tests import pictures

pytestmark = pytest.mark.usefixtures("caplog")  # crashes are logged, on purpose

SCRIPT = """
import ctypes, os, sys, time
from pathlib import Path
from PIL import Image
from landmark_desktop.core.errors import ErrorCode, PhotoError
from landmark_desktop.imaging import decode as decode_module
from landmark_desktop.imaging import worker
from landmark_desktop.imaging.stills import Decoded

served = 0

def decoder(path, short_side, max_pixels):
    global served
    served += 1
    name = path.stem
    if name == "crash":
        ctypes.string_at(0)
    if name == "crash-later" and served > 1:
        os.kill(os.getpid(), 6)
    if name == "hang":
        time.sleep(600)
    if name == "hang-with-lock":
        path.with_suffix(".begun").touch()
        # Python's interpreter lock stays taken: no thread of this process runs any more.
        ctypes.PyDLL(None).sleep(600)
    if name == "exit":
        os._exit(3)
    if name == "bug":
        raise LookupError("nobody foresaw this")
    if name == "known":
        raise PhotoError(ErrorCode.PHOTO_TRUNCATED, name=path.name)
    if name == "disk":
        raise OSError(5, "Input/output error")
    if name == "greedy":
        bytearray(5 * 2**30)  # never touched: costs address space only
    if name == "noisy":
        os.write(1, b"printed by a library " * 10_000)
        os.write(2, b"said by a library " * 10_000)
    if name == "lying":
        image = Image.new("RGB", (1, 1))
        image.tobytes = lambda: b""
        image._size = (50_000, 50_000)
        return Decoded(image, 1, 1)
    return Decoded(Image.new("RGB", (3, 2), (served, len(name), short_side)), 30, 20)

sys.exit(worker.main(decoder))
"""


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def command(tmp_path: Path) -> list[str]:
    """Starts a worker whose decoder does what the photo's name says."""
    script = tmp_path / "worker_script.py"
    script.write_text(SCRIPT, "utf-8")
    return [sys.executable, str(script)]


@pytest.fixture
def pool(command: list[str]) -> Iterator[DecoderPool]:
    pool = DecoderPool(command, size=2, timeout_s=20)
    yield pool
    pool.close()


def served(pool: DecoderPool, name: str = "sound") -> int:
    """Decode a photo of this name; returns how many its worker has served."""
    pixel = pool.decode(Path(f"{name}.heic"), short_side=9, max_pixels=10_000).image.getpixel((2, 1))
    assert isinstance(pixel, tuple)
    assert pixel[1:] == (len(name), 9)
    return int(pixel[0])


def refused(pool: DecoderPool, name: str) -> PhotoError:
    with pytest.raises(PhotoError) as caught:
        pool.decode(Path(f"{name}.heic"), short_side=9, max_pixels=10_000)
    assert caught.value.params["name"] == f"{name}.heic"
    return caught.value


def gone(pid: int) -> bool:
    """True once a process has ended (or is a zombie that nobody has waited for yet)."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    status = Path(f"/proc/{pid}/stat")
    return status.exists() and status.read_text().rpartition(")")[2].split()[0] == "Z"


def wait_until(condition: Callable[[], bool], seconds: float = 20) -> bool:
    """Poll for what another process does; there is no signal to wait for."""
    waiting, deadline = threading.Event(), time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        waiting.wait(0.02)
    return condition()


def test_pictures_come_back_whole_and_the_worker_is_kept(pool: DecoderPool) -> None:
    first = pool.decode(Path("sound.heic"), short_side=7, max_pixels=10_000)
    assert (first.image.mode, first.image.size, first.width, first.height) == ("RGB", (3, 2), 30, 20)
    assert [served(pool) for _ in range(3)] == [2, 3, 4]
    assert len(pool.pids()) == 1


@pytest.mark.parametrize(("name", "reason"), [("crash", "SIGSEGV"), ("exit", "exit code 3")])
def test_a_decoder_that_crashes_costs_its_photo_only(pool: DecoderPool, name: str, reason: str) -> None:
    error = refused(pool, name)
    assert error.code is ErrorCode.DECODER_CRASHED
    if sys.platform != "win32":
        assert error.params["reason"] == reason
    assert served(pool) == 1


def test_a_photo_whose_worker_was_broken_before_gets_another(pool: DecoderPool) -> None:
    assert served(pool) == 1
    # Crashes in a worker that has served others, as after memory was damaged; a fresh one decodes it.
    assert served(pool, "crash-later") == 1


def test_a_photo_that_crashes_fresh_workers_too_is_given_up(pool: DecoderPool) -> None:
    assert served(pool) == 1
    assert refused(pool, "crash").code is ErrorCode.DECODER_CRASHED


@pytest.mark.parametrize(
    "name",
    [
        "hang",
        pytest.param(
            "hang-with-lock",
            marks=pytest.mark.skipif(
                sys.platform == "win32", reason="sleep() of the C library is called by its POSIX name"
            ),
        ),
    ],
)
def test_a_decoder_that_hangs_is_ended(command: list[str], name: str) -> None:
    pool = DecoderPool(command, size=1, timeout_s=20)
    assert served(pool) == 1  # the interpreter has started: what follows measures the decoder
    (pid,) = pool.pids()
    pool._timeout_s = 0.3
    error = refused(pool, name)
    assert error.code is ErrorCode.DECODER_HUNG
    assert gone(pid)
    pool._timeout_s = 20
    assert served(pool) == 1
    pool.close()


def test_errors_of_the_photo_cross_the_border(pool: DecoderPool) -> None:
    assert refused(pool, "known").code is ErrorCode.PHOTO_TRUNCATED
    assert refused(pool, "disk").code is ErrorCode.FILE_READ_FAILED
    assert served(pool) == 3


def test_a_bug_in_a_decoder_is_the_photos_error_and_in_the_log(
    pool: DecoderPool, caplog: pytest.LogCaptureFixture
) -> None:
    error = refused(pool, "bug")
    assert (error.code, error.params["reason"]) == (ErrorCode.PHOTO_DAMAGED, "LookupError")
    assert "nobody foresaw this" in caplog.text


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the address space")
def test_a_decoder_that_wants_all_the_memory_is_refused(pool: DecoderPool) -> None:
    assert refused(pool, "greedy").code is ErrorCode.PHOTO_NEEDS_MEMORY
    assert served(pool) == 2


def test_what_libraries_print_does_not_mix_with_the_answers(pool: DecoderPool) -> None:
    assert [served(pool, "noisy") for _ in range(3)] == [1, 2, 3]


def test_a_worker_that_promises_more_pixels_than_allowed_is_not_believed(pool: DecoderPool) -> None:
    assert refused(pool, "lying").code is ErrorCode.DECODER_CRASHED
    assert served(pool) == 1


def test_many_threads_share_a_few_workers(pool: DecoderPool) -> None:
    names = ["sound", "crash", "known", "sound"] * 3

    def attempt(name: str) -> str:
        try:
            served(pool, name)
        except PhotoError as error:
            return str(error.code)
        return "sound"

    with ThreadPoolExecutor(8) as threads:
        results = list(threads.map(attempt, names))
    assert results == ["sound", "decoder-crashed", "photo-truncated", "sound"] * 3
    served(pool)
    assert 1 <= len(pool.pids()) <= 2


def test_a_folder_with_photos_that_crash_and_hang_decoders_is_decoded_to_its_end(
    command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pool = DecoderPool(command, size=2, timeout_s=4)  # a worker starts within it, also on a busy machine
    monkeypatch.setattr(decode_module, "shared_pool", lambda: pool)
    heic = pictures.save(tmp_path / "sound.heic", pictures.corners()).read_bytes()
    names = ["1.jpg", "crash.heic", "2.jpg", "hang.heic", "sound.heic", "hang-with-lock.heic", "3.jpg", "crash.avif"]
    for name in names:
        if name.endswith(".jpg"):
            pictures.photo(tmp_path / name)
        else:
            (tmp_path / name).write_bytes(heic)

    def attempt(name: str) -> str:
        try:
            return str(decode_module.decode(tmp_path / name).image.mode)
        except PhotoError as error:
            return str(error.code)

    with ThreadPoolExecutor(3) as threads:
        results = dict(zip(names, threads.map(attempt, names), strict=True))
    pool.close()
    assert results == {
        "1.jpg": "RGB",
        "crash.heic": "decoder-crashed",
        "2.jpg": "RGB",
        "hang.heic": "decoder-hung",
        "sound.heic": "RGB",
        "hang-with-lock.heic": "decoder-hung",
        "3.jpg": "RGB",
        "crash.avif": "decoder-crashed",
    }


def test_a_worker_that_ended_because_it_was_idle_is_no_error(pool: DecoderPool) -> None:
    assert served(pool) == 1
    (pid,) = pool.pids()
    worker_in_pool = pool._idle[0]
    worker_in_pool.close()
    worker_in_pool._process.returncode = IDLE_EXIT
    assert gone(pid)
    assert served(pool) == 1


def test_an_idle_worker_ends_itself(tmp_path: Path) -> None:
    script = tmp_path / "idle.py"
    script.write_text(f"from landmark_desktop.imaging import worker\nworker.IDLE_S = 0.1\n{SCRIPT}", "utf-8")
    pool = DecoderPool([sys.executable, str(script)], size=1)
    assert served(pool) == 1
    process = pool._idle[0]._process
    assert process.wait(20) == IDLE_EXIT
    assert served(pool) == 1
    pool.close()


def test_closing_the_pool_ends_its_processes(pool: DecoderPool) -> None:
    served(pool)
    pids = pool.pids()
    pool.close()
    assert len(pids) == 1
    assert all(map(gone, pids))


@pytest.mark.skipif(sys.platform == "win32", reason="kills with SIGKILL")
@pytest.mark.parametrize("name", ["sound", "hang-with-lock"])
def test_no_worker_outlives_a_program_that_was_killed(tmp_path: Path, name: str) -> None:
    script, program, photo = tmp_path / "worker.py", tmp_path / "program.py", tmp_path / f"{name}.heic"
    # The one that hangs is ended by its own watchdog: nobody else is left.
    script.write_text(f"from landmark_desktop.imaging import worker\nworker.ORPHAN_GRACE_S = 0.0\n{SCRIPT}", "utf-8")
    program.write_text(
        f"""
from pathlib import Path
from landmark_desktop.imaging.pool import DecoderPool
pool = DecoderPool({[sys.executable, str(script)]!r}, size=1, timeout_s=2)
pool.decode(Path("sound.heic"), short_side=9, max_pixels=10_000)
print(*pool.pids(), flush=True)
pool.decode(Path({str(photo)!r}), short_side=9, max_pixels=10_000)
input()
""",
        "utf-8",
    )
    environment = os.environ | {"PYTHONPATH": str(Path(worker.__file__).parents[2])}
    with subprocess.Popen(
        [sys.executable, str(program)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment
    ) as process:
        assert process.stdout is not None
        pid = int(process.stdout.readline())
        if name != "sound":
            assert wait_until(photo.with_suffix(".begun").exists)
            assert not gone(pid)
        process.kill()
    assert wait_until(lambda: gone(pid))


def test_a_worker_that_cannot_be_started_is_the_photos_error(tmp_path: Path) -> None:
    pool = DecoderPool([str(tmp_path / "nothing-here")], size=1)
    for _ in range(2):  # the slot of the first is free again
        assert refused(pool, "sound").code is ErrorCode.DECODER_CRASHED


def test_the_real_worker_decodes_names_that_are_no_utf_8(tmp_path: Path) -> None:
    if sys.platform in ("win32", "darwin"):
        pytest.skip("file systems of this platform refuse such names")
    path = tmp_path / os.fsdecode(b"caf\xe9 \xff.heic")
    pictures.save(tmp_path / "a.heic", pictures.corners()).rename(path)
    pool = DecoderPool()
    decoded = pool.decode(path, short_side=40, max_pixels=100_000)
    assert (decoded.width, decoded.height, decoded.image.size) == (160, 80, (80, 40))
    pool.close()


def test_the_working_directory_is_not_searched_for_modules(tmp_path: Path) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit(99)", "utf-8")
    path = pictures.save(tmp_path / "a.heic", pictures.corners())
    pool = DecoderPool()
    assert pool.decode(Path(path.name), short_side=40, max_pixels=100_000).width == 160
    pool.close()


def test_a_frozen_program_starts_its_twin_for_the_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "landmark-desktop.exe"))
    assert worker_command() == [str(tmp_path / "landmark-desktop.exe"), WORKER_ARGUMENT]
    (tmp_path / "landmark-desktop-cli.exe").touch()
    assert worker_command() == [str(tmp_path / "landmark-desktop-cli.exe"), WORKER_ARGUMENT]


def test_the_programs_hidden_argument_makes_it_a_worker(tmp_path: Path) -> None:
    path = pictures.save(tmp_path / "a.heic", Image.new("RGB", (64, 48), pictures.RED))
    pool = DecoderPool([sys.executable, "-m", "landmark_desktop", WORKER_ARGUMENT])
    assert pool.decode(path, short_side=48, max_pixels=10_000).image.size == (64, 48)
    pool.close()
