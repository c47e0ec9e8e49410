"""Help: the cheat sheet of keys, and what this program is made of."""

import platform

import PySide6
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from landmark_desktop import __version__
from landmark_desktop.services.workspace import Workspace
from landmark_desktop.ui.actions import ACTIONS, EDIT, FILE, HELP, PHOTO, VIEW, translated
from landmark_desktop.ui.buttons import close_buttons
from landmark_desktop.ui.icons import emblem_icon
from landmark_desktop.ui.status_strip import provider_text
from landmark_desktop.ui.theme import GAP, PADDING


class KeysDialog(QDialog):
    """All keys on one sheet, made from the table of actions."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(PADDING, PADDING, PADDING, PADDING)
        layout.setSpacing(PADDING)
        columns = QHBoxLayout()
        columns.setSpacing(3 * PADDING)
        for menus in ((PHOTO,), (VIEW,), (FILE, EDIT, HELP)):
            column = QVBoxLayout()
            for menu in menus:
                column.addLayout(self._section(menu))
                column.addSpacing(GAP)
            column.addStretch(1)
            columns.addLayout(column)
        layout.addLayout(columns)
        moving = QLabel(
            self.tr("Arrow keys, Page Up, Page Down, Home and End move; Shift extends the selection."), self
        )
        moving.setProperty("muted", True)
        layout.addWidget(moving)
        buttons = close_buttons(self)
        layout.addWidget(buttons)

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
    """What this program is, what runs the model, and under which licences it comes."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("About Landmark Desktop"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(PADDING, PADDING, PADDING, PADDING)
        layout.setSpacing(2 * PADDING)
        emblem = QLabel(self)
        emblem.setPixmap(emblem_icon().pixmap(96, 96))
        layout.addWidget(emblem, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(GAP)
        title = QLabel(f"Landmark Desktop {__version__}", self)
        title.setProperty("title", True)
        column.addWidget(title)
        self.facts = QLabel("\n".join(self._facts(workspace)), self)
        self.facts.setWordWrap(True)
        self.facts.setMinimumWidth(440)
        self.facts.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(self.facts)
        buttons = close_buttons(self)
        column.addWidget(buttons)
        layout.addLayout(column, 1)

    def _facts(self, workspace: Workspace) -> list[str]:
        manifest = workspace.bundle.manifest
        provider = workspace.provider
        return [
            self.tr("Recognises landmarks in photos on this computer, and writes the places into their metadata."),
            "",
            self.tr("Model bundle: {0} {1}, {2}").format(manifest.id, manifest.version, manifest.licence),
            provider_text(provider) if provider is not None else self.tr("The model is being loaded…"),
            self.tr("Library: {0}").format(workspace.library_path),
            f"Python {platform.python_version()} · PySide6 {PySide6.__version__} · {platform.system()}",
            "",
            self.tr("Free software under the GNU General Public License, version 3 or later."),
            self.tr("Built on Qt (LGPL 3), ONNX Runtime (MIT), Exiv2 (GPL 2 or later), Pillow (MIT-CMU),")
            + " "
            + self.tr("libheif (LGPL 3), NumPy (BSD) and platformdirs (MIT)."),
        ]
