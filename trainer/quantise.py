"""Smaller and faster forms of an exported model: int8 for processors, fp16 for graphics cards.

Only the backbone changes. What stands before it (normalisation, the second view) and behind it (head, softmax,
novelty, activation maps) is cheap, and every rounding there would show in a confidence, so it stays fp32.
"""

import logging
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from landmark_desktop.core.preprocess import UInt8Array
from trainer.errors import TrainerError

CALIBRATION_PHOTOS = 256
FLOAT_CONVOLUTIONS = 3
"""How many of the first convolutions stay fp32. They see pixels, whose fine differences eight bits round away: with
EfficientNet-Lite0 keeping the stem and the first block takes a third off the error and no measurable time."""
QUANTISED = ("Conv", "Clip", "Relu", "Add", "MaxPool")
"""Operators that compute in int8."""
ACTIVATIONS = ("Clip", "Relu", "Add")
"""Operators that may still belong to the backbone behind its last convolution."""


@dataclass(frozen=True)
class Backbone:
    """The backbone's part of a graph: its nodes in the graph's order."""

    nodes: tuple[onnx.NodeProto, ...]

    @property
    def convolutions(self) -> tuple[onnx.NodeProto, ...]:
        """The convolutions, the first one nearest to the photo."""
        return tuple(node for node in self.nodes if node.op_type == "Conv")


def find_backbone(model: onnx.ModelProto) -> Backbone:
    """Find the backbone of an exported graph: of the nodes that the output ``embedding`` depends on, those from the
    first convolution to the last one and the activation function behind it.

    No embedding depends on the convolution of the activation maps, or on what a novelty score does with feature maps;
    so these are no part of it.

    Raises:
        TrainerError: the model has no convolution.
    """
    maker = {output: node for node in model.graph.node for output in node.output}
    needed: set[str] = set()
    waiting = ["embedding"]
    while waiting:
        node = maker.get(waiting.pop())
        if node is not None and node.output[0] not in needed:
            needed.add(node.output[0])
            waiting.extend(node.input)
    chain = [node for node in model.graph.node if node.output[0] in needed]
    places = [index for index, node in enumerate(chain) if node.op_type == "Conv"]
    if not places:
        raise TrainerError("The model has no convolutions", "Export it without --int8 and --fp16.")
    behind = set(chain[places[0]].output)
    nodes = [chain[places[0]]]
    end = set(chain[places[-1]].output)
    for index in range(places[0] + 1, len(chain)):
        node = chain[index]
        if not behind & set(node.input):
            continue  # constants and what prepares them
        if index > places[-1]:
            if node.op_type not in ACTIVATIONS or not end & set(node.input):
                continue
            end = set(node.output)
        behind.update(node.output)
        nodes.append(node)
    return Backbone(tuple(nodes))


def quantise(model: Path, target: Path, batches: Iterable[UInt8Array]) -> None:
    """Write the int8 form of an fp32 model: static quantisation in QDQ form, calibrated on ``batches`` of pictures
    ``[n, H, W, 3]`` (a few hundred training photos, as the app would show them to the model).

    Activations are uint8 with one scale a tensor, weights int8 with one scale a channel. Weights use all eight bits:
    seven would not overflow on processors without VNNI, but double the error and let more strangers pass. On such
    processors the app runs the fp32 model instead (``landmark_desktop.inference.exact``), and so should others.

    Raises:
        TrainerError: the model has no convolutions.
    """
    from onnxruntime.quantization import (
        CalibrationDataReader,
        CalibrationMethod,
        QuantFormat,
        QuantType,
        quantize_static,
    )

    backbone = find_backbone(onnx.load(model))
    convolutions = backbone.convolutions
    # At least the last one is quantised.
    skipped = {node.output[0] for node in convolutions[: min(FLOAT_CONVOLUTIONS, len(convolutions) - 1)]}
    chosen = [
        node.name
        for node in backbone.nodes
        # An activation function is quantised with its convolution or not at all.
        if node.op_type in QUANTISED
        and node.output[0] not in skipped
        and not (node.op_type in ACTIVATIONS and node.input[0] in skipped)
    ]

    class Reader(CalibrationDataReader):
        def __init__(self) -> None:
            self._batches = iter(batches)

        def get_next(self) -> dict[str, Any] | None:
            images = next(self._batches, None)
            return None if images is None else {"images": images}

    with _quiet():
        quantize_static(
            model,
            target,
            Reader(),
            quant_format=QuantFormat.QDQ,
            op_types_to_quantize=list(QUANTISED),
            nodes_to_quantize=chosen,
            per_channel=True,
            reduce_range=False,
            activation_type=QuantType.QUInt8,
            weight_type=QuantType.QInt8,
            calibrate_method=CalibrationMethod.MinMax,
        )
    onnx.checker.check_model(onnx.load(target), full_check=True)


