"""Writing for the window: previews, runs and their undo on the write lane, told by signals on the GUI thread."""

import logging
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, SignalInstance

from landmark_desktop.core.errors import KnownError
from landmark_desktop.core.record import PhotoRecord
from landmark_desktop.services.lanes import CancelToken, Lane
from landmark_desktop.services.relay import Relay
from landmark_desktop.services.tag_results import Report, TagResult

if TYPE_CHECKING:  # Exiv2 comes with it, for which the window does not wait
    from landmark_desktop.services.tagging import Plan, TaggingService, TagOptions

log = logging.getLogger(__name__)


class Writing(QObject):
    """Plans, applies and undoes runs. One thing at a time: they share the write lane.

    ``make_service`` is called on that lane, for each thing anew: the bundle may be another one by then.
    ``on_written`` is called on the write lane with the ids of photos whose files changed; ``on_problem`` with known
    errors that no photo carries.
    """

    plan_ready = Signal(object)  # Plan
    progress = Signal(int, int)  # files written or undone so far, of how many (0: not known)
    run_finished = Signal(object)  # list[TagResult]
    undo_finished = Signal(object)  # list[TagResult], of an undo or a redo
    runs_listed = Signal(object)  # list[Run], the newest first
    files_listed = Signal(str, object)  # id of a run, list[TagResult] of its files
    reconciled = Signal(object)  # list[TagResult] of writes that a killed process had left open

    def __init__(
        self,
        make_service: "Callable[[], TaggingService]",
        *,
        on_written: Callable[[list[int]], None],
        on_problem: Callable[[BaseException | None], None],
        on_bug: Callable[[BaseException], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._service = make_service
        self._on_written = on_written
        self._on_problem = on_problem
        self._relay = Relay(self)
        self._lane = Lane("write", on_bug=on_bug)
        self._token = CancelToken()

    def reconcile(self) -> None:
        """Settle writes that a killed process left open; ``reconciled`` tells where there were any."""
        self._lane.submit(self._reconcile)

    @property
    def lane(self) -> Lane:
        """The write lane, for whatever else writes users' files."""
        return self._lane

    def plan(self, records: Sequence[PhotoRecord], options: "TagOptions") -> None:
        """Find out what tagging these accepted photos would write; ``plan_ready`` tells."""
        self._token = CancelToken()
        self._lane.submit(self._plan, list(records), options, self._token)

    def _plan(self, records: list[PhotoRecord], options: "TagOptions", token: CancelToken) -> None:
        plan = self._service().plan(records, options, token)
        if plan.noted:
            self._on_written(list(plan.noted))
        self._relay.post(lambda: self.plan_ready.emit(plan))

    def apply(self, plan: "Plan") -> None:
        """Write a plan; ``progress`` and ``run_finished`` tell."""
        self._token = CancelToken()
        token = self._token
        total = sum(item.change is None or not item.change.is_empty for item in plan.items)
        self._lane.submit(
            self._work, lambda report: self._service().apply(plan, report, token), self.run_finished, total
        )

    def undo(
        self, run_id: str | None = None, photos: Collection[int] | None = None, *, only_ours: bool = False
    ) -> None:
        """Take back a run, or the newest that still stands, or some photos (ids) of it; ``undo_finished`` tells.

        ``only_ours``: what we wrote is taken out of files that were changed since, instead of leaving them alone.
        """
        self._start_undo(lambda report, token: self._service().undo(run_id, report, token, photos, only_ours=only_ours))

    def undo_folder(self, folder: Path, *, only_ours: bool = False) -> None:
        """Take back all that any run wrote to photos in a folder and below it; ``undo_finished`` tells. ``only_ours``
        as for :meth:`undo`."""
        self._start_undo(lambda report, token: self._service().undo_folder(folder, report, token, only_ours=only_ours))

    def redo(self, run_id: str, photos: Collection[int] | None = None) -> None:
        """Write again what was undone of a run, or of some photos (ids) of it; ``undo_finished`` tells."""
        self._start_undo(lambda report, token: self._service().redo(run_id, report, token, photos))

    def _start_undo(self, action: Callable[[Report, CancelToken], list[TagResult]]) -> None:
        self._token = token = CancelToken()
        self._lane.submit(self._work, lambda report: action(report, token), self.undo_finished, 0)

    def cancel(self) -> None:
        """Stop planning, tagging or undoing after the file under way; what is written stays and can be undone."""
        self._token.cancel()

    def list_runs(self) -> None:
        """List all runs; ``runs_listed`` tells."""
        self._lane.submit(self._list_runs)

    def list_files(self, run_id: str) -> None:
        """List the files of a run and where each stands; ``files_listed`` tells."""
        self._lane.submit(self._list_files, run_id)

    def close(self) -> None:
        """Stop after the file under way and end the lane; nothing is told any more."""
        self._token.cancel()
        self._lane.close()
        self._relay.close()

    def _list_runs(self) -> None:
        runs = self._service().runs()
        self._relay.post(lambda: self.runs_listed.emit(runs))

    def _list_files(self, run_id: str) -> None:
        files = self._service().written(run_id)
        self._relay.post(lambda: self.files_listed.emit(run_id, files))

    def _work(self, action: Callable[[Report], list[TagResult]], finished: SignalInstance, total: int) -> None:
        done = 0

        def report(_: TagResult) -> None:
            nonlocal done
            done += 1
            count = done
            self._relay.post(lambda: self.progress.emit(count, total))

        results: list[TagResult] = []
        try:
            results = action(report)
        except KnownError as error:
            self._on_problem(error)
        written = [result.photo_id for result in results]
        self._on_written([*written, *self._service().sharing(written)])
        self._relay.post(lambda: finished.emit(results))

    def _reconcile(self) -> None:
        results = self._service().reconcile()
        if results:
            log.info("%d writes had been cut off and were settled", len(results))
            self._relay.post(lambda: self.reconciled.emit(results))
