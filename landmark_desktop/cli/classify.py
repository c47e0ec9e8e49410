"""``classify``: print the guesses."""

import argparse
import sys
import time
from collections import Counter

from landmark_desktop.cli.arguments import Arguments, Command, add_batch_arguments, number
from landmark_desktop.cli.common import (
    EXIT_NOTHING_READ,
    EXIT_OK,
    batch_of,
    bundle_of,
    classified,
    count,
    verdict_text,
)
from landmark_desktop.cli.output import FORMATS, Writer, make_writer
from landmark_desktop.core.guess import Verdict
from landmark_desktop.core.record import PhotoRecord
from landmark_desktop.inference.session import ProviderReport


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    add_batch_arguments(parser)
    parser.add_argument("--top-k", type=number(1, 10), default=5, metavar="K", help="guesses per photo, 1 to 10")
    parser.add_argument("--format", choices=FORMATS, default="table", help="what is printed")


def classify_paths(arguments: Arguments) -> int:
    """``classify``: print guesses in input order."""
    bundle = bundle_of(arguments)
    writer: Writer = make_writer(arguments.format, sys.stdout, bundle, arguments.top_k)
    counts: Counter[str] = Counter()
    started = time.monotonic()
    with batch_of(arguments, bundle) as batch:

        def each(record: PhotoRecord) -> None:
            verdict = verdict_text(record, bundle.manifest.thresholds, bundle.landmark_by_id)
            counts[verdict] += 1
            writer.write(record, verdict)

        folder_errors = classified(batch, arguments, each)
        provider = batch.provider
    seconds = time.monotonic() - started
    if arguments.format == "table" or sys.stderr.isatty():
        stream = sys.stdout if arguments.format == "table" else sys.stderr
        print(_summary(counts, len(folder_errors), seconds, provider), file=stream)
    return EXIT_OK if counts.total() > counts["error"] else EXIT_NOTHING_READ


def _summary(counts: Counter[str], folders: int, seconds: float, provider: ProviderReport | None) -> str:
    total = counts.total()
    parts = [count(total, "photo")]
    parts += [f"{counts[verdict.value]:,} {verdict.value}" for verdict in Verdict]
    parts.append(count(counts["error"], "error"))
    lines = ["", f"{parts[0]}: {', '.join(parts[1:])}"]
    if folders:
        lines.append(f"{count(folders, 'path')} could not be listed")
    rate = f"{total / seconds:.1f} photos per second" if seconds > 0 else ""
    if provider is None:
        where = "all guesses were in the library already"
    elif provider.reason:
        where = f"on the {provider.label} ({provider.reason})"
    else:
        where = f"on {provider.label}"
    lines.append(f"{rate}, {where}")
    return "\n".join(lines)


COMMAND = Command(
    "classify",
    "print the guesses for photos and folders",
    "classify ~/Pictures --format jsonl --top-k 3",
    _add_arguments,
    classify_paths,
)
