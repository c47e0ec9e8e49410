"""The oldest check of a training program: a network that cannot learn a few photos by heart has a bug, or a learning
rate that does not fit. It takes a minute and saves a night."""

from dataclasses import dataclass

import numpy as np
import torch

from landmark_desktop.core.errors import PhotoError
from trainer.config import Config
from trainer.data import evenly, read_in_parallel, worker_count
from trainer.devices import choose_device, keep_freed_memory
from trainer.errors import TrainerError
from trainer.loss import TrainingLoss, class_count, targets_of
from trainer.models import build_model
from trainer.optim import make_optimizer
from trainer.sources import tree_of
from trainer.transforms import EvalTransform


@dataclass(frozen=True, slots=True)
class OverfitReport:
    """What happened: the loss before every step, and how many of the photos' first guesses were right at the end."""

    losses: tuple[float, ...]
    right: int
    photos: int

    @property
    def learned(self) -> bool:
        """True where all photos of the batch are known by heart and the loss fell to a tenth."""
        return self.right == self.photos and self.losses[-1] <= 0.1 * self.losses[0]


def overfit_one_batch(config: Config, steps: int) -> OverfitReport:
    """Train the configured model for ``steps`` on one batch without augmentation, dropout or label smoothing, at the
    full learning rate of every stage.

    Raises:
        TrainerError: no photos, or something is not installed.
    """
    torch.manual_seed(config.run.seed)
    torch.set_num_threads(worker_count(config.run.threads))
    keep_freed_memory()
    tree = tree_of(config.data)
    samples = evenly(tree.splits["train"], config.optim.batch_size)
    transform = EvalTransform(config.input.spec())
    read = read_in_parallel(
        [sample.path for sample in samples], lambda _position, picture: transform(picture), config.run.threads
    )
    pairs = [
        (picture, sample.landmark)
        for picture, sample in zip(read, samples, strict=True)
        if not isinstance(picture, PhotoError)
    ]
    if not pairs:
        raise TrainerError("None of the photos can be read", "See what `landmark-trainer prepare` says of them.")
    device = choose_device(config.run.device)
    images = torch.from_numpy(np.stack([picture for picture, _ in pairs])).to(device)
    landmarks = len(tree.folders)
    classes = class_count(landmarks, has_background=tree.has_background, config=config.optim)
    net = build_model(config.model.name, config.model.options, classes, config.input.spec()).to(device)
    net.dropout.p = 0.0
    targets = targets_of(np.array([landmark for _, landmark in pairs]), landmarks, classes).to(device)
    optimizer = make_optimizer(net, config)
    for group in optimizer.param_groups:
        group["lr"] = group["full_rate"]
    criterion = TrainingLoss(config.optim)
    criterion.smoothing = 0.0
    net.train()
    losses = []
    for _ in range(steps):
        logits = net(images)
        loss = criterion(logits, targets)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    with torch.no_grad():
        guesses = net(images).argmax(dim=1)
    judged = targets >= 0
    return OverfitReport(tuple(losses), int((guesses == targets)[judged].sum()), int(judged.sum()))
