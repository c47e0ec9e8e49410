"""Bring the tables of ``docs/metadata.md`` up to date: ``python -m tools.metadata_page``.

They are made from the table of fields that the writer and the preview use; a test fails while the page is stale.
"""

import sys
from pathlib import Path

from landmark_desktop.metadata.fields import markdown_table

PAGE = Path(__file__).resolve().parent.parent / "docs" / "metadata.md"
START, END = "<!-- fields: start -->\n", "<!-- fields: end -->"


def renewed(text: str) -> str:
    """The page with the tables as the code makes them. Raises ValueError where it has no place for them."""
    start, end = text.index(START) + len(START), text.index(END)
    return text[:start] + markdown_table() + "\n" + text[end:]


def main() -> int:
    """Renew the page; returns the exit code."""
    PAGE.write_text(renewed(PAGE.read_text("utf-8")), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
