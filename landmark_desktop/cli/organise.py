"""``organise``: copy or move photos into folders by a template; its runs and their undo."""

import argparse
import sys
from pathlib import Path

from tqdm import tqdm

from landmark_desktop.cli.arguments import Arguments, Command, add_library_argument, add_path_arguments
from landmark_desktop.cli.common import EXIT_NOTHING_READ, EXIT_OK, bundle_of, complain, count, open_library
from landmark_desktop.core.record import PhotoRecord
from landmark_desktop.core.template import DEFAULT_TEMPLATE, FIELDS, Template
from landmark_desktop.core.transfer import TransferState
from landmark_desktop.services.exporting import ExportService, readable
from landmark_desktop.services.organise_plan import OrganiseOptions, OrganisePlan, Step
from landmark_desktop.services.organising import OrganiseResult, OrganisingService


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    add_path_arguments(parser)
    fields = "; ".join(f"{{{name}}}: {holds}" for name, (holds, _) in FIELDS.items())
    parser.add_argument("--into", type=Path, required=True, metavar="FOLDER", help="the folder that holds the new ones")
    parser.add_argument("--template", default=DEFAULT_TEMPLATE, metavar="TEXT", help=f"the folders. {fields}")
    parser.add_argument("--move", action="store_true", help="move the photos instead of copying them")
    parser.add_argument("--all", action="store_true", help="also photos without an accepted place")
    parser.add_argument("--dry-run", action="store_true", help="show what would go where, and touch nothing")
    parser.add_argument("--bundle", type=Path, metavar="DIR|ZIP", help="a model bundle instead of the shipped one")
    add_library_argument(parser)


def organise_paths(arguments: Arguments) -> int:
    """``organise``: copy or move the accepted photos under some paths as one run."""
    options = OrganiseOptions(
        arguments.into, Template.parse(arguments.template), arguments.template, moves=arguments.move
    )
    bundle = bundle_of(arguments)
    with open_library(arguments.library) as (db, library):
        service = OrganisingService(db, library, bundle)
        service.reconcile()
        found = ExportService(db, library, bundle).records_under(
            arguments.paths, recursive=arguments.recursive, on_error=complain
        )
        records = [record for record in found if arguments.all or _accepted(record)]
        plan = service.plan(records, options)
        if arguments.dry_run:
            _print_plan(plan)
        else:
            _apply(service, plan)
    return EXIT_OK if records else EXIT_NOTHING_READ


def _accepted(record: PhotoRecord) -> bool:
    return record.review is not None and record.review.landmark_id is not None


def _print_plan(plan: OrganisePlan) -> None:
    for item in plan.items:
        path = readable(item.record.photo.path)
        if item.error is not None:
            print(f"{path}: {item.error.message}")
        elif item.step is Step.TRANSFER:
            for transfer in item.files:
                print(f"{readable(transfer.source)} → {readable(transfer.target)}")
        else:
            print(f"{path}: {_REASONS[item.step]}")
    print(f"\nNothing was touched. {count(len(plan.transfers), 'photo')} would be {_verb(plan.options.moves)}.")
    if plan.too_large:
        print(f"There is no room for that: {plan.needed:,} bytes are needed, {plan.free:,} are free.")


_REASONS = {Step.THERE: "is where it should be", Step.SAME: "the same photo is there already"}


def _verb(moves: bool) -> str:
    return "moved" if moves else "copied"


def _apply(service: OrganisingService, plan: OrganisePlan) -> None:
    with tqdm(total=len(plan.transfers), file=sys.stderr, unit=" photos", disable=not sys.stderr.isatty()) as bar:

        def report(result: OrganiseResult) -> None:
            if result.error is not None:
                with tqdm.external_write_mode(sys.stderr):
                    complain(result.error)
            bar.update()

        results = service.apply(plan, report)
    done = sum(result.state is TransferState.DONE for result in results)
    same = sum(item.step in _REASONS for item in plan.items)
    print(
        f"{count(done, 'photo')} {_verb(plan.options.moves)}, {same:,} there already, {len(results) - done:,} failed."
    )
    if done:
        print(f"Take it back with: landmark-desktop undo {plan.run_id}")


def undo_organised(arguments: Arguments, newest_tagged: str) -> int | None:
    """Take back the organise run that was asked for, or the newest run where that is one; None if it is none.

    ``newest_tagged`` is the id of the newest run of tags that stands (ids sort by time), or an empty text.
    """
    with open_library(arguments.library) as (db, library):
        service = OrganisingService(db, library, None)
        service.reconcile()
        run = next((run for run in service.runs() if run.can_undo and arguments.run in (None, run.id)), None)
        if run is None or (arguments.run is None and run.id < newest_tagged):
            return None

        def report(result: OrganiseResult) -> None:
            if result.error is not None:
                complain(result.error)

        results = service.undo(run.id, report)
    undone = sum(result.state is TransferState.UNDONE for result in results)
    print(f"{count(undone, 'photo')} as before the run, {len(results) - undone:,} left alone.")
    return EXIT_OK


def print_organised(arguments: Arguments) -> bool:
    """List the organise runs, the newest first; False if there are none."""
    with open_library(arguments.library) as (db, library):
        runs = OrganisingService(db, library, None).runs()
    for run in runs:
        started = run.started.astimezone().strftime("%Y-%m-%d %H:%M")
        counts = f"{run.done:,} {_verb(run.moves)}, {run.undone:,} undone, {run.failed:,} failed"
        print(f"{run.id}  {started}  {counts}  {readable(run.root)}")
    return bool(runs)


COMMAND = Command(
    "organise",
    "copy or move reviewed photos into folders by place and date",
    "organise ~/Pictures --into ~/Sorted --dry-run",
    _add_arguments,
    organise_paths,
)
