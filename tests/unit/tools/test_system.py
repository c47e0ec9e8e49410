"""What the system has to bring, and the exact remedy where we may not bring it."""

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
