"""What ``make dist`` hands out: archive with installer, Debian package, licences, list of parts, checksums."""

import configparser
import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from landmark_desktop import __version__
from tests.packaging.conftest import BUILD_VARIABLE, call
from tools import dist_deb
from tools.build_platforms import desktop_mime_types
from tools.dist_inventory import inventory

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform != "linux", reason="what is handed out for Linux")]


def needs(program: str) -> pytest.MarkDecorator:
    """Skip where a program of the system is missing, but never where a build has to be tested."""
    missing = shutil.which(program) is None and BUILD_VARIABLE not in os.environ
    return pytest.mark.skipif(missing, reason=f"{program} is not installed")


def check(*command: object) -> str:
    """Run a program of the system; what it says is the test's message if it fails."""
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
    return done.stdout


def entry_of(path: Path) -> configparser.SectionProxy:
    """The main group of a desktop entry."""
    parser = configparser.RawConfigParser(delimiters="=", strict=True)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(path, "utf-8")
    return parser["Desktop Entry"]


@pytest.fixture(scope="module")
def unpacked(handed_out: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program as somebody has it who unpacked the archive."""
    target = tmp_path_factory.mktemp("downloads")
    (archive,) = handed_out.glob("landmark-desktop-*-linux-*.tar.xz")
    with tarfile.open(archive) as tar:
        tar.extractall(target, filter="tar")
    (folder,) = target.iterdir()
    assert folder.name == archive.name.removesuffix(".tar.xz")
    return folder


def test_the_checksums_are_those_of_the_files(handed_out: Path) -> None:
    named = [line.split()[1] for line in (handed_out / "SHA256SUMS").read_text("utf-8").splitlines()]
    there = {path.name for path in handed_out.iterdir() if path.is_file()} - {"SHA256SUMS"}
    assert set(named) == there
    assert {Path(name).suffix for name in named} >= {".whl", ".xz", ".json"}
    subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=handed_out, check=True)


@needs("desktop-file-validate")
@needs("appstreamcli")
def test_installed_for_one_user_it_runs_from_the_menu_and_goes_without_a_trace(unpacked: Path, tmp_path: Path) -> None:
    prefix = tmp_path / 'my $programs "100%" `here` \\ there'
    user = {"HOME": str(tmp_path), "PREFIX": str(prefix)}
    done = call(unpacked / "install.sh", **user)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""

    entry = prefix / "share" / "applications" / "landmark-desktop.desktop"
    check("desktop-file-validate", entry)
    check("appstreamcli", "validate", "--no-net", *(prefix / "share" / "metainfo").iterdir())
    assert entry_of(entry)["MimeType"] == desktop_mime_types()
    icons = prefix / "share" / "icons" / "hicolor"
    assert (icons / "scalable" / "apps" / f"{entry_of(entry)['Icon']}.svg").is_file()
    assert len(list(icons.glob("*/apps/landmark-desktop.png"))) >= 6

    assert command_of(entry) == str(prefix / "lib" / "landmark-desktop" / "landmark-desktop")
    version = call(prefix / "bin" / "landmark-desktop-cli", "--version", **user)
    assert (version.returncode, version.stdout.split()[-1]) == (0, __version__)

    again = call(unpacked / "install.sh", **user)  # over an installed one
    assert again.returncode == 0, again.stderr
    refused = call(prefix / "lib" / "landmark-desktop" / "install.sh", **user)
    assert refused.returncode == 1
    assert "archive that you unpacked" in refused.stderr

    gone = call(unpacked / "uninstall.sh", **user)
    assert gone.returncode == 0, gone.stderr
    left = [
        path for path in prefix.rglob("*") if path.is_file() and path.name not in ("mimeinfo.cache", "icon-theme.cache")
    ]
    assert left == []


def command_of(entry: Path) -> str:
    """The program that a desktop entry starts, read as the specification says: first as a string, then as words."""
    text = entry_of(entry)["Exec"].replace("\\\\", "\\")
    quoted, _, rest = text.removeprefix('"').rpartition('" ')
    assert rest == "%F"
    for sign in ('"', "`", "$"):
        quoted = quoted.replace(f"\\{sign}", sign)
    return quoted.replace("\\\\", "\\").replace("%%", "%")


@needs("dpkg-deb")
@pytest.mark.skipif(os.geteuid() != 0, reason="only root can install packages, even into a folder")
def test_the_debian_package_installs_runs_and_is_removed(handed_out: Path, tmp_path: Path) -> None:
    (package,) = handed_out.glob("landmark-desktop_*.deb")
    root = tmp_path / "root"
    (root / "var" / "lib" / "dpkg" / "info").mkdir(parents=True)
    (root / "var" / "lib" / "dpkg" / "updates").mkdir()
    (root / "var" / "lib" / "dpkg" / "status").touch()
    dpkg = ["dpkg", f"--root={root}", "--force-depends", "--force-unsafe-io", "--log=/dev/null"]
    check(*dpkg, "--install", package)

    done = call(root / "usr" / "bin" / "landmark-desktop-cli", "self-test")
    assert done.returncode == 0, done.stderr
    check("desktop-file-validate", root / "usr" / "share" / "applications" / "landmark-desktop.desktop")
    documents = root / "usr" / "share" / "doc" / "landmark-desktop"
    assert "GNU General Public License" in (documents / "copyright").read_text("utf-8")
    owners = {path.stat().st_uid for path in root.rglob("*")}
    assert owners == {0}

    check(*dpkg, "--purge", "landmark-desktop")
    assert not (root / "usr").exists() or [path for path in (root / "usr").rglob("*") if path.is_file()] == []


@pytest.mark.skipif(
    BUILD_VARIABLE not in os.environ and not any(Path("/var/lib/apt/lists").glob("*_Packages*")),
    reason="Debian's lists of packages are not there: apt-get update",
)
def test_debian_has_what_the_package_depends_on(handed_out: Path) -> None:
    (package,) = handed_out.glob("landmark-desktop_*.deb")
    fields = check("dpkg-deb", "--field", package, "Depends")
    names = [item.split()[0] for item in fields.split(",")]
    assert "libegl1" in names
    assert not any(name.startswith("libgtk") for name in names)
    shown = check("apt-cache", "show", "--no-all-versions", *names)
    assert {line.split()[1] for line in shown.splitlines() if line.startswith("Package:")} == set(names)


def test_everything_inside_has_an_origin_a_licence_and_a_text(build: Path, unpacked: Path) -> None:
    components = inventory(build)
    names = {component.name for component in components}
    parts = {part.name for component in components for part in component.parts}
    assert {"landmark-desktop", "Python", "PySide6_Essentials", "exiv2", "rawpy", "numpy"} <= names
    assert {"Qt", "ICU", "libheif", "x265", "LibRaw", "Exiv2", "OpenBLAS"} <= parts
    table = (unpacked / "licences" / "README.md").read_text("utf-8")
    for component in components:
        assert component.licence
        assert f"| {component.name} | {component.version} |" in table
    texts = [path for path in (unpacked / "licences").rglob("*") if path.is_file()]
    assert len(texts) > len(components)
    assert any("GNU LESSER GENERAL PUBLIC LICENSE" in path.read_text("utf-8", "replace") for path in texts)


def test_the_list_of_parts_follows_the_standard_and_names_every_library(build: Path, unpacked: Path) -> None:
    text = (unpacked / "sbom.cdx.json").read_text("utf-8")
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    libraries = [path for path in (build / "_internal").rglob("*.so*") if not path.is_symlink()]
    assert len(libraries) > 100
    unnamed = [path.name for path in libraries if f'"{path.relative_to(build).as_posix()}"' not in text]
    assert unnamed == []


def test_the_archive_says_what_the_system_must_have(unpacked: Path) -> None:
    major, minor = dist_deb.newest_glibc(unpacked)
    text = (unpacked / "README.txt").read_text("utf-8")
    assert f"glibc {major}.{minor} or newer" in text
    assert "apt-get install" in text
