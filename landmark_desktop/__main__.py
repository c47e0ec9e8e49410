"""Entry point: the window, or a command of the command line.

What the window does not need to be there is imported later: commands where there is one, ONNX Runtime by the thread
that loads the model. On Windows ONNX Runtime has to come before Qt all the same: a DLL is looked for by its bare name
among those that are loaded, and the ones that Qt brings along shadow those that it needs.
"""

import gc
import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path

from landmark_desktop.imaging import WORKER_ARGUMENT
from landmark_desktop.inference import TRIAL_ARGUMENT
from landmark_desktop.metadata import READER_ARGUMENT

if __name__ == "__main__" and sys.argv[1:] == [WORKER_ARGUMENT]:
    # A frozen program is its own interpreter: this start is a decoder process, which needs nothing of what follows.
    from landmark_desktop.imaging import worker

    sys.exit(worker.main())

if __name__ == "__main__" and sys.argv[1:] == [READER_ARGUMENT]:
    from landmark_desktop.metadata import reading_worker

    sys.exit(reading_worker.main())

if __name__ == "__main__" and sys.argv[1:] == [TRIAL_ARGUMENT]:
    from landmark_desktop.inference import trial

    sys.exit(trial.main())

if sys.platform == "win32":
    import onnxruntime  # noqa: F401  # before Qt, see above

from landmark_desktop.services import logs, machine, paths

_EXIT_OK, _EXIT_USAGE = 0, 2
_COMMAND = re.compile("[a-z][a-z-]*|--version")
"""What the name of a command looks like. Most paths do not, so that the window need not wait for the commands."""


def _usage() -> str:
    from landmark_desktop import cli

    return f"""\
usage: landmark-desktop [--library FILE] [FOLDER|FILE ...]
       landmark-desktop COMMAND ...

Recognise landmarks in photos, review the guesses, and write the places into the photos' metadata.
Without a command, the window opens on the given folders and files.

commands: {", ".join(cli.command_names())}
  landmark-desktop COMMAND --help tells more of each

Example: landmark-desktop ~/Pictures/Rome
Example: landmark-desktop classify ~/Pictures --format csv > guesses.csv
"""


def has_display() -> bool:
    """True if a window can be shown: always on Windows and macOS; on Linux with X11, Wayland or a chosen platform."""
    if sys.platform in ("win32", "darwin"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def main(argv: Sequence[str] | None = None) -> int:
    """Run Landmark Desktop with these arguments (``sys.argv`` by default) and return the exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    logs.start_log(paths.log_path())
    if arguments and _COMMAND.fullmatch(arguments[0]):
        from landmark_desktop import cli

        if arguments[0] in cli.command_names() or arguments[0] == "--version":
            return cli.run(arguments)
    if arguments and arguments[0] in ("-h", "--help"):
        print(_usage(), end="")  # noqa: T201
        return _EXIT_OK
    library, photo_paths, problem = _window_arguments(arguments)
    if problem:
        print(f"landmark-desktop: {problem}\n\n{_usage()}", end="", file=sys.stderr)  # noqa: T201
        return _EXIT_USAGE
    if not has_display():
        return _without_display(library, photo_paths)
    machine.return_memory()
    # Modules are made to stay: the collector would walk them dozens of times while the window waits for them.
    gc.disable()
    try:
        from landmark_desktop import app

        return app.run(photo_paths, library)
    finally:
        gc.enable()


def _window_arguments(arguments: list[str]) -> tuple[Path | None, list[Path], str]:
    """Sort the window's arguments into library, paths and a complaint (empty if there is none)."""
    library: Path | None = None
    rest: list[Path] = []
    items = iter(arguments)
    for item in items:
        if item == "--":
            rest.extend(Path(name) for name in items)
        elif item == "--library":
            name = next(items, None)
            if name is None:
                return None, [], "--library needs a file"
            library = Path(name)
        elif item.startswith("-"):
            return None, [], f"unknown option {item}"
        else:
            rest.append(Path(item))
    return library, rest, ""


def _without_display(library: Path | None, photo_paths: list[Path]) -> int:
    if not photo_paths:
        print(  # noqa: T201
            "landmark-desktop: there is no display for the window.\n"
            "  Name a folder to classify it here in the terminal: landmark-desktop FOLDER",
            file=sys.stderr,
        )
        return _EXIT_USAGE
    from landmark_desktop import cli

    print("There is no display for the window, so the photos are classified here in the terminal.", file=sys.stderr)  # noqa: T201
    options = ["--library", str(library)] if library is not None else []
    return cli.run(["classify", *options, "--", *(str(path) for path in photo_paths)])


if __name__ == "__main__":
    if getattr(sys, "frozen", False):
        import multiprocessing

        multiprocessing.freeze_support()
    sys.exit(main())
