"""What the library knows of a content already, asked by the decode workers for each photo."""

import threading
from collections.abc import Iterable
from typing import Final

from landmark_desktop.core.guess import Guesses
from landmark_desktop.core.record import Outcome
from landmark_desktop.services.lanes import Lane
from landmark_desktop.store.library import Library

_BITS: Final = 1 << 23
"""One megabyte: of 100,000 contents that are new, some 1,200 are asked for in vain."""


class KnownGuesses:
    """The guesses that one bundle made before, by content. Thread-safe.

    Nearly every photo of a first scan is new, and asking the db lane takes a worker longer than decoding a small photo:
    it would wait behind listings and results. So what is surely new is told apart here: content keys are hashes,
    and 23 bits of each that is known are kept in one field of bits.
    """

    def __init__(self, db: Lane, library: Library, bundle_key: str) -> None:
        self._db = db
        self._library = library
        self._bundle_key = bundle_key
        self._lock = threading.Lock()
        self._bits: bytearray | None = None

    def ask(self, content_key: str) -> Guesses | None:
        """What the bundle said of this content, or None if it was never asked. Waits for the db lane where it must."""
        with self._lock:
            if self._bits is None:
                self._bits = bytearray(_BITS // 8)
                self._add(self._db.call(self._library.known_contents, self._bundle_key))
            if not self._may_know(content_key):
                return None
        return self._db.call(self._library.guesses, content_key, self._bundle_key)

    def note(self, outcomes: Iterable[Outcome]) -> None:
        """These are being stored."""
        with self._lock:
            if self._bits is not None:
                self._add(o.identity.content_key for o in outcomes if o.guesses is not None and o.identity.content_key)

    def _add(self, content_keys: Iterable[str]) -> None:
        assert self._bits is not None
        for key in content_keys:
            place = _place(key)
            self._bits[place >> 3] |= 1 << (place & 7)

    def _may_know(self, content_key: str) -> bool:
        assert self._bits is not None
        place = _place(content_key)
        return bool(self._bits[place >> 3] >> (place & 7) & 1)


def _place(content_key: str) -> int:
    return int(content_key[:8], 16) % _BITS
