"""Training, from a folder of photos to a finished model, readable from top to bottom.

The backbone is frozen, so training has two halves: the backbone's features of several views of every photo are
computed once (minutes) and kept in the run folder; then the head is trained on them (seconds). Every random
number comes from the seed and the position (epoch, view, photo), never from what happened before. That, and saving
the optimiser with the weights, is why ``--resume`` goes on bit for bit on the CPU.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from PIL import Image
from torch import Tensor
from torch.nn import functional
from tqdm import tqdm

from landmark_desktop.core.preprocess import UInt8Array
from trainer import novelty
from trainer.calibrate import choose_thresholds, fit_temperature
from trainer.checkpoint import TrainedModel, load_state, restore_net, save_state
from trainer.config import Config, to_table
from trainer.data import DataTree, Sample, evenly, landmark_id, worker_count
from trainer.errors import TrainerError
from trainer.features import Embedder, Features, Transform, cache_key, cached, embed_samples, make_embedder
from trainer.metrics import (
    NONE,
    Ints,
    expected_calibration_error,
    first_guess,
    mu_ap,
    recall_at_precision,
    top_k_accuracy,
)
from trainer.models import LandmarkNet, build_model
from trainer.optim import learning_rate
from trainer.prepare import examine, readable
from trainer.run import RunFolder, finite, write_json
from trainer.sources import tree_of
from trainer.transforms import EvalTransform, TrainTransform, view_rng

IGNORED = -100
"""The class that PyTorch's cross-entropy ignores."""
EpochHook = Callable[[Mapping[str, Any]], None]


@dataclass(frozen=True)
class TrainingData:
    """Everything the head is trained and judged on. ``views``: features ``[N, D]`` of each view; ``train_truth``
    and ``val_truth``: landmark indices or ``NONE``; ``val``: features of the validation photos as the app sees them;
    ``landmarks``: how many there are."""

    landmarks: int
    views: tuple[Features, ...]
    train_truth: Ints
    val: Features
    val_truth: Ints


def train(config: Config, folder: Path, on_epoch: EpochHook | None = None) -> TrainedModel:
    """Start a run in ``folder`` and train to the end. ``on_epoch`` is called with each epoch's metrics.

    Raises:
        TrainerError: the folder holds a run already, the photos are not usable, or something is not installed.
    """
    tree = tree_of(config.data)
    run = RunFolder.create(folder, config)
    report = examine(tree, ("train", "val"), config.run.threads)
    write_json(run.data_file, report.document)
    return _train(config, run, tree, report.unreadable, on_epoch)


def resume(folder: Path, on_epoch: EpochHook | None = None) -> TrainedModel:
    """Continue the run in ``folder`` where it stopped, with its own configuration.

    Raises:
        TrainerError: there is no run, or its photos are gone.
    """
    run, config = RunFolder.open(folder)
    tree = tree_of(config.data)
    report = examine(tree, ("train", "val"), config.run.threads)
    write_json(run.data_file, report.document)
    return _train(config, run, tree, report.unreadable, on_epoch)


def _train(
    config: Config, run: RunFolder, tree: DataTree, unreadable: frozenset[str], on_epoch: EpochHook | None
) -> TrainedModel:
    torch.manual_seed(config.run.seed)
    torch.set_num_threads(worker_count(config.run.threads))
    limit = config.run.max_batches * config.optim.batch_size
    train_samples = evenly(readable(tree, "train", unreadable), limit)
    val_samples = evenly(readable(tree, "val", unreadable), limit)
    if not any(sample.landmark != NONE for sample in val_samples):
        raise TrainerError(
            f"There are no validation photos of landmarks in {tree.root / 'val'}",
            "Move about a tenth of each landmark's photos from train/ to val/.",
        )
    classes = len(tree.folders) + tree.has_background
    net = build_model(config.model.name, config.model.options, classes, config.input.spec())
    data = compute_features(
        config, run, net, landmarks=len(tree.folders), train_samples=train_samples, val_samples=val_samples
    )
    best = fit_head(config, run, net, data, on_epoch)
    net = restore_net(config, net.head.out_features, best["model"])
    model = finish(config, tree.folders, net, data)
    model.save(run.model_file)
    write_json(run.path / "calibration.json", finite({**model.notes, "thresholds": to_table(model.thresholds)}))
    return model


