"""The layers of a model with shape, parameters and theoretical receptive field."""

import math
import operator
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import fx, nn
from torch.fx.passes.shape_prop import ShapeProp
from torch.nn import functional

from landmark_desktop.core.preprocess import InputSpec
from trainer.errors import TrainerError
from trainer.models import LandmarkNet


@dataclass(frozen=True, slots=True)
class Axis:
    """What the cells of a feature map see of the input along one axis, in input pixels (Araujo et al. 2019,
    doi:10.23915/distill.00021): the receptive field's ``size``, the ``jump`` from cell to cell, and the ``centre`` of
    the first cell's field, counted from the middle of the first pixel. An infinite size means: the whole input."""

    size: float = 1.0
    jump: float = 1.0
    centre: float = 0.0

    def through(self, kernel: int, stride: int, padding: int, dilation: int) -> "Axis":
        """Return the axis behind a convolution or pooling."""
        reach = (kernel - 1) * dilation
        return Axis(self.size + reach * self.jump, self.jump * stride, self.centre + (reach / 2 - padding) * self.jump)


@dataclass(frozen=True, slots=True)
class Field:
    """The receptive field of a feature map."""

    height: Axis = Axis()
    width: Axis = Axis()

    @property
    def largest(self) -> float:
        """The longer side in input pixels."""
        return max(self.height.size, self.width.size)


EVERYTHING = Field(Axis(math.inf), Axis(math.inf))


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer: its name and kind, the shape of its output without N, its number of parameters, and its field."""

    name: str
    kind: str
    shape: tuple[int, ...]
    parameters: int
    field: Field

    @property
    def receptive_field(self) -> tuple[int, int] | None:
        """Height and width of the theoretical receptive field in input pixels; None where it is the whole input."""
        if math.isinf(self.field.largest):
            return None
        return round(self.field.height.size), round(self.field.width.size)


_GLOBAL_MODULES = (nn.AdaptiveAvgPool2d, nn.AdaptiveMaxPool2d, nn.Flatten, nn.Linear, nn.MultiheadAttention)
_GLOBAL_CALLS = {
    torch.flatten,
    torch.mean,
    torch.matmul,
    operator.matmul,
    functional.adaptive_avg_pool2d,
    functional.adaptive_max_pool2d,
    functional.linear,
    "mean",
    "flatten",
    "matmul",
}
_PRODUCTS = {torch.mul, operator.mul, "mul"}


def layers(module: nn.Module, height: int, width: int, channels: int = 3) -> list[Layer]:
    """Return the layers of a convolutional module for a picture of this size, in the order of computation.

    The field grows by (kernel - 1) · dilation · jump per layer, the jump by the stride. Where branches meet, the
    largest field counts, except where one of them is a gate of one number a channel (squeeze-and-excitation): it looks
    at the whole input, but only to turn channels up and down, and is not counted. A layer of a kind that is not known
    here (a transposed convolution) counts as seeing the whole input where it changes the size.

    Raises:
        TrainerError: the module decides by its input what to compute, so that its layers cannot be listed.
    """
    graph = _trace(module, torch.zeros(1, channels, height, width))
    modules = dict(graph.named_modules())
    fields: dict[fx.Node, Field] = {}
    rows: list[Layer] = []
    for node in graph.graph.nodes:
        field = _before(node, fields)
        if node.op == "call_module":
            layer = modules[node.target]
            field = _through(layer, field, node)
            if not isinstance(layer, (nn.Identity, nn.ZeroPad2d, nn.Dropout)):
                shape = tuple(node.meta["tensor_meta"].shape[1:])
                count = sum(parameter.numel() for parameter in layer.parameters())
                rows.append(Layer(str(node.target), type(layer).__name__, shape, count, field))
        elif node.op in ("call_function", "call_method") and (node.target in _GLOBAL_CALLS or _is_resized(node)):
            field = EVERYTHING
        fields[node] = field
    return rows


def _trace(module: nn.Module, example: torch.Tensor) -> fx.GraphModule:
    mode = module.training
    module.eval()
    try:
        graph = fx.symbolic_trace(module)
        with torch.no_grad():
            ShapeProp(graph).propagate(example)
    except fx.proxy.TraceError as error:
        raise TrainerError(
            f"The layers of this model cannot be listed: {error}",
            "Write its forward() without conditions on the values or sizes of tensors.",
        ) from error
    finally:
        module.train(mode)
    return graph


def _places(node: fx.Node) -> tuple[int, ...] | None:
    """Height and width of a node's output, None where it is no feature map."""
    meta = node.meta.get("tensor_meta")
    shape = getattr(meta, "shape", None)
    return tuple(shape[2:]) if shape is not None and len(shape) == 4 else None


