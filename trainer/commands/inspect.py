"""``landmark-trainer inspect``."""

import sys
from collections.abc import Sequence
from pathlib import Path

from landmark_desktop.core.errors import PhotoError
from landmark_desktop.core.preprocess import InputSpec
from trainer import anatomy
from trainer.commands.source import Source
from trainer.data import read_in_parallel
from trainer.errors import TrainerError
from trainer.models import build_model
from trainer.predictor import Predictor
from trainer.transforms import EvalTransform


def inspect(source: Source, name: str | None, size: int, photos: Sequence[Path], out: Path | None) -> int:
    """Print the layers of a model and write class activation maps of photos into ``out``."""
    if photos and out is None:
        raise TrainerError("There is nowhere to put the maps", "Give a folder with --out.")
    if name is not None:
        if photos:
            raise TrainerError("A model by name has random weights and looks nowhere", "Give --run or --bundle.")
        spec = InputSpec(size, size, size)
        net = build_model(name, {}, 2, spec, load_weights=False)
        print(anatomy.table(anatomy.net_layers(net, spec)))
        return 0
    if source.bundle is None:
        model = source.model()
        print(anatomy.table(anatomy.net_layers(model.net, model.config.input.spec())))
    elif not photos:
        raise TrainerError("Of a bundle only maps can be drawn", "Give photos, or --run for the layers.")
    return _draw_maps(source.predictor(0), photos, out) if photos and out is not None else 0


def _draw_maps(predictor: Predictor, photos: Sequence[Path], out: Path) -> int:
    out.mkdir(parents=True, exist_ok=True)
    transform = EvalTransform(predictor.spec)
    pictures = read_in_parallel(photos, lambda _index, picture: transform(picture), 0)
    for photo, picture in zip(photos, pictures, strict=True):
        if isinstance(picture, PhotoError):
            print(f"{photo}: {picture.message}", file=sys.stderr)
            continue
        answers = predictor(picture[None])
        best = int(answers.probabilities[0].argmax())
        file = anatomy.map_file(out, photo, predictor.landmarks[best].id)
        anatomy.heat_map(picture, answers.activation[0, best]).save(file)
        print(file)
    return 0
