"""What a model bundle is: size, measured quality, landmarks, and its model card."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QLocale, Qt, QUrl
from PySide6.QtWidgets import QGridLayout, QLabel, QTabWidget, QTextBrowser, QVBoxLayout, QWidget

from landmark_desktop.core.bundle import Bundle
from landmark_desktop.services.bundle_shelf import Shelved
from landmark_desktop.ui.landmark_table import LandmarkTable
from landmark_desktop.ui.texts import date_text, error_text, number, share_text
from landmark_desktop.ui.theme import GAP, PADDING

_SHARES: Final = "top1", "landmark_verdict_precision", "landmark_verdict_recall", "none_with_landmark_verdict"


class CardView(QTextBrowser):
    """Shows Markdown from a bundle: nothing that it refers to is opened or loaded."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setOpenLinks(False)

    def loadResource(self, _: int, __: QUrl | str) -> Any:
        """No picture of this computer or another is asked for."""
        return None


class BundleView(QTabWidget):
    """One bundle in three tabs."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDocumentMode(True)
        self.tabBar().setDrawBase(False)
        self.facts = QWidget(self)
        self._rows = QGridLayout()
        self._rows.setHorizontalSpacing(PADDING)
        self._rows.setVerticalSpacing(GAP)
        self._rows.setColumnStretch(1, 1)
        self._problem = QLabel(self)
        self._problem.setWordWrap(True)
        self._problem.setProperty("error", True)
        column = QVBoxLayout(self.facts)
        column.addWidget(self._problem)
        column.addLayout(self._rows)
        column.addStretch(1)
        self.landmarks = LandmarkTable(self)
        self.card = CardView(self)
        self.card.setAccessibleName(self.tr("Model card"))
        self.addTab(self.facts, self.tr("Overview"))
        self.addTab(self.landmarks, self.tr("Landmarks"))
        self.addTab(self.card, self.tr("Model card"))

    def show_bundle(self, shelved: Shelved) -> None:
        """Show what is known of a bundle, and what is wrong with it."""
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        problem = " ".join(error_text(shelved.problem)) if shelved.problem is not None else ""
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
        bundle = shelved.bundle
        facts = self._facts(shelved, bundle) if bundle is not None else {self.tr("Lies in"): str(shelved.path)}
        for row, (name, value) in enumerate(facts.items()):
            label, text = QLabel(name, self.facts), QLabel(value, self.facts)
            label.setProperty("muted", True)
            text.setTextFormat(Qt.TextFormat.PlainText)
            text.setWordWrap(True)
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._rows.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
            self._rows.addWidget(text, row, 1)
        self.landmarks.show_landmarks(bundle.manifest.landmarks if bundle is not None else ())
        self.card.setMarkdown(shelved.card or self.tr("This bundle has no model card."))

    def _facts(self, shelved: Shelved, bundle: Bundle) -> dict[str, str]:
        manifest = bundle.manifest
        placed = sum(landmark.location is not None for landmark in manifest.landmarks)
        names = {
            "top1": self.tr("First guess is right"),
            "landmark_verdict_precision": self.tr("Photos called recognised that are right"),
            "landmark_verdict_recall": self.tr("Photos of its landmarks that are recognised"),
            "none_with_landmark_verdict": self.tr("Photos of no landmark that are called recognised"),
        }
        measured = {names[key]: text for key, text in measured_shares(manifest.metrics).items()}
        tested = manifest.metrics.get("photos")
        if measured and isinstance(tested, int):
            measured[self.tr("Measured on")] = self.tr("%Ln photo(s) it was not trained with", "", tested)
        return {
            self.tr("Version"): manifest.version,
            self.tr("Landmarks"): self._count(len(manifest.landmarks), placed),
            **measured,
            self.tr("Size"): self._sizes(shelved, bundle),
            self.tr("Network"): manifest.architecture,
            self.tr("Made on"): date_text(manifest.created.date()),
            self.tr("Licence"): manifest.licence,
            **({} if shelved.shipped else {self.tr("Lies in"): str(shelved.path)}),
        }

    def _count(self, landmarks: int, placed: int) -> str:
        if landmarks == placed:
            return self.tr("%Ln, all of them with a place that can be written", "", landmarks)
        return self.tr("{0}, {1} of them with a place that can be written").format(number(landmarks), number(placed))

    def _sizes(self, shelved: Shelved, bundle: Bundle) -> str:
        locale = QLocale()
        parts = []
        for model in bundle.manifest.models:
            size = shelved.bytes_of.get(model.precision)
            text = (
                locale.formattedDataSize(size, 1, QLocale.DataSizeFormat.DataSizeSIFormat) if size is not None else ""
            )
            parts.append(f"{model.precision} {text}".strip())
        return " · ".join(parts)


def measured_shares(metrics: Mapping[str, Any]) -> dict[str, str]:
    """Those of a bundle's measured shares that are there and make sense, in words. Metrics are free-form."""
    found = {key: metrics.get(key) for key in _SHARES}
    return {key: share_text(value) for key, value in found.items() if isinstance(value, float) and 0.0 <= value <= 1.0}


def bundle_title(shelved: Shelved) -> str:
    """A bundle in a line."""
    if shelved.bundle is None:
        return shelved.path.name
    return f"{shelved.bundle.manifest.id} {shelved.bundle.manifest.version}"


def is_same(first: Path, second: Path) -> bool:
    """True if two paths lead to the same bundle."""
    return first.absolute() == second.absolute()
