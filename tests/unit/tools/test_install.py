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
    assert choose("dev") == {"cpu", "train", "dev", "build"}


def test_what_was_installed_stays() -> None:
    assert choose(installed=["cpu", "train", "dev"]) == {"cpu", "train", "dev"}
    assert choose(installed=["gpu"]) == {"gpu"}


def test_a_driver_that_came_later_is_used() -> None:
    assert choose(installed=["cpu", "dev"], driver=True) == {"gpu", "dev"}


def test_an_extra_that_the_project_no_longer_has_is_forgotten() -> None:
    assert choose(installed=["cpu", "dropped"]) == {"cpu"}


def test_every_purpose_asks_for_extras_that_exist() -> None:
    pyproject = tomllib.loads((install.ROOT / "pyproject.toml").read_text("utf-8"))
    known = pyproject["project"]["optional-dependencies"].keys()
    assert install.RUNTIMES.keys() <= known
    assert all(extras <= known for extras in install.PURPOSES.values())


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
    for name in ("pip", *distributions):
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


def test_two_runtimes_side_by_side_both_go_before_one_comes(tmp_path: Path, commands: list[list[str]]) -> None:
    venv = fake_venv(tmp_path / "venv", "onnxruntime", "onnxruntime_gpu")
    with pytest.raises(InstallError, match=r"found \['cpu', 'gpu'\]"):
        install.install("app", ["gpu"], venv)  # pip does nothing here, so both are still there afterwards
    assert commands[0][-2:] == ["onnxruntime", "onnxruntime-gpu"]


def test_an_environment_without_pip_is_made_anew(tmp_path: Path, commands: list[list[str]]) -> None:
    venv = fake_venv(tmp_path / "venv", "onnxruntime")
    install.install("app", [], venv)
    (venv / "lib" / "python3.11" / "site-packages" / "pip-1.0.dist-info").rmdir()
    commands.clear()
    assert install.install("app", [], venv)
    assert commands[0][-4:] == ["-m", "venv", "--clear", str(venv)]


def test_a_python_without_ensurepip_ends_with_the_remedy_where_apt_may_not_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def no_ensurepip(command: list[str], **_: object) -> subprocess.CompletedProcess[bytes]:
        assert command[-1] == "import ensurepip, venv"
        return subprocess.CompletedProcess(command, 1)

    monkeypatch.setattr(install.subprocess, "run", no_ensurepip)
    monkeypatch.setattr(system, "linux_family", lambda: "debian")
    monkeypatch.setattr(system, "apt_prefix", lambda: None)
    with pytest.raises(InstallError, match="run this again"):
        install.create_venv(tmp_path / "venv")
    assert f"--no-install-recommends python3.{sys.version_info.minor}-venv" in capsys.readouterr().out


def test_the_environment_variable_names_the_extras(
    tmp_path: Path, commands: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(install.EXTRAS_VARIABLE, "gpu, train")
    venv = fake_venv(tmp_path / "venv", "onnxruntime_gpu")
    assert install.main(["--venv", str(venv)]) == 0
    assert commands[-1][-1] == ".[gpu,train]"


def test_the_installer_runs_on_the_standard_library_alone() -> None:
    code = (
        "import sys, tools.install;"
        "names = {name.partition('.')[0] for name in sys.modules} - set(sys.stdlib_module_names);"
        "print(sorted(name for name in names if not name.startswith('__')))"
    )
    # -S: no site-packages
    command = [sys.executable, "-S", "-E", "-c", code]
    result = subprocess.run(command, cwd=install.ROOT, capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "['tools']"


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
