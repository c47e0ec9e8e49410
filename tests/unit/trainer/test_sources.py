"""Sources of photos: what the configuration names becomes a tree."""

from pathlib import Path

import pytest

from tests.unit.trainer.conftest import TinyConfig, draw
from trainer.commands.train import _check_table
from trainer.config import DataConfig, load_config, to_toml
from trainer.data import landmark_id, scan_tree
from trainer.errors import TrainerError
from trainer.landmarks import landmarks_for, read_landmarks, without_place
from trainer.sources import tree_of


def test_the_configuration_decides_about_the_tree(tiny_config: TinyConfig, tmp_path: Path) -> None:
    config = tiny_config('data.leave_out=["red_rock"]')
    assert config.data.leave_out == ("red_rock",)
    tree = tree_of(config.data)
    assert tree.landmark_ids == ("blue_lagoon", "green_hill")
    assert len(tree.left_out["train"]) == 8
    file = tmp_path / "config.toml"
    file.write_text(to_toml(config), encoding="utf-8")
    assert load_config(file) == config


@pytest.mark.parametrize("value", ["red_rock", "3", "[3]", "[[]]"])
def test_a_list_of_other_things_than_names_is_refused(tiny_config: TinyConfig, value: str) -> None:
    with pytest.raises(TrainerError, match="leave_out"):
        tiny_config(f"data.leave_out={value}")


SUBSET = ("00.Haleakala_National_Park", "03.Dead_Sea", "35.Monumento_a_la_Revolucion", "43.Gullfoss_Falls")


@pytest.fixture
def subset(tmp_path: Path) -> Path:
    """Four folders named as in the 50-landmark subset of Google Landmarks v2, which has train and test but no val."""
    root = tmp_path / "landmark_images"
    for split, count in (("train", 10), ("test", 3)):
        for seed, folder in enumerate(SUBSET):
            for number in range(count):
                draw(root / split / folder / f"{number}.jpg", (seed, 9, 9), number, size=(16, 16))
    return root


def test_the_50_landmark_subset_is_taken_as_it_comes(subset: Path) -> None:
    tree = tree_of(DataConfig(root=str(subset)))
    assert tree.folders == SUBSET
    assert tree.landmark_ids == ("haleakala_national_park", "dead_sea", "monumento_a_la_revolucion", "gullfoss_falls")
    assert {split: len(samples) for split, samples in tree.splits.items()} == {"train": 36, "val": 4, "test": 12}
    assert {sample.landmark for sample in tree.splits["val"]} == {0, 1, 2, 3}
    (note,) = tree.notes
    assert "4 val photos were drawn from 40" in note
    assert tree == scan_tree(subset)


def test_the_share_and_seed_of_a_missing_split_are_set(subset: Path) -> None:
    drawn = [tree_of(DataConfig(root=str(subset), val_share=0.3, split_seed=seed)).splits["val"] for seed in (1, 2)]
    assert [len(samples) for samples in drawn] == [12, 12]
    assert drawn[0] != drawn[1]
    assert tree_of(DataConfig(root=str(subset), val_share=0.0)).splits["val"] == ()


def test_a_tree_without_splits_is_split(subset: Path) -> None:
    tree = tree_of(DataConfig(root=str(subset / "train")))
    assert {split: len(samples) for split, samples in tree.splits.items()} == {"train": 32, "val": 4, "test": 4}


def test_a_missing_test_split_alone_is_not_taken_from_the_training_photos(photo_tree: Path) -> None:
    (photo_tree / "test").rename(photo_tree.parent / "elsewhere")
    tree = scan_tree(photo_tree)
    assert {split: len(samples) for split, samples in tree.splits.items()} == {"train": 32, "val": 16, "test": 0}
    assert tree.notes == ()


