"""The training loop: photos in, gradients back, readable from top to bottom.

Every random number comes from the seed and the position (epoch, photo), never from what happened before. That, and
saving optimiser, moving average and schedule with the weights, is why ``--resume`` goes on bit for bit on the CPU.
"""

import time
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.parallel import DistributedDataParallel
from tqdm import tqdm

from landmark_desktop.core.preprocess import InputSpec
from trainer.config import Config
from trainer.data import Sample, batches, read_in_parallel
from trainer.devices import Precision, World, keep_freed_memory
from trainer.ema import MovingAverage
from trainer.errors import TrainerError
from trainer.loader import EpochPlan, training_batches
from trainer.loss import TrainingLoss, targets_of
from trainer.mixing import mix
from trainer.models import LandmarkNet
from trainer.models.lite import fold_batch_norm
from trainer.optim import learning_share, make_optimizer, set_rates, trainable_stages, training_size
from trainer.progress import EpochHook, Progress
from trainer.run import RunFolder
from trainer.transforms import EvalTransform, TrainTransform
from trainer.validation import validation_scores


@dataclass(frozen=True, slots=True)
class PhotoData:
    """The photos to train and to judge on, how many landmarks there are, and those known from small photos only."""

    landmarks: int
    train: tuple[Sample, ...]
    val: tuple[Sample, ...]
    small: frozenset[int] = frozenset()


def fit(
    config: Config,
    run: RunFolder,
    net: LandmarkNet,
    data: PhotoData,
    *,
    world: World,
    on_epoch: EpochHook | None = None,
) -> None:
    """Train the whole network; the best epoch's state is in the run's ``best.pt``. Continues from ``last.pt`` where
    there is one.

    Raises:
        TrainerError: the loss is no number any more, or photos went away.
    """
    keep_freed_memory()
    net.to(world.device)
    net.to(memory_format=torch.channels_last)
    fold_batch_norm(net, not config.finetune.batch_norm)
    average = MovingAverage(net, config.optim.ema_decay) if config.optim.ema_decay else None
    optimizer = make_optimizer(net, config)
    scaler = Precision.of(config.optim.mixed_precision, world.device).scaler()
    progress = Progress(run, config, on_epoch, writes=world.leads)
    state = progress.restore()
    if state is not None:
        net.load_state_dict(state["net"])
        optimizer.load_state_dict(state["optimizer"])
        scaler.load_state_dict(state["scaler"])
        if average is not None:
            average.average.load_state_dict(state["model"])
    trainer = _Epochs(config, net, data, world, optimizer=optimizer, scaler=scaler, average=average)
    for epoch in range(progress.start, config.optim.epochs):
        if progress.plateau.exhausted(config.optim):
            break
        began = time.perf_counter()
        row = trainer.run(epoch, progress)
        judged = average.average if average is not None else net
        scores = validate(judged, data, config, world) if progress.validates(epoch) else {}
        progress.finish_epoch(
            epoch,
            {**row, "seconds": time.perf_counter() - began},
            scores,
            {
                "model": judged.state_dict(),
                "net": net.state_dict(),
                "optimizer": optimizer.state_dict(),
                "scaler": scaler.state_dict(),
            },
        )
        world.wait()


