"""Boxes of class activation maps against boxes drawn by hand."""

from pathlib import Path

import numpy as np
import pytest

from landmark_desktop.core.guess import Thresholds
from landmark_desktop.core.location import Landmark
from landmark_desktop.core.preprocess import InputSpec, UInt8Array
from tests.unit.trainer.conftest import draw
from trainer import localisation
from trainer.errors import TrainerError
from trainer.localisation import (
    WHOLE,
    Box,
    Located,
    View,
    box_of,
    largest_piece,
    locate,
    measure_boxes,
    peak,
    read_boxes,
)
from trainer.predictor import Answers

SHIPPED = Path(localisation.__file__).with_name("localisation_boxes.csv")


class Pointing:
    """Sees the second landmark in one cell of a 4×4 map, wherever a picture is darkest."""

    landmarks = (Landmark("green_hill", "Green Hill"), Landmark("red_rock", "Red Rock"))
    spec = InputSpec(32, 32, 32)
    thresholds = Thresholds(0.5, 0.1, 0.0, 1.0)
    calibration = None

    def __call__(self, images: UInt8Array) -> Answers:
        cells = images.reshape(len(images), 4, 8, 4, 8, 3).mean(axis=(2, 4, 5)).astype(np.float32)
        maps = np.zeros((len(images), 2, 4, 4), np.float32)
        maps[:, 1] = cells == cells.min(axis=(1, 2), keepdims=True)
        nothing = np.zeros((len(images), 1), np.float32)
        return Answers(np.tile(np.float32([0.4, 0.6]), (len(images), 1)), nothing, maps, nothing[:, 0])


@pytest.mark.parametrize(
    "sides", [(0.5, 0, 0.5, 1), (0, 0.8, 1, 0.2), (-0.1, 0, 1, 1), (0, 0, 1, 1.1), (0, 0, 1, np.nan)]
)
def test_a_box_has_an_area_inside_the_photo(sides: tuple[float, float, float, float]) -> None:
    with pytest.raises(ValueError, match="no box"):
        Box(*sides)


def test_intersection_over_union_by_hand() -> None:
    left, middle = Box(0, 0, 0.5, 1), Box(0.25, 0, 0.75, 1)
    assert left.iou(middle) == pytest.approx(0.25 / 0.75)
    assert left.iou(left) == 1.0
    assert left.iou(Box(0.6, 0, 1, 1)) == 0.0
    assert left.iou(WHOLE) == 0.5


def test_the_view_of_a_wide_photo_is_its_middle() -> None:
    view = View.of(200, 100, InputSpec(32, 32, 32))
    assert view.box == Box(0.25, 0, 0.75, 1)
    assert view.point(0.5, 0.5) == (0.5, 0.5)
    assert view.to_photo(Box(0, 0.5, 0.5, 1)) == Box(0.25, 0.5, 0.5, 1)


def test_a_margin_around_the_crop_narrows_the_view() -> None:
    box = View.of(100, 200, InputSpec(32, 32, 40)).box
    assert (box.left, box.right) == pytest.approx((0.1, 0.9))
    assert (box.top, box.bottom) == pytest.approx((0.3, 0.7))


def test_a_squeezed_view_shows_more_of_the_photo() -> None:
    box = View.of(200, 100, InputSpec(32, 32, 32, squeeze=1.6)).box
    assert (box.left, box.right) == pytest.approx((0.1, 0.9))
    assert (box.top, box.bottom) == (0.0, 1.0)


def test_the_peak_is_the_middle_of_the_strongest_cell() -> None:
    activation = np.zeros((2, 4), np.float32)
    activation[1, 2] = 3.0
    assert peak(activation) == (0.625, 0.75)


def test_the_box_frames_what_is_near_the_maximum() -> None:
    activation = np.full((8, 8), -5.0, np.float32)
    activation[2:4, 4:7] = 1.0
    box = box_of(activation, share=0.5)
    # Bilinear enlargement reaches half a cell further at half of the maximum.
    assert (box.left, box.top, box.right, box.bottom) == pytest.approx((4 / 8, 2 / 8, 7 / 8, 4 / 8), abs=1 / 32)
    wider = box_of(activation, share=0.1)
    assert wider.area > box.area


