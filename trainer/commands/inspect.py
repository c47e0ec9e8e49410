"""``landmark-trainer inspect``."""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from landmark_desktop.core.errors import PhotoError
from landmark_desktop.core.preprocess import InputSpec, UInt8Array
from trainer.commands.source import Source
from trainer.data import read_in_parallel
from trainer.errors import TrainerError
from trainer.inspection.fields import SHARE, draw_field, effective_field
from trainer.inspection.layers import net_layers, table
from trainer.inspection.maps import heat_map, map_file
from trainer.models import LandmarkNet, build_model
from trainer.predictor import Predictor
from trainer.transforms import EvalTransform

FIELD_FILE = "receptive_field.png"
NOISE_PICTURES = 16


def inspect(
    source: Source,
    name: str | None,
    size: int,
    photos: Sequence[Path],
    out: Path | None,
    *,
    options: Mapping[str, Any],
    top_k: int,
) -> int:
    """Print the layers of a model; draw its effective receptive field and class activation maps of photos into ``out``.

    ``options`` are those of the model ``name``, which has random weights and is shown noise.
    """
    if photos and out is None:
        raise TrainerError("There is nowhere to put the maps", "Give a folder with --out.")
    if top_k < 1:
        raise TrainerError("At least one map must be drawn", "Give --top-k 1 or more.")
    if options and name is None:
        raise TrainerError("The options of a trained model are settled", "Use --option with --model only.")
    if name is not None:
        if photos:
            raise TrainerError("A model by name has random weights and looks nowhere", "Give --run or --bundle.")
        return _show(build_named(name, options, size), InputSpec(size, size, size), None, out)
    predictor: Predictor | None = None
    if source.bundle is not None:
        if not photos:
            raise TrainerError("Of a bundle only maps can be drawn", "Give photos, or --run for the layers.")
        predictor = source.predictor(0)
        pictures = _pictures(photos, predictor.spec)
    else:
        model = source.model()
        spec = model.config.input.spec()
        pictures = _pictures(photos, spec)
        _show(model.net, spec, np.stack([*pictures.values()]) if pictures else None, out)
        predictor = source.predictor(0) if pictures else None
    if predictor is not None and out is not None:
        _draw_maps(predictor, pictures, out, top_k)
    return 0 if pictures or not photos else 1


def build_named(name: str, options: Mapping[str, Any], size: int) -> LandmarkNet:
    """Build a model by its name, with random weights.

    Raises:
        TrainerError: no such model, or wrong options or size for it.
    """
    try:
        spec = InputSpec(size, size, size)
    except ValueError as error:
        raise TrainerError(f"{size} is no input size: {error}", "Choose another --size.") from error
    return build_model(name, options, 2, spec, load_weights=False)


def _show(net: LandmarkNet, spec: InputSpec, pictures: UInt8Array | None, out: Path | None) -> int:
    print(table(net_layers(net, spec)))
    if out is not None:
        if pictures is None:
            shape = (NOISE_PICTURES, spec.height, spec.width, 3)
            pictures = np.random.default_rng(0).integers(0, 256, shape, dtype=np.uint8)
        field = effective_field(net, spec, pictures)
        out.mkdir(parents=True, exist_ok=True)
        draw_field(field).save(out / FIELD_FILE)
        print(
            f"{100 * SHARE:.0f} % of the influence on the middle cell comes from the {field.effective_side}×"
            f"{field.effective_side} pixels around it: {out / FIELD_FILE}"
        )
    return 0


def _pictures(photos: Sequence[Path], spec: InputSpec) -> dict[Path, UInt8Array]:
    """Read photos as the model sees them; what cannot be read is said and left out."""
    transform = EvalTransform(spec)
    found = {}
    read = read_in_parallel(photos, lambda _index, picture: transform(picture), 0)
    for photo, picture in zip(photos, read, strict=True):
        if isinstance(picture, PhotoError):
            print(f"{photo}: {picture.message}", file=sys.stderr)
        else:
            found[photo] = picture
    return found


def _draw_maps(predictor: Predictor, pictures: Mapping[Path, UInt8Array], out: Path, top_k: int) -> None:
    out.mkdir(parents=True, exist_ok=True)
    for photo, picture in pictures.items():
        answers = predictor(picture[None])
        probabilities = answers.probabilities[0]
        for index in np.argsort(-probabilities, kind="stable")[:top_k]:
            file = map_file(out, photo, predictor.landmarks[index].id)
            heat_map(picture, answers.activation[0, index]).save(file)
            print(f"{100 * probabilities[index]:6.2f} %  {file}")
