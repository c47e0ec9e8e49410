"""What of the collected files goes into a build: rules of names, without PyInstaller, for ``landmark_desktop.spec``.

An entry is PyInstaller's: where a file goes (relative to the build), where it comes from, and its type code. The
reasons are in ``docs/decisions/0046-what-a-build-contains.md``.
"""

import hashlib
import os
import posixpath
import re
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import Final

from landmark_desktop.core.languages import languages

Entry = tuple[str, str, str]

CPU, GPU = "cpu", "gpu"
FLAVOURS: Final = (CPU, GPU)
LANGUAGES: Final = languages()
"""The languages whose texts of Qt and Exiv2 are shipped: those that the program speaks."""

EXCLUDED_MODULES: Final = (
    # the trainer and its world
    *("trainer", "torch", "torchvision", "onnx", "onnxscript", "onnxslim", "matplotlib", "sympy", "scipy", "pandas"),
    # development
    *("pytest", "hypothesis", "mypy", "IPython", "setuptools", "pip", "tkinter", "numpy.f2py", "numpy.testing"),
    # of ONNX Runtime, what needs the above
    *("onnxruntime.quantization", "onnxruntime.transformers", "onnxruntime.tools", "onnxruntime.training"),
    # what libraries would take if it is there, and the program never asks for
    *("yaml", "charset_normalizer", "PIL.ImageTk", "PIL._tkinter_finder", "readline", "curses", "doctest", "pdb"),
    # a program that opens no network connection needs no OpenSSL; Python hashes without it, too
    *("ssl", "_ssl", "_hashlib"),
    # of Qt, what no window of ours is made of; QtNetwork's local sockets stay
    *("PySide6.QtQml", "PySide6.QtQuick", "PySide6.QtQuickWidgets", "PySide6.QtSql", "PySide6.QtTest"),
    *("PySide6.QtOpenGL", "PySide6.QtOpenGLWidgets", "PySide6.QtDesigner", "PySide6.QtHelp", "PySide6.QtUiTools"),
    *("PySide6.QtWebEngineCore", "PySide6.QtWebEngineWidgets", "PySide6.QtPdf", "PySide6.QtMultimedia"),
)
"""Python modules that never become part of a build."""

SHIPPED_SYSTEM_LIBRARIES: Final = re.compile(
    r"lib(?:python3.*|ffi|bz2|sqlite3|xcb-(?:cursor|icccm|image|keysyms|render-util|util|xkb)"
    r"|xkbcommon|xkbcommon-x11)\.so(?:\..*)?"
)
"""Libraries of the building system that Linux builds bring along: those that not every desktop has, or not under this
name. Whatever else is the system's comes from the user's system (GTK, glib, fontconfig, X11, Wayland, the C and C++
runtimes): graphics drivers and themes there need theirs, and two of one in a process do not get along."""
_SYSTEM_FOLDERS: Final = ("/lib/", "/lib64/", "/usr/lib/", "/usr/lib64/")

_UNUSED: Final = re.compile(
    r"""
    PySide6/(?:Qt/)?plugins/(?:designer|egldeviceintegrations|generic|networkinformation|printsupport|qmllint
        |qmltooling|sqldrivers|tls|vectorimageformats|wayland-graphics-integration-server)/
    | PySide6/(?:Qt/)?plugins/platforms/(?:lib)?q(?:eglfs|linuxfb|minimal|minimalegl|vkkhrdisplay|vnc)\.
    | PySide6/(?:Qt/)?plugins/platforminputcontexts/(?:lib)?qtvirtualkeyboard
    | PySide6/(?:Qt/)?plugins/imageformats/(?:lib)?qpdf\.
    | (?:^|/)(?:lib)?Qt6(?:EglFS|EglFs|Qml|Quick|VirtualKeyboard|Pdf|Sql|Test|Designer|WebEngine|ShaderTools)
    | exiv2/examples/ | \.hpp$ | \.pyi$ | /i18n/[^/]+\.ts$ | (?:^|/)tests?/
    | onnxruntime/(?:datasets|tools|transformers|quantization)/
    | rapidfuzz/(?:.*/)?(?:fuzz_cpp|metrics_cpp_(?:avx2|sse2))
    """,
    re.VERBOSE,
)
_TRANSLATION: Final = re.compile(r"PySide6/(?:Qt/)?translations/|exiv2/locale/")
_OUR_LANGUAGES: Final = re.compile(
    rf"translations/qt(?:base)?_(?:{'|'.join(LANGUAGES)})\.qm$|exiv2/locale/(?:{'|'.join(LANGUAGES)})/"
)
_CUDA_PROVIDER: Final = re.compile(r"onnxruntime_providers_cuda")
_TENSORRT_PROVIDER: Final = re.compile(r"onnxruntime_providers_tensorrt")
_CUDA_LIBRARY: Final = re.compile(
    r"(?:^|/)(?:lib)?(?:cublas|cudart|cudnn|cufft|cufile|cupti|curand|cusolver|cusparse|nccl|nvinfer|nvrtc|nvJitLink"
    r"|nvjitlink|nvonnxparser|nvshmem)[^/]*\.(?:so|dll)",
)
_PAGE: Final = 4096
_BINARY_TYPES: Final = ("BINARY", "EXTENSION")


