"""The layer table against textbook values."""

import pytest
import torch
from torch import Tensor, nn

from landmark_desktop.core.preprocess import InputSpec
from trainer.errors import TrainerError
from trainer.inspection.layers import Layer, layers, net_layers, table
from trainer.models import build_model


def test_a_5x5_convolution_of_3_to_16_channels_has_1216_parameters() -> None:
    (row,) = layers(nn.Sequential(nn.Conv2d(3, 16, 5)), 32, 32)
    assert (row.parameters, row.shape, row.receptive_field) == (1216, (16, 28, 28), (5, 5))


def test_32_pixels_through_kernel_8_padding_3_stride_2_are_16() -> None:
    (row,) = layers(nn.Sequential(nn.Conv2d(3, 4, 8, 2, 3)), 32, 32)
    assert row.shape == (4, 16, 16)


def test_two_convolutions_and_pools_turn_224_into_55() -> None:
    net = nn.Sequential(
        nn.Conv2d(3, 16, 3, padding=1), nn.MaxPool2d(2), nn.Conv2d(16, 32, 3, padding=0), nn.MaxPool2d(2)
    )
    rows = layers(net, 224, 224)
    assert rows[-1].shape == (32, 55, 55)
    # 3 → pool 4 → 3 more cells 2 pixels apart: 8 → pool over cells 2 apart: 10.
    assert [row.receptive_field for row in rows] == [(3, 3), (4, 4), (8, 8), (10, 10)]


