"""Tagging: what will be written where, what was there before, and the runs that group the writes.

A :class:`TagRequest` says *which place* goes to *which photo*; the metadata layer turns it into a
:class:`TagChange`, a complete before/after description of one file; the tagging service journals it,
writes it and can undo it.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from landmark_desktop.core.location import Landmark
from landmark_desktop.core.photo import FileIdentity


class WriteMode(StrEnum):
    """Where metadata goes."""

    SIDECAR = "sidecar"
    EMBEDDED = "embedded"


class SidecarName(StrEnum):
    """How a new sidecar of ``IMG_1.jpg`` is called."""

    FULL = "full"  # IMG_1.jpg.xmp: digiKam, darktable, Immich
    STEM = "stem"  # IMG_1.xmp: Lightroom


class ReviewedBy(StrEnum):
    """Who accepted the guess; written into the estimate mark."""

    USER = "user"
    AUTO = "auto"


@dataclass(frozen=True, slots=True)
class TagRequest:
    """One accepted location for one photo, before anything is planned.

    ``taken_here`` asks for the estimated camera position too; it is ignored where the photo has its own.
    ``confidence`` in [0, 1] is the guess's, or None where the user picked a landmark the model did not guess.
    ``replace_position`` says that the user confirmed, for this photo, that its own position gives way to the estimate.
    ``siblings`` are the photo's other picture files (the raw file of a JPEG): what they say counts too, so that
    all files of a photo get the same.
    """

    photo_path: Path
    landmark: Landmark
    bundle_id: str
    bundle_version: str
    confidence: float | None
    reviewed_by: ReviewedBy
    taken_here: bool
    run_id: str
    time: datetime
    mode: WriteMode = WriteMode.SIDECAR
    sidecar_name: SidecarName = SidecarName.FULL
    replace_position: bool = False
    siblings: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One metadata field: its name as people know it (``Xmp.photoshop.City``), and its values as text."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class TagChange:
    """What one write does to one file.

    ``target`` is the file that is written: the photo itself or its sidecar; ``target_existed`` tells whether
    there is something to restore on undo or a file to remove. ``notes`` are sentences for the preview
    ("The photo keeps its own GPS position"). A change without ``fields`` needs no write.
    ``shared_extension`` names the file a sidecar belongs to that serves several (``CR2``), empty otherwise.
    """

    request: TagRequest
    target: Path
    target_existed: bool
    fields: tuple[FieldChange, ...]
    photo_identity: FileIdentity
    target_identity: FileIdentity | None
    notes: tuple[str, ...] = ()
    shared_extension: str = ""

    @property
    def is_empty(self) -> bool:
        """True if the file already says all of it."""
        return not self.fields


class RunState(StrEnum):
    """Where one write of a run stands in the journal."""

    PENDING = "pending"
    DONE = "done"
    FAILED = "failed"
    UNDOING = "undoing"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True)
class Run:
    """One batch of tag operations, undoable as a whole. ``redoable`` of the ``undone`` can be written again."""

    id: str
    started: datetime
    photos: int
    done: int
    failed: int
    undone: int
    folders: tuple[str, ...] = field(default=())
    redoable: int = 0

    @property
    def can_redo(self) -> bool:
        """True if something of this run that was undone can be written again."""
        return self.redoable > 0

    @property
    def can_undo(self) -> bool:
        """True if something of this run still stands in the files."""
        return self.done > 0
