"""Evaluation of scripted answers, against values computed by hand."""

import math
from pathlib import Path

import numpy as np
import pytest

from landmark_desktop.core.guess import Thresholds
from landmark_desktop.core.location import Landmark, Location
from landmark_desktop.core.preprocess import InputSpec, UInt8Array
from tests.unit.trainer.conftest import COLOURS, draw
from trainer.calibrate import Calibration
from trainer.data import Sample, scan_tree
from trainer.errors import TrainerError
from trainer.evaluate import Judged, judge, measure
from trainer.metrics import NONE
from trainer.predictor import Answers
from trainer.report.text import percent, table
from trainer.run import finite


class ScriptedPredictor:
    """Knows landmarks by the dominant colour, in an order of its own; grey pictures are novel."""

    landmarks = (
        Landmark("red_rock", "Red Rock", location=Location("Red Rock", 0.0, 0.0, 100.0)),
        Landmark("green_hill", "Green Hill", location=Location("Green Hill", 0.0, 1.0, 100.0)),
        Landmark("blue_lagoon", "Blue Lagoon"),
    )
    spec = InputSpec(32, 32, 32)
    thresholds = Thresholds(accept=0.6, reject=0.2, margin=0.1, novelty_limit=5.0)
    calibration: Calibration | None = Calibration(1.0)

    def __call__(self, images: UInt8Array) -> Answers:
        colour = images.reshape(len(images), -1, 3).mean(1) / 255.0
        spread = np.ptp(colour, axis=1)
        probabilities = np.exp(12 * colour) / np.exp(12 * colour).sum(1, keepdims=True)
        empty = np.zeros((len(images), 1), np.float32)
        return Answers(
            (probabilities * 0.99).astype(np.float32),
            empty,
            empty,
            np.where(spread < 0.2, 9.0, 1.0).astype(np.float32),
        )


def test_a_split_is_judged_in_the_models_own_order_of_landmarks(photo_tree: Path) -> None:
    (photo_tree / "test" / "green_hill" / "x.jpg").write_bytes(b"")
    predictor = ScriptedPredictor()
    judged = judge(predictor, scan_tree(photo_tree), "test", batch_size=3, threads=2)
    result = measure(judged, predictor)
    assert (result["photos"], result["landmark_photos"], result["none_photos"]) == (16, 12, 4)
    assert result["top1"] == 1.0
    assert result["none_with_landmark_verdict"] == 0.0
    assert result["verdicts"] == {
        "landmark_photos": {"landmark": 12, "unsure": 0, "none": 0},
        "none_photos": {"landmark": 0, "unsure": 0, "none": 4},
    }
    assert [item["photo"] for item in result["unreadable"]] == ["test/green_hill/x.jpg"]
    assert "test/green_hill/x.jpg" in table(result)


def test_low_resolution_reaches_the_photos(photo_tree: Path) -> None:
    draw(photo_tree / "test" / "red_rock" / "noise.jpg", COLOURS["red_rock"], 1, size=(200, 200))
    seen: list[float] = []

    class Watching(ScriptedPredictor):
        def __call__(self, images: UInt8Array) -> Answers:
            seen.append(float(np.abs(np.diff(images.astype(float), axis=2)).mean()))
            return super().__call__(images)

    tree = scan_tree(photo_tree)
    judge(Watching(), tree, "test", batch_size=100)
    judge(Watching(), tree, "test", batch_size=100, low_resolution=8)
    assert seen[1] < 0.5 * seen[0]


def test_a_landmark_that_the_model_does_not_know_is_refused(photo_tree: Path) -> None:
    draw(photo_tree / "train" / "grey_tower" / "0.jpg", (9, 9, 9), 0)
    with pytest.raises(TrainerError, match="grey_tower"):
        judge(ScriptedPredictor(), scan_tree(photo_tree), "test")


def test_an_empty_split_is_refused(photo_tree: Path) -> None:
    (photo_tree / "test").rename(photo_tree / "gone")
    with pytest.raises(TrainerError, match="no readable photos"):
        judge(ScriptedPredictor(), scan_tree(photo_tree), "test")


