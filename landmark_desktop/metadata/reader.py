"""Reading what photos and their sidecars already say of time and place."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from landmark_desktop.core.errors import ErrorCode, KnownError, MetadataError, photo_error_from_os
from landmark_desktop.core.photo import Photo, PhotoFacts, display_name
from landmark_desktop.metadata.exiv2_io import (
    LOCK,
    BrokenMetadataError,
    Document,
    UnknownFormatError,
    decode_packet,
    empty_document,
    read_photo,
    read_sidecar_bytes,
)
from landmark_desktop.metadata.fields import CREATED_KEY, SHOWN_KEY, WROTE_KEY
from landmark_desktop.metadata.merge import own_position
from landmark_desktop.metadata.places import Place, array_items, default_text, exif_position, read_places, xmp_position
from landmark_desktop.metadata.sidecar import find_sidecar

_DATES: Final = (
    "Exif.Photo.DateTimeOriginal",
    "Exif.Photo.DateTimeDigitized",
    "Xmp.exif.DateTimeOriginal",
    "Xmp.photoshop.DateCreated",
    "Xmp.exif.DateTimeDigitized",
    "Xmp.xmp.CreateDate",
)


@dataclass(frozen=True, slots=True)
class Mark:
    """Our mark of an estimate, as it stands in a file. ``confidence`` is None where the user picked the landmark."""

    landmark_id: str
    bundle_id: str
    bundle_version: str
    run_id: str
    reviewed_by: str
    confidence: float | None
    time: str


@dataclass(frozen=True, slots=True)
class FoundLocation:
    """The places a photo and its sidecar speak of; ``shown`` and ``created`` hold all entries, others' and ours.

    ``legacy`` is the place of the old flat fields (its name is empty). ``position`` is the camera's (latitude,
    longitude) in degrees, whoever wrote it; ``destination`` that of what the photo shows.
    """

    shown: tuple[Place, ...] = ()
    created: tuple[Place, ...] = ()
    legacy: Place | None = None
    position: tuple[float, float] | None = None
    destination: tuple[float, float] | None = None
    mark: Mark | None = None

    @property
    def is_empty(self) -> bool:
        """True if no place is known."""
        return self == FoundLocation()


@dataclass(frozen=True, slots=True)
class FileMetadata:
    """Everything that is read of a photo when it is opened: when and where it was taken, the places it speaks of, its
    keywords (the last part of those in levels), and whether an estimated camera position of ours is in it."""

    facts: PhotoFacts
    location: FoundLocation
    keywords: frozenset[str]
    estimated: bool


FindSidecar = Callable[[Path], Path | None]
"""Tells the sidecar of a photo's file, None where it has none."""


def read_metadata(photo: Photo, sidecar_of: FindSidecar = find_sidecar) -> FileMetadata:
    """Read a photo and its sidecar once, for all there is to know; facts may come from its raw file.

    What is damaged is left out, as by :func:`read_facts`. Whoever reads a whole folder passes a ``sidecar_of`` that
    listed it once (:class:`.sidecar.FolderSidecars`).

    Raises:
        MetadataError: the metadata of the photo's own file is damaged.
        PhotoError: the photo's own file is missing or unreadable.
    """
    with LOCK:
        own, sidecar = _read_both(photo.path, sidecar_of)
        read = [_read(document) for document in (own, sidecar) if document is not None]
    taken_at = next((one.taken_at for one in read if one.taken_at is not None), None)
    latitude, longitude = next((one.position for one in read if one.position is not None), (None, None))
    facts = PhotoFacts(taken_at=taken_at, latitude=latitude, longitude=longitude)
    if len(photo.pictures) > 1:
        facts = _complete(facts, photo, sidecar_of)
    if not read:
        return FileMetadata(facts, FoundLocation(), frozenset(), False)
    if len(read) == 1:  # most photos have no sidecar
        return FileMetadata(facts, read[0].location, frozenset(read[0].keywords), read[0].estimated)
    location = _merged([one.location for one in reversed(read)])  # the sidecar has the first word
    keywords = frozenset(word for one in read for word in one.keywords)
    return FileMetadata(facts, location, keywords, any(one.estimated for one in read))


@dataclass(frozen=True, slots=True)
class _Read:
    """What one file says; ``position`` is the camera's own, not an estimate of ours."""

    taken_at: datetime | None
    position: tuple[float, float] | None
    location: FoundLocation
    keywords: Sequence[str]
    estimated: bool


def _read(document: Document) -> _Read:
    try:
        location = _location(document)
    except BrokenMetadataError:  # a list of places that is none: the photo is fine without it
        location = FoundLocation()
        position = _own_position(document)
    else:
        position = own_position(document) if WROTE_KEY in document.xmp else location.position
    return _Read(_taken_at(document), position, location, list(_keywords(document)), _is_estimated(document))


