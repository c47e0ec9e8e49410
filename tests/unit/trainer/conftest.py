"""What the trainer's tests share: a tiny model in the registry, tiny drawn trees of photos, and a tiny config."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

torch = pytest.importorskip("torch", reason="the trainer needs the extra `train`")
pytest.importorskip("onnxslim", reason="the trainer needs the extra `train`")

from torch import Tensor, nn  # noqa: E402  # behind the check for torch

from landmark_desktop.core.preprocess import InputSpec  # noqa: E402
from trainer.config import Config, load_config  # noqa: E402
from trainer.models.base import LandmarkNet  # noqa: E402
from trainer.models.registry import model_names, register  # noqa: E402

SIDE = 32


class TinyBackbone(nn.Module):
    """A random convolution, so that whole trainings take a second."""

    mean = (127.0, 127.0, 127.0)
    std = (128.0, 128.0, 128.0)
    channels = 12
    stride = 8

    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv2d(3, self.channels, 8, 8)

    def stages(self) -> list[nn.Module]:
        return [self.conv]

    def forward(self, x: Tensor) -> Tensor:
        features: Tensor = torch.relu(self.conv(x))
        return features


@dataclass(frozen=True, slots=True)
class TinyOptions:
    """``frozen``, ``second_view`` and ``dropout`` as in the real models."""

    frozen: bool = True
    second_view: int = 0
    dropout: float = 0.0


def build_tiny(options: TinyOptions, classes: int, spec: InputSpec, load_weights: bool) -> LandmarkNet:
    del load_weights  # there are none
    generator = torch.Generator().manual_seed(5)
    backbone = TinyBackbone()
    with torch.no_grad():
        backbone.conv.weight.normal_(0.0, 0.1, generator=generator)
        backbone.conv.bias.zero_()
    net = LandmarkNet(
        "tiny",
        "",
        backbone,
        classes,
        spec,
        dropout=options.dropout,
        frozen=options.frozen,
        second_view=options.second_view,
    )
    with torch.no_grad():
        net.head.weight.normal_(0.0, 0.1, generator=generator)
        net.head.bias.zero_()
    return net


if "tiny" not in model_names():
    register("tiny", TinyOptions, "a random convolution, for tests")(build_tiny)

COLOURS = {
    "blue_lagoon": (40, 60, 200),
    "green_hill": (50, 180, 60),
    "red_rock": (200, 50, 40),
    "_none": (128, 128, 128),
}


def draw(path: Path, colour: tuple[int, int, int], seed: int, size: tuple[int, int] = (60, 48)) -> None:
    """Draw a noisy picture of one colour with a darker square in it."""
    rng = np.random.default_rng(seed)
    pixels = np.array(colour) + rng.integers(-30, 31, (size[1], size[0], 3))
    x, y = rng.integers(0, size[0] - 12), rng.integers(0, size[1] - 12)
    pixels[y : y + 12, x : x + 12] //= 2
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(pixels.clip(0, 255).astype(np.uint8)).save(path, quality=95)


@pytest.fixture
def photo_tree(tmp_path: Path) -> Path:
    """A tree of three landmarks and photos of none: 8 training, 4 validation and 4 test photos each."""
    root = tmp_path / "photos"
    seed = 0
    for split, count in (("train", 8), ("val", 4), ("test", 4)):
        for folder, colour in COLOURS.items():
            for number in range(count):
                seed += 1
                draw(root / split / folder / f"{number}.jpg", colour, seed)
    return root


@pytest.fixture
def landmark_table(tmp_path: Path) -> Path:
    """Names and places of two of the three landmarks."""
    file = tmp_path / "landmarks.csv"
    file.write_text(
        "id,name,local_name,locality,region,country,country_code,latitude,longitude,radius_m,kind\n"
        "red_rock,Red Rock,Roter Fels,Rome,Lazio,Italy,it,41.9,12.5,300,rock\n"
        "green_hill,Green Hill,,Paris,,France,FR,48.85,2.35,900,hill\n",
        encoding="utf-8",
    )
    return file


TinyConfig = Callable[..., Config]


@pytest.fixture
def tiny_config(photo_tree: Path) -> TinyConfig:
    """A function that makes a config for the tiny model; arguments are more ``section.key=value`` texts."""

    def make(*overrides: str) -> Config:
        return load_config(None, [*tiny_settings(), f"data.root={photo_tree.as_posix()!r}", *overrides])

    return make


def tiny_settings() -> list[str]:
    """The settings of the tiny model as ``section.key=value``."""
    return [
        "model.name=tiny",
        f"input.height={SIDE}",
        f"input.width={SIDE}",
        f"input.resize_shorter_side={SIDE}",
        "augment.low_resolution_min_side=16",
        "features.views=2",
        "features.engine=torch",
        "optim.epochs=6",
        "optim.batch_size=8",
        "optim.learning_rate=0.1",
        "run.threads=1",
        # Sixteen photos of landmarks cannot prove 99 %.
        "calibration.target_precision=0.5",
        "calibration.max_background=0.5",
    ]
