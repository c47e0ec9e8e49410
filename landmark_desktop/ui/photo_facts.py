"""The facts of a photo in the panel: camera, exposure, time, size, files. All of it can be selected and copied."""

import os

from PySide6.QtCore import QLocale, QSize, Qt
from PySide6.QtWidgets import QFormLayout, QLabel, QSizePolicy, QWidget

from landmark_desktop.core.camera import CameraFacts
from landmark_desktop.core.photo import display_name
from landmark_desktop.ui import texts
from landmark_desktop.ui.photo_grid.tile import Tile

_SHORT_S = 0.3
"""Shorter exposures are told as a fraction, as cameras do."""


class PhotoFacts(QWidget):
    """Two columns: what, and its value. Lines of which nothing is known are hidden."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QFormLayout(self)
        layout.setContentsMargins(0, 6, 0, 0)
        layout.setHorizontalSpacing(12)
        layout.setVerticalSpacing(2)
        layout.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        self._layout = layout
        self._zone = ""
        self._tile: Tile | None = None
        self.camera = self._line(self.tr("Camera"))
        self.lens = self._line(self.tr("Lens"))
        self.exposure = self._line(self.tr("Exposure"))
        self.taken = self._line(self.tr("Taken"))
        self.size_ = self._line(self.tr("Size"))
        self.files = self._line(self.tr("Files"))
        self.folder = self._line(self.tr("Folder"))

    def _line(self, name: str) -> QLabel:
        label = QLabel(name, self)
        label.setProperty("muted", True)
        value = QLabel(self)
        value.setTextFormat(Qt.TextFormat.PlainText)
        value.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        value.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        value.setWordWrap(True)
        value.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        value.setAccessibleName(name)
        self._layout.addRow(label, value)
        return value

    def _show(self, value: QLabel, text: str) -> None:
        value.setText(text)
        self._layout.setRowVisible(value, bool(text))

    def show_photo(self, tile: Tile) -> None:
        """Show what the library knows of a photo; the camera follows by :meth:`show_camera`."""
        if self._tile is None or self._tile.record.id != tile.record.id:
            self.show_camera(CameraFacts())
            self._show(self.size_, _bytes(tile.record.photo.identity.size))
        self._tile = tile
        photo = tile.record.photo
        self._show_time()
        names = [display_name(path) for path in photo.files]
        self._show(self.files, texts.joined(names) if len(names) > 1 else "")
        self._show(self.folder, display_name(photo.path.parent))
        self.folder.setToolTip(os.fsencode(photo.path.parent).decode("utf-8", "replace"))

    def show_camera(self, facts: CameraFacts) -> None:
        """Show how the photo was taken."""
        self._zone = facts.zone
        self._show(self.camera, facts.camera)
        self._show(self.lens, facts.lens)
        self._show(self.exposure, exposure_text(facts))
        if self._tile is not None:
            self._show_time()

    def show_size(self, size: QSize) -> None:
        """The photo has so many pixels."""
        if self._tile is None:
            return
        text = self.tr("{0} × {1}, {2} MP").format(
            texts.number(size.width()), texts.number(size.height()), _megapixels(size.width() * size.height())
        )
        self._show(self.size_, texts.joined([text, _bytes(self._tile.record.photo.identity.size)]))

    def _show_time(self) -> None:
        taken = self._tile.record.photo.facts.taken_at if self._tile is not None else None
        text = texts.time_text(taken) if taken is not None else ""
        self._show(self.taken, f"{text} ({self._zone})" if text and self._zone else text)


def exposure_text(facts: CameraFacts) -> str:
    """Time, aperture, sensitivity and focal length, as photographers write them: ``1/250 s, f/8, ISO 100, 35 mm``."""
    locale = QLocale()
    parts = []
    if facts.exposure is not None:
        seconds = facts.exposure[0] / facts.exposure[1]
        amount = f"1/{locale.toString(round(1 / seconds))}" if seconds < _SHORT_S else _decimal(seconds)
        parts.append(texts.translate("Texts", "{0} s").format(amount))
    if facts.aperture is not None:
        parts.append(f"f/{_decimal(facts.aperture)}")
    if facts.iso is not None:
        parts.append(f"ISO {facts.iso}")
    if facts.focal is not None:
        focal = texts.translate("Texts", "{0} mm").format(_decimal(facts.focal))
        if facts.focal_35mm is not None and round(facts.focal) != facts.focal_35mm:
            focal += " " + texts.translate("Texts", "(as {0} mm on full frame)").format(texts.number(facts.focal_35mm))
        parts.append(focal)
    return texts.joined(parts)


def _decimal(value: float) -> str:
    """With one decimal where it needs one."""
    return QLocale().toString(value, "f", 0 if abs(value - round(value)) < 0.05 else 1)


def _megapixels(pixels: int) -> str:
    return QLocale().toString(pixels / 1e6, "f", 1 if pixels < 10_000_000 else 0)


def _bytes(size: int) -> str:
    return QLocale().formattedDataSize(size, 1, QLocale.DataSizeFormat.DataSizeSIFormat)
