"""Paints rows of the sidebar: the name, its counts at the end, and a thin bar where work is left."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QGuiApplication, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from landmark_desktop.ui.icons import paint_sign, sign_colour
from landmark_desktop.ui.sidebar.tree_model import Badge, Roles
from landmark_desktop.ui.theme import Colours, colours

HEIGHT: Final = 12
"""What a row has above and below its text, in device-independent pixels."""
SIGN: Final = 11
BAR: Final = 3
_Index = QModelIndex | QPersistentModelIndex
_State = QStyle.StateFlag


class RowDelegate(QStyledItemDelegate):
    """See the module."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """One line; room for the counts is made by cutting the name."""
        return QSize(60, option.fontMetrics.height() + HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint a row in the theme's colours."""
        box: QRect = option.rect
        # Not the option's palette: the style sheet makes its ground transparent.
        scheme = colours(QGuiApplication.palette())
        state: QStyle.StateFlag = option.state
        chosen = bool(index.data(Roles.CHOSEN))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QRectF(box).adjusted(1, 1, -3, -1)
        if chosen or state & _State.State_Selected or state & _State.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(scheme.selected if chosen else scheme.track))
            painter.drawRoundedRect(ground, 4, 4)
        if state & _State.State_HasFocus:
            painter.setPen(QPen(QColor(scheme.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(ground.adjusted(1, 1, -1, -1), 4, 4)
        font = QFont(option.font)
        font.setWeight(QFont.Weight.DemiBold if chosen else QFont.Weight.Normal)
        painter.setFont(font)
        metrics = QFontMetrics(font)
        inner = box.adjusted(6, 0, -10, 0)
        right = self._paint_badges(painter, inner, index.data(Roles.BADGES) or (), scheme)
        painter.setPen(QColor(scheme.muted if index.data(Roles.MUTED) else scheme.text))
        name = metrics.elidedText(
            index.data(Qt.ItemDataRole.DisplayRole), Qt.TextElideMode.ElideMiddle, right - inner.left() - 6
        )
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine)
        painter.drawText(inner, flags, name)
        share = index.data(Roles.PROGRESS)
        if share is not None:
            bar = QRectF(inner.left(), box.bottom() - BAR, inner.width(), BAR - 1)
            for width, colour in ((bar.width(), scheme.track), (bar.width() * share, scheme.accent)):
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(colour))
                painter.drawRoundedRect(QRectF(bar.topLeft(), QPointF(bar.left() + width, bar.bottom())), 1, 1)
        painter.restore()

    @staticmethod
    def _paint_badges(painter: QPainter, box: QRect, badges: Sequence[Badge], scheme: Colours) -> int:
        """Paint the counts from the right; returns where they begin."""
        metrics = painter.fontMetrics()
        right = box.right()
        for badge in reversed(badges):
            width = metrics.horizontalAdvance(badge.text)
            painter.setPen(QColor(scheme.muted))
            painter.drawText(
                QRect(right - width, box.top(), width + 1, box.height()), int(Qt.AlignmentFlag.AlignVCenter), badge.text
            )
            right -= width + 4
            if badge.sign is not None:
                sign = QRectF(right - SIGN + 1, box.center().y() - SIGN / 2 + 0.5, SIGN, SIGN)
                paint_sign(painter, badge.sign, sign, sign_colour(badge.sign, scheme))
                right -= SIGN + 6
        return right
