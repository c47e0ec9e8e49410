"""The description of a bundle: every key, type and value is checked, and the refusal names it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from landmark_desktop.core.bundle import MANIFEST_NAME, Bundle, load_bundle
from landmark_desktop.core.preprocess import InputSpec
from tests.bundles import write_bundle
from tests.unit.core.helpers import DOCUMENT, LOCATION, MODEL, Place, at, refused, rewrite, with_value, without


def places(value: object, place: Place = ()) -> Iterator[Place]:
    """Where every value of a JSON document is, free-form parts excepted."""
    if place:
        yield place
    if isinstance(value, dict):
        for key, child in value.items():
            yield from places(child, (*place, key))
    elif isinstance(value, list):
        for index, child in enumerate(value[:1]):
            yield from places(child, (*place, index))


KEYS = [place for place in places(DOCUMENT) if isinstance(place[-1], str)]


@pytest.fixture
def bundle(tmp_path: Path) -> Bundle:
    return write_bundle(tmp_path / "colours", MODEL)


def test_every_key_is_needed(bundle: Bundle) -> None:
    for place in KEYS:
        if place != LOCATION:
            assert f"'{place[-1]}' is missing" in refused(rewrite(bundle, without(place))), place


def wrong_types(value: object) -> list[object]:
    match value:
        case bool() | None:
            raise AssertionError("the contract has no such values")
        case str():
            return [5, 1.5, True, None, ["x"], {}]
        case int():
            return ["5", 1.5, True, None, [5], {}]
        case float():
            return ["0.5", True, None, [0.5], {}]
        case list():
            return [{}, "x", 5, None, True]
        case _:
            return [[], "x", 5, True]


def test_every_value_has_its_type(bundle: Bundle) -> None:
    for place in KEYS:
        for value in wrong_types(at(DOCUMENT, place)):
            message = refused(rewrite(bundle, with_value(place, value)))
            assert "must be" in message, (place, value, message)


def test_elements_of_lists_are_objects(bundle: Bundle) -> None:
    for key in ("landmarks", "models"):
        for value in (5, "x", None, []):
            assert "must be a JSON object" in refused(rewrite(bundle, with_value((key, 0), value)))


def test_whole_numbers_are_fine_where_numbers_are_asked_for(bundle: Bundle) -> None:
    loaded = load_bundle(rewrite(bundle, with_value((*LOCATION, "latitude"), 48)))
    location = loaded.manifest.landmarks[0].location
    assert location is not None
    assert (location.latitude, type(location.latitude)) == (48.0, float)


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999", "1" + "0" * 400])
@pytest.mark.parametrize(
    "place", [(*LOCATION, "radius_m"), ("thresholds", "novelty_limit")], ids=["radius_m", "novelty_limit"]
)
def test_numbers_are_finite(bundle: Bundle, place: Place, number: str) -> None:
    refused(rewrite(bundle, with_value(place, 123454321).replace("123454321", number)))


@pytest.mark.parametrize("number", ["NaN", "-Infinity", "1e999"])
def test_numbers_in_the_parts_for_people_are_finite_too(bundle: Bundle, number: str) -> None:
    text = with_value(("metrics",), {"loss": 123454321}).replace("123454321", number)
    assert number in refused(rewrite(bundle, text))


@pytest.mark.parametrize(
    ("place", "value", "reason"),
    [
        (("schema",), 2, "'squeeze' is missing"),
        (("schema",), 3, "schema 3 is not one of the supported 1, 2"),
        (("schema",), 0, "schema 0"),
        (("landmarks",), [], "at least two"),
        (("landmarks",), DOCUMENT["landmarks"][:1], "at least two"),
        (("landmarks", 1, "id"), "eiffel_tower", "different ids"),
        (("landmarks", 0, "id"), "Eiffel Tower", "no landmark id"),
        (("landmarks", 0, "id"), "", "no landmark id"),
        (("landmarks", 0, "id"), "_none", "no landmark id"),
        (("landmarks", 0, "id"), "é", "no landmark id"),
        (("landmarks", 0, "id"), "a\n", "no landmark id"),
        (("landmarks", 0, "id"), "a" * 101, "no landmark id"),
        (("id",), "a/b", "plain name"),
        (("id",), "", "plain name"),
        (("version",), "../1", "plain name"),
        (("created",), "yesterday", "yesterday"),
        (("models",), [], "the first of the models must be the fp32 one"),
        (("models", 0, "precision"), "int8", "the first of the models must be the fp32 one"),
        (("models", 0, "precision"), "fp64", "unknown precision"),
        (("models",), DOCUMENT["models"] * 2, "the same precision"),
        (("models", 0, "file"), "model.bin", "wrong name or hash"),
        (("models", 0, "sha256"), "abc", "wrong name or hash"),
        (("models", 0, "sha256"), "g" * 64, "wrong name or hash"),
        (("input", "interpolation"), "nearest", "unknown interpolation"),
        (("input", "height"), 0, "impossible input size"),
        (("input", "width"), -3, "impossible input size"),
        (("input", "resize_shorter_side"), 31, "impossible input size"),
        (("input", "resize_shorter_side"), 10**9, "above 2048 pixels"),
        (("landmarks", 0, "name"), "half \ud800", "half a character"),
        (("thresholds", "accept"), 1.01, "accept must be in"),
        (("thresholds", "margin"), -0.1, "margin must be in"),
        (("thresholds", "reject"), 0.9, "above accept"),
        ((*LOCATION, "latitude"), 90.01, "eiffel_tower: coordinates outside the globe"),
        ((*LOCATION, "longitude"), -180.01, "coordinates outside the globe"),
        ((*LOCATION, "radius_m"), 0, "radius must be positive"),
    ],
)
def test_impossible_values_are_refused_with_a_reason(bundle: Bundle, place: Place, value: object, reason: str) -> None:
    assert reason in refused(rewrite(bundle, with_value(place, value)))


@pytest.mark.parametrize("value", [0.5, 2.5])
def test_an_impossible_squeeze_is_refused(tmp_path: Path, value: float) -> None:
    squeezed = write_bundle(tmp_path / "b", MODEL, input=InputSpec(32, 32, 32, squeeze=1.5))
    text = (
        (squeezed.source / MANIFEST_NAME).read_text(encoding="utf-8").replace('"squeeze": 1.5', f'"squeeze": {value}')
    )
    assert "squeeze" in refused(rewrite(squeezed, text))
