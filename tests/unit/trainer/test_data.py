"""Trees of photos, reading them, the landmark table and the report of ``prepare``."""

import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from landmark_desktop.core.errors import ErrorCode, PhotoError
from tests.unit.trainer.conftest import COLOURS, draw
from trainer.data import Sample, batches, evenly, folder_name, landmark_id, read_in_parallel, scan_tree, worker_count
from trainer.errors import TrainerError
from trainer.landmarks import landmarks_for, read_landmarks
from trainer.metrics import NONE
from trainer.prepare import examine, readable, table


def test_a_tree_lists_photos_by_split_with_landmarks_in_alphabetical_order(photo_tree: Path) -> None:
    tree = scan_tree(photo_tree)
    assert tree.landmark_ids == ("blue_lagoon", "green_hill", "red_rock")
    assert [len(tree.splits[split]) for split in ("train", "val", "test")] == [32, 16, 16]
    by_folder = {sample.path.parent.name: sample.landmark for sample in tree.splits["val"]}
    assert by_folder == {"blue_lagoon": 0, "green_hill": 1, "red_rock": 2, "_none": NONE}
    assert tree.has_background


def test_hidden_files_and_other_files_are_no_photos(photo_tree: Path) -> None:
    (photo_tree / "train" / "red_rock" / "notes.txt").write_text("x")
    (photo_tree / "train" / "red_rock" / "._0.jpg").write_bytes(b"x")
    (photo_tree / "train" / ".cache").mkdir()
    draw(photo_tree / "train" / ".cache" / "0.jpg", (0, 0, 0), 0)
    assert len(scan_tree(photo_tree).splits["train"]) == 32


def test_a_tree_without_background_has_none(photo_tree: Path) -> None:
    for split in ("train", "val", "test"):
        shutil.rmtree(photo_tree / split / "_none")
    assert not scan_tree(photo_tree).has_background


def test_unusable_trees_are_refused_with_a_remedy(tmp_path: Path, photo_tree: Path) -> None:
    with pytest.raises(TrainerError, match="no folder"):
        scan_tree(tmp_path / "nowhere")
    draw(photo_tree / "val" / "grey_tower" / "0.jpg", (90, 90, 90), 0)
    with pytest.raises(TrainerError, match="grey_tower"):
        scan_tree(photo_tree)
    for folder in ("blue_lagoon", "green_hill"):
        shutil.rmtree(photo_tree / "train" / folder)
    with pytest.raises(TrainerError, match="two are needed"):
        scan_tree(photo_tree)


def test_folders_that_give_one_id_are_refused(photo_tree: Path) -> None:
    draw(photo_tree / "train" / "Red Rock" / "0.jpg", (90, 0, 0), 0)
    with pytest.raises(TrainerError, match=r"Red Rock.*red_rock"):
        scan_tree(photo_tree)


@pytest.mark.parametrize("name", ["green_hill", "Green Hill"])
def test_landmarks_left_out_are_in_no_split_but_listed(photo_tree: Path, name: str) -> None:
    for split in ("train", "val", "test"):
        (photo_tree / split / "green_hill").rename(photo_tree / split / "Green Hill")
    tree = scan_tree(photo_tree, leave_out=[name])
    assert tree.landmark_ids == ("blue_lagoon", "red_rock")
    assert {split: len(photos) for split, photos in tree.splits.items()} == {"train": 24, "val": 12, "test": 12}
    assert {split: len(photos) for split, photos in tree.left_out.items()} == {"train": 8, "val": 4, "test": 4}
    assert {path.parent.name for photos in tree.left_out.values() for path in photos} == {"Green Hill"}
    taken = {sample.path for samples in tree.splits.values() for sample in samples}
    assert not any("Green Hill" in path.parts for path in taken)


@pytest.mark.parametrize("name", ["grean_hill", "_none", "none"])
def test_a_landmark_to_leave_out_that_there_is_not_is_refused(photo_tree: Path, name: str) -> None:
    with pytest.raises(TrainerError, match=name):
        scan_tree(photo_tree, leave_out=[name])


def test_landmarks_are_named_after_their_folders() -> None:
    assert folder_name("00.Haleakala_National_Park") == "Haleakala National Park"
    assert folder_name("_old__bridge ") == "old bridge"
    assert folder_name("1909_Tower") == "1909 Tower"


def test_one_landmark_is_not_enough_when_the_others_are_left_out(photo_tree: Path) -> None:
    with pytest.raises(TrainerError, match="two are needed"):
        scan_tree(photo_tree, leave_out=["blue_lagoon", "red_rock"])


@pytest.mark.parametrize(
    ("folder", "expected"),
    [
        ("eiffel_tower", "eiffel_tower"),
        ("Château d'If", "chateau_d_if"),
        ("07.Stonehenge", "stonehenge"),
        ("1909_Tower", "1909_tower"),
        ("9.5_Bridge", "9_5_bridge"),
        ("  St. Stephen's (Vienna) ", "st_stephen_s_vienna"),
    ],
)
def test_ids_are_made_of_folder_names(folder: str, expected: str) -> None:
    assert landmark_id(folder) == expected


def test_a_name_without_latin_letters_gives_no_id() -> None:
    with pytest.raises(TrainerError, match="长城"):
        landmark_id("长城")


def test_photos_are_read_in_order_and_errors_take_their_place(tmp_path: Path) -> None:
    paths = []
    for number in range(70):
        path = tmp_path / f"{number}.png"
        draw(path, (number * 3, 0, 0), number, size=(20 + number, 30))
        paths.append(path)
    paths[5].write_text("no photo")
    results = list(read_in_parallel(paths, lambda index, picture: (index, picture.width), threads=3))
    assert isinstance(results[5], PhotoError)
    assert results[5].code is ErrorCode.NOT_A_PHOTO
    assert [result for result in results if not isinstance(result, PhotoError)] == [
        (number, 20 + number) for number in range(70) if number != 5
    ]


