"""How a tile is painted: the photo, what the app thinks of it, what the user said, and what stands in the file."""

from collections import OrderedDict

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFontMetrics,
    QImage,
    QPainter,
    QPalette,
    QPixmap,
    QTextOption,
)
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from landmark_desktop.core.guess import Verdict
from landmark_desktop.ui.icons import SIGN_OF_VERDICT, Sign, paint_sign, sign_colour
from landmark_desktop.ui.photo_grid.look import INSET, MARGIN, PICTURE_RATIO, SIGN_SIZE, CardState, TileLook
from landmark_desktop.ui.photo_grid.model import THUMBNAIL_ROLE, TILE_ROLE
from landmark_desktop.ui.photo_grid.tile import Tile
from landmark_desktop.ui.texts import error_text, file_names, percent, tile_title
from landmark_desktop.ui.theme import RADIUS

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
        self._look: TileLook | None = None
        self._look_key: tuple[int, str, float] | None = None

    @staticmethod
    def height_for(width: int, metrics: QFontMetrics) -> int:
        """The height of a tile of this width: picture and two lines of text."""
        picture = round((width - 2 * MARGIN - 2 * INSET) * PICTURE_RATIO)
        return 2 * MARGIN + 2 * INSET + picture + 6 + 2 * (metrics.height() + 3)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one tile."""
        model = index.model()
        tile: Tile | None = model.data(index, TILE_ROLE)
        if tile is None:
            return
        look = self._look_for(painter, option)
        rect: QRect = option.rect
        image: QImage | None = None if tile.record.error is not None else model.data(index, THUMBNAIL_ROLE)
        left, top, width, height = rect.x(), rect.y(), rect.width(), rect.height()
        state = CardState.of(option.state, waits=image is None and tile.record.error is None)
        painter.drawPixmap(left, top, look.card(width, height, state))
        inner = width - 2 * (MARGIN + INSET)
        box = QRect(left + MARGIN + INSET, top + MARGIN + INSET, inner, round(inner * PICTURE_RATIO))
        if tile.record.error is not None:
            self._paint_error(painter, box, error_text(tile.record.error)[0], look)
        elif image is not None:
            self._paint_picture(painter, box, tile, image, look)
        box.moveTop(box.y() + box.height() + 6)
        self._paint_lines(painter, box, tile, look)

    def _look_for(self, painter: QPainter, option: QStyleOptionViewItem) -> TileLook:
        palette: QPalette = option.palette
        key = (palette.cacheKey(), option.font.key(), painter.device().devicePixelRatioF())
        if self._look is None or key != self._look_key:
            self._look, self._look_key = TileLook(palette, option.font, key[2]), key
        return self._look

    def _paint_picture(self, painter: QPainter, box: QRect, tile: Tile, image: QImage, look: TileLook) -> None:
        pixmap = self._pixmaps.get(image, box.size(), look.ratio)
        size = pixmap.deviceIndependentSize()
        place = QPointF(box.x() + (box.width() - size.width()) / 2, box.y() + (box.height() - size.height()) / 2)
        pale = tile.rejected or tile.record.offline
        if pale:
            painter.setOpacity(0.45)
        painter.drawPixmap(place, pixmap)
        if pale:
            painter.setOpacity(1.0)

    @staticmethod
    def _paint_error(painter: QPainter, box: QRect, reason: str, look: TileLook) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(look.scheme.track))
        painter.drawRoundedRect(box, RADIUS, RADIUS)
        sign = QRectF(box.center().x() - 13, box.top() + 10, 26, 26)
        paint_sign(painter, Sign.WARNING, sign, sign_colour(Sign.WARNING, look.scheme))
        painter.setPen(look.text)
        option = QTextOption(Qt.AlignmentFlag.AlignHCenter)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        painter.drawText(QRectF(box).adjusted(8, 42, -8, -6), reason, option)
        painter.restore()

    def _paint_lines(self, painter: QPainter, box: QRect, tile: Tile, look: TileLook) -> None:
        """Two lines of text at the top of a box: what the photo shows, and which file it is."""
        left, top, width = box.x(), box.y(), box.width()
        record = tile.record
        known = record.error is None and (tile.accepted or tile.verdict in (Verdict.LANDMARK, Verdict.UNSURE))
        letters = look.strong_letters if known else look.letters
        line = look.letters.height + 3
        painter.drawPixmap(left, top + (line - SIGN_SIZE) // 2, look.sign(self._sign(tile)))
        room = width - SIGN_SIZE - 6
        painter.setPen(look.text if known else look.muted)
        painter.setFont(look.letters.font)
        if known and tile.confidence is not None:
            share = percent(tile.confidence)
            advance = look.letters.exact_width(share)
            painter.drawText(left + width - advance, top + 2 + look.letters.ascent, share)
            room -= advance + 6
        if known:
            painter.setFont(letters.font)
        title = record.photo.name if record.error is not None else tile_title(tile)
        title = letters.shortened(title, room, Qt.TextElideMode.ElideRight)
        painter.drawText(left + SIGN_SIZE + 6, top + 2 + letters.ascent, title)
        if record.error is not None:
            return
        top += line
        room = width
        for badge in _badges(tile):
            painter.drawPixmap(left + room - SIGN_SIZE, top + (line - SIGN_SIZE) // 2, look.sign(badge))
            room -= SIGN_SIZE + 5
        if known:
            painter.setPen(look.muted)
            painter.setFont(look.letters.font)
        name = look.letters.shortened(file_names(record.photo), room, Qt.TextElideMode.ElideMiddle)
        painter.drawText(left, top + 2 + look.letters.ascent, name)

    @staticmethod
    def _sign(tile: Tile) -> Sign:
        if tile.record.error is not None:
            return Sign.WARNING
        if tile.rejected:
            return Sign.CROSS
        return Sign.WAITING if tile.verdict is None else SIGN_OF_VERDICT[tile.verdict]


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
