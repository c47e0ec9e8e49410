"""What a model looks like inside: its layers with their receptive fields, and where it looks in a photo."""

import math
import operator
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from PIL import Image
from torch import fx, nn
from torch.fx.passes.shape_prop import ShapeProp

from landmark_desktop.core.preprocess import InputSpec, UInt8Array
from trainer.models import LandmarkNet

HEAT_OPACITY = 0.55


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer: its name and kind, the shape of its output without N, its number of parameters, and the
    theoretical receptive field in input pixels (None where it covers the whole input)."""

    name: str
    kind: str
    shape: tuple[int, ...]
    parameters: int
    receptive_field: int | None


@dataclass(frozen=True, slots=True)
class _Field:
    """Receptive field and distance between neighbouring cells, both in input pixels."""

    size: float
    jump: float


def layers(module: nn.Module, height: int, width: int, channels: int = 3) -> list[Layer]:
    """Return the layers of a convolutional module for a picture of this size, in the order of computation.

    The receptive field grows by (kernel - 1) · dilation · jump per layer, the jump by the stride (Araujo et al. 2019,
    doi:10.23915/distill.00021); where branches meet, the largest counts.
    """
    graph = fx.symbolic_trace(module)
    mode = module.training
    module.eval()
    with torch.no_grad():
        ShapeProp(graph).propagate(torch.zeros(1, channels, height, width))
    module.train(mode)
    modules = dict(graph.named_modules())
    fields: dict[fx.Node, _Field] = {}
    rows: list[Layer] = []
    for node in graph.graph.nodes:
        before = [fields[parent] for parent in node.all_input_nodes if parent in fields]
        field = max(before, key=lambda item: item.size, default=_Field(1.0, 1.0))
        if node.op == "call_module":
            layer = modules[node.target]
            field = _through(layer, field)
            shape = tuple(node.meta["tensor_meta"].shape[1:])
            count = sum(parameter.numel() for parameter in layer.parameters())
            size = None if math.isinf(field.size) else round(field.size)
            if not isinstance(layer, (nn.Identity, nn.ZeroPad2d)):
                rows.append(Layer(str(node.target), type(layer).__name__, shape, count, size))
        elif node.op == "call_function" and node.target not in (operator.add, torch.add):
            field = _Field(math.inf, 1.0) if node.target in (torch.flatten, torch.mean) else field
        elif node.op == "call_method" and node.target in ("mean", "flatten"):
            field = _Field(math.inf, 1.0)
        fields[node] = field
    return rows


def _through(layer: nn.Module, field: _Field) -> _Field:
    if isinstance(layer, (nn.AdaptiveAvgPool2d, nn.AdaptiveMaxPool2d, nn.Flatten, nn.Linear)):
        return _Field(math.inf, 1.0)
    if isinstance(layer, (nn.Conv2d, nn.MaxPool2d, nn.AvgPool2d)):
        kernel, stride = _side(layer.kernel_size), _side(layer.stride)
        dilation = _side(getattr(layer, "dilation", 1))
        return _Field(field.size + (kernel - 1) * dilation * field.jump, field.jump * stride)
    return field


def _side(value: Any) -> int:
    return int(value if isinstance(value, int) else value[0])


def net_layers(net: LandmarkNet, spec: InputSpec) -> list[Layer]:
    """Return the layers of a model: those of the backbone, the pooling and the head."""
    rows = layers(net.backbone, spec.height, spec.width)
    head = sum(parameter.numel() for parameter in net.head.parameters())
    rows.append(Layer("(average over places)", "Mean", (net.channels,), 0, None))
    rows.append(Layer("head", "Linear", (net.head.out_features,), head, None))
    return rows


def table(rows: Sequence[Layer]) -> str:
    """Return the layers as text for the terminal."""
    wide = max(len(row.name) for row in rows) + 2
    lines = [f"{'layer':<{wide}}{'kind':<14}{'output':>16}{'parameters':>12}{'receptive field':>17}"]
    for row in rows:
        shape = "×".join(map(str, row.shape))
        field = "all" if row.receptive_field is None else str(row.receptive_field)
        lines.append(f"{row.name:<{wide}}{row.kind:<14}{shape:>16}{row.parameters:>12,}{field:>17}")
    lines.append(f"parameters: {sum(row.parameters for row in rows):,}")
    return "\n".join(lines)


def heat_map(picture: UInt8Array, activation: npt.NDArray[np.float32]) -> Image.Image:
    """Lay a class activation map ``[h, w]`` over the model's input ``[H, W, 3]``: bright where the landmark was seen.

    Negative activation speaks against the landmark and is shown as nothing.
    """
    import matplotlib as mpl

    positive = np.maximum(activation, 0.0)
    scaled = positive / max(float(positive.max()), 1e-6)
    small = Image.fromarray((scaled * 255).astype(np.uint8))
    large = small.resize((picture.shape[1], picture.shape[0]), Image.Resampling.BICUBIC)
    heat = np.asarray(large, dtype=np.float32) / 255.0
    colours = mpl.colormaps["inferno"](heat)[..., :3] * 255.0
    opacity = (heat * HEAT_OPACITY)[..., None]
    mixed = picture * (1.0 - opacity) + colours * opacity
    return Image.fromarray(mixed.round().clip(0, 255).astype(np.uint8))


def map_file(folder: Path, photo: Path, landmark_id: str) -> Path:
    """Where the map of a photo goes; a number keeps photos of equal names apart."""
    stem = f"{photo.stem}.{landmark_id}"
    candidate, number = folder / f"{stem}.png", 2
    while candidate.exists():
        candidate, number = folder / f"{stem}.{number}.png", number + 1
    return candidate