def test_reading_may_be_given_up_early(tmp_path: Path) -> None:
    draw(tmp_path / "0.png", (1, 2, 3), 0)
    reading = read_in_parallel([tmp_path / "0.png"] * 100, lambda index, _picture: index, threads=2)
    assert next(reading) == 0
    reading.close()


def test_batches_pass_over_errors_and_keep_positions() -> None:
    rows: list[np.ndarray | PhotoError] = [np.full((2, 2, 3), value, dtype=np.uint8) for value in range(5)]
    rows[1] = PhotoError(ErrorCode.FILE_EMPTY, name="x")
    found = [(positions, images[:, 0, 0, 0].tolist()) for positions, images in batches(iter(rows), 2)]
    assert found == [([0, 2], [0, 2]), ([3, 4], [3, 4])]


def test_a_limited_choice_spreads_over_all_samples() -> None:
    samples = [Sample(Path(str(number)), number) for number in range(100)]
    assert [sample.landmark for sample in evenly(samples, 4)] == [0, 33, 66, 99]
    assert evenly(samples, 0) == tuple(samples)
    assert evenly(samples, 200) == tuple(samples)


def test_threads_default_to_the_processors() -> None:
    assert worker_count(3) == 3
    assert worker_count(0) >= 1


def test_the_report_counts_and_lists_what_is_wrong(photo_tree: Path) -> None:
    (photo_tree / "train" / "red_rock" / "0.jpg").write_bytes(b"\xff\xd8\xff cut")
    (photo_tree / "val" / "red_rock" / "1.jpg").write_bytes(b"")
    copied = photo_tree / "train" / "green_hill" / "0.jpg"
    shutil.copy(copied, photo_tree / "test" / "green_hill" / "copy.jpg")
    shutil.copy(copied, photo_tree / "train" / "blue_lagoon" / "copy.jpg")
    tree = scan_tree(photo_tree)
    report = examine(tree, threads=2)
    document = report.document
    assert document["counts"]["red_rock"] == {"train": 7, "val": 3, "test": 4}
    assert document["counts"]["_none"] == {"train": 8, "val": 4, "test": 4}
    assert document["photos"] == {"train": 32, "val": 15, "test": 17}
    assert report.unreadable == {"train/red_rock/0.jpg", "val/red_rock/1.jpg"}
    assert document["copies_across_splits"] == [
        ["train/blue_lagoon/copy.jpg", "train/green_hill/0.jpg", "test/green_hill/copy.jpg"]
    ]
    assert len(document["copies_across_landmarks"]) == 1
    text = table(document)
    assert "train/red_rock/0.jpg" in text
    assert "is empty" in text
    assert len(readable(tree, "train", report.unreadable)) == 32


def test_mean_and_deviation_are_those_of_all_training_pixels(tmp_path: Path) -> None:
    for folder, value in (("a", 0), ("b", 255)):
        (tmp_path / "train" / folder).mkdir(parents=True)
        Image.new("RGB", (10, 10), (value, 51, 0)).save(tmp_path / "train" / folder / "0.png")
    document = examine(scan_tree(tmp_path), threads=1).document
    assert document["train_mean"] == [0.5, 0.2, 0.0]
    assert document["train_std"] == [0.5, 0.0, 0.0]


def test_small_photos_are_counted(photo_tree: Path) -> None:
    assert examine(scan_tree(photo_tree), ("train",)).document["small_photos"] == {"train": 32}
    draw(photo_tree / "train" / "red_rock" / "large.jpg", COLOURS["red_rock"], 0, size=(100, 65))
    assert examine(scan_tree(photo_tree), ("train",)).document["small_photos"] == {"train": 32}


def test_the_landmark_table_gives_names_and_places(landmark_table: Path) -> None:
    rows = read_landmarks(landmark_table)
    blue, red = landmarks_for(("blue_lagoon", "red_rock"), ("Blue_Lagoon", "red_rock"), rows)
    assert (blue.name, blue.location) == ("Blue Lagoon", None)
    assert red.name == "Red Rock"
    assert red.local_name == "Roter Fels"
    assert red.location is not None
    assert (red.location.city, red.location.country_code, red.location.radius_m) == ("Rome", "IT", 300.0)


@pytest.mark.parametrize(
    ("row", "named"),
    [
        ("x,X,,,,,,100,0,10,", "line 2"),
        ("x,X,,,,,,north,0,10,", "north"),
        ("x,X,,,,,,1,2,,", "line 2"),
        (",X,,,,,,,,,", "must not be empty"),
        ("x,X,,,,,,,,,\nx,Y,,,,,,,,,", "twice"),
    ],
)
def test_wrong_rows_of_the_landmark_table_are_named(tmp_path: Path, row: str, named: str) -> None:
    file = tmp_path / "table.csv"
    header = "id,name,local_name,locality,region,country,country_code,latitude,longitude,radius_m,kind"
    file.write_text(f"{header}\n{row}\n", encoding="utf-8")
    with pytest.raises(TrainerError, match=named):
        read_landmarks(file)


def test_a_table_without_columns_or_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "table.csv").write_text("id,name\n", encoding="utf-8")
    with pytest.raises(TrainerError, match="latitude"):
        read_landmarks(tmp_path / "table.csv")
    with pytest.raises(TrainerError, match="cannot be read"):
        read_landmarks(tmp_path / "none.csv")
