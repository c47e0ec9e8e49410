"""The dialog for bugs: says that it is one, where the log is, and what to send to those who can mend it."""

import platform
import traceback
from pathlib import Path

import PySide6
from PySide6.QtCore import QCoreApplication, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QFontDatabase, QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from landmark_desktop import __version__
from landmark_desktop.services.logs import without_folders
from landmark_desktop.ui.buttons import close_buttons
from landmark_desktop.ui.theme import GAP, PADDING

MAX_REPORTS = 20
"""Further bugs of one session only go into the log."""


class CrashDialog(QDialog):
    """Shows bugs. It is not modal: photos can be reviewed on, and reviews are stored already.

    The report names no folder, so that it can be sent to anybody.
    """

    def __init__(self, log_path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Something went wrong"))
        self.resize(680, 420)
        self._log_path = log_path
        self._reports: list[str] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(PADDING, PADDING, PADDING, PADDING)
        layout.setSpacing(GAP)
        title = QLabel(self.tr("This is a mistake in the program, not yours."), self)
        title.setProperty("title", True)
        text = QLabel(
            self.tr("Your photos and reviews are safe. The report below and the log help to mend it:\n{0}").format(
                log_path
            ),
            self,
        )
        text.setWordWrap(True)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.report = QPlainTextEdit(self)
        self.report.setReadOnly(True)
        self.report.setAccessibleName(self.tr("Report"))
        self.report.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        buttons = close_buttons(self)
        self.copy = QPushButton(self.tr("Copy report"), self)
        self.open_log = QPushButton(self.tr("Open the log's folder"), self)
        buttons.addButton(self.copy, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(self.open_log, QDialogButtonBox.ButtonRole.ActionRole)
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.report.toPlainText()))
        self.open_log.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._log_path.parent))))
        for widget in (title, text, self.report, buttons):
            layout.addWidget(widget)

    def add(self, error: BaseException) -> None:
        """Add the report of a bug; the same one again is not repeated."""
        report = without_folders("".join(traceback.format_exception(error)))
        if report in self._reports or len(self._reports) >= MAX_REPORTS:
            return
        self._reports.append(report)
        head = (
            f"Landmark Desktop {__version__}, Python {platform.python_version()}, "
            f"PySide6 {PySide6.__version__}, {platform.platform()}"
        )
        self.report.setPlainText("\n".join([head, "", *self._reports]))


def show_crash(error: BaseException, log_path: Path) -> CrashDialog:
    """Show a bug in the crash dialog; one dialog gathers all that happen while it is open."""
    dialog = next((w for w in QApplication.topLevelWidgets() if isinstance(w, CrashDialog) and w.isVisible()), None)
    if dialog is None:
        dialog = CrashDialog(log_path, QApplication.activeWindow())
        dialog.setWindowTitle(QCoreApplication.translate("CrashDialog", "Something went wrong"))
    dialog.add(error)
    dialog.show()
    return dialog
