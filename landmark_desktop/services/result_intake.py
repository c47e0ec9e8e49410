"""Takes what was found out about open photos into the table: results of the engine, metadata, news after writing."""

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import QObject

from landmark_desktop.services.photo_rows import FactRows, PhotoRows
from landmark_desktop.services.photo_table import PhotoTable
from landmark_desktop.services.relay import Gatherer


@dataclass(slots=True)
class Results:
    """What changed in the table. ``done`` are photos that the engine is done with, ``more_waiting`` tells how many wait
    for it that did not before (mostly negative)."""

    changed: list[int] = field(default_factory=list)
    done: list[int] = field(default_factory=list)
    more_waiting: int = 0


class ResultIntake(QObject):
    """Between the lanes and the table, at most every 50 ms.

    ``before`` is called first: a photo has to be in the table before it changes. ``tell`` hears of rows, and
    ``tell_facts`` of photos whose metadata was read, all on the window's thread.
    """

    def __init__(
        self,
        table: PhotoTable,
        *,
        before: Callable[[], None],
        tell: Callable[[Results], None],
        tell_facts: Callable[[list[int]], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._table = table
        self._before = before
        self._tell = tell
        self._tell_facts = tell_facts
        self._job = 0
        self._rows: Gatherer[tuple[int, PhotoRows]] = Gatherer(self._take_rows, self)
        self._facts: Gatherer[tuple[int, FactRows]] = Gatherer(self._take_facts, self)

    def open(self, job: int) -> None:
        """Take in what is of this job from now on."""
        self._job = job

    def put(self, job: int, rows: PhotoRows) -> None:
        """These photos are others in the library now. May be called from any thread."""
        self._rows.put((job, rows))

    def put_facts(self, job: int, facts: FactRows) -> None:
        """Metadata was read. May be called from any thread."""
        self._facts.put((job, facts))

    def take(self, job: int, rows: PhotoRows) -> None:
        """:meth:`put` at once, on the window's thread."""
        self._take_rows([(job, rows)])

    def _take_rows(self, items: list[tuple[int, PhotoRows]]) -> None:
        self._before()
        before = self._table.waiting_count()
        results = Results()
        for job, rows in items:
            if job == self._job:
                results.changed += self._table.put(rows)[1]
                results.done += rows.rows["id"].tolist()
        results.more_waiting = self._table.waiting_count() - before
        self._tell(results)

    def _take_facts(self, items: list[tuple[int, FactRows]]) -> None:
        self._before()
        changed = [photo_id for job, facts in items if job == self._job for photo_id in self._table.set_facts(facts)]
        if changed:
            self._tell_facts(changed)
