"""Where the files are that ship with the program: icons, translations, licences and the bundle.

They lie in ``resources/`` of the source tree and in ``landmark_desktop/_resources`` of an installed wheel and of a
frozen build. Which of the two exists next to this package decides; no environment variable, no working directory.
"""

from functools import cache
from pathlib import Path

from landmark_desktop.core.bundle import MANIFEST_NAME
from landmark_desktop.core.errors import BundleError, ErrorCode

_PACKAGE = Path(__file__).resolve().parent.parent


@cache
def _root() -> Path:
    installed = _PACKAGE / "_resources"
    return installed if installed.is_dir() else _PACKAGE.parent / "resources"


def resource_path(*parts: str) -> Path:
    """Return the path of a shipped file or folder, for example ``resource_path("icons", "landmark-desktop.svg")``.

    Nothing is checked: a path that does not exist is returned as well, so that the caller can say what is missing.
    """
    return _root().joinpath(*parts)


def default_bundle_path() -> Path:
    """Return the folder of the one bundle that ships with the program.

    Raises:
        BundleError: there is none, or more than one (``BUNDLE_MISSING``): the installation is not complete.
    """
    models = resource_path("models")
    try:
        found = [folder for folder in sorted(models.iterdir()) if (folder / MANIFEST_NAME).is_file()]
    except OSError as error:
        raise BundleError(ErrorCode.BUNDLE_MISSING, name=models) from error
    if len(found) != 1:
        raise BundleError(ErrorCode.BUNDLE_MISSING, name=models)
    return found[0]
