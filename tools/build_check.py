"""Look at a finished build: ``python -m tools.build_check [dist/landmark-desktop] [--flavour cpu]``.

Prints how large it is and its biggest parts, and fails where it has outgrown its bound, where something got in that
must stay out (torch, tests, WebEngine, QML, …), or where a library in it does not load.
"""

import argparse
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from tools.build_contents import CPU, FLAVOURS, GPU

ROOT = Path(__file__).resolve().parent.parent
DEFAULT = ROOT / "dist" / "landmark-desktop"
MB: Final = 1_000_000
LIMIT_MB: Final = {CPU: 320, GPU: 610}
"""How large a build may be, unpacked, in MB. ONNX Runtime's part for CUDA takes 284 of the second."""
SHOWN_PARTS: Final = 12

FORBIDDEN_MODULES: Final = re.compile(
    r"(?:torch|torchvision|onnx|onnxscript|sympy|trainer|tests?|pytest|_pytest|hypothesis|mypy|matplotlib|scipy|IPython"
    r"|setuptools|pip|tkinter|ssl|onnxruntime\.(?:transformers|quantization|tools)"
    r"|PySide6\.Qt(?:Qml|Quick|WebEngine|Pdf|Sql|Test|Designer)\w*)(?:\..*)?|numpy\..*\.tests(?:\..*)?"
)
FORBIDDEN_FILES: Final = re.compile(
    r"Qt6?(?:Qml|Quick|WebEngine|Pdf|Sql|Test|Designer)|(?:^|/)(?:torch|trainer|tests?)/|libtorch"
    r"|(?:^|/)lib(?:gtk-3|gdk-3|glib-2\.0|stdc\+\+|gcc_s|c|m|mvec|GL|EGL|X11|wayland-\w+|ssl|crypto)\.so"
    r"|cudart|cudnn|cublas|providers_tensorrt"
)
"""Paths in a build that must not be. What of the system a Linux build leaves to the system is among them."""
FORBIDDEN_FOR_CPU: Final = re.compile(r"providers_cuda")

_LOAD = """
import ctypes, sys
for name in sys.stdin.read().split("\\0"):
    try:
        ctypes.CDLL(name)
    except OSError as error:
        print(error)
"""


def files_of(build: Path) -> Iterator[tuple[str, int]]:
    """Each file of a build with its size in bytes; links are none."""
    for folder, _, names in os.walk(build):
        for name in names:
            path = Path(folder, name)
            if not path.is_symlink():
                yield path.relative_to(build).as_posix(), path.stat().st_size


def part_of(name: str) -> str:
    """The part of the program that a file belongs to, for the table: its first folder, without what is one anyway."""
    first, _, rest = name.removeprefix("_internal/").removeprefix("landmark_desktop/_resources/").partition("/")
    if not rest:
        return first if first.startswith(("landmark-desktop", "libpython")) else "other files"
    return first.removesuffix(".libs")


def parts(files: Iterable[tuple[str, int]]) -> Counter[str]:
    """How many bytes each part has."""
    sizes: Counter[str] = Counter()
    for name, size in files:
        sizes[part_of(name)] += size
    return sizes


def modules_of(build: Path) -> list[str]:
    """The names of the Python modules inside the program of a build."""
    from PyInstaller.archive.readers import CArchiveReader

    program = build / ("landmark-desktop.exe" if sys.platform == "win32" else "landmark-desktop")
    archive = CArchiveReader(str(program))
    return [
        name for entry in archive.toc if entry.startswith("PYZ") for name in archive.open_embedded_archive(entry).toc
    ]


def intruders(files: Iterable[str], modules: Iterable[str], flavour: str) -> list[str]:
    """What is in a build and must not be."""
    found = [name for name in modules if FORBIDDEN_MODULES.fullmatch(name)]
    for name in files:
        if FORBIDDEN_FILES.search(name) or (flavour != GPU and FORBIDDEN_FOR_CPU.search(name)):
            found.append(name)
    return found


def unloadable(build: Path) -> list[str]:
    """The loader's complaints about the libraries of a Linux build, each loaded as the program would.

    Plugins of Qt are left out, because a theme's or an input method's may want what only its own desktop has, and so is
    ONNX Runtime's part for CUDA.
    """
    inside = build / "_internal"
    names = [
        str(build / name)
        for name, _ in files_of(build)
        if re.search(r"\.so(?:\.|$)", name) and not re.search(r"/plugins/|/stripped/|providers_", name)
    ]
    environment = {**os.environ, "LD_LIBRARY_PATH": str(inside)}
    answer = subprocess.run(
        [sys.executable, "-c", _LOAD],
        input="\0".join(names),
        capture_output=True,
        text=True,
        check=True,
        env=environment,
    )
    return answer.stdout.splitlines()


def problems(build: Path, flavour: str) -> list[str]:
    """What is wrong with a build, in sentences; prints its size and its biggest parts."""
    files = list(files_of(build))
    total = sum(size for _, size in files)
    print(f"{build.name} ({flavour}): {total / MB:.1f} MB in {len(files)} files, at most {LIMIT_MB[flavour]} MB")
    for part, size in parts(files).most_common(SHOWN_PARTS):
        print(f"  {size / MB:6.1f} MB  {part}")
    found = [
        f"{name} must not be in a build" for name in intruders((name for name, _ in files), modules_of(build), flavour)
    ]
    if total > LIMIT_MB[flavour] * MB:
        found.append(f"it has {total / MB:.1f} MB, more than {LIMIT_MB[flavour]}")
    if sys.platform == "linux":
        found += unloadable(build)
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; returns its exit status."""
    parser = argparse.ArgumentParser(prog="python -m tools.build_check", description=(__doc__ or "").split("\n")[0])
    parser.add_argument(
        "build", type=Path, nargs="?", default=DEFAULT, help="the folder (default: dist/landmark-desktop)"
    )
    parser.add_argument("--flavour", choices=FLAVOURS, default=os.environ.get("FLAVOUR") or CPU, help="which it is")
    options = parser.parse_args(arguments)
    found = problems(options.build, options.flavour)
    for problem in found:
        print(f"build: {problem}", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
