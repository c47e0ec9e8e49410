"""The report: one HTML file with everything in it, for light and dark screens and for paper."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from importlib.resources import files
from typing import Any

from landmark_desktop.core.guess import Thresholds
from landmark_desktop.core.location import Landmark
from trainer.calibrate import Calibration
from trainer.evaluate import Judged
from trainer.metrics import (
    NONE,
    Floats,
    confusion_matrix,
    distances_km,
    first_guess,
    precision_recall_curve,
    reliability,
    uncalibrated,
)
from trainer.report import plots
from trainer.report.confusion import confusion_svg
from trainer.report.html import figure, pair, paragraph, section, share, table, tiles
from trainer.report.text import headline, percent
from trainer.report.thumbnails import thumbnails, worst_mistakes
from trainer.small import SMALL_SIDE

MISTAKES = 24


@dataclass(frozen=True)
class Evaluation:
    """Everything a report is made from.

    ``result`` is what :func:`trainer.evaluate.measure` found, perhaps with ``reduced``, ``unknown`` and ``boxes``;
    ``epochs`` are the run's lines (empty: no learning curves); ``calibration`` is None where it is not known.
    """

    name: str
    architecture: str
    made: datetime
    result: Mapping[str, Any]
    judged: Judged
    landmarks: Sequence[Landmark]
    thresholds: Thresholds
    calibration: Calibration | None
    epochs: Sequence[dict[str, Any]] = ()

    @property
    def names(self) -> dict[str, str]:
        """The landmarks' names by their ids."""
        return {landmark.id: landmark.name for landmark in self.landmarks}


def draw_plots(evaluation: Evaluation) -> dict[str, str]:
    """Return the plots as SVG, by the names of their files (without ending)."""
    judged = evaluation.judged
    guess, confidence = first_guess(judged.probabilities)
    right = guess == judged.truth
    drawn = {}
    if evaluation.epochs:
        drawn["learning-curves"] = plots.learning_curves(evaluation.epochs)
    photos = int((judged.truth != NONE).sum())
    if photos:
        curve = precision_recall_curve(confidence, right, photos)
        drawn["precision-recall"] = plots.precision_recall(curve, evaluation.result["operating_points"])
    bins = {"after calibration": reliability(confidence, right)}
    known = evaluation.calibration
    if known is not None:
        raw = uncalibrated(judged.probabilities, known.temperature, known.background_bias)
        before_guess, before = first_guess(raw)
        bins = {"before calibration": reliability(before, before_guess == judged.truth), **bins}
    drawn["reliability"] = plots.reliability_diagram(bins)
    km = _distances(evaluation)
    if len(km):
        drawn["distance"] = plots.distance_histogram(km)
    return drawn


def _distances(evaluation: Evaluation) -> Floats:
    guess, _ = first_guess(evaluation.judged.probabilities)
    return distances_km(guess, evaluation.judged.truth, [landmark.location for landmark in evaluation.landmarks])


def page(evaluation: Evaluation, *, with_thumbnails: bool, threads: int = 0) -> str:
    """Return the report as HTML. ``with_thumbnails`` puts the most confident mistakes in, small; leave them out of a
    report that is published, because the photos belong to their authors."""
    drawn = draw_plots(evaluation)
    result = evaluation.result
    body = [
        _head(evaluation),
        section("Results", _results(result)),
        section("Learning curves", _plot(drawn, "learning-curves", CAPTIONS["learning-curves"])),
        section(
            "Confidence",
            pair(*(_plot(drawn, name, CAPTIONS[name]) for name in ("precision-recall", "reliability"))),
            _verdicts(result, evaluation.thresholds),
        ),
        section("By resolution of the photo", _by_source(result)),
        section("Landmarks left out of training", *_unknown(evaluation)),
        section("Distance", *_distance(evaluation, drawn)),
        section("Where the model looks", *_boxes(evaluation)),
        section("Confusions", *_confusions(evaluation)),
        section("Landmarks", *_per_landmark(evaluation)),
        section("Most confident mistakes", *_mistakes(evaluation, threads)) if with_thumbnails else "",
        section("Photos that cannot be read", _unreadable(result)),
        f"<footer>{paragraph(_definitions(result))}</footer>",
    ]
    style, script = ((files("trainer.report") / name).read_text(encoding="utf-8") for name in ("style.css", "sort.js"))
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(evaluation.name)}: evaluation</title>\n<style>\n{style}</style>\n</head>\n<body>\n"
        + "\n".join(part for part in body if part)
        + f"\n<script>\n{script}</script>\n</body>\n</html>\n"
    )


