"""Which novelty score a bundle ships: all candidates are judged on validation photos, by AUROC."""

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn

from trainer.config import NoveltyConfig
from trainer.errors import TrainerError
from trainer.metrics import NONE, Floats, Ints
from trainer.novelty.autoencoders import ConvAutoencoder, LinearAutoencoder
from trainer.novelty.combination import FOLDS, CombinedScore, area, cross_validated, fit_weights, mean_of
from trainer.novelty.scores import BackgroundScore, ConfidenceScore, EnergyScore, MaxLogitScore, PrototypeScore

KNOWN, IS_NONE, LEFT_OUT = 0, 1, 2
"""The groups of validation photos: of known landmarks, of none, of landmarks that were left out of training."""
JOIN = " + "
"""Between the names of a combination's parts."""
MapSource = Callable[[], Iterator[Tensor]]
"""Gives feature maps ``[n, D, h, w]`` by batch, in the photos' order; may be called again."""


@dataclass(frozen=True)
class Seen:
    """What the model saw in some photos: logits ``[N, K]``, embeddings ``[N, D]`` (not normalised), and their feature
    maps on demand (None where nobody looks at maps)."""

    logits: Tensor
    embeddings: Tensor
    maps: MapSource | None = None


@dataclass(frozen=True)
class Training:
    """The training photos that scores are fitted on: embeddings ``[N, D]`` as the app would see them, truth ``[N]``
    with ``NONE``, and the feature maps of some photos of landmarks on demand."""

    embeddings: Tensor
    truth: Ints
    maps: MapSource | None = None


@dataclass(frozen=True)
class NoveltyChoice:
    """The chosen score by name and module, and the AUROC of every candidate on the validation photos: against photos of
    none, and against photos of landmarks that were left out of training. A table is empty where there were no such
    photos. ``val`` and ``left_out`` are the chosen score of the photos it was judged on."""

    name: str
    score: nn.Module
    auroc: Mapping[str, float]
    auroc_left_out: Mapping[str, float]
    val: Floats
    left_out: Floats


def candidates(
    training: Training, landmarks: int, config: NoveltyConfig, *, background: bool, seed: int
) -> dict[str, nn.Module]:
    """Return the candidate scores by name; the background score only where the model has a background class, the
    convolutional autoencoder only where there are feature maps and ``autoencoder_photos`` is not 0."""
    of_landmarks = training.embeddings[torch.from_numpy(training.truth != NONE)]
    scores: dict[str, nn.Module] = {
        "confidence": ConfidenceScore(landmarks),
        "energy": EnergyScore(landmarks),
        "max_logit": MaxLogitScore(landmarks),
        "prototype": PrototypeScore.fit(training.embeddings, torch.from_numpy(training.truth), landmarks),
        "linear_autoencoder": LinearAutoencoder.fit(of_landmarks, config.components),
    }
    if background:
        scores = {"background": BackgroundScore(), **scores}
    if training.maps is not None and config.autoencoder_photos:
        scores["conv_autoencoder"] = ConvAutoencoder.fit(training.maps(), epochs=config.autoencoder_epochs, seed=seed)
    return scores


@torch.no_grad()
def score_photos(score: nn.Module, seen: Seen) -> Floats:
    """Return the scores ``[N]``. Feature maps are read batch by batch where the score looks at them."""
    if not needs_maps(score):
        values: Floats = score(seen.logits, seen.embeddings).double().numpy()
        return values
    if seen.maps is None:
        raise ValueError("this score needs feature maps")
    rows, start = [], 0
    for maps in seen.maps():
        end = start + len(maps)
        rows.append(score(seen.logits[start:end], seen.embeddings[start:end], maps))
        start = end
    if start != len(seen.logits):
        raise ValueError(f"{start} feature maps for {len(seen.logits)} photos")
    return torch.cat(rows).double().numpy() if rows else np.zeros(0)


def needs_maps(score: nn.Module) -> bool:
    """True if the score, or a part of it, looks at feature maps."""
    return any(isinstance(module, ConvAutoencoder) for module in score.modules())


