"""Make ``.venv`` and install the project into it: ``python3 -m tools.install [--for app|dev|build] [--extras gpu]``.

Runs with any Python 3.11+ and its standard library. A second run with nothing changed does nothing, in a fraction
of a second: what was installed is written to a stamp in ``.venv``, and the stamp goes away before anything is
touched, so that an interrupted installation is never taken for a finished one.
"""

import argparse
import hashlib
import json
import os
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools import system

ROOT = Path(__file__).resolve().parent.parent
EXTRAS_VARIABLE = "LANDMARK_EXTRAS"
STAMP_NAME = "landmark-install.json"
GPU, CPU = "gpu", "cpu"
RUNTIMES = {GPU: "onnxruntime-gpu", CPU: "onnxruntime"}
"""The distribution of each flavour. Both install the package ``onnxruntime``, so only one may be there."""
PURPOSES: dict[str, frozenset[str]] = {
    "app": frozenset(),
    "dev": frozenset({"train", "dev", "build"}),
    "build": frozenset({"build"}),
}
"""Extras that each purpose needs besides the flavour."""
PROGRAMS: dict[str, tuple[system.Need, str]] = {
    "dev": (system.EXIFTOOL, "the tests that read metadata back with it"),
    "build": (system.OBJDUMP, "the build"),
}
"""A program of the system that each purpose needs, and for what."""


class InstallError(Exception):
    """Something the person at the keyboard has to do; the text says what, exactly."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What was installed: a fingerprint of the project's requirements and of the Python, and the extras."""

    fingerprint: str
    extras: frozenset[str]

    @classmethod
    def load(cls, path: Path) -> "Stamp | None":
        """Read a stamp; None where there is none that can be understood."""
        try:
            document = json.loads(path.read_text("utf-8"))
            return cls(str(document["fingerprint"]), frozenset(map(str, document["extras"])))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def save(self, path: Path) -> None:
        """Write the stamp."""
        document = {"fingerprint": self.fingerprint, "extras": sorted(self.extras)}
        path.write_text(json.dumps(document) + "\n", "utf-8")


def nvidia_driver_found(proc: Path = Path("/proc/driver/nvidia/version")) -> bool:
    """True if this computer seems to have an NVIDIA driver: its tool is on ``PATH`` or its kernel module is loaded."""
    return shutil.which("nvidia-smi") is not None or proc.exists()


def choose_extras(
    purpose: str, requested: Iterable[str], installed: frozenset[str], *, driver: bool, known: Iterable[str]
) -> frozenset[str]:
    """Return all extras that should be installed afterwards.

    ``requested`` are those the user names (none: detect the flavour); ``installed`` stay, so that ``make run`` after
    ``make test`` takes nothing away. A GPU wheel that is there is kept when nothing is named: it also runs on the CPU.

    Raises:
        InstallError: an unknown extra, or both flavours at once.
    """
    wanted = frozenset(requested)
    unknown = wanted - frozenset(known)
    if unknown:
        raise InstallError(f"unknown extra {', '.join(sorted(unknown))}; there are: {', '.join(sorted(known))}")
    flavours = wanted & RUNTIMES.keys()
    if len(flavours) > 1:
        raise InstallError("gpu and cpu exclude each other: both bring the package onnxruntime. Choose one.")
    if not flavours:
        flavours = frozenset({GPU if driver or GPU in installed else CPU})
    # An extra that pyproject.toml no longer has would only make pip complain.
    return flavours | (wanted | installed & frozenset(known) | PURPOSES[purpose]) - RUNTIMES.keys()


def fingerprint(pyproject: dict[str, Any], python: str) -> str:
    """Hash of everything in ``pyproject.toml`` that an installation depends on, and of the version of its Python."""
    relevant = [python, pyproject["build-system"], pyproject["project"], pyproject.get("tool", {}).get("hatch")]
    return hashlib.sha256(json.dumps(relevant, sort_keys=True).encode()).hexdigest()


def venv_python(venv: Path) -> Path:
    """The interpreter inside a virtual environment."""
    return venv / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def venv_usable(venv: Path) -> bool:
    """True if the environment has a Python and a pip; an interrupted creation leaves it without."""
    return venv_python(venv).exists() and any(any(site.glob("pip-*.dist-info")) for site in site_packages(venv))


def site_packages(venv: Path) -> list[Path]:
    """The folders of an environment that packages lie in."""
    return [site for pattern in ("lib/python*/site-packages", "Lib/site-packages") for site in venv.glob(pattern)]


