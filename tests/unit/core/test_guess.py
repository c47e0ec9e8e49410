"""Guesses and the verdict rule, at every boundary."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from landmark_desktop.core.guess import BOLDNESS_LOGITS, Guess, Guesses, Thresholds, Verdict, decide, top_k

THRESHOLDS = Thresholds(accept=0.75, reject=0.25, margin=0.125, novelty_limit=1.5)
confidences = st.floats(0, 1)
boldnesses = st.floats(-1, 1)


@st.composite
def thresholds(draw: st.DrawFn) -> Thresholds:
    reject, accept = sorted((draw(confidences), draw(confidences)))
    return Thresholds(accept, reject, draw(confidences), draw(st.floats(allow_nan=False)))


def guesses(*confidences: float, novelty: float = 0.0) -> Guesses:
    return Guesses(tuple(Guess(f"landmark_{index}", value) for index, value in enumerate(confidences)), novelty)


@pytest.mark.parametrize("name", ["accept", "reject", "margin"])
@pytest.mark.parametrize("value", [-0.01, 1.01, math.nan, math.inf, -math.inf])
def test_thresholds_outside_the_confidences_are_refused(name: str, value: float) -> None:
    fields = {"accept": 1.0, "reject": 0.0, "margin": 0.1, "novelty_limit": 0.5} | {name: value}
    with pytest.raises(ValueError, match=rf"threshold {name} must be"):
        Thresholds(**fields)


def test_a_reject_threshold_above_the_accept_threshold_is_refused() -> None:
    with pytest.raises(ValueError, match="above accept"):
        Thresholds(accept=0.5, reject=0.50001, margin=0, novelty_limit=1)
    assert Thresholds(accept=0.5, reject=0.5, margin=0, novelty_limit=1).reject == 0.5


def test_a_novelty_limit_has_any_scale_but_is_a_number() -> None:
    assert Thresholds(1, 0, 0, novelty_limit=-40.0).novelty_limit == -40.0
    with pytest.raises(ValueError, match="not a number"):
        Thresholds(1, 0, 0, novelty_limit=math.nan)


@pytest.mark.parametrize(
    ("given_guesses", "verdict"),
    [
        (guesses(0.9, 0.05), Verdict.LANDMARK),
        (guesses(0.75, 0.0), Verdict.LANDMARK),  # accept is inclusive
        (guesses(math.nextafter(0.75, 0), 0.0), Verdict.UNSURE),
        (guesses(0.75, 0.625), Verdict.LANDMARK),  # so is the margin
        (guesses(0.75, math.nextafter(0.625, 1)), Verdict.UNSURE),
        (guesses(0.25), Verdict.UNSURE),  # reject is exclusive
        (guesses(math.nextafter(0.25, 0)), Verdict.NONE),
        (guesses(0.9, novelty=1.5), Verdict.LANDMARK),  # the novelty limit belongs to the known
        (guesses(0.9, novelty=math.nextafter(1.5, 2)), Verdict.NONE),
        (guesses(0.5, 0.5, novelty=9.0), Verdict.NONE),
        (guesses(0.9), Verdict.LANDMARK),  # a single guess has all of its confidence as margin
        (guesses(), Verdict.NONE),
        (guesses(0.0), Verdict.NONE),
    ],
)
def test_verdict_at_every_boundary(given_guesses: Guesses, verdict: Verdict) -> None:
    assert decide(given_guesses, THRESHOLDS) is verdict


@pytest.mark.parametrize(
    ("given_guesses", "first", "margin"),
    [(guesses(), None, 0.0), (guesses(0.5), 0.5, 0.5), (guesses(0.5, 0.375, 0.1), 0.5, 0.125)],
)
def test_first_guess_and_margin(given_guesses: Guesses, first: float | None, margin: float) -> None:
    assert (given_guesses.first.confidence if given_guesses.first else None) == first
    assert given_guesses.margin == margin


@given(thresholds())
def test_the_slider_in_the_middle_keeps_the_bundles_choice(chosen: Thresholds) -> None:
    assert chosen.adjusted(0.0) == chosen


@given(thresholds(), boldnesses, boldnesses)
def test_bolder_never_asks_for_more_confidence(chosen: Thresholds, a: float, b: float) -> None:
    cautious, bold = sorted((a, b))
    assert chosen.adjusted(bold).accept <= chosen.adjusted(cautious).accept


@given(thresholds(), boldnesses)
def test_the_slider_moves_only_the_accept_threshold_and_keeps_it_valid(chosen: Thresholds, boldness: float) -> None:
    adjusted = chosen.adjusted(boldness)
    assert (adjusted.reject, adjusted.margin, adjusted.novelty_limit) == (
        chosen.reject,
        chosen.margin,
        chosen.novelty_limit,
    )
    assert chosen.reject <= adjusted.accept <= 1.0


@pytest.mark.parametrize("boldness", [-1.0, -0.25, 0.5, 1.0])
def test_the_slider_moves_the_accept_threshold_in_log_odds(boldness: float) -> None:
    accept = Thresholds(0.8, 0.0, 0.1, 1.0).adjusted(boldness).accept
    assert math.log(accept / (1 - accept)) == pytest.approx(math.log(0.8 / 0.2) - BOLDNESS_LOGITS * boldness)


@pytest.mark.parametrize(("outside", "end"), [(-7.0, -1.0), (1.5, 1.0)])
def test_beyond_its_ends_the_slider_stands_at_the_end(outside: float, end: float) -> None:
    assert THRESHOLDS.adjusted(outside) == THRESHOLDS.adjusted(end)


def test_bold_stops_at_the_reject_threshold() -> None:
    assert Thresholds(0.5, 0.45, 0, 1).adjusted(1.0).accept == 0.45


def test_caution_never_lowers_a_threshold_of_one_and_boldness_never_raises_one_of_zero() -> None:
    assert Thresholds(1.0, 0.0, 0, 1).adjusted(-1.0).accept == 1.0
    assert Thresholds(0.0, 0.0, 0, 1).adjusted(1.0).accept == 0.0


def test_top_k_is_sorted_and_ties_keep_the_bundles_order() -> None:
    found = top_k(["a", "b", "c", "d"], [0.1, 0.4, 0.1, 0.4], 3)
    assert found == (Guess("b", 0.4), Guess("d", 0.4), Guess("a", 0.1))


@pytest.mark.parametrize(("k", "count"), [(0, 0), (1, 1), (3, 3), (99, 3)])
def test_top_k_gives_k_guesses_or_all(k: int, count: int) -> None:
    assert len(top_k(["a", "b", "c"], [0.2, 0.3, 0.1], k)) == count


def test_top_k_of_a_models_output_has_plain_numbers() -> None:
    (first,) = top_k(["a", "b"], np.array([0.25, 0.5], np.float32), 1)
    assert first == Guess("b", 0.5)
    assert type(first.confidence) is float


@given(st.lists(confidences, min_size=1, max_size=20))
def test_top_k_of_all_holds_every_landmark_once_most_probable_first(probabilities: list[float]) -> None:
    ids = [str(index) for index in range(len(probabilities))]
    found = top_k(ids, probabilities, len(ids))
    assert sorted(guess.landmark_id for guess in found) == sorted(ids)
    assert [guess.confidence for guess in found] == sorted(probabilities, reverse=True)
