"""Choose the thresholds of the verdict. On validation photos only."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from landmark_desktop.core.guess import Guess, Guesses, Thresholds, Verdict, decide
from trainer.config import CalibrationConfig
from trainer.metrics import NONE, Floats, Ints, first_guess

Mask = npt.NDArray[np.bool_]

MARGINS = (0.0, 0.05, 0.1, 0.2, 0.3, 0.5)
NO_LIMIT = 1e9
"""A novelty limit that no photo reaches (JSON has no infinity)."""
FOLDS = 5


def guesses_of(probabilities: Floats, novelty: Floats) -> list[Guesses]:
    """Return the first two guesses and the novelty of every photo, as the verdict rule takes them; ids are the
    landmarks' indices as text."""
    order = np.argsort(-probabilities, axis=1, kind="stable")[:, :2]
    return [
        Guesses(tuple(Guess(str(index), float(row[index])) for index in top), float(novel))
        for row, top, novel in zip(probabilities, order, novelty, strict=True)
    ]


def verdicts_of(guesses: Sequence[Guesses], thresholds: Thresholds) -> list[Verdict]:
    """Return the app's verdict for every photo."""
    return [decide(guess, thresholds) for guess in guesses]


@dataclass(frozen=True)
class Answered:
    """What the model answered for validation photos, and the truth: ``probabilities`` ``[N, C]``, ``novelty`` ``[N]``,
    ``truth`` ``[N]`` with ``NONE``; ``left_out`` ``[N]`` is True for photos of landmarks that were left out of
    training (their truth is ``NONE``: no answer is right)."""

    probabilities: Floats
    novelty: Floats
    truth: Ints
    left_out: Mask

    def __getitem__(self, chosen: Ints | Mask) -> "Answered":
        """The photos that ``chosen`` (positions or a mask) picks."""
        return Answered(self.probabilities[chosen], self.novelty[chosen], self.truth[chosen], self.left_out[chosen])

    @cached_property
    def guesses(self) -> list[Guesses]:
        """As the verdict rule takes them."""
        return guesses_of(self.probabilities, self.novelty)

    def accepted(self, thresholds: Thresholds) -> Mask:
        """A mask ``[N]`` of the photos with the verdict ``landmark``."""
        verdicts = verdicts_of(self.guesses, thresholds)
        return np.array([verdict is Verdict.LANDMARK for verdict in verdicts], dtype=bool)


@dataclass(frozen=True, slots=True)
class VerdictCounts:
    """Photos with the verdict ``landmark``, and how many of them are ``right``; then of photos of known landmarks, of
    none, and of left-out landmarks: how many there are, and for strangers how many got the verdict."""

    landmark_verdicts: int = 0
    right: int = 0
    known: int = 0
    background: int = 0
    background_accepted: int = 0
    left_out: int = 0
    left_out_accepted: int = 0

    @property
    def known_verdicts(self) -> int:
        """Photos with the verdict, those of left-out landmarks not counted: what precision is a share of."""
        return self.landmark_verdicts - self.left_out_accepted

    def __add__(self, other: "VerdictCounts") -> "VerdictCounts":
        """Add up two disjoint sets of photos."""
        names = self.__slots__
        return VerdictCounts(**{name: getattr(self, name) + getattr(other, name) for name in names})


@dataclass(frozen=True, slots=True)
class ThresholdReport:
    """The chosen thresholds and what they do: ``seen`` on the photos they were chosen on, ``held_out`` on photos that
    they were not chosen on, by cross-validation (all 0 where there are too few). ``proven`` is False where no accept
    threshold could be shown to keep the limits, and one above every mistake seen was taken."""

    thresholds: Thresholds
    proven: bool
    seen: VerdictCounts
    held_out: VerdictCounts

    def notes(self) -> dict[str, Any]:
        """What the run, the bundle and the model card keep of it."""
        return {
            "val_landmark_verdicts": self.seen.landmark_verdicts,
            "val_landmark_verdicts_right": self.seen.right,
            "val_background_photos": self.seen.background,
            "val_background_with_landmark_verdict": self.seen.background_accepted,
            "val_left_out_photos": self.seen.left_out,
            "val_left_out_with_landmark_verdict": self.seen.left_out_accepted,
            "limits_proven": self.proven,
            "cross_validated": asdict(self.held_out),
        }