CAPTIONS = {
    "learning-curves": "Loss and results on the validation photos after each epoch, before calibration.",
    "precision-recall": "Precision over recall when photos are accepted by confidence alone. The accept threshold was "
    "chosen on validation photos; the other point is what the ranking of these photos would allow.",
    "reliability": "How often a first guess of a given confidence is right. On the line, confidence is honest. The "
    "larger a point, the more photos.",
    "distance": "How far wrong guesses are off, in kilometres.",
}


def _plot(drawn: Mapping[str, str], name: str, caption: str) -> str:
    return figure(plots.in_page(drawn[name], name.replace("-", " ")), caption) if name in drawn else ""


def _head(evaluation: Evaluation) -> str:
    result = evaluation.result
    photos = f"{result['landmark_photos']:,} photos of {len(evaluation.landmarks)} landmarks"
    if result["none_photos"]:
        photos += f" and {result['none_photos']:,} photos of none of them"
    reduced = f", all reduced to {result['low_resolution']} px" if result["low_resolution"] else ""
    values = [
        ("top-1", percent(result["top1"])),
        ("top-5", percent(result["top5"])),
        ("μAP", f"{result['mu_ap']:.3f}"),
        ("recall at 99 % precision", percent(result["recall_at_99_precision"])),
        ("photos of none with verdict landmark", percent(result["none_with_landmark_verdict"])),
        ("calibration error (ECE)", f"{result['ece']:.4f}"),
    ]
    return "\n".join(
        [
            "<header>",
            f"<h1>{escape(evaluation.name)}</h1>",
            paragraph(evaluation.architecture, "lead"),
            paragraph(f"Judged on {photos}{reduced} (split “{result['split']}”), {evaluation.made:%d %B %Y}.", "note"),
            tiles(values),
            "</header>",
        ]
    )


def _results(result: Mapping[str, Any]) -> str:
    rows: list[list[Any]] = [[name, value] for name, value in headline(result)]
    if "km_error" in result:
        km = result["km_error"]
        rows.append(["error in km: mean, median, 95 %", f"{km['mean']:.1f}, {km['median']:.1f}, {km['p95']:.1f}"])
    rows.append(["photos per second, reading included", f"{result['photos_per_second']:.1f}"])
    heads = ["", "photos as they are"]
    if "reduced" in result:
        reduced = result["reduced"]
        heads.append(f"reduced to {reduced['low_resolution']} px")
        other = dict(headline(reduced))
        for row in rows:
            row.append(other.get(row[0], ""))
    return table(heads, rows)


def _verdicts(result: Mapping[str, Any], thresholds: Thresholds) -> str:
    names = {"landmark_photos": "photos of landmarks", "none_photos": "photos of none of them"}
    rows = [[name, *(result["verdicts"][kind].values())] for kind, name in names.items()]
    text = (
        f"A photo gets the verdict landmark from a confidence of {thresholds.accept:.3f} with a margin of "
        f"{thresholds.margin:.2f} to the second guess, and none below {thresholds.reject:.3f} or above a novelty of "
        f"{thresholds.novelty_limit:.3f}. Of the verdicts landmark, {percent(result['landmark_verdict_precision'])} "
        "are right."
    )
    return "<h3>Verdicts</h3>" + table(["", *next(iter(result["verdicts"].values()))], rows) + paragraph(text, "note")


def _by_source(result: Mapping[str, Any]) -> str:
    heads = ["", "photos", "top-1"]
    rows: list[list[Any]] = [
        [name, group["photos"], share(group["top1"])] for name, group in result["by_source"].items()
    ]
    if "reduced" in result:
        heads.append(f"top-1, all reduced to {result['reduced']['low_resolution']} px")
        for row, group in zip(rows, result["reduced"]["by_source"].values(), strict=True):
            row.append(share(group["top1"]))
    note = f"A landmark counts as small if at least nine of ten of its photos have at most {SMALL_SIDE} px."
    return table(heads, rows) + paragraph(note, "note")


def _unknown(evaluation: Evaluation) -> list[str]:
    result, names = evaluation.result, evaluation.names
    if "unknown" not in result:
        return []
    unknown = result["unknown"]
    rows: list[list[Any]] = [
        [row["name"], row["photos"], share(row["with_landmark_verdict"]), names.get(row["most_guessed"], "")]
        for row in unknown["per_landmark"]
    ]
    rows.append(["all", unknown["photos"], share(unknown["with_landmark_verdict"]), ""])
    text = "Monuments that the model does not know are its hardest strangers. None of them should be called a landmark."
    return [
        paragraph(text),
        table(["landmark", "photos", "verdict landmark", "<most often taken for"], rows, last_sums=True),
    ]


