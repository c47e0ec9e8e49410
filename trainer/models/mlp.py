"""A multilayer perceptron on a tiny version of the photo: the baseline that every CNN has to beat.

It sees every pixel of a reduced photo as an independent number, so it cannot know that a landmark one pixel further to
the left is the same landmark.
"""

from dataclasses import dataclass

from torch import Tensor, nn

from landmark_desktop.core.preprocess import InputSpec
from trainer.models.base import LandmarkNet
from trainer.models.registry import register


@dataclass(frozen=True, slots=True)
class MlpOptions:
    """``side``: pixels to which the photo is averaged; ``hidden``: units of each hidden layer; ``dropout`` in [0, 1) on
    the last one."""

    side: int = 24
    hidden: tuple[int, ...] = (512, 256)
    dropout: float = 0.2

    def __post_init__(self) -> None:
        if self.side < 1:
            raise ValueError("side must be at least 1")
        if not self.hidden or min(self.hidden) < 1:
            raise ValueError("hidden must hold at least one positive number")
        if not 0.0 <= self.dropout < 1.0:
            raise ValueError("dropout must be in [0, 1)")


class MlpBackbone(nn.Module):
    """From normalised pictures ``[N, 3, H, W]`` to the last hidden layer, as a map of one place ``[N, D, 1, 1]``."""

    mean = (127.5, 127.5, 127.5)
    std = (64.0, 64.0, 64.0)

    def __init__(self, options: MlpOptions, stride: int) -> None:
        super().__init__()
        self.channels = options.hidden[-1]
        self.stride = stride
        self.reduce = nn.AdaptiveAvgPool2d(options.side)
        layers: list[nn.Module] = [nn.Flatten()]
        inputs = 3 * options.side**2
        for units in options.hidden:
            layers.extend([nn.Linear(inputs, units), nn.ReLU()])
            inputs = units
        self.layers = nn.Sequential(*layers)

    def stages(self) -> list[nn.Module]:
        """There is one."""
        return [self.layers]

    def forward(self, x: Tensor) -> Tensor:
        """Return the last hidden layer ``[N, D, 1, 1]``."""
        hidden: Tensor = self.layers(self.reduce(x))
        return hidden[:, :, None, None]


@register("mlp", MlpOptions, "multilayer perceptron on a tiny photo: the baseline")
def build_mlp(options: MlpOptions, classes: int, spec: InputSpec, load_weights: bool) -> LandmarkNet:
    """Build the model; there are no weights to load."""
    del load_weights
    hidden = "-".join(map(str, options.hidden))
    return LandmarkNet(
        f"multilayer perceptron on {options.side}×{options.side} pixels, hidden layers {hidden}",
        "",
        MlpBackbone(options, max(spec.height, spec.width)),
        classes,
        spec,
        dropout=options.dropout,
    )
