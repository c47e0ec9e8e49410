"""What is read of photos, as it crosses from the process that reads it: plain lists, short where there is little."""

from datetime import datetime
from typing import Any, Final, NamedTuple

from landmark_desktop.core.errors import ErrorCode, PhotoError
from landmark_desktop.core.photo import PhotoFacts
from landmark_desktop.metadata.places import Place
from landmark_desktop.metadata.reader import FileMetadata, FoundLocation, Mark

_MARK: Final = ("landmark_id", "bundle_id", "bundle_version", "run_id", "reviewed_by", "confidence", "time")
_PLACE: Final = (*("name", "sublocation", "city", "region", "country", "country_code", "latitude", "longitude", "ids"),)


class PhotoRead(NamedTuple):
    """What came of reading one photo.

    ``metadata`` is None where its files say nothing of places or keywords, as most do, or where nothing was read.
    Without ``facts`` there is an ``error``, or the file is gone or another one by now and will be found again.
    """

    facts: PhotoFacts | None = None
    metadata: FileMetadata | None = None
    error: PhotoError | None = None


def pack(metadata: FileMetadata | PhotoFacts) -> list[Any]:
    """Time, latitude, longitude, and what else there is."""
    facts = metadata if isinstance(metadata, PhotoFacts) else metadata.facts
    packed = [facts.taken_at.isoformat() if facts.taken_at else None, facts.latitude, facts.longitude]
    if isinstance(metadata, PhotoFacts):
        return packed
    found = metadata.location
    if not (found.mark or found.shown or found.created or found.legacy or metadata.keywords):
        return packed
    return [
        *packed,
        [_pack_place(place) for place in found.shown],
        [_pack_place(place) for place in found.created],
        _pack_place(found.legacy) if found.legacy is not None else None,
        found.position,
        found.destination,
        [getattr(found.mark, name) for name in _MARK] if found.mark is not None else None,
        sorted(metadata.keywords),
        metadata.estimated,
    ]


def unpack(packed: list[Any] | dict[str, Any] | None) -> PhotoRead:
    """The other way round. A dictionary is an error, None a file that is gone or another one.

    Raises:
        ValueError, TypeError, LookupError: it was never packed.
    """
    if packed is None:
        return PhotoRead()
    if isinstance(packed, dict):
        return PhotoRead(error=PhotoError(ErrorCode(packed["error"]), **packed["params"]))
    taken, latitude, longitude = packed[:3]
    facts = PhotoFacts(None, None, datetime.fromisoformat(taken) if taken else None, latitude, longitude)
    if len(packed) == 3:
        return PhotoRead(facts)
    shown, created, legacy, position, destination, mark, keywords, estimated = packed[3:]
    location = FoundLocation(
        tuple(map(_place, shown)),
        tuple(map(_place, created)),
        _place(legacy) if legacy is not None else None,
        _point(position),
        _point(destination),
        Mark(**dict(zip(_MARK, mark, strict=True))) if mark is not None else None,
    )
    return PhotoRead(facts, FileMetadata(facts, location, frozenset(keywords), bool(estimated)))


def _pack_place(place: Place) -> list[Any]:
    return [getattr(place, name) for name in _PLACE]


def _place(packed: list[Any]) -> Place:
    values = dict(zip(_PLACE, packed, strict=True))
    return Place(**{**values, "ids": tuple(values["ids"])})


def _point(packed: list[float] | None) -> tuple[float, float] | None:
    return None if packed is None else (packed[0], packed[1])
