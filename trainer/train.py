"""Training, from a folder of photos to a finished model: which photos, which of the two ways, and calibration.

A frozen backbone's features are computed once and only the head is trained (``trainer.head``); anything else goes
through the training loop (``trainer.loop``). Both go on bit for bit on the CPU after an interruption.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional

from trainer import novelty
from trainer.calibrate import fit_calibration
from trainer.checkpoint import TrainedModel, load_state, restore_net
from trainer.config import Config, load_config, to_table, to_toml
from trainer.data import DataTree, Sample, evenly, landmark_id, worker_count
from trainer.devices import World, joined_world
from trainer.errors import TrainerError
from trainer.head import TrainingData, compute_features, fit_head
from trainer.loop import PhotoData, fit
from trainer.loss import IGNORED, class_count, targets_of
from trainer.memory import Memory
from trainer.metrics import NONE, expected_calibration_error, first_guess, top_k_accuracy
from trainer.models import LandmarkNet, build_model
from trainer.novelty.maps import PhotoMaps, photo_maps
from trainer.prepare import examine, readable
from trainer.progress import EpochHook
from trainer.run import RunFolder, finite, write_json, write_text
from trainer.sources import tree_of
from trainer.thresholds import Answered, choose_thresholds


def train(config: Config, folder: Path, on_epoch: EpochHook | None = None) -> TrainedModel:
    """Start a run in ``folder`` and train to the end. ``on_epoch`` is called with each epoch's metrics.

    Raises:
        TrainerError: the folder holds a run already, the photos are not usable, or something is not installed.
    """
    tree = tree_of(config.data)
    with joined_world(config) as world:
        run = RunFolder.create(folder, config) if world.leads else RunFolder(folder)
        return _train(config, run, tree, world, on_epoch)


RECHOSEN = ("calibration", "memory", "novelty")
"""Sections of the configuration that decide nothing before the end of the training, so they may change later."""


def resume(folder: Path, on_epoch: EpochHook | None = None, overrides: Sequence[str] = ()) -> TrainedModel:
    """Continue the run in ``folder`` where it stopped, with its own configuration. A finished one is calibrated again.

    ``overrides`` (``section.key=value``) change what is chosen after the last epoch, see ``RECHOSEN``, and are kept in
    the run's configuration.

    Raises:
        TrainerError: there is no run, its photos are gone, or an override would change the training.
    """
    run, config = RunFolder.open(folder)
    for override in overrides:
        if override.split(".")[0] not in RECHOSEN:
            raise TrainerError(
                "A run is continued with its own configuration",
                f"Use --resume with --run, and with --set of {' and '.join(RECHOSEN)} only.",
            )
    if overrides:
        config = load_config(run.config_file, overrides)
        write_text(run.config_file, to_toml(config))
    tree = tree_of(config.data)
    with joined_world(config) as world:
        return _train(config, run, tree, world, on_epoch)


def _train(config: Config, run: RunFolder, tree: DataTree, world: World, on_epoch: EpochHook | None) -> TrainedModel:
    torch.manual_seed(config.run.seed)
    torch.set_num_threads(worker_count(config.run.threads))
    photos = _usable_photos(config, run, tree, world)
    classes = class_count(photos.landmarks, has_background=tree.has_background, config=config.optim)
    net = build_model(config.model.name, config.model.options, classes, config.input.spec())
    if net.frozen and world.size > 1:
        raise TrainerError(
            "A head on a frozen backbone is trained by one process", "Start landmark-trainer without torchrun."
        )
    if not net.frozen:
        fit(config, run, net, photos, world=world, on_epoch=on_epoch)
    if world.leads:
        model = _finished(config, run, tree, photos, net=net, on_epoch=on_epoch)
        model.save(run.model_file)
        write_json(run.path / "calibration.json", finite({**model.notes, "thresholds": to_table(model.thresholds)}))
    world.wait()
    return TrainedModel.load(run.model_file)


def _finished(
    config: Config,
    run: RunFolder,
    tree: DataTree,
    photos: PhotoData,
    *,
    net: LandmarkNet,
    on_epoch: EpochHook | None,
) -> TrainedModel:
    """Train the head of a frozen backbone, take the best epoch's weights, part the views, and calibrate."""
    left_out = tuple(Sample(path, NONE) for path in tree.left_out.get("val", ()))

    def features(net: LandmarkNet, views: int, weights: str = "") -> TrainingData:
        return compute_features(
            config,
            run,
            net,
            landmarks=photos.landmarks,
            train_samples=photos.train,
            val_samples=photos.val,
            left_out=left_out,
            views=views,
            weights=weights,
        )

    data = None
    if net.frozen:
        data = features(net, config.features.views)
        fit_head(config, run, net, data, on_epoch)
    best = load_state(run.best_file)
    net = restore_net(config, net.head.out_features, best["model"])
    shares = second_view_shares(config, photos, net.head.out_features)
    if net.second_view and bool((shares != 0.5).any()):
        net.part_views(shares)
        data = None
    if data is None:
        data = features(net, 0, f"epoch {best['epoch']} of seed {config.run.seed}, parted {net.parted}")
    maps = photo_maps(net, config, photos.train, photos.val, left_out)
    return finish(config, tree.folders, net, data, maps)


