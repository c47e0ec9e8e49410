"""How a tile is painted: the photo, what the app thinks of it, what the user said, and what stands in the file."""

from collections import OrderedDict

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetrics,
    QImage,
    QPainter,
    QPalette,
    QPen,
    QPixmap,
    QTextOption,
)
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from landmark_desktop.core.guess import Verdict
from landmark_desktop.ui.icons import SIGN_OF_VERDICT, Sign, paint_sign, sign_colour
from landmark_desktop.ui.photo_grid.model import THUMBNAIL_ROLE, TILE_ROLE
from landmark_desktop.ui.photo_grid.tile import Tile
from landmark_desktop.ui.texts import error_text, file_names, percent, tile_title
from landmark_desktop.ui.theme import RADIUS, Colours, colours

MARGIN = 5
INSET = 8
SIGN_SIZE = 14
PICTURE_RATIO = 0.72
"""Height of the picture's box by its width: between 3 : 2 and 4 : 3, the formats of cameras."""
CORNER = 3
"""Radius of a picture's corners in device-independent pixels."""
PIXMAP_BYTES = 40 * 1024 * 1024
"""Scaled pictures kept ready for painting: a screen full, also a large one at 200 %, and some more to go back to."""


class ScaledPixmaps:
    """Pictures scaled to the tile and the screen, most recently painted first, bounded in bytes."""

    def __init__(self, limit: int = PIXMAP_BYTES) -> None:
        self._limit = limit
        self._bytes = 0
        self._pixmaps: OrderedDict[tuple[int, int, int, float], QPixmap] = OrderedDict()

    def get(self, image: QImage, box: QSize, ratio: float) -> QPixmap:
        """The picture scaled to fit ``box`` on a screen with this device-pixel ratio; it is not enlarged."""
        key = (image.cacheKey(), box.width(), box.height(), ratio)
        pixmap = self._pixmaps.get(key)
        if pixmap is not None:
            self._pixmaps.move_to_end(key)
            return pixmap
        target = image.size().scaled(box * ratio, Qt.AspectRatioMode.KeepAspectRatio)
        if target.width() < image.width():
            mode = Qt.TransformationMode.SmoothTransformation
            image = image.scaled(target, Qt.AspectRatioMode.IgnoreAspectRatio, mode)
            image.setDevicePixelRatio(ratio)
        else:
            image = image.copy()
            image.setDevicePixelRatio(max(ratio * image.width() / max(1, target.width()), 0.1))
        pixmap = _rounded(image)
        self._pixmaps[key] = pixmap
        self._bytes += 4 * pixmap.width() * pixmap.height()
        while self._bytes > self._limit and len(self._pixmaps) > 1:
            _, old = self._pixmaps.popitem(last=False)
            self._bytes -= 4 * old.width() * old.height()
        return pixmap


def _rounded(image: QImage) -> QPixmap:
    """The picture with round corners, which are cut once and not with each painting."""
    ratio = image.devicePixelRatio()
    pixmap = QPixmap(image.size())
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    image.setDevicePixelRatio(1.0)
    painter.setBrush(QBrush(image))
    painter.drawRoundedRect(image.rect(), CORNER * ratio, CORNER * ratio)
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


