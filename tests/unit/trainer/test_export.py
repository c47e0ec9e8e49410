"""The export contract on a tiny model: shapes, dynamic N, standard operators, parity, and a manifest that loads."""

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import onnx
import pytest
import torch
from torch import nn

from landmark_desktop.core.bundle import Manifest, load_bundle
from landmark_desktop.core.guess import Thresholds
from landmark_desktop.core.location import Landmark, Location
from tests.unit.trainer.conftest import draw, tiny_settings
from trainer import novelty
from trainer.card import model_card, read_provenance, without_paths
from trainer.checkpoint import TrainedModel
from trainer.config import load_config
from trainer.data import Sample
from trainer.errors import TrainerError
from trainer.export import OUTPUTS, BundleText, export_bundle, export_graph, onnx_outputs, parity
from trainer.models import build_model
from trainer.variants import Comparison, Forms

LANDMARKS = (
    Landmark("blue_lagoon", "Blue Lagoon"),
    Landmark("green_hill", "Green Hill", location=Location("Green Hill", 48.85, 2.35, 900.0, city="Paris")),
    Landmark("red_rock", "Red Rock", "Roter Fels", "rock", Location("Red Rock", 41.9, 12.5, 300.0, country="Italy")),
)
TEXT = BundleText("tiny-3", "1.0", "CC0-1.0", {"weights": "random", "collections": []}, ["landmark-trainer train"])


@pytest.fixture
def model() -> TrainedModel:
    """A random model of three landmarks and a background, with two views and the prototype score."""
    return make_model()


def make_model() -> TrainedModel:
    config = load_config(None, [*tiny_settings(), "model.options.second_view=16"])
    net = build_model("tiny", config.model.options, 4, config.input.spec()).eval()
    generator = torch.Generator().manual_seed(0)
    score = novelty.PrototypeScore(torch.randn(12, generator=generator), torch.randn(3, 12, generator=generator))
    notes = {"val_ece_before": 0.2, "val_ece_after": 0.1, "temperature": 0.5, "novelty": "prototype"}
    ids = tuple(landmark.id for landmark in LANDMARKS)
    return TrainedModel(config, ids, ids, net, 0.5, Thresholds(0.9, 0.1, 0.0, 1.5), "prototype", score, notes)


@pytest.fixture
def images() -> np.ndarray:
    return np.random.default_rng(0).integers(0, 256, (5, 32, 32, 3), dtype=np.uint8)


def draw_photos(folder: Path) -> list[Path]:
    """Five readable photos and one that is not."""
    files = [folder / f"{number}.jpg" for number in range(5)]
    for number, file in enumerate(files):
        draw(file, (40 * number, 100, 50), number)
    (folder / "broken.jpg").write_bytes(b"\xff\xd8\xff")
    return [*files, folder / "broken.jpg"]


@pytest.fixture
def photos(tmp_path: Path) -> list[Path]:
    """The photos of one test."""
    return draw_photos(tmp_path)