def verdict_text(notes: Mapping[str, Any]) -> str:
    """Return :meth:`ThresholdReport.notes` as text for the terminal."""
    lines = [
        f"verdict landmark: {notes['val_landmark_verdicts_right']} of "
        f"{notes['val_landmark_verdicts'] - notes['val_left_out_with_landmark_verdict']} right; "
        f"{notes['val_background_with_landmark_verdict']} of {notes['val_background_photos']} photos of none got it"
    ]
    if notes["val_left_out_photos"]:
        lines[0] += (
            f", {notes['val_left_out_with_landmark_verdict']} of {notes['val_left_out_photos']} of left-out landmarks"
        )
    held_out = VerdictCounts(**notes["cross_validated"])
    if held_out.known_verdicts:
        lines.append(
            f"on photos the thresholds were not chosen on: {held_out.right} of {held_out.known_verdicts} right, "
            f"of {held_out.known} photos of landmarks; {held_out.background_accepted} of {held_out.background} "
            f"photos of none got it, {held_out.left_out_accepted} of {held_out.left_out} of left-out landmarks"
        )
    if not notes["limits_proven"]:
        lines.append(
            "The limits of [calibration] could not be shown on these validation photos; the accept threshold is above "
            "every mistake seen. More validation photos, or a lower calibration.confidence, allow more."
        )
    return "\n".join(lines)


def choose_thresholds(photos: Answered, config: CalibrationConfig, *, seed: int = 0) -> ThresholdReport:
    """Choose the thresholds that give most right landmarks the verdict ``landmark`` within the configured limits.

    First the novelty limit and the reject threshold, each where it costs at most ``max_right_lost`` of the right
    guesses. Then, for several margins, the lowest accept threshold at which the limits hold *with confidence*: a share
    counts as below its limit if as few cases as were seen would have a probability of at most 1 - ``confidence`` were
    the share at the limit (the one-sided interval of Clopper and Pearson 1934, doi:10.1093/biomet/26.4.404). Limited
    are the wrong answers among photos with the verdict, those of none included; the photos of none that get it; and the
    photos of left-out landmarks that get it, which count nowhere else. Because the best of many thresholds is taken,
    the confidence is not exact; the cross-validation in the report shows what the choice is worth on other photos.

    Where the photos are too few, or the model not good enough, to show the limits with confidence, the accept threshold
    is above every mistake seen. It is never below ``min_accept``.
    """
    thresholds, proven = _choose(photos, config)
    return ThresholdReport(thresholds, proven, _count(photos, thresholds), _cross_validate(photos, config, seed))


def _choose(photos: Answered, config: CalibrationConfig) -> tuple[Thresholds, bool]:
    guess, confidence = first_guess(photos.probabilities)
    right = (guess == photos.truth) & (photos.truth != NONE)
    novelty_limit = _upper_quantile(photos.novelty[right], config.max_right_lost)
    reject = max(0.0, -_upper_quantile(-confidence[right], config.max_right_lost)) if right.any() else 0.0
    for proven in (True, False):
        best: tuple[int, Thresholds] | None = None
        for margin in MARGINS:
            passed = photos.accepted(Thresholds(0.0, 0.0, margin, novelty_limit))
            accept = _lowest_accept(photos, confidence, passed, right, config, proven=proven)
            if accept is None:
                continue
            accept = max(accept, config.min_accept)
            count = int((passed & right & (confidence >= accept)).sum())
            if best is None or count > best[0]:
                best = count, Thresholds(accept, min(reject, accept), margin, novelty_limit)
        if best is not None:
            return best[1], proven
    # Where every threshold lets a mistake pass, only certainty is accepted.
    return Thresholds(1.0, reject, 0.0, novelty_limit), False


def _upper_quantile(values: Floats, share: float) -> float:
    """The smallest of ``values`` that at most ``share`` of them exceed; ``NO_LIMIT`` without values."""
    if len(values) == 0:
        return NO_LIMIT
    ordered = np.sort(values)
    return float(ordered[len(ordered) - 1 - int(share * len(ordered))])


