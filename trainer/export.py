"""From a finished model to a bundle: ONNX, simplified, checked, compared with PyTorch, described."""

import hashlib
import logging
import re
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn

from landmark_desktop import __version__
from landmark_desktop.core.bundle import (
    CARD_NAME,
    MANIFEST_NAME,
    MODEL_NAME,
    Manifest,
    ModelFile,
    load_bundle,
    manifest_to_json,
)
from landmark_desktop.core.errors import PhotoError
from landmark_desktop.core.location import Landmark
from landmark_desktop.core.preprocess import InputSpec, UInt8Array
from trainer import variants
from trainer.checkpoint import TrainedModel
from trainer.data import read_in_parallel
from trainer.errors import TrainerError
from trainer.graph import OUTPUTS
from trainer.narrow import store_narrowly
from trainer.run import finite, write_text
from trainer.runtime import open_session
from trainer.transforms import EvalTransform
from trainer.variants import Forms

OPSET = 18
PARITY_LIMIT = 1e-4
"""Largest allowed difference of a probability between PyTorch and ONNX Runtime."""
PARITY_PHOTOS = 32
STANDARD_DOMAINS = ("", "ai.onnx")


@dataclass(frozen=True, slots=True)
class BundleText:
    """What a bundle says of itself beyond what was measured."""

    id: str
    version: str
    licence: str
    provenance: Mapping[str, Any]
    commands: Sequence[str]


def export_graph(module: nn.Module, spec: InputSpec, file: Path, outputs: Sequence[str]) -> int:
    """Export a module that maps uint8 ``[N, H, W, 3]`` to tensors whose first dimension is N, simplify it, check it,
    and write one self-contained ONNX file. Returns the opset.

    Raises:
        ValueError: the graph uses operators outside the ONNX standard, or N became a constant.
        onnx.checker.ValidationError: the graph is not valid.
    """
    import onnx
    import onnxslim

    example = torch.zeros((2, spec.height, spec.width, 3), dtype=torch.uint8)
    exporter_log = logging.getLogger("torch.onnx")
    level = exporter_log.level
    exporter_log.setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings():
            # The exporter warns about its own deprecated internals, which nobody here can change.
            warnings.simplefilter("ignore")
            program = torch.onnx.export(
                module,
                (example,),
                dynamo=True,
                input_names=["images"],
                output_names=list(outputs),
                dynamic_shapes=({0: torch.export.Dim("batch")},),
                opset_version=OPSET,
                external_data=False,
                # A dimension that the module turns out to fix is caught below.
                verbose=False,
            )
            if program is None:
                raise TypeError("the exporter returned nothing")
            model = onnxslim.slim(program.model_proto)
    finally:
        exporter_log.setLevel(level)
    domains = {node.domain for node in model.graph.node} - set(STANDARD_DOMAINS)
    if domains:
        raise ValueError(f"operators outside the ONNX standard: {', '.join(sorted(domains))}")
    store_narrowly(model)
    onnx.checker.check_model(model, full_check=True)
    batch = model.graph.input[0].type.tensor_type.shape.dim[0]
    if not batch.dim_param:
        raise ValueError(f"the exporter fixed the number of pictures to {batch.dim_value}")
    file.write_bytes(model.SerializeToString())
    return next(opset.version for opset in model.opset_import if opset.domain in STANDARD_DOMAINS)


def onnx_outputs(file: Path, images: UInt8Array) -> dict[str, np.ndarray]:
    """Run an exported model on the CPU and return its outputs by name."""
    session = open_session(file.read_bytes())
    names = [output.name for output in session.get_outputs()]
    return dict(zip(names, session.run(names, {"images": images}), strict=True))


@torch.inference_mode()
def parity(model: TrainedModel, file: Path, images: UInt8Array) -> dict[str, float]:
    """Return the largest difference between PyTorch and ONNX Runtime per output, over all pictures in one batch and the
    first one alone."""
    worst = dict.fromkeys(OUTPUTS, 0.0)
    graph = model.graph()
    for batch in (images, images[:1]):
        expected = graph(torch.from_numpy(batch))
        actual = onnx_outputs(file, batch)
        for name, tensor in zip(OUTPUTS, expected, strict=True):
            worst[name] = max(worst[name], float(np.abs(tensor.numpy() - actual[name]).max()))
    return worst


