"""What the operating system has to bring: shared libraries for Qt, a font, and a few programs.

Whether something is there is asked of the loader (``dlopen``), the file system or ``PATH``, never of a package
manager: that is what decides whether Qt starts, it is the same on every distribution, and it costs milliseconds.
Package managers come in only when something is missing. Standard library only, like the rest of the installer.
"""

import ctypes
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

DEBIAN = "debian"
FEDORA = "fedora"
ARCH = "arch"

INSTALL_COMMANDS: Mapping[str, str] = {
    DEBIAN: "sudo apt-get install -y --no-install-recommends",
    FEDORA: "sudo dnf install",
    ARCH: "sudo pacman -S --needed",
}
"""What a person types, by family of distributions."""


@dataclass(frozen=True, slots=True)
class Need:
    """One thing the system has to bring: its name as the check knows it, and the package of each family."""

    name: str
    debian: str
    fedora: str
    arch: str

    def package(self, family: str) -> str:
        """The package of this family of distributions. Raises KeyError for an unknown family."""
        return {DEBIAN: self.debian, FEDORA: self.fedora, ARCH: self.arch}[family]


# What `readelf -d` names as NEEDED and the wheel does not carry, over QtCore, QtGui, QtWidgets, QtSvg, QtNetwork and
# QtDBus of PySide6-Essentials and their xcb, wayland and offscreen plugins. libc, libstdc++ and libz come with Python.
QT_LIBRARIES: tuple[Need, ...] = (
    Need("libEGL.so.1", "libegl1", "libglvnd-egl", "libglvnd"),
    Need("libGL.so.1", "libgl1", "libglvnd-glx", "libglvnd"),
    Need("libX11.so.6", "libx11-6", "libX11", "libx11"),
    Need("libX11-xcb.so.1", "libx11-xcb1", "libX11-xcb", "libx11"),
    Need("libdbus-1.so.3", "libdbus-1-3", "dbus-libs", "dbus"),
    Need("libfontconfig.so.1", "libfontconfig1", "fontconfig", "fontconfig"),
    Need("libfreetype.so.6", "libfreetype6", "freetype", "freetype2"),
    Need("libglib-2.0.so.0", "libglib2.0-0", "glib2", "glib2"),
    Need("libgssapi_krb5.so.2", "libgssapi-krb5-2", "krb5-libs", "krb5"),
    Need("libgthread-2.0.so.0", "libglib2.0-0", "glib2", "glib2"),
    Need("libwayland-client.so.0", "libwayland-client0", "libwayland-client", "wayland"),
    Need("libwayland-cursor.so.0", "libwayland-cursor0", "libwayland-cursor", "wayland"),
    Need("libwayland-egl.so.1", "libwayland-egl1", "libwayland-egl", "wayland"),
    Need("libxcb.so.1", "libxcb1", "libxcb", "libxcb"),
    Need("libxcb-cursor.so.0", "libxcb-cursor0", "xcb-util-cursor", "xcb-util-cursor"),
    Need("libxcb-glx.so.0", "libxcb-glx0", "libxcb", "libxcb"),
    Need("libxcb-icccm.so.4", "libxcb-icccm4", "xcb-util-wm", "xcb-util-wm"),
    Need("libxcb-image.so.0", "libxcb-image0", "xcb-util-image", "xcb-util-image"),
    Need("libxcb-keysyms.so.1", "libxcb-keysyms1", "xcb-util-keysyms", "xcb-util-keysyms"),
    Need("libxcb-randr.so.0", "libxcb-randr0", "libxcb", "libxcb"),
    Need("libxcb-render.so.0", "libxcb-render0", "libxcb", "libxcb"),
    Need("libxcb-render-util.so.0", "libxcb-render-util0", "xcb-util-renderutil", "xcb-util-renderutil"),
    Need("libxcb-shape.so.0", "libxcb-shape0", "libxcb", "libxcb"),
    Need("libxcb-shm.so.0", "libxcb-shm0", "libxcb", "libxcb"),
    Need("libxcb-sync.so.1", "libxcb-sync1", "libxcb", "libxcb"),
    Need("libxcb-util.so.1", "libxcb-util1", "xcb-util", "xcb-util"),
    Need("libxcb-xfixes.so.0", "libxcb-xfixes0", "libxcb", "libxcb"),
    Need("libxcb-xkb.so.1", "libxcb-xkb1", "libxcb", "libxcb"),
    Need("libxkbcommon.so.0", "libxkbcommon0", "libxkbcommon", "libxkbcommon"),
    Need("libxkbcommon-x11.so.0", "libxkbcommon-x11-0", "libxkbcommon-x11", "libxkbcommon-x11"),
    Need("libzstd.so.1", "libzstd1", "libzstd", "zstd"),
)
FONT = Need("a font", "fonts-dejavu-core", "dejavu-sans-fonts", "ttf-dejavu")
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")
EXIFTOOL = Need("exiftool", "libimage-exiftool-perl", "perl-Image-ExifTool", "perl-image-exiftool")
"""The independent witness of the metadata tests."""
OBJDUMP = Need("objdump", "binutils", "binutils", "binutils")
"""PyInstaller reads with it which libraries a binary needs."""


