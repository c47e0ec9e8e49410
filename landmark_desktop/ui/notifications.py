"""Problems, told without getting in the way: known errors in a bar with their remedy, bugs in the crash dialog."""

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from landmark_desktop.core.errors import KnownError
from landmark_desktop.ui.crash_dialog import show_crash
from landmark_desktop.ui.icons import Sign, sign_colour, sign_icon
from landmark_desktop.ui.texts import error_text
from landmark_desktop.ui.theme import GAP, PADDING, colours

__all__ = ["Notice", "NotificationBar", "show_crash"]


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence and what can be done; ``is_error`` decides the sign. ``action`` is the text of a button that ``act``s
    on it."""

    message: str
    remedy: str = ""
    is_error: bool = True
    action: str = ""
    act: Callable[[], object] | None = field(default=None, compare=False)


class NotificationBar(QWidget):
    """Shows one notice at a time; the others wait behind it. Equal ones are shown once."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notification")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("Notice"))
        self._notices: list[Notice] = []
        layout = QHBoxLayout(self)
        layout.setContentsMargins(PADDING, GAP, GAP, GAP)
        layout.setSpacing(10)
        self._sign = QLabel(self)
        layout.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        self.message = QLabel(self)
        self.message.setProperty("strong", True)
        self.remedy = QLabel(self)
        for label in (self.message, self.remedy):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            words.addWidget(label)
        layout.addLayout(words, 1)
        self.count = QLabel(self)
        self.count.setProperty("muted", True)
        layout.addWidget(self.count)
        self.action = self._button("")
        self.action.clicked.connect(self._act)
        layout.addWidget(self.action)
        self.dismiss_all = self._button(self.tr("Dismiss all"))
        self.dismiss_all.clicked.connect(self.clear)
        self.dismiss = self._button(self.tr("Dismiss"))
        self.dismiss.clicked.connect(self._next)
        layout.addWidget(self.dismiss_all)
        layout.addWidget(self.dismiss)
        self.hide()

    def _button(self, text: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(text)
        button.setProperty("link", True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    @property
    def notices(self) -> tuple[Notice, ...]:
        """The notices that were not dismissed, the one shown first."""
        return tuple(self._notices)

    def show_error(self, error: KnownError) -> None:
        """Tell a known error with its remedy."""
        self.show_notice(Notice(*error_text(error)))

    def show_notice(self, notice: Notice) -> None:
        """Tell something."""
        if notice not in self._notices:
            self._notices.append(notice)
            self._show()

    def clear(self) -> None:
        """Dismiss all notices."""
        self._notices.clear()
        self._show()

    def _act(self) -> None:
        act = self._notices[0].act if self._notices else None
        self._next()
        if act is not None:
            act()

    def _next(self) -> None:
        del self._notices[:1]
        self._show()

    def _show(self) -> None:
        if self._notices:
            notice = self._notices[0]
            self.message.setText(notice.message)
            self.remedy.setText(notice.remedy)
            self.remedy.setVisible(bool(notice.remedy))
            self.action.setText(notice.action)
            self.action.setVisible(notice.act is not None)
            waiting = len(self._notices) - 1
            self.count.setText(self.tr("%Ln more", "", waiting))
            self.count.setVisible(waiting > 0)
            self.dismiss_all.setVisible(waiting > 0)
            self._draw_sign()
        self.setVisible(bool(self._notices))

    def _draw_sign(self) -> None:
        scheme = colours(self.palette())
        is_error = not self._notices or self._notices[0].is_error
        sign = Sign.WARNING if is_error else Sign.INFORMATION
        colour = sign_colour(sign, scheme)
        self._sign.setPixmap(sign_icon(sign, colour).pixmap(QSize(18, 18), self.devicePixelRatioF()))

    def changeEvent(self, event: QEvent) -> None:
        """Draw the sign in the colours of a new theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_sign"):
            self._draw_sign()
