"""Which provider runs the model, and why not the other."""

import hashlib
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
from onnx import TensorProto

from landmark_desktop.core.bundle import MANIFEST_NAME, ModelFile, load_bundle, manifest_to_json
from landmark_desktop.core.errors import BundleError, ErrorCode, InferenceError, InferenceMemoryError, ProviderError
from landmark_desktop.core.preprocess import preprocess
from landmark_desktop.inference import session
from landmark_desktop.inference.classifier import OnnxClassifier
from landmark_desktop.inference.session import CPU, CUDA, ProviderChoice, create_session, cuda_problem, precision_for
from tests.bundles import COLOURS, GREY, colour_picture, manifest_for, model_bytes, write_bundle


def test_cpu_is_used_when_chosen_and_says_so() -> None:
    loaded, report = create_session(lambda _precision: model_bytes(), name="colours", choice=ProviderChoice.CPU)
    assert loaded.get_providers() == [CPU]
    assert (report.actual, report.label) == (CPU, "CPU")
    assert "chosen" in report.reason


def test_a_build_without_cuda_says_so() -> None:
    assert "no CUDA support" in cuda_problem([CPU])


def test_a_missing_driver_is_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "cuda_driver_problem", lambda: "no NVIDIA driver was found")
    monkeypatch.setattr(onnxruntime, "get_available_providers", lambda: [CUDA, CPU])
    loaded, report = create_session(lambda _precision: model_bytes(), name="colours")
    assert loaded.get_providers() == [CPU]
    assert report.reason == "no NVIDIA driver was found"


def test_a_program_that_was_packed_without_cuda_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "cuda_driver_problem", lambda: "")
    monkeypatch.setattr(onnxruntime, "__file__", str(tmp_path / "onnxruntime" / "__init__.py"))
    assert cuda_problem([CUDA, CPU]) == "this program was packed without CUDA"
    (tmp_path / "onnxruntime" / "capi").mkdir(parents=True)
    (tmp_path / "onnxruntime" / "capi" / "libonnxruntime_providers_cuda.so").touch()
    assert cuda_problem([CUDA, CPU]) == ""


def test_what_onnx_runtime_prints_about_cuda_is_not_taken_for_our_output(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(session, "cuda_problem", lambda: "")

    def print_it() -> None:
        sys.stdout.write("Failed to load libcublas")

    monkeypatch.setattr(onnxruntime, "preload_dlls", print_it, raising=False)
    create_session(lambda _precision: model_bytes(), name="colours")
    assert capsys.readouterr().out == ""


@pytest.mark.skipif(CUDA not in onnxruntime.get_available_providers(), reason="this ONNX Runtime has no CUDA support")
@pytest.mark.skipif(not session.cuda_driver_problem(), reason="this machine has a GPU, so CUDA does load")
def test_cuda_that_is_tried_for_real_and_does_not_load_falls_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "cuda_driver_problem", lambda: "")
    loaded, report = create_session(lambda _precision: model_bytes(), name="colours")
    assert loaded.get_providers() == [CPU]
    assert "CUDA" in report.reason


def test_cuda_that_was_asked_for_and_is_missing_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "cuda_problem", lambda: "no NVIDIA driver was found")
    with pytest.raises(ProviderError, match="no NVIDIA driver") as caught:
        create_session(lambda _precision: model_bytes(), name="colours", choice=ProviderChoice.CUDA)
    assert caught.value.code is ErrorCode.PROVIDER_UNAVAILABLE


def test_cuda_is_reported_where_it_loads(monkeypatch: pytest.MonkeyPatch) -> None:
    class OnCuda:
        def get_providers(self) -> list[str]:
            return [CUDA, CPU]

    monkeypatch.setattr(session, "cuda_problem", lambda: "")
    monkeypatch.setattr(session, "_load", lambda *_: OnCuda())
    _, report = create_session(lambda _precision: b"", name="colours")
    assert (report.label, report.reason) == ("CUDA", "")


def test_a_model_that_is_no_onnx_is_refused() -> None:
    with pytest.raises(BundleError) as caught:
        create_session(lambda _precision: b"nonsense", name="colours", choice=ProviderChoice.CPU)
    assert caught.value.code is ErrorCode.BUNDLE_MODEL


