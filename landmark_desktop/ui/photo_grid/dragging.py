"""Photos that are dragged or copied out of the grid: their files as a list of addresses, under a small picture."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QMimeData, QPoint, QRect, Qt, QUrl
from PySide6.QtGui import QColor, QDrag, QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from landmark_desktop.ui.photo_grid.model import THUMBNAIL_ROLE, PhotoModel
from landmark_desktop.ui.texts import number
from landmark_desktop.ui.theme import colours

MAX_DRAGGED: Final = 2000
"""Photos that are dragged at once; the programs they are dropped on mean to look at each."""
PICTURE: Final = 96
"""Longer side of the picture at the pointer, in device-independent pixels."""


def data_of(photos: PhotoModel, photo_ids: Sequence[int]) -> QMimeData | None:
    """All files of these photos, those of a photo together; None where there are none."""
    urls = []
    for photo_id in photo_ids[:MAX_DRAGGED]:
        tile = photos.tile(photo_id)
        if tile is not None:
            urls += [QUrl.fromLocalFile(str(path)) for path in tile.record.photo.files]
    if not urls:
        return None
    data = QMimeData()
    data.setUrls(urls)
    return data


def drag_of(photos: PhotoModel, photo_ids: Sequence[int], current_id: int, source: QWidget) -> QDrag | None:
    """A drag of all files of these photos; None where there are none."""
    data = data_of(photos, photo_ids)
    if data is None:
        return None
    drag = QDrag(source)
    drag.setMimeData(data)
    row = photos.row(current_id if current_id in photo_ids else photo_ids[0])
    image = photos.index(row).data(THUMBNAIL_ROLE) if row is not None else None
    if image is not None:
        drag.setPixmap(_picture(QPixmap.fromImage(image), len(photo_ids), source))
        drag.setHotSpot(QPoint(-8, -8))
    return drag


def _picture(thumbnail: QPixmap, count: int, widget: QWidget) -> QPixmap:
    """A small picture, with the number of photos where there are several."""
    ratio = widget.devicePixelRatioF()
    side = round(PICTURE * ratio)
    picture = thumbnail.scaled(
        side, side, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    picture.setDevicePixelRatio(ratio)
    if count > 1:
        scheme = colours(widget.palette())
        text = number(count)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = max(24, painter.fontMetrics().horizontalAdvance(text) + 14)
        badge = QRect(4, 4, width, 24)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(scheme.accent))
        painter.drawRoundedRect(badge, 12, 12)
        painter.setPen(QColor(scheme.on_accent))
        painter.drawText(badge, int(Qt.AlignmentFlag.AlignCenter), text)
        painter.end()
    return picture
