"""``landmark-trainer prepare`` as a whole: near-duplicates, new splits, copies, Google Landmarks v2, refusals."""

import csv
import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from trainer import alike
from trainer.cli import main
from trainer.config import DataConfig
from trainer.data import Sample, scan_tree
from trainer.sources import tree_of

Capture = pytest.CaptureFixture[str]


def scene(path: Path, seed: int, size: tuple[int, int] = (90, 60)) -> None:
    """A picture that looks like no other."""
    coarse = np.random.default_rng(seed).integers(0, 256, (9, 12, 3), dtype=np.uint8)
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(coarse).resize(size, Image.Resampling.BICUBIC).save(path, quality=92)


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    """Two landmarks and photos of none, ten each, and one picture three times: small, and mirrored in another split."""
    root = tmp_path / "originals"
    seed = 0
    for split, count in (("train", 8), ("val", 1), ("test", 1)):
        for folder in ("old_mill", "stone_arch", "_none"):
            for number in range(count):
                seed += 1
                scene(root / split / folder / f"{split}{number}.jpg", seed)
    scene(root / "train" / "old_mill" / "again.png", 1, (45, 30))
    with Image.open(root / "train" / "old_mill" / "train0.jpg") as picture:
        picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT).save(root / "test" / "old_mill" / "mirrored.jpg")
    return root


SAME = {"train/old_mill/train0.jpg", "train/old_mill/again.png", "test/old_mill/mirrored.jpg"}


def test_near_duplicates_are_reported_those_across_splits_first(photos: Path, tmp_path: Path, capsys: Capture) -> None:
    out, sheet = tmp_path / "report.json", tmp_path / "pairs.jpg"
    assert main(["prepare", "--data", str(photos), "--out", str(out), "--out-pairs", str(sheet)]) == 0
    found = json.loads(out.read_text(encoding="utf-8"))["near_duplicates"]
    assert (len(found["pairs"]), found["groups"], found["across_splits"], found["across_landmarks"]) == (3, 1, 2, 0)
    assert {name for pair in found["pairs"] for name in pair["photos"]} == SAME
    assert [pair["mirrored"] for pair in found["pairs"]] == [True, True, False]
    assert found["min_similarity"] is None
    shown = capsys.readouterr().out
    assert "near-duplicates: 3 pairs in 1 groups; 2 pairs across splits" in shown
    assert "bits, mirrored)" in shown
    with Image.open(sheet) as picture:
        assert picture.width > 900


def test_a_new_split_keeps_near_duplicates_together_in_copies_and_in_the_file(
    photos: Path, tmp_path: Path, capsys: Capture
) -> None:
    out, splits, report = tmp_path / "small", photos / "splits.csv", tmp_path / "report.json"
    words = ["prepare", "--data", str(photos), "--split", "60,20,20", "--seed", "3", "--out", str(report)]
    copies = ["--out-photos", str(out), "--size", "32", "--photo-format", "webp"]
    assert main([*words, *copies, "--out-splits", str(splits)]) == 0
    assert "copies: 32 written" in capsys.readouterr().out
    with splits.open(encoding="utf-8", newline="") as stream:
        rows = {row["photo"]: row for row in csv.DictReader(stream)}
    assert len(rows) == 32
    assert len({rows[name]["split"] for name in SAME}) == 1
    assert len({rows[name]["group"] for name in SAME}) == 1
    assert len({row["group"] for row in rows.values()}) == 30
    written = scan_tree(out)
    used = tree_of(DataConfig(root=str(photos), splits="splits.csv"))
    for split in ("train", "val", "test"):
        expected = sorted((row["landmark"], Path(name).stem) for name, row in rows.items() if row["split"] == split)
        assert sorted((s.path.parent.name, s.path.stem) for s in written.splits[split]) == expected
        assert sorted(used.relative_name(s.path) for s in used.splits[split]) == sorted(
            name for name, row in rows.items() if row["split"] == split
        )
        assert {row["landmark"] for row in rows.values() if row["split"] == split} == {
            "old_mill",
            "stone_arch",
            "_none",
        }
    document = json.loads(report.read_text(encoding="utf-8"))
    assert document["new_split"]["groups_of_several"] == 1
    assert sum(document["new_split"]["photos"].values()) == document["copies_written"]["written"] == 32
    assert main([*words, *copies]) == 0
    assert "copies: 0 written, 32 were there already" in capsys.readouterr().out