@pytest.mark.parametrize(
    ("provider", "available", "precision", "said"),
    [
        (CPU, ("fp32", "int8", "fp16"), "int8", "faster one on the CPU"),
        (CPU, ("fp32", "fp16"), "fp32", "no int8 model"),
        (CUDA, ("fp32", "int8", "fp16"), "fp16", "faster one on a graphics card"),
        (CUDA, ("fp32", "int8"), "fp32", "no fp16 model"),
    ],
)
def test_each_provider_runs_the_precision_that_suits_it(
    provider: str, available: tuple[str, ...], precision: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "exact_int8", lambda: True)
    chosen, why = precision_for(provider, available)
    assert chosen == precision
    assert said in why


def test_a_processor_without_exact_int8_runs_fp32(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "exact_int8", lambda: False)
    chosen, why = precision_for(CPU, ("fp32", "int8"))
    assert chosen == "fp32"
    assert "no exact arithmetic" in why
    assert "no int8 model" in precision_for(CPU, ("fp32",))[1]


def test_only_the_chosen_models_file_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "exact_int8", lambda: True)
    read: list[str] = []

    def model(precision: str) -> bytes:
        read.append(precision)
        return model_bytes()

    _, report = create_session(model, ("fp32", "int8", "fp16"), name="colours", choice=ProviderChoice.CPU)
    assert read == ["int8"]
    assert report.precision == "int8"
    read.clear()
    monkeypatch.setattr(session, "cuda_problem", lambda: "")
    monkeypatch.setattr(session, "_try_cuda", lambda _model: (None, "no cuDNN"))
    _, report = create_session(model, ("fp32", "int8", "fp16"), name="colours")
    assert read == ["fp16", "int8"]
    assert (report.actual, report.precision, report.reason) == (CPU, "int8", "no cuDNN")


class Failing:
    """A session of ONNX Runtime that always fails."""

    def __init__(self, words: str, providers: Sequence[str] = (CPU,)) -> None:
        self.words = words
        self.providers = list(providers)

    def get_providers(self) -> list[str]:
        return self.providers

    def run(self, *_: object) -> None:
        raise RuntimeError(self.words)


