"""Photos of landmarks that the model does not know."""

from pathlib import Path

import pytest

from tests.unit.trainer.conftest import COLOURS, draw
from tests.unit.trainer.test_evaluate import ScriptedPredictor
from trainer.data import scan_tree
from trainer.errors import TrainerError
from trainer.unknown import ALL, left_out_photos, measure_unknown, photos_below


def test_the_share_that_is_taken_for_a_landmark(tmp_path: Path) -> None:
    for number in range(3):
        draw(tmp_path / "crimson_tower" / f"{number}.jpg", COLOURS["red_rock"], number)
    draw(tmp_path / "crimson_tower" / "grey.jpg", COLOURS["_none"], 9)
    draw(tmp_path / "grey_tower" / "1.jpg", COLOURS["_none"], 10)
    (tmp_path / "grey_tower" / "2.jpg").write_bytes(b"\xff\xd8\xff")
    result = measure_unknown(ScriptedPredictor(), photos_below(tmp_path), batch_size=2, threads=1)
    assert (result["photos"], result["unreadable"]) == (5, 1)
    assert result["with_landmark_verdict"] == 3 / 5
    assert result["per_landmark"] == [
        {"name": "crimson_tower", "photos": 4, "with_landmark_verdict": 0.75, "most_guessed": "red_rock"},
        {"name": "grey_tower", "photos": 1, "with_landmark_verdict": 0.0, "most_guessed": None},
    ]


def test_photos_in_no_folder_are_one_group(tmp_path: Path) -> None:
    draw(tmp_path / "1.jpg", (1, 2, 3), 1)
    draw(tmp_path / "tower" / "deep" / "2.jpg", (1, 2, 3), 1)
    (tmp_path / "notes.txt").write_text("no photo", encoding="utf-8")
    groups = photos_below(tmp_path)
    assert {name: len(paths) for name, paths in groups.items()} == {ALL: 1, "tower": 1}


def test_landmarks_left_out_of_training_are_found_by_split(photo_tree: Path) -> None:
    tree = scan_tree(photo_tree, leave_out=("red_rock",))
    groups = left_out_photos(tree, "test")
    assert list(groups) == ["red_rock"]
    assert [path.parent.parent.name for path in groups["red_rock"]] == ["test"] * 4
    assert left_out_photos(scan_tree(photo_tree), "test") == {}


def test_no_photos_are_refused(tmp_path: Path) -> None:
    with pytest.raises(TrainerError, match="no photos"):
        photos_below(tmp_path / "absent")
    (tmp_path / "1.jpg").write_bytes(b"")
    with pytest.raises(TrainerError, match="None of the photos"):
        measure_unknown(ScriptedPredictor(), photos_below(tmp_path), threads=1)
