"""Planning a run: what will be written for each photo, before anything is."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from landmark_desktop.core.bundle import Bundle
from landmark_desktop.core.errors import ErrorCode, KnownError, MetadataError
from landmark_desktop.core.photo import display_name
from landmark_desktop.core.record import PhotoRecord
from landmark_desktop.core.tag import SidecarName, TagChange, TagRequest, WriteMode
from landmark_desktop.metadata import writer
from landmark_desktop.services.lanes import CancelToken


@dataclass(frozen=True, slots=True)
class TagOptions:
    """How places are written. ``taken_here`` is the default for photos without a choice of their own;
    ``replace_position`` are the ids of photos whose own position the user has confirmed to be replaced."""

    mode: WriteMode = WriteMode.SIDECAR
    sidecar_name: SidecarName = SidecarName.FULL
    taken_here: bool = True
    keep_mtime: bool = False
    replace_position: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class PlannedTag:
    """What will be written for one file of a photo, or the reason why nothing can be. A change may be empty: all is
    there already.

    ``file`` is None for the file that stands for the photo; a photo of several files is planned once for each.
    """

    record: PhotoRecord
    change: TagChange | None
    error: KnownError | None = None
    file: Path | None = None

    @property
    def path(self) -> Path:
        """The photo's file that is tagged."""
        return self.file or self.record.photo.path

    @property
    def target(self) -> Path:
        """The file that is written; the photo where nothing can be."""
        return self.path if self.change is None else self.change.target

    @property
    def is_due(self) -> bool:
        """True if there is something to write, or a reason to tell why there is not."""
        return self.change is None or not self.change.is_empty


@dataclass(frozen=True, slots=True)
class Plan:
    """A previewed run: nothing is written yet."""

    run_id: str
    options: TagOptions
    items: tuple[PlannedTag, ...]
    noted: tuple[int, ...] = ()
    """Photos (ids) that turned out to be tagged already, by the sidecar that they share with another."""

    @property
    def writes(self) -> tuple[PlannedTag, ...]:
        """The items that change a file; no file is in two of them."""
        return tuple(item for item in self.items if item.change is not None and not item.change.is_empty)

    @property
    def served(self) -> list[tuple[int, Path, str]]:
        """Photos (id, sidecar, landmark's id) with nothing to write: their sidecar may be another photo's, too."""
        changes = [(item.record.id, item.change) for item in self.items if item.change is not None]
        return [
            (photo, change.target, change.request.landmark.id)
            for photo, change in changes
            if change.is_empty and change.target != change.request.photo_path
        ]

    @property
    def photos(self) -> int:
        """How many photos are written; one may have several files."""
        return len({item.record.id for item in self.writes})


def new_run_id(now: datetime) -> str:
    """A run id that sorts by time and reads like one: ``20240501-101112-3fa9c07d``.

    Random enough that no two runs of one second ever meet.
    """
    return f"{now.astimezone(UTC):%Y%m%d-%H%M%S}-{secrets.token_hex(4)}"


def plan_run(
    records: Sequence[PhotoRecord], options: TagOptions, bundle: Bundle, token: CancelToken | None = None
) -> Plan:
    """Find out what tagging these photos with their accepted landmarks would change. Writes nothing.

    Photos that share a sidecar are planned once: for the first of them. Another one that shows something else is an
    error, because the sidecar can speak of one place only.
    """
    now = datetime.now(UTC).replace(microsecond=0)
    planner = _Planner(bundle, options, new_run_id(now), now)
    for record in records:
        if token is not None and token.is_cancelled():
            break
        planner.add(record)
    return Plan(planner.run_id, options, tuple(planner.items))


class _Planner:
    def __init__(self, bundle: Bundle, options: TagOptions, run_id: str, now: datetime) -> None:
        self._bundle = bundle
        self._options = options
        self._now = now
        self._folders = writer.Folders()
        self._served: dict[Path, TagRequest] = {}
        self.run_id = run_id
        self.items: list[PlannedTag] = []

    def add(self, record: PhotoRecord) -> None:
        """Plan each picture file of a photo: programs that read the raw file do not look at the JPEG beside it."""
        mine: set[Path] = set()
        for file in record.photo.pictures:
            planned = partial(PlannedTag, record, file=None if file == record.photo.path else file)
            try:
                request = self._request(record, file)
                target = writer.choose_target(request, self._folders)
                if target.path in mine:  # one sidecar of the name IMG_1.xmp serves both
                    continue
                first = self._served.get(target.path)
                if first is None:
                    change = writer.plan_tag(request, self._folders, target)
                    self._served[target.path] = request
                else:
                    change = _served_already(record, request, target.path, first)
            except KnownError as error:
                self.items.append(planned(change=None, error=error))
                continue
            self.items.append(planned(change=change))
            mine.add(target.path)

    def _request(self, record: PhotoRecord, file: Path) -> TagRequest:
        review = record.review
        if review is None or review.landmark_id is None:
            raise ValueError(f"photo {record.id} has no accepted landmark")
        landmark = self._bundle.landmark_by_id.get(review.landmark_id)
        if landmark is None or landmark.location is None:
            # Accepted under another bundle that knew more landmarks.
            name = review.landmark_id if landmark is None else landmark.name or landmark.id
            raise MetadataError(ErrorCode.LANDMARK_WITHOUT_LOCATION, landmark=name)
        guess = record.accepted_guess
        here = self._options.taken_here if review.taken_here is None else review.taken_here
        replaces = record.id in self._options.replace_position
        return TagRequest(
            photo_path=file,
            landmark=landmark,
            bundle_id=self._bundle.manifest.id,
            bundle_version=self._bundle.manifest.version,
            confidence=guess.confidence if guess is not None else None,
            reviewed_by=review.reviewed_by,
            # The position may be in another file of the photo.
            taken_here=replaces or (not record.photo.facts.has_gps and here),
            run_id=self.run_id,
            time=self._now,
            mode=self._options.mode,
            sidecar_name=self._options.sidecar_name,
            replace_position=replaces,
            siblings=tuple(path for path in record.photo.pictures if path != file),
        )


def _served_already(record: PhotoRecord, request: TagRequest, target: Path, first: TagRequest) -> TagChange:
    """The empty change of a photo whose sidecar the plan writes for another photo. Raises :class:`MetadataError`."""
    name, other, sidecar = (display_name(path) for path in (request.photo_path, first.photo_path, target))
    if request.landmark.id != first.landmark.id:
        raise MetadataError(ErrorCode.SIDECAR_TAKEN, name=name, other=other, sidecar=sidecar)
    note = f"The sidecar {sidecar} also serves {other}; it is written once."
    return TagChange(request, target, True, (), record.photo.identity, None, (note,))
