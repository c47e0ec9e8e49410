"""The results of an evaluation as text for the terminal."""

import math
from collections.abc import Iterator, Mapping
from typing import Any

WIDE = 31
"""Characters of the first column."""


def percent(value: float | None) -> str:
    """Show a share in percent, a dash where there is none."""
    return "–" if value is None or math.isnan(value) else f"{100 * value:.2f} %"


def headline(result: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the results that sum up a model, as pairs of name and value, in the order in which they are shown."""
    rows = [
        ("top-1 / top-3 / top-5", " / ".join(percent(result[key]) for key in ("top1", "top3", "top5"))),
        ("μAP", f"{result['mu_ap']:.4f}"),
        ("recall at 99 % precision", percent(result["recall_at_99_precision"])),
        ("none with verdict landmark", percent(result["none_with_landmark_verdict"])),
    ]
    if "unknown" in result:
        rows.append(("left out, verdict landmark", percent(result["unknown"]["with_landmark_verdict"])))
    rows += [
        (f"verdict landmark, {row['landmarks']} left out", percent(row["with_landmark_verdict"]))
        for row in result.get("left_out", ())
    ]
    before = f" (before calibration {result['ece_before']:.4f})" if "ece_before" in result else ""
    rows += [
        ("ECE", f"{result['ece']:.4f}{before}"),
        ("novelty AUROC", f"{result['novelty_auroc']:.4f}"),
        ("verdict landmark: precision", percent(result["landmark_verdict_precision"])),
        ("verdict landmark: recall", percent(result["landmark_verdict_recall"])),
    ]
    return rows


def table(result: Mapping[str, Any]) -> str:
    """Return all results as text."""
    unreadable = f", {len(result['unreadable'])} cannot be read" if result["unreadable"] else ""
    lines = [f"photos: {result['landmark_photos']} of landmarks, {result['none_photos']} of none{unreadable}"]
    lines += [f"{name:<{WIDE}}{value}" for name, value in headline(result)]
    lines += _verdicts(result)
    if "km_error" in result:
        km = result["km_error"]
        lines.append(
            f"{'error in km':<{WIDE}}mean {km['mean']:.1f}, median {km['median']:.1f}, 95 % {km['p95']:.1f}, "
            f"within 25 km {percent(km['within_25_km'])}"
        )
    for name, group in result["by_source"].items():
        lines.append(f"top-1, {name}: {percent(group['top1'])} of {group['photos']}")
    if "reduced" in result:
        lines += _reduced(result["reduced"])
    lines.append(f"{'photos per second':<{WIDE}}{result['photos_per_second']:.1f}")
    if "boxes" in result:
        lines += ["", *_boxes(result["boxes"])]
    if "unknown" in result:
        lines += ["", *_unknown(result["unknown"])]
    lines += ["", *_per_landmark(result)]
    if result["confusions"]:
        lines += ["", "most frequent confusions (shown → guessed)"]
        lines += [f"{row['photos']:>5}  {row['shown']} → {row['guessed']}" for row in result["confusions"]]
    lines += [f"cannot be read: {item['photo']} ({item['reason']})" for item in result["unreadable"]]
    return "\n".join(lines)


def _verdicts(result: Mapping[str, Any]) -> Iterator[str]:
    names = {"landmark_photos": "verdicts, photos of landmarks", "none_photos": "verdicts, photos of none"}
    for kind, name in names.items():
        counts = ", ".join(f"{verdict} {count}" for verdict, count in result["verdicts"][kind].items())
        yield f"{name:<{WIDE}}{counts}"


def _reduced(reduced: Mapping[str, Any]) -> Iterator[str]:
    yield f"all photos reduced to {reduced['low_resolution']} px first:"
    yield (
        f"  top-1 / top-5 {percent(reduced['top1'])} / {percent(reduced['top5'])}, μAP {reduced['mu_ap']:.4f}, "
        f"recall at 99 % precision {percent(reduced['recall_at_99_precision'])}"
    )
    for name, group in reduced["by_source"].items():
        yield f"  top-1, {name}: {percent(group['top1'])} of {group['photos']}"


def _boxes(boxes: Mapping[str, Any]) -> Iterator[str]:
    yield f"where the model looks, on {boxes['photos']} photos with hand-drawn boxes"
    columns = f"{'peak in box':>14}{'centre in box':>16}{'IoU':>8}{'IoU, whole photo':>19}"
    yield f"{'landmark':<40}{'photos':>8}{columns}"
    for row in [*boxes["per_landmark"], {**boxes, "id": "all"}]:
        yield (
            f"{row['id']:<40}{row['photos']:>8}{percent(row['peak_in_box']):>14}{percent(row['centre_in_box']):>16}"
            f"{row['iou']:>8.3f}{row['iou_of_whole_photo']:>19.3f}"
        )


def _unknown(unknown: Mapping[str, Any]) -> Iterator[str]:
    yield f"{'landmarks left out of training':<40}{'photos':>8}{'verdict landmark':>18}  most often taken for"
    for row in unknown["per_landmark"]:
        share = percent(row["with_landmark_verdict"])
        yield f"{row['name']:<40}{row['photos']:>8}{share:>18}  {row['most_guessed'] or ''}".rstrip()
    yield f"{'all':<40}{unknown['photos']:>8}{percent(unknown['with_landmark_verdict']):>18}"


def _per_landmark(result: Mapping[str, Any]) -> Iterator[str]:
    yield f"{'landmark':<40}{'photos':>8}{'precision':>12}{'recall':>12}"
    for row in sorted(result["per_landmark"], key=lambda row: (row["photos"] > 0, row["recall"], row["id"])):
        yield f"{row['id']:<40}{row['photos']:>8}{percent(row['precision']):>12}{percent(row['recall']):>12}"
