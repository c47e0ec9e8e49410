"""The model bundle, the contract between trainer and app: ``model.onnx`` and ``bundle.json``.

A bundle is a folder or a zip. Nothing is ever extracted: the files are read by their names from ``bundle.json``,
which must be plain names, so a hostile archive cannot reach outside. Here everything is checked that needs no runtime:
schema, values, hashes, and that the model's graph only computes (:mod:`.onnx_graph`). Whether the graph fits
the description, and what it costs to run it, is tried in a process of its own (``inference.trial``) when it is loaded.

:func:`load_bundle` is the door for all of this; what it returns may be shown to the user, and loaded.
"""

import hashlib
import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from landmark_desktop.core.bundle_files import PLAIN_NAME, read_member
from landmark_desktop.core.errors import BundleError, ErrorCode
from landmark_desktop.core.guess import Thresholds
from landmark_desktop.core.location import Landmark, Location
from landmark_desktop.core.onnx_graph import UnsafeModelError, check_model
from landmark_desktop.core.preprocess import InputSpec

SCHEMAS = (1, 2)
"""Versions of the format that are read: 2 has ``input.squeeze``."""
MANIFEST_NAME = "bundle.json"
MODEL_NAME = "model.onnx"
CARD_NAME = "MODEL_CARD.md"
MAX_MANIFEST_BYTES = 16 * 1024 * 1024
MAX_MODEL_BYTES = 2 * 1024 * 1024 * 1024
"""ONNX files (protobuf) cannot be larger."""
PRECISIONS = ("fp32", "fp16", "int8")
_LANDMARK_ID = re.compile(r"[a-z0-9][a-z0-9_]{0,99}")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ModelFile:
    """One ONNX file of the bundle. ``sha256`` is hexadecimal; ``precision`` is fp32, fp16 or int8."""

    file: str
    sha256: str
    precision: str
    opset: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """``bundle.json``, typed. Free-form parts (metrics, provenance, …) are JSON objects for people.

    ``models`` starts with the fp32 model. ``landmarks`` are in the order of the model's outputs.
    """

    id: str
    version: str
    created: datetime
    trainer_version: str
    licence: str
    architecture: str
    models: tuple[ModelFile, ...]
    input: InputSpec
    landmarks: tuple[Landmark, ...]
    thresholds: Thresholds
    calibration: Mapping[str, Any] = field(default_factory=dict)
    novelty: Mapping[str, Any] = field(default_factory=dict)
    metrics: Mapping[str, Any] = field(default_factory=dict)
    provenance: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Bundle:
    """A bundle that was found and whose description is sound. The model is read and verified on demand."""

    source: Path
    manifest: Manifest

    @cached_property
    def landmark_by_id(self) -> Mapping[str, Landmark]:
        """The bundle's landmarks by their ids."""
        return MappingProxyType({landmark.id: landmark for landmark in self.manifest.landmarks})

    @property
    def key(self) -> str:
        """The hash that guesses are keyed by: that of the fp32 model, so equal models share their guesses."""
        return self.manifest.models[0].sha256

    def model(self, precision: str = "fp32") -> ModelFile:
        """The model file of this precision. Raises KeyError where the bundle has none."""
        for model in self.manifest.models:
            if model.precision == precision:
                return model
        raise KeyError(precision)

    def read_model(self, precision: str = "fp32") -> bytes:
        """Return the model's bytes after checking their hash and that they are a graph of standard operators.

        Raises:
            BundleError: the file is missing, unreadable, does not have the stated hash (``BUNDLE_HASH``), could do more
                than compute (``BUNDLE_UNSAFE``), or is of another opset than stated (``BUNDLE_SHAPE``).
        """
        model = self.model(precision)
        data = read_member(self.source, model.file, MAX_MODEL_BYTES)
        if hashlib.sha256(data).hexdigest() != model.sha256:
            raise BundleError(ErrorCode.BUNDLE_HASH, name=self.source.name, file=model.file)
        try:
            facts = check_model(data)
        except UnsafeModelError as error:
            reason = f"{model.file}: {error}"
            raise BundleError(ErrorCode.BUNDLE_UNSAFE, name=self.source.name, reason=reason) from error
        if facts.opset != model.opset:
            reason = f"{model.file} is of opset {facts.opset}, {MANIFEST_NAME} says {model.opset}"
            raise BundleError(ErrorCode.BUNDLE_SHAPE, name=self.source.name, reason=reason)
        return data

    def read_card(self) -> str:
        """Return the model card as Markdown, or an empty text where the bundle has none."""
        try:
            return read_member(self.source, CARD_NAME, MAX_MANIFEST_BYTES).decode("utf-8", "replace")
        except BundleError:
            return ""


