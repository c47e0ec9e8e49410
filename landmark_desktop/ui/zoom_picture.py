"""A picture that can be looked at closely: zoom around a point, pan, and the photo's own pixels at 100 %."""

from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QHideEvent,
    QImage,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QWidget

from landmark_desktop.ui.picture import Picture

STEP: Final = 1.25
"""A step of the wheel or of a key enlarges by this factor."""
LARGEST: Final = 8.0
"""Largest zoom, in pixels of the screen for one of the photo: enough to count them."""
_NOTCH: Final = 120.0
"""What Qt calls one step of a wheel."""
_SHOW_PIXELS_FROM: Final = 2.0
"""From this zoom on pixels are shown as squares: whoever looks so closely wants to see them."""
_MIDDLE: Final = QPointF(0.5, 0.5)


class ZoomPicture(Picture):
    """Shows a picture as a whole, or a part of it enlarged. ``zoom`` is in pixels of the screen for one of the photo.

    The pictures that come in are smaller than the photo; until :meth:`set_photo_size` tells how large that is, it is
    shown as a whole. ``sharper_wanted`` asks for the photo itself where that would be seen; :meth:`set_full` brings it.
    """

    sharper_wanted = Signal()
    zoom_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._zoom: float | None = None
        self._centre = QPointF(_MIDDLE)
        self._photo_size: QSize | None = None
        self._full: QImage | None = None
        self._grabbed: QPointF | None = None
        self._dragged = False
        self._toggle_at: QPointF | None = None

    # what is shown

    def set_image(self, image: QImage | None) -> None:
        """Show a picture, as long as there is no sharper one of the same photo."""
        super().set_image(image)
        self._ask_for_more()

    def begin_photo(self) -> None:
        """Another photo comes; zoom and place stay, for comparing photos."""
        self._photo_size = None
        self._full = None
        self._toggle_at = None
        self.zoom_changed.emit()

    def set_photo_size(self, size: QSize) -> None:
        """The photo has so many pixels."""
        self._photo_size = size
        self._keep_inside()
        if self._toggle_at is not None:
            self.toggle(self._toggle_at)
        self.zoom_changed.emit()
        self._ask_for_more()

    @property
    def photo_size(self) -> QSize | None:
        """How many pixels the photo has, where that is known."""
        return self._photo_size

    def set_full(self, image: QImage) -> None:
        """Show the photo itself from now on."""
        self._full = image
        self.update()

    @property
    def full(self) -> QImage | None:
        """The photo itself, where it was needed."""
        return self._full

    def _ask_for_more(self) -> None:
        size = self._photo_size
        if self._zoom is None or size is None or self._full is not None or self._image is None:
            return
        if self._image.width() < size.width() and self._zoom * size.width() > self._image.width():
            self.sharper_wanted.emit()

    # zoom

    @property
    def zoom(self) -> float:
        """Pixels of the screen for one of the photo; 0 where that is not known."""
        if self._photo_size is None or self._image is None:
            return 0.0
        return self._zoom or self._fitting()

    @property
    def is_zoomed(self) -> bool:
        """True while not all of the photo is shown on purpose."""
        return self._zoom is not None

    def fit(self) -> None:
        """Show the whole photo."""
        self._zoom = None
        self._centre = QPointF(_MIDDLE)
        self.unsetCursor()
        self.update()
        self.zoom_changed.emit()

    def zoom_to(self, zoom: float, anchor: QPointF | None = None) -> None:
        """Zoom so that the point of the photo at ``anchor`` (in this widget; the middle) stays where it is. A zoom that
        shows all of the photo is none."""
        if self._image is None or self._photo_size is None:
            return
        fitting = self._fitting()
        zoom = min(zoom, max(LARGEST, fitting))
        if zoom <= fitting * 1.001:
            self.fit()
            return
        anchor = anchor if anchor is not None else QRectF(self.rect()).center()
        point = self._share_at(anchor)
        self._zoom = zoom
        extent = self._extent(zoom)
        middle = QRectF(self.rect()).center()
        self._centre = QPointF(
            point.x() - (anchor.x() - middle.x()) / extent.width(),
            point.y() - (anchor.y() - middle.y()) / extent.height(),
        )
        self._keep_inside()
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.update()
        self.zoom_changed.emit()
        self._ask_for_more()

    def zoom_by(self, steps: float, anchor: QPointF | None = None) -> None:
        """Zoom in by so many steps, or out."""
        self.zoom_to(self.zoom * STEP**steps, anchor)

    def toggle(self, anchor: QPointF | None = None) -> None:
        """To the photo's own pixels, and back to the whole photo. A photo that is smaller than the room is enlarged."""
        self._toggle_at = None
        if self._photo_size is None:
            self._toggle_at = anchor if anchor is not None else QRectF(self.rect()).center()
        elif self._zoom is not None:
            self.fit()
        else:
            self.zoom_to(1.0 if self._fitting() < 0.99 else 2.0 * self._fitting(), anchor)

    def pan(self, across: float, down: float) -> None:
        """Move what is seen, in pixels of this widget."""
        if self._zoom is None:
            return
        extent = self._extent(self._zoom)
        self._centre += QPointF(across / extent.width(), down / extent.height())
        self._keep_inside()
        self.update()

    def _fitting(self) -> float:
        """The zoom that shows the whole photo."""
        size = self._photo_size
        return super().target().width() * self.devicePixelRatioF() / size.width() if size is not None else 0.0

    def _extent(self, zoom: float) -> QSizeF:
        """How large the whole photo is, in pixels of this widget."""
        return QSizeF(self._photo_size or QSize(1, 1)) * (zoom / self.devicePixelRatioF())

    def _share_at(self, point: QPointF) -> QPointF:
        target = self.target()
        return QPointF((point.x() - target.left()) / target.width(), (point.y() - target.top()) / target.height())

    def _keep_inside(self) -> None:
        """No empty room beside the photo while it has more to show there."""
        if self._zoom is None or self._photo_size is None:
            return
        extent = self._extent(self._zoom)
        shares = (self.width() / extent.width(), self.height() / extent.height())
        x, y = (
            0.5 if share >= 1 else min(max(centre, share / 2), 1 - share / 2)
            for centre, share in zip((self._centre.x(), self._centre.y()), shares, strict=True)
        )
        self._centre = QPointF(x, y)

    def target(self) -> QRectF:
        """Where the whole photo lies, most of it outside where it is enlarged."""
        if self._zoom is None or self._photo_size is None or self._image is None:
            return super().target()
        extent = self._extent(self._zoom)
        middle = QRectF(self.rect()).center()
        corner = middle - QPointF(self._centre.x() * extent.width(), self._centre.y() * extent.height())
        return QRectF(corner, extent)

    def _paint_image(self, painter: QPainter, target: QRectF, image: QImage) -> None:
        if self._zoom is None or self._photo_size is None:
            super()._paint_image(painter, target, image)
            return
        shown = self._full if self._full is not None else image
        seen = target.intersected(QRectF(self.rect()))
        source = QRectF(
            (seen.left() - target.left()) / target.width() * shown.width(),
            (seen.top() - target.top()) / target.height() * shown.height(),
            seen.width() / target.width() * shown.width(),
            seen.height() / target.height() * shown.height(),
        )
        smooth = self._zoom < _SHOW_PIXELS_FROM or shown is not self._full
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
        painter.drawImage(seen, shown, source)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)

    # mouse and touch pad

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave no empty room, and no zoom that is smaller than the whole photo."""
        super().resizeEvent(event)
        if self._zoom is not None and self._photo_size is not None and self._zoom <= self._fitting():
            self.fit()
        self._keep_inside()
        self.zoom_changed.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        """Whoever comes back wants to see the whole photo; the large one takes much memory."""
        super().hideEvent(event)
        self._full = None
        self._toggle_at = None
        self.fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom around the mouse."""
        self.zoom_by(event.angleDelta().y() / _NOTCH, event.position())
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Two fingers zoom on a touch pad that tells of them."""
        if isinstance(event, QNativeGestureEvent) and event.gestureType() is Qt.NativeGestureType.ZoomNativeGesture:
            self.zoom_to(self.zoom * (1.0 + event.value()), event.position())
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the photo."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._grabbed, self._dragged = event.position(), False
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the photo."""
        if self._grabbed is None or self._zoom is None:
            return
        moved = event.position() - self._grabbed
        if not self._dragged and moved.manhattanLength() < QApplication.startDragDistance():
            return
        self._dragged = True
        self.setCursor(Qt.CursorShape.ClosedHandCursor)
        self._grabbed = event.position()
        self.pan(-moved.x(), -moved.y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go; a click without dragging looks at the pixels there, or at the whole photo again."""
        if event.button() is not Qt.MouseButton.LeftButton or self._grabbed is None:
            return
        self._grabbed = None
        if self._dragged:
            self.setCursor(Qt.CursorShape.OpenHandCursor)
        else:
            self.toggle(event.position())
