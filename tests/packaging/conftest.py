"""The packed program: where it is, how it is run, and a desktop with a window manager to open its window on.

``LANDMARK_BUILD`` names the folder of a build that has to be there. Without it, the tests take the one that ``make
dist`` left in ``dist/``, as long as it is newer than the sources, and are skipped with a reason otherwise.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.e2e.conftest import RunMain, bundle, content, library, photos

__all__ = ["bundle", "content", "library", "photos"]

ROOT = Path(__file__).resolve().parents[2]
BUILD_VARIABLE = "LANDMARK_BUILD"
RUN_S = 120.0
"""How long a command of the packed program may take on a busy machine."""


def newest(folder: Path) -> float:
    """When the newest source in a folder was written, as seconds since the epoch."""
    return max(path.stat().st_mtime for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc")


@pytest.fixture(scope="session")
def build() -> Path:
    """The folder of the packed program."""
    named = os.environ.get(BUILD_VARIABLE)
    folder = Path(named).resolve() if named else ROOT / "dist" / "landmark-desktop"
    program = folder / "landmark-desktop"
    if named:
        assert program.is_file(), f"{BUILD_VARIABLE} names a folder without a program: {folder}"
        return folder
    if not program.is_file():
        pytest.skip("there is no build: make dist")
    if program.stat().st_mtime < max(newest(ROOT / "landmark_desktop"), newest(ROOT / "resources")):
        pytest.skip("the build in dist/ is older than the sources: make dist")
    return folder


@pytest.fixture(scope="session")
def handed_out(build: Path) -> Path:
    """The folder with the archives of the build."""
    if not (build.parent / "SHA256SUMS").is_file():
        if BUILD_VARIABLE in os.environ:
            pytest.fail("a build is there, but nothing that make dist makes of it")
        pytest.skip("there are no archives: make dist")
    return build.parent


def call(program: Path, *arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a packed program to its end, with the test's home and without the virtual environment of the tests."""
    return subprocess.run(
        [program, *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        timeout=RUN_S,
        env={**outside(os.environ), **environment},
        cwd=environment.get("HOME", os.environ["HOME"]),
    )


def outside(environment: Mapping[str, str]) -> dict[str, str]:
    """An environment in which no Python but the packed one is found."""
    return {
        **{name: value for name, value in environment.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV", "QT_"))},
        "PATH": "/usr/bin:/bin",
    }


@pytest.fixture
def run(build: Path, bundle: Path, library: Path) -> RunMain:
    """What the tests of the source call ``main`` with, run by the packed program: (exit code, stdout, stderr)."""

    def run_packed(*arguments: object, with_bundle: bool = True) -> tuple[int, str, str]:
        more = ["--bundle", bundle] if with_bundle else []
        done = call(build / "landmark-desktop-cli", *arguments, *more, "--library", library)
        return done.returncode, done.stdout, done.stderr

    return run_packed


@dataclass(frozen=True, slots=True)
class Desktop:
    """A screen of its own with a window manager; ``tool`` runs a program on it and returns what it prints."""

    display: str

    def tool(self, *command: object, timeout_s: float = 60.0) -> str:
        """Run a program that ends by itself. Raises CalledProcessError with what it said if it fails."""
        done = subprocess.run(
            list(map(str, command)),
            capture_output=True,
            text=True,
            check=True,
            timeout=timeout_s,
            env={**outside(os.environ), "DISPLAY": self.display},
        )
        return done.stdout


@pytest.fixture
def desktop() -> Iterator[Desktop]:
    """A screen of 1280 × 800 pixels, with openbox."""
    programs = ("Xvfb", "openbox", "xdotool", "import")
    missing = [name for name in programs if shutil.which(name) is None]
    if missing:
        if BUILD_VARIABLE in os.environ:
            pytest.fail(f"not installed: {', '.join(missing)}")
        pytest.skip(f"not installed: {', '.join(missing)}")
    reading, writing = os.pipe()
    screen = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1280x800x24", "-nolisten", "tcp"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading) as answer:
        display = f":{answer.readline().strip()}"
    manager = subprocess.Popen(
        ["openbox", "--sm-disable"],
        env={**os.environ, "DISPLAY": display},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield Desktop(display)
    finally:
        for process in (manager, screen):
            process.terminate()
            process.wait(10)