@pytest.mark.parametrize(
    ("chain", "size"),
    [
        # Three 3×3 convolutions see as much as one 7×7 (Simonyan and Zisserman 2015).
        ([(3, 1), (3, 1), (3, 1)], 7),
        # AlexNet up to its last pooling: 195 (Araujo et al. 2019, table 1).
        ([(11, 4), (3, 2), (5, 1), (3, 2), (3, 1), (3, 1), (3, 1), (3, 2)], 195),
        # VGG-16 up to its last pooling: 212 (the same table).
        ([(3, 1)] * 2 + [(2, 2)] + [(3, 1)] * 2 + [(2, 2)] + ([(3, 1)] * 3 + [(2, 2)]) * 3, 212),
    ],
    ids=["three 3×3", "AlexNet", "VGG-16"],
)
def test_receptive_fields_of_textbook_chains(chain: list[tuple[int, int]], size: int) -> None:
    net = nn.Sequential(*(nn.Conv2d(3, 3, kernel, stride, padding=kernel // 2) for kernel, stride in chain))
    assert layers(net, 224, 224)[-1].receptive_field == (size, size)


def test_dilation_widens_the_receptive_field() -> None:
    (row,) = layers(nn.Sequential(nn.Conv2d(3, 4, 3, dilation=4)), 32, 32)
    assert row.receptive_field == (9, 9)


def test_height_and_width_are_followed_apart() -> None:
    rows = layers(nn.Sequential(nn.Conv2d(3, 4, (1, 7)), nn.Conv2d(4, 4, (3, 1), stride=(2, 1))), 32, 32)
    assert rows[-1].receptive_field == (3, 7)
    assert "3×7" in table(rows)


def moved_pixels(net: nn.Module, side: int, cell: int) -> tuple[int, int]:
    """First and last row of the input that one cell of the output depends on, by gradient."""
    x = torch.rand(1, 3, side, side, requires_grad=True)
    (gradient,) = torch.autograd.grad(net(x)[0, :, cell, cell].sum(), x)
    rows = gradient[0].abs().sum((0, 2)).nonzero()
    return int(rows.min()), int(rows.max())


@pytest.mark.parametrize(
    "net",
    [
        nn.Sequential(nn.Conv2d(3, 4, 3, 2, 1), nn.Conv2d(4, 4, 5, 1, 2)),
        nn.Sequential(nn.ZeroPad2d((0, 1, 0, 1)), nn.Conv2d(3, 4, 3, 2), nn.Conv2d(4, 4, 3, 2, 1)),
        nn.Sequential(nn.Conv2d(3, 4, 3, padding="same", dilation=2), nn.AvgPool2d(2)),
    ],
    ids=["strided", "padded on one side", "same"],
)
def test_size_and_place_of_the_field_are_those_that_the_gradient_shows(net: nn.Sequential) -> None:
    field = layers(net, 64, 64)[-1].field.height
    first, last = moved_pixels(net, 64, 5)
    assert last - first + 1 == field.size
    assert (first + last) / 2 == field.centre + 5 * field.jump


class Residual(nn.Module):
    """Two convolutions beside a shortcut."""

    def __init__(self) -> None:
        super().__init__()
        self.first = nn.Conv2d(3, 3, 3, padding=1)
        self.second = nn.Conv2d(3, 3, 3, padding=1)
        self.last = nn.Conv2d(3, 3, 1)

    def forward(self, x: Tensor) -> Tensor:
        return self.last(x + self.second(self.first(x)))  # type: ignore[no-any-return]


class Gated(nn.Module):
    """A convolution whose channels are turned up and down by what the whole picture shows."""

    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv2d(3, 3, 3, padding=1)
        self.pool = nn.AdaptiveAvgPool2d(1)
        self.gate = nn.Conv2d(3, 3, 1)
        self.last = nn.Conv2d(3, 3, 3)

    def forward(self, x: Tensor) -> Tensor:
        y = self.conv(x)
        return self.last(y * torch.sigmoid(self.gate(self.pool(y))))  # type: ignore[no-any-return]


class Fickle(nn.Module):
    """Decides by the values of the input."""

    def forward(self, x: Tensor) -> Tensor:
        return x if x.sum() > 0 else -x


def test_behind_a_shortcut_the_longer_branch_counts() -> None:
    assert layers(Residual(), 16, 16)[-1].receptive_field == (5, 5)


def test_a_gate_of_one_number_a_channel_is_not_counted() -> None:
    rows = {row.name: row for row in layers(Gated(), 16, 16)}
    assert rows["gate"].receptive_field is None
    assert rows["last"].receptive_field == (5, 5)


def test_a_linear_layer_sees_everything() -> None:
    rows = layers(nn.Sequential(nn.Conv2d(3, 4, 3), nn.Flatten(), nn.Linear(4 * 36, 2)), 8, 8)
    assert rows[-1].receptive_field is None


def test_a_layer_of_an_unknown_kind_that_changes_the_size_counts_as_seeing_everything() -> None:
    rows = layers(nn.Sequential(nn.Conv2d(3, 4, 3, padding=1), nn.Upsample(scale_factor=2)), 8, 8)
    assert [row.receptive_field for row in rows] == [(3, 3), None]


def test_a_module_that_cannot_be_followed_is_refused_with_a_remedy() -> None:
    with pytest.raises(TrainerError, match="cannot be listed"):
        layers(Fickle(), 8, 8)


def test_training_mode_is_left_as_it_was() -> None:
    net = nn.Sequential(nn.Conv2d(3, 4, 3))
    net.train()
    layers(net, 8, 8)
    assert net.training


def rows_of(name: str, options: dict[str, object], side: int) -> tuple[list[Layer], int]:
    spec = InputSpec(side, side, side)
    net = build_model(name, options, 5, spec, load_weights=False)
    return net_layers(net, spec), sum(parameter.numel() for parameter in net.parameters())


def test_the_table_of_lite0_adds_up() -> None:
    rows, parameters = rows_of("transfer", {"pretrained": False}, 64)
    assert sum(row.parameters for row in rows) == parameters
    assert rows[-3].shape == (1280, 2, 2)
    assert rows[0].shape == (32, 32, 32)
    text = table(rows)
    assert "1280×2×2" in text
    assert f"{1280 * 5 + 5:,}" in text


@pytest.mark.parametrize("name", ["mlp", "cnn"])
def test_the_tables_of_the_models_trained_from_nothing_add_up(name: str) -> None:
    rows, parameters = rows_of(name, {}, 64)
    assert sum(row.parameters for row in rows) == parameters