METRICS = {
    **dict.fromkeys(("top1", "top3", "top5"), 0.75),
    **dict.fromkeys(
        ("landmark_verdict_precision", "landmark_verdict_recall", "none_with_landmark_verdict"), float("nan")
    ),
    "mu_ap": 0.5,
    "recall_at_99_precision": float("nan"),
    "ece": 0.02,
    "split": "test",
    "landmark_photos": 3,
    "none_photos": 0,
    "by_source": {"larger photos": {"photos": 3, "top1": 0.5}},
    "per_landmark": [{"id": "red_rock", "photos": 3, "precision": 0.5, "recall": 0.25}],
}


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an exported bundle, which the tests only read (an export takes seconds)."""
    folder = tmp_path_factory.mktemp("export")
    export_bundle(
        make_model(), folder / "b", text=TEXT, landmarks=LANDMARKS, photos=draw_photos(folder), metrics=METRICS
    )
    return folder / "b"


def test_the_bundle_keeps_the_contract(exported: Path, images: np.ndarray) -> None:
    bundle = load_bundle(exported)
    assert bundle.manifest.landmarks == LANDMARKS
    assert bundle.manifest.thresholds == make_model().thresholds
    graph = onnx.load_from_string(bundle.read_model())
    assert {node.domain for node in graph.graph.node} == {""}
    assert not any(item.external_data for item in graph.graph.initializer)
    assert graph.opset_import[0].version == bundle.manifest.models[0].opset
    (entry,) = graph.graph.input
    dims = entry.type.tensor_type.shape.dim
    assert (entry.name, entry.type.tensor_type.elem_type) == ("images", onnx.TensorProto.UINT8)
    assert dims[0].dim_param
    assert [dim.dim_value for dim in dims[1:]] == [32, 32, 3]
    for count in (1, 3, 5):
        outputs = onnx_outputs(exported / "model.onnx", images[:count])
        shapes = {name: value.shape for name, value in outputs.items()}
        assert shapes == {
            "probabilities": (count, 3),
            "embedding": (count, 12),
            "activation": (count, 3, 4, 4),
            "novelty": (count,),
        }
        assert {value.dtype for value in outputs.values()} == {np.dtype(np.float32)}
        assert np.allclose(np.linalg.norm(outputs["embedding"], axis=1), 1.0, atol=1e-5)
        assert (outputs["probabilities"].sum(axis=1) <= 1.0).all()
    assert sorted(file.name for file in exported.iterdir()) == ["MODEL_CARD.md", "bundle.json", "model.onnx"]


def test_what_is_measured_and_said_reaches_manifest_and_card(exported: Path) -> None:
    bundle = load_bundle(exported)
    assert bundle.manifest.metrics["top1"] == 0.75
    assert bundle.manifest.metrics["recall_at_99_precision"] is None
    assert bundle.manifest.metrics["parity"]["probabilities"] <= 1e-4
    assert bundle.manifest.metrics["parity_photos"] == 5
    card = bundle.read_card()
    expected = ("tiny-3 1.0", "CC0-1.0", "75.00 %", "red_rock (25 %)", "Green Hill", "landmark-trainer train", "random")
    for text in expected:
        assert text in card, text


def test_the_files_name_no_folder_of_this_machine(exported: Path) -> None:
    for name in ("bundle.json", "MODEL_CARD.md"):
        assert str(exported.parent) not in (exported / name).read_text(encoding="utf-8")


def test_pytorch_and_onnx_runtime_agree_on_every_output(exported: Path, images: np.ndarray) -> None:
    worst = parity(make_model(), exported / "model.onnx", images)
    assert set(worst) == set(OUTPUTS)
    assert max(worst.values()) < 1e-4


def test_a_model_that_differs_from_the_export_is_noticed(
    model: TrainedModel, exported: Path, images: np.ndarray
) -> None:
    with torch.no_grad():
        model.net.head.bias[0] += 0.5
    assert parity(model, exported / "model.onnx", images)["probabilities"] > 1e-2


def test_a_difference_stops_the_export_and_leaves_nothing(
    model: TrainedModel, photos: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("trainer.export.parity", lambda *_arguments: dict.fromkeys(OUTPUTS, 0.01))
    with pytest.raises(TrainerError, match="differs from PyTorch"):
        export_bundle(model, tmp_path / "b", text=TEXT, landmarks=LANDMARKS, photos=photos, metrics={})
    assert list((tmp_path / "b").iterdir()) == []


def test_background_probability_is_dropped_and_not_shared_out(model: TrainedModel, images: np.ndarray) -> None:
    graph = model.graph()
    with torch.no_grad():
        probabilities = graph(torch.from_numpy(images))[0]
        logits = model.net(torch.from_numpy(images)) / model.temperature
        assert torch.allclose(probabilities, logits.softmax(1)[:, :3])
        assert (probabilities.sum(1) < 1.0).all()


def test_the_mean_of_a_landmarks_map_is_its_logit(model: TrainedModel, images: np.ndarray) -> None:
    with torch.no_grad():
        activation = model.graph()(torch.from_numpy(images))[2]
        logits = model.net(torch.from_numpy(images))
    assert torch.allclose(activation.mean((2, 3)), logits[:, :3], atol=1e-5)


class FixedBatch(nn.Module):
    """A graph that only works for two pictures."""

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        return images.float().reshape(2, 32 * 32 * 3)


def test_a_graph_with_a_fixed_number_of_pictures_is_refused(model: TrainedModel, tmp_path: Path) -> None:
    with pytest.raises(Exception, match=r"fixed the number|batch"):
        export_graph(FixedBatch(), model.config.input.spec(), tmp_path / "m.onnx", ("x",))
    assert not (tmp_path / "m.onnx").exists()


@pytest.mark.parametrize("bundle_id", ["", "has space", "../up", ".hidden"])
def test_an_id_that_is_no_plain_name_is_refused(
    model: TrainedModel, photos: list[Path], tmp_path: Path, bundle_id: str
) -> None:
    text = BundleText(bundle_id, "1", "", {}, [])
    with pytest.raises(TrainerError, match="bundle id"):
        export_bundle(model, tmp_path / "b", text=text, landmarks=LANDMARKS, photos=photos, metrics={})


def test_without_a_readable_photo_there_is_no_export(model: TrainedModel, photos: list[Path], tmp_path: Path) -> None:
    with pytest.raises(TrainerError, match="no photo to compare"):
        export_bundle(model, tmp_path / "b", text=TEXT, landmarks=LANDMARKS, photos=photos[-1:], metrics={})


def test_command_lines_in_the_card_have_no_paths_of_this_machine() -> None:
    command = ["landmark-trainer", "train", "--data", "/home/me/photos", "--run=/tmp/r", "--epochs", "3"]
    assert without_paths(command) == "landmark-trainer train --data PHOTOS --run=RUN --epochs 3"


def test_provenance_is_summed_up_by_collection(tmp_path: Path) -> None:
    file = tmp_path / "p.csv"
    file.write_text(
        "landmark_id,public_repository,collection,train,val,test\na,r/x,web,10,1,2\nb,r/x,web,20,2,3\nc,r/y,web,5,,1\n"
    )
    assert read_provenance(file) == [
        {"collection": "web", "repository": "r/x", "landmarks": 2, "photos": 38},
        {"collection": "web", "repository": "r/y", "landmarks": 1, "photos": 6},
    ]
    file.write_text("landmark_id\na\n")
    with pytest.raises(TrainerError, match="provenance"):
        read_provenance(file)


def samples_of(photos: list[Path]) -> tuple[Sample, ...]:
    return tuple(Sample(path, index % 3) for index, path in enumerate(photos))


def comparison(**changes: float) -> Comparison:
    values = {"photos": 5, "top1": 0.9, "top1_fp32": 0.9, "largest_difference": 0.1, "mean_difference": 0.01}
    counts = {
        "precision": 0.99,
        "precision_fp32": 0.99,
        "same_verdict": 1.0,
        "none_accepted": 0,
        "none_accepted_fp32": 0,
        "speed": 2.0,
        "size_mb": 1.0,
    }
    return Comparison(**{**values, **counts, **changes})  # type: ignore[arg-type]  # numbers by name


@pytest.mark.parametrize(("speed", "keep", "ships"), [(2.0, False, True), (1.1, False, False), (1.1, True, True)])
def test_int8_ships_where_it_is_worth_it_or_kept(
    photos: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, speed: float, keep: bool, ships: bool
) -> None:
    monkeypatch.setattr("trainer.variants.compare", lambda *_files, **_options: comparison(speed=speed))
    monkeypatch.setattr("trainer.variants.make", lambda _precision, fp32, target, *_: shutil.copyfile(fp32, target))
    folder = tmp_path / "b"
    folder.mkdir()
    (folder / "model_int8.onnx").write_bytes(b"of an earlier export")
    samples = samples_of(photos)
    wanted = Forms(("int8",), samples, samples, keep)
    manifest = export_bundle(
        make_model(), folder, text=TEXT, landmarks=LANDMARKS, photos=photos, metrics={}, wanted=wanted
    )
    bundle = load_bundle(folder)
    assert [model.precision for model in bundle.manifest.models] == (["fp32", "int8"] if ships else ["fp32"])
    assert (folder / "model_int8.onnx").exists() == ships
    if ships:
        assert bundle.read_model("int8") == bundle.read_model("fp32")
    found = manifest.metrics["precisions"]["int8"]
    assert (found["shipped"], found["speed"]) == (ships, speed)
    assert bool(found["shortcomings"]) == (speed < 1.3)
    card = bundle.read_card()
    assert f"| int8 | 90.00 % (90.00 %) | {speed:.2f}× |" in card
    assert ("no: it is 1.10 times" in card) == (not ships)


def export_forms(photos: list[Path], folder: Path, *precisions: str) -> Manifest:
    samples = samples_of(photos)
    forms = Forms(precisions, samples, samples, keep=True, threads=1)
    return export_bundle(make_model(), folder, text=TEXT, landmarks=LANDMARKS, photos=photos, metrics={}, wanted=forms)


def test_int8_is_made_and_compared_for_real(photos: list[Path], tmp_path: Path) -> None:
    manifest = export_forms(photos, tmp_path / "b", "int8", "fp16")
    assert [model.precision for model in manifest.models] == ["fp32", "int8", "fp16"]
    bundle = load_bundle(tmp_path / "b")
    for precision in ("int8", "fp16"):
        found = manifest.metrics["precisions"][precision]
        assert found["photos"] == 5
        assert 0.0 < found["largest_difference"] < 0.2
        onnx.checker.check_model(onnx.load_from_string(bundle.read_model(precision)), full_check=True)


def test_a_form_that_cannot_be_made_leaves_nothing(
    photos: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object) -> None:
        raise TrainerError("The model has no convolutions", "Export it without --int8.")

    monkeypatch.setattr("trainer.variants.quantise", fail)
    with pytest.raises(TrainerError, match="no convolutions"):
        export_forms(photos, tmp_path / "b", "int8")
    assert list((tmp_path / "b").iterdir()) == []


def test_the_card_compares_novelty_scores(exported: Path) -> None:
    manifest = load_bundle(exported).manifest
    tables = {
        "novelty": "prototype",
        "novelty_auroc": {"energy": 0.5, "prototype": 0.75},
        "novelty_auroc_left_out": {"energy": 0.25, "prototype": 0.625},
    }
    card = model_card(replace(manifest, novelty=tables), [])
    assert "| energy | 0.5000 | 0.2500 |" in card
    assert "| **prototype** | 0.7500 | 0.6250 |" in card
