"""Guesses, and the rule that turns them into a verdict."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from math import exp, log

BOLDNESS_LOGITS = 2.5
"""How far the slider's ends move the accept threshold, in units of log-odds."""


class Verdict(StrEnum):
    """What the engine concludes for a photo."""

    LANDMARK = "landmark"
    UNSURE = "unsure"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Guess:
    """A landmark with its calibrated confidence in [0, 1] for one photo."""

    landmark_id: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Guesses:
    """What the model says about one photo: top-k guesses, most confident first, and its novelty.

    ``novelty`` is higher the less the photo looks like any landmark; its scale is the bundle's own.
    """

    top: tuple[Guess, ...]
    novelty: float

    @property
    def first(self) -> Guess | None:
        """The most confident guess, or None where there is none."""
        return self.top[0] if self.top else None

    @property
    def margin(self) -> float:
        """Confidence of the first guess minus that of the second (0 where missing)."""
        first = self.top[0].confidence if self.top else 0.0
        second = self.top[1].confidence if len(self.top) > 1 else 0.0
        return first - second


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The bundle's operating point, chosen by the trainer on validation photos.

    ``accept``, ``reject`` and ``margin`` are confidences in [0, 1]; ``novelty_limit`` is on the bundle's
    novelty scale.

    Raises:
        ValueError: a confidence outside [0, 1], or ``reject`` above ``accept``.
    """

    accept: float
    reject: float
    margin: float
    novelty_limit: float

    def __post_init__(self) -> None:
        for name in ("accept", "reject", "margin"):
            value: float = getattr(self, name)
            if not 0.0 <= value <= 1.0:
                raise ValueError(f"threshold {name} must be in [0, 1], not {value}")
        if self.reject > self.accept:
            raise ValueError(f"reject threshold {self.reject} above accept threshold {self.accept}")
        if self.novelty_limit != self.novelty_limit:
            raise ValueError("novelty limit is not a number")

    def adjusted(self, boldness: float) -> "Thresholds":
        """Return the thresholds for the slider "cautious … bold".

        ``boldness`` in [-1, 1]: 0 keeps the bundle's choice; the accept threshold moves by
        ``BOLDNESS_LOGITS`` × boldness in log-odds, so that it never leaves [0, 1]. The reject threshold and
        the novelty limit stay: they say what is *no* landmark, which boldness does not change. A cautious slider never
        lowers the accept threshold and a bold one never raises it, not even where the bundle's is 0 or 1.
        """
        if boldness == 0.0:
            return self
        boldness = max(-1.0, min(1.0, boldness))
        clipped = min(1 - 1e-6, max(1e-6, self.accept))
        logit = log(clipped / (1 - clipped)) - BOLDNESS_LOGITS * boldness
        moved = 1 / (1 + exp(-logit))
        # Log-odds end at 0 and 1, where the clipped value alone would move the wrong way.
        accept = min(moved, self.accept) if boldness > 0 else max(moved, self.accept)
        return replace(self, accept=max(accept, self.reject))


def decide(guesses: Guesses, thresholds: Thresholds) -> Verdict:
    """Return the verdict for one photo.

    ``none`` when the novelty is above its limit or the confidence below the reject threshold;
    ``landmark`` when confidence and margin are large enough; ``unsure`` between.
    """
    first = guesses.first
    if first is None or guesses.novelty > thresholds.novelty_limit or first.confidence < thresholds.reject:
        return Verdict.NONE
    if first.confidence >= thresholds.accept and guesses.margin >= thresholds.margin:
        return Verdict.LANDMARK
    return Verdict.UNSURE


def top_k(landmark_ids: Sequence[str], probabilities: Sequence[float], k: int) -> tuple[Guess, ...]:
    """Return the ``k`` most probable landmarks, most probable first; ties keep the bundle's order."""
    order = sorted(range(len(landmark_ids)), key=lambda index: -probabilities[index])[:k]
    return tuple(Guess(landmark_ids[index], float(probabilities[index])) for index in order)
