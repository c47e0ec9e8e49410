"""Google Landmarks v2: its CSV files, chosen classes, missing photos, names and ids."""

from pathlib import Path

import pytest

from tests.unit.trainer.conftest import draw
from trainer.config import DataConfig, load_config
from trainer.errors import TrainerError
from trainer.glv2 import list_glv2, read_categories, read_rows
from trainer.metrics import NONE
from trainer.sources import tree_of

CLASSES = {"17": 8, "4": 6, "99": 3, "2000": 2}
CATEGORIES = {
    "17": "http://commons.wikimedia.org/wiki/Category:Ch%C3%A2teau_d%27If",
    "4": "http://commons.wikimedia.org/wiki/Category:Eiffel_Tower",
    "99": "http://commons.wikimedia.org/wiki/Category:%D0%9A%D1%80%D0%B5%D0%BC%D0%BB%D1%8C",
    "2000": "http://commons.wikimedia.org/wiki/Category:Eiffel_tower",
}


def photo_ids(number: str) -> list[str]:
    return [f"{int(number):04x}{position:012x}" for position in range(CLASSES[number])]


@pytest.fixture
def glv2(tmp_path: Path) -> Path:
    """The data set with four classes; every photo but one is there."""
    root = tmp_path / "glv2"
    rows = [(photo, number) for number in CLASSES for photo in photo_ids(number)]
    for seed, (photo, number) in enumerate(rows):
        path = root / "train" / photo[0] / photo[1] / photo[2] / f"{photo}.jpg"
        draw(path, (10, 20, int(number) % 200), seed, size=(20, 20))
    lines = [f'{photo},"http://x/{photo},_1.jpg",{number}' for photo, number in rows]
    (root / "train.csv").write_text("id,url,landmark_id\n" + "\n".join(lines) + "\n", encoding="utf-8")
    clean = [f"{number},{' '.join(photo_ids(number))}" for number in CLASSES]
    (root / "train_clean.csv").write_text("landmark_id,images\n" + "\n".join(clean) + "\n", encoding="utf-8")
    names = [f"{number},{url}" for number, url in CATEGORIES.items()]
    (root / "train_label_to_category.csv").write_text("landmark_id,category\n" + "\n".join(names), encoding="utf-8")
    return root


def config(root: Path, **values: object) -> DataConfig:
    return DataConfig(root=str(root), format="glv2", **values)  # type: ignore[arg-type]


@pytest.mark.parametrize("csv", ["train.csv", "train_clean.csv"])
def test_the_largest_classes_become_a_tree_with_drawn_splits(glv2: Path, csv: str) -> None:
    tree = tree_of(config(glv2, largest=2, csv=csv, val_share=0.25, test_share=0.25))
    assert tree.folders == ("Château_d'If", "Eiffel_Tower")
    assert tree.landmark_ids == ("chateau_d_if", "eiffel_tower")
    counts = {split: [sample.landmark for sample in samples] for split, samples in tree.splits.items()}
    assert counts["train"].count(0) == 4
    assert counts["val"].count(0) == counts["test"].count(0) == 2
    assert {len(set(landmarks)) for landmarks in counts.values()} == {2}
    names = {tree.relative_name(sample.path) for samples in tree.splits.values() for sample in samples}
    assert names == {f"train/{p[0]}/{p[1]}/{p[2]}/{p}.jpg" for n in ("17", "4") for p in photo_ids(n)}
    assert tree_of(config(glv2, largest=2, csv=csv, val_share=0.25, test_share=0.25)) == tree


@pytest.mark.parametrize("wanted", ["17", "chateau_d_if", "Château_d'If"])
def test_classes_are_chosen_by_number_id_or_name(glv2: Path, wanted: str) -> None:
    tree = tree_of(config(glv2, classes=(wanted, "4")))
    assert tree.landmark_ids == ("chateau_d_if", "eiffel_tower")


def test_a_class_that_is_not_there_or_not_the_only_one_is_refused(glv2: Path) -> None:
    with pytest.raises(TrainerError, match="no class 'atlantis'"):
        list_glv2(config(glv2, classes=("atlantis",)), glv2)
    with pytest.raises(TrainerError, match=r"2 classes \(4, 2000\) 'eiffel_tower'"):
        list_glv2(config(glv2, classes=("eiffel_tower",)), glv2)


def test_names_without_latin_letters_or_of_equal_id_get_their_number(glv2: Path) -> None:
    tree = tree_of(config(glv2, largest=4))
    assert tree.folders == (
        "Château_d'If",
        "Eiffel_Tower_landmark_4",
        "Eiffel_tower_landmark_2000",
        "Кремль_landmark_99",
    )
    assert tree.landmark_ids[3] == "landmark_99"


def test_missing_photos_are_listed_and_replaced_by_others(glv2: Path) -> None:
    listing = list_glv2(config(glv2, largest=2, max_photos=5), glv2)
    assert [photo.folder for photo in listing.photos].count("Château_d'If") == 5
    assert listing.missing == ()
    gone = next(photo.path for photo in listing.photos if photo.folder == "Château_d'If")
    gone.unlink()
    again = list_glv2(config(glv2, largest=2, max_photos=5), glv2)
    assert [photo.folder for photo in again.photos].count("Château_d'If") == 5
    assert again.missing == (gone.relative_to(glv2).as_posix(),)


