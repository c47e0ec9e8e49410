"""Effective receptive fields of networks whose fields are known."""

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from landmark_desktop.core.preprocess import InputSpec, UInt8Array
from trainer.inspection.fields import draw_field, effective_field
from trainer.models import build_model
from trainer.models.base import LandmarkNet

SPEC = InputSpec(32, 32, 32)


class Chain(nn.Module):
    """Convolutions of equal kernels with constant weights, without activation."""

    mean = (127.0, 127.0, 127.0)
    std = (128.0, 128.0, 128.0)
    channels = 1

    def __init__(self, kernels: list[int], stride: int) -> None:
        super().__init__()
        self.stride = stride
        inputs = [3, *[1] * (len(kernels) - 1)]
        self.layers = nn.Sequential(
            *(nn.Conv2d(i, 1, k, stride, padding=k // 2) for i, k in zip(inputs, kernels, strict=True))
        )
        for parameter in self.parameters():
            nn.init.constant_(parameter, 0.1)

    def forward(self, x: Tensor) -> Tensor:
        features: Tensor = self.layers(x)
        return features


def net_of(kernels: list[int], stride: int = 1) -> LandmarkNet:
    return LandmarkNet("chain", "", Chain(kernels, stride), 2, SPEC)


@pytest.fixture
def noise() -> UInt8Array:
    return np.random.default_rng(0).integers(0, 256, (2, 32, 32, 3), dtype=np.uint8)


def test_one_convolution_sees_its_kernel_evenly(noise: UInt8Array) -> None:
    field = effective_field(net_of([5]), SPEC, noise)
    assert field.cell == (16, 16)
    expected = np.zeros((32, 32))
    expected[14:19, 14:19] = 1.0
    assert field.influence == pytest.approx(expected)
    assert field.effective_side == 5
    assert field.height.size == 5
    assert field.middle == (16, 16)


def test_many_small_convolutions_look_at_the_middle_most(noise: UInt8Array) -> None:
    # Luo et al. 2016: even weights convolved with themselves become a bell, narrower than the theoretical field.
    field = effective_field(net_of([3] * 8), SPEC, noise)
    assert field.height.size == 17
    assert field.effective_side < 13
    assert np.unravel_index(field.influence.argmax(), field.influence.shape) == (16, 16)
    middle_row = field.influence[16, 16:25]
    assert (np.diff(middle_row) < 0).all()


def test_the_middle_follows_the_stride(noise: UInt8Array) -> None:
    field = effective_field(net_of([3, 3], stride=2), SPEC, noise)
    assert field.cell == (4, 4)
    rows = np.nonzero(field.influence.sum(axis=1))[0]
    assert (rows.min() + rows.max()) / 2 == field.middle[0] == 16
    assert len(rows) == field.height.size == 7


def test_weights_and_mode_stay_as_they_were(noise: UInt8Array) -> None:
    net = net_of([3])
    net.train()
    before = {name: value.clone() for name, value in net.state_dict().items()}
    effective_field(net, SPEC, noise)
    assert net.training
    assert all(torch.equal(value, before[name]) for name, value in net.state_dict().items())
    assert all(parameter.grad is None for parameter in net.parameters())


def test_the_drawing_frames_both_fields(noise: UInt8Array) -> None:
    picture = draw_field(effective_field(net_of([3] * 8), SPEC, noise))
    assert picture.size == (512, 512)
    colours = [picture.getpixel((256 + 8, 16 * (16 - 8))), picture.getpixel((0, 0))]
    assert colours == [(90, 200, 250), (0, 0, 4)]
    assert (255, 255, 255) in {colour for _, colour in picture.getcolors(1 << 20) or ()}


def test_a_model_that_sees_everything_has_no_frame(noise: UInt8Array) -> None:
    net = build_model("mlp", {"side": 4, "hidden": [8]}, 2, SPEC)
    field = effective_field(net, SPEC, noise)
    assert field.middle == (15.5, 15.5)
    assert (90, 200, 250) not in {colour for _, colour in draw_field(field).getcolors(1 << 20) or ()}
