"""What ``classify`` prints: a table for people, JSON lines and CSV for programs."""

import csv
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol, TextIO

from landmark_desktop.core.bundle import Bundle
from landmark_desktop.core.guess import Guess
from landmark_desktop.core.record import PhotoRecord

TABLE_LEAST = 0.01
"""Guesses below one percent say nothing to people, so the table leaves them out."""


class Writer(Protocol):
    """Prints one record at a time, flushed, so that a reader sees it at once."""

    def write(self, record: PhotoRecord, verdict: str) -> None:
        """Print one photo with its verdict (``landmark``, ``unsure``, ``none`` or ``error``)."""


def guess_to_json(guess: Guess, bundle: Bundle) -> dict[str, Any]:
    """One guess as the command line contract describes it; places a landmark does not have are null."""
    landmark = bundle.landmark_by_id[guess.landmark_id]
    place = landmark.location
    return {
        "id": landmark.id,
        "name": landmark.name,
        "confidence": round(guess.confidence, 6),
        "city": place.city if place else None,
        "country_code": place.country_code if place else None,
        "latitude": place.latitude if place else None,
        "longitude": place.longitude if place else None,
    }


def record_to_json(record: PhotoRecord, verdict: str, bundle: Bundle, top_k: int) -> dict[str, Any]:
    """One photo as the command line contract describes it."""
    facts = record.photo.facts
    guesses = record.guesses.top[:top_k] if record.guesses is not None and record.error is None else ()
    return {
        "path": str(record.photo.path),
        "verdict": verdict,
        "guesses": [guess_to_json(guess, bundle) for guess in guesses],
        "error": str(record.error) if record.error is not None else None,
        "width": facts.width,
        "height": facts.height,
        "taken_at": facts.taken_at.isoformat() if facts.taken_at is not None else None,
        "has_gps": facts.has_gps,
    }


class _JsonLines:
    def __init__(self, stream: TextIO, bundle: Bundle, top_k: int) -> None:
        self._stream, self._bundle, self._top_k = stream, bundle, top_k

    def write(self, record: PhotoRecord, verdict: str) -> None:
        document = record_to_json(record, verdict, self._bundle, self._top_k)
        try:
            line = json.dumps(document, ensure_ascii=False)
            line.encode("utf-8")
        except UnicodeEncodeError:
            # A file name that is not UTF-8: escaped, so that Python's json reads back the very same name.
            line = json.dumps(document)
        self._stream.write(line + "\n")
        self._stream.flush()


class _Csv:
    _FACTS = ("path", "verdict", "error", "width", "height", "taken_at", "has_gps")
    _GUESS = ("id", "name", "confidence", "city", "country_code", "latitude", "longitude")

    def __init__(self, stream: TextIO, bundle: Bundle, top_k: int) -> None:
        self._stream, self._bundle, self._top_k = stream, bundle, top_k
        columns = [*self._FACTS, *(f"{key}_{rank}" for rank in range(1, top_k + 1) for key in self._GUESS)]
        self._writer = csv.DictWriter(stream, columns, lineterminator="\n")
        self._writer.writeheader()

    def write(self, record: PhotoRecord, verdict: str) -> None:
        document = record_to_json(record, verdict, self._bundle, self._top_k)
        row = {key: document[key] for key in self._FACTS}
        row["has_gps"] = str(document["has_gps"]).lower()
        for rank, guess in enumerate(document["guesses"], start=1):
            row.update((f"{key}_{rank}", guess[key]) for key in self._GUESS)
        self._writer.writerow(row)
        self._stream.flush()


class _Table:
    def __init__(self, stream: TextIO, bundle: Bundle, top_k: int) -> None:
        self._stream, self._bundle, self._top_k = stream, bundle, top_k
        self._folder: Path | None = None

    def write(self, record: PhotoRecord, verdict: str) -> None:
        path = record.photo.path
        if path.parent != self._folder:
            self._folder = path.parent
            self._stream.write(f"\n{os.fsencode(self._folder).decode('utf-8', 'replace')}\n")
        self._stream.write(f"  {record.photo.name:<24}  {verdict:<8}  {self._detail(record)}\n")
        self._stream.flush()

    def _detail(self, record: PhotoRecord) -> str:
        if record.error is not None or record.guesses is None:
            return record.error.message if record.error is not None else ""
        top = record.guesses.top[: self._top_k]
        shown = [guess for guess in top if guess.confidence >= TABLE_LEAST]
        return ", ".join(self._guess(guess, first=rank == 0) for rank, guess in enumerate(shown)) or "–"

    def _guess(self, guess: Guess, *, first: bool) -> str:
        landmark = self._bundle.landmark_by_id[guess.landmark_id]
        place = f" ({landmark.location.place})" if first and landmark.location is not None else ""
        return f"{landmark.name}{place} {guess.confidence:.0%}"


_WRITERS: dict[str, Callable[[TextIO, Bundle, int], Writer]] = {"table": _Table, "jsonl": _JsonLines, "csv": _Csv}
FORMATS = tuple(_WRITERS)


def make_writer(name: str, stream: TextIO, bundle: Bundle, top_k: int) -> Writer:
    """The writer of one of :data:`FORMATS`."""
    return _WRITERS[name](stream, bundle, top_k)
