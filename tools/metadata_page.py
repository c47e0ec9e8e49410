"""Bring the tables of ``docs/metadata.md`` up to date: ``python -m tools.metadata_page``.

They are made from the table of fields that the writer and the preview use; a test fails while the page is stale.
"""

import sys
from pathlib import Path

from landmark_desktop.metadata.fields import FIELDS, GROUP_RULES, SIDE_EFFECTS, Group
from landmark_desktop.metadata.places import PLACE_FIELDS

PAGE = Path(__file__).resolve().parent.parent / "docs" / "metadata.md"
START, END = "<!-- fields: start -->\n", "<!-- fields: end -->"


def markdown_table() -> str:
    """Per group its rule and its fields, then the location structure, then what else a write changes."""
    lines: list[str] = []
    for group in Group:
        lines += [
            f"### {group.value}",
            "",
            GROUP_RULES[group],
            "",
            "| field | where | type | holds |",
            "|---|---|---|---|",
        ]
        for field in FIELDS:
            if field.group is group:
                limit = f", at most {field.max_bytes} bytes" if field.max_bytes else ""
                lines.append(f"| `{field.key}` | {field.store.value} | {field.kind.value}{limit} | {field.holds} |")
        lines.append("")
    lines += ["### The location structure", "", "| member | holds |", "|---|---|"]
    lines += [f"| `{member}` | {holds} |" for member, _, holds in PLACE_FIELDS]
    lines += ["", "### What else an embedded write changes", "", "| tag | why |", "|---|---|"]
    lines += [f"| {', '.join(f'`{tag}`' for tag in effect.tags)} | {effect.why} |" for effect in SIDE_EFFECTS]
    return "\n".join(lines) + "\n"


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