def read_facts(path: Path, sidecar_of: FindSidecar = find_sidecar) -> PhotoFacts:
    """Read when and where a photo was taken. Width and height stay None: the decoder knows them.

    The time is the camera's local one, without a zone. The position is that of EXIF, else of XMP, else of the sidecar;
    an estimate that we wrote does not count. Values that make no sense are None. A sidecar that is damaged
    is ignored here: the photo itself is fine, and writing will complain.

    Raises:
        MetadataError: the photo's metadata is damaged.
        PhotoError: the photo is missing or unreadable.
    """
    with LOCK:
        documents = [document for document in _read_both(path, sidecar_of) if document is not None]
        taken_at = next(filter(None, map(_taken_at, documents)), None)
        latitude, longitude = next(filter(None, map(_own_position, documents)), (None, None))
    return PhotoFacts(taken_at=taken_at, latitude=latitude, longitude=longitude)


def _own_position(document: Document) -> tuple[float, float] | None:
    if WROTE_KEY in document.xmp:
        return own_position(document)
    return _position(document)  # nothing in it is ours


def _position(document: Document, prefix: str = "GPS") -> tuple[float, float] | None:
    """The position in a document, most of which have none."""
    return (exif_position(document, prefix) if f"Exif.GPSInfo.{prefix}Latitude" in document.exif else None) or (
        xmp_position(document, prefix) if f"Xmp.exif.{prefix}Latitude" in document.xmp else None
    )


def read_photo_facts(photo: Photo) -> PhotoFacts:
    """:func:`read_facts` of all files of a photo: what the first one does not know, the raw file beside it may.

    Raises:
        MetadataError: the metadata of the photo's own file is damaged.
        PhotoError: the photo's own file is missing or unreadable.
    """
    return _complete(read_facts(photo.path), photo, find_sidecar)


def _complete(facts: PhotoFacts, photo: Photo, sidecar_of: FindSidecar) -> PhotoFacts:
    """Add what the photo's other picture files know."""
    for path in photo.pictures[1:]:
        if facts.has_gps and facts.taken_at is not None:
            break
        try:
            others = read_facts(path, sidecar_of)
        except KnownError:  # the photo is fine without it
            continue
        position = facts if facts.has_gps else others
        facts = PhotoFacts(
            taken_at=facts.taken_at or others.taken_at, latitude=position.latitude, longitude=position.longitude
        )
    return facts


def read_location(path: Path) -> FoundLocation:
    """Read the places that stand in a photo and its sidecar, ours or those of other programs.

    What the sidecar says comes first, as in other programs that read sidecars.

    Raises:
        MetadataError: the photo's metadata or its sidecar is damaged.
        PhotoError: a file is missing or unreadable.
    """
    with LOCK:
        photo, sidecar = _read_both(path, find_sidecar, strict=True)
        documents = [document for document in (sidecar, photo) if document is not None]
        found = []
        for document in documents:
            try:
                found.append(_location(document))
            except BrokenMetadataError as error:
                raise _unreadable(path, error) from error
    return _merged(found)


def _merged(found: Sequence[FoundLocation]) -> FoundLocation:
    """What several documents say; the first one has the first word."""
    return FoundLocation(
        shown=_join(*(entry.shown for entry in found)),
        created=_join(*(entry.created for entry in found)),
        legacy=next((entry.legacy for entry in found if entry.legacy), None),
        position=next((entry.position for entry in found if entry.position), None),
        destination=next((entry.destination for entry in found if entry.destination), None),
        mark=next((entry.mark for entry in found if entry.mark), None),
    )


def _read_both(path: Path, sidecar_of: FindSidecar, *, strict: bool = False) -> tuple[Document | None, Document | None]:
    """The photo's and the sidecar's metadata, None where there is none."""
    photo: Document | None
    try:
        photo = read_photo(path, packet=False)
    except UnknownFormatError:
        photo = None
    except BrokenMetadataError as error:
        raise _unreadable(path, error) from error
    except OSError as error:
        raise photo_error_from_os(error, path) from error
    sidecar_file = sidecar_of(path)
    if sidecar_file is None:
        return photo, None
    try:
        return photo, decode_packet(read_sidecar_bytes(sidecar_file))
    except OSError as error:
        if strict:
            raise photo_error_from_os(error, sidecar_file) from error
    except BrokenMetadataError as error:
        if strict:
            raise MetadataError(ErrorCode.SIDECAR_DAMAGED, name=display_name(sidecar_file)) from error
    return photo, empty_document()


