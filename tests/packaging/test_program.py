"""The program itself starts from nothing but its interpreter: no torch is imported, ONNX Runtime comes before Qt."""

import subprocess
import sys


def run(code: str) -> str:
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return result.stdout.strip()


def test_neither_window_nor_command_line_imports_torch() -> None:
    code = (
        "import sys, landmark_desktop.__main__, landmark_desktop.app;"
        "print([name for name in ('torch', 'torchvision', 'onnx', 'trainer') if name in sys.modules])"
    )
    assert run(code) == "[]"


def test_onnx_runtime_is_imported_before_qt() -> None:
    code = (
        "import sys, landmark_desktop.__main__;"
        "names = list(sys.modules);"
        "qt = [index for index, name in enumerate(names) if name.startswith('PySide6')];"
        "print(not qt or names.index('onnxruntime') < min(qt))"
    )
    assert run(code) == "True"


def test_the_command_line_needs_no_gui_libraries() -> None:
    code = (
        "import sys, landmark_desktop.__main__;"
        "print([name for name in ('PySide6.QtGui', 'PySide6.QtWidgets') if name in sys.modules])"
    )
    assert run(code) == "[]"
