"""The whole program from its entry point: a bundle, a library and a folder of photos of its own for each test."""

from collections.abc import Callable
from pathlib import Path

import pytest

from landmark_desktop.__main__ import main
from tests.bundles import COLOURS, GREY, colour_picture, write_bundle
from tests.pictures import save


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """A small real bundle."""
    return write_bundle(tmp_path / "bundle").source


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """Where the test's library will be."""
    return tmp_path / "library.sqlite"


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    """A folder with a photo of each landmark and one of none: eiffel_tower.jpg, taj_mahal.jpg, petra.jpg, grey.jpg."""
    folder = tmp_path / "My Photos"
    for name, colour in {**COLOURS, "grey": GREY}.items():
        save(folder / f"{name}.jpg", colour_picture(colour), quality=92)
    return folder


RunMain = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(bundle: Path, library: Path, capsys: pytest.CaptureFixture[str]) -> RunMain:
    """Call ``main`` with the test's bundle and library; returns (exit code, stdout, stderr)."""

    def call(*arguments: object, with_bundle: bool = True) -> tuple[int, str, str]:
        argv = [str(argument) for argument in arguments]
        if with_bundle:
            argv += ["--bundle", str(bundle)]
        code = main([*argv, "--library", str(library)])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return call


@pytest.fixture
def content() -> Callable[[Path], dict[str, bytes]]:
    """A function that reads a whole folder, for comparing it before and after."""

    def read(folder: Path) -> dict[str, bytes]:
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    return read
