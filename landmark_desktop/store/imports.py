"""Taking over into the library what stood in photos' files."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime

from landmark_desktop.core.imported import FoundPlace, Imported
from landmark_desktop.store.rows import IDS_PER_QUERY


def take_over(connection: sqlite3.Connection, photo_id: int, imported: Imported, *, again: bool = False) -> bool:
    """Store what a photo's files hold; True if that gave the photo a review. Used within a transaction.

    A review that is there stays, and a photo gives its review once: an answer that the user took back does not return
    when the file is read again. With ``again`` it does, because the user asks for it. The place that is only shown is
    always the one of the last reading.
    """
    place = imported.place
    if place is None:
        connection.execute("DELETE FROM found_place WHERE photo_id = ?", (photo_id,))
    else:
        connection.execute(
            "INSERT OR REPLACE INTO found_place (photo_id, place) VALUES (?, ?)",
            (photo_id, json.dumps(asdict(place), ensure_ascii=True)),
        )
    first = connection.execute("UPDATE photo SET imported = 1 WHERE id = ? AND imported = 0", (photo_id,)).rowcount > 0
    if not (first or again):
        return False
    review, added = imported.review, False
    if review is not None:
        cursor = connection.execute(
            "INSERT OR IGNORE INTO review (photo_id, state, landmark_id, reviewed_by, taken_here, time)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (
                *(photo_id, review.state, review.landmark_id, review.reviewed_by, review.taken_here),
                datetime.now(UTC).isoformat(timespec="seconds"),
            ),
        )
        added = cursor.rowcount > 0
    if imported.tagged is not None:
        connection.execute(
            "UPDATE photo SET tagged = ? WHERE id = ? AND tagged IS NULL"
            " AND NOT EXISTS (SELECT 1 FROM write WHERE photo_id = photo.id)",
            (imported.tagged, photo_id),
        )
    return added


def found_places(connection: sqlite3.Connection, photo_ids: Sequence[int]) -> dict[int, FoundPlace]:
    """The places that are only shown, of those of these photos that have one."""
    found: dict[int, FoundPlace] = {}
    for start in range(0, len(photo_ids), IDS_PER_QUERY):
        marks = ",".join(str(int(photo_id)) for photo_id in photo_ids[start : start + IDS_PER_QUERY])
        for row in connection.execute(f"SELECT photo_id, place FROM found_place WHERE photo_id IN ({marks})"):
            found[row["photo_id"]] = FoundPlace(**json.loads(row["place"]))
    return found
