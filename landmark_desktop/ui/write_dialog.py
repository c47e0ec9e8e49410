"""Writing places: preview, progress, results, and the way back."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from landmark_desktop.services.tagging import Plan, TagResult, count_photos
from landmark_desktop.services.workspace import Workspace
from landmark_desktop.ui.plan_model import PlanModel
from landmark_desktop.ui.results import ResultList
from landmark_desktop.ui.theme import GAP, PADDING

EXPLAINED = "taken-here"
EXPANDED_PHOTOS = 20
"""With more photos than this, the preview starts folded."""


class WriteDialog(QDialog):
    """Plans the run when it opens; nothing is written before "Write"."""

    def __init__(self, workspace: Workspace, photo_ids: Sequence[int], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Write places"))
        self.resize(980, 640)
        self._workspace = workspace
        self._writing = workspace.writing
        self._plan: Plan | None = None
        self._working = True
        self._failed: list[int] = []
        self._lay_out()
        self._writing.plan_ready.connect(self._planned)
        self._writing.progress.connect(self._progressed)
        self._writing.run_finished.connect(self._written)
        self._writing.undo_finished.connect(self._undone)
        workspace.bug_found.connect(self._bug)
        self._begin(photo_ids)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(PADDING, PADDING, PADDING, PADDING)
        layout.setSpacing(10)
        self.summary = QLabel(self)
        self.summary.setProperty("title", True)
        self.summary.setWordWrap(True)
        layout.addWidget(self.summary)
        self.explanation = self._explanation()
        layout.addWidget(self.explanation)
        self.tree = QTreeView(self)
        self.tree.setAccessibleName(self.tr("What will be written"))
        self.tree.setUniformRowHeights(True)
        self.tree.setAlternatingRowColors(False)
        self.results = ResultList(self)
        self.pages = QStackedWidget(self)
        self.busy = QLabel(self)
        self.busy.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.busy.setProperty("muted", True)
        for page in (self.busy, self.tree, self.results):
            self.pages.addWidget(page)
        layout.addWidget(self.pages, 1)
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(8)
        self.bar.setAccessibleName(self.tr("Progress"))
        layout.addWidget(self.bar)
        buttons = QHBoxLayout()
        self.undo = QPushButton(self.tr("Undo this run"), self)
        self.undo.clicked.connect(self._take_back)
        self.retry = QPushButton(self)
        self.retry.clicked.connect(lambda: self._begin(self._failed))
        self.close_button = QPushButton(self.tr("Cancel"), self)
        self.close_button.clicked.connect(self.reject)
        self.write = QPushButton(self.tr("Write"), self)
        self.write.setProperty("primary", True)
        self.write.clicked.connect(self._apply)
        buttons.addWidget(self.undo)
        buttons.addStretch(1)
        buttons.addWidget(self.retry)
        buttons.addWidget(self.close_button)
        buttons.addWidget(self.write)
        layout.addLayout(buttons)

    def _explanation(self) -> QWidget:
        card = QFrame(self)
        card.setObjectName("card")
        layout = QVBoxLayout(card)
        layout.setContentsMargins(PADDING, 12, PADDING, 12)
        layout.setSpacing(GAP)
        title = QLabel(self.tr("Shown is not taken"), card)
        title.setProperty("strong", True)
        text = QLabel(
            self.tr(
                "A recognised landmark says what the photo shows. Where the camera stood is an estimate from it; it is"
                " written, marked as an estimate, only into photos without GPS, and only where “taken here” is on. That"
                " puts the photo on the map in other programs. A photo that has GPS keeps its own."
            ),
            card,
        )
        text.setWordWrap(True)
        layout.addWidget(title)
        layout.addWidget(text)
        card.setVisible(not self._workspace.settings.explained(EXPLAINED))
        return card

    # planning

    def _begin(self, photo_ids: Sequence[int]) -> None:
        """Plan a run; what failed before is planned anew, too, because its files may say something else by now."""
        self._plan = None
        self._working = True
        self._show_busy(self.tr("Reading what the files say now…"))
        self._workspace.plan_tags(photo_ids)

    def _planned(self, plan: Plan) -> None:
        if self._plan is not None:
            return
        self._plan = plan
        self._working = False
        model = PlanModel(plan, self)
        self.tree.setModel(model)
        header = self.tree.header()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        header.resizeSection(0, 400)
        header.resizeSection(1, 180)
        if len(plan.items) <= EXPANDED_PHOTOS:
            self.tree.expandAll()
        self.summary.setText(self._plan_text(plan))
        self.pages.setCurrentWidget(self.tree)
        self.bar.hide()
        files = len({item.change.target for item in plan.writes if item.change is not None})
        self.write.setText(self.tr("Write %Ln file(s)", "", files))
        self.write.show()
        self.write.setEnabled(bool(plan.writes))
        if not plan.writes:
            self._offer_retry([item.record.id for item in plan.items if item.change is None])
        self.write.setDefault(True)
        self.write.setFocus()

    def _plan_text(self, plan: Plan) -> str:
        writes = plan.writes
        fields = sum(len(item.change.fields) for item in writes if item.change is not None)
        parts = [
            self.tr("%Ln photo(s) will be tagged", "", plan.photos),
            self.tr("%Ln field(s)", "", fields),
        ]
        complete = sum(item.change is not None and item.change.is_empty for item in plan.items)
        failing = sum(item.change is None for item in plan.items)
        if complete:
            parts.append(self.tr("%Ln already complete", "", complete))
        if failing:
            parts.append(self.tr("%Ln cannot be written", "", failing))
        return " · ".join(parts)

    # writing

    def _apply(self) -> None:
        if self._plan is None:
            return
        self._workspace.settings.set_explained(EXPLAINED)
        self._working = True
        self._show_busy(self.tr("Writing, and reading back what was written…"))
        self._writing.apply(self._plan)

    def _show_busy(self, text: str) -> None:
        self.summary.setText(text)
        if self._plan is None:
            self.pages.setCurrentWidget(self.busy)
        self.bar.setRange(0, 0)
        self.bar.show()
        self.undo.hide()
        self.retry.hide()
        self.write.setEnabled(False)
        self.close_button.setText(self.tr("Cancel"))

    def _progressed(self, done: int, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def _written(self, results: list[TagResult]) -> None:
        written, failed = count_photos(results)
        text = self.tr("%Ln photo(s) tagged", "", written)
        if failed:
            text += " · " + self.tr("%Ln failed; the originals are untouched", "", failed)
        self._show_results(text, results)
        self.undo.setVisible(any(result.error is None for result in results))
        self._offer_retry([result.photo_id for result in results if result.error is not None])

    def _offer_retry(self, photo_ids: Sequence[int]) -> None:
        self._failed = list(dict.fromkeys(photo_ids))
        self.retry.setText(self.tr("Try %Ln photo(s) again", "", len(self._failed)))
        self.retry.setVisible(bool(self._failed))

    def _take_back(self) -> None:
        if self._plan is not None:
            self._working = True
            self._show_busy(self.tr("Taking back what this run wrote…"))
            self._writing.undo(self._plan.run_id)

    def _undone(self, results: list[TagResult]) -> None:
        restored, failed = count_photos(results)
        text = self.tr("%Ln photo(s) as before", "", restored)
        if failed:
            text += " · " + self.tr("%Ln left alone", "", failed)
        self._show_results(text, results)

    def _show_results(self, text: str, results: list[TagResult]) -> None:
        self._working = False
        self.summary.setText(text)
        self.explanation.hide()
        self.results.results.show_results(results)
        self.pages.setCurrentWidget(self.results)
        self.bar.hide()
        self.undo.hide()
        self.retry.hide()
        self.write.hide()
        self.close_button.setText(self.tr("Close"))
        self.close_button.setFocus()

    def _bug(self, _: BaseException) -> None:
        """What ran may never answer; the crash dialog tells more."""
        if self._working:
            self._show_results(self.tr("Something went wrong; Edit ▸ Runs shows what was written."), [])

    def reject(self) -> None:
        """Cancel what runs: writing stops after the file under way, and the results are shown; else close."""
        if self._working and self._plan is not None:
            self._writing.cancel()
        else:
            if self._working:
                self._writing.cancel()
            super().reject()
