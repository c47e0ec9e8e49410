"""Why the model runs where it runs: what was asked for, what really loaded, why not CUDA, and what helps."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from landmark_desktop.inference.session import ProviderChoice, ProviderReport
from landmark_desktop.ui.buttons import close_buttons
from landmark_desktop.ui.status_strip import provider_text
from landmark_desktop.ui.texts import reason_text, translate
from landmark_desktop.ui.theme import GAP, PADDING


def provider_remedy(report: ProviderReport) -> str:
    """What can be done about the reason of a report; empty where nothing is to be done."""
    if report.label == "CUDA":
        return ""
    if report.requested is ProviderChoice.CPU:
        return translate("Texts", "Settings ▸ Run the model on ▸ Automatic tries the graphics card again.")
    reason = report.reason
    if "no NVIDIA driver" in reason:
        return translate(
            "Texts",
            "With an NVIDIA graphics card: install NVIDIA’s driver and start the program again. Without one there is "
            "nothing to do.",
        )
    if "does not start" in reason:
        return translate(
            "Texts", "Restart the computer; a driver that was just updated is another one than the kernel’s."
        )
    if "no CUDA support" in reason:
        return translate(
            "Texts",
            "This build of the program uses the processor only. An installation from source on a computer with an "
            "NVIDIA driver gets the build for graphics cards.",
        )
    if "macOS" in reason:
        return translate("Texts", "There is nothing to do: on macOS the processor is the way to go.")
    return translate(
        "Texts",
        "Install the program from source again: it brings the versions of CUDA and cuDNN that belong together.",
    )


class ProviderDialog(QDialog):
    """The report on where the model runs, in sentences."""

    def __init__(self, report: ProviderReport, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Where the model runs"))
        self.setMinimumWidth(520)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(PADDING, PADDING, PADDING, PADDING)
        layout.setSpacing(GAP)
        self.said = self._label(provider_text(report), "title")
        layout.addWidget(self.said)
        self.remedy = self._label(provider_remedy(report), "")
        self.remedy.setVisible(bool(self.remedy.text()))
        layout.addWidget(self.remedy)
        form = QFormLayout()
        form.setHorizontalSpacing(PADDING)
        wishes = {
            ProviderChoice.AUTO: self.tr("Automatic"),
            ProviderChoice.CUDA: self.tr("CUDA (NVIDIA)"),
            ProviderChoice.CPU: self.tr("CPU"),
        }
        form.addRow(self._label(self.tr("Asked for"), "muted"), self._label(wishes[report.requested], ""))
        form.addRow(self._label(self.tr("Loaded"), "muted"), self._label(report.actual, ""))
        why = reason_text(report.precision_reason)
        precision = f"{report.precision}: {why}" if why else report.precision
        form.addRow(self._label(self.tr("Precision"), "muted"), self._label(precision, ""))
        layout.addLayout(form)
        layout.addWidget(
            self._label(self.tr("The results are the same either way; a graphics card is only faster."), "muted")
        )
        buttons = close_buttons(self)
        self.settings = QPushButton(self.tr("Settings…"), self)
        self.settings.setAutoDefault(False)
        buttons.addButton(self.settings, QDialogButtonBox.ButtonRole.ActionRole)
        self.settings.clicked.connect(self.accept)
        layout.addWidget(buttons)
        buttons.button(QDialogButtonBox.StandardButton.Close).setFocus()

    def _label(self, text: str, kind: str) -> QLabel:
        label = QLabel(text, self)
        label.setWordWrap(True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        if kind:
            label.setProperty(kind, True)
        return label