def venv_version(venv: Path) -> str:
    """The Python version that a virtual environment states of itself, for example ``3.11.7``; empty without one."""
    try:
        lines = (venv / "pyvenv.cfg").read_text("utf-8").splitlines()
    except OSError:
        return ""
    values = {key.strip(): value.strip() for key, _, value in (line.partition("=") for line in lines)}
    return values.get("version", "")


def installed_runtimes(venv: Path) -> frozenset[str]:
    """The flavours whose ONNX Runtime wheel is in the environment; more than one is a broken state."""
    return frozenset(
        flavour
        for flavour, name in RUNTIMES.items()
        if any(any(site.glob(f"{name.replace('-', '_')}-[0-9]*.dist-info")) for site in site_packages(venv))
    )


def run(command: Sequence[str | Path]) -> None:
    """Run a command and show it. Raises InstallError when it fails."""
    words = [str(word) for word in command]
    print("+", shlex.join(words), flush=True)
    code = subprocess.run(words, cwd=ROOT, check=False).returncode
    if code != 0:
        raise InstallError(f"this failed with exit code {code}: {shlex.join(words)}")


def create_venv(venv: Path) -> None:
    """Make a fresh environment, with apt's help where Debian split ``ensurepip`` off.

    Raises:
        InstallError: ``ensurepip`` is missing and may not be installed.
    """
    # Another process asks, because after an apt run this one would remember that the module was not there.
    probe = [sys.executable, "-c", "import ensurepip, venv"]
    if subprocess.run(probe, capture_output=True, check=False).returncode != 0:
        package = f"python3.{sys.version_info.minor}-venv"
        need = system.Need("python venv", package, "python3", "python")
        if not system.provide([need], "a virtual environment"):
            raise InstallError("then run this again.")
    run([sys.executable, "-m", "venv", "--clear", venv])


def install_into(venv: Path, extras: frozenset[str]) -> None:
    """Install the project, editable, with its extras; afterwards exactly one ONNX Runtime wheel is there.

    Raises:
        InstallError: pip failed, or a dependency brought the other wheel along.
    """
    python = venv_python(venv)
    pip: list[str | Path] = [python, "-m", "pip", "--disable-pip-version-check"]
    there = installed_runtimes(venv)
    if there - extras:
        # Both wheels own the same files: removing one damages the other, so both go.
        run([*pip, "uninstall", "--yes", *(RUNTIMES[flavour] for flavour in sorted(there))])
    run([*pip, "install", "--editable", f".[{','.join(sorted(extras))}]"])
    found = installed_runtimes(venv)
    if found != extras & RUNTIMES.keys() and sys.platform != "darwin":
        raise InstallError(
            f"expected the ONNX Runtime wheel of {sorted(extras & RUNTIMES.keys())}, found {sorted(found)}"
        )


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python3 -m tools.install", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--for", dest="purpose", choices=sorted(PURPOSES), default="app", help="what to install for")
    parser.add_argument(
        "--extras",
        default=os.environ.get(EXTRAS_VARIABLE, ""),
        help=f"extras of pyproject.toml, separated by commas; default: ${EXTRAS_VARIABLE}, else gpu or cpu as found",
    )
    parser.add_argument("--venv", type=Path, default=ROOT / ".venv", help="where (default: .venv)")
    return parser.parse_args(arguments)


def install(purpose: str, requested: Sequence[str], venv: Path) -> bool:
    """Bring the environment up to date. Returns True if something had to be done.

    Raises:
        InstallError: something the user has to do first.
    """
    with (ROOT / "pyproject.toml").open("rb") as file:
        pyproject = tomllib.load(file)
    system.provide(system.missing_for_window(), "the window")
    if purpose in PROGRAMS:
        program, reason = PROGRAMS[purpose]
        system.provide(system.missing_programs([program]), reason)

    stamp_path = venv / STAMP_NAME
    stamp = Stamp.load(stamp_path) if venv_usable(venv) else None
    installed = stamp.extras if stamp else installed_runtimes(venv)
    known = pyproject["project"]["optional-dependencies"]
    extras = choose_extras(purpose, requested, installed, driver=nvidia_driver_found(), known=known)
    if stamp == Stamp(fingerprint(pyproject, venv_version(venv)), extras):
        return False
    stamp_path.unlink(missing_ok=True)
    if not venv_usable(venv):
        create_venv(venv)
    install_into(venv, extras)
    Stamp(fingerprint(pyproject, venv_version(venv)), extras).save(stamp_path)
    print(f"Installed with extras: {', '.join(sorted(extras))}.", flush=True)
    return True


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; returns its exit status."""
    options = parse(arguments)
    requested = [extra.strip() for extra in options.extras.split(",") if extra.strip()]
    try:
        install(options.purpose, requested, options.venv)
    except InstallError as error:
        print(f"install: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
