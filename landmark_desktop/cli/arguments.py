"""What a command is, and the arguments that several commands share."""

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from landmark_desktop.inference.session import ProviderChoice
from landmark_desktop.services import paths

Arguments = argparse.Namespace


@dataclass(frozen=True, slots=True)
class Command:
    """One command. ``run`` returns the exit code; ``example`` follows the program's name in the help."""

    name: str
    description: str
    example: str
    add_arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[Arguments], int]


def add_batch_arguments(parser: argparse.ArgumentParser) -> None:
    """Folders and photos, and how they are classified."""
    add_path_arguments(parser)
    parser.add_argument(
        "--batch-size", type=number(0, 1024), default=0, metavar="N", help="photos per inference, 0: by provider"
    )
    add_model_arguments(parser)
    add_library_argument(parser)


def add_path_arguments(parser: argparse.ArgumentParser) -> None:
    """Folders and photos."""
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="folders and photos")
    parser.add_argument("--recursive", action=argparse.BooleanOptionalAction, default=True, help="look into subfolders")


def add_model_arguments(parser: argparse.ArgumentParser) -> None:
    """The bundle, and where its model runs."""
    parser.add_argument("--bundle", type=Path, metavar="DIR|ZIP", help="a model bundle instead of the shipped one")
    parser.add_argument(
        "--provider",
        choices=[choice.value for choice in ProviderChoice],
        default=ProviderChoice.AUTO.value,
        help="where the model runs",
    )
    parser.add_argument(
        "--threads",
        type=number(0, 256),
        default=0,
        metavar="N",
        help="threads of the model, and photos decoded at the same time; 0: by the number of cores",
    )


def add_library_argument(parser: argparse.ArgumentParser) -> None:
    """The library."""
    parser.add_argument(
        "--library", type=Path, default=paths.library_path(), metavar="FILE", help="another library than your own"
    )


def number(low: int, high: int) -> Callable[[str], int]:
    """A parser of whole numbers from ``low`` to ``high``."""

    def parse(text: str) -> int:
        value = int(text)
        if not low <= value <= high:
            raise argparse.ArgumentTypeError(f"must be from {low} to {high}")
        return value

    return parse


def confidence(text: str) -> float:
    """Parse a confidence, 0 to 1."""
    value = float(text)
    if not 0.0 <= value <= 1.0:
        raise argparse.ArgumentTypeError("must be from 0 to 1")
    return value
