"""Smaller copies: upright, whole, resumable, and never in the way of the originals."""

import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.unit.trainer.conftest import draw
from trainer.errors import TrainerError
from trainer.resize import Copy, CopySettings, copy_names, safe_folder, save_copy, shrink, write_copies


def content(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def originals(tmp_path: Path) -> Path:
    root = tmp_path / "originals"
    draw(root / "wide.jpg", (200, 50, 40), 1, size=(400, 200))
    draw(root / "small.png", (50, 50, 200), 2, size=(40, 30))
    turned = Image.new("RGB", (300, 100), (0, 0, 255))
    turned.paste((255, 0, 0), (0, 0, 150, 100))
    exif = turned.getexif()
    exif[0x0112] = 6  # the camera was turned: the left of the file is the top of the photo
    turned.save(root / "turned.jpg", exif=exif, quality=95)
    return root


def copies_of(root: Path, ending: str = ".jpg") -> list[Copy]:
    return [Copy(path, f"train/a/{path.stem}{ending}") for path in sorted(root.iterdir())]


@pytest.mark.parametrize("settings", [CopySettings(100), CopySettings(100, "webp", 90)], ids=["jpeg", "webp"])
def test_copies_are_upright_and_have_the_shorter_side_asked_for(
    originals: Path, tmp_path: Path, settings: CopySettings
) -> None:
    before = content(originals)
    out = tmp_path / "out"
    ending = ".jpg" if settings.format == "jpeg" else ".webp"
    written = write_copies(originals, out, copies_of(originals, ending), settings, 2)
    assert (written.written, written.kept, written.failed) == (3, 0, ())
    sizes = {}
    for path in (out / "train" / "a").iterdir():
        with Image.open(path) as picture:
            assert picture.format == settings.format.upper()
            sizes[path.stem] = picture.size
    assert sizes == {"wide": (200, 100), "small": (40, 30), "turned": (100, 300)}
    with Image.open(out / "train" / "a" / f"turned{ending}") as picture:
        red, _, blue = np.asarray(picture.convert("RGB"))[20, 50]
        assert red > 200
        assert blue < 50
        assert not picture.getexif().get(0x0112)
    assert content(originals) == before


def test_a_second_run_writes_only_what_is_missing_or_older(originals: Path, tmp_path: Path) -> None:
    out, copies, settings = tmp_path / "out", copies_of(originals), CopySettings(64)
    write_copies(originals, out, copies, settings, 1)
    first = content(out)
    assert write_copies(originals, out, copies, settings, 1).kept == 3
    (out / "train/a/wide.jpg").unlink()
    draw(originals / "small.png", (9, 9, 9), 3, size=(41, 31))
    newer = (out / "train/a/small.jpg").stat().st_mtime + 10
    os.utime(originals / "small.png", (newer, newer))
    again = write_copies(originals, out, copies, settings, 1)
    assert (again.written, again.kept) == (2, 1)
    second = content(out)
    assert second["train/a/wide.jpg"] == first["train/a/wide.jpg"]
    assert second["train/a/small.jpg"] != first["train/a/small.jpg"]


def test_photos_that_cannot_be_read_are_told_and_others_copied(originals: Path, tmp_path: Path) -> None:
    (originals / "broken.jpg").write_bytes(b"\xff\xd8\xff cut")
    written = write_copies(originals, tmp_path / "out", copies_of(originals), CopySettings(64), 2)
    assert written.written == 3
    ((path, reason),) = written.failed
    assert path.name == "broken.jpg"
    assert reason
    assert "train/a/broken.jpg" not in content(tmp_path / "out")


def test_a_folder_of_other_copies_is_refused(originals: Path, tmp_path: Path) -> None:
    out, copies = tmp_path / "out", copies_of(originals)
    write_copies(originals, out, copies, CopySettings(64), 1)
    with pytest.raises(TrainerError, match="other settings"):
        write_copies(originals, out, copies, CopySettings(96), 1)
    moved = [Copy(copy.source, copy.target.replace("train", "val")) for copy in copies]
    with pytest.raises(TrainerError, match=r"3 photos that are none of these copies, such as train/a/small.jpg"):
        write_copies(originals, out, moved, CopySettings(64), 1)


def test_a_folder_with_unknown_photos_is_refused(originals: Path, tmp_path: Path) -> None:
    copies = copies_of(originals)
    draw(tmp_path / "out" / copies[0].target, (1, 2, 3), 0)
    with pytest.raises(TrainerError, match="other settings"):
        write_copies(originals, tmp_path / "out", copies, CopySettings(64), 1)


@pytest.mark.parametrize("where", [".", "inside", ".."])
def test_copies_never_go_where_the_originals_are(originals: Path, where: str) -> None:
    before = content(originals)
    with pytest.raises(TrainerError, match="overlaps"):
        write_copies(originals, originals / where, copies_of(originals), CopySettings(64), 1)
    assert content(originals) == before


def test_a_folder_that_cannot_be_written_is_an_error(originals: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(TrainerError, match="cannot be written"):
        write_copies(originals, tmp_path / "file", copies_of(originals), CopySettings(64), 1)


def test_a_copy_is_whole_or_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "a.jpg"

    def fail(self: Image.Image, file: Path, *_: object, **__: object) -> None:
        file.write_bytes(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Image.Image, "save", fail)
    with pytest.raises(OSError, match="No space"):
        save_copy(Image.new("RGB", (9, 9)), target, CopySettings(64))
    assert list(tmp_path.iterdir()) == []


def test_very_long_pictures_lose_their_ends() -> None:
    assert shrink(Image.new("RGB", (100, 9000)), 50).size == (50, 800)
    assert shrink(Image.new("RGB", (2000, 40)), 50).size == (640, 40)


def test_copies_of_photos_with_one_name_are_told_apart() -> None:
    sources = [Path("x/a.jpg"), Path("x/a.PNG"), Path("y/A.png"), Path("x/b.jpg")]
    names = copy_names(["f", "f", "f", "g"], sources, CopySettings())
    assert names == ["f/a.jpg", "f/a_png.jpg", "f/A_png_2.jpg", "g/b.jpg"]


def test_folder_names_are_safe_everywhere() -> None:
    assert safe_folder('a/b:c?"d"') == "a_b_c__d_"
    assert safe_folder("Château_d'If") == "Château_d'If"


@pytest.mark.parametrize(("size", "quality"), [(31, 95), (1001, 95), (256, 0), (256, 101)])
def test_impossible_settings_are_refused(size: int, quality: int) -> None:
    with pytest.raises(ValueError, match="must be in"):
        CopySettings(size, "jpeg", quality)
