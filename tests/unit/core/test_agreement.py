"""A photo's own position confirms a guess, contradicts it, or says nothing of it."""

from pathlib import Path

import pytest

from landmark_desktop.core.agreement import Agreement, compare, verdict_of, weigh
from landmark_desktop.core.guess import Guess, Guesses, Thresholds, Verdict
from landmark_desktop.core.location import Landmark, Location
from landmark_desktop.core.photo import FileIdentity, Photo, PhotoFacts
from landmark_desktop.core.record import PhotoRecord

TOWER = Landmark("tower", "Tower", location=Location("Tower", 48.85837, 2.29448, 2500.0))
VOLCANO = Landmark("volcano", "Volcano", location=Location("Volcano", 20.7097, -156.2533, 40_000.0))
DEGREE_KM = 111.195
"""One degree of latitude on the mean Earth."""


def facts_at(landmark: Landmark, north_km: float) -> PhotoFacts:
    """Facts of a photo taken so far north of a landmark."""
    assert landmark.location is not None
    return PhotoFacts(latitude=landmark.location.latitude + north_km / DEGREE_KM, longitude=landmark.location.longitude)


@pytest.mark.parametrize(
    ("landmark", "north_km", "expected"),
    [
        (TOWER, 0.0, Agreement.AGREES),
        (TOWER, 3.4, Agreement.AGREES),
        (TOWER, 3.6, Agreement.OPEN),
        (TOWER, -24.9, Agreement.OPEN),
        (TOWER, 25.1, Agreement.CONFLICTS),
        (TOWER, -5000.0, Agreement.CONFLICTS),
        (VOLCANO, 30.0, Agreement.AGREES),
        (VOLCANO, 42.0, Agreement.CONFLICTS),
    ],
)
def test_distance_decides(landmark: Landmark, north_km: float, expected: Agreement) -> None:
    found = compare(facts_at(landmark, north_km), landmark)
    assert found is not None
    assert found.agreement is expected
    assert found.distance_km == pytest.approx(abs(north_km), rel=1e-3, abs=1e-6)


@pytest.mark.parametrize("landmark", [None, Landmark("x", "Nowhere")])
def test_without_two_positions_there_is_nothing_to_compare(landmark: Landmark | None) -> None:
    assert compare(facts_at(TOWER, 0), landmark) is None
    assert compare(PhotoFacts(), TOWER) is None


@pytest.mark.parametrize(
    ("verdict", "agreement", "expected"),
    [
        (Verdict.UNSURE, Agreement.AGREES, Verdict.LANDMARK),
        (Verdict.LANDMARK, Agreement.CONFLICTS, Verdict.UNSURE),
        (Verdict.NONE, Agreement.AGREES, Verdict.NONE),
        (Verdict.NONE, Agreement.CONFLICTS, Verdict.NONE),
        *[(verdict, Agreement.OPEN, verdict) for verdict in Verdict],
        *[(verdict, None, verdict) for verdict in Verdict],
    ],
)
def test_agreement_raises_trust_and_conflict_lowers_it(
    verdict: Verdict, agreement: Agreement | None, expected: Verdict
) -> None:
    assert weigh(verdict, agreement) is expected


@pytest.mark.parametrize(
    ("confidence", "north_km", "expected"),
    [(0.5, 1.0, Verdict.LANDMARK), (0.95, 300.0, Verdict.UNSURE), (0.01, 1.0, Verdict.NONE)],
)
def test_the_first_guess_is_the_one_that_is_compared(confidence: float, north_km: float, expected: Verdict) -> None:
    guesses = Guesses((Guess("tower", confidence), Guess("volcano", 0.0)), 0.0)
    photo = Photo(1, Path("a.jpg"), FileIdentity(1, 1), facts_at(TOWER, north_km))
    landmarks = {landmark.id: landmark for landmark in (TOWER, VOLCANO)}
    thresholds = Thresholds(accept=0.9, reject=0.1, margin=0.2, novelty_limit=1.0)
    verdict, found = verdict_of(PhotoRecord(photo, guesses), thresholds, landmarks)
    assert verdict is expected
    assert found is not None
    assert verdict_of(PhotoRecord(photo), thresholds, landmarks) == (None, None)
    assert verdict_of(PhotoRecord(photo, guesses), thresholds, {})[1] is None
