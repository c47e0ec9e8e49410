"""Loads the translations: of the program's own texts, and of those that Qt brings along (buttons, file dialogs)."""

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from landmark_desktop.core.languages import ENGLISH, PREFIX, languages
from landmark_desktop.core.resources import resource_path

_NAME = "landmark-desktop-texts"
SYSTEM = "system"


def chosen_language(choice: str, wanted: list[str], available: tuple[str, ...]) -> str:
    """The code of the language to use: the one that was chosen, else the first of those that the system wants
    (``de-AT``, ``en``) that is there, else English."""
    if choice in available:
        return choice
    for name in wanted:
        code = name.replace("_", "-").partition("-")[0].lower()
        if code in available:
            return code
    return ENGLISH


def install_texts(application: QApplication, choice: str = SYSTEM) -> None:
    """Give the application the texts of a language; calling again changes nothing.

    English always comes first: it has the plural forms, and stands in where another language lacks a text.
    """
    if application.findChild(QTranslator, _NAME) is not None:
        return
    language = chosen_language(choice, QLocale.system().uiLanguages(), languages())
    for code in dict.fromkeys((ENGLISH, language)):
        path = resource_path("i18n", f"{PREFIX}{code}.qm")
        if not _install(application, str(path)):
            raise FileNotFoundError(path)
    if language != ENGLISH:
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        _install(application, f"{folder}/qtbase_{language}.qm")


def _install(application: QApplication, path: str) -> bool:
    translator = QTranslator(application)
    translator.setObjectName(_NAME)
    if not translator.load(path):
        translator.deleteLater()
        return False
    application.installTranslator(translator)
    return True
