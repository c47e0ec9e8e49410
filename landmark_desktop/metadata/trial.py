"""Trying out, in memory, whether Exiv2 writes into a file of many directories (a DNG) and changes nothing else."""

from typing import Final

import exiv2

from landmark_desktop.metadata import container
from landmark_desktop.metadata.exiv2_io import BrokenMetadataError, read_photo, write_photo
from landmark_desktop.metadata.fields import RUN_KEY
from landmark_desktop.metadata.rest import rest_of
from landmark_desktop.metadata.view import View

_NOTES: Final = ("0/34665.0", 37500)
"""Where a TIFF keeps the camera's notes."""
_GPS: Final = ("Exif.GPSInfo.GPSVersionID", "2 3 0 0"), ("Exif.GPSInfo.GPSDestLatitude", "1/1 2/1 3/1")
_LENGTH: Final = 16 * 1024
"""Longer than the XMP that we write: everything has to make room for it."""


def objection(data: bytes, kind: str, before: container.Container) -> str:
    """Why a file should not be written into, as the end of a sentence that begins with "because"; empty where it may.

    ``before`` is what :func:`container.parse` found in it. The caller holds Exiv2's lock.
    """
    try:
        document = read_photo(data)
        view = View(document)
        rest = rest_of(view, ())
        decoded = "Exif.MakerNote.Offset" in view.exif
        for key, value in _GPS:
            if key not in document.exif:
                document.exif[key] = value
        document.xmp.add(exiv2.XmpKey(RUN_KEY), exiv2.XmpTextValue("x" * _LENGTH))
        new = write_photo(document)
        after = container.parse(new, kind)
        found = rest_of(View(read_photo(new)), ())
    except (BrokenMetadataError, container.DamagedContainerError) as error:
        return f"it could not be read afterwards: {error}"
    if any(found.get(item, 0) < count for item, count in rest.items() if item[0] != RUN_KEY):
        return "more of its metadata would change"
    if not before.same_content(data, after, new):
        return "more than its metadata would change"
    notes, moved = before.tags.get(_NOTES), after.tags.get(_NOTES)
    if notes is not None and moved is not None and notes.start != moved.start and not decoded:
        return "its maker notes would move, and are of a kind that may not"
    return ""
