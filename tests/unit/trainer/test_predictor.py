"""A run's model in PyTorch gives the answers of its plain graph, however it is sped up."""

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from landmark_desktop.core.guess import Thresholds
from landmark_desktop.core.location import Landmark
from landmark_desktop.core.preprocess import UInt8Array
from trainer.checkpoint import TrainedModel
from trainer.config import load_config
from trainer.models import build_model
from trainer.novelty import EnergyScore
from trainer.predictor import TorchPredictor, fused

LANDMARKS = (Landmark("a", "A"), Landmark("b", "B"))
CNN = ["model.name=cnn", "model.options.channels=[8,16]", "input.height=32", "input.width=32"]


@pytest.fixture
def model() -> TrainedModel:
    """A convolutional network with batch norms that have seen something."""
    config = load_config(None, [*CNN, "input.resize_shorter_side=32"])
    torch.manual_seed(0)
    net = build_model("cnn", config.model.options, 3, config.input.spec())
    net.train()
    net(torch.randint(0, 256, (8, 32, 32, 3), dtype=torch.uint8))
    return TrainedModel(
        config, ("a", "b"), ("a", "b"), net, 1.5, Thresholds(0.5, 0.1, 0.0, 1.0), "energy", EnergyScore(2)
    )


@pytest.fixture
def images() -> UInt8Array:
    return np.random.default_rng(1).integers(0, 256, (5, 32, 32, 3), dtype=np.uint8)


@pytest.mark.parametrize("threads", [1, 2, 8])
def test_the_answers_are_those_of_the_plain_graph(model: TrainedModel, images: UInt8Array, threads: int) -> None:
    answers = TorchPredictor(model, LANDMARKS, threads)(images)
    with torch.inference_mode():
        expected = model.graph()(torch.from_numpy(images))
    for name, tensor in zip(("probabilities", "embedding", "activation", "novelty"), expected, strict=True):
        assert getattr(answers, name) == pytest.approx(tensor.numpy(), abs=1e-4), name


def test_batch_norms_are_folded_in_the_copy_only(model: TrainedModel) -> None:
    folded = fused(model.graph().net.backbone)
    assert not any(isinstance(module, nn.BatchNorm2d) for module in folded.modules())
    assert any(isinstance(module, nn.BatchNorm2d) for module in model.net.modules())


def test_the_number_of_threads_of_others_stays(model: TrainedModel, images: UInt8Array) -> None:
    before = torch.get_num_threads()
    TorchPredictor(model, LANDMARKS, 2)(images)
    assert torch.get_num_threads() == before


class Fickle(nn.Module):
    """Decides by the values of the input, so that it cannot be traced."""

    def forward(self, x: Tensor) -> Tensor:
        return x if x.sum() > 0 else -x


def test_a_backbone_that_cannot_be_traced_is_used_as_it_is() -> None:
    backbone = Fickle()
    assert fused(backbone) is backbone
