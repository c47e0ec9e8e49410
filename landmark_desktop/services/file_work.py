"""Organising, exporting and importing for the window, on the write lane, told by signals on the GUI thread.

The services behind it are imported on that lane: the window does not wait for them.
"""

import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from landmark_desktop.core.bundle import Bundle
from landmark_desktop.core.errors import KnownError
from landmark_desktop.core.record import PhotoRecord
from landmark_desktop.services.lanes import CancelToken, Lane
from landmark_desktop.services.relay import Gatherer, Relay
from landmark_desktop.store.library import Library

if TYPE_CHECKING:
    from landmark_desktop.services.export_formats import ExportFormat
    from landmark_desktop.services.organise_plan import OrganiseOptions, OrganisePlan
    from landmark_desktop.services.organising import OrganiseResult, OrganisingService

log = logging.getLogger(__name__)


class FileWork(QObject):
    """What the window does with users' files besides tagging. ``lane`` is the write lane, so that no two writes race.

    ``bundle`` tells the bundle of the moment. ``on_imported`` is called on the lane with the photos that got a review;
    ``on_problem`` with known errors that no photo carries.
    """

    planned = Signal(object)  # OrganisePlan, or None where it failed
    organised = Signal(object)  # list[OrganiseResult]
    undone = Signal(object)  # list[OrganiseResult]
    runs_listed = Signal(object)  # list[OrganiseRun], the newest first
    exported = Signal(object, object)  # Path, ExportResult
    imported = Signal(object)  # ImportResult
    place_told = Signal(int, object)  # photo id, FoundPlace that its files speak of
    progress = Signal(int, int)  # photos so far, of how many (0: not known)

    def __init__(
        self,
        db: Lane,
        library: Library,
        bundle: Callable[[], Bundle],
        lane: Lane,
        *,
        on_imported: Callable[[list[int]], None],
        on_problem: Callable[[BaseException | None], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._db = db
        self._library = library
        self._bundle = bundle
        self._lane = lane
        self._on_imported = on_imported
        self._on_problem = on_problem
        self._relay = Relay(self)
        self._steps: Gatherer[tuple[int, int]] = Gatherer(self._tell_progress, self)
        self._token = CancelToken()
        self._closed = False

    def reconcile(self) -> None:
        """Settle transfers that a killed process left open."""
        self._lane.submit(self._reconcile)

    def cancel(self) -> None:
        """Stop after the photo under way; what is done stays."""
        self._token.cancel()

    def close(self) -> None:
        """The lanes are about to end: stop after the photo under way, and begin nothing more."""
        self._closed = True
        self.cancel()

    def _start(self) -> CancelToken:
        self._token = CancelToken()
        return self._token

    def _tell_progress(self, steps: list[tuple[int, int]]) -> None:
        self.progress.emit(*steps[-1])

    def _counter(self, total: int) -> Callable[..., None]:
        """Counts photos, whatever it is told of each."""
        done = 0

        def count(*_: object) -> None:
            nonlocal done
            done += 1
            self._steps.put((done, total))

        return count

    # organising

    def _organising(self, bundle: Bundle | None = None) -> "OrganisingService":
        from landmark_desktop.services.organising import OrganisingService

        return OrganisingService(self._db, self._library, bundle)

    def plan(self, records: Sequence[PhotoRecord], options: "OrganiseOptions") -> None:
        """Find out where these photos go; ``planned`` tells."""
        self._lane.submit(self._plan, list(records), options, self._bundle(), self._start())

    def _plan(self, records: list[PhotoRecord], options: "OrganiseOptions", bundle: Bundle, token: CancelToken) -> None:
        plan: OrganisePlan | None = None
        try:
            plan = self._organising(bundle).plan(records, options, token)
        except KnownError as error:
            self._on_problem(error)
        self._relay.post(lambda: self.planned.emit(plan))

    def organise(self, plan: "OrganisePlan") -> None:
        """Carry out a plan; ``progress`` and ``organised`` tell."""
        self._lane.submit(self._organise, plan, self._start())

    def _organise(self, plan: "OrganisePlan", token: CancelToken) -> None:
        results: list[OrganiseResult] = []
        try:
            results = self._organising().apply(plan, self._counter(len(plan.transfers)), token)
        except KnownError as error:
            self._on_problem(error)
        self._relay.post(lambda: self.organised.emit(results))

    def undo(self, run_id: str) -> None:
        """Bring the photos of a run back, or remove its copies; ``progress`` and ``undone`` tell."""
        self._lane.submit(self._undo, run_id, self._start())

    def _undo(self, run_id: str, token: CancelToken) -> None:
        results: list[OrganiseResult] = []
        try:
            results = self._organising().undo(run_id, self._counter(0), token)
        except KnownError as error:
            self._on_problem(error)
        self._relay.post(lambda: self.undone.emit(results))

    def list_runs(self) -> None:
        """List the organise runs; ``runs_listed`` tells."""
        self._lane.submit(self._list_runs)

    def _list_runs(self) -> None:
        runs = self._organising().runs()
        self._relay.post(lambda: self.runs_listed.emit(runs))

    def _reconcile(self) -> None:
        results = self._organising().reconcile()
        if results:
            log.info("%d transfers had been cut off and were settled", len(results))

    # exporting and importing

    def export(self, photo_ids: Sequence[int], kind: "ExportFormat", output: Path) -> None:
        """Write the accepted ones of these photos to a file; ``exported`` tells."""
        self._lane.submit(self._export, list(photo_ids), kind, output, self._bundle(), self._start())

    def _export(
        self, photo_ids: list[int], kind: "ExportFormat", output: Path, bundle: Bundle, token: CancelToken
    ) -> None:
        from landmark_desktop.services.exporting import ExportService

        service = ExportService(self._db, self._library, bundle)
        try:
            result = service.save(service.records(photo_ids), kind, output, token, self._counter(len(photo_ids)))
        except KnownError as error:
            self._on_problem(error)
        else:
            self._relay.post(lambda: self.exported.emit(output, result))

    def ask_place(self, photo_id: int) -> None:
        """Look up the place that a photo's files speak of and that is no landmark; ``place_told`` tells if there is
        one."""
        if not self._closed:  # a timer of the window may still run out
            self._db.submit(self._ask_place, photo_id)

    def _ask_place(self, photo_id: int) -> None:
        for found, place in self._library.found_places([photo_id]).items():
            self._relay.post(lambda found=found, place=place: self.place_told.emit(found, place))  # type: ignore[misc]

    def read_places(self, records: Sequence[PhotoRecord]) -> None:
        """Read the places that stand in these photos' files; ``imported`` tells."""
        self._lane.submit(self._read_places, list(records), self._bundle(), self._start())

    def _read_places(self, records: list[PhotoRecord], bundle: Bundle, token: CancelToken) -> None:
        from landmark_desktop.services.importing import ImportService

        try:
            service = ImportService(self._db, self._library, bundle)
            result = service.run(records, token, self._counter(len(records)))
        except KnownError as error:
            self._on_problem(error)
            return
        if result.reviewed:
            self._on_imported(list(result.reviewed))
        self._relay.post(lambda: self.imported.emit(result))
