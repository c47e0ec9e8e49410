"""A widget that shows one picture, as large as fits and sharp on every screen."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from landmark_desktop.ui.icons import Sign, paint_sign
from landmark_desktop.ui.theme import RADIUS, colours


class Picture(QWidget):
    """Shows a QImage scaled down to fit (never beyond twice its size), or a quiet placeholder with ``sign`` while there
    is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image: QImage | None = None
        self._scaled: QImage | None = None
        self.sign: Sign | None = None
        self._overlay: QImage | None = None
        self._part = QRectF(0, 0, 1, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(140)

    @property
    def image(self) -> QImage | None:
        """What is shown."""
        return self._image

    def set_image(self, image: QImage | None) -> None:
        """Show a picture; None shows the placeholder."""
        self._image = image
        self._scaled = None
        self.update()

    def set_overlay(self, overlay: QImage | None, part: QRectF | None = None) -> None:
        """Lay a picture with transparency over a ``part`` of this one (in shares of its sides), or None; what it does
        not cover is framed off."""
        self._overlay = overlay
        self._part = part or QRectF(0, 0, 1, 1)
        self.update()

    @property
    def overlay(self) -> QImage | None:
        """What lies over the picture."""
        return self._overlay

    def sizeHint(self) -> QSize:
        """A size that suits a side panel."""
        return QSize(360, 270)

    def target(self) -> QRectF:
        """Where the picture lies in this widget: in the middle, as large as fits, at most twice as large as it is."""
        if self._image is None:
            return QRectF()
        ratio = self.devicePixelRatioF()
        size = self._image.size().scaled(self.size() * ratio, Qt.AspectRatioMode.KeepAspectRatio)
        limit = self._image.size() * 2
        if size.width() > limit.width():
            size = limit
        target = QRectF(0, 0, size.width() / ratio, size.height() / ratio)
        target.moveCenter(QRectF(self.rect()).center())
        return target

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint the picture, or what stands for it."""
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        if self._image is None:
            self._paint_placeholder(painter)
            return
        target = self.target()
        self._paint_image(painter, target, self._image)
        if self._overlay is not None:
            self._paint_overlay(painter, target, self._overlay)

    def _paint_placeholder(self, painter: QPainter) -> None:
        scheme = colours(self.palette())
        area = QRectF(self.rect())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(scheme.track))
        painter.drawRoundedRect(area, RADIUS, RADIUS)
        side = 40.0
        box = QRectF(area.center().x() - side / 2, area.center().y() - side / 2, side, side)
        if self.sign is not None:
            paint_sign(painter, self.sign, box, QColor(scheme.muted))

    def _paint_image(self, painter: QPainter, target: QRectF, image: QImage) -> None:
        size = (target.size() * self.devicePixelRatioF()).toSize()
        if self._scaled is None or self._scaled.size() != size:
            mode = Qt.TransformationMode.SmoothTransformation
            self._scaled = image.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, mode)
        painter.drawImage(target, self._scaled)

    def _paint_overlay(self, painter: QPainter, target: QRectF, overlay: QImage) -> None:
        part = QRectF(
            target.left() + self._part.left() * target.width(),
            target.top() + self._part.top() * target.height(),
            self._part.width() * target.width(),
            self._part.height() * target.height(),
        )
        painter.drawImage(part, overlay)
        if not target.adjusted(1, 1, -1, -1).contains(part):
            return
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, offset in ((QColor(0, 0, 0, 150), 0), (QColor(255, 255, 255, 220), 4)):
            pen = QPen(colour, 1, Qt.PenStyle.CustomDashLine)
            pen.setDashPattern([4, 4])
            pen.setDashOffset(offset)
            painter.setPen(pen)
            painter.drawRect(part.adjusted(0.5, 0.5, -0.5, -0.5))
