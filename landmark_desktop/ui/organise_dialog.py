"""Organising photos: template and folder, preview, progress, results, and the way back of every run."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QDateTime, QLocale, Qt
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from landmark_desktop.core.errors import KnownError
from landmark_desktop.core.record import PhotoRecord
from landmark_desktop.core.template import DEFAULT_TEMPLATE, FIELDS, Template
from landmark_desktop.core.transfer import OrganiseRun, TransferState
from landmark_desktop.services.organise_plan import OrganiseOptions, OrganisePlan
from landmark_desktop.services.organising import OrganiseResult
from landmark_desktop.services.workspace import Workspace
from landmark_desktop.ui.check_box import CheckBox
from landmark_desktop.ui.organise_model import OrganiseModel
from landmark_desktop.ui.texts import error_text, joined, number
from landmark_desktop.ui.theme import GAP, PADDING

TEMPLATE_STATE = "organise_template"
FOLDER_STATE = "organise_folder"
MAX_RUNS = 30
"""Runs in the menu of those that can be taken back."""
_MEGABYTE = 1_000_000


class OrganiseDialog(QDialog):
    """Nothing is touched before "Copy" or "Move", and nothing is offered before there is a preview of it."""

    def __init__(self, workspace: Workspace, records: Sequence[PhotoRecord], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Organise photos"))
        self.resize(980, 640)
        self._workspace = workspace
        self._work = workspace.files
        self._records = list(records)
        self._plan: OrganisePlan | None = None
        self._working = False
        self._lay_out()
        self._work.planned.connect(self._planned)
        self._work.organised.connect(self._organised)
        self._work.undone.connect(self._undone)
        self._work.runs_listed.connect(self._show_runs)
        self._work.progress.connect(self._progressed)
        workspace.problem.connect(self._problem)
        workspace.bug_found.connect(self._bug)
        self._work.list_runs()
        self._changed()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(PADDING, PADDING, PADDING, PADDING)
        layout.setSpacing(GAP)
        layout.addLayout(self._wishes())
        self.summary = QLabel(self)
        self.summary.setWordWrap(True)
        self.summary.setProperty("strong", True)
        layout.addWidget(self.summary)
        layout.addWidget(self._photos(), 1)
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(8)
        self.bar.setAccessibleName(self.tr("Progress"))
        self.bar.hide()
        layout.addWidget(self.bar)
        layout.addLayout(self._buttons())

    def _wishes(self) -> QFormLayout:
        settings = self._workspace.settings
        form = QFormLayout()
        self.folder = QLineEdit(settings.state(FOLDER_STATE), self)
        self.folder.setAccessibleName(self.tr("Folder that holds the new folders"))
        self.choose = QPushButton(self.tr("Choose…"), self)
        self.choose.clicked.connect(self._choose_folder)
        row = QHBoxLayout()
        row.addWidget(self.folder, 1)
        row.addWidget(self.choose)
        form.addRow(self.tr("Into the folder"), row)
        self.template = QLineEdit(settings.state(TEMPLATE_STATE) or DEFAULT_TEMPLATE, self)
        self.template.setAccessibleName(self.tr("Template of the folders"))
        self.template.setToolTip("\n".join(f"{{{name}}}  {holds}" for name, (holds, _) in FIELDS.items()))
        form.addRow(self.tr("Template"), self.template)
        self.fields = QLabel(self.tr("Fields: {0}").format(joined(f"{{{name}}}" for name in FIELDS)), self)
        self.fields.setWordWrap(True)
        self.fields.setProperty("muted", True)
        form.addRow("", self.fields)
        self.copies = QRadioButton(self.tr("Copy"), self)
        self.moves = QRadioButton(self.tr("Move"), self)
        self.copies.setChecked(True)
        self.everything = CheckBox(self.tr("Also photos without an accepted place"), self)
        kinds = QHBoxLayout()
        for widget in (self.copies, self.moves, self.everything):
            kinds.addWidget(widget)
        kinds.addStretch(1)
        form.addRow("", kinds)
        self.folder.textChanged.connect(self._changed)
        self.template.textChanged.connect(self._changed)
        self.moves.toggled.connect(self._changed)
        self.everything.toggled.connect(self._changed)
        return form

    def _photos(self) -> QTableView:
        self.lines = OrganiseModel(self)
        self.table = QTableView(self)
        self.table.setModel(self.lines)
        self.table.setAccessibleName(self.tr("Photos"))
        self.table.setShowGrid(False)
        self.table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.setColumnWidth(0, 300)
        self.table.setColumnWidth(1, 380)
        return self.table

    def _buttons(self) -> QHBoxLayout:
        self.take_back = QPushButton(self.tr("Take a run back"), self)
        self.runs_menu = QMenu(self)
        self.take_back.setMenu(self.runs_menu)
        self.preview = QPushButton(self.tr("Preview"), self)
        self.preview.clicked.connect(self._preview)
        self.start = QPushButton(self.tr("Copy"), self)
        self.start.setProperty("primary", True)
        self.start.clicked.connect(self._start)
        self.close_button = QPushButton(self.tr("Close"), self)
        self.close_button.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addWidget(self.take_back)
        buttons.addStretch(1)
        for button in (self.close_button, self.preview, self.start):
            buttons.addWidget(button)
        self.preview.setDefault(True)
        return buttons

    # what to do

    def _choose_folder(self) -> None:
        dialog = QFileDialog(self, self.tr("Choose a folder"), self.folder.text())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self.folder.setText)
        dialog.open()

    def _changed(self) -> None:
        """Other wishes: a preview of the old ones is void."""
        self._plan = None
        self.start.setText(self.tr("Move") if self.moves.isChecked() else self.tr("Copy"))
        chosen = len(self._chosen())
        self.summary.setText(self.tr("%Ln photo(s) to organise", "", chosen))
        self._enable()

    def _chosen(self) -> list[PhotoRecord]:
        if self.everything.isChecked():
            return self._records
        return [record for record in self._records if record.review is not None and record.review.landmark_id]

    def _enable(self) -> None:
        ready = not self._working
        for widget in (self.folder, self.template, self.choose, self.copies, self.moves, self.everything):
            widget.setEnabled(ready)
        self.preview.setEnabled(ready and bool(self.folder.text().strip()) and bool(self._chosen()))
        plan = self._plan
        self.start.setEnabled(ready and plan is not None and bool(plan.transfers) and not plan.too_large)
        self.take_back.setEnabled(ready and not self.runs_menu.isEmpty())
        self.close_button.setText(self.tr("Close") if ready else self.tr("Cancel"))
        self.bar.setVisible(self._working)

    def _preview(self) -> None:
        text = self.template.text()
        try:
            template = Template.parse(text)
        except KnownError as error:
            self.summary.setText(" ".join(error_text(error)))
            return
        settings = self._workspace.settings
        settings.set_state(TEMPLATE_STATE, text)
        settings.set_state(FOLDER_STATE, self.folder.text())
        root = Path(self.folder.text().strip()).expanduser()
        self._begin(self.tr("Looking where the photos go…"))
        self._work.plan(self._chosen(), OrganiseOptions(root, template, text, self.moves.isChecked()))

    def _begin(self, text: str) -> None:
        self._working = True
        self.summary.setText(text)
        self.bar.setRange(0, 0)
        self._enable()

    def _planned(self, plan: OrganisePlan | None) -> None:
        self._working = False
        self._plan = plan
        if plan is not None:
            self.lines.show_plan(plan)
            self.summary.setText(self._plan_text(plan))
        self._enable()
        if self.start.isEnabled():
            self.start.setFocus()

    def _plan_text(self, plan: OrganisePlan) -> str:
        count = len(plan.transfers)
        moves = plan.options.moves
        parts = [
            self.tr("%Ln photo(s) will be moved", "", count)
            if moves
            else self.tr("%Ln photo(s) will be copied", "", count)
        ]
        failing = sum(item.error is not None for item in plan.items)
        there = len(plan.items) - count - failing
        if there:
            parts.append(self.tr("%Ln there already", "", there))
        if failing:
            parts.append(self.tr("%Ln cannot be organised", "", failing))
        if plan.too_large and plan.free is not None:
            text = self.tr("there is no room: {0} MB are needed, {1} MB are free")
            parts.append(text.format(number(-(-plan.needed // _MEGABYTE)), number(plan.free // _MEGABYTE)))
        return " · ".join(parts)

    # doing it

    def _start(self) -> None:
        if self._plan is not None:
            plan, self._plan = self._plan, None
            self._begin(self.tr("Organising…"))
            self._work.organise(plan)

    def _progressed(self, done: int, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def _organised(self, results: list[OrganiseResult]) -> None:
        done = sum(result.state is TransferState.DONE for result in results)
        self._show_results(self.tr("%Ln photo(s) organised", "", done), len(results) - done, results)

    def _undone(self, results: list[OrganiseResult]) -> None:
        back = sum(result.error is None for result in results)
        self._show_results(self.tr("%Ln photo(s) as before", "", back), len(results) - back, results)

    def _show_results(self, text: str, failed: int, results: list[OrganiseResult]) -> None:
        self._working = False
        self.summary.setText(" · ".join([text, *([self.tr("%Ln left where they are", "", failed)] if failed else [])]))
        self.lines.show_results(results)
        self._work.list_runs()
        self._enable()

    def _show_runs(self, runs: list[OrganiseRun]) -> None:
        self.runs_menu.clear()
        for run in [run for run in runs if run.can_undo][:MAX_RUNS]:
            started = QDateTime.fromSecsSinceEpoch(int(run.started.timestamp()))
            when = QLocale().toString(started, QLocale.FormatType.ShortFormat)
            what = (
                self.tr("%Ln photo(s) moved", "", run.done)
                if run.moves
                else self.tr("%Ln photo(s) copied", "", run.done)
            )
            action = self.runs_menu.addAction(f"{when} · {what} · {run.root}".replace("&", "&&"))
            action.triggered.connect(lambda _=False, run_id=run.id: self._undo(run_id))
        self._enable()

    def _undo(self, run_id: str) -> None:
        self._plan = None
        self._begin(self.tr("Bringing the photos back…"))
        self._work.undo(run_id)

    def _problem(self, error: KnownError) -> None:
        if self._working:
            self.summary.setText(" ".join(error_text(error)))

    def _bug(self, _: BaseException) -> None:
        """What ran may never answer; the crash dialog tells more."""
        self._working = False
        self._enable()

    def reject(self) -> None:
        """Cancel what runs: it stops after the photo under way, and the results are shown; else close."""
        if self._working:
            self._work.cancel()
        else:
            super().reject()
