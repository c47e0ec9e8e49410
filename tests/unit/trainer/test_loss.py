"""The loss by hand, and the average of weights."""

import math

import pytest
import torch

from landmark_desktop.core.preprocess import InputSpec
from tests.unit.trainer.conftest import SIDE, TinyOptions, build_tiny
from trainer.config import OptimConfig
from trainer.ema import MovingAverage
from trainer.loss import IGNORED, TrainingLoss, class_count


def test_the_loss_is_cross_entropy_of_the_landmarks() -> None:
    logits = torch.tensor([[2.0, 0.0], [0.0, 0.0]])
    loss = TrainingLoss(OptimConfig())(logits, torch.tensor([0, 1]))
    assert float(loss) == pytest.approx((math.log(1 + math.exp(-2)) + math.log(2)) / 2)


def test_photos_of_no_landmark_pull_towards_the_uniform_distribution() -> None:
    criterion = TrainingLoss(OptimConfig(background_loss="uniform", uniform_weight=0.5))
    even, sure = torch.zeros(1, 4), torch.tensor([[5.0, 0.0, 0.0, 0.0]])
    target = torch.tensor([IGNORED])
    assert float(criterion(even, target)) == pytest.approx(0.5 * math.log(4))
    assert float(criterion(sure, target)) > float(criterion(even, target))
    assert float(TrainingLoss(OptimConfig())(sure, target)) == 0.0


def test_label_smoothing_asks_for_less_certainty() -> None:
    logits, target = torch.tensor([[20.0, 0.0]]), torch.tensor([0])
    assert float(TrainingLoss(OptimConfig(label_smoothing=0.1))(logits, target)) == pytest.approx(1.0, abs=1e-4)
    assert float(TrainingLoss(OptimConfig())(logits, target)) < 1e-4


def test_the_background_is_a_class_only_where_it_is_trained_as_one() -> None:
    assert class_count(3, has_background=True, config=OptimConfig()) == 4
    assert class_count(3, has_background=False, config=OptimConfig()) == 3
    assert class_count(3, has_background=True, config=OptimConfig(background_loss="uniform")) == 3


def test_the_moving_average_follows_slowly_and_forgets_the_start() -> None:
    net = build_tiny(TinyOptions(frozen=False), 4, InputSpec(SIDE, SIDE, SIDE), False)
    with torch.no_grad():
        net.head.bias.fill_(0.0)
    average = MovingAverage(net, 0.9)
    with torch.no_grad():
        net.head.bias.fill_(1.0)
    average.update(net, 0)
    assert average.average.head.bias.tolist() == pytest.approx([0.9] * 4)
    assert net.head.bias.tolist() == [1.0] * 4
    before = 0.9
    average.update(net, 10_000)
    assert average.average.head.bias.tolist() == pytest.approx([before + 0.1 * (1 - before)] * 4)
    assert not any(parameter.requires_grad for parameter in average.average.parameters())
