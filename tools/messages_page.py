"""Write ``docs/guide/messages.md``, what the program says and what helps: ``python -m tools.messages_page``.

It is made from the table of known errors that the program uses; a test fails while the page is stale.
"""

import re
import sys
from pathlib import Path

from landmark_desktop.core.errors import ERROR_TEXTS

PAGE = Path(__file__).resolve().parent.parent / "docs" / "guide" / "messages.md"
_INTRODUCTION = """\
# What it says, and what helps

Everything that can go wrong with a photo, a drive, a model or the library has a sentence that says what happened,
and one that says what to do. A photo with a problem keeps its tile, marked ⚠, and says both when you select it; the
other photos go on. Names, numbers and reasons stand in for *what is set like this*.

| it says | what helps |
|---|---|
"""
_ENDING = """
Anything else is a mistake of the program: a window then offers a report to copy, which names no photo and no folder.
"""
_PARAMETER = re.compile(r"\{(\w+)\}")


def page() -> str:
    """The whole page."""
    rows = (f"| {_shown(text.message)} | {_shown(text.remedy)} |\n" for text in ERROR_TEXTS.values())
    return _INTRODUCTION + "".join(rows) + _ENDING


def _shown(template: str) -> str:
    """A template with its parameters as words in italics, safe in a table of Markdown."""
    return _PARAMETER.sub(lambda found: f"*{found[1].replace('_', ' ')}*", template).replace("|", r"\|")


def main() -> int:
    """Write the page; returns the exit code."""
    PAGE.write_text(page(), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
