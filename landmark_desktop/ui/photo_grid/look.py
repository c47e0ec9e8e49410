"""What all tiles share, made once for a theme, a font and a screen: cards and signs as pictures, widths of letters.

A page of tiles is painted anew with each step of scrolling. Each call of Qt also gives the interpreter to whichever
lane waits for it, so a tile that is put together of few calls is painted sooner than the calls alone tell.
"""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette, QPen, QPixmap
from PySide6.QtWidgets import QStyle

from landmark_desktop.ui.icons import Sign, paint_sign, sign_colour
from landmark_desktop.ui.theme import RADIUS, colours

MARGIN = 5
INSET = 8
SIGN_SIZE = 14
WAITING_SIZE = 22
PICTURE_RATIO = 0.72
"""Height of the picture's box by its width: between 3 : 2 and 4 : 3, the formats of cameras."""
_KEPT_CARDS = 64
"""Cards are kept by size and state; sizes change while somebody drags the slider."""
_SLACK = 4
"""Pixels that letters side by side may take beyond the sum of their widths."""

_State = QStyle.StateFlag


class Letters:
    """A font with the widths of its letters, so that most texts are measured without asking Qt."""

    def __init__(self, font: QFont) -> None:
        self.font = QFont(font)  # the one of an option is gone with it
        self.metrics = QFontMetrics(self.font)
        self.height = self.metrics.height()
        self.ascent = self.metrics.ascent()
        self._widths: dict[str, int] = {}

    def exact_width(self, text: str) -> int:
        """How wide one of a few short texts is, in device-independent pixels."""
        width = self._widths.get(text)
        if width is None:
            width = self._widths[text] = self.metrics.horizontalAdvance(text)
        return width

    def width(self, text: str) -> int:
        """How wide a text is at most, in device-independent pixels."""
        if not text.isascii():
            return self.metrics.horizontalAdvance(text)
        return _SLACK + sum(map(self.exact_width, text))

    def shortened(self, text: str, width: int, mode: Qt.TextElideMode) -> str:
        """The text, with an ellipsis where it is wider than ``width``."""
        return text if self.width(text) <= width else self.metrics.elidedText(text, mode, width)


@dataclass(frozen=True, slots=True)
class CardState:
    """What changes the look of a card. ``waits`` is one whose picture is not there yet."""

    selected: bool
    focused: bool
    hovered: bool
    waits: bool

    @classmethod
    def of(cls, state: QStyle.StateFlag, *, waits: bool) -> "CardState":
        """The state of a tile that a view tells."""
        bits = state.value
        return cls(
            bool(bits & _State.State_Selected.value),
            bool(bits & _State.State_HasFocus.value),
            bool(bits & _State.State_MouseOver.value),
            waits,
        )


class TileLook:
    """The pens and pictures of tiles, for one palette, one font and one device-pixel ratio."""

    def __init__(self, palette: QPalette, font: QFont, ratio: float) -> None:
        self.scheme = colours(palette)
        self.ratio = ratio
        self.letters = Letters(font)
        strong = QFont(font)
        strong.setWeight(QFont.Weight.DemiBold)
        self.strong_letters = Letters(strong)
        self.text = QPen(QColor(self.scheme.text))
        self.muted = QPen(QColor(self.scheme.muted))
        self._cards: dict[tuple[int, int, CardState], QPixmap] = {}
        self._signs: dict[Sign, QPixmap] = {}

    def card(self, width: int, height: int, state: CardState) -> QPixmap:
        """The ground of a tile of this size, margins included."""
        key = (width, height, state)
        card = self._cards.get(key)
        if card is None:
            if len(self._cards) >= _KEPT_CARDS:
                self._cards.clear()
            card = self._cards[key] = self._make_card(width, height, state)
        return card

    def sign(self, sign: Sign) -> QPixmap:
        """A sign in its colour, ``SIGN_SIZE`` wide and high."""
        pixmap = self._signs.get(sign)
        if pixmap is None:
            pixmap = self._signs[sign] = self._blank(SIGN_SIZE, SIGN_SIZE)
            painter = QPainter(pixmap)
            paint_sign(painter, sign, QRectF(0, 0, SIGN_SIZE, SIGN_SIZE), sign_colour(sign, self.scheme))
            painter.end()
        return pixmap

    def _make_card(self, width: int, height: int, state: CardState) -> QPixmap:
        scheme = self.scheme
        pixmap = self._blank(width, height)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = scheme.selected if state.selected else scheme.raised if state.hovered else scheme.surface
        if state.selected or state.focused:
            painter.setPen(QPen(QColor(scheme.accent), 2 if state.focused else 1))
        else:
            painter.setPen(QPen(QColor(scheme.border), 1))
        painter.setBrush(QColor(ground))
        card = QRectF(0, 0, width, height).adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
        painter.drawRoundedRect(card, RADIUS + 2, RADIUS + 2)
        if state.waits:
            inner = width - 2 * (MARGIN + INSET)
            box = QRectF(MARGIN + INSET, MARGIN + INSET, inner, round(inner * PICTURE_RATIO))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(scheme.track))
            painter.drawRoundedRect(box, RADIUS, RADIUS)
            sign = QRectF(0, 0, WAITING_SIZE, WAITING_SIZE)
            sign.moveCenter(box.center())
            paint_sign(painter, Sign.WAITING, sign, QColor(scheme.muted))
        painter.end()
        return pixmap

    def _blank(self, width: int, height: int) -> QPixmap:
        pixmap = QPixmap((QSize(width, height).toSizeF() * self.ratio).toSize())
        pixmap.setDevicePixelRatio(self.ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        return pixmap