class TileDelegate(QStyledItemDelegate):
    """Paints tiles into whatever room the view gives them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pixmaps = ScaledPixmaps()

    @staticmethod
    def height_for(width: int, metrics: QFontMetrics) -> int:
        """The height of a tile of this width: picture and two lines of text."""
        picture = round((width - 2 * MARGIN - 2 * INSET) * PICTURE_RATIO)
        return 2 * MARGIN + 2 * INSET + picture + 6 + 2 * (metrics.height() + 3)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one tile."""
        tile: Tile | None = index.data(TILE_ROLE)
        if tile is None:
            return
        palette: QPalette = option.palette
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        scheme = colours(palette)
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        card = QRectF(rect).adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
        self._paint_card(painter, card, state, scheme)
        inner = card.adjusted(INSET, INSET, -INSET, -INSET).toRect()
        picture = QRect(inner.left(), inner.top(), inner.width(), round(inner.width() * PICTURE_RATIO))
        self._paint_picture(painter, picture, tile, index.data(THUMBNAIL_ROLE), scheme)
        text_top = picture.bottom() + 7
        lines = QRect(inner.left(), text_top, inner.width(), inner.bottom() - text_top + 1)
        self._paint_lines(painter, lines, tile, scheme)
        painter.restore()

    @staticmethod
    def _paint_card(painter: QPainter, card: QRectF, state: QStyle.StateFlag, scheme: Colours) -> None:
        selected = bool(state & QStyle.StateFlag.State_Selected)
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        ground = scheme.selected if selected else scheme.raised if hovered else scheme.surface
        if selected or focused:
            painter.setPen(QPen(QColor(scheme.accent), 2 if focused else 1))
        else:
            painter.setPen(QPen(QColor(scheme.border), 1))
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(card, RADIUS + 2, RADIUS + 2)

    def _paint_picture(self, painter: QPainter, box: QRect, tile: Tile, image: QImage | None, scheme: Colours) -> None:
        if tile.record.error is not None:
            self._paint_error(painter, box, error_text(tile.record.error)[0], scheme)
            return
        if image is None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(scheme.track))
            painter.drawRoundedRect(box, RADIUS, RADIUS)
            sign = QRectF(box.center().x() - 11, box.center().y() - 11, 22, 22)
            paint_sign(painter, Sign.WAITING, sign, QColor(scheme.muted))
            return
        pixmap = self._pixmaps.get(image, box.size(), painter.device().devicePixelRatioF())
        size = pixmap.deviceIndependentSize()
        target = QRectF(0, 0, size.width(), size.height())
        target.moveCenter(QRectF(box).center())
        if tile.rejected or tile.record.offline:
            painter.setOpacity(0.45)
        painter.drawPixmap(target, pixmap, QRectF(pixmap.rect()))
        painter.setOpacity(1.0)

    @staticmethod
    def _paint_error(painter: QPainter, box: QRect, reason: str, scheme: Colours) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(scheme.track))
        painter.drawRoundedRect(box, RADIUS, RADIUS)
        sign = QRectF(box.center().x() - 13, box.top() + 10, 26, 26)
        paint_sign(painter, Sign.WARNING, sign, sign_colour(Sign.WARNING, scheme))
        painter.setPen(QColor(scheme.text))
        option = QTextOption(Qt.AlignmentFlag.AlignHCenter)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        painter.drawText(QRectF(box).adjusted(8, 42, -8, -6), reason, option)

    def _paint_lines(self, painter: QPainter, box: QRect, tile: Tile, scheme: Colours) -> None:
        font = QFont(painter.font())
        metrics = QFontMetrics(font)
        line = metrics.height() + 3
        first = QRect(box.left(), box.top(), box.width(), line)
        second = QRect(box.left(), box.top() + line, box.width(), line)
        known = tile.record.error is None and (tile.accepted or tile.verdict in (Verdict.LANDMARK, Verdict.UNSURE))
        sign = self._sign(tile)
        paint_sign(painter, sign, _sign_box(first, first.left()), sign_colour(sign, scheme))
        first.adjust(SIGN_SIZE + 6, 0, 0, 0)
        if known and tile.confidence is not None:
            share = percent(tile.confidence)
            painter.setPen(QColor(scheme.text if known else scheme.muted))
            painter.drawText(first, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), share)
            first.adjust(0, 0, -metrics.horizontalAdvance(share) - 6, 0)
        strong = QFont(font)
        strong.setWeight(QFont.Weight.DemiBold if known else QFont.Weight.Normal)
        painter.setFont(strong)
        painter.setPen(QColor(scheme.text if known else scheme.muted))
        title = tile.record.photo.name if tile.record.error is not None else tile_title(tile)
        title = QFontMetrics(strong).elidedText(title, Qt.TextElideMode.ElideRight, first.width())
        painter.drawText(first, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), title)
        painter.setFont(font)
        if tile.record.error is not None:
            return
        for badge in _badges(tile):
            area = _sign_box(second, second.right() - SIGN_SIZE + 1)
            paint_sign(painter, badge, area, sign_colour(badge, scheme))
            second.adjust(0, 0, -SIGN_SIZE - 5, 0)
        painter.setPen(QColor(scheme.muted))
        name = metrics.elidedText(file_names(tile.record.photo), Qt.TextElideMode.ElideMiddle, second.width())
        painter.drawText(second, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), name)

    @staticmethod
    def _sign(tile: Tile) -> Sign:
        if tile.record.error is not None:
            return Sign.WARNING
        if tile.rejected:
            return Sign.CROSS
        return Sign.WAITING if tile.verdict is None else SIGN_OF_VERDICT[tile.verdict]


def _sign_box(line: QRect, left: int) -> QRectF:
    return QRectF(left, line.center().y() - SIGN_SIZE / 2 + 0.5, SIGN_SIZE, SIGN_SIZE)


def _badges(tile: Tile) -> list[Sign]:
    """The signs at the right end of the second line, from right to left."""
    badges = []
    if tile.record.offline:
        badges.append(Sign.OFFLINE)
    if tile.tagged:
        badges.append(Sign.CHECK)
    elif tile.record.pending_tag:
        badges.append(Sign.PENCIL)
    if tile.record.photo.facts.has_gps:
        badges.append(Sign.PIN)
    return badges
