"""Where the work on the open folder stands: a small state machine, without threads and without signals."""

from enum import StrEnum

from landmark_desktop.services.progress import Progress, ProgressMeter


class WorkState(StrEnum):
    """What is being done with the open folder."""

    IDLE = "idle"
    SCANNING = "scanning"
    CLASSIFYING = "classifying"
    PAUSED = "paused"
    FAILED = "failed"  # the model does not load


class Work:
    """Counts the photos to classify and derives the state from what happened.

    The order in which scan, results and the user's wishes arrive is open, so nothing is remembered but facts:
    is a scan running, did the user pause or cancel, does the model load, how many photos are done of how many.
    """

    def __init__(self, meter: ProgressMeter | None = None) -> None:
        self._meter = meter or ProgressMeter()
        self._scanning = False
        self._paused = False
        self._cancelled = False
        self._failed = False

    @property
    def state(self) -> WorkState:
        """The state that follows from the facts."""
        if self._failed:
            return WorkState.SCANNING if self._scanning else WorkState.FAILED
        waiting = self._meter.done < self._meter.total
        if not (waiting or self._scanning):
            return WorkState.IDLE
        if self._paused:
            return WorkState.PAUSED
        return WorkState.CLASSIFYING if waiting else WorkState.SCANNING

    @property
    def progress(self) -> Progress:
        """How far the classification is."""
        return self._meter.progress()

    def open(self) -> None:
        """A scan of other folders begins."""
        self._meter.reset()
        self._scanning = True
        self._paused = self._cancelled = False

    def scanned(self) -> None:
        """The scan ended."""
        self._scanning = False

    def add(self, count: int) -> None:
        """The scan found ``count`` photos to classify; after a cancel or without a model they do not count."""
        if count and not (self._cancelled or self._failed):
            self._meter.add(count)

    def finish(self, count: int) -> None:
        """``count`` photos are done. Ones that were under way when the batch was cancelled do not count."""
        count = min(count, self._meter.total - self._meter.done)
        if count > 0:
            self._meter.finish(count)

    def pause(self) -> bool:
        """The user pauses; True if there was something to pause."""
        if self.state not in (WorkState.CLASSIFYING, WorkState.SCANNING):
            return False
        self._paused = True
        self._meter.pause()
        return True

    def resume(self) -> bool:
        """The user goes on; True if the work was paused."""
        if self.state is not WorkState.PAUSED:
            return False
        self._paused = False
        self._meter.resume()
        return True

    def restart(self, count: int) -> None:
        """Classify the ``count`` photos that a cancel left over."""
        self._meter.reset()
        self._paused = self._cancelled = False
        self.add(count)

    def cancel(self) -> None:
        """The user cancels: nothing is waited for any more."""
        self._meter.reset()
        self._scanning = self._paused = False
        self._cancelled = True

    def fail(self) -> None:
        """The model does not load."""
        self._failed = True
        self._meter.reset()

    def retry(self) -> None:
        """Another model will be loaded."""
        self._failed = False
        self.cancel()