class _Epochs:
    """One pass over the training photos after the other."""

    def __init__(
        self,
        config: Config,
        net: LandmarkNet,
        data: PhotoData,
        world: World,
        *,
        optimizer: torch.optim.Optimizer,
        scaler: torch.amp.GradScaler,
        average: MovingAverage | None,
    ) -> None:
        self.config, self.net, self.data, self.world = config, net, data, world
        self.optimizer, self.scaler, self.average = optimizer, scaler, average
        self.precision = Precision.of(config.optim.mixed_precision, world.device)
        self.criterion = TrainingLoss(config.optim)
        truth = np.array([sample.landmark for sample in data.train])
        self.targets = targets_of(truth, data.landmarks, net.head.out_features)

    def run(self, epoch: int, progress: Progress) -> dict[str, float]:
        """Train one epoch and return its mean loss, its share of right guesses, and the size of its views."""
        config, world = self.config, self.world
        rng = np.random.default_rng((config.run.seed, 1_000_000 + epoch))
        torch.manual_seed(int(rng.integers(2**62)) + world.rank)  # dropout
        plan = EpochPlan.draw(
            len(self.data.train),
            config.optim.batch_size,
            rng,
            rank=world.rank,
            size=world.size,
            limit=config.run.max_batches,
        )
        model = self._prepared(epoch)
        spec = config.input
        size = training_size(epoch, spec.height, self.net.stride, config)
        wide = max(self.net.stride, round(size * spec.width / spec.height / self.net.stride) * self.net.stride)
        view = TrainTransform(InputSpec(size, wide, min(size, wide), spec.interpolation), config.augment)
        source = training_batches(
            self.data.train,
            self.targets,
            plan,
            view,
            seed=config.run.seed,
            epoch=epoch,
            threads=config.run.threads,
        )
        mixing = np.random.default_rng((config.run.seed, 2_000_000 + epoch, world.rank))
        steps, losses, right, seen = len(plan.rows), 0.0, 0, 0
        with tqdm(source, total=steps, desc=f"epoch {epoch + 1}", disable=None if world.leads else True) as bar:
            for step, (images, targets) in enumerate(bar):
                at = epoch * steps + step
                set_rates(self.optimizer, learning_share(at, steps, config.optim, progress.plateau))
                loss, hits = self._step(model, images, targets, mixing)
                if self.average is not None:
                    self.average.update(self.net, at)
                losses, right, seen = losses + loss, right + hits, seen + len(targets)
                bar.set_postfix(loss=f"{losses / (step + 1):.3f}", refresh=False)
        parts = world.gather((losses, right, seen))
        return {
            "train_loss": sum(part[0] for part in parts) / (steps * world.size),
            "train_top1": sum(part[1] for part in parts) / sum(part[2] for part in parts),
            "size": size,
        }

    def _prepared(self, epoch: int) -> nn.Module:
        """Thaw the epoch's stages and return what computes the logits: the network, or its distributed wrapper, which
        has to know the trained parameters."""
        stages = self.net.stages()
        thawed = trainable_stages(epoch, len(stages), self.config)
        for position, stage in enumerate(stages):
            stage.requires_grad_(position in thawed)
        self.net.train()
        for position, stage in enumerate(stages):
            if position not in thawed or not self.config.finetune.batch_norm:
                for module in stage.modules():
                    if isinstance(module, nn.modules.batchnorm._BatchNorm):
                        module.eval()
        if self.world.size == 1:
            return self.net
        devices = [self.world.device] if self.world.device.type == "cuda" else None
        return DistributedDataParallel(self.net, device_ids=devices, broadcast_buffers=False)

    def _step(self, model: nn.Module, images: Tensor, targets: Tensor, rng: np.random.Generator) -> tuple[float, int]:
        """One step down the gradient; returns the loss and how many first guesses were right (of the larger part, where
        photos are mixed)."""
        optim, device = self.config.optim, self.world.device
        mixed = mix(images, self.config.augment, rng)
        targets = targets.to(device)
        with self.precision.autocast():
            logits = model((images if mixed is None else mixed.images).to(device)).float()
        loss: Tensor = self.criterion(logits, targets)
        if mixed is not None:
            partners = targets[mixed.partner.to(device)]
            loss = mixed.share * loss + (1.0 - mixed.share) * self.criterion(logits, partners)
            targets = targets if mixed.share >= 0.5 else partners
        value = loss.item()
        if value - value != 0.0:
            raise TrainerError(
                "The loss is no number any more",
                "Lower optim.learning_rate, or set optim.clip_norm = 1, and start anew.",
            )
        self.optimizer.zero_grad()
        self.scaler.scale(loss).backward()
        if optim.clip_norm:
            self.scaler.unscale_(self.optimizer)
            nn.utils.clip_grad_norm_(self.net.parameters(), optim.clip_norm)
        self.scaler.step(self.optimizer)
        self.scaler.update()
        return value, int((logits.argmax(dim=1) == targets).sum())


def validate(net: LandmarkNet, data: PhotoData, config: Config, world: World) -> dict[str, float]:
    """Return the validation metrics of the network as it is used: on the photo as the app shows it, with all its views.
    The processes share the photos."""
    net.eval()
    transform = EvalTransform(config.input.spec())
    mine = range(world.rank, len(data.val), world.size)
    pictures = read_in_parallel(
        [data.val[index].path for index in mine], lambda _position, picture: transform(picture), config.run.threads
    )
    rows: list[tuple[int, Tensor]] = []
    with torch.inference_mode(), Precision.of(config.optim.mixed_precision, world.device).autocast():
        for positions, images in batches(pictures, min(32, config.optim.batch_size)):
            logits = net(torch.from_numpy(images).to(world.device)).float().cpu()
            rows.extend((mine[position], row) for position, row in zip(positions, logits, strict=True))
    everything = sorted((row for part in world.gather(rows) for row in part), key=lambda row: row[0])
    truth = np.array([data.val[index].landmark for index, _ in everything])
    return validation_scores(torch.stack([row for _, row in everything]), truth, data.landmarks)
