"""Make what is handed out of a finished build: ``python -m tools.dist [--level 6]``, or ``make dist``.

Into ``dist/``: an archive of the program (with an installer for one user on Linux), a Debian package where Debian's
tools are, the wheel, the list of parts, and the checksums of all. Licences and list of parts are in each of them, too.
"""

import argparse
import datetime
import hashlib
import os
import platform
import re
import shutil
import subprocess
import sys
import tarfile
import textwrap
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from landmark_desktop import __version__
from tools import dist_deb, system
from tools.build_contents import CPU
from tools.build_platforms import PROGRAM, desktop_mime_types
from tools.dist_inventory import inventory
from tools.dist_licences import FOLDER as LICENCES
from tools.dist_licences import write_licences
from tools.dist_sbom import NAME as SBOM
from tools.dist_sbom import write_sbom

ROOT: Final = Path(__file__).resolve().parent.parent
NAME: Final = "landmark-desktop"
DIST: Final = ROOT / "dist"
LINUX: Final = ROOT / "packaging" / "linux"
ICON_SIZES: Final = (16, 32, 48, 64, 128, 256, 512)
SUMS: Final = "SHA256SUMS"


def stem(flavour: str) -> str:
    """The name of an archive without its ending: program, version, system, machine, and the flavour that is special."""
    place = {"win32": "windows", "darwin": "macos"}.get(sys.platform, sys.platform)
    special = "" if flavour == CPU else f"-{flavour}"
    return f"{NAME}-{__version__}-{place}-{platform.machine().lower()}{special}"


def release_date() -> datetime.date:
    """Today, or the day of ``SOURCE_DATE_EPOCH`` for builds that are to come out the same twice."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    moment = float(epoch) if epoch else datetime.datetime.now(datetime.UTC).timestamp()
    return datetime.datetime.fromtimestamp(moment, datetime.UTC).date()


def readme(glibc: tuple[int, int], depends: Sequence[str]) -> str:
    """What the archive for Linux says for itself."""
    packages = textwrap.fill(" ".join(name.split()[0] for name in depends), 110, break_on_hyphens=False)
    packages = packages.replace("\n", " \\\n        ")
    return f"""\
Landmark Desktop {__version__}

Double-click `landmark-desktop`, or run ./install.sh to have it in your menu of programs (for you alone, in ~/.local;
./uninstall.sh takes it away again). For the command line there is `landmark-desktop-cli --help`.

It runs on Linux with glibc {glibc[0]}.{glibc[1]} or newer, on X11 and Wayland. If the window does not open, the system
lacks libraries that desktops have. On Debian and Ubuntu:

    sudo apt-get install --no-install-recommends {packages}

