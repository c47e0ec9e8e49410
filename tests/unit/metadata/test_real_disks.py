"""Disks that are really full, folders really read-only, permissions really gone: in processes that may lose powers."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from landmark_desktop.core.tag import WriteMode
from tests.unit.metadata.helpers import MakePhoto

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="mounts and capabilities are Linux'")
MODES = pytest.mark.parametrize("mode", list(WriteMode))
ROOT = Path(__file__).parents[3]

SCRIPT = """
import resource, signal, sys
from datetime import datetime, UTC
from pathlib import Path
from landmark_desktop.core.errors import KnownError
from landmark_desktop.core.tag import ReviewedBy, TagRequest, WriteMode
from landmark_desktop.metadata import writer
from tests.unit.metadata.helpers import EIFFEL

photo, mode, limit = Path(sys.argv[1]), WriteMode(sys.argv[2]), int(sys.argv[3])
request = TagRequest(
    photo, EIFFEL, "bundle", "1", 0.9, ReviewedBy.USER, True, "run-1", datetime(2024, 5, 1, tzinfo=UTC), mode
)
change = writer.plan_tag(request)
writer.take_snapshot(change)
if limit:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
try:
    writer.write_tag(change)
except KnownError as error:
    print(error.code.value)
else:
    print("written")
"""


def write_in_process(photo: Path, mode: WriteMode, *before: str, limit: int = 0) -> str:
    """Tag a photo in another process; returns the code of its error, or ``written``."""
    command = [*before, sys.executable, "-c", SCRIPT, str(photo), mode.value, str(limit)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    return done.stdout.strip()


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


@MODES
def test_a_limit_that_is_met_halfway_leaves_the_files_as_they_were(mode: WriteMode, make_photo: MakePhoto) -> None:
    photo = make_photo()
    before = contents(photo.parent)
    assert write_in_process(photo, mode, limit=1000) == "write-failed"
    assert contents(photo.parent) == before


def fill(path: Path) -> None:
    """Write until the disk is full."""
    with path.open("wb", buffering=0) as file:
        while True:
            file.write(bytes(4096))


@MODES
def test_a_full_disk_leaves_the_files_as_they_were(mode: WriteMode, make_photo: MakePhoto, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(disk)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("this user may not mount a small disk")
    try:
        photo = make_photo(folder=disk)
        filler = disk / "filler"
        with pytest.raises(OSError, match="No space left"):
            fill(filler)
        before = contents(disk)
        assert write_in_process(photo, mode) == "write-no-space"
        assert contents(disk) == before
        filler.unlink()
        assert write_in_process(photo, mode) == "written"
    finally:
        subprocess.run(["umount", str(disk)], check=True)


@pytest.fixture
def powerless() -> list[str]:
    """What starts a command that permissions bind, also where the tests run as root."""
    if os.geteuid() != 0:
        return []
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        pytest.skip("root needs setpriv to give up its powers")
    command = [setpriv, "--inh-caps=-all", "--bounding-set=-all"]
    if subprocess.run([*command, "true"], capture_output=True, check=False).returncode:
        pytest.skip("root may not give up its powers here")
    return command


@MODES
def test_a_read_only_folder_is_told_and_left_alone(
    mode: WriteMode, make_photo: MakePhoto, powerless: list[str]
) -> None:
    photo = make_photo()
    before = contents(photo.parent)
    photo.parent.chmod(0o500)
    try:
        assert write_in_process(photo, mode, *powerless) == "write-no-permission"
    finally:
        photo.parent.chmod(0o700)
    assert contents(photo.parent) == before


def test_a_photo_that_may_no_longer_be_read_is_told(make_photo: MakePhoto, powerless: list[str]) -> None:
    """The permission goes between the plan and the write."""
    photo = make_photo()
    before = contents(photo.parent)
    script = SCRIPT.replace("if limit:", "photo.parent.chmod(0o000)\nif limit:")
    command = [*powerless, sys.executable, "-c", script, str(photo), WriteMode.EMBEDDED.value, "0"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    finally:
        photo.parent.chmod(0o700)
    assert done.stdout.strip() == "file-no-permission"
    assert contents(photo.parent) == before