def test_photos_of_one_subfolder_stay_together(subset: Path) -> None:
    for folder in SUBSET:
        for number in range(8):
            photo = subset / "train" / folder / f"{number}.jpg"
            (photo.parent / f"day{number // 4}").mkdir(exist_ok=True)
            photo.rename(photo.parent / f"day{number // 4}" / photo.name)
    tree = tree_of(DataConfig(root=str(subset), val_share=0.4))
    groups = {split: {sample.group for sample in tree.splits[split]} - {""} for split in ("train", "val")}
    assert groups["val"]
    assert not groups["train"] & groups["val"]
    assert f"{SUBSET[0]}/day0" in groups["train"] | groups["val"]


def test_photos_left_out_do_not_change_the_draw_of_others(subset: Path) -> None:
    whole = tree_of(DataConfig(root=str(subset)))
    less = tree_of(DataConfig(root=str(subset), leave_out=("dead_sea",)))
    assert [s.path for s in less.splits["val"]] == [s.path for s in whole.splits["val"] if s.landmark != 1]
    assert {split: len(paths) for split, paths in less.left_out.items()} == {"train": 9, "val": 1, "test": 3}


def test_a_splits_file_decides_and_others_take_no_part(subset: Path) -> None:
    lines = ["photo,split,group"]
    for folder in SUBSET:
        lines += [f"train/{folder}/{number}.jpg,{'val' if number < 2 else 'train'},g" for number in range(5)]
    (subset / "splits.csv").write_text("\n".join([*lines, "train/gone.jpg,test,"]), encoding="utf-8")
    tree = tree_of(DataConfig(root=str(subset), splits="splits.csv"))
    assert {split: len(samples) for split, samples in tree.splits.items()} == {"train": 12, "val": 8, "test": 0}
    assert tree.missing == ("train/gone.jpg",)
    assert {sample.group for sample in tree.splits["val"]} == {"g"}
    assert any("32 photos are not in splits.csv" in note for note in tree.notes)


def test_a_splits_file_of_other_photos_is_refused(subset: Path) -> None:
    (subset / "splits.csv").write_text("photo,split\nx.jpg,val\n", encoding="utf-8")
    with pytest.raises(TrainerError, match="none of the photos"):
        tree_of(DataConfig(root=str(subset), splits="splits.csv"))


def test_the_tables_as_they_come_fit_folders_as_they_come(shared_data: Path) -> None:
    table = read_landmarks(shared_data / "landmarks_50.csv")
    assert len(table) == 50
    folders = (*SUBSET, "36.Badlands_National_Park", "43.Gullfoss", "50.Somewhere_Else")
    ids = tuple(landmark_id(folder) for folder in folders)
    found = landmarks_for(ids[:5], folders[:5], table)
    assert without_place(found) == ()
    assert found[0].name == "Haleakalā National Park"
    assert found[3].location is not None
    assert (found[3].location.city, found[3].location.country_code) == ("Bláskógabyggð", "IS")
    by_name, unknown = landmarks_for(ids[5:], folders[5:], table)
    assert (by_name.id, by_name.name, by_name.location) == ("gullfoss", "Gullfoss", found[3].location)
    assert without_place((unknown,)) == ("somewhere_else",)
    assert unknown.name == "Somewhere Else"
    assert len(read_landmarks(shared_data / "landmarks.csv")) == 79


def test_training_says_how_photos_were_split_and_which_landmarks_have_no_place(
    subset: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "table.csv"
    table.write_text(
        "id,name,latitude,longitude,radius_m\ndead_sea,Dead Sea,31.5,35.5,9000\ngullfoss_falls,Gullfoss,,,\n",
        encoding="utf-8",
    )
    _check_table(DataConfig(root=str(subset), landmarks=str(table)))
    drawn, places = capsys.readouterr().err.splitlines()
    assert "4 val photos were drawn" in drawn
    assert places == (
        "Without a place in table.csv: haleakala_national_park, monumento_a_la_revolucion, gullfoss_falls"
    )