def _unreadable(path: Path, error: Exception) -> MetadataError:
    return MetadataError(ErrorCode.METADATA_UNREADABLE, name=display_name(path), reason=error)


def _join(*lists: tuple[Place, ...]) -> tuple[Place, ...]:
    return tuple(dict.fromkeys(place for places in lists for place in places))


def _location(document: Document) -> FoundLocation:
    if document.xmp.empty() and document.iptc.empty():  # most photos as the camera made them: half the time
        return FoundLocation(position=_position(document), destination=_position(document, "GPSDest"))

    def text(key: str) -> str:
        return _text(document, key)

    legacy = Place(
        sublocation=text("Xmp.iptc.Location") or text("Iptc.Application2.SubLocation"),
        city=text("Xmp.photoshop.City") or text("Iptc.Application2.City"),
        region=text("Xmp.photoshop.State") or text("Iptc.Application2.ProvinceState"),
        country=text("Xmp.photoshop.Country") or text("Iptc.Application2.CountryName"),
        country_code=text("Xmp.iptc.CountryCode") or text("Iptc.Application2.CountryCode"),
    )
    return FoundLocation(
        shown=tuple(read_places(document.xmp, SHOWN_KEY)) if SHOWN_KEY in document.xmp else (),
        created=tuple(read_places(document.xmp, CREATED_KEY)) if CREATED_KEY in document.xmp else (),
        legacy=legacy if legacy != Place() else None,
        position=_position(document),
        destination=_position(document, "GPSDest"),
        mark=_mark(document),
    )


def _mark(document: Document) -> Mark | None:
    def text(name: str) -> str:
        return _text(document, f"Xmp.lmd.{name}")

    if not text("LandmarkId"):
        return None
    try:
        confidence = float(text("Confidence"))
    except ValueError:
        confidence = None
    return Mark(
        landmark_id=text("LandmarkId"),
        bundle_id=text("BundleId"),
        bundle_version=text("BundleVersion"),
        run_id=text("RunId"),
        reviewed_by=text("ReviewedBy"),
        confidence=confidence,
        time=text("Time"),
    )


_KEYWORDS: Final = (
    ("Xmp.dc.subject", ""),
    ("Xmp.digiKam.TagsList", "/"),
    ("Xmp.lr.hierarchicalSubject", "|"),
)
"""Lists of keywords, and what parts the levels of each."""
_IIM_KEYWORDS: Final = "Iptc.Application2.Keywords"


def _keywords(document: Document) -> Iterator[str]:
    for key, separator in _KEYWORDS:
        if key in document.xmp:
            for item in array_items(document.xmp[key]):
                yield item.rpartition(separator)[2] if separator else item
    if _IIM_KEYWORDS in document.iptc:
        for datum in document.iptc:
            if datum.key() == _IIM_KEYWORDS:
                yield datum.toString()


def _is_estimated(document: Document) -> bool:
    """True if our mark says that we wrote a camera position."""
    if WROTE_KEY not in document.xmp:
        return False
    items = array_items(document.xmp[WROTE_KEY])
    return any(item.startswith(("Exif.GPSInfo.GPSLatitude=", "Xmp.exif.GPSLatitude=")) for item in items)


def _taken_at(document: Document) -> datetime | None:
    for key in _DATES:
        text = _text(document, key)
        if text and (time := parse_time(text)) is not None:
            return time
    return None


def _text(document: Document, key: str) -> str:
    """The text of a key, of several languages the default; empty where it is missing. Asking whether it is there first
    takes a fifth of what Exiv2's search takes, and most keys are missing in most files."""
    data = document.xmp if key.startswith("Xmp") else document.exif if key.startswith("Exif") else document.iptc
    return default_text(data[key]) if key in data else ""


_TIME: Final = re.compile(
    r"(\d{4})[:-](\d\d)[:-](\d\d)[ T](\d\d):(\d\d)(?::(\d\d)(?:\.\d*)?)?(?:Z|[+-]\d\d:?\d\d)?[\s\0]*"
)


def parse_time(text: str) -> datetime | None:
    """The local time in ``2024:05:01 10:11:12`` (EXIF) or ``2024-05-01T10:11:12.5+02:00`` (XMP), without its zone.

    None for anything else: dates alone, blanks, zeros, impossible ones.
    """
    match = _TIME.fullmatch(text)
    if match is None:
        return None
    numbers = [int(number or 0) for number in match.groups()]
    try:
        return datetime(*numbers)  # type: ignore[arg-type]  # noqa: DTZ001  # the camera's clock, which knows no zone
    except ValueError:
        return None