def test_only_the_largest_piece_counts() -> None:
    activation = np.zeros((8, 8), np.float32)
    activation[0, 0] = 1.0
    activation[4:7, 4:7] = 0.9
    assert box_of(activation, share=0.5).left > 0.4


def test_a_map_that_speaks_against_the_landmark_frames_everything() -> None:
    assert box_of(np.full((4, 4), -1.0, np.float32)) == WHOLE


def test_pieces_touch_by_their_sides_not_by_corners() -> None:
    mask = np.array([[1, 0, 0], [0, 1, 1], [0, 0, 0]], dtype=bool)
    assert largest_piece(mask).tolist() == [[False] * 3, [False, True, True], [False] * 3]
    assert not largest_piece(np.zeros((2, 2), dtype=bool)).any()


def test_boxes_are_read_and_measured_by_landmark(photo_tree: Path, tmp_path: Path) -> None:
    draw(photo_tree / "test" / "red_rock" / "wide.png", (200, 200, 200), 1, size=(200, 100))
    table = tmp_path / "boxes.csv"
    table.write_text("photo,left,top,right,bottom\ntest/red_rock/wide.png,0.25,0,0.75,1\n", encoding="utf-8")
    boxes = read_boxes(table)
    (found,) = locate(Pointing(), photo_tree, boxes, threads=1)
    assert found.landmark == "red_rock"
    assert found.drawn.contains(*found.peak)
    assert 0.25 <= found.box.left < found.box.right <= 0.75
    result = measure_boxes([found])
    assert result["peak_in_box"] == 1.0
    assert result["iou"] == pytest.approx(found.drawn.iou(found.box))
    assert [row["id"] for row in result["per_landmark"]] == ["red_rock"]


def test_shares_of_several_photos_are_means() -> None:
    box = Box(0, 0, 0.4, 0.5)
    found = [
        Located("test/a/1.jpg", "a", box, (0.1, 0.1), box),
        Located("test/b/1.jpg", "b", Box(0.3, 0, 1, 1), (0.1, 0.1), Box(0, 0, 0.2, 1)),
    ]
    result = measure_boxes(found)
    assert result["peak_in_box"] == 0.5
    assert result["centre_in_box"] == 0.5
    assert result["iou"] == 0.5
    assert result["iou_at_least_half"] == 0.5
    assert result["iou_of_whole_photo"] == pytest.approx((0.2 + 0.7) / 2)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("photo,left\n", "lack columns"),
        ("photo,left,top,right,bottom\ntest/a/1.jpg,0,0,x,1\n", "line 2"),
        ("photo,left,top,right,bottom\ntest/a/1.jpg,0,0,,1\n", "line 2"),
        ("photo,left,top,right,bottom\n1.jpg,0,0,1,1\n", "no photo"),
        ("photo,left,top,right,bottom\ntest/a/1.jpg,0,0,1,1\ntest/a/1.jpg,0,0,1,1\n", "twice"),
    ],
)
def test_wrong_tables_are_refused_by_line(text: str, message: str, tmp_path: Path) -> None:
    table = tmp_path / "boxes.csv"
    table.write_text(text, encoding="utf-8")
    with pytest.raises(TrainerError, match=message):
        read_boxes(table)


def test_a_missing_table_photo_or_landmark_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TrainerError, match="cannot be read"):
        read_boxes(tmp_path / "absent.csv")
    with pytest.raises(TrainerError, match="does not know"):
        locate(Pointing(), tmp_path, {"test/blue_lagoon/1.jpg": WHOLE}, threads=1)
    with pytest.raises(TrainerError, match=r"1\.jpg"):
        locate(Pointing(), tmp_path, {"test/red_rock/1.jpg": WHOLE}, threads=1)


def test_the_shipped_boxes_are_on_photos_of_many_landmarks() -> None:
    boxes = read_boxes(SHIPPED)
    landmarks = {name.split("/")[1] for name in boxes}
    assert len(boxes) >= 25
    assert len(landmarks) >= 12
    assert {name.split("/")[0] for name in boxes} <= {"val", "test"}


def test_the_photos_of_the_shipped_boxes_are_there(shared_data: Path) -> None:
    assert [name for name in read_boxes(SHIPPED) if not (shared_data / "photos" / name).is_file()] == []