@pytest.fixture
def judged(tmp_path: Path) -> Judged:
    """Six photos: two small ones of landmark 0, two larger ones of landmark 1, two of none.

    Verdicts by the thresholds above: landmark (right), unsure, landmark (wrong), none (novel), landmark, none (reject).
    """
    samples = []
    for number, (landmark, side) in enumerate([(0, 64), (0, 64), (1, 65), (1, 65), (NONE, 64), (NONE, 64)]):
        path = tmp_path / f"{number}.png"
        draw(path, (number, 0, 0), number, size=(100, side))
        samples.append(Sample(path, landmark))
    probabilities = np.array(
        [[0.9, 0.05, 0], [0.45, 0.5, 0], [0.7, 0.1, 0], [0.0, 0.95, 0], [0.65, 0.1, 0], [0.1, 0.05, 0]]
    )
    truth = np.array([sample.landmark for sample in samples])
    return Judged(tuple(samples), truth, probabilities, np.array([0, 0, 0, 9.0, 0, 0]), 2.0, ())


def test_the_metrics_of_six_photos_computed_by_hand(judged: Judged) -> None:
    result = measure(judged, ScriptedPredictor())
    assert (result["top1"], result["top3"]) == (0.5, 1.0)
    assert result["verdicts"] == {
        "landmark_photos": {"landmark": 2, "unsure": 1, "none": 1},
        "none_photos": {"landmark": 1, "unsure": 0, "none": 1},
    }
    assert result["none_with_landmark_verdict"] == 0.5
    assert result["landmark_verdict_precision"] == pytest.approx(1 / 3)
    assert result["landmark_verdict_recall"] == 0.25
    # By confidence: 0.95 right, 0.9 right, 0.7 wrong, …; four photos show a landmark.
    assert result["mu_ap"] == 0.5
    assert result["recall_at_99_precision"] == 0.5
    assert result["photos_per_second"] == 3.0
    # Two guesses are one degree off at the equator.
    assert result["km_error"]["mean"] == pytest.approx(111.195 / 2, abs=0.01)
    assert result["km_error"]["within_25_km"] == 0.5


def test_results_are_split_by_the_size_of_the_source(judged: Judged) -> None:
    groups = measure(judged, ScriptedPredictor())["by_source"]
    assert [(group["photos"], group["top1"]) for group in groups.values()] == [(2, 0.5), (2, 0.5), (2, 0.5), (2, 0.5)]
    assert list(groups)[2] == "landmarks with photos of at most 64 px only"


def test_metrics_that_do_not_exist_become_null_and_a_dash(judged: Judged) -> None:
    only_none = Judged(judged.samples[4:], judged.truth[4:], judged.probabilities[4:], judged.novelty[4:], 1.0, ())
    result = measure(only_none, ScriptedPredictor())
    assert math.isnan(result["top1"])
    assert finite(result)["top1"] is None
    assert percent(result["top1"]) == "–"
    assert "–" in table(result)


def test_operating_points_by_hand(judged: Judged) -> None:
    points = measure(judged, ScriptedPredictor())["operating_points"]
    # At least 0.6: 0.95 and 0.9 right, 0.7 and 0.65 (of none) wrong; four photos show a landmark.
    assert points["accept"] == {"threshold": 0.6, "precision": 0.5, "recall": 0.5}
    assert points["target_precision"] == {"threshold": 0.9, "precision": 0.99, "recall": 0.5}


def test_confusions_that_happen_once_are_not_named(judged: Judged) -> None:
    predictor = ScriptedPredictor()
    assert measure(judged, predictor)["confusions"] == []
    twice = np.concatenate([judged.truth] * 2), np.concatenate([judged.probabilities] * 2), np.tile(judged.novelty, 2)
    result = measure(Judged(judged.samples * 2, *twice, 1.0, ()), predictor)
    # One photo of landmark 0 was taken for 1, one of 1 for 0; photos of none do not count.
    assert result["confusions"] == [
        {"shown": "red_rock", "guessed": "green_hill", "photos": 2},
        {"shown": "green_hill", "guessed": "red_rock", "photos": 2},
    ]
    assert "red_rock → green_hill" in table(result)


def test_the_error_before_calibration_is_told_where_it_is_known(judged: Judged) -> None:
    predictor = ScriptedPredictor()
    result = measure(judged, predictor)
    assert result["ece_before"] == pytest.approx(result["ece"])
    predictor.calibration = Calibration(4.0)
    assert measure(judged, predictor)["ece_before"] != pytest.approx(result["ece"])
    predictor.calibration = None
    assert "ece_before" not in measure(judged, predictor)


def test_the_table_starts_with_the_worst_landmarks(judged: Judged) -> None:
    lines = [line.split()[0] for line in table(measure(judged, ScriptedPredictor())).splitlines()[-3:]]
    # Without photos there is no recall: blue_lagoon goes first, then by name where equal.
    assert lines == ["blue_lagoon", "green_hill", "red_rock"]
