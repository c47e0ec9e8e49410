"""The wheel: what is in it, and that it runs alone, without torch and outside the source tree."""

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from landmark_desktop import __version__
from tests.pictures import photo

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.slow

# Runs the program from the unpacked wheel as on a computer that has only the app installed.
_ALONE = """
import sys
for name in ("torch", "torchvision", "onnx", "onnxscript", "matplotlib", "pytest"):
    sys.modules[name] = None
import landmark_desktop
from landmark_desktop.__main__ import main
from landmark_desktop.core.resources import resource_path
print(landmark_desktop.__file__)
print(resource_path("models"))
sys.exit(main(sys.argv[1:]))
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the working tree."""
    target = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(target), str(ROOT)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
    (built,) = target.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def unpacked(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel's content, as an installer lays it out."""
    target = tmp_path_factory.mktemp("site")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(target)
    return target


def run_alone(unpacked: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(unpacked)}
    return subprocess.run(
        [sys.executable, "-c", _ALONE, *arguments],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
        cwd=unpacked.parent,
    )


def test_the_wheel_holds_program_resources_and_licence(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert wheel.name == f"landmark_desktop-{__version__}-py3-none-any.whl"
    assert "landmark_desktop/store/migrations/0001_library.sql" in names
    assert "landmark_desktop/_resources/icons/landmark-desktop.svg" in names
    assert any(name.startswith("landmark_desktop/_resources/models/") and name.endswith("model.onnx") for name in names)
    assert "landmark_desktop/_resources/licences/THIRD-PARTY.md" in names
    assert f"landmark_desktop-{__version__}.dist-info/licenses/LICENSE" in names
    tops = {name.split("/")[0] for name in names}
    assert tops == {"landmark_desktop", "trainer", f"landmark_desktop-{__version__}.dist-info"}


def test_the_entry_points_are_there(unpacked: Path) -> None:
    text = (unpacked / f"landmark_desktop-{__version__}.dist-info" / "entry_points.txt").read_text("utf-8")
    assert "[console_scripts]" in text
    assert "landmark-desktop = landmark_desktop.__main__:main" in text
    assert "landmark-trainer = trainer.cli:main" in text
    assert "[gui_scripts]" in text


def test_the_wheel_runs_without_torch_and_without_the_source_tree(unpacked: Path) -> None:
    result = run_alone(unpacked, "self-test", "--provider", "cpu")
    assert result.returncode == 0, result.stderr
    where, models, verdict = result.stdout.splitlines()
    assert Path(where).is_relative_to(unpacked)
    assert Path(models).is_relative_to(unpacked / "landmark_desktop" / "_resources")
    assert "runs on the CPU" in verdict


def test_the_window_of_the_wheel_can_be_imported(unpacked: Path) -> None:
    result = run_alone(unpacked, "--help")
    assert result.returncode == 0, result.stderr
    code = "import sys; sys.modules['torch'] = None; import landmark_desktop.app as app; print(app.__file__)"
    environment = {**os.environ, "PYTHONPATH": str(unpacked), "QT_QPA_PLATFORM": "offscreen"}
    imported = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env=environment,
        cwd=unpacked.parent,
    )
    assert Path(imported.stdout.strip()).is_relative_to(unpacked)


def virtual_environment(folder: Path) -> tuple[Path, Path]:
    """A new environment with pip; returns its programs and its packages."""
    venv.create(folder, with_pip=True)
    (packages,) = (
        folder.glob("lib/python*/site-packages") if sys.platform != "win32" else [folder / "Lib/site-packages"]
    )
    return folder / ("Scripts" if sys.platform == "win32" else "bin"), packages


def run_in(programs: Path, *command: object) -> subprocess.CompletedProcess[str]:
    """Run a program of an environment, far from the source tree."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
    return subprocess.run(
        [programs / str(command[0]), *map(str, command[1:])],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
        cwd=programs.parent,
    )


@pytest.mark.skipif("CI" not in os.environ, reason="takes a minute, and the whole of Qt from a registry")
def test_the_wheel_in_an_empty_environment_is_a_working_app(wheel: Path, tmp_path: Path) -> None:
    programs, packages = virtual_environment(tmp_path / "empty")
    installed = run_in(programs, "python", "-m", "pip", "install", "--quiet", f"{wheel}[cpu]")
    assert installed.returncode == 0, installed.stderr
    assert not (packages / "torch").exists()
    tested = run_in(programs, "landmark-desktop", "self-test")
    assert tested.returncode == 0, tested.stderr
    folder = tmp_path / "photos"
    photo(folder / "a photo.jpg")
    classified = run_in(
        programs, "landmark-desktop", "classify", folder, "--format", "csv", "--library", tmp_path / "l"
    )
    assert classified.returncode == 0, classified.stderr
    assert "a photo.jpg" in classified.stdout
    code = "import landmark_desktop.app as app; print(app.__file__)"
    imported = run_in(programs, "python", "-c", code)
    assert Path(imported.stdout.strip()).is_relative_to(packages), imported.stderr
    trainer = run_in(programs, "landmark-trainer", "--help")
    assert trainer.returncode == 0 or "[train]" in trainer.stderr


def test_the_wheel_with_its_extra_is_a_working_trainer(wheel: Path, tmp_path: Path) -> None:
    """Torch is taken from the environment of the tests, which has all that the extra names, as is checked."""
    programs, packages = virtual_environment(tmp_path / "trainer")
    (packages / "of_the_tests.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")
    installed = run_in(programs, "python", "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", wheel)
    assert installed.returncode == 0, installed.stderr
    (information,) = packages.glob("landmark_desktop-*.dist-info")
    named = [Requirement(text) for text in metadata.Distribution.at(information).requires or ()]
    asked = [each for each in named if each.marker is None or each.marker.evaluate({"extra": "train"})]
    assert {"torch", "torchvision", "onnx"} <= {each.name for each in asked}
    wrong = [str(each) for each in asked if metadata.version(each.name) not in each.specifier]
    assert wrong == []
    where = run_in(programs, "python", "-c", "import trainer; print(trainer.__file__)")
    assert Path(where.stdout.strip()).is_relative_to(packages), where.stderr
    shown = run_in(programs, "landmark-trainer", "inspect", "--model", "cnn", "--size", "64")
    assert shown.returncode == 0, shown.stderr
    assert "parameters" in shown.stdout
