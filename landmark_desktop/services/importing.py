"""Importing: what the places in a photo's files mean, ours and those of other programs.

The rules, in their order (see docs/organising.md):

1. Our own mark names the landmark. Reviewed by a person, it is the person's review again; written by ``tag`` on its
   own, it makes the photo a tagged one without a review (decision 4).
2. Another program's place or keyword counts as an accepted landmark where its name *and* its whereabouts are those of
   one landmark of the bundle.
3. Any other place is only shown.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from landmark_desktop.core.bundle import Bundle
from landmark_desktop.core.errors import KnownError
from landmark_desktop.core.imported import FoundPlace, Imported
from landmark_desktop.core.location import Landmark, Location, great_circle_km
from landmark_desktop.core.record import PhotoRecord
from landmark_desktop.core.review import Review, ReviewState
from landmark_desktop.core.tag import ReviewedBy
from landmark_desktop.metadata.countries import ALPHA_3
from landmark_desktop.metadata.places import Place
from landmark_desktop.metadata.reader import FileMetadata, FoundLocation, Mark, read_metadata
from landmark_desktop.services.lanes import CancelToken, Lane
from landmark_desktop.store.library import Library

FAR_KM: Final = 25.0
"""A place farther from a landmark than this is another one of the same name."""
_LANDMARK_ID: Final = re.compile(r"[a-z0-9][a-z0-9_]{0,99}")
PART: Final = 200
"""Photos that are stored at once."""
_MAX_TEXT: Final = 500
"""Characters of a place's text that are kept; what is in files may be of any length."""


