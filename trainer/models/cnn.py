"""A convolutional network to be trained from nothing: convolution, batch norm, ReLU, pooling, again and again.

With ``residual`` every block adds its input to its output (He et al. 2015, arXiv:1512.03385), which lets deeper
networks learn; without it the network is the plain chain of the textbooks.
"""

import itertools
from dataclasses import dataclass

from torch import Tensor, nn

from landmark_desktop.core.preprocess import InputSpec
from trainer.models.base import LandmarkNet
from trainer.models.registry import register


@dataclass(frozen=True, slots=True)
class CnnOptions:
    """``channels`` of each block; ``convolutions`` in each block; ``stem_stride`` 1 or 2 of the first convolution (2
    takes a quarter of the time); ``residual`` adds each block's input to its output; ``dropout`` in [0, 1) on
    the embedding; ``second_view`` as in :class:`LandmarkNet`."""

    channels: tuple[int, ...] = (32, 64, 128, 256)
    convolutions: int = 2
    stem_stride: int = 2
    residual: bool = True
    dropout: float = 0.2
    second_view: int = 0

    def __post_init__(self) -> None:
        if not self.channels or min(self.channels) < 1:
            raise ValueError("channels must hold at least one positive number")
        if self.convolutions < 1:
            raise ValueError("convolutions must be at least 1")
        if self.stem_stride not in (1, 2):
            raise ValueError("stem_stride must be 1 or 2")
        if not 0.0 <= self.dropout < 1.0:
            raise ValueError("dropout must be in [0, 1)")
        if self.second_view < 0:
            raise ValueError("second_view must not be negative")


def conv_bn_relu(inputs: int, outputs: int, kernel: int = 3, stride: int = 1) -> nn.Sequential:
    """Return a convolution that keeps the size (at stride 1), batch norm and ReLU."""
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, kernel, stride, padding=kernel // 2, bias=False),
        nn.BatchNorm2d(outputs),
        nn.ReLU(),
    )


class Block(nn.Module):
    """Some convolutions; with ``residual`` the input, brought to as many channels, is added to the result."""

    def __init__(self, inputs: int, outputs: int, convolutions: int, *, residual: bool) -> None:
        super().__init__()
        widths = [inputs, *[outputs] * convolutions]
        self.layers = nn.Sequential(*(conv_bn_relu(a, b) for a, b in itertools.pairwise(widths)))
        self.shortcut: nn.Module | None = None
        if residual:
            self.shortcut = (
                nn.Identity()
                if inputs == outputs
                else nn.Sequential(nn.Conv2d(inputs, outputs, 1, bias=False), nn.BatchNorm2d(outputs))
            )

    def forward(self, x: Tensor) -> Tensor:
        """Map ``[N, inputs, H, W]`` to ``[N, outputs, H, W]``."""
        y: Tensor = self.layers(x)
        return y if self.shortcut is None else y + self.shortcut(x)


class CnnBackbone(nn.Module):
    """A stem, then blocks with a 2×2 maximum pooling between them."""

    mean = (127.5, 127.5, 127.5)
    std = (64.0, 64.0, 64.0)

    def __init__(self, options: CnnOptions) -> None:
        super().__init__()
        first = options.channels[0]
        self.channels = options.channels[-1]
        self.stride = options.stem_stride * 2 ** (len(options.channels) - 1)
        parts: list[nn.Module] = [conv_bn_relu(3, first, 5 if options.stem_stride == 2 else 3, options.stem_stride)]
        inputs = first
        for index, channels in enumerate(options.channels):
            block = Block(inputs, channels, options.convolutions, residual=options.residual)
            parts.append(block if index == 0 else nn.Sequential(nn.MaxPool2d(2), block))
            inputs = channels
        self.parts = nn.Sequential(*parts)
        for module in self.modules():
            if isinstance(module, nn.Conv2d):
                nn.init.kaiming_normal_(module.weight, mode="fan_out", nonlinearity="relu")

    def stages(self) -> list[nn.Module]:
        """The stem and the blocks."""
        return list(self.parts)

    def forward(self, x: Tensor) -> Tensor:
        """Return the feature map."""
        features: Tensor = self.parts(x)
        return features


@register("cnn", CnnOptions, "convolutional network, trained from nothing")
def build_cnn(options: CnnOptions, classes: int, spec: InputSpec, load_weights: bool) -> LandmarkNet:
    """Build the model; there are no weights to load.

    Raises:
        ValueError: the input is smaller than one cell of the feature map.
    """
    del load_weights
    backbone = CnnBackbone(options)
    if min(spec.height, spec.width) < backbone.stride:
        raise ValueError(f"the input must be at least {backbone.stride} pixels wide and high for these channels")
    kind = "residual CNN" if options.residual else "CNN"
    return LandmarkNet(
        f"{kind} from scratch, {len(options.channels)} blocks of {options.convolutions} convolutions, channels "
        + "-".join(map(str, options.channels)),
        "",
        backbone,
        classes,
        spec,
        dropout=options.dropout,
        second_view=options.second_view,
    )
