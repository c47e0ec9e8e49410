"""The confusion matrix as one SVG: only cells that are not empty, each with its meaning in a tool tip."""

from collections.abc import Sequence
from html import escape

from trainer.metrics import Ints

CELL = 10
"""Side of a cell in units of the drawing; eighty landmarks make 800."""
LABELS = 190
"""Room for the names on the left and above."""


def confusion_svg(matrix: Ints, names: Sequence[str]) -> str:
    """Draw counts ``[C + 1, C]`` (see :func:`trainer.metrics.confusion_matrix`) of the landmarks ``names``.

    Rows are what the photos show, columns what was guessed. Colour is the share of the row's photos: right ones on the
    diagonal in one colour, wrong ones in another whose steps follow the square root, so that one photo of many shows.
    """
    rows = [*names, "none of them"]
    width, height = LABELS + CELL * len(names) + 4, LABELS + CELL * len(rows) + 4
    parts = [
        f'<svg class="confusion" viewBox="0 0 {width} {height}" role="img" aria-label="confusion matrix" '
        'xmlns="http://www.w3.org/2000/svg">'
    ]
    for index, name in enumerate(rows):
        y = LABELS + CELL * index
        parts.append(f'<text x="{LABELS - 5}" y="{y + 7.6:g}" text-anchor="end">{escape(name)}</text>')
        if index < len(names):
            x = LABELS + CELL * index + 7.4
            parts.append(f'<text transform="translate({x:g} {LABELS - 5}) rotate(-90)">{escape(name)}</text>')
        if index % 10 == 0:
            parts.append(f'<path class="guide" d="M{LABELS} {y}H{width - 4}"/>')
            if index < len(names):
                parts.append(f'<path class="guide" d="M{LABELS + CELL * index} {LABELS}V{height - 4}"/>')
    for shown, row in enumerate(matrix):
        total = int(row.sum())
        for guessed in row.nonzero()[0]:
            count = int(row[guessed])
            right = shown == guessed
            strength = count / total if right else max(0.25, (count / total) ** 0.5)
            tip = f"{rows[shown]} → {names[guessed]}: {count} of {total}"
            x, y = LABELS + CELL * guessed, LABELS + CELL * shown
            parts.append(
                f'<rect class="{"right" if right else "wrong"}" x="{x}" y="{y}" '
                f'width="{CELL}" height="{CELL}" fill-opacity="{strength:.2f}"><title>{escape(tip)}</title></rect>'
            )
    return "".join([*parts, "</svg>"])
