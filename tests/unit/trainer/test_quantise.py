"""The int8 and fp16 forms of a graph: only the backbone changes, and the answers hardly."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import onnx
import pytest
import torch
from torch import Tensor, nn

from landmark_desktop.core.preprocess import InputSpec
from trainer import novelty
from trainer.errors import TrainerError
from trainer.export import export_graph, onnx_outputs
from trainer.graph import OUTPUTS, BundleGraph
from trainer.models.base import LandmarkNet
from trainer.novelty.autoencoders import ConvAutoencoder
from trainer.quantise import FLOAT_CONVOLUTIONS, find_backbone, halve, quantise

SPEC = InputSpec(32, 32, 32)
CHANNELS = 8


class Residual(nn.Module):
    """Six convolutions with ReLU6, and a shortcut around the fifth and the last."""

    mean = (127.0, 127.0, 127.0)
    std = (64.0, 64.0, 64.0)
    channels = CHANNELS
    stride = 4

    def __init__(self) -> None:
        super().__init__()
        sizes = [(3, CHANNELS, 2), (CHANNELS, CHANNELS, 2), *([(CHANNELS, CHANNELS, 1)] * 4)]
        self.layers = nn.ModuleList(nn.Conv2d(i, o, 3, s, 1) for i, o, s in sizes)

    def stages(self) -> list[nn.Module]:
        return list(self.layers)

    def forward(self, x: Tensor) -> Tensor:
        for layer in self.layers[:4]:
            x = nn.functional.relu6(layer(x))
        x = x + nn.functional.relu6(self.layers[4](x))
        return nn.functional.relu6(self.layers[5](x))


def graph() -> BundleGraph:
    """A random network with two views and a novelty score that looks at feature maps."""
    generator = torch.Generator().manual_seed(3)
    net = LandmarkNet("residual", "", Residual(), 4, SPEC, second_view=16)
    with torch.no_grad():
        for parameter in net.parameters():
            parameter.normal_(0.0, 0.3, generator=generator)
    maps = torch.randn(80, CHANNELS, 8, 8, generator=generator).abs()
    score = ConvAutoencoder.fit(iter(maps.split(16)), epochs=1, seed=1)
    combined = novelty.CombinedScore(
        {"background": novelty.BackgroundScore(), "conv_autoencoder": score}, torch.ones(2)
    )
    return BundleGraph(net, 3, 1.0, combined).eval()


@pytest.fixture(scope="module")
def fp32(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The exported fp32 model, which the tests only read."""
    file = tmp_path_factory.mktemp("fp32") / "model.onnx"
    export_graph(graph(), SPEC, file, OUTPUTS)
    return file


def pictures(seed: int, count: int = 16) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 256, (count, 32, 32, 3), dtype=np.uint8)


def calibration() -> Iterator[np.ndarray]:
    return iter(np.split(pictures(1), 4))


@pytest.fixture(scope="module")
def int8(fp32: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The int8 form."""
    file = tmp_path_factory.mktemp("int8") / "model_int8.onnx"
    quantise(fp32, file, calibration())
    return file


def test_the_backbone_ends_before_pooling_and_leaves_maps_and_novelty_out(fp32: Path) -> None:
    model = onnx.load(fp32)
    backbone = find_backbone(model)
    assert len(backbone.convolutions) == 6
    assert sum(node.op_type == "Conv" for node in model.graph.node) > 6  # activation maps and autoencoder
    assert {node.op_type for node in backbone.nodes} == {"Conv", "Clip", "Add"}
    assert backbone.nodes[-1].op_type == "Clip"


def test_int8_computes_the_later_convolutions_in_eight_bits_and_nothing_else(fp32: Path, int8: Path) -> None:
    model = onnx.load(int8)
    maker = {output: node for node in model.graph.node for output in node.output}

    def quantised(node: onnx.NodeProto) -> bool:
        return maker[node.input[0]].op_type == maker[node.input[1]].op_type == "DequantizeLinear"

    convolutions = [node for node in model.graph.node if node.op_type == "Conv"]
    flags = [node.input[1] in maker and quantised(node) for node in convolutions]
    assert sum(flags) == 6 - FLOAT_CONVOLUTIONS
    weights = {item.name: item for item in model.graph.initializer}
    for node, flag in zip(convolutions, flags, strict=True):
        if flag:
            dequantise = maker[node.input[1]]
            assert weights[dequantise.input[0]].data_type == onnx.TensorProto.INT8
            assert list(weights[dequantise.input[1]].dims) == [CHANNELS]  # a scale a channel
    assert {node.domain for node in model.graph.node} <= {"", "ai.onnx"}


def test_int8_answers_nearly_the_same(fp32: Path, int8: Path) -> None:
    images = pictures(2)
    full, small = onnx_outputs(fp32, images), onnx_outputs(int8, images)
    assert list(full) == list(small)
    difference = np.abs(full["probabilities"] - small["probabilities"]).max()
    assert 0.0 < difference < 0.1
    assert (full["embedding"] * small["embedding"]).sum(axis=1).min() > 0.99
    assert {name: value.shape for name, value in small.items()} == {name: value.shape for name, value in full.items()}


def test_the_same_photos_give_the_same_int8_model(fp32: Path, int8: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.onnx"
    quantise(fp32, again, calibration())
    assert again.read_bytes() == int8.read_bytes()


def test_fp16_halves_the_backbones_weights_and_answers_the_same(fp32: Path, tmp_path: Path) -> None:
    file = tmp_path / "model_fp16.onnx"
    halve(fp32, file)
    model = onnx.load(file)
    kinds = {item.name: item.data_type for item in model.graph.initializer}
    convolutions = [node for node in model.graph.node if node.op_type == "Conv"]
    in_half = [kinds[node.input[1]] == onnx.TensorProto.FLOAT16 for node in convolutions]
    assert sum(in_half) == 6
    assert len(in_half) > 6
    full, small = onnx_outputs(fp32, pictures(2)), onnx_outputs(file, pictures(2))
    assert {value.dtype for value in small.values()} == {np.dtype(np.float32)}
    assert 0.0 < np.abs(full["probabilities"] - small["probabilities"]).max() < 0.02


class NoConvolution(nn.Module):
    """A bundle's graph of a multilayer perceptron."""

    def forward(self, images: Tensor) -> Tensor:
        return images.float().mean(dim=(1, 2))


@pytest.mark.parametrize("form", [lambda model, target: quantise(model, target, calibration()), halve])
def test_a_model_without_convolutions_is_refused(form: object, tmp_path: Path) -> None:
    assert callable(form)
    file = tmp_path / "model.onnx"
    export_graph(NoConvolution().eval(), SPEC, file, ("embedding",))
    with pytest.raises(TrainerError, match="no convolutions"):
        form(file, tmp_path / "target.onnx")
    assert not (tmp_path / "target.onnx").exists()
