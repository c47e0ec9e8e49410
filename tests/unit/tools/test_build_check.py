"""The look at a finished build: its parts, its bound, and what must not be in it."""

from pathlib import Path

import pytest

from tools import build_check
from tools.build_check import files_of, intruders, part_of, parts, problems
from tools.build_contents import CPU, GPU


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("landmark-desktop", "landmark-desktop"),
        ("_internal/libpython3.11.so.1.0", "libpython3.11.so.1.0"),
        ("_internal/libffi.so.8", "other files"),
        ("_internal/numpy.libs/libopenblas.so", "numpy"),
        ("_internal/numpy/_core/x.so", "numpy"),
        ("_internal/landmark_desktop/_resources/models/landmarks-79/model.onnx", "models"),
    ],
)
def test_files_belong_to_parts(name: str, part: str) -> None:
    assert part_of(name) == part


def test_parts_are_added_up_without_links(tmp_path: Path) -> None:
    (tmp_path / "_internal" / "numpy").mkdir(parents=True)
    (tmp_path / "_internal" / "numpy" / "a.so").write_bytes(bytes(10))
    (tmp_path / "_internal" / "numpy" / "b.so").symlink_to("a.so")
    (tmp_path / "_internal" / "x").write_bytes(bytes(5))
    assert parts(files_of(tmp_path)) == {"numpy": 10, "other files": 5}


@pytest.mark.parametrize(
    "module", ["torch", "torch.nn", "trainer.cli", "pytest", "ssl", "PySide6.QtQml", "PySide6.QtWebEngineCore", "onnx"]
)
def test_modules_that_must_stay_out_are_found(module: str) -> None:
    assert intruders([], ["landmark_desktop.app", "onnxruntime", "PySide6.QtWidgets", module], CPU) == [module]


@pytest.mark.parametrize(
    "name",
    [
        "_internal/torch/lib/libtorch_cpu.so",
        "_internal/PySide6/Qt/lib/libQt6Qml.so.6",
        "_internal/PySide6/Qt/lib/libQt6WebEngineCore.so.6",
        "_internal/numpy/tests/data.bin",
        "_internal/libgtk-3.so.0",
        "_internal/libm.so.6",
        "_internal/libcudart.so.13",
    ],
)
def test_files_that_must_stay_out_are_found(name: str) -> None:
    fine = ["landmark-desktop", "_internal/PySide6/Qt/lib/libQt6Core.so.6", "_internal/exiv2.libs/libssl-82.so.1.1.1k"]
    assert intruders([*fine, name], [], GPU) == [name]


def test_the_part_for_cuda_must_not_be_in_a_build_for_the_cpu() -> None:
    name = "_internal/onnxruntime/capi/libonnxruntime_providers_cuda.so"
    assert intruders([name], [], CPU) == [name]
    assert intruders([name], [], GPU) == []


def test_a_build_that_has_outgrown_its_bound_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(build_check, "modules_of", lambda _: [])
    (tmp_path / "large.bin").write_bytes(bytes(2_500_000))
    assert problems(tmp_path, CPU) == []
    assert "2.5 MB  other files" in capsys.readouterr().out
    monkeypatch.setitem(build_check.LIMIT_MB, CPU, 2)
    assert problems(tmp_path, CPU) == ["it has 2.5 MB, more than 2"]


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="loads libraries of Linux")
def test_a_library_that_does_not_load_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build_check, "modules_of", lambda _: [])
    (tmp_path / "_internal").mkdir()
    (tmp_path / "_internal" / "broken.so").write_bytes(b"\x7fELF and nothing else")
    (problem,) = problems(tmp_path, CPU)
    assert "broken.so" in problem