def compute_features(
    config: Config,
    run: RunFolder,
    net: LandmarkNet,
    *,
    landmarks: int,
    train_samples: tuple[Sample, ...],
    val_samples: tuple[Sample, ...],
) -> TrainingData:
    """Compute the features that the run folder does not have yet."""
    spec = config.input.spec()
    model_key = (to_table(config.model), spec, config.features.engine, config.features.batch_size)
    root = Path(config.data.root)
    embedders: dict[bool, Embedder] = {}

    def compute(name: str, title: str, samples: tuple[Sample, ...], transform: Transform, *key: object) -> Features:
        single_view = samples is train_samples

        def embed() -> Features:
            if single_view not in embedders:
                embedders[single_view] = make_embedder(net, spec, config, single_view=single_view)
            return embed_samples(embedders[single_view], samples, transform, config, title=title)

        return cached(run.features / f"{name}.npy", cache_key(root, samples, *model_key, *key), embed)

    val = compute("val", "validation photos", val_samples, _plain(EvalTransform(spec)))
    views = []
    for low_resolution in _plain_resolutions(config, net):
        name = "train_plain" if low_resolution is None else f"train_{low_resolution}px"
        transform = _plain(EvalTransform(spec, low_resolution))
        views.append(compute(name, "training photos", train_samples, transform, low_resolution))
    random_view = TrainTransform(spec, config.augment)
    for view in range(config.features.views):

        def draw(index: int, picture: Image.Image, view: int = view) -> UInt8Array:
            return random_view(picture, view_rng(config.run.seed, view, index))

        title = f"random view {view + 1} of {config.features.views}"
        views.append(compute(f"train_{view:03d}", title, train_samples, draw, config.augment, config.run.seed))
    truth = [np.array([sample.landmark for sample in samples]) for samples in (train_samples, val_samples)]
    return TrainingData(landmarks, tuple(views), truth[0], val, truth[1])


def _plain(transform: EvalTransform) -> Transform:
    return lambda _index, picture: transform(picture)


def _plain_resolutions(config: Config, net: LandmarkNet) -> list[int | None]:
    """How the photos are reduced for the views that are not random: not at all, and as in the model's second view."""
    if not config.features.plain_views:
        return []
    return [None, net.second_view] if net.second_view else [None]


def fit_head(
    config: Config, run: RunFolder, net: LandmarkNet, data: TrainingData, on_epoch: EpochHook | None
) -> dict[str, Any]:
    """Train the head and return the best epoch's state. Continues from ``last.pt`` where there is one."""
    optimizer = torch.optim.AdamW(
        net.head.parameters(), lr=config.optim.learning_rate, weight_decay=config.optim.weight_decay
    )
    start = 0
    best_score = -1.0
    if run.last_file.exists():
        state = load_state(run.last_file)
        net.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        start, best_score = int(state["epoch"]) + 1, float(state["best_score"])
    run.keep_metrics_up_to(start - 1)
    targets = targets_of(data.train_truth, data.landmarks, net.head.out_features)
    bar = tqdm(range(start, config.optim.epochs), desc="epochs", unit="epoch", disable=None)
    for epoch in bar:
        began = time.perf_counter()
        loss = _train_epoch(config, net, optimizer, data, targets=targets, epoch=epoch)
        scores = validate(net, data)
        row = {"epoch": epoch, "train_loss": loss, **scores, "seconds": time.perf_counter() - began}
        bar.set_postfix(loss=f"{loss:.3f}", top1=f"{100 * scores['val_top1']:.1f} %")
        better = scores["val_mu_ap"] > best_score
        best_score = max(best_score, scores["val_mu_ap"])
        saved = {
            "epoch": epoch,
            "best_score": best_score,
            "scores": scores,
            "model": net.state_dict(),
            "optimizer": optimizer.state_dict(),
        }
        if better:
            save_state(run.best_file, saved)
        run.add_metrics(finite(row))
        # Last of all: an epoch counts as done only when everything else about it is on disk.
        save_state(run.last_file, saved)
        if on_epoch is not None:
            on_epoch(row)
    return load_state(run.best_file)


def targets_of(truth: Ints, landmarks: int, classes: int) -> Tensor:
    """Turn landmark indices into classes: photos without a landmark belong to the last class, the background. Where the
    model has none, they get the class that cross-entropy ignores."""
    background = classes - 1 if classes > landmarks else IGNORED
    return torch.from_numpy(np.where(truth == NONE, background, truth).astype(np.int64))


