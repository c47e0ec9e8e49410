"""``landmark-trainer prepare``."""

from pathlib import Path

from trainer import prepare as preparation
from trainer.commands.source import write_report
from trainer.data import scan_tree


def prepare(data: Path, background: str, out: Path | None, threads: int) -> int:
    """Check a data tree, print the report, and write it as JSON to ``out``."""
    report = preparation.examine(scan_tree(data, background), threads=threads)
    if out is not None:
        write_report(out, report.document)
    print(preparation.table(report.document))
    return 0
