"""How the current photo was taken, read for the window in a process of its own, for one photo at a time."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from landmark_desktop.core.camera import CameraFacts
from landmark_desktop.core.photo import Photo
from landmark_desktop.services.lanes import BugHandler, Lane
from landmark_desktop.services.relay import Relay

if TYPE_CHECKING:  # Exiv2 comes with it, for which the window does not wait
    from landmark_desktop.metadata.reading import MetadataReader


class CameraDesk(QObject):
    """Methods and signals belong to the GUI thread. Only what was asked for last is delivered."""

    ready = Signal(int, object)  # photo id, CameraFacts

    def __init__(self, relay: Relay, on_bug: BugHandler, parent: QObject) -> None:
        super().__init__(parent)
        self._relay = relay
        self._lane = Lane("camera", on_bug=on_bug)
        self._reader: MetadataReader | None = None
        self._wanted = -1
        self._closed = False

    def request(self, photo: Photo) -> None:
        """Find out how a photo was taken; ``ready`` tells."""
        if not self._closed:
            self._wanted = photo.id
            self._lane.submit(self._read, photo)

    def _read(self, photo: Photo) -> None:
        """On the lane."""
        from landmark_desktop.metadata.reading import MetadataReader

        if photo.id != self._wanted:
            return
        if self._reader is None:
            self._reader = MetadataReader()
        try:
            found = self._reader.read_camera(photo.path)
        except OSError:  # no process can be started: the photo is shown without
            found = CameraFacts()
        self._relay.post(lambda: self._deliver(photo.id, found))

    def _deliver(self, photo_id: int, found: CameraFacts) -> None:
        if photo_id == self._wanted:
            self.ready.emit(photo_id, found)

    def close(self) -> None:
        """Break off what is under way, and join the thread."""
        self._closed = True
        self._wanted = -1
        if self._reader is not None:
            self._reader.stop()
        self._lane.close()
        if self._reader is not None:
            self._reader.close()
