"""Loads the translations. English has one as well: its plural forms."""

from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QApplication

from landmark_desktop.core.resources import resource_path

_NAME = "landmark-desktop-texts"


def install_texts(application: QApplication) -> None:
    """Give the application the texts of its language; calling again changes nothing."""
    if application.findChild(QTranslator, _NAME) is not None:
        return
    translator = QTranslator(application)
    translator.setObjectName(_NAME)
    path = resource_path("i18n", "landmark_desktop_en.qm")
    if not translator.load(str(path)):
        raise FileNotFoundError(path)
    application.installTranslator(translator)
