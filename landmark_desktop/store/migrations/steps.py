"""What migrations do that SQL cannot. Like them, never changed once released, and without code that may change."""

import json
import sqlite3
import struct
from collections.abc import Callable, Mapping
from typing import Final


def _compact_guesses(connection: sqlite3.Connection) -> None:
    """Guesses were JSON [[landmark id, confidence], …]. What cannot be read is left out: it is classified again."""
    numbers: dict[str, int] = {}

    def packed(top: str) -> bytes | None:
        try:
            pairs = [(str(landmark), float(confidence)) for landmark, confidence in json.loads(top)]
        except (TypeError, ValueError):
            return None
        return b"".join(
            struct.pack("<Id", numbers.setdefault(landmark, len(numbers)), confidence) for landmark, confidence in pairs
        )

    connection.create_function("packed", 1, packed)
    connection.execute(
        "INSERT OR IGNORE INTO compact_guesses SELECT content_key, bundle_key, novelty, packed(top) FROM guesses"
    )
    connection.executemany("INSERT INTO landmark (id, number) VALUES (?, ?)", list(numbers.items()))
    connection.execute("DROP TABLE guesses")
    connection.execute("ALTER TABLE compact_guesses RENAME TO guesses")
    connection.create_function("packed", 1, None)


STEPS: Final[Mapping[int, Callable[[sqlite3.Connection], None]]] = {6: _compact_guesses}
"""Run after the SQL of their version, in the same transaction."""
