"""Why? Where in a photo what speaks for a landmark: class activation maps for the window, one photo at a time."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, Signal

from landmark_desktop.core.bundle import Bundle
from landmark_desktop.core.errors import KnownError
from landmark_desktop.core.photo import Photo
from landmark_desktop.services.lanes import BugHandler, Lane
from landmark_desktop.services.relay import Relay

if TYPE_CHECKING:
    from landmark_desktop.inference.classifier import Activation
    from landmark_desktop.services.classification import ClassificationEngine

PIXELS_A_CELL: Final = 16
"""Maps have seven or eight cells a side; enlarged by so much they are smooth, and still small."""


@dataclass(frozen=True, slots=True)
class HeatMap:
    """``values`` ``[h, w]``, from 0 (nothing, or what speaks against the landmark) to 1 (where most speaks for it),
    over the ``part`` of the upright photo that the model sees: left, top, right and bottom in shares of its sides."""

    values: npt.NDArray[np.float32]
    part: tuple[float, float, float, float]

    @property
    def is_empty(self) -> bool:
        """True if nothing in the photo speaks for the landmark."""
        return not self.values.any()


def heat_map(activation: "Activation", part: tuple[float, float, float, float]) -> HeatMap:
    """Make a picture of an activation map ``[h, w]``: what speaks against the landmark is 0, the maximum is 1, between
    the cells it is smooth (bicubic)."""
    from PIL import Image

    positive = np.maximum(activation, 0.0).astype(np.float32)
    height, width = (side * PIXELS_A_CELL for side in positive.shape)
    strongest = float(positive.max())
    if not strongest > 0.0:
        return HeatMap(np.zeros((height, width), np.float32), part)
    large = Image.fromarray(positive / strongest).resize((width, height), Image.Resampling.BICUBIC)
    return HeatMap(np.clip(np.asarray(large, np.float32), 0.0, 1.0), part)


class HeatMaps(QObject):
    """Methods and signals belong to the GUI thread. Only what was asked for last is delivered."""

    ready = Signal(int, str, object)  # photo id, landmark id, HeatMap or KnownError

    def __init__(
        self,
        bundle: Callable[[], Bundle],
        engine: Callable[[], "ClassificationEngine"],
        relay: Relay,
        on_bug: BugHandler,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._bundle = bundle
        self._engine = engine
        self._relay = relay
        self._lane = Lane("heat-map", on_bug=on_bug)
        self._wanted: tuple[int, str] | None = None
        self._closed = False

    def request(self, photo: Photo, landmark_id: str) -> None:
        """Find out what in a photo speaks for a landmark of the bundle; ``ready`` tells."""
        if not self._closed:
            self._wanted = (photo.id, landmark_id)
            self._lane.submit(self._ask, photo, landmark_id)

    def drop(self) -> None:
        """Nobody wants to know any more."""
        self._wanted = None

    def _ask(self, photo: Photo, landmark_id: str) -> None:
        """On the lane: prepare the photo as for classification, and hand it to the engine."""
        from landmark_desktop.core.preprocess import preprocess, seen_part
        from landmark_desktop.imaging.decode import decode_first

        if (photo.id, landmark_id) != self._wanted:
            return
        spec = self._bundle().manifest.input
        try:
            image = decode_first(photo.pictures, short_side=spec.resize_shorter_side)[0].image
        except KnownError as error:
            self._tell(photo.id, landmark_id, error)
            return
        part = seen_part(image.width, image.height, spec)

        def reply(answer: "Activation | KnownError") -> None:
            found = answer if isinstance(answer, KnownError) else heat_map(answer, part)
            self._tell(photo.id, landmark_id, found)

        self._engine().explain(preprocess(image, spec), landmark_id, reply)

    def _tell(self, photo_id: int, landmark_id: str, found: HeatMap | KnownError) -> None:
        self._relay.post(lambda: self._deliver(photo_id, landmark_id, found))

    def _deliver(self, photo_id: int, landmark_id: str, found: HeatMap | KnownError) -> None:
        if (photo_id, landmark_id) == self._wanted:
            self.ready.emit(photo_id, landmark_id, found)

    def close(self) -> None:
        """Finish what is under way, and join the thread."""
        self._closed = True
        self._wanted = None
        self._lane.close()