def _lowest_accept(
    photos: Answered, confidence: Floats, passed: Mask, right: Mask, config: CalibrationConfig, *, proven: bool
) -> float | None:
    """The lowest confidence at which all limits hold: with the configured confidence if ``proven``, else with no
    mistake at all; or None. ``passed`` says which photos would be accepted at a threshold of 0."""
    positions = np.flatnonzero(passed)
    positions = positions[np.argsort(-confidence[positions], kind="stable")]
    none = (photos.truth == NONE) & ~photos.left_out
    ordered = confidence[positions]
    ordered_left_out = photos.left_out[positions]
    wrong = np.cumsum(~right[positions] & ~ordered_left_out)
    left_out_accepted = np.cumsum(ordered_left_out)
    # Equal confidences cannot be told apart: only the last of them is a possible end.
    holds = np.append(np.diff(ordered) != 0, True) if len(ordered) else np.zeros(0, dtype=bool)
    if not proven:
        ends = np.flatnonzero(holds & (wrong == 0) & (left_out_accepted == 0))
        return _between(ordered, int(ends[-1])) if len(ends) else None
    every = np.ones(len(ordered), dtype=int)
    shares = [(wrong, np.cumsum(~ordered_left_out), 1.0 - config.target_precision)]
    # The first share needs photos to be shown; the others have no limit to keep where there are no such photos.
    if none.any():
        shares.append((np.cumsum(none[positions]), int(none.sum()) * every, config.max_background))
    if photos.left_out.any():
        shares.append((left_out_accepted, int(photos.left_out.sum()) * every, config.max_left_out))
    for cases, total, limit in shares:
        holds &= cases < limit * total  # the quick part of the test
    for end in np.flatnonzero(holds)[::-1].tolist():
        if all(
            surely_below(int(cases[end]), int(total[end]), limit, config.confidence) for cases, total, limit in shares
        ):
            return _between(ordered, end)
    return None


def _between(ordered: Floats, end: int) -> float:
    """A threshold that the first ``end + 1`` of falling confidences pass: half way to the first one that must not, so
    that neither of the two decides alone."""
    this = float(ordered[end])
    return this if end + 1 == len(ordered) else (this + float(ordered[end + 1])) / 2


def surely_below(cases: int, photos: int, limit: float, confidence: float) -> bool:
    """True if a share of ``limit`` would show as few as ``cases`` among ``photos`` with a probability of at most
    1 - ``confidence``, so that the true share is below the limit with that confidence."""
    if cases >= limit * photos:
        return False  # also where there are no photos
    log_p, log_q = math.log(limit), math.log1p(-limit)
    log_choose = 0.0
    total = 0.0
    for hits in range(cases + 1):
        if hits:
            log_choose += math.log(photos - hits + 1) - math.log(hits)
        total += math.exp(log_choose + hits * log_p + (photos - hits) * log_q)
        if total > 1.0 - confidence:
            return False
    return True


def _count(photos: Answered, thresholds: Thresholds) -> VerdictCounts:
    accepted = photos.accepted(thresholds)
    guess, _ = first_guess(photos.probabilities)
    strangers = photos.truth == NONE
    none = strangers & ~photos.left_out
    return VerdictCounts(
        landmark_verdicts=int(accepted.sum()),
        right=int((accepted & (guess == photos.truth) & ~strangers).sum()),
        known=int((~strangers).sum()),
        background=int(none.sum()),
        background_accepted=int((accepted & none).sum()),
        left_out=int(photos.left_out.sum()),
        left_out_accepted=int((accepted & photos.left_out).sum()),
    )


def _cross_validate(photos: Answered, config: CalibrationConfig, seed: int) -> VerdictCounts:
    """What thresholds do to photos they were not chosen on: chosen on four parts of five, counted on the fifth, five
    times. Nothing where there are fewer photos than parts."""
    count = len(photos.truth)
    if count < FOLDS:
        return VerdictCounts()
    fold = np.empty(count, dtype=int)
    rng = np.random.default_rng(seed)
    kind = np.where(photos.left_out, 2, np.where(photos.truth == NONE, 1, 0))
    start = 0
    for group in range(3):
        members = rng.permutation(np.flatnonzero(kind == group))
        fold[members] = (np.arange(len(members)) + start) % FOLDS
        start += len(members)
    total = VerdictCounts()
    for part in range(FOLDS):
        thresholds, _ = _choose(photos[fold != part], config)
        total += _count(photos[fold == part], thresholds)
    return total
