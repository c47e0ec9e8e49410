"""Short flights from one view of the map to another, as long as the system's settings want motion."""

from dataclasses import replace

from PySide6.QtCore import QEasingCurve, QVariantAnimation, Signal
from PySide6.QtWidgets import QStyle, QWidget

from landmark_desktop.ui.world_map.viewport import Viewport


class Flight(QVariantAnimation):
    """Moves a view; ``moved`` tells each step and, last, the goal."""

    moved = Signal(object)  # Viewport

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._widget = widget
        self._from = self._to = Viewport()
        self._goal: Viewport | None = None
        self.setEasingCurve(QEasingCurve.Type.InOutCubic)
        self.setStartValue(0.0)
        self.setEndValue(1.0)
        self.valueChanged.connect(self._step)
        self.finished.connect(self._arrive)

    @property
    def goal(self) -> Viewport | None:
        """Where a flight under way leads; None while there is none."""
        return self._goal

    def begin(self, start: Viewport, goal: Viewport) -> None:
        """Fly, or be there at once where the system asks for less motion or nobody looks."""
        self.cancel()
        duration = self._widget.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration, None, self._widget)
        if duration <= 0 or not self._widget.isVisible():
            self.moved.emit(goal)
            return
        # The shorter way around the world.
        self._from, self._to = start, replace(goal, x=goal.x - round(goal.x - start.x))
        self._goal = goal
        self.setDuration(duration)
        self.start()

    def cancel(self) -> None:
        """Stay where the flight is."""
        self._goal = None
        self.stop()

    def _step(self, share: float) -> None:
        if self._goal is None:
            return
        start, goal = self._from, self._to
        zoom = start.zoom + share * (goal.zoom - start.zoom)
        # Places move evenly on the screen, not on the map: from afar a pixel is more of the world.
        near, far, now = 2.0**-start.zoom, 2.0**-goal.zoom, 2.0**-zoom
        way = share if abs(near - far) < 1e-9 * near else (near - now) / (near - far)
        x, y = start.x + way * (goal.x - start.x), start.y + way * (goal.y - start.y)
        self.moved.emit(replace(start, x=x, y=y, zoom=zoom).kept())

    def _arrive(self) -> None:
        if self._goal is not None:
            goal, self._goal = self._goal, None
            self.moved.emit(goal)
