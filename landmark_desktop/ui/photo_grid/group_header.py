"""The header of a group in the grid: an arrow, name and count, and a button that accepts the whole group."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette, QPen, QPolygonF

from landmark_desktop.ui.photo_grid.grouping import GroupBy, GroupKey, day_of
from landmark_desktop.ui.texts import date_text, joined, number, translate
from landmark_desktop.ui.theme import RADIUS, colours

_MARGIN = 12
_ARROW = 8
_PADDING = 10


@dataclass(frozen=True, slots=True)
class HeaderWords:
    """What a header tells: the group's name, how many photos it has, how many of them wait for an answer, how many of
    those can be accepted at once, and whether it is collapsed."""

    title: str
    count: int
    unanswered: int
    acceptable: int
    closed: bool

    @property
    def button(self) -> str:
        """The text of the button, empty where there is nothing to accept."""
        return translate("Texts", "Accept {0}").format(number(self.acceptable)) if self.acceptable else ""


def header_title(by: GroupBy, key: GroupKey) -> str:
    """What a group is called."""
    if key:
        return date_text(day_of(key)) if by is GroupBy.DAY else joined(reversed(key))
    return {
        GroupBy.LANDMARK: translate("Texts", "No landmark"),
        GroupBy.PLACE: translate("Texts", "No place"),
        GroupBy.DAY: translate("Texts", "No date"),
    }[by]


class GroupHeaders(QObject):
    """Paints headers, and knows where their buttons are."""

    def counts(self, words: HeaderWords) -> str:
        """How many photos a group has, and how many of them have no answer yet."""
        waiting = self.tr("%Ln without an answer", "", words.unanswered)
        return joined(
            [self.tr("%Ln photo(s)", "", words.count), waiting if words.unanswered else self.tr("all answered")]
        )

    def spoken(self, words: HeaderWords) -> str:
        """A header for screen readers: ``Eiffel Tower, 12 photos, 3 without an answer, collapsed``."""
        return joined([words.title, self.counts(words), self.tr("collapsed") if words.closed else ""])

    @staticmethod
    def height(metrics: QFontMetrics) -> int:
        """The height of a header, in device-independent pixels."""
        return metrics.height() + 24

    @staticmethod
    def accept_rect(rect: QRect, font: QFont, words: HeaderWords) -> QRect:
        """Where the button of a header lies; empty where there is none."""
        if not words.button:
            return QRect()
        metrics = QFontMetrics(font)
        width = metrics.horizontalAdvance(words.button) + 2 * _PADDING
        height = metrics.height() + 8
        return QRect(rect.right() - _MARGIN - width, rect.center().y() - height // 2 + 2, width, height)

    def paint(self, painter: QPainter, palette: QPalette, font: QFont, rect: QRect, words: HeaderWords) -> None:
        """Paint one header into ``rect``."""
        scheme = colours(palette)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        strong = QFont(font)
        strong.setWeight(QFont.Weight.DemiBold)
        middle = rect.center().y() + 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(scheme.muted))
        painter.drawPolygon(_arrow(rect.left() + _MARGIN, middle, words.closed))
        button = self.accept_rect(rect, font, words)
        left = rect.left() + _MARGIN + _ARROW + 8
        count = self.counts(words)
        room = (button.left() if words.button else rect.right()) - left - _MARGIN
        metrics = QFontMetrics(strong)
        title = metrics.elidedText(
            words.title, Qt.TextElideMode.ElideRight, room - metrics.horizontalAdvance(count) - 12
        )
        baseline = middle + metrics.ascent() - metrics.height() // 2
        painter.setFont(strong)
        painter.setPen(QColor(scheme.text))
        painter.drawText(left, baseline, title)
        left += metrics.horizontalAdvance(title) + 10
        painter.setFont(font)
        painter.setPen(QColor(scheme.muted))
        painter.drawText(left, baseline, count)
        left += QFontMetrics(font).horizontalAdvance(count) + 12
        end = (button.left() if words.button else rect.right()) - 12
        painter.setPen(QPen(QColor(scheme.border), 1))
        if left < end:
            painter.drawLine(left, middle, end, middle)
        if words.button:
            painter.setPen(QPen(QColor(scheme.accent), 1))
            painter.setBrush(QColor(scheme.surface))
            painter.drawRoundedRect(QRectF(button), RADIUS, RADIUS)
            painter.setPen(QColor(scheme.text))
            painter.drawText(button, Qt.AlignmentFlag.AlignCenter, words.button)
        painter.restore()


def _arrow(left: int, middle: int, closed: bool) -> QPolygonF:
    half = _ARROW / 2
    if closed:
        points = [(left, middle - half), (left + half + 1, middle), (left, middle + half)]
    else:
        points = [(left, middle - 2), (left + _ARROW, middle - 2), (left + half, middle + half - 1)]
    return QPolygonF([QPointF(x, y) for x, y in points])
