"""XMP for files that have none: made and proven once for a place, for all photos that get the same.

Serialising a packet, and reading it back to see that it says what it should, took more than half of a write. Photos
that show one place differ in the confidence of the guess only.
"""

import re
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import exiv2

from landmark_desktop.metadata.edits import Edit, apply
from landmark_desktop.metadata.exiv2_io import BrokenMetadataError, decode_packet, empty_document, encode_packet
from landmark_desktop.metadata.fields import CONFIDENCE_KEY, Store
from landmark_desktop.metadata.rest import rest_of
from landmark_desktop.metadata.view import View

_KEPT: Final = 256
_STAND_IN: Final = "0.31415926535897932"
"""Stands for the confidence in what is kept; longer than any confidence that is written."""
_CONFIDENCE: Final = re.compile(r"[01]\.\d{4}")
_IN_XMP: Final = (Store.XMP, Store.XMP_SIDECAR)


@dataclass(frozen=True, slots=True)
class _Proven:
    """What is kept: the XMP data, and the same as a sidecar and as Exiv2 embeds it in a JPEG."""

    data: Any
    sidecar: bytes
    embedded: bytes


@dataclass(frozen=True, slots=True)
class Packet:
    """The XMP part of one file: its bytes as a ``sidecar``, and ``embedded`` in a JPEG. ``beside`` are the edits that
    concern other parts of the file."""

    sidecar: bytes
    embedded: bytes
    beside: tuple[Edit, ...]
    _data: Any
    _confidence: str

    def xmp(self) -> Any:
        """The XMP data, to be written at once: the next call may change it. The caller holds Exiv2's lock."""
        if self._confidence:
            self._data[CONFIDENCE_KEY] = self._confidence
        return self._data


_proven: OrderedDict[Any, _Proven] = OrderedDict()


def new_packet(edits: Sequence[Edit]) -> Packet | None:
    """The XMP of a file that had none and gets these edits. The caller holds Exiv2's lock.

    None where what Exiv2 makes of it does not read back as planned; the usual way will say why.
    """
    inside = [edit for edit in edits if edit.field.store in _IN_XMP]
    beside = tuple(edit for edit in edits if edit.field.store not in _IN_XMP)
    confidence = next((edit.after[0] for edit in inside if edit.field.key == CONFIDENCE_KEY), "")
    if any(edit.before for edit in inside) or not (confidence == "" or _CONFIDENCE.fullmatch(confidence)):
        return None
    key = tuple((e.field.key, e.after if e.field.key != CONFIDENCE_KEY else (), e.place, e.index) for e in inside)
    found = _proven.get(key)
    if found is None:
        found = _prove(inside)
        if found is None:
            return None
        _proven[key] = found
        while len(_proven) > _KEPT:
            _proven.popitem(last=False)
    stand_in, text = _STAND_IN.encode(), confidence.encode()
    return Packet(
        found.sidecar.replace(stand_in, text), found.embedded.replace(stand_in, text), beside, found.data, confidence
    )


def _prove(edits: Sequence[Edit]) -> _Proven | None:
    """Make the XMP with the stand-in, and read it back: every field as planned, and nothing else."""
    edits = [Edit(edit.field, (), (_STAND_IN,)) if edit.field.key == CONFIDENCE_KEY else edit for edit in edits]
    document = empty_document()
    try:
        apply(View(document), edits)
        sidecar = encode_packet(document.xmp)
        flags = exiv2.XmpParser.XmpFormatFlags
        code, text = exiv2.XmpParser.encode(document.xmp, flags.useCompactFormat | flags.omitAllFormatting)
        embedded = text.encode("utf-8")
        if code != 0 or not all(_says(packet, edits) for packet in (sidecar, embedded)):
            return None
    except BrokenMetadataError:
        return None
    return _Proven(document.xmp, sidecar, embedded)


def _says(packet: bytes, edits: Sequence[Edit]) -> bool:
    count = sum(edit.field.key == CONFIDENCE_KEY for edit in edits)
    view = View(decode_packet(packet))
    planned = all(view.items(edit.field) == edit.after for edit in edits)
    return planned and not rest_of(view, edits) and packet.count(_STAND_IN.encode()) == count
