"""Guesses as they are stored: landmarks by number, confidences as the model gave them; 12 bytes a guess, as JSON 42."""

import struct
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Final

from landmark_desktop.core.guess import Guess, Guesses

if TYPE_CHECKING:
    from landmark_desktop.store.database import Database

ENTRY: Final = struct.Struct("<Id")
"""A guess: the landmark's number in this library, and the confidence."""


class LandmarkNumbers:
    """The numbers of landmarks in one library. A number is given out once, from 0 on, and never changes.

    ``ids`` only grows, so other threads than the library's may read it.
    """

    def __init__(self, database: "Database") -> None:
        self._database = database
        self._numbers: dict[str, int] = {}
        self.ids: list[str] = []
        self.refresh()

    def refresh(self) -> None:
        """Take in the numbers that other programs have given out in the library since."""
        rows = self._database.connection.execute(
            "SELECT id FROM landmark WHERE number >= ? ORDER BY number", (len(self.ids),)
        )
        for row in rows.fetchall():
            self._numbers[row[0]] = len(self.ids)
            self.ids.append(row[0])

    def add(self, landmark_ids: Collection[str]) -> None:
        """Give numbers to the landmarks that have none yet. Not within a transaction, which might be taken back."""
        if all(landmark_id in self._numbers for landmark_id in landmark_ids):
            return
        with self._database.transaction(durable=False) as connection:
            self.refresh()
            new = dict.fromkeys(landmark_id for landmark_id in landmark_ids if landmark_id not in self._numbers)
            connection.executemany(
                "INSERT INTO landmark (number, id) VALUES (?, ?)", list(enumerate(new, len(self.ids)))
            )
        self.refresh()

    def pack(self, guesses: Guesses) -> bytes:
        """Guesses as they are stored. Raises KeyError for a landmark that was not added."""
        return b"".join(ENTRY.pack(self._numbers[guess.landmark_id], guess.confidence) for guess in guesses.top)


def unpack(top: bytes | None, novelty: float | None, landmark_ids: Sequence[str]) -> Guesses | None:
    """The guesses that were stored; None where there are none."""
    if top is None or novelty is None:
        return None
    return Guesses(
        tuple(Guess(landmark_ids[number], confidence) for number, confidence in ENTRY.iter_unpack(top)), novelty
    )
