"""The commands through ``main()``: from drawn photos to a bundle, and every refusal with a remedy."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from landmark_desktop.core.bundle import load_bundle
from tests.unit.trainer.conftest import tiny_settings
from trainer.cli import main

COMMANDS = ("prepare", "train", "overfit", "evaluate", "export", "inspect", "predict")
Capture = pytest.CaptureFixture[str]


@pytest.fixture
def settings() -> list[str]:
    """``--set`` options for the tiny model."""
    return [word for setting in tiny_settings() for word in ("--set", setting)]


def test_from_photos_to_guesses(
    photo_tree: Path, landmark_table: Path, settings: list[str], tmp_path: Path, capsys: Capture
) -> None:
    (photo_tree / "test" / "red_rock" / "9.jpg").write_bytes(b"\xff\xd8\xff damaged")
    run, bundle = str(tmp_path / "run"), str(tmp_path / "bundle")
    photos, report, metrics = str(photo_tree), tmp_path / "report.json", tmp_path / "metrics.json"
    assert main(["prepare", "--data", photos, "--out", str(report)]) == 0
    assert json.loads(report.read_text(encoding="utf-8"))["photos"]["train"] == 32
    words = ["train", "--data", photos, "--landmarks", str(landmark_table), "--run", run, "--epochs", "12", *settings]
    assert main(words) == 0
    assert "blue_lagoon" in capsys.readouterr().err
    assert main(["train", "--run", run, "--resume"]) == 0
    assert main(["evaluate", "--run", run, "--data", photos, "--out", str(metrics)]) == 0
    by_torch = json.loads(metrics.read_text(encoding="utf-8"))
    assert by_torch["top1"] > 0.9
    assert by_torch["unreadable"][0]["photo"] == "test/red_rock/9.jpg"
    assert by_torch["km_error"]["median"] == 0.0
    assert main(["export", "--run", run, "--out", bundle, "--id", "tiny-3", "--metrics", str(metrics)]) == 0
    assert load_bundle(Path(bundle)).manifest.metrics["top1"] == by_torch["top1"]
    assert main(["evaluate", "--bundle", bundle, "--data", photos, "--out", str(metrics), "--batch-size", "3"]) == 0
    by_onnx = json.loads(metrics.read_text(encoding="utf-8"))
    for key in ("top1", "top5", "mu_ap", "verdicts", "none_with_landmark_verdict", "by_source"):
        assert by_onnx[key] == by_torch[key], key
    capsys.readouterr()
    photo = str(photo_tree / "test" / "green_hill" / "0.jpg")
    for source in (["--bundle", bundle], ["--run", run], ["--checkpoint", f"{run}/model.pt"]):
        assert main(["predict", *source, photo, str(report), "--top-k", "2"]) == 0
        shown = capsys.readouterr()
        assert shown.out.splitlines()[1].endswith("Green Hill")
        assert len(shown.out.splitlines()) == 3
        assert "not a photo" in shown.err
    assert main(["inspect", "--bundle", bundle, photo, "--out", str(tmp_path / "maps")]) == 0
    assert [file.name for file in (tmp_path / "maps").iterdir()] == ["0.green_hill.png"]
    words = ["inspect", "--run", run, photo, "--out", str(tmp_path / "drawn"), "--top-k", "2"]
    assert main(words) == 0
    assert len([*(tmp_path / "drawn").glob("0.*.png")]) == 2
    assert (tmp_path / "drawn" / "receptive_field.png").is_file()
    assert main(["inspect", "--run", run]) == 0
    assert "receptive field" in capsys.readouterr().out


def test_low_resolution_and_split_are_recorded(
    photo_tree: Path, settings: list[str], tmp_path: Path, capsys: Capture
) -> None:
    run, out = str(tmp_path / "run"), tmp_path / "m.json"
    assert main(["train", "--data", str(photo_tree), "--run", run, *settings]) == 0
    words = ["evaluate", "--run", run, "--data", str(photo_tree), "--split", "val", "--low-resolution", "16"]
    assert main([*words, "--out", str(out)]) == 0
    document = json.loads(out.read_text(encoding="utf-8"))
    assert (document["split"], document["low_resolution"], document["photos"]) == ("val", 16, 16)
    assert "km_error" not in document
    assert "none with verdict landmark" in capsys.readouterr().out


def test_the_report_of_a_run_that_left_a_landmark_out(
    photo_tree: Path, settings: list[str], tmp_path: Path, capsys: Capture
) -> None:
    run, out = str(tmp_path / "run"), tmp_path / "m.json"
    left_out = ["--set", "data.leave_out=['blue_lagoon']"]
    assert main(["train", "--data", str(photo_tree), "--run", run, *left_out, *settings]) == 0
    boxes = tmp_path / "boxes.csv"
    boxes.write_text("photo,left,top,right,bottom\ntest/red_rock/0.jpg,0,0,1,1\n", encoding="utf-8")
    words = ["evaluate", "--run", run, "--data", str(photo_tree), "--out", str(out), "--boxes", str(boxes)]
    words += ["--report", str(tmp_path / "new" / "report.html"), "--plots", str(tmp_path / "plots")]
    assert main([*words, "--also-low-resolution", "16"]) == 0
    document = json.loads(out.read_text(encoding="utf-8"))
    unknown = document["unknown"]
    assert [row["name"] for row in unknown["per_landmark"]] == ["blue_lagoon"]
    assert unknown["photos"] == 4
    assert document["reduced"]["low_resolution"] == 16
    assert document["boxes"]["peak_in_box"] == 1.0
    html = (tmp_path / "new" / "report.html").read_text(encoding="utf-8")
    assert "Learning curves" in html
    assert "Landmarks left out of training" in html
    names = ["learning-curves.svg", "precision-recall.svg", "reliability.svg"]
    assert sorted(file.name for file in (tmp_path / "plots").iterdir()) == names
    assert "landmarks left out of training" in capsys.readouterr().out
    # A bundle states it too, since it cannot be measured with a model that knows all landmarks.
    bundle = str(tmp_path / "bundle")
    assert (
        main(
            ["export", "--run", run, "--out", bundle, "--id", "x", "--metrics", str(out)] + 2 * ["--left-out", str(out)]
        )
        == 0
    )
    share = unknown["with_landmark_verdict"]
    stated = [{"landmarks": 1, "photos": 4, "with_landmark_verdict": share}] * 2
    assert load_bundle(Path(bundle)).manifest.metrics["left_out"] == stated
    assert "1 landmarks left out of a training of the same kind" in load_bundle(Path(bundle)).read_card()
    capsys.readouterr()
    assert main(["evaluate", "--bundle", bundle, "--data", str(photo_tree), "--unknown", "blue_lagoon"]) == 0
    assert capsys.readouterr().out.count("verdict landmark, 1 left out") == 2


@pytest.mark.parametrize("unknown", [None, []])
def test_only_a_training_without_some_landmarks_says_something_of_them(
    unknown: object, photo_tree: Path, settings: list[str], tmp_path: Path, capsys: Capture
) -> None:
    run, out = str(tmp_path / "run"), tmp_path / "m.json"
    assert main(["train", "--data", str(photo_tree), "--run", run, *settings]) == 0
    out.write_text(json.dumps({"top1": 1.0, "unknown": unknown}), encoding="utf-8")
    words = ["export", "--run", run, "--out", str(tmp_path / "b"), "--id", "x", "--left-out", str(out)]
    assert main(words) == 1
    assert "says nothing of landmarks that were left out" in capsys.readouterr().err


def test_each_model_of_a_bundle_can_be_judged(
    photo_tree: Path, settings: list[str], tmp_path: Path, capsys: Capture
) -> None:
    run, bundle, out = str(tmp_path / "run"), str(tmp_path / "bundle"), tmp_path / "m.json"
    assert main(["train", "--data", str(photo_tree), "--run", run, *settings]) == 0
    assert main(["export", "--run", run, "--out", bundle, "--id", "x", "--int8", "--keep"]) == 0
    words = ["evaluate", "--data", str(photo_tree), "--out", str(out)]
    found = []
    for precision in ("fp32", "int8"):
        assert main([*words, "--bundle", bundle, "--precision", precision]) == 0
        found.append(json.loads(out.read_text(encoding="utf-8")))
    assert [document["precision"] for document in found] == ["fp32", "int8"]
    assert found[0]["ece"] != found[1]["ece"]
    assert main([*words, "--bundle", bundle, "--precision", "fp16"]) == 1
    assert "Choose --precision among fp32, int8" in capsys.readouterr().err
    assert main([*words, "--run", run, "--precision", "int8"]) == 1
    assert "Only a bundle" in capsys.readouterr().err


def test_unknown_landmarks_in_the_data_are_named_by_id(
    photo_tree: Path, settings: list[str], tmp_path: Path, capsys: Capture
) -> None:
    run, out = str(tmp_path / "run"), tmp_path / "m.json"
    left_out = ["--set", "data.leave_out=['blue_lagoon']"]
    assert main(["train", "--data", str(photo_tree), "--run", run, *left_out, *settings]) == 0
    bundle = str(tmp_path / "bundle")
    assert main(["export", "--run", run, "--out", bundle, "--id", "tiny-2"]) == 0
    words = ["evaluate", "--bundle", bundle, "--data", str(photo_tree), "--out", str(out)]
    assert main(words) == 1
    assert "does not know the landmarks blue_lagoon" in capsys.readouterr().err
    assert main([*words, "--unknown", "blue_lagoon"]) == 0
    assert json.loads(out.read_text(encoding="utf-8"))["unknown"]["photos"] == 4
    assert main([*words, "--unknown", "blue_lagoon,atlantis"]) == 1
    assert "atlantis" in capsys.readouterr().err


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_every_command_has_an_example(command: str, capsys: Capture) -> None:
    assert main([command, "--help"]) == 0
    shown = capsys.readouterr().out
    assert f"example:\n  landmark-trainer {command} " in shown


def test_bad_usage_is_2_and_a_known_error_is_1_with_a_remedy(tmp_path: Path, capsys: Capture) -> None:
    assert main([]) == 2
    assert main(["evaluate", "--data", "x"]) == 2
    capsys.readouterr()
    assert main(["prepare", "--data", str(tmp_path / "nowhere")]) == 1
    first, second = capsys.readouterr().err.splitlines()
    assert "There is no folder" in first
    assert "docs/training.md" in second


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["train", "--run", "RUN"], "no photos to train on"),
        (["train", "--run", "RUN", "--resume"], "There is no run"),
        (["train", "--run", "RUN", "--resume", "--config", "RUN"], "its own configuration"),
        (["train", "--run", "RUN", "--set", "optim.epoch=3"], "optim.epoch"),
        (["evaluate", "--run", "RUN", "--data", "RUN"], "There is no checkpoint"),
        (["evaluate", "--bundle", "RUN", "--data", "RUN"], "No model bundle"),
        (["evaluate", "--bundle", "RUN", "--data", "RUN", "--batch-size", "0"], "batch size"),
        (["export", "--checkpoint", "RUN", "--out", "RUN", "--id", "x"], "checkpoint"),
        (["inspect", "--model", "transfer", "x.jpg", "--out", "RUN"], "random weights"),
        (["inspect", "--model", "tiny", "x.jpg"], "--out"),
        (["evaluate", "--bundle", "RUN", "--data", "RUN", "--low-resolution", "4"], "low resolution"),
        (
            ["evaluate", "--bundle", "RUN", "--data", "RUN", "--low-resolution", "64", "--also-low-resolution", "64"],
            "reduced already",
        ),
        (["evaluate", "--bundle", "RUN", "--data", "RUN", "--boxes", "RUN"], "boxes"),
        (["evaluate", "--bundle", "RUN", "--data", "RUN", "--curves", "RUN"], "learning curves"),
        (["inspect", "--bundle", "RUN"], "only maps"),
        (["inspect", "--model", "tiny", "--size", "0"], "input size"),
        (["inspect", "--model", "tiny", "--option", "colour=1"], "colour"),
        (["inspect", "--run", "RUN", "--option", "dropout=0"], "--model only"),
        (["inspect", "--run", "RUN", "--top-k", "0"], "At least one map"),
        (["predict", "--bundle", "RUN", "x.jpg", "--top-k", "0"], "At least one guess"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_refusals_are_sentences(words: list[str], message: str, tmp_path: Path, capsys: Capture) -> None:
    here = [str(tmp_path / "absent") if word == "RUN" else word for word in words]
    assert main(here) == 1
    assert message in capsys.readouterr().err


def test_missing_torch_is_said_with_the_remedy() -> None:
    hide = "import sys; sys.modules['torch'] = None; "
    code = hide + "from trainer.cli import main; sys.exit(main(['prepare', '--data', '.']))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 1
    assert "torch is not installed" in done.stderr
    assert "pip install 'landmark-desktop[train]'" in done.stderr
    assert "Traceback" not in done.stderr


def test_importing_the_cli_imports_nothing_heavy() -> None:
    code = "import sys, trainer.cli; print([m for m in ('torch', 'numpy', 'PIL', 'onnx') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "[]"