def _before(node: fx.Node, fields: dict[fx.Node, Field]) -> Field:
    parents = [parent for parent in node.all_input_nodes if parent in fields]
    if node.target in _PRODUCTS and len(parents) > 1:
        maps = [parent for parent in parents if _places(parent) not in ((1, 1), None)]
        parents = maps or parents
    return max((fields[parent] for parent in parents), key=lambda field: field.largest, default=Field())


def _is_resized(node: fx.Node) -> bool:
    """True where a function, which has no kernel to be read here, changes height or width."""
    sizes = {_places(parent) for parent in node.all_input_nodes} | {_places(node)}
    return len(sizes - {None, (1, 1)}) > 1


def _through(layer: nn.Module, field: Field, node: fx.Node) -> Field:
    if isinstance(layer, _GLOBAL_MODULES):
        return EVERYTHING
    if isinstance(layer, nn.ZeroPad2d):
        left, _, top, _ = layer.padding
        return Field(field.height.through(1, 1, top, 1), field.width.through(1, 1, left, 1))
    if isinstance(layer, (nn.Conv2d, nn.MaxPool2d, nn.AvgPool2d)):
        height, width = (
            axis.through(*(_along(value, index) for value in _geometry(layer)))
            for index, axis in enumerate((field.height, field.width))
        )
        return Field(height, width)
    return EVERYTHING if _is_resized(node) else field


def _geometry(layer: nn.Conv2d | nn.MaxPool2d | nn.AvgPool2d) -> Iterator[Any]:
    """Kernel, stride, padding and dilation, each a number or a pair."""
    yield layer.kernel_size
    yield layer.stride
    padding: Any = layer.padding
    if isinstance(padding, str):
        # "valid" pads nothing; "same" so much that the centres stay where they are.
        reach = [(_along(layer.kernel_size, i) - 1) * _along(getattr(layer, "dilation", 1), i) for i in (0, 1)]
        padding = tuple(side // 2 if padding == "same" else 0 for side in reach)
    yield padding
    yield getattr(layer, "dilation", 1)


def _along(value: Any, index: int) -> int:
    return int(value if isinstance(value, int) else value[index])


def net_layers(net: LandmarkNet, spec: InputSpec) -> list[Layer]:
    """Return the layers of a model: those of the backbone, the pooling and the head."""
    rows = layers(net.backbone, spec.height, spec.width)
    head = sum(parameter.numel() for parameter in net.head.parameters())
    rows.append(Layer("(average over places)", "Mean", (net.channels,), 0, EVERYTHING))
    rows.append(Layer("head", "Linear", (net.head.out_features,), head, EVERYTHING))
    return rows


def table(rows: Sequence[Layer]) -> str:
    """Return the layers as text for the terminal."""
    wide = max(len(row.name) for row in rows) + 2
    lines = [f"{'layer':<{wide}}{'kind':<18}{'output':>16}{'parameters':>12}{'receptive field':>17}"]
    for row in rows:
        shape = "×".join(map(str, row.shape))
        field = "all" if row.receptive_field is None else "×".join(map(str, row.receptive_field))
        lines.append(f"{row.name:<{wide}}{row.kind:<18}{shape:>16}{row.parameters:>12,}{field:>17}")
    lines.append(f"parameters: {sum(row.parameters for row in rows):,}")
    return "\n".join(lines)