class TestClassifier:
    def test_the_int8_model_of_a_bundle_runs_on_the_cpu(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(session, "exact_int8", lambda: True)
        write_bundle(tmp_path)
        int8 = model_bytes(nan=True)  # tells which of the two has answered
        (tmp_path / "model_int8.onnx").write_bytes(int8)
        manifest = manifest_for(model_bytes())
        entry = ModelFile("model_int8.onnx", hashlib.sha256(int8).hexdigest(), "int8", manifest.models[0].opset)
        manifest = replace(manifest, models=(*manifest.models, entry))
        (tmp_path / MANIFEST_NAME).write_text(manifest_to_json(manifest), encoding="utf-8")
        bundle = load_bundle(tmp_path)
        classifier = OnnxClassifier(bundle, ProviderChoice.CPU, trusted=True)
        picture = preprocess(colour_picture(COLOURS["petra"]), bundle.manifest.input)[None]
        assert classifier.provider.precision == "int8"
        with pytest.raises(InferenceError, match="NaN"):
            classifier.classify(picture)

    def test_each_photo_of_a_batch_gets_its_own_guesses(self, tmp_path: Path) -> None:
        classifier = OnnxClassifier(write_bundle(tmp_path), ProviderChoice.CPU)
        spec = classifier.bundle.manifest.input
        pictures = [colour_picture(colour) for colour in (*COLOURS.values(), GREY)]
        batch = [preprocess(picture, spec) for picture in pictures]
        together = classifier.classify(np.stack(batch))
        assert [answer.top[0].landmark_id for answer in together[:3]] == list(COLOURS)
        assert together[3].novelty > 0.8
        for one, many in zip(batch, together, strict=True):
            alone = classifier.classify(one[None])[0]
            assert alone.novelty == pytest.approx(many.novelty, abs=1e-6)

    @pytest.mark.parametrize(
        ("changes", "reason"),
        [
            ({"drop": "activation"}, "no input or output 'activation'"),
            ({"input_type": TensorProto.INT32}, "'images' is tensor(int32)"),
            ({"side": 48}, "'images' is tensor(uint8) ['N', 48, 48, 3]"),
            ({"classes": 2}, "'probabilities' is tensor(float) ['N', 2]"),
            ({"batch": 4}, "batch size is fixed to 4"),
        ],
    )
    def test_a_model_that_does_not_fit_its_description_is_refused(
        self, tmp_path: Path, changes: dict[str, object], reason: str
    ) -> None:
        bundle = write_bundle(tmp_path, model_bytes(**changes))  # type: ignore[arg-type]
        with pytest.raises(BundleError) as caught:
            OnnxClassifier(bundle, ProviderChoice.CPU)
        assert caught.value.code is ErrorCode.BUNDLE_SHAPE
        assert reason in caught.value.message

    def test_an_answer_that_is_no_number_is_an_error(self, tmp_path: Path) -> None:
        bundle = write_bundle(tmp_path, model_bytes(nan=True))
        classifier = OnnxClassifier(bundle, ProviderChoice.CPU, trusted=True)
        picture = preprocess(colour_picture(GREY), bundle.manifest.input)
        with pytest.raises(InferenceError, match="NaN"):
            classifier.classify(picture[None])

    @pytest.mark.parametrize(
        "words",
        [
            "[ONNXRuntimeError] : 1 : FAIL : CUDA failure 2: out of memory ; GPU=0",
            "Failed to allocate memory for requested buffer of size 1638400000",
            "CUDNN failure 4: CUDNN_STATUS_ALLOC_FAILED",
            "bad allocation",
        ],
    )
    def test_running_out_of_memory_is_told_from_other_failures(self, tmp_path: Path, words: str) -> None:
        classifier = OnnxClassifier(write_bundle(tmp_path), ProviderChoice.CPU)
        picture = preprocess(colour_picture(GREY), classifier.bundle.manifest.input)[None]
        classifier._session = Failing(words)  # type: ignore[assignment]
        with pytest.raises(InferenceMemoryError) as caught:
            classifier.classify(picture)
        assert caught.value.code is ErrorCode.INFERENCE_MEMORY
        classifier._session = Failing("CUDNN_STATUS_EXECUTION_FAILED")  # type: ignore[assignment]
        with pytest.raises(InferenceError) as other:
            classifier.classify(picture)
        assert other.value.code is ErrorCode.INFERENCE_FAILED

    def test_a_card_without_memory_for_one_photo_is_given_up(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        card = Failing("CUDA failure 2: out of memory", [CUDA, CPU])
        monkeypatch.setattr(session, "cuda_problem", lambda: "")
        monkeypatch.setattr(session, "_try_cuda", lambda _model: (card, ""))
        monkeypatch.setattr(OnnxClassifier, "_check_shapes", lambda _: None)
        classifier = OnnxClassifier(write_bundle(tmp_path))
        assert classifier.provider.label == "CUDA"
        spec = classifier.bundle.manifest.input
        pictures = np.stack([preprocess(colour_picture(colour), spec) for colour in COLOURS.values()])
        with pytest.raises(InferenceMemoryError):
            classifier.classify(pictures)  # fewer may fit
        assert classifier.provider.label == "CUDA"
        (answer,) = classifier.classify(pictures[:1])
        assert answer.top[0].landmark_id == next(iter(COLOURS))
        assert (classifier.provider.label, classifier.provider.requested) == ("CPU", ProviderChoice.AUTO)
        assert "memory" in classifier.provider.reason
        assert len(classifier.classify(pictures)) == len(COLOURS)
        assert "moves from the graphics card to the CPU" in caplog.text

    def test_a_changed_model_file_is_refused_before_it_is_loaded(self, tmp_path: Path) -> None:
        bundle = write_bundle(tmp_path)
        (tmp_path / "model.onnx").write_bytes(model_bytes(side=48))
        with pytest.raises(BundleError) as caught:
            load_bundle(tmp_path)
        assert caught.value.code is ErrorCode.BUNDLE_HASH
        assert manifest_for(model_bytes()).models[0].sha256 == bundle.key
