"""``undo`` and ``runs``: what was written, and the way back."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from landmark_desktop.cli.arguments import Arguments, Command, add_library_argument
from landmark_desktop.cli.common import EXIT_OK, EXIT_USAGE, Tagging, complain, count
from landmark_desktop.cli.organise import print_organised, undo_organised
from landmark_desktop.core.errors import ErrorCode
from landmark_desktop.core.tag import RunState
from landmark_desktop.services.tagging import TaggingService, TagResult


def _add_photo_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--photo",
        dest="photos",
        type=Path,
        action="append",
        metavar="FILE",
        help="only this photo of the run (given with its id); can be given several times",
    )


def _add_undo_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("run", nargs="?", metavar="RUN", help="the run's id; without it, the newest that still stands")
    _add_photo_argument(parser)
    parser.add_argument(
        "--folder", type=Path, metavar="DIR", help="all that any run wrote to photos in this folder and below it"
    )
    parser.add_argument(
        "--only-ours",
        action="store_true",
        help="take what was written out of files that were changed since, instead of leaving them alone",
    )
    add_library_argument(parser)


def _add_redo_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("run", nargs="?", metavar="RUN", help="the run's id; without it, the newest that was undone")
    _add_photo_argument(parser)
    add_library_argument(parser)


def _complain(result: TagResult) -> None:
    if result.error is not None:
        complain(result.error)


def _photo_ids(service: TaggingService, arguments: Arguments) -> set[int] | None:
    return service.photo_ids(arguments.run, arguments.photos) if arguments.photos else None


def _wrong_usage(arguments: Arguments) -> str:
    """Why these arguments do not go together; empty if they do."""
    if arguments.photos and arguments.run is None:
        return "--photo needs the id of the run"
    if getattr(arguments, "folder", None) is not None and arguments.run is not None:
        return "give a run or --folder, not both"
    return ""


def undo_run(arguments: Arguments) -> int:
    """``undo``: take back a run of tags or of organising, photos of a run, or all that was written to a folder."""
    wrong = _wrong_usage(arguments)
    if wrong:
        print(f"landmark-desktop undo: {wrong}", file=sys.stderr)
        return EXIT_USAGE
    if arguments.folder is not None:
        with Tagging(arguments.library) as service:
            results = service.undo_folder(arguments.folder, _complain, only_ours=arguments.only_ours)
        return _tell_undone(results)
    with Tagging(arguments.library) as service:
        standing = [run.id for run in service.runs() if run.can_undo]
    if not arguments.photos and not arguments.only_ours:  # organising has no such parts
        organised = undo_organised(arguments, max(standing, default=""))
        if organised is not None:
            return organised
    with Tagging(arguments.library) as service:
        photos = _photo_ids(service, arguments)
        results = service.undo(arguments.run, _complain, photos=photos, only_ours=arguments.only_ours)
    return _tell_undone(results)


def _tell_undone(results: Sequence[TagResult]) -> int:
    undone = sum(result.state is RunState.UNDONE for result in results)
    print(f"{count(undone, 'photo')} as before the run, {len(results) - undone:,} left alone.")
    refused = [result.error for result in results if result.error is not None]
    if any(error.code is ErrorCode.UNDO_CHANGED for error in refused):
        print("With --only-ours, undo takes what was written out of files that were changed since.")
    return EXIT_OK


def redo_run(arguments: Arguments) -> int:
    """``redo``: write again what was undone of a run."""
    wrong = _wrong_usage(arguments)
    if wrong:
        print(f"landmark-desktop redo: {wrong}", file=sys.stderr)
        return EXIT_USAGE
    with Tagging(arguments.library) as service:
        results = service.redo(arguments.run, _complain, photos=_photo_ids(service, arguments))
    done = sum(result.state is RunState.DONE for result in results)
    print(f"{count(done, 'photo')} tagged again, {len(results) - done:,} left alone.")
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
    "undo", "take back a run of tags or of organising", "undo 20240501-101112-3fa9c07d", _add_undo_arguments, undo_run
)
REDO = Command("redo", "write a run of tags again", "redo 20240501-101112-3fa9c07d", _add_redo_arguments, redo_run)
RUNS = Command("runs", "list the runs of tags and of organising", "runs", add_library_argument, list_runs)