def test_copies_keep_the_splits_and_subfolders_of_the_photos(photos: Path, tmp_path: Path) -> None:
    for name in ("train3.jpg", "train4.jpg"):
        (photos / "train" / "stone_arch" / "may").mkdir(exist_ok=True)
        (photos / "train" / "stone_arch" / name).rename(photos / "train" / "stone_arch" / "may" / name)
    assert main(["prepare", "--data", str(photos), "--out-photos", str(tmp_path / "o"), "--size", "32"]) == 0
    before, after = scan_tree(photos), scan_tree(tmp_path / "o")
    assert {s: len(samples) for s, samples in after.splits.items()} == {
        s: len(samples) for s, samples in before.splits.items()
    }
    assert {sample.group for sample in after.splits["train"]} == {"", "stone_arch/may"}


def test_google_landmarks_are_prepared_by_flags(photos: Path, tmp_path: Path, capsys: Capture) -> None:
    root = tmp_path / "glv2"
    lines = []
    for number in range(8):
        photo = f"ab{number}0"
        target = root / "index" / "a" / "b" / str(number) / f"{photo}.jpg"
        target.parent.mkdir(parents=True)
        shutil.copy(photos / "train" / "stone_arch" / f"train{number}.jpg", target)
        lines.append(f"{photo},u,{number % 2}")
    (root / "index.csv").write_text("\n".join(["id,url,landmark_id", *lines, "abcd,u,0"]), encoding="utf-8")
    words = ["--format", "glv2", "--csv", "index.csv", "--categories", "", "--images", "index", "--classes", "1, 0"]
    report = tmp_path / "r.json"
    assert main(["prepare", "--data", str(root), *words, "--out", str(report)]) == 0
    document = json.loads(report.read_text(encoding="utf-8"))
    assert document["landmarks"] == ["landmark_0", "landmark_1"]
    assert document["missing"] == ["index/a/b/c/abcd.jpg"]
    assert "listed, but not there: 1, such as index/a/b/c/abcd.jpg" in capsys.readouterr().out


def test_settings_may_come_from_a_configuration(photos: Path, tmp_path: Path, capsys: Capture) -> None:
    table = tmp_path / "table.csv"
    table.write_text("id,name,latitude,longitude,radius_m\nold_mill,Old Mill,1,2,30\n", encoding="utf-8")
    config = tmp_path / "c.toml"
    config.write_text(
        f"[data]\nroot = {photos.as_posix()!r}\nlandmarks = {table.as_posix()!r}\nleave_out = ['old_mill']\n",
        encoding="utf-8",
    )
    assert main(["prepare", "--config", str(config)]) == 0
    shown = capsys.readouterr().out
    assert "old_mill" in shown  # left out of training, but prepared
    assert "Without a place in table.csv: stone_arch" in shown


def test_embeddings_find_what_hashes_do_not(photos: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def embed(samples: list[Sample], threads: int) -> tuple[list[int], np.ndarray]:
        del threads
        rows = np.eye(len(samples), dtype=np.float32)
        rows[7] = rows[0] + 0.1 * rows[7]
        return list(range(1, len(samples))), rows[1:]  # the first photo has gone meanwhile

    monkeypatch.setattr(alike, "embed", embed)
    out = tmp_path / "r.json"
    assert main(["prepare", "--data", str(photos), "--embeddings", "--similarity", "0.5", "--out", str(out)]) == 0
    found = json.loads(out.read_text(encoding="utf-8"))["near_duplicates"]
    assert found["min_similarity"] == 0.5
    assert all(pair["similarity"] is None for pair in found["pairs"])
    monkeypatch.setattr(alike, "embed", lambda samples, _threads: (list(range(32)), np.ones((32, 3), dtype=np.float32)))
    assert main(["prepare", "--data", str(photos), "--embeddings", "--out", str(out)]) == 0
    found = json.loads(out.read_text(encoding="utf-8"))["near_duplicates"]
    assert len(found["pairs"]) == 32 * 31 // 2
    assert found["groups"] == 1


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--split", "80,10,10"], "written somewhere"),
        (["--split", "80", "--out-splits", "x"], "is no split"),
        (["--distance", "16"], "The distance"),
        (["--embeddings", "--similarity", "1.5"], "the similarity"),
        (["--size", "5"], "the size"),
        (["--out-pairs", "pairs.txt"], "no name for a picture"),
        (["--largest", "5"], "glv2"),
        (["--splits", "none.csv"], "cannot be read"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_refusals_are_sentences(photos: Path, words: list[str], message: str, capsys: Capture) -> None:
    assert main(["prepare", "--data", str(photos), *words]) == 1
    assert message in capsys.readouterr().err


def test_photos_must_be_named(capsys: Capture) -> None:
    assert main(["prepare"]) == 1
    assert "--data" in capsys.readouterr().err
