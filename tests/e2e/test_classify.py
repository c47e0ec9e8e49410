"""``landmark-desktop classify``: the contract of the command line."""

import csv
import io
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from landmark_desktop.__main__ import main
from landmark_desktop.core.guess import Guesses
from landmark_desktop.inference.classifier import OnnxClassifier
from tests.bundles import COLOURS, colour_picture, model_bytes, zip_bundle
from tests.e2e.conftest import RunMain
from tests.pictures import cut_off, giant_png, photo, save, text_file


def jsonl(output: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in output.splitlines()]


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The batch sizes of every inference that is made."""
    sizes: list[int] = []
    real = OnnxClassifier.classify

    def classify(self: OnnxClassifier, images: "np.ndarray[tuple[int, ...], np.dtype[np.uint8]]") -> list[Guesses]:
        sizes.append(len(images))
        return real(self, images)

    monkeypatch.setattr(OnnxClassifier, "classify", classify)
    return sizes


def test_json_lines_hold_exactly_what_the_contract_says(run: RunMain, photos: Path) -> None:
    code, out, err = run("classify", photos / "eiffel_tower.jpg", "--format", "jsonl", "--top-k", "2")
    (line,) = jsonl(out)
    assert (code, err) == (0, "")
    assert list(line) == ["path", "verdict", "guesses", "error", "width", "height", "taken_at", "has_gps"]
    assert line["path"] == str(photos / "eiffel_tower.jpg")
    assert (line["verdict"], line["error"], line["width"], line["height"]) == ("landmark", None, 240, 160)
    assert (line["taken_at"], line["has_gps"]) == (None, False)
    guesses = line["guesses"]
    assert isinstance(guesses, list)
    assert len(guesses) == 2
    confidence = guesses[0].pop("confidence")
    assert 0.9 < confidence <= 1.0
    assert guesses[0] == {
        "id": "eiffel_tower",
        "name": "Eiffel Tower",
        "city": "Paris",
        "country_code": "FR",
        "latitude": 48.85837,
        "longitude": 2.29448,
    }


def test_photos_come_in_input_order_with_their_verdicts(run: RunMain, photos: Path) -> None:
    code, out, _ = run("classify", photos / "petra.jpg", photos, "--format", "jsonl")
    assert code == 0
    assert [(Path(str(line["path"])).stem, line["verdict"]) for line in jsonl(out)] == [
        ("petra", "landmark"),
        ("eiffel_tower", "landmark"),
        ("grey", "none"),
        ("taj_mahal", "landmark"),
    ]


def test_the_table_ends_with_a_summary(run: RunMain, photos: Path) -> None:
    code, out, _ = run("classify", photos)
    assert code == 0
    assert str(photos) in out
    assert "Eiffel Tower (Paris, France) 99%" in out
    assert "4 photos: 3 landmark, 0 unsure, 1 none, 0 errors" in out
    assert "photos per second, on the CPU (" in out


def test_csv_has_a_row_for_each_photo_and_columns_for_each_guess(run: RunMain, photos: Path) -> None:
    code, out, _ = run("classify", photos, "--format", "csv", "--top-k", "1")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert code == 0
    assert [row["verdict"] for row in rows] == ["landmark", "none", "landmark", "landmark"]
    assert (rows[0]["id_1"], rows[0]["city_1"], rows[0]["has_gps"]) == ("eiffel_tower", "Paris", "false")
    assert "id_2" not in rows[0]


def test_facts_of_the_photo_are_printed(run: RunMain, tmp_path: Path) -> None:
    from datetime import datetime

    photo(tmp_path / "p" / "a.jpg", size=(300, 400), orientation=6, gps=(48.1, -2.5), taken_at=datetime(2024, 5, 1, 10))
    _, out, _ = run("classify", tmp_path / "p", "--format", "jsonl")
    (line,) = jsonl(out)
    assert (line["width"], line["height"]) == (300, 400)
    assert (line["taken_at"], line["has_gps"]) == ("2024-05-01T10:00:00", True)


def test_subfolders_only_when_asked_for(run: RunMain, photos: Path) -> None:
    save(photos / "sub" / "more.jpg", colour_picture(COLOURS["petra"]))
    assert len(jsonl(run("classify", photos, "--format", "jsonl", "--no-recursive")[1])) == 4
    assert len(jsonl(run("classify", photos, "--format", "jsonl")[1])) == 5


def test_bad_files_are_reported_and_the_rest_goes_on(run: RunMain, photos: Path) -> None:
    text_file(photos / "a_text.jpg")
    cut_off(save(photos / "b_cut.jpg", colour_picture(COLOURS["petra"])))
    (photos / "c_empty.jpg").touch()
    giant_png(photos / "d_giant.png")
    code, out, _ = run("classify", photos, "--format", "jsonl")
    lines = {Path(str(line["path"])).name: line for line in jsonl(out)}
    assert code == 0
    errors = {name: str(line["error"]) for name, line in lines.items() if line["verdict"] == "error"}
    assert list(errors) == ["a_text.jpg", "b_cut.jpg", "c_empty.jpg", "d_giant.png"]
    assert "is not a photo" in errors["a_text.jpg"]
    assert "cut off" in errors["b_cut.jpg"]
    assert "empty" in errors["c_empty.jpg"]
    assert "30000 × 30000" in errors["d_giant.png"]
    assert "smaller copy" in errors["d_giant.png"]
    assert all(line["guesses"] == [] for line in lines.values() if line["verdict"] == "error")
    assert sum(line["verdict"] == "landmark" for line in lines.values()) == 3


def test_exit_code_3_when_no_photo_could_be_read(run: RunMain, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert run("classify", tmp_path / "empty")[0] == 3
    text_file(tmp_path / "a.jpg")
    assert run("classify", tmp_path / "a.jpg")[0] == 3
    code, _, err = run("classify", tmp_path / "gone")
    assert code == 3
    assert "not there" in err
    assert "Reconnect the drive" in err


@pytest.mark.parametrize(
    "arguments",
    [["classify"], ["classify", ".", "--format", "xml"], ["classify", ".", "--top-k", "0"], ["tag", "--write", "both"]],
)
def test_exit_code_2_for_bad_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert "usage: landmark-desktop" in capsys.readouterr().err


def test_a_bundle_with_a_wrong_hash_is_refused(run: RunMain, photos: Path, bundle: Path) -> None:
    (bundle / "model.onnx").write_bytes(model_bytes(side=48))
    code, out, err = run("classify", photos)
    assert (code, out) == (2, "")
    assert "does not have the hash" in err
    assert "Copy or download the bundle again" in err


def test_a_zipped_bundle_works_too(run: RunMain, photos: Path, bundle: Path, tmp_path: Path) -> None:
    from landmark_desktop.core.bundle import load_bundle

    zipped = zip_bundle(load_bundle(bundle), tmp_path / "bundle.zip")
    code, out, _ = run("classify", photos, "--format", "jsonl", "--bundle", zipped, with_bundle=False)
    assert code == 0
    assert len(jsonl(out)) == 4


def test_cuda_that_is_not_there_is_a_clear_refusal(run: RunMain, photos: Path) -> None:
    from landmark_desktop.inference.session import cuda_problem

    if not cuda_problem():
        pytest.skip("this machine has CUDA")
    code, _, err = run("classify", photos, "--provider", "cuda")
    assert code == 2
    assert "CUDA cannot be used on this computer" in err


def test_opening_a_folder_again_classifies_nothing(run: RunMain, photos: Path, counted: list[int]) -> None:
    _, first, _ = run("classify", photos, "--format", "jsonl")
    assert sum(counted) == 4
    _, second, _ = run("classify", photos, "--format", "jsonl")
    assert sum(counted) == 4
    assert second == first


def test_a_copy_in_another_folder_is_not_classified_again(
    run: RunMain, photos: Path, tmp_path: Path, counted: list[int]
) -> None:
    run("classify", photos)
    other = tmp_path / "copy"
    other.mkdir()
    (other / "c.jpg").write_bytes((photos / "petra.jpg").read_bytes())
    _, out, _ = run("classify", other, "--format", "jsonl")
    (line,) = jsonl(out)
    assert (line["verdict"], line["width"]) == ("landmark", 240)
    assert sum(counted) == 4


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_killed_in_the_middle_it_goes_on_where_it_was(
    run: RunMain, tmp_path: Path, bundle: Path, library: Path, counted: list[int]
) -> None:
    folder = tmp_path / "many"
    total = 150
    for number in range(total):
        save(folder / f"{number}.jpg", colour_picture(COLOURS["petra"], seed=number))
    command = [sys.executable, "-m", "landmark_desktop", "classify", str(folder), "--format", "jsonl"]
    command += ["--bundle", str(bundle), "--library", str(library), "--batch-size", "1", "--threads", "1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path(__file__).parents[2]) as process:
        assert process.stdout is not None
        seen = [process.stdout.readline() for _ in range(20)]
        os.kill(process.pid, signal.SIGKILL)
    assert all(json.loads(line)["verdict"] == "landmark" for line in seen)
    code, out, _ = run("classify", folder, "--format", "jsonl")
    assert code == 0
    assert len(jsonl(out)) == total
    assert sum(counted) <= total - len(seen)


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path, photos: Path, bundle: Path, library: Path) -> None:
    command = [sys.executable, "-m", "landmark_desktop", "classify", str(photos), "--format", "jsonl"]
    command += ["--bundle", str(bundle), "--library", str(library)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=Path(__file__).parents[2]
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        errors = process.stderr.read()
    assert (process.returncode, errors) == (0, b"")


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="file names are Unicode on this system")
def test_a_name_that_is_not_utf_8_is_printed_so_that_it_can_be_read_back(run: RunMain, tmp_path: Path) -> None:
    folder = tmp_path / "odd"
    picture = save(folder / "a.jpg", colour_picture(COLOURS["petra"]))
    odd = folder / os.fsdecode(b"caf\xe9.jpg")
    picture.rename(odd)
    _, out, _ = run("classify", folder, "--format", "jsonl")
    (line,) = jsonl(out)
    assert os.fsencode(str(line["path"])) == os.fsencode(odd)
    code, table, _ = run("classify", folder)
    assert code == 0
    assert "caf�.jpg" in table


def test_without_a_display_the_folder_is_classified_in_the_terminal(
    photos: Path, library: Path, bundle: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    if sys.platform in ("win32", "darwin"):
        pytest.skip("there is always a display on this system")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("landmark_desktop.cli.common.default_bundle_path", lambda: bundle)
    assert main(["--library", str(library), str(photos)]) == 0
    captured = capsys.readouterr()
    assert "4 photos: 3 landmark" in captured.out
    assert "no display" in captured.err
    assert main([]) == 2
    assert "no display" in capsys.readouterr().err