def parity_pictures(model: TrainedModel, photos: Sequence[Path]) -> UInt8Array:
    """Return up to ``PARITY_PHOTOS`` readable photos, evenly chosen, as the model's input.

    Raises:
        TrainerError: none can be read.
    """
    step = max(1, len(photos) // PARITY_PHOTOS)
    transform = EvalTransform(model.config.input.spec())
    pictures = read_in_parallel(photos[::step][:PARITY_PHOTOS], lambda _index, picture: transform(picture), 0)
    rows = [picture for picture in pictures if not isinstance(picture, PhotoError)]
    if not rows:
        raise TrainerError("There is no photo to compare PyTorch and ONNX Runtime on", "Give one with --data.")
    return np.stack(rows)


def export_bundle(
    model: TrainedModel,
    folder: Path,
    *,
    text: BundleText,
    landmarks: Sequence[Landmark],
    photos: Sequence[Path],
    metrics: Mapping[str, Any],
    wanted: Forms | None = None,
) -> Manifest:
    """Write ``model.onnx``, ``bundle.json`` and ``MODEL_CARD.md`` into ``folder`` and return the manifest. ``wanted``
    asks for int8 and fp16 forms; ``metrics.precisions`` of the manifest says what became of them.

    ``landmarks`` are in the order of the model's outputs; ``photos`` are compared in PyTorch and ONNX Runtime;
    ``metrics`` are those of the test photos (may be empty).

    Raises:
        TrainerError: the outputs of ONNX Runtime differ from PyTorch's by more than ``PARITY_LIMIT``, no
            photo can be read, the id is not usable, or the folder cannot be written.
    """
    from trainer.card import model_card

    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}", text.id):
        raise TrainerError(f"{text.id!r} is no bundle id", "Use letters, digits, '.', '_' and '-'.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise TrainerError(f"The folder {folder} cannot be made: {error.strerror}", "Choose another --out.") from error
    images = parity_pictures(model, photos)
    candidate = folder / (MODEL_NAME + ".tmp")
    opset = export_graph(model.graph(), model.config.input.spec(), candidate, OUTPUTS)
    differences = parity(model, candidate, images)
    if not differences["probabilities"] <= PARITY_LIMIT:
        candidate.unlink()
        raise TrainerError(
            f"The exported model differs from PyTorch by {differences['probabilities']:.2g} in a probability",
            f"The limit is {PARITY_LIMIT}; report this with your versions of torch and onnxruntime.",
        )
    try:
        forms, compared = _add_forms(model, candidate, folder, opset, wanted) if wanted else ([], {})
    except BaseException:
        candidate.unlink()
        raise
    notes = dict(model.notes)
    novelty_keys = ("novelty", "novelty_auroc", "novelty_auroc_left_out")
    manifest = Manifest(
        id=text.id,
        version=text.version,
        created=datetime.now(UTC).replace(microsecond=0),
        trainer_version=__version__,
        licence=text.licence,
        architecture=model.net.architecture,
        models=(_model_file(candidate, MODEL_NAME, "fp32", opset), *forms),
        input=model.config.input.spec(),
        landmarks=tuple(landmarks),
        thresholds=model.thresholds,
        calibration=finite({key: value for key, value in notes.items() if key not in novelty_keys}),
        novelty=finite({key: notes[key] for key in novelty_keys if key in notes}),
        metrics=finite({**metrics, "parity": differences, "parity_photos": len(images), **compared}),
        provenance=finite(dict(text.provenance)),
    )
    candidate.replace(folder / MODEL_NAME)
    for precision in variants.PROVIDERS:
        if all(file.precision != precision for file in manifest.models):
            # What an earlier export left would look like a part of this bundle.
            (folder / variants.file_name(precision)).unlink(missing_ok=True)
    write_text(folder / MANIFEST_NAME, manifest_to_json(manifest))
    write_text(folder / CARD_NAME, model_card(manifest, text.commands))
    load_bundle(folder)
    return manifest


def _model_file(file: Path, name: str, precision: str, opset: int) -> ModelFile:
    return ModelFile(name, hashlib.sha256(file.read_bytes()).hexdigest(), precision, opset)


def _add_forms(
    model: TrainedModel, fp32: Path, folder: Path, opset: int, wanted: Forms
) -> tuple[list[ModelFile], dict[str, Any]]:
    """Make the wanted int8 and fp16 forms beside the fp32 model and keep those that are worth it. Returns their files,
    and for the metrics what was measured of each, shipped or not."""
    spec = model.config.input.spec()
    shipped: list[ModelFile] = []
    compared: dict[str, Any] = {}
    for precision in wanted.precisions:
        name = variants.file_name(precision)
        file = folder / (name + ".tmp")
        try:
            variants.make(precision, fp32, file, spec, wanted)
            found = variants.compare(fp32, file, precision, spec=spec, thresholds=model.thresholds, wanted=wanted)
            ships = wanted.keep or not found.shortcomings()
            compared[precision] = {**found.document(), "shipped": ships, "shortcomings": found.shortcomings()}
            if ships:
                shipped.append(_model_file(file, name, precision, opset))
                file.replace(folder / name)
        finally:
            file.unlink(missing_ok=True)
    return shipped, {"precisions": compared}
