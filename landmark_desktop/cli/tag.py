"""``tag``: classify, and write the places."""

import argparse
import dataclasses
import sys
from collections import Counter

from tqdm import tqdm

from landmark_desktop.cli.arguments import Arguments, Command, add_batch_arguments, confidence
from landmark_desktop.cli.common import (
    EXIT_NOTHING_READ,
    EXIT_OK,
    batch_of,
    bundle_of,
    classified,
    complain,
    count,
    verdict_text,
)
from landmark_desktop.core.agreement import verdict_of
from landmark_desktop.core.bundle import Bundle
from landmark_desktop.core.guess import Thresholds, Verdict
from landmark_desktop.core.photo import display_name
from landmark_desktop.core.record import PhotoRecord
from landmark_desktop.core.review import Review, ReviewState
from landmark_desktop.core.tag import ReviewedBy, RunState, WriteMode
from landmark_desktop.services.tagging import Plan, TaggingService, TagOptions, TagResult


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    add_batch_arguments(parser)
    parser.add_argument(
        "--min-confidence",
        type=confidence,
        metavar="P",
        help="tag first guesses with at least this confidence, 0 to 1, instead of the bundle's threshold",
    )
    parser.add_argument(
        "--write", choices=[mode.value for mode in WriteMode], default=WriteMode.SIDECAR.value, help="where to write"
    )
    here = parser.add_mutually_exclusive_group()
    here.add_argument(
        "--taken-here",
        dest="taken_here",
        action="store_true",
        default=True,
        help="also write the landmark as estimated camera position where a photo has no GPS",
    )
    here.add_argument(
        "--shown-only", dest="taken_here", action="store_false", help="only write what the photo shows", default=True
    )
    parser.add_argument("--dry-run", action="store_true", help="show what would be written, and write nothing")


def tag_paths(arguments: Arguments) -> int:
    """``tag``: classify, then write the places of what was recognised (or accepted in the window) as one run."""
    bundle = bundle_of(arguments)
    thresholds = bundle.manifest.thresholds
    if arguments.min_confidence is not None:
        accept = arguments.min_confidence
        # What is below stays untagged, even where the photo's own position agrees.
        thresholds = dataclasses.replace(thresholds, accept=accept, reject=accept)
    options = TagOptions(WriteMode(arguments.write), taken_here=arguments.taken_here)
    chosen: list[PhotoRecord] = []
    counts: Counter[str] = Counter()
    with batch_of(arguments, bundle) as batch:

        def each(record: PhotoRecord) -> None:
            counts[verdict_text(record, thresholds, bundle.landmark_by_id)] += 1
            choice = _choose(record, thresholds, bundle)
            if choice is not None:
                chosen.append(choice)

        classified(batch, arguments, each)
        service = TaggingService(batch.db, batch.library, bundle)
        service.reconcile()
        plan = service.plan(chosen, options)
        if arguments.dry_run:
            _print_plan(plan)
        else:
            _apply(service, plan)
    return EXIT_OK if counts.total() > counts["error"] else EXIT_NOTHING_READ


def _choose(record: PhotoRecord, thresholds: Thresholds, bundle: Bundle) -> PhotoRecord | None:
    """The record with the review to write: the user's own where there is one, else the recognised first guess."""
    if record.review is not None:
        return record if record.review.state is ReviewState.ACCEPTED else None
    verdict, _ = verdict_of(record, thresholds, bundle.landmark_by_id)
    first = record.guesses.first if record.guesses is not None else None
    if record.error is not None or verdict is not Verdict.LANDMARK or first is None:
        return None
    return record.with_review(Review(ReviewState.ACCEPTED, first.landmark_id, ReviewedBy.AUTO))


def _print_plan(plan: Plan) -> None:
    for item in plan.items:
        name = display_name(item.path)
        if item.error is not None:
            print(f"{name}: {item.error.message}")
        elif item.change is not None and not item.change.is_empty:
            print(f"{name} → {display_name(item.change.target)}")
            for field in item.change.fields:
                print(f"    {field.field}: {field.before or '–'} → {field.after or '–'}")
            for note in item.change.notes:
                print(f"    {note}")
    recognised = count(len({item.record.id for item in plan.items}), "recognised photo")
    files = _files(plan.photos, len(plan.writes))
    print(f"\nNothing was written. {plan.photos:,} of {recognised} would be tagged{files}.")


def _apply(service: TaggingService, plan: Plan) -> None:
    with tqdm(total=len(plan.writes), file=sys.stderr, unit=" files", disable=not sys.stderr.isatty()) as bar:

        def report(result: TagResult) -> None:
            if result.error is not None:
                with tqdm.external_write_mode(sys.stderr):
                    complain(result.error)
            bar.update()

        results = service.apply(plan, report)
    failed = {result.photo_id for result in results if result.state is RunState.FAILED}
    written = [result for result in results if result.state is RunState.DONE and result.photo_id not in failed]
    done = {result.photo_id for result in written}
    same = {item.record.id for item in plan.items} - failed - done
    files = _files(len(done), len(written))
    print(f"{count(len(done), 'photo')} tagged{files}, {len(same):,} tagged already, {len(failed):,} failed.")
    if any(result.state is RunState.DONE for result in results):
        print(f"Take it back with: landmark-desktop undo {plan.run_id}")


def _files(photos: int, files: int) -> str:
    """How many files that are, where photos have several: `` (24 files)``."""
    return f" ({count(files, 'file')})" if files != photos else ""


COMMAND = Command(
    "tag",
    "write the places of recognised landmarks into metadata",
    "tag ~/Pictures/Rome --dry-run",
    _add_arguments,
    tag_paths,
)