def _train_epoch(
    config: Config,
    net: LandmarkNet,
    optimizer: torch.optim.Optimizer,
    data: TrainingData,
    *,
    targets: Tensor,
    epoch: int,
) -> float:
    """One pass over the training photos in random order, each with one of its views; returns the mean loss."""
    rng = np.random.default_rng((config.run.seed, 1_000_000 + epoch))
    torch.manual_seed(int(rng.integers(2**62)))  # dropout
    order = rng.permutation(len(targets))
    view_of = rng.integers(len(data.views), size=len(targets))
    size = config.optim.batch_size
    steps = -(-len(order) // size)
    net.train()
    total = 0.0
    for step in range(steps):
        chosen = order[step * size : (step + 1) * size]
        rows = np.stack([data.views[view_of[index]][index] for index in chosen])
        for group in optimizer.param_groups:
            group["lr"] = learning_rate(epoch * steps + step, steps, config.optim)
        logits = net.classify(torch.from_numpy(rows))
        loss = functional.cross_entropy(
            logits, targets[torch.from_numpy(chosen)], label_smoothing=config.optim.label_smoothing
        )
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item() * len(chosen)
    return total / len(order)


@torch.inference_mode()
def validate(net: LandmarkNet, data: TrainingData) -> dict[str, float]:
    """Return the validation metrics of a head on cached features. Best is decided by ``val_mu_ap``, because it counts
    right answers and the silence on photos without a landmark together."""
    net.eval()
    truth = data.val_truth
    logits = net.classify(torch.from_numpy(np.array(data.val)))
    loss = float(functional.cross_entropy(logits, targets_of(truth, data.landmarks, net.head.out_features)))
    probabilities = torch.softmax(logits, dim=1)[:, : data.landmarks].numpy()
    guess, confidence = first_guess(probabilities)
    right = guess == truth
    shown = int((truth != NONE).sum())
    return {
        "val_loss": loss,
        "val_top1": top_k_accuracy(probabilities, truth, 1),
        "val_top5": top_k_accuracy(probabilities, truth, 5),
        "val_mu_ap": mu_ap(confidence, right, shown),
        "val_recall_at_99": recall_at_precision(confidence, right, shown),
    }


@torch.no_grad()
def finish(config: Config, folders: tuple[str, ...], net: LandmarkNet, data: TrainingData) -> TrainedModel:
    """Calibrate the trained model on the validation photos: temperature, novelty score, verdict thresholds."""
    landmarks = data.landmarks
    net.eval()
    val = torch.from_numpy(np.array(data.val))
    logits = net.classify(val)
    targets = targets_of(data.val_truth, landmarks, net.head.out_features)
    known = targets != IGNORED
    temperature = fit_temperature(logits[known], targets[known])
    scores = novelty.candidates(
        torch.from_numpy(np.array(data.views[0])),
        torch.from_numpy(data.train_truth),
        landmarks,
        background=net.head.out_features > landmarks,
    )
    choice = novelty.choose(scores, logits, val, data.val_truth)
    probabilities = torch.softmax(logits / temperature, dim=1)[:, :landmarks].numpy()
    novel = choice.score(logits, val).numpy()
    chosen = choose_thresholds(probabilities, novel, data.val_truth, config.calibration)
    guess, confidence = first_guess(probabilities)
    uncalibrated = first_guess(torch.softmax(logits, dim=1)[:, :landmarks].numpy())[1]
    right = guess == data.val_truth
    notes = {
        "temperature": temperature,
        "val_nll_before": float(functional.cross_entropy(logits, targets)),
        "val_nll_after": float(functional.cross_entropy(logits / temperature, targets)),
        "val_ece_before": expected_calibration_error(uncalibrated, right),
        "val_ece_after": expected_calibration_error(confidence, right),
        "novelty": choice.name,
        "novelty_auroc": choice.auroc,
        "val_photos": len(data.val_truth),
        "val_landmark_verdicts": chosen.landmark_verdicts,
        "val_landmark_verdicts_right": chosen.right,
        "val_background_photos": chosen.background,
        "val_background_with_landmark_verdict": chosen.background_accepted,
        "val_top1": top_k_accuracy(probabilities, data.val_truth, 1),
    }
    ids = tuple(landmark_id(folder) for folder in folders)
    return TrainedModel(config, folders, ids, net, temperature, chosen.thresholds, choice.name, choice.score, notes)
