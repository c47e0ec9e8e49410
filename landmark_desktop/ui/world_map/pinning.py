"""Makes pins from places: few at once, many on a thread of its own, so that the window never waits for them."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from landmark_desktop.services.lanes import Lane
from landmark_desktop.services.relay import Relay
from landmark_desktop.ui.world_map.places import Pins, Places

AT_ONCE = 1_500
"""So many places are clustered in some 3 ms; 20,000 take up to 50 ms."""
MAX_STEPS = 16
"""Steps of zoom whose pins are kept for the places of now."""


class Pinning(QObject):
    """Keeps the pins of the places of now by step of zoom; ``ready`` tells when pins that were asked for are there."""

    ready = Signal()

    def __init__(self, on_bug: Callable[[BaseException], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._on_bug = on_bug
        self._relay = Relay(self)
        self._lane: Lane | None = None  # the thread "map": clustering may take longer than a frame
        self._places = Places()
        self._kept: dict[int, Pins] = {}
        self._asked: set[int] = set()
        self._last = Pins(self._places, 0)
        self._closed = False

    def set_places(self, places: Places) -> None:
        """These are the places from now on."""
        self._places = places
        self._kept.clear()
        self._asked.clear()

    def pins(self, step: int) -> Pins:
        """The pins at a step of zoom. While many are being made, those that were there before."""
        found = self._kept.get(step)
        if found is None and len(self._places) <= AT_ONCE:
            found = self._keep(Pins(self._places, step))
        if found is None:
            self._ask(step)
            return self._last
        self._last = found
        return found

    def close(self) -> None:
        """End the thread."""
        self._closed = True
        if self._lane is not None:
            self._lane.close()
            self._lane = None

    def _keep(self, pins: Pins) -> Pins:
        if len(self._kept) >= MAX_STEPS:
            self._kept.pop(next(iter(self._kept)))
        self._kept[pins.step] = pins
        return pins

    def _ask(self, step: int) -> None:
        if step in self._asked or self._closed:
            return
        self._asked.add(step)
        if self._lane is None:
            self._lane = Lane("map", on_bug=self._on_bug)
        self._lane.submit(self._make, self._places, step)

    def _make(self, places: Places, step: int) -> None:
        """On the thread."""
        if places is self._places:  # else there are others by now
            pins = Pins(places, step)
            self._relay.post(lambda: self._made(pins))

    def _made(self, pins: Pins) -> None:
        if pins.places is self._places and not self._closed:
            self._asked.discard(pins.step)
            self._last = self._keep(pins)
            self.ready.emit()
