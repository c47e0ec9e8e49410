"""Reading what photos and their sidecars already say of time and place."""

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
    read_many,
    read_photo,
    read_sidecar_bytes,
)
from landmark_desktop.metadata.fields import CREATED_KEY, SHOWN_KEY, WROTE_KEY
from landmark_desktop.metadata.jpeg_head import read_head
from landmark_desktop.metadata.places import Place, array_items
from landmark_desktop.metadata.sidecar import find_sidecar
from landmark_desktop.metadata.walked import Walked, position_of, taken_at_of


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
        return _metadata(photo, sidecar_of)


def read_listed(name: str, photo: Callable[[], Photo], sidecar_of: FindSidecar | None) -> FileMetadata | PhotoFacts:
    """:func:`read_metadata` for one of many photos, by the absolute name of its file. ``sidecar_of`` is None for a
    photo without sidecar and companions. The facts alone are the answer for such a photo without XMP and IPTC, as
    most have as cameras write them: it speaks of no place and has no keyword. ``photo`` is called for others.
    """
    with LOCK:
        document = _document(name)
        if document is None or sidecar_of is not None or not (document.xmp.empty() and document.iptc.empty()):
            return _metadata(photo(), sidecar_of or _no_sidecar, document)
        fields = Walked(document)
        latitude, longitude = position_of(fields) or (None, None)
        return PhotoFacts(None, None, taken_at_of(fields), latitude, longitude)


def _document(name: str) -> Document | None:
    """What is asked of a file, read in the quickest way; None where that is none."""
    try:
        head = read_head(name)
    except OSError:
        return None
    if head is None:
        return read_many(name)
    document = read_many(head.data)
    if document is not None and head.hides_dates and taken_at_of(Walked(document)) is None:
        return read_many(name)
    return document


def _no_sidecar(_: Path) -> None:
    return None


def _metadata(photo: Photo, sidecar_of: FindSidecar, document: Document | None = None) -> FileMetadata:
    """:func:`read_metadata`, within the lock; ``document`` is the photo's own file, where it was read already."""
    own, sidecar = _read_both(photo.path, sidecar_of, document)
    read = [_read(one) for one in (own, sidecar) if one is not None]
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
    fields = Walked(document)
    try:
        location = _location(fields)
    except BrokenMetadataError:  # a list of places that is none: the photo is fine without it
        location = FoundLocation(position=position_of(fields))
    return _Read(taken_at_of(fields), _own_position(fields, location.position), location, *_others(fields))


def _others(fields: Walked) -> tuple[Sequence[str], bool]:
    """Keywords, and whether an estimate of ours is in it."""
    return (list(_keywords(fields)), _is_estimated(fields)) if fields.xmp or fields.iptc else ((), False)


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
        files = list(map(Walked, documents))
        taken_at = next(filter(None, map(taken_at_of, files)), None)
        positions = (_own_position(fields, position_of(fields)) for fields in files)
        latitude, longitude = next(filter(None, positions), (None, None))
    return PhotoFacts(taken_at=taken_at, latitude=latitude, longitude=longitude)


def _own_position(fields: Walked, position: tuple[float, float] | None) -> tuple[float, float] | None:
    """The camera's own position, where ``position`` is the one that the file states."""
    if WROTE_KEY in fields.xmp and position is not None:
        from landmark_desktop.metadata.said import own_position  # rare, and much to import

        return own_position(fields.document)
    return position  # nothing in it is ours


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
                found.append(_location(Walked(document)))
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


def _read_both(
    path: Path, sidecar_of: FindSidecar, document: Document | None = None, *, strict: bool = False
) -> tuple[Document | None, Document | None]:
    """The photo's and the sidecar's metadata, None where there is none."""
    photo: Document | None
    try:
        photo = document or read_photo(path, packet=False)
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


def _location(fields: Walked) -> FoundLocation:
    position = position_of(fields)
    destination = position_of(fields, "GPSDest")
    if not (fields.xmp or fields.iptc):  # most photos as the camera made them
        return FoundLocation(position=position, destination=destination)
    text = fields.text
    legacy = Place(
        sublocation=text("Xmp.iptc.Location") or text("Iptc.Application2.SubLocation"),
        city=text("Xmp.photoshop.City") or text("Iptc.Application2.City"),
        region=text("Xmp.photoshop.State") or text("Iptc.Application2.ProvinceState"),
        country=text("Xmp.photoshop.Country") or text("Iptc.Application2.CountryName"),
        country_code=text("Xmp.iptc.CountryCode") or text("Iptc.Application2.CountryCode"),
    )
    return FoundLocation(
        shown=fields.places(SHOWN_KEY),
        created=fields.places(CREATED_KEY),
        legacy=legacy if legacy != Place() else None,
        position=position,
        destination=destination,
        mark=_mark(fields),
    )


def _mark(fields: Walked) -> Mark | None:
    def text(name: str) -> str:
        return fields.text(f"Xmp.lmd.{name}")

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


def _keywords(fields: Walked) -> Iterator[str]:
    for key, separator in _KEYWORDS:
        if key in fields.xmp:
            for item in array_items(fields.xmp[key]):
                yield item.rpartition(separator)[2] if separator else item
    if _IIM_KEYWORDS in fields.iptc:
        for datum in fields.document.iptc:
            if datum.key() == _IIM_KEYWORDS:
                yield datum.toString()


def _is_estimated(fields: Walked) -> bool:
    """True if our mark says that we wrote a camera position."""
    if WROTE_KEY not in fields.xmp:
        return False
    items = array_items(fields.xmp[WROTE_KEY])
    return any(item.startswith(("Exif.GPSInfo.GPSLatitude=", "Xmp.exif.GPSLatitude=")) for item in items)
