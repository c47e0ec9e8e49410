"""The plots of a report as SVG: as files for documents, and inside the page, where they follow its colours."""

import io
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from trainer.metrics import Floats, PrecisionRecall, ReliabilityBin
from trainer.report.curves import LOSSES, SHARES, Curve, curves

BLUE, ORANGE, GREEN, RED = "#2a78c2", "#d97a1e", "#2f9e5f", "#cf4446"
SERIES = (BLUE, ORANGE, GREEN, RED)
INK = "#1b1f24"
GRID = "#d5d9de"
_CSS = {INK: "currentColor", GRID: "var(--line)"}
"""The two colours that follow the page, and what they are there."""
_STYLE: dict[Any, Any] = {  # keys are matplotlib's own
    "svg.fonttype": "none",  # text stays text: it can be searched, and the page's font is used
    "font.family": "sans-serif",
    "font.size": 10,
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.edgecolor": GRID,
    "axes.titlesize": 10,
    "axes.grid": True,
    "axes.axisbelow": True,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "grid.color": GRID,
    "grid.linewidth": 0.6,
    "xtick.color": INK,
    "ytick.color": INK,
    "legend.frameon": False,
    "lines.linewidth": 1.8,
    "figure.constrained_layout.use": True,
}


def _draw(name: str, size: tuple[float, float], columns: int, paint: Callable[[list[Any]], None]) -> str:
    """Return one figure of ``size`` inches as SVG; ``paint`` fills its ``columns`` axes. The same values always give
    the same text."""
    import matplotlib as mpl
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    with mpl.rc_context({**_STYLE, "svg.hashsalt": name}):
        figure = Figure(figsize=size)
        FigureCanvasSVG(figure)
        axes = figure.subplots(1, columns, squeeze=False)[0]
        paint(list(axes))
        stream = io.StringIO()
        figure.savefig(stream, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    text = stream.getvalue()
    text = text[text.index("<svg") :]
    # Several plots share a page, where an id may be there once.
    text = re.sub(r'\bid="', f'id="{name}-', text)
    return re.sub(r'(url\(#|href="#)', rf"\g<1>{name}-", text)


def in_page(svg: str, title: str) -> str:
    """Return a plot for the page: it takes the width it is given and the page's own colours."""
    for colour, css in _CSS.items():
        svg = svg.replace(colour, css)
    svg = re.sub(r'(<svg\b[^>]*?) height="[^"]*"', r"\1", svg, count=1)
    svg = re.sub(r'(<svg\b[^>]*?) width="[^"]*"', rf'\1 role="img" aria-label="{title}"', svg, count=1)
    return svg.replace("font: 10px sans-serif", "font: 10px inherit")


def on_white(svg: str) -> str:
    """Return a plot for a document of unknown colours: with a white ground of its own."""
    end = svg.index(">", svg.index("<svg")) + 1
    return f'{svg[:end]}\n <rect width="100%" height="100%" fill="#ffffff"/>{svg[end:]}\n'


def learning_curves(rows: Sequence[dict[str, Any]]) -> str:
    """Draw losses and validation results by epoch."""

    def paint(axes: list[Any]) -> None:
        for axis, names in zip(axes, (LOSSES, SHARES), strict=True):
            _lines(axis, curves(rows, names))
        axes[0].set(xlabel="epoch", ylabel="loss")
        axes[1].set(xlabel="epoch", ylabel="share of the validation photos", ylim=(None, 1.0))

    return _draw("curves", (9.0, 3.4), 2, paint)


def _lines(axis: Any, found: Sequence[Curve]) -> None:
    from matplotlib.ticker import MaxNLocator

    for colour, curve in zip(SERIES, found, strict=False):
        axis.plot(
            curve.epochs, curve.values, color=colour, label=curve.name, marker="o" if len(curve.epochs) < 2 else None
        )
    axis.xaxis.set_major_locator(MaxNLocator(integer=True))
    if found:
        axis.legend()


def precision_recall(curve: PrecisionRecall, points: Mapping[str, Any]) -> str:
    """Draw precision over recall with the operating points of :func:`trainer.evaluate.measure`."""

    def paint(axes: list[Any]) -> None:
        (axis,) = axes
        axis.step(curve.recall, curve.precision, where="post", color=BLUE)
        for name, colour, marker in (("accept", ORANGE, "o"), ("target_precision", GREEN, "D")):
            point = points[name]
            if point and np.isfinite(point["precision"]):
                label = "accept threshold" if name == "accept" else f"{100 * point['precision']:.0f} % precision"
                axis.plot(
                    point["recall"],
                    point["precision"],
                    marker,
                    color=colour,
                    markersize=8,
                    label=f"{label}: confidence {point['threshold']:.2f}",
                )
        axis.set(xlabel="recall", ylabel="precision", xlim=(0.0, 1.01), ylim=(_floor(curve.precision), 1.005))
        axis.legend(loc="lower left")

    return _draw("precision-recall", (5.2, 3.8), 1, paint)


def _floor(precision: Floats) -> float:
    """Where the axis of precision begins: precision of good models is all above 0.7, and there the curve is read."""
    lowest = float(precision.min()) if len(precision) else 0.0
    return max(0.0, np.floor(lowest * 10.0) / 10.0 - 0.05)


def reliability_diagram(bins: Mapping[str, Sequence[ReliabilityBin]]) -> str:
    """Draw the share of right guesses over confidence; ``bins`` by name, such as before and after calibration. The area
    of a point is proportional to its photos."""

    def paint(axes: list[Any]) -> None:
        (axis,) = axes
        axis.plot([0, 1], [0, 1], color=GRID, linewidth=1.2, zorder=1)
        for (name, rows), colour in zip(bins.items(), (ORANGE, BLUE), strict=False):
            filled = [row for row in rows if row.photos]
            x, y = [row.confidence for row in filled], [row.right for row in filled]
            total = sum(row.photos for row in filled)
            axis.plot(x, y, color=colour, label=name, linewidth=1.4)
            axis.scatter(
                x, y, [14 + 400 * row.photos / total for row in filled], color=colour, alpha=0.75, linewidths=0
            )
        axis.set(xlabel="confidence of the first guess", ylabel="share that is right", xlim=(0, 1.04), ylim=(0, 1.06))
        axis.legend(loc="lower right")

    return _draw("reliability", (5.2, 3.8), 1, paint)


def distance_histogram(km: Floats) -> str:
    """Draw how far wrong guesses are off, on a logarithmic axis; right ones (0 km) are not in it."""

    def paint(axes: list[Any]) -> None:
        from matplotlib.ticker import FuncFormatter, MaxNLocator

        (axis,) = axes
        wrong = km[km > 0]
        edges = np.geomspace(min(0.1, wrong.min()) if len(wrong) else 0.1, 20_040.0, 40)
        axis.hist(wrong, bins=edges, color=BLUE)
        axis.set_xscale("log")
        axis.xaxis.set_major_formatter(FuncFormatter(lambda km, _position: f"{km:,.12g}"))
        axis.yaxis.set_major_locator(MaxNLocator(integer=True))
        axis.set(xlabel="distance between guessed and shown landmark in km", ylabel="photos", xlim=edges[[0, -1]])

    return _draw("distance", (9.0, 2.8), 1, paint)
