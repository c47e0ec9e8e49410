"""The commands of the command line, thin over the services that the window uses too."""

import argparse
import os
import sys
from collections.abc import Sequence
from typing import Final

from landmark_desktop import __version__
from landmark_desktop.cli import classify, export, information, organise, read_places, runs, tag
from landmark_desktop.cli.arguments import Command
from landmark_desktop.cli.common import EXIT_INTERRUPTED, EXIT_OK, EXIT_USAGE, complain
from landmark_desktop.core.errors import KnownError

__all__ = ["EXIT_OK", "EXIT_USAGE", "build_parser", "command_names", "run"]

_COMMANDS: Final[tuple[Command, ...]] = (
    classify.COMMAND,
    tag.COMMAND,
    read_places.COMMAND,
    export.COMMAND,
    organise.COMMAND,
    runs.UNDO,
    runs.REDO,
    runs.RUNS,
    information.INFO,
    information.SELF_TEST,
)


def command_names() -> tuple[str, ...]:
    """The first words that are commands; anything else on the command line is a folder or file for the window."""
    return tuple(command.name for command in _COMMANDS)


def run(argv: Sequence[str]) -> int:
    """Run one command and return the exit code: 0, 1 (self-test failed), 2 (bad usage) or 3 (no photo readable)."""
    arguments = build_parser().parse_args(argv)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    action = next(command.run for command in _COMMANDS if command.name == arguments.command)
    try:
        code = action(arguments)
        sys.stdout.flush()
    except KnownError as error:
        complain(error)
        return EXIT_USAGE
    except KeyboardInterrupt:
        print("Interrupted; what was done is kept.", file=sys.stderr)
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        # The reader went away (`| head`). Python would complain again when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_OK
    return code


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of all commands, which the documentation shows too."""
    parser = argparse.ArgumentParser(
        prog="landmark-desktop",
        description="Recognise landmarks in photos and write the places into their metadata. "
        "Without a command, the window opens on the given folders and files.",
        epilog="Example: landmark-desktop classify ~/Pictures --format csv > guesses.csv",
    )
    parser.add_argument("--version", action="version", version=f"landmark-desktop {__version__}")
    parsers = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for command in _COMMANDS:
        command.add_arguments(
            parsers.add_parser(
                command.name,
                help=command.description,
                description=command.description,
                epilog=f"Example: landmark-desktop {command.example}",
                formatter_class=argparse.ArgumentDefaultsHelpFormatter,
            )
        )
    return parser
