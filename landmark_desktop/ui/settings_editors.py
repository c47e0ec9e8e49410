"""Widgets that edit one setting each, made from what the table says of it."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractSlider, QAbstractSpinBox, QComboBox, QSlider, QSpinBox, QWidget

from landmark_desktop.services.settings import Setting, Settings, Value
from landmark_desktop.ui.check_box import CheckBox

SLIDER_STEPS = 20
"""Steps of a slider between the bounds of its setting."""


@dataclass(frozen=True, slots=True)
class Editor:
    """A widget for one setting, and how to show a value in it."""

    widget: QWidget
    show: Callable[[Value], None]


class WheelGuard(QObject):
    """Lets the wheel scroll the dialog over widgets that would change their values, unless they have the focus."""

    def guard(self, widget: QWidget) -> None:
        """Guard a widget."""
        if isinstance(widget, QComboBox | QAbstractSpinBox | QAbstractSlider):
            widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # not by the wheel
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Pass the wheel on to what is around the widget."""
        if event.type() == QEvent.Type.Wheel and isinstance(watched, QWidget) and not watched.hasFocus():
            event.ignore()
            return True
        return super().eventFilter(watched, event)


def translated(text: str) -> str:
    """A text of the settings' table in the user's language."""
    return QCoreApplication.translate("Settings", text) if text else ""


def value_of_step(setting: Setting, step: int) -> float:
    """The value at a step of a setting's slider."""
    low, high = setting.minimum or 0.0, setting.maximum or 1.0
    return round(low + (high - low) * step / SLIDER_STEPS, 6)


def make_editor(setting: Setting, settings: Settings, parent: QWidget) -> Editor:
    """The widget that suits a setting's type, choices and bounds; it changes the setting at once.

    Raises:
        TypeError: there is none for the type of the setting.
    """

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
        return _slider(setting, change, parent)
    if isinstance(setting.default, int):
        spin = QSpinBox(parent)
        spin.setRange(int(setting.minimum or 0), int(setting.maximum or 2**31 - 1))
        spin.setGroupSeparatorShown(True)
        spin.valueChanged.connect(change)
        return Editor(spin, lambda value: spin.setValue(int(value)))
    raise TypeError(f"no editor for the setting {setting.key}")


def _slider(setting: Setting, change: Callable[[Value], None], parent: QWidget) -> Editor:
    slider = QSlider(Qt.Orientation.Horizontal, parent)
    slider.setRange(0, SLIDER_STEPS)
    slider.setTickPosition(QSlider.TickPosition.TicksBelow)
    slider.setTickInterval(SLIDER_STEPS // 2)
    slider.setTracking(False)  # another verdict for every photo is no thing for every pixel of a drag
    slider.valueChanged.connect(lambda step: change(value_of_step(setting, step)))
    low, high = value_of_step(setting, 0), value_of_step(setting, SLIDER_STEPS)
    return Editor(slider, lambda value: slider.setValue(round((float(value) - low) / (high - low) * SLIDER_STEPS)))
