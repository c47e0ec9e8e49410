"""Making what is handed out: origins of files, licences, list of parts, archives, checksums."""

import datetime
import json
import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from tools import dist, dist_deb, dist_inventory
from tools.build_contents import CPU, GPU
from tools.dist_inventory import Component, UnknownOriginError, inventory, normalised
from tools.dist_licences import MissingLicenceError, write_licences
from tools.dist_sbom import sbom

linux = pytest.mark.skipif(sys.platform != "linux", reason="what is handed out for Linux")


@pytest.fixture
def build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder like a build: our program, a file of NumPy's, and one of Python's."""
    folder = tmp_path / "landmark-desktop"
    files = dist_inventory.metadata.distribution("numpy").files or ()
    numpy_file = next(
        str(path) for path in files if "_multiarray_umath" in path.name and path.suffix in (".so", ".pyd")
    )
    for name in ("landmark-desktop", "_internal/python3.11/lib-dynload/math.so", f"_internal/{numpy_file}"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(name.encode())
    monkeypatch.setattr(dist_inventory, "modules_of", lambda _: ["tqdm.std", "landmark_desktop.app", "json"])
    return folder


def test_every_file_has_one_origin(build: Path) -> None:
    found = {component.name: component for component in inventory(build)}
    assert set(found) == {"landmark-desktop", "Python", "numpy", "tqdm", "pyinstaller"}
    assert found["landmark-desktop"].files == ["landmark-desktop"]
    assert len(found["numpy"].files) == 1
    assert found["tqdm"].files == []  # a module inside the program
    assert found["numpy"].purl.startswith("pkg:pypi/numpy@")
    assert all(component.texts for component in found.values())


def test_a_file_without_an_origin_ends_it(build: Path) -> None:
    (build / "_internal" / "libmystery.so.1").touch()
    with pytest.raises(UnknownOriginError, match=r"libmystery\.so\.1"):
        inventory(build)


def test_names_of_distributions_are_compared_as_pypi_does() -> None:
    assert normalised("PySide6_Essentials") == normalised("pyside6-essentials")


def test_licences_are_texts_and_a_table(build: Path) -> None:
    components = inventory(build)
    folder = write_licences(components, build)
    table = (folder / "README.md").read_text("utf-8")
    assert all(f"| {component.name} | {component.version} |" in table for component in components)
    assert "GNU GENERAL PUBLIC LICENSE" in (folder / "Landmark Desktop" / "LICENSE").read_text("utf-8")
    numpys = [path for path in (folder / "numpy").iterdir() if path.is_file()]
    assert len(numpys) > 1  # its own, and those of what it has inside
    write_licences(components, build)  # a second time makes the same
    assert sorted((folder / "numpy").iterdir()) == sorted(numpys)


def test_a_component_without_a_text_ends_it(build: Path) -> None:
    with pytest.raises(MissingLicenceError, match="mystery 1"):
        write_licences([Component("mystery", "1", "MIT", texts=(build / "nowhere",))], build)


def test_the_list_of_parts_names_software_and_files(build: Path) -> None:
    components = inventory(build)
    numpy = next(component for component in components if component.name == "numpy")
    numpy.parts.append(Component("OpenBLAS", "", "BSD-3-Clause"))
    document = json.loads(sbom(components, build))
    assert document["metadata"]["component"]["name"] == "landmark-desktop"
    entries = {entry["name"]: entry for entry in document["components"]}
    assert {"Python", "numpy", "tqdm"} <= set(entries)
    (library,) = [part for part in entries["numpy"]["components"] if part["type"] == "file"]
    assert library["name"] == numpy.files[0]
    assert len(library["hashes"][0]["content"]) == 64
    assert any(part["name"] == "OpenBLAS" for part in entries["numpy"]["components"])


def test_archives_are_named_by_version_system_and_special_flavour() -> None:
    assert dist.stem(CPU).startswith(f"landmark-desktop-{dist.__version__}-")
    assert dist.stem(GPU) == f"{dist.stem(CPU)}-gpu"


def test_the_day_of_a_release_can_be_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert dist.release_date() == datetime.date(1970, 1, 2)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A program, a link to it, and a folder."""
    folder = tmp_path / "program"
    (folder / "inside").mkdir(parents=True)
    (folder / "run").write_text("#!/bin/sh\n", "utf-8")
    (folder / "run").chmod(0o755)
    (folder / "run-cli").symlink_to("run")
    (folder / "inside" / "data").write_bytes(bytes(1000))
    return folder


@linux
def test_the_archive_for_linux_keeps_links_and_rights_and_belongs_to_root(folder: Path, tmp_path: Path) -> None:
    archive = dist.tar_archive(folder, "program-1", tmp_path / "program-1", 1)
    assert archive.name == "program-1.tar.xz"
    with tarfile.open(archive) as tar:
        entries = {entry.name: entry for entry in tar}
    assert set(entries) == {f"program-1{name}" for name in ("", "/run", "/run-cli", "/inside", "/inside/data")}
    assert entries["program-1/run-cli"].linkname == "run"
    assert entries["program-1/run"].mode & 0o111
    assert {(entry.uid, entry.uname) for entry in entries.values()} == {(0, "root")}


