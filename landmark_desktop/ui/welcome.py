"""Pages for when there is nothing to show: the first start, a folder without photos, a filter without match."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from landmark_desktop.ui.icons import emblem_icon
from landmark_desktop.ui.theme import GAP, PADDING, colours

SHOWN_RECENT = 4
EMBLEM = 72


class WelcomePage(QWidget):
    """The first start: what the app does, and a big button."""

    open_clicked = Signal()
    recent_clicked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        outer = QVBoxLayout(self)
        outer.addStretch(3)
        emblem = QLabel(self)
        emblem.setPixmap(emblem_icon().pixmap(EMBLEM, EMBLEM))
        heading = QLabel(self.tr("Find the landmarks in your photos"), self)
        heading.setProperty("heading", True)
        lead = QLabel(
            self.tr("Everything happens on this computer. Nothing is uploaded, and no pixel of a photo ever changes."),
            self,
        )
        lead.setProperty("muted", True)
        for label in (emblem, heading, lead):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            outer.addWidget(label)
        outer.addSpacing(PADDING)
        outer.addWidget(self._steps(), 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addSpacing(PADDING)
        self.open = QPushButton(self.tr("Open a folder"), self)
        self.open.setProperty("primary", True)
        self.open.setProperty("large", True)
        self.open.clicked.connect(self.open_clicked)
        outer.addWidget(self.open, 0, Qt.AlignmentFlag.AlignHCenter)
        hint = QLabel(self.tr("or drop folders and photos anywhere on this window"), self)
        hint.setProperty("muted", True)
        outer.addWidget(hint, 0, Qt.AlignmentFlag.AlignHCenter)
        self._recent = QVBoxLayout()
        self._recent.setSpacing(0)
        outer.addSpacing(PADDING)
        outer.addLayout(self._recent)
        outer.addStretch(4)

    def _steps(self) -> QWidget:
        box = QFrame(self)
        grid = QGridLayout(box)
        grid.setHorizontalSpacing(PADDING)
        grid.setVerticalSpacing(10)
        steps = (
            ("1", self.tr("Recognise"), self.tr("Every photo gets guesses, and an honest “none” where there is none.")),
            ("2", self.tr("Review"), self.tr("Accept, pick another or reject, all from the keyboard.")),
            ("3", self.tr("Write"), self.tr("See what will be written, then write places into standard metadata.")),
        )
        for row, (number, title, text) in enumerate(steps):
            badge = _Badge(number, box)
            name = QLabel(title, box)
            name.setProperty("strong", True)
            grid.addWidget(badge, row, 0)
            grid.addWidget(name, row, 1)
            grid.addWidget(QLabel(text, box), row, 2)
        return box

    def show_recent(self, folders: Sequence[str]) -> None:
        """Offer folders that were opened lately."""
        while (item := self._recent.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for folder in folders[:SHOWN_RECENT]:
            button = QToolButton(self)
            button.setText(self.tr("Open {0} again").format(Path(folder).name or folder))
            button.setToolTip(folder)
            button.setProperty("link", True)
            button.clicked.connect(lambda _=False, folder=folder: self.recent_clicked.emit(folder))
            self._recent.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)


class _Badge(QWidget):
    """A number in a disc."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._text = text
        self.setFixedSize(26, 26)

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint the disc and the number."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scheme = colours(self.palette())
        painter.setPen(QPen(QColor(scheme.accent), 1.5))
        painter.drawEllipse(QRectF(self.rect()).adjusted(1, 1, -1, -1))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), self._text)


class MessagePage(QWidget):
    """A sentence in the middle, what to do about it, and a button for that."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setSpacing(GAP)
        layout.addStretch(2)
        self.title = QLabel(self)
        self.title.setProperty("title", True)
        self.text = QLabel(self)
        self.text.setProperty("muted", True)
        for label in (self.title, self.text):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            layout.addWidget(label)
        layout.addSpacing(GAP)
        self.button = QPushButton(self)
        self.button.clicked.connect(self._clicked)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)
        self._act: Callable[[], None] | None = None

    def show_message(self, title: str, text: str, button: str = "", act: Callable[[], None] | None = None) -> None:
        """Say something; without ``act`` there is no button."""
        self.title.setText(title)
        self.text.setText(text)
        self.button.setText(button)
        self.button.setVisible(act is not None)
        self._act = act

    def _clicked(self) -> None:
        if self._act is not None:
            self._act()


class DropHint(QWidget):
    """Lies over the window while something is dragged over it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def cover(self, area: QRect) -> None:
        """Show the hint over ``area`` of the parent."""
        self.setGeometry(area)
        self.raise_()
        self.show()

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint a veil, a dashed frame and the hint."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scheme = colours(self.palette())
        veil = QColor(scheme.window)
        veil.setAlphaF(0.88)
        painter.fillRect(self.rect(), veil)
        painter.setPen(QPen(QColor(scheme.accent), 3, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(24, 24, -24, -24), 12, 12)
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * 1.6)
        painter.setFont(font)
        painter.setPen(QColor(scheme.text))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), self.tr("Drop to open"))