def second_view_shares(config: Config, photos: PhotoData, classes: int) -> torch.Tensor:
    """Return the second view's share in each class's logit ``[classes]``."""
    shares = torch.full((classes,), config.calibration.second_view_share)
    shares[sorted(photos.small)] = config.calibration.second_view_share_small
    return shares


def _usable_photos(config: Config, run: RunFolder, tree: DataTree, world: World) -> PhotoData:
    """Check every photo (the leading process does) and return those that can be read.

    Raises:
        TrainerError: there are no validation photos of landmarks.
    """
    found: tuple[frozenset[str], frozenset[int]] = frozenset(), frozenset()
    if world.leads:
        report = examine(tree, ("train", "val"), config.run.threads)
        write_json(run.data_file, report.document)
        found = report.unreadable, report.small_landmarks
    skipped, small = world.gather(found)[0]
    limit = config.run.max_batches * config.optim.batch_size * world.size
    train_samples = evenly(readable(tree, "train", skipped), limit)
    val_samples = evenly(readable(tree, "val", skipped), limit)
    if not any(sample.landmark != NONE for sample in val_samples):
        raise TrainerError(
            f"There are no validation photos of landmarks in {tree.root / 'val'}",
            "Move about a tenth of each landmark's photos from train/ to val/.",
        )
    return PhotoData(len(tree.folders), train_samples, val_samples, small)


@torch.no_grad()
def finish(
    config: Config, folders: tuple[str, ...], net: LandmarkNet, data: TrainingData, maps: PhotoMaps
) -> TrainedModel:
    """Let the trained model remember training photos, and calibrate it on the validation photos: temperature, novelty
    score, verdict thresholds."""
    landmarks = data.landmarks
    has_background = net.head.out_features > landmarks
    net.eval()
    val, left_out = (torch.from_numpy(np.array(rows)) for rows in (data.val, data.left_out))
    raw = net.classify(val)
    targets = targets_of(data.val_truth, landmarks, net.head.out_features)
    known = targets != IGNORED
    plain = _plain_views(config, net, data)
    memory, similarity = None, None
    if config.memory.dimensions:
        memory = _remember(config, plain, data, net.head.out_features)
        similarity = memory.similarity(val[known])
    calibration = fit_calibration(raw[known], targets[known], background=has_background, similarity=similarity)
    if memory is not None:
        memory.strength.fill_(calibration.temperature * calibration.memory)
        net.memory = memory
    if has_background:
        # The exported graph divides all logits by the temperature, so the correction of the background class can be
        # part of the head: (logit + T · bias) / T.
        net.head.bias[landmarks] += calibration.temperature * calibration.background_bias
    logits, logits_left_out = net.classify(val), net.classify(left_out)
    training = novelty.Training(plain, data.train_truth, maps.train)
    scores = novelty.candidates(training, landmarks, config.novelty, background=has_background, seed=config.run.seed)
    choice = novelty.choose(
        scores,
        novelty.Seen(logits, val, maps.val),
        data.val_truth,
        novelty.Seen(logits_left_out, left_out, maps.left_out),
        config.novelty,
        seed=config.run.seed,
    )
    both = torch.softmax(torch.cat((logits, logits_left_out)) / calibration.temperature, dim=1)[:, :landmarks].numpy()
    strangers = np.full(len(left_out), NONE)
    answered = Answered(
        both,
        np.concatenate((choice.val, choice.left_out)),
        np.concatenate((data.val_truth, strangers)),
        np.arange(len(both)) >= len(val),
    )
    chosen = choose_thresholds(answered, config.calibration, seed=config.run.seed)
    probabilities = both[: len(val)]
    guess, confidence = first_guess(probabilities)
    uncalibrated = first_guess(torch.softmax(raw, dim=1)[:, :landmarks].numpy())[1]
    right = guess == data.val_truth
    notes = {
        "temperature": calibration.temperature,
        "background_bias": calibration.background_bias,
        "memory": calibration.memory,
        "val_nll_before": float(functional.cross_entropy(raw, targets)),
        "val_nll_after": float(functional.cross_entropy(logits / calibration.temperature, targets)),
        "val_ece_before": expected_calibration_error(uncalibrated, right),
        "val_ece_after": expected_calibration_error(confidence, right),
        "novelty": choice.name,
        "novelty_auroc": dict(choice.auroc),
        "novelty_auroc_left_out": dict(choice.auroc_left_out),
        "val_photos": len(data.val_truth),
        "val_top1": top_k_accuracy(probabilities, data.val_truth, 1),
        **chosen.notes(),
    }
    ids = tuple(landmark_id(folder) for folder in folders)
    temperature = calibration.temperature
    return TrainedModel(config, folders, ids, net, temperature, chosen.thresholds, choice.name, choice.score, notes)


def _remember(config: Config, plain: torch.Tensor, data: TrainingData, classes: int) -> Memory:
    targets = targets_of(data.train_truth, data.landmarks, classes)
    size = config.memory
    return Memory.fit(plain, targets, classes, dimensions=size.dimensions, photos=size.photos)


def _plain_views(config: Config, net: LandmarkNet, data: TrainingData) -> torch.Tensor:
    """The training photos' embeddings as the app would see them: the mean of both views, where a head was trained on
    the two apart."""
    has_both = net.second_view > 0 and config.features.plain_views and len(data.views) > 1
    return torch.from_numpy(np.mean([data.views[0], data.views[1]], axis=0) if has_both else np.array(data.views[0]))