@contextmanager
def _quiet() -> Iterator[None]:
    """The quantiser advises on the root logger to optimise the model first, which has been done."""
    before = logging.root.manager.disable
    logging.disable(logging.WARNING)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(before)


def halve(model: Path, target: Path) -> None:
    """Write the fp16 form of an fp32 model: the backbone's weights and arithmetic in half precision, which graphics
    cards are fast with; input and outputs stay as they are.

    Raises:
        TrainerError: the model has no convolutions.
    """
    document = onnx.load(model)
    graph = document.graph
    backbone = find_backbone(document)
    inside = {output for node in backbone.nodes for output in node.output}
    weights = {item.name: item for item in graph.initializer}
    halved: dict[str, str] = {}
    casts: list[onnx.NodeProto] = []
    before: dict[int, list[onnx.NodeProto]] = {}
    members = {node.output[0] for node in backbone.nodes}
    kinds = _element_types(document)
    for position, node in enumerate(graph.node):
        if node.output[0] in members:
            for index, name in enumerate(node.input):
                if name in inside or not name or kinds.get(name) != TensorProto.FLOAT:
                    continue
                if name not in halved:
                    halved[name] = f"{name}_fp16"
                    if name in weights:
                        values = numpy_helper.to_array(weights[name])
                        limit = float(np.finfo(np.float16).max)
                        small = np.clip(values, -limit, limit).astype(np.float16)
                        graph.initializer.append(numpy_helper.from_array(small, halved[name]))
                    else:
                        cast = helper.make_node(
                            "Cast", [name], [halved[name]], f"{name}_to_fp16", to=TensorProto.FLOAT16
                        )
                        before.setdefault(position, []).append(cast)
                node.input[index] = halved[name]
            continue
        for index, name in enumerate(node.input):
            if name in inside:
                full = f"{name}_fp32"
                if not any(cast.output[0] == full for cast in casts):
                    cast = helper.make_node("Cast", [name], [full], f"{name}_to_fp32", to=TensorProto.FLOAT)
                    casts.append(cast)
                    before.setdefault(position, []).append(cast)
                node.input[index] = full
    nodes = [item for position, node in enumerate(graph.node) for item in (*before.get(position, ()), node)]
    used = {name for node in nodes for name in node.input}
    kept = [item for item in graph.initializer if item.name in used]
    for field, items in ((graph.node, nodes), (graph.initializer, kept)):
        copies = [type(item).FromString(item.SerializeToString()) for item in items]
        del field[:]
        field.extend(copies)
    del graph.value_info[:]  # they say fp32
    onnx.checker.check_model(document, full_check=True)
    target.write_bytes(document.SerializeToString())


def _element_types(model: onnx.ModelProto) -> dict[str, int]:
    """The element type of every tensor whose type is known."""
    graph = onnx.shape_inference.infer_shapes(model).graph
    values = (*graph.input, *graph.output, *graph.value_info)
    kinds = {value.name: value.type.tensor_type.elem_type for value in values}
    return {**kinds, **{item.name: item.data_type for item in graph.initializer}}
