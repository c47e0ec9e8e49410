"""The run folder: everything that one training was, and is needed to go on with it or to make a bundle of it."""

import contextlib
import importlib.metadata
import json
import platform
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from trainer.config import Config, load_config, to_toml
from trainer.errors import TrainerError

PACKAGES = ("torch", "torchvision", "numpy", "pillow", "onnxruntime", "onnxruntime-gpu", "landmark-desktop")


@dataclass(frozen=True, slots=True)
class RunFolder:
    """The paths inside a run folder.

    ``config.toml`` and ``environment.json`` say how it was made, ``data.json`` on which photos, ``metrics.jsonl`` has a
    line per epoch, ``last.pt`` is where ``--resume`` goes on, ``best.pt`` the best epoch so far, ``model.pt`` the
    finished, calibrated model, and ``features/`` the cache of the frozen backbone.
    """

    path: Path

    @property
    def config_file(self) -> Path:
        """The resolved configuration."""
        return self.path / "config.toml"

    @property
    def environment_file(self) -> Path:
        """Versions, git revision, command lines."""
        return self.path / "environment.json"

    @property
    def data_file(self) -> Path:
        """The report on the photos."""
        return self.path / "data.json"

    @property
    def metrics_file(self) -> Path:
        """One JSON object per epoch."""
        return self.path / "metrics.jsonl"

    @property
    def last_file(self) -> Path:
        """The state after the last finished epoch."""
        return self.path / "last.pt"

    @property
    def best_file(self) -> Path:
        """The state after the best epoch."""
        return self.path / "best.pt"

    @property
    def model_file(self) -> Path:
        """The finished model."""
        return self.path / "model.pt"

    @property
    def features(self) -> Path:
        """The folder of cached features."""
        return self.path / "features"

    @classmethod
    def create(cls, path: Path, config: Config) -> "RunFolder":
        """Make a run folder and write configuration and environment into it.

        Raises:
            TrainerError: there is a run in it already, or it cannot be written.
        """
        run = cls(path)
        if run.config_file.exists():
            raise TrainerError(f"{path} holds a run already", "Choose another folder, or continue it with --resume.")
        try:
            path.mkdir(parents=True, exist_ok=True)
            write_text(run.config_file, to_toml(config))
            write_json(run.environment_file, environment())
        except OSError as error:
            raise TrainerError(
                f"The run folder {path} cannot be written: {error.strerror}", "Choose another folder with --run."
            ) from error
        return run

    @classmethod
    def open(cls, path: Path) -> tuple["RunFolder", Config]:
        """Open an existing run folder. Raises TrainerError where there is none."""
        run = cls(path)
        if not run.config_file.is_file():
            raise TrainerError(f"There is no run in {path}", "Start one with: landmark-trainer train --run DIR …")
        return run, load_config(run.config_file)

    def keep_metrics_up_to(self, epoch: int) -> None:
        """Drop the lines of epochs after ``epoch`` (an epoch that was measured but not saved is done again)."""
        lines = self.metrics_file.read_text(encoding="utf-8").splitlines() if self.metrics_file.exists() else []
        kept = [line for line in lines if json.loads(line)["epoch"] <= epoch]
        write_text(self.metrics_file, "".join(line + "\n" for line in kept))

    def add_metrics(self, row: Mapping[str, Any]) -> None:
        """Append one epoch's line."""
        with self.metrics_file.open("a", encoding="utf-8") as stream:
            stream.write(json.dumps(row) + "\n")


def environment() -> dict[str, Any]:
    """Return what else decides about the result: versions, platform, git revision, command line."""
    versions = {}
    for package in PACKAGES:
        with contextlib.suppress(importlib.metadata.PackageNotFoundError):
            versions[package] = importlib.metadata.version(package)
    return {
        "python": platform.python_version(),
        "platform": platform.platform(),
        "packages": versions,
        "git_revision": git_revision(),
        "command": ["landmark-trainer", *sys.argv[1:]],
    }


def git_revision() -> str | None:
    """Return the git revision of the trainer's own source, with ``+`` where files were changed; None outside a
    clone."""
    here = Path(__file__).resolve().parent

    def git(*arguments: str) -> str:
        done = subprocess.run(
            ["git", "-C", str(here), *arguments], capture_output=True, text=True, timeout=30, check=True
        )
        return done.stdout.strip()

    try:
        return git("rev-parse", "HEAD") + ("+" if git("status", "--porcelain", "--", str(here)) else "")
    except (OSError, subprocess.SubprocessError):
        return None


def write_text(path: Path, text: str) -> None:
    """Write a text file so that it is whole or not there."""
    temporary = path.with_name(path.name + ".tmp")
    temporary.write_text(text, encoding="utf-8")
    temporary.replace(path)


def write_json(path: Path, document: Any) -> None:
    """Write a JSON file so that it is whole or not there. Raises ValueError for NaN and infinity."""
    write_text(path, json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False) + "\n")


def finite(value: Any) -> Any:
    """Return ``value`` with NaN and infinities, which JSON does not have, replaced by None, at any depth."""
    if isinstance(value, float):
        return value if value - value == 0.0 else None
    if isinstance(value, Mapping):
        return {key: finite(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [finite(item) for item in value]
    return value
