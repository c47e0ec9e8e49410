"""``undo`` and ``runs``: what was written, and the way back."""

import argparse

from landmark_desktop.cli.arguments import Arguments, Command, add_library_argument
from landmark_desktop.cli.common import EXIT_OK, Tagging, complain, count
from landmark_desktop.cli.organise import print_organised, undo_organised
from landmark_desktop.core.tag import RunState
from landmark_desktop.services.tagging import TagResult


def _add_undo_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("run", nargs="?", metavar="RUN", help="the run's id; without it, the newest that still stands")
    add_library_argument(parser)


def undo_run(arguments: Arguments) -> int:
    """``undo``: take back a run, of tags or of organising."""
    with Tagging(arguments.library) as service:
        standing = [run.id for run in service.runs() if run.can_undo]
    organised = undo_organised(arguments, max(standing, default=""))
    if organised is not None:
        return organised
    with Tagging(arguments.library) as service:

        def report(result: TagResult) -> None:
            if result.error is not None:
                complain(result.error)

        results = service.undo(arguments.run, report)
    undone = sum(result.state is RunState.UNDONE for result in results)
    print(f"{count(undone, 'photo')} as before the run, {len(results) - undone:,} left alone.")
    return EXIT_OK


def list_runs(arguments: Arguments) -> int:
    """``runs``: list the runs, the newest first; those of organising follow those of tags."""
    with Tagging(arguments.library) as service:
        runs = service.runs()
    for run_ in runs:
        started = run_.started.astimezone().strftime("%Y-%m-%d %H:%M")
        counts = f"{run_.done:,} tagged, {run_.undone:,} undone, {run_.failed:,} failed"
        folders = run_.folders[0] if run_.folders else ""
        more = f" and {count(len(run_.folders) - 1, 'more folder')}" if len(run_.folders) > 1 else ""
        print(f"{run_.id}  {started}  {counts}  {folders}{more}")
    if not print_organised(arguments) and not runs:
        print("No photo was tagged yet.")
    return EXIT_OK


UNDO = Command(
    "undo", "take back a run of tags or of organising", "undo 20240501-101112-3fa9", _add_undo_arguments, undo_run
)
RUNS = Command("runs", "list the runs of tags and of organising", "runs", add_library_argument, list_runs)
