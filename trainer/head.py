"""Training a head on a frozen backbone: the backbone's features of several views of every photo are computed once
(minutes) and kept in the run folder; then the head is trained on them (seconds)."""

import functools
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch import Tensor
from tqdm import tqdm

from landmark_desktop.core.preprocess import UInt8Array
from trainer.config import Config, to_table
from trainer.data import Sample
from trainer.features import Embedding, Features, Transform, cache_key, cached, compute_all, in_engine
from trainer.loss import TrainingLoss, targets_of
from trainer.metrics import Ints
from trainer.models import LandmarkNet
from trainer.optim import Plateau, learning_share, make_optimizer, set_rates
from trainer.progress import EpochHook, Progress
from trainer.run import RunFolder
from trainer.transforms import EvalTransform, TrainTransform, view_rng
from trainer.validation import validation_scores


@dataclass(frozen=True)
class TrainingData:
    """Embeddings that a head is trained and judged on. ``views``: features ``[N, D]`` of each view, the first one
    plain; ``train_truth`` and ``val_truth``: landmark indices or ``NONE``; ``val``: features of the validation photos
    as the app sees them; ``left_out``: the same of the validation photos of landmarks that were left out of training,
    ``[M, D]`` (M may be 0); ``landmarks``: how many there are."""

    landmarks: int
    views: tuple[Features, ...]
    train_truth: Ints
    val: Features
    val_truth: Ints
    left_out: Features


def compute_features(
    config: Config,
    run: RunFolder,
    net: LandmarkNet,
    *,
    landmarks: int,
    train_samples: tuple[Sample, ...],
    val_samples: tuple[Sample, ...],
    left_out: tuple[Sample, ...],
    views: int,
    weights: str = "",
) -> TrainingData:
    """Compute the features that the run folder does not have yet: plain ones of all photos, and ``views`` random views
    of the training photos. Without random views the training photos are looked at as in use. ``weights`` identifies the
    backbone's weights where they are not those it is built with."""
    spec = config.input.spec()
    model_key = (to_table(config.model), spec, config.features.engine, config.features.batch_size, weights)
    root = Path(config.data.root)
    embedding = functools.cache(lambda single_view: in_engine(Embedding(net, single_view), config))

    def compute(name: str, title: str, samples: tuple[Sample, ...], transform: Transform, *key: object) -> Features:
        single_view = samples is train_samples and views > 0

        def embed() -> Features:
            return compute_all(embedding(single_view), samples, transform, config, title=title)

        return cached(run.features / f"{name}.npy", cache_key(root, samples, *model_key, *key), embed)

    val = compute("val", "validation photos", val_samples, _plain(EvalTransform(spec)))
    strangers = np.zeros((0, net.embedding_size), dtype=np.float32)
    if left_out:
        strangers = compute("left_out", "left-out landmarks", left_out, _plain(EvalTransform(spec)))
    rows = []
    for low_resolution in _plain_resolutions(config, net) if views else [None]:
        name = "train_plain" if low_resolution is None else f"train_{low_resolution}px"
        transform = _plain(EvalTransform(spec, low_resolution))
        rows.append(compute(name, "training photos", train_samples, transform, low_resolution))
    random_view = TrainTransform(spec, config.augment)
    for view in range(views):

        def draw(index: int, picture: Image.Image, view: int = view) -> UInt8Array:
            return random_view(picture, view_rng(config.run.seed, view, index))

        title = f"random view {view + 1} of {views}"
        rows.append(compute(f"train_{view:03d}", title, train_samples, draw, config.augment, config.run.seed))
    truth = [np.array([sample.landmark for sample in samples]) for samples in (train_samples, val_samples)]
    return TrainingData(landmarks, tuple(rows), truth[0], val, truth[1], strangers)


def _plain(transform: EvalTransform) -> Transform:
    return lambda _index, picture: transform(picture)


def _plain_resolutions(config: Config, net: LandmarkNet) -> list[int | None]:
    """How the photos are reduced for the views that are not random: not at all, and as in the model's second view."""
    if not config.features.plain_views:
        return []
    return [None, net.second_view] if net.second_view else [None]


def fit_head(config: Config, run: RunFolder, net: LandmarkNet, data: TrainingData, on_epoch: EpochHook | None) -> None:
    """Train the head; the best epoch's state is in the run's ``best.pt``. Continues from ``last.pt`` where there is
    one."""
    optimizer = make_optimizer(net, config)
    progress = Progress(run, config, on_epoch)
    state = progress.restore()
    if state is not None:
        net.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
    targets = targets_of(data.train_truth, data.landmarks, net.head.out_features)
    bar = tqdm(range(progress.start, config.optim.epochs), desc="epochs", unit="epoch", disable=None)
    for epoch in bar:
        if progress.plateau.exhausted(config.optim):
            break
        began = time.perf_counter()
        loss = _train_epoch(config, net, optimizer, data, targets=targets, epoch=epoch, plateau=progress.plateau)
        scores = validate(net, data) if progress.validates(epoch) else {}
        bar.set_postfix(loss=f"{loss:.3f}", top1=f"{100 * scores.get('val_top1', float('nan')):.1f} %")
        progress.finish_epoch(
            epoch,
            {"train_loss": loss, "seconds": time.perf_counter() - began},
            scores,
            {"model": net.state_dict(), "optimizer": optimizer.state_dict()},
        )


def _train_epoch(
    config: Config,
    net: LandmarkNet,
    optimizer: torch.optim.Optimizer,
    data: TrainingData,
    *,
    targets: Tensor,
    epoch: int,
    plateau: Plateau,
) -> float:
    """One pass over the training photos in random order, each with one of its views; returns the mean loss."""
    rng = np.random.default_rng((config.run.seed, 1_000_000 + epoch))
    torch.manual_seed(int(rng.integers(2**62)))  # dropout
    order = rng.permutation(len(targets))
    view_of = rng.integers(len(data.views), size=len(targets))
    size = config.optim.batch_size
    steps = -(-len(order) // size)
    criterion = TrainingLoss(config.optim)
    net.train()
    total = 0.0
    for step in range(steps):
        chosen = order[step * size : (step + 1) * size]
        rows = np.stack([data.views[view_of[index]][index] for index in chosen])
        set_rates(optimizer, learning_share(epoch * steps + step, steps, config.optim, plateau))
        loss = criterion(net.classify(torch.from_numpy(rows)), targets[torch.from_numpy(chosen)])
        optimizer.zero_grad()
        loss.backward()
        if config.optim.clip_norm:
            torch.nn.utils.clip_grad_norm_(net.head.parameters(), config.optim.clip_norm)
        optimizer.step()
        total += loss.item() * len(chosen)
    return total / len(order)


@torch.inference_mode()
def validate(net: LandmarkNet, data: TrainingData) -> dict[str, float]:
    """Return the validation metrics of a head on cached features."""
    net.eval()
    return validation_scores(net.classify(torch.from_numpy(np.array(data.val))), data.val_truth, data.landmarks)