def choose(
    scores: Mapping[str, nn.Module], val: Seen, truth: Ints, left_out: Seen, config: NoveltyConfig, *, seed: int
) -> NoveltyChoice:
    """Choose the score that best tells strangers from photos of known landmarks.

    Strangers are the validation photos of none and those of ``left_out``; ``config.judged_by`` says whether the AUROC
    against the one, the other, or the mean of both decides. Where one kind is missing, the other decides; where there
    are no strangers at all nothing can be judged, and the first candidate is taken. A combination of all candidates is
    one more candidate; it is judged by cross-validation and then fitted on all photos. ``config.score`` overrules.

    Raises:
        TrainerError: the configured score is no candidate of this run.
    """
    values = {
        name: np.concatenate([score_photos(score, val), score_photos(score, left_out)])
        for name, score in scores.items()
    }
    groups = np.concatenate([np.where(truth == NONE, IS_NONE, KNOWN), np.full(len(left_out.logits), LEFT_OUT)])
    matrix = np.stack(list(values.values()), axis=1)
    counts = np.bincount(groups, minlength=3)
    present = counts[counts > 0]
    combination = JOIN.join(scores)
    judged: dict[str, Floats] = dict(values)
    if len(scores) > 1 and len(present) > 1 and counts[KNOWN] and present.min() >= FOLDS:
        judged[combination] = cross_validated(matrix, groups, seed)
    tables = [
        {name: area(value, groups, kind) for name, value in judged.items()} if counts[kind] and counts[KNOWN] else {}
        for kind in (IS_NONE, LEFT_OUT)
    ]
    name = _named(config.score, combination, judged) or _best(list(judged), tables[0], tables[1], config)
    if name in scores:
        score, final = scores[name], values[name]
    else:
        weights = fit_weights(matrix, groups)
        score, final = CombinedScore(scores, torch.from_numpy(weights).float()), matrix @ weights
    none, unknown = ({key: float(np.round(value, 6)) for key, value in areas.items()} for areas in tables)
    return NoveltyChoice(name, score, none, unknown, final[: len(truth)], final[len(truth) :])


def _named(configured: str, combination: str, judged: Mapping[str, Floats]) -> str:
    """The configured score's name; "" where the best one is to be taken."""
    if configured == "auto":
        return ""
    name = combination if configured == "combination" else configured
    if name not in judged:
        raise TrainerError(
            f"The novelty score {configured!r} cannot be used in this run",
            f"Choose one of: auto, {', '.join(judged)}. A combination needs at least {FOLDS} validation photos of "
            "landmarks and of none; the background score needs training photos of none.",
        )
    return name


def _best(names: list[str], none: Mapping[str, float], left_out: Mapping[str, float], config: NoveltyConfig) -> str:
    if not none and not left_out:
        return names[0]

    def value(name: str) -> float:
        both = [none.get(name, math.nan), left_out.get(name, math.nan)]
        wanted = {"none": both[:1], "left_out": both[1:], "mean": both}[config.judged_by]
        found = mean_of(wanted)
        return mean_of(both) if math.isnan(found) else found

    return max(names, key=value)


def table(choice_name: str, none: Mapping[str, float], left_out: Mapping[str, float]) -> str:
    """Return the comparison as text for the terminal: one line a score, the best first, the chosen one marked."""
    rows = []
    for name in sorted(
        none or left_out, key=lambda name: -mean_of([none.get(name, math.nan), left_out.get(name, math.nan)])
    ):
        cells = [f"{values[name]:.4f}" if name in values else "–" for values in (none, left_out)]
        label = "combination of all" if JOIN in name else name
        rows.append(f"{'*' if name == choice_name else ' '} {label:<22}{cells[0]:>10}{cells[1]:>12}")
    if not rows:
        return f"* {choice_name} (no photos to compare scores on)"
    return "\n".join([f"  {'novelty score, AUROC':<22}{'none':>10}{'left out':>12}", *rows])


def restore(name: str, landmarks: int, state: Mapping[str, Tensor]) -> nn.Module:
    """Rebuild a chosen score from its name and state_dict.

    Raises:
        KeyError: no score of this name.
    """
    if JOIN in name:
        parts = {}
        for part in name.split(JOIN):
            prefix = f"parts.{part}."
            own = {key.removeprefix(prefix): value for key, value in state.items() if key.startswith(prefix)}
            parts[part] = restore(part, landmarks, own)
        return CombinedScore(parts, state["weights"])
    builders: dict[str, Callable[[], nn.Module]] = {
        "background": BackgroundScore,
        "confidence": lambda: ConfidenceScore(landmarks),
        "energy": lambda: EnergyScore(landmarks),
        "max_logit": lambda: MaxLogitScore(landmarks),
        "prototype": lambda: PrototypeScore(state["centre"], state["prototypes"]),
        "linear_autoencoder": lambda: LinearAutoencoder(state["mean"], state["basis"]),
        "conv_autoencoder": lambda: ConvAutoencoder.restore(state),
    }
    return builders[name]()
