"""Training, from a folder of photos to a finished model: which photos, which of the two ways, and calibration.

A frozen backbone's features are computed once and only the head is trained (``trainer.head``); anything else goes
through the training loop (``trainer.loop``). Both go on bit for bit on the CPU after an interruption.
"""

from pathlib import Path

import numpy as np
import torch
from torch.nn import functional

from trainer import novelty
from trainer.calibrate import choose_thresholds, fit_temperature
from trainer.checkpoint import TrainedModel, load_state, restore_net
from trainer.config import Config, to_table
from trainer.data import DataTree, Sample, evenly, landmark_id, worker_count
from trainer.devices import World, joined_world
from trainer.errors import TrainerError
from trainer.head import TrainingData, compute_features, fit_head
from trainer.loop import PhotoData, fit
from trainer.loss import IGNORED, class_count, targets_of
from trainer.metrics import NONE, expected_calibration_error, first_guess, top_k_accuracy
from trainer.models import LandmarkNet, build_model
from trainer.prepare import examine, readable
from trainer.progress import EpochHook
from trainer.run import RunFolder, finite, write_json
from trainer.sources import tree_of


def train(config: Config, folder: Path, on_epoch: EpochHook | None = None) -> TrainedModel:
    """Start a run in ``folder`` and train to the end. ``on_epoch`` is called with each epoch's metrics.

    Raises:
        TrainerError: the folder holds a run already, the photos are not usable, or something is not installed.
    """
    tree = tree_of(config.data)
    with joined_world(config) as world:
        run = RunFolder.create(folder, config) if world.leads else RunFolder(folder)
        return _train(config, run, tree, world, on_epoch)


def resume(folder: Path, on_epoch: EpochHook | None = None) -> TrainedModel:
    """Continue the run in ``folder`` where it stopped, with its own configuration.

    Raises:
        TrainerError: there is no run, or its photos are gone.
    """
    run, config = RunFolder.open(folder)
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
        data = _features(config, run, tree, photos, net)
        if net.frozen:
            fit_head(config, run, net, data, on_epoch)
            net = restore_net(config, classes, load_state(run.best_file)["model"])
        model = finish(config, tree.folders, net.cpu(), data)
        model.save(run.model_file)
        write_json(run.path / "calibration.json", finite({**model.notes, "thresholds": to_table(model.thresholds)}))
    world.wait()
    return TrainedModel.load(run.model_file)


def _usable_photos(config: Config, run: RunFolder, tree: DataTree, world: World) -> PhotoData:
    """Check every photo (the leading process does) and return those that can be read.

    Raises:
        TrainerError: there are no validation photos of landmarks.
    """
    unreadable: frozenset[str] | None = None
    if world.leads:
        report = examine(tree, ("train", "val"), config.run.threads)
        write_json(run.data_file, report.document)
        unreadable = report.unreadable
    skipped = world.gather(unreadable)[0] or frozenset()
    limit = config.run.max_batches * config.optim.batch_size * world.size
    train_samples = evenly(readable(tree, "train", skipped), limit)
    val_samples = evenly(readable(tree, "val", skipped), limit)
    if not any(sample.landmark != NONE for sample in val_samples):
        raise TrainerError(
            f"There are no validation photos of landmarks in {tree.root / 'val'}",
            "Move about a tenth of each landmark's photos from train/ to val/.",
        )
    return PhotoData(len(tree.folders), train_samples, val_samples)


def _features(config: Config, run: RunFolder, tree: DataTree, photos: PhotoData, net: LandmarkNet) -> TrainingData:
    """The embeddings that calibration needs and, for a frozen backbone, that the head is trained on. A trained network
    first takes the best epoch's weights."""
    weights = ""
    if not net.frozen:
        best = load_state(run.best_file)
        net.load_state_dict(best["model"])
        net.cpu().eval()
        weights = f"epoch {best['epoch']} of seed {config.run.seed}"
    return compute_features(
        config,
        run,
        net,
        landmarks=photos.landmarks,
        train_samples=photos.train,
        val_samples=photos.val,
        left_out=tuple(Sample(path, NONE) for path in tree.left_out.get("val", ())),
        views=config.features.views if net.frozen else 0,
        weights=weights,
    )


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
