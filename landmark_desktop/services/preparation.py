"""What is done with one photo before the model: its content key, its metadata, its pixels.

Imported when the first photo comes, not when the window starts: Pillow and Exiv2 take as long as all of the window.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from PIL import Image

from landmark_desktop.core.bundle import Bundle
from landmark_desktop.core.errors import ErrorCode, MetadataError, PhotoError
from landmark_desktop.core.errors import photo_error_from_os as photo_error
from landmark_desktop.core.guess import Guesses
from landmark_desktop.core.imported import Imported
from landmark_desktop.core.photo import FileIdentity, Photo, PhotoFacts, content_key, display_name, joint_key
from landmark_desktop.core.preprocess import UInt8Array, preprocess
from landmark_desktop.core.record import Outcome
from landmark_desktop.imaging.decode import WORKING_SHORT_SIDE, decode_first
from landmark_desktop.imaging.limits import needs_memory
from landmark_desktop.imaging.stills import Decoded
from landmark_desktop.metadata.reader import read_metadata
from landmark_desktop.services.importing import Importer

log = logging.getLogger(__name__)

ATTEMPTS = 2
"""How often a photo is read that changes meanwhile."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A photo for the model; ``pixels`` are its input, uint8 ``[H, W, 3]``."""

    photo: Photo
    identity: FileIdentity
    facts: PhotoFacts
    imported: Imported | None
    pixels: UInt8Array
    note: PhotoError | None = None


class Preparation:
    """Prepares photos for the model of one bundle. Used by all decode workers at once.

    ``known`` answers from the library what the bundle once said of a content key.
    """

    def __init__(self, bundle: Bundle, known: Callable[[str], Guesses | None]) -> None:
        self._bundle = bundle
        self._known = known
        self._importer = Importer(bundle)

    def prepare(self, photo: Photo, on_decoded: Callable[[Photo, Image.Image], None]) -> Prepared | Outcome:
        """Read one photo: an outcome where no model is needed, because its content is known or it cannot be read.

        ``on_decoded`` gets the photo with its content key, and the upright RGB picture, as soon as there is one.
        """
        facts = PhotoFacts()
        imported: Imported | None = None
        identity = photo.identity
        note: PhotoError | None = None
        try:
            for attempt in range(ATTEMPTS):
                identity = _identify(photo)
                if photo.facts_read and identity.same_stat(photo.identity):
                    facts = photo.facts  # read already, and unchanged since
                else:
                    facts, imported = self._read(photo)
                known = self._known(identity.content_key) if identity.content_key else None
                if known is not None and photo.facts.width is not None and identity.same_stat(photo.identity):
                    facts = _sized(facts, photo.facts.width, photo.facts.height)
                    return Outcome(photo, identity, facts, known, None, imported)
                decoded, shown = self._decode(photo)
                # Guesses are kept by content: pixels of one must not go under the key of another.
                if _unchanged(photo, identity):
                    break
                if attempt + 1 == ATTEMPTS:
                    raise PhotoError(ErrorCode.FILE_UNSETTLED, name=photo.name)
            if shown != photo.path:
                note = PhotoError(ErrorCode.SHOWN_FROM_OTHER, name=photo.name, other=display_name(shown))
                identity = _joined(identity, shown)
                known = self._known(identity.content_key) if identity.content_key else None
        except PhotoError as error:
            return Outcome(photo, identity, facts, None, error, imported)
        facts = _sized(facts, decoded.width, decoded.height)
        on_decoded(replace(photo, identity=identity), decoded.image)
        if known is not None:
            return Outcome(photo, identity, facts, known, None, imported, note)
        return Prepared(photo, identity, facts, imported, preprocess(decoded.image, self._bundle.manifest.input), note)

    def _read(self, photo: Photo) -> tuple[PhotoFacts, Imported | None]:
        """What the metadata says; broken metadata does not keep a readable picture from being classified."""
        try:
            metadata = read_metadata(photo)
        except MetadataError as error:
            log.info("metadata not read: %s", error.message)
            return PhotoFacts(), None
        return metadata.facts, self._importer.interpret(metadata)

    def _decode(self, photo: Photo) -> tuple[Decoded, Path]:
        """Decode at the scale that is enough for both the thumbnail and the model, whichever needs more."""
        try:
            return decode_first(
                photo.pictures, short_side=max(WORKING_SHORT_SIDE, self._bundle.manifest.input.resize_shorter_side)
            )
        except MemoryError as error:  # belongs to the photo like all its errors, and is no bug
            raise needs_memory(photo.name) from error


def _identify(photo: Photo) -> FileIdentity:
    try:
        return FileIdentity.of(photo.path, with_content=True)
    except OSError as error:
        raise photo_error(error, photo.path) from error


def _joined(identity: FileIdentity, shown: Path) -> FileIdentity:
    """The identity of a photo that is shown from another file."""
    try:
        other = content_key(shown)
    except OSError as error:
        raise photo_error(error, shown) from error
    return replace(identity, content_key=joint_key(identity.content_key or "", other))


def _unchanged(photo: Photo, identity: FileIdentity) -> bool:
    try:
        return FileIdentity.of(photo.path).same_stat(identity)
    except OSError as error:
        raise photo_error(error, photo.path) from error


def _sized(facts: PhotoFacts, width: int, height: int | None) -> PhotoFacts:
    return PhotoFacts(width, height, facts.taken_at, facts.latitude, facts.longitude)
