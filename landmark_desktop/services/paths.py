"""Where the app keeps its own files, on every system."""

import warnings
from pathlib import Path

from platformdirs import PlatformDirs

_DIRS = PlatformDirs("landmark-desktop", appauthor=False)


def library_path() -> Path:
    """The library: reviews and journal, worth a backup."""
    return Path(_DIRS.user_data_dir) / "library.sqlite"


def thumbnail_path() -> Path:
    """The thumbnails: made again where they are missing, so backups may leave them out."""
    return Path(_DIRS.user_cache_dir) / "thumbnails.sqlite"


def bundles_path() -> Path:
    """The folder of the model bundles that the user installed."""
    return Path(_DIRS.user_data_dir) / "bundles"


def settings_path() -> Path:
    """The settings."""
    return Path(_DIRS.user_config_dir) / "settings.json"


def log_path() -> Path:
    """The log, rotated by size."""
    return Path(_DIRS.user_log_dir) / "landmark-desktop.log"


def runtime_path() -> Path:
    """Where the running program can be found by later starts; emptied when the user logs out."""
    with warnings.catch_warnings():
        # Outside a session of the desktop there is no such folder; one among the temporary files does, too.
        warnings.simplefilter("ignore", UserWarning)
        return Path(_DIRS.user_runtime_dir)
