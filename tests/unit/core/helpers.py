"""What the tests of bundles share: the document of a sound bundle, ways to spoil it, and to see it refused."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from landmark_desktop.core.bundle import MANIFEST_NAME, Bundle, load_bundle, manifest_to_json
from landmark_desktop.core.errors import BundleError, ErrorCode
from tests.bundles import manifest_for, model_bytes

MODEL = model_bytes()
DOCUMENT: dict[str, Any] = json.loads(manifest_to_json(manifest_for(MODEL)))
# A number with a fraction, so that its JSON type is that of the contract.
DOCUMENT["landmarks"][0]["location"]["radius_m"] = 2500.5

Place = tuple[str | int, ...]
"""Where a value is in a document: keys and indices from the top."""
LOCATION: Place = ("landmarks", 0, "location")


def refused(source: Path, code: ErrorCode = ErrorCode.BUNDLE_SCHEMA) -> str:
    """Load, expect this refusal, and return the message."""
    with pytest.raises(BundleError) as caught:
        load_bundle(source)
    assert caught.value.code is code, caught.value
    return caught.value.message


def rewrite(bundle: Bundle, text: str | bytes) -> Path:
    """Put another ``bundle.json`` into a bundle's folder. Returns the folder."""
    data = text if isinstance(text, bytes) else text.encode()
    (bundle.source / MANIFEST_NAME).write_bytes(data)
    return bundle.source


def at(document: Any, place: Place) -> Any:
    """The value at a place of a document."""
    for key in place:
        document = document[key]
    return document


def with_value(place: Place, value: object) -> str:
    """The document with another value at one place, as JSON."""
    document = copy.deepcopy(DOCUMENT)
    at(document, place[:-1])[place[-1]] = value
    return json.dumps(document)


def without(place: Place) -> str:
    """The document with one key missing, as JSON."""
    document = copy.deepcopy(DOCUMENT)
    del at(document, place[:-1])[place[-1]]
    return json.dumps(document)
