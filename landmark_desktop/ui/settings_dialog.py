"""The settings, generated from the typed table. A change takes effect at once; each and all can be reset."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from landmark_desktop.services import settings as table
from landmark_desktop.services.settings import Setting
from landmark_desktop.services.thumbnail_store import MEGABYTE
from landmark_desktop.services.workspace import Workspace
from landmark_desktop.ui.buttons import close_buttons
from landmark_desktop.ui.model_switch import ModelSwitch
from landmark_desktop.ui.photo_grid.forecast import Forecast
from landmark_desktop.ui.settings_editors import Editor, WheelGuard, make_editor, translated, value_of_step
from landmark_desktop.ui.status_strip import provider_text
from landmark_desktop.ui.texts import number
from landmark_desktop.ui.theme import GAP, PADDING

LABEL_WIDTH = 220
RESET_WIDTH = 84


class SettingsDialog(QDialog):
    """All settings of the table, by group.

    ``foresee`` tells what a value of the slider "cautious … bold" makes of the open photos.
    """

    bundles_wanted = Signal()

    def __init__(
        self,
        workspace: Workspace,
        models: ModelSwitch,
        foresee: Callable[[float], Forecast],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Settings"))
        self.resize(780, 760)
        self._workspace = workspace
        self._settings = workspace.settings
        self._models = models
        self._foresee = foresee
        self._wheel = WheelGuard(self)
        self.editors: dict[str, Editor] = {}
        self.reset_buttons: dict[str, QToolButton] = {}
        self._lay_out()
        models.busy_changed.connect(self._show_bundle)
        workspace.bundle_changed.connect(self._show_bundle)
        workspace.provider_ready.connect(self._show_provider)
        workspace.state_changed.connect(self._show_forecast)
        for setting in table.TABLE:
            self._show(setting)
        self._show_bundle()
        self._show_provider()
        self._show_forecast()

    # layout

    def _lay_out(self) -> None:
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
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # it follows the focus of what is in it
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setMinimumWidth(content.minimumSizeHint().width() + scroll.verticalScrollBar().sizeHint().width())
        buttons = close_buttons(self)
        self.reset_all = QPushButton(self.tr("Reset all"), self)
        self.reset_all.setAccessibleDescription(self.tr("Give every setting its default"))
        self.reset_all.setAutoDefault(False)
        buttons.addButton(self.reset_all, QDialogButtonBox.ButtonRole.ResetRole)
        self.reset_all.clicked.connect(self._reset_all)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, GAP)
        layout.addWidget(scroll, 1)
        row = QHBoxLayout()
        row.setContentsMargins(PADDING, 0, PADDING, 0)
        row.addWidget(buttons)
        layout.addLayout(row)

    def _add_group(self, group: str) -> None:
        title = QLabel(translated(group), self)
        title.setProperty("title", True)
        self._column.addWidget(title)
        grid = QGridLayout()
        grid.setHorizontalSpacing(PADDING)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        grid.setColumnMinimumWidth(0, LABEL_WIDTH)
        grid.setColumnMinimumWidth(2, RESET_WIDTH)  # editors stay as wide when it comes and goes
        for setting in table.TABLE:
            if setting.group == group:
                self._add_setting(setting, grid)
        self._column.addLayout(grid)

    def _add_setting(self, setting: Setting, grid: QGridLayout) -> None:
        row = grid.rowCount()
        is_bundle = setting is table.BUNDLE
        editor = self._bundle_editor() if is_bundle else make_editor(setting, self._settings, self)
        self._wheel.guard(editor.widget)
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
        self._add_more(setting, grid, row + 2)
        grid.setRowMinimumHeight(grid.rowCount(), GAP)
        if not is_bundle:
            for name in ("activated", "clicked", "valueChanged"):
                signal = getattr(editor.widget, name, None)
                if signal is not None:
                    signal.connect(lambda: self._show_reset(setting))

    def _add_more(self, setting: Setting, grid: QGridLayout, row: int) -> None:
        """What some settings say or offer below their widget."""
        if setting is table.THUMBNAIL_SPACE:
            grid.addLayout(self._thumbnail_row(), row, 1)
        elif setting is table.PROVIDER:
            self.provider = self._strong_label()
            grid.addWidget(self.provider, row, 1)
        elif setting is table.BOLDNESS:
            self.forecast = self._strong_label()
            grid.addWidget(self.forecast, row, 1)
            slider = self.editors[setting.key].widget
            if isinstance(slider, QSlider):
                slider.sliderMoved.connect(lambda step: self._show_forecast_of(value_of_step(setting, step)))
                slider.valueChanged.connect(self._show_forecast)

    def _strong_label(self) -> QLabel:
        label = QLabel(self)
        label.setWordWrap(True)
        label.setProperty("strong", True)
        return label

    def _thumbnail_row(self) -> QHBoxLayout:
        self.thumbnails_used = QLabel(self)
        self.clear_thumbnails = QPushButton(self.tr("Clear now"), self)
        self.clear_thumbnails.setAutoDefault(False)
        self.clear_thumbnails.setAccessibleName(self.tr("Clear all thumbnails now"))
        self.clear_thumbnails.clicked.connect(self._workspace.pictures.clear_kept)
        self._workspace.pictures.space_used.connect(self._show_thumbnails_used)
        self._workspace.pictures.measure()
        row = QHBoxLayout()
        row.addWidget(self.thumbnails_used, 1)
        row.addWidget(self.clear_thumbnails)
        return row

    def _bundle_editor(self) -> Editor:
        box = QWidget(self)
        layout = QHBoxLayout(box)
        layout.setContentsMargins(0, 0, 0, 0)
        self.bundle = self._strong_label()
        self.open_bundles = QPushButton(self.tr("Model bundles…"), box)
        self.open_bundles.setAutoDefault(False)
        self.open_bundles.clicked.connect(self.bundles_wanted)
        layout.addWidget(self.bundle, 1)
        layout.addWidget(self.open_bundles)
        return Editor(box, lambda _: None)

    # what is shown

    def _show_thumbnails_used(self, size: int) -> None:
        # As in the setting, a MB is a million bytes.
        self.thumbnails_used.setText(self.tr("{0} MB are used now").format(number(-(-size // MEGABYTE))))

    def _show_bundle(self) -> None:
        manifest = self._workspace.bundle.manifest
        landmarks = self.tr("%Ln landmark(s)", "", len(manifest.landmarks))
        text = f"{manifest.id} {manifest.version} · {landmarks} · {manifest.licence}"
        self.bundle.setText(self.tr("Checking the bundle…") if self._models.busy else text)
        self.bundle.setToolTip(str(self._workspace.bundle.source))
        self._show_reset(table.BUNDLE)
        self._show_forecast()

    def _show_provider(self) -> None:
        report = self._workspace.provider
        self.provider.setText(provider_text(report) if report is not None else self.tr("The model is being loaded…"))

    def _show_forecast(self) -> None:
        self._show_forecast_of(self._settings.number(table.BOLDNESS))

    def _show_forecast_of(self, boldness: float) -> None:
        self.forecast.setText(self.forecast_text(self._foresee(boldness)))

    def forecast_text(self, expected: Forecast) -> str:
        """A forecast in words."""
        if not expected.photos:
            return self.tr("Open a folder to see here what the slider does to its photos.")
        of = self.tr("of %Ln that the model has looked at", "", expected.photos)
        text = self.tr("Would tag %Ln photo(s)", "", expected.recognised) + " " + of
        wrong = round(expected.wrong)
        if not expected.recognised:
            return text + "."
        if not wrong:
            return text + self.tr(", probably all of them right.")
        return text + ", " + self.tr("about %Ln of them wrong.", "", wrong)

    # resetting

    def _reset(self, setting: Setting) -> None:
        if setting is table.BUNDLE:
            self._models.choose_bundle(None)
        else:
            self._settings.reset(setting)
            self._show(setting)

    def _reset_all(self) -> None:
        self._settings.reset_all()
        if self._settings.text(table.BUNDLE):
            self._models.choose_bundle(None)
        for setting in table.TABLE:
            self._show(setting)

    def _show(self, setting: Setting) -> None:
        self.editors[setting.key].show(self._settings.get(setting))
        self._show_reset(setting)

    def _show_reset(self, setting: Setting) -> None:
        self.reset_buttons[setting.key].setVisible(self._settings.get(setting) != setting.default)
