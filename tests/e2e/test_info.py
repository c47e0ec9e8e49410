"""``landmark-desktop info``: what runs here, and why."""

from dataclasses import replace
from pathlib import Path

import pytest

from landmark_desktop.__main__ import main
from landmark_desktop.core.bundle import MANIFEST_NAME, load_bundle, manifest_to_json
from landmark_desktop.inference import session
from tests.bundles import model_bytes


@pytest.mark.parametrize(("exact", "precision", "why"), [(True, "int8", "faster one"), (False, "fp32", "VNNI")])
def test_info_tells_which_precision_runs_and_why(
    bundle: Path,
    library: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    exact: bool,
    precision: str,
    why: str,
) -> None:
    (bundle / "model_int8.onnx").write_bytes(model_bytes())
    loaded = load_bundle(bundle)
    entry = replace(loaded.manifest.models[0], file="model_int8.onnx", precision="int8")
    manifest = replace(loaded.manifest, models=(*loaded.manifest.models, entry))
    (bundle / MANIFEST_NAME).write_text(manifest_to_json(manifest), "utf-8")
    monkeypatch.setattr("landmark_desktop.inference.session.exact_int8", lambda: exact)
    assert main(["info", "--bundle", str(bundle), "--library", str(library), "--provider", "cpu"]) == 0
    (line,) = [line for line in capsys.readouterr().out.splitlines() if line.startswith("Precision: ")]
    assert line.startswith(f"Precision: {precision} (")
    assert why in line


def test_threads_are_chosen_by_the_cores_and_can_be_set(
    bundle: Path, library: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("landmark_desktop.services.sizing.available_cores", lambda: 6)
    made: list[int] = []
    real = session._load

    def load(model: bytes, name: str, providers: list[str], threads: int) -> object:
        made.append(threads)
        return real(model, name, providers, threads)

    monkeypatch.setattr(session, "_load", load)
    arguments = ["info", "--bundle", str(bundle), "--library", str(library), "--provider", "cpu"]
    assert main(arguments) == 0
    assert "6 decode workers, 6 threads for the model" in capsys.readouterr().out
    assert main([*arguments, "--threads", "1"]) == 0
    assert "1 decode worker, 1 thread for the model" in capsys.readouterr().out
    assert made == [6, 1]
