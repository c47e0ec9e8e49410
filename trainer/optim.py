"""Optimisers, learning rates by stage, and their schedule."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import torch
from torch import nn

from trainer.config import Config, OptimConfig
from trainer.models import LandmarkNet


def cosine_rate(step: int, steps_per_epoch: int, config: OptimConfig) -> float:
    """Return the share of the learning rate at ``step`` (from 0): linear warm-up, then half a cosine down to zero at
    the end (Loshchilov and Hutter 2017, arXiv:1608.03983, without restarts). A function of the step alone: there is no
    state to save."""
    total = steps_per_epoch * config.epochs
    warmup = steps_per_epoch * config.warmup_epochs
    if step < warmup:
        return (step + 1) / (warmup + 1)
    progress = (step - warmup) / max(1.0, total - warmup)
    return 0.5 * (1.0 + math.cos(math.pi * progress))


@dataclass
class Plateau:
    """Watches the validation loss: lowers the rate and ends the training when it has not fallen for long enough.

    ``best`` is the lowest loss so far, ``waiting`` counts validations since then, ``factor`` is the share of the
    learning rate that is left.
    """

    best: float = math.inf
    waiting: int = 0
    since_lowered: int = 0
    factor: float = 1.0

    def update(self, loss: float, config: OptimConfig) -> None:
        """Take note of one validation."""
        if loss < self.best:
            self.best, self.waiting, self.since_lowered = loss, 0, 0
            return
        self.waiting += 1
        self.since_lowered += 1
        if config.schedule == "plateau" and self.since_lowered >= config.plateau_patience:
            self.factor *= config.plateau_factor
            self.since_lowered = 0

    def exhausted(self, config: OptimConfig) -> bool:
        """True when training should end early."""
        return 0 < config.early_stopping <= self.waiting


def learning_share(step: int, steps_per_epoch: int, config: OptimConfig, plateau: Plateau) -> float:
    """Return the share of the learning rate at ``step`` under the configured schedule."""
    if config.schedule == "cosine":
        return cosine_rate(step, steps_per_epoch, config)
    warmup = steps_per_epoch * config.warmup_epochs
    return plateau.factor * min(1.0, (step + 1) / (warmup + 1))


def parameter_groups(net: LandmarkNet, config: Config) -> list[dict[str, Any]]:
    """Return one group a stage with its ``full_rate``, the head last. Batch norm and biases get no weight decay
    (He et al. 2019, arXiv:1812.01187)."""
    rate = config.optim.learning_rate
    stages = net.stages()
    groups: list[dict[str, Any]] = []

    def add(parameters: Iterable[nn.Parameter], full_rate: float) -> None:
        kept = list(parameters)
        for decay, chosen in (
            (config.optim.weight_decay, [p for p in kept if p.ndim > 1]),
            (0.0, [p for p in kept if p.ndim <= 1]),
        ):
            if chosen:
                groups.append({"params": chosen, "full_rate": full_rate, "weight_decay": decay})

    for depth, stage in enumerate(stages):
        if depth >= config.finetune.frozen_stages and not net.frozen:
            share = config.finetune.stage_decay ** (len(stages) - 1 - depth)
            add(stage.parameters(), rate * (config.finetune.backbone_rate if net.weights else 1.0) * share)
    add(net.head.parameters(), rate)
    return groups


def make_optimizer(net: LandmarkNet, config: Config) -> torch.optim.Optimizer:
    """Return the configured optimiser over the groups of :func:`parameter_groups`."""
    groups = parameter_groups(net, config)
    optim = config.optim
    if optim.optimizer == "sgd":
        return torch.optim.SGD(groups, lr=optim.learning_rate, momentum=optim.momentum, nesterov=optim.momentum > 0)
    kind = torch.optim.AdamW if optim.optimizer == "adamw" else torch.optim.Adam
    return kind(groups, lr=optim.learning_rate)


def set_rates(optimizer: torch.optim.Optimizer, share: float) -> None:
    """Set every group's learning rate to ``share`` of its full rate."""
    for group in optimizer.param_groups:
        group["lr"] = group["full_rate"] * share


def trainable_stages(epoch: int, stages: int, config: Config) -> range:
    """Return the positions of the stages that are trained in ``epoch``: gradual unfreezing from the last to the first
    (Howard and Ruder 2018, arXiv:1801.06146)."""
    finetune = config.finetune
    first = min(finetune.frozen_stages, stages)
    if epoch < finetune.head_epochs:
        return range(stages, stages)
    if finetune.unfreeze_every > 0:
        thawed = 1 + int((epoch - finetune.head_epochs) / finetune.unfreeze_every)
        first = max(first, stages - thawed)
    return range(first, stages)


def training_size(epoch: int, whole: int, stride: int, config: Config) -> int:
    """Return width and height of the training views in ``epoch``: from ``first_size`` to ``last_size``, reached in the
    last but one epoch (progressive resizing: Tan and Le 2021, arXiv:2104.00298)."""
    last = config.finetune.last_size or whole
    first = config.finetune.first_size or last
    progress = min(1.0, epoch / max(1, config.optim.epochs - 2))
    return max(stride, round((first + (last - first) * progress) / stride) * stride)