`landmark-desktop-cli info` tells what runs here, `landmark-desktop-cli self-test` whether it works. Licences of
everything inside are in licences/, and sbom.cdx.json lists it all for machines.
"""


def desktop_entry() -> str:
    """The menu entry, with the types of all photos."""
    return (LINUX / f"{NAME}.desktop").read_text("utf-8") + f"MimeType={desktop_mime_types()}\n"


def add_linux_files(build: Path) -> None:
    """Put into a build what a desktop on Linux wants beside the program: menu entry, metadata, icons, installer."""
    share = build / "share"
    shutil.rmtree(share, ignore_errors=True)
    (share / "applications").mkdir(parents=True)
    (share / "metainfo").mkdir()
    (share / "applications" / f"{NAME}.desktop").write_text(desktop_entry(), "utf-8")
    (metainfo,) = LINUX.glob("*.metainfo.xml")
    release = f'  <releases>\n    <release version="{__version__}" date="{release_date()}"/>\n  </releases>\n'
    text = metainfo.read_text("utf-8").replace("</component>", f"{release}</component>")
    (share / "metainfo" / metainfo.name).write_text(text, "utf-8")
    for size in ICON_SIZES:
        folder = share / "icons" / "hicolor" / f"{size}x{size}" / "apps"
        folder.mkdir(parents=True)
        shutil.copyfile(ROOT / "resources" / "icons" / f"{NAME}-{size}.png", folder / f"{NAME}.png")
    scalable = share / "icons" / "hicolor" / "scalable" / "apps"
    scalable.mkdir(parents=True)
    shutil.copyfile(ROOT / "resources" / "icons" / f"{NAME}.svg", scalable / f"{NAME}.svg")
    for name in ("install.sh", "uninstall.sh"):
        shutil.copy(LINUX / name, build / name)
    depends = sorted({need.debian for need in system.QT_LIBRARIES if need.name in dist_deb.needed(build)})
    (build / "README.txt").write_text(readme(dist_deb.newest_glibc(build), depends), "utf-8")


def tar_archive(folder: Path, inside: str, target: Path, level: int) -> Path:
    """Pack a folder as ``inside`` into a .tar.xz with all cores; owners are root, names are sorted."""

    def plain(entry: tarfile.TarInfo) -> tarfile.TarInfo:
        entry.uid = entry.gid = 0
        entry.uname = entry.gname = "root"
        return entry

    archive = target.with_name(target.name + ".tar.xz")
    with archive.open("wb") as file:
        packer = subprocess.Popen(["xz", f"-{level}", "-T0", "-c"], stdin=subprocess.PIPE, stdout=file)
        assert packer.stdin is not None
        with tarfile.open(fileobj=packer.stdin, mode="w|") as tar:
            tar.add(folder, inside, filter=plain)  # sorted by tarfile itself
        packer.stdin.close()
        if packer.wait() != 0:
            raise OSError(f"xz ended with {packer.returncode}")
    return archive


def zip_archive(folder: Path, inside: str, target: Path, level: int) -> Path:
    """Pack a folder as ``inside`` into a .zip; links (macOS has some in its frameworks) stay links."""
    archive = target.with_name(target.name + ".zip")
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as packed:
        for path in sorted(folder.rglob("*")):
            name = f"{inside}/{path.relative_to(folder).as_posix()}"
            if path.is_symlink():
                entry = zipfile.ZipInfo(name)
                entry.create_system = 3  # Unix, where the upper half of the attributes is a mode
                entry.external_attr = 0o120777 << 16
                packed.writestr(entry, str(path.readlink()))
            elif path.is_file():
                packed.write(path, name)
    return archive


def beside_the_bundle(target: Path, build: Path, stage: Path) -> Path:
    """A folder for macOS: the signed bundle as it is, with licences and list of parts beside it; returns ``stage``."""
    shutil.rmtree(stage, ignore_errors=True)
    bundle = f"{PROGRAM}.app"
    shutil.copytree(target / bundle, stage / bundle, symlinks=True)
    shutil.copytree(build / LICENCES, stage / LICENCES)
    shutil.copyfile(build / SBOM, stage / SBOM)
    return stage


def build_wheel(target: Path) -> Path:
    """Build the wheel of the working tree into ``target``.

    Raises:
        subprocess.CalledProcessError: the build failed.
    """
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(target), str(ROOT)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return target / f"{NAME.replace('-', '_')}-{__version__}-py3-none-any.whl"


def write_sums(files: Sequence[Path], target: Path) -> Path:
    """Write the SHA-256 of files in the form that ``sha256sum --check`` reads."""
    lines = []
    for file in sorted(files):
        with file.open("rb") as content:
            lines.append(f"{hashlib.file_digest(content, 'sha256').hexdigest()}  {file.name}\n")
    sums = target / SUMS
    sums.write_text("".join(lines), "utf-8")
    return sums


def distribute(build: Path, target: Path, flavour: str, level: int) -> list[Path]:
    """Make everything that is handed out of a build; returns the files.

    Raises:
        UnknownOriginError, MissingLicenceError, InvalidSbomError, PackageError: what it is about cannot be told.
    """
    components = inventory(build)
    write_licences(components, build)
    parts = write_sbom(components, build)
    name = stem(flavour)
    listed = target / f"{name}-sbom.cdx.json"
    shutil.copyfile(parts, listed)
    made = [listed, build_wheel(target)]
    if sys.platform == "linux":
        add_linux_files(build)
        made.append(tar_archive(build, name, target / name, level))
        if flavour == CPU and shutil.which("dpkg-deb"):
            made.append(dist_deb.build_package(build, target, ROOT / "build", level))
    elif sys.platform == "darwin":
        made.append(zip_archive(beside_the_bundle(target, build, ROOT / "build" / "macos"), name, target / name, level))
    else:
        made.append(zip_archive(build, name, target / name, level))
    made.append(write_sums(made, target))
    return made


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; returns its exit status."""
    parser = argparse.ArgumentParser(prog="python -m tools.dist", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--level", type=int, choices=range(1, 10), default=6, help="how hard to compress (default: 6)")
    options = parser.parse_args(arguments)
    build = DIST / NAME
    if not build.is_dir():
        print("dist: there is no build in dist/: make build", file=sys.stderr)
        return 1
    # What earlier versions left is not part of this one.
    for old in DIST.iterdir():
        if old.is_file() and re.match(r"landmark[-_]desktop|SHA256SUMS", old.name):
            old.unlink()
    for file in distribute(build, DIST, os.environ.get("FLAVOUR") or CPU, options.level):
        print(f"{file.stat().st_size / 1e6:8.1f} MB  dist/{file.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
