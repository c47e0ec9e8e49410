"""What a photo's own position says of a guess: it may confirm the landmark, or contradict it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from landmark_desktop.core.guess import Thresholds, Verdict, decide
from landmark_desktop.core.location import EARTH_RADIUS_KM, Landmark, Location, great_circle_km
from landmark_desktop.core.photo import PhotoFacts
from landmark_desktop.core.record import PhotoRecord

CONFLICT_KM: Final = 25.0
"""A camera farther from a landmark than this cannot have seen it, save for landmarks whose own radius is larger."""
NEAR_KM: Final = 1.0
"""How far a receiver in a street of high houses, or without sight of the sky, may be off."""


class Agreement(StrEnum):
    """What a position says of a landmark."""

    AGREES = "agrees"
    """The camera stood where people stand who take photos of it."""
    OPEN = "open"
    """Neither near nor far: a tower on the horizon, or another street of its city."""
    CONFLICTS = "conflicts"
    """Too far away: the guess is wrong, or the position is, or the photo shows a copy or a picture of it."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A photo's own position beside a landmark. ``distance_km`` is the great-circle distance."""

    distance_km: float
    agreement: Agreement


def limits_km(location: Location) -> tuple[float, float]:
    """Up to where a position agrees with a landmark, and from where on it conflicts with it."""
    radius = location.radius_m / 1000
    return radius + NEAR_KM, max(CONFLICT_KM, radius + NEAR_KM)


def compare(facts: PhotoFacts, landmark: Landmark | None) -> Comparison | None:
    """Compare a photo's own position with a landmark; None where one of the two has no position."""
    location = landmark.location if landmark is not None else None
    if location is None or facts.latitude is None or facts.longitude is None:
        return None
    distance = great_circle_km(facts.latitude, facts.longitude, location.latitude, location.longitude)
    near, far = limits_km(location)
    agreement = Agreement.AGREES if distance <= near else Agreement.CONFLICTS if distance > far else Agreement.OPEN
    return Comparison(distance, agreement)


def weigh(verdict: Verdict, agreement: Agreement | None) -> Verdict:
    """The verdict, with what the photo's own position says of its first guess.

    Where the model hesitates, a camera that stood at the very landmark settles it: by chance, a wrong first guess would
    name just this one of all landmarks once in as many photos as there are landmarks. A recognised landmark that is too
    far away is not believed without a person. ``none`` stays: that a camera stood at a landmark does not say that
    the photo shows it.
    """
    if verdict is Verdict.UNSURE and agreement is Agreement.AGREES:
        return Verdict.LANDMARK
    if verdict is Verdict.LANDMARK and agreement is Agreement.CONFLICTS:
        return Verdict.UNSURE
    return verdict


def distances_km(
    latitude_1: NDArray[np.float64],
    longitude_1: NDArray[np.float64],
    latitude_2: NDArray[np.float64],
    longitude_2: NDArray[np.float64],
) -> NDArray[np.float64]:
    """:func:`~.location.great_circle_km` of many pairs of points, degrees, shape [N] each; NaN where one is NaN."""
    phi_1, phi_2 = np.radians(latitude_1), np.radians(latitude_2)
    half_d_lambda = np.radians(longitude_2 - longitude_1) / 2
    h = np.sin((phi_2 - phi_1) / 2) ** 2 + np.cos(phi_1) * np.cos(phi_2) * np.sin(half_d_lambda) ** 2
    distances: NDArray[np.float64] = 2 * EARTH_RADIUS_KM * np.arcsin(np.minimum(1.0, np.sqrt(h)))
    return distances


def verdict_of(
    record: PhotoRecord, thresholds: Thresholds, landmarks: Mapping[str, Landmark]
) -> tuple[Verdict | None, Comparison | None]:
    """The verdict for a photo with everything known of it, and how its position compares with its first guess.

    None where the photo has no guesses yet, and where there is nothing to compare.
    """
    if record.guesses is None:
        return None, None
    first = record.guesses.first
    found = compare(record.photo.facts, landmarks.get(first.landmark_id) if first is not None else None)
    verdict = decide(record.guesses, thresholds)
    return weigh(verdict, found.agreement if found is not None else None), found
