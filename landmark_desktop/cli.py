"""The commands of the command line, thin over the services that the window uses too."""

import argparse
import dataclasses
import os
import platform
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from importlib import metadata
from pathlib import Path

from tqdm import tqdm

from landmark_desktop import __version__
from landmark_desktop.cli_output import FORMATS, Writer, make_writer
from landmark_desktop.core.bundle import Bundle, load_bundle
from landmark_desktop.core.errors import BundleError, ErrorCode, KnownError
from landmark_desktop.core.guess import Thresholds, Verdict, decide
from landmark_desktop.core.photo import display_name
from landmark_desktop.core.record import PhotoRecord
from landmark_desktop.core.resources import default_bundle_path
from landmark_desktop.core.review import Review, ReviewState
from landmark_desktop.core.tag import ReviewedBy, RunState, WriteMode
from landmark_desktop.inference.classifier import OnnxClassifier
from landmark_desktop.inference.session import CPU, CUDA, ProviderChoice, ProviderReport, cuda_problem
from landmark_desktop.services import paths
from landmark_desktop.services.batch import BatchClassifier
from landmark_desktop.services.lanes import Lane
from landmark_desktop.services.machine import available_cores
from landmark_desktop.services.sizing import EngineOptions, model_threads
from landmark_desktop.services.tagging import Plan, TaggingService, TagOptions, TagResult
from landmark_desktop.store.library import Library

EXIT_OK = 0
EXIT_FAILED = 1
EXIT_USAGE = 2
EXIT_NOTHING_READ = 3
EXIT_INTERRUPTED = 130

Arguments = argparse.Namespace


def command_names() -> frozenset[str]:
    """The first words that are commands; anything else on the command line is a folder or file for the window."""
    return frozenset(_COMMANDS)


def run(argv: Sequence[str]) -> int:
    """Run one command and return the exit code: 0, 1 (self-test failed), 2 (bad usage) or 3 (no photo readable)."""
    arguments = _parser().parse_args(argv)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        code = _COMMANDS[arguments.command](arguments)
        sys.stdout.flush()
    except KnownError as error:
        _complain(error)
        return EXIT_USAGE
    except KeyboardInterrupt:
        print("Interrupted; what was done is kept.", file=sys.stderr)
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        # The reader went away (`| head`). Python would complain again when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_OK
    return code


def _complain(error: KnownError) -> None:
    print(f"landmark-desktop: {error.message}\n  {error.remedy}", file=sys.stderr)


# the parser


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="landmark-desktop",
        description="Recognise landmarks in photos and write the places into their metadata. "
        "Without a command, the window opens on the given folders and files.",
        epilog="Example: landmark-desktop classify ~/Pictures --format csv > guesses.csv",
    )
    parser.add_argument("--version", action="version", version=f"landmark-desktop {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str, description: str, example: str) -> argparse.ArgumentParser:
        return commands.add_parser(
            name,
            help=description,
            description=description,
            epilog=f"Example: landmark-desktop {example}",
            formatter_class=argparse.ArgumentDefaultsHelpFormatter,
        )

    classify = command(
        "classify", "print the guesses for photos and folders", "classify ~/Pictures --format jsonl --top-k 3"
    )
    _add_batch_arguments(classify)
    classify.add_argument("--top-k", type=_number(1, 10), default=5, metavar="K", help="guesses per photo, 1 to 10")
    classify.add_argument("--format", choices=FORMATS, default="table", help="what is printed")

    tag = command("tag", "write the places of recognised landmarks into metadata", "tag ~/Pictures/Rome --dry-run")
    _add_batch_arguments(tag)
    tag.add_argument(
        "--min-confidence",
        type=_confidence,
        metavar="P",
        help="tag first guesses with at least this confidence, 0 to 1, instead of the bundle's threshold",
    )
    tag.add_argument(
        "--write", choices=[mode.value for mode in WriteMode], default=WriteMode.SIDECAR.value, help="where to write"
    )
    here = tag.add_mutually_exclusive_group()
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
    tag.add_argument("--dry-run", action="store_true", help="show what would be written, and write nothing")

    undo = command("undo", "take back a run of tags", "undo 20240501-101112-3fa9")
    undo.add_argument("run", nargs="?", metavar="RUN", help="the run's id; without it, the newest that still stands")
    runs = command("runs", "list the runs of tags", "runs")
    info = command("info", "show versions, providers, bundle and library", "info")
    for parser_with_library in (undo, runs, info):
        _add_library_argument(parser_with_library)
    self_test = command("self-test", "run one real inference through the bundle", "self-test")
    for parser_with_bundle in (info, self_test):
        _add_model_arguments(parser_with_bundle)
    return parser


def _add_batch_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="folders and photos")
    parser.add_argument("--recursive", action=argparse.BooleanOptionalAction, default=True, help="look into subfolders")
    parser.add_argument(
        "--batch-size", type=_number(0, 1024), default=0, metavar="N", help="photos per inference, 0: by provider"
    )
    _add_model_arguments(parser)
    _add_library_argument(parser)


