"""The settings, generated from the typed table. A change takes effect at once; every setting can be reset."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSlider,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from landmark_desktop.core.errors import KnownError
from landmark_desktop.services import settings as table
from landmark_desktop.services.settings import Setting, Settings, Value
from landmark_desktop.services.thumbnail_store import MEGABYTE
from landmark_desktop.services.workspace import Workspace
from landmark_desktop.ui.buttons import close_buttons
from landmark_desktop.ui.check_box import CheckBox
from landmark_desktop.ui.model_switch import ModelSwitch
from landmark_desktop.ui.status_strip import provider_text
from landmark_desktop.ui.texts import error_text, number
from landmark_desktop.ui.theme import GAP, PADDING

LABEL_WIDTH = 220
SLIDER_STEPS = 20
"""Steps of a slider between the bounds of its setting."""


@dataclass(frozen=True, slots=True)
class Editor:
    """A widget for one setting, and how to show a value in it."""

    widget: QWidget
    show: Callable[[Value], None]


def translated(text: str) -> str:
    """A text of the settings' table in the user's language."""
    return QCoreApplication.translate("Settings", text) if text else ""


def make_editor(setting: Setting, settings: Settings, parent: QWidget) -> Editor:
    """The widget that suits a setting's type, choices and bounds; it changes the setting at once."""

    def change(value: Value) -> None:
        settings.set(setting, value)

    if setting.choices:
        combo = QComboBox(parent)
        for value, label in setting.choices:
            combo.addItem(translated(label), value)
        combo.activated.connect(lambda row: change(combo.itemData(row)))
        return Editor(combo, lambda value: combo.setCurrentIndex(combo.findData(value)))
    if isinstance(setting.default, bool):
        box = CheckBox(translated(setting.label), parent)
        box.clicked.connect(change)
        return Editor(box, lambda value: box.setChecked(bool(value)))
    if isinstance(setting.default, float):
        low, high = setting.minimum or 0.0, setting.maximum or 1.0
        slider = QSlider(Qt.Orientation.Horizontal, parent)
        slider.setRange(0, SLIDER_STEPS)
        slider.setTickPosition(QSlider.TickPosition.TicksBelow)
        slider.setTickInterval(SLIDER_STEPS // 2)
        slider.setTracking(False)  # another verdict for every photo is no thing for every pixel of a drag
        slider.valueChanged.connect(lambda step: change(round(low + (high - low) * step / SLIDER_STEPS, 6)))
        return Editor(slider, lambda value: slider.setValue(round((float(value) - low) / (high - low) * SLIDER_STEPS)))
    if isinstance(setting.default, int):
        spin = QSpinBox(parent)
        spin.setRange(int(setting.minimum or 0), int(setting.maximum or 2**31 - 1))
        spin.valueChanged.connect(change)
        return Editor(spin, lambda value: spin.setValue(int(value)))
    raise TypeError(f"no editor for the setting {setting.key}")


class SettingsDialog(QDialog):
    """All settings of the table, by group."""

    def __init__(self, workspace: Workspace, models: ModelSwitch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Settings"))
        self.resize(780, 760)
        self._workspace = workspace
        self._settings = workspace.settings
        self._models = models
        self.editors: dict[str, Editor] = {}
        self.reset_buttons: dict[str, QToolButton] = {}
        content = QWidget(self)
        self._column = QVBoxLayout(content)
        self._column.setContentsMargins(PADDING, PADDING, PADDING, PADDING)
        self._column.setSpacing(PADDING)
        for group in dict.fromkeys(setting.group for setting in table.TABLE):
            self._add_group(group)
        self._column.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setWidget(content)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        buttons = close_buttons(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, GAP)
        layout.addWidget(scroll, 1)
        row = QHBoxLayout()
        row.setContentsMargins(PADDING, 0, PADDING, 0)
        row.addWidget(buttons)
        layout.addLayout(row)
        models.busy_changed.connect(self._show_bundle)
        models.refused.connect(self._refused)
        workspace.bundle_changed.connect(self._show_bundle)
        workspace.provider_ready.connect(self._show_provider)
        for setting in table.TABLE:
            self._show(setting)
        self._show_bundle()
        self._show_provider()
        scroll.setMinimumWidth(content.minimumSizeHint().width() + scroll.verticalScrollBar().sizeHint().width())

    def _add_group(self, group: str) -> None:
        title = QLabel(translated(group), self)
        title.setProperty("title", True)
        self._column.addWidget(title)
        grid = QGridLayout()
        grid.setHorizontalSpacing(PADDING)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        grid.setColumnMinimumWidth(0, LABEL_WIDTH)
        for setting in table.TABLE:
            if setting.group == group:
                self._add_setting(setting, grid)
        self._column.addLayout(grid)

    def _add_setting(self, setting: Setting, grid: QGridLayout) -> None:
        row = grid.rowCount()
        is_bundle = setting is table.BUNDLE
        editor = self._bundle_editor() if is_bundle else make_editor(setting, self._settings, self)
        editor.widget.setAccessibleName(translated(setting.label))
        editor.widget.setAccessibleDescription(translated(setting.description))
        self.editors[setting.key] = editor
        if not isinstance(setting.default, bool):
            label = QLabel(translated(setting.label), self)
            label.setBuddy(editor.widget)
            grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop if is_bundle else Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(editor.widget, row, 1)
        reset = QToolButton(self)
        reset.setText(self.tr("Reset"))
        reset.setProperty("link", True)
        reset.setAccessibleName(self.tr("Reset {0}").format(translated(setting.label)))
        reset.clicked.connect(lambda: self._reset(setting))
        self.reset_buttons[setting.key] = reset
        grid.addWidget(reset, row, 2, Qt.AlignmentFlag.AlignTop)
        if setting.description:
            text = QLabel(translated(setting.description), self)
            text.setWordWrap(True)
            text.setProperty("muted", True)
            grid.addWidget(text, row + 1, 1)
        if setting is table.THUMBNAIL_SPACE:
            grid.addLayout(self._thumbnail_row(), row + 2, 1)
        if setting is table.PROVIDER:
            self.provider = QLabel(self)
            self.provider.setWordWrap(True)
            self.provider.setProperty("strong", True)
            grid.addWidget(self.provider, row + 2, 1)
        grid.setRowMinimumHeight(grid.rowCount(), GAP)
        watch = (lambda: self._show_reset(setting)) if not is_bundle else None
        if watch is not None:
            for name in ("activated", "clicked", "valueChanged"):
                signal = getattr(editor.widget, name, None)
                if signal is not None:
                    signal.connect(watch)

    def _thumbnail_row(self) -> QHBoxLayout:
        self.thumbnails_used = QLabel(self)
        self.clear_thumbnails = QPushButton(self.tr("Clear now"), self)
        self.clear_thumbnails.setAccessibleName(self.tr("Clear all thumbnails now"))
        self.clear_thumbnails.clicked.connect(self._workspace.pictures.clear_kept)
        self._workspace.pictures.space_used.connect(self._show_thumbnails_used)
        self._workspace.pictures.measure()
        row = QHBoxLayout()
        row.addWidget(self.thumbnails_used, 1)
        row.addWidget(self.clear_thumbnails)
        return row

    def _show_thumbnails_used(self, size: int) -> None:
        # As in the setting, a MB is a million bytes.
        self.thumbnails_used.setText(self.tr("{0} MB are used now").format(number(-(-size // MEGABYTE))))

    def _bundle_editor(self) -> Editor:
        box = QWidget(self)
        layout = QVBoxLayout(box)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        self.bundle = QLabel(box)
        self.bundle.setWordWrap(True)
        self.bundle.setProperty("strong", True)
        self.bundle_error = QLabel(box)
        self.bundle_error.setWordWrap(True)
        self.bundle_error.setProperty("error", True)
        self.bundle_error.hide()
        self.choose_folder = QPushButton(self.tr("Choose folder…"), box)
        self.choose_folder.clicked.connect(lambda: self._choose_bundle(QFileDialog.FileMode.Directory))
        self.choose_zip = QPushButton(self.tr("Choose zip…"), box)
        self.choose_zip.clicked.connect(lambda: self._choose_bundle(QFileDialog.FileMode.ExistingFile))
        buttons = QHBoxLayout()
        buttons.addWidget(self.choose_folder)
        buttons.addWidget(self.choose_zip)
        buttons.addStretch(1)
        layout.addWidget(self.bundle)
        layout.addWidget(self.bundle_error)
        layout.addLayout(buttons)
        return Editor(box, lambda _: None)

    def _choose_bundle(self, mode: QFileDialog.FileMode) -> None:
        dialog = QFileDialog(self, self.tr("Choose a model bundle"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(mode)
        if mode is QFileDialog.FileMode.ExistingFile:
            dialog.setNameFilter(self.tr("Bundles (*.zip)"))
        dialog.fileSelected.connect(lambda name: self._models.choose_bundle(Path(name)))
        dialog.open()

    def _refused(self, error: KnownError) -> None:
        self.bundle_error.setText(" ".join(error_text(error)))
        self.bundle_error.show()

    def _show_bundle(self) -> None:
        busy = self._models.busy
        manifest = self._workspace.bundle.manifest
        landmarks = self.tr("%Ln landmark(s)", "", len(manifest.landmarks))
        text = f"{manifest.id} {manifest.version} · {landmarks} · {manifest.licence}"
        self.bundle.setText(self.tr("Checking the bundle…") if busy else text)
        self.bundle.setToolTip(str(self._workspace.bundle.source))
        for button in (self.choose_folder, self.choose_zip):
            button.setEnabled(not busy)
        if busy:
            self.bundle_error.hide()
        self._show_reset(table.BUNDLE)

    def _show_provider(self) -> None:
        report = self._workspace.provider
        self.provider.setText(provider_text(report) if report is not None else self.tr("The model is being loaded…"))

    def _reset(self, setting: Setting) -> None:
        if setting is table.BUNDLE:
            self._models.choose_bundle(None)
        else:
            self._settings.reset(setting)
            self._show(setting)

    def _show(self, setting: Setting) -> None:
        self.editors[setting.key].show(self._settings.get(setting))
        self._show_reset(setting)

    def _show_reset(self, setting: Setting) -> None:
        self.reset_buttons[setting.key].setVisible(self._settings.get(setting) != setting.default)
