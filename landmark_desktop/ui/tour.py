"""A guided tour of three steps over the window. Enter or → goes on, ← back, Esc ends it; the mouse works as well."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from landmark_desktop.ui.theme import GAP, PADDING, RADIUS, colours

CARD_WIDTH: Final = 380
VEIL: Final = 0.55
"""How dark the window is around what a step is about."""
_FORTH: Final = (Qt.Key.Key_Right, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what is said, and the widget it is about (None, or a hidden one: the whole window)."""

    title: str
    text: str
    target: Callable[[], QWidget | None]


class Tour(QWidget):
    """Lies over ``window`` while it runs, and takes all keys."""

    ended = Signal()

    def __init__(self, steps: Sequence[Step], window: QWidget) -> None:
        super().__init__(window)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._window = window
        self._steps = tuple(steps)
        self._at = 0
        self._runs = False
        self._lay_out()
        window.installEventFilter(self)
        self.hide()

    def _lay_out(self) -> None:
        self.card = QFrame(self)
        self.card.setObjectName("card")
        self.card.setFixedWidth(CARD_WIDTH)
        self.title = QLabel(self.card)
        self.title.setProperty("title", True)
        self.text = QLabel(self.card)
        self.position = QLabel(self.card)
        self.position.setProperty("muted", True)
        for label in (self.title, self.text):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.skip = QPushButton(self.tr("Skip the tour"), self.card)
        self.back = QPushButton(self.tr("Back"), self.card)
        self.forth = QPushButton(self.card)
        self.forth.setProperty("primary", True)
        self.skip.clicked.connect(self.end)
        self.back.clicked.connect(lambda: self.go(self._at - 1))
        self.forth.clicked.connect(lambda: self.go(self._at + 1))
        column = self._column = QVBoxLayout(self.card)
        column.setContentsMargins(PADDING, PADDING, PADDING, PADDING)
        column.setSpacing(GAP)
        for label in (self.title, self.text, self.position):
            column.addWidget(label)
        row = QHBoxLayout()
        row.addWidget(self.skip)
        row.addStretch(1)
        row.addWidget(self.back)
        row.addWidget(self.forth)
        column.addLayout(row)

    @property
    def step(self) -> int:
        """The step that is shown, from 0."""
        return self._at

    def begin(self) -> None:
        """Show the first step."""
        self._runs = True
        self.setGeometry(self._window.rect())
        self.raise_()
        self.show()
        self.go(0)

    def go(self, number: int) -> None:
        """Show a step; behind the last one the tour ends."""
        if number >= len(self._steps):
            self.end()
            return
        self._at = max(0, number)
        step = self._steps[self._at]
        last = self._at == len(self._steps) - 1
        self.title.setText(step.title)
        self.text.setText(step.text)
        self.position.setText(self.tr("Step {0} of {1}").format(self._at + 1, len(self._steps)))
        self.skip.setVisible(not last)
        self.back.setVisible(self._at > 0)
        self.forth.setText(self.tr("Done") if last else self.tr("Next"))
        self.setAccessibleName(step.title)
        self.setAccessibleDescription(step.text)
        self._place()
        self.forth.setFocus()
        self.update()

    def end(self) -> None:
        """Take the tour away."""
        if self._runs:
            self._runs = False
            self.hide()
            self.ended.emit()

    def _target(self) -> QRect:
        """Where in the window the step's widget is; empty where it is not to be seen."""
        widget = self._steps[self._at].target()
        if widget is None or not widget.isVisible():
            return QRect()
        return QRect(widget.mapTo(self._window, widget.rect().topLeft()), widget.size())

    def _place(self) -> None:
        """Put the card beside what it is about, where there is most room, and always into the window."""
        width = min(CARD_WIDTH, self.width() - 2 * PADDING)
        self.card.setFixedWidth(width)
        self._column.activate()
        self.card.resize(width, max(self._column.totalHeightForWidth(width), self.card.sizeHint().height()))
        target, card = self._target(), self.card.rect()
        if target.isEmpty():
            card.moveCenter(self.rect().center())
        elif target.width() * target.height() > self.width() * self.height() // 3:
            card.moveCenter(target.center())
        else:
            room = {
                "left": target.left(),
                "right": self.width() - target.right(),
                "above": target.top(),
                "below": self.height() - target.bottom(),
            }
            side = max(room, key=lambda name: room[name])
            card.moveCenter(target.center())
            if side == "left":
                card.moveRight(target.left() - PADDING)
            elif side == "right":
                card.moveLeft(target.right() + PADDING)
            elif side == "above":
                card.moveBottom(target.top() - PADDING)
            else:
                card.moveTop(target.bottom() + PADDING)
        card.moveLeft(max(PADDING, min(card.left(), self.width() - card.width() - PADDING)))
        card.moveTop(max(PADDING, min(card.top(), self.height() - card.height() - PADDING)))
        self.card.setGeometry(card)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as the window."""
        if watched is self._window and event.type() == QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._window.rect())
            self._place()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on, back, or end."""
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self.end()
        elif key in _FORTH:
            self.go(self._at + 1)
        elif key == Qt.Key.Key_Left:
            self.go(self._at - 1)

    def event(self, event: QEvent) -> bool:
        """Shortcuts of the window rest while the tour runs."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes around among the buttons of the card."""
        if not self._runs:  # it is being hidden, and Qt looks for another widget
            return super().focusNextPrevChild(forward)
        buttons = [button for button in (self.skip, self.back, self.forth) if button.isVisible()]
        at = next((number for number, button in enumerate(buttons) if button.hasFocus()), -1)
        buttons[(at + (1 if forward else -1)) % len(buttons)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def paintEvent(self, _: QPaintEvent) -> None:
        """Darken the window but for what the step is about."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        around = QPainterPath()
        around.addRect(QRectF(self.rect()))
        target = self._target()
        if not target.isEmpty():
            frame = QRectF(target).adjusted(2, 2, -2, -2)
            hole = QPainterPath()
            hole.addRoundedRect(frame, RADIUS, RADIUS)
            around = around.subtracted(hole)
            painter.setPen(QPen(QColor(colours(self.palette()).accent), 3))
            painter.drawRoundedRect(frame, RADIUS, RADIUS)
        veil = QColor(0, 0, 0)
        veil.setAlphaF(VEIL)
        painter.fillPath(around, veil)
