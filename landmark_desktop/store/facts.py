"""What the metadata of photos says, stored for many photos at once, before any of them is decoded."""

import sqlite3
from collections.abc import Sequence
from typing import NamedTuple

from landmark_desktop.core.errors import KnownError
from landmark_desktop.core.imported import Imported
from landmark_desktop.core.photo import PhotoFacts
from landmark_desktop.store.imports import take_over
from landmark_desktop.store.rows import error_to_json

NOTHING = Imported()


class ReadFacts(NamedTuple):
    """What was read of a photo whose file had this size and mtime: facts (width and height are the decoder's), or the
    error that keeps the photo from being read."""

    photo_id: int
    size: int
    mtime_ns: int
    facts: PhotoFacts | None
    imported: Imported = NOTHING
    error: KnownError | None = None


_SAME = "id = ? AND size = ? AND mtime_ns = ? AND facts_read = 0"


def save_facts(connection: sqlite3.Connection, found: Sequence[ReadFacts], lasting: frozenset[str]) -> list[int]:
    """Store what was read; returns the photos that got a review or an error. Used within a transaction.

    Photos whose files are others by now, or were read meanwhile, are left alone. After an error of one of the
    ``lasting`` codes the file is not read again until it changes.
    """
    plain = [one for one in found if one.facts is not None and one.imported == NOTHING]
    connection.executemany(
        f"UPDATE photo SET taken_at = ?, latitude = ?, longitude = ?, facts_read = 1, imported = 1 WHERE {_SAME}",
        [(*_values(one.facts), one.photo_id, one.size, one.mtime_ns) for one in plain if one.facts is not None],
    )
    connection.executemany("DELETE FROM found_place WHERE photo_id = ?", [(one.photo_id,) for one in plain])
    changed = []
    for one in found:
        same = (one.photo_id, one.size, one.mtime_ns)
        if one.error is not None:
            is_lasting = one.error.code in lasting
            cursor = connection.execute(
                f"UPDATE photo SET error = ?, facts_read = ? WHERE {_SAME} AND error IS NULL",
                (error_to_json(one.error), is_lasting, *same),
            )
            if cursor.rowcount:
                changed.append(one.photo_id)
        elif one.facts is not None and one.imported != NOTHING:
            cursor = connection.execute(
                f"UPDATE photo SET taken_at = ?, latitude = ?, longitude = ?, facts_read = 1 WHERE {_SAME}",
                (*_values(one.facts), *same),
            )
            if cursor.rowcount and take_over(connection, one.photo_id, one.imported):
                changed.append(one.photo_id)
    return changed


def _values(facts: PhotoFacts) -> tuple[str | None, float | None, float | None]:
    return (facts.taken_at.isoformat() if facts.taken_at else None, facts.latitude, facts.longitude)