@linux
def test_the_archive_for_macos_keeps_links(folder: Path, tmp_path: Path) -> None:
    archive = dist.zip_archive(folder, "Program.app", tmp_path / "program", 1)
    target = tmp_path / "unpacked"
    with zipfile.ZipFile(archive) as packed:
        link = packed.getinfo("Program.app/run-cli")
        assert (link.external_attr >> 16) & 0o170000 == 0o120000
        assert packed.read(link) == b"run"
        assert packed.getinfo("Program.app/run").external_attr >> 16 & 0o111
        packed.extractall(target)
    assert (target / "Program.app" / "inside" / "data").read_bytes() == bytes(1000)


def test_on_macos_the_signed_bundle_stays_as_it_is_and_licences_lie_beside_it(tmp_path: Path) -> None:
    bundle, build = tmp_path / "Landmark Desktop.app", tmp_path / "landmark-desktop"
    (bundle / "Contents").mkdir(parents=True)
    (bundle / "Contents" / "Info.plist").write_text("<plist/>", "utf-8")
    (build / "licences").mkdir(parents=True)
    (build / "licences" / "README.md").write_text("# What is inside", "utf-8")
    (build / "sbom.cdx.json").write_text("{}", "utf-8")
    stage = dist.beside_the_bundle(tmp_path, build, tmp_path / "stage")
    found = {path.relative_to(stage).as_posix() for path in stage.rglob("*") if path.is_file()}
    assert found == {"Landmark Desktop.app/Contents/Info.plist", "licences/README.md", "sbom.cdx.json"}
    assert dist.beside_the_bundle(tmp_path, build, tmp_path / "stage") == stage  # over what was there


@linux
def test_checksums_are_read_by_sha256sum(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt"):
        (tmp_path / name).write_text(name, "utf-8")
    sums = dist.write_sums([tmp_path / "b.txt", tmp_path / "a.txt"], tmp_path)
    subprocess.run(["sha256sum", "--check", "--quiet", sums.name], cwd=tmp_path, check=True)
    (tmp_path / "a.txt").write_text("changed", "utf-8")
    again = subprocess.run(
        ["sha256sum", "--check", "--quiet", sums.name], cwd=tmp_path, capture_output=True, check=False
    )
    assert again.returncode != 0


@linux
def test_what_a_library_needs_is_read_from_its_head(tmp_path: Path) -> None:
    inside = tmp_path / "_internal"
    inside.mkdir()
    source = tmp_path / "x.c"
    source.write_text(
        '#include <math.h>\n#include <stdio.h>\ndouble f(double x) { puts("x"); return pow(x, x); }\n', "utf-8"
    )
    subprocess.run(["gcc", "-shared", "-fPIC", "-o", inside / "libx.so", source, "-lm"], check=True)
    assert dist_deb.needed(tmp_path) == {"libm.so.6": {"_internal/libx.so"}, "libc.so.6": {"_internal/libx.so"}}
    (inside / "libm.so.6").touch()  # brought along: not needed from the system
    assert set(dist_deb.needed(tmp_path)) == {"libc.so.6"}
    major, minor = dist_deb.newest_glibc(tmp_path)
    assert (major, minor) >= (2, 2)


@pytest.mark.skipif(not Path("/var/lib/dpkg/status").exists(), reason="Debian's packages are asked")
def test_the_package_depends_on_what_brings_the_libraries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    theme = {"_internal/PySide6/Qt/plugins/platformthemes/libqgtk3.so"}
    wanted = {"libc.so.6": {"landmark-desktop"}, "libnowhere.so.9": theme}
    monkeypatch.setattr(dist_deb, "needed", lambda _: wanted)
    monkeypatch.setattr(dist_deb, "newest_glibc", lambda _: (2, 31))
    assert dist_deb.relations(tmp_path) == (["libc6 (>= 2.31)"], [])
    wanted["libnowhere.so.9"] = {"landmark-desktop"}
    with pytest.raises(dist_deb.PackageError, match="libnowhere"):
        dist_deb.relations(tmp_path)


@pytest.mark.skipif(not Path("/var/lib/dpkg/status").exists(), reason="Debian's packages are asked")
def test_the_packages_description_is_what_debian_reads(tmp_path: Path) -> None:
    text = dist_deb.control(["libc6 (>= 2.31)", "libegl1"], ["libgtk-3-0"], 300_000)
    fields = {line.split(":")[0] for line in text.splitlines() if not line.startswith(" ")}
    assert {"Package", "Version", "Architecture", "Maintainer", "Depends", "Description"} <= fields
    assert "Depends: libc6 (>= 2.31), libegl1\n" in text
    (tmp_path / "DEBIAN").mkdir()
    (tmp_path / "DEBIAN" / "control").write_text(text, "utf-8")
    package = tmp_path.parent / f"{os.getpid()}.deb"
    subprocess.run(["dpkg-deb", "--build", "-Znone", tmp_path, package], check=True, capture_output=True)
    package.unlink()
