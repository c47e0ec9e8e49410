"""``python -m benchmarks [NAME ...]``: run all benchmarks, or those named, and print their results with the bounds."""

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from benchmarks import decoding, library, metadata, pipeline, review, tagging, thumbnails, window, world_map
from benchmarks.results import Result, print_results
from landmark_desktop.services.machine import available_cores

BENCHMARKS: Mapping[str, Callable[[Path, bool], list[Result]]] = {
    "pipeline": pipeline.run,
    "decoding": decoding.run,
    "thumbnails": thumbnails.run,
    "metadata": metadata.run,
    "library": library.run,
    "window": window.run,
    "review": review.run,
    "world_map": world_map.run,
    "tagging": tagging.run,
}


def main() -> int:
    """Run the benchmarks and print their tables, last the one with the bounds."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"any of {', '.join(BENCHMARKS)}; all without")
    parser.add_argument(
        "--quick",
        action="store_true",
        help="tiny sizes and one round: shows that the benchmarks work, the numbers say nothing",
    )
    arguments = parser.parse_args()
    names = arguments.names or list(BENCHMARKS)
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        parser.error(f"unknown benchmark {unknown[0]}")
    machine = f"{available_cores()} of {os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
    print(machine)
    results = []
    for name in names:
        with tempfile.TemporaryDirectory(prefix="landmark-bench-") as folder:
            _use_home(Path(folder) / "home")
            results += BENCHMARKS[name](Path(folder), arguments.quick)
    print(f"\n{machine}")
    if results:
        print_results(results)
    if arguments.quick:
        print("These are the numbers of --quick: they say nothing about speed.")
    return 0


def _use_home(home: Path) -> None:
    """Keep what the program writes for itself (settings, log, thumbnails) away from the user's own."""
    for name, place in (
        ("HOME", "."),
        ("USERPROFILE", "."),
        ("APPDATA", "roaming"),
        ("LOCALAPPDATA", "local"),
        ("XDG_CONFIG_HOME", "config"),
        ("XDG_DATA_HOME", "data"),
        ("XDG_STATE_HOME", "state"),
        ("XDG_CACHE_HOME", "cache"),
    ):
        folder = home / place
        folder.mkdir(parents=True, exist_ok=True)
        os.environ[name] = str(folder)


if __name__ == "__main__":
    sys.exit(main())
