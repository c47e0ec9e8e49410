"""``export``: reviewed photos with their places, for maps and spreadsheets."""

import argparse
import io
import sys
from pathlib import Path

from tqdm import tqdm

from landmark_desktop.cli.arguments import Arguments, Command, add_library_argument, add_path_arguments
from landmark_desktop.cli.common import EXIT_OK, bundle_of, complain, count, open_library
from landmark_desktop.core.errors import ErrorCode, ExportError, KnownError
from landmark_desktop.services.export_formats import ExportFormat
from landmark_desktop.services.exporting import ExportResult, ExportService

_STDOUT = Path("-")


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    add_path_arguments(parser)
    parser.add_argument(
        "--format",
        choices=[kind.value for kind in ExportFormat],
        help="the format; without it, the ending of FILE tells",
    )
    parser.add_argument(
        "--output", type=Path, default=_STDOUT, metavar="FILE", help="where to write, - for the terminal"
    )
    parser.add_argument("--bundle", type=Path, metavar="DIR|ZIP", help="a model bundle instead of the shipped one")
    add_library_argument(parser)


def export_paths(arguments: Arguments) -> int:
    """``export``: write the accepted photos under some paths to a file."""
    kind = _format(arguments)
    with open_library(arguments.library) as (db, library):
        service = ExportService(db, library, bundle_of(arguments))
        with tqdm(file=sys.stderr, unit=" photos", disable=not sys.stderr.isatty(), dynamic_ncols=True) as bar:

            def folder_error(error: KnownError) -> None:
                with tqdm.external_write_mode(sys.stderr):
                    complain(error)

            records = service.records_under(arguments.paths, recursive=arguments.recursive, on_error=folder_error)
            if arguments.output == _STDOUT:
                if isinstance(sys.stdout, io.TextIOWrapper):
                    sys.stdout.reconfigure(newline="")
                result = service.write(records, kind, sys.stdout, on_photo=bar.update)
            else:
                result = service.save(records, kind, arguments.output, on_photo=bar.update)
    _tell(result)
    return EXIT_OK


def _format(arguments: Arguments) -> ExportFormat:
    """The format that was asked for, or that the file's ending names. Raises :class:`ExportError`."""
    name = arguments.format or arguments.output.suffix[1:].lower()
    try:
        return ExportFormat(name)
    except ValueError as error:
        formats = ", ".join(kind.value for kind in ExportFormat)
        raise ExportError(ErrorCode.USAGE, reason=f"Say which --format is wanted: {formats}") from error


def _tell(result: ExportResult) -> None:
    print(f"{count(result.photos, 'photo')} exported.", file=sys.stderr)
    if result.without_place:
        left_out = count(result.without_place, "photo")
        print(f"{left_out} left out: this bundle knows no place for their landmarks.", file=sys.stderr)


COMMAND = Command(
    "export",
    "export reviewed photos with their places",
    "export ~/Pictures --format geojson --output places.geojson",
    _add_arguments,
    export_paths,
)