def loads(soname: str) -> bool:
    """True if the dynamic loader finds this shared library."""
    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True


def font_found(folders: Iterable[str] = FONT_FOLDERS) -> bool:
    """True if there is at least one TrueType or OpenType font where fontconfig looks by default."""
    for folder in folders:
        for _root, _folders, files in os.walk(Path(folder).expanduser()):
            if any(name.lower().endswith((".ttf", ".otf", ".ttc")) for name in files):
                return True
    return False


def missing_for_window() -> list[Need]:
    """What the window lacks on this system; always empty on Windows and macOS, where the wheels carry everything."""
    if not sys.platform.startswith("linux"):
        return []
    missing = [library for library in QT_LIBRARIES if not loads(library.name)]
    return missing if font_found() else [*missing, FONT]


def missing_programs(programs: Iterable[Need]) -> list[Need]:
    """Those of the programs that are not on ``PATH``."""
    return [program for program in programs if shutil.which(program.name) is None]


def linux_family(os_release: Path = Path("/etc/os-release")) -> str | None:
    """``debian`` (with Ubuntu, Mint, …), ``fedora`` or ``arch``; None elsewhere."""
    try:
        lines = os_release.read_text("utf-8").splitlines()
    except OSError:
        return None
    values = dict(line.split("=", 1) for line in lines if "=" in line)
    names = f"{values.get('ID', '')} {values.get('ID_LIKE', '')}".replace('"', "").split()
    if "ubuntu" in names:
        return DEBIAN
    return next((name for name in names if name in INSTALL_COMMANDS), None)


def packages(needs: Iterable[Need], family: str) -> list[str]:
    """The packages of a family that bring all needs, each once, in alphabetical order."""
    return sorted({need.package(family) for need in needs})


def remedy(needs: Sequence[Need], family: str | None) -> str:
    """The exact command that brings the needs, or, on an unknown system, what to look for."""
    if family is None:
        return "Install the packages that bring: " + ", ".join(need.name for need in needs)
    return f"{INSTALL_COMMANDS[family]} {shlex.join(packages(needs, family))}"


def apt_prefix() -> list[str] | None:
    """How apt may be called here: directly as root, through a sudo that asks no password, or None: not at all."""
    if shutil.which("apt-get") is None:
        return None
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") is None:
        return None
    answer = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
    return ["sudo", "-n"] if answer.returncode == 0 else None


def apt_install(names: Sequence[str], prefix: Sequence[str]) -> bool:
    """Install Debian packages; True if apt said it worked. Lists are fetched first, fresh machines have none."""
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q"]
    for command in ([*apt, "update"], [*apt, "install", "-y", "--no-install-recommends", *names]):
        print("+", shlex.join(command), flush=True)
        if subprocess.run(command, check=False).returncode != 0:
            return False
    return True


def provide(needs: Sequence[Need], purpose: str) -> bool:
    """Install what is missing where that is allowed, else print the exact command; True if nothing is missing now.

    ``purpose`` completes the sentence "… is needed for …".
    """
    if not needs:
        return True
    family = linux_family()
    if family == DEBIAN:
        prefix = apt_prefix()
        if prefix is not None and apt_install(packages(needs, DEBIAN), prefix):
            return True
    names = ", ".join(need.name for need in needs)
    print(
        f"Missing on this system, needed for {purpose}: {names}.\nThe remedy:\n    {remedy(needs, family)}", flush=True
    )
    return False
