"""What the system has to bring, and the exact remedy where we may not bring it."""

import subprocess
import sys
from pathlib import Path

import pytest

from tools import system
from tools.system import EXIFTOOL, FONT, QT_LIBRARIES, Need


@pytest.mark.parametrize(
    ("text", "family"),
    [
        ("ID=debian\n", "debian"),
        ('ID=ubuntu\nID_LIKE="debian"\n', "debian"),
        ('ID=linuxmint\nID_LIKE="ubuntu debian"\n', "debian"),
        ("ID=fedora\n", "fedora"),
        ("ID=manjaro\nID_LIKE=arch\n", "arch"),
        ("ID=nixos\n", None),
    ],
)
def test_distributions_are_told_apart(tmp_path: Path, text: str, family: str | None) -> None:
    (tmp_path / "os-release").write_text(text)
    assert system.linux_family(tmp_path / "os-release") == family
    assert system.linux_family(tmp_path / "missing") is None


def test_the_remedy_is_the_exact_command() -> None:
    assert system.remedy([EXIFTOOL, FONT], "debian") == (
        "sudo apt-get install -y --no-install-recommends fonts-dejavu-core libimage-exiftool-perl"
    )
    assert system.remedy([EXIFTOOL], "arch") == "sudo pacman -S --needed perl-image-exiftool"
    assert system.remedy([EXIFTOOL], None) == "Install the packages that bring: exiftool"


def test_one_package_for_two_libraries_is_named_once() -> None:
    assert system.packages(QT_LIBRARIES, "fedora").count("libxcb") == 1


def test_a_library_that_is_not_there_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    absent = Need("libsurely-not-there.so.9", "a", "b", "c")
    monkeypatch.setattr(system, "QT_LIBRARIES", (absent,))
    monkeypatch.setattr(system, "font_found", lambda: True)
    monkeypatch.setattr(system.sys, "platform", "linux")
    assert system.missing_for_window() == [absent]
    monkeypatch.setattr(system.sys, "platform", "darwin")
    assert system.missing_for_window() == []


def test_fonts_are_found_in_subfolders(tmp_path: Path) -> None:
    assert not system.font_found([str(tmp_path)])
    (tmp_path / "truetype" / "dejavu").mkdir(parents=True)
    (tmp_path / "truetype" / "dejavu" / "DejaVuSans.TTF").touch()
    assert system.font_found([str(tmp_path)])


def test_nothing_missing_runs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system.subprocess, "run", lambda *_, **__: pytest.fail("a command was run"))
    assert system.provide([], "the window")


def test_where_apt_may_not_run_the_command_is_printed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(system, "linux_family", lambda: "debian")
    monkeypatch.setattr(system, "apt_prefix", lambda: None)
    assert not system.provide([EXIFTOOL], "the tests")
    output = capsys.readouterr().out
    assert "needed for the tests: exiftool" in output
    assert "sudo apt-get install -y --no-install-recommends libimage-exiftool-perl" in output


def test_where_apt_may_run_it_does(monkeypatch: pytest.MonkeyPatch) -> None:
    installed: list[tuple[list[str], list[str]]] = []

    def apt_install(names: list[str], prefix: list[str]) -> bool:
        installed.append((names, prefix))
        return True

    monkeypatch.setattr(system, "linux_family", lambda: "debian")
    monkeypatch.setattr(system, "apt_prefix", list)
    monkeypatch.setattr(system, "apt_install", apt_install)
    assert system.provide([FONT], "the window")
    assert installed == [(["fonts-dejavu-core"], [])]


class Machine:
    """A Debian whose commands are written down and end with ``status``; nothing is run."""

    def __init__(self) -> None:
        self.commands: list[list[str]] = []
        self.status = 0

    def run(self, command: list[str], **_: object) -> subprocess.CompletedProcess[bytes]:
        self.commands.append(command)
        return subprocess.CompletedProcess(command, self.status)


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    made = Machine()
    monkeypatch.setattr(system.subprocess, "run", made.run)
    monkeypatch.setattr(system.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(system, "linux_family", lambda: "debian")
    return made


def be(user: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system.os, "geteuid", lambda: user, raising=False)


def test_root_calls_apt_directly_and_fetches_its_lists_first(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    be(0, monkeypatch)
    assert system.provide([FONT], "the window")
    apt = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q"]
    assert machine.commands == [
        [*apt, "update"],
        [*apt, "install", "-y", "--no-install-recommends", "fonts-dejavu-core"],
    ]


def test_a_user_goes_through_a_sudo_that_asks_no_password(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    be(1000, monkeypatch)
    assert system.provide([FONT], "the window")
    assert machine.commands[0] == ["sudo", "-n", "true"]
    assert len(machine.commands) == 3
    assert all(command[:2] == ["sudo", "-n"] for command in machine.commands)


def test_a_sudo_that_asks_for_a_password_is_left_alone(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    be(1000, monkeypatch)
    machine.status = 1
    assert not system.provide([FONT], "the window")
    assert machine.commands == [["sudo", "-n", "true"]]


def test_an_apt_that_fails_leaves_the_command_to_the_user(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    be(0, monkeypatch)
    machine.status = 100
    assert not system.provide([FONT], "the window")
    assert "sudo apt-get install -y --no-install-recommends fonts-dejavu-core" in capsys.readouterr().out


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads Linux libraries with ldd")
def test_the_list_of_libraries_covers_what_the_plugins_of_this_qt_need() -> None:
    """The list was read off one release of Qt; a later one that needs more is noticed here, not by users."""
    import PySide6

    plugins = Path(PySide6.__file__).parent / "Qt" / "plugins" / "platforms"
    needed = set()
    for name in ("libqxcb.so", "libqwayland.so", "libqoffscreen.so"):
        output = subprocess.run(["ldd", str(plugins / name)], capture_output=True, text=True, check=True).stdout
        needed |= {line.split()[0] for line in output.splitlines() if "=>" in line}
    display = ("libX11", "libEGL.", "libGL.", "libdbus", "libfontconfig", "libwayland", "libxcb", "libxkb")
    # The server half of Wayland comes with the EGL library, not with Qt.
    wanted = {name for name in needed if name.startswith(display)} - {"libwayland-server.so.0"}
    assert len(wanted) > 10
    assert wanted <= {need.name for need in QT_LIBRARIES}