def wanted(destination: str, source: str, flavour: str) -> bool:
    """True if a file belongs into a build of this flavour."""
    name = destination.replace(os.sep, "/")
    origin = source.replace(os.sep, "/")
    if _UNUSED.search(name) or (_TRANSLATION.search(name) and not _OUR_LANGUAGES.search(name)):
        return False
    if "/nvidia/" in origin or _CUDA_LIBRARY.search(name) or _TENSORRT_PROVIDER.search(name):
        return False
    if _CUDA_PROVIDER.search(name) and flavour != GPU:
        return False
    of_system = "/" not in name and name.startswith("lib") and origin.startswith(_SYSTEM_FOLDERS)
    return not of_system or SHIPPED_SYSTEM_LIBRARIES.fullmatch(name) is not None


def choose(entries: Iterable[Entry], flavour: str) -> list[Entry]:
    """The entries that belong into a build of this flavour; links that would lead nowhere are left out."""
    kept = [entry for entry in entries if entry[2] == "SYMLINK" or wanted(entry[0], entry[1], flavour)]
    there = {_posix(destination) for destination, _, _ in kept}
    return [entry for entry in kept if entry[2] != "SYMLINK" or _target(entry) in there]


def link_duplicates(entries: Iterable[Entry]) -> list[Entry]:
    """The same entries, where a library that lies in a folder more than once becomes links to one of them, the one with
    the longest name (a wheel cannot hold links, so that it has three whole ``libraw_r.so``)."""
    result: list[Entry] = []
    first: dict[str, str] = {}
    for entry in sorted(entries, key=lambda entry: (-len(entry[0]), entry[0])):
        destination, source, code = entry
        if code not in _BINARY_TYPES or ".so" not in destination:
            result.append(entry)
            continue
        original = first.setdefault(_digest(Path(source)), destination)
        if original == destination or posixpath.dirname(original) != posixpath.dirname(destination):
            result.append(entry)
        else:
            result.append((destination, posixpath.basename(original), "SYMLINK"))
    return sorted(result)


def strip_symbols(entries: Iterable[Entry], folder: Path) -> list[Entry]:
    """The same entries, with copies in ``folder`` in place of the libraries that hold symbols only debuggers read.

    Where ``auditwheel`` has moved the headers of a library about, ``strip`` may spoil it; such a copy is not taken.
    Without ``strip`` and ``readelf`` (binutils) nothing changes.
    """
    program = shutil.which("strip")
    if program is None or shutil.which("readelf") is None:
        return list(entries)
    result: list[Entry] = []
    for destination, source, code in entries:
        if code in _BINARY_TYPES and ".so" in destination:
            copy = folder / destination
            copy.parent.mkdir(parents=True, exist_ok=True)
            done = subprocess.run([program, "--strip-unneeded", "-o", copy, source], capture_output=True, check=False)
            if done.returncode == 0 and segments_aligned(copy) and copy.stat().st_size < Path(source).stat().st_size:
                result.append((destination, str(copy), code))
                continue
        result.append((destination, source, code))
    return result


def segments_aligned(library: Path) -> bool:
    """True if the loader can map a library: each segment has the same place within a page in the file and in memory."""
    answer = subprocess.run(["readelf", "-lW", library], capture_output=True, text=True, check=True).stdout
    segments = re.findall(r"^\s*LOAD\s+(0x[0-9a-f]+)\s+(0x[0-9a-f]+)", answer, re.MULTILINE)
    return bool(segments) and all((int(offset, 16) - int(address, 16)) % _PAGE == 0 for offset, address in segments)


def _posix(name: str) -> str:
    return str(PurePosixPath(name.replace(os.sep, "/")))


def _target(link: Entry) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(_posix(link[0])), _posix(link[1])))


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
