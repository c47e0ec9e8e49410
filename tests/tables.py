"""Tables of photos, for tests of what is built on them."""

import os
from collections.abc import Sequence
from typing import Any

from landmark_desktop.core.record import PhotoRecord
from landmark_desktop.services.photo_rows import Ids, PhotoRows, photo_rows
from landmark_desktop.services.photo_table import PhotoTable
from landmark_desktop.store.packed import ENTRY
from landmark_desktop.store.rows import Rows, error_to_json, pack_companions


def library_row(record: PhotoRecord, landmarks: list[str]) -> tuple[Any, ...]:
    """What the library would answer for this photo (see ``store.rows.COLUMNS``); new ``landmarks`` are added."""
    photo, identity, facts, review = record.photo, record.photo.identity, record.photo.facts, record.review
    guesses = record.guesses
    top = b""
    for guess in guesses.top if guesses is not None else ():
        if guess.landmark_id not in landmarks:
            landmarks.append(guess.landmark_id)
        top += ENTRY.pack(landmarks.index(guess.landmark_id), guess.confidence)
    answer = (None,) * 4
    if review is not None:
        answer = (review.state, review.landmark_id, review.reviewed_by, review.taken_here)  # type: ignore[assignment]
    return (
        *(photo.id, os.fsencode(photo.path.parent), os.fsencode(photo.path.name), identity.size, identity.mtime_ns),
        *(identity.content_key, facts.width, facts.height, facts.taken_at.isoformat() if facts.taken_at else None),
        *(facts.latitude, facts.longitude, error_to_json(record.error or record.note), record.tagged),
        pack_companions(photo.companions),
        *((None, None) if guesses is None else (guesses.novelty, top)),
        *answer,
        photo.facts_read,
    )


def rows(records: Sequence[PhotoRecord], ids: Ids) -> PhotoRows:
    """These photos as rows."""
    landmarks: list[str] = []
    found = [library_row(record, landmarks) for record in records]
    return photo_rows(Rows(found, landmarks), ids)  # type: ignore[arg-type]  # tuples do as well


def put(table: PhotoTable, records: Sequence[PhotoRecord]) -> list[int]:
    """Put photos into the table as if a scan had found them in this order; returns their ids."""
    for record in records:
        known = table.slot(record.id)
        rank = table.size if known is None else int(table.column("rank")[known])
        table.put(rows([record], table.ids), record.photo.path.parent, (0, ()), rank)
        table.set_review(record.id, record.review)
    return [record.id for record in records]
