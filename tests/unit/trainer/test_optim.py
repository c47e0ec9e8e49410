"""Learning rates by stage and by time, thawing, sizes, and when to stop."""

import pytest
from torch import nn

from landmark_desktop.core.preprocess import InputSpec
from trainer.config import Config, FinetuneConfig, OptimConfig
from trainer.errors import TrainerError
from trainer.models import LandmarkNet, build_model
from trainer.optim import (
    Plateau,
    cosine_rate,
    learning_share,
    make_optimizer,
    parameter_groups,
    set_rates,
    trainable_stages,
    training_size,
)

SPEC = InputSpec(64, 64, 64)


def lite(*, frozen: bool = False) -> LandmarkNet:
    net = build_model("transfer", {"pretrained": False, "frozen": frozen}, 3, SPEC)
    net.weights = "as if pretrained"
    return net


def test_the_rate_warms_up_and_decays_to_zero() -> None:
    config = OptimConfig(epochs=10, warmup_epochs=2)
    rates = [cosine_rate(step, 5, config) for step in range(50)]
    assert rates[0] == pytest.approx(1 / 11)
    assert rates[:10] == sorted(rates[:10])
    assert rates[10] == 1.0
    assert rates[30] == pytest.approx(0.5)
    assert rates[10:] == sorted(rates[10:], reverse=True)
    assert 0.0 < rates[-1] < 0.01


def test_the_rate_is_lowered_where_the_loss_stays() -> None:
    config = OptimConfig(schedule="plateau", plateau_patience=2, plateau_factor=0.5, warmup_epochs=0)
    plateau = Plateau()
    shares = []
    for loss in (1.0, 0.9, 0.95, 0.91, 0.92, 0.93, 0.5, 0.6):
        plateau.update(loss, config)
        shares.append(learning_share(100, 10, config, plateau))
    assert shares == [1.0, 1.0, 1.0, 0.5, 0.5, 0.25, 0.25, 0.25]


def test_early_stopping_counts_validations_without_progress() -> None:
    config = OptimConfig(early_stopping=2)
    plateau = Plateau()
    ends = []
    for loss in (1.0, 1.1, 0.9, 0.95, 0.92):
        plateau.update(loss, config)
        ends.append(plateau.exhausted(config))
    assert ends == [False, False, False, False, True]
    assert not plateau.exhausted(OptimConfig(early_stopping=0))


def test_stages_nearer_to_the_photo_learn_more_slowly() -> None:
    net = lite()
    config = Config(
        optim=OptimConfig(learning_rate=1.0),
        finetune=FinetuneConfig(backbone_rate=0.5, stage_decay=0.5, frozen_stages=2),
    )
    groups = parameter_groups(net, config)
    stages = net.stages()

    def rate_of(module: nn.Module) -> set[float]:
        mine = {id(parameter) for parameter in module.parameters()}
        return {group["full_rate"] for group in groups if any(id(parameter) in mine for parameter in group["params"])}

    assert rate_of(net.head) == {1.0}
    assert rate_of(stages[-1]) == {0.5}
    assert rate_of(stages[-2]) == {0.25}
    assert rate_of(stages[1]) == set()
    decayed = {id(p) for group in groups if group["weight_decay"] > 0 for p in group["params"]}
    assert decayed == {id(p) for stage in [*stages[2:], net.head] for p in stage.parameters() if p.ndim > 1}


def test_a_network_without_pretrained_weights_learns_at_the_full_rate() -> None:
    net = build_model("cnn", {"channels": [8, 8]}, 3, SPEC)
    rates = {group["full_rate"] for group in parameter_groups(net, Config(optim=OptimConfig(learning_rate=0.3)))}
    assert rates == {0.3}


def test_of_a_frozen_backbone_only_the_head_is_trained() -> None:
    net = lite(frozen=True)
    groups = parameter_groups(net, Config())
    assert sum(len(group["params"]) for group in groups) == 2


@pytest.mark.parametrize("name", ["adamw", "adam", "sgd"])
def test_every_optimiser_takes_the_rates(name: str) -> None:
    net = build_model("cnn", {"channels": [8, 8]}, 3, SPEC)
    optimizer = make_optimizer(net, Config(optim=OptimConfig(optimizer=name, learning_rate=0.2)))  # type: ignore[arg-type]
    set_rates(optimizer, 0.25)
    assert type(optimizer).__name__.lower() == name
    assert {group["lr"] for group in optimizer.param_groups} == {0.05}


def test_stages_thaw_from_the_last_to_the_first() -> None:
    config = Config(finetune=FinetuneConfig(frozen_stages=1, head_epochs=2, unfreeze_every=2.0))
    thawed = [list(trainable_stages(epoch, 4, config)) for epoch in range(9)]
    assert thawed == [[], [], [3], [3], [2, 3], [2, 3], [1, 2, 3], [1, 2, 3], [1, 2, 3]]
    assert list(trainable_stages(0, 4, Config())) == [0, 1, 2, 3]


def test_views_grow_in_steps_of_the_stride() -> None:
    config = Config(optim=OptimConfig(epochs=6), finetune=FinetuneConfig(first_size=128, last_size=224))
    assert [training_size(epoch, 256, 32, config) for epoch in range(6)] == [128, 160, 192, 192, 224, 224]
    assert training_size(0, 256, 32, Config()) == 256


@pytest.mark.parametrize(
    ("section", "values", "named"),
    [
        (OptimConfig, {"momentum": 1.0}, "momentum"),
        (OptimConfig, {"early_stopping": -1}, "early_stopping"),
        (OptimConfig, {"plateau_factor": 1.5}, "plateau_factor"),
        (OptimConfig, {"validate_every": 0}, "validate_every"),
        (FinetuneConfig, {"stage_decay": 0.0}, "stage_decay"),
        (FinetuneConfig, {"frozen_stages": -1}, "frozen_stages"),
    ],
)
def test_impossible_values_are_named(section: type, values: dict[str, float], named: str) -> None:
    with pytest.raises(ValueError, match=named):
        section(**values)


def test_cuda_without_a_device_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    from trainer.devices import choose_device

    monkeypatch.setattr("torch.cuda.is_available", lambda: False)
    assert choose_device("auto").type == "cpu"
    with pytest.raises(TrainerError, match="no CUDA"):
        choose_device("cuda")
