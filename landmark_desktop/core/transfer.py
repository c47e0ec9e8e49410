"""Organising: which file of a photo goes from where to where, and the runs that group the transfers."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from landmark_desktop.core.photo import PhotoFile


class TransferState(StrEnum):
    """Where one file of an organise run stands in the journal.

    There: ``pending`` (about to be placed), ``placed`` (at its new place, the original about to be removed), ``done``.
    Back: ``undoing``, ``unplaced``, ``undone``.
    """

    PENDING = "pending"
    PLACED = "placed"
    DONE = "done"
    FAILED = "failed"
    UNDOING = "undoing"
    UNPLACED = "unplaced"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True)
class Transfer:
    """One file that is copied, or moved (``moves``), from ``source`` to ``target``; ``size`` in bytes."""

    source: Path
    target: Path
    size: int
    mtime_ns: int
    moves: bool


@dataclass(frozen=True, slots=True)
class TransferEntry:
    """One transfer in the journal. ``digest`` is the BLAKE2b of a copy that stands, empty for a moved file."""

    id: int
    run_id: str
    photo_id: int
    source: Path
    target: Path
    moves: bool
    state: TransferState
    size: int
    mtime_ns: int
    digest: str
    error: str


@dataclass(frozen=True, slots=True)
class Relocation:
    """A photo at its new place: ``files`` are all its files as (old path, new path), the one that is shown first."""

    photo_id: int
    files: tuple[tuple[Path, Path], ...]
    size: int
    mtime_ns: int
    companions: tuple[PhotoFile, ...]


@dataclass(frozen=True, slots=True)
class OrganiseRun:
    """One batch of copies or moves, undoable as a whole. The numbers are photos."""

    id: str
    started: datetime
    moves: bool
    root: Path
    template: str
    done: int
    failed: int
    undone: int

    @property
    def can_undo(self) -> bool:
        """True if something of this run still stands."""
        return self.done > 0
