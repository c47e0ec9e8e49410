"""The line at the bottom: what goes on, how long it takes, where the model runs, and the buttons to steer it."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QToolButton, QWidget

from landmark_desktop.inference.session import ProviderChoice, ProviderReport
from landmark_desktop.services.progress import Progress
from landmark_desktop.services.work import WorkState
from landmark_desktop.ui import texts
from landmark_desktop.ui.theme import GAP

HINT_MS = 6000
"""How long a hint stays."""


class StatusStrip(QWidget):
    """Shows the state of the workspace. It knows no workspace: what is shown comes in, wishes are signals."""

    pause_clicked = Signal()
    resume_clicked = Signal()
    cancel_clicked = Signal()
    provider_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(GAP, 2, GAP, 2)
        layout.setSpacing(GAP)
        self.text = QLabel(self)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.bar.setFixedSize(160, 6)
        self.bar.setAccessibleName(self.tr("Progress"))
        self.speed = QLabel(self)
        self.speed.setProperty("muted", True)
        self.hint = QLabel(self)
        self.hint.setTextFormat(Qt.TextFormat.PlainText)
        self.hint.setProperty("strong", True)
        self.provider = self._button("", self.provider_clicked)
        self.provider.setProperty("muted", True)
        self.pause = self._button(self.tr("Pause"), self.pause_clicked)
        self.resume = self._button(self.tr("Continue"), self.resume_clicked)
        self.cancel = self._button(self.tr("Cancel"), self.cancel_clicked)
        for widget in (self.text, self.bar, self.speed):
            layout.addWidget(widget)
        layout.addSpacing(GAP)
        layout.addWidget(self.hint)
        layout.addStretch(1)
        for button in (self.resume, self.pause, self.cancel, self.provider):
            layout.addWidget(button)
        self._hint_timer = QTimer(self, singleShot=True, interval=HINT_MS)
        self._hint_timer.timeout.connect(self.hint.clear)
        self.show_provider(None)
        self.show_work(WorkState.IDLE, Progress(0, 0, None, None), photos=0, unclassified=0, pending=0)

    def _button(self, text: str, signal: object) -> QToolButton:
        button = QToolButton(self)
        button.setText(text)
        button.setProperty("link", True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(signal)
        return button

    def show_hint(self, text: str) -> None:
        """Show a sentence for a few seconds."""
        self.hint.setText(text)
        self._hint_timer.start()

    def show_provider(self, report: ProviderReport | None) -> None:
        """Show where the model runs; a click tells why."""
        self.provider.setVisible(report is not None)
        if report is None:
            return
        text = report.label
        if report.reason and report.requested is not ProviderChoice.CPU:
            text = self.tr("{0} (CUDA not used: why?)").format(report.label)
        self.provider.setText(text)
        self.provider.setToolTip(provider_text(report))
        self.provider.setAccessibleDescription(provider_text(report))

    def show_work(self, state: WorkState, progress: Progress, *, photos: int, unclassified: int, pending: int) -> None:
        """Show what is being done.

        ``photos`` are open, ``unclassified`` of them have no guesses, ``pending`` have an accepted place to write.
        """
        busy = state in (WorkState.CLASSIFYING, WorkState.SCANNING, WorkState.PAUSED)
        self.bar.setVisible(busy)
        self.pause.setVisible(state in (WorkState.CLASSIFYING, WorkState.SCANNING))
        self.cancel.setVisible(busy)
        rest = state is WorkState.IDLE and unclassified > 0
        self.resume.setVisible(state is WorkState.PAUSED or rest)
        self.resume.setText(self.tr("Classify the remaining %Ln", "", unclassified) if rest else self.tr("Continue"))
        counted = self.tr("{0} of {1}").format(texts.number(progress.done), texts.number(progress.total))
        speed = ""
        if state is WorkState.SCANNING and progress.total <= progress.done:
            self.bar.setRange(0, 0)
            text = self.tr("Looking for photos: %Ln found", "", photos)
        elif busy:
            self.bar.setRange(0, max(1, progress.total))
            self.bar.setValue(progress.done)
            text = self.tr("Paused at {0}") if state is WorkState.PAUSED else self.tr("Classifying {0}")
            text = text.format(counted)
            if state is not WorkState.PAUSED and progress.rate is not None:
                speed = texts.rate(progress)
                if progress.seconds_left is not None:
                    speed += "  ·  " + texts.time_left(progress.seconds_left)
        elif state is WorkState.FAILED:
            text = self.tr("The model does not run, so nothing is classified.")
        else:
            text = self._rest_text(photos, pending)
        self.text.setText(text)
        self.speed.setText(speed)
        self.speed.setVisible(bool(speed))

    def _rest_text(self, photos: int, pending: int) -> str:
        if not photos:
            return ""
        text = self.tr("%Ln photo(s)", "", photos)
        if pending:
            text += "  ·  " + self.tr("%Ln accepted place(s) not written yet (Ctrl+S)", "", pending)
        return text


def provider_text(report: ProviderReport) -> str:
    """Where the model runs and why, in a sentence."""
    if report.label == "CUDA":
        return texts.translate("Texts", "The model runs on the graphics card (CUDA).")
    return texts.translate("Texts", "The model runs on the processor (CPU): {0}.").format(
        texts.reason_text(report.reason)
    )
