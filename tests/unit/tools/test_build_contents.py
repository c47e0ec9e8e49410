"""What goes into a build: the rules of names, links for what is there twice, and symbols that are taken away."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from landmark_desktop.core.languages import languages
from tools.build_contents import CPU, GPU, choose, link_duplicates, segments_aligned, strip_symbols, wanted

WHEEL = "/home/you/.venv/lib/python3.11/site-packages/"


@pytest.mark.parametrize(
    "name",
    [
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/Qt/plugins/platforms/libqwayland.so",
        "PySide6/Qt/plugins/platforms/libqoffscreen.so",
        "PySide6/plugins/platforms/qwindows.dll",
        "PySide6/Qt/plugins/platformthemes/libqgtk3.so",
        "PySide6/Qt/plugins/platforminputcontexts/libibusplatforminputcontextplugin.so",
        "PySide6/Qt/plugins/imageformats/libqjpeg.so",
        "PySide6/Qt/plugins/xcbglintegrations/libqxcb-glx-integration.so",
        "PySide6/Qt/lib/libQt6Network.so.6",
        "PySide6/Qt/translations/qtbase_en.qm",
        "landmark_desktop/_resources/i18n/landmark_desktop_en.qm",
        "onnxruntime/capi/libonnxruntime_providers_shared.so",
        "rapidfuzz/distance/metrics_cpp.cpython-311-x86_64-linux-gnu.so",
        "rapidfuzz/process_cpp_impl.cpython-311-x86_64-linux-gnu.so",
    ],
)
def test_what_users_need_is_in(name: str) -> None:
    assert wanted(name, WHEEL + name, CPU)


@pytest.mark.parametrize(
    "name",
    [
        "PySide6/Qt/plugins/platforms/libqeglfs.so",
        "PySide6/Qt/plugins/tls/libqopensslbackend.so",
        "PySide6/Qt/plugins/platforminputcontexts/libqtvirtualkeyboardplugin.so",
        "PySide6/Qt/lib/libQt6Quick.so.6",
        "PySide6/Qt/lib/libQt6WebEngineCore.so.6",
        "PySide6/Qt6Qml.dll",
        "PySide6/Qt/translations/qtbase_ja.qm",
        "exiv2/locale/ru/LC_MESSAGES/exiv2.mo",
        "exiv2/examples/__init__.py",
        "numpy/tests/test_core.py",
        "landmark_desktop/_resources/i18n/landmark_desktop_en.ts",
        "onnxruntime/capi/libonnxruntime_providers_tensorrt.so",
        "libcudart.so.13",
        "rapidfuzz/fuzz_cpp.cpython-311-x86_64-linux-gnu.so",
        "rapidfuzz/fuzz_cpp_avx2.cp311-win_amd64.pyd",
        "rapidfuzz/distance/metrics_cpp_avx2.cpython-311-x86_64-linux-gnu.so",
    ],
)
def test_what_nobody_needs_is_out(name: str) -> None:
    assert not wanted(name, WHEEL + name, GPU)


def test_the_texts_of_libraries_are_in_for_the_languages_that_the_program_speaks() -> None:
    for code in languages():
        for name in (f"PySide6/Qt/translations/qtbase_{code}.qm", f"exiv2/locale/{code}/LC_MESSAGES/exiv2.mo"):
            assert wanted(name, WHEEL + name, CPU), name


def test_the_part_for_cuda_is_only_in_the_build_for_cuda() -> None:
    name = "onnxruntime/capi/libonnxruntime_providers_cuda.so"
    assert wanted(name, WHEEL + name, GPU)
    assert not wanted(name, WHEEL + name, CPU)


def test_of_the_systems_libraries_only_those_are_in_that_desktops_may_lack() -> None:
    system = "/lib/x86_64-linux-gnu/"
    for name in ("libxcb-cursor.so.0", "libxkbcommon-x11.so.0", "libffi.so.8", "libpython3.11.so.1.0"):
        assert wanted(name, system + name, CPU), name
    for name in ("libgtk-3.so.0", "libglib-2.0.so.0", "libstdc++.so.6", "libm.so.6", "libmvec.so.1", "libX11.so.6"):
        assert not wanted(name, system + name, CPU), name
    assert wanted("libscipy_openblas64_.so", WHEEL + "numpy.libs/libscipy_openblas64_.so", CPU)


def test_links_to_what_is_left_out_are_left_out() -> None:
    entries = [
        ("PySide6/Qt/lib/libQt6Core.so.6", WHEEL + "PySide6/Qt/lib/libQt6Core.so.6", "BINARY"),
        ("libQt6Core.so.6", "PySide6/Qt/lib/libQt6Core.so.6", "SYMLINK"),
        ("PySide6/Qt/lib/libQt6Qml.so.6", WHEEL + "PySide6/Qt/lib/libQt6Qml.so.6", "BINARY"),
        ("libQt6Qml.so.6", "PySide6/Qt/lib/libQt6Qml.so.6", "SYMLINK"),
    ]
    assert choose(entries, CPU) == entries[:2]


def test_a_library_that_is_there_thrice_becomes_one_and_two_links(tmp_path: Path) -> None:
    for name in ("libraw_r.so", "libraw_r.so.25", "libraw_r.so.25.0.0", "other.so"):
        (tmp_path / name).write_bytes(b"other" if name == "other.so" else b"the same")
    entries = [(f"rawpy/{path.name}", str(path), "BINARY") for path in tmp_path.iterdir()]
    linked = {name: (source, code) for name, source, code in link_duplicates(entries)}
    assert linked["rawpy/libraw_r.so"] == ("libraw_r.so.25.0.0", "SYMLINK")
    assert linked["rawpy/libraw_r.so.25"] == ("libraw_r.so.25.0.0", "SYMLINK")
    assert linked["rawpy/libraw_r.so.25.0.0"] == (str(tmp_path / "libraw_r.so.25.0.0"), "BINARY")
    assert linked["rawpy/other.so"][1] == "BINARY"


def test_the_same_in_another_folder_or_as_data_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "a.so").write_bytes(b"the same")
    (tmp_path / "b.so").write_bytes(b"the same")
    entries = [
        ("one/a.so", str(tmp_path / "a.so"), "BINARY"),
        ("one/b.txt", str(tmp_path / "b.so"), "DATA"),
        ("two/b.so", str(tmp_path / "b.so"), "BINARY"),
    ]
    assert link_duplicates(entries) == entries


@pytest.mark.skipif(sys.platform != "linux" or shutil.which("gcc") is None, reason="makes a library with gcc")
def test_symbols_are_taken_from_copies_and_a_spoilt_copy_is_not_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "x.c"
    source.write_text("static int hidden_name(int n) { return n + 1; } int shown(int n) { return hidden_name(n); }\n")
    library = tmp_path / "x.so"
    subprocess.run(["gcc", "-g", "-shared", "-fPIC", "-o", library, source], check=True)
    before = library.read_bytes()
    entries = [("a/x.so", str(library), "BINARY"), ("x.c", str(source), "DATA")]
    ((_, copy, _), data) = strip_symbols(entries, tmp_path / "stripped")
    assert data == entries[1]
    assert Path(copy).stat().st_size < len(before)
    assert b"hidden_name" in before
    assert b"hidden_name" not in Path(copy).read_bytes()
    assert library.read_bytes() == before
    assert segments_aligned(library)

    monkeypatch.setattr("tools.build_contents.segments_aligned", lambda _: False)
    assert strip_symbols(entries, tmp_path / "again") == entries