class Importer:
    """Applies the rules for one bundle. Thread-safe: nothing changes after it was made."""

    def __init__(self, bundle: Bundle) -> None:
        self._known = bundle.landmark_by_id
        self._named: dict[str, list[tuple[Landmark, Location]]] = {}
        for landmark in bundle.manifest.landmarks:
            if landmark.location is not None:
                for key in {_key(name) for name in (landmark.name, landmark.local_name, landmark.location.name)} - {""}:
                    self._named.setdefault(key, []).append((landmark, landmark.location))

    def interpret(self, metadata: FileMetadata) -> Imported:
        """What the files of a photo mean for the library."""
        mark = metadata.location.mark
        if mark is not None and _LANDMARK_ID.fullmatch(mark.landmark_id):
            place = None if mark.landmark_id in self._known else _place(metadata.location)
            return Imported(_review_of(mark, metadata), mark.landmark_id, place)
        landmarks = {landmark.id for landmark in self._accepted(metadata)}
        if len(landmarks) == 1:  # two would be a guess
            return Imported(Review(ReviewState.ACCEPTED, landmarks.pop()))
        return Imported(place=_place(metadata.location))

    def _accepted(self, metadata: FileMetadata) -> Iterator[Landmark]:
        """The landmarks that the files name at their place."""
        found, around = metadata.location, _whereabouts(metadata)
        for place in found.shown:
            for landmark, location in self._called(place.name):
                own = _agrees(place, location)
                if own or (own is None and _all_agree(around, location)):
                    yield landmark
        if found.legacy is not None:
            named = self._called(found.legacy.sublocation)
            yield from (landmark for landmark, location in named if _all_agree(around, location))
        # A keyword may as well be a person's name, so a country alone proves nothing.
        near = [_nearer(place) for place in around] if metadata.keywords else []
        for word in metadata.keywords:
            yield from (landmark for landmark, location in self._called(word) if _all_agree(near, location))

    def _called(self, name: str) -> list[tuple[Landmark, Location]]:
        return self._named.get(_key(name), [])


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What reading places from files found: how many photos were read, which got a review, how many speak of a place
    that is only shown, and which could not be read."""

    read: int
    reviewed: tuple[int, ...]
    places: int
    errors: tuple[KnownError, ...]


class ImportService:
    """Reads places from photos because the user asks for it. Runs on any lane but the db lane, owner of ``library``."""

    def __init__(self, db: Lane, library: Library, bundle: Bundle) -> None:
        self._db = db
        self._library = library
        self._importer = Importer(bundle)

    def run(
        self,
        records: Iterable[PhotoRecord],
        token: CancelToken | None = None,
        on_photo: Callable[[], None] = lambda: None,
    ) -> ImportResult:
        """Read these photos and their sidecars again. A cancelled import keeps what it has read so far.

        Raises:
            LibraryError: the library cannot be written.
        """
        found: list[tuple[int, Imported]] = []
        reviewed: list[int] = []
        errors: list[KnownError] = []
        read = places = 0
        for record in records:
            if token is not None and token.is_cancelled():
                break
            try:
                imported = self._importer.interpret(read_metadata(record.photo))
            except KnownError as error:
                errors.append(error)
            else:
                found.append((record.id, imported))
                read += 1
                places += imported.place is not None
            on_photo()
            if len(found) == PART:
                reviewed += self._db.call(self._library.take_over, found)
                found.clear()
        reviewed += self._db.call(self._library.take_over, found)
        return ImportResult(read, tuple(reviewed), places, tuple(errors))


def _review_of(mark: Mark, metadata: FileMetadata) -> Review | None:
    if mark.reviewed_by != ReviewedBy.USER:
        return None
    # Where we could have written an estimated position and did not, the user did not want one. Otherwise the setting
    # decides, as it does for photos that nobody chose for.
    declined = not (metadata.estimated or metadata.facts.has_gps)
    return Review(ReviewState.ACCEPTED, mark.landmark_id, taken_here=False if declined else None)


def _whereabouts(metadata: FileMetadata) -> list[Place]:
    """Everything that says where the photo belongs, besides the places it shows."""
    found = metadata.location
    places = [*found.created, *([found.legacy] if found.legacy is not None else [])]
    points = [(metadata.facts.latitude, metadata.facts.longitude), found.destination or (None, None)]
    return [*places, *(Place(latitude=lat, longitude=lon) for lat, lon in points if lat is not None)]


def _nearer(place: Place) -> Place:
    """A place without its country."""
    return Place(city=place.city, latitude=place.latitude, longitude=place.longitude)


def _all_agree(places: list[Place], location: Location) -> bool:
    """True if one of the places agrees with a landmark's and none contradicts it."""
    answers = {_agrees(place, location) for place in places}
    return True in answers and False not in answers


def _agrees(place: Place, location: Location) -> bool | None:
    """True if a place is where the landmark is, False if it is elsewhere, None if it does not tell."""
    if place.latitude is not None and place.longitude is not None:
        distance = great_circle_km(place.latitude, place.longitude, location.latitude, location.longitude)
        return distance <= max(FAR_KM, location.radius_m / 1000)
    if place.country_code:
        code = place.country_code.upper()
        if code not in (location.country_code, ALPHA_3.get(location.country_code, "")):
            return False
    for said, known in ((place.city, location.city), (place.country, location.country)):
        if said and _key(said) == _key(known):
            return True
    # A name in another language is no contradiction.
    return True if place.country_code else None


def _key(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text[:_MAX_TEXT]).casefold().split())


def _place(found: FoundLocation) -> FoundPlace | None:
    """The place to show: what the photo shows, else where it was taken, else what the old fields say."""
    for place in _said(found):
        made = FoundPlace(
            name=_clean(place.name),
            sublocation=_clean(place.sublocation),
            city=_clean(place.city),
            region=_clean(place.region),
            country=_clean(place.country),
            country_code=_clean(place.country_code),
            latitude=place.latitude,
            longitude=place.longitude,
        )
        if made.text:
            return made
    return None


def _said(found: FoundLocation) -> Iterator[Place]:
    yield from found.shown
    yield from found.created
    if found.legacy is not None:
        yield found.legacy


def _clean(text: str) -> str:
    return " ".join(text[:_MAX_TEXT].split())
