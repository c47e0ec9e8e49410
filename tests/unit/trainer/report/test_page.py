"""The report: one page with everything in it and nothing from outside."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest

from landmark_desktop.core.location import Landmark, Location
from tests.unit.trainer.conftest import draw
from tests.unit.trainer.test_evaluate import ScriptedPredictor
from trainer.data import Sample
from trainer.evaluate import Judged, measure
from trainer.metrics import NONE
from trainer.report.page import Evaluation, draw_plots, page
from trainer.report.plots import on_white

VOID = {"meta", "br", "img", "link"}
EPOCHS = [
    {"epoch": 0, "train_loss": 2.0, "val_loss": 1.5, "val_top1": 0.5, "val_mu_ap": 0.4, "seconds": 1.0},
    {"epoch": 1, "train_loss": 1.0},
    {"epoch": 2, "train_loss": 0.5, "val_loss": 0.7, "val_top1": 0.8, "val_mu_ap": None},
]


class Structure(HTMLParser):
    """Checks that elements are closed in order and ids are there once, and keeps text and addresses."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.addresses: list[str] = []
        self.headings: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag not in VOID:
            self.open.append(tag)
        if values.get("id"):
            self.ids.append(str(values["id"]))
        self.addresses += [str(values[key]) for key in ("src", "href", "xlink:href") if values.get(key)]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)
        if self.open and self.open[-1] == "h2":
            self.headings.append(data)


def structure(html: str) -> Structure:
    parser = Structure()
    parser.feed(html)
    assert parser.open == []
    return parser


@pytest.fixture
def evaluation(tmp_path: Path) -> Evaluation:
    """Eight photos; landmark names that need escaping."""
    predictor = ScriptedPredictor()
    landmarks = (
        Landmark("red_rock", "Red <Rock> & Co", location=Location("Red Rock", 0.0, 0.0, 100.0, city="Rome")),
        *predictor.landmarks[1:],
    )
    truth = np.array([0, 0, 1, 1, 2, 2, NONE, NONE])
    samples = []
    for number, landmark in enumerate(truth):
        path = tmp_path / f"photo{number}.jpg"
        draw(path, (30 * number, 80, 80), number)
        samples.append(Sample(path, int(landmark)))
    probabilities = np.full((8, 3), 0.01)
    for row, (guess, confidence) in enumerate(
        [(0, 0.9), (1, 0.8), (1, 0.95), (1, 0.7), (2, 0.5), (0, 0.4), (0, 0.88), (1, 0.3)]
    ):
        probabilities[row, guess] = confidence
    judged = Judged(tuple(samples), truth, probabilities, np.zeros(8), 1.0, (("test/x/9.jpg", "It is <empty>."),))
    result = {"split": "test", "low_resolution": None, "runtime": "onnxruntime", **measure(judged, predictor)}
    return Evaluation(
        "tiny-3 1.0",
        "a tiny net",
        datetime(2026, 3, 4, tzinfo=UTC),
        result,
        judged,
        landmarks,
        predictor.thresholds,
        predictor.calibration,
        EPOCHS,
    )


def test_the_page_is_whole_and_asks_nothing_of_the_network(evaluation: Evaluation) -> None:
    html = page(evaluation, with_thumbnails=True, threads=1)
    found = structure(html)
    assert len(found.ids) == len(set(found.ids))
    assert all(address.startswith(("#", "data:image/")) for address in found.addresses)
    assert "@import" not in html
    assert not re.search(r"url\((?!#)", html)
    assert found.headings == [
        "Results",
        "Learning curves",
        "Confidence",
        "By resolution of the photo",
        "Distance",
        "Confusions",
        "Landmarks",
        "Most confident mistakes",
        "Photos that cannot be read",
    ]
    for address in found.addresses:
        if address.startswith("#"):
            assert address[1:] in found.ids


def test_names_are_escaped(evaluation: Evaluation) -> None:
    html = page(evaluation, with_thumbnails=True, threads=1)
    assert "<Rock>" not in html
    assert "Red &lt;Rock&gt; &amp; Co" in html
    assert "It is &lt;empty&gt;." in html


def test_the_mistakes_are_the_most_confident_ones(evaluation: Evaluation) -> None:
    html = page(evaluation, with_thumbnails=True, threads=1)
    shown = re.findall(r"<br>(photo\d)\.jpg", html)
    # 0.88 on a photo of none, 0.8 and 0.4 on other landmarks; 0.3 on one of none is no mistake, nobody accepts it.
    assert shown == ["photo6", "photo1", "photo5"]
    assert html.count("data:image/jpeg;base64,") == 3


