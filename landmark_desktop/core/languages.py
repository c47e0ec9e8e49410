"""The languages that the program speaks: those whose texts it brings along."""

from typing import Final

from landmark_desktop.core.resources import resource_path

PREFIX: Final = "landmark_desktop_"
ENGLISH: Final = "en"
_NATIVE: Final = {"en": "English", "de": "Deutsch", "fr": "Français", "es": "Español"}


def languages() -> tuple[str, ...]:
    """The codes (ISO 639-1) of the languages whose compiled texts are there, in order; English is always one."""
    found = {path.stem.removeprefix(PREFIX) for path in resource_path("i18n").glob(f"{PREFIX}*.qm")}
    return tuple(sorted(found | {ENGLISH}))


def native_name(code: str) -> str:
    """What a language calls itself; its code where that is not known."""
    return _NATIVE.get(code, code)