def _add_model_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--bundle", type=Path, metavar="DIR|ZIP", help="a model bundle instead of the shipped one")
    parser.add_argument(
        "--provider",
        choices=[choice.value for choice in ProviderChoice],
        default=ProviderChoice.AUTO.value,
        help="where the model runs",
    )
    parser.add_argument(
        "--threads",
        type=_number(0, 256),
        default=0,
        metavar="N",
        help="threads of the model, and photos decoded at the same time; 0: by the number of cores",
    )


def _add_library_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--library", type=Path, default=paths.library_path(), metavar="FILE", help="another library than your own"
    )


def _number(low: int, high: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        value = int(text)
        if not low <= value <= high:
            raise argparse.ArgumentTypeError(f"must be from {low} to {high}")
        return value

    return parse


def _confidence(text: str) -> float:
    value = float(text)
    if not 0.0 <= value <= 1.0:
        raise argparse.ArgumentTypeError("must be from 0 to 1")
    return value


# classify and tag


def _bundle(arguments: Arguments) -> Bundle:
    return load_bundle(arguments.bundle if arguments.bundle is not None else default_bundle_path())


def _batch(arguments: Arguments, bundle: Bundle) -> BatchClassifier:
    choice = ProviderChoice(arguments.provider)
    batch = BatchClassifier(
        arguments.library,
        bundle,
        lambda: OnnxClassifier(bundle, choice, model_threads(arguments.threads)),
        EngineOptions(decode_workers=arguments.threads, batch_size=arguments.batch_size),
    )
    notice = batch.library.notice
    if notice is not None:
        _complain(notice)
    return batch


def _classified(batch: BatchClassifier, arguments: Arguments, each: Callable[[PhotoRecord], None]) -> list[KnownError]:
    """Classify and hand over every record in input order; returns the folders that could not be read."""
    folder_errors: list[KnownError] = []

    def folder_error(error: KnownError) -> None:
        folder_errors.append(error)
        with tqdm.external_write_mode(sys.stderr):
            _complain(error)

    with tqdm(file=sys.stderr, unit=" photos", disable=not sys.stderr.isatty(), dynamic_ncols=True) as bar:

        def found(total: int) -> None:
            bar.total = total

        for record in batch.run(arguments.paths, recursive=arguments.recursive, on_found=found, on_error=folder_error):
            with tqdm.external_write_mode(sys.stdout):
                each(record)
            bar.update()
    return folder_errors


def classify_paths(arguments: Arguments) -> int:
    """``classify``: print guesses in input order."""
    bundle = _bundle(arguments)
    writer: Writer = make_writer(arguments.format, sys.stdout, bundle, arguments.top_k)
    counts: Counter[str] = Counter()
    started = time.monotonic()
    with _batch(arguments, bundle) as batch:

        def each(record: PhotoRecord) -> None:
            verdict = verdict_text(record, bundle.manifest.thresholds)
            counts[verdict] += 1
            writer.write(record, verdict)

        folder_errors = _classified(batch, arguments, each)
        provider = batch.provider
    seconds = time.monotonic() - started
    if arguments.format == "table" or sys.stderr.isatty():
        stream = sys.stdout if arguments.format == "table" else sys.stderr
        print(_summary(counts, len(folder_errors), seconds, provider), file=stream)
    return EXIT_OK if counts.total() > counts["error"] else EXIT_NOTHING_READ


def verdict_text(record: PhotoRecord, thresholds: Thresholds) -> str:
    """The verdict as the command line prints it; ``error`` where the photo could not be read."""
    return "error" if record.error is not None or record.guesses is None else decide(record.guesses, thresholds).value


def _summary(counts: Counter[str], folders: int, seconds: float, provider: ProviderReport | None) -> str:
    total = counts.total()
    parts = [_count(total, "photo")]
    parts += [f"{counts[verdict.value]:,} {verdict.value}" for verdict in Verdict]
    parts.append(_count(counts["error"], "error"))
    lines = ["", f"{parts[0]}: {', '.join(parts[1:])}"]
    if folders:
        lines.append(f"{_count(folders, 'path')} could not be listed")
    rate = f"{total / seconds:.1f} photos per second" if seconds > 0 else ""
    if provider is None:
        where = "all guesses were in the library already"
    elif provider.reason:
        where = f"on the {provider.label} ({provider.reason})"
    else:
        where = f"on {provider.label}"
    lines.append(f"{rate}, {where}")
    return "\n".join(lines)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def tag_paths(arguments: Arguments) -> int:
    """``tag``: classify, then write the places of what was recognised (or accepted in the window) as one run."""
    bundle = _bundle(arguments)
    thresholds = bundle.manifest.thresholds
    if arguments.min_confidence is not None:
        accept = arguments.min_confidence
        thresholds = dataclasses.replace(thresholds, accept=accept, reject=min(accept, thresholds.reject))
    options = TagOptions(WriteMode(arguments.write), taken_here=arguments.taken_here)
    chosen: list[PhotoRecord] = []
    counts: Counter[str] = Counter()
    with _batch(arguments, bundle) as batch:

        def each(record: PhotoRecord) -> None:
            counts[verdict_text(record, thresholds)] += 1
            choice = _choose(record, thresholds)
            if choice is not None:
                chosen.append(choice)

        _classified(batch, arguments, each)
        service = TaggingService(batch.db, batch.library, bundle)
        service.reconcile()
        plan = service.plan(chosen, options)
        if arguments.dry_run:
            _print_plan(plan)
        else:
            _apply(service, plan)
    return EXIT_OK if counts.total() > counts["error"] else EXIT_NOTHING_READ


def _choose(record: PhotoRecord, thresholds: Thresholds) -> PhotoRecord | None:
    """The record with the review to write: the user's own where there is one, else the recognised first guess."""
    if record.review is not None:
        return record if record.review.state is ReviewState.ACCEPTED else None
    if record.error is not None or record.guesses is None or decide(record.guesses, thresholds) is not Verdict.LANDMARK:
        return None
    first = record.guesses.first
    assert first is not None
    return record.with_review(Review(ReviewState.ACCEPTED, first.landmark_id, ReviewedBy.AUTO))


def _print_plan(plan: Plan) -> None:
    for item in plan.items:
        name = display_name(item.record.photo.path)
        if item.error is not None:
            print(f"{name}: {item.error.message}")
        elif item.change is not None and not item.change.is_empty:
            print(f"{name} → {display_name(item.change.target)}")
            for field in item.change.fields:
                print(f"    {field.field}: {field.before or '–'} → {field.after or '–'}")
            for note in item.change.notes:
                print(f"    {note}")
    print(
        f"\nNothing was written. {len(plan.writes)} of {_count(len(plan.items), 'recognised photo')} would be tagged."
    )


def _apply(service: TaggingService, plan: Plan) -> None:
    with tqdm(total=len(plan.writes), file=sys.stderr, unit=" files", disable=not sys.stderr.isatty()) as bar:

        def report(result: TagResult) -> None:
            if result.error is not None:
                with tqdm.external_write_mode(sys.stderr):
                    _complain(result.error)
            bar.update()

        results = service.apply(plan, report)
    done = sum(result.state is RunState.DONE for result in results)
    failed = sum(result.state is RunState.FAILED for result in results)
    same = len(plan.items) - len(results)
    print(f"{_count(done, 'photo')} tagged, {same:,} tagged already, {failed:,} failed.")
    if done:
        print(f"Take it back with: landmark-desktop undo {plan.run_id}")


# runs


def undo_run(arguments: Arguments) -> int:
    """``undo``: take back a run."""
    with _Tagging(arguments.library) as service:

        def report(result: TagResult) -> None:
            if result.error is not None:
                _complain(result.error)

        results = service.undo(arguments.run, report)
    undone = sum(result.state is RunState.UNDONE for result in results)
    print(f"{_count(undone, 'photo')} as before the run, {len(results) - undone:,} left alone.")
    return EXIT_OK


def list_runs(arguments: Arguments) -> int:
    """``runs``: list the runs, the newest first."""
    with _Tagging(arguments.library) as service:
        runs = service.runs()
    if not runs:
        print("No photo was tagged yet.")
    for run_ in runs:
        started = run_.started.astimezone().strftime("%Y-%m-%d %H:%M")
        counts = f"{run_.done:,} tagged, {run_.undone:,} undone, {run_.failed:,} failed"
        folders = run_.folders[0] if run_.folders else ""
        more = f" and {_count(len(run_.folders) - 1, 'more folder')}" if len(run_.folders) > 1 else ""
        print(f"{run_.id}  {started}  {counts}  {folders}{more}")
    return EXIT_OK


class _Tagging:
    """A tagging service on the user's library, for commands that need no bundle: undo works without one."""

    def __init__(self, library_path: Path) -> None:
        self._db = Lane("db")
        try:
            self._library = self._db.call(Library.open, library_path)
        except BaseException:
            self._db.close()
            raise

    def __enter__(self) -> TaggingService:
        service = TaggingService(self._db, self._library, None)
        service.reconcile()
        return service

    def __exit__(self, *_: object) -> None:
        self._db.call(self._library.close)
        self._db.close()


# info and self-test


def show_info(arguments: Arguments) -> int:
    """``info``: everything a bug report needs."""
    import onnxruntime

    print(f"Landmark Desktop {__version__}")
    print(f"Python {platform.python_version()} on {platform.platform()}")
    for package in ("PySide6-Essentials", "pillow", "pillow-heif", "rawpy", "exiv2", "numpy"):
        print(f"{package} {_version(package)}")
    print(f"ONNX Runtime {onnxruntime.__version__}, providers {', '.join(onnxruntime.get_available_providers())}")
    problem = cuda_problem()
    print(f"CUDA: {problem or 'can be tried'}")
    threads = model_threads(arguments.threads)
    workers = EngineOptions(decode_workers=arguments.threads).workers()
    print(f"Cores: {available_cores()}; {_count(workers, 'decode worker')}, {_count(threads, 'thread')} for the model")
    print(f"Library: {arguments.library}")
    print(f"Settings: {paths.settings_path()}")
    print(f"Thumbnails: {paths.thumbnail_path()}")
    print(f"Log: {paths.log_path()}")
    try:
        bundle = _bundle(arguments)
        manifest = bundle.manifest
        print(f"Bundle: {bundle.source} ({manifest.id} {manifest.version}, {manifest.architecture})")
        print(f"Landmarks: {len(manifest.landmarks)}")
        classifier = OnnxClassifier(bundle, ProviderChoice(arguments.provider), threads)
    except KnownError as error:
        print(f"Bundle: {error.message} {error.remedy}")
        return EXIT_OK
    report = classifier.provider
    print(f"The model runs on: {report.label}" + (f" ({report.reason})" if report.reason else ""))
    print(f"Precision: {report.precision} ({report.precision_reason})")
    return EXIT_OK


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "(version unknown)"


def self_test(arguments: Arguments) -> int:
    """``self-test``: one real inference, from pixels to a verdict; 0 if it works, 1 if not."""
    import numpy as np
    from PIL import Image

    from landmark_desktop.core.preprocess import preprocess

    try:
        bundle = _bundle(arguments)
        classifier = OnnxClassifier(bundle, ProviderChoice(arguments.provider), model_threads(arguments.threads))
        ramp = np.linspace(0, 255, 480, dtype=np.uint8)
        picture = Image.fromarray(np.stack(np.broadcast_arrays(ramp[:, None], ramp[None, :], ramp[::-1, None]), axis=2))
        started = time.perf_counter()
        guesses = classifier.classify(preprocess(picture, bundle.manifest.input)[None])[0]
        milliseconds = 1000 * (time.perf_counter() - started)
    except KnownError as error:
        _complain(error)
        return EXIT_FAILED
    provider = {CUDA: "CUDA", CPU: "the CPU"}[classifier.provider.actual]
    verdict = decide(guesses, bundle.manifest.thresholds)
    print(
        f"{bundle.manifest.id} {bundle.manifest.version} runs on {provider}: {milliseconds:.0f} ms, verdict {verdict}"
    )
    total = sum(guess.confidence for guess in guesses.top)
    if not guesses.top or total > 1.0 + 1e-3:
        _complain(
            BundleError(ErrorCode.BUNDLE_MODEL, name=bundle.manifest.id, reason=f"its probabilities sum to {total:.3f}")
        )
        return EXIT_FAILED
    return EXIT_OK


_COMMANDS: dict[str, Callable[[Arguments], int]] = {
    "classify": classify_paths,
    "tag": tag_paths,
    "undo": undo_run,
    "runs": list_runs,
    "info": show_info,
    "self-test": self_test,
}
