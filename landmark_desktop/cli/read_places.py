"""``import``: take over the places that stand in photos and their sidecars."""

import argparse
import sys
from pathlib import Path

from tqdm import tqdm

from landmark_desktop.cli.arguments import Arguments, Command, add_library_argument, add_path_arguments
from landmark_desktop.cli.common import EXIT_NOTHING_READ, EXIT_OK, bundle_of, complain, count, open_library
from landmark_desktop.services.exporting import ExportService
from landmark_desktop.services.importing import ImportService


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    add_path_arguments(parser)
    parser.add_argument("--bundle", type=Path, metavar="DIR|ZIP", help="a model bundle instead of the shipped one")
    add_library_argument(parser)


def import_paths(arguments: Arguments) -> int:
    """``import``: read the places in the files under some paths into the library."""
    bundle = bundle_of(arguments)
    with open_library(arguments.library) as (db, library):
        records = list(
            ExportService(db, library, bundle).records_under(
                arguments.paths, recursive=arguments.recursive, on_error=complain
            )
        )
        with tqdm(total=len(records), file=sys.stderr, unit=" photos", disable=not sys.stderr.isatty()) as bar:
            result = ImportService(db, library, bundle).run(records, on_photo=bar.update)
    for error in result.errors:
        complain(error)
    print(
        f"{count(result.read, 'photo')} read: {len(result.reviewed):,} accepted by what their files say,"
        f" {result.places:,} with a place that is no landmark of this bundle."
    )
    return EXIT_OK if result.read else EXIT_NOTHING_READ


COMMAND = Command(
    "import",
    "take over the places that stand in photos and sidecars",
    "import ~/Pictures",
    _add_arguments,
    import_paths,
)
