"""Small pieces of HTML. Everything that is not markup of this package is escaped here."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import TypeAlias

from trainer.report.text import percent


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that is sorted by another value than its text: a number, or None for none."""

    text: str
    key: float | None


Value: TypeAlias = str | int | Cell


def share(value: float | None) -> Cell:
    """A share in percent, sorted by its value."""
    return Cell(percent(value), None if value is None or math.isnan(value) else value)


def table(
    heads: Sequence[str], rows: Sequence[Sequence[Value]], *, sortable: bool = False, last_sums: bool = False
) -> str:
    """Return a table; columns whose head begins with ``<`` hold text and are set left. ``last_sums`` marks the last
    row as the sum of the others."""
    text = [index == 0 or head.startswith("<") for index, head in enumerate(heads)]
    head = "".join(
        f'<th scope="col"{_class("text", is_text)}>{escape(name.lstrip("<"))}</th>'
        for name, is_text in zip(heads, text, strict=True)
    )
    lines = []
    for number, row in enumerate(rows):
        cells = "".join(_cell(value, is_text) for value, is_text in zip(row, text, strict=True))
        lines.append(f"<tr{_class('sum', last_sums and number == len(rows) - 1)}>{cells}</tr>")
    kind = ' class="sortable"' if sortable else ""
    body = "\n".join(lines)
    return f'<div class="scroll"><table{kind}>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody></table></div>'


def _class(name: str, wanted: bool) -> str:
    return f' class="{name}"' if wanted else ""


def _cell(value: Value, is_text: bool) -> str:
    if isinstance(value, Cell):
        return f'<td data-key="{"" if value.key is None else repr(value.key)}">{escape(value.text)}</td>'
    return f"<td{_class('text', is_text)}>{escape(str(value))}</td>"


def section(title: str, *parts: str) -> str:
    """Return a section of the page; without parts there is none."""
    inside = "\n".join(part for part in parts if part)
    return f"<section>\n<h2>{escape(title)}</h2>\n{inside}\n</section>" if inside else ""


def paragraph(text: str, kind: str = "") -> str:
    """Return a paragraph of plain text."""
    return f"<p{_class(kind, bool(kind))}>{escape(text)}</p>"


def figure(drawing: str, caption: str) -> str:
    """Return a drawing (HTML or SVG) with a caption (plain text)."""
    return f"<figure>{drawing}<figcaption>{escape(caption)}</figcaption></figure>"


def pair(*parts: str) -> str:
    """Return parts side by side where there is room."""
    return f'<div class="pair">{"".join(parts)}</div>'


def tiles(values: Sequence[tuple[str, str]]) -> str:
    """Return large numbers with their names."""
    items = "".join(f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>" for name, value in values)
    return f'<dl class="tiles">{items}</dl>'
