"""Splits by group: shares, groups that stay together, the same result everywhere, and the splits file."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.errors import TrainerError
from trainer.splits import SPLITS, Member, Shares, draw_splits, parse_shares, read_splits, write_splits


def test_every_landmark_gets_its_shares() -> None:
    members = [Member(f"{landmark}/{number}", landmark) for landmark in ("a", "b") for number in range(50)]
    splits = draw_splits(members, Shares(0.1, 0.2, 1))
    for landmark in ("a", "b"):
        counts = Counter(split for split, member in zip(splits, members, strict=True) if member.landmark == landmark)
        assert counts == {"train": 35, "val": 5, "test": 10}


@given(
    st.lists(st.tuples(st.integers(0, 8), st.sampled_from("xyz")), min_size=1, max_size=60),
    st.integers(0, 3),
)
def test_groups_are_never_parted_and_the_order_does_not_matter(pairs: list[tuple[int, str]], seed: int) -> None:
    members = [Member(f"g{group}", landmark) for group, landmark in pairs]
    shares = Shares(0.2, 0.2, seed)
    splits = draw_splits(members, shares)
    by_group: dict[str, set[str]] = {}
    for member, split in zip(members, splits, strict=True):
        by_group.setdefault(member.group, set()).add(split)
    assert all(len(found) == 1 for found in by_group.values())
    assert draw_splits(members[::-1], shares)[::-1] == splits


def test_the_draw_is_the_same_on_every_machine() -> None:
    members = [Member(f"photo{number}.jpg", "a") for number in range(20)]
    drawn = draw_splits(members, Shares(0.1, 0.1, 1))
    assert [position for position, split in enumerate(drawn) if split == "val"] == [8, 16]
    assert [position for position, split in enumerate(drawn) if split == "test"] == [11, 12]
    assert draw_splits(members, Shares(0.1, 0.1, 2)) != drawn


def test_a_group_larger_than_any_share_is_for_training() -> None:
    members = [Member("series", "a")] * 9 + [Member("single", "a")]
    splits = dict(zip(members, draw_splits(members, Shares(0.1, 0.0, 1)), strict=True))
    assert splits[members[0]] == "train"


def test_a_group_of_two_landmarks_counts_for_the_one_with_most_of_it() -> None:
    members = [Member("shared", "a")] * 3 + [Member("shared", "b")] + [Member(f"{n}", "b") for n in range(10)]
    splits = draw_splits(members, Shares(0.1, 0.1, 1))
    assert set(splits[:4]) == {"train"}
    assert Counter(splits[4:]) == {"train": 8, "val": 1, "test": 1}


def test_shares_are_read_in_any_scale() -> None:
    assert parse_shares("80,10,10", 3) == Shares(0.1, 0.1, 3)
    assert parse_shares("3,1,0", 1) == Shares(0.25, 0.0, 1)


@pytest.mark.parametrize("text", ["80,20", "0,1,1", "80,-10,30", "a,b,c", "nan,1,1", "inf,1,1", ""])
def test_shares_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(TrainerError, match="is no split") as caught:
        parse_shares(text, 1)
    assert "80,10,10" in caught.value.remedy


def test_shares_leave_something_for_training() -> None:
    with pytest.raises(ValueError, match="nothing for train"):
        Shares(0.5, 0.5)


def test_a_splits_file_is_read_back(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "splits.csv"
    write_splits(file, [("train/a, b/1.jpg", "a, b", "val", "g1"), ("train/c/\udcff.jpg", "c", "train", "")])
    assert read_splits(file) == {"train/a, b/1.jpg": ("val", "g1"), "train/c/\udcff.jpg": ("train", "")}
    assert [path.name for path in file.parent.iterdir()] == ["splits.csv"]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("photo,part\n", "photo and split"),
        ("photo,split\na.jpg,dev\n", "line 2: 'dev'"),
        ("photo,split\na.jpg,val\na.jpg,train\n", "line 3.*twice"),
        ('photo,split\n"a.jpg,val\n' + "x" * 200_000, "no CSV"),
    ],
)
def test_wrong_splits_files_are_named(tmp_path: Path, text: str, named: str) -> None:
    (tmp_path / "s.csv").write_text(text, encoding="utf-8")
    with pytest.raises(TrainerError, match=named):
        read_splits(tmp_path / "s.csv")


def test_splits_that_cannot_be_read_or_written_are_an_error(tmp_path: Path) -> None:
    with pytest.raises(TrainerError, match="cannot be read"):
        read_splits(tmp_path / "none.csv")
    (tmp_path / "file").write_text("")
    with pytest.raises(TrainerError, match="cannot be written"):
        write_splits(tmp_path / "file" / "s.csv", [])


def test_the_shares_of_all_splits_are_everything() -> None:
    assert sum(Shares(0.3, 0.2).of(split) for split in SPLITS) == pytest.approx(1.0)
