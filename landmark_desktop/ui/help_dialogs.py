"""Help: the cheat sheet of keys, what this program is made of, and a start that failed."""

import platform
from pathlib import Path

import PySide6
from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QTabWidget,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from landmark_desktop import __version__
from landmark_desktop.core.errors import ErrorCode, KnownError, LibraryError
from landmark_desktop.core.resources import resource_path
from landmark_desktop.services.workspace import Workspace
from landmark_desktop.ui.actions import ACTIONS, EDIT, FILE, HELP, PHOTO, VIEW, translated
from landmark_desktop.ui.buttons import close_buttons
from landmark_desktop.ui.diagnostics import version_of
from landmark_desktop.ui.icons import Sign, emblem_icon, sign_colour, sign_icon
from landmark_desktop.ui.status_strip import provider_text
from landmark_desktop.ui.texts import error_text
from landmark_desktop.ui.theme import GAP, PADDING, colours

SHEET_SHARE = 0.85
"""How much of the screen the sheet of keys takes at most; the rest is scrolled to."""


class KeysDialog(QDialog):
    """All keys on one sheet, made from the table of actions."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        sheet = QWidget(self)
        columns = QHBoxLayout(sheet)
        columns.setContentsMargins(PADDING, PADDING, PADDING, PADDING)
        columns.setSpacing(3 * PADDING)
        for menus in ((PHOTO,), (VIEW,), (FILE, EDIT, HELP)):
            column = QVBoxLayout()
            for menu in menus:
                column.addLayout(self._section(menu))
                column.addSpacing(GAP)
            column.addStretch(1)
            columns.addLayout(column)
        scroll = QScrollArea(self)
        scroll.setWidget(sheet)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setAccessibleName(self.tr("Keyboard shortcuts"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GAP, GAP, GAP, PADDING)
        layout.addWidget(scroll, 1)
        moving = QLabel(
            self.tr(
                "Arrow keys, Page Up, Page Down, Home and End move; Shift extends the selection, or moves a photo that"
                " is zoomed in."
            ),
            self,
        )
        moving.setProperty("muted", True)
        moving.setWordWrap(True)
        moving.setContentsMargins(PADDING, 0, PADDING, 0)
        layout.addWidget(moving)
        buttons = close_buttons(self)
        buttons.setContentsMargins(PADDING, 0, PADDING, 0)
        layout.addWidget(buttons)
        buttons.button(QDialogButtonBox.StandardButton.Close).setFocus()
        needed = sheet.sizeHint() + QSize(2 * PADDING, 6 * PADDING)
        self.resize(needed.boundedTo(self.screen().availableSize() * SHEET_SHARE))

    def _section(self, menu: str) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(PADDING)
        grid.setVerticalSpacing(6)
        title = QLabel(translated(menu).replace("&", ""), self)
        title.setProperty("title", True)
        grid.addWidget(title, 0, 0, 1, 2)
        for spec in ACTIONS:
            if spec.menu == menu and spec.keys:
                row = grid.rowCount()
                keys = [QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) for key in spec.keys]
                label = QLabel("  ".join(keys), self)
                label.setProperty("strong", True)
                grid.addWidget(label, row, 0)
                grid.addWidget(QLabel(translated(spec.text), self), row, 1)
        grid.setColumnStretch(1, 1)
        return grid


class AboutDialog(QDialog):
    """What this program is, what runs the model, and under which licences it and its parts come."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("About Landmark Desktop"))
        self.resize(700, 480)
        self._workspace = workspace
        layout = QHBoxLayout(self)
        layout.setContentsMargins(PADDING, PADDING, PADDING, PADDING)
        layout.setSpacing(2 * PADDING)
        emblem = QLabel(self)
        emblem.setPixmap(emblem_icon().pixmap(QSize(96, 96), self.devicePixelRatioF()))
        layout.addWidget(emblem, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(GAP)
        title = QLabel(f"Landmark Desktop {__version__}", self)
        title.setProperty("title", True)
        column.addWidget(title)
        self.facts = QLabel("\n".join(self._facts()), self)
        self.facts.setWordWrap(True)
        self.facts.setMinimumWidth(440)
        self.facts.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.facts.setContentsMargins(0, GAP, 0, 0)
        self.facts.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.licences = QTextBrowser(self)
        self.licences.setOpenLinks(False)
        self.licences.setAccessibleName(self.tr("Licences"))
        self.licences.setMarkdown(licence_text())
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.addTab(self.facts, self.tr("Program"))
        self.tabs.addTab(self.licences, self.tr("Licences"))
        column.addWidget(self.tabs, 1)
        buttons = close_buttons(self)
        self.copy = QPushButton(self.tr("Copy diagnostics"), self)
        self.copy.setAutoDefault(False)
        buttons.addButton(self.copy, QDialogButtonBox.ButtonRole.ActionRole)
        self.copy.clicked.connect(self._copy)
        column.addWidget(buttons)
        layout.addLayout(column, 1)

    def _copy(self) -> None:
        from landmark_desktop.ui.diagnostics import diagnostics

        QGuiApplication.clipboard().setText(diagnostics(self._workspace))
        self.copy.setText(self.tr("Copied"))

    def _facts(self) -> list[str]:
        manifest = self._workspace.bundle.manifest
        provider = self._workspace.provider
        return [
            self.tr("Recognises landmarks in photos on this computer, and writes the places into their metadata."),
            self.tr("It opens no network connection: nothing ever leaves this computer."),
            "",
            self.tr("Model bundle: {0} {1}, {2}").format(manifest.id, manifest.version, manifest.licence),
            provider_text(provider) if provider is not None else self.tr("The model is being loaded…"),
            self.tr("Library: {0}").format(self._workspace.library_path),
            " · ".join(_versions()),
            "",
            self.tr("Free software under the GNU General Public License, version 3 or later."),
            self.tr("Built on Qt (LGPL 3), ONNX Runtime (MIT), Exiv2 (GPL 2 or later), Pillow (MIT-CMU),")
            + " "
            + self.tr("libheif (LGPL 3), NumPy (BSD) and platformdirs (MIT)."),
        ]


def _versions() -> list[str]:
    """What the program runs on, with versions."""
    named = {"ONNX Runtime": ("onnxruntime-gpu", "onnxruntime"), "Exiv2": ("exiv2",), "Pillow": ("pillow",)}
    parts = [f"Python {platform.python_version()}", f"PySide6 {PySide6.__version__}"]
    for name, packages in named.items():
        version = next(filter(None, map(version_of, packages)), "")
        if version:
            parts.append(f"{name} {version}")
    return [*parts, platform.system()]


def licence_text() -> str:
    """What is shipped and under which licences, as Markdown."""
    return resource_path("licences", "THIRD-PARTY.md").read_text("utf-8")


class StartProblemDialog(QDialog):
    """The program cannot start: why, and what helps. ``elsewhere`` is the folder that the user chose for a library
    which cannot be kept where it should be."""

    def __init__(self, error: KnownError, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.elsewhere: Path | None = None
        self.setWindowTitle("Landmark Desktop")
        self.setMinimumWidth(560)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(PADDING, PADDING, PADDING, PADDING)
        layout.setSpacing(PADDING)
        sign = QLabel(self)
        colour = sign_colour(Sign.WARNING, colours(self.palette()))
        sign.setPixmap(sign_icon(Sign.WARNING, colour).pixmap(QSize(40, 40), self.devicePixelRatioF()))
        layout.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(GAP)
        message, remedy = error_text(error)
        self.said = QLabel(message, self)
        self.said.setProperty("title", True)
        self.remedy = QLabel(remedy, self)
        for label in (self.said, self.remedy):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(label)
        column.addSpacing(GAP)
        buttons = close_buttons(self)
        self.open_folder = QPushButton(self.tr("Open the library’s folder"), self)
        self.open_folder.setAutoDefault(False)
        buttons.addButton(self.open_folder, QDialogButtonBox.ButtonRole.ActionRole)
        self.open_folder.setVisible(isinstance(error, LibraryError))
        self.open_folder.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))))
        self.choose_other = QPushButton(self.tr("Use another folder…"), self)
        self.choose_other.setToolTip(self.tr("For this start; the option --library chooses a place for good."))
        self.choose_other.setAutoDefault(False)
        buttons.addButton(self.choose_other, QDialogButtonBox.ButtonRole.ActionRole)
        self.choose_other.setVisible(error.code in {ErrorCode.LIBRARY_UNWRITABLE, ErrorCode.LIBRARY_FOREIGN})
        self.choose_other.clicked.connect(self._choose_other)
        column.addWidget(buttons)
        layout.addLayout(column, 1)

    def _choose_other(self) -> None:
        dialog = QFileDialog(self, self.tr("Choose a folder for the library"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self._use)
        dialog.open()

    def _use(self, folder: str) -> None:
        self.elsewhere = Path(folder)
        self.accept()
