"""How far the work on the open folders is, and the user's say in it: pause, go on, cancel. A part of the workspace."""

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QObject, Signal

from landmark_desktop.services.classification import ClassificationEngine
from landmark_desktop.services.feeder import Feeder
from landmark_desktop.services.metadata_pass import MetadataPass
from landmark_desktop.services.photo_table import PhotoTable
from landmark_desktop.services.progress import Progress
from landmark_desktop.services.work import Work, WorkState


class WorkDesk(QObject):
    """Feeds the engine of the moment, counts what it has done, and tells. Belongs to the window's thread."""

    state_changed = Signal(object)  # WorkState
    progress_changed = Signal(object)  # Progress

    def __init__(
        self,
        table: PhotoTable,
        engine: Callable[[], ClassificationEngine],
        metadata: MetadataPass,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._table = table
        self._engine = engine
        self._metadata = metadata
        self._feeder = Feeder(table, engine)
        self._work = Work()
        self._told = self._work.state

    @property
    def state(self) -> WorkState:
        """What is being done."""
        return self._work.state

    @property
    def progress(self) -> Progress:
        """How far the classification is."""
        return self._work.progress

    # what happened

    def open(self) -> None:
        """Other folders are about to be scanned; the engine has begun another job."""
        self._work.open()

    def opened(self) -> None:
        """The photos of the folders before are gone from the table."""
        self._feeder.reset()
        self._tell()

    def count(self, more_waiting: int, done: Iterable[int] = ()) -> None:
        """So many more photos wait than before (a negative number for fewer); the engine is done with some."""
        self._feeder.finish(done)
        if more_waiting > 0:
            self._work.add(more_waiting)
        else:
            self._work.finish(-more_waiting)

    def go_on(self, *, scanned: bool = False) -> None:
        """Give the engine more photos, and tell how far it is. ``scanned``: the scan has come to its end."""
        self._feeder.feed()
        if scanned:
            self._work.scanned()
        self._tell()

    def look_at(self, photo_ids: Sequence[int]) -> None:
        """These photos are in sight: they come first."""
        self._feeder.prioritise(photo_ids)

    def replace(self) -> None:
        """Another model will be loaded, which has no photos yet."""
        self._work.retry()
        self._feeder.stop()
        self._tell()

    def fail(self) -> None:
        """The model does not load."""
        self._engine().cancel()
        self._feeder.stop()
        self._work.fail()
        self._tell()

    # what the user wants

    def pause(self) -> None:
        """Start no further photo."""
        if self._work.pause():
            self._engine().pause()
            self._metadata.pause()
            self._tell()

    def resume(self) -> None:
        """Go on after a pause, or classify what a cancel left over."""
        self._metadata.resume()
        if self._work.resume():
            self._engine().resume()
        elif self.state is WorkState.IDLE:
            self._work.restart(self._table.waiting_count())
            self._feeder.reset()
            self._feeder.feed()
        self._tell()

    def cancel(self) -> None:
        """Drop what waits; what is done is kept, the rest can be resumed."""
        self._engine().cancel()
        self._metadata.pause()
        self._feeder.stop()
        self._work.cancel()
        self._tell()

    def _tell(self) -> None:
        """Tell the progress, and the state where it changed."""
        state = self._work.state
        if state is not self._told:
            self._told = state
            self.state_changed.emit(state)
        self.progress_changed.emit(self._work.progress)
