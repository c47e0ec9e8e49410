"""The installer: which extras, when anything has to be done, and what it says when it cannot."""

import subprocess
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path

import pytest

from tools import install, system
from tools.install import InstallError, Stamp, choose_extras, fingerprint

KNOWN = ("gpu", "cpu", "train", "dev", "build")


def choose(
    purpose: str = "app", *requested: str, installed: Sequence[str] = (), driver: bool = False
) -> frozenset[str]:
    return choose_extras(purpose, requested, frozenset(installed), driver=driver, known=KNOWN)


def test_the_app_needs_one_runtime_and_nothing_of_the_trainer() -> None:
    assert choose() == {"cpu"}
    assert choose(driver=True) == {"gpu"}


def test_developers_get_the_trainer_and_the_tools() -> None:
    assert choose("dev") == {"cpu", "train", "dev"}


def test_what_was_installed_stays() -> None:
    assert choose(installed=["cpu", "train", "dev"]) == {"cpu", "train", "dev"}
    assert choose(installed=["gpu"]) == {"gpu"}


def test_a_named_flavour_wins_and_replaces_the_other() -> None:
    assert choose("app", "gpu", installed=["cpu", "dev"]) == {"gpu", "dev"}
    assert choose("app", "cpu", installed=["gpu"], driver=True) == {"cpu"}


def test_both_flavours_or_an_unknown_extra_are_refused() -> None:
    with pytest.raises(InstallError, match="exclude each other"):
        choose("app", "gpu", "cpu")
    with pytest.raises(InstallError, match="unknown extra nonsense"):
        choose("app", "nonsense")


def test_the_fingerprint_follows_requirements_and_python_only() -> None:
    pyproject = tomllib.loads((install.ROOT / "pyproject.toml").read_text("utf-8"))
    before = fingerprint(pyproject, "3.11.7")
    assert fingerprint(pyproject, "3.12.1") != before
    pyproject["tool"]["ruff"]["line-length"] = 80
    assert fingerprint(pyproject, "3.11.7") == before
    pyproject["project"]["dependencies"].append("another")
    assert fingerprint(pyproject, "3.11.7") != before


def test_a_stamp_comes_back_and_a_damaged_one_does_not(tmp_path: Path) -> None:
    stamp = Stamp("abc", frozenset({"cpu", "dev"}))
    stamp.save(tmp_path / "stamp.json")
    assert Stamp.load(tmp_path / "stamp.json") == stamp
    (tmp_path / "stamp.json").write_text("{")
    assert Stamp.load(tmp_path / "stamp.json") is None
    assert Stamp.load(tmp_path / "missing.json") is None


def fake_venv(folder: Path, *distributions: str) -> Path:
    python = install.venv_python(folder)
    python.parent.mkdir(parents=True)
    python.touch()
    (folder / "pyvenv.cfg").write_text("home = /usr/bin\nversion = 3.11.7\n")
    for name in distributions:
        (folder / "lib" / "python3.11" / "site-packages" / f"{name}-1.0.dist-info").mkdir(parents=True)
    return folder


def test_the_runtime_that_is_installed_is_recognised(tmp_path: Path) -> None:
    assert install.installed_runtimes(fake_venv(tmp_path / "a")) == frozenset()
    assert install.installed_runtimes(fake_venv(tmp_path / "b", "onnxruntime")) == {"cpu"}
    assert install.installed_runtimes(fake_venv(tmp_path / "c", "onnxruntime_gpu")) == {"gpu"}


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Commands that would be run; nothing is installed, and the system lacks nothing."""
    ran: list[list[str]] = []
    monkeypatch.setattr(install, "run", lambda command: ran.append([str(word) for word in command]))
    monkeypatch.setattr(system, "missing_for_window", list)
    monkeypatch.setattr(system, "missing_programs", lambda _: [])
    monkeypatch.setattr(install, "nvidia_driver_found", lambda: False)
    return ran


def test_a_second_run_with_nothing_changed_does_nothing(tmp_path: Path, commands: list[list[str]]) -> None:
    venv = fake_venv(tmp_path / "venv", "onnxruntime")
    assert install.install("app", [], venv)
    assert commands[-1][-2:] == ["--editable", ".[cpu]"]
    commands.clear()
    assert not install.install("app", [], venv)
    assert commands == []


def test_switching_the_runtime_removes_the_other_first(tmp_path: Path, commands: list[list[str]]) -> None:
    venv = fake_venv(tmp_path / "venv", "onnxruntime")
    with pytest.raises(InstallError, match="expected the ONNX Runtime wheel of"):
        install.install("app", ["gpu"], venv)  # nothing is really installed here, and that is noticed
    assert [command[4] for command in commands] == ["uninstall", "install"]
    assert "onnxruntime" in commands[0]
    assert Stamp.load(venv / install.STAMP_NAME) is None


def test_an_interrupted_install_is_done_again(
    tmp_path: Path, commands: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    venv = fake_venv(tmp_path / "venv", "onnxruntime")
    install.install("app", [], venv)

    def interrupted(_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(install, "run", interrupted)
        with pytest.raises(KeyboardInterrupt):
            install.install("dev", [], venv)
    assert install.install("app", [], venv)


def test_a_failing_command_ends_with_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(InstallError, match="exit code 3"):
        install.run([sys.executable, "-c", "import sys; sys.exit(3)"])
    assert "import sys" in capsys.readouterr().out
    assert install.main(["--extras", "nonsense"]) == 1
    assert "unknown extra" in capsys.readouterr().err


def test_make_help_lists_every_target() -> None:
    output = subprocess.run(["make", "help"], cwd=install.ROOT, capture_output=True, text=True, check=True).stdout
    for target in ("install", "run", "test", "lint", "bench", "build", "clean", "screenshots"):
        assert f"make {target} " in output