def test_without_thumbnails_no_photo_and_no_name_of_one_is_in_the_page(evaluation: Evaluation) -> None:
    html = page(evaluation, with_thumbnails=False)
    assert "data:image" not in html
    assert "photo6" not in html


def test_a_photo_that_has_gone_meanwhile_leaves_its_caption(evaluation: Evaluation) -> None:
    evaluation.judged.samples[6].path.unlink()
    html = page(evaluation, with_thumbnails=True, threads=1)
    assert html.count("data:image/jpeg;base64,") == 2
    assert "photo6" in html


def test_reduced_unknown_and_boxes_appear_where_they_were_measured(evaluation: Evaluation) -> None:
    row = {"photos": 4, "peak_in_box": 0.75, "centre_in_box": 0.5, "iou": 0.4321, "iou_of_whole_photo": 0.2}
    more = {
        "reduced": {**evaluation.result, "low_resolution": 64, "top1": 0.123},
        "unknown": {
            "photos": 5,
            "with_landmark_verdict": 0.2,
            "per_landmark": [{"name": "petra", "photos": 5, "with_landmark_verdict": 0.2, "most_guessed": "red_rock"}],
        },
        "boxes": {**row, "share_of_maximum": 0.2, "per_landmark": [{"id": "red_rock", **row}]},
    }
    html = page(replace(evaluation, result={**evaluation.result, **more}), with_thumbnails=False)
    found = structure(html)
    assert "Landmarks left out of training" in found.headings
    assert "Where the model looks" in found.headings
    for text in ("12.30 %", "petra", "20.00 %", "0.432", "reduced to 64 px"):
        assert text in html, text


def test_every_cell_of_the_confusion_matrix_says_what_it_is(evaluation: Evaluation) -> None:
    html = page(evaluation, with_thumbnails=False)
    tips = re.findall(r"<title>([^<]*→[^<]*)</title>", html)
    assert tips == [
        "Red &lt;Rock&gt; &amp; Co → Red &lt;Rock&gt; &amp; Co: 1 of 2",
        "Red &lt;Rock&gt; &amp; Co → Green Hill: 1 of 2",
        "Green Hill → Green Hill: 2 of 2",
        "Blue Lagoon → Red &lt;Rock&gt; &amp; Co: 1 of 2",
        "Blue Lagoon → Blue Lagoon: 1 of 2",
        "none of them → Red &lt;Rock&gt; &amp; Co: 1 of 2",
        "none of them → Green Hill: 1 of 2",
    ]


def test_the_same_evaluation_gives_the_same_page(evaluation: Evaluation) -> None:
    assert page(evaluation, with_thumbnails=False) == page(evaluation, with_thumbnails=False)


def test_plots_follow_the_page_inside_and_have_a_ground_as_files(evaluation: Evaluation) -> None:
    drawn = draw_plots(evaluation)
    assert list(drawn) == ["learning-curves", "precision-recall", "reliability", "distance"]
    html = page(evaluation, with_thumbnails=False)
    assert "currentColor" in html
    assert "#1b1f24" not in html.split("</style>", 1)[1]
    file = on_white(drawn["reliability"])
    assert 'fill="#ffffff"' in file
    assert "currentColor" not in file
    assert "before calibration" in file
    assert "before calibration" not in draw_plots(replace(evaluation, calibration=None))["reliability"]


def test_without_epochs_and_places_their_plots_are_left_out(evaluation: Evaluation) -> None:
    nowhere = tuple(replace(landmark, location=None) for landmark in evaluation.landmarks)
    result = {key: value for key, value in evaluation.result.items() if key != "km_error"}
    bare = replace(evaluation, epochs=(), landmarks=nowhere, result=result)
    assert list(draw_plots(bare)) == ["precision-recall", "reliability"]
    assert "Learning curves" not in structure(page(bare, with_thumbnails=False)).headings


def test_photos_of_none_alone_have_no_curve_and_no_error(evaluation: Evaluation) -> None:
    judged = evaluation.judged
    alone = Judged(judged.samples[6:], judged.truth[6:], judged.probabilities[6:], judged.novelty[6:], 1.0, ())
    result = {"split": "test", "low_resolution": None, "runtime": "torch", **measure(alone, ScriptedPredictor())}
    html = page(replace(evaluation, judged=alone, result=result), with_thumbnails=False)
    assert "–" in html
    structure(html)
