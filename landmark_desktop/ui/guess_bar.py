"""One guess as a bar: its key, its name, its confidence as length and in percent. A click accepts it."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from landmark_desktop.core.guess import Guess
from landmark_desktop.core.location import Landmark
from landmark_desktop.ui.icons import Sign, paint_sign, sign_colour
from landmark_desktop.ui.texts import percent, place
from landmark_desktop.ui.theme import RADIUS, colours

_KEY = 20
"""Width of the box with the key."""
_BAR = 4
"""Thickness of the bar."""


class GuessBar(QAbstractButton):
    """A guess that can be clicked; checked where it is the accepted one."""

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = key
        self._share = 0.0
        self._quiet = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_guess(self, landmark: Landmark, guess: Guess, *, accepted: bool, quiet: bool) -> None:
        """Show a guess; ``quiet`` where the verdict is that it is none of them."""
        self.setText(landmark.name)
        self._share = guess.confidence
        self._quiet = quiet
        self.setCheckable(True)
        self.setChecked(accepted)
        self.setAccessibleName(
            self.tr("Guess {0}: {1}, {2}").format(self._key, landmark.name, percent(guess.confidence))
        )
        local = f" ({landmark.local_name})" if landmark.local_name and landmark.local_name != landmark.name else ""
        self.setToolTip(f"{landmark.name}{local}\n{place(landmark)}")
        self.update()

    @property
    def share(self) -> float:
        """The confidence that is shown."""
        return self._share

    def sizeHint(self) -> QSize:
        """One line of text and the bar."""
        return QSize(260, self.fontMetrics().height() + 18)

    def nextCheckState(self) -> None:
        """The review decides what is checked, not the click."""

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show that it can be clicked."""
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Show that the pointer left."""
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint key, name, percentage and bar."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scheme = colours(self.palette())
        area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if self.isChecked() or self.underMouse() or self.hasFocus():
            painter.setPen(QPen(QColor(scheme.accent), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(scheme.selected if self.isChecked() else scheme.raised))
            painter.drawRoundedRect(area, RADIUS, RADIUS)
        area = area.adjusted(6, 4, -8, -4)
        line = self.fontMetrics().height() + 2
        key = QRectF(area.left(), area.center().y() - 10, _KEY, 20)
        self._paint_key(painter, key, scheme.border, scheme.muted)
        content = area.adjusted(_KEY + 9, 0, 0, 0)
        text = QRectF(content.left(), content.top(), content.width(), line)
        share = percent(self._share)
        painter.setPen(QColor(scheme.muted if self._quiet else scheme.text))
        painter.drawText(text, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), share)
        text.adjust(0, 0, -self.fontMetrics().horizontalAdvance(share) - 8, 0)
        if self.isChecked():
            sign = QRectF(text.left(), text.center().y() - 7, 14, 14)
            paint_sign(painter, Sign.CHECK, sign, sign_colour(Sign.CHECK, scheme))
            text.adjust(19, 0, 0, 0)
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold if self.isChecked() else QFont.Weight.Normal)
        painter.setFont(font)
        name = QFontMetrics(font).elidedText(self.text(), Qt.TextElideMode.ElideRight, int(text.width()))
        painter.drawText(text, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), name)
        track = QRectF(content.left(), content.top() + line + 2, content.width(), _BAR)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(scheme.track))
        painter.drawRoundedRect(track, _BAR / 2, _BAR / 2)
        track.setWidth(max(_BAR, track.width() * self._share))
        painter.setBrush(QColor(scheme.muted if self._quiet else scheme.accent))
        painter.drawRoundedRect(track, _BAR / 2, _BAR / 2)

    def _paint_key(self, painter: QPainter, box: QRectF, border: str, text: str) -> None:
        painter.save()
        painter.setPen(QPen(QColor(border), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(QColor(text))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), self._key)
        painter.restore()