def load_bundle(source: Path, *, with_model: bool = True) -> Bundle:
    """Open the bundle at ``source`` (a folder, a zip, or the ``bundle.json`` inside a folder).

    Nothing of it is run. The fp32 model is checked here, the others when they are read. Without ``with_model``, for a
    bundle that the program brings along, that one too is only checked when it is read.

    Raises:
        BundleError: missing, unreadable, wrong schema, or its fp32 model is refused (see :meth:`Bundle.read_model`).
    """
    try:
        if source.name == MANIFEST_NAME and source.is_file():
            source = source.parent
        found = source.exists()
    except OSError as error:  # a name that is too long, a folder that may not be entered
        raise BundleError(ErrorCode.BUNDLE_UNREADABLE, name=source.name, reason=error.strerror or error) from error
    if not found:
        raise BundleError(ErrorCode.BUNDLE_MISSING, name=source)
    try:
        text = read_member(source, MANIFEST_NAME, MAX_MANIFEST_BYTES)
        document = json.loads(text, parse_constant=_finite, parse_float=_finite)
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise _schema_error(source, f"{MANIFEST_NAME} is not valid JSON ({error})") from error
    bundle = Bundle(source, _Parser(source).manifest(document))
    if with_model:
        bundle.read_model()
    return bundle


def _finite(text: str) -> float:
    """Read a number of ``bundle.json``; NaN and infinities are no JSON, and 1e999 would become one."""
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(f"{text} is no finite number")
    return value


def manifest_to_json(manifest: Manifest) -> str:
    """Return ``bundle.json`` of a manifest; :func:`load_bundle` reads it back equal."""
    spec = manifest.input
    document = {
        # An older program can use what says nothing that it does not know.
        "schema": 1 if spec.squeeze == 1.0 else 2,
        "id": manifest.id,
        "version": manifest.version,
        "created": manifest.created.astimezone(UTC).isoformat(),
        "trainer_version": manifest.trainer_version,
        "licence": manifest.licence,
        "architecture": manifest.architecture,
        "models": [
            {"file": m.file, "sha256": m.sha256, "precision": m.precision, "opset": m.opset} for m in manifest.models
        ],
        "input": {
            "height": spec.height,
            "width": spec.width,
            "resize_shorter_side": spec.resize_shorter_side,
            "interpolation": spec.interpolation,
            **({} if spec.squeeze == 1.0 else {"squeeze": spec.squeeze}),
        },
        "thresholds": {
            "accept": manifest.thresholds.accept,
            "reject": manifest.thresholds.reject,
            "margin": manifest.thresholds.margin,
            "novelty_limit": manifest.thresholds.novelty_limit,
        },
        "calibration": dict(manifest.calibration),
        "novelty": dict(manifest.novelty),
        "metrics": dict(manifest.metrics),
        "provenance": dict(manifest.provenance),
        "landmarks": [_landmark_to_json(landmark) for landmark in manifest.landmarks],
    }
    return json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def _landmark_to_json(landmark: Landmark) -> dict[str, Any]:
    place = landmark.location
    location = place and {
        "name": place.name,
        "sublocation": place.sublocation,
        "city": place.city,
        "region": place.region,
        "country": place.country,
        "country_code": place.country_code,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "radius_m": place.radius_m,
    }
    return {
        "id": landmark.id,
        "name": landmark.name,
        "local_name": landmark.local_name,
        "kind": landmark.kind,
        "location": location,
    }


def _schema_error(source: Path, reason: str) -> BundleError:
    return BundleError(ErrorCode.BUNDLE_SCHEMA, name=source.name, reason=reason)