def _distance(evaluation: Evaluation, drawn: Mapping[str, str]) -> list[str]:
    if "distance" not in drawn:
        return []
    km = evaluation.result["km_error"]
    text = (
        f"Mean {km['mean']:.1f} km, median {km['median']:.1f} km, 95 % within {km['p95']:.1f} km; "
        f"{percent(km['within_25_km'])} within 25 km. Right guesses are 0 km off and not drawn."
    )
    return [paragraph(text), _plot(drawn, "distance", CAPTIONS["distance"])]


def _boxes(evaluation: Evaluation) -> list[str]:
    result, names = evaluation.result, evaluation.names
    if "boxes" not in result:
        return []
    boxes = result["boxes"]
    text = (
        "The class activation map of the landmark that is there, against boxes drawn by hand: how often its peak lies "
        f"in the box, and how much of the box around the cells of at least {100 * boxes['share_of_maximum']:.0f} % of "
        "the peak agrees with it (intersection over union). For comparison: the photo's centre, and a box around the "
        "whole photo."
    )
    keys = ("peak_in_box", "centre_in_box")
    rows = [
        [
            names.get(row["id"], row["id"]),
            row["photos"],
            *(share(row[key]) for key in keys),
            f"{row['iou']:.3f}",
            f"{row['iou_of_whole_photo']:.3f}",
        ]
        for row in [*boxes["per_landmark"], {**boxes, "id": "all"}]
    ]
    heads = ["landmark", "photos", "peak in box", "centre in box", "IoU", "IoU of whole photo"]
    return [paragraph(text), table(heads, rows, last_sums=True)]


def _confusions(evaluation: Evaluation) -> list[str]:
    names = [landmark.name for landmark in evaluation.landmarks]
    by_id = evaluation.names
    guess, _ = first_guess(evaluation.judged.probabilities)
    matrix = confusion_matrix(guess, evaluation.judged.truth, len(names))
    rows = [[by_id[row["shown"]], by_id[row["guessed"]], row["photos"]] for row in evaluation.result["confusions"]]
    return [
        "<h3>Most frequent</h3>" + table(["shown", "<guessed", "photos"], rows) if rows else "",
        figure(
            confusion_svg(matrix, names),
            "Rows: what the photos show. Columns: the first guess, whatever its confidence; photos of none have one as "
            "well, in the last row. Blue: right. Red: wrong, the stronger the larger the share of the row. A pointer "
            "on a cell shows its meaning.",
        ),
    ]


def _per_landmark(evaluation: Evaluation) -> list[str]:
    by_id = {landmark.id: landmark for landmark in evaluation.landmarks}
    rows = []
    for row in sorted(
        evaluation.result["per_landmark"], key=lambda row: (row["photos"] == 0, row["recall"], row["id"])
    ):
        landmark = by_id[row["id"]]
        place = landmark.location.place if landmark.location else ""
        rows.append([landmark.name, place, row["photos"], share(row["precision"]), share(row["recall"])])
    return [
        paragraph(
            "Of first guesses, whatever their confidence, those on photos of none included. A click on a column's head "
            "sorts by it.",
            "note",
        ),
        table(["landmark", "<place", "photos", "precision", "recall"], rows, sortable=True),
    ]


def _mistakes(evaluation: Evaluation, threads: int) -> list[str]:
    mistakes = worst_mistakes(evaluation.judged, MISTAKES, evaluation.thresholds.accept)
    if not mistakes:
        return [paragraph("There are none.")]
    names = [landmark.name for landmark in evaluation.landmarks]
    items = []
    for mistake, uri in zip(mistakes, thumbnails([item.path for item in mistakes], threads), strict=True):
        shown = "none of the landmarks" if mistake.shown == NONE else names[mistake.shown]
        picture = f'<img src="{uri}" alt="{escape(shown)}">' if uri else ""
        guessed = f"{names[mistake.guessed]}, {100 * mistake.confidence:.1f} %"
        caption = f"<strong>{escape(guessed)}</strong>shows {escape(shown)}<br>{escape(mistake.path.name)}"
        items.append(f"<figure>{picture}<figcaption>{caption}</figcaption></figure>")
    return [f'<div class="mistakes">{"".join(items)}</div>']


def _unreadable(result: Mapping[str, Any]) -> str:
    rows = [[item["photo"], item["reason"]] for item in result["unreadable"]]
    return table(["photo", "<reason"], rows) if rows else ""


def _definitions(result: Mapping[str, Any]) -> str:
    return (
        "μAP is the micro average precision over all photos by falling confidence of the first guess (Weyand et al. "
        "2020): confident guesses on photos of none cost score. Recall at 99 % precision is the share of landmark "
        "photos that a confidence threshold can name rightly while 99 of 100 named photos are right. ECE is the "
        f"expected calibration error over 15 bins (Guo et al. 2017). Computed with {result['runtime']}."
    )
