"""A check box whose box can be seen in both themes (Fusion draws its outline almost black on dark grounds)."""

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox

from landmark_desktop.ui.icons import Sign, paint_sign
from landmark_desktop.ui.theme import GAP, colours

BOX = 18


class CheckBox(QCheckBox):
    """A check box in the colours of the theme."""

    def sizeHint(self) -> QSize:
        """The box and its text."""
        text = self.fontMetrics().size(int(Qt.TextFlag.TextShowMnemonic), self.text())
        return QSize(BOX + GAP + text.width() + 4, max(BOX + 4, text.height() + 6))

    def minimumSizeHint(self) -> QSize:
        """All of it."""
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:
        """Box and text can be clicked."""
        return QRectF(0, 0, self.sizeHint().width(), self.height()).contains(pos)

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint the box, the check and the text."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scheme = colours(self.palette())
        box = QRectF(1.5, (self.height() - BOX) / 2 + 1, BOX - 2, BOX - 2)
        enabled, checked = self.isEnabled(), self.isChecked()
        outline = scheme.accent if self.hasFocus() or (checked and enabled) else scheme.muted
        painter.setPen(QPen(QColor(outline if enabled else scheme.border), 2 if self.hasFocus() else 1.3))
        painter.setBrush(QColor(scheme.accent if checked and enabled else scheme.surface))
        painter.drawRoundedRect(box, 4, 4)
        if checked:
            colour = QColor(scheme.on_accent if enabled else scheme.border)
            paint_sign(painter, Sign.CHECK, box.adjusted(2, 2, -2, -2), colour)
        painter.setPen(self.palette().color(self.foregroundRole()) if enabled else QColor(scheme.muted))
        text = self.rect().adjusted(BOX + GAP, 0, 0, 0)
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(text, int(flags) | int(Qt.TextFlag.TextShowMnemonic), self.text())
