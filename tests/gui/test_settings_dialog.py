"""The settings dialog: generated from the table, effective at once, and with a way back."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QPalette, QWheelEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QSlider, QSpinBox, QStyle, QWidget
from pytestqt.qtbot import QtBot

from landmark_desktop.inference.session import CPU, ProviderChoice, ProviderReport
from landmark_desktop.services import settings as table
from landmark_desktop.services.settings import Settings
from landmark_desktop.ui.bundles_dialog import BundlesDialog
from landmark_desktop.ui.main_window import MainWindow
from landmark_desktop.ui.photo_grid.tile import Bucket
from landmark_desktop.ui.settings_dialog import SettingsDialog
from tests.bundles import write_bundle
from tests.gui.conftest import OpenWindow
from tests.gui.helpers import GREY, ORANGE, RED, Script, paint_photo


@pytest.fixture
def dialog(window: MainWindow, qtbot: QtBot) -> SettingsDialog:
    qtbot.waitUntil(lambda: window.workspace.provider is not None)
    window.actions_by_id["settings"].trigger()
    found = window.findChild(SettingsDialog)
    assert isinstance(found, SettingsDialog)
    return found


def test_every_setting_of_the_table_has_an_editor_that_shows_its_value(
    window: MainWindow, settings: Settings, qtbot: QtBot
) -> None:
    settings.set(table.WRITE_MODE, "embedded")
    settings.set(table.KEEP_MTIME, True)
    settings.set(table.BOLDNESS, 0.5)
    settings.set(table.THREADS, 3)
    window.dialogs.show_settings()
    dialog = window.findChild(SettingsDialog)
    assert isinstance(dialog, SettingsDialog)
    assert set(dialog.editors) == {setting.key for setting in table.TABLE}
    mode = dialog.editors["write_mode"].widget
    mtime = dialog.editors["keep_mtime"].widget
    boldness = dialog.editors["boldness"].widget
    threads = dialog.editors["threads"].widget
    assert isinstance(mode, QComboBox)
    assert mode.currentData() == "embedded"
    assert isinstance(mtime, QCheckBox)
    assert mtime.isChecked()
    assert isinstance(boldness, QSlider)
    assert boldness.value() == 15
    assert isinstance(threads, QSpinBox)
    assert threads.value() == 3


def test_thumbnails_can_be_measured_and_cleared(open_window: OpenWindow, tmp_path: Path, qtbot: QtBot) -> None:
    for number in range(3):
        paint_photo(tmp_path / "photos" / f"{number}.png", RED, seed=number)
    window = open_window([tmp_path / "photos"])
    ids = window.workspace.photos.all_ids()
    qtbot.waitUntil(lambda: all(window.workspace.thumbnails.get(photo_id) is not None for photo_id in ids))
    window.dialogs.show_settings()
    dialog = window.findChild(SettingsDialog)
    assert isinstance(dialog, SettingsDialog)
    qtbot.waitUntil(lambda: "1 MB" in dialog.thumbnails_used.text())
    dialog.thumbnails_used.clear()
    store = window.workspace.pictures.kept
    keys = [record.photo.identity.content_key or "" for record in window.workspace.records()]
    assert len(store.get(keys)) == 3
    qtbot.mouseClick(dialog.clear_thumbnails, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "MB" in dialog.thumbnails_used.text())
    assert store.get(keys) == {}


def test_a_change_takes_effect_at_once_and_can_be_reset(
    dialog: SettingsDialog, settings: Settings, qtbot: QtBot
) -> None:
    box = dialog.editors["taken_here"].widget
    reset = dialog.reset_buttons["taken_here"]
    assert isinstance(box, QCheckBox)
    assert not reset.isVisible()
    box.click()
    assert settings.flag(table.TAKEN_HERE) is False
    assert reset.isVisible()
    qtbot.mouseClick(reset, Qt.MouseButton.LeftButton)
    assert settings.flag(table.TAKEN_HERE) is True
    assert box.isChecked()
    assert not reset.isVisible()


def test_choices_numbers_and_sliders_change_their_settings(
    dialog: SettingsDialog, settings: Settings, qtbot: QtBot
) -> None:
    name = dialog.editors["sidecar_name"].widget
    assert isinstance(name, QComboBox)
    name.setFocus()
    qtbot.keyClick(name, Qt.Key.Key_Down)
    assert settings.text(table.SIDECAR_NAME) == "stem"
    slider = dialog.editors["boldness"].widget
    assert isinstance(slider, QSlider)
    slider.setValue(0)
    assert settings.number(table.BOLDNESS) == -1.0
    slider.setValue(10)
    assert settings.number(table.BOLDNESS) == 0.0


def test_the_theme_changes_the_window_at_once(dialog: SettingsDialog, settings: Settings, qtbot: QtBot) -> None:
    settings.set(table.THEME, "dark")
    assert QApplication.palette().color(QPalette.ColorRole.Window).lightness() < 60
    settings.set(table.THEME, "light")
    assert QApplication.palette().color(QPalette.ColorRole.Window).lightness() > 200


def test_it_says_where_the_model_really_runs(dialog: SettingsDialog) -> None:
    assert "no NVIDIA driver was found" in dialog.provider.text()


def test_another_provider_loads_the_model_anew(
    window: MainWindow, dialog: SettingsDialog, settings: Settings, script: Script, qtbot: QtBot
) -> None:
    script.provider = ProviderReport(ProviderChoice.CPU, CPU, "the CPU was chosen in the settings")
    provider = dialog.editors["provider"].widget
    assert isinstance(provider, QComboBox)
    with qtbot.waitSignal(window.workspace.provider_ready):
        provider.setFocus()
        qtbot.keyClick(provider, Qt.Key.Key_End)
    assert settings.text(table.PROVIDER) == "cpu"
    assert window.strip.provider.text() == "CPU"
    assert "chosen in the settings" in dialog.provider.text()


def test_the_bundle_in_use_is_shown_and_its_choice_can_be_reset(
    window: MainWindow,
    dialog: SettingsDialog,
    settings: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    other = write_bundle(tmp_path / "mine", id="mine", version="7.1")
    with qtbot.waitSignal(window.workspace.bundle_changed):
        window.models.choose_bundle(other.source)
        assert dialog.bundle.text() == "Checking the bundle…"
    assert dialog.bundle.text().startswith("mine 7.1 · 3 landmarks")
    assert settings.text(table.BUNDLE) == str(other.source)
    shipped = write_bundle(tmp_path / "shipped", id="shipped")
    monkeypatch.setattr("landmark_desktop.ui.model_switch.default_bundle_path", lambda: shipped.source)
    with qtbot.waitSignal(window.workspace.bundle_changed):
        qtbot.mouseClick(dialog.reset_buttons["bundle"], Qt.MouseButton.LeftButton)
    assert settings.text(table.BUNDLE) == ""
    assert dialog.bundle.text().startswith("shipped")


def test_the_bundles_are_one_click_away(window: MainWindow, dialog: SettingsDialog, qtbot: QtBot) -> None:
    qtbot.mouseClick(dialog.open_bundles, Qt.MouseButton.LeftButton)
    assert window.findChild(BundlesDialog) is not None


def test_all_settings_can_be_reset_at_once(dialog: SettingsDialog, settings: Settings, qtbot: QtBot) -> None:
    settings.set(table.THREADS, 3)
    settings.set(table.TAKEN_HERE, False)
    settings.set(table.THEME, "dark")
    qtbot.mouseClick(dialog.reset_all, Qt.MouseButton.LeftButton)
    assert all(settings.get(setting) == setting.default for setting in table.TABLE)
    box, threads = dialog.editors["taken_here"].widget, dialog.editors["threads"].widget
    assert isinstance(box, QCheckBox)
    assert box.isChecked()
    assert isinstance(threads, QSpinBox)
    assert threads.value() == 0
    assert not any(button.isVisible() for button in dialog.reset_buttons.values())


def test_the_slider_says_what_it_does_to_the_open_photos(
    open_window: OpenWindow, tmp_path: Path, settings: Settings, qtbot: QtBot
) -> None:
    for number in range(30):
        paint_photo(tmp_path / "trip" / f"sure{number}.png", RED, seed=number)  # 97 %
        paint_photo(tmp_path / "trip" / f"unsure{number}.png", ORANGE, seed=number)  # 55 %
    paint_photo(tmp_path / "trip" / "none.png", GREY)
    window = open_window([tmp_path / "trip"])
    window.dialogs.show_settings()
    dialog = window.findChild(SettingsDialog)
    assert isinstance(dialog, SettingsDialog)
    middle = "Would tag 30 photos of 61 that the model has looked at, about 1 of them wrong."  # 30 · 0.03
    assert dialog.forecast.text() == middle
    slider = dialog.editors["boldness"].widget
    assert isinstance(slider, QSlider)
    slider.sliderMoved.emit(slider.maximum())  # while it is dragged
    bold = "Would tag 60 photos of 61 that the model has looked at, about 14 of them wrong."  # 30 · 0.03 + 30 · 0.45
    assert dialog.forecast.text() == bold
    assert settings.number(table.BOLDNESS) == 0.0  # not before it is let go
    slider.setValue(slider.maximum())
    assert dialog.forecast.text() == bold
    assert window.photos.counts[Bucket.LANDMARK] == 60  # as it was said
    qtbot.mouseClick(dialog.reset_buttons["boldness"], Qt.MouseButton.LeftButton)
    assert dialog.forecast.text() == middle


def test_without_photos_the_slider_says_what_is_needed(dialog: SettingsDialog) -> None:
    assert dialog.forecast.text().startswith("Open a folder")


def test_less_motion_ends_animations(dialog: SettingsDialog, settings: Settings) -> None:
    def duration() -> int:
        return dialog.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration, None, dialog)

    assert duration() > 0
    settings.set(table.MOTION, "less")
    assert duration() == 0
    settings.set(table.MOTION, "system")
    assert duration() > 0


def test_the_wheel_scrolls_and_changes_no_setting_unless_it_has_the_focus(
    dialog: SettingsDialog, settings: Settings
) -> None:
    threads = dialog.editors["threads"].widget
    provider = dialog.editors["provider"].widget

    def turn(widget: QWidget) -> None:
        centre = QPointF(widget.rect().center())
        buttons, keys = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
        phase = Qt.ScrollPhase.NoScrollPhase
        place = widget.mapToGlobal(centre)
        QApplication.sendEvent(
            widget, QWheelEvent(centre, place, QPoint(0, 0), QPoint(0, 120), buttons, keys, phase, False)
        )

    provider.setFocus()
    turn(threads)
    assert settings.number(table.THREADS) == 0
    threads.setFocus()
    turn(threads)
    assert settings.number(table.THREADS) == 1
    turn(provider)
    assert settings.text(table.PROVIDER) == "auto"
