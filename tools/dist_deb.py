"""The Debian package of a Linux build, made with ``dpkg-deb``."""

import re
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from landmark_desktop import __version__
from tools.build_check import files_of
from tools.build_platforms import PUBLISHER, SUMMARY

NAME: Final = "landmark-desktop"
_ELF: Final = b"\x7fELF"
_OF_THE_LOADER: Final = re.compile(r"ld-linux.*|linux-vdso.*")
_FOR_A_DESKTOP_OF_ITS_OWN: Final = re.compile(
    r"/plugins/(?:platformthemes|wayland-)|/platforms/\S*wayland|WaylandClient"
)
"""Parts of Qt that only some desktops load, which bring along what these need: recommended, not required."""

DESCRIPTION: Final = f"""\
Description: {SUMMARY}
 You open a folder. A neural network looks at every photo, on this computer, and
 says which landmark it shows and how sure it is, or that it shows none it knows.
 You go through the guesses with a few keys. What you accept is written into
 standard metadata, where other photo programs find it.
 .
 The program opens no network connection, never changes pixels, and can undo
 everything that it wrote."""


class PackageError(Exception):
    """The package cannot be made here; the text says why."""


def is_elf(path: Path) -> bool:
    """True for programs and libraries of Linux."""
    with path.open("rb") as file:
        return file.read(4) == _ELF


def needed(build: Path) -> dict[str, set[str]]:
    """The libraries that the files of a build need and that are not in it, each with the files that need it."""
    inside = {path.name for path in (build / "_internal").rglob("*.so*")}
    wanted: dict[str, set[str]] = {}
    for name, _ in files_of(build):
        if not is_elf(build / name):
            continue
        shown = subprocess.run(["readelf", "-dW", build / name], capture_output=True, text=True, check=True).stdout
        for library in re.findall(r"\(NEEDED\).*\[(.+)\]", shown):
            if library not in inside and not _OF_THE_LOADER.fullmatch(library):
                wanted.setdefault(library, set()).add(name)
    return wanted


def newest_glibc(build: Path) -> tuple[int, int]:
    """The oldest version of the GNU C library that a build runs with."""
    newest = (0, 0)
    for name, _ in files_of(build):
        if is_elf(build / name):
            shown = subprocess.run(["readelf", "-VW", build / name], capture_output=True, text=True, check=True).stdout
            versions = re.findall(r"Name: GLIBC_(\d+)\.(\d+)", shown)
            newest = max([newest, *((int(major), int(minor)) for major, minor in versions)])
    return newest


def package_of(library: str) -> str:
    """The Debian package that brings a library on this system.

    Raises:
        PackageError: no package does.
    """
    shown = subprocess.run(["/sbin/ldconfig", "-p"], capture_output=True, text=True, check=True).stdout
    for path in re.findall(rf"^\s*{re.escape(library)} .*=> (.+)$", shown, re.MULTILINE):
        for candidate in (path, str(Path(path).resolve()), path.removeprefix("/usr"), f"/usr{path}"):
            answer = subprocess.run(["dpkg", "-S", candidate], capture_output=True, text=True, check=False)
            if answer.returncode == 0:
                return answer.stdout.split(":")[0]
    raise PackageError(f"no Debian package on this system brings {library}")


def relations(build: Path) -> tuple[list[str], list[str]]:
    """The packages that a build depends on, and those that are recommended, each in alphabetical order.

    Raises:
        PackageError: a library that is needed comes from no package.
    """
    depends: set[str] = set()
    recommends: set[str] = set()
    for library, files in needed(build).items():
        only_some = all(_FOR_A_DESKTOP_OF_ITS_OWN.search(name) for name in files)
        try:
            (recommends if only_some else depends).add(package_of(library))
        except PackageError:
            if not only_some:
                raise
    major, minor = newest_glibc(build)
    depends = {f"libc6 (>= {major}.{minor})" if name == "libc6" else name for name in depends}
    return sorted(depends), sorted(recommends - depends)


def architecture() -> str:
    """Debian's name of this machine's architecture."""
    return subprocess.run(["dpkg", "--print-architecture"], capture_output=True, text=True, check=True).stdout.strip()


def control(depends: Iterable[str], recommends: Iterable[str], installed_kb: int) -> str:
    """The file that tells Debian what the package is."""
    lines = [
        f"Package: {NAME}",
        f"Version: {__version__}",
        f"Architecture: {architecture()}",
        f"Maintainer: {PUBLISHER} <maintainers@landmark-desktop.invalid>",
        f"Installed-Size: {installed_kb}",
        f"Depends: {', '.join(depends)}",
        f"Recommends: {', '.join((*recommends, 'xkb-data', 'fonts-dejavu-core | fonts-noto-core'))}",
        "Section: graphics",
        "Priority: optional",
    ]
    return "\n".join([*lines, DESCRIPTION, ""])


def build_package(build: Path, target: Path, work: Path, level: int) -> Path:
    """Make the package of a build (with ``licences/`` and ``share/`` in it) in the folder ``target``.

    Raises:
        PackageError: a library that is needed comes from no package.
        subprocess.CalledProcessError: ``dpkg-deb`` failed.
    """
    root = work / "deb"
    shutil.rmtree(root, ignore_errors=True)
    home = root / "usr" / "lib" / NAME
    shutil.copytree(build, home, symlinks=True)
    for name in ("install.sh", "uninstall.sh"):
        (home / name).unlink()
    shutil.move(home / "share", root / "usr" / "share")
    documents = root / "usr" / "share" / "doc" / NAME
    documents.mkdir(parents=True)
    shutil.move(home / "licences", documents / "licences")
    for name in ("README.txt", "sbom.cdx.json"):
        shutil.move(home / name, documents / name)
    shutil.copyfile(build / "licences" / "README.md", documents / "copyright")
    programs = root / "usr" / "bin"
    programs.mkdir()
    for name in (NAME, f"{NAME}-cli"):
        (programs / name).symlink_to(f"../lib/{NAME}/{name}")
    size = sum(size for _, size in files_of(root))
    (root / "DEBIAN").mkdir()
    (root / "DEBIAN" / "control").write_text(control(*relations(build), installed_kb=size // 1024), "utf-8")
    for path in root.rglob("*"):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
    package = target / f"{NAME}_{__version__}_{architecture()}.deb"
    command = ["dpkg-deb", "--root-owner-group", "-Zxz", f"-z{level}", "--build", str(root), str(package)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    shutil.rmtree(root)
    return package
