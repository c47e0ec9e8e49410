"""The wheel: what is in it, and that it runs alone, without torch and outside the source tree."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from landmark_desktop import __version__

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