def test_a_class_without_any_photo_is_said(glv2: Path) -> None:
    for photo in photo_ids("99"):
        (glv2 / "train" / photo[0] / photo[1] / photo[2] / f"{photo}.jpg").unlink()
    tree = tree_of(config(glv2, largest=3))
    assert len(tree.folders) == 2
    assert len(tree.missing) == 3
    assert any("Кремль" in note for note in tree.notes)


def test_own_splits_and_groups_of_the_list_are_kept(glv2: Path) -> None:
    text = "id,url,landmark_id,split,group\n"
    for number in ("17", "4"):
        for photo, split in zip(photo_ids(number), ["val", "test", "", "train", "train", "train"], strict=False):
            text += f"{photo},u,{number},{split},series\n"
    (glv2 / "own.csv").write_text(text, encoding="utf-8")
    tree = tree_of(config(glv2, largest=2, csv="own.csv"))
    assert {split: len(samples) for split, samples in tree.splits.items()} == {"train": 8, "val": 2, "test": 2}
    assert {sample.group for sample in tree.splits["train"]} == {"series"}


def test_groups_of_the_list_stay_together_when_splits_are_drawn(glv2: Path) -> None:
    text = "id,landmark_id,group\n"
    for number in ("17", "4"):
        text += "".join(f"{photo},{number},{number}-{at // 2}\n" for at, photo in enumerate(photo_ids(number)))
    (glv2 / "own.csv").write_text(text, encoding="utf-8")
    tree = tree_of(config(glv2, largest=2, csv="own.csv", val_share=0.3, test_share=0.0))
    groups = {split: {sample.group for sample in samples} for split, samples in tree.splits.items()}
    assert groups["val"]
    assert not groups["val"] & groups["train"]


def test_photos_of_none_lie_beside_the_list(glv2: Path) -> None:
    for number in range(10):
        draw(glv2 / "_none" / "series" / f"{number}.jpg", (99, 99, 99), number, size=(20, 20))
        draw(glv2 / "_none" / f"{number}.jpg", (99, 99, 99), number, size=(20, 20))
    tree = tree_of(config(glv2, largest=2))
    assert tree.has_background
    split_of_series = {
        split for split, samples in tree.splits.items() for s in samples if s.landmark == NONE and s.group
    }
    assert len(split_of_series) == 1
    assert {s.landmark for s in tree.splits["val"]} >= {NONE}


def test_a_landmark_of_the_list_can_be_left_out(glv2: Path) -> None:
    tree = tree_of(config(glv2, largest=3, leave_out=("landmark_99",), val_share=0.3))
    assert tree.landmark_ids == ("chateau_d_if", "eiffel_tower")
    assert sum(map(len, tree.left_out.values())) == 3
    assert tree.left_out["val"]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("id,url\n", "neither"),
        ("", "neither"),
        ("id,url,landmark_id\n../../x,u,1\n", "line 2: '../../x'"),
        ("id,url,landmark_id\nabcd,1\n", "line 2 has 2 columns"),
        ("id,landmark_id,split\nabcd,1,dev\n", "line 2: 'dev'"),
        ("landmark_id,images\n1,abcd a/b\n", "line 2: 'a/b'"),
        ("id,landmark_id\nabcd,1\n\udcff,1\n", "no CSV in UTF-8"),
    ],
)
def test_wrong_lists_are_named(tmp_path: Path, text: str, named: str) -> None:
    (tmp_path / "t.csv").write_text(text, encoding="utf-8", errors="surrogateescape")
    with pytest.raises(TrainerError, match=named):
        list(read_rows(tmp_path / "t.csv"))


def test_missing_or_other_files_are_refused(tmp_path: Path, glv2: Path) -> None:
    with pytest.raises(TrainerError, match="cannot be read"):
        list(read_rows(tmp_path / "none.csv"))
    with pytest.raises(TrainerError, match="lacks the columns"):
        read_categories(glv2 / "train_clean.csv")


def test_category_names_are_safe_as_folders(tmp_path: Path) -> None:
    (tmp_path / "c.csv").write_text(
        "landmark_id,category,supercategory\n"
        "1,http://commons.wikimedia.org/wiki/Category:A/B%2FC,x\n"
        '2,"http://commons.wikimedia.org/wiki/Category:What%3F,_%22no%22",x\n'
        "3,http://commons.wikimedia.org/wiki/Category:..,x\n",
        encoding="utf-8",
    )
    assert read_categories(tmp_path / "c.csv") == {"1": "A_B_C", "2": "What_,__no_", "3": "3"}


def test_the_list_is_read_row_by_row(tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    file.write_text("id,url,landmark_id\nabcd,u,1\nbad id,u,1\n", encoding="utf-8")
    rows = read_rows(file)
    assert next(rows).photo == "abcd"  # the wrong row that follows was not looked at yet
    rows.close()  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "settings",
    [
        ["data.format=glv2"],
        ["data.format=glv2", "data.largest=5", 'data.classes=["1"]'],
        ["data.largest=5"],
        ["data.max_photos=5"],
        ["data.format=glv2", "data.largest=5", "data.images=../x"],
        ["data.val_share=0.6", "data.test_share=0.4"],
        ["data.val_share=-0.1"],
        ["data.split_seed=-1"],
        ["data.format=other"],
    ],
    ids=" ".join,
)
def test_settings_that_do_not_fit_are_refused(settings: list[str]) -> None:
    with pytest.raises(TrainerError, match="data"):
        load_config(None, settings)