class _Parser:
    """Reads ``bundle.json`` strictly; every complaint names the key."""

    def __init__(self, source: Path) -> None:
        self._source = source

    def manifest(self, document: object) -> Manifest:
        top = self._object(document, "the document")
        schema = self._get(top, "schema", int)
        if schema not in SCHEMAS:
            raise self._error(f"schema {schema} is not one of the supported {', '.join(map(str, SCHEMAS))}")
        landmarks = tuple(self._landmark(item) for item in self._get(top, "landmarks", list))
        if len(landmarks) < 2 or len({landmark.id for landmark in landmarks}) != len(landmarks):
            raise self._error("landmarks must be at least two, with different ids")
        models = tuple(self._model(item) for item in self._get(top, "models", list))
        if not models or models[0].precision != "fp32":
            raise self._error("the first of the models must be the fp32 one")
        if len({model.precision for model in models}) != len(models):
            raise self._error("two of the models have the same precision")
        try:
            return Manifest(
                id=self._name(top, "id"),
                version=self._name(top, "version"),
                created=self._time(top, "created"),
                trainer_version=self._get(top, "trainer_version", str),
                licence=self._get(top, "licence", str),
                architecture=self._get(top, "architecture", str),
                models=models,
                input=self._input(self._get(top, "input", dict), schema),
                landmarks=landmarks,
                thresholds=self._thresholds(self._get(top, "thresholds", dict)),
                calibration=self._get(top, "calibration", dict),
                novelty=self._get(top, "novelty", dict),
                metrics=self._get(top, "metrics", dict),
                provenance=self._get(top, "provenance", dict),
            )
        except ValueError as error:
            raise self._error(str(error)) from error

    def _error(self, reason: str) -> BundleError:
        return _schema_error(self._source, reason)

    def _object(self, value: object, what: str) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise self._error(f"{what} must be a JSON object")
        return value

    def _get(self, table: dict[str, Any], key: str, kind: type[T]) -> T:
        if key not in table:
            raise self._error(f"{key!r} is missing")
        value = table[key]
        if kind is float and isinstance(value, int) and not isinstance(value, bool):
            try:
                value = float(value)
            except OverflowError as error:
                raise self._error(f"{key!r} must be a finite number") from error
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise self._error(f"{key!r} must be of type {kind.__name__}")
        if isinstance(value, str) and any("\ud800" <= character <= "\udfff" for character in value):
            raise self._error(f"{key!r} holds half a character (a lone surrogate)")
        return value

    def _time(self, table: dict[str, Any], key: str) -> datetime:
        time = datetime.fromisoformat(self._get(table, key, str))
        return time if time.tzinfo is not None else time.replace(tzinfo=UTC)

    def _name(self, table: dict[str, Any], key: str) -> str:
        text = self._get(table, key, str)
        if not PLAIN_NAME.fullmatch(text):
            raise self._error(f"{key!r} must be a plain name, not {text!r}")
        return text

    def _model(self, value: object) -> ModelFile:
        table = self._object(value, "a model")
        model = ModelFile(
            self._name(table, "file"),
            self._get(table, "sha256", str).lower(),
            self._get(table, "precision", str),
            self._get(table, "opset", int),
        )
        if not model.file.endswith(".onnx") or not re.fullmatch(r"[0-9a-f]{64}", model.sha256):
            raise self._error(f"the model {model.file} has a wrong name or hash")
        if model.precision not in PRECISIONS:
            raise self._error(f"unknown precision {model.precision!r}")
        return model

    def _input(self, table: dict[str, Any], schema: int) -> InputSpec:
        interpolation = self._get(table, "interpolation", str)
        if interpolation not in ("bilinear", "bicubic"):
            raise self._error(f"unknown interpolation {interpolation!r}")
        return InputSpec(
            self._get(table, "height", int),
            self._get(table, "width", int),
            self._get(table, "resize_shorter_side", int),
            interpolation,  # type: ignore[arg-type]  # checked above; mypy does not narrow str to a Literal
            self._get(table, "squeeze", float) if schema > 1 else 1.0,
        )

    def _thresholds(self, table: dict[str, Any]) -> Thresholds:
        return Thresholds(*(self._get(table, key, float) for key in ("accept", "reject", "margin", "novelty_limit")))

    def _landmark(self, value: object) -> Landmark:
        table = self._object(value, "a landmark")
        landmark_id = self._get(table, "id", str)
        if not _LANDMARK_ID.fullmatch(landmark_id):
            raise self._error(f"{landmark_id!r} is no landmark id (lower-case letters, digits and _)")
        location = None
        if table.get("location") is not None:
            place = self._object(table["location"], f"the location of {landmark_id}")
            try:
                location = Location(
                    name=self._get(place, "name", str),
                    latitude=self._get(place, "latitude", float),
                    longitude=self._get(place, "longitude", float),
                    radius_m=self._get(place, "radius_m", float),
                    **{
                        key: self._get(place, key, str)
                        for key in ("sublocation", "city", "region", "country", "country_code")
                    },
                )
            except ValueError as error:
                raise self._error(f"{landmark_id}: {error}") from error
        return Landmark(
            landmark_id,
            self._get(table, "name", str),
            self._get(table, "local_name", str),
            self._get(table, "kind", str),
            location,
        )


def landmark_ids(landmarks: Sequence[Landmark]) -> tuple[str, ...]:
    """The ids of landmarks, in the order of the model's outputs."""
    return tuple(landmark.id for landmark in landmarks)
