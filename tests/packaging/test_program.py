"""The program starts from nothing but its interpreter: no torch is imported, and what can wait is imported later."""

import subprocess
import sys

import pytest


def run(code: str) -> str:
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return result.stdout.strip()


def test_neither_window_nor_command_line_imports_torch() -> None:
    code = (
        "import sys, landmark_desktop.__main__, landmark_desktop.app;"
        "print([name for name in ('torch', 'torchvision', 'onnx', 'trainer') if name in sys.modules])"
    )
    assert run(code) == "[]"


@pytest.mark.skipif(sys.platform != "win32", reason="elsewhere the order is free")
def test_onnx_runtime_is_imported_before_qt() -> None:
    code = (
        "import sys, landmark_desktop.__main__;"
        "names = list(sys.modules);"
        "qt = [index for index, name in enumerate(names) if name.startswith('PySide6')];"
        "print('onnxruntime' in names and (not qt or names.index('onnxruntime') < min(qt)))"
    )
    assert run(code) == "True"


@pytest.mark.skipif(sys.platform == "win32", reason="there ONNX Runtime has to come before Qt")
def test_the_window_waits_neither_for_onnx_runtime_nor_for_commands() -> None:
    code = (
        "import sys, landmark_desktop.__main__, landmark_desktop.app;"
        "print([name for name in ('onnxruntime', 'landmark_desktop.cli', 'tqdm') if name in sys.modules])"
    )
    assert run(code) == "[]"


def test_the_window_does_not_wait_for_what_reads_photos() -> None:
    code = (
        "import sys, landmark_desktop.__main__, landmark_desktop.app;"
        "late = ('exiv2', 'PIL.ImageFile', 'landmark_desktop.metadata.reader', 'landmark_desktop.imaging.stills');"
        "print([name for name in late if name in sys.modules])"
    )
    assert run(code) == "[]"


@pytest.mark.skipif(sys.platform == "win32", reason="there ONNX Runtime has to come before Qt")
def test_the_model_computes_in_a_process_that_has_loaded_all_of_qt_before() -> None:
    code = (
        "import PySide6.QtCore, PySide6.QtGui, PySide6.QtWidgets, sys;"
        "assert 'onnxruntime' not in sys.modules;"
        "from landmark_desktop.__main__ import main; sys.exit(main(['self-test']))"
    )
    run(code)  # a failed self-test ends with another exit code, which raises


def test_the_command_line_needs_no_gui_libraries() -> None:
    code = (
        "import sys, landmark_desktop.__main__;"
        "print([name for name in ('PySide6.QtGui', 'PySide6.QtWidgets') if name in sys.modules])"
    )
    assert run(code) == "[]"
