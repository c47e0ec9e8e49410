"""The map as a widget: painting, and moving it with mouse, wheel, fingers and keys."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from PySide6.QtCore import QEvent, QLocale, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFont,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QGestureEvent, QPinchGesture, QSizePolicy, QToolTip, QWidget

from landmark_desktop.core.basemap import shipped_map
from landmark_desktop.ui.photo_grid.filter import PlaceFilter
from landmark_desktop.ui.theme import colours
from landmark_desktop.ui.world_map.flight import Flight
from landmark_desktop.ui.world_map.furniture import paint_legend, paint_notice, paint_scale
from landmark_desktop.ui.world_map.ground import Ground
from landmark_desktop.ui.world_map.labels import Labels
from landmark_desktop.ui.world_map.look import map_colours
from landmark_desktop.ui.world_map.pin_look import PinPainter, PinState, head_offset, radius_of
from landmark_desktop.ui.world_map.pinning import Pinning
from landmark_desktop.ui.world_map.places import Pin, Pins, Places
from landmark_desktop.ui.world_map.viewport import Viewport
from landmark_desktop.ui.world_map.words import pin_filter, pin_text

ZOOM_STEP = 1.0
"""What a key, a button or a double click zooms by: the double scale."""
WHEEL_STEP = 0.5
PAN_PX = 90
"""How far an arrow key moves the map."""
GRAB = 4.0
"""How much larger than it looks a pin is for the pointer, in pixels."""

_Key = Qt.Key


class MapView(QWidget):
    """The map with its pins. A click on a pin chooses its place; Shift and a click, or a double click, zooms there."""

    place_chosen = Signal(object)  # PlaceFilter, or None where the one that narrows the grid was chosen again
    moved = Signal()

    def __init__(self, on_bug: Callable[[BaseException], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("map")
        self.setAccessibleName(self.tr("Map"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(140)
        self.grabGesture(Qt.GestureType.PinchGesture)
        self.viewport = Viewport()
        self.shows_own = True
        self.pinning = Pinning(on_bug, self)
        self.pinning.ready.connect(self._pins_ready)
        self._places = Places()
        self._notice = ""
        self._selected: tuple[frozenset[str], frozenset[int]] = (frozenset(), frozenset())
        self._filter: PlaceFilter | None = None
        self._hovered = self._focused = -1
        self._pressed: QPointF | None = None
        self._dragged = False
        self._untouched = True
        self._flight = Flight(self)
        self._flight.moved.connect(self._flown)
        self._pin_painter = PinPainter()
        self._ground: Ground | None = None
        self._labels: Labels | None = None
        self._picture = QPixmap()
        self._picture_of: object = None

    # what is shown

    def set_places(self, places: Places) -> None:
        """Show these places; until the user moves the map, it follows them."""
        self._places = places
        self.pinning.set_places(places)
        self._pins_ready()
        if self._untouched and len(places):
            self._fit()

    def set_selection(self, landmark_ids: Iterable[str], positions: Iterable[int]) -> None:
        """Ring the pins at which the selected photos are."""
        self._selected = frozenset(landmark_ids), frozenset(positions)
        self.update()

    def set_filter(self, place: PlaceFilter | None) -> None:
        """The grid is narrowed to this place: other pins fade."""
        self._filter = place
        self.update()

    def set_notice(self, text: str) -> None:
        """A sentence for a map without places; empty for none."""
        if text != self._notice:
            self._notice = text
            self.update()

    def follow_again(self) -> None:
        """Other photos are open: show all of their places as they come."""
        self._untouched = True

    @property
    def pins(self) -> Pins:
        """The pins for the zoom of now."""
        return self.pinning.pins(round(self.viewport.zoom))

    def visible_pins(self) -> list[Pin]:
        """The pins in view, from the west."""
        pins = self.pins
        found = [pins.pin(number) for number in pins.in_view(self.viewport, 0)]
        return sorted(found, key=lambda pin: self.viewport.to_screen(pin.x, pin.y))

    def pin_at(self, place: QPointF) -> Pin | None:
        """The pin under a pixel of the widget, the topmost of several."""
        pins = self.pins
        found = [pins.pin(number) for number in pins.in_view(self.viewport, 60)]
        for pin in sorted(found, key=lambda pin: -pin.y):
            away = place - self._head(pin)
            if away.x() ** 2 + away.y() ** 2 <= (radius_of(pin) + GRAB) ** 2:
                return pin
        return None

    def _head(self, pin: Pin) -> QPointF:
        x, y = self.viewport.to_screen(pin.x, pin.y)
        return QPointF(x, y - head_offset(pin))

    def _pins_ready(self) -> None:
        self._hovered = self._focused = -1
        if self._labels is not None:
            self._labels.forget()
        self.update()

    # moving

    def show_viewport(self, viewport: Viewport) -> None:
        """Show another part of the map at once."""
        if viewport != self.viewport:
            if round(viewport.zoom) != round(self.viewport.zoom):
                self._hovered = self._focused = -1
            self.viewport = viewport
            self.update()
            self.moved.emit()

    def go(self, viewport: Viewport) -> None:
        """Move there in a short flight."""
        self._flight.begin(self.viewport, viewport)

    def _flown(self, viewport: Viewport) -> None:
        self.show_viewport(viewport.resized(self.width(), self.height()))

    def fit(self) -> None:
        """Show all places as large as they fit."""
        self._untouched = False
        self._fit()

    def _fit(self) -> None:
        x, y = self._places.at
        if len(x):
            self.go(self.viewport.fitted(x.tolist(), y.tolist()))

    def zoom_by(self, steps: float, at: QPointF | None = None) -> None:
        """Zoom in (or out, where negative); what is at a pixel stays there."""
        self._untouched = False
        goal = self._flight.goal or self.viewport
        self.go(goal.zoomed(goal.zoom + steps) if at is None else goal.zoomed(goal.zoom + steps, at.x(), at.y()))

    def zoom_to(self, pin: Pin) -> None:
        """Zoom to the places of a pin."""
        self._untouched = False
        fitted = self.viewport.fitted(*self.pins.extent(pin.number))
        nearer = max(fitted.zoom, self.viewport.zoom + ZOOM_STEP)
        self.go(replace(fitted, zoom=nearer).kept())

    def choose(self, pin: Pin) -> None:
        """Narrow the grid to the place of a pin; a second time, show all photos again."""
        place = pin_filter(pin)
        self.place_chosen.emit(None if place == self._filter else place)

    # painting

    def paintEvent(self, _: QPaintEvent) -> None:
        """Ground, names, pins, and what stands around."""
        scheme = colours(self.palette())
        look = map_colours(scheme)
        if self._ground is None or self._labels is None:
            self._ground = Ground(shipped_map())
            self._labels = Labels(shipped_map(), QLocale().name()[:2])
        ratio = self.devicePixelRatioF()
        if self._picture_of != (self.viewport, look, ratio):
            self._picture_of = (self.viewport, look, ratio)
            size = QSize(round(self.width() * ratio), round(self.height() * ratio))
            if self._picture.size() != size:
                self._picture = QPixmap(size)
            self._picture.setDevicePixelRatio(ratio)
            ground = QPainter(self._picture)
            self._ground.paint(ground, self.viewport, look)
            ground.end()
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._picture)
        pins = self.pins
        shown = sorted((pins.pin(number) for number in pins.in_view(self.viewport, 60)), key=lambda pin: pin.y)
        self._labels.paint(painter, self.viewport, look, self.font(), self._taken(shown))
        selected = pins.with_places(*self._selected) if any(self._selected) else set()
        wanted = pins.with_places(self._filter.landmarks, self._filter.positions) if self._filter is not None else None
        for pin in sorted(shown, key=lambda pin: pin.number in (self._hovered, self._focused)):
            state = PinState(
                pin.number in selected,
                pin.number == self._focused and self.hasFocus(),
                pin.number == self._hovered,
                wanted is not None and pin.number not in wanted,
            )
            x, y = self.viewport.to_screen(pin.x, pin.y)
            self._pin_painter.paint(painter, pin, QPointF(x, y), state, scheme=scheme, font=self.font())
        self._paint_furniture(painter)
        painter.end()

    def _paint_furniture(self, painter: QPainter) -> None:
        scheme = colours(self.palette())
        small = QFont(self.font())
        small.setPixelSize(11)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_scale(painter, self.viewport, scheme, small)
        paint_legend(painter, self.viewport, scheme, small, own=self.shows_own)
        if self._notice and not len(self._places):
            paint_notice(painter, self.viewport, self._notice, scheme, self.font())

    def _taken(self, shown: Iterable[Pin]) -> list[tuple[float, float, float]]:
        scale = self.viewport.scale
        return [(pin.x, pin.y - head_offset(pin) / scale, radius_of(pin)) for pin in shown]

    # mouse and fingers

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The map may be dragged from here."""
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            self._flight.cancel()
            self._pressed, self._dragged = event.position(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the map, or light up the pin under the pointer."""
        if self._pressed is None:
            self._hover(event.position())
            return
        away = event.position() - self._pressed
        if self._dragged or away.manhattanLength() >= QApplication.startDragDistance():
            if not self._dragged:
                self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self._dragged, self._untouched = True, False
            self._pressed = event.position()
            self.show_viewport(self.viewport.moved(-away.x(), -away.y()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Without a drag in between it was a click."""
        was_click = self._pressed is not None and not self._dragged and event.button() == Qt.MouseButton.LeftButton
        self._pressed, self._dragged = None, False
        pin = self.pin_at(event.position()) if was_click else None
        if pin is not None:
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self.zoom_to(pin)
            else:
                self.choose(pin)
        self._hover(event.position())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Zoom to a pin, or in. The first of the two clicks has chosen the pin already."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        pin = self.pin_at(event.position())
        if pin is not None:
            self.zoom_to(pin)
        else:
            self.zoom_by(ZOOM_STEP, event.position())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the pointer."""
        steps = WHEEL_STEP * event.angleDelta().y() / 120
        if steps:
            self._untouched = False
            self._flight.cancel()
            at = event.position()
            self.show_viewport(self.viewport.zoomed(self.viewport.zoom + steps, at.x(), at.y()))
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        """No pin is under the pointer any more."""
        self._set_hovered(-1)
        super().leaveEvent(event)

    def _hover(self, place: QPointF) -> None:
        pin = self.pin_at(place)
        self._set_hovered(-1 if pin is None else pin.number)
        self.setCursor(Qt.CursorShape.ArrowCursor if pin is None else Qt.CursorShape.PointingHandCursor)

    def _set_hovered(self, number: int) -> None:
        if number != self._hovered:
            self._hovered = number
            self.update()

    def event(self, event: QEvent) -> bool:
        """Tooltips and pinches."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            pin = self.pin_at(QPointF(event.pos()))
            if pin is None:
                QToolTip.hideText()
            else:
                head, reach = self._head(pin).toPoint(), int(radius_of(pin) + GRAB)
                box = QRect(head.x() - reach, head.y() - reach, 2 * reach, 2 * reach)
                QToolTip.showText(event.globalPos(), pin_text(pin), self, box)
            return True
        if isinstance(event, QNativeGestureEvent) and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            self._pinch(1 + event.value(), event.position())
            return True
        if isinstance(event, QGestureEvent):
            pinch = event.gesture(Qt.GestureType.PinchGesture)
            if isinstance(pinch, QPinchGesture):
                self._pinch(pinch.scaleFactor(), QPointF(self.mapFromGlobal(pinch.centerPoint().toPoint())))
                return True
        return super().event(event)

    def _pinch(self, factor: float, at: QPointF) -> None:
        self._untouched = False
        view = self.viewport
        self.show_viewport(view.zoomed(view.zoom + (max(0.2, min(5.0, factor)) - 1) * 1.4427, at.x(), at.y()))

    # keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move, + and - zoom, Home shows all places; Enter chooses the pin that has the focus."""
        steps = {_Key.Key_Left: (-1, 0), _Key.Key_Right: (1, 0), _Key.Key_Up: (0, -1), _Key.Key_Down: (0, 1)}
        key = _Key(event.key())
        pin = self.focused_pin()
        if key in steps:
            self._untouched = False
            right, down = steps[key]
            self.show_viewport(self.viewport.moved(right * PAN_PX, down * PAN_PX))
        elif key in (_Key.Key_Plus, _Key.Key_Equal, _Key.Key_Minus):
            self.zoom_by(-ZOOM_STEP if key == _Key.Key_Minus else ZOOM_STEP, self._head(pin) if pin else None)
        elif key == _Key.Key_Home:
            self.fit()
        elif key in (_Key.Key_Return, _Key.Key_Enter, _Key.Key_Space) and pin is not None:
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self.zoom_to(pin)
            else:
                self.choose(pin)
        elif key == _Key.Key_Escape and pin is not None:
            self._set_focused(-1)
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes from pin to pin, from west to east, and then on to the next widget."""
        if self.hasFocus():
            numbers = [pin.number for pin in self.visible_pins()]
            if self._focused in numbers:
                place = numbers.index(self._focused) + (1 if forward else -1)
            else:
                place = 0 if forward else -1
            if 0 <= place < len(numbers):
                self._set_focused(numbers[place])
                return True
            self._set_focused(-1)
        return super().focusNextPrevChild(forward)

    def focused_pin(self) -> Pin | None:
        """The pin that keys work on."""
        return self.pins.pin(self._focused) if 0 <= self._focused < len(self.pins) else None

    def _set_focused(self, number: int) -> None:
        self._focused = number
        pin = self.focused_pin()
        # Screen readers tell the description when it changes.
        self.setAccessibleDescription("" if pin is None else pin_text(pin).replace("\n", ", "))
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))
        if pin is not None:
            QToolTip.showText(self.mapToGlobal(self._head(pin).toPoint()), pin_text(pin), self)
        else:
            QToolTip.hideText()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the middle of the map; until the user moves it, all places stay in view."""
        self.viewport = self.viewport.resized(self.width(), self.height())
        if self._untouched and len(self._places):
            x, y = self._places.at
            self._flight.cancel()
            self.viewport = self.viewport.fitted(x.tolist(), y.tolist())
        super().resizeEvent(event)

    def sizeHint(self) -> QSize:
        """A wide strip."""
        return QSize(800, 280)
